// Bytes of a packet where they lie: checked loads of the numbers protocols are made of.
//
// Read `Line` first: this is its sibling for what is no text. Offsets count from the first byte, and
// no padding is asked for.

/// A stretch of bytes that was sent or captured.
public struct Octets: ~Escapable {
    @usableFromInline let bytes: RawSpan

    @inlinable @_lifetime(copy bytes)
    public init(_ bytes: RawSpan) { self.bytes = bytes }

    /// The bytes between two offsets of a block.
    @inlinable @_lifetime(copy block)
    public init(_ block: RawSpan, from start: Int, to end: Int) {
        bytes = block.extracting(start..<end)
    }

    @inlinable public var count: Int { bytes.byteCount }

    @inlinable
    public subscript(offset: Int) -> UInt8 {
        @inline(__always) get {
            unsafe bytes.unsafeLoad(fromUncheckedByteOffset: checked(offset, 1), as: UInt8.self)
        }
    }

    /// Two bytes in network order.
    @inlinable @inline(__always)
    public func be16(_ offset: Int) -> UInt16 {
        unsafe bytes.unsafeLoadUnaligned(
            fromUncheckedByteOffset: checked(offset, 2), as: UInt16.self
        ).bigEndian
    }

    /// Four bytes in network order.
    @inlinable @inline(__always)
    public func be32(_ offset: Int) -> UInt32 {
        unsafe bytes.unsafeLoadUnaligned(
            fromUncheckedByteOffset: checked(offset, 4), as: UInt32.self
        ).bigEndian
    }

    /// Eight bytes in network order.
    @inlinable @inline(__always)
    public func be64(_ offset: Int) -> UInt64 {
        unsafe bytes.unsafeLoadUnaligned(
            fromUncheckedByteOffset: checked(offset, 8), as: UInt64.self
        ).bigEndian
    }

    /// Two bytes in the order of the machine that wrote them.
    @inlinable @inline(__always)
    public func load16(_ offset: Int, bigEndian: Bool) -> UInt16 {
        bigEndian ? be16(offset) : be16(offset).byteSwapped
    }

    @inlinable @inline(__always)
    public func load32(_ offset: Int, bigEndian: Bool) -> UInt32 {
        bigEndian ? be32(offset) : be32(offset).byteSwapped
    }

    // The one check of every load. A stretch may be shorter than the load is wide.
    @inlinable @inline(__always)
    func checked(_ offset: Int, _ width: Int) -> Int {
        precondition(offset >= 0 && offset <= bytes.byteCount &- width)
        return offset
    }

    /// The bytes from an offset on; none from behind the end.
    @inlinable @_lifetime(copy self)
    public func from(_ offset: Int) -> Octets {
        Octets(bytes.extracting(droppingFirst: min(offset, bytes.byteCount)))
    }

    /// At most so many of the first bytes.
    @inlinable @_lifetime(copy self)
    public func first(_ count: Int) -> Octets { Octets(bytes.extracting(first: count)) }

    /// A copy, for samples.
    public func copy(first count: Int) -> [UInt8] { (0..<min(count, self.count)).map { self[$0] } }
}
