// The kernel's hardware addresses, eight bytes of them at a time.
//
// Read first: `NetfilterFields`. Other products write them in more ways: `hardwareAddress`.

import Bytes

extension Netfilter {
    /// Six bytes in hexadecimal with colons between them, `00:00:5e:00:53:01`; nil for anything else.
    static func mac(_ line: borrowing Line, _ field: Field) -> UInt64? {
        guard field.count == 17, line[field.start &+ 8] == 0x3A,
            let high = threeOctets(line.word(field.start)),
            let low = threeOctets(line.word(field.start &+ 9))
        else { return nil }
        return high &<< 24 | low
    }

    /// The number of `00:5e:53`, whose first byte is the lowest of a word.
    @inline(__always)
    private static func threeOctets(_ word: UInt64) -> UInt64? {
        let colons: UInt64 = 0x0000_FF00_00FF_0000
        guard word & colons == 0x0000_3A00_003A_0000 else { return nil }
        // A zero in the place of each colon is a digit too. Adding carries what is at least the
        // first, and what is more than the last, into its byte's top bit.
        let digits = word & ~colons | 0x0000_3000_0030_0000
        let letters = digits | 0x2020_2020_2020_2020
        let areDigits = (digits &+ 0x5050_5050_5050_5050) ^ (digits &+ 0x4646_4646_4646_4646)
        let areLetters = (letters &+ 0x1F1F_1F1F_1F1F_1F1F) ^ (letters &+ 0x1919_1919_1919_1919)
        let tops: UInt64 = 0x8080_8080_8080_8080
        guard digits & tops == 0, (areDigits | areLetters) & tops == tops else { return nil }
        // The letters have nine more than their low half says.
        let values = (digits & 0x0F0F_0F0F_0F0F_0F0F) &+ (digits &>> 6 & 0x0101_0101_0101_0101) &* 9
        let pairs = values &<< 4 | values &>> 8
        return (pairs & 0xFF) &<< 16 | (pairs &>> 24 & 0xFF) &<< 8 | pairs &>> 48 & 0xFF
    }
}
