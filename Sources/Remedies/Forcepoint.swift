// What to do on Forcepoint NGFW, by the Management Client. Read Remedy+Common.swift first.
//
// Source: Forcepoint NGFW online help, "Respond to Not a Valid SYN Packet log messages" and
// "Configuring connection tracking". Where a pane's exact words differ between releases, the
// step says "look for".

import Causes

public struct Forcepoint: Platform {
    public init() {}
    public let id = "forcepoint"
    public let name = "Forcepoint"

    public func remedies(for cause: CauseID, variant: Variant?) -> [Remedy] {
        switch cause {
        case .lateClose: [.leaveLateClose, tcpProxy, quiet(variant), compress]
        case .idleTimeout:
            [.keepalive, variant == "half-closed" ? longerClosing : longerTimer, tcpProxy]
        case .asymmetricRouting: asymmetric(variant)
        case .clusterDelivery: [.confineCluster]
        case .notTCP: [untracked]
        case .scan: [.leaveScan, compress]
        case .overloadedHost: [.relieveHost, compress]
        case .spoofedFlags: [.findForger, compress]
        case .outOfWindow: [lessStrict]
        case .portReuse: [endConnection]
        case .stateLoss: [keepStates]
        case .backscatter: [.leaveBackscatter, compress]
        case .packetAnomaly: anomaly(variant)
        case .policy: policy(variant)
        case .unexplained: [Remedy("Collect what would decide it", collect)]
        }
    }

    public let collect = [
        "Log the openings and closings: in the Access rule that allows {server} port {port}, "
            + "Logging cell > Connection Closing: Normal Log, with the log level Stored. Refresh "
            + "the policy. Each connection then leaves two entries.",
        "Logs view: Source and Destination {client} and {server}, all event types, an hour back. "
            + "Look for the last entry of the same ports before the stray, and who removed it.",
        "List what the engine knows while it happens: Monitoring > Connections, filter for "
            + "{client}.",
        "Capture on both interfaces at once, on the engine's command line: `tcpdump -ni "
            + "{interface} host {client} and host {server}`. The direction that is missing shows "
            + "the way around.",
        "Of a cluster, take the entries of every node (column Sender), and the audit log for "
            + "policy installations, nodes gone offline and failovers at that time.",
    ]
}

// MARK: Silence, last of all

extension Forcepoint {
    static let undoPolicy =
        "Delete the rules, or set the cells back, and refresh the policy. The policy's snapshots "
        + "(its Info pane) and the audit log have what it was before."
    static let undoEngine =
        "Set the old value in the Engine Editor, Save and Refresh; Idle Timeouts has Set to "
        + "Default."

    private func quiet(_ variant: Variant?) -> Remedy {
        let flags =
            switch variant {
            case "fin": "[FA]"
            case "rst": "[R] and [RA]"
            case "last-ack": "[A]"
            default: "[FA], [R] and [RA]"
            }
        return Remedy(
            "Keep these entries, and only these, out of the store",
            [
                "In the Logs view, make a filter of the message \"Not a Valid SYN Packet\" with "
                    + "the flags \(flags) and the addresses {client} and {server}; first use it to "
                    + "see that it takes nothing else.",
                "Look for Log Data Pruning (Data Management of the administration): prune new "
                    + "entries by that filter, Discard Before Storing. They are still seen live.",
            ],
            cost: "What the filter takes is gone: scans by the same flags between these two too.",
            check: [
                Remedy.silent,
                "The Logs view in Current Events mode still shows them as they "
                    + "come.",
            ],
            undo: [
                "Look for Log Data Pruning again: take the filter out of Discard "
                    + "Before Storing."
            ], unconfirmed: "the pruning's menu is from memory.")
    }

    private var compress: Remedy {
        Remedy(
            "Fold bursts of discards into one entry",
            [
                "Engine Editor > Advanced Settings > Log Handling > Log Compression, row Discard: "
                    + "enter the log rate and the burst size beyond which one entry counts the "
                    + "rest.",
                "Or only for {interface}: the same in that interface's own properties. Save and "
                    + "Refresh.",
            ],
            cost: "Beyond the limit every discard is only counted, whatever it was: addresses and "
                + "flags are lost.",
            check: [
                "In the Logs view, entries that stand for several events say how "
                    + "many.", Remedy.silent,
            ],
            undo: [
                "Clear the rate and the burst size in the row Discard, Save and "
                    + "Refresh."
            ])
    }
}

