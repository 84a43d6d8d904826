// One line of text where it lies: offsets into a padded block of bytes, and checked loads.
//
// Everything that reads log text reads it through `Line`, so that no byte is copied and no load
// leaves the block. Offsets are absolute in the block: a position found by one function can be
// handed to another without arithmetic.

/// How many bytes must follow the last line of a block, so that an eight-byte load at the end of
/// a line stays inside it.
@inlinable public var blockPadding: Int { 64 }

/// The most bytes a line may have.
// Limit: a longer line is rejected and counted. The longest real entries (JSON, CEF) stay below
// 16 KiB; the cap bounds what one hostile line can make us look at.
@inlinable public var lineBytesMax: Int { 65_535 }

/// A line: a borrowed block and the two offsets between which the line stands.
public struct Line: ~Escapable {
    /// The block the line stands in, padding included.
    public let bytes: RawSpan
    /// The offset of the first byte.
    public let start: Int
    /// The offset behind the last byte; the newline and a carriage return before it are not part.
    public let end: Int

    // Invariant: 0 ≤ start ≤ end ≤ bytes.byteCount - blockPadding. A shorter block would make the
    // eight-byte loads below trap on a line that is perfectly good.
    @inlinable @_lifetime(copy bytes)
    public init(_ bytes: RawSpan, from start: Int, to end: Int) {
        precondition(start >= 0 && start <= end && end + blockPadding <= bytes.byteCount)
        self.bytes = bytes
        self.start = start
        self.end = end
    }

    /// The byte at an offset; zero in the padding.
    @inlinable
    public subscript(offset: Int) -> UInt8 {
        @inline(__always) get {
            unsafe bytes.unsafeLoad(fromUncheckedByteOffset: checked(offset, 8), as: UInt8.self)
        }
    }

    /// Eight bytes from an offset, the first in the lowest bits.
    @inlinable @inline(__always)
    public func word(_ offset: Int) -> UInt64 {
        UInt64(
            littleEndian: unsafe bytes.unsafeLoadUnaligned(
                fromUncheckedByteOffset: checked(offset, 8), as: UInt64.self))
    }

    /// Sixty-four bytes from an offset that lies in the line.
    @inlinable @inline(__always)
    public func words8(_ offset: Int) -> SIMD8<UInt64> {
        unsafe bytes.unsafeLoadUnaligned(
            fromUncheckedByteOffset: checked(offset, blockPadding), as: SIMD8<UInt64>.self)
    }

    /// Sixteen bytes from an offset that lies in the line.
    @inlinable @inline(__always)
    public func words2(_ offset: Int) -> SIMD2<UInt64> {
        unsafe bytes.unsafeLoadUnaligned(
            fromUncheckedByteOffset: checked(offset, 16), as: SIMD2<UInt64>.self)
    }

    // The one check of every load: `width` bytes from here lie in the block. A block has at least
    // `blockPadding` bytes, so the difference is not negative, and one unsigned comparison also
    // refuses offsets below zero. (The checked loads of `RawSpan` compare three times.)
    @inlinable @inline(__always)
    func checked(_ offset: Int, _ width: Int) -> Int {
        precondition(UInt(bitPattern: offset) <= UInt(bitPattern: bytes.byteCount &- width))
        return offset
    }

    /// The same line without its first bytes.
    @inlinable @_lifetime(copy self)
    public func from(_ offset: Int) -> Line { Line(bytes, from: min(offset, end), to: end) }

    @inlinable public var isEmpty: Bool { start == end }
    @inlinable public var whole: Field { Field(start, end) }
}

/// A stretch of a line: what stands between two offsets.
public struct Field: Equatable, Sendable {
    public var start: Int
    public var end: Int

    @inlinable public init(_ start: Int, _ end: Int) {
        self.start = start
        self.end = end
    }
    @inlinable public var count: Int { end &- start }
    @inlinable public var isEmpty: Bool { start >= end }
}
