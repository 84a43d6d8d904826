// Addresses as text, both ways.

import Bytes

extension Address {
    /// The address that fills a field: IPv4, IPv6 (with or without a zone or brackets), or else a
    /// label. Nil only for an empty field or one with bytes no host name has.
    public init?(_ line: borrowing Line, _ field: Field, _ names: inout Names) {
        if let exact = Address(line, field) {
            self = exact
            return
        }
        guard field.count > 0, field.count <= 255 else { return nil }
        for at in field.start..<field.end {
            let byte = line[at]
            guard byte > 0x20, byte != 0x7F, byte != 0x22, byte != 0x2C else { return nil }
        }
        self = Address(label: names.keep(line, field))
    }

    /// The IPv4 or IPv6 address that fills a field.
    @inlinable
    public init?(_ line: borrowing Line, _ field: Field) {
        if let v4 = Address.v4(line, field) {
            self = Address(v4: v4)
            return
        }
        guard let v6 = Address.v6(line, field) else { return nil }
        self = v6
    }

    /// Four decimal numbers with dots between them.
    @inlinable
    public static func v4(_ line: borrowing Line, _ field: Field) -> UInt32? {
        guard field.count >= 7, field.count <= 15 else { return nil }
        let count = UInt32(truncatingIfNeeded: field.count)
        let end = (1 as UInt32) &<< count
        let marks = line.digits(or: 0x2E, at: field.start)
        let digits = marks.digits & (end &- 1)
        let dots = marks.equal & (end &- 1)
        // A bit for each dot and for the end; there are four, and a number before each.
        let second = dots & (dots &- 1)
        let third = second & (second &- 1)
        let stops = dots | end
        guard digits | dots == end &- 1, third != 0, third & (third &- 1) == 0,
            stops & (stops &<< 1 | 1) == 0
        else { return nil }
        // No four digits in a row.
        let pairs = digits & (digits &>> 1)
        guard pairs & (pairs &>> 2) == 0 else { return nil }
        let places = (
            dots.trailingZeroBitCount, second.trailingZeroBitCount, third.trailingZeroBitCount,
            field.count
        )
        return v4(endingAt: places, from: 0) { line.word(field.start &+ $0) }
    }

    /// Four numbers of one to three digits whose ends are known, as is where the first starts; nil
    /// when one is more than 255. `word` gives the bytes from a place on.
    @inlinable @inline(__always)
    public static func v4(
        endingAt ends: (Int, Int, Int, Int), from start: Int, _ word: (Int) -> UInt64
    ) -> UInt32? {
        let head = octets(
            word(start), ends.0 &- start, word(ends.0 &+ 1), ends.1 &- ends.0 &- 1)
        let tail = octets(
            word(ends.1 &+ 1), ends.2 &- ends.1 &- 1, word(ends.2 &+ 1), ends.3 &- ends.2 &- 1)
        guard head.tooMuch | tail.tooMuch == 0 else { return nil }
        return head.value &<< 16 | tail.value
    }

    /// Two numbers, each the first one to three digits of a word, as the high and the low byte;
    /// `tooMuch` is not zero when one is more than 255.
    @inlinable @inline(__always)
    static func octets(
        _ first: UInt64, _ firstCount: Int, _ second: UInt64, _ secondCount: Int
    ) -> (value: UInt32, tooMuch: UInt64) {
        // The last digit to the top of its half and what follows it out, so that one
        // multiplication adds up ones, tens and hundreds of both; what the lower half's product
        // puts into the upper stays below its topmost byte.
        let low =
            UInt32(truncatingIfNeeded: first)
            &<< UInt32(truncatingIfNeeded: 32 &- 8 &* firstCount)
        let high = second &<< UInt64(truncatingIfNeeded: 64 &- 8 &* secondCount)
        let digits = (UInt64(low) | high) & 0x0F0F_0F0F_0F0F_0F0F
        let tooMuch =
            (0x0002_0505_0002_0505 &- digits.byteSwapped) & 0x8000_0000_8000_0000
        let sums = digits &* 0x64_0A01
        let value = UInt32(truncatingIfNeeded: (sums &>> 16) & 0xFF00 | sums &>> 56)
        return (value, tooMuch)
    }

