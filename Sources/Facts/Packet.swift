// One packet as a firewall sees it: what policies and state models judge.
//
// Read first: nothing; `Entry` is its counterpart for what was recorded of a packet.

import Bytes

/// What a packet is besides its numbers.
public struct PacketForm: OptionSet, Hashable, Sendable {
    public let rawValue: UInt32
    @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// IPv4 options, or IPv6 hop-by-hop or destination options, or a routing header.
    @inlinable public static var ipOptions: PacketForm { PacketForm(rawValue: 1 << 0) }
    /// A fragment, the first one too.
    @inlinable public static var fragment: PacketForm { PacketForm(rawValue: 1 << 1) }
    /// A fragment that more follow.
    @inlinable public static var moreFragments: PacketForm { PacketForm(rawValue: 1 << 2) }
    /// A fragment that is not the first: it has no ports.
    @inlinable public static var laterFragment: PacketForm { PacketForm(rawValue: 1 << 3) }
    /// The packet ends before its transport header does.
    @inlinable public static var short: PacketForm { PacketForm(rawValue: 1 << 4) }
    /// TCP's data offset is below five words, or beyond the packet's end.
    @inlinable public static var badOffset: PacketForm { PacketForm(rawValue: 1 << 5) }
    /// The transport checksum does not hold, and no card could have meant to fill it in.
    @inlinable public static var badChecksum: PacketForm { PacketForm(rawValue: 1 << 6) }
    /// Less was captured than a firewall looks at: its judgement may differ.
    @inlinable public static var cutShort: PacketForm { PacketForm(rawValue: 1 << 7) }
    /// An ICMP error that quotes a packet: `quoted` holds it.
    @inlinable public static var quotes: PacketForm { PacketForm(rawValue: 1 << 8) }
    /// TCP has options (the data offset is more than five words).
    @inlinable public static var hasOptions: PacketForm { PacketForm(rawValue: 1 << 9) }
    /// The options are two paddings and a timestamp, and nothing else (RFC 7323 Appendix A).
    @inlinable public static var onlyTimestamps: PacketForm { PacketForm(rawValue: 1 << 10) }
    /// The IP header itself cannot be: its version, a length, or its checksum.
    @inlinable public static var badHeader: PacketForm { PacketForm(rawValue: 1 << 11) }
    /// IPv4's "do not fragment".
    @inlinable public static var dontFragment: PacketForm { PacketForm(rawValue: 1 << 12) }
}

/// The packet that an ICMP error quotes, as far as eight bytes of its transport header tell.
public struct QuotedPacket: Equatable, Sendable {
    public var source = Endpoint.none
    public var destination = Endpoint.none
    public var ipProtocol: UInt8 = 0
    public var icmpType: UInt8 = 0
    public var icmpCode: UInt8 = 0
    public var icmpID: UInt16 = 0
    public var sequence: UInt32 = 0

    @inlinable public init() {}
}

/// Read once from its bytes and filled in place, so that nothing is allocated for a packet.
public struct Packet: Equatable, Sendable {
    public var time: Instant
    /// Ports are zero where the protocol has none; in ICMP queries both are the identifier.
    public var source: Endpoint
    public var destination: Endpoint
    public var form: PacketForm
    public var ipProtocol: UInt8
    public var ttl: UInt8
    public var flags: TCPFlags
    public var options: TCPOptions
    public var direction: Direction
    /// The shift of the window scale option, where `options` has it; as sent, up to 255.
    public var windowScale: UInt8
    public var icmpType: UInt8
    public var icmpCode: UInt8
    /// Raw, not scaled.
    public var window: UInt16
    public var mss: UInt16
    /// The IPv4 identification, or that of IPv6's fragment header (its low half).
    public var ipID: UInt16
    /// Where this fragment begins in the whole packet, in bytes.
    public var fragmentOffset: UInt16
    public var sequence: UInt32
    public var acknowledgement: UInt32
    /// Bytes behind the transport header, on the wire.
    public var length: UInt32
    /// Bytes behind the IP header (and IPv6's extension headers), on the wire.
    public var ipLength: UInt32
    /// The highest right edge of its SACK blocks, or its acknowledgement where that is higher.
    public var sackEdge: UInt32
    public var timestampValue: UInt32
    public var timestampEcho: UInt32
    public var interface: Name
    /// The interface on the far side of the firewall, where it is known.
    public var otherInterface: Name
    public var macSource: UInt64
    public var macDestination: UInt64
    public var quoted: QuotedPacket

    @inlinable public init() {
        time = .unknown
        source = .none
        destination = .none
        form = []
        ipProtocol = 0
        ttl = 0
        flags = []
        options = []
        direction = .unknown
        windowScale = 0
        icmpType = 0
        icmpCode = 0
        window = 0
        mss = 0
        ipID = 0
        fragmentOffset = 0
        sequence = 0
        acknowledgement = 0
        length = 0
        ipLength = 0
        sackEdge = 0
        timestampValue = 0
        timestampEcho = 0
        interface = .none
        otherInterface = .none
        macSource = 0
        macDestination = 0
        quoted = QuotedPacket()
    }

    @inlinable public var isTCP: Bool { ipProtocol == Entry.tcp }
    @inlinable public var isUDP: Bool { ipProtocol == Entry.udp }
    @inlinable public var isICMP: Bool { ipProtocol == 1 || ipProtocol == 58 }
    @inlinable public var isV6: Bool { source.address.isV6 }

    /// Where the segment ends in its sequence space: data, SYN and FIN each count.
    @inlinable public var sequenceEnd: UInt32 {
        sequence &+ length &+ (flags.contains(.syn) ? 1 : 0) &+ (flags.contains(.fin) ? 1 : 0)
    }
}
