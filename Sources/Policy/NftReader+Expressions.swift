// The statements of a rule of nftables: matches, verdicts, and what only changes or counts packets.
//
// Read first: libnftables-json(5), "STATEMENTS" and "EXPRESSIONS".

import Bytes
import Facts

extension NftReader {
    mutating func statement(_ node: JSONNode, _ rule: inout PolicyRule) {
        guard let (key, value) = node.only else {
            // `"accept": null` beside others does not occur; a bare word does in old prints.
            doubt(.expression, NftText.value(node))
            return
        }
        if let verdict = verdict(node) {
            program.steps.append(.verdict(verdict))
            switch verdict {
            case .accept, .queue: decide(&rule, .pass)
            case .drop: decide(&rule, .drop)
            case .reject: decide(&rule, .reject)
            case .goOn, .back, .jump, .goto: break
            }
            return
        }
        switch key {
        case "match":
            match(value)
            noteInterfaces(value, &rule)
        case "vmap": verdictMap(value)
        case "log":
            rule.isLogged = true
            if let prefix = value["prefix"]?.text { rule.labels.append(prefix) }
            program.steps.append(.log)
        case "limit", "quota", "connlimit", "ct count", "meter":
            program.steps.append(.doubt(.rate))
        case "notrack": program.steps.append(.untrack)
        case "masquerade", "dnat", "snat", "redirect", "tproxy":
            note(
                .assumed, "`\(key)`",
                "addresses are taken as they are in the packet, translated or not")
            decide(&rule, .pass)
            program.steps.append(.verdict(.accept))
        case "synproxy":
            note(.assumed, "`synproxy`", "the handshake with a proxy is not judged")
            program.steps.append(.doubt(.expression))
        case "counter", "mangle", "set", "map", "flow", "dup", "fwd", "ct helper", "ct timeout",
            "ct expectation", "secmark", "last", "comment":
            break
        default: doubt(.expression, "`\(key)`")
        }
    }

    private func decide(_ rule: inout PolicyRule, _ action: RuleAction) {
        rule.kind = .filter
        rule.action = action
        rule.isQuick = true
    }

    private mutating func doubt(_ missing: MissingFacts, _ what: String) {
        note(.assumed, what, "it is not read; a rule with it may match any packet")
        program.steps.append(.doubt(missing))
    }

    // MARK: Matches

    private mutating func match(_ value: JSONNode) {
        guard let left = value["left"], let right = value["right"],
            var made = leftSide(left)
        else {
            doubt(.expression, NftText.value(value["left"] ?? value))
            return
        }
        let sign = value["op"]?.text ?? "=="
        // `in` of flags and states: any of the bits.
        let isBits = made.fields == [.tcpFlags] || made.fields == [.stateClass]
        if isBits, sign == "in" || (made.fields == [.stateClass] && right["set"] == nil) {
            guard let bits = bits(right, made.fields[0]) else {
                doubt(.expression, NftText.value(left))
                return
            }
            made.set = single(bits, bits)
            made.comparison = .hasBits
            if sign == "!=" {
                // Not one of the states: all others.
                made.set = single(0x7F & ~bits, 0x7F & ~bits)
            }
        } else {
            guard let set = rightSide(right, made.fields) else {
                doubt(.expression, "\(NftText.value(left)) \(NftText.value(right))")
                return
            }
            made.set = set
            switch sign {
            case "!=": made.comparison = .unequal
            case "<": made.comparison = .less
            case ">": made.comparison = .greater
            case "<=": made.comparison = .lessOrEqual
            case ">=": made.comparison = .greaterOrEqual
            default: made.comparison = .equal
            }
        }
        program.steps.append(.match(program.matches.count))
        program.matches.append(made)
    }

