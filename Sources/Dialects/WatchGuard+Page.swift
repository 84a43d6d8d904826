// What `stray dialects watchguard` shows.

extension WatchGuard {
    static let steps = [
        "Policy Manager: Setup > Logging > Send log messages to a syslog server (Fireware Web UI: "
            + "System > Logging > Syslog Server), format Syslog or IBM LEEF; in the syslog settings "
            + "tick the time stamp and the serial number.",
        "A copy without a server: Firebox System Manager > Traffic Monitor, right click > Copy; or "
            + "the log search of Dimension, export as text.",
        "So that openings stand there: on each policy, Properties > Logging, tick Send a log "
            + "message for allowed packets, and Send a log message for reports, which writes the "
            + "ends (3000-0151).",
        "Packets without a connection are logged while Setup > Global Settings > TCP SYN checking "
            + "is on.",
    ]

    static let bounds = [
        "LEEF records of ends and rows of Traffic Monitor have no TCP flags.",
        "The key `flags=\"SR\"` sums up both directions of a record and is not a packet's.",
        "Where both interfaces have names of several words, where one ends is a guess.",
        "Rows of Traffic Monitor are in local time without a zone; give it with --tz.",
    ]
}
