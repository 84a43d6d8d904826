// The timeouts of TCP that each firewall lets one set, for `stray tune`.
//
// Read first: the settings of each model in Tracking, which hold the same defaults.

import Facts

public struct TunedTimeout: Equatable, Sendable {
    /// As `--set` takes it.
    public var name: String
    /// Seconds, unless it is set otherwise.
    public var standard: Int64
}

extension FirewallKind {
    public var timeouts: [TunedTimeout] {
        switch self {
        case .netfilter:
            [
                ("established", 432_000), ("syn_sent", 120), ("syn_recv", 60), ("fin_wait", 120),
                ("close_wait", 60), ("last_ack", 30), ("time_wait", 120), ("close", 10),
                ("unacknowledged", 300),
            ].map { TunedTimeout(name: "nf_conntrack_tcp_timeout_\($0.0)", standard: $0.1) }
        case .pf:
            [
                ("tcp.established", 86400), ("tcp.first", 120), ("tcp.opening", 30),
                ("tcp.closing", 900), ("tcp.finwait", 45), ("tcp.closed", 90),
            ].map { TunedTimeout(name: $0.0, standard: $0.1) }
        case .forcepoint: [TunedTimeout(name: "idle.tcp", standard: 1800)]
        }
    }

    /// What lets a model hold as many states as a long timeout makes of them.
    public var settingsWithoutLimits: [(name: String, value: String)] {
        switch self {
        case .netfilter: [("nf_conntrack_max", "0")]
        case .pf: [("limit.states", "100000000"), ("adaptive.end", "0")]
        case .forcepoint: []
        }
    }
}

extension TunedTimeout {
    // Limit: the longest timeout that is tried, two weeks: states of longer idleness are no use to
    // anybody, and a capture that long is rare.
    static let secondsMax: Int64 = 14 * 86400

    /// The values that are tried: the present one, and its halves and doubles.
    public func values(now: Int64) -> [Int64] {
        var all: [Int64] = []
        for part: Int64 in [16, 8, 4, 2] where now / part >= 1 { all.append(now / part) }
        all.append(now)
        for times: Int64 in [2, 4, 8, 16, 32] where now * times <= TunedTimeout.secondsMax {
            all.append(now * times)
        }
        return all
    }
}
