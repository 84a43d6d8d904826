// ulogd2: packets of NFLOG as JSON and `key=value`, and conntrack's flows as text and JSON.
//
// Read first: ulogd2's output/ulogd_output_JSON.c, output/ulogd_output_GPRINT.c and
// util/printflow.c. Its imitation of the kernel's log (LOGEMU) is read as netfilter's, which it is.

import Bytes
import Facts

public struct ULogD: Dialect {
    public init() {}
    public let id = DialectID.ulogd
    public let title = "ulogd2 (NFLOG packets as JSON or GPRINT; NFCT flows)"

    public var howToGet: [String] { ULogD.steps }
    public var limits: [String] { ULogD.bounds }
    public var samples: [Sample] { ULogD.lines }

    public func read(
        _ line: borrowing Line, _ envelope: Envelope, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        let body = line.skipBlanks(envelope.body)
        if line[body] == 0x5B, let event = flowEvent(line, body) {
            entry.action = event.action
            return readFlowText(line, event.end, &context, into: &entry)
        }
        if let brace = envelope.document(line) {
            guard line.find("oob.", from: brace) != nil || line.find("orig.", from: brace) != nil
            else { return .notMine }
            var record = Record()
            var flags: TCPFlags?
            let isWhole = record.gatherJSON(
                line, from: brace, ULogD.keys, ULogD.flagKeys, flags: &flags, &context.keys)
            guard isOwn(&record) else { return .notMine }
            guard isWhole else { return .damaged(.cutShort) }
            return finish(line, &record, flags, &context, into: &entry)
        }
        guard ULogD.beginnings.meaning(line, name(line, body)) != nil else { return .notMine }
        var record = Record()
        var flags: TCPFlags?
        var pairs = NamedPairs(line, body, PairStyle(separator: 0x2C), ULogD.keys, &context.keys)
        let (keys, flagKeys) = (ULogD.keys, ULogD.flagKeys)
        while pairs.next(line, keys, &context.keys) {
            if let meaning = context.keys.meaning(pairs.place) {
                record.take(meaning, pairs.value)
            } else if let flag = flagKeys.flag(context.keys[pairs.place].hash) {
                if flags == nil { flags = [] }
                if line.equals(pairs.value, "1") { flags?.formUnion(flag) }
            }
        }
        guard isOwn(&record) else { return .notMine }
        return finish(line, &record, flags, &context, into: &entry)
    }

    /// Whether the record has what only ulogd names so.
    private func isOwn(_ record: inout Record) -> Bool {
        record.has(.own3) || record.has(.own4) || record.has(.message) || record.has(.own1)
            || record.has(.start) || record.has(.inbound) || record.has(.outbound)
    }

    /// What a line of GPRINT may begin with.
    private static let beginnings = WordTable<Bool>([
        ("timestamp", true), ("dvc", true), ("raw.mac", true), ("oob.family", true),
        ("oob.prefix", true), ("oob.time.sec", true), ("raw.label", true), ("raw.type", true),
        ("ct.id", true), ("ct.event", true), ("ct.mark", true), ("flow.start.sec", true),
        ("orig.ip.saddr", true), ("orig.ip.saddr.str", true), ("ip.saddr", true),
        ("ip.saddr.str", true),
    ])

    private func name(_ line: borrowing Line, _ at: Int) -> Field {
        Field(at, line.find(0x3D, from: at, before: min(line.end, at + 20)) ?? at)
    }

    private func finish(
        _ line: borrowing Line, _ record: inout Record, _ flags: TCPFlags?,
        _ context: inout Context, into entry: inout Entry
    ) -> Reading {
        // A flow has an event of conntrack's; a packet has none.
        let isFlow = record.has(.own3)
        guard record.has(.source), record.has(.destination) else {
            return record.has(.message) || isFlow ? .damaged(.cutShort) : .nothing
        }
        splitTime(line, &record)
        if let damage = record.fill(line, &context, into: &entry) { return .damaged(damage) }
        if let type = line.decimal8(record[.icmpType]) { entry.noteICMP(type: type) }
        if isFlow { return finishFlow(line, &record, &context, into: &entry) }
        if let time = packetTime(line, record[.own1], record[.own2]) { entry.time = time }
        if entry.ipProtocol == Entry.tcp, let flags {
            entry.flags = flags
            entry.known.insert(.flags)
        }
        // The number is there without its flag too.
        if !entry.flags.contains(.ack) { entry.known.remove(.acknowledgement) }
        Netfilter.judge(
            line, record[.message], &context.names, &context.prefixes, &entry)
        if let told = ULogD.actions.meaning(line, record[.action]) {
            entry.action = told
            if entry.reason == .unknown { entry.reason = .match }
        }
        return .entry
    }

    private static let actions = WordTable<Action>([("blocked", .block), ("allowed", .pass)])

    /// `2013/02/11-10:20:30`, as GPRINT writes it.
    private func splitTime(_ line: borrowing Line, _ record: inout Record) {
        let stamp = record[.date]
        guard stamp.count == 19, line[stamp.start + 4] == 0x2F, line[stamp.start + 10] == 0x2D
        else { return }
        record.set(.date, Field(stamp.start, stamp.start + 10))
        record.set(.time, Field(stamp.start + 11, stamp.end))
    }

    /// Seconds and microseconds, each a number of its own.
    func packetTime(_ line: borrowing Line, _ seconds: Field, _ micro: Field) -> Instant? {
        guard let whole = line.decimal(seconds) else { return nil }
        let part = line.decimal(micro).flatMap { $0 < 1_000_000 ? Int64($0) : nil } ?? 0
        return Instant(microseconds: Int64(whole) * 1_000_000 + part)
    }
}
