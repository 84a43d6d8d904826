// The columns of a row one after the other, for the rows of which nearly every column is wanted.
//
// Read first: `Marks`, and `Columns`, which finds all of them first and gives them in any order.

import Bytes

/// Goes from column to column. It lives in registers: nothing is stored for a column.
struct ColumnWalk {
    private let separator: UInt8
    private let end: Int
    // The sixty-four bytes that `marks` are of begin here.
    private var base: Int
    private var marks: Marks
    private var start: Int
    /// Whether more columns were asked for than there are.
    private(set) var isPastEnd = false

    @inline(__always)
    init(_ separator: UInt8, _ line: borrowing Line, from start: Int) {
        self.separator = separator
        self.start = start
        end = line.end
        base = start
        marks = line.marks(of: separator, at: start)
    }

    /// Whether the last column was given.
    @inline(__always)
    var isAtEnd: Bool { start > end }

    /// The next column; empty behind the last.
    @inline(__always)
    mutating func next(_ line: borrowing Line) -> Field {
        if marks.isEmpty { refill(line) }
        let stop = marks.isEmpty ? end : base &+ marks.pop()
        let field = Field(start, stop)
        if start > end { isPastEnd = true }
        start = stop &+ 1
        return field
    }

    /// Steps over some columns.
    @inline(__always)
    mutating func skip(_ count: Int, _ line: borrowing Line) {
        for _ in 0..<count { _ = next(line) }
    }

    @inline(__always)
    private mutating func refill(_ line: borrowing Line) {
        while marks.isEmpty, base &+ 64 < end {
            base &+= 64
            marks = ColumnWalk.marks(line, separator, base)
        }
    }

    // Called, and by values: inlined for every column it would be most of the row's code.
    @inline(never)
    private static func marks(_ line: borrowing Line, _ separator: UInt8, _ at: Int) -> Marks {
        line.marks(of: separator, at: at)
    }
}

extension Line {
    /// Whether a field stands for itself: it is not empty, and neither blanks nor quotation marks
    /// are around it.
    @inline(__always)
    func isBare(_ field: Field) -> Bool {
        field.start < field.end && self[field.start] > 0x22 && self[field.end &- 1] > 0x20
    }

    /// Whether a field is a dash, which stands for nothing.
    @inline(__always)
    func isDash(_ field: Field) -> Bool { field.count == 1 && self[field.start] == 0x2D }
}
