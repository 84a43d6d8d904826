// Juniper SRX: sessions (RT_FLOW, APPTRACK), screens (RT_IDS) and stateless filters, as structured
// data and as text.
//
// Read first: Juniper's "System Log Explorer" on RT_FLOW_SESSION_CLOSE and its neighbours, and for the
// text `JuniperSRX+Text`. The message's name tells what the line is; it stands near the front.

import Bytes
import Facts

public struct JuniperSRX: Dialect {
    public init() {}
    public let id = DialectID.juniperSRX
    public let title = "Juniper SRX (Junos): RT_FLOW, APPTRACK, RT_IDS, stateless filters"

    public var howToGet: [String] { JuniperSRX.steps }
    public var limits: [String] { JuniperSRX.bounds }
    public var samples: [Sample] { JuniperSRX.lines }

    public func read(
        _ line: borrowing Line, _ envelope: Envelope, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        let start = envelope.program.isEmpty ? envelope.body : envelope.program.start
        guard let name = messageName(line, start) else { return .notMine }
        readInnerHeader(line, envelope, name, &context, into: &entry)
        if line.has("PFE_FW", at: name.start) {
            return readFilter(line, name, &context, into: &entry)
        }
        guard let kind = kind(line, name) else { return .nothing }
        entry.action = kind
        var record = Record()
        if isStructured(line, name.end) {
            var start = line.skipBlanks(name.end)
            if line[start] == 0x5B { start += 1 }
            record.gather(line, from: start, PairStyle(), JuniperSRX.keys, &context.keys)
        } else if !gatherText(line, name, &context.words, &record) {
            return .damaged(.cutShort)
        }
        return finish(line, name, &record, &context, into: &entry)
    }

    // Limit: how far from the line's front the name is looked for: a header or two may precede it.
    private static let reach = 128

    /// The message's name: `RT_FLOW_SESSION_CLOSE`.
    private func messageName(_ line: borrowing Line, _ start: Int) -> Field? {
        var from = start
        while let mark = line.find(0x5F, from: from, before: min(line.end, start + Self.reach)) {
            var first = mark
            while first > start, isOfName(line[first - 1]) { first -= 1 }
            let known = knownStart(line, first)
            var end = max(mark, first + known)
            while end < line.end, isOfName(line[end]) { end += 1 }
            if known > 0 { return Field(first, end) }
            from = end + 1
        }
        return nil
    }

    /// How long the beginning is that a name has of those read here; 0 when it is none of theirs.
    @inline(__always)
    private func knownStart(_ line: borrowing Line, _ at: Int) -> Int {
        if line.has("RT_FLOW_SESSION_", at: at) { return 16 }
        if line.has("APPTRACK_SESSION_", at: at) { return 17 }
        if line.has("RT_SCREEN_", at: at) { return 10 }
        return line.has("PFE_FW_SYSLOG_IP", at: at) ? 16 : 0
    }

    private func isOfName(_ byte: UInt8) -> Bool {
        byte &- 0x41 < 26 || byte == 0x5F || isDigit(byte)
    }

    /// A relay's header names the relay as its program; the device's own stands behind it.
    private func readInnerHeader(
        _ line: borrowing Line, _ envelope: Envelope, _ name: Field, _ context: inout Context,
        into entry: inout Entry
    ) {
        guard !envelope.program.isEmpty, envelope.body < name.start, isDigit(line[envelope.body]),
            let (time, end) = context.clock.readStamp(line, envelope.body), end < name.start
        else { return }
        entry.time = time
        let host = line.skipBlanks(end)
        entry.node = context.names.keep(line, Field(host, min(line.endOfWord(host), name.start)))
    }

    private func kind(_ line: borrowing Line, _ name: Field) -> Action? {
        if line.has("RT_SCREEN_", at: name.start) { return .block }
        let at = name.start + (line.has("RT_FLOW", at: name.start) ? 16 : 17)
        if line.has("CREATE", at: at) { return .open }
        if line.has("CLOSE", at: at) { return .close }
        if line.has("DENY", at: at) { return .block }
        if line.has("VOL_UPDATE", at: at) || line.has("ROUTE_UPDATE", at: at) { return .update }
        return nil
    }

    /// Whether pairs with quotation marks follow, and no sentence.
    private func isStructured(_ line: borrowing Line, _ from: Int) -> Bool {
        guard let sign = line.find(0x3D, from: from, before: min(line.end, from + 96)) else {
            return false
        }
        return line[sign + 1] == 0x22
    }

