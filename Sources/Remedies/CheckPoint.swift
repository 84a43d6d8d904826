// What to do on Check Point, by SmartConsole and by the gateway's expert shell. Read
// Remedy+Common.swift first.
//
// Source: Check Point's Stateful Inspection pages; sk11088 (user_accept_non_syn), sk24960 (Smart
// Connection Reuse), sk117374 (out of state packets by a kernel parameter).

import Causes

public struct CheckPoint: Platform {
    public init() {}
    public let id = "check-point"
    public let name = "Check Point"

    public func remedies(for cause: CauseID, variant: Variant?) -> [Remedy] {
        let general = Remedy.general(cause, variant, on: name)
        return switch cause {
        case .lateClose: [.leaveLateClose, longerEnd] + general.dropFirst()
        case .idleTimeout: [.keepalive, longerTimer]
        case .asymmetricRouting: [.mend(variant), gatewayException, acceptNonSYN(port: false)]
        case .notTCP: [acceptNonSYN(port: true)]
        case .overloadedHost: [.relieveHost, longerEnd]
        case .portReuse: [.spreadPorts, connectionReuse]
        case .stateLoss: [keepConnections]
        case .unexplained: [Remedy("Collect what would decide it", collect)]
        default: general
        }
    }

    public let collect = [
        "Log the openings: the rule that allows {server} port {port}, column Track: Log, with "
            + "Accounting for the ends. Install the policy.",
        "See what is dropped and why while it happens, in the expert shell: `fw ctl zdebug + drop "
            + "| grep -F {client}`; Ctrl-C ends it.",
        "List what the gateway knows: `fw tab -t connections -f | grep -F {client}`. None for a "
            + "stray is the common case.",
        "Capture on both interfaces at once: `fw monitor -F \"{client},0,{server},0,6\" -o "
            + "stray.cap` takes every packet where it comes in and where it leaves. The direction "
            + "that is missing shows the way around.",
        "Of a cluster, take the log of every member, and `cphaprob state`; the audit log tells of "
            + "policy installations.",
    ]
}

extension CheckPoint {
    private static let oldPolicy =
        "Set the old value again and install the policy; Installation History in Security Policies "
        + "has the policy of before."

    private var longerEnd: Remedy {
        Remedy(
            "Remember closed connections longer",
            [
                "Global Properties > Stateful Inspection > TCP end timeout: 60 (20 seconds unless "
                    + "changed; newer releases 5). Install the policy."
            ], cost: "It holds for every connection: the table grows by the closed ones.",
            check: [
                "`fw tab -t connections -f | grep -F {server}`: closed ones are still listed after "
                    + "the old time.", Remedy.gone,
            ], undo: [Self.oldPolicy],
            unconfirmed: "the 5 seconds of newer releases are from memory.")
    }

    private var longerTimer: Remedy {
        Remedy(
            "Lengthen the timer of this one service",
            [
                "The TCP service object of port {port} (one of your own, if others share it) > "
                    + "Advanced > Virtual session timeout: Specific, the longest silence in "
                    + "seconds, for instance 43200.",
                "Use that service in the rule for {server}. Install the policy. Only new "
                    + "connections get the new time; the default is 3600 seconds.",
                "For every connection, if many services need it: Global Properties > Stateful "
                    + "Inspection > TCP session timeout.",
            ], cost: "Connections whose ends vanished stay in the table that much longer.",
            check: [
                "`fw tab -t connections -f | grep -F {client}` on a new connection: Expires counts "
                    + "down from the new time.", Remedy.gone,
            ], undo: [Self.oldPolicy])
    }

    private var gatewayException: Remedy {
        Remedy(
            "Let this one gateway accept packets without a connection",
            [
                "Global Properties > Stateful Inspection > Drop out of state TCP packets > "
                    + "Exceptions: add the gateway. Install the policy.",
                "To try it before: `fw ctl set int fw_allow_out_of_state_tcp 1` in the expert "
                    + "shell; it holds until the next reboot.",
            ],
            cost: "The whole gateway bypasses the check: any TCP packet that a rule allows passes, "
                + "for every network.",
            check: ["`fw ctl get int fw_allow_out_of_state_tcp` prints 1.", Remedy.gone],
            undo: [
                "`fw ctl set int fw_allow_out_of_state_tcp 0`, take the gateway out of the "
                    + "Exceptions and install the policy. Set yourself a day for it."
            ])
    }

    /// INSPECT knows no names of objects: the ends have to be addresses.
    private func acceptNonSYN(port: Bool) -> Remedy {
        let there = "(src={client}, dst={server}\(port ? ", dport={port}" : ""))"
        let back = "(src={server}, dst={client}\(port ? ", sport={port}" : ""))"
        return Remedy(
            "Accept packets without a connection between these two only",
            [
                "On the management server, in the user.def of the gateway's version (sk11088), "
                    + "above the last lines that begin with #endif: `deffunc user_accept_non_syn() "
                    + "{ \(there) or \(back) };`, each end written as one address.",
                "Install the policy. Both directions need a rule that allows them.",
            ],
            cost: "Between these two any TCP packet is accepted without an opening: the state is "
                + "bypassed.",
            check: ["`fw ctl zdebug + drop | grep -F {client}` stays silent.", Remedy.gone],
            undo: ["Delete the line from user.def and install the policy."],
            unconfirmed: "the line's conditions on addresses were tried on no gateway.")
    }

    private var connectionReuse: Remedy {
        Remedy(
            "Let Smart Connection Reuse do its work",
            [
                "The gateway turns a SYN on a connection it still knows into an ACK, to ask the "
                    + "server: a capture behind it shows ACKs where SYNs went in (sk24960).",
                "{server} must answer that ACK by a RST, and the RST must come back through this "
                    + "gateway: look for a second firewall, or a filter on {server}, that drops "
                    + "it.",
            ], check: ["A capture at {server}: each such ACK is followed by a RST.", Remedy.gone],
            unconfirmed: "the kernel parameter that switches it off is not known here.")
    }

    private var keepConnections: Remedy {
        Remedy(
            "Find what removed the connections, and keep it from doing so",
            [
                "Compare the time with the audit log: a policy installation, a reboot, a failover.",
                "The gateway object > Other > Connection Persistence: Keep all connections. "
                    + "Install the policy.",
                "A cluster: `cphaprob state` and `cphaprob syncstat` show whether members copy "
                    + "their tables; a service can be left out of that (its Advanced page).",
                "A full table: `fw tab -t connections -s` compares VALS and PEAK with the limit.",
            ],
            cost: "With Keep all connections, those that a new policy forbids go on until they "
                + "end.",
            check: ["`fw tab -t connections -s`: the number stays across an installation."],
            undo: ["Connection Persistence: Rematch connections. Install the policy."])
    }
}
