// `--rules FILE`: the firewall's own rules, read once and asked about the packets of findings.
//
// Read first: `PolicyRules.explain` in Policy. It is the one place that knows both findings and
// rules.

import Bytes
import Evidence
import Facts
import Inputs
import Policy
import Reports

/// The rules as the user gave them.
package struct RulesRequest: Equatable, Sendable {
    package var path: [UInt8]
    package var facts: PolicyFacts
}

/// The rules that were read, and what to call their file.
struct RuleBook {
    let name: String
    let rules: PolicyRules
    // Limit: rules of a real firewall are a few megabytes at most, addresses in tables included.
    private static let bytesMax = 64 << 20
    // Limit: so many wrong lines are told; their number tells of the rest.
    private static let toldMax = 3
    // Limit: rules that are shown of a finding.
    private static let shownMax = 3

    init(_ request: RulesRequest, _ manner: Manner) throws(Stop) {
        name = String(decoding: request.path, as: UTF8.self)
        var bytes: [UInt8]?
        do throws(InputError) {
            bytes = try wholeFile(request.path, most: RuleBook.bytesMax)
        } catch {
            throw .complaint(Complaint("", error.sentence, status: .failed))
        }
        guard let bytes else {
            throw .complaint(
                Complaint(
                    name, "it is larger than any file of rules (64 MiB)",
                    "give the rules, not the log", status: .failed))
        }
        rules = PolicyRules(parsing: bytes, facts: request.facts)
        let wrong = rules.notes.filter { $0.kind == .error }
        guard rules.rules.contains(where: { $0.action != nil }) else {
            let first = wrong.first.map { ":\($0.place.line):\($0.place.column): \($0.what)" } ?? ""
            throw .complaint(
                Complaint(
                    name + first, "no rule is understood",
                    "give pf.conf, pfSense's or OPNsense's /tmp/rules.debug, or what "
                        + "nft -j list ruleset prints", status: .failed))
        }
        guard manner.warns else { return }
        for note in wrong.prefix(RuleBook.toldMax) {
            let place = "\(name):\(note.place.line):\(note.place.column)"
            Complaint(place, note.what, note.meaning).tell()
        }
        let left = wrong.count - RuleBook.toldMax
        if left > 0 { Complaint(name, "\(left) more lines are left out").tell() }
    }

    /// As it stands in the file; of nft with its chain and its handle, as `nft -a` prints it.
    private func quoted(_ rule: PolicyRule) -> String {
        guard rules.language == .nft else { return rule.text }
        let handle = rule.identifier.map { " # handle \($0)" } ?? ""
        return "\(rule.chain): \(rule.text)\(handle)"
    }

    /// What the rules say of blocked entries, each rule once.
    func accounts(
        _ entries: [Entry], _ names: Names, isServerSending: Bool? = nil
    ) -> [RuleAccount] {
        var all: [RuleAccount] = []
        for entry in entries where entry.isBlocked {
            let blocked = BlockedPacket(
                Packet(entry), loggedRule: names.text(entry.rule),
                interfaceName: names.text(entry.interface), isServerSending: isServerSending)
            for answer in rules.explain(blocked) {
                let rule = rules.rules[answer.rule]
                let account = RuleAccount(
                    file: name, line: rule.place.line, text: quoted(rule),
                    would: answer.would.name.description, because: answer.because)
                let isKnown = all.contains { $0.line == account.line && $0.text == account.text }
                if !isKnown, all.count < RuleBook.shownMax { all.append(account) }
            }
        }
        return all
    }
}

extension Packet {
    /// The packet that an entry tells of, as far as it does.
    init(_ entry: Entry) {
        self.init()
        time = entry.time
        source = entry.source
        destination = entry.destination
        ipProtocol = entry.ipProtocol
        flags = entry.flags
        ttl = entry.ttl
        interface = entry.interface
        otherInterface = entry.otherInterface
        direction = entry.direction
        if entry.known.contains(.laterFragment) { form.formUnion([.fragment, .laterFragment]) }
    }
}

/// `interface.em0=192.0.2.1/24`, `table.servers=10.0.0.5,10.0.0.6`, `group.lan=em1,em2`.
func addFact(_ text: String, to facts: inout PolicyFacts) throws(BadValue) -> Bool {
    let kinds = ["interface.", "table.", "group."]
    guard let kind = kinds.first(where: { text.hasPrefix($0) }) else { return false }
    let rest = text.dropFirst(kind.count)
    guard let sign = rest.firstIndex(of: "="), sign > rest.startIndex else {
        throw BadValue("\"\(text)\" has no value", "write \(kind)NAME=VALUE")
    }
    let name = String(rest[..<sign])
    let values = rest[rest.index(after: sign)...].split(separator: ",").map(String.init)
    guard !values.isEmpty else {
        throw BadValue("\"\(text)\" has no value", "write \(kind)NAME=VALUE")
    }
    switch kind {
    case "group.": facts.groups[name, default: []] += values
    case "table.":
        for value in values { facts.tables[name, default: []].append(try network(value)) }
    default:
        for value in values { facts.interfaces[name, default: []].append(try place(value)) }
    }
    return true
}

/// An address with the size of its network.
private func place(_ text: String) throws(BadValue) -> PolicyFacts.Place {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard let host = Network(String(parts[0])), parts.count == 2,
        let length = Network(text)?.prefixLength
    else {
        throw BadValue(
            "\"\(text)\" is no address with its network", "write 192.0.2.1/24 or 2001:db8::1/64")
    }
    return PolicyFacts.Place(host.first, prefixLength: length)
}
