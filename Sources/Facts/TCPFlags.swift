// The TCP flags, as RFC 9293 §3.1 and RFC 3168 lay them out in the header's fourteenth byte.

import Bytes

public struct TCPFlags: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }

    @inlinable public static var fin: TCPFlags { TCPFlags(rawValue: 0x01) }
    @inlinable public static var syn: TCPFlags { TCPFlags(rawValue: 0x02) }
    @inlinable public static var rst: TCPFlags { TCPFlags(rawValue: 0x04) }
    @inlinable public static var psh: TCPFlags { TCPFlags(rawValue: 0x08) }
    @inlinable public static var ack: TCPFlags { TCPFlags(rawValue: 0x10) }
    @inlinable public static var urg: TCPFlags { TCPFlags(rawValue: 0x20) }
    @inlinable public static var ece: TCPFlags { TCPFlags(rawValue: 0x40) }
    @inlinable public static var cwr: TCPFlags { TCPFlags(rawValue: 0x80) }

    /// Whether a packet with these flags can open a connection: a SYN with none of ACK, RST and
    /// FIN. ECN bits may accompany it (RFC 3168 §6.1.1).
    @inlinable
    public var opens: Bool { rawValue & 0x17 == 0x02 }

    /// Whether any TCP stack sends this combination: exactly one of SYN, FIN, RST or none of them,
    /// and ACK with all but a lone SYN and a lone RST.
    @inlinable
    public var isPossible: Bool {
        switch rawValue & 0x17 {
        case 0x02, 0x12, 0x10, 0x11, 0x04, 0x14: return true
        default: return false
        }
    }
}

extension TCPFlags {
    /// The letters in the order every output of Stray uses.
    public static let letters: [(flag: TCPFlags, letter: UInt8)] = [
        (.fin, 0x46), (.syn, 0x53), (.rst, 0x52), (.psh, 0x50),
        (.ack, 0x41), (.urg, 0x55), (.ece, 0x45), (.cwr, 0x43),
    ]

    /// The flag of a letter: F S R P A U E C, also `.` for ACK and W for CWR as tcpdump has them.
    @inlinable @inline(__always)
    public init?(letter: UInt8) {
        let place = letter == 0x2E ? 1 : letter &- 0x40
        guard place < 32 else { return nil }
        let half = place < 16 ? TCPFlags.bitsFromAt : TCPFlags.bitsFromP
        let bit = (half &>> UInt64((place & 15) &* 4)) & 15
        guard bit != 0 else { return nil }
        self.init(rawValue: 1 &<< UInt8(truncatingIfNeeded: bit &- 1))
    }

    // A digit for each letter, `@` to `O` and `P` to `_`, the first in the lowest: one more than
    // the number of its bit, or zero. A `switch` here is a jump the processor cannot foresee.
    //                                              ONMLKJIHGFEDCBA@
    @inlinable static var bitsFromAt: UInt64 { 0x0000_0000_0170_8050 }
    //                                             _^]\[ZYXWVUTSRQP
    @inlinable static var bitsFromP: UInt64 { 0x0000_0000_8060_2304 }

    /// The flags written as letters in a field; nil when it holds anything else.
    @inlinable @inline(__always)
    public init?(letters line: borrowing Line, _ field: Field) {
        var all: TCPFlags = []
        var at = field.start
        while at < field.end {
            guard let flag = TCPFlags(letter: line[at]) else { return nil }
            all.formUnion(flag)
            at &+= 1
        }
        self = all
    }

    public var text: String {
        var out = ""
        for (flag, letter) in TCPFlags.letters where contains(flag) {
            out.unicodeScalars.append(Unicode.Scalar(letter))
        }
        return out
    }
}