    /// RFC 4291 §2.2 text: groups, one `::`, an IPv4 tail; a zone (`%em0`) and brackets are
    /// dropped.
    public static func v6(_ line: borrowing Line, _ field: Field) -> Address? {
        var at = field.start
        var end = field.end
        if at < end, line[at] == 0x5B, line[end - 1] == 0x5D {
            at += 1
            end -= 1
        }
        if let zone = line.find(0x25, from: at, before: end) { end = zone }
        guard end - at >= 2, end - at <= 45 else { return nil }
        var groups: [8 of UInt16] = .init(repeating: 0)
        var used = 0
        var gap = -1
        if line[at] == 0x3A {
            guard line[at + 1] == 0x3A else { return nil }
            gap = 0
            at += 2
        }
        while at < end {
            guard used < 8 else { return nil }
            var value: UInt32 = 0
            let first = at
            while at < end, let digit = hexDigit(line[at]) {
                value = value << 4 | UInt32(digit)
                at += 1
                guard at - first <= 4 else { return nil }
            }
            if at < end, line[at] == 0x2E {
                guard used <= 6, let tail = v4(line, Field(first, end)) else { return nil }
                groups[used] = UInt16(tail >> 16)
                groups[used + 1] = UInt16(tail & 0xFFFF)
                used += 2
                at = end
                break
            }
            guard at > first else { return nil }
            groups[used] = UInt16(value)
            used += 1
            if at == end { break }
            guard line[at] == 0x3A else { return nil }
            at += 1
            if at < end, line[at] == 0x3A {
                guard gap < 0 else { return nil }
                gap = used
                at += 1
            } else if at == end {
                return nil
            }
        }
        guard gap >= 0 ? used < 8 : used == 8 else { return nil }
        return v6(groups, used, gap)
    }

    /// The address of `used` groups, of which those from `gap` on stand at its end.
    private static func v6(_ groups: [8 of UInt16], _ used: Int, _ gap: Int) -> Address? {
        var words: [8 of UInt16] = .init(repeating: 0)
        for index in 0..<used {
            words[gap >= 0 && index >= gap ? index + 8 - used : index] = groups[index]
        }
        var high: UInt64 = 0
        var low: UInt64 = 0
        for index in 0..<4 { high = high << 16 | UInt64(words[index]) }
        for index in 4..<8 { low = low << 16 | UInt64(words[index]) }
        // What `Address` marks labels and nothing with is no address of any host; as a label it
        // is shown as it was written.
        guard high < Address.labelMark else { return nil }
        return Address(high: high, low: low)
    }
}

extension ByteWriter {
    /// An address as text. A label needs the table of names that it was kept in.
    public mutating func put(_ address: Address, _ names: Names) {
        if let label = address.label {
            put(names.bytes(label))
        } else if address.isNone {
            put("-")
        } else if address.isV4 {
            put(v4: address.v4)
        } else {
            put(v6: address)
        }
    }

    private mutating func put(v4: UInt32) {
        for shift in [24, 16, 8, 0] as [UInt32] {
            if shift < 24 { put(0x2E) }
            put((v4 >> shift) & 0xFF)
        }
    }

    /// RFC 5952: lower case, no leading zeros, the longest run of two or more zero groups as `::`.
    private mutating func put(v6 address: Address) {
        var groups: [8 of UInt16] = .init(repeating: 0)
        for index in 0..<8 {
            let word = index < 4 ? address.high : address.low
            groups[index] = UInt16(truncatingIfNeeded: word >> UInt64(48 - 16 * (index & 3)))
        }
        var best = 0
        var bestStart = -1
        var index = 0
        while index < 8 {
            var run = index
            while run < 8, groups[run] == 0 { run += 1 }
            if run - index > max(best, 1) {
                best = run - index
                bestStart = index
            }
            index = max(run, index + 1)
        }
        index = 0
        while index < 8 {
            if index == bestStart {
                put("::")
                index += best
                continue
            }
            if index > 0, index != bestStart + best || bestStart < 0 { put(0x3A) }
            put(String(groups[index], radix: 16))
            index += 1
        }
    }
}
