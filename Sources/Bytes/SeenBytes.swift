// Bytes seen before, recognised in one comparison: what most lines of a log share with the last.

/// Up to sixty-four bytes of an earlier line, and which of them must be the same again.
public struct SeenBytes: Sendable {
    /// The most bytes that can be kept.
    @inlinable public static var countMax: Int { 64 }

    @usableFromInline var bytes = SIMD8<UInt64>()
    // All ones in each byte that must be the same; all zero when nothing is kept.
    @usableFromInline var care = SIMD8<UInt64>()
    /// How many bytes are kept; zero when there is nothing to recognise.
    public private(set) var count = 0

    @inlinable public init() {}

    /// Keeps a field's bytes, or nothing when there are too many. Those of `free` (a stretch
    /// inside the field) may be anything when the field is looked for again.
    public mutating func keep(_ line: borrowing Line, _ field: Field, free: Field = Field(0, 0)) {
        count = 0
        guard field.count > 0, field.count <= SeenBytes.countMax else { return }
        var mask = SIMD8<UInt64>()
        for at in field.start..<field.end where at < free.start || at >= free.end {
            let index = at - field.start
            mask[index >> 3] |= 0xFF << UInt64(8 * (index & 7))
        }
        guard mask != SIMD8<UInt64>() else { return }
        bytes = line.words8(field.start)
        care = mask
        count = field.count
    }

    /// Whether the bytes kept stand at an offset of the line, all of them inside it.
    @inlinable @inline(__always)
    public func stand(in line: borrowing Line, at offset: Int) -> Bool {
        guard count > 0, offset >= line.start, offset <= line.end &- count else { return false }
        let differing = (line.words8(offset) ^ bytes) & care
        let four = differing.lowHalf | differing.highHalf
        let two = four.lowHalf | four.highHalf
        return two.x | two.y == 0
    }
}
