// not-tcp: traffic dressed as TCP that keeps no TCP connection.

import Evidence
import Facts

public struct NotTCP: Cause {
    public init() {}
    public var id: CauseID { .notTCP }

    public var usualHarm: Harm { .tune }

    // TCP is known by what it does when it is not heard: it repeats, at growing gaps, and gives
    // up. Traffic that does neither only looks like it (RFC 9293 §3.8).
    public func weigh(_ matter: Matter, _ ledger: inout Ledger) {
        guard matter.key.kind == .stray else { return }
        let classes = matter.classes
        let carries = classes.has(.data) || classes.has(.ack)
        guard carries, classes.isDisjoint(with: .unnatural) else { return }
        weighPersistence(matter, &ledger)
        ledger.add(
            if: matter.has(.tunnelWindow) && matter.has(.unpushed), .strong,
            "data without PSH, in a window that phantun or udp2raw would write")
        ledger.add(
            if: matter.has(.unpushed) && matter.has(.goesOn), .some,
            "of many data packets not one asks to be pushed, as every stack's last one does")
        ledger.add(
            if: classes.has(.fin) || classes.has(.reset) || classes.has(.resetAck), -.strong,
            "an end closed it: there is a real connection")
        ledger.add(if: classes.has(.synAck), -.good, "an opening was answered")
        ledger.add(
            if: matter.has(.repeated), -.fair, "packets were repeated, as TCP repeats what is lost")
        // A window of any size may be on its way when the state goes (RFC 7323); then the first
        // of it is repeated by the retransmission timer (RFC 6298 §5.5).
        ledger.add(
            if: matter.has([.repeated, .doublingGaps]), -.strong,
            "the repeats came at gaps that double: a retransmission timer")
        ledger.add(
            if: matter.has(.clusterMAC) || matter.has(.elsewhere), -.strong,
            "these are copies of packets that another node has")
        ledger.add(
            if: matter.livesElsewhere && !matter.has(.unpushed), -.good,
            "its acknowledgements grow and the other end does not stray: it hears it elsewhere")
    }

    private func weighPersistence(_ matter: Matter, _ ledger: inout Ledger) {
        ledger.add(
            if: matter.has(.goesOn), .good,
            "it sends new data again and again although every packet is blocked; TCP would repeat "
                + "the first")
        ledger.add(
            if: matter.has(.many) && !matter.has(.openingBlocked), .good,
            "more packets than any stack sends before it gives a connection up")
        ledger.add(
            if: matter.shows([.unslowed, .otherUnslowed]), .strong,
            "both ends send on at the same pace, though neither is heard by the other through "
                + "here: a stack would wait longer each time")
        ledger.add(
            if: matter.shows(.unslowed) && !matter.shows(.otherUnslowed), .some,
            "it sends on at the same pace: a stack that is not heard waits longer each time")
        ledger.add(
            if: matter.has(.steady), .some, "for minutes, with no growing gaps between them")
        ledger.add(
            if: (matter.has(.goesOn) || matter.has(.many))
                && matter.has(.otherGoesOn), .good,
            "both ends go on, though neither is heard by the other through here")
    }
}

