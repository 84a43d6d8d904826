// The page of late-close: `stray cause late-close`. How it is weighed stands in `LateClose`.

extension LateClose {
    public var page: CausePage {
        CausePage(
            summary: "the last packets of a connection came after the firewall had forgotten it",
            whatHappened: """
                The connection had done its work. Each end closes its own direction with a FIN, \
                and each FIN has to be acknowledged. When that acknowledgement is lost, or an end \
                closes long after the other, the closing packet comes when the firewall has \
                already removed the state.

                It happens in three ways:
                - A FIN is repeated because its ACK was lost. The gaps double: on a short path \
                Linux repeats after about 0.2, 0.4, 0.8, 1.6 s and so on. A socket whose process \
                is gone is given up after 8 repeats, usually about 100 s; others go on for 15 \
                minutes.
                - One end had closed, and the other closes minutes later (variant half-closed): a \
                browser or a connection pool that only then notices, a phone that was asleep.
                - An end aborts with a RST. What the other end had on the way, and the answers to \
                it, come after the state was dropped.
                """,
            whyBlocked: """
                A firewall keeps a closed connection for a short while, for exactly such packets, \
                and then removes it. After that the packet belongs to nothing. A rule that allows \
                the service does not help: a pass rule opens connections, and only a SYN opens \
                one (pf adds `flags S/SA` to every pass rule; Linux calls a FIN or RST without an \
                entry INVALID).

                Defaults, after both ends closed / after a RST / after one end closed:
                - pf, pfSense, OPNsense: 90 s / 90 s / 900 s, and up to 10 s more until the sweep
                - Linux: 120 s / 10 s / 60 s once that FIN is acknowledged (120 s before)
                - Cisco ASA: at once / at once / 10 min
                - FortiGate: 1 s / at once, usually / 120 s
                - Palo Alto: 15 s / 15 s, or 30 s for a RST it cannot verify / 120 s
                - Check Point: 20 s for every end; newer releases usually 5 s
                - MikroTik: 10 s each
                """,
            howItLooks: """
                Flags FA, FPA, R, RA, or a bare A that acknowledges a late FIN. No data, no SYN. \
                One to some ten packets for a connection, with the *same* sequence number if the \
                log has it. They mostly come from the busier end: servers at ports 443, 80, 993, \
                or clients that were suspended. Other connections of the same two hosts work.

                    client             firewall             server
                      |---- FIN,ACK ----->|------------------>|  client is done
                      |<------------------|<---- FIN,ACK -----|  server is done
                      |------ ACK ------->|---- lost --x      |  closed: 90 s left
                      |                   |                   |
                      |<------------------|<---- FIN,ACK -----|  repeat: passes
                      |                   |   state removed   |
                      |                   |x---- FIN,ACK -----|  repeat: blocked

                In pfSense's log the line names the default deny rule and ends in TCP:FA. On \
                Linux it has `ACK FIN`; on ASA, 106015 has `flags FIN ACK` and follows a 302014 \
                for the same ports by seconds.

                In a capture on the sender's side the same `[F.]` comes again and again, with one \
                sequence number and nothing in answer (Wireshark: TCP Retransmission). On the \
                other side of the firewall are the FINs of both ends, in time, and none of the \
                repeats.
                """,
            howToConfirm: """
                - Look for the end before the stray: a teardown line with "TCP FINs" or "TCP \
                Reset" (ASA 302014), a conntrack `[DESTROY]` (it may be written up to a minute \
                after the entry ran out), a closed session with FIN or RST as its reason.
                - See whether a state is left: `pfctl -ss -vv | grep -A 2 203.0.113.9`; \
                `conntrack -L -p tcp -d 203.0.113.9`; `show conn address 203.0.113.9`. None, \
                while new connections of the pair appear and work, is this cause.
                - Watch only the ends of connections: `tcpdump -ni em0 'host 203.0.113.9 and \
                tcp[tcpflags] & (tcp-syn|tcp-fin|tcp-rst) != 0'`. The stray carries the sequence \
                number of a FIN seen before.
                - Ask who misses something. In this cause nobody does.
                """,
            whatToDo: """
                Nothing has to be done: both ends get on without the packet, by their own timers. \
                Do not write a rule that passes such packets, and do not switch state tracking \
                off for them.

                If the lines bury others, add a rule that drops closing packets of these hosts \
                without a log entry, above the one that logs, with FIN and RST named in its \
                flags: SYNs and data must go on being logged.

                If they are all half-closed, raise the timer for half-closed connections for that \
                service. Databases, rsh, printing and long downloads after the client's FIN \
                really use that state.

                It is *not* harmless, and not this cause, when:
                - packets with data (PA, or A with a length) of the same connections are blocked \
                as well: an end was not done. See idle-timeout, state-loss, asymmetric-routing.
                - no connection between the two hosts ever works: then the FIN is only the last \
                packet of one that never stood. See asymmetric-routing.
                - they begin for many services in the same minute: see state-loss.
                - an application reports broken transfers: an end may have been waiting for data \
                on a half-closed connection.
                """,
            lookAlikes: [
                (
                    .idleTimeout,
                    "no end had closed; there was a silence as long as the timer, and this FIN is "
                        + "the connection's first"
                ),
                (
                    .asymmetricRouting,
                    "FINs of one direction only, and no SYN or other packet of the connection "
                        + "ever passed here"
                ),
                (
                    .overloadedHost,
                    "one server, many clients, SYN,ACKs and data too, and the delay grows with "
                        + "the load"
                ),
                (
                    .scan,
                    "FA to many ports or hosts from one source, no TCP options, window 1024 "
                        + "(nmap -sM); a real late FIN usually has timestamps"
                ),
                (
                    .backscatter,
                    "R and RA from hosts that were never contacted, to unused addresses or ports"
                ),
                (
                    .stateLoss,
                    "many services within seconds, data among it, right after a reload or failover"
                ),
            ],
            collect: [
                "The lines of the same addresses and ports in the 20 minutes before, passed and "
                    + "closed connections included: was there a FIN, RST or teardown?",
                "The sequence numbers of two such packets: equal means one packet, repeated.",
                "Whether a new connection between the same two hosts works right now.",
            ],
            references: [
                "RFC 9293 §3.6 Closing a Connection, §3.6.1 Half-Closed Connections",
                "RFC 6298 §5.5: the retransmission timer doubles",
                "Linux net/netfilter/nf_conntrack_proto_tcp.c: tcp_timeouts[], tcp_conntracks[]",
                "Linux net/ipv4/tcp_timer.c: tcp_orphan_retries()",
                "FreeBSD sys/netpfil/pf/pf.c: pf_tcp_track_full(); pf.conf(5): set timeout",
                "pfSense documentation: Troubleshooting Blocked Log Entries for Legitimate "
                    + "Connection Packets",
                "Cisco ASA Series Syslog Messages: 106015, 302014",
                "PAN-OS Administrator's Guide: TCP Half Closed and TCP Time Wait Timers",
                "Fortinet Technical Tip: FortiGate timer for TCP half-close sessions",
            ]
        )
    }
}
