// The columns of a line of separated values, found in one sweep.

/// Where the separators of a line stand.
///
/// They are all found at once: sixty-four bytes are compared in one step, and no loop is set up
/// anew for each column.
public struct Columns: Sendable {
    // Limit: pf's filterlog has 29 columns and an optional one; no dialect read here has more
    // than 60.
    @inlinable public static var separatorsMax: Int { 64 }

    // The offset before the first column, those of the separators, and the line's end: a column
    // lies between two neighbours. An array made once and used for every line; an `InlineArray`
    // was copied, all of it, at each column asked for.
    // Invariant: so long that behind `separatorsMax` separators all of one more step and the end
    // find room, and `count` is always below that length.
    @usableFromInline var stops = [Int](repeating: 0, count: Columns.separatorsMax + 64 + 2)
    /// The number of the last column; what stands behind the last separator is one, even if empty.
    public internal(set) var count = 1
    // The number of the first column, and the line's end.
    @usableFromInline var first = 1
    @usableFromInline var end = 0

    public init() {}

    /// Finds the separators of a line from `start` to its end. Behind `separatorsMax` of them the
    /// rest of the line is one column. The column at `start` is counted as `first`, for a line
    /// whose first columns are known; those before it are empty.
    public mutating func find(
        _ separator: UInt8, in line: borrowing Line, from start: Int, first: Int = 1
    ) {
        precondition(start >= line.start && start <= line.end)
        precondition(first >= 1 && first <= Columns.separatorsMax)
        self.first = first
        end = line.end
        count = Columns.sweep(line, separator, from: start, first, into: stops.mutableSpan) &+ 1
    }

    // One borrow of the array for the whole sweep: a store through the array itself asks each
    // time whether somebody else holds it.
    @inline(__always)
    private static func sweep(
        _ line: borrowing Line, _ separator: UInt8, from start: Int, _ first: Int,
        into stops: consuming MutableSpan<Int>
    ) -> Int {
        let end = line.end
        var found = first &- 1
        stops[found] = start &- 1
        var at = start
        while at < end, found < Columns.separatorsMax {
            // Sixty-four bytes become one mask, so that the loop over the separators ends three
            // times a line and not twenty-three: its end is what the processor cannot foresee.
            var hits = line.equalBytes(to: separator, at: at)
            if at &+ 64 > end { hits &= (1 &<< UInt64(end &- at)) &- 1 }
            while hits != 0 {
                found &+= 1
                // In range: at most 64 more than the loop's condition lets through.
                unsafe stops[unchecked: found] = at &+ hits.trailingZeroBitCount
                hits &= hits &- 1
            }
            at &+= 64
        }
        found = min(found, Columns.separatorsMax)
        stops[found &+ 1] = end
        return found
    }

    /// Makes a column and the next one: those behind move up by one.
    public mutating func join(_ column: Int) {
        guard column >= first, column < count else { return }
        for index in column..<count { stops[index] = stops[index + 1] }
        count -= 1
    }

    /// A column, counted from 1 as format descriptions do; empty past the last.
    @inlinable
    public subscript(column: Int) -> Field {
        @inline(__always) get {
            // One unsigned comparison: also no column before the first.
            guard UInt(bitPattern: column &- first) <= UInt(bitPattern: count &- first) else {
                return Field(end, end)
            }
            // In range: `column` is at least 1 and at most `count`, which the invariant bounds.
            return unsafe stops.withUnsafeBufferPointer { stops in
                let base = unsafe stops.baseAddress.unsafelyUnwrapped
                return unsafe Field(base[column &- 1] &+ 1, base[column])
            }
        }
    }
}
