// Documents in the Elastic Common Schema, for Elastic and OpenSearch: one for each entry or finding.
//
// Read first: https://www.elastic.co/docs/reference/ecs, "Using the categorization fields", whose
// first example is a firewall that blocks. What ECS has no field for stands under `stray`.

import Bytes
import Causes
import Facts
import Remedies

/// The release whose fields are used; all of them are in later ones too.
private let ecsVersion = "8.17.0"

extension JSONMembers {
    mutating func putECS(
        _ entry: Entry, at place: Place, _ names: Names, _ zone: Zone,
        _ judgement: EntryJudgement?
    ) {
        time("@timestamp", entry.time, zone)
        object("ecs") { $0.text("version", ecsVersion) }
        object("event") { $0.putEvent(entry, place, names) }
        object("source") { out in
            out.putEnd(entry.source, entry, names, mac: entry.macSource, nat: entry.natSource)
        }
        object("destination") { out in
            out.putEnd(
                entry.destination, entry, names, mac: entry.macDestination,
                nat: entry.natDestination)
        }
        object("network") { $0.putNetwork(entry) }
        object("observer") { $0.putObserver(entry, names) }
        object("rule") { $0.bytes("id", names.bytes(entry.rule)) }
        if place.input != "-" {
            object("log") { out in out.object("file") { $0.text("path", place.input) } }
        }
        let ends = [entry.source.address, entry.destination.address].compactMap(ipText)
        object("related") { $0.texts("ip", ends) }
        object("stray") { $0.putOwn(entry, place, judgement) }
    }

    private mutating func putEvent(_ entry: Entry, _ place: Place, _ names: Names) {
        text("kind", "event")
        texts("category", ["network"])
        texts("type", entry.ecsTypes)
        text("action", entry.action.name.description)
        switch entry.action {
        // A firewall that blocks has succeeded in it: that is ECS's own example.
        case .block, .pass, .open, .close: text("outcome", "success")
        case .note, .update, .seen, .state: text("outcome", "unknown")
        }
        let words = names.bytes(entry.reasonText)
        if !words.isEmpty {
            bytes("reason", words)
        } else if entry.reason != .unknown {
            text("reason", entry.reason.name.description)
        }
        text("module", "stray")
        text("dataset", "stray.entry")
        number("sequence", place.number)
        if entry.known.contains(.duration) {
            // Nanoseconds.
            number("duration", Int(entry.durationMicroseconds &* 1000))
        }
    }

    private mutating func putEnd(
        _ end: Endpoint, _ entry: Entry, _ names: Names, mac: UInt64, nat: Endpoint
    ) {
        if let label = end.address.label {
            bytes("address", names.bytes(label))
        } else {
            address("address", end.address)
            address("ip", end.address)
        }
        if entry.known.contains(.ports) { number("port", Int(end.port)) }
        if entry.known.contains(.macs) { text("mac", macText(mac)) }
        object("nat") { out in
            out.address("ip", nat.address)
            if !nat.address.isNone, nat.port > 0 { out.number("port", Int(nat.port)) }
        }
    }

    private mutating func putNetwork(_ entry: Entry) {
        if entry.ipProtocol != 255 {
            text("transport", ecsTransport(entry.ipProtocol))
            text("iana_number", "\(entry.ipProtocol)")
        }
        if entry.source.address.isV4 || entry.destination.address.isV4 {
            text("type", "ipv4")
        } else if entry.source.address.isV6 || entry.destination.address.isV6 {
            text("type", "ipv6")
        }
        // Into and out of the firewall. Whether that is in or out of the site, the line does not
        // tell.
        switch entry.direction {
        case .inward: text("direction", "ingress")
        case .outward: text("direction", "egress")
        case .unknown: break
        }
        if entry.count > 1 { number("packets", Int(entry.count)) }
        if entry.known.contains(.bytes) { number("bytes", Int(clamping: entry.bytes)) }
    }

    private mutating func putObserver(_ entry: Entry, _ names: Names) {
        if entry.dialect != .capture { text("type", "firewall") }
        bytes("name", names.bytes(entry.node))
        let isOut = entry.direction == .outward
        let into = isOut ? entry.otherInterface : entry.interface
        let outOf = isOut ? entry.interface : entry.otherInterface
        for (key, name) in [("ingress", into), ("egress", outOf)] {
            object(key) { out in
                out.object("interface") { $0.bytes("name", names.bytes(name)) }
            }
        }
    }

    private mutating func putOwn(
        _ entry: Entry, _ place: Place, _ judgement: EntryJudgement?
    ) {
        text("dialect", entry.dialect.name.description)
        number("line", place.line)
        if !entry.mayBeStray { flag("stray", entry.isStray) }
        if entry.hasTCPFlags { text("flags", entry.flags.text) }
        let known = entry.known
        if known.contains(.sequence) { number("seq", Int(entry.sequence)) }
        if known.contains(.acknowledgement) { number("ack", Int(entry.acknowledgement)) }
        if known.contains(.window) { number("window", Int(entry.window)) }
        if known.contains(.length) { number("length", Int(entry.length)) }
        if known.contains(.ttl) { number("ttl", Int(entry.ttl)) }
        guard let verdict = judgement?.verdict else { return }
        text("cause", verdict.cause.name)
        text("variant", verdict.variant)
        text("harm", verdict.harm.name)
        hundredths("confidence", verdict.confidence)
        number("finding", judgement?.finding)
    }
}

