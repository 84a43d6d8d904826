// The kinds of packet that tell causes apart, and sets of them.

import Facts

/// What a TCP packet without SYN alone can be.
public enum FlagClass: UInt8, CaseIterable, Sendable {
    case synAck
    /// An ACK without data, or of unknown length.
    case ack
    /// An ACK with data and no FIN.
    case data
    case fin
    /// A RST without ACK: the answer of a host without the socket.
    case reset
    case resetAck
    /// FIN without ACK, nothing else that matters.
    case bareFin
    /// No flag at all.
    case null
    /// FIN, PSH and URG without ACK, and the like.
    case xmas
    /// SYN with FIN or RST, FIN with RST: no stack sends it.
    case impossible
    /// A lone SYN.
    case syn
    /// The device says that the packet had no connection, and not what its flags were.
    case unknown

    /// The class of an entry's packet.
    public init(_ entry: Entry) {
        guard entry.hasTCPFlags else {
            self = .unknown
            return
        }
        self.init(entry.flags, length: entry.known.contains(.length) ? entry.length : nil)
    }

    /// The class of a packet. `length` is its payload when known.
    public init(_ flags: TCPFlags, length: UInt32?) {
        let core = flags.rawValue & 0x17
        switch core {
        case 0x02: self = .syn
        case 0x12: self = .synAck
        case 0x10:
            // Without a length, PSH says that there was data.
            let carries = length.map { $0 > 0 } ?? flags.contains(.psh)
            self = carries ? .data : .ack
        case 0x11: self = .fin
        case 0x04: self = .reset
        case 0x14: self = .resetAck
        case 0x01: self = flags.contains(.urg) || flags.contains(.psh) ? .xmas : .bareFin
        case 0x00: self = flags.contains(.urg) || flags.contains(.psh) ? .xmas : .null
        default: self = .impossible
        }
    }
}

public struct FlagClasses: OptionSet, Hashable, Sendable {
    public let rawValue: UInt16
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }
    @inlinable public init(_ one: FlagClass) { rawValue = 1 &<< UInt16(one.rawValue) }

    /// Several at once, without the array that a literal would make.
    @inlinable public init(_ a: FlagClass, _ b: FlagClass, _ c: FlagClass) {
        rawValue = FlagClasses(a).rawValue | FlagClasses(b).rawValue | FlagClasses(c).rawValue
    }

    @inlinable public static var closing: FlagClasses { FlagClasses(.fin, .reset, .resetAck) }
    /// What a connection cannot do without: the reply to its opening, data, acknowledgements.
    @inlinable public static var vital: FlagClasses { FlagClasses(.synAck, .data, .ack) }
    /// What is said in the middle and at the end of a conversation.
    @inlinable public static var spoken: FlagClasses { FlagClasses(.data, .ack, .fin) }
    /// What only a scanner or a forger sends.
    @inlinable public static var unnatural: FlagClasses {
        FlagClasses(
            rawValue: FlagClasses(.bareFin, .null, .xmas).rawValue
                | FlagClasses(.impossible).rawValue)
    }

    @inlinable public func has(_ one: FlagClass) -> Bool { contains(FlagClasses(one)) }
}
