// Decimal and hexadecimal numbers in a line.

extension Line {
    /// The decimal number that fills a field; nil when the field is empty, holds anything but
    /// digits, or does not fit 32 bits.
    @inlinable @inline(__always)
    public func decimal(_ field: Field) -> UInt32? {
        let count = field.count
        guard count > 0 else { return nil }
        if count <= 8 {
            // Shifting the digits to the top leaves zero bytes below them: leading zeros.
            let shift = UInt64(64 &- 8 &* count)
            let digits = (word(field.start) ^ 0x3030_3030_3030_3030) &<< shift
            guard areDigits(digits) else { return nil }
            return eightDigits(digits)
        }
        guard count <= 10 else { return nil }
        let head = word(field.start) ^ 0x3030_3030_3030_3030
        guard areDigits(head) else { return nil }
        var value = UInt64(eightDigits(head))
        for at in (field.start &+ 8)..<field.end {
            guard isDigit(self[at]) else { return nil }
            value = value &* 10 &+ UInt64(self[at] &- 0x30)
        }
        return value <= 0xFFFF_FFFF ? UInt32(truncatingIfNeeded: value) : nil
    }

    @inlinable @inline(__always)
    public func decimal16(_ field: Field) -> UInt16? {
        guard let value = decimal(field), value <= 0xFFFF else { return nil }
        return UInt16(truncatingIfNeeded: value)
    }

    /// The same where it must fit eight bits: at most three digits.
    @inlinable @inline(__always)
    public func decimal8(_ field: Field) -> UInt8? {
        guard UInt(bitPattern: field.count &- 1) < 3 else { return nil }
        let shift = UInt32(truncatingIfNeeded: 32 &- 8 &* field.count)
        let digits = (UInt32(truncatingIfNeeded: word(field.start)) ^ 0x3030_3030) &<< shift
        // Byte for byte no more than 9, and all of them no more than 255.
        guard ((digits &+ 0x7676_7676) | digits) & 0x8080_8080 == 0,
            digits.byteSwapped <= 0x02_0505
        else { return nil }
        return UInt8(truncatingIfNeeded: (digits &* 0x64_0A01) &>> 24)
    }

    /// The decimal number that fills a field, up to 19 digits.
    @inlinable
    public func decimal64(_ field: Field) -> UInt64? {
        guard field.count > 0, field.count <= 19 else { return nil }
        // Eight digits at a time; the first step takes those that are too many.
        let first = (field.count &- 1) & 7 &+ 1
        let shift = UInt64(truncatingIfNeeded: 64 &- 8 &* first)
        var digits = (word(field.start) ^ 0x3030_3030_3030_3030) &<< shift
        guard areDigits(digits) else { return nil }
        var value = UInt64(eightDigits(digits))
        var at = field.start &+ first
        while at < field.end {
            digits = word(at) ^ 0x3030_3030_3030_3030
            guard areDigits(digits) else { return nil }
            value = value &* 100_000_000 &+ UInt64(eightDigits(digits))
            at &+= 8
        }
        return value
    }

    /// The first `places` of the digits behind a decimal mark, six at most, as if there were so
    /// many; nil when one of them is none.
    @inlinable @inline(__always)
    public func fraction(_ digits: Field, _ places: Int) -> UInt32? {
        let count = min(digits.count, places)
        guard count > 0 else { return 0 }
        guard let value = decimal(Field(digits.start, digits.start &+ count)) else { return nil }
        return value &* powerOfTen(places &- count)
    }

    /// The hexadecimal number that fills a field, with or without `0x`.
    public func hexadecimal(_ field: Field) -> UInt64? {
        var at = field.start
        if has("0x", at: at) { at += 2 }
        guard at < field.end, field.end - at <= 16 else { return nil }
        var value: UInt64 = 0
        while at < field.end {
            guard let digit = hexDigit(self[at]) else { return nil }
            value = value << 4 | UInt64(digit)
            at += 1
        }
        return value
    }

    /// The first offset at or after `from` that holds no decimal digit.
    @inlinable @inline(__always)
    public func endOfDigits(_ from: Int) -> Int {
        var at = from
        while at < end {
            let others = ~digits(or: 0, at: at).digits & 0xFFFF
            if others != 0 { return min(at &+ others.trailingZeroBitCount, end) }
            at &+= 16
        }
        return min(at, max(from, end))
    }
}

/// Ten to the power of at most six.
@inlinable @inline(__always)
public func powerOfTen(_ exponent: Int) -> UInt32 {
    switch exponent {
    case 0: 1
    case 1: 10
    case 2: 100
    case 3: 1000
    case 4: 10_000
    case 5: 100_000
    default: 1_000_000
    }
}

@inlinable
public func hexDigit(_ byte: UInt8) -> UInt8? {
    if isDigit(byte) { return byte &- 0x30 }
    let letter = lowercased(byte)
    return letter &- 0x61 < 6 ? letter &- 0x61 &+ 10 : nil
}

/// Whether all eight bytes are the values of decimal digits, 0 to 9.
@inlinable @inline(__always)
public func areDigits(_ word: UInt64) -> Bool {
    // Adding 0x76 carries a value above 9 into its byte's top bit, or the bit was set already.
    ((word &+ 0x7676_7676_7676_7676) | word) & 0x8080_8080_8080_8080 == 0
}

/// The number of eight digit values, the first in the lowest byte: three multiplications instead
/// of eight.
@inlinable @inline(__always)
public func eightDigits(_ word: UInt64) -> UInt32 {
    let pairs = (word &* 10 &+ (word &>> 8)) & 0x00FF_00FF_00FF_00FF
    let quads = (pairs &* 100 &+ (pairs &>> 16)) & 0x0000_FFFF_0000_FFFF
    return UInt32(truncatingIfNeeded: (quads &* 10_000 &+ (quads &>> 32)) & 0xFFFF_FFFF)
}
