// The quieting rules as a file of a firewall: `stray why --emit`.
//
// Read first: `Quieting`. One file for each firewall's language; what is common is here: the
// comments, and what is left alone.

import Bytes
import Causes
import Facts

/// The languages in which quieting rules are written.
public enum QuietForm: String, CaseIterable, Sendable {
    case pf
    case nft
    case iptables

    /// Why a firewall that people may name gets no rules; nil for a name that is none.
    public static func refusal(_ name: String) -> (what: String, advice: String)? {
        let page = "stray cause late-close tells what can be done there"
        switch name {
        case "asa", "cisco-asa", "ftd":
            return (
                "an ASA refuses these packets before any access list, and turns the message off "
                    + "only as a whole", page
            )
        case "pfsense", "opnsense":
            return (
                "\(name) writes its own rules, and loses others at the next change",
                "take --emit pf, and enter each rule in its web interface"
            )
        case "linux", "ufw", "netfilter": return ("that is no rule language", "take --emit nft")
        case "forcepoint", "fortigate", "palo-alto", "check-point", "sonicwall", "juniper-srx",
            "watchguard", "sophos", "mikrotik", "meraki", "stormshield", "barracuda":
            return (
                "it has no rule that stops the logging of such packets and of nothing else", page
            )
        default: return nil
        }
    }

    /// Whether an interface's name can stand in a rule without a quote, or is not there at all. For
    /// pf it must end in a digit: other names are those of groups, and words like `any`.
    // Limit: IFNAMSIZ of Linux and of the BSDs leaves 15 characters.
    func canName(_ name: [UInt8]) -> Bool {
        guard let first = name.first, let last = name.last else { return true }
        return name.count <= 15 && isLetter(first) && (self != .pf || isDigit(last))
            && name.allSatisfy { isDigit($0) || isLetter($0) || "._-".utf8.contains($0) }
    }

    private func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte & 0xDF) }

    /// What begins a comment's line, and where the rules belong.
    private var place: [String] {
        switch self {
        case .pf:
            [
                "Put these behind the rules that pass and before a quick rule that logs; then",
                "pfctl -nf FILE checks, pfctl -f FILE loads.",
            ]
        case .nft:
            [
                "A table of its own, before your filter chains: nft -c -f FILE checks, nft -f FILE",
                "loads, nft delete table inet stray_quiet takes it away. Only packets that conntrack",
                "calls invalid are dropped, never one of a connection that is known.",
            ]
        case .iptables:
            [
                "iptables-restore --test --noflush FILE checks, without --test it loads. Then, once:",
                "iptables -I FORWARD -j STRAY-QUIET; iptables -I INPUT -j STRAY-QUIET. Only packets",
                "that conntrack calls invalid are dropped. IPv4 only: --emit nft has IPv6 too.",
            ]
        }
    }

    /// The file. `findings` are all that were found.
    public func file(
        _ findings: [Finding], _ search: QuietSearch, _ check: QuietCheck, names: Names,
        version: String
    ) -> [UInt8] {
        var out = ByteWriter()
        func comment(_ text: String) { out.putComment(text) }
        let good = check.rules.filter {
            $0.wrongly.isEmpty && (self != .iptables || !$0.shape.isV6)
        }
        let quieted = Set(good.map(\.shape.finding))
        let severalNodes = Set(good.map(\.shape.node)).count > 1
        let harmless = findings.filter { search.findings.contains($0.id) }
        comment(
            "Made by stray \(version): stops the logging of harmless strays, and of nothing else.")
        place.forEach(comment)
        let left = findings.count - harmless.count
        comment(
            "\(counted(quieted.count, "harmless finding")) of \(harmless.count) quieted; "
                + "\(counted(left, "finding")) left alone, for \(left == 1 ? "it is" : "they are") "
                + "not harmless.")
        putBegin(&out)
        for finding in harmless {
            out.put("\n")
            let own = good.filter { $0.shape.finding == finding.id }
            let all = search.lines[finding.id] ?? 0
            comment(
                "Finding \(finding.id): \(finding.cause.name)"
                    + (finding.variant.map { " (\($0))" } ?? "") + ", "
                    + "\(grouped(own.reduce(0) { $0 + $1.taken })) of \(counted(all, "line"))")
            for rule in own {
                if severalNodes { comment("on \(names.text(rule.shape.node))") }
                put(rule, names, &out)
            }
            putLeftOut(finding, search, check, &out)
            guard !own.isEmpty else { continue }
            comment("cost: a probe that looks like these is no longer logged either.")
        }
        putEnd(&out)
        return out.bytes
    }

    /// What of a harmless finding has no rule, and why.
    private func putLeftOut(
        _ finding: Finding, _ search: QuietSearch, _ check: QuietCheck, _ out: inout ByteWriter
    ) {
        for reason in QuietRefusal.allCases {
            guard let count = search.refused[finding.id]?[reason] else { continue }
            out.putComment("left alone, \(counted(count, "line")): \(reason.words)")
        }
        let own = check.rules.filter { $0.shape.finding == finding.id }
        for rule in own where !rule.wrongly.isEmpty {
            let others = rule.wrongly.sorted().map {
                $0 == 0 ? "what was not judged here" : "finding \($0)"
            }
            out.putComment(
                "left alone, \(counted(rule.taken, "line")): a rule would also take packets of "
                    + others.joined(separator: ", "))
        }
        if self == .iptables, own.contains(where: { $0.shape.isV6 }) {
            out.putComment("left alone: IPv6")
        }
    }
}

