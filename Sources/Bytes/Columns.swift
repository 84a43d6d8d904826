// The columns of a line of separated values, found in one sweep.

import CVector

/// Where the separators of a line stand.
///
/// Finding all of them at once costs an eighth of asking for one after the other: eight bytes are
/// compared in one step, and no loop is set up anew for each column.
public struct Columns: Sendable {
    // Limit: pf's filterlog has 29 columns and an optional one; no dialect read here has more
    // than 60.
    public static let countMax = 64

    // An array made once and used for every line. An `InlineArray` would be copied, all 256 bytes,
    // at each column asked for: a tenth of all time, measured.
    @usableFromInline var stops = [Int32](repeating: 0, count: Columns.countMax)
    /// How many separators were found, at most `countMax`.
    @usableFromInline var separators = 0
    @usableFromInline var start = 0
    @usableFromInline var end = 0

    @inlinable public init() {}

    /// Finds the separators of a line from `start` to its end.
    public mutating func find(_ separator: UInt8, in line: borrowing Line, from start: Int) {
        precondition(start >= line.start && start <= line.end)
        self.start = start
        end = line.end
        var found = 0
        var at = start
        while at < end, found < Columns.countMax {
            // Sixty-four bytes become one mask, so that the loop over the separators ends three
            // times a line and not twenty-three: its end is what the processor cannot foresee.
            var hits = line.equalBytes(to: separator, at: at)
            if at &+ 64 > end { hits &= (1 &<< UInt64(end &- at)) &- 1 }
            while hits != 0, found < Columns.countMax {
                stops[found] = Int32(truncatingIfNeeded: at &+ hits.trailingZeroBitCount)
                found &+= 1
                hits &= hits &- 1
            }
            at &+= 64
        }
        separators = found
    }

    /// How many columns there are.
    @inlinable public var count: Int { separators &+ 1 }

    /// A column, counted from 1 as format descriptions do; empty past the last.
    @inlinable
    public subscript(column: Int) -> Field {
        @inline(__always) get {
            guard column <= separators &+ 1 else { return Field(end, end) }
            let from = column == 1 ? start : Int(stops[column &- 2]) &+ 1
            let to = column <= separators ? Int(stops[column &- 1]) : end
            return Field(from, to)
        }
    }
}

extension Line {
    /// A bit for each of the sixty-four bytes from an offset that equals `byte`.
    @inline(__always)
    fileprivate func equalBytes(to byte: UInt8, at offset: Int) -> UInt64 {
        // Invariant: the padding behind every line makes these 64 bytes the block's own.
        precondition(offset >= 0 && offset &+ blockPadding <= bytes.byteCount)
        return unsafe bytes.withUnsafeBytes { raw in
            unsafe stray_equal_bytes_64(raw.baseAddress.unsafelyUnwrapped + offset, byte)
        }
    }
}
