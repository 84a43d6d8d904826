// Palo Alto Networks (PAN-OS, Prisma, Cortex): traffic logs as CSV, CEF, LEEF and JSON.
//
// Read first: PAN-OS "Traffic Log Fields" and "Threat Log Fields" (the order of the columns), and
// `Record`. Packets without a session are dropped in silence; what is logged are sessions and what
// policy refused.

import Bytes
import Facts

public struct PaloAlto: Dialect {
    public init() {}
    public let id = DialectID.paloAlto
    public let title = "Palo Alto Networks (PAN-OS, Panorama, Strata/Cortex), traffic logs"

    public var howToGet: [String] { PaloAlto.steps }
    public var limits: [String] { PaloAlto.bounds }
    public var samples: [Sample] { PaloAlto.lines }

    public func read(
        _ line: borrowing Line, _ envelope: Envelope, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        var record = Record()
        if let start = rowStart(line, envelope) {
            return readRow(line, start, &record, &context, into: &entry)
        }
        if let brace = envelope.document(line) {
            guard line.find("LogType\"", from: brace) != nil else { return .notMine }
            let isWhole = record.gatherJSON(line, from: brace, PaloAlto.keys, &context.keys)
            guard record.has(.event), record.has(.source) else { return .notMine }
            guard isWhole else { return .damaged(.cutShort) }
            return finish(line, &record, &context, into: &entry)
        }
        if line.has("\"Domain\",", at: envelope.body) || line.has("Domain,", at: envelope.body) {
            return readHeader(line, envelope, &context)
        }
        guard var header = CommonEventHeader.read(line, envelope.body, &context.product),
            line.equalsIgnoringCase(header.vendor, "palo alto networks")
        else { return .notMine }
        // Its LEEF has bars between the pairs too.
        if header.isLEEF, header.delimiter == 0, line.find(0x7C, from: header.keys) != nil {
            header.delimiter = 0x7C
        }
        record.gather(line, header, PaloAlto.keys, labels: PaloAlto.labels, &context.keys)
        readNames(line, header, &record)
        return finish(line, &record, &context, into: &entry)
    }

    /// What CEF says in its header: the type and the subtype, in either order.
    private func readNames(
        _ line: borrowing Line, _ header: CommonEventHeader, _ record: inout Record
    ) {
        if PaloAlto.types.meaning(line, header.name) != nil {
            record.set(.event, header.name)
            if !record.has(.subevent) { record.set(.subevent, header.eventID) }
        } else if PaloAlto.types.meaning(line, header.eventID) != nil {
            record.set(.event, header.eventID)
            if !record.has(.subevent) { record.set(.subevent, header.name) }
        }
    }

    private static let types = WordTable<Bool>([("traffic", true), ("threat", true)])

    func finish(
        _ line: borrowing Line, _ record: inout Record, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        guard line.equalsIgnoringCase(record[.event], "traffic") else {
            guard line.equalsIgnoringCase(record[.event], "threat") else { return .nothing }
            return readThreat(line, &record, &context, into: &entry)
        }
        guard let verdict = verdict(line, &record) else { return .nothing }
        entry.action = verdict.action
        entry.reason = verdict.reason
        if let damage = fill(line, &record, &context, into: &entry) { return .damaged(damage) }
        let isEnd = entry.action == .close
        entry.reasonText = context.names.keep(line, isEnd ? record[.reason] : record[.application])
        if isEnd {
            readEnd(line, &record, into: &entry)
        } else if entry.action == .block {
            entry.known.remove([.duration, .bytes])
            // The application that stands for a session without an opening SYN.
            if line.equalsIgnoringCase(record[.application], "non-syn-tcp") {
                entry.reason = .noState
                entry.known.insert(.saysNoState)
            }
        } else if entry.action == .open {
            entry.known.remove([.duration, .bytes])
        }
        return .entry
    }

    func fill(
        _ line: borrowing Line, _ record: inout Record, _ context: inout Context,
        into entry: inout Entry
    ) -> Damage? {
        splitTime(line, &record)
        return record.fill(line, &context, into: &entry)
    }

