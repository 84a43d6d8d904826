// AWS VPC flow logs: records of the default format and of custom ones, from S3, CloudWatch and Athena.
//
// Read first: Amazon's "Flow log records" and its "Available fields", and `CSVRow`. A record sums up
// the packets of one flow in one direction over some minutes; it is no packet.

import Bytes
import Facts

public struct AWSFlow: Dialect {
    public init() {}
    public let id = DialectID.awsFlow
    public let title = "AWS VPC flow logs (versions 2 to 8, default and custom formats)"

    public var howToGet: [String] { AWSFlow.steps }
    public var limits: [String] { AWSFlow.bounds }
    public var samples: [Sample] { AWSFlow.lines }

    public func read(
        _ line: borrowing Line, _ envelope: Envelope, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        let start = rowStart(line, envelope)
        if isDigit(line[start]), AWSFlow.isUsual(line, context.columnNames, start),
            readPlain(line, start, &context, &entry)
        {
            return .entry
        }
        var record = Record()
        if line[start] == 0x7B { return readDocument(line, start, &record, &context, into: &entry) }
        if let separator = headerSeparator(line, start) {
            return readHeader(line, start, separator, &context)
        }
        if context.columnNames.dialect == .awsFlow {
            let table = context.columnNames.table
            context.columns.findQuoted(table.separator, in: line, from: start)
            if context.columns.count == table.count {
                record.gather(line, context.columns, table, absent: 0x2D)
                if isVerdict(line, record[.action]) || isState(line, record[.own2]) {
                    return finish(line, &record, &context, into: &entry)
                }
            }
        }
        guard isDefaultRow(line, start) else {
            guard let table = exampleLayout(line, start, &context.columns) else {
                return .notMine
            }
            record.gather(line, context.columns, table, absent: 0x2D)
            guard isVerdict(line, record[.action]) else { return .notMine }
            return finish(line, &record, &context, into: &entry)
        }
        context.columns.find(0x20, in: line, from: start)
        record.gather(line, context.columns, AWSFlow.usualTable, absent: 0x2D)
        // Cut before the column of the action, or some other program's numbers.
        guard context.columns.count >= 14 else {
            return line.has("eni-", at: context.columns[3].start)
                ? .damaged(.cutShort) : .notMine
        }
        return finish(line, &record, &context, into: &entry)
    }

    /// Where the row starts. Copies from CloudWatch put a time before it, whose header takes the row's
    /// version for a host; its JSON has the row in a text.
    private func rowStart(_ line: borrowing Line, _ envelope: Envelope) -> Int {
        if envelope.host.count == 1, isDigit(line[envelope.host.start]) {
            return envelope.host.start
        }
        let body = line.skipBlanks(envelope.body)
        if line.has("\"message\": \"", at: body) { return body + 12 }
        if line.has("{\"message\":\"", at: body), isDefaultRow(line, body + 12) {
            return body + 12
        }
        return body
    }

    /// `2 123456789012 eni-`: a version of one digit, an account, an interface.
    private func isDefaultRow(_ line: borrowing Line, _ start: Int) -> Bool {
        guard line[start] &- 0x32 < 8, line[start + 1] == 0x20 else { return false }
        let end = line.endOfWord(start + 2)
        let isNumber = end > start + 2 && line.endOfDigits(start + 2) == end
        // Accounts have twelve digits; who hides his writes fewer.
        if isNumber || line.equals(Field(start + 2, end), "unknown"),
            line.has("eni-", at: end + 1)
        {
            return true
        }
        guard end - start == 14 && isNumber || line.equals(Field(start + 2, end), "unknown")
        else { return false }
        return line.has("- ", at: end + 1)
    }

    /// What separates the names of a header line; nil when the line is none: its first name must be
    /// one of Amazon's.
    private func headerSeparator(_ line: borrowing Line, _ start: Int) -> UInt8? {
        let isQuoted = line[start] == 0x22
        let from = isQuoted ? start + 1 : start
        guard lowercased(line[from]) &- 0x61 < 26 else { return nil }
        var end = from
        while end < line.end, end - from < 24, isOfName(line[end]) { end += 1 }
        guard AWSFlow.names.meaning(line, Field(from, end)) != nil else { return nil }
        let separator = line[isQuoted ? end + 1 : end]
        return separator == 0x20 || separator == 0x2C ? separator : nil
    }

    private func isOfName(_ byte: UInt8) -> Bool {
        lowercased(byte) &- 0x61 < 26 || byte == 0x2D || byte == 0x5F
    }

