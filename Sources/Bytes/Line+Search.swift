// Finding things in a line: a byte, a word, the end of a run.

import CVector

extension Line {
    /// The offset of the first `byte` at or after `from`, before `end`; nil when there is none.
    @inlinable @inline(__always)
    public func find(_ byte: UInt8, from: Int, before limit: Int) -> Int? {
        var at = from
        while at < limit {
            let hits = unsafe sixteen(at) { unsafe stray_equal_bytes_16($0, byte) }
            if hits != 0 {
                let found = at &+ hits.trailingZeroBitCount
                return found < limit ? found : nil
            }
            at &+= 16
        }
        return nil
    }

    /// The offset of the last `byte` before `stop`, not before `limit`; nil when there is none.
    @inlinable @inline(__always)
    public func findLast(_ byte: UInt8, before stop: Int, from limit: Int) -> Int? {
        var at = stop
        // Sixteen bytes at a time, where the block has so many before.
        while at > limit, at >= 16 {
            let hits = unsafe sixteen(at &- 16) { unsafe stray_equal_bytes_16($0, byte) }
            if hits != 0 {
                let found = at &+ 15 &- hits.leadingZeroBitCount
                return found >= limit ? found : nil
            }
            at &-= 16
        }
        while at > limit {
            at &-= 1
            if self[at] == byte { return at }
        }
        return nil
    }

    /// The offset of the first of three bytes at or after `from`, before the line's end; nil when
    /// there is none.
    @inlinable @inline(__always)
    public func find(_ one: UInt8, _ two: UInt8, _ three: UInt8, from: Int) -> Int? {
        var at = from
        while at < end {
            let hits = unsafe sixteen(at) { unsafe stray_any_bytes_16($0, one, two, three) }
            if hits != 0 {
                let found = at &+ hits.trailingZeroBitCount
                return found < end ? found : nil
            }
            at &+= 16
        }
        return nil
    }

    /// Where the name begins that ends before `stop`, at `limit` or behind it: letters, digits, `_`,
    /// `-` and `.`. It is `stop` where there is none.
    @inlinable @inline(__always)
    public func startOfName(before stop: Int, from limit: Int) -> Int {
        var at = stop
        // Sixteen bytes at a time, where the block has so many before.
        while at > limit, at >= 16 {
            let others = unsafe ~sixteen(at &- 16) { unsafe stray_name_bytes_16($0) } & 0xFFFF
            if others != 0 { return max(limit, at &+ 16 &- others.leadingZeroBitCount) }
            at &-= 16
        }
        while at > limit, isOfName(self[at &- 1]) { at &-= 1 }
        return max(at, limit)
    }

    /// The first offset at or after `from` that holds no byte of a name, or the line's end.
    @inlinable @inline(__always)
    public func endOfName(_ from: Int) -> Int {
        var at = from
        while at < end {
            let others = unsafe ~sixteen(at) { unsafe stray_name_bytes_16($0) } & 0xFFFF
            if others != 0 { return min(at &+ others.trailingZeroBitCount, end) }
            at &+= 16
        }
        return min(at, max(from, end))
    }

    // What a comparison of the sixteen bytes from an offset gives.
    @inlinable @inline(__always)
    func sixteen(_ offset: Int, _ compare: (UnsafeRawPointer) -> UInt32) -> UInt32 {
        let from = checked(offset, 16)
        return unsafe bytes.withUnsafeBytes { raw in
            unsafe compare(raw.baseAddress.unsafelyUnwrapped + from)
        }
    }

    /// Of the sixteen bytes from an offset: a bit for each decimal digit, and a bit for each byte
    /// that equals `byte`.
    @inlinable @inline(__always)
    public func digits(or byte: UInt8, at offset: Int) -> (digits: UInt32, equal: UInt32) {
        let bits = unsafe sixteen(offset) { unsafe stray_digits_or_16($0, byte) }
        return (bits & 0xFFFF, bits &>> 16)
    }

    @inlinable @inline(__always)
    public func find(_ byte: UInt8, from: Int) -> Int? {
        find(byte, from: from, before: end)
    }

    /// Whether the bytes at `offset` are those of `text`, all of them before the line's end.
    @inlinable @inline(__always)
    public func has(_ text: StaticString, at offset: Int) -> Bool {
        let count = text.utf8CodeUnitCount
        guard offset >= start, offset <= end &- count else { return false }
        // Inlined, the literal's bytes become constants and this a comparison or two.
        guard count >= 8 else {
            var wanted: UInt64 = 0
            for at in 0..<count { wanted |= UInt64(text.byte(at)) &<< UInt64(8 &* at) }
            return (word(offset) ^ wanted) & ((1 &<< UInt64(8 &* count)) &- 1) == 0
        }
        var at = 0
        while at &+ 8 < count {
            if word(offset &+ at) != text.word(at) { return false }
            at &+= 8
        }
        // The last eight may overlap those before.
        return word(offset &+ count &- 8) == text.word(count &- 8)
    }

    /// The offset of the first occurrence of `text` at or after `from`; nil when there is none.
    // Inlined, as `has` is: then a hit of the first byte costs one comparison, and not a loop over
    // the text.
    @inlinable @inline(__always)
    public func find(_ text: StaticString, from: Int) -> Int? {
        find(text, from: from, before: end)
    }

    /// The same for one that begins before `limit`.
    @inlinable @inline(__always)
    public func find(_ text: StaticString, from: Int, before limit: Int) -> Int? {
        let first = text.byte(0)
        var at = from
        while let hit = find(first, from: at, before: limit) {
            if has(text, at: hit) { return hit }
            at = hit + 1
        }
        return nil
    }

