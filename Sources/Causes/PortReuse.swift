// port-reuse: an end reused its ports while the firewall still held the old state.

import Evidence
import Facts

public struct PortReuse: Cause {
    public init() {}
    public var id: CauseID { .portReuse }

    public var usualHarm: Harm { .harmless }

    /// A SYN whose ports were in use: another SYN of the same had passed, so a rule allows it.
    private func weighOpening(_ matter: Matter, _ ledger: inout Ledger) {
        ledger.add(
            if: matter.has(.reusedAfterEnd), .overruling,
            "a connection on the very same ports had passed and ended minutes before: a rule "
                + "allows it, and the old state is in its way")
        ledger.add(
            if: matter.has(.reusedPorts) && !matter.has(.reusedAfterEnd), .overruling,
            "a connection on the very same ports had passed minutes before: a rule allows it, "
                + "and the old state is in its way")
    }

    public func weigh(_ matter: Matter, _ ledger: inout Ledger) {
        if matter.key.kind == .syn || matter.key.kind == .unknownFlags {
            weighOpening(matter, &ledger)
        }
        guard matter.key.kind == .stray, matter.has(.reusedPorts), matter.has(.opened) else {
            return
        }
        let atOnce = matter.key.sinceOpening.isBelow(10)
        ledger.add(
            if: matter.has(.reusedAfterEnd) && atOnce, .strong,
            "a connection on the very same ports had ended minutes before, and this one strayed "
                + "from its beginning: the old state was still there")
        ledger.add(
            if: !matter.has(.reusedAfterEnd) && atOnce, .fair,
            "there had been another connection on the very same ports minutes before")
        ledger.add(
            if: matter.classes.has(.synAck) || matter.classes == FlagClasses(.ack), .slight,
            "what was blocked is the answer to the new opening")
        ledger.add(
            if: matter.classes.has(.data), -.some, "data was blocked, so the handshake had passed")
        ledger.add(
            if: matter.isAlwaysPrevented, -.strong, "no connection between these hosts ever worked")
    }
}

