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
            ], cost: "What the filter takes is gone: scans by the same flags between these two too."
        )
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
                + "flags are lost.")
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
            ], cost: "Connections whose ends vanished stay in the engine's memory that much longer."
        )
    }

    private var longerClosing: Remedy {
        Remedy(
            "Lengthen the time of half-closed connections",
            [
                "Engine Editor > Advanced Settings > Idle Timeouts: add an entry for the TCP "
                    + "states close wait and fin wait, longer than one end goes on after the other "
                    + "has closed. Save and Refresh."
            ], cost: "It holds for every connection of the engine.")
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
                + "patient application would have gone on.")
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
            ], cost: "In Normal mode forged packets inside a connection are not told apart.")
    }

    private var endConnection: Remedy {
        Remedy(
            "End the connection that stands in the way",
            [
                "Monitoring > Connections, filter for {client} and {server}, look for the old "
                    + "connection with the same port, and terminate it.",
                "If it comes back: a shorter Idle Timeout in the Access rule for {server} port "
                    + "{port}.",
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
            ])
    }
}

// MARK: Passing

extension Forcepoint {
    private func asymmetric(_ variant: Variant?) -> [Remedy] {
        variant == "multi-wan"
            ? [.mendMultiWAN, oneLine, loose] : [.mend(variant), loose, asymmetricUntracked]
    }

    private var oneLine: Remedy {
        Remedy(
            "Keep connections on the line they came by",
            [
                "Look in the Outbound Multi-Link and the NAT rules for {client} and {server}: both "
                    + "directions must use the NetLink of the opening.",
                "Look in the engine's Routing pane for a route to {client} by another NetLink.",
            ])
    }

    private var loose: Remedy {
        Remedy(
            "Track these two networks less strictly",
            [
                "Make an Access rule for {client} to {server} above the present one; Action cell > "
                    + "Allow, Action options > Connection Tracking Mode: Loose. Refresh the "
                    + "policy.",
                "Look whether the strays stop. If they do not, the mode goes back to what it was.",
            ], cost: "Openings are not checked for these two: packets of no connection may pass.")
    }

    private var asymmetricUntracked: Remedy {
        Remedy(
            "Last of all: pass these two networks without tracking", untrackedSteps(port: ""),
            cost: "Every TCP packet between these two passes in both directions, whoever sent it; "
                + "no NAT, no inspection, no log.")
    }

    private var untracked: Remedy {
        Remedy(
            "Pass this traffic without tracking, between these two only",
            ["Look for a Protocol for this traffic first: a tracked connection is safer."]
                + untrackedSteps(port: " port {port}"),
            cost: "Every packet between these two on that port passes in both directions, whoever "
                + "sent it; no NAT, no inspection, no log.")
    }

    private func untrackedSteps(port: String) -> [String] {
        let source = port.isEmpty ? "TCP" : "TCP with source\(port)"
        return [
            "Access rule one: Source {client}, Destination {server}, Service TCP\(port), Allow, "
                + "Action options > Connection Tracking Mode: Off.",
            "Access rule two, its mirror: Source {server}, Destination {client}, Service "
                + "\(source), the same action. Replies are not recognised without it.",
            "In both, Logging > Log Level: None, or each packet leaves an entry. No NAT rule may "
                + "match them. Refresh the policy.",
        ]
    }
}

// MARK: The packet itself, and policy

extension Forcepoint {
    private func anomaly(_ variant: Variant?) -> [Remedy] {
        switch variant {
        case "ip-options": [options]
        case "fragment": [.findFragmentation]
        case "normalize": [.findForger]
        default: [.findDamage]
        }
    }

    private var options: Remedy {
        Remedy(
            "Leave IP options refused unless someone needs them",
            [
                "IGMP and other multicast control carry an option by design: decide whether anyone "
                    + "behind {interface} needs it.",
                "If so, look in the Inspection Policy for the Situation named in the entry, and "
                    + "make an exception for that traffic alone.",
            ], cost: "Packets of the exception may carry any IP option.")
    }

    private func policy(_ variant: Variant?) -> [Remedy] {
        switch variant {
        case "anti-spoofing": [spoofing]
        case "limit": [limits]
        case "tcp": [knowTheFlags, allow]
        default: [allow]
        }
    }

    private var allow: Remedy {
        Remedy(
            "Allow it, if it is wanted",
            [
                "Decide whether {client} should reach {server} port {port} at all: this is the "
                    + "policy's own decision and not a fault.",
                "If so: in the Logs view, right-click the entry and look for the command that "
                    + "makes a rule of it, or add an Access rule above the one named in the entry "
                    + "(Rule Tag): Source {client}, Destination {server}, its Service, Allow.",
                "Refresh the policy.",
            ], cost: "The rule opens the service to everyone its Source names.")
    }

    private var knowTheFlags: Remedy {
        Remedy(
            "Find out the TCP flags first",
            [
                "Look in the entry's details for the Information Message: flags in brackets, as in "
                    + "[FA], tell a stray. Without them, capture: `tcpdump -ni {interface} host "
                    + "{client} and tcp`."
            ])
    }

    private var spoofing: Remedy {
        Remedy(
            "Find out why this source comes in here",
            [
                "Anti-spoofing follows the engine's Routing pane: {client} is routed by another "
                    + "interface than {interface}.",
                "If it belongs behind {interface}: Engine Editor > Routing, add its network there, "
                    + "and Engine Editor > Routing > Antispoofing shows it. Otherwise leave it: "
                    + "the source is forged or leaks.",
            ])
    }

    private var limits: Remedy {
        Remedy(
            "Find the limit, and who fills it",
            [
                "Look in the rule's Action options for concurrent connection limits, and in Engine "
                    + "Editor > Advanced Settings for rate-based DoS and SYN flood protection.",
                "Monitoring > Connections shows which host holds most. Mend that host before "
                    + "raising anything.",
            ], cost: "Higher limits let one host take more of the memory that all share.")
    }
}
