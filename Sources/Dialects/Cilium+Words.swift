// Cilium's names for fields and for why a packet was dropped.

import Bytes
import Facts

extension Cilium {
    static let keys = KeyTable(
        both([
            ("time", .date), ("node_name", .node), ("verdict", .action),
            ("drop_reason_desc", .reason), ("IP.source", .source),
            ("IP.destination", .destination), ("IP.source_xlated", .natSource),
            ("l4.TCP.source_port", .sourcePort), ("l4.TCP.destination_port", .destinationPort),
            ("l4.UDP.source_port", .own1), ("l4.UDP.destination_port", .own4),
            ("l4.ICMPv4.type", .icmpType), ("l4.ICMPv6.type", .own2), ("Type", .event),
            ("event_type.type", .own3), ("traffic_direction", .direction),
            ("interface.name", .inbound), ("ingress_denied_by.name", .rule),
            ("egress_denied_by.name", .rule), ("ingress_allowed_by.name", .rule),
            ("egress_allowed_by.name", .rule),
        ]))

    static let flagKeys = FlagKeys(
        both([
            ("l4.TCP.flags.SYN", .syn), ("l4.TCP.flags.ACK", .ack), ("l4.TCP.flags.FIN", .fin),
            ("l4.TCP.flags.RST", .rst), ("l4.TCP.flags.PSH", .psh), ("l4.TCP.flags.URG", .urg),
            ("l4.TCP.flags.ECE", .ece), ("l4.TCP.flags.CWR", .cwr),
        ]))

    /// A flow stands in an object `flow`, or alone as older versions had it.
    private static func both<Meaning>(_ rows: [(String, Meaning)]) -> [(String, Meaning)] {
        rows.map { ("flow." + $0.0, $0.1) } + rows
    }

    /// As Hubble writes them and as the monitor does.
    static let dropReasons = WordTable<Reason>([
        ("POLICY_DENIED", .match), ("POLICY_DENY", .match), ("Policy denied", .match),
        ("Policy denied by denylist", .match), ("AUTH_REQUIRED", .match),
        ("Authentication required", .match), ("INVALID_SOURCE_IP", .antiSpoofing),
        ("Invalid source ip", .antiSpoofing), ("INVALID_SOURCE_MAC", .antiSpoofing),
        ("Invalid source mac", .antiSpoofing), ("CT_MAP_INSERTION_FAILED", .tableFull),
        ("CT: Map insertion failed", .tableFull),
        ("CT_TRUNCATED_OR_INVALID_HEADER", .truncated),
        ("CT: Truncated or invalid header", .truncated),
        ("CT_MISSING_TCP_ACK_FLAG", .invalidFlags), ("CT: Missing TCP ACK flag", .invalidFlags),
        ("NO_MAPPING_FOR_NAT_MASQUERADE", .mapFailed),
        ("No mapping for NAT masquerade", .mapFailed), ("FIB_LOOKUP_FAILED", .unknown),
        ("FRAGMENTATION_NEEDED", .fragment),
        ("FIRST_LOGICAL_DATAGRAM_FRAGMENT_NOT_FOUND", .fragment),
        ("Fragmentation needed", .fragment), ("DROP_RATE_LIMITED", .rateLimit),
        ("INVALID_PACKET_DROPPED", .malformed), ("Invalid packet", .malformed),
    ])

    static let steps = [
        "`hubble observe --output json --follow > cilium.log`, or only what was dropped: `hubble observe "
            + "--verdict DROPPED --output json`. The forwarded packets tell how the connection went "
            + "before: take both.",
        "For all nodes and for later: set `hubble.export.static.enabled=true` in the Helm values; the file "
            + "is /var/run/cilium/hubble/events.log on each node.",
        "Without Hubble, on the node: `kubectl -n kube-system exec ds/cilium -- cilium-dbg monitor --type "
            + "drop --type trace --type policy-verdict`.",
        "The TCP flags of forwarded packets are told for those with SYN, FIN or RST; `monitorAggregation: "
            + "none` tells the others too.",
    ]

    static let bounds = [
        "Cilium takes up connections in their middle: a packet without a state is refused by policy, and "
            + "no reason says that it had none.",
        "There are no sequence numbers, windows or TTLs.",
        "A forwarded packet may be told of at several places on its way.",
        "The verdict of a policy that denies is a note: the drop of the same packet stands beside it.",
        "The monitor's lines have no time.",
    ]
}
