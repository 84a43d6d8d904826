// Forcepoint NGFW (once Stonesoft): what its Log Server forwards as CEF or LEEF, and exports.
//
// Read first: Forcepoint's help pages "Respond to Not a Valid SYN Packet log messages" and
// "Exportable firewall log entry fields", and the article "LEEF format log fields forwarded by SMC".

import Bytes
import Facts

public struct Forcepoint: Dialect {
    public init() {}
    public let id = DialectID.forcepoint
    public let title = "Forcepoint NGFW (Stonesoft), CEF, LEEF, CSV and XML"

    public var howToGet: [String] { Forcepoint.steps }
    public var limits: [String] { Forcepoint.bounds }
    public var samples: [Sample] { Forcepoint.lines }

    public func read(
        _ line: borrowing Line, _ envelope: Envelope, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        // Below a header line the rows of an export come first: they are the likely ones.
        if context.columnNames.dialect == .forcepoint,
            let reading = readExport(line, envelope, &context, into: &entry)
        {
            return reading
        }
        if line[envelope.body] == 0x3C {
            return readMarkup(line, envelope, &context, into: &entry) ?? .notMine
        }
        guard let header = CommonEventHeader.read(line, envelope.body, &context.product),
            line.equalsIgnoringCase(header.vendor, "forcepoint")
                || line.equalsIgnoringCase(header.vendor, "stonesoft"),
            isEngine(line, header.product)
        else {
            return readExport(line, envelope, &context, into: &entry) ?? .notMine
        }
        var record = Record()
        record.gather(line, header, Forcepoint.keys, labels: Forcepoint.labels, &context.keys)
        record.set(.event, header.name)
        return finish(line, &record, &context, into: &entry)
    }

    func finish(
        _ line: borrowing Line, _ record: inout Record, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        guard let action = verdict(line, &record) else { return .nothing }
        entry.action = action
        if let damage = fill(line, &record, &context, into: &entry) { return .damaged(damage) }
        judge(&record, line, &context.names, into: &entry)
        return .entry
    }

    /// The engines, not the maker's mail and web products and not the servers' own records.
    private func isEngine(_ line: borrowing Line, _ product: Field) -> Bool {
        line.findIgnoringCase("firewall", in: product) != nil
            || line.findIgnoringCase("ngfw", in: product) != nil
            || line.equalsIgnoringCase(product, "ips")
    }

    /// What the record says of why.
    private func judge(
        _ record: inout Record, _ line: borrowing Line, _ names: inout Names,
        into entry: inout Entry
    ) {
        let message = record[.message]
        entry.reasonText = names.keep(line, message)
        guard entry.action != .close else {
            entry.reason = closeReason(line, message)
            return
        }
        if entry.action == .block || entry.action == .note {
            readCode(line, message, into: &entry)
            if isOfAConnection(&record, line) {
                // What is noted only was let through.
                entry.reason = entry.action == .note ? .ignoredInState : .stateMismatch
            }
        }
        if let at = line.findIgnoringCase("not a valid syn", in: message) {
            readFlags(line, Field(at, message.end), into: &entry)
        } else if line.findIgnoringCase("spoofed packet", in: message) != nil {
            entry.reason = .antiSpoofing
        } else if entry.reason == .unknown, !entry.rule.isNone {
            entry.reason = .match
        }
    }

    /// The situation TCP_Segment-Invalid, and messages as `TCP segment out of window [A]`: the packet
    /// did not fit the connection it belonged to.
    private func isOfAConnection(_ record: inout Record, _ line: borrowing Line) -> Bool {
        if line.findIgnoringCase("TCP_Segment-Invalid", in: record[.event]) != nil { return true }
        guard let at = line.findIgnoringCase("TCP segment", in: record[.message]) else {
            return false
        }
        let words = Field(at, record[.message].end)
        return line.findIgnoringCase("out of window", in: words) != nil
            || line.findIgnoringCase("invalid", in: words) != nil
    }

    /// The flags in square brackets at a message's end.
    private func readCode(_ line: borrowing Line, _ message: Field, into entry: inout Entry) {
        guard entry.ipProtocol == Entry.tcp, message.count > 2, line[message.end - 1] == 0x5D
        else { return }
        var open = message.end - 2
        while open > message.start, line[open] != 0x5B { open -= 1 }
        let letters = Field(open + 1, message.end - 1)
        guard line[open] == 0x5B, !letters.isEmpty,
            let flags = TCPFlags(letters: line, letters)
        else { return }
        entry.flags = flags
        entry.known.insert(.flags)
    }

    /// `Not a Valid SYN Packet [FA]`. The code is usual, not certain. A lone SYN there was refused
    /// for something else than a missing connection.
    private func readFlags(
        _ line: borrowing Line, _ message: Field, into entry: inout Entry
    ) {
        if entry.ipProtocol == Entry.tcp,
            let open = line.find(0x5B, from: message.start, before: message.end),
            let close = line.find(0x5D, from: open, before: message.end),
            let flags = TCPFlags(letters: line, Field(open + 1, close))
        {
            entry.flags = flags
            entry.known.insert(.flags)
            if flags.opens { return }
        }
        entry.reason = .noState
        entry.known.insert(.saysNoState)
    }

    /// Closing messages are mostly empty; of the words seen only these say how it ended.
    private func closeReason(_ line: borrowing Line, _ message: Field) -> Reason {
        guard !message.isEmpty else { return .unknown }
        if line.findIgnoringCase("timeout", in: message) != nil
            || line.findIgnoringCase("timed out", in: message) != nil
        {
            return .closedIdle
        }
        if line.findIgnoringCase("reset", in: message) != nil { return .closedByReset }
        return .unknown
    }
}
