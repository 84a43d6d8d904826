// What `stray dialects mikrotik` shows.

extension MikroTik {
    static let steps = [
        "`/system logging action add name=stray target=remote remote=192.0.2.10`, `/system logging "
            + "add topics=firewall action=stray`; RouterOS 7: `syslog-time-format=iso8601`.",
        "On the rules that drop: `/ip firewall filter set N log=yes log-prefix=drop-invalid`. Put "
            + "`drop`, `reject` or `accept` into every prefix: the line has no other verdict.",
        "So that packets without a connection are told: a rule `chain=forward "
            + "connection-state=invalid action=drop log=yes log-prefix=drop-invalid`, and the same "
            + "in the chain input.",
        "So that openings stand beside them: log the rule that accepts `connection-state=new`, with "
            + "log-prefix=accept.",
        "A copy without a server: `/log print file=stray where topics~\"firewall\"`, then fetch the "
            + "file.",
    ]

    static let bounds = [
        "What became of a packet stands in the rule's log-prefix only; without one it is unknown, "
            + "but for packets whose state is `invalid`.",
        "No sequence numbers, no windows, no TTL; no ends of connections.",
        "Without `connection-state:` in the line only the flags tell whether a packet belonged to "
            + "a connection.",
        "Lines of `/log print` of the same day have no date; their time is unknown.",
    ]
}
