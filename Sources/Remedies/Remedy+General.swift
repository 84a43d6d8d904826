// What to do on a firewall of which nothing exact is known here: the causes' own remedies, with the
// product's name, and said to be unconfirmed where a setting has to be looked for.
//
// Read Remedy+Common.swift first. A platform that knows better for some causes takes the rest here.

import Causes

extension Remedy {
    /// Every cause has an answer, whatever the product.
    static func general(
        _ cause: CauseID, _ variant: Variant?, on product: String
    ) -> [Remedy] {
        switch cause {
        case .lateClose: [.leaveLateClose, discard(variant, on: product)]
        case .idleTimeout: [.keepalive, longerTimer(variant, on: product)]
        case .asymmetricRouting:
            variant == "multi-wan"
                ? [.mendMultiWAN, nothingKnown("asymmetric routing", on: product)]
                : [.mend(variant), nothingKnown("asymmetric routing", on: product)]
        case .clusterDelivery: [.confineCluster]
        case .notTCP: [stateless(on: product)]
        case .scan: [.leaveScan]
        case .overloadedHost: [.relieveHost]
        case .spoofedFlags: [.findForger]
        case .outOfWindow: [.findRewriter]
        case .portReuse: [.spreadPorts, endConnection(on: product)]
        case .stateLoss: [findLoss(on: product)]
        case .backscatter: [.leaveBackscatter]
        case .packetAnomaly: anomaly(variant, on: product)
        case .policy: policy(variant, on: product)
        case .unexplained:
            [Remedy("Collect what would decide it", collectGeneral(on: product))]
        }
    }

    static func collectGeneral(on product: String) -> [String] {
        [
            "Log the openings: turn on logging in the rule of \(product) that allows {server} port "
                + "{port}.",
            "List its connections (sessions) while it happens, and look for {client}: none for a "
                + "stray is the common case.",
            "Capture on both interfaces at once, as `stray dialects capture` tells for most "
                + "products. The direction that is missing shows the way around.",
            "Fetch the log of the other node of a pair, and the system log for restarts, failovers "
                + "and new policies at that time.",
        ]
    }

    /// Said in full, so that nobody takes silence for "there is no such setting".
    private static func nothingKnown(_ about: String, on product: String) -> Remedy {
        Remedy(
            "If the network cannot be mended: ask the maker",
            [
                "Look in the documentation of \(product) for a setting about \(about), about "
                    + "packets without a session, or about TCP state; take one that holds for two "
                    + "networks rather than for all.",
                "Before it is set, write down what the page says is no longer checked.",
            ], unconfirmed: "nothing is known here about such a setting of \(product).")
    }

    private static func discard(_ variant: Variant?, on product: String) -> Remedy {
        let flags =
            switch variant {
            case "fin": "FIN,ACK"
            case "rst": "RST"
            case "last-ack": "ACK alone"
            default: "FIN,ACK or RST"
            }
        return Remedy(
            "Leave them out where the log is received",
            [
                "At the log's receiver, discard the lines that match all of it: refused, between "
                    + "{client} and {server}, and with the flags \(flags). Count what is "
                    + "discarded.",
                "Where \(product) writes no flags, discard nothing: late closes cannot be told "
                    + "from other strays there.",
            ], cost: "Scans by the same flags between these two are not stored either.",
            check: [silent], undo: ["Take the rule out of the receiver."],
            unconfirmed: "no way is known here for \(product) itself to leave out packets by "
                + "their flags.")
    }

    private static func longerTimer(_ variant: Variant?, on product: String) -> Remedy {
        let timer = variant == "half-closed" ? "half-closed connections" : "idle TCP connections"
        return Remedy(
            "Lengthen the timer of this one service",
            [
                "Look in \(product) for the timeout of \(timer) in the rule or service of {server} "
                    + "port {port}, and set it above the longest silence that was seen.",
                "Only where there is none: the same among the settings that hold for all.",
            ], cost: "Connections whose ends vanished stay in its memory that much longer.",
            check: [gone], undo: ["Set the old value again: write it down before."],
            unconfirmed: "where \(product) keeps this setting is not known here.")
    }

