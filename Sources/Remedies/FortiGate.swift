// What to do on FortiGate, as commands of FortiOS. Read Remedy+Common.swift first.
//
// Source: FortiOS CLI reference (firewall policy, system settings, system global, system
// session-ttl) and Fortinet's notes on sessions without SYN and on asymmetric routes.

import Causes

public struct FortiGate: Platform {
    public init() {}
    public let id = "fortigate"
    public let name = "FortiGate"

    public func remedies(for cause: CauseID, variant: Variant?) -> [Remedy] {
        let general = Remedy.general(cause, variant, on: name)
        return switch cause {
        case .lateClose: [.leaveLateClose, longerHalfClosed] + general.dropFirst()
        case .idleTimeout:
            variant == "half-closed"
                ? [.keepalive, longerHalfClosed] : [.keepalive, longerTimer, tellEnds, resetStrays]
        case .asymmetricRouting: [.mend(variant), withoutSYN, asymroute]
        case .notTCP: [withoutSYN]
        case .outOfWindow: [.findRewriter, antiReplay]
        case .portReuse: [.spreadPorts, clearSession]
        case .stateLoss: [keepSessions]
        case .policy where variant != "anti-spoofing" && variant != "limit":
            [knowTheFlags] + general
        case .unexplained: [Remedy("Collect what would decide it", collect)]
        default: general
        }
    }

    public let collect = [
        "Log the openings: in the policy of {server} port {port} `set logtraffic all` and `set "
            + "logtraffic-start enable`.",
        "See what is dropped and why: `diagnose debug flow filter addr {client}`, `diagnose debug "
            + "flow trace start 100`, `diagnose debug enable`; then `diagnose debug disable` and "
            + "`diagnose debug reset`. A stray says \"no session matched\".",
        "List what is known: `diagnose sys session filter clear`, `diagnose sys session filter src "
            + "{client}`, `diagnose sys session list`.",
        "Capture on both interfaces at once: `diagnose sniffer packet any 'host {client} and host "
            + "{server}' 4 0 l` names the interface of each packet. The direction that is missing "
            + "shows the way around.",
        "Fetch the log of the other unit of a pair, and `get system ha status` for failovers.",
    ]
}

extension FortiGate {
    /// `config`, the lines in it, and `end`.
    private func config(_ table: String, _ lines: String...) -> String {
        (["`config \(table)`"] + lines.map { "`\($0)`" } + ["`end`"]).joined(separator: ", ")
    }

    // MARK: Timers

    private var longerHalfClosed: Remedy {
        Remedy(
            "Lengthen the time of half-closed connections",
            [
                config("system global", "set tcp-halfclose-timer 300")
                    + ". The default is 120 seconds."
            ], cost: "It holds for every connection: half-closed ones stay in the table longer.",
            check: ["`get system global | grep tcp-halfclose`", Remedy.gone],
            undo: [config("system global", "unset tcp-halfclose-timer")])
    }

    private var longerTimer: Remedy {
        Remedy(
            "Lengthen the timer of this one service",
            [
                "The policy that allows {server} port {port}: "
                    + config("firewall policy", "edit <id>", "set session-ttl 43200", "next"),
                "Or for one port in every policy: "
                    + config(
                        "system session-ttl", "config port", "edit 1", "set protocol 6",
                        "set start-port {port}", "set end-port {port}", "set timeout 43200",
                        "next", "end"),
                "Only new sessions get the new time; the default is 3600 seconds.",
            ], cost: "Sessions whose ends vanished stay in the table that much longer.",
            check: [
                "`diagnose sys session list` with a filter for {client}: timeout=43200 on a new "
                    + "session, and expire counts down.", Remedy.gone,
            ],
            undo: [
                config("firewall policy", "edit <id>", "unset session-ttl", "next"),
                config("system session-ttl", "config port", "delete 1", "end"),
            ])
    }

    private var tellEnds: Remedy {
        Remedy(
            "Tell both ends when a session expires",
            [
                "The policy that allows {server} port {port}: "
                    + config("firewall policy", "edit <id>", "set timeout-send-rst enable", "next")
            ], cost: "A patient application that would have gone on is reset.",
            check: ["A capture at {server}: a RST when the time is over.", Remedy.gone],
            undo: [config("firewall policy", "edit <id>", "unset timeout-send-rst", "next")])
    }

