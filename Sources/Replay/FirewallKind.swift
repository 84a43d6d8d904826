// The firewalls there are models of, and how they differ outside of their models.
//
// Read first: `ReplayManner`. A new model is a row in each table here and a case in `Firewall`.

import Facts
import Tracking

public enum FirewallKind: String, CaseIterable, Sendable {
    case netfilter
    case pf
    case forcepoint

    public var title: String {
        switch self {
        case .netfilter: "Linux netfilter"
        case .pf: "pf (FreeBSD, pfSense, OPNsense)"
        case .forcepoint: "Forcepoint NGFW"
        }
    }

    /// The dialect its log would be in: by it timers and remedies are chosen.
    public var dialect: DialectID {
        switch self {
        case .netfilter: .netfilter
        case .pf: .pfFilterlog
        case .forcepoint: .forcepoint
        }
    }

    /// Both put fragments together first: netfilter always, pf with `scrub`, which pfSense and
    /// OPNsense have on every interface; that Forcepoint does as Linux is an assumption. pf judges
    /// a packet on every interface it crosses, the others once.
    public func manner(inside: [Network], isInnerInterface: Bool) -> ReplayManner {
        switch self {
        case .netfilter, .forcepoint:
            ReplayManner(
                fragments: .linux, judgesOnce: true, inside: inside,
                isInnerInterface: isInnerInterface)
        case .pf:
            ReplayManner(
                fragments: .pf, judgesOnce: false, inside: inside,
                isInnerInterface: isInnerInterface)
        }
    }

    /// The timer in which `stray why` counts, that a setting of this firewall is; nil for others.
    public func timer(ofSetting name: String) -> String? {
        switch self {
        case .netfilter: FirewallKind.netfilterTimers.first { $0.own == name }?.common
        case .pf:
            switch name {
            case "tcp.established", "tcp.opening", "tcp.closed": name
            case "tcp.closing": "tcp.half-closed"
            default: nil
            }
        case .forcepoint: name == "idle.tcp" ? "tcp.established" : nil
        }
    }

    /// The firewall's own name for a setting that is named in the common way.
    public func ownName(_ name: String) -> String {
        switch self {
        case .netfilter: FirewallKind.netfilterTimers.first { $0.common == name }?.own ?? name
        case .pf: name == "tcp.half-closed" ? "tcp.closing" : name
        case .forcepoint: name == "tcp.established" ? "idle.tcp" : name
        }
    }

    private static let netfilterTimers: [(common: String, own: String)] = [
        ("tcp.established", "nf_conntrack_tcp_timeout_established"),
        ("tcp.opening", "nf_conntrack_tcp_timeout_syn_sent"),
        ("tcp.half-closed", "nf_conntrack_tcp_timeout_close_wait"),
        ("tcp.closed", "nf_conntrack_tcp_timeout_time_wait"),
    ]
}
