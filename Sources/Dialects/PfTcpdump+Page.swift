// What `stray dialects pf-tcpdump` shows.

extension PfTcpdump {
    static let steps = [
        "What pf logged so far: `tcpdump -n -e -tttt -r /var/log/pflog` on FreeBSD and macOS, `tcpdump -n "
            + "-e -ttt -r /var/log/pflog` on OpenBSD.",
        "What it logs now: `tcpdump -n -e -tttt -l -i pflog0` (OpenBSD: `-ttt`).",
        "-e prints the rule: without it a line tells of no verdict. -n keeps addresses and ports numbers.",
        "Rules need `log`; `log (all)` on the passing ones logs every packet of a connection and not "
            + "the first one alone.",
        "Better still, keep the capture: `tcpdump -n -i pflog0 -w pf.pcap`. Stray reads it, and "
            + "/var/log/pflog itself, with all that these lines leave out.",
    ]

    static let bounds = [
        "Sequence numbers are printed relative to the first packet seen; they are not used.",
        "FreeBSD's -ttt prints the time since the line before, and plain tcpdump the time of day: such "
            + "lines have no date. Use -tttt or -tt.",
        "Times of -tttt are local and have no zone; give it with --tz.",
        "OpenBSD does not print why, unless it is more than a match.",
        "No end of a connection is logged.",
    ]
}
