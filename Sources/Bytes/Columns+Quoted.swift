// Separated values whose columns may stand in quotation marks: RFC 4180, with any separator.
//
// Read first: `Columns`. A mark counts only where a column begins, so that a text with marks inside
// (`5" disk`) is no harm; within marks two of them are one.

extension Columns {
    /// Finds the columns of a line, minding quotation marks. A line without any goes the fast way.
    public mutating func findQuoted(
        _ separator: UInt8, in line: borrowing Line, from start: Int
    ) {
        guard line.find(0x22, from: start) != nil else {
            find(separator, in: line, from: start)
            return
        }
        first = 1
        end = line.end
        stops[0] = start - 1
        var found = 0
        var at = start
        while found < Columns.separatorsMax {
            guard let stop = Columns.endOfColumn(separator, line, at) else { break }
            found += 1
            stops[found] = stop
            at = stop + 1
        }
        stops[found + 1] = line.end
        count = found + 1
    }

    /// Where the separator behind the column at `start` stands; nil when it is the last one.
    private static func endOfColumn(
        _ separator: UInt8, _ line: borrowing Line, _ start: Int
    ) -> Int? {
        guard start < line.end, line[start] == 0x22 else {
            return line.find(separator, from: start)
        }
        var at = start + 1
        while let mark = line.find(0x22, from: at) {
            if line[mark + 1] == 0x22, mark + 1 < line.end {
                at = mark + 2
                continue
            }
            return line.find(separator, from: mark + 1)
        }
        // A mark that nothing closes is a mark like any other letter.
        return line.find(separator, from: start + 1)
    }

    /// A column without the blanks and the quotation marks around it. Doubled marks inside stay.
    @inlinable @inline(__always)
    public func text(_ column: Int, of line: borrowing Line) -> Field {
        let field = self[column]
        // Nearly every column begins and ends with what is behind the quotation mark and the blank.
        guard field.count > 0 else { return field }
        guard line[field.start] > 0x22, line[field.end &- 1] > 0x20 else {
            return bareText(field, of: line)
        }
        return field
    }

    @usableFromInline
    func bareText(_ field: Field, of line: borrowing Line) -> Field {
        var field = field
        while field.start < field.end, line[field.start] == 0x20 { field.start += 1 }
        while field.end > field.start, line[field.end - 1] == 0x20 { field.end -= 1 }
        guard field.count >= 2, line[field.start] == 0x22, line[field.end - 1] == 0x22 else {
            return field
        }
        return Field(field.start + 1, field.end - 1)
    }
}