    private func readHeader(
        _ line: borrowing Line, _ start: Int, _ separator: UInt8, _ context: inout Context
    ) -> Reading {
        context.columns.findQuoted(separator, in: line, from: start)
        let table = ColumnTable(
            separator: separator, header: line, context.columns, AWSFlow.keys)
        guard table.has(.source), table.has(.destination), table.has(.action) else {
            return .notMine
        }
        context.columnNames = HeaderMemory(dialect: .awsFlow, table: table)
        if table.isBeginning(of: AWSFlow.usualTable) {
            context.columnNames.usualCount = table.count
        }
        return .nothing
    }

    /// Whether the columns stand in their usual order, by the header in force or for lack of one.
    @inline(__always)
    private static func isUsual(
        _ line: borrowing Line, _ header: borrowing HeaderMemory, _ start: Int
    ) -> Bool {
        guard header.dialect == .awsFlow else { return true }
        // What a header is in force for may have columns in quotation marks.
        return header.usualCount > 0 && line.find(0x22, from: start) == nil
    }

    /// Records made JSON, from Parquet or by a pipeline.
    private func readDocument(
        _ line: borrowing Line, _ start: Int, _ record: inout Record, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        guard line.find("srcaddr\"", from: start) != nil else { return .notMine }
        let isWhole = record.gatherJSON(line, from: start, AWSFlow.keys, &context.keys)
        guard isVerdict(line, record[.action]) || isState(line, record[.own2]) else {
            return .notMine
        }
        guard isWhole else { return .damaged(.cutShort) }
        for role in AWSFlow.numbers { cutFraction(line, role, &record) }
        for role in [Role.source, .destination] where line.equals(record[role], "-") {
            record.clear(role)
        }
        return finish(line, &record, &context, into: &entry)
    }

    private static let numbers: [Role] = [
        .sourcePort, .destinationPort, .ipProtocol, .packets, .bytes, .start, .end, .own1,
    ]

    /// Converters write whole numbers as `443.0`.
    private func cutFraction(_ line: borrowing Line, _ role: Role, _ record: inout Record) {
        let field = record[role]
        guard field.count > 2, line.has(".0", at: field.end - 2) else { return }
        record.set(role, Field(field.start, field.end - 2))
    }

    private func isVerdict(_ line: borrowing Line, _ field: Field) -> Bool {
        line.equals(field, "ACCEPT") || line.equals(field, "REJECT")
    }

    private func isState(_ line: borrowing Line, _ field: Field) -> Bool {
        line.equals(field, "NODATA") || line.equals(field, "SKIPDATA")
    }

    private func finish(
        _ line: borrowing Line, _ record: inout Record, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        // Nothing was recorded, or something was and is lost.
        if isState(line, record[.own2]) || !record.has(.action) { return .nothing }
        guard isVerdict(line, record[.action]) else { return .damaged(.badField) }
        let isRefused = line[record[.action].start] == 0x52
        entry.action = isRefused ? .block : .pass
        record.set(.epoch, record.has(.start) ? record[.start] : record[.end])
        if let damage = record.fill(line, &context, into: &entry) { return .damaged(damage) }
        if !record.has(.direction) { entry.direction = .unknown }
        if isRefused {
            entry.known.remove(.bytes)
            entry.count = max(1, line.decimal(record[.packets]) ?? 1)
            entry.reasonText = context.names.keep(line, record[.reason])
            if record.has(.reason) { entry.reason = .match }
        }
        if entry.ipProtocol == Entry.tcp, let seen = line.decimal8(record[.own1]) {
            judge(line, record[.end], TCPFlags(rawValue: seen), into: &entry)
        }
        return .entry
    }

    /// The flags are those of all packets of the record together, and ACK counts only beside SYN: 2 is
    /// a SYN among acknowledgements, 18 a SYN-ACK, 3 a whole short connection.
    func judge(
        _ line: borrowing Line, _ end: Field, _ seen: TCPFlags, into entry: inout Entry
    ) {
        guard entry.action == .pass else {
            // Of one packet alone they are that packet's; without SYN its ACK is not told.
            if entry.count == 1, seen.contains(.syn) {
                entry.flags = seen
                entry.known.insert(.flags)
            }
            return
        }
        let opens = seen.contains(.syn) && !seen.contains(.ack)
        guard seen.contains(.fin) || seen.contains(.rst) else {
            if opens { entry.action = .open }
            return
        }
        entry.action = .close
        entry.reason = seen.contains(.rst) ? .closedByReset : .closedByFins
        guard let last = Record.epoch(line, end) else { return }
        if opens, let life = last.since(entry.time), life >= 0 {
            entry.durationMicroseconds = life
            entry.known.insert(.duration)
        }
        entry.time = last
    }
}
