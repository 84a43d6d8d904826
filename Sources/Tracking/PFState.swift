// What pf remembers of a connection: who its ends are, and of each end how far it has come.
//
// FreeBSD sys/netpfil/pf/pf.h and sys/net/pfvar.h, `pf_state_key`, `pf_state_peer`, `pf_kstate`.
// Read first: `Packet` in Facts, `StateTable`.

import Bytes
import Facts

/// How far an end of a TCP connection has come. pf itself sets only these of the names that
/// tcp_fsm.h has; it compares them as numbers.
enum PFPhase {
    static let closed: UInt8 = 0
    static let synSent: UInt8 = 2
    static let established: UInt8 = 4
    static let closing: UInt8 = 7
    static let finWait2: UInt8 = 9
    static let timeWait: UInt8 = 10
    static let proxySource: UInt8 = 11
    static let proxyDestination: UInt8 = 12

    /// An end of anything but TCP.
    static let noTraffic: UInt8 = 0
    static let single: UInt8 = 1
    static let multiple: UInt8 = 2

    static func tcpName(_ phase: UInt8) -> String {
        switch phase {
        case 0: "CLOSED"
        case 1: "LISTEN"
        case 2: "SYN_SENT"
        case 3: "SYN_RCVD"
        case 4: "ESTABLISHED"
        case 5: "CLOSE_WAIT"
        case 6: "FIN_WAIT_1"
        case 7: "CLOSING"
        case 8: "LAST_ACK"
        case 9: "FIN_WAIT_2"
        case 10: "TIME_WAIT"
        case 11: "PROXY_SRC"
        case 12: "PROXY_DST"
        default: "?"
        }
    }

    static func otherName(_ phase: UInt8) -> String {
        switch phase {
        case 0: "NO_TRAFFIC"
        case 1: "SINGLE"
        case 2: "MULTIPLE"
        default: "?"
        }
    }
}

/// One end of a connection.
struct PFPeer: Equatable, Sendable {
    /// The end of what it has sent; zero until it has sent something.
    var sequenceLow: UInt32 = 0
    /// The end of what it may send: what the other end has allowed.
    var sequenceHigh: UInt32 = 0
    /// The largest window it has announced, not scaled.
    var windowMax: UInt16 = 0
    /// Its window scale, with `scaleKnown` where it announced one.
    var scale: UInt8 = 0
    var phase: UInt8 = 0

    static let scaleKnown: UInt8 = 0x80
    static let scaleMask: UInt8 = 0x0F

    @inline(__always) var shift: UInt32 { UInt32(scale & PFPeer.scaleMask) }

    /// Of two unlike numbers the greater: phases only go forward.
    @inline(__always) mutating func reach(_ phase: UInt8) {
        if self.phase < phase { self.phase = phase }
    }
}

extension FlowKey {
    /// The ends as the side that a state was made on sees them, the far one first: the same for a
    /// packet that comes in there and for its answer that goes out. pf.c, `pf_test_state()`.
    @inline(__always)
    init(
        from source: Endpoint, to destination: Endpoint, _ ipProtocol: UInt8, outward: Bool
    ) {
        self.init(outward ? destination : source, outward ? source : destination, ipProtocol)
    }
}

struct PFState: Sendable {
    struct Flags: OptionSet, Sendable {
        let rawValue: UInt8
        static let sloppy = Flags(rawValue: 1)
        static let allowsOptions = Flags(rawValue: 2)
        static let outward = Flags(rawValue: 4)
        static let floating = Flags(rawValue: 8)
    }

    var flags: Flags
    /// Which timeout runs.
    var timer: PFTimer
    /// Which part of a round of the sweep looks at it, in 65536ths.
    var place: UInt16
    /// Its rule's terms, by their number.
    var terms: UInt32
    /// The end that made the state, and the other.
    var creator = PFPeer()
    var other = PFPeer()
    var interface: Name
    var began: Instant
    /// When a packet renewed it last.
    var renewed: Instant

    @inline(__always) var phase: UInt16 { UInt16(creator.phase) << 8 | UInt16(other.phase) }
}
