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
        let steps = flags.map {
            "rsyslog: `if $rawmsg contains \"-106015:\" and $rawmsg contains \" flags \($0) \" "
                + "then stop`, before the line that writes the file."
        }
        return Remedy(
            "Leave them out where the log is received, by their flags", steps,
            cost: variant == "last-ack"
                ? "ACK scans, idle timeouts and lost states are not stored either: keep a count."
                : "Scans by the same flags are not stored either: keep a count.")
    }

    private var rateLimit: Remedy {
        Remedy(
            "Send a sample instead of every message",
            [
                "`logging rate-limit 10 60 message 106015`: ten a minute; or `logging message "
                    + "106015 level debugging`, below what the usual destinations are sent.",
                "`no logging message 106015` silences all of them, asymmetric routing included: "
                    + "only while `show asp drop` is watched instead.",
            ], cost: "Beyond the limit the message is lost, whichever cause it had.")
    }

    private var quietBackscatter: Remedy {
        Remedy(
            "Leave them out where the log is received, by their flags",
            [
                "rsyslog: `if $rawmsg contains \"-106015:\" and $rawmsg contains \" flags SYN ACK "
                    + "\" and $rawmsg contains \"interface {interface}\" then stop`, before the "
                    + "line that writes the file."
            ], cost: "Asymmetric routing shows itself by the same packets: outside interfaces only."
        )
    }
}

// MARK: Timers and connections

extension CiscoASA {
    /// A class of its own for two ends, with one setting.
    private func serviceClass(_ name: String, port: String, setting: String) -> [String] {
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
            cost: "Connections whose ends vanished stay until the ends were asked five times.")
    }

    private var longerHalfClosed: Remedy {
        Remedy(
            "Lengthen the time of half-closed connections of this one service",
            serviceClass(
                "HALF", port: " eq {port}", setting: "set connection timeout half-closed 1:00:00"),
            cost: "Half-closed connections stay in the table for an hour instead of ten minutes.")
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
            ], cost: "With that map, forged packets inside those connections pass more easily.")
    }

    private var clearConnection: Remedy {
        Remedy(
            "Remove the connection that stands in the way",
            [
                "`show conn address {client} address {server} port {port}` shows it; `clear conn "
                    + "address {client} address {server} port {port}` removes it.",
                "If it comes back: a shorter `set connection timeout idle` for {server} port "
                    + "{port}.",
            ], cost: "It ends every connection from {client} to {server} port {port}.")
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
            ])
    }
}

// MARK: Asymmetric routing, and what is no TCP

extension CiscoASA {
    private func asymmetric(_ variant: Variant?) -> [Remedy] {
        switch variant {
        case "same-interface": [.mendSameInterface, hairpin, bypass(port: "")]
        case "multi-wan": [.mendMultiWAN, zones, bypass(port: "")]
        default: [.mend(variant), bypass(port: "")]
        }
    }

    private func bypass(port: String) -> Remedy {
        let mirror = "access-list AROUND extended permit tcp {server}\(port) {client}"
        return Remedy(
            "Pass these two without connection state, in both directions",
            serviceClass(
                "AROUND", port: port, setting: "set connection advanced-options tcp-state-bypass")
                + [
                    "The mirror of it: `\(mirror)`. Where two units share the traffic: on both.",
                    "`show asp drop` tells whether first packets that are no SYN are still "
                        + "dropped.",
                ],
            cost: "No inspection, no normaliser and no sequence check between these two: any "
                + "packet that the access lists permit passes. Idle ones go after an hour.")
    }

    private var hairpin: Remedy {
        Remedy(
            "Let traffic turn around on {interface}",
            [
                "Look for `same-security-traffic permit intra-interface` in `show running-config "
                    + "same-security-traffic`; without it the SYN itself is refused."
            ], cost: "Traffic between hosts of one interface may then pass the firewall.")
    }

