// What `stray dialects elastic-ecs` shows, and the schema's names.

extension ElasticCommon {
    static let keys = KeyTable([
        ("source.ip", .source), ("source.address", .source), ("client.ip", .source),
        ("destination.ip", .destination), ("destination.address", .destination),
        ("server.ip", .destination), ("source.port", .sourcePort),
        ("destination.port", .destinationPort), ("network.iana_number", .ipProtocol),
        ("network.transport", .ipProtocol), ("event.action", .action), ("event.type", .event),
        ("observer.ingress.interface.name", .inbound),
        ("observer.ingress.interface.alias", .inbound), ("observer.ingress.zone", .inZone),
        ("observer.egress.interface.name", .outbound),
        ("observer.egress.interface.alias", .outbound), ("observer.egress.zone", .outZone),
        ("rule.id", .rule), ("rule.name", .ruleName), ("observer.name", .node),
        ("observer.hostname", .node), ("host.name", .node), ("host.hostname", .node),
        ("observer.ip", .host), ("event.reason", .reason), ("@timestamp", .time),
        ("event.duration", .own1), ("network.bytes", .bytes), ("source.bytes", .bytesOut),
        ("destination.bytes", .bytesIn), ("source.nat.ip", .natSource),
        ("source.nat.port", .natSourcePort), ("destination.nat.ip", .natDestination),
        ("destination.nat.port", .natDestinationPort), ("source.mac", .macSource),
        ("iptables.tcp.flags", .flags), ("iptables.tcp.seq", .sequence),
        ("iptables.tcp.ack", .acknowledgement), ("iptables.tcp.window", .window),
        ("iptables.ttl", .ttl), ("iptables.id", .ipID), ("pfsense.tcp.flags", .flags),
        ("pfsense.tcp.window", .window), ("pfsense.ip.ttl", .ttl), ("pfsense.ip.id", .ipID),
        ("tcp.flags", .flags),
    ])

    static let steps = [
        "Export the documents one to a line: `_search` or `elasticdump` from Elasticsearch or "
            + "OpenSearch, the file output of Filebeat or Elastic Agent, or Logstash's json_lines.",
        "Keep `event.original` or `message` in them (in Elastic's integrations: Preserve original "
            + "event): then Stray reads the firewall's own line, which says more.",
        "Take along the documents of allowed and finished connections: they show how a blocked "
            + "packet's connection went before.",
    ]

    static let bounds = [
        "What the firewall was cannot be told, nor its timeouts; give them with --set.",
        "No TCP flags and no sequence numbers, but for a few integrations (iptables, pfSense): "
            + "which packet of a connection was refused is mostly unknown.",
        "Why a packet was refused is known only where event.reason carries the device's words.",
    ]
}
