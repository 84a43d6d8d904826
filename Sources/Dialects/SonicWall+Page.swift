// What `stray dialects sonicwall` shows.

extension SonicWall {
    static let steps = [
        "Device > Log > Syslog (SonicOS 6: Manage > Log Settings > SYSLOG): add the server, "
            + "Syslog Format: Enhanced Syslog (or ArcSight), and tick Display Timestamp in UTC.",
        "So that packets without a connection are logged at all: Device > Log > Settings, "
            + "Logging Level: Debug, and under Network > TCP tick Syslog for `TCP packet received "
            + "on non-existent/closed connection` (888); its category is off by default.",
        "So that openings and ends stand beside them: there, Network > Network Access, tick "
            + "Syslog for Connection Opened (98) and Connection Closed (537), and Enable Logging "
            + "on the access rules.",
        "A copy without a server: Monitor > Logs > System Logs, Export as plain text.",
    ]

    static let bounds = [
        "TCP flags stand only in the note of packets that belong to no connection; no sequence "
            + "numbers, no windows, no TTL.",
        "The end of a connection (537) has no reason.",
        "Without `UTC` in it a time is the firewall's own, without a zone; give it with --tz.",
        "Messages that sum up (port scans, floods) are no packets and are passed over.",
    ]
}
