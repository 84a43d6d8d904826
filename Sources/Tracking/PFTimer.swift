// pf's timeouts, by the names that `set timeout` gives them, and the sets of values that
// `set optimization` chooses between.
//
// pf.conf(5), "OPTIONS"; FreeBSD sbin/pfctl/pfctl_parser.c `pf_timeouts` and
// sys/netpfil/pf/pf_ioctl.c `pfattach_vnet()` for normal, parse.y's optimization tables for the
// others. Read first: nothing.

/// A timeout, and the three numbers that are set like timeouts.
enum PFTimer: UInt8, CaseIterable, Sendable {
    case tcpFirst
    case tcpOpening
    case tcpEstablished
    case tcpClosing
    case tcpFinWait
    case tcpClosed
    case tcpTimestampDifference
    case udpFirst
    case udpSingle
    case udpMultiple
    case icmpFirst
    case icmpError
    case otherFirst
    case otherSingle
    case otherMultiple
    case interval
    case adaptiveStart
    case adaptiveEnd

    var name: String {
        switch self {
        case .tcpFirst: "tcp.first"
        case .tcpOpening: "tcp.opening"
        case .tcpEstablished: "tcp.established"
        case .tcpClosing: "tcp.closing"
        case .tcpFinWait: "tcp.finwait"
        case .tcpClosed: "tcp.closed"
        case .tcpTimestampDifference: "tcp.tsdiff"
        case .udpFirst: "udp.first"
        case .udpSingle: "udp.single"
        case .udpMultiple: "udp.multiple"
        case .icmpFirst: "icmp.first"
        case .icmpError: "icmp.error"
        case .otherFirst: "other.first"
        case .otherSingle: "other.single"
        case .otherMultiple: "other.multiple"
        case .interval: "interval"
        case .adaptiveStart: "adaptive.start"
        case .adaptiveEnd: "adaptive.end"
        }
    }

    /// A count of states, and no time.
    var isCount: Bool { self == .adaptiveStart || self == .adaptiveEnd }

    init?(name: String) {
        guard let timer = PFTimer.allCases.first(where: { $0.name == name }) else { return nil }
        self = timer
    }
}

/// A value for each timer: seconds, or states.
struct PFTimes: Sendable {
    private var values: [18 of UInt32] = .init(repeating: 0)

    subscript(timer: PFTimer) -> UInt32 {
        @inline(__always) get { values[Int(timer.rawValue)] }
        @inline(__always) set { values[Int(timer.rawValue)] = newValue }
    }

    /// So many states more than there are do not matter much to adaptive timeouts: they take less
    /// than a thirtieth of the way from their start to their end.
    var margin: Int {
        max(1, (Int(self[.adaptiveEnd]) - Int(self[.adaptiveStart])) / 32)
    }
}

/// `set optimization`.
public enum PFOptimization: String, CaseIterable, Sendable {
    case normal
    case highLatency = "high-latency"
    case aggressive
    case conservative

    /// pf.conf(5): `satellite` is another word for high-latency.
    init?(word: String) {
        if word == "satellite" {
            self = .highLatency
        } else if let known = PFOptimization(rawValue: word) {
            self = known
        } else {
            return nil
        }
    }

    /// first, opening, established, closing, finwait, closed, tsdiff of TCP.
    private var tcp: [7 of UInt32] {
        switch self {
        case .normal: [120, 30, 86400, 900, 45, 90, 30]
        case .highLatency: [180, 35, 86400, 905, 50, 95, 60]
        case .aggressive: [30, 5, 18000, 60, 30, 30, 10]
        case .conservative: [3600, 900, 432_000, 3600, 600, 180, 60]
        }
    }

    /// The values of this choice on a system, for a limit of states.
    func times(on system: PFSystem, stateLimit: Int) -> PFTimes {
        var times = PFTimes()
        let tcp = tcp
        for timer in PFTimer.tcpFirst.rawValue...PFTimer.tcpTimestampDifference.rawValue {
            if let timer = PFTimer(rawValue: timer) { times[timer] = tcp[Int(timer.rawValue)] }
        }
        times[.udpFirst] = 60
        times[.udpSingle] = 30
        times[.udpMultiple] = 60
        times[.icmpFirst] = 20
        times[.icmpError] = 10
        times[.otherFirst] = 60
        times[.otherSingle] = 30
        times[.otherMultiple] = 60
        times[.interval] = 10
        if self == .conservative, system == .pfSense || system == .opnSense {
            // pfSense /etc/inc/filter.inc and OPNsense's filter.lib.inc write these beside it.
            times[.udpFirst] = 300
            times[.udpSingle] = 150
            times[.udpMultiple] = 900
        }
        if system != .opnSense {
            // pfctl makes them of the limit, where they are not set: sixty and 120 per cent.
            let tenth = UInt32(clamping: stateLimit / 10)
            times[.adaptiveStart] = UInt32(clamping: UInt64(tenth) * 6)
            times[.adaptiveEnd] = UInt32(clamping: UInt64(tenth) * 12)
        }
        return times
    }
}

/// Whose pf it is, as far as its defaults and its decisions differ.
public enum PFSystem: String, CaseIterable, Sendable {
    case freeBSD = "freebsd"
    case openBSD = "openbsd"
    case pfSense = "pfsense"
    case opnSense = "opnsense"
}
