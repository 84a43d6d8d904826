// What `stray dialects meraki` shows.

extension Meraki {
    static let steps = [
        "Dashboard: Network-wide > Configure > General > Reporting, Add a syslog server; roles: "
            + "Flows, and Security events.",
        "Security & SD-WAN > Firewall: tick Logging on each rule whose packets are wanted, also on "
            + "the default one.",
        "While it fails: Network-wide > Packet capture on both sides of the MX shows what the log "
            + "cannot.",
    ]

    static let bounds = [
        "No TCP flags, no lengths and no interfaces: a packet that belongs to no connection cannot "
            + "be told from one that a rule refused. Give this log beside a capture.",
        "Rules have no number or name; the end of a flow has no reason, duration or counts.",
    ]
}
