// What to do on Cisco ASA, as commands of its configuration mode; on Firepower Threat Defense the
// same settings stand in a Threat Defense Service Policy. Read Remedy+Common.swift first.
//
// Source: Cisco ASA Series Firewall CLI Configuration Guide, "Connection Settings"; Cisco ASA
// Series Syslog Messages (106015, 106100).

import Causes

public struct CiscoASA: Platform {
    public init() {}
    public let id = "cisco-asa"
    public let name = "Cisco"

    public func remedies(for cause: CauseID, variant: Variant?) -> [Remedy] {
        switch cause {
        case .lateClose: [.leaveLateClose, quiet(variant), rateLimit]
        case .idleTimeout:
            variant == "half-closed" ? [longerHalfClosed] : [.keepalive, longerTimer]
        case .asymmetricRouting: asymmetric(variant)
        case .clusterDelivery: [.confineCluster]
        case .notTCP: [bypass(port: " eq {port}")]
        case .scan: [.leaveScan, rateLimit]
        case .overloadedHost: [.relieveHost, longerHalfClosed]
        case .spoofedFlags: [.findForger, rateLimit]
        case .outOfWindow: [outOfWindow]
        case .portReuse: [clearConnection]
        case .stateLoss: [keepStates]
        case .backscatter: [.leaveBackscatter, quietBackscatter]
        case .packetAnomaly: anomaly(variant)
        case .policy: policy(variant)
        case .unexplained: [Remedy("Collect what would decide it", collect)]
        }
    }

    public let collect = [
        "Keep the openings and closings in the log: `logging trap informational` (302013 built, "
            + "302014 teardown with its reason), and `show running-config logging` for messages "
            + "that were switched off.",
        "While it happens: `show conn address {client} detail long`, and `show asp drop` twice, a "
            + "minute apart.",
        "Capture what is dropped with its reason: `capture dropped type asp-drop all`, then `show "
            + "capture dropped | include {client}`, then `no capture dropped`.",
        "Capture on both interfaces at once: `capture one interface {interface} match tcp host "
            + "{client} host {server}`, and `capture two` on the other. The direction that is "
            + "missing shows the way around.",
        "Fetch the log of the other unit of a pair, and `show failover history`.",
    ]
}

// MARK: Silence, last of all

extension CiscoASA {
    static let noForms =
        "Each line that was entered once more with `no` before it, the last one first; `clear "
        + "configure` of nothing else. `show running-config` before the change is the proof."
    static let receiver = "Take the lines out of the receiver's configuration and restart it."

    /// The firewall can switch a message off, not the message with certain flags: that is for the
    /// log's receiver to do.
    private func quiet(_ variant: Variant?) -> Remedy {
        let flags =
            switch variant {
            case "fin": ["FIN ACK", "FIN PSH ACK"]
            case "rst": ["RST", "RST ACK"]
            case "last-ack": ["ACK"]
            default: ["FIN ACK", "FIN PSH ACK", "RST", "RST ACK"]
            }
        let steps =
            flags.map {
                "rsyslog: `if $rawmsg contains \"-106015:\" and $rawmsg contains \" flags \($0) \" "
                    + "then stop`, before the line that writes the file."
            } + [
                "Narrow each by the ends, where they are single hosts: `and $rawmsg contains \" "
                    + "{server}/\" and $rawmsg contains \" {client}/\"` before the word then."
            ]
        return Remedy(
            "Leave them out where the log is received, by their flags", steps,
            cost: variant == "last-ack"
                ? "ACK scans, idle timeouts and lost states are not stored either: keep a count."
                : "Scans by the same flags are not stored either: keep a count.",
            check: [Remedy.silent], undo: [Self.receiver])
    }

    private var rateLimit: Remedy {
        Remedy(
            "Send a sample instead of every message",
            [
                "`logging rate-limit 10 60 message 106015`: ten a minute; or `logging message "
                    + "106015 level debugging`, below what the usual destinations are sent.",
                "Not `no logging message 106015`: it silences every cause of it, asymmetric "
                    + "routing included.",
            ], cost: "Beyond the limit the message is lost, whichever cause it had.",
            check: ["`show logging rate-limit` lists 106015.", Remedy.silent],
            undo: [
                "`no logging rate-limit 10 60 message 106015`; `no logging message "
                    + "106015 level debugging` gives it its own level again."
            ])
    }

