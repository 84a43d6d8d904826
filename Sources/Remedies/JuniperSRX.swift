// What to do on Juniper SRX, as commands of Junos' configuration mode. Read Remedy+Common.swift
// first.
//
// Source: Junos documentation, "security flow tcp-session", "Policy application timeouts",
// "Flow-based sessions".

import Causes

public struct JuniperSRX: Platform {
    public init() {}
    public let id = "juniper-srx"
    public let name = "Juniper SRX"

    public func remedies(for cause: CauseID, variant: Variant?) -> [Remedy] {
        let general = Remedy.general(cause, variant, on: name)
        return switch cause {
        case .lateClose: [.leaveLateClose, timeWait] + general.dropFirst()
        case .idleTimeout:
            variant == "half-closed" ? general : [.keepalive, longerTimer, resetStrays]
        case .asymmetricRouting: [.mend(variant), noSYNCheck, packetMode(port: false)]
        case .notTCP: [packetMode(port: true)]
        case .overloadedHost: [.relieveHost, timeWait]
        case .outOfWindow: [.findRewriter, noSequenceCheck]
        case .portReuse: [.spreadPorts, clearSession]
        case .stateLoss: [keepSessions, noSYNCheck]
        case .unexplained: [Remedy("Collect what would decide it", collect)]
        default: general
        }
    }

    public let collect = [
        "Log the openings and closings: `set security policies from-zone <from> to-zone <to> "
            + "policy <name> then log session-init session-close`, `commit`.",
        "See what is dropped and why: `show security flow statistics` and `show interfaces "
            + "extensive {interface} | find \"Flow error\"`, twice, a minute apart: look for TCP "
            + "sequence number errors and for packets without a session.",
        "List what is known: `show security flow session source-prefix {client} destination-prefix "
            + "{server}`.",
        "Capture on both interfaces at once: a firewall filter with `then sample` or "
            + "`packet-capture` under forwarding-options. The direction that is missing shows the "
            + "way around.",
        "Fetch the log of the other node, and `show chassis cluster information` for failovers.",
    ]
}

extension JuniperSRX {
    private static let back = "`rollback 1` and `commit`, if nothing was committed since; else: "

    // MARK: Timers

    private var longerTimer: Remedy {
        let set = "set applications application SLOW"
        return Remedy(
            "Lengthen the timer of this one service",
            [
                "`\(set) protocol tcp destination-port {port} inactivity-timeout 43200`, in "
                    + "seconds; the default for TCP is 1800.",
                "`set security policies from-zone <from> to-zone <to> policy <name> match "
                    + "application SLOW`, in a policy for {server} above the present one; "
                    + "`commit`.",
                "Give no other application the same port: applications that overlap share one "
                    + "time.",
            ], cost: "Sessions whose ends vanished stay in the table that much longer.",
            check: [
                "`show security flow session destination-prefix {server}` on a new session: "
                    + "Timeout counts down from the new time.", Remedy.gone,
            ],
            undo: [Self.back + "`delete applications application SLOW` and the policy, `commit`."])
    }

    private var resetStrays: Remedy {
        Remedy(
            "Answer strays by a RST, so that clients open anew at once",
            [
                "`set security zones security-zone <name> tcp-rst`, the zone of {interface}; "
                    + "`commit`."
            ],
            cost: "Scans from that zone are answered too: they tell this device from an empty "
                + "address.",
            check: ["A capture at {client}: a stray is answered by a RST.", Remedy.gone],
            undo: [Self.back + "`delete security zones security-zone <name> tcp-rst`, `commit`."])
    }

    private var timeWait: Remedy {
        Remedy(
            "Remember closed connections longer",
            [
                "`set security flow tcp-session time-wait-state session-timeout 300`, `commit`. "
                    + "Otherwise a session ends 2 seconds after the last ACK, 150 after a second "
                    + "FIN."
            ], cost: "It holds for every connection: the table grows by the closed ones.",
            check: ["`show security flow session destination-prefix {server}` after a close."],
            undo: [Self.back + "`delete security flow tcp-session time-wait-state`, `commit`."])
    }

