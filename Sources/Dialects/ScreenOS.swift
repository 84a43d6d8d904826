// ScreenOS (NetScreen, SSG, ISG): traffic logs.
//
// Read first: Juniper's "ScreenOS Message Log Reference Guide", notification 00257, and `NamedPairs`.
// Values and even names hold blanks: `src zone=Trust dst zone=Untrust`. So the last word of a value may
// belong to the name behind it.

import Bytes
import Facts

public struct ScreenOS: Dialect {
    public init() {}
    public let id = DialectID.screenOS
    public let title = "Juniper NetScreen, SSG and ISG (ScreenOS), traffic logs"

    public var howToGet: [String] { ScreenOS.steps }
    public var limits: [String] { ScreenOS.bounds }
    public var samples: [Sample] { ScreenOS.lines }

    public func read(
        _ line: borrowing Line, _ envelope: Envelope, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        let body = line.skipBlanks(envelope.body)
        guard let sign = line.find(0x3D, from: body, before: min(line.end, body + 96)),
            sign - 19 >= line.start, line.has("NetScreen device_id=", at: sign - 19)
        else { return .notMine }
        guard let traffic = line.find("(traffic): ", from: body) else { return .nothing }
        var record = Record()
        let device = Field(sign + 1, line.endOfWord(sign + 1))
        record.set(.node, device)
        gather(line, traffic + 11, &record, &context.keys)
        guard let action = ScreenOS.actions.meaning(line, record[.action]) else {
            return record.has(.action) ? .nothing : .damaged(.cutShort)
        }
        entry.action = action
        splitStart(line, &record)
        let written = entry.time
        if let damage = record.fill(line, &context, into: &entry) { return .damaged(damage) }
        judge(line, &record, &context.names, into: &entry)
        // The record tells when the session began, and how long it was: the header has no year.
        if record.has(.date), entry.time.isKnown, entry.time != written {
            entry.time.microseconds &+= entry.durationMicroseconds
        }
        return .entry
    }

    private func gather(
        _ line: borrowing Line, _ from: Int, _ record: inout Record, _ memory: inout KeyMemory
    ) {
        var pairs = NamedPairs(line, from, PairStyle(holdsBlanks: true), ScreenOS.keys, &memory)
        var before = Field(0, 0)
        var translated: Role?
        let keys = ScreenOS.keys
        while pairs.next(line, keys, &memory) {
            var value = pairs.value
            let last = lastWord(line, value)
            if last.start > value.start, isFirstWord(line, last) {
                value.end = last.start - 1
            }
            if let meaning = memory.meaning(pairs.place) {
                record.take(meaning, value)
            } else {
                take(line, pairs.key(memory), before, value, &translated, &record)
            }
            before = last
        }
    }

    /// Whether a word is the first of a name of two: `src zone`, `dst-xlated ip`, `icmp type`.
    private func isFirstWord(_ line: borrowing Line, _ word: Field) -> Bool {
        line.equalsIgnoringCase(word, "src") || line.equalsIgnoringCase(word, "dst")
            || line.equalsIgnoringCase(word, "src-xlated")
            || line.equalsIgnoringCase(word, "dst-xlated") || line.equalsIgnoringCase(word, "icmp")
    }

    /// Takes a pair whose name is of two words, or belongs to the one before.
    private func take(
        _ line: borrowing Line, _ key: Field, _ before: Field, _ value: Field,
        _ translated: inout Role?, _ record: inout Record
    ) {
        if line.equals(key, "port") {
            if let translated { record.set(translated, value) }
        } else if let role = pairRole(line, before, key) {
            record.set(role, value)
            if role == .natSource { translated = .natSourcePort }
            if role == .natDestination { translated = .natDestinationPort }
        }
    }

    /// `src zone=Trust`, `src-xlated ip=203.0.113.2 port=1024`: what a name of two words means.
    private func pairRole(_ line: borrowing Line, _ first: Field, _ second: Field) -> Role? {
        if line.equals(second, "zone") { return line.equals(first, "src") ? .inZone : .outZone }
        guard line.equals(second, "ip") else { return nil }
        return line.equals(first, "src-xlated") ? .natSource : .natDestination
    }

    private func lastWord(_ line: borrowing Line, _ value: Field) -> Field {
        guard let blank = line.findLast(0x20, before: value.end, from: value.start) else {
            return value
        }
        return Field(blank + 1, value.end)
    }

    /// `2026-11-19 08:15:02`, the start of the session.
    private func splitStart(_ line: borrowing Line, _ record: inout Record) {
        let all = record[.start]
        guard let blank = line.find(0x20, from: all.start, before: all.end) else { return }
        record.set(.date, Field(all.start, blank))
        record.set(.time, Field(blank + 1, all.end))
    }

    private func judge(
        _ line: borrowing Line, _ record: inout Record, _ names: inout Names,
        into entry: inout Entry
    ) {
        if line.findIgnoringCase("creation", in: record[.reason]) != nil { entry.action = .open }
        switch entry.action {
        case .close:
            entry.reason = ScreenOS.ends.within(line, record[.reason]) ?? .unknown
            entry.reasonText = names.keep(line, record[.reason])
        default: entry.reason = .match
        }
    }

    private static let actions = WordTable<Action>([
        ("permit", .close), ("tunnel", .close), ("deny", .block), ("reject", .block),
    ])

    private static let ends = WordTable<Reason>([
        ("tcp fin", .closedByFins), ("tcp rst", .closedByReset), ("age out", .closedIdle),
        ("nsrp", .closedFailover), ("alg", .closedByDevice), ("auth", .closedByDevice),
        ("icmp", .closedByDevice),
    ])
}

extension ScreenOS {
    /// Words that begin a name of two.
    static let keys = KeyTable([
        ("start_time", .start), ("duration", .seconds), ("policy_id", .rule),
        ("proto", .ipProtocol), ("action", .action), ("sent", .bytesOut), ("rcvd", .bytesIn),
        ("src", .source), ("dst", .destination), ("src_port", .sourcePort),
        ("dst_port", .destinationPort), ("session_id", .connection), ("reason", .reason),
        ("type", .icmpType), ("interface", .inbound),
    ])
}