    /// Keeps the interfaces that a rule is for, so that people can be told.
    private func noteInterfaces(_ value: JSONNode, _ rule: inout PolicyRule) {
        guard let key = value["left"]?["meta"]?["key"]?.text, ["iif", "iifname"].contains(key),
            let right = value["right"]
        else { return }
        let names = right["set"]?.list?.compactMap(\.text) ?? right.text.map { [$0] } ?? []
        let sign = value["op"]?.text == "!=" ? "!" : ""
        rule.interfaces += names.prefix(8).map { sign + $0 }
    }

    private mutating func verdictMap(_ value: JSONNode) {
        guard let key = value["key"], let data = value["data"], var made = leftSide(key) else {
            doubt(.expression, "`vmap`")
            return
        }
        if let name = data.text, name.hasPrefix("@") {
            guard let number = setNumbers["\(table) \(name.dropFirst())"] else {
                doubt(.table, name)
                return
            }
            made.set = number
        } else {
            var set = NftSet()
            for item in data["set"]?.list ?? [] { add(item, to: &set, isMap: true, made.fields) }
            made.set = program.sets.count
            program.sets.append(set)
        }
        program.steps.append(.map(program.matches.count))
        program.matches.append(made)
    }

    /// What is asked: a field, a concatenation, or a field with a mask.
    private mutating func leftSide(_ node: JSONNode) -> NftMatch? {
        if let parts = node["concat"]?.list {
            var fields: [NftField] = []
            var missing: MissingFacts = []
            for part in parts {
                guard let (field, own) = field(part) else { return nil }
                fields.append(field)
                missing.formUnion(own)
            }
            guard let first = fields.first else { return nil }
            return NftMatch(
                fields: fields, comparison: .equal, set: 0,
                condition: NftReader.condition(first), missing: missing)
        }
        if let pair = node["&"]?.list, pair.count == 2, let (field, missing) = field(pair[0]) {
            guard let mask = bits(pair[1], field) else { return nil }
            var made = NftMatch(
                fields: [field], comparison: .equal, set: 0,
                condition: NftReader.condition(field), missing: missing)
            made.mask = mask
            return made
        }
        guard let (field, missing) = field(node) else { return nil }
        return NftMatch(
            fields: [field], comparison: .equal, set: 0, condition: NftReader.condition(field),
            missing: missing)
    }

    private func field(_ node: JSONNode) -> (NftField, MissingFacts)? {
        guard let (kind, value) = node.only else { return nil }
        switch kind {
        case "meta":
            switch value["key"]?.text {
            case "iifname", "iif": return (.incoming, [])
            case "oifname", "oif": return (.outgoing, [])
            case "nfproto": return (.nfproto, [])
            case "l4proto": return (.ipProtocol, [])
            case "mark": return (.unknown, .mark)
            case "iifgroup", "oifgroup": return (.unknown, .group)
            case "skuid", "skgid", "cgroup": return (.unknown, .user)
            default: return (.unknown, .header)
            }
        case "ct":
            switch value["key"]?.text {
            case "state": return (.stateClass, [])
            case "direction": return (.direction, [])
            case "mark", "label": return (.unknown, .mark)
            default: return (.unknown, .translation)
            }
        case "fib", "rt": return (.unknown, .route)
        case "socket", "osf": return (.unknown, .system)
        case "payload": return payload(value)
        default: return nil
        }
    }

