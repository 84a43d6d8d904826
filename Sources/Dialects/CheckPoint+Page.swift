// What `stray dialects check-point` shows.

extension CheckPoint {
    static let steps = [
        "On the management or log server, expert mode: `cp_log_export add name stray "
            + "target-server 192.0.2.10 target-port 514 protocol udp format syslog` (or cef, "
            + "leef, splunk, json, generic), then `cp_log_export restart name stray`.",
        "Without a server: `fw log -n -l > file` on the gateway or log server, or `fwm logexport "
            + "-n -i fw.log -o file` (leave its first row in: it names the columns). `-n` keeps "
            + "addresses as numbers.",
        "So that packets without a connection are logged: SmartConsole > Manage > Global "
            + "Properties > Stateful Inspection, Drop out of state TCP packets and Log on drop.",
        "So that openings stand beside them: Track: Log on the accept rules; with Accounting the "
            + "records have bytes and duration.",
        "While it fails: `fw ctl zdebug + drop | grep ADDRESS` on the gateway names the reason "
            + "of every dropped packet, also of those that are not logged.",
    ]

    static let bounds = [
        "TCP flags are there only for packets that are out of state; no sequence numbers, no "
            + "windows, no TTL.",
        "How a connection ended is not logged; accounting records tell bytes and duration only.",
        "Text exports name services: the port is known only of the usual ones. Log Exporter has "
            + "numbers.",
        "Times of `fw log` and of exports are local, without a zone; give it with --tz. `fw ctl "
            + "zdebug drop` has no times, interfaces or flags.",
        "Rows of an export are read only while its first row, which names the columns, was seen "
            + "before them.",
    ]
}
