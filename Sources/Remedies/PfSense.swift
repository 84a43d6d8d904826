// What to do on pfSense, by the menus of its web interface. Read Remedy+Common.swift first.
//
// What its rules become decides much here: a rule for TCP, pass or block, gets `flags S/SA`
// unless its TCP Flags are set, so that a plain block rule never meets a stray (pfSense
// filter.inc); interface rules are `in` and quick, the default deny is not quick.

import Causes

public struct PfSense: Platform {
    public init() {}
    public let id = "pfsense"
    public let name = "pfSense"

    public func remedies(for cause: CauseID, variant: Variant?) -> [Remedy] {
        switch cause {
        case .lateClose: [.leaveLateClose, quiet(variant)]
        case .idleTimeout: [.keepalive, variant == "half-closed" ? longerClosing : longerTimer]
        case .asymmetricRouting: asymmetric(variant)
        case .clusterDelivery: [.confineCluster, quietCluster]
        case .notTCP: [untracked]
        case .scan: [.leaveScan, quietScan]
        case .overloadedHost: [.relieveHost, longerClosed]
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
            + "{port}, select Log, Save, Apply Changes. Each opening then leaves a line.",
        "Dump the states while it happens, from Diagnostics > Command Prompt or a shell: `pfctl "
            + "-vvss | grep -A 3 -F {client}`. No state for a stray is the common case.",
        "Count the packets that a state refused, which no line tells: `pfctl -si | grep mismatch`, "
            + "twice, a minute apart.",
        "Capture on both interfaces at once: Diagnostics > Packet Capture, or `tcpdump -ni "
            + "{interface} host {client} and host {server}` in two shells. The direction that is "
            + "missing shows the way around.",
        "Fetch the log of the other node of a pair, and Status > System Logs > System > General "
            + "for reloads, failovers and new addresses at that time.",
    ]
}

// MARK: Silence, last of all

extension PfSense {
    static let undoRule =
        "Delete the rules that were added (Firewall > Rules), Apply Changes. Diagnostics > Backup "
        + "& Restore > Config History has the configuration of before."

    /// A block rule without log; `flags` is its TCP Flags, in the words of the rule's form.
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
                "In the same rule, Display Advanced > TCP Flags: \(flags). Without this the rule "
                    + "meets only SYNs and silences nothing.",
            ] + more + [
                "Save, Apply Changes. Strays that left by an interface (tracker 1000000104) need "
                    + "the same as a floating rule with Direction out and Quick.",
                "Leave Status > System Logs > Settings > Default firewall \"block\" rules "
                    + "selected: clearing it hides every cause at once.",
            ], cost: cost,
            check: [
                "`pfctl -vvsr` shows the new rule with its flags, and a Packets "
                    + "counter that rises.", Remedy.silent,
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
                title, flags: "set FIN and ACK, out of FIN, SYN and ACK (pf: FA/FSA)",
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
            flags: "Any flags; Source this one sender ({client}) and no network",
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
            flags: "Any flags; Destination {server}, made on the secondary only",
            cost: "After a failover the rule must go: it would block the cluster's connections. "
                + "Rules synchronised from the primary overwrite it.")
    }
}

// MARK: Timers and states

extension PfSense {
    private var longerTimer: Remedy {
        Remedy(
            "Lengthen the timer of this one service",
            [
                "Firewall > Rules, the pass rule for {server} port {port} > Display Advanced > "
                    + "State timeout: the longest silence in seconds, for instance 172800 (the "
                    + "default is 86400). Make a rule of its own for the service if there is none.",
                outState,
                "Save, Apply Changes. Only new connections get the new time; `pfctl -vvss | grep "
                    + "-A 3 -F {client}` shows both states and when each expires.",
                "For every connection, if many services need it: System > Advanced > Firewall & "
                    + "NAT > State Timeouts > TCP Established. Optimization \"High latency\" does "
                    + "not lengthen it.",
            ],
            cost: "Connections whose ends vanished stay in the state table that much longer.",
            check: [
                "`pfctl -vvss | grep -A 3 -F {client}` on a new connection: expires "
                    + "counts down from the new time on both of its states.", Remedy.gone,
            ],
            undo: [
                "Clear State timeout in the rule, delete the floating rule, Apply "
                    + "Changes. States made meanwhile keep the longer time until they "
                    + "end."
            ])
    }

