// What to do on Palo Alto Networks, by its web interface and its commands. Read Remedy+Common.swift
// first.
//
// Source: PAN-OS web interface help, "TCP Settings", "Session Timeouts", "Zone Protection, TCP
// Drop". A packet without a session is dropped before policy: the traffic log has none of them, the
// counter flow_tcp_non_syn has.

import Causes

public struct PaloAlto: Platform {
    public init() {}
    public let id = "palo-alto"
    public let name = "Palo Alto Networks"

    public func remedies(for cause: CauseID, variant: Variant?) -> [Remedy] {
        switch cause {
        case .lateClose: [.leaveLateClose, longerClosing]
        case .idleTimeout:
            [.keepalive, variant == "half-closed" ? longerClosing : longerTimer]
        case .asymmetricRouting: [.mend(variant), zoneProtection, everywhere]
        case .notTCP: [zoneProtection]
        case .overloadedHost: [.relieveHost, longerClosing]
        case .outOfWindow: [.findRewriter, zoneProtection]
        case .portReuse: [.spreadPorts, challengeACK, clearSession]
        case .stateLoss: [keepSessions]
        case .unexplained: [Remedy("Collect what would decide it", collect)]
        default: Remedy.general(cause, variant, on: name)
        }
    }

    public let collect = [
        "Log the openings: the security rule of {server} port {port} > Actions > Log at Session "
            + "Start, beside Log at Session End. Commit.",
        "Count what is dropped and why: `debug dataplane packet-diag set filter match source "
            + "{client} destination {server}`, `debug dataplane packet-diag set filter on`, then "
            + "`show counter global filter packet-filter yes delta yes` twice; "
            + "flow_tcp_non_syn are strays.",
        "List what is known: `show session all filter source {client} destination {server}`.",
        "Capture on both interfaces at once: Monitor > Packet Capture, stages receive, transmit "
            + "and drop, with the same filter. The direction that is missing shows the way around.",
        "Fetch the log of the other device of a pair, and the system log for commits and "
            + "failovers.",
    ]
}

extension PaloAlto {
    private static let revert =
        "Set the old value and commit; Device > Setup > Operations > Revert has the configuration "
        + "of before."

    // MARK: Timers

    private var longerTimer: Remedy {
        Remedy(
            "Lengthen the timer of this one service",
            [
                "Objects > Services, the service of port {port} (one of your own): Session "
                    + "Timeout: Override, TCP Timeout 43200; use it in the rule for {server}.",
                "Where the rule goes by application: Objects > Applications > its TCP Timeout.",
                "For every session, if many services need it: Device > Setup > Session > Session "
                    + "Timeouts > TCP (3600 seconds unless changed). Commit.",
            ], cost: "Sessions whose ends vanished stay in the table that much longer.",
            check: ["`show session id <id>` of a new session: timeout 43200 sec.", Remedy.gone],
            undo: [Self.revert])
    }

    private var longerClosing: Remedy {
        Remedy(
            "Remember closing connections longer",
            [
                "Device > Setup > Session > Session Timeouts: TCP Half Closed (120 seconds unless "
                    + "changed), TCP Time Wait (15). A service of your own has both as well. "
                    + "Commit."
            ], cost: "Where it is set for all: the table grows by the closing ones.",
            check: ["`show session info` lists the timeouts.", Remedy.gone], undo: [Self.revert])
    }

    // MARK: Passing

    private var zoneProtection: Remedy {
        Remedy(
            "Check state less strictly in one zone",
            [
                "Network > Network Profiles > Zone Protection, a profile of its own: Packet Based "
                    + "Attack Protection > TCP Drop: Reject Non-SYN TCP: no, Asymmetric Path: "
                    + "bypass.",
                "Network > Zones, the zone of {interface}: that profile. Commit.",
            ],
            cost:
                "In that zone sessions begin in their middle, and sequence numbers and windows are "
                + "no longer checked: forged packets pass, and inspection misses beginnings.",
            check: [
                "`show zone-protection zone <name>` shows both; `show counter global filter delta "
                    + "yes | match non_syn` stands still.", Remedy.gone,
            ], undo: ["Take the profile out of the zone, and commit."])
    }

    private var everywhere: Remedy {
        Remedy(
            "To try it first, until the next reboot",
            [
                "`set session tcp-reject-non-syn no` lets sessions begin in their middle in every "
                    + "zone; it is no configuration and is gone after a reboot.",
                "Lasting, in configure mode: `set deviceconfig setting session tcp-reject-non-syn "
                    + "no` and `set deviceconfig setting tcp asymmetric-path bypass`, `commit`. "
                    + "The profile of one zone is better.",
            ], cost: "Every zone bypasses the check of openings.",
            check: ["`show session info | match non-SYN`", Remedy.gone],
            undo: [
                "`set session tcp-reject-non-syn yes`; of the configuration `delete deviceconfig "
                    + "setting session tcp-reject-non-syn` and `delete deviceconfig setting tcp "
                    + "asymmetric-path`, `commit`."
            ])
    }

    private var challengeACK: Remedy {
        Remedy(
            "Let the server's challenge through",
            [
                "Device > Setup > Session > TCP Settings: select Allow Challenge ACK (older: Allow "
                    + "arbitrary ACK in response to SYN). Commit.",
                "A server that still knows the old connection answers its SYN by an ACK; without "
                    + "this the firewall drops it, and the client never learns.",
            ], cost: "An ACK in answer to a SYN is let in without more checks.",
            check: [
                "A capture at {client}: the ACK arrives, a RST goes back, and the SYN succeeds."
            ],
            undo: ["Clear the box, and commit."])
    }

    // MARK: Sessions

    private var clearSession: Remedy {
        Remedy(
            "Remove the session that stands in the way",
            [
                "`show session all filter source {client} destination {server} destination-port "
                    + "{port}` shows it; `clear session id <id>` removes it."
            ], cost: "Whoever still uses that session is cut off.",
            check: ["The first command shows none, and a new connection opens at once."],
            undo: ["A removed session cannot be had back: the next connection makes a new one."])
    }

    private var keepSessions: Remedy {
        Remedy(
            "Find what removed the sessions, and keep it from doing so",
            [
                "Monitor > Logs > System: a reboot, a failover, a restart of the dataplane.",
                "A pair: Device > High Availability > HA Communications: session synchronisation "
                    + "on; `show high-availability state-synchronization` counts what is copied.",
                "A full table: `show session info` compares the sessions with the most allowed.",
            ], check: ["`show session info`: the number does not fall to nothing.", Remedy.gone])
    }
}