    /// Whether a field's bytes are those of `text`.
    @inlinable @inline(__always)
    public func equals(_ field: Field, _ text: StaticString) -> Bool {
        field.count == text.utf8CodeUnitCount && has(text, at: field.start)
    }

    /// Whether a field's bytes are those of `text`, letters compared without case.
    @inlinable @inline(__always)
    public func equalsIgnoringCase(_ field: Field, _ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard field.count == count else { return false }
        guard count >= 8 else {
            let kept: UInt64 = (1 &<< UInt64(8 &* count)) &- 1
            return (lowercasedBytes(word(field.start)) ^ text.lowercasedHead) & kept == 0
        }
        var at = 0
        while at &+ 8 < count {
            if lowercasedBytes(word(field.start &+ at)) != lowercasedBytes(text.word(at)) {
                return false
            }
            at &+= 8
        }
        // The last eight may overlap those before.
        return lowercasedBytes(word(field.end &- 8)) == lowercasedBytes(text.word(count &- 8))
    }

    /// The offset of the first occurrence of `text`, letters compared without case.
    // Inlined, what is made of the literal here becomes constants.
    @inlinable @inline(__always)
    public func findIgnoringCase(_ text: StaticString, in field: Field) -> Int? {
        let count = text.utf8CodeUnitCount
        let head = text.lowercasedHead
        let kept: UInt64 = count < 8 ? (1 &<< UInt64(8 &* count)) &- 1 : ~0
        let first = lowercased(text.byte(0))
        let other = first &- 0x61 < 26 ? first ^ 0x20 : first
        var at = field.start
        while at &+ count <= field.end, let hit = find(first, other, first, from: at),
            hit &+ count <= field.end
        {
            if (lowercasedBytes(word(hit)) ^ head) & kept == 0,
                count <= 8 || equalsIgnoringCase(Field(hit, hit &+ count), text)
            {
                return hit
            }
            at = hit &+ 1
        }
        return nil
    }

    /// The first offset at or after `from` that holds no blank.
    @inlinable
    public func skipBlanks(_ from: Int) -> Int {
        var at = from
        while at < end, self[at] == 0x20 || self[at] == 0x09 { at += 1 }
        return at
    }

    /// The first offset at or after `from` that holds a blank, or the line's end.
    @inlinable @inline(__always)
    public func endOfWord(_ from: Int) -> Int {
        find(0x20, from: from) ?? end
    }

    /// Appends the bytes of a field to an array.
    public func append(_ field: Field, to array: inout [UInt8]) {
        guard !field.isEmpty else { return }
        unsafe bytes.withUnsafeBytes { raw in
            unsafe array.append(
                contentsOf: UnsafeRawBufferPointer(rebasing: raw[field.start..<field.end]))
        }
    }

    /// The bytes of a field as an array: for names kept and for messages, never in a hot path.
    public func copy(_ field: Field) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(max(0, field.count))
        for at in field.start..<max(field.start, field.end) { out.append(self[at]) }
        return out
    }
}

extension StaticString {
    /// The byte at an offset of an ASCII literal.
    @inlinable @inline(__always)
    public func byte(_ offset: Int) -> UInt8 {
        precondition(offset >= 0 && offset < utf8CodeUnitCount)
        return unsafe utf8Start[offset]
    }

    /// The first eight bytes of an ASCII literal, or all where it has fewer, capital letters made small.
    @inlinable @inline(__always)
    var lowercasedHead: UInt64 {
        guard utf8CodeUnitCount < 8 else { return lowercasedBytes(word(0)) }
        var head: UInt64 = 0
        for at in 0..<utf8CodeUnitCount { head |= UInt64(byte(at)) &<< UInt64(8 &* at) }
        return lowercasedBytes(head)
    }

    /// Eight bytes of an ASCII literal, the first in the lowest bits.
    @inlinable @inline(__always)
    public func word(_ offset: Int) -> UInt64 {
        precondition(offset >= 0 && offset + 8 <= utf8CodeUnitCount)
        return UInt64(
            littleEndian: unsafe UnsafeRawPointer(utf8Start)
                .loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
}

/// The top bit of each byte of `word` that is zero; all other bits clear.
@inlinable
public func zeroBytes(_ word: UInt64) -> UInt64 {
    let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
    return ~(((word & low) &+ low) | word | low)
}

/// Eight bytes with those that are capital letters made small.
@inlinable @inline(__always)
public func lowercasedBytes(_ word: UInt64) -> UInt64 {
    // Adding carries what is `A` or more, and what is more than `Z`, into its byte's top bit.
    let low = word & 0x7F7F_7F7F_7F7F_7F7F
    let fromA = low &+ 0x3F3F_3F3F_3F3F_3F3F
    let behindZ = low &+ 0x2525_2525_2525_2525
    return word | (~word & (fromA ^ behindZ) & 0x8080_8080_8080_8080) &>> 2
}

@inlinable
public func lowercased(_ byte: UInt8) -> UInt8 {
    byte &- 0x41 < 26 ? byte | 0x20 : byte
}

@inlinable public func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

/// Whether names of fields have this byte: a letter, a digit, `_`, `-` or `.`.
@inlinable
public func isOfName(_ byte: UInt8) -> Bool {
    isDigit(byte) || lowercased(byte) &- 0x61 < 26 || byte == 0x5F || byte == 0x2D || byte == 0x2E
}
