// What to do on pf whose rules are written by hand, on FreeBSD and OpenBSD. Read
// Remedy+Common.swift first.
//
// The rules are lines of /etc/pf.conf: filter rules stand behind translation, and the first `quick`
// one that matches decides. A `pass` rule that keeps a state takes only SYNs unless it says `flags
// any`; a `block` rule takes every packet unless it names flags (pf.conf(5), "flags").

import Causes

public struct PF: Platform {
    public init() {}
    public let id = "pf"
    public let name = "pf"

    public func remedies(for cause: CauseID, variant: Variant?) -> [Remedy] {
        switch cause {
        case .lateClose: [.leaveLateClose, quiet(variant)]
        case .idleTimeout: [.keepalive, variant == "half-closed" ? longerClosing : longerTimer]
        case .asymmetricRouting: asymmetric(variant)
        case .clusterDelivery: [.confineCluster, quietCluster]
        case .notTCP: [untracked]
        case .scan: [.leaveScan, quietSender]
        case .overloadedHost: [.relieveHost, longerClosed]
        case .spoofedFlags: [.findForger, quietSender]
        case .outOfWindow: [outOfWindow, sloppy]
        case .portReuse: [.spreadPorts, killState]
        case .stateLoss: [keepStates]
        case .backscatter: [.leaveBackscatter, quietBackscatter]
        case .packetAnomaly: anomaly(variant)
        case .policy: policy(variant)
        case .unexplained: [Remedy("Collect what would decide it", collect)]
        }
    }

    public let collect = [
        "Log the openings: write `log` into the pass rule for {server} port {port}, load the "
            + "rules, and read them with `tcpdump -nettti pflog0`.",
        "Dump the states while it happens: `pfctl -vvss | grep -A 3 -F {client}`. No state for a "
            + "stray is the common case.",
        "Count the packets that a state refused, which no line tells: `pfctl -si | grep mismatch`, "
            + "twice, a minute apart.",
        "Capture on both interfaces at once: `tcpdump -ni {interface} host {client} and host "
            + "{server}` in two shells. The direction that is missing shows the way around.",
        "Fetch the log of the other node of a pair, and /var/log/messages for reloads, failovers "
            + "and new addresses at that time.",
    ]
}

// MARK: Lines of pf.conf

extension PF {
    /// Rules, how to load them and how to take them out again.
    func lines(
        _ title: String, _ place: String, _ rules: [String], more: [String] = [],
        cost: String? = nil, check: [String] = [], unconfirmed: String? = nil
    ) -> Remedy {
        Remedy(
            title,
            ["`cp -p /etc/pf.conf /etc/pf.conf.before`, then in /etc/pf.conf, \(place):"]
                + rules.map { "`\($0)`" } + more + [
                    "`pfctl -nf /etc/pf.conf` reads it without loading; `pfctl -f /etc/pf.conf` "
                        + "loads it. States stay."
                ],
            cost: cost,
            check: ["`pfctl -vvsr` shows the new rules, and a Packets counter that rises."] + check,
            undo: [
                "`cp -p /etc/pf.conf.before /etc/pf.conf` and `pfctl -f /etc/pf.conf`. States that "
                    + "the rules made stay until they end."
            ], unconfirmed: unconfirmed)
    }

    /// Where a rule has to stand that is to be met before the one that logs.
    static let beforeLog = "before the rule that blocks and logs, if that one is quick, else last"
}

// MARK: Silence, last of all

extension PF {
    private func quiet(_ variant: Variant?) -> Remedy {
        let head = "block drop in quick on {interface} proto tcp from {client} to {server}"
        let fin = "\(head) flags FA/FSA"
        let rst = "\(head) flags R/SR"
        let narrow = [
            "Turn {client} and {server} around where the blocked packets come from {server}. A "
                + "rule without `log` counts and writes nothing."
        ]
        let title = "Drop these, and only these, without logging them"
        return switch variant {
        case "fin":
            lines(
                title, Self.beforeLog, [fin], more: narrow,
                cost: "FIN,ACK probes (nmap's Maimon scan) on that path are no longer logged.",
                check: [Remedy.silent])
        case "rst":
            lines(
                title, Self.beforeLog, [rst], more: narrow,
                cost: "A host that refuses connections by RST on that path is no longer seen.",
                check: [Remedy.silent])
        case "last-ack":
            lines(
                title, Self.beforeLog, ["\(head) flags A/FSRA"], more: narrow,
                cost: "ACK scans, idle timeouts and lost states on that path are no longer logged.",
                check: [Remedy.silent])
        default:
            lines(
                title, Self.beforeLog, [fin, rst], more: narrow,
                cost: "Cut transfers and FIN,ACK probes on that path are no longer logged.",
                check: [Remedy.silent])
        }
    }

