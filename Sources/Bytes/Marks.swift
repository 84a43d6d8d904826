// What kinds of bytes stand where in sixty-four bytes of a line, as bits: fields, their ends and
// what they hold are then found without a look at any byte.
//
// Read `Columns` first: it does the same for one separator and a whole line.

import CVector

/// A bit for each of sixty-four bytes, the first in the lowest.
public struct Marks: Sendable {
    @usableFromInline var bits: UInt64

    @inlinable @inline(__always)
    public init(_ bits: UInt64) { self.bits = bits }

    /// The place of the first mark, and 64 when there is none.
    @inlinable public var first: Int {
        @inline(__always) get { bits.trailingZeroBitCount }
    }

    @inlinable public var isEmpty: Bool {
        @inline(__always) get { bits == 0 }
    }

    /// Takes the first mark away.
    @inlinable @inline(__always)
    public mutating func drop() { bits &= bits &- 1 }

    /// Takes the first mark away and gives its place; 64 when there is none.
    @inlinable @inline(__always)
    public mutating func pop() -> Int {
        let place = first
        drop()
        return place
    }
}

/// Which of sixty-four bytes are digits and commas, and which of the first half are dots.
public struct NumberMarks: Sendable {
    @usableFromInline let digits: UInt64
    @usableFromInline let commas: UInt64
    @usableFromInline let dots: UInt64

    /// The marks of the bytes from an offset that lies in the line. What follows the line is
    /// marked too: a caller compares what it found with the line's end.
    @inlinable @inline(__always)
    public init(_ line: borrowing Line, at offset: Int) {
        var digits: UInt64 = 0
        var commas: UInt64 = 0
        let from = line.checked(offset, blockPadding)
        for part in 0..<4 {
            let bits = unsafe line.bytes.withUnsafeBytes { raw in
                let base = unsafe raw.baseAddress.unsafelyUnwrapped
                return unsafe stray_digits_or_16(base + (from &+ 16 &* part), 0x2C)
            }
            digits |= UInt64(bits & 0xFFFF) &<< UInt64(16 &* part)
            commas |= UInt64(bits &>> 16) &<< UInt64(16 &* part)
        }
        self.digits = digits
        self.commas = commas
        // Two addresses end before the thirty-second byte; a dot behind it is no number's.
        dots = line.equalBytes(to: 0x2E, at: offset) & 0xFFFF_FFFF
    }

    /// Where the commas and the dots are.
    @inlinable public var ends: Marks { Marks(commas) }
    @inlinable public var points: Marks { Marks(dots) }

    /// Whether the bytes before `end`, less than 64, are numbers with a comma or a dot between each
    /// two, and those before `short` have three digits at most.
    @inlinable @inline(__always)
    public func areNumbers(before end: Int, shortBefore short: Int) -> Bool {
        let inside = (1 &<< UInt64(truncatingIfNeeded: end)) &- 1
        let stops = commas | dots
        // A stop behind a stop, or at the start, or right before the end has no number.
        let empty = (stops | ~inside) & (stops &<< 1 | 1) & (inside &<< 1 | 1)
        let pairs = digits & (digits &>> 1)
        let fours = pairs & (pairs &>> 2) & ((1 &<< UInt64(truncatingIfNeeded: short)) &- 1)
        return (digits | stops) & inside == inside && empty | fours == 0
    }
}

extension Line {
    /// Where `byte` stands in the sixty-four bytes from an offset that lies in the line, but for
    /// what follows the line.
    @inlinable @inline(__always)
    public func marks(of byte: UInt8, at offset: Int) -> Marks {
        var bits = equalBytes(to: byte, at: offset)
        let rest = end &- offset
        if rest < 64 { bits &= (1 &<< UInt64(truncatingIfNeeded: rest)) &- 1 }
        return Marks(bits)
    }

    /// A bit for each of the sixty-four bytes from an offset that equals `byte`.
    @inlinable @inline(__always)
    func equalBytes(to byte: UInt8, at offset: Int) -> UInt64 {
        let from = checked(offset, blockPadding)
        return unsafe bytes.withUnsafeBytes { raw in
            unsafe stray_equal_bytes_64(raw.baseAddress.unsafelyUnwrapped + from, byte)
        }
    }

    /// Whether eight bytes can be loaded from each of the places that marks at `offset` may have,
    /// and from those behind them.
    @inlinable @inline(__always)
    public func hasRoom(at offset: Int) -> Bool {
        offset >= 0 && offset <= bytes.byteCount &- 80
    }

    /// Eight bytes from a place counted from an offset at which there is room.
    // Two checks as any load has one; but both are of what the caller knows, and fall away.
    @inlinable @inline(__always)
    public func word(_ offset: Int, _ place: Int) -> UInt64 {
        precondition(hasRoom(at: offset) && UInt(bitPattern: place) <= 72)
        return UInt64(
            littleEndian: unsafe bytes.unsafeLoadUnaligned(
                fromUncheckedByteOffset: offset &+ place, as: UInt64.self))
    }

    /// The number of one to eight bytes at a place, which are known to be digits.
    @inlinable @inline(__always)
    public func digits(_ offset: Int, _ place: Int, _ count: Int) -> UInt32 {
        let shift = UInt64(truncatingIfNeeded: 64 &- 8 &* count)
        return eightDigits((word(offset, place) & 0x0F0F_0F0F_0F0F_0F0F) &<< shift)
    }
}
