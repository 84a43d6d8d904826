// unexplained: the evidence does not decide. What to collect is said instead of a guess.

import Evidence
import Facts

public struct Unexplained: Cause {
    public init() {}
    public var id: CauseID { .unexplained }

    public var usualHarm: Harm { .unknown }

    public func subject(_ matter: Matter) -> Subject {
        matter.isAlwaysPrevented ? matter.serviceSubject : matter.portSubject
    }

    /// What is missing, as facts of weight 0: they decide nothing and are told.
    public func weigh(_ matter: Matter, _ ledger: inout Ledger) {
        guard matter.key.kind == .stray else { return }
        ledger.add(
            if: !matter.has(.opened) && !matter.recordsOpenings, .none,
            "openings are not logged: whether these connections ever opened here is unknown")
        ledger.add(
            if: !matter.has(.opened) && matter.recordsOpenings, .none,
            "the opening of these connections is not in the log: it was before it, or elsewhere")
        ledger.add(
            if: matter.has(.opened) && !matter.has(.closed), .none,
            "the log does not tell when and why the firewall forgot these connections")
        ledger.add(
            if: matter.has(.single), .none, "one packet of each connection says little")
        ledger.add(
            if: matter.isAlwaysPrevented, .none, "no connection between these hosts ever worked")
    }
}

// Read first: the pages of the other causes; each says what would decide for it.
extension Unexplained {
    public var page: CausePage {
        CausePage(
            summary: "the evidence does not decide; here is what to collect",
            whatHappened: """
                A packet came for which the firewall held no state, and the log does not say why. \
                Several causes would have left the same lines. Naming one would be a guess, and \
                the wrong guess costs more than none: it sends you to change a timer when a route \
                is wrong.

                It is common with short logs, logs of blocked packets only, and single packets. \
                The deciding fact is often outside the line: a reload, a failover, a close just \
                before.
                """,
            whyBlocked: """
                As with every stray: it is not a SYN, so no rule that opens connections takes it, \
                and no state let it pass. That much is certain; why the state was missing is what \
                the log does not tell.
                """,
            howItLooks: """
                Any flags but a lone SYN. With one line and nothing else no cause is proven, but \
                the flags and the side it comes from lean:

                    outside, FA FPA RA R, port 443 or 80   late-close; idle-timeout
                    inside, FA or A to the Internet        late-close; a device that woke
                    inside, PA to the Internet             idle-timeout; state-loss
                    inside, A PA, both ends private        asymmetric-routing; idle-timeout
                    inside, SA of an own server            asymmetric-routing (reply-only)
                    outside, SA of a stranger's service    backscatter; multi-WAN
                    none, FPU, F, SF                       scan; spoofed-flags

                Same sequence number at doubling gaps (0.2, 0.4, 0.8 s … or 1, 2, 4 s) is one \
                event: a packet that is repeated because nobody answers. Equal gaps are a \
                keepalive, a poller or a scanner.

                In a capture on both sides of the firewall one connection tells more than a day \
                of log: which packet goes in and does not come out, what passed of the same ports \
                before it, and whether the other direction is there at all.
                """,
            howToConfirm: """
                Ask these in turn; each answer removes causes.

                - Did a SYN of the same four values pass here before? No, though openings are \
                logged: asymmetric-routing, backscatter, scan. Yes: the state was lost or ran out.
                - Was there a FIN or RST before the silence? Yes: late-close. No, and the silence \
                is as long as a timer: idle-timeout.
                - How long was the silence? Usual timers of idle connections: 300 or 900 s \
                (SonicWall by version), 1800 s (Forcepoint, Juniper), 3600 s (Cisco ASA, Check \
                Point, FortiGate, PAN-OS), 86400 s (pf, MikroTik), 432000 s (Linux; 300 s with \
                unacknowledged data).
                - Did many connections stray at that moment? Yes: state-loss.
                - Is it one server with many clients, worse at busy hours? Yes: overloaded-host.
                - Is a state there while the packet is refused? Yes: out-of-window or port-reuse.

                Look while it happens. With a state in the table, the first is not a missing state:

                    pfctl -ss -vv | grep -A 3 198.51.100.20:443
                    conntrack -L -p tcp -d 198.51.100.20 --dport 443
                    show conn address 198.51.100.20 port 443             (Cisco ASA)
                    show session all filter destination 198.51.100.20    (PAN-OS)
                """,
            whatToDo: """
                First find out whether anybody is hurt: do these hosts have connections that work, \
                do users complain? If all works, you may wait and collect. If no connection \
                between two hosts ever works, do not call it harmless; it is most often a route.

                Then make the log able to decide: log openings (the pass rule) as well as blocks, \
                with flags and both ports; keep the logs of all nodes with clocks in step; keep \
                the system log beside it. Run Stray again on the longer log.

                Change no timer and open no rule until the cause is known.
                """,
            lookAlikes: [
                (
                    .lateClose,
                    """
                    The most common cause by far. It needs a close of the same connection before \
                    the packet, seen in a log or a capture.
                    """
                ),
                (
                    .idleTimeout,
                    """
                    It needs a silence as long as a timer and no close before it.
                    """
                ),
                (
                    .asymmetricRouting,
                    """
                    It needs an opening of which one half was never seen here, or was seen on \
                    another interface or node.
                    """
                ),
                (
                    .stateLoss,
                    """
                    It needs a moment at which many connections began to stray, and an event there.
                    """
                ),
            ],
            collect: [
                """
                The lines of the same four values (both addresses and ports) in the hour before, \
                passed ones too: how the connection opened, and how it closed.
                """,
                """
                The entry of the state or session table while it happens, or that there is none: \
                pfctl -ss -vv, conntrack -L, show conn detail.
                """,
                """
                The firewall's uptime and the times of reloads, flushes and failovers.
                """,
                """
                The routing table, and a capture with link-layer headers (tcpdump -e) on both \
                interfaces: which MAC did the packet come from, where does the answer go?
                """,
                """
                The log of the other node, line or router: the missing half may be there.
                """,
            ],
            references: [
                "RFC 9293 §3.3.2 (states), §3.5 (opening), §3.6 (closing), §3.10.7 (what arrives)",
                "Linux net/netfilter/nf_conntrack_proto_tcp.c, tcp_conntracks[] and tcp_timeouts[]",
                "FreeBSD pf.conf(5), set timeout; pfctl(8), -s states and -s info",
                "Netgate pfSense documentation, Troubleshooting Blocked Log Entries for Legitimate "
                    + "Connection Packets",
                "Forcepoint NGFW documentation, Not a Valid SYN Packet",
            ])
    }
}