    private func payload(_ value: JSONNode) -> (NftField, MissingFacts) {
        switch (value["protocol"]?.text ?? "", value["field"]?.text ?? "") {
        case ("ip", "saddr"): (.source4, [])
        case ("ip", "daddr"): (.destination4, [])
        case ("ip", "protocol"): (.protocol4, [])
        case ("ip6", "nexthdr"): (.protocol6, [])
        case ("ip6", "saddr"): (.source6, [])
        case ("ip6", "daddr"): (.destination6, [])
        case ("ip", "ttl"): (.ttl4, [])
        case ("ip6", "hoplimit"): (.ttl6, [])
        case ("tcp", "sport"): (.tcpSource, [])
        case ("tcp", "dport"): (.tcpDestination, [])
        case ("udp", "sport"): (.udpSource, [])
        case ("udp", "dport"): (.udpDestination, [])
        case ("th", "sport"): (.anySource, [])
        case ("th", "dport"): (.anyDestination, [])
        case ("tcp", "flags"): (.tcpFlags, [])
        case ("icmp", "type"): (.icmpType, [])
        case ("icmp", "code"): (.icmpCode, [])
        case ("icmpv6", "type"): (.icmp6Type, [])
        case ("icmpv6", "code"): (.icmp6Code, [])
        default: (.unknown, .header)
        }
    }

    private static func condition(_ field: NftField) -> PolicyCondition {
        switch field {
        case .incoming, .outgoing: .interface
        case .nfproto: .family
        case .ipProtocol, .protocol4, .protocol6: .ipProtocol
        case .source4, .source6: .source
        case .destination4, .destination6: .destination
        case .tcpSource, .udpSource, .anySource: .sourcePort
        case .tcpDestination, .udpDestination, .anyDestination: .destinationPort
        case .tcpFlags: .flags
        case .icmpType, .icmpCode, .icmp6Type, .icmp6Code: .icmpType
        case .stateClass, .direction: .stateClass
        case .ttl4, .ttl6, .unknown: .other
        }
    }

    // MARK: Values

    private mutating func single(_ low: UInt128, _ high: UInt128) -> Int {
        var set = NftSet()
        set.elements = [NftSet.Element(ranges: [(low, high)])]
        program.sets.append(set)
        return program.sets.count - 1
    }

    /// The set of what a field is compared with; nil where a value cannot be read.
    private mutating func rightSide(_ node: JSONNode, _ fields: [NftField]) -> Int? {
        if let name = node.text, name.hasPrefix("@") {
            return setNumbers["\(table) \(name.dropFirst())"]
        }
        // Of what cannot be known it does not matter with what it is compared.
        if fields == [.unknown] { return single(0, 0) }
        var set = NftSet()
        for item in node["set"]?.list ?? [node] { add(item, to: &set, isMap: false, fields) }
        guard set.missing.isEmpty else { return nil }
        set.sort()
        program.sets.append(set)
        return program.sets.count - 1
    }

    /// The same for values whose meaning hangs on the field: flags and states are bits.
    private mutating func add(
        _ item: JSONNode, to set: inout NftSet, isMap: Bool, _ fields: [NftField]
    ) {
        guard fields == [.tcpFlags] || fields == [.stateClass] else {
            readsICMP6 = fields == [.icmp6Type]
            let isInterface = fields == [.incoming] || fields == [.outgoing]
            if isInterface, !isMap, let name = item.text, name.hasSuffix("*") {
                addInterfaces(String(name.dropLast()), to: &set)
            } else {
                add(item, to: &set, isMap: isMap)
            }
            readsICMP6 = false
            return
        }
        let pair = isMap ? item.list ?? [] : [item]
        guard let key = pair.first, let bits = bits(key, fields[0]) else {
            set.missing.insert(.table)
            return
        }
        let verdict = pair.count == 2 ? self.verdict(pair[1]) ?? .goOn : .goOn
        set.elements.append(NftSet.Element(ranges: [(bits, bits)], verdict: verdict))
        set.sort()
    }

    /// `eth*`: the names that such interfaces have.
    private mutating func addInterfaces(_ start: String, to set: inout NftSet) {
        note(.assumed, "\(start)*", "it is taken as \(start), and \(start)0 to \(start)63")
        for end in [""] + (0..<64).map({ "\($0)" }) {
            let hash = UInt128(nameHash(start + end))
            set.elements.append(NftSet.Element(ranges: [(hash, hash)]))
        }
    }