extension QuietForm {
    private func putBegin(_ out: inout ByteWriter) {
        switch self {
        case .pf: break
        case .nft:
            // The first two lines make it the same whether the table was there or not.
            out.put("table inet stray_quiet\ndelete table inet stray_quiet\n")
            out.put("table inet stray_quiet {\nchain quiet {\n")
        case .iptables: out.put("*filter\n:STRAY-QUIET - [0:0]\n")
        }
    }

    private func putEnd(_ out: inout ByteWriter) {
        switch self {
        case .pf: break
        case .nft:
            out.put("}\n\n")
            for hook in ["input", "forward"] {
                out.put("chain \(hook) {\n")
                out.put("type filter hook \(hook) priority filter - 1; policy accept;\n")
                out.put("ct state invalid meta l4proto tcp jump quiet\n}\n")
            }
            out.put("}\n")
        case .iptables: out.put("COMMIT\n")
        }
    }

    private func put(_ rule: QuietRule, _ names: Names, _ out: inout ByteWriter) {
        switch self {
        case .pf: out.putPfRule(rule, names)
        case .nft: out.putNftRule(rule, names)
        case .iptables: out.putIptablesRules(rule, names)
        }
    }
}

extension ByteWriter {
    /// A comment: one line, whatever the text holds. Backslashes go, for one at a line's end would
    /// join the next line to it.
    fileprivate mutating func putComment(_ text: String) {
        put("# ")
        var safe = ByteWriter()
        safe.putSafe(text)
        put(safe.text.replacing("\\", with: "/"))
        put("\n")
    }

    fileprivate mutating func putAddresses(_ addresses: [Address], _ opening: String) {
        for (place, address) in addresses.enumerated() {
            put(place == 0 ? opening : ", ")
            put(address, Names())
        }
    }
}

// MARK: - pf

extension ByteWriter {
    /// `block drop in quick on em0 inet proto tcp from A port 443 to B flags FA/FSRPAU`: a rule
    /// for the receivers of one sender or for the senders to one receiver, whichever are fewer.
    fileprivate mutating func putPfRule(_ rule: QuietRule, _ names: Names) {
        guard !rule.pairs.isEmpty else {
            putPfLine(rule, rule.sources, rule.destinations, names)
            return
        }
        let bySource = grouped(rule.pairs) { ($0.source, $0.destination) }
        let byDestination = grouped(rule.pairs) { ($0.destination, $0.source) }
        if bySource.count <= byDestination.count {
            for (source, destinations) in bySource {
                putPfLine(rule, [source], destinations, names)
            }
        } else {
            for (destination, sources) in byDestination {
                putPfLine(rule, sources, [destination], names)
            }
        }
    }

