// What to do on MikroTik RouterOS, as commands of its terminal. Read Remedy+Common.swift first.
//
// Source: RouterOS documentation, "Connection tracking", "Filter", "Raw". Rules carry a comment
// here, so that they can be found and removed again; `place-before=0` puts them first.

import Causes

public struct MikroTik: Platform {
    public init() {}
    public let id = "mikrotik"
    public let name = "MikroTik"

    public func remedies(for cause: CauseID, variant: Variant?) -> [Remedy] {
        switch cause {
        case .lateClose: [.leaveLateClose, quiet(variant)]
        case .idleTimeout: [.keepalive, longerTimer(variant)]
        case .asymmetricRouting: [.mend(variant), untracked(port: false)]
        case .clusterDelivery: [.confineCluster]
        case .notTCP: [untracked(port: true)]
        case .scan: [.leaveScan, quietSender]
        case .spoofedFlags: [.findForger, quietSender]
        case .portReuse: [.spreadPorts, removeEntry]
        case .stateLoss: [keepEntries, pickUp]
        case .backscatter: [.leaveBackscatter, quietBackscatter]
        case .policy where variant != "anti-spoofing" && variant != "limit": [allow]
        case .unexplained: [Remedy("Collect what would decide it", collect)]
        default: Remedy.general(cause, variant, on: name)
        }
    }

    public let collect = [
        "Log the openings: `/ip firewall filter add chain=forward connection-state=new "
            + "protocol=tcp dst-port={port} action=log log-prefix=accept place-before=0 "
            + "comment=stray-open`; afterwards `/ip firewall filter remove [find "
            + "comment=stray-open]`.",
        "List what is known while it happens: `/ip firewall connection print detail where "
            + "src-address~\"{client}\"`. None for a stray is the common case.",
        "Capture on both interfaces at once: `/tool sniffer set filter-ip-address={client} "
            + "file-name=stray.pcap`, `/tool sniffer start`, later `/tool sniffer stop`. The "
            + "direction that is missing shows the way around.",
        "Fetch the log of the other router of a pair, and `/log print where topics~\"system\"` for "
            + "restarts and changes at that time.",
    ]
}

extension MikroTik {
    private static let removeRules =
        "`/ip firewall filter remove [find comment=stray]` and `/ip firewall raw remove [find "
        + "comment=stray]`."
    private static let counters =
        "`/ip firewall filter print stats where comment=stray`: the packets rise."

    private func drop(_ match: String) -> String {
        "`/ip firewall filter add chain=forward protocol=tcp \(match) action=drop comment=stray "
            + "place-before=0`"
    }

    // MARK: Silence, last of all

    private func quiet(_ variant: Variant?) -> Remedy {
        let ends = "src-address={client} dst-address={server}"
        let fin = drop("connection-state=invalid tcp-flags=fin,ack,!syn,!rst \(ends)")
        let rst = drop("connection-state=invalid tcp-flags=rst,!syn,!fin \(ends)")
        let ack = drop("connection-state=new tcp-flags=ack,!syn,!fin,!rst \(ends)")
        let rules =
            switch variant {
            case "fin": [fin]
            case "rst": [rst]
            case "last-ack": [ack]
            default: [fin, rst]
            }
        return Remedy(
            "Drop these, and only these, before the rule that logs",
            rules + [
                "Turn src-address and dst-address around where the blocked packets come from "
                    + "{server}. For packets to the router itself the chain is input."
            ],
            cost: variant == "last-ack"
                ? "ACK scans, idle timeouts and lost entries between these two are no longer "
                    + "logged."
                : "Scans by the same flags between these two are no longer logged.",
            check: [Self.counters, Remedy.silent], undo: [Self.removeRules])
    }

    private var quietSender: Remedy {
        Remedy(
            "Stop logging one sender that you have understood",
            [drop("connection-state=invalid src-address={client}")],
            cost: "What this sender sends without a connection is no longer logged.",
            check: [Self.counters, Remedy.silent], undo: [Self.removeRules])
    }

    private var quietBackscatter: Remedy {
        Remedy(
            "Drop SYN,ACKs that answer nothing, before the rule that logs",
            [
                drop("connection-state=invalid tcp-flags=syn,ack in-interface={interface}"),
                "For packets to the router itself: the same with chain=input.",
            ],
            cost: "Asymmetric routing shows itself by the same packets: outside interfaces only.",
            check: [Self.counters, Remedy.silent], undo: [Self.removeRules])
    }

