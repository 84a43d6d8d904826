// What to do in Amazon's clouds, as commands of the AWS command line. Read Remedy+Common.swift
// first.
//
// Source: Amazon EC2 user guide, "Security group connection tracking"; Elastic Load Balancing,
// listener attribute tcp.idle_timeout.seconds; transit gateway appliance mode. A security group
// remembers connections, a network ACL does not: there a refused answer is a matter of its rules.

import Causes

public struct AWS: Platform {
    public init() {}
    public let id = "aws"
    public let name = "AWS"

    public func remedies(for cause: CauseID, variant: Variant?) -> [Remedy] {
        let general = Remedy.general(cause, variant, on: name)
        return switch cause {
        case .idleTimeout:
            variant == "half-closed" ? general : [.keepalive, longerListener, longerTracking]
        case .asymmetricRouting: [.mend(variant), applianceMode, ephemeral]
        case .notTCP: [ephemeral]
        case .policy where variant != "limit" && variant != "anti-spoofing": [ephemeral, allow]
        case .policy where variant == "limit": [allowance]
        case .stateLoss: general + [allowance]
        case .unexplained: [Remedy("Collect what would decide it", collect)]
        default: general
        }
    }

    public let collect = [
        "Log with flags: a flow log with the fields tcp-flags, flow-direction, pkt-srcaddr and "
            + "pkt-dstaddr, filter All, aggregation one minute; the default format has none of "
            + "them.",
        "Ask whether the way is open in both directions: VPC > Reachability Analyzer, from the "
            + "interface of {client} to that of {server} port {port}, and back.",
        "Capture on both interfaces at once: `tcpdump` in both instances, or VPC > Traffic "
            + "Mirroring of both interfaces. The direction that is missing shows the way around.",
        "Count what the tracking refused: `ethtool -S <interface> | grep conntrack` in the "
            + "instance; conntrack_allowance_exceeded must not rise.",
    ]
}

extension AWS {
    private var longerListener: Remedy {
        Remedy(
            "Lengthen the timer of the network load balancer, if one is on the way",
            [
                "`aws elbv2 modify-listener-attributes --listener-arn <arn> --attributes "
                    + "Key=tcp.idle_timeout.seconds,Value=3600`, from 60 to 6000; 350 unless "
                    + "changed, and fixed for TLS listeners.",
                "A NAT gateway forgets after 350 seconds too, and has no setting: there only a "
                    + "keepalive helps.",
            ], cost: "Flows whose ends vanished stay in the balancer longer.",
            check: ["`aws elbv2 describe-listener-attributes --listener-arn <arn>`", Remedy.gone],
            undo: [
                "`aws elbv2 modify-listener-attributes --listener-arn <arn> --attributes "
                    + "Key=tcp.idle_timeout.seconds,Value=350`"
            ], unconfirmed: "the fixed time of a NAT gateway is from memory.")
    }

    private var longerTracking: Remedy {
        let command =
            "aws ec2 modify-network-interface-attribute --network-interface-id <eni> "
            + "--connection-tracking-specification TcpEstablishedTimeout="
        return Remedy(
            "Set the security group's timer back, if someone shortened it",
            [
                "`aws ec2 describe-network-interfaces --network-interface-ids <eni> --query "
                    + "'NetworkInterfaces[].ConnectionTrackingConfiguration'` shows it; empty is "
                    + "432000 seconds, the longest there is.",
                "`\(command)432000`",
            ],
            cost: "Connections whose ends vanished count against the instance's allowance longer.",
            check: ["The first command shows 432000.", Remedy.gone],
            undo: ["`\(command)<seconds>`, with the number of before."])
    }

    private var applianceMode: Remedy {
        let command =
            "aws ec2 modify-transit-gateway-vpc-attachment --transit-gateway-attachment-id <id> "
            + "--options ApplianceModeSupport="
        return Remedy(
            "Behind a transit gateway: keep both directions in one zone",
            [
                "`\(command)enable`, for the attachment of the VPC in which the firewalls stand. "
                    + "Without it an answer may be led through the other zone's firewall."
            ], cost: "Traffic between zones is paid for.",
            check: ["Both directions in the flow log of one firewall's interface.", Remedy.gone],
            undo: ["`\(command)disable`"])
    }

    private var ephemeral: Remedy {
        Remedy(
            "Let a network ACL pass both directions",
            [
                "A network ACL knows no connections: beside the rule for port {port} it needs one "
                    + "for the answers, TCP, ports 1024-65535, in the other direction.",
                "`aws ec2 create-network-acl-entry --network-acl-id <acl> --egress --rule-number "
                    + "90 --protocol tcp --port-range From=1024,To=65535 --cidr-block {client} "
                    + "--rule-action allow`, where answers of {server} are refused; without "
                    + "--egress where those to a client are.",
            ],
            cost:
                "Untracked: any TCP packet to those ports passes the ACL; the security group still "
                + "looks at it.",
            check: ["REJECT for these ports disappears from the flow log.", Remedy.gone],
            undo: [
                "`aws ec2 delete-network-acl-entry --network-acl-id <acl> --egress --rule-number "
                    + "90`"
            ])
    }

    private var allow: Remedy {
        let rule =
            "--group-id <group> --protocol tcp --port {port} --cidr {client}"
        return Remedy(
            "Allow it, if it is wanted",
            [
                "Decide whether {client} should reach {server} port {port} at all: this is the "
                    + "group's own decision and not a fault.",
                "`aws ec2 authorize-security-group-ingress \(rule)`, {client} as a network (an "
                    + "address with /32).",
            ], cost: "The rule opens the service to everyone its network names.",
            check: ["ACCEPT in the flow log, and {client} reaches {server} port {port}."],
            undo: ["`aws ec2 revoke-security-group-ingress \(rule)`"])
    }

    private var allowance: Remedy {
        Remedy(
            "See whether the instance tracks more connections than it may",
            [
                "`ethtool -S <interface> | grep conntrack` in the instance: where "
                    + "conntrack_allowance_exceeded rises, new connections are dropped.",
                "A shorter time for idle ones makes room: `aws ec2 "
                    + "modify-network-interface-attribute --network-interface-id <eni> "
                    + "--connection-tracking-specification TcpEstablishedTimeout=3600`; or a "
                    + "larger instance.",
            ], cost: "A shorter time cuts connections that are idle longer.",
            check: ["conntrack_allowance_exceeded stands still.", Remedy.gone],
            undo: [
                "The same with TcpEstablishedTimeout=432000, or with the number of before."
            ])
    }
}
