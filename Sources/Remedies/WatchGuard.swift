// What to do on WatchGuard Firebox, by Policy Manager or the web interface of Fireware. Read
// Remedy+Common.swift first.
//
// Source: Fireware help, "Define Firebox Global Settings".

import Causes

public struct WatchGuard: Platform {
    public init() {}
    public let id = "watchguard"
    public let name = "WatchGuard"

    public func remedies(for cause: CauseID, variant: Variant?) -> [Remedy] {
        let general = Remedy.general(cause, variant, on: name)
        return switch cause {
        case .idleTimeout: variant == "half-closed" ? general : [.keepalive, longerTimer]
        case .asymmetricRouting: [.mend(variant), noVerification]
        case .stateLoss: general + [noVerification]
        case .unexplained: [Remedy("Collect what would decide it", collect)]
        default: general
        }
    }

    public let collect = [
        "Log the openings: the policy of {server} port {port}, Properties > Logging: Send a log "
            + "message for allowed packets, and Send a log message for reports for the ends.",
        "List what is known while it happens: Firebox System Manager > Traffic Monitor and the "
            + "connection list (Front Panel, HostWatch), filter for {client}.",
        "Capture on both interfaces at once: System Status > Diagnostics > Network, TCP Dump with "
            + "`-i {interface} host {client}`, in two windows. The direction that is missing shows "
            + "the way around.",
        "Fetch the log of the other member of a FireCluster, and look for restarts and failovers.",
    ]
}

extension WatchGuard {
    private var longerTimer: Remedy {
        Remedy(
            "Lengthen the timer of this one service",
            [
                "Look in the policy of {server} port {port}, Properties > Advanced, for a custom "
                    + "idle timeout, and set it above the longest silence.",
                "For every connection: Setup > Global Settings > Networking > TCP connection idle "
                    + "timeout. Save to the Firebox.",
            ], cost: "Connections whose ends vanished stay in the table that much longer.",
            check: ["The connection list still shows {client} after the old time.", Remedy.gone],
            undo: ["Clear the custom timeout; set the global one back to what it was. Save."],
            unconfirmed:
                "the global setting is confirmed; the policy's, and that the default is one "
                + "hour, are from memory.")
    }

    private var noVerification: Remedy {
        Remedy(
            "Last of all: do not ask for a SYN",
            [
                "Setup > Global Settings > Networking: clear Enable TCP SYN packet and connection "
                    + "state verification. Save to the Firebox.",
                "It holds for all: look first whether the routes can be mended.",
            ],
            cost: "Any TCP packet that a policy allows begins a connection: the state is bypassed "
                + "everywhere, and ACK scans reach the allowed ports.",
            check: ["\"tcp syn checking failed\" is no longer written.", Remedy.gone],
            undo: ["Select it again. Save."],
            unconfirmed:
                "that the setting exists is confirmed; what else it leaves unchecked is not "
                + "known here.")
    }
}
