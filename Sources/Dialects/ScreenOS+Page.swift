// What `stray dialects screenos` shows.

extension ScreenOS {
    static let steps = [
        "Web: Configuration > Report Settings > Syslog, enable syslog messages and Traffic Log; "
            + "in the CLI `set syslog config 192.0.2.10`, `set syslog config 192.0.2.10 log "
            + "traffic`, `set syslog enable`.",
        "On each policy tick Logging; `at Session Beginning` too, so that openings are there.",
        "Packets without a session: `set flow tcp-syn-check` drops them, no line is written. "
            + "While it fails: `set ffilter src-ip ADDRESS`, `debug flow drop`, `get dbuf stream`.",
    ]

    static let bounds = [
        "Packets that belong to no session are dropped without a line; this log has openings, "
            + "ends and refusals by policy.",
        "No TCP flags, no sequence numbers, no TTL; zones, and no interfaces.",
        "A session is told of when it is over, unless its policy logs beginnings.",
    ]
}
