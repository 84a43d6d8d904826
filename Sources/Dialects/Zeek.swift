// Zeek: conn.log and weird.log, as tab-separated rows with their header and as JSON.
//
// Read first: Zeek's "conn.log" (conn_state, history) and "weird.log", and `CSVRow`. Zeek listens
// beside the way of the packets: it blocks nothing, and tells how connections began and ended.

import Bytes
import Facts

public struct Zeek: Dialect {
    public init() {}
    public let id = DialectID.zeek
    public let title = "Zeek (once Bro), conn.log and weird.log as TSV and JSON"

    public var howToGet: [String] { Zeek.steps }
    public var limits: [String] { Zeek.bounds }
    public var samples: [Sample] { Zeek.lines }

    public func read(
        _ line: borrowing Line, _ envelope: Envelope, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        let body = envelope.body
        if isDigit(line[body]), let count = Zeek.usualCount(context.columnNames),
            readPlain(line, body, count, &context, &entry)
        {
            return .entry
        }
        if line[body] == 0x23 { return readHeader(line, body, &context) }
        if isRow(line, body) { return readRow(line, body, &context, into: &entry) }
        guard let brace = envelope.document(line),
            line.find("id.orig_h\"", from: brace) != nil
                || line.find("orig_h\"", from: brace) != nil
                || line.find("\"uid\"", from: brace) != nil
        else { return .notMine }
        var record = Record()
        let isWhole = record.gatherJSON(line, from: brace, Zeek.keys, &context.keys)
        guard record.has(.epoch), record.has(.own1) || record.has(.own2) else { return .notMine }
        guard isWhole else { return .damaged(.cutShort) }
        return finish(line, &record, &context, into: &entry)
    }

    /// `#fields` names the columns; the other lines that begin so tell of the file.
    private func readHeader(
        _ line: borrowing Line, _ body: Int, _ context: inout Context
    ) -> Reading {
        guard line.has("#fields\t", at: body) else {
            return Zeek.preambles.meaning(line, Field(body, endOfName(line, body))) == nil
                ? .notMine : .nothing
        }
        context.columns.find(0x09, in: line, from: body)
        let table = ColumnTable(
            separator: 0x09, header: line, context.columns, first: 2, Zeek.keys)
        guard table.has(.epoch) else { return .notMine }
        let isOfInterest =
            table.has(.source) && (table.has(.own1) || table.has(.own2) && table.has(.own3))
        context.columnNames = HeaderMemory(
            dialect: .zeek, table: table, isOfInterest: isOfInterest)
        if isOfInterest, table.count >= Zeek.usualTable.count,
            Zeek.usualTable.isBeginning(of: table),
            table.isBeginning(of: Zeek.usualTable)
        {
            context.columnNames.usualCount = table.count
        }
        return .nothing
    }

    /// How many columns a row has at least, where they stand in their usual order.
    @inline(__always)
    private static func usualCount(_ header: borrowing HeaderMemory) -> Int? {
        guard header.dialect == .zeek else { return 20 }
        return header.usualCount > 0 ? header.usualCount : nil
    }

    private func endOfName(_ line: borrowing Line, _ body: Int) -> Int {
        var at = body + 1
        while at < line.end, lowercased(line[at]) &- 0x61 < 26 || line[at] == 0x5F { at += 1 }
        return at
    }

    private static let preambles = WordTable<Bool>([
        ("#separator", true), ("#set_separator", true), ("#empty_field", true),
        ("#unset_field", true), ("#path", true), ("#open", true), ("#types", true),
        ("#close", true),
    ])

    /// `1715853600.123456`, a tab, and `C` of a connection's number, or a dash for none; or a time
    /// in ISO form.
    private func isRow(_ line: borrowing Line, _ body: Int) -> Bool {
        guard isDigit(line[body]),
            let tab = line.find(0x09, from: body, before: min(line.end, body + 34))
        else {
            return false
        }
        let end = line.endOfDigits(body)
        guard end - body == 10 && line[end] == 0x2E || line[body + 10] == 0x54 else { return false }
        return line[tab + 1] == 0x43 || line[tab + 1] == 0x2D
    }