    private func finish(
        _ line: borrowing Line, _ name: Field, _ record: inout Record, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        let isScreen = line.has("RT_SCREEN_", at: name.start)
        if isScreen {
            // Floods and sweeps are sums that name one end only.
            guard record.has(.source), record.has(.destination) else { return .nothing }
            entry.ipProtocol = screenProtocol(line, name)
        }
        if record.has(.outbound) {
            record.set(.outbound, withoutQuotes(line, record[.outbound]))
        }
        if let damage = record.fill(line, &context, into: &entry) { return .damaged(damage) }
        let words = record.has(.note) ? record[.note] : record[.reason]
        switch entry.action {
        case .open: entry.reason = .match
        case .close:
            entry.reason =
                JuniperSRX.exactEnds.meaning(line, words)
                ?? context.reasons.within(line, words, JuniperSRX.ends, of: id) ?? .unknown
            entry.reasonText = context.names.keep(line, words)
        case .block:
            entry.reason = isScreen ? JuniperSRX.screens.within(line, words) ?? .malformed : .match
            entry.reasonText = context.names.keep(line, words)
            if line.has("alarm", at: record[.action].start) {
                entry.action = .note
                entry.reason = .unknown
            }
        default: break
        }
        return .entry
    }

    /// Some versions put typographic quotation marks around the interface.
    private func withoutQuotes(_ line: borrowing Line, _ field: Field) -> Field {
        var plain = field
        if plain.count > 6, line.has("\u{201D}", at: plain.start) { plain.start += 3 }
        if plain.count > 3, line.has("\u{201D}", at: plain.end - 3) { plain.end -= 3 }
        return plain
    }

    private func screenProtocol(_ line: borrowing Line, _ name: Field) -> UInt8 {
        if line.has("TCP", at: name.start + 10) { return Entry.tcp }
        if line.has("UDP", at: name.start + 10) { return Entry.udp }
        return line.has("ICMP", at: name.start + 10) ? 1 : 255
    }
}

extension JuniperSRX {
    static let keys = KeyTable([
        ("source-address", .source), ("source-port", .sourcePort),
        ("destination-address", .destination), ("destination-port", .destinationPort),
        ("nat-source-address", .natSource), ("nat-source-port", .natSourcePort),
        ("nat-destination-address", .natDestination),
        ("nat-destination-port", .natDestinationPort), ("protocol-id", .ipProtocol),
        ("protocol", .ipProtocol), ("protocol-name", .ipProtocol), ("policy-name", .rule),
        ("source-zone-name", .inZone), ("source-zone", .inZone),
        ("destination-zone-name", .outZone), ("destination-zone", .outZone),
        ("packet-incoming-interface", .inbound), ("interface-name", .inbound),
        ("destination-interface-name", .outbound), ("session-id-32", .connection),
        ("session-id", .connection), ("reason", .reason), ("attack-name", .note),
        ("action", .action), ("bytes-from-client", .bytesOut), ("bytes-from-server", .bytesIn),
        ("elapsed-time", .seconds), ("icmp-type", .icmpType),
    ])

    /// Why a session ended: words that are the whole reason, and words within it.
    static let exactEnds = WordTable<Reason>([
        ("HA", .closedFailover), ("CLI", .closedFlushed), ("ALG", .closedByDevice),
        ("NSRP", .closedFailover), ("AUTH", .closedByDevice), ("unset", .unknown),
    ])

    static let ends = WordTable<Reason>([
        ("tcp fin", .closedByFins), ("rst", .closedByReset), ("timeout", .closedIdle),
        ("age", .closedIdle), ("synproxy failure", .closedHandshake),
        ("application failure", .closedByDevice), ("policy", .closedByDevice),
        ("icmp error", .closedByDevice), ("cleared", .closedFlushed),
    ])

    static let screens = WordTable<Reason>([
        ("no flag", .invalidFlags), ("syn and fin", .invalidFlags),
        ("fin but no ack", .invalidFlags), ("spoofing", .antiSpoofing),
        ("session limit", .sourceLimit), ("flood", .rateLimit), ("sweep", .rateLimit),
        ("scan", .rateLimit), ("fragment", .fragment), ("tear", .fragment),
        ("option", .ipOption), ("route", .ipOption),
    ])
}