    /// `2024/01/03 13:15:29` and `Jul 31 2022 12:46:24`: the date and the time of day.
    private func splitTime(_ line: borrowing Line, _ record: inout Record) {
        let stamp = record[.date]
        // A word behind the time is its zone, which the clock reads.
        guard !record.has(.time), !stamp.isEmpty, isDigit(line[stamp.end - 1]) else { return }
        var blank = stamp.end - 1
        while blank > stamp.start, line[blank] != 0x20 { blank -= 1 }
        guard blank > stamp.start else { return }
        record.set(.date, Field(stamp.start, blank))
        record.set(.time, Field(blank + 1, stamp.end))
    }

    private func verdict(
        _ line: borrowing Line, _ record: inout Record
    ) -> (action: Action, reason: Reason)? {
        if let found = PaloAlto.subtypes.meaning(line, record[.subevent]) { return found }
        return PaloAlto.actions.meaning(line, record[.action])
    }

    private static let subtypes = WordTable<(action: Action, reason: Reason)>([
        ("start", (.open, .match)), ("end", (.close, .unknown)), ("drop", (.block, .match)),
        ("deny", (.block, .match)),
    ])

    /// For records without a subtype.
    private static let actions = WordTable<(action: Action, reason: Reason)>([
        ("allow", (.pass, .match)), ("deny", (.block, .match)), ("drop", (.block, .match)),
        ("drop ICMP", (.block, .match)), ("drop-icmp", (.block, .match)),
        ("reset-both", (.block, .match)), ("reset both", (.block, .match)),
        ("reset-client", (.block, .match)), ("reset client", (.block, .match)),
        ("reset-server", (.block, .match)), ("reset server", (.block, .match)),
    ])

    private func readEnd(_ line: borrowing Line, _ record: inout Record, into entry: inout Entry) {
        entry.reason = PaloAlto.endings.meaning(line, record[.reason]) ?? .unknown
        guard let answers = line.decimal64(record[.packetsIn]) else { return }
        entry.known.insert(.knowsAnswered)
        if answers > 0 {
            entry.known.insert(.answered)
        } else if entry.reason == .closedIdle, entry.ipProtocol == Entry.tcp {
            entry.reason = .closedHandshake
        }
    }

    private static let endings = WordTable<Reason>([
        ("aged-out", .closedIdle), ("tcp-fin", .closedByFins),
        ("tcp-rst-from-client", .closedByReset), ("tcp-rst-from-server", .closedByReset),
        ("tcp-reuse", .closedByDevice), ("policy-deny", .closedByDevice),
        ("threat", .closedByDevice), ("resources-unavailable", .closedByDevice),
        ("decoder", .closedByDevice), ("decrypt-error", .closedByDevice),
        ("decrypt-cert-validation", .closedByDevice),
        ("decrypt-unsupport-param", .closedByDevice),
    ])

    /// Zone protection's drops: packets and floods, which no policy refused.
    private func readThreat(
        _ line: borrowing Line, _ record: inout Record, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        guard let usual = PaloAlto.threats.meaning(line, record[.subevent]),
            PaloAlto.drops.within(line, record[.action]) != nil
        else { return .nothing }
        entry.action = .block
        let name = record[.own1]
        entry.reason = PaloAlto.threatNames.within(line, name) ?? usual
        if let damage = fill(line, &record, &context, into: &entry) { return .damaged(damage) }
        entry.known.remove([.duration, .bytes])
        if entry.reason == .noState { entry.known.insert(.saysNoState) }
        entry.reasonText = context.names.keep(line, name)
        return .entry
    }

    private static let threats = WordTable<Reason>([
        ("packet", .malformed), ("flood", .rateLimit), ("scan", .rateLimit),
    ])

    private static let drops = WordTable<Bool>([("drop", true), ("block", true)])

    private static let threatNames = WordTable<Reason>([
        ("non-syn", .noState), ("spoof", .antiSpoofing), ("fragment", .fragment),
        ("checksum", .badChecksum), ("ip option", .ipOption), ("source routing", .ipOption),
        ("mismatch", .stateMismatch),
    ])
}
