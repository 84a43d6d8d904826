// What to do in Google Cloud, as gcloud commands. Read Remedy+Common.swift first.
//
// Source: Google Cloud, "VPC firewall rules" (a connection is tracked while a packet passes every
// ten minutes; there is no setting), Cloud NAT timeouts.

import Causes

public struct GoogleCloud: Platform {
    public init() {}
    public let id = "gcp"
    public let name = "Google Cloud"

    public func remedies(for cause: CauseID, variant: Variant?) -> [Remedy] {
        let general = Remedy.general(cause, variant, on: name)
        return switch cause {
        case .idleTimeout: [.keepalive, everyMinute, natTimer]
        case .policy where variant != "limit" && variant != "anti-spoofing": [allow]
        case .unexplained: [Remedy("Collect what would decide it", collect)]
        default: general
        }
    }

    public let collect = [
        "Log the openings: `gcloud compute firewall-rules update <rule> --enable-logging`, for the "
            + "rules that allow as well as those that deny.",
        "Ask whether the way is open: Network Intelligence > Connectivity Tests, from {client} to "
            + "{server} port {port}, and back.",
        "Capture on both interfaces at once: `tcpdump` in both machines, or Packet Mirroring of "
            + "both. The direction that is missing shows the way around.",
        "`gcloud compute routes list`: look for routes of the same network by two next hops.",
    ]
}

extension GoogleCloud {
    /// Nothing in the VPC's firewall can be lengthened, so the ends have to speak.
    private var everyMinute: Remedy {
        let set = "sysctl -w net.ipv4.tcp_keepalive_time"
        return Remedy(
            "Send keepalives well within ten minutes",
            [
                "The VPC's firewall forgets after ten minutes without a packet, and has no setting "
                    + "for it.",
                "On the Linux machine: `\(set)=60`, for programs that ask for keepalives; in "
                    + "/etc/sysctl.d it stays.",
            ], cost: "A packet each minute on every such connection.",
            check: ["`ss -tno` shows timer:(keepalive, below 60 seconds.", Remedy.gone],
            undo: ["`\(set)=7200`, the usual value."])
    }

    private var natTimer: Remedy {
        let command =
            "gcloud compute routers nats update <name> --router <router> --region <region> "
            + "--tcp-established-idle-timeout"
        return Remedy(
            "Lengthen the timer of Cloud NAT, if it is on the way",
            ["`\(command) 3600s`; 1200 seconds unless changed."],
            cost: "Ports of the translation are held longer: more addresses may be needed.",
            check: [
                "`gcloud compute routers nats describe <name> --router <router> --region <region>`",
                Remedy.gone,
            ], undo: ["`\(command) 1200s`"])
    }

    private var allow: Remedy {
        Remedy(
            "Allow it, if it is wanted",
            [
                "Decide whether {client} should reach {server} port {port} at all: this is the "
                    + "rules' own decision and not a fault.",
                "`gcloud compute firewall-rules create stray --network <network> --direction "
                    + "INGRESS --action allow --rules tcp:{port} --source-ranges {client}`",
            ], cost: "The rule opens the port of every machine of that network to its source.",
            check: ["{client} reaches {server} port {port}."],
            undo: ["`gcloud compute firewall-rules delete stray`"])
    }
}
