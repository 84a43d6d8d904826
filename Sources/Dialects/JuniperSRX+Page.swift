// What `stray dialects juniper-srx` shows.

extension JuniperSRX {
    static let steps = [
        "Stream mode: `set security log mode stream`, `set security log format sd-syslog`, `set "
            + "security log source-address ADDRESS`, `set security log stream stray host "
            + "192.0.2.10`.",
        "Event mode, on the box itself: `set system syslog file traffic any any`, `set system "
            + "syslog file traffic match RT_FLOW`, then `show log traffic`.",
        "On each policy: `set security policies … then log session-init session-close`; on the "
            + "denying ones `session-init` alone, so that refused packets are logged.",
        "Packets without a session are dropped without a line. While it fails: `set security "
            + "flow traceoptions flag packet-drops` with a packet-filter, and `show security flow "
            + "statistics` before and after.",
        "Screens: `set security screen ids-option NAME …`; their lines (RT_IDS) need no switch.",
    ]

    static let bounds = [
        "The syn check drops packets of no session without a line: this log has openings, ends "
            + "and refusals by policy, no strays. Give it beside a capture or another firewall's "
            + "log.",
        "No TCP flags, no sequence numbers, no windows, no TTL.",
        "Lines of stateless filters have no flags either, and no state stands behind them.",
        "Text lines of old versions name zones and no interface.",
        "In event mode times have whole seconds and no year.",
    ]
}
