// What to do on OPNsense, by the menus of its web interface. Read Remedy+Common.swift first.
//
// It writes pf rules too, and differs from pfSense where it matters here: a block rule without
// TCP flags takes every TCP packet, SYNs included (OPNsense core FilterRule.php), states match on
// every interface unless bound, and the default deny looks at incoming packets only.

import Causes

public struct OPNsense: Platform {
    public init() {}
    public let id = "opnsense"
    public let name = "OPNsense"

    public func remedies(for cause: CauseID, variant: Variant?) -> [Remedy] {
        switch cause {
        case .lateClose: [.leaveLateClose, quiet(variant)]
        case .idleTimeout: [.keepalive, variant == "half-closed" ? longerClosing : longerTimer]
        case .asymmetricRouting: asymmetric(variant)
        case .clusterDelivery: [.confineCluster, quietCluster]
        case .notTCP: [untracked]
        case .scan: [.leaveScan, quietScan]
        case .overloadedHost: [.relieveHost]
        case .spoofedFlags: [.findForger, quietScan]
        case .outOfWindow: [outOfWindow, sloppy]
        case .portReuse: [killState]
        case .stateLoss: [keepStates]
        case .backscatter: [.leaveBackscatter, quietBackscatter]
        case .packetAnomaly: anomaly(variant)
        case .policy: policy(variant)
        case .unexplained: [Remedy("Collect what would decide it", collect)]
        }
    }

    public let collect = [
        "Log the openings: Firewall > Rules > {interface}, edit the pass rule for {server} port "
            + "{port}, select Log, Save, Apply changes. Each opening then leaves a line.",
        "Dump the states while it happens: Firewall > Diagnostics > States, search for {client}; "
            + "or `pfctl -vvss | grep -A 3 -F {client}` in a shell.",
        "Count the packets that a state refused, which no line tells: `pfctl -si | grep mismatch`, "
            + "twice, a minute apart.",
        "Capture on both interfaces at once: Interfaces > Diagnostics > Packet Capture, or "
            + "`tcpdump -ni {interface} host {client} and host {server}` in two shells. The "
            + "direction that is missing shows the way around.",
        "Fetch the log of the other node of a pair, and System > Log Files > General and Backend "
            + "for reloads, failovers and new addresses at that time.",
    ]
}

// MARK: Silence, last of all

extension OPNsense {
    static let undoRule =
        "Delete the rules that were added (Firewall > Rules), Apply changes. System > "
        + "Configuration > History has the configuration of before."

    /// A block rule without log; `flags` is its TCP flags, in the words of the rule's form.
    /// `more` are steps about further rules like it.
    private func blockRule(
        _ title: String, flags: String, more: [String] = [], cost: String
    ) -> Remedy {
        Remedy(
            title,
            [
                "Firewall > Rules > {interface}, Add at the end: Action Block, Protocol TCP, "
                    + "Source and Destination as in the blocked packets ({client}, {server}), Log "
                    + "not selected.",
                "In the same rule (older releases: under advanced), TCP flags: \(flags).",
            ] + more + [
                "Save, Apply changes. Leave the logging of the default block on (Firewall > "
                    + "Settings > Advanced): without it every cause goes unseen."
            ], cost: cost,
            check: [
                "Firewall > Diagnostics > Statistics, rules (or `pfctl -vvsr`): the "
                    + "new rule with its flags, and a Packets counter that rises.", Remedy.silent,
            ], undo: [Self.undoRule])
    }

    private func quiet(_ variant: Variant?) -> Remedy {
        let title = "Stop logging these, and only these"
        return switch variant {
        case "fin":
            blockRule(
                title, flags: "set FIN and ACK, out of FIN, SYN and ACK (pf: FA/FSA)",
                cost: "FIN,ACK probes (nmap's Maimon scan) on that path are no longer logged.")
        case "rst":
            blockRule(
                title, flags: "set RST, out of SYN and RST (pf: R/SR)",
                cost: "A host that refuses connections by RST on that path is no longer seen.")
        case "last-ack":
            blockRule(
                title, flags: "set ACK, out of FIN, SYN, RST and ACK",
                cost: "ACK scans, idle timeouts and lost states on that path are no longer logged.")
        default:
            blockRule(
                title,
                flags: "set FIN and ACK, out of FIN, SYN and ACK (pf: FA/FSA); without flags the "
                    + "rule would hide blocked SYNs too",
                more: [
                    "A second rule like it for the resets: set RST, out of SYN and RST (pf: R/SR).",
                    "The wider form, one rule with set ACK, out of SYN and ACK (pf: A/SA), also "
                        + "hides strays with data: only where nothing else must be seen.",
                ],
                cost:
                    "Cut transfers and FIN,ACK probes on that path are no longer logged. The wider "
                    + "form hides idle timeouts, broken routes, lost states and ACK scans as well.")
        }
    }

    private var quietScan: Remedy {
        blockRule(
            "Stop logging one sender that you have understood",
            flags: "none set; Source this one sender ({client}) and no network",
            cost: "Nothing that this sender tries on this interface is logged any more.")
    }

