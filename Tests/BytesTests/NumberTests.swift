// Numbers in a line against numbers read digit by digit.

import Bytes
import TestSupport
import Testing

@Suite struct NumberTests {
    @Test func decimalsAreReadAsALoopReadsThem() {
        var random = Seeded()
        for _ in 0..<20_000 {
            // Mostly digits; the others are the neighbours of '0' and '9', and top bits.
            let alphabet = random.once(in: 4) ? "0123456789/:. \u{1}" : "0123456789"
            var text = random.bytes(0...20, of: alphabet)
            if random.once(in: 20), !text.isEmpty { text[0] |= 0x80 }
            let naive = naiveDecimal(text)
            withLine(text) { line in
                let small = text.count <= 10 ? naive : nil
                check(
                    line.decimal(line.whole) == small.flatMap { UInt32(exactly: $0) },
                    random.description)
                check(line.decimal16(line.whole) == small.flatMap { UInt16(exactly: $0) })
                let tiny = text.count <= 3 ? naive : nil
                check(line.decimal8(line.whole) == tiny.flatMap { UInt8(exactly: $0) })
                check(
                    line.decimal64(line.whole) == (text.count <= 19 ? naive : nil),
                    random.description)
            }
        }
    }

    private func naiveDecimal(_ text: [UInt8]) -> UInt64? {
        guard !text.isEmpty else { return nil }
        var value: UInt64 = 0
        for byte in text {
            guard (0x30...0x39).contains(byte) else { return nil }
            let (product, over) = value.multipliedReportingOverflow(by: 10)
            guard !over else { return nil }
            value = product &+ UInt64(byte - 0x30)
        }
        return value
    }

    @Test(
        arguments: [
            ("4294967295", 4_294_967_295), ("4294967296", nil), ("0000000001", 1),
            ("9999999999", nil),
            ("00000000001", nil), ("", nil), ("0", 0), ("99999999", 99_999_999),
            ("100000000", 100_000_000), ("-1", nil), ("+1", nil), (" 1", nil), ("1 ", nil),
        ] as [(String, UInt32?)])
    func bounds(_ text: String, _ value: UInt32?) {
        #expect(withLine(text) { $0.decimal($0.whole) } == value)
    }

    @Test func everyByteInEveryPlaceIsADigitOrNot() {
        for place in 0..<8 {
            for byte in UInt8.min...UInt8.max {
                for others in [0, 9] as [UInt64] {
                    let shift = UInt64(8 * place)
                    let word = others * 0x0101_0101_0101_0101 & ~(0xFF << shift)
                    #expect(areDigits(word | UInt64(byte) << shift) == (byte < 10))
                }
            }
        }
    }

    @Test(
        arguments: [
            ("0", 0), ("0x10", 16), ("ff", 255), ("FfFfFfFfFfFfFfFf", .max), ("0x", nil), ("", nil),
            ("g", nil), ("10000000000000000", nil), ("0xfg", nil),
        ] as [(String, UInt64?)])
    func hexadecimal(_ text: String, _ value: UInt64?) {
        #expect(withLine(text) { $0.hexadecimal($0.whole) } == value)
    }
}
