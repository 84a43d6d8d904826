// overloaded-host: a loaded host answered after its peer had given up.

import Evidence
import Facts

public struct OverloadedHost: Cause {
    public init() {}
    public var id: CauseID { .overloadedHost }

    public var usualHarm: Harm { .tune }

    /// Data of one server to several clients, each of which it had kept waiting.
    private func weighCrowd(_ matter: Matter, _ ledger: inout Ledger) {
        guard matter.has(.senderServes), matter.wantedClasses.has(.data),
            !matter.has(.otherData), (matter.service?.strayed ?? 0) >= 4,
            !matter.has(.passedOtherNode), !matter.has(.elsewhere), !matter.livesElsewhere
        else { return }
        ledger.add(
            .fair,
            "the server's data came too late for several of its clients, and for no other "
                + "service's")
        // A client that waits for its answer gives up within minutes. States that were lost were
        // of any age.
        ledger.add(
            if: matter.has(.opened) && matter.key.sinceOpening.isBelow(300), .fair,
            "they had been open for minutes only, as those are whose clients wait")
    }

    public func weigh(_ matter: Matter, _ ledger: inout Ledger) {
        guard matter.key.kind == .stray else { return }
        // The first repeat of a SYN,ACK comes after a second (RFC 6298 §2.1). Several within one
        // are the answers to as many SYNs that waited: the host slept, or had no time.
        ledger.add(
            if: matter.classes.has(.synAck) && matter.has(.freshSeries),
            (matter.service?.strayed ?? 0) >= 2 ? .strong : .slight,
            "several SYN,ACKs with one number within a second: answers to SYNs that had waited")
        weighCrowd(matter, &ledger)
        guard matter.has(.opened), !matter.has(.openedBySender), !matter.has(.passedOtherNode)
        else { return }
        if matter.classes.has(.synAck), matter.key.sinceOpening.isBelow(10) {
            ledger.add(
                -.decisive,
                "the answer came at once: a state was waiting for it, if not for this way")
        }
        ledger.add(
            if: matter.classes.has(.synAck), .fair,
            "the SYN it answers had passed here; the answer came when the opening was forgotten")
        ledger.add(
            if: matter.classes.has(.synAck) && matter.servicesOthersWorked >= 3
                && (matter.service?.strayed ?? 0) <= 1, -.good,
            "the service answered others in time")
        ledger.add(
            if: matter.classes.has(.synAck) && (matter.service?.strayed ?? 0) >= 3, .good,
            "several clients of this service were answered too late")
        ledger.add(
            if: matter.classes.has(.synAck) && matter.has(.closedByReset), .good,
            "its client had given up before the answer came")
        ledger.add(
            if: matter.classes.has(.synAck) && matter.has(.closedHandshake)
                && (matter.service?.strayed ?? 0) >= 3, .some,
            "the firewall gave the opening up before the answer came")
        ledger.add(
            if: matter.classes.has(.data) && matter.has(.closedByReset), .good,
            "the client had given up with a RST; the server's data came after that")
    }
}

