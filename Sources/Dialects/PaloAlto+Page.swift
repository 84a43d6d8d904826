// What `stray dialects palo-alto` shows.

extension PaloAlto {
    static let steps = [
        "Device > Server Profiles > Syslog: add the server. Objects > Log Forwarding: add a profile "
            + "whose match list sends Traffic logs (and Threat logs) to it. Policies > Security: give "
            + "every rule that profile under Actions.",
        "On each rule tick Log at Session End, and Log at Session Start while you search, so that "
            + "openings and ends stand beside what was refused. Tick both on the rules "
            + "`intrazone-default` and `interzone-default` (Override) too: they log nothing otherwise.",
        "Or Monitor > Logs > Traffic > Export to CSV. CEF, LEEF and the JSON of Strata Logging Service "
            + "are read as well: one record a line.",
        "Packets that belong to no session appear in no log. Count them while the fault lasts: `show "
            + "counter global filter delta yes packet-filter yes`, and look for `flow_tcp_non_syn_drop`. "
            + "To see the packets: Monitor > Packet Capture, stage drop; Stray reads that capture.",
        "Or let them make sessions for a while, in a zone protection profile with Reject Non-SYN TCP "
            + "set to no: they are then logged with the application `non-syn-tcp`.",
    ]

    static let bounds = [
        "Out-of-state packets are dropped without a log line; a refusal in these logs is policy's, "
            + "unless its application is `non-syn-tcp`.",
        "There are no TCP flags, sequence numbers or TTLs: which packet of a connection was refused "
            + "cannot be told.",
        "Times are the firewall's local time without a zone before PAN-OS 10; give it with --tz.",
        "A row with a repeat count stands for several sessions between the same ends.",
        "`aged-out` without any packet received is taken for a handshake that nobody answered.",
        "Of threat logs only the packets that zone protection dropped are read.",
    ]
}
