// What `stray dialects barracuda` shows.

extension Barracuda {
    static let steps = [
        "Configuration Tree > Infrastructure Services > Syslog Streaming: enable it, add the server "
            + "as a log stream destination, and stream the log of box_Firewall_Activity.",
        "Infrastructure Services > General Firewall Configuration > Audit and Reporting: Activity "
            + "Log Mode: Log-Info-Text with key-value pairs, so that reasons are words and columns "
            + "have names.",
        "There, Log Level: Full, and under Generate Dashboard Information/Log Conditions: all block "
            + "and drop reasons, local and forwarding, so that packets without a session are there.",
        "A copy without a server: Logs > box > Firewall > Activity, in Firewall Admin.",
    ]

    static let bounds = [
        "No TCP flags, no sequence numbers and no TTL.",
        "A reason that is written as a number says nothing here; that a packet belonged to no "
            + "session is told only where the firewall writes words.",
        "`<cumulative>` lines stand for several packets and have one source port or none.",
        "Times are those of the syslog header, in the box's zone.",
    ]
}
