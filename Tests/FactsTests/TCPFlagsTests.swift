// The flags' letters, and what a set of flags can mean.

import Bytes
import Facts
import Testing

@Suite struct TCPFlagsTests {
    @Test func everyLetterIsItsFlagOrNone() {
        let letters: [(Character, UInt8)] = [
            ("F", 1), ("S", 2), ("R", 4), ("P", 8), ("A", 16), (".", 16), ("U", 32), ("E", 64),
            ("C", 128), ("W", 128),
        ]
        for byte in UInt8.min...UInt8.max {
            let flag = letters.first { $0.0.asciiValue == byte }?.1
            #expect(TCPFlags(letter: byte)?.rawValue == flag)
        }
    }

    @Test func everySetOfFlagsIsReadBackFromItsText() {
        for raw in UInt8.min...UInt8.max {
            let flags = TCPFlags(rawValue: raw)
            let read = PaddedText(flags.text).withLine { TCPFlags(letters: $0, $0.whole) }
            #expect(read == flags)
        }
        #expect(TCPFlags(rawValue: 0xFF).text == "FSRPAUEC")
    }

    @Test(arguments: ["SX", "s", "S ", "0", "S,A"])
    func otherTextIsNoFlags(_ text: String) {
        #expect(PaddedText(text).withLine { TCPFlags(letters: $0, $0.whole) } == nil)
    }

    @Test func openingAndPossibleAreWhatTheRulesSay() {
        for raw in UInt8.min...UInt8.max {
            let flags = TCPFlags(rawValue: raw)
            let kinds = [flags.contains(.syn), flags.contains(.fin), flags.contains(.rst)]
            let one = kinds.count { $0 } <= 1
            let bare = !flags.contains(.ack)
            #expect(flags.opens == (flags.contains(.syn) && one && bare))
            // ACK with all but a lone SYN and a lone RST.
            let acked = !bare || (one && (flags.contains(.syn) || flags.contains(.rst)))
            #expect(flags.isPossible == (one && acked))
        }
    }
}