    private var quietSender: Remedy {
        lines(
            "Stop logging one sender that you have understood", Self.beforeLog,
            ["block drop in quick on {interface} proto tcp from {client} to any"],
            cost: "Nothing that this sender tries on this interface is logged any more.",
            check: [Remedy.silent])
    }

    private var quietBackscatter: Remedy {
        lines(
            "Stop logging the answers to forged SYNs", Self.beforeLog,
            ["block drop in quick on {interface} proto tcp from any to any flags SA/SA"],
            cost: "Asymmetric routing shows itself by the same SYN,ACKs: outside interfaces only.",
            check: [Remedy.silent])
    }

    private var quietCluster: Remedy {
        lines(
            "Stop logging the copies on the secondary", Self.beforeLog,
            ["block drop in quick on {interface} proto tcp from any to {server} port {port}"],
            cost: "After a failover the rule must go: it would block the cluster's connections.",
            check: [Remedy.silent])
    }
}

// MARK: Timers and states

extension PF {
    /// pf gives a connection that passes through two states, and a rule's timers to its own.
    private var longerTimer: Remedy {
        lines(
            "Lengthen the timer of this one service", "before the rules that pass it now",
            [
                "pass in quick on {interface} proto tcp from any to {server} port {port} flags "
                    + "S/SA keep state (tcp.established 172800)",
                "pass out quick proto tcp from any to {server} port {port} flags S/SA keep state "
                    + "(tcp.established 172800)",
            ],
            more: [
                "Both are needed: the state by which a connection leaves has its own time, and the "
                    + "first of the two to expire cuts it. The default is 86400 seconds.",
                "For every connection, if many services need it: `set timeout tcp.established "
                    + "172800` at the top.",
            ], cost: "Connections whose ends vanished stay in the state table that much longer.",
            check: [
                "`pfctl -vvss | grep -A 3 -F {client}` on a new connection: expires counts down "
                    + "from the new time on both of its states.", Remedy.gone,
            ])
    }

    private var longerClosing: Remedy {
        lines(
            "Lengthen the time of half-closed connections", "at the top",
            ["set timeout tcp.closing 3600"],
            cost: "It holds for every connection: half-closed ones stay in the table that long.",
            check: ["`pfctl -st | grep tcp.closing` shows 3600.", Remedy.gone])
    }

    private var longerClosed: Remedy {
        lines(
            "Remember closed connections longer", "at the top", ["set timeout tcp.closed 180"],
            cost: "It holds for every connection: the state table grows by the closed ones.",
            check: ["`pfctl -st | grep tcp.closed` shows 180.", Remedy.gone])
    }

    private var outOfWindow: Remedy {
        Remedy(
            "Find what shifts the numbers",
            [
                "pf logs none of these packets: `pfctl -si | grep mismatch` counts them. On "
                    + "FreeBSD turn `pfctl -x misc` on for a minute and read `dmesg`, then `pfctl "
                    + "-x urgent`.",
                "Look for a proxy, accelerator or second firewall between {client} and {server} "
                    + "that rewrites sequence numbers or the window scale.",
            ], check: ["`pfctl -si | grep mismatch`: the counter stands still."],
            undo: ["`pfctl -x urgent`, if it was turned up and not down again."],
            unconfirmed: "OpenBSD's words for the levels of `pfctl -x` are others.")
    }

    private var killState: Remedy {
        Remedy(
            "Remove the state that stands in the way",
            [
                "`pfctl -ss | grep -F {client}` shows it, `pfctl -k {client} -k {server}` removes "
                    + "it.",
                "If it comes back: a shorter tcp.established for {server} port {port}, in the rule "
                    + "by which it comes in and in the one by which it leaves.",
            ], cost: "The command ends every connection from {client} to {server}.",
            check: [
                "`pfctl -ss | grep -F {client}` no longer shows it, and a new connection opens at "
                    + "once."
            ], undo: ["A removed state cannot be had back: the next connection makes a new one."])
    }

    private var keepStates: Remedy {
        lines(
            "Find what removed the states, and keep it from doing so",
            "at the top, if the table was full", ["set limit states 200000"],
            more: [
                "First compare the time with the logs: a reboot, `pfctl -F states` or `pfctl -F "
                    + "all` in a script, a failover. Loading rules by `pfctl -f` keeps the states.",
                "A pair: `ifconfig pfsync0` shows syncdev on both nodes; where states are bound to "
                    + "interfaces, these need the same names on both.",
                "Full it was if `pfctl -si` shows as many current entries as `pfctl -sm` allows. "
                    + "Timers shorten from 60 % on.",
            ], cost: "A larger table takes more memory of the kernel.",
            check: ["`pfctl -si`: current entries stay below the limit.", Remedy.gone])
    }
}