extension NotTCP {
    public var page: CausePage {
        CausePage(
            summary: "traffic with TCP headers that keeps no TCP connection: a tunnel in disguise",
            whatHappened: """
                Some tunnels put a TCP header before packets that are really UDP or IPsec, \
                because networks on the way let only TCP through or slow UDP down. The header is \
                there for such networks alone. There is no TCP behind it: nothing is repeated \
                when it is lost, acknowledgements mean nothing or little, and mostly nobody \
                closes.

                Known ones: IPsec over TCP of older Cisco VPN clients (port 10000 unless \
                changed), udp2raw in its faketcp mode, phantun, tcpraw and the kcptun builds that \
                use it. Some begin with a handshake made by hand, some with none.

                *Real* TCP that carries a VPN is something else, and no cause of strays: SSTP \
                (port 443), OpenVPN over TCP, IKE and ESP in TCP by RFC 9329 (port 4500).
                """,
            whyBlocked: """
                A firewall follows TCP by its rules, and this traffic does not keep them:
                - Without a handshake that the firewall saw there is no state, so every packet is \
                a stray. After a restart of the firewall it goes on as before, with no new SYN, \
                and stays blocked until the *tunnel* is restarted.
                - With a handshake there is a state, and sooner or later a packet falls outside \
                its window. That is refused without a log line on pf (counter state-mismatch), \
                and INVALID on Linux.
                - What was never acknowledged counts as in flight: Linux keeps such an entry 5 \
                minutes in a pause, not 5 days.
                """,
            howItLooks: """
                One pair of hosts, one fixed port, A or PA only, both directions, at a steady \
                rate for hours. Never a FIN. The same ports for days.

                    client              firewall             server
                      |------ A, data ---x |                    |
                      |                    |x ---- A, data -----|
                      |------ A, data ---x |                    |  other data: the seq
                      |                    |x ---- A, data -----|  goes on, nothing is
                      |------ A, data ---x |                    |  sent again

                The marks in a capture:
                - A lost segment is never sent again, and the gap in the numbers stays open.
                - phantun: first sequence number 0; data in A, never PA; window always 65535; no \
                TCP options after the handshake; IP id 0.
                - udp2raw, faketcp: data in A, never PA; another window in each packet, between \
                40960 and 41471; timestamps in each; a number in the ACK field of the SYN; a \
                heartbeat every 0.6 s.
                - tcpdump and Wireshark cannot put the stream together, or call half of it \
                "previous segment not captured" and "out-of-order".

                In a log: filterlog has A with lengths up to 1400 and never a P, Linux a bare \
                `ACK` with a LEN far over 40, both with the same two ports each time and in both \
                directions.
                """,
            howToConfirm: """
                - Capture a minute of both directions: `tcpdump -ni em0 -w odd.pcap 'host \
                203.0.113.7 and tcp port 4096'`. In Wireshark filter with \
                `tcp.analysis.retransmission`: with real TCP on a lossy line there are some, here \
                there are none.
                - Look at the windows: `tcpdump -nr odd.pcap 'tcp[14:2] = 65535'` (all of them: \
                phantun). At first packets: `tcpdump -nr odd.pcap 'tcp[tcpflags] = tcp-syn'` with \
                sequence number 0, or with tcp[8:4] not 0.
                - Ask the owner of the inside host which VPN or accelerator runs there, with which \
                port. On the host `ss -tanp` shows *no established* connection of these ports \
                while packets flow. Raw sockets: `ss -wanp`.
                - Restart the tunnel, not the firewall. A SYN (if it sends one) that passes, and \
                strays that come again later, speak for this cause.
                """,
            whatToDo: """
                Decide first whether you want it: the header is a disguise, and the tunnel \
                carries anything past your inspection. If you do not know whose it is, treat it \
                as an unapproved VPN.

                If it is wanted, best change its transport: UDP (IPsec NAT traversal on 4500, \
                WireGuard), or real TCP. Both are what firewalls can follow.

                If it has to stay: pass exactly this pair of hosts and this port *untracked*, \
                with a rule for each direction and on each interface, and without logging each \
                packet. Untracked packets are not translated, so NAT has to be elsewhere or not \
                at all. Sloppy or liberal tracking is milder and often suffices where a handshake \
                is seen.
                """,
            lookAlikes: [
                (
                    .asymmetricRouting,
                    "real TCP of which one direction is seen: there are repeats, SYNs and FINs, "
                        + "and other services of the pair suffer too"
                ),
                (
                    .idleTimeout,
                    "there was a silence before the first stray; afterwards repeats, a RST, a new "
                        + "SYN"
                ),
                (
                    .stateLoss,
                    "began in one moment for many connections, and is over within minutes, as "
                        + "real TCP gives up and opens anew"
                ),
                (
                    .outOfWindow,
                    "a real connection refused now and then; it repeats what is missing"
                ),
                (.scan, "probes carry no data, and one source tries many ports or hosts"),
            ],
            collect: [
                "A capture of one minute, both directions, with the lost segments: does anyone "
                    + "send them again?",
                "What runs on the inside host under this port, by its owner's word or its process "
                    + "list.",
            ],
            references: [
                "RFC 9293 §3.8 (retransmission is a must), §3.4 (sequence numbers)",
                "RFC 9329: TCP encapsulation of IKE and IPsec, the real thing",
                "Cisco ASA VPN configuration guide: IPsec over TCP, default port 10000",
                "udp2raw source: network.cpp (faketcp headers); phantun source: fake-tcp/src",
                "Forcepoint NGFW Product Guide: \"Not a Valid SYN Packet\" messages (traffic that "
                    + "only resembles TCP)",
                "Linux net/netfilter/nf_conntrack_proto_tcp.c: tcp_in_window()",
            ]
        )
    }
}
