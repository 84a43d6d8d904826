// What Amazon calls the fields of a record, and what `stray dialects aws-flow` shows.

extension AWSFlow {
    /// Version 2 and what the later versions put behind it, as the console's full format has it.
    static let usualTable = ColumnTable(
        separator: 0x20,
        [
            "version", "account-id", "interface-id", "srcaddr", "dstaddr", "srcport", "dstport",
            "protocol", "packets", "bytes", "start", "end", "action", "log-status", "vpc-id",
            "subnet-id", "instance-id", "tcp-flags", "type", "pkt-srcaddr", "pkt-dstaddr", "region",
            "az-id", "sublocation-type", "sublocation-id", "pkt-src-aws-service",
            "pkt-dst-aws-service", "flow-direction", "traffic-path",
        ], keys)

    static let keys = KeyTable([
        ("srcaddr", .source), ("dstaddr", .destination), ("srcport", .sourcePort),
        ("dstport", .destinationPort), ("protocol", .ipProtocol), ("packets", .packets),
        ("bytes", .bytes), ("start", .start), ("end", .end), ("start_time", .start),
        ("end_time", .end), ("action", .action), ("interface-id", .inbound),
        ("interface_id", .inbound), ("flow-direction", .direction), ("flow_direction", .direction),
        ("tcp-flags", .own1), ("tcp_flags", .own1), ("log-status", .own2), ("log_status", .own2),
        ("pkt-srcaddr", .natSource), ("pkt_srcaddr", .natSource), ("pkt-dstaddr", .natDestination),
        ("pkt_dstaddr", .natDestination), ("reject-reason", .reason), ("reject_reason", .reason),
    ])

    /// The names that a header line may begin with.
    static let names = WordTable<Bool>([
        ("version", true), ("account-id", true), ("account_id", true), ("interface-id", true),
        ("interface_id", true), ("srcaddr", true), ("dstaddr", true), ("srcport", true),
        ("dstport", true), ("protocol", true), ("packets", true), ("bytes", true),
        ("start", true), ("end", true), ("action", true), ("log-status", true),
        ("log_status", true), ("vpc-id", true), ("vpc_id", true), ("subnet-id", true),
        ("subnet_id", true), ("instance-id", true), ("instance_id", true), ("tcp-flags", true),
        ("tcp_flags", true), ("type", true), ("pkt-srcaddr", true), ("pkt_srcaddr", true),
        ("pkt-dstaddr", true), ("pkt_dstaddr", true), ("region", true), ("az-id", true),
        ("flow-direction", true), ("traffic-path", true),
    ])

    static let steps = [
        "VPC console > Your VPCs (or a subnet, or a network interface) > Flow logs > Create flow log: "
            + "filter All, maximum aggregation interval 1 minute.",
        "Choose a custom format and take at least version, interface-id, srcaddr, dstaddr, srcport, "
            + "dstport, protocol, packets, bytes, start, end, action, tcp-flags, flow-direction and "
            + "log-status: the default format has no flags and no direction.",
        "From S3: `aws s3 cp --recursive s3://BUCKET/AWSLogs/ACCOUNT/vpcflowlogs/ .`; the .gz files are "
            + "read as they are, and their first line tells the order of the columns.",
        "From CloudWatch Logs: `aws logs filter-log-events --log-group-name GROUP --query "
            + "'events[].message' --output text | tr '\\t' '\\n'`. There is no header there: a custom "
            + "format needs one, put before the rows as the first line.",
    ]

    static let bounds = [
        "A record is the sum of a flow's packets over 1 or 10 minutes; its time is that of the first of "
            + "them, and its flags are those of all together. They are taken for a packet's flags only "
            + "where the record is of one packet with SYN.",
        "ACK is recorded only beside SYN: which packets of a refused flow had no state cannot be told.",
        "REJECT does not say who refused, a security group or a network ACL, nor by which rule. "
            + "Security groups remember connections, network ACLs do not: there a refused reply is policy.",
        "A record without custom fields (version 2) has no flags at all.",
        "NODATA and SKIPDATA are no packets; SKIPDATA means that records were lost.",
        "There is no sequence number, no TTL and no rule.",
    ]
}
