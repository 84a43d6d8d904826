// What is not TCP: UDP, ICMP's queries and errors, and protocols of which only the ends are known.
//
// Read first: Linux nf_conntrack_proto_udp.c, nf_conntrack_proto_icmp.c, …_icmpv6.c, …_generic.c.

import Facts

/// What a firewall does with an ICMP message before it looks for a state of its own.
enum ICMPSort: Sendable {
    case request
    case reply
    /// It quotes a packet, and is judged by that one's state.
    case error
    /// Neighbours, routers and multicast groups: none of conntrack's business.
    case untracked
    case invalid

    init(type: UInt8, isV6: Bool) {
        self = isV6 ? ICMPSort.v6(type) : ICMPSort.v4(type)
    }

    private static func v4(_ type: UInt8) -> ICMPSort {
        switch type {
        // Echo, timestamp, information and address mask.
        case 8, 13, 15, 17: .request
        case 0, 14, 16, 18: .reply
        // Unreachable, source quench, redirect, time exceeded, parameter problem.
        case 3, 4, 5, 11, 12: .error
        default: .invalid
        }
    }

    private static func v6(_ type: UInt8) -> ICMPSort {
        switch type {
        // Echo, node information.
        case 128, 139: .request
        case 129, 140: .reply
        case ..<128: .error
        // MLD, routers, neighbours, MLDv2 (nf_conntrack_proto_icmpv6.c noct_valid_new).
        case 130...136, 143: .untracked
        default: .invalid
        }
    }
}

/// What a packet is looked up by, and which of the key's ends sent it.
struct NetfilterKey: Sendable {
    var flow: FlowKey
    var sourceIsFirst: Bool
    /// Both ends are the same: then the reply is found first.
    var isLoop: Bool

    /// Both directions sort to the same key.
    @inline(__always)
    init(_ source: Endpoint, _ destination: Endpoint, _ ipProtocol: UInt8) {
        sourceIsFirst = !(destination < source)
        isLoop = source == destination
        flow =
            sourceIsFirst
            ? FlowKey(source, destination, ipProtocol) : FlowKey(destination, source, ipProtocol)
    }

    /// A query's key holds who asks: two hosts may ask each other under the same number. The code
    /// is part of it too.
    init(
        icmp source: Address, _ destination: Address, type: UInt8, code: UInt8, id: UInt16,
        ipProtocol: UInt8, isReply: Bool
    ) {
        let asker = isReply ? destination : source
        let asked = isReply ? source : destination
        // Type and code in the port of the one asked; ICMPv6's types are even, ICMP's odd or 8.
        let request = isReply ? NetfilterKey.request(type, ipProtocol) : type
        flow = FlowKey(
            Endpoint(asker, id), Endpoint(asked, UInt16(request) << 8 | UInt16(code)), ipProtocol)
        sourceIsFirst = !isReply
        isLoop = false
    }

    /// The request that a type of reply answers.
    private static func request(_ reply: UInt8, _ ipProtocol: UInt8) -> UInt8 {
        ipProtocol == 1 && reply == 0 ? 8 : reply &- 1
    }
}

extension NetfilterState {
    static var gre: UInt8 { 47 }
    static var sctp: UInt8 { 132 }
    static var udpLite: UInt8 { 136 }

    /// Whether a connection may begin with a packet; if so, the state is set up by it.
    mutating func begins(
        _ packet: Packet, _ settings: NetfilterSettings
    ) -> Bool {
        switch packet.ipProtocol {
        case Entry.tcp: beginTCP(packet, settings)
        case 1, 58:
            // An answer that nobody asked for begins nothing.
            ICMPSort(type: packet.icmpType, isV6: packet.ipProtocol == 58) == .request
        default: true
        }
    }

    /// What the protocol of a packet makes of it.
    @inline(__always)
    mutating func judge(
        _ packet: Packet, isReply: Bool, now: Instant, left: Int64,
        _ settings: NetfilterSettings
    ) -> ProtocolJudgement {
        switch packet.ipProtocol {
        case Entry.tcp: return judgeTCP(packet, isReply: isReply, left: left, settings)
        case Entry.udp: judgeUDP(now, settings)
        case NetfilterState.udpLite: judgePlain(settings.udp, settings.udpStream, assures: true)
        case 1: judgePlain(settings.icmp, settings.icmp, assures: false)
        case 58: judgePlain(settings.icmpv6, settings.icmpv6, assures: false)
        case NetfilterState.gre: judgePlain(settings.gre, settings.greStream, assures: true)
        // SCTP's chunks are not looked at: it is taken to be opening until it is answered.
        case NetfilterState.sctp:
            judgePlain(settings.sctpCookieWait, settings.sctpEstablished, assures: true)
        default: judgePlain(settings.generic, settings.generic, assures: false)
        }
        return .renews
    }

    private mutating func judgeUDP(_ now: Instant, _ settings: NetfilterSettings) {
        timeout = settings.udp
        // A question and its answer are over within two seconds; what is not is a stream.
        if isReplied && now.microseconds &- began.microseconds > 2_000_000 {
            timeout = settings.udpStream
            isAssured = true
        }
    }

    /// One time for what is not answered and one for what is.
    private mutating func judgePlain(_ unanswered: UInt32, _ answered: UInt32, assures: Bool) {
        timeout = isReplied ? answered : unanswered
        if assures && isReplied { isAssured = true }
    }
}
