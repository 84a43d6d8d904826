// One thing a firewall recorded, normalised: what every dialect is read into and everything
// behind it reads from.

import Bytes

/// What the firewall did.
public enum Action: UInt8, Sendable, CaseIterable {
    /// It says nothing of what it did.
    case note
    case block
    case pass
    case open
    case close
    case update

    public var name: StaticString {
        switch self {
        case .note: "note"
        case .block: "block"
        case .pass: "pass"
        case .open: "open"
        case .close: "close"
        case .update: "update"
        }
    }
}

/// Which way the packet crossed the interface.
public enum Direction: UInt8, Sendable {
    case unknown
    case inward
    case outward
}

/// The fields an entry really has; a field whose bit is clear holds nothing to rely on.
public struct Known: OptionSet, Hashable, Sendable {
    public let rawValue: UInt32
    @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }

    public static let ports = Known(rawValue: 1 << 0)
    public static let flags = Known(rawValue: 1 << 1)
    public static let sequence = Known(rawValue: 1 << 2)
    public static let acknowledgement = Known(rawValue: 1 << 3)
    public static let window = Known(rawValue: 1 << 4)
    /// Bytes of payload.
    public static let length = Known(rawValue: 1 << 5)
    public static let ttl = Known(rawValue: 1 << 6)
    public static let ipID = Known(rawValue: 1 << 7)
    public static let options = Known(rawValue: 1 << 8)
    public static let macs = Known(rawValue: 1 << 9)
    public static let duration = Known(rawValue: 1 << 10)
    public static let bytes = Known(rawValue: 1 << 11)
    public static let connectionID = Known(rawValue: 1 << 12)
    /// An IP fragment that is not the first: it has no ports.
    public static let laterFragment = Known(rawValue: 1 << 13)
    /// The line says in words that the packet belonged to no connection.
    public static let saysNoState = Known(rawValue: 1 << 14)
    /// A reply was seen (or, where clear on a close, conntrack's `[UNREPLIED]`).
    public static let answered = Known(rawValue: 1 << 15)
    /// Whether the connection was answered is known at all.
    public static let knowsAnswered = Known(rawValue: 1 << 16)
    /// Several lines were folded into this one by the logger.
    public static let repeated = Known(rawValue: 1 << 17)
}

/// TCP options seen on the packet, whatever their order.
public struct TCPOptions: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let mss = TCPOptions(rawValue: 1)
    public static let windowScale = TCPOptions(rawValue: 2)
    public static let sackPermitted = TCPOptions(rawValue: 4)
    public static let timestamps = TCPOptions(rawValue: 8)
    public static let sack = TCPOptions(rawValue: 16)
    public static let other = TCPOptions(rawValue: 32)
    /// Padding (`nop`, `eol`): it says a stack wrote options, no more.
    public static let padding = TCPOptions(rawValue: 64)
}

/// An address and a port.
public struct Endpoint: Equatable, Hashable, Sendable {
    public var address: Address
    public var port: UInt16

    @inlinable public init(_ address: Address, _ port: UInt16) {
        self.address = address
        self.port = port
    }

    @inlinable public static var none: Endpoint { Endpoint(.none, 0) }

    @inlinable
    public static func < (a: Endpoint, b: Endpoint) -> Bool {
        a.address == b.address ? a.port < b.port : a.address < b.address
    }
}

public struct Entry: Equatable, Sendable {
    public var time: Instant = .unknown
    public var source: Endpoint = .none
    public var destination: Endpoint = .none
    public var known: Known = []
    /// The IP protocol number.
    public var ipProtocol: UInt8 = 0
    public var flags: TCPFlags = []
    public var action: Action = .note
    public var direction: Direction = .unknown
    public var reason: Reason = .unknown
    public var dialect: DialectID = .unknown
    public var ttl: UInt8 = 0
    public var options: TCPOptions = []
    public var ipID: UInt16 = 0
    /// Raw, not scaled.
    public var window: UInt32 = 0
    public var sequence: UInt32 = 0
    public var acknowledgement: UInt32 = 0
    public var length: UInt32 = 0
    /// How many packets the line stands for.
    public var count: UInt32 = 1
    public var interface: Name = .none
    /// The interface on the far side, where the line names both.
    public var otherInterface: Name = .none
    public var node: Name = .none
    public var rule: Name = .none
    /// The device's own words, where they say more than `reason`.
    public var reasonText: Name = .none
    public var macSource: UInt64 = 0
    public var macDestination: UInt64 = 0
    /// The translated endpoints, where the line has them.
    public var natSource: Endpoint = .none
    public var natDestination: Endpoint = .none
    public var durationMicroseconds: Int64 = 0
    public var bytes: UInt64 = 0
    public var connectionID: UInt64 = 0

    @inlinable public init() {}

    public static let tcp: UInt8 = 6
    public static let udp: UInt8 = 17

    /// Whether this is TCP and its flags are known.
    @inlinable public var hasTCPFlags: Bool { ipProtocol == Entry.tcp && known.contains(.flags) }

    /// Whether the packet was refused: blocked by a rule, or called stateless by the device in
    /// words (netfilter's conntrack messages carry no verdict of their own).
    @inlinable public var isBlocked: Bool {
        action == .block || (action == .note && known.contains(.saysNoState))
    }

    /// A blocked TCP entry that could not have opened a connection.
    @inlinable public var isStray: Bool {
        isBlocked && hasTCPFlags && !flags.opens && !known.contains(.laterFragment)
    }
}
