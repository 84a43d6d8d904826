// What `stray dialects clavister` shows.

extension Clavister {
    static let steps = [
        "System > Device > Log and Event Receivers: add a syslog receiver with the server's "
            + "address, severity up to Informational (D-Link: System > Log and Event Receivers).",
        "So that refused packets and openings are logged: on each rule tick Log, also on a last rule "
            + "that drops all; Network > TCP settings: Log Connection Usage.",
        "System > Advanced Settings > State Settings: Log Connections: Log (or LogVerbose), Log "
            + "Open Fails on, Log State Violations on.",
        "A copy without a server: Status > System > Logging (the memory log), or `log` in the CLI.",
    ]

    static let bounds = [
        "Sequence numbers, windows and TTL stand only in lines with the packet's own blocks.",
        "The reason of a connection's end is mostly empty, and how long it lasted is not told.",
        "Sizes that were made short (`2.08 K`) are not taken.",
        "Times are those of the syslog header, or of the stamp in brackets: local, no zone.",
    ]
}