    private func readRow(
        _ line: borrowing Line, _ body: Int, _ context: inout Context, into entry: inout Entry
    ) -> Reading {
        var record = Record()
        context.columns.find(0x09, in: line, from: body)
        if context.columnNames.dialect == .zeek {
            guard context.columnNames.isOfInterest else { return .nothing }
            let table = context.columnNames.table
            guard context.columns.count >= table.count else { return .damaged(.cutShort) }
            record.gather(line, context.columns, table, absent: 0x2D)
        } else {
            // Without a header: `zeek-cut` and `tail` leave none. The state tells a connection's row.
            guard context.columns.count >= 12,
                Zeek.states.meaning(line, context.columns[12]) != nil
            else { return .notMine }
            record.gather(line, context.columns, Zeek.usualTable, absent: 0x2D)
        }
        guard record.has(.epoch) else { return .damaged(.badTime) }
        return finish(line, &record, &context, into: &entry)
    }

    private func finish(
        _ line: borrowing Line, _ record: inout Record, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        // Oddities of the network itself belong to no connection.
        guard record.has(.source), record.has(.destination) else { return .nothing }
        if record.has(.own2) { return readWeird(line, &record, &context, into: &entry) }
        guard let state = Zeek.states.meaning(line, record[.own1]) else {
            return .damaged(.badField)
        }
        if let damage = fill(line, &record, &context, into: &entry) { return .damaged(damage) }
        let isTCP = entry.ipProtocol == Entry.tcp
        entry.action = isTCP ? state.action : .close
        entry.reason = isTCP ? state.reason : .unknown
        // A row is written when the connection is over; its time is when it began.
        if entry.known.contains(.duration), entry.time.isKnown {
            entry.time.microseconds &+= entry.durationMicroseconds
        }
        if let answers = line.decimal64(record[.packetsIn]) {
            entry.known.insert(.knowsAnswered)
            if answers > 0 { entry.known.insert(.answered) }
        }
        entry.reasonText = context.names.keep(line, record[.own1])
        return .entry
    }

    private func fill(
        _ line: borrowing Line, _ record: inout Record, _ context: inout Context,
        into entry: inout Entry
    ) -> Damage? {
        // Times are numbers, or text in ISO form.
        if Record.epoch(line, record[.epoch]) == nil {
            record.set(.date, record[.epoch])
            record.clear(.epoch)
        }
        if let damage = record.fill(line, &context, into: &entry) { return damage }
        if entry.ipProtocol == 1 || entry.ipProtocol == 58,
            let type = line.decimal8(record[.sourcePort])
        {
            entry.noteICMP(type: type)
        }
        return nil
    }

    /// How a connection looked when it was over. Zeek saw it, and ended nothing itself.
    static let states = WordTable<(action: Action, reason: Reason)>([
        ("SF", (.close, .closedByFins)), ("S0", (.close, .closedHandshake)),
        ("REJ", (.close, .closedByReset)), ("RSTO", (.close, .closedByReset)),
        ("RSTR", (.close, .closedByReset)), ("RSTOS0", (.close, .closedByReset)),
        ("S2", (.close, .closedHalfClosed)), ("S3", (.close, .closedHalfClosed)),
        ("SH", (.close, .closedHandshake)), ("S1", (.update, .unknown)),
        ("RSTRH", (.update, .unknown)), ("SHR", (.update, .unknown)), ("OTH", (.update, .unknown)),
    ])

    /// What was odd about a connection. It is noted and no more: Zeek refuses no packet.
    private func readWeird(
        _ line: borrowing Line, _ record: inout Record, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        entry.action = .note
        if !record.has(.ipProtocol) {
            // weird.log does not name the protocol; the names of TCP's oddities do.
            guard record.has(.sourcePort), record.has(.destinationPort) else { return .nothing }
            let isTCP = Zeek.weirdsOfTCP.meaning(line, record[.own2]) != nil
            guard isTCP else { return .nothing }
            entry.ipProtocol = Entry.tcp
        }
        if let damage = fill(line, &record, &context, into: &entry) { return .damaged(damage) }
        entry.reasonText = context.names.keep(line, record[.own2])
        return .entry
    }
}
