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
    /// A capture saw the packet cross an interface; it says nothing of what the firewall did.
    case seen
    /// A dump of the state table holds a state of this connection.
    case state

    public var name: StaticString {
        switch self {
        case .note: "note"
        case .block: "block"
        case .pass: "pass"
        case .open: "open"
        case .close: "close"
        case .update: "update"
        case .seen: "seen"
        case .state: "state"
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

    @inlinable public static var ports: Known { Known(rawValue: 1 << 0) }
    @inlinable public static var flags: Known { Known(rawValue: 1 << 1) }
    @inlinable public static var sequence: Known { Known(rawValue: 1 << 2) }
    @inlinable public static var acknowledgement: Known { Known(rawValue: 1 << 3) }
    @inlinable public static var window: Known { Known(rawValue: 1 << 4) }
    /// Bytes of payload.
    @inlinable public static var length: Known { Known(rawValue: 1 << 5) }
    @inlinable public static var ttl: Known { Known(rawValue: 1 << 6) }
    @inlinable public static var ipID: Known { Known(rawValue: 1 << 7) }
    @inlinable public static var options: Known { Known(rawValue: 1 << 8) }
    @inlinable public static var macs: Known { Known(rawValue: 1 << 9) }
    @inlinable public static var duration: Known { Known(rawValue: 1 << 10) }
    @inlinable public static var bytes: Known { Known(rawValue: 1 << 11) }
    @inlinable public static var connectionID: Known { Known(rawValue: 1 << 12) }
    /// An IP fragment that is not the first: it has no ports.
    @inlinable public static var laterFragment: Known { Known(rawValue: 1 << 13) }
    /// The line says in words that the packet belonged to no connection.
    @inlinable public static var saysNoState: Known { Known(rawValue: 1 << 14) }
    /// A reply was seen (or, where clear on a close, conntrack's `[UNREPLIED]`).
    @inlinable public static var answered: Known { Known(rawValue: 1 << 15) }
    /// Whether the connection was answered is known at all.
    @inlinable public static var knowsAnswered: Known { Known(rawValue: 1 << 16) }
    /// Several lines were folded into this one by the logger.
    @inlinable public static var repeated: Known { Known(rawValue: 1 << 17) }
    /// Another node passed or saw this very packet (`Alignment` tells; no line does).
    @inlinable public static var elsewhere: Known { Known(rawValue: 1 << 18) }
    /// The same ports were in use minutes before; and had been closed (`Recollection` tells).
    @inlinable public static var portsInUse: Known { Known(rawValue: 1 << 19) }
    @inlinable public static var portsJustClosed: Known { Known(rawValue: 1 << 20) }
    /// An ICMP error (unreachable, time exceeded, parameter problem): it answers a packet.
    @inlinable public static var icmpError: Known { Known(rawValue: 1 << 22) }
    /// The connection's own opening was blocked (`Recollection` tells).
    @inlinable public static var openingBlocked: Known { Known(rawValue: 1 << 21) }
}

/// TCP options seen on the packet, whatever their order.
public struct TCPOptions: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }

    @inlinable public static var mss: TCPOptions { TCPOptions(rawValue: 1) }
    @inlinable public static var windowScale: TCPOptions { TCPOptions(rawValue: 2) }
    @inlinable public static var sackPermitted: TCPOptions { TCPOptions(rawValue: 4) }
    @inlinable public static var timestamps: TCPOptions { TCPOptions(rawValue: 8) }
    @inlinable public static var sack: TCPOptions { TCPOptions(rawValue: 16) }
    @inlinable public static var other: TCPOptions { TCPOptions(rawValue: 32) }
    /// Padding (`nop`, `eol`): it says a stack wrote options, no more.
    @inlinable public static var padding: TCPOptions { TCPOptions(rawValue: 64) }

    /// The option of a kind's number (IANA, TCP Option Kind Numbers).
    @inlinable public init(kind: UInt8) {
        switch kind {
        case 0, 1: self = .padding
        case 2: self = .mss
        case 3: self = .windowScale
        case 4: self = .sackPermitted
        case 5: self = .sack
        case 8: self = .timestamps
        default: self = .other
        }
    }
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
    public var time: Instant
    public var source: Endpoint
    public var destination: Endpoint
    public var known: Known
    /// The IP protocol number.
    public var ipProtocol: UInt8
    public var flags: TCPFlags
    public var action: Action
    public var direction: Direction
    public var reason: Reason
    public var dialect: DialectID
    public var ttl: UInt8
    public var options: TCPOptions
    public var ipID: UInt16
    /// Raw, not scaled.
    public var window: UInt32
    public var sequence: UInt32
    public var acknowledgement: UInt32
    public var length: UInt32
    /// How many packets the line stands for.
    public var count: UInt32
    public var interface: Name
    /// The interface on the far side, where the line names both.
    public var otherInterface: Name
    public var node: Name
    public var rule: Name
    /// The device's own words, where they say more than `reason`.
    public var reasonText: Name
    public var macSource: UInt64
    public var macDestination: UInt64
    /// The translated endpoints, where the line has them.
    public var natSource: Endpoint
    public var natDestination: Endpoint
    public var durationMicroseconds: Int64
    public var bytes: UInt64
    public var connectionID: UInt64

    // Spelt out here and not beside each field: only so is it a handful of stores where an entry
    // is made (initial values of properties are calls across modules, one for each field).
    @inlinable public init() {
        time = .unknown
        source = .none
        destination = .none
        known = []
        ipProtocol = 0
        flags = []
        action = .note
        direction = .unknown
        reason = .unknown
        dialect = .unknown
        ttl = 0
        options = []
        ipID = 0
        window = 0
        sequence = 0
        acknowledgement = 0
        length = 0
        count = 1
        interface = .none
        otherInterface = .none
        node = .none
        rule = .none
        reasonText = .none
        macSource = 0
        macDestination = 0
        natSource = .none
        natDestination = .none
        durationMicroseconds = 0
        bytes = 0
        connectionID = 0
    }

    @inlinable public static var tcp: UInt8 { 6 }
    @inlinable public static var udp: UInt8 { 17 }

    /// Notes what an ICMP or ICMPv6 message's type tells. A redirect answers a packet too, but
    /// that packet went through: it is no error here. RFC 792, RFC 4443 §2.1.
    @inlinable
    public mutating func noteICMP(type: UInt8) {
        let isError =
            switch ipProtocol {
            case 1: type == 3 || type == 4 || type == 11 || type == 12
            case 58: type >= 1 && type <= 4
            default: false
            }
        if isError { known.insert(.icmpError) }
    }

    /// Whether this is TCP and its flags are known.
    @inlinable public var hasTCPFlags: Bool { ipProtocol == Entry.tcp && known.contains(.flags) }

    /// Whether the packet was refused: blocked by a rule, or called stateless or invalid by the
    /// device in words (netfilter's conntrack messages carry no verdict of their own).
    @inlinable public var isBlocked: Bool {
        action == .block
            || (action == .note && (known.contains(.saysNoState) || reason.isInvalid))
    }

    /// A blocked TCP entry that could not have opened a connection: by its flags, or where the line
    /// does not tell them, by the device's own word.
    @inlinable public var isStray: Bool {
        guard isBlocked, ipProtocol == Entry.tcp, !known.contains(.laterFragment) else {
            return false
        }
        return known.contains(.flags) ? !flags.opens : known.contains(.saysNoState)
    }

    /// Whether nothing tells if a blocked entry is a stray.
    @inlinable public var mayBeStray: Bool {
        isBlocked && ipProtocol == Entry.tcp && !known.contains(.flags)
            && !known.contains(.saysNoState)
    }
}