    /// pf gives a connection that passes through two states, and a rule's timers to its own.
    private var outState: String {
        "The state by which the connection leaves keeps the default, and the first of the two "
            + "to expire cuts it. Firewall > Rules > Floating, Add: Action Pass, Quick, the "
            + "interface it leaves by, Direction out, Protocol TCP, Source any, Destination "
            + "{server} port {port}, the same State timeout; where that interface has a gateway, "
            + "also Disable reply-to, which would misdirect the answers."
    }

    private var longerClosing: Remedy {
        Remedy(
            "Lengthen the time of half-closed connections",
            [
                "System > Advanced > Firewall & NAT > State Timeouts > TCP Closing: longer than "
                    + "one end goes on sending after the other has closed (default 900 seconds)."
            ],
            cost: "It holds for every connection: half-closed ones stay in the table that long.",
            check: ["`pfctl -st | grep tcp.closing` shows the new value.", Remedy.gone],
            undo: ["Clear the field, Save: 900 seconds again."])
    }

    private var longerClosed: Remedy {
        Remedy(
            "Remember closed connections longer",
            [
                "System > Advanced > Firewall & NAT > State Timeouts > TCP Closed: for instance "
                    + "180 seconds (default 90). Late segments then still match."
            ],
            cost: "It holds for every connection: the state table grows by the closed ones.",
            check: ["`pfctl -st | grep tcp.closed` shows the new value.", Remedy.gone],
            undo: ["Clear the field, Save: 90 seconds again."])
    }

    private var outOfWindow: Remedy {
        Remedy(
            "Find what shifts the numbers",
            [
                "pfSense logs none of these packets: `pfctl -si | grep mismatch` counts them. Turn "
                    + "`pfctl -x misc` on for a minute and read `dmesg`, then `pfctl -x urgent`.",
                "Look for a proxy, accelerator or second firewall between {client} and {server} "
                    + "that rewrites sequence numbers or the window scale.",
            ], check: ["`pfctl -si | grep mismatch`: the counter stands still."],
            undo: ["`pfctl -x urgent`, if it was turned up and not down again."])
    }

    private var killState: Remedy {
        Remedy(
            "Remove the state that stands in the way",
            [
                "Diagnostics > States, filter for {client}, remove the one state; or `pfctl -k "
                    + "{client} -k {server}`.",
                "If it comes back: the pass rule for {server} port {port} > Display Advanced > "
                    + "State timeout, shorter than the client takes to come round its ports, and "
                    + "the same in a floating rule with Direction out, for the state it leaves by.",
            ],
            cost: "The command ends every connection from {client} to {server}.",
            check: [
                "`pfctl -ss | grep -F {client}` no longer shows it, and a new "
                    + "connection opens at once."
            ],
            undo: [
                "A removed state cannot be had back: the next connection makes a "
                    + "new one. Clear State timeout in both rules, Apply Changes."
            ])
    }

    private var keepStates: Remedy {
        Remedy(
            "Find what removed the states, and keep it from doing so",
            [
                "Compare the time with Status > System Logs > System > General: a reboot, "
                    + "Diagnostics > States > Reset States, a gateway that failed, a failover.",
                "Gateway events: System > Advanced > Miscellaneous, look for State Killing on "
                    + "Gateway Failure.",
                "A pair: System > High Availability, state synchronisation on, with the same "
                    + "interface names on both nodes.",
                "A full table: compare `pfctl -si` (current entries) with System > Advanced > "
                    + "Firewall & NAT > Firewall Maximum States. Timers shorten from 60 % on.",
            ],
            check: [
                "`pfctl -si`: current entries stay, and stay below the limit that "
                    + "`pfctl -sm` shows.", Remedy.gone,
            ],
            undo: [
                "Set each option back to what it was: Diagnostics > Backup & "
                    + "Restore > Config History."
            ], unconfirmed: "the words of the gateway option differ between releases.")
    }
}
