// What to do on SonicWall, by the menus of SonicOS. Read Remedy+Common.swift first.
//
// Source: SonicOS administration guides, access rules ("TCP Connection Inactivity Timeout") and
// Flood Protection, TCP Settings. What its two checks of TCP do exactly is not published.

import Causes

public struct SonicWall: Platform {
    public init() {}
    public let id = "sonicwall"
    public let name = "SonicWall"

    public func remedies(for cause: CauseID, variant: Variant?) -> [Remedy] {
        let general = Remedy.general(cause, variant, on: name)
        return switch cause {
        case .idleTimeout: variant == "half-closed" ? general : [.keepalive, longerTimer]
        case .asymmetricRouting: [.mend(variant), lessStrict]
        case .outOfWindow: [.findRewriter, lessStrict]
        case .unexplained: [Remedy("Collect what would decide it", collect)]
        default: general
        }
    }

    public let collect = [
        "Log the openings and ends: Device > Log > Settings > Network > Network Access: Connection "
            + "Opened (98) and Connection Closed (537), and Enable Logging on the access rule of "
            + "{server} port {port}.",
        "List what is known while it happens: Monitor > Tools & Monitors > Connections (older: "
            + "Investigate > Connections Log), filter for {client}.",
        "Capture on both interfaces at once: Monitor > Tools & Monitors > Packet Monitor, with "
            + "dropped packets; it gives each drop a code and a module. The direction that is "
            + "missing shows the way around.",
        "Fetch the log of the other unit of a pair, and look for restarts and failovers.",
    ]
}

extension SonicWall {
    private var longerTimer: Remedy {
        Remedy(
            "Lengthen the timer of this one service",
            [
                "Policy > Rules and Policies > Access Rules (older: Firewall > Access Rules), the "
                    + "rule that allows {server} port {port} > Advanced > TCP Connection "
                    + "Inactivity Timeout (minutes): above the longest silence, up to 999.",
                "Rules made later begin with Firewall Settings > Flood Protection > Default TCP "
                    + "Connection Timeout: 5 minutes in older manuals.",
            ], cost: "Connections whose ends vanished stay in the table that much longer.",
            check: [
                "The list of connections: the idle time of {client} passes the old limit.",
                Remedy.gone,
            ], undo: ["Set the old number of minutes in the rule."],
            unconfirmed: "the menu's path in SonicOS 7, and its default of 15 minutes.")
    }

    private var lessStrict: Remedy {
        Remedy(
            "Last of all: enforce less of TCP",
            [
                "Firewall Settings > Flood Protection > TCP Settings (newer: Network > Firewall > "
                    + "Flood Protection): clear Enforce strict TCP compliance, then, if that does "
                    + "not help, Enable TCP handshake enforcement."
            ],
            cost: "It is less strict for every connection: openings and headers are checked "
                + "less, and some checks are bypassed.",
            check: ["Packet Monitor no longer drops packets of {client}.", Remedy.gone],
            undo: ["Select both again."],
            unconfirmed: "both boxes exist; which packets each lets pass is not known here.")
    }
}
