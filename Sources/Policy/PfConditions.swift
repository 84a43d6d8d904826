// What a rule of pf asks of a packet, in the shape that is quick to ask.
//
// Read first: `PfChain`. What nearly all rules differ by (direction, family, protocol, the flags
// SYN and ACK, the interface) is one bit each in `RuleBits`, so one AND tells most rules that do
// not match; what is left is asked one by one.

import Facts

/// Which part of a rule a packet does not fit.
public enum PolicyCondition: UInt8, Sendable, CaseIterable {
    case direction
    case interface
    case family
    case ipProtocol
    case source
    case sourcePort
    case destination
    case destinationPort
    case flags
    case icmpType
    case tag
    case fragment
    /// nft's `ct state`.
    case stateClass
    case other
}

/// One bit of each group is a packet's; a rule has all bits that it accepts.
struct RuleBits {
    static let inward: UInt64 = 1 << 0
    static let outward: UInt64 = 1 << 1
    static let noDirection: UInt64 = 1 << 2
    static let v4: UInt64 = 1 << 3
    static let v6: UInt64 = 1 << 4
    static let tcp: UInt64 = 1 << 5
    static let udp: UInt64 = 1 << 6
    static let icmp: UInt64 = 1 << 7
    static let icmp6: UInt64 = 1 << 8
    static let otherProtocol: UInt64 = 1 << 9
    // SYN and ACK of a TCP packet, four cases; no TCP; TCP without a header, for it is a fragment.
    static let flagCases: UInt64 = 1 << 10
    static let noTCP: UInt64 = 1 << 14
    static let fragmentOfTCP: UInt64 = 1 << 15
    static let noInterface: UInt64 = 1 << 16
    /// An interface that the rules do not name.
    static let strangeInterface: UInt64 = 1 << 17
    static let firstInterface = 18
    // Limit: so many interfaces have a bit of their own. Those beyond share the last, and their
    // names are compared.
    static let interfacesMax = 62 - firstInterface
    static let crowdedInterface: UInt64 = 1 << 62
    /// No packet has it: the rule is an anchor.
    static let anchor: UInt64 = 1 << 63

    static let directions = inward | outward | noDirection
    static let families = v4 | v6
    static let protocols = tcp | udp | icmp | icmp6 | otherProtocol
    static let flags = flagCases * 15 | noTCP | fragmentOfTCP
    static let interfaces = ~(directions | families | protocols | flags | anchor)

    static func ofProtocol(_ number: UInt8) -> UInt64 {
        switch number {
        case 6: tcp
        case 17: udp
        case 1: icmp
        case 58: icmp6
        default: otherProtocol
        }
    }

    /// The bit of a TCP packet's SYN and ACK.
    static func ofFlags(_ flags: TCPFlags) -> UInt64 {
        let both = (flags.rawValue >> 1 & 1) | (flags.rawValue >> 3 & 2)
        return flagCases << UInt64(both)
    }
}

/// A stretch of one of the lists that all rules share.
struct Stretch: Equatable, Sendable {
    var start: UInt32 = 0
    var count: UInt32 = 0
    var isEmpty: Bool { count == 0 }
    @inline(__always) var range: Range<Int> { Int(start)..<(Int(start) + Int(count)) }
}

/// One address condition of a list.
struct AddressTest: Sendable {
    enum Kind: UInt8, Sendable {
        case any
        case range
        case table
        case unknown
    }

    var kind: Kind
    var isNegated: Bool
    var low = Address.none
    var high = Address.none
    var table = 0
    var missing: MissingFacts = []
}

/// What is asked of a packet that the bits let through.
struct PfMatch: Sendable {
    /// The places in the list of conditions that are asked at all, a bit each.
    var asked: UInt16 = 0
    var wanted: TCPFlags = []
    var of: TCPFlags = []
    var isQuick = false
    var isMatch = false
    var opensAnchor = false
    var closesAnchor = false
    var fragmentsOnly = false
    /// It asks for ports, flags or types, which a later fragment does not have.
    var needsHeader = false
    var tagIsNegated = false
    var rule: Int32 = 0
    /// The number of the rule behind the anchor; of its end, where it began.
    var end: Int32 = 0
    var sources = Stretch()
    var destinations = Stretch()
    var sourcePorts = Stretch()
    var destinationPorts = Stretch()
    var protocols = Stretch()
    var icmp = Stretch()
    var interfaces = Stretch()
    var missing: MissingFacts = []
    var tag: UInt64 = 0
    var tagged: UInt64 = 0
}

/// Rules in their order.
struct PfChain: Sendable {
    /// The bits that each rule accepts, and those of them that it may not accept after all.
    var accepts: [UInt64] = []
    var doubts: [UInt64] = []
    var matches: [PfMatch] = []
}

/// What is asked of a packet, worked out once for all rules.
struct PfSubject {
    var bits: UInt64 = 0
    var source: Endpoint
    var destination: Endpoint
    var interface: Name
    var ipProtocol: UInt8
    var flags: TCPFlags
    var icmpType: UInt8
    var icmpCode: UInt8
    var isLaterFragment: Bool
    var isFragment: Bool
    /// The tag it bears; nil where it came with one that nobody here knows.
    var tag: UInt64?
}
