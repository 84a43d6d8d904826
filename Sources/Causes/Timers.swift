// How long each firewall remembers a connection, unless the user says otherwise.
//
// Sources: FreeBSD sys/netpfil/pf/pf.h PFTM_* defaults (pfSense and OPNsense "normal"
// optimisation); Linux net/netfilter/nf_conntrack_proto_tcp.c tcp_timeouts[]; Cisco ASA command
// reference, `timeout`; Forcepoint NGFW product guide, "Idle timeouts"; FortiOS CLI reference,
// `system session-ttl` and `system global` tcp-halfclose-timer, tcp-halfopen-timer, tcp-timewait-timer;
// PAN-OS administrator's guide, "Session Timeouts"; AWS "Security group connection tracking"; Google
// "VPC firewall rules", ten minutes; Azure virtual network flowTimeoutInMinutes, four; Zeek
// scripts/base/init-bare.zeek tcp_*; suricata.yaml, flow-timeouts tcp; Cilium bpf-ct-timeout-regular-tcp,
// -tcp-syn and -tcp-fin. What the clouds do not publish is taken from Linux.
// Check Point, Global Properties, Stateful Inspection; SonicOS, Flood Protection: TIME_WAIT is twice
// the segment lifetime of eight, the idle time five minutes before 6.5 and fifteen since; Junos,
// `tcp-initial-timeout`, "Flow-Based Sessions" and `apply-to-half-close-state`: 150 seconds behind both
// FINs, a FIN alone changes nothing; RouterOS, `ip firewall connection tracking print`; cOS Core,
// Connection Timeout Settings. Taken from memory of the manuals: ScreenOS, session timeouts of TCP;
// Fireware, Global Settings; SFOS, `show advanced-firewall`; SNS, TCP profiles; CloudGen, service objects.
// Sophos UTM and the rest of SFOS are Linux. Where a maker tells the idle time alone, or none (Meraki),
// the others are estimates. `--set` overrules them.

import Facts

public struct Timers: Equatable, Sendable {
    /// Seconds a connection may be idle, once open.
    public var established: Int64
    /// Seconds without an answer to the opening.
    public var opening: Int64
    /// Seconds after one end closed.
    public var halfClosed: Int64
    /// Seconds after both ends closed, or one reset.
    public var closed: Int64

    public static func standard(_ dialect: DialectID) -> Timers {
        switch dialect {
        case .ulogd, .netfilter, .conntrack:
            Timers(established: 432_000, opening: 120, halfClosed: 60, closed: 120)
        case .ciscoASA:
            Timers(established: 3600, opening: 30, halfClosed: 600, closed: 0)
        case .forcepoint:
            Timers(established: 1800, opening: 15, halfClosed: 60, closed: 20)
        case .fortiGate:
            Timers(established: 3600, opening: 10, halfClosed: 120, closed: 1)
        case .paloAlto:
            Timers(established: 3600, opening: 10, halfClosed: 120, closed: 15)
        case .awsFlow:
            Timers(established: 432000, opening: 120, halfClosed: 60, closed: 120)
        case .gcpFlow:
            Timers(established: 600, opening: 120, halfClosed: 60, closed: 120)
        case .azureFlow:
            Timers(established: 240, opening: 120, halfClosed: 60, closed: 120)
        case .zeek:
            Timers(established: 300, opening: 5, halfClosed: 3, closed: 5)
        case .suricata:
            Timers(established: 600, opening: 60, halfClosed: 60, closed: 60)
        case .cilium:
            Timers(established: 8000, opening: 60, halfClosed: 10, closed: 10)
        case .checkPoint:
            Timers(established: 3600, opening: 25, halfClosed: 3600, closed: 20)
        case .sonicWall:
            Timers(established: 900, opening: 30, halfClosed: 900, closed: 16)
        case .juniperSRX:
            Timers(established: 1800, opening: 20, halfClosed: 1800, closed: 150)
        case .screenOS:
            Timers(established: 1800, opening: 20, halfClosed: 1800, closed: 10)
        case .watchGuard:
            Timers(established: 3600, opening: 30, halfClosed: 900, closed: 60)
        case .sophos:
            Timers(established: 10_800, opening: 120, halfClosed: 60, closed: 120)
        case .sophosUTM:
            Timers(established: 86_400, opening: 120, halfClosed: 60, closed: 120)
        case .stormshield:
            Timers(established: 3600, opening: 60, halfClosed: 480, closed: 2)
        case .mikroTik:
            Timers(established: 86_400, opening: 5, halfClosed: 10, closed: 10)
        case .meraki:
            Timers(established: 300, opening: 30, halfClosed: 300, closed: 60)
        case .barracuda:
            Timers(established: 86_400, opening: 30, halfClosed: 900, closed: 10)
        case .clavister:
            Timers(established: 262_144, opening: 60, halfClosed: 80, closed: 80)
        case .pfFilterlog, .pfTcpdump, .pfStates, .windowsFirewall, .elasticCommon, .capture,
            .unknown:
            Timers(established: 86400, opening: 30, halfClosed: 900, closed: 90)
        }
    }

    /// The names `--set` takes.
    public static let names = ["tcp.established", "tcp.opening", "tcp.half-closed", "tcp.closed"]

    mutating func set(_ name: String, _ seconds: Int64) {
        switch name {
        case "tcp.established": established = seconds
        case "tcp.opening": opening = seconds
        case "tcp.half-closed": halfClosed = seconds
        case "tcp.closed": closed = seconds
        default: break
        }
    }
}

/// The timers of every platform, with what the user set laid over them.
public struct TimerBook: Sendable {
    /// A timer the user knows better.
    public struct Override: Equatable, Sendable {
        /// One of `Timers.names`.
        public var name: String
        /// The platform it is for; nil for all.
        public var dialect: DialectID?
        public var seconds: Int64

        public init(name: String, dialect: DialectID?, seconds: Int64) {
            self.name = name
            self.dialect = dialect
            self.seconds = seconds
        }
    }

    public var overrides: [Override]

    public init(_ overrides: [Override] = []) { self.overrides = overrides }

    public func timers(_ dialect: DialectID) -> Timers {
        var timers = Timers.standard(dialect)
        for override in overrides where override.dialect == nil || override.dialect == dialect {
            timers.set(override.name, override.seconds)
        }
        return timers
    }
}
