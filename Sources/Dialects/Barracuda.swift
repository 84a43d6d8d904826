// Barracuda CloudGen Firewall (NextGen F): the activity log.
//
// Read first: Barracuda's "How to configure syslog streaming" and "Best practice: network
// troubleshooting" for the reasons. Bars separate the columns, with names or without.

import Bytes
import Facts

public struct Barracuda: Dialect {
    public init() {}
    public let id = DialectID.barracuda
    public let title = "Barracuda CloudGen Firewall (NextGen F), activity log"

    public var howToGet: [String] { Barracuda.steps }
    public var limits: [String] { Barracuda.bounds }
    public var samples: [Sample] { Barracuda.lines }

    public func read(
        _ line: borrowing Line, _ envelope: Envelope, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        let body = envelope.body
        guard let bar = line.find(0x7C, from: body, before: min(line.end, body + 128)),
            let (verb, start) = verb(line, body, bar),
            let action = Barracuda.verbs.meaning(line, verb)
        else { return .notMine }
        guard line.find(0x7C, from: bar + 1) != nil else { return .damaged(.cutShort) }
        guard action != .note else { return .nothing }
        entry.action = action
        var record = Record()
        if line.has("type=", at: start) {
            record.gather(
                line, from: start, PairStyle(separator: 0x7C), Barracuda.keys, &context.keys)
        } else {
            context.columns.find(0x7C, in: line, from: start)
            guard context.columns.count >= 12 else { return .damaged(.cutShort) }
            gather(context.columns, &record)
        }
        if let damage = record.fill(line, &context, into: &entry) { return .damaged(damage) }
        if envelope.host.isEmpty { readNode(line, body, verb, &context, into: &entry) }
        judge(line, verb, record[.reason], &context.names, into: &entry)
        return .entry
    }

    /// The word before the colon that stands before the first column, and where that begins.
    private func verb(
        _ line: borrowing Line, _ body: Int, _ bar: Int
    ) -> (verb: Field, start: Int)? {
        var colon = bar
        while colon > body, line[colon] != 0x3A { colon -= 1 }
        guard colon > body else { return nil }
        var first = colon
        while first > body, lowercased(line[first - 1]) &- 0x61 < 26 { first -= 1 }
        guard first < colon else { return nil }
        return (Field(first, colon), line.skipBlanks(colon + 1))
    }

    private func gather(_ columns: borrowing Columns, _ record: inout Record) {
        record.set(.ipProtocol, columns[2])
        record.set(.inbound, columns[3])
        record.set(.source, columns[4])
        record.set(.sourcePort, columns[5])
        record.set(.destination, columns[7])
        record.set(.destinationPort, columns[8])
        record.set(.outbound, columns[10])
        record.set(.rule, columns[11])
        record.set(.reason, columns[12])
        record.set(.natSource, columns[13])
        record.set(.natDestination, columns[14])
        record.set(.milliseconds, columns[15])
        record.set(.count, columns[16])
        record.set(.bytesIn, columns[17])
        record.set(.bytesOut, columns[18])
    }

    /// `Info     fw1 Allow:`: the name before the verb, where no header has it.
    private func readNode(
        _ line: borrowing Line, _ body: Int, _ verb: Field, _ context: inout Context,
        into entry: inout Entry
    ) {
        context.words.find(line, from: body, before: verb.start)
        let count = context.words.count
        if count >= 2 { entry.node = context.names.keep(line, context.words[count - 1]) }
    }

    /// The reason is a number, or words where the firewall is told to write them.
    private func judge(
        _ line: borrowing Line, _ verb: Field, _ words: Field, _ names: inout Names,
        into entry: inout Entry
    ) {
        let isText = !words.isEmpty && !isDigit(line[words.start])
        if isText { entry.reasonText = names.keep(line, words) }
        switch entry.action {
        case .block:
            entry.reason = isText ? Barracuda.reasons.within(line, words) ?? .match : .match
            if entry.reason == .noState { entry.known.insert(.saysNoState) }
        case .close:
            if line.findIgnoringCase("fail", in: verb) != nil { entry.reason = .closedHandshake }
            if isText, let end = Barracuda.ends.within(line, words) { entry.reason = end }
        default: entry.reason = .match
        }
    }
}

extension Barracuda {
    static let verbs = WordTable<Action>([
        ("Allow", .open), ("LocalAllow", .open), ("Block", .block), ("LocalBlock", .block),
        ("Deny", .block), ("LocalDeny", .block), ("Drop", .block), ("LocalDrop", .block),
        ("Remove", .close), ("LocalRemove", .close), ("Fail", .close), ("LocalFail", .close),
        ("Detect", .note), ("LocalDetect", .note), ("Scan", .note), ("LocalScan", .note),
    ])

    static let reasons = WordTable<Reason>([
        ("belongs to no active session", .noState), ("without a request", .noState),
        ("checksum", .badChecksum), ("incomplete", .truncated), ("spoof", .antiSpoofing),
        ("source address", .antiSpoofing), ("reverse", .antiSpoofing),
        ("interface mismatch", .antiSpoofing), ("limit exceeded", .stateLimit),
        ("rate", .rateLimit), ("sequence", .sequenceOver), ("flag", .invalidFlags),
    ])

    static let ends = WordTable<Reason>([
        ("normal operation", .closedByFins), ("reset", .closedByReset),
        ("idle timeout", .closedIdle), ("last ack", .closedHalfClosed),
        ("half side", .closedHalfClosed), ("unreachable", .closedHandshake),
        ("accept timeout", .closedHandshake), ("connect timeout", .closedHandshake),
        ("terminated", .closedFlushed),
    ])

    static let keys = KeyTable([
        ("proto", .ipProtocol), ("srcIF", .inbound), ("srcIP", .source),
        ("srcPort", .sourcePort), ("dstIP", .destination), ("dstPort", .destinationPort),
        ("dstIF", .outbound), ("rule", .rule), ("info", .reason), ("srcNAT", .natSource),
        ("dstNAT", .natDestination), ("duration", .milliseconds), ("count", .count),
        ("receivedBytes", .bytesIn), ("sentBytes", .bytesOut),
    ])
}
