// Finding things in a line: a byte, a word, the end of a run.

import CVector

extension Line {
    /// The offset of the first `byte` at or after `from`, before `end`; nil when there is none.
    @inlinable @inline(__always)
    public func find(_ byte: UInt8, from: Int, before limit: Int) -> Int? {
        let pattern = UInt64(byte) &* 0x0101_0101_0101_0101
        var at = from
        while at < limit {
            let hits = zeroBytes(word(at) ^ pattern)
            if hits != 0 {
                let found = at &+ hits.trailingZeroBitCount &>> 3
                return found < limit ? found : nil
            }
            at &+= 8
        }
        return nil
    }

    /// Of the sixteen bytes from an offset: a bit for each decimal digit, and a bit for each byte
    /// that equals `byte`.
    @inlinable @inline(__always)
    public func digits(or byte: UInt8, at offset: Int) -> (digits: UInt32, equal: UInt32) {
        let from = checked(offset, 16)
        let bits = unsafe bytes.withUnsafeBytes { raw in
            unsafe stray_digits_or_16(raw.baseAddress.unsafelyUnwrapped + from, byte)
        }
        return (bits & 0xFFFF, bits &>> 16)
    }

    @inlinable public func find(_ byte: UInt8, from: Int) -> Int? {
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
    @inlinable
    public func find(_ text: StaticString, from: Int) -> Int? {
        let first = text.byte(0)
        var at = from
        while let hit = find(first, from: at) {
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
    public func equalsIgnoringCase(_ field: Field, _ text: StaticString) -> Bool {
        guard field.count == text.utf8CodeUnitCount else { return false }
        for at in 0..<field.count
        where lowercased(self[field.start + at]) != lowercased(text.byte(at)) { return false }
        return true
    }

    /// The offset of the first occurrence of `text`, letters compared without case.
    public func findIgnoringCase(_ text: StaticString, in field: Field) -> Int? {
        let count = text.utf8CodeUnitCount
        guard field.count >= count else { return nil }
        for at in field.start...(field.end - count)
        where equalsIgnoringCase(Field(at, at + count), text) { return at }
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

@inlinable
public func lowercased(_ byte: UInt8) -> UInt8 {
    byte &- 0x41 < 26 ? byte | 0x20 : byte
}

@inlinable public func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
