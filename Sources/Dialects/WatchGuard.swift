// WatchGuard Firebox (Fireware): its own syslog, LEEF, and the rows of Traffic Monitor and Dimension.
//
// Read first: WatchGuard's "Fireware Log Catalog", events 3000-0148 and 3000-0151, `Record` and
// `Words`. The same event is written in three orders; interfaces may be names with blanks in all.

import Bytes
import Facts

public struct WatchGuard: Dialect {
    public init() {}
    public let id = DialectID.watchGuard
    public let title = "WatchGuard Firebox (Fireware): syslog, LEEF, Traffic Monitor"

    public var howToGet: [String] { WatchGuard.steps }
    public var limits: [String] { WatchGuard.bounds }
    public var samples: [Sample] { WatchGuard.lines }

    public func read(
        _ line: borrowing Line, _ envelope: Envelope, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        let body = line.skipBlanks(envelope.body)
        var record = Record()
        if let start = nativeStart(line, body) {
            guard line.has("300", at: start) else { return .nothing }
            if let time = universalTime(line, body, start, &context.clock) { entry.time = time }
            record.set(.event, Field(start, start + 9))
            guard
                gatherPlain(line, start + 10, &context.columns, &record, &context.keys)
                    || gatherNative(line, start + 10, &context.words, &record, &context.keys)
            else { return .damaged(.cutShort) }
        } else if WatchGuard.verdicts.meaning(line, Field(body, line.endOfWord(body))) != nil,
            let event = line.find("msg_id=\"", from: body)
        {
            guard line.has("300", at: event + 8) else { return .nothing }
            record.set(.event, Field(event + 8, event + 17))
            guard gatherRow(line, body, &context.words, &record, &context.keys) else {
                return .damaged(.cutShort)
            }
        } else if let header = CommonEventHeader.read(line, body, &context.product),
            line.equalsIgnoringCase(header.vendor, "watchguard")
        {
            record.gather(line, header, WatchGuard.keys, &context.keys)
            record.set(.event, header.eventID)
            guard line.has("300", at: header.eventID.start) else { return .nothing }
        } else {
            return .notMine
        }
        return finish(line, &record, &context, into: &entry)
    }

    // Limit: serial number, device and program stand before the message's number.
    private static let reach = 96

    /// Where the number of `firewall: msg_id="3000-0148" Deny …` begins.
    private func nativeStart(_ line: borrowing Line, _ body: Int) -> Int? {
        guard let sign = line.find(0x3D, from: body, before: min(line.end, body + Self.reach)),
            sign - 6 >= line.start, line.has("msg_id=\"", at: sign - 6),
            line[sign + 6] == 0x2D, line[sign + 11] == 0x22
        else { return nil }
        return sign + 2
    }

    /// The `(2026-11-19T08:15:01)` behind the serial number, which is UTC whatever the header's zone.
    private func universalTime(
        _ line: borrowing Line, _ body: Int, _ limit: Int, _ clock: inout Clock
    ) -> Instant? {
        guard let open = line.find(0x28, from: body, before: limit), line[open + 11] == 0x54,
            line[open + 20] == 0x29,
            let time = clock.read(
                line, date: Field(open + 1, open + 11), time: Field(open + 12, open + 20))
        else { return nil }
        return Instant(microseconds: time.seconds * 1_000_000)
    }

    private func finish(
        _ line: borrowing Line, _ record: inout Record, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        let event = record[.event]
        let number = line.decimal(Field(max(event.start, event.end - 4), event.end))
        guard let verdict = verdict(line, record[.action]) else { return .damaged(.cutShort) }
        switch number {
        case 151: entry.action = .close
        // What was found out of a connection that was told of before.
        case 149: return .nothing
        default: entry.action = verdict
        }
        if let damage = record.fill(line, &context, into: &entry) { return .damaged(damage) }
        fillLength(line, &record, into: &entry)
        switch entry.action {
        case .block:
            entry.reason =
                context.reasons.within(
                    line, record[.message], WatchGuard.reasons, of: id) ?? .match
            if !line.equals(record[.message], "Denied") {
                entry.reasonText = context.names.keep(line, record[.message])
            }
            if entry.reason == .noState { entry.known.insert(.saysNoState) }
        case .open: entry.reason = .match
        default: break
        }
        return .entry
    }

    @inline(__always)
    private func verdict(_ line: borrowing Line, _ word: Field) -> Action? {
        // As all devices write them.
        if line.equals(word, "Allow") { return .open }
        if line.equals(word, "Deny") { return .block }
        return WatchGuard.verdicts.meaning(line, word)
    }

    /// Bytes of payload: the packet's length without both headers.
    private func fillLength(
        _ line: borrowing Line, _ record: inout Record, into entry: inout Entry
    ) {
        guard entry.ipProtocol == Entry.tcp, let all = line.decimal(record[.length]),
            let words = line.decimal(record[.own2]), words <= 15
        else { return }
        let header = line.decimal(record[.own1]) ?? 20
        guard all >= header + words * 4 else { return }
        entry.length = all - header - words * 4
        entry.known.insert(.length)
    }
}

extension WatchGuard {
    static let verdicts = WordTable<Action>([("Allow", .open), ("Deny", .block)])

    static let reasons = WordTable<Reason>([
        ("tcp syn checking failed", .noState), ("spoof", .antiSpoofing), ("flood", .rateLimit),
        ("ip options", .ipOption), ("invalid tcp", .invalidFlags), ("fragment", .fragment),
    ])

    static let keys = KeyTable([
        ("src", .source), ("srcPort", .sourcePort), ("dst", .destination),
        ("dstPort", .destinationPort), ("proto", .ipProtocol), ("disp", .action),
        ("in_if", .inbound), ("out_if", .outbound), ("policy", .rule), ("msg", .message),
        ("srcPostNAT", .natSource), ("src_ip_nat", .natSource),
        ("srcPostNATPort", .natSourcePort), ("srcPostNATPORT", .natSourcePort),
        ("src_port_nat", .natSourcePort), ("dstPostNAT", .natDestination),
        ("dst_ip_nat", .natDestination), ("dstPostNATPort", .natDestinationPort),
        ("dstPostNATPORT", .natDestinationPort), ("dst_port_nat", .natDestinationPort),
        ("ip_len", .length), ("ip_TTL", .ttl), ("tcp_offset", .own2), ("tcp_flag", .flags),
        ("tcp_seq", .sequence), ("tcp_window", .window), ("duration", .seconds),
        ("sent_bytes", .bytesOut), ("rcvd_bytes", .bytesIn), ("devTime", .epoch),
        ("tcp_info", .note),
    ])
}