extension Entry {
    /// The values of `event.type` that ECS expects for the category network.
    fileprivate var ecsTypes: [String] {
        if isBlocked { return ["connection", "denied"] }
        switch action {
        case .pass: return ["connection", "allowed"]
        case .open: return ["connection", "start", "allowed"]
        case .close: return ["connection", "end"]
        case .block, .note, .update, .seen, .state: return ["connection", "info"]
        }
    }
}

/// ECS wants lower case and calls ICMPv6 as IANA does.
private func ecsTransport(_ number: UInt8) -> String? {
    number == 58 ? "ipv6-icmp" : protocolName(number)
}

/// RFC 7042 §2.1: upper case with hyphens, as ECS wants it.
private func macText(_ mac: UInt64) -> String {
    textOfMAC(mac).uppercased().replacing(":", with: "-")
}

/// An address that a field of type `ip` takes; nil for a label and for none.
func ipText(_ address: Address) -> String? {
    guard !address.isNone, !address.isLabel else { return nil }
    var text = ByteWriter(capacity: 40)
    text.put(address, Names())
    return text.text
}

// MARK: - Findings

extension Account {
    // Limit: addresses of a finding that a document names; `stray.senders` counts all.
    private static let relatedMax = 100

    /// A document for each finding.
    public func ecs() -> [UInt8] {
        var out = ByteWriter()
        for finding in shown.findings {
            var document = JSONMembers(ByteWriter(capacity: 2048))
            putECS(finding, &document)
            document.end()
            out.put(document.out.bytes)
            out.put("\n")
        }
        return out.bytes
    }

    private func putECS(_ finding: Finding, _ out: inout JSONMembers) {
        out.time("@timestamp", finding.to, zone)
        out.text("message", summary(finding))
        out.object("ecs") { $0.text("version", ecsVersion) }
        out.object("event") { out in
            out.text("kind", "alert")
            out.texts(
                "category",
                finding.harm == .attack ? ["network", "intrusion_detection"] : ["network"])
            out.texts("type", ["denied", "info"])
            out.text("action", finding.cause.name)
            out.text("reason", finding.ledger.first?.text)
            out.text("module", "stray")
            out.text("dataset", "stray.finding")
            out.text("id", key(finding))
            out.number("severity", finding.severity)
            out.time("start", finding.from, zone)
            out.time("end", finding.to, zone)
        }
        out.object("rule") { out in
            out.text("id", finding.cause.name)
            out.text("name", finding.cause.name)
            out.text("category", finding.harm.name)
            out.text("description", cause(finding.cause).page.summary)
            out.text("ruleset", "stray")
            out.text("version", version)
        }
        let senders = finding.senders.compactMap(ipText)
        let receivers = finding.receivers.compactMap(ipText)
        if senders.count == 1 { out.putOnlyEnd("source", senders[0], nil) }
        if receivers.count == 1 {
            let port = finding.isServerSending == false ? finding.servicePort : nil
            out.putOnlyEnd("destination", receivers[0], port)
        }
        out.object("observer") { out in
            out.text("type", "firewall")
            if finding.nodes.count == 1 { out.bytes("name", names.bytes(finding.nodes[0])) }
        }
        let related = Set(senders + receivers).sorted().prefix(Account.relatedMax)
        out.object("related") { $0.texts("ip", Array(related)) }
        out.object("stray") { putOwn(finding, &$0) }
    }

    /// What is told of a finding that no other schema has a field for.
    func putOwn(_ finding: Finding, _ out: inout JSONMembers) {
        out.number("finding", finding.id)
        out.text("cause", finding.cause.name)
        out.text("variant", finding.variant)
        out.text("harm", finding.harm.name)
        out.hundredths("confidence", finding.confidence)
        out.text("subject", subjectText(finding))
        out.number("count", finding.count)
        out.number("lines", finding.lines)
        out.number("events", finding.events)
        out.number("connections", finding.connections)
        out.number("ofConnections", finding.ofConnections)
        out.number("senders", finding.senders.count)
        out.number("receivers", finding.receivers.count)
        out.flag("alwaysPrevented", finding.isAlwaysPrevented)
        out.texts("interfaces", finding.interfaces.map(names.text))
        out.texts("nodes", finding.nodes.map(names.text))
        out.texts("statements", finding.ledger.map(\.text))
        out.texts("alternatives", finding.alternatives.map(\.cause.name))
        out.texts("remedies", remedies(finding).map(\.remedy.title))
    }

    /// A key of the finding that is the same in the next run over the same network.
    func key(_ finding: Finding) -> String {
        "\(finding.cause.name)/\(finding.variant ?? "-")/\(subjectText(finding))"
    }
}

extension JSONMembers {
    fileprivate mutating func putOnlyEnd(_ name: String, _ address: String, _ port: UInt16?) {
        object(name) { out in
            out.text("address", address)
            out.text("ip", address)
            out.number("port", port.map { Int($0) })
        }
    }
}

extension Finding {
    var severity: Int { isAlwaysPrevented ? 4 : harm.severity }
}