    private var quietBackscatter: Remedy {
        Remedy(
            "Leave them out where the log is received, by their flags",
            [
                "rsyslog: `if $rawmsg contains \"-106015:\" and $rawmsg contains \" flags SYN ACK "
                    + "\" and $rawmsg contains \"interface {interface}\" then stop`, before the "
                    + "line that writes the file."
            ],
            cost: "Asymmetric routing shows itself by the same packets: outside interfaces only.",
            check: [Remedy.silent], undo: [Self.receiver])
    }
}

// MARK: Timers and connections

extension CiscoASA {
    /// A class of its own for two ends, with one setting.
    func serviceClass(_ name: String, port: String, setting: String) -> [String] {
        [
            "`access-list \(name) extended permit tcp {client} {server}\(port)`, each end written "
                + "as `host` and its address, or as network and mask.",
            "`class-map \(name)`, in it `match access-list \(name)`.",
            "`policy-map global_policy`, in it `class \(name)`, in it `\(setting)`.",
            "`service-policy global_policy global`, if `show running-config service-policy` does "
                + "not show it. On Threat Defense: look for the Threat Defense Service Policy in "
                + "the access control policy's Advanced settings.",
        ]
    }

    private var longerTimer: Remedy {
        Remedy(
            "Lengthen the timer of this one service, and ask both ends before forgetting",
            serviceClass(
                "SLOW", port: " eq {port}",
                setting: "set connection timeout idle 12:00:00 reset dcd 0:00:15 5")
                + ["Only new connections get the new time; the default is `timeout conn 1:00:00`."],
            cost: "Connections whose ends vanished stay until the ends were asked five times.",
            check: [
                "`show conn address {server} detail`: the connection's timeout is "
                    + "12h; `show service-policy` counts packets of the class.", Remedy.gone,
            ], undo: [Self.noForms])
    }

    private var longerHalfClosed: Remedy {
        Remedy(
            "Lengthen the time of half-closed connections of this one service",
            serviceClass(
                "HALF", port: " eq {port}", setting: "set connection timeout half-closed 1:00:00"),
            cost: "Half-closed connections stay in the table for an hour instead of ten minutes.",
            check: ["`show service-policy` counts packets of the class HALF.", Remedy.gone],
            undo: [Self.noForms])
    }

    private var outOfWindow: Remedy {
        Remedy(
            "Find what shifts the numbers",
            [
                "`show asp drop`: the counters of the TCP normaliser name the bound that was "
                    + "broken.",
                "Look for a proxy, accelerator or second firewall between {client} and {server} "
                    + "that rewrites sequence numbers or the window scale. The ASA itself changes "
                    + "the first sequence number: another device that looks at SACK may object.",
                "Only if it has to stay: `tcp-map ODD`, in it `seq-past-window allow` and "
                    + "`invalid-ack allow`; then by a class for {server} alone `set connection "
                    + "advanced-options ODD`.",
            ], cost: "With that map, forged packets inside those connections pass more easily.",
            check: [
                "`show asp drop`: the counters of the TCP normaliser stand still.", Remedy.gone,
            ], undo: [Self.noForms])
    }

    private var clearConnection: Remedy {
        Remedy(
            "Remove the connection that stands in the way",
            [
                "`show conn address {client} address {server} port {port}` shows it; `clear conn "
                    + "address {client} address {server} port {port}` removes it.",
                "If it comes back: a shorter `set connection timeout idle` for {server} port "
                    + "{port}.",
            ], cost: "It ends every connection from {client} to {server} port {port}.",
            check: [
                "`show conn address {client} address {server} port {port}` shows "
                    + "nothing, and a new connection opens at once."
            ],
            undo: [
                "A removed connection cannot be had back: the next one is new. A "
                    + "shorter time goes by `no`."
            ])
    }

    private var keepStates: Remedy {
        Remedy(
            "Find what removed the connections, and keep it from doing so",
            [
                "Look for `clear conn`, `clear xlate`, a reload and a failover at that time: `show "
                    + "failover history`, `show version | include up`.",
                "A pair: `show failover` must show a stateful failover link (`failover link`); "
                    + "look for `failover replication http` as well, without which HTTP is not "
                    + "copied.",
                "A full table: `show conn count` and `show resource usage`.",
            ],
            check: [
                "`show failover` counts stateful updates, and `show conn count` "
                    + "does not fall to nothing.", Remedy.gone,
            ], undo: ["`no failover replication http`, if it was entered."],
            unconfirmed: "how a failover link is set up is not told here.")
    }
}