    private var zones: Remedy {
        Remedy(
            "Let both lines be one to the connection table",
            [
                "Look for traffic zones: with both interfaces in one zone (`zone <name>`, then "
                    + "`zone-member <name>` on each), an answer may come in by either."
            ], cost: "Both interfaces need the same security level and the same access rules.")
    }
}

// MARK: The packet itself, and policy

extension CiscoASA {
    private func anomaly(_ variant: Variant?) -> [Remedy] {
        switch variant {
        case "ip-options": [ipOptions]
        case "fragment": [.findFragmentation, fragments]
        case "normalize": [.findForger]
        default: [.findDamage]
        }
    }

    private var ipOptions: Remedy {
        Remedy(
            "Allow the one IP option that is needed",
            [
                "Decide whether anyone behind {interface} needs it. If not, leave it refused.",
                "If so: `policy-map type inspect ip-options OPTIONS`, in it `parameters`, in it "
                    + "`router-alert action allow` (or the option that the message names).",
                "`policy-map global_policy`, `class inspection_default`, `no inspect ip-options`, "
                    + "`inspect ip-options OPTIONS`.",
            ], cost: "That option passes in every direction, for everyone.")
    }

    private var fragments: Remedy {
        Remedy(
            "See why fragments are not put together",
            [
                "`show fragment {interface}`: Fail and Overflow must not rise. `fragment chain` is "
                    + "24 unless changed; 1 refuses every fragment.",
                "`sysopt connection tcpmss 1350` keeps TCP through tunnels below the path's MTU.",
            ])
    }

    private func policy(_ variant: Variant?) -> [Remedy] {
        switch variant {
        case "anti-spoofing": [spoofing]
        case "limit": [limits]
        case "other-protocol": [allow("<protocol>")]
        case "tcp": [knowTheFlags, allow("tcp")]
        default: [allow("tcp")]
        }
    }

    private func allow(_ proto: String) -> Remedy {
        let port = proto == "tcp" ? " eq {port}" : ""
        let trace =
            proto == "tcp"
            ? "`packet-tracer input {interface} tcp {client} 40000 {server} {port}` shows which "
                + "step refuses it."
            : "`packet-tracer input {interface}` with the protocol of the message shows which step "
                + "refuses it."
        return Remedy(
            "Allow it, if it is wanted",
            [
                "Decide whether {client} should reach {server} at all: this is the rules' own "
                    + "decision and not a fault.",
                trace,
                "If so: `access-list <name> line 1 extended permit \(proto) {client} "
                    + "{server}\(port)`, each end written as `host` and its address, or as network "
                    + "and mask, with the name that `show running-config access-group` gives for "
                    + "{interface}. Since 8.3 it names the real address, not the translated one.",
            ], cost: "The line opens the service to everyone its source names.")
    }

    private var knowTheFlags: Remedy {
        Remedy(
            "Find out the TCP flags first",
            [
                "106023 does not tell them, and 106100 may say permitted of a packet that is then "
                    + "denied as having no connection. `capture dropped type asp-drop all` and "
                    + "`show capture dropped | include {client}` tell them."
            ])
    }

    private var spoofing: Remedy {
        Remedy(
            "Find out why this source comes in here",
            [
                "`show route` for {client}: `ip verify reverse-path interface {interface}` refuses "
                    + "a source that is routed by another interface.",
                "If it belongs there, add the route: `route {interface} <network> <mask> "
                    + "<gateway>`. Otherwise leave it: the source is forged or leaks.",
            ])
    }

    private var limits: Remedy {
        Remedy(
            "Find the limit, and who fills it",
            [
                "`show running-config all policy-map | include conn-max|embryonic` shows the "
                    + "limits, `show conn count` and `show resource usage` the use.",
                "`show local-host | include host|count` shows which host holds most. Mend that "
                    + "host before raising anything.",
            ], cost: "Higher limits let one host take more of the memory that all share.")
    }
}
