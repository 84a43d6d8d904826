// What `stray dialects stormshield` shows.

extension Stormshield {
    static let steps = [
        "Configuration > Notifications > Logs - Syslog - IPFIX > Syslog: enable a profile, add the "
            + "server, and among its logs tick Filter policy, Network connections and Alarms.",
        "So that refused packets are logged: Security policy > Filter - NAT, each rule's Action, "
            + "Log level: Verbose (filtering log); also on the last, blocking rule.",
        "So that ends stand beside them: Network connections (l_connection) must not be switched "
            + "off under Logs - Storage.",
        "A copy without a server: Monitoring > Logs - Audit logs > Network traffic, Actions > "
            + "Export; or /log/l_filter and /log/l_connection on the box.",
    ]

    static let bounds = [
        "No TCP flags, no sequence numbers and no TTL.",
        "A packet without a connection is refused by a rule or an alarm whose words depend on the "
            + "device's language; that it had no connection is not said in a field.",
        "A connection is told of when it is over, and without a reason.",
        "`dst` is the address behind a translation; the one before it (`origdst`) is given as the "
            + "destination where the line has it.",
    ]
}
