// What `stray dialects cisco-asa` shows.

extension CiscoASA {
    static let steps = [
        "ASA, in configuration mode: `logging enable`, `logging timestamp rfc5424` (before 9.10: "
            + "`logging timestamp`), `logging device-id hostname`.",
        "ASA: `logging trap informational` sends 106015 and the 302013 to 302016 pairs that show "
            + "how each connection began and ended; check with `show logging` that "
            + "`no logging message 302013` (or 302014, 106015) is not set.",
        "ASA: `logging host inside 192.0.2.10` to a syslog server, or `show logging` on the device "
            + "itself after `logging buffered informational`.",
        "ASA: add `log` to the access-list lines of interest for 106100; `show asp drop` counts "
            + "what is dropped without a line.",
        "Threat Defense with a management center: Devices > Platform Settings > Syslog, enable "
            + "logging and add the server; for the connection events 430002 and 430003 edit the "
            + "access control policy, Logging tab, and each rule's Logging tab (at beginning and "
            + "at end of connection, send to syslog).",
        "Threat Defense without one: Device > System Settings > Logging Settings, and the Logging "
            + "tab of each access rule.",
        "The connections of a moment: `terminal pager 0`, then `show conn`, copied into a file; not "
            + "`show conn detail`, whose rows are another format.",
        "PIX and FWSM: `logging on` (PIX 6) or `logging enable`, `logging timestamp`, `logging "
            + "trap informational`, `logging host inside 192.0.2.10`.",
    ]

    static let bounds = [
        "A teardown (302014, 302016, 302021) does not say which side began the connection; the "
            + "pair is given as printed. Join it to its opening by the connection id.",
        "A row of `show conn` has no time. Without the flag B its second pair is taken as the side "
            + "that began the connection; for UDP and ICMP nothing tells, the pairs are as printed.",
        "Connection ids start again after a restart and are counted by each device.",
        "106023, 106100, 710003, 710005 and the Threat Defense events carry no TCP flags: a packet "
            + "of no connection looks there like a new connection that was refused.",
        "106100 may say `permitted` of a packet that is dropped right after it because it belongs "
            + "to no connection.",
        "An interval line of 106100 stands for all packets of up to ten minutes; only its end has "
            + "a time.",
        "No sequence numbers, no windows, no TTL. Times have whole seconds, and a year only with "
            + "`logging timestamp`.",
        "With `names` an address may be a word; it is kept as a label.",
        "Packets that the fast path drops are counted in `show asp drop` and not logged.",
    ]
}