    private var quietBackscatter: Remedy {
        blockRule(
            "Stop logging the answers to forged SYNs",
            flags: "set SYN and ACK, out of SYN and ACK",
            cost: "Asymmetric routing shows itself by the same SYN,ACKs: keep the rule to the "
                + "outside interface.")
    }

    private var quietCluster: Remedy {
        blockRule(
            "Stop logging the copies on the secondary",
            flags: "none set; Destination {server}, made on the secondary only",
            cost: "After a failover the rule must go: it would block the cluster's connections. "
                + "Rules synchronised from the primary overwrite it.")
    }
}

// MARK: Timers and states

extension OPNsense {
    private var longerTimer: Remedy {
        Remedy(
            "Lengthen the timer of this one service",
            [
                "Firewall > Rules, the pass rule for {server} port {port}: look for TCP "
                    + "established (26.1 and later) or advanced > State timeout, and enter the "
                    + "longest silence in seconds, for instance 172800 (the default is 86400). "
                    + "Make a rule of its own for the service if there is none.",
                outState,
                "Save, Apply changes. Only new connections get the new time; `pfctl -vvss | grep "
                    + "-A 3 -F {client}` shows both states and when each expires.",
                "For every connection, if many services need it: Firewall > Settings > Advanced > "
                    + "Firewall Optimization: conservative (432000 seconds).",
            ],
            cost: "Connections whose ends vanished stay in the state table that much longer.",
            check: [
                "`pfctl -vvss | grep -A 3 -F {client}` on a new connection: expires "
                    + "counts down from the new time on both of its states.", Remedy.gone,
            ],
            undo: [
                "Clear the time in both rules, Apply changes; set the optimization "
                    + "back to normal. States made meanwhile keep the longer time until "
                    + "they end."
            ])
    }

    /// pf gives a connection that passes through two states, and a rule's timers to its own.
    private var outState: String {
        "The state by which the connection leaves keeps the default, and the first of the two "
            + "to expire cuts it. Add a pass rule on the interface it leaves by: Direction out, "
            + "Protocol TCP, Source any, Destination {server} port {port}, the same time; where "
            + "that interface has a gateway, also disable reply-to in the rule, which would "
            + "misdirect the answers."
    }

    private var longerClosing: Remedy {
        Remedy(
            "Lengthen the time of half-closed connections",
            [
                "Firewall > Settings > Advanced > Firewall Optimization: conservative. Half-closed "
                    + "connections are then kept 3600 seconds instead of 900."
            ],
            cost: "It lengthens every timer of every connection: the state table grows.",
            check: ["`pfctl -st | grep tcp.closing` shows 3600.", Remedy.gone],
            undo: ["Firewall Optimization: normal, Save."])
    }

    private var outOfWindow: Remedy {
        Remedy(
            "Find what shifts the numbers",
            [
                "Whatever the label \"state violation\" says, these packets leave no line: `pfctl "
                    + "-si | grep mismatch` counts them. Turn `pfctl -x misc` on for a minute and "
                    + "read `dmesg`, then `pfctl -x urgent`.",
                "Look for a proxy, accelerator or second firewall between {client} and {server} "
                    + "that rewrites sequence numbers or the window scale.",
            ], check: ["`pfctl -si | grep mismatch`: the counter stands still."],
            undo: ["`pfctl -x urgent`, if it was turned up and not down again."])
    }

    private var killState: Remedy {
        Remedy(
            "Remove the state that stands in the way",
            [
                "Firewall > Diagnostics > States, search for {client}, remove the one state; or "
                    + "`pfctl -k {client} -k {server}`.",
                "If it comes back: in the pass rule for {server} port {port}, look for TCP "
                    + "established (older: State timeout), shorter than the client takes to come "
                    + "round its ports, and the same in a rule with Direction out, for the state "
                    + "it leaves by.",
            ],
            cost: "The command ends every connection from {client} to {server}.",
            check: [
                "`pfctl -ss | grep -F {client}` no longer shows it, and a new "
                    + "connection opens at once."
            ],
            undo: [
                "A removed state cannot be had back: the next connection makes a "
                    + "new one. Clear the time in both rules, Apply changes."
            ])
    }

    private var keepStates: Remedy {
        Remedy(
            "Find what removed the states, and keep it from doing so",
            [
                "Compare the time with System > Log Files > General: a reboot, a reset of the "
                    + "state table, a gateway that failed, a failover.",
                "A pair: System > High Availability, pfsync on, with the same interface names on "
                    + "both nodes.",
                "A full table: compare `pfctl -si` (current entries) with Firewall > Settings > "
                    + "Advanced > Maximum states.",
            ],
            check: [
                "`pfctl -si`: current entries stay, and stay below the limit that "
                    + "`pfctl -sm` shows.", Remedy.gone,
            ],
            undo: [
                "Set each option back to what it was: System > Configuration > "
                    + "History."
            ])
    }
}
