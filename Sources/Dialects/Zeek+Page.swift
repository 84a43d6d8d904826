// Zeek's columns and words, and what `stray dialects zeek` shows.

extension Zeek {
    static let keys = KeyTable([
        ("ts", .epoch), ("id.orig_h", .source), ("id.orig_p", .sourcePort),
        ("id.resp_h", .destination), ("id.resp_p", .destinationPort), ("proto", .ipProtocol),
        ("duration", .seconds), ("orig_ip_bytes", .bytesOut), ("orig_bytes", .bytesOut),
        ("resp_ip_bytes", .bytesIn), ("resp_bytes", .bytesIn), ("conn_state", .own1),
        ("resp_pkts", .packetsIn), ("name", .own2), ("notice", .own3), ("_system_name", .node),
        ("peer", .node),
    ])

    /// conn.log's columns as Zeek 3 to 7 write them.
    static let usualTable = ColumnTable(
        separator: 0x09,
        [
            "ts", "uid", "id.orig_h", "id.orig_p", "id.resp_h", "id.resp_p", "proto", "service",
            "duration", "orig_bytes", "resp_bytes", "conn_state", "local_orig", "local_resp",
            "missed_bytes", "history", "orig_pkts", "orig_ip_bytes", "resp_pkts", "resp_ip_bytes",
        ], keys)

    /// The oddities of TCP's order and state (Zeek src/analyzer/protocol/tcp).
    static let weirdsOfTCP = WordTable<Bool>([
        ("SYN_after_close", true), ("SYN_after_partial", true), ("SYN_after_reset", true),
        ("SYN_inside_connection", true), ("SYN_seq_jump", true), ("SYN_with_data", true),
        ("FIN_after_reset", true), ("FIN_advanced_last_seq", true), ("FIN_storm", true),
        ("RST_storm", true), ("RST_with_data", true), ("TCP_ack_underflow_or_misorder", true),
        ("TCP_seq_underflow_or_misorder", true), ("TCP_christmas", true),
        ("TCP_scale_range", true), ("active_connection_reuse", true),
        ("premature_connection_reuse", true), ("bad_SYN_ack", true), ("baroque_SYN", true),
        ("connection_originator_SYN_ack", true), ("unsolicited_SYN_response", true),
        ("simultaneous_open", true), ("data_after_reset", true),
        ("data_before_established", true), ("inappropriate_FIN", true),
        ("pending_data_when_closed", true), ("possible_split_routing", true),
        ("repeated_SYN_reply_wo_ack", true), ("repeated_SYN_with_ack", true),
        ("spontaneous_FIN", true), ("spontaneous_RST", true), ("window_recision", true),
        ("above_hole_data_without_any_acks", true),
        ("excessive_data_without_further_acks", true), ("bad_TCP_checksum", true),
        ("bad_TCP_header_len", true), ("truncated_tcp_header", true),
    ])

    static let steps = [
        "The files conn.log and weird.log of the sensor, with their header lines: `current/` under Zeek's "
            + "log directory, and a directory for each day with .gz files; all are read as they are.",
        "JSON, if you prefer: `redef LogAscii::use_json = T;` in local.zeek.",
        "Give them beside the firewall's log: `stray why firewall.log conn.log`. The sensor tells what "
            + "the connection did before the firewall refused its packets.",
        "A sensor on both sides of the firewall, or one whose port mirrors both, tells most.",
    ]

    static let bounds = [
        "Zeek blocks nothing: its entries are ends of connections and notes.",
        "A row is written when a connection is over, up to minutes later, and sums it up: the flags of "
            + "its packets and their numbers are not told.",
        "conn_state OTH, SHR and RSTRH mean that the beginning was not seen; they become `update`.",
        "weird.log does not name the protocol; only the oddities that are TCP's are read.",
        "Rows without a header line are read in the usual order of columns, weird.log's not at all.",
    ]
}
