// What `stray dialects fortigate` shows.

extension FortiGate {
    static let steps = [
        "Log & Report > Log Settings: send logs to syslog; or in the CLI `config log syslogd setting`, "
            + "`set status enable`, `set server ADDRESS`, `set format default` (or `cef`).",
        "So that blocked packets are logged at all: `config log setting`, `set fwpolicy-implicit-log "
            + "enable`, `set local-in-deny-unicast enable`, and `set log-invalid-packet enable` for "
            + "packets without a session.",
        "On each policy set Log Allowed Traffic to All Sessions, and tick Generate Logs when Session "
            + "Starts, so that openings and ends stand beside the blocked packets.",
        "For one connection while it fails: `diagnose debug flow filter addr ADDRESS`, `diagnose debug "
            + "flow show function-name enable`, `diagnose debug flow trace start 100`, `diagnose "
            + "debug enable`. Its lines have the TCP flags.",
    ]

    static let bounds = [
        "Traffic logs have no TCP flags, no sequence numbers and no TTL: which packet of a connection "
            + "was refused cannot be told. Debug flow has flags.",
        "A packet without a session says so (`no session matched`), but only where extended traffic "
            + "logs are switched on.",
        "A session is told of when it is over, unless its policy logs session starts.",
        "Before FortiOS 6.2 records have the device's local time without a zone; give it with --tz.",
        "Records with number 20 are statistics of long sessions, no ends.",
    ]
}
