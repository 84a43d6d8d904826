// What Check Point calls its fields, and what its words mean.
//
// Read first: Check Point's "Log Exporter" guide with its table of field names, and `KeyTable`.

import Facts

extension CheckPoint {
    static let keys = KeyTable([
        ("src", .source), ("dst", .destination), ("s_port", .sourcePort), ("spt", .sourcePort),
        ("srcPort", .sourcePort), ("service", .destinationPort), ("dpt", .destinationPort),
        ("dstPort", .destinationPort), ("proto", .ipProtocol), ("action", .action),
        ("act", .action), ("product", .product), ("ifname", .inbound), ("i/f_name", .inbound),
        ("deviceInboundInterface", .inbound), ("deviceOutboundInterface", .outbound),
        ("ifdir", .direction), ("i/f_dir", .direction), ("deviceDirection", .own2),
        ("rule", .rule), ("rule_name", .ruleName), ("origin", .node), ("orig", .node),
        ("tcp_packet_out_of_state", .reason), ("TCP packet out of state", .reason),
        ("message_info", .message), ("tcp_flags", .flags), ("time", .epoch), ("rt", .epoch),
        ("devTime", .epoch), ("date", .date), ("xlatesrc", .natSource),
        ("sourceTranslatedAddress", .natSource), ("xlatesport", .natSourcePort),
        ("sourceTranslatedPort", .natSourcePort), ("xlatedst", .natDestination),
        ("destinationTranslatedAddress", .natDestination), ("xlatedport", .natDestinationPort),
        ("destinationTranslatedPort", .natDestinationPort), ("elapsed", .seconds),
        ("bytes", .bytes), ("icmp_type", .icmpType), ("ICMP Type", .icmpType),
        ("protection_name", .note), ("attack", .note), ("loguid", .own1), ("fileid", .own1),
        ("sequencenum", .own1), ("rule_uid", .own1), ("i/f_dir", .own1),
        ("packets", .own3), ("drop_reason", .message),
    ])

    /// What CEF's numbered fields are called.
    static let labels = KeyTable([
        ("TCP Flags", .flags), ("Rule Name", .ruleName), ("Rule Number", .rule),
        ("TCP packet out of state", .reason), ("Protection Name", .note),
    ])

    static let actions = WordTable<Action>([
        ("accept", .open), ("encrypt", .open), ("decrypt", .open), ("drop", .block),
        ("reject", .block), ("block", .block), ("vpn routing", .open), ("allow", .open),
        ("redirect", .open),
    ])

    /// Products that tell of packets; gateways write for many more.
    static let firewalls = WordTable<Bool>([("vpn-1", true), ("firewall", true)])
    static let inspectors = WordTable<Bool>([("ips", true), ("smartdefense", true)])

    static let reasons = WordTable<Reason>([
        ("first packet isn't syn", .noState), ("first packet isnt syn", .noState),
        ("address spoofing", .antiSpoofing), ("out of maximum allowed sequence", .sequenceOver),
        ("segment limit enforcement", .sequenceOver),
        ("syn packet for established connection", .stateMismatch),
        ("both sides sent fin", .stateMismatch), ("out of state", .stateMismatch),
        ("out-of-state", .stateMismatch), ("bad tcp header", .malformed),
        ("rulebase drop", .match), ("invalid checksum", .badChecksum),
    ])

    /// Ports of the services whose names text exports have in place of numbers.
    static let services = WordTable<UInt16>([
        ("https", 443), ("http", 80), ("ssh", 22), ("telnet", 23), ("smtp", 25), ("ftp", 21),
        ("domain-udp", 53), ("domain-tcp", 53), ("ntp-udp", 123), ("snmp", 161), ("ldap", 389),
        ("ldap-ssl", 636), ("imap", 143), ("pop-3", 110), ("microsoft-ds", 445),
        ("nbname", 137), ("nbdatagram", 138), ("nbsession", 139), ("ms-sql-server", 1433),
        ("remote_desktop_protocol", 3389), ("syslog", 514), ("kerberos_v5_tcp", 88),
        ("http_and_https_proxy", 8080), ("ike", 500), ("ike_nat_traversal", 4500),
    ])
}