    private var resetStrays: Remedy {
        Remedy(
            "Answer strays by a RST, so that clients open anew at once",
            [config("system global", "set reset-sessionless-tcp enable")],
            cost: "Scans are answered too: they tell this device from an empty address, and each "
                + "answer costs work.",
            check: ["A capture at {client}: a stray is answered by a RST.", Remedy.gone],
            undo: [config("system global", "set reset-sessionless-tcp disable")])
    }

    // MARK: Passing

    private var withoutSYN: Remedy {
        Remedy(
            "Let one policy begin sessions in their middle",
            [
                config("system settings", "set tcp-session-without-syn enable"),
                "A policy of its own for {client} to {server}, above the present one, and one for "
                    + "the other direction: "
                    + config(
                        "firewall policy", "edit <id>", "set tcp-session-without-syn all", "next"),
            ],
            cost: "Sessions without an opening (notrack in effect) between these two: any TCP "
                + "packet makes one, and inspection misses its beginning.",
            check: ["`diagnose debug flow` no longer says \"no session matched\".", Remedy.gone],
            undo: [
                config("firewall policy", "edit <id>", "unset tcp-session-without-syn", "next"),
                config("system settings", "set tcp-session-without-syn disable"),
            ])
    }

    private var asymroute: Remedy {
        Remedy(
            "Last of all: pass asymmetric traffic of the whole virtual domain",
            [
                config("system settings", "set asymroute enable")
                    + "; for IPv6 `set asymroute6 enable` in the same place."
            ],
            cost: "What has no session is passed by routes alone, for every network: no policy, no "
                + "inspection, and it is logged as policy 0. It bypasses the firewall.",
            check: ["`get system settings | grep asymroute`", Remedy.gone],
            undo: [config("system settings", "set asymroute disable", "set asymroute6 disable")])
    }

    private var antiReplay: Remedy {
        Remedy(
            "Check sequence numbers less strictly",
            [
                "For one policy: "
                    + config("firewall policy", "edit <id>", "set anti-replay disable", "next"),
                "For all: " + config("system global", "set anti-replay loose")
                    + ". The default is strict.",
            ], cost: "Forged packets inside a connection pass more easily.",
            check: ["`diagnose debug flow` no longer tells of packets out of the window."],
            undo: [
                config("firewall policy", "edit <id>", "unset anti-replay", "next"),
                config("system global", "set anti-replay strict"),
            ])
    }

    private var knowTheFlags: Remedy {
        Remedy(
            "First see that it was a SYN",
            [
                "A packet without a session is logged as denied by policy 0 too: look for \"no "
                    + "session matched\" in `diagnose debug flow`, or for the flags in a capture. "
                    + "Only a SYN needs a policy."
            ])
    }

    // MARK: Sessions

    private var clearSession: Remedy {
        Remedy(
            "Remove the session that stands in the way",
            [
                "`diagnose sys session filter clear`, then `diagnose sys session filter src "
                    + "{client}`, `diagnose sys session filter dst {server}` and `diagnose sys "
                    + "session filter dport {port}`.",
                "`diagnose sys session list` must show that session and no others; only then "
                    + "`diagnose sys session clear`: without a filter it clears every session.",
            ], cost: "It ends every connection that the filter names.",
            check: ["`diagnose sys session list` shows none, and a new connection opens at once."],
            undo: ["A removed session cannot be had back: the next connection makes a new one."])
    }

    private var keepSessions: Remedy {
        Remedy(
            "Find what removed the sessions, and keep it from doing so",
            [
                "Compare the time with the system event log: a reboot, a failover, conserve mode, "
                    + "a changed policy.",
                "A pair copies its sessions only with "
                    + config("system ha", "set session-pickup enable")
                    + ".",
                "A full table: `diagnose sys session stat` and `get system performance status`.",
            ], cost: "Copying sessions loads the heartbeat line.",
            check: ["`diagnose sys session stat` on the other unit: as many sessions."],
            undo: [config("system ha", "set session-pickup disable")],
            unconfirmed: "session-pickup was looked up in no manual for this.")
    }
}
