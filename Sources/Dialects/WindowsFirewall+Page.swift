// What `stray dialects windows-firewall` shows.

extension WindowsFirewall {
    static let steps = [
        "wf.msc > Windows Defender Firewall Properties, on each profile's tab: Logging > Customize: "
            + "Log dropped packets: Yes, Log successful connections: Yes, size limit 32767 KB.",
        "The same as a command: `netsh advfirewall set allprofiles logging droppedconnections "
            + "enable`, and `allowedconnections enable`.",
        "The log is %SystemRoot%\\System32\\LogFiles\\Firewall\\pfirewall.log, and the older half "
            + "pfirewall.log.old beside it. Copy both with their headers.",
        "Where the head says `#Time Format: UTC`, the times are read so whatever `--tz` says.",
    ]

    static let bounds = [
        "That a packet belonged to no connection is never said; its flags tell.",
        "Packets that the host itself sent and dropped (SEND), and allowed ones, have no flags.",
        "No rule, no interface, no TTL; which profile was active is not said either.",
        "Ends of connections are in logs of Windows XP and 2003 only.",
        "A log in UTF-16 must be made UTF-8 first: `Get-Content pfirewall.log | Set-Content -Encoding "
            + "utf8 copy.log`.",
    ]
}