extension OverloadedHost {
    public var page: CausePage {
        CausePage(
            summary: "a loaded host answered after its peer, and the firewall, had given up",
            whatHappened: """
                A host was too busy to answer in time: no processor, no memory, a stalled disk, a \
                full queue of waiting connections, a virtual machine that was frozen for a \
                backup. Its peer waited, repeated, gave up and closed. The firewall saw that and \
                removed the state. Then the host came to the packet at last and answered a \
                connection that is no more.

                It has two forms:
                - The opening came too late: the client's SYN passed, the SYN,ACK came after the \
                firewall's timer for openings.
                - The conversation came too late: the client sent RST or FIN, and data of the \
                server follow long after.
                """,
            whyBlocked: """
                A firewall keeps an unanswered opening for a short time only, because floods are \
                made of them:
                - pf, pfSense, OPNsense: 120 s after a single SYN, 30 s after a repeated one
                - Linux: 120 s; 60 s once the SYN,ACK was seen
                - Cisco ASA: 30 s. Check Point: 25 s. Juniper SRX: 20 s
                - FortiGate: 10 s. Palo Alto: 5 s for the SYN,ACK, 10 s for the handshake

                A client usually tries longer: Linux repeats its SYN for about two minutes, \
                Windows for about 21 s. So with a short timer the answer is lost at the firewall \
                while the client still waits. A SYN repeated after that opens a new state, and the \
                server answers that one too.

                After a RST the state is gone at once, or within seconds (Linux 10 s) or minutes \
                (pf 90 s). What comes after that is a stray, with data or without.
                """,
            howItLooks: """
                SA, or PA, A, FA, from *one server to many clients*, thicker at the busy hours. \
                The SYNs passed here, repeated; the delay between SYN and SA grows with the load. \
                That the SYN passed here is what tells it from routing.

                    client             firewall             server (busy)
                      |------ SYN ------->|------------------>|   0 s
                      |------ SYN ------->|------------------>|  +1, +3, +7 s
                      |                   |  opening timer    |
                      |                   |x---- SYN,ACK -----|  35 s  blocked: SA
                      |                   |x---- SYN,ACK -----|  36 s  (a burst)

                    client             firewall             server (busy)
                      |------ PA -------->|------------------>|   0 s  a request
                      |------ RA -------->|------------------>|  30 s  client gives up
                      |                   |  state removed    |
                      |                   |x---- PA, FA ------|  95 s  blocked

                A host that was frozen and wakes sends all of it within a second: SYN,ACKs for \
                dead SYNs, ACKs for old data, answers nobody waits for.

                A Linux server whose accept queue is full goes on repeating SYN,ACK at 1, 3, 7, \
                15, 31 s to a client that believes itself connected and sends data.

                In a log: the SYN passed and the opening ran out (ASA 302014 SYN Timeout, \
                conntrack `[DESTROY]` in SYN_SENT with `[UNREPLIED]`), and then `SA` comes in by \
                the *server's* interface: filterlog on the default deny, 106015 with `flags SYN \
                ACK`.

                In a capture on the server's side SYN, repeats and SYN,ACK are all there, and the \
                seconds between the first and the last are the delay. Before it, windows that \
                shrink to 0 (Wireshark: TCP ZeroWindow) and data that is acknowledged ever later.
                """,
            howToConfirm: """
                - On the server: `ss -ltn` (Recv-Q near Send-Q on a LISTEN line: the queue is \
                full); `nstat -az TcpExtListenOverflows TcpExtListenDrops TcpExtTCPReqQFullDrop` \
                twice, a minute apart; load, swapping and disk waits at the times of the strays.
                - At the firewall: `tcpdump -ni em1 'host 10.1.0.80 and tcp port 443 and \
                tcp[tcpflags] & tcp-syn != 0'` and read the time from SYN to SYN,ACK. On a quiet \
                host it is the path's round trip, and it hardly varies.
                - Zero windows are a host that cannot read: `'src host 10.1.0.80 and tcp[14:2] = 0 \
                and tcp[tcpflags] & tcp-rst = 0'`.
                - Half-open connections heap up: `conntrack -L -p tcp --state SYN_SENT -d \
                10.1.0.80`; `show conn address 10.1.0.80 state tcp_embryonic`; `pfctl -ss | grep \
                10.1.0.80 | grep SYN_SENT`.
                - Do clients of *other* servers on the same path suffer too? Then it is the path.
                """,
            whatToDo: """
                The firewall is only the witness; the host needs the help.
                - Find what it waits for: processor, memory, disk, a lock, a database behind it, \
                name lookups for each connection.
                - A full accept queue: a larger backlog in the application *and* the kernel's \
                limit (Linux net.core.somaxconn), and more workers to empty it. A longer queue \
                alone only makes the wait longer.
                - A virtual machine frozen by snapshots or migration: move these to quiet hours.
                - A load balancer before several servers takes slow ones out in time.

                A longer timer for openings, for this server alone, lets late SYN,ACKs pass while \
                clients still wait. It costs states when someone floods the server with SYNs, so \
                keep it below a minute or so.

                If clients notice nothing, a few such lines in the busiest hour are normal.
                """,
            lookAlikes: [
                (
                    .asymmetricRouting,
                    "SA too, but the SYN never passed here, and it is the same at quiet hours"
                ),
                (
                    .lateClose,
                    "only FINs and RSTs, of connections that had done their work; no delay before"
                ),
                (
                    .backscatter,
                    "SA from hosts that nobody here had asked, to addresses that open nothing"
                ),
                (
                    .idleTimeout,
                    "a silence that both ends agreed on; here one end was waiting for the other"
                ),
                (.policy, "a flood of SYNs loads the host: its answers are late for that reason"),
            ],
            collect: [
                "The SYN of the same ports, and how long before the stray it passed.",
                "The server's load and its listen queue drops at the times of the strays.",
                "Whether the server's other clients, and other servers of the path, are slow too.",
            ],
            references: [
                "RFC 9293 §3.8.3 (connection failures), §3.5.3 (reset generation)",
                "RFC 6298 §2, §5.7: timer of a first SYN, and after it was repeated",
                "Linux net/ipv4/tcp_ipv4.c: tcp_v4_syn_recv_sock(); "
                    + "include/net/sock.h: sk_acceptq_is_full(); listen(2): backlog",
                "Linux Documentation/networking/ip-sysctl.rst: tcp_syn_retries, "
                    + "tcp_synack_retries, somaxconn",
                "FreeBSD sys/netpfil/pf/pf.h: PFTM_TCP_FIRST_PACKET_VAL, PFTM_TCP_OPENING_VAL",
                "Cisco ASA Series Syslog Messages: 302014, reason SYN Timeout",
                "Forcepoint NGFW Product Guide: \"Not a Valid SYN Packet\" messages (loaded host)",
            ]
        )
    }
}
