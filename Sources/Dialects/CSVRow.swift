// Separated values whose columns have names: from a header line, or from the order usual for them.
//
// Read first: `Record`, `Columns+Quoted`. A header line is remembered in `Context` and holds for the
// lines behind it. The blocks of a large file are read apart: `Inputs/HeaderWatch` gives each block
// the header that was in force where it begins, so a line is read the same in whichever block it is.

import Bytes
import Facts

/// Which column plays which role.
struct ColumnTable: Sendable {
    // Limit: as many columns as `Columns` finds.
    static var columnsMax: Int { Columns.separatorsMax }

    /// The columns that have a role.
    fileprivate var rows: [(column: Int, meaning: KeyTable.Meaning)] = []
    /// How many columns there are.
    private(set) var count = 0
    let separator: UInt8

    init(separator: UInt8 = 0x2C) { self.separator = separator }

    /// The usual order of columns, by their names; what `keys` does not know is passed over.
    init(separator: UInt8, _ names: [String], _ keys: KeyTable) {
        self.init(separator: separator)
        for name in names {
            add(PaddedText(name).withLine { keys.meaning($0, $0.whole) })
        }
    }

    /// The columns that a header line names, found before in `columns`.
    init(
        separator: UInt8, header line: borrowing Line, _ columns: Columns, first: Int = 1,
        _ keys: KeyTable
    ) {
        self.init(separator: separator)
        guard first <= columns.count else { return }
        for column in first...columns.count {
            add(keys.meaning(line, columns.text(column, of: line)))
        }
    }

    private mutating func add(_ meaning: KeyTable.Meaning?) {
        guard count < ColumnTable.columnsMax else { return }
        count += 1
        if let meaning { rows.append((column: count, meaning: meaning)) }
    }

    /// Whether its columns play the roles that those of another table do, as far as this one goes.
    func isBeginning(of other: ColumnTable) -> Bool {
        let wanted = other.rows.prefix { $0.column <= count }
        return separator == other.separator && rows.count == wanted.count
            && zip(rows, wanted).allSatisfy {
                $0.column == $1.column && $0.meaning.role == $1.meaning.role
                    && $0.meaning.rank == $1.meaning.rank
            }
    }

    /// Whether some column plays a role.
    func has(_ role: Role) -> Bool {
        rows.contains { $0.meaning.role == role }
    }
}

/// The header line last read, and whose it was.
struct HeaderMemory: Sendable {
    var dialect = DialectID.unknown
    var table = ColumnTable()
    /// The columns of a header that names more of them than a table holds.
    var wide = ExportColumns()
    /// How many columns its rows have, where they are the usual ones; zero where they are not.
    var usualCount = 0
    /// Whether its rows' times are UTC.
    var isUniversal = false
    /// Whether its rows are of a kind the dialect reads; else they tell of no packet.
    var isOfInterest = true
}

extension Record {
    /// From a row of separated values. `absent` is what the rows write for nothing.
    mutating func gather(
        _ line: borrowing Line, _ columns: Columns, _ table: ColumnTable, absent: UInt8 = 0
    ) {
        for row in table.rows where row.column <= columns.count {
            let value = columns.text(row.column, of: line)
            if value.count == 1, line[value.start] == absent { continue }
            take(row.meaning, value)
        }
    }
}