    private static func stateless(on product: String) -> Remedy {
        Remedy(
            "Pass this traffic without a state, between these two only",
            [
                "Look in \(product) for rules that keep no state, or a bypass of inspection: from "
                    + "{client} to {server} port {port}, and its mirror from {server} port {port} "
                    + "to {client}.",
                "Both directions are needed: without a state, answers are recognised by nothing.",
            ],
            cost: "Every packet between these two on that port passes, whoever sent it.",
            check: [gone], undo: ["Delete both rules."],
            unconfirmed: "whether \(product) has such rules is not known here.")
    }

    private static func endConnection(on product: String) -> Remedy {
        Remedy(
            "Remove the connection that stands in the way",
            [
                "List the connections of \(product) between {client} and {server} port {port}, and "
                    + "end the old one alone."
            ], cost: "Whoever still uses that connection is cut off.",
            check: ["A new connection from {client} to {server} port {port} opens at once.", gone],
            undo: ["None is needed: the next connection makes a new entry."],
            unconfirmed: "how \(product) ends one connection is not known here.")
    }

    private static func findLoss(on product: String) -> Remedy {
        Remedy(
            "Find what removed the states, and keep it from doing so",
            [
                "Compare the time with the system log of \(product): a restart, an update, a new "
                    + "policy, a failover, a line that failed.",
                "A pair: see whether it copies its sessions to the other node, and whether the "
                    + "line between them was undisturbed.",
                "A full table: compare the number of sessions with its limit at that time.",
            ], check: [gone])
    }

    private static func anomaly(_ variant: Variant?, on product: String) -> [Remedy] {
        switch variant {
        case "ip-options":
            [
                Remedy(
                    "Leave IP options refused unless someone needs them",
                    [
                        "IGMP and other multicast control carry an option by design: decide "
                            + "whether anyone behind {interface} needs it.",
                        "If so, look in \(product) for a setting about IP options, and allow them "
                            + "for that traffic alone.",
                    ], cost: "That traffic may carry any IP option.", check: [gone],
                    undo: ["Refuse them again."],
                    unconfirmed: "where \(product) keeps this setting is not known here.")
            ]
        case "fragment": [.findFragmentation]
        case "normalize": [.findForger]
        default: [.findDamage]
        }
    }

    /// The two steps of every rule that lets something through.
    private static func policy(_ variant: Variant?, on product: String) -> [Remedy] {
        switch variant {
        case "anti-spoofing":
            [
                Remedy(
                    "Find out why this source comes in here",
                    [
                        "\(product) expects {client} on another interface than {interface}, or "
                            + "nowhere: compare its routes and its address of {interface}.",
                        "If {client} belongs there, add the missing route. Otherwise leave it: the "
                            + "source is forged or leaks.",
                    ], check: [gone], undo: ["Delete the route."])
            ]
        case "limit":
            [
                Remedy(
                    "Find the limit, and who fills it",
                    [
                        "See which host holds most connections, and mend that host first.",
                        "Look in the rule and in the flood protection of \(product) for the limit "
                            + "that the entry names.",
                    ], cost: "Higher limits let one host take more of what all share.",
                    check: [gone], undo: ["Set the old limit again."])
            ]
        default: [allow(on: product)]
        }
    }

    private static func allow(on product: String) -> Remedy {
        Remedy(
            "Allow it, if it is wanted",
            [
                "Decide whether {client} should reach {server} port {port} at all: this is the "
                    + "rules' own decision and not a fault.",
                "If the log names no flags, see first that it was a SYN: a packet of a lost "
                    + "connection needs no rule.",
                "If so, add a rule to \(product) above the one that refuses it: from {client} to "
                    + "{server} port {port}, allow.",
            ], cost: "The rule opens the service to everyone its source names.",
            check: ["{client} reaches {server} port {port}, and a host beside {client} does not."],
            undo: ["Delete the rule."])
    }
}

/// A product whose settings are not known here: the general remedies, with its name.
public struct Product: Platform {
    public let id: String
    public let name: String

    public init(id: String, name: String) {
        self.id = id
        self.name = name
    }

    public func remedies(for cause: CauseID, variant: Variant?) -> [Remedy] {
        Remedy.general(cause, variant, on: name)
    }

    public var collect: [String] { Remedy.collectGeneral(on: name) }
}
