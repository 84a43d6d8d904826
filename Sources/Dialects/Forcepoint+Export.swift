// Logs exported from the Management Client as CSV: a header line with the columns that the operator
// chose, by their titles or by their names in exports.
//
// Read first: Forcepoint's help page "Exportable firewall log entry fields", and `CSVRow`.

import Bytes
import Facts

extension Forcepoint {
    /// A header line or a row below one; nil for any other line.
    func readExport(
        _ line: borrowing Line, _ envelope: Envelope, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading? {
        // A row begins with its time, which looks like a header's.
        let isRow = context.columnNames.dialect == .forcepoint
        let start =
            isRow && isDigit(line[line.start]) ? line.start : line.skipBlanks(envelope.body)
        if !isRow || !isDigit(line[start]), let separator = headerSeparator(line, start) {
            context.columns.findQuoted(separator, in: line, from: start)
            let table = ColumnTable(
                separator: separator, header: line, context.columns, Forcepoint.keys)
            guard table.has(.source), table.has(.destination), table.has(.action),
                table.has(.event) || table.has(.message)
            else { return nil }
            context.columnNames = HeaderMemory(dialect: .forcepoint, table: table)
            return .nothing
        }
        guard isRow else { return nil }
        let table = context.columnNames.table
        context.columns.findQuoted(table.separator, in: line, from: start)
        guard context.columns.count == table.count else { return nil }
        var record = Record()
        record.gather(line, context.columns, table)
        return finish(line, &record, &context, into: &entry)
    }

    /// The separator behind the first name, when that is one of Forcepoint's.
    private func headerSeparator(_ line: borrowing Line, _ start: Int) -> UInt8? {
        let isQuoted = line[start] == 0x22
        let first = isQuoted ? start + 1 : start
        guard lowercased(line[first]) &- 0x61 < 26 else { return nil }
        // Limit: the longest name has nineteen letters.
        var end = first
        while end < line.end, end - first < 24, isOfName(line[end]) { end += 1 }
        let separator = line[isQuoted ? end + 1 : end]
        guard separator == 0x2C || separator == 0x3B || separator == 0x09,
            Forcepoint.keys.meaning(line, Field(first, end)) != nil
        else { return nil }
        return separator
    }

    private func isOfName(_ byte: UInt8) -> Bool {
        lowercased(byte) &- 0x61 < 26 || byte == 0x5F || byte == 0x20
    }
}
