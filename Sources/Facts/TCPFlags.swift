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
    @inlinable
    public init?(letter: UInt8) {
        switch letter {
        case 0x46: self = .fin
        case 0x53: self = .syn
        case 0x52: self = .rst
        case 0x50: self = .psh
        case 0x41, 0x2E: self = .ack
        case 0x55: self = .urg
        case 0x45: self = .ece
        case 0x43, 0x57: self = .cwr
        default: return nil
        }
    }

    /// The flags written as letters in a field; nil when it holds anything else.
    @inlinable
    public init?(letters line: borrowing Line, _ field: Field) {
        var all: TCPFlags = []
        for at in field.start..<max(field.start, field.end) {
            guard let flag = TCPFlags(letter: line[at]) else { return nil }
            all.formUnion(flag)
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