    // MARK: Timers and entries

    private func longerTimer(_ variant: Variant?) -> Remedy {
        let half = variant == "half-closed"
        let set = half ? "tcp-fin-wait-timeout=1h tcp-close-wait-timeout=1h" : longEstablished
        let usual =
            half
            ? "tcp-fin-wait-timeout=10s tcp-close-wait-timeout=10s" : "tcp-established-timeout=1d"
        return Remedy(
            half
                ? "Lengthen the time of half-closed connections"
                : "Lengthen the timer of open connections",
            [
                "`/ip firewall connection tracking set \(set)`. The default is \(usual).",
                "It holds for all connections: RouterOS has no such timer for one service.",
            ], cost: "Connections whose ends vanished stay in the table that much longer.",
            check: [
                "`/ip firewall connection print detail where dst-address~\"{server}\"`: timeout "
                    + "counts down from the new time.", Remedy.gone,
            ], undo: ["`/ip firewall connection tracking set \(usual)`"])
    }

    private var longEstablished: String { "tcp-established-timeout=2d" }

    private var removeEntry: Remedy {
        Remedy(
            "Remove the entry that stands in the way",
            [
                "`/ip firewall connection remove [find src-address~\"{client}\" "
                    + "dst-address~\"{server}:{port}\"]`"
            ], cost: "It ends every connection from {client} to {server} port {port}.",
            check: ["A new connection from {client} to {server} port {port} opens at once."],
            undo: ["A removed entry cannot be had back: the next connection makes a new one."])
    }

    private var keepEntries: Remedy {
        Remedy(
            "Find what removed the entries, and keep it from doing so",
            [
                "`/log print where topics~\"system\"`: a restart, an upgrade, a line that failed "
                    + "at that time. A rule masquerade forgets its connections when the address of "
                    + "its interface changes: with a fixed address use src-nat instead.",
                "A full table: compare total-entries with max-entries in `/ip firewall connection "
                    + "tracking print`.",
                "A pair by VRRP copies no entries unless sync-connection-tracking is on.",
            ], check: [Remedy.gone], undo: ["Set each option back to what it was."],
            unconfirmed: "the copying of entries by VRRP was tried nowhere.")
    }

    private var pickUp: Remedy {
        Remedy(
            "Let connections that were lost be picked up again",
            [
                "`/ip firewall connection tracking set loose-tcp-tracking=yes`, as it is unless "
                    + "someone changed it."
            ], cost: "A lone ACK makes an entry, so that ACK scans reach the accepted ports.",
            check: ["`/ip firewall connection tracking print` shows it.", Remedy.gone],
            undo: ["`/ip firewall connection tracking set loose-tcp-tracking=no`"])
    }

    // MARK: Passing

    private func untracked(port: Bool) -> Remedy {
        let there = "protocol=tcp src-address={client} dst-address={server}"
        let back = "protocol=tcp src-address={server} dst-address={client}"
        let ways =
            port ? [there + " dst-port={port}", back + " src-port={port}"] : [there, back]
        let raw = ways.map {
            "`/ip firewall raw add chain=prerouting \($0) action=notrack comment=stray`"
        }
        let accept = ways.map {
            "`/ip firewall filter add chain=forward connection-state=untracked \($0) "
                + "action=accept comment=stray place-before=0`"
        }
        return Remedy(
            port
                ? "Pass this traffic untracked, between these two only"
                : "Last of all: pass these two networks untracked, both ways",
            raw + accept,
            cost: "Every such packet between these two passes in both directions, whoever sent it; "
                + "there is no NAT and no FastTrack for it.",
            check: [
                "`/ip firewall raw print stats where comment=stray`: packets on both rules.",
                Remedy.gone,
            ], undo: [Self.removeRules])
    }

    private var allow: Remedy {
        Remedy(
            "Allow it, if it is wanted",
            [
                "Decide whether {client} should reach {server} port {port} at all: this is the "
                    + "rules' own decision and not a fault.",
                "`/ip firewall filter add chain=forward protocol=tcp src-address={client} "
                    + "dst-address={server} dst-port={port} connection-state=new action=accept "
                    + "comment=stray place-before=0`; to the router itself with chain=input.",
            ], cost: "The rule opens the service to everyone its src-address names.",
            check: [Self.counters, "{client} reaches {server} port {port}."],
            undo: [Self.removeRules])
    }
}
