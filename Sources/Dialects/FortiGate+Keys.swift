// What FortiOS calls its fields: in its own format, in CEF, and in the names of FortiOS 3 and 4.

extension FortiGate {
    static let keys = KeyTable([
        ("srcip", .source), ("src", .source), ("dstip", .destination), ("dst", .destination),
        ("srcport", .sourcePort), ("src_port", .sourcePort), ("spt", .sourcePort),
        ("dstport", .destinationPort), ("dst_port", .destinationPort), ("dpt", .destinationPort),
        ("proto", .ipProtocol), ("service", .service), ("action", .action), ("status", .action),
        ("act", .action), ("FTNTFGTaction", .action), ("srcintf", .inbound), ("src_int", .inbound),
        ("deviceInboundInterface", .inbound), ("dstintf", .outbound), ("dst_int", .outbound),
        ("deviceOutboundInterface", .outbound), ("policyid", .rule), ("FTNTFGTpolicyid", .rule),
        ("ad.policyid", .rule), ("policyname", .ruleName), ("devname", .node), ("dvchost", .node),
        ("devid", .host), ("device_id", .host), ("deviceExternalId", .host), ("msg", .message),
        ("date", .date), ("time", .time), ("tz", .zone), ("FTNTFGTtz", .zone),
        ("eventtime", .start), ("FTNTFGTeventtime", .start), ("timestamp", .start),
        ("FortinetFortiGateeventtime", .start), ("ad.eventtime", .start), ("itime", .start),
        ("FortinetFortiGateaction", .action), ("FortinetFortiGatepolicyid", .rule),
        ("FortinetFortiGateduration", .seconds), ("FortinetFortiGatelogid", .own1),
        ("FortinetFortiGatesubtype", .subevent), ("FortinetFortiGatetz", .zone),
        ("duration", .seconds), ("FTNTFGTduration", .seconds), ("ad.duration", .seconds),
        ("sentbyte", .bytesOut), ("sent", .bytesOut), ("out", .bytesOut), ("rcvdbyte", .bytesIn),
        ("rcvd", .bytesIn), ("in", .bytesIn), ("transip", .natSource),
        ("sourceTranslatedAddress", .natSource), ("transport", .natSourcePort),
        ("sourceTranslatedPort", .natSourcePort), ("tranip", .natDestination),
        ("destinationTranslatedAddress", .natDestination), ("tranport", .natDestinationPort),
        ("destinationTranslatedPort", .natDestinationPort), ("sessionid", .connection),
        ("SN", .connection), ("externalId", .connection), ("FTNTFGTsessionid", .connection),
        ("logid", .own1), ("log_id", .own1), ("FTNTFGTlogid", .own1), ("ad.logid", .own1),
        ("type", .event), ("FTNTFGTtype", .event), ("cat", .event), ("subtype", .subevent),
        ("FTNTFGTsubtype", .subevent),
    ])
}
