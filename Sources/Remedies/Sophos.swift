// What to do on Sophos Firewall (SFOS), as commands of its device console. Read Remedy+Common.swift
// first.
//
// Source: Sophos Firewall command line help, "advanced-firewall". Its engine is Linux's connection
// tracking.

import Causes

public struct Sophos: Platform {
    public init() {}
    public let id = "sophos"
    public let name = "Sophos Firewall"

    public func remedies(for cause: CauseID, variant: Variant?) -> [Remedy] {
        let general = Remedy.general(cause, variant, on: name)
        return switch cause {
        case .idleTimeout: variant == "half-closed" ? general : [.keepalive, longerTimer]
        case .asymmetricRouting: [.mend(variant), bypass]
        case .notTCP: [bypass]
        case .outOfWindow: [.findRewriter, noSequenceCheck]
        case .stateLoss: general + [pickUp]
        case .unexplained: [Remedy("Collect what would decide it", collect)]
        default: general
        }
    }

    public let collect = [
        "Log the openings: Rules and policies > Firewall rules, the rule of {server} port {port}: "
            + "Log firewall traffic.",
        "See what is dropped and why, in the device console: `drop-packet-capture 'host "
            + "{client}'`.",
        "Capture on both interfaces at once: `tcpdump 'host {client} and host {server}'` in the "
            + "device console, or Diagnostics > Packet capture. The direction that is missing "
            + "shows the way around.",
        "List what is known: Diagnostics > Connection list, filter for {client}; and fetch the log "
            + "of the other node of a pair.",
    ]
}

extension Sophos {
    private var longerTimer: Remedy {
        Remedy(
            "Lengthen the timer of open connections",
            [
                "`show advanced-firewall` tells the present one; `set advanced-firewall "
                    + "tcp-est-idle-timeout 43200` sets it, from 2700 to 432000 seconds.",
                "It holds for all connections: no such timer for one service is known here.",
            ], cost: "Connections whose ends vanished stay in the table that much longer.",
            check: [
                "`show advanced-firewall`: TCP Connection Establishment Idle Timeout.", Remedy.gone,
            ],
            undo: [
                "`set advanced-firewall tcp-est-idle-timeout 10800`, or the number shown before."
            ],
            unconfirmed: "that the default is 10800 is from memory.")
    }

    private var bypass: Remedy {
        let command = "set advanced-firewall bypass-stateful-firewall-config"
        let there =
            "source_network {client} source_netmask <mask> dest_network {server} dest_netmask "
            + "<mask>"
        let back =
            "source_network {server} source_netmask <mask> dest_network {client} dest_netmask "
            + "<mask>"
        return Remedy(
            "Last of all: pass these two without a state, both ways",
            [
                "`\(command) add \(there)`", "`\(command) add \(back)`",
                "For single hosts: source_host and dest_host with the address, and no mask.",
            ],
            cost: "Between these two everything is bypassed: firewall rules, NAT, inspection and "
                + "the log.",
            check: [
                "`show advanced-firewall` lists both under the bypassed networks.", Remedy.gone,
            ],
            undo: ["`\(command) del \(there)`", "`\(command) del \(back)`"])
    }

    private var noSequenceCheck: Remedy {
        Remedy(
            "Stop checking sequence numbers",
            ["`set advanced-firewall tcp-seq-checking off`"],
            cost: "It is liberal with every connection: forged packets inside one pass.",
            check: ["`show advanced-firewall`: TCP Seq Checking off.", Remedy.gone],
            undo: ["`set advanced-firewall tcp-seq-checking on`"])
    }

    private var pickUp: Remedy {
        Remedy(
            "Let connections that were lost be picked up again",
            ["`set advanced-firewall midstream-connection-pickup on`"],
            cost: "It is loose with every connection: ACK scans reach the allowed ports.",
            check: ["`show advanced-firewall`: Midstream Connection Pickup on.", Remedy.gone],
            undo: ["`set advanced-firewall midstream-connection-pickup off`"])
    }
}