// Read first: RFC 9293 §3.5.1, RFC 6191, RFC 5961 §4; Linux nf_conntrack_tcp_packet().
extension PortReuse {
    public var page: CausePage {
        CausePage(
            summary: "an end reused its ports while the firewall still held their old connection",
            whatHappened: """
                A connection is known by four values: two addresses and two ports. A client that \
                opens many connections to one service runs out of ports and takes one again. If \
                the firewall, or the server, still remembers the connection before, the new SYN \
                meets the old state.

                Who comes round how fast:
                - Linux draws from 32768 to 60999 (28232 ports), Windows and macOS from 49152 to \
                65535 (16384 ports). At 500 connections a second to one address and port, these \
                last 56 and 33 seconds.
                - A NAT puts many clients on the ports of one address, and may hand a port out \
                again as soon as its own entry is gone.
                - Some programs always use the same source port: NFS mounts (below 1024), old \
                backup agents, controllers, load tests.
                - A host that crashed and rebooted may begin again on the same port, while the \
                other end and the firewall still hold the old connection as established.

                Whoever closes first is meant to keep the ports blocked for a while (TIME_WAIT: 60 \
                s on Linux and FreeBSD, usually 120 or 240 s on Windows, 4 minutes by the RFC). If \
                the server closed first, the client is free to reuse the port at once.
                """,
            whyBlocked: """
                A SYN in the middle of a live connection is one of the oldest ways to attack it, \
                so the firewall does not simply believe it. What it does depends on the product \
                and on the old state's phase:

                - Linux: in TIME_WAIT or CLOSE the new SYN normally replaces the entry; in the \
                other phases it passes and the server decides. Usually nothing is lost.
                - pf on FreeBSD (pfSense, OPNsense): once both sides have closed and acknowledged, \
                or after a reset, the state is removed and the SYN goes to the rules. Before that \
                the SYN is judged by its number, which hardly ever fits: it is dropped with no \
                line until the old state ends. That is up to 900 s after one FIN and up to 86400 s \
                in an established one.
                - pf on OpenBSD: drops the SYN and answers with a challenge ACK itself.
                - Cisco ASA: message 419002, duplicate SYN with a different initial number.
                - Check Point: "SYN packet on established connection"; with Smart Connection Reuse \
                it sends the SYN on as an ACK, to see whether the server still knows the old \
                connection.

                The strays in the log are then not the SYN, but what it stirs up: the server's \
                challenge ACK, the client's reset, a late FIN of the old connection.
                """,
            howItLooks: """
                Flags A, R, RA or FA on a four-tuple that was in use shortly before, then S again \
                after 1 s. Many short connections from one client, or the same pair at intervals \
                as long as the client's ports take to come round.

                    client :50123                                 server :443
                      S   seq 9000 (new)  ------------------->    still holds the old one
                      <-------------------  A   seq 700 ack 4100  "I expect 4100"
                      R   seq 4100        ------------------->    drops the old one
                      S   seq 9000, 1 s later  -------------->    answers SA: it works

                If the firewall loses the A or the R, the client repeats its SYN until it gives \
                up, and the user sees one connection in thousands hang.

                In a log: a close of the four-tuple (teardown, FIN, RST), then within minutes A \
                or R of the same ports, whose numbers belong to the old connection; ASA also \
                writes 419002, a duplicate SYN with another initial sequence number.

                In a capture the S is marked by Wireshark as TCP Port numbers reused. The `[.]` \
                after it acknowledges a number that has nothing to do with the S, and the `[R]` \
                carries just that number as its sequence number.
                """,
            howToConfirm: """
                The proof is an old entry, or an old close, of the very same four values. Compare \
                its age with the time of the SYN:

                    pfctl -ss -vv | grep -A 3 203.0.113.9:50123
                    conntrack -L -p tcp -s 203.0.113.9 --sport 50123
                    show conn detail address 203.0.113.9 port 50123      (Cisco ASA)

                Two SYNs with different initial numbers on the same ports show it in a capture:

                    tcpdump -nnS -i IF 'port 50123 and tcp[tcpflags] & (tcp-syn|tcp-rst) != 0'

                On the client, see how close it is to running out:

                    ss -tan state time-wait | wc -l
                    sysctl net.ipv4.ip_local_port_range
                    netsh int ipv4 show dynamicport tcp                  (Windows)

                On pf the counter state-mismatch (pfctl -si) grows with each refused SYN.
                """,
            whatToDo: """
                A few in thousands: nothing. The client's next try works.

                If connections hang, let the client keep connections open and use them again \
                instead of opening a new one for each request; give it more ports or more source \
                addresses; let a NAT choose ports at random and not keep them static. A state \
                whose ends are dead can be removed by hand for that pair. Where hosts vanish \
                without closing, a shorter established timer for that one service frees their \
                ports earlier.

                Do not shorten TIME_WAIT on hosts as a first measure. It keeps the data of an old \
                connection out of a new one.
                """,
            lookAlikes: [
                (
                    .lateClose,
                    """
                    A late FIN or RST carries the old connection's numbers and no new SYN came \
                    before it.
                    """
                ),
                (
                    .policy,
                    """
                    A SYN that no rule allows is refused on every port and every time. A repeated \
                    SYN has the same initial number; a reused port brings a different one.
                    """
                ),
                (
                    .outOfWindow,
                    """
                    There the packet belongs to the connection that the state describes. Here a \
                    new connection begins on its ports.
                    """
                ),
                (
                    .overloadedHost,
                    """
                    A loaded server leaves SYNs unanswered on fresh ports too, at busy times, and \
                    for all clients.
                    """
                ),
            ],
            collect: [
                """
                All lines of the same four values in the hour before, and the entry of the state \
                table with its age and phase while the SYN is refused.
                """,
                """
                A capture of one failing opening with absolute sequence numbers: do the two SYNs \
                carry different initial numbers, and does an A instead of an SA answer?
                """,
            ],
            references: [
                "RFC 9293 §3.5.1 (half-open connections), §3.4.2 (MSL and quiet time)",
                "RFC 5961 §4 (SYN in a synchronised state: challenge ACK)",
                "RFC 6191 (ending TIME-WAIT early by timestamps); RFC 1122 §4.2.2.13",
                "RFC 6056 (choice of ephemeral ports)",
                "Linux net/netfilter/nf_conntrack_proto_tcp.c, nf_conntrack_tcp_packet()",
                "Linux Documentation/networking/ip-sysctl.rst, ip_local_port_range",
                "FreeBSD sys/netpfil/pf/pf.c, pf_test_state() and pf_tcp_track_full()",
                "Check Point sk24960, Smart Connection Reuse",
                "Cisco ASA Series Syslog Messages, 419002",
            ])
    }
}
