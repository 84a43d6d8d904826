// What to do in Azure, as commands of its command line. Read Remedy+Common.swift first.
//
// Source: Azure Load Balancer, "TCP reset and idle timeout"; virtual network property
// flowTimeoutInMinutes (4 to 30).

import Causes

public struct Azure: Platform {
    public init() {}
    public let id = "azure"
    public let name = "Azure"

    public func remedies(for cause: CauseID, variant: Variant?) -> [Remedy] {
        let general = Remedy.general(cause, variant, on: name)
        return switch cause {
        case .idleTimeout: [.keepalive, balancerTimer, networkTimer]
        case .policy where variant != "limit" && variant != "anti-spoofing": [allow]
        case .unexplained: [Remedy("Collect what would decide it", collect)]
        default: general
        }
    }

    public let collect = [
        "Log the flows: Network Watcher > Flow logs, version 2, for the virtual network.",
        "Ask which rule decides: Network Watcher > IP flow verify, and Next hop for {client} and "
            + "for {server}.",
        "Capture on both interfaces at once: Network Watcher > Packet capture on both machines. "
            + "The direction that is missing shows the way around.",
        "Look for two ways: user-defined routes on one subnet alone, a balancer on one side only, "
            + "ExpressRoute beside a VPN.",
    ]
}

extension Azure {
    private var balancerTimer: Remedy {
        let rule = "az network lb rule update --resource-group <group> --lb-name <lb> --name <rule>"
        return Remedy(
            "Lengthen the timer of the load balancer, and let it tell the ends",
            [
                "`\(rule) --idle-timeout 30 --enable-tcp-reset true`, in minutes; 4 unless "
                    + "changed.",
                "The ends are then reset when the time is over, instead of finding out later.",
            ], cost: "Idle flows hold their ports longer.",
            check: [
                "`az network lb rule show --resource-group <group> --lb-name <lb> --name <rule>`",
                Remedy.gone,
            ], undo: ["`\(rule) --idle-timeout 4 --enable-tcp-reset false`"])
    }

    private var networkTimer: Remedy {
        let command = "az network vnet update --resource-group <group> --name <name>"
        return Remedy(
            "Lengthen the flow timeout of the virtual network",
            ["`\(command) --set flowTimeoutInMinutes=30`, from 4 to 30."],
            cost: "Flows whose ends vanished are held longer, for the whole network.",
            check: [
                "`az network vnet show --resource-group <group> --name <name> --query "
                    + "flowTimeoutInMinutes`", Remedy.gone,
            ], undo: ["`\(command) --set flowTimeoutInMinutes=4`"],
            unconfirmed: "the property and its bounds are confirmed; the command was run nowhere.")
    }

    private var allow: Remedy {
        let rule = "--resource-group <group> --nsg-name <nsg> --name stray"
        return Remedy(
            "Allow it, if it is wanted",
            [
                "Decide whether {client} should reach {server} port {port} at all: this is the "
                    + "group's own decision and not a fault.",
                "`az network nsg rule create \(rule) --priority <number> --direction Inbound "
                    + "--access Allow --protocol Tcp --source-address-prefixes {client} "
                    + "--destination-address-prefixes {server} --destination-port-ranges {port}`, "
                    + "with a number below that of the rule that refuses it.",
            ], cost: "The rule opens the service to everyone its source names.",
            check: ["Network Watcher > IP flow verify: allowed by the rule stray."],
            undo: ["`az network nsg rule delete \(rule)`"])
    }
}
