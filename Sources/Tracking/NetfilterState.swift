// What netfilter remembers of a connection: 72 bytes, of which TCP needs most.
//
// Read first: Linux include/uapi/linux/netfilter/nf_conntrack_tcp.h, struct ip_ct_tcp.

import Facts

/// One direction of a TCP connection.
struct NetfilterHalf: Equatable, Sendable {
    /// The highest end that was sent (td_end).
    var end: UInt32 = 0
    /// The highest end that the peer has allowed (td_maxend).
    var maxEnd: UInt32 = 0
    /// The largest window that was offered, scaled (td_maxwin); zero: nothing was seen of it.
    var maxWindow: UInt32 = 0
    /// The highest acknowledgement that was sent (td_maxack).
    var maxAck: UInt32 = 0
    var scale: UInt8 = 0
    var flags: HalfFlags = []
}

/// The values are those that ctnetlink shows.
struct HalfFlags: OptionSet, Sendable {
    var rawValue: UInt8
    static var scales: HalfFlags { HalfFlags(rawValue: 0x01) }
    static var sack: HalfFlags { HalfFlags(rawValue: 0x02) }
    /// This side sent the first FIN.
    static var closedFirst: HalfFlags { HalfFlags(rawValue: 0x04) }
    static var liberal: HalfFlags { HalfFlags(rawValue: 0x08) }
    /// It has sent what is not acknowledged yet.
    static var unacknowledged: HalfFlags { HalfFlags(rawValue: 0x10) }
    static var hasMaxAck: HalfFlags { HalfFlags(rawValue: 0x20) }
    /// Of the last packet only: a SYN in LAST_ACK, which may be answered by a challenge ACK.
    static var challenge: HalfFlags { HalfFlags(rawValue: 0x40) }
    /// Of the last packet only: both sides opened at once.
    static var simultaneous: HalfFlags { HalfFlags(rawValue: 0x80) }
}

struct NetfilterState: Equatable, Sendable {
    var began: Instant
    var original = NetfilterHalf()
    var reply = NetfilterHalf()
    /// What the last packet was: raw window, numbers, options, and how often it came.
    var lastWindow: UInt16 = 0
    var lastSequence: UInt32 = 0
    var lastAck: UInt32 = 0
    var lastEnd: UInt32 = 0
    /// The time that was given last, in seconds; the expiry less this is when.
    var timeout: UInt32 = 0
    /// The rule that passed the first packet; -1 where none is known.
    var rule: Int32 = -1
    // Phase in the low four bits, then three marks.
    private var bits: UInt8
    // Kind in the low three bits, then the direction, then the scale: 72 bytes in all matter.
    private var lastBits: UInt8 = SegmentKind.none.rawValue
    var lastFlags: HalfFlags = []
    var repeats: UInt8 = 0

    /// `sourceIsFirst`: the sender of the first packet is the first end of the key.
    init(began: Instant, sourceIsFirst: Bool) {
        self.began = began
        bits = sourceIsFirst ? 0x10 : 0
    }

    @inline(__always) var sourceIsFirst: Bool { bits & 0x10 != 0 }

    @inline(__always) var isReplied: Bool {
        get { bits & 0x20 != 0 }
        set { bits = newValue ? bits | 0x20 : bits & ~0x20 }
    }

    @inline(__always) var isAssured: Bool {
        get { bits & 0x40 != 0 }
        set { bits = newValue ? bits | 0x40 : bits & ~0x40 }
    }

    @inline(__always) var phase: NetfilterPhase {
        get { NetfilterPhase(rawValue: bits & 15) ?? .none }
        set { bits = bits & 0xF0 | newValue.rawValue }
    }

    @inline(__always) var lastKind: SegmentKind {
        get { SegmentKind(rawValue: lastBits & 7) ?? .none }
        set { lastBits = lastBits & 0xF8 | newValue.rawValue }
    }

    @inline(__always) var lastIsReply: Bool {
        get { lastBits & 8 != 0 }
        set { lastBits = newValue ? lastBits | 8 : lastBits & ~8 }
    }

    /// At most 14.
    @inline(__always) var lastScale: UInt8 {
        get { lastBits >> 4 }
        set { lastBits = lastBits & 15 | newValue << 4 }
    }

    /// Phase, and the two marks that `conntrack -L` shows beside it.
    @inline(__always) var shown: UInt16 {
        UInt16(bits & 15) | (isReplied ? Netfilter.repliedMark : 0)
            | (isAssured ? Netfilter.assuredMark : 0)
    }
}