    private mutating func putPfLine(
        _ rule: QuietRule, _ sources: [Address], _ destinations: [Address], _ names: Names
    ) {
        let shape = rule.shape
        put("block drop ")
        if shape.direction != .unknown { put(shape.direction == .inward ? "in " : "out ") }
        put("quick ")
        if !shape.interface.isNone { put("on \(names.text(shape.interface)) ") }
        put(shape.isV6 ? "inet6 proto tcp" : "inet proto tcp")
        for (word, addresses, isService) in [
            ("from", sources, shape.isFromService), ("to", destinations, !shape.isFromService),
        ] {
            put(" \(word) ")
            if addresses.isEmpty { put("any") }
            if addresses.count > 1 { put("{ ") }
            putAddresses(addresses, "")
            if addresses.count > 1 { put(" }") }
            if isService { put(" port \(shape.port)") }
        }
        put(" flags \(shape.flags.text)/FSRPAU\n")
    }

    private func grouped(
        _ pairs: [QuietPair], _ parts: (QuietPair) -> (Address, Address)
    ) -> [(Address, [Address])] {
        var all: [Address: [Address]] = [:]
        for pair in pairs {
            let (one, other) = parts(pair)
            all[one, default: []].append(other)
        }
        return all.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}

// MARK: - nft and iptables

private let nftFlags: [(TCPFlags, String)] = [
    (.fin, "fin"), (.syn, "syn"), (.rst, "rst"), (.psh, "psh"), (.ack, "ack"), (.urg, "urg"),
]

extension ByteWriter {
    fileprivate mutating func putNftRule(_ rule: QuietRule, _ names: Names) {
        let shape = rule.shape
        if !shape.interface.isNone {
            put(shape.direction == .outward ? "oifname" : "iifname")
            put(" \"\(names.text(shape.interface))\" ")
        }
        let family = shape.isV6 ? "ip6" : "ip"
        if !rule.pairs.isEmpty {
            put("\(family) saddr . \(family) daddr { ")
            for (place, pair) in rule.pairs.enumerated() {
                if place > 0 { put(", ") }
                put(pair.source, Names())
                put(" . ")
                put(pair.destination, Names())
            }
            put(" } ")
        }
        for (side, addresses) in [("saddr", rule.sources), ("daddr", rule.destinations)]
        where !addresses.isEmpty {
            put("\(family) \(side) { ")
            putAddresses(addresses, "")
            put(" } ")
        }
        if rule.pairs.isEmpty, rule.sources.isEmpty, rule.destinations.isEmpty {
            put("meta nfproto \(shape.isV6 ? "ipv6" : "ipv4") ")
        }
        put("tcp \(shape.isFromService ? "sport" : "dport") \(shape.port) ")
        let words = nftFlags.filter { shape.flags.contains($0.0) }.map(\.1)
        put("tcp flags & (\(nftFlags.map(\.1).joined(separator: " | "))) == ")
        put(words.isEmpty ? "0x0" : "(" + words.joined(separator: " | ") + ")")
        put(" counter drop comment \"stray: finding \(shape.finding)\"\n")
    }

    /// A line for each pair; of lists, for each of their addresses.
    fileprivate mutating func putIptablesRules(_ rule: QuietRule, _ names: Names) {
        let any = Address.none
        let sources = rule.sources.isEmpty ? [any] : rule.sources
        let destinations = rule.destinations.isEmpty ? [any] : rule.destinations
        let pairs =
            rule.pairs.isEmpty
            ? sources.flatMap { from in
                destinations.map { QuietPair(source: from, destination: $0) }
            } : rule.pairs
        let shape = rule.shape
        let words = nftFlags.filter { shape.flags.contains($0.0) }.map { $0.1.uppercased() }
        for pair in pairs {
            put("-A STRAY-QUIET")
            if !shape.interface.isNone {
                put(shape.direction == .outward ? " -o " : " -i ")
                put(names.text(shape.interface))
            }
            for (option, address) in [(" -s ", pair.source), (" -d ", pair.destination)]
            where !address.isNone {
                put(option)
                put(address, Names())
            }
            put(" -p tcp \(shape.isFromService ? "--sport" : "--dport") \(shape.port)")
            put(" --tcp-flags \(nftFlags.map { $0.1.uppercased() }.joined(separator: ","))")
            put(" \(words.isEmpty ? "NONE" : words.joined(separator: ","))")
            put(" -m conntrack --ctstate INVALID -m comment --comment \"stray: finding ")
            put("\(shape.finding)\" -j DROP\n")
        }
    }
}