    // MARK: Passing

    private var noSYNCheck: Remedy {
        Remedy(
            "Let sessions begin in their middle",
            [
                "`set security flow tcp-session no-syn-check`, `commit`; out of tunnels "
                    + "`no-syn-check-in-tunnel` in its place.",
                "Strict again for every policy that can be: `set security policies from-zone "
                    + "<from> to-zone <to> policy <name> then permit tcp-options "
                    + "syn-check-required`.",
            ],
            cost: "It holds for every policy without that option: any TCP packet that is allowed "
                + "opens a session.",
            check: [
                "`show security flow session source-prefix {client}` shows them.", Remedy.gone,
            ],
            undo: [Self.back + "`delete security flow tcp-session no-syn-check`, `commit`."])
    }

    private var noSequenceCheck: Remedy {
        Remedy(
            "Stop checking sequence numbers",
            [
                "`set security flow tcp-session no-sequence-check`, `commit`.",
                "Strict again for every policy that can be: `… then permit tcp-options "
                    + "sequence-check-required`.",
            ],
            cost: "It is liberal for every policy without that option: forged packets inside a "
                + "connection pass.",
            check: [
                "`show security flow statistics`: the sequence errors stand still.", Remedy.gone,
            ],
            undo: [Self.back + "`delete security flow tcp-session no-sequence-check`, `commit`."])
    }

    private func packetMode(port: Bool) -> Remedy {
        let base = "set firewall family inet filter AROUND term"
        let way = { (name: String, from: String, to: String, port: String) in
            "`\(base) \(name) from source-address \(from)`, `\(base) \(name) from "
                + "destination-address \(to)`, \(port)`\(base) \(name) then packet-mode` and "
                + "`\(base) \(name) then accept`."
        }
        return Remedy(
            port
                ? "Pass this traffic without a state, between these two only"
                : "Last of all: pass these two networks without a state",
            [
                way(
                    "there", "{client}", "{server}",
                    port ? "`\(base) there from protocol tcp destination-port {port}`, " : ""),
                way(
                    "back", "{server}", "{client}",
                    port ? "`\(base) back from protocol tcp source-port {port}`, " : ""),
                "`\(base) rest then accept`, or everything else is dropped. Then on both "
                    + "interfaces `set interfaces {interface} unit 0 family inet filter input "
                    + "AROUND`, `commit confirmed 5`, and `commit` when it works.",
            ],
            cost: "Between these two the firewall is bypassed: no policy, no NAT, no inspection.",
            check: ["`show firewall filter AROUND`; no session between the two.", Remedy.gone],
            undo: [
                Self.back
                    + "`delete interfaces {interface} unit 0 family inet filter input` on both, "
                    + "`delete firewall family inet filter AROUND`, `commit`."
            ], unconfirmed: "packet mode was tried on no device, and not every model has it.")
    }

    // MARK: Sessions

    private var clearSession: Remedy {
        let ends = "source-prefix {client} destination-prefix {server} destination-port {port}"
        return Remedy(
            "Remove the session that stands in the way",
            [
                "`show security flow session \(ends)` shows it, `clear security flow session "
                    + "\(ends)` removes it."
            ], cost: "Whoever still uses that session is cut off.",
            check: ["The first command shows none, and a new connection opens at once."],
            undo: ["A removed session cannot be had back: the next connection makes a new one."])
    }

    private var keepSessions: Remedy {
        Remedy(
            "Find what removed the sessions, and keep it from doing so",
            [
                "`show system commit`, `show chassis cluster information` and the log: a commit, a "
                    + "failover, a restart at that time.",
                "`show configuration security policies policy-rematch`: with it, sessions are "
                    + "judged anew at each commit.",
                "A full table: `show security flow session summary` compares the sessions with the "
                    + "most allowed.",
            ], check: ["`show security flow session summary`: the number stays.", Remedy.gone])
    }
}
