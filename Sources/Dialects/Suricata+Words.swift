// Suricata's names: the fields of its events, and the reasons it gives.
//
// Read first: Suricata src/output-json-drop.c, src/decode.c PacketDropReasonToString(),
// rules/stream-events.rules.

import Bytes
import Facts

extension Suricata {
    static let keys = KeyTable([
        ("timestamp", .date), ("flow_id", .connection), ("in_iface", .inbound), ("host", .node),
        ("src_ip", .source), ("src_port", .sourcePort), ("dest_ip", .destination),
        ("dest_port", .destinationPort), ("proto", .ipProtocol), ("icmp_type", .icmpType),
        ("drop.ttl", .ttl), ("drop.hoplimit", .ttl), ("drop.ipid", .ipID),
        ("drop.tcpseq", .sequence), ("drop.tcpack", .acknowledgement), ("drop.tcpwin", .window),
        ("drop.reason", .reason), ("alert.action", .action), ("alert.signature", .message),
        ("alert.signature_id", .rule), ("anomaly.type", .own1), ("anomaly.event", .own2),
        ("flow.state", .own3), ("flow.reason", .subevent), ("flow.start", .start),
        ("flow.end", .end), ("flow.action", .note), ("flow.bytes_toserver", .bytesOut),
        ("flow.bytes_toclient", .bytesIn), ("flow.pkts_toclient", .packetsIn),
        ("tcp.tcp_flags", .own4),
    ])

    static let flagKeys = FlagKeys([
        ("drop.syn", .syn), ("drop.ack", .ack), ("drop.psh", .psh), ("drop.rst", .rst),
        ("drop.urg", .urg), ("drop.fin", .fin),
    ])

    static let dropReasons = WordTable<Reason>([
        ("stream midstream", .noState), ("stream error", .stateMismatch),
        ("stream urgent", .malformed), ("stream memcap", .memory), ("stream reassembly", .memory),
        ("flow memcap", .memory), ("defrag memcap", .memory), ("applayer memcap", .memory),
        ("decode error", .malformed), ("defrag error", .fragment), ("rules", .match),
        ("firewall rules", .match), ("firewall default packet policy", .match),
        ("firewall default app policy", .match), ("threshold detection_filter", .rateLimit),
    ])

    /// Of the anomalies those that say how a packet did not fit.
    static let streamEvents = WordTable<Reason>([
        ("fin_but_no_session", .noState), ("rst_but_no_session", .noState),
        ("out_of_window", .stateMismatch), ("invalid_ack", .acknowledgementOver),
        ("invalid_timestamp", .badTimestamp), ("wrong_seq", .stateMismatch),
        ("pkt_broken_ack", .malformed), ("wrong_direction", .invalidInState),
    ])

    static let streamAlerts = WordTable<Reason>([
        ("but no session", .noState), ("out of window", .stateMismatch),
        ("invalid ack", .acknowledgementOver), ("invalid timestamp", .badTimestamp),
        ("wrong seq", .stateMismatch), ("wrong direction", .invalidInState),
        ("midstream", .noState),
    ])

    static let steps = [
        "The file eve.json in the log directory (default /var/log/suricata), rotated ones too; or its "
            + "syslog output. On pfSense: Services > Suricata > the interface > EVE Output Settings.",
        "In suricata.yaml under `outputs: - eve-log: types:` switch on `drop` with `alerts: yes` and "
            + "`flows: all`, `flow`, and `anomaly` with `types: stream: yes`.",
        "`stream: midstream` decides whether a packet without a session is taken up (`true`) or not; "
            + "`midstream-policy` and `exception-policy` what becomes of it. `suricata --dump-config | "
            + "grep -e midstream -e exception-policy` shows yours.",
        "Give it beside the firewall's log: the flow events tell how each connection ended.",
    ]

    static let bounds = [
        "Only an IPS drops: without drop events nothing was blocked by Suricata.",
        "Before version 7 a drop has no reason.",
        "`stream midstream` is said of a flow's first packet; those behind it say `flow drop`.",
        "The flags ECE and CWR are not told.",
        "A flow's ends are named by its first packet: where the beginning was missed they may be the "
            + "wrong way round.",
        "A blocked alert and the drop of the same packet are two entries.",
    ]
}
