// TCP flags as records write them: letters, words, numbers.
//
// Read first: `TCPFlags`. Seen: `FA`, `S`, `SYN ACK`, `FIN-PUSH-ACK`, `SYN,ACK`, `0x12`, `18`.

import Bytes
import Facts

extension TCPFlags {
    /// The flags that fill a field; nil when it holds anything else. Numbers are decimal, or
    /// hexadecimal with `0x` in front.
    init?(words line: borrowing Line, _ field: Field) {
        guard !field.isEmpty else { return nil }
        if line.has("0x", at: field.start) {
            guard let bits = line.hexadecimal(field), bits < 0x1000 else { return nil }
            self.init(rawValue: UInt8(truncatingIfNeeded: bits))
            return
        }
        if isDigit(line[field.start]) {
            guard let bits = line.decimal(field), bits < 0x1000 else { return nil }
            self.init(rawValue: UInt8(truncatingIfNeeded: bits))
            return
        }
        if let words = TCPFlags.words(line, field) {
            self = words
        } else if let letters = TCPFlags(letters: line, field) {
            self = letters
        } else {
            return nil
        }
    }

    private static func words(_ line: borrowing Line, _ field: Field) -> TCPFlags? {
        var all: TCPFlags = []
        var at = field.start
        while at < field.end {
            let bytes = lowercasedBytes(line.word(at))
            let count = min(lettersCount(bytes), field.end - at)
            guard count > 0 else {
                at += 1
                continue
            }
            // No flag's word has eight letters.
            guard count < 8, let flag = word(bytes & ((1 &<< UInt64(8 * count)) &- 1)) else {
                return nil
            }
            all.formUnion(flag)
            at += count
        }
        return all
    }

    /// How many of eight bytes, from the first on, are small letters.
    @inline(__always)
    private static func lettersCount(_ bytes: UInt64) -> Int {
        // Adding carries what is `a` or more, and what is more than `z`, into its byte's top bit.
        let low = bytes & 0x7F7F_7F7F_7F7F_7F7F
        let fromA = low &+ 0x1F1F_1F1F_1F1F_1F1F
        let behindZ = low &+ 0x0505_0505_0505_0505
        let letters = fromA & ~behindZ & ~bytes & 0x8080_8080_8080_8080
        return (letters ^ 0x8080_8080_8080_8080).trailingZeroBitCount / 8
    }

    /// The flag of a word's bytes, the first in the lowest bits.
    @inline(__always)
    private static func word(_ bytes: UInt64) -> TCPFlags? {
        switch bytes {
        case 0x6B_6361: .ack
        case 0x6E_7973: .syn
        case 0x6E_6966: .fin
        case 0x74_7372: .rst
        case 0x68_7370, 0x6873_7570: .psh  // `psh`, `push`
        case 0x67_7275: .urg
        case 0x65_6365: .ece
        case 0x72_7763: .cwr
        case 0x656E_6F6E, 0x6C6C_756E: []  // `none`, `null`
        case 0x74_6573_6572: .rst  // `reset`
        default: nil
        }
    }
}
