// What `stray dialects sophos-utm` shows.

extension SophosUTM {
    static let steps = [
        "Logging & Reporting > Log Settings > Remote Syslog Server: add the server, and tick "
            + "Firewall among its logs.",
        "On the box: /var/log/packetfilter.log, older days in /var/log/packetfilter/, or View Log "
            + "Files > Firewall, download.",
        "So that openings are there too: Network Protection > Firewall > Rules, each rule's "
            + "Advanced > Log traffic.",
        "Network Protection > Firewall > Advanced, Log FTP data connections and Use strict TCP "
            + "session handling decide what is refused for its state.",
    ]

    static let bounds = [
        "Ends of connections are not logged; no sequence numbers, no windows.",
        "Most packets of no connection are refused by the default rules 60001 to 60003, which say "
            + "nothing of a state: there the flags tell.",
        "A line whose sender cut the year off has the time of the relay's header, if it has one.",
    ]
}
