// What `stray dialects sophos` shows.

extension Sophos {
    static let steps = [
        "System services > Log settings: add a syslog server (format: Device standard, or Central "
            + "reporting), and tick Firewall: Firewall rules, Invalid traffic, Local ACLs.",
        "So that packets without a connection are logged: there, tick Invalid traffic.",
        "So that openings and ends stand beside them: Log firewall traffic on each rule; in the "
            + "console `set advanced-firewall tcp-…` shows the time limits.",
        "A copy without a server: Log viewer > Firewall, detailed view, select and copy.",
        "While it fails: console `drop-packet-capture 'host ADDRESS'`.",
    ]

    static let bounds = [
        "No TCP flags, no sequence numbers and no TTL in any line (`flags=0` is something else): "
            + "which packet of a connection was refused cannot be told.",
        "The end of a connection has no reason.",
        "A time zone that is given by a name (`CET`) is not read; give it with --tz.",
        "Some lines of Invalid Traffic have no addresses; they are passed over.",
    ]
}
