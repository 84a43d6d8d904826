// `fwm logexport`: rows of values, whose names stand in the first row.
//
// Read first: `CheckPoint`. Semicolons separate the columns, nothing is quoted.

import Bytes
import Facts

/// Which role each column of an export has, as its first row says.
struct ExportColumns: Sendable {
    // Limit: exports have a column for each field that any record has, some two hundred; those
    // behind are of no interest here.
    private static var max: Int { 256 }

    // A role's number and one more; zero for a column of no interest.
    private var roles: [256 of UInt8] = .init(repeating: 0)
    private(set) var count = 0

    var isKnown: Bool { count > 0 }

    init() {}

    init(_ line: borrowing Line, _ body: Int) {
        var at = body
        while at <= line.end, count < ExportColumns.max {
            let end = line.find(0x3B, from: at) ?? line.end
            if let meaning = CheckPoint.keys.meaning(line, Field(at, end)) {
                roles[count] = meaning.role.rawValue + 1
            }
            count += 1
            at = end + 1
        }
    }

    /// The role of a column, counted from zero.
    func role(_ column: Int) -> Role? {
        guard column < count, roles[column] > 0 else { return nil }
        return Role(rawValue: roles[column] - 1)
    }
}

extension CheckPoint {
    /// `17;10Dec2023;23:44:49;192.0.2.1;log;drop;…`
    func gatherExported(
        _ line: borrowing Line, _ body: Int, _ columns: ExportColumns, _ record: inout Record
    ) -> Bool {
        let digits = line.endOfDigits(body)
        guard digits > body, line[digits] == 0x3B else { return false }
        var at = body
        var column = 0
        while at <= line.end, column < columns.count {
            let end = line.find(0x3B, from: at) ?? line.end
            if let role = columns.role(column), at < end, !record.has(role) {
                record.set(role, Field(at, end))
            }
            column += 1
            at = end + 1
        }
        return record.has(.date)
    }
}