    /// Flags or states, one or several joined by `|` or as a list.
    private func bits(_ node: JSONNode, _ field: NftField) -> UInt128? {
        if let number = node.number { return UInt128(exactly: number) }
        if let name = node.text {
            return field == .stateClass ? NftReader.states[name] : NftReader.flags[name]
        }
        guard let parts = node["|"]?.list ?? node.list ?? node["set"]?.list else { return nil }
        var all: UInt128 = 0
        for part in parts {
            guard let one = bits(part, field) else { return nil }
            all |= one
        }
        return all
    }

    private static let states: [String: UInt128] = [
        "invalid": 1, "established": 2, "related": 4, "new": 8, "untracked": 64,
    ]
    private static let flags: [String: UInt128] = [
        "fin": 1, "syn": 2, "rst": 4, "psh": 8, "ack": 16, "urg": 32, "ecn": 64, "ece": 64,
        "cwr": 128,
    ]

    /// The numbers that a value stands for; nil where it cannot be read.
    func range(_ node: JSONNode) -> (low: UInt128, high: UInt128)? {
        if let number = node.number {
            return UInt128(exactly: number).map { ($0, $0) }
        }
        if let prefix = node["prefix"] {
            guard let address = prefix["addr"]?.text, let length = prefix["len"]?.number,
                let literal = PfParser.literal(address)?.address,
                let network = Network(literal, prefixLength: length)
            else { return nil }
            return (network.first.number, network.last.number)
        }
        if let ends = node["range"]?.list, ends.count == 2, let low = range(ends[0]),
            let high = range(ends[1]), low.low <= high.high
        {
            return (low.low, high.high)
        }
        guard let text = node.text else { return nil }
        let padded = PaddedText(text)
        if let address = padded.withLine({ Address($0, $0.whole) }) {
            return (address.number, address.number)
        }
        return named(text)
    }

    private func named(_ text: String) -> (low: UInt128, high: UInt128)? {
        switch text {
        case "ipv4": return (2, 2)
        case "ipv6": return (10, 10)
        case "original": return (0, 0)
        case "reply": return (1, 1)
        default: break
        }
        if let number = UInt16(text) { return (UInt128(number), UInt128(number)) }
        if readsICMP6, let number = NftReader.icmp6Names[text] {
            return (UInt128(number), UInt128(number))
        }
        if let number = PfNames.protocols[text] { return (UInt128(number), UInt128(number)) }
        if let number = NftReader.icmpNames[text] { return (UInt128(number), UInt128(number)) }
        if text.hasSuffix("*") || text.hasPrefix("@") { return nil }
        // What is left is an interface.
        return (UInt128(nameHash(text)), UInt128(nameHash(text)))
    }

    /// As nft writes them: types of both ICMPs, of which each name has one number in its own.
    private static let icmpNames: [String: UInt8] = [
        "echo-reply": 0, "destination-unreachable": 3, "source-quench": 4, "redirect": 5,
        "echo-request": 8, "router-advertisement": 9, "router-solicitation": 10,
        "time-exceeded": 11, "parameter-problem": 12, "timestamp-request": 13,
        "timestamp-reply": 14, "info-request": 15, "info-reply": 16, "address-mask-request": 17,
        "address-mask-reply": 18,
    ]

    private static let icmp6Names: [String: UInt8] = [
        "destination-unreachable": 1, "packet-too-big": 2, "time-exceeded": 3,
        "parameter-problem": 4, "echo-request": 128, "echo-reply": 129, "mld-listener-query": 130,
        "mld-listener-report": 131, "mld-listener-done": 132, "mld-listener-reduction": 132,
        "nd-router-solicit": 133, "nd-router-advert": 134, "nd-neighbor-solicit": 135,
        "nd-neighbor-advert": 136, "nd-redirect": 137, "router-renumbering": 138,
        "ind-neighbor-solicit": 141, "ind-neighbor-advert": 142, "mld2-listener-report": 143,
    ]
}
