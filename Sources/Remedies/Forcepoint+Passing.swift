// Forcepoint NGFW: what passes with less tracking or none, and the cases where the packet itself or
// the policy was to blame. Read Forcepoint.swift first.

import Causes

// MARK: Passing

extension Forcepoint {
    func asymmetric(_ variant: Variant?) -> [Remedy] {
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
            ], check: [Remedy.gone], undo: [Self.undoPolicy])
    }

    private var loose: Remedy {
        Remedy(
            "Track these two networks less strictly",
            [
                "Make an Access rule for {client} to {server} above the present one; Action cell > "
                    + "Allow, Action options > Connection Tracking Mode: Loose. Refresh the "
                    + "policy.",
                "Look whether the strays stop. If they do not, the mode goes back to what it was.",
            ], cost: "Openings are not checked for these two: packets of no connection may pass.",
            check: [
                Remedy.gone,
                "The engine's entries of the new rule (Rule Tag) show that it takes "
                    + "these connections.",
            ], undo: [Self.undoPolicy],
            unconfirmed: "what Loose leaves unchecked is from memory; that the mode exists "
                + "is confirmed.")
    }

    private var asymmetricUntracked: Remedy {
        Remedy(
            "Last of all: pass these two networks without tracking", untrackedSteps(port: ""),
            cost: "Every TCP packet between these two passes in both directions, whoever sent it; "
                + "no NAT, no inspection, no log.",
            check: [
                Remedy.gone,
                "Monitoring > Connections shows none between the two: nothing is "
                    + "tracked.",
            ], undo: [Self.undoPolicy])
    }

    var untracked: Remedy {
        Remedy(
            "Pass this traffic without tracking, between these two only",
            ["Look for a Protocol for this traffic first: a tracked connection is safer."]
                + untrackedSteps(port: " port {port}"),
            cost: "Every packet between these two on that port passes in both directions, whoever "
                + "sent it; no NAT, no inspection, no log.",
            check: [
                Remedy.gone,
                "Monitoring > Connections shows none between the two: nothing is "
                    + "tracked.",
            ], undo: [Self.undoPolicy])
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
    func anomaly(_ variant: Variant?) -> [Remedy] {
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
            ], cost: "Packets of the exception may carry any IP option.", check: [Remedy.gone],
            undo: [Self.undoPolicy], unconfirmed: "which Situation it is depends on the entry.")
    }

    func policy(_ variant: Variant?) -> [Remedy] {
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
            ], cost: "The rule opens the service to everyone its Source names.",
            check: [
                "{client} reaches {server} port {port}, and the entries' Rule Tag "
                    + "is the new rule's."
            ], undo: [Self.undoPolicy])
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
            ],
            check: [
                "Engine Editor > Routing > Antispoofing shows {client}'s network "
                    + "behind {interface}.", Remedy.gone,
            ], undo: ["Take the network out of the Routing pane again, Save and Refresh."])
    }

    private var limits: Remedy {
        Remedy(
            "Find the limit, and who fills it",
            [
                "Look in the rule's Action options for concurrent connection limits, and in Engine "
                    + "Editor > Advanced Settings for rate-based DoS and SYN flood protection.",
                "Monitoring > Connections shows which host holds most. Mend that host before "
                    + "raising anything.",
            ], cost: "Higher limits let one host take more of the memory that all share.",
            check: ["Monitoring > Connections: the number stays below the limit.", Remedy.gone],
            undo: [Self.undoPolicy, Self.undoEngine])
    }
}