// MARK: Timers

extension Forcepoint {
    private var longerTimer: Remedy {
        Remedy(
            "Lengthen the timer of this one service",
            [
                "Make an Access rule for {client} to {server} port {port} above the present one; "
                    + "Action cell > Allow, Action options > Idle Timeout: the longest silence in "
                    + "seconds, for instance 43200. It overrides the engine's own.",
                "Refresh the policy. Only new connections get the new time.",
                "For every connection, if many services need it: Engine Editor > Advanced Settings "
                    + "> Idle Timeouts > TCP (default 1800 seconds).",
            ],
            cost: "Connections whose ends vanished stay in the engine's memory that much longer.",
            check: [
                "Monitoring > Connections, filter for {client}: the connection is "
                    + "still there after the old time.", Remedy.gone,
            ], undo: [Self.undoPolicy, Self.undoEngine])
    }

    private var longerClosing: Remedy {
        Remedy(
            "Lengthen the time of half-closed connections",
            [
                "Engine Editor > Advanced Settings > Idle Timeouts: add an entry for the TCP "
                    + "states close wait and fin wait, longer than one end goes on after the other "
                    + "has closed. Save and Refresh."
            ], cost: "It holds for every connection of the engine.",
            check: [
                "Monitoring > Connections, filter for {client}: half-closed ones "
                    + "are still there after the old time.", Remedy.gone,
            ], undo: [Self.undoEngine])
    }

    /// The one setting that tells the ends, instead of letting them find out.
    private var tcpProxy: Remedy {
        Remedy(
            "If the application never closes properly: let the engine close for it",
            [
                "Make a custom TCP Service for port {port}; as its Protocol choose TCP Proxy "
                    + "(engines up to 6.1) or SSM TCP Proxy (newer ones), and set its timeouts on "
                    + "the Protocol Parameters tab.",
                "Use that Service in the Access rule for {server}. Refresh the policy: an idle "
                    + "connection is then reset at both ends instead of being forgotten.",
            ],
            cost: "The engine answers in place of the ends: more work for it, and a reset where a "
                + "patient application would have gone on.",
            check: [
                "A capture at {server}: a RST when the idle time is over, instead "
                    + "of silence.", Remedy.gone,
            ], undo: [Self.undoPolicy])
    }

    private var lessStrict: Remedy {
        Remedy(
            "Find what shifts the numbers",
            [
                "Look in the Access rule for {server} port {port}, Action options > Connection "
                    + "Tracking Mode: Strict checks sequence numbers, Normal does not where a "
                    + "connection stands.",
                "Look for a proxy or accelerator between {client} and {server} that rewrites "
                    + "sequence numbers; if it has to stay, choose Normal for this one rule.",
            ], cost: "In Normal mode forged packets inside a connection are not told apart.",
            check: [
                "Monitoring > Connections shows the connection go on; the discards "
                    + "cease.", Remedy.gone,
            ], undo: [Self.undoPolicy],
            unconfirmed: "that only Strict checks sequence numbers is from memory.")
    }

    private var endConnection: Remedy {
        Remedy(
            "End the connection that stands in the way",
            [
                "Monitoring > Connections, filter for {client} and {server}, look for the old "
                    + "connection with the same port, and terminate it.",
                "If it comes back: a shorter Idle Timeout in the Access rule for {server} port "
                    + "{port}.",
            ],
            check: [
                "Monitoring > Connections no longer shows it, and a new connection "
                    + "opens at once."
            ],
            undo: [
                "A removed connection cannot be had back: the next one is new. A "
                    + "shorter time goes with the rule."
            ])
    }

    private var keepStates: Remedy {
        Remedy(
            "Find what removed the connections, and keep it from doing so",
            [
                "Compare the time with the audit log: a policy installation, a restart, a node "
                    + "that went offline or online.",
                "A cluster: look whether state synchronisation is on, for the Access rule too, and "
                    + "whether the heartbeat network is undisturbed.",
                "Look in the engine's overview for memory and the number of connections at the "
                    + "time.",
            ],
            check: [
                "Monitoring > Connections: their number does not fall to nothing "
                    + "when a policy is installed.", Remedy.gone,
            ], undo: [Self.undoPolicy])
    }
}
