// idle-timeout: the connection was silent longer than the firewall remembers, then spoke again.

import Evidence
import Facts

public struct IdleTimeout: Cause {
    public init() {}
    public var id: CauseID { .idleTimeout }

    public var usualHarm: Harm { .tune }

    public func variant(_ matter: Matter) -> Variant? {
        if isLateAnswer(matter) { return "opening" }
        return matter.has(.closedHalfClosed) || matter.has(.passedFin)
            ? "half-closed" : "established"
    }

    public func weigh(_ matter: Matter, _ ledger: inout Ledger) {
        guard matter.key.kind == .stray else { return }
        let classes = matter.classes
        if isLateAnswer(matter) {
            weighLateAnswer(matter, &ledger)
            return
        }
        let speaks =
            classes.has(.data) || classes.has(.ack) || matter.isClosingOnly || classes.has(.unknown)
        guard speaks, classes.isDisjoint(with: .unnatural) else { return }
        weighEnd(matter, &ledger)
        weighSilence(matter, &ledger)
        weighPackets(matter, &ledger)
    }

    /// The answer to an opening that had passed here.
    private func isLateAnswer(_ matter: Matter) -> Bool {
        matter.classes.has(.synAck) && matter.has(.opened) && !matter.has(.openedBySender)
            && !matter.has(.passedOtherNode)
    }

    private func weighLateAnswer(_ matter: Matter, _ ledger: inout Ledger) {
        let limit = matter.timers.opening
        guard matter.key.sinceOpening.isAtLeast(min(limit, 28)) else { return }
        ledger.add(
            .strong,
            "the SYN had passed, and its answer took longer than the firewall waits for one "
                + "(\(matter.spoken(limit)))")
        ledger.add(
            if: matter.servicesOthersWorked >= 3 && (matter.service?.strayed ?? 0) <= 1, .fair,
            "the service answered others in time: this one was slow, not the host")
        ledger.add(
            if: matter.has(.closedByReset), -.good, "its client had given up by then")
        ledger.add(
            if: (matter.service?.strayed ?? 0) >= 3, -.strong,
            "the service answers several clients as late: it is the host that is slow")
    }

    private func weighEnd(_ matter: Matter, _ ledger: inout Ledger) {
        // The device's own word, and the strongest there is.
        ledger.add(
            if: matter.has(.closedIdle) && !matter.has(.strayedBeforeClose), .decisive,
            "the firewall itself says that it ended the connection for being idle")
        ledger.add(
            if: matter.has(.closedHalfClosed) && !matter.isClosingOnly, .decisive,
            "one end had closed, the other went on after the half-closed timer")
        ledger.add(
            if: matter.has(.closedByFins) || matter.has(.closedByReset), -.decisive,
            "the firewall had seen an end close the connection")
        ledger.add(
            if: matter.has(.closedHandshake), -.decisive,
            "the connection never finished opening, as the firewall saw it")
        ledger.add(if: matter.has(.closedFlushed), -.strong, "the firewall's states were removed")
    }

    private func weighSilence(_ matter: Matter, _ ledger: inout Ledger) {
        guard matter.has(.opened) || matter.facts.silenceMin >= 0 else { return }
        weighPause(matter, &ledger)
        // One end had closed, so the shorter timer ran.
        let half = matter.timers.halfClosed
        if matter.has(.passedFin), !matter.has(.closed), matter.silentFor(half),
            !matter.isClosingOnly
        {
            ledger.add(
                .decisive,
                "one end had closed, and the other was silent longer than such a connection is "
                    + "kept (\(matter.spoken(half)))")
            return
        }
        let limit = matter.timers.established
        if matter.silentFor(limit) {
            ledger.add(
                .decisive,
                "the last thing that passed was longer ago than the idle timeout "
                    + "(\(matter.spoken(limit)))")
        } else if !matter.has(.closed) {
            weighShortSilence(matter, limit, &ledger)
        } else if matter.heardWithin(limit), !matter.has(.closedIdle) {
            ledger.add(
                -.strong, "its end was logged before the idle timeout (\(matter.spoken(limit)))")
        }
    }

    /// The firewall's timer may be shorter than its maker's: then the connection's own pauses tell.
    private func weighPause(_ matter: Matter, _ ledger: inout Ledger) {
        guard matter.has(.outlasted), !matter.has(.closed), !matter.has(.passedFin) else { return }
        ledger.add(
            matter.isClosingOnly ? .good : .strong,
            "all had passed while it spoke; it strayed after a silence several times longer than "
                + "any before, and no end had closed it")
    }

    /// Of what passed the opening alone was logged, longer ago than a half-closed connection is
    /// kept: its silence may have been anything up to that.
    private func isOnlyOpened(_ matter: Matter) -> Bool {
        matter.has(.opened) && matter.wantedClasses.has(.data) && !matter.shows(.sawPackets)
            && !matter.has(.passedFin) && matter.key.silence == matter.key.sinceOpening
            && matter.silentFor(max(matter.timers.halfClosed, 600))
            && (matter.pair?.strayed ?? 1) <= 3
    }

    private func weighShortSilence(_ matter: Matter, _ limit: Int64, _ ledger: inout Ledger) {
        // Linux shortens the timer to five minutes while data is unacknowledged
        // (nf_conntrack_tcp_timeout_unacknowledged, _max_retrans).
        let isLinux = matter.key.dialect == .netfilter || matter.key.dialect == .conntrack
        if isLinux, matter.silentFor(300), !matter.isClosingOnly {
            ledger.add(
                .fair, "silent for five minutes or more: Linux's timer while data is unacknowledged"
            )
        } else if isOnlyOpened(matter) {
            ledger.add(
                .some,
                "it had been open longer than a half-closed connection is kept, and nothing tells "
                    + "how long it was silent")
        } else if matter.heardWithin(limit) {
            ledger.add(
                matter.has(.outlasted) || matter.mayHaveSlept ? -.some : -.strong,
                "it had been heard of more recently than the idle timeout "
                    + "(\(matter.spoken(limit)))")
        }
    }

    private func weighPackets(_ matter: Matter, _ ledger: inout Ledger) {
        let classes = matter.classes
        ledger.add(
            if: matter.wantedClasses.has(.data), .some,
            "a packet with data: a conversation that wants to go on")
        ledger.add(
            if: classes.subtracting(.closing) == FlagClasses(.ack) && matter.has(.equalGaps), .fair,
            "ACKs without data at equal gaps: keepalives of an idle connection")
        ledger.add(
            if: classes.has(.data) && matter.has(.repeated), .slight,
            "the same data was sent again at growing gaps until its sender gave up")
        // With one way in and out there is no second path, and what is lost in one moment strays
        // together with others.
        let leavesSite = matter.has(.senderInside) != matter.has(.receiverInside)
        let isSeldom = (matter.pair?.strayed ?? 1) <= 3
        ledger.add(
            if: leavesSite && isSeldom && matter.wantedClasses.subtracting(.closing) != []
                && !matter.has(.opened), matter.has(.single) ? .slight : .fair,
            "a conversation over the site's border, and few connections of these hosts stray")
        ledger.add(
            if: leavesSite && matter.has(.freshSeries) && !matter.isClosingOnly, .slight,
            "it was new when it was blocked: the state had gone before it spoke")
        ledger.add(if: classes.has(.synAck), -.decisive, "a SYN,ACK belongs to an opening")
        ledger.add(
            if: matter.has(.otherSynAck), -.decisive, "the other end was still answering an opening"
        )
        ledger.add(
            if: matter.othersWorked > 0, .slight, "other connections between these hosts worked")
        ledger.add(
            if: matter.isAlwaysPrevented, -.good,
            "no connection between these hosts ever worked, idle or not")
        ledger.add(
            if: matter.strayedTogether, -.good,
            "many other connections began to stray in the same minutes")
        ledger.add(
            if: matter.isCrowd && matter.has(.senderServes)
                && !matter.silentFor(matter.timers.established), -.good,
            "its server spoke to many clients in the same minutes, each of whom it had forgotten")
        ledger.add(
            if: matter.shows(.passesOn) || matter.shows(.stateLived), -.strong,
            "packets of both ends passed here after it was refused")
        ledger.add(
            if: matter.has(.tunnelWindow) && matter.has(.unpushed), -.good,
            "its windows and flags are those of a tunnel that only looks like TCP")
        ledger.add(
            if: matter.has(.goesOn) || matter.shows(.unslowed)
                || (matter.has(.many) && matter.has(.steady)), -.strong,
            "it went on and on although it was blocked: a stack would have given up")
        ledger.add(
            if: matter.has(.elsewhere) || matter.has(.clusterMAC), -.strong,
            "these are copies of packets that another node has")
        ledger.add(
            if: matter.has(.heldOpen), -.fair, "the state table still holds the connection")
        ledger.add(
            if: matter.looksMade, -.strong, "the packets look made by a tool, not by a stack")
    }
}

extension IdleTimeout {
    public var page: CausePage {
        CausePage(
            summary: "a connection was silent longer than the firewall remembers, then spoke on",
            whatHappened: """
                Two hosts had a connection and nothing to say for a while. TCP allows that for \
                any length of time: no packet is needed to stay connected. The firewall cannot \
                tell silence from death, so it counts, and at the end of its idle timer it \
                removes the state. Most firewalls tell neither end. Then an end speaks again, and \
                its packet belongs to nothing the firewall knows.

                The forms it takes:
                - established: the common one. Database pools, SSH sessions, message brokers, \
                phones waiting for a push, remote desktops over lunch.
                - half-closed: one end had sent its FIN, and the other went on longer than the \
                (much shorter) timer for half-closed connections.
                - opening: the answer took longer than the timer for opening connections.
                """,
            whyBlocked: """
                The packet has no SYN, so no rule that opens connections takes it, however much \
                it allows. Default idle timers of an open connection:
                - pf, pfSense, OPNsense: 24 h; 5 h with *aggressive*, 5 days with *conservative* \
                optimisation. With adaptive timeouts every timer shrinks as the table fills: by \
                pf's own default from 60 % of the state limit on (OPNsense switches that off)
                - Linux: 5 days, but 5 *minutes* while sent data is unacknowledged, the window is \
                closed, or the same ACK came three times more
                - Cisco ASA, Check Point, FortiGate, Palo Alto: 1 h
                - Forcepoint, Juniper SRX: 30 min. MikroTik: 1 day
                - SonicWall: usually 5 or 15 min, by rule. Sophos: usually 3 h
                - on the way: AWS Network Load Balancer 350 s, Azure Load Balancer 4 min

                TCP's own keepalive is no help as it comes: it is off unless the application asks \
                for it, and then starts after 2 hours, when a timer of 1 h has long run out.

                Half-closed: pf 15 min, Linux 60 s after the FIN is acknowledged, ASA 10 min, \
                FortiGate and Palo Alto 2 min. Linux with `nf_conntrack_tcp_loose=1` makes a new \
                entry from late data or an ACK (class NEW), so a rule that accepts NEW without \
                asking for a SYN lets it through; a late FIN or RST is INVALID all the same.
                """,
            howItLooks: """
                First PA (data), A (a keepalive) or FA (a sleeper that wakes only to close), \
                after a long silence of exactly this pair of addresses and ports. Then the same \
                sequence number again at doubling gaps, then often RA (the sender gave up) or a \
                SYN from the next port, which works. The same pair does it again tomorrow.

                    client             firewall             server
                      |------ PA -------->|------------------>|  08:00:00
                      |<------------------|<------ A ---------|
                      |                   | 1 h: state gone   |  09:00:00
                      |------ PA -------x |                   |  09:12:40  blocked
                      |------ PA -------x |                   |  same seq, +0.2 s
                      |------ PA -------x |                   |  +0.6, +1.4, +3.0 ...
                      |------ SYN ------->|------------------>|  new port: works

                The users' story: the first click after a break hangs, the second works; \
                "connection reset" or "broken pipe" in the application's log, on the hour after \
                the last use.

                In a log: filterlog's default deny with PA, A or FA, Linux `ACK PSH`, ASA 106015 \
                with `flags PSH ACK`, and nothing else of these ports since the silence began; \
                ASA may have a 302014 with Conn-timeout in between.

                In a capture on the sender's side a long gap in the times, no FIN before it, then \
                one `[P.]` and its repeats. A keepalive is a segment without data, or with one \
                byte, one below the next sequence number. Behind the firewall there is nothing at \
                all: not even the first of them arrives.
                """,
            howToConfirm: """
                - The firewall's own word: ASA 302014 with "Conn-timeout" (or "FIN Timeout" for \
                half-closed), "aged-out" as session end reason (Palo Alto), a conntrack \
                `[DESTROY]` with no FIN or RST before it.
                - The gap: take the time between the last packet that passed and the first that \
                strayed, for several connections. The smallest of them, and the longest silence \
                that was survived, meet at the timer.
                - Look at the count-down: `pfctl -ss -vv | grep -A 2 192.0.2.20` (age, expires \
                in); `conntrack -L -p tcp -d 192.0.2.20` (third column: seconds left); `show conn \
                address 192.0.2.20 detail` (idle, timeout).
                - See who keeps silent: `tcpdump -ni em0 'host 192.0.2.20 and tcp port 5432'` over \
                one pause. Packets with length 0 at equal gaps are keepalives.
                - `stray tune` shows which timer would have spared these connections.
                """,
            whatToDo: """
                Best, let the ends speak before the timer runs out. Set the application's \
                keepalive below the *smallest* timer on the whole path, load balancers and NAT \
                included: SSH ServerAliveInterval, the heartbeat of the message broker, \
                keepalives of the database driver. For TCP's own keepalive lower the idle time \
                from 7200 s to some 120 or 240 s, and check that the socket asks for it.

                Or let the pool drop connections first: a maximum idle time below the firewall's \
                closes them in good order.

                Or raise the timer for this service alone, between these hosts. States cost \
                memory, so leave the timer for everything else. Where the firewall can send a RST \
                to both ends when it removes an idle state, applications notice at once instead \
                of hanging.

                On Linux, if the gaps are about 5 minutes and not 5 days, an end vanished with \
                data unacknowledged, or something on the way loses the data: look there first.
                """,
            lookAlikes: [
                (
                    .lateClose,
                    "an end had closed (FIN, RST, teardown) before the silence, and only closing "
                        + "packets stray"
                ),
                (
                    .stateLoss,
                    "many connections in the same moment, after silences of every length; an "
                        + "event beside it"
                ),
                (
                    .asymmetricRouting,
                    "the strays begin 30 to 40 s after the SYN (pf) or at once (Linux), and no "
                        + "SYN,ACK ever passed"
                ),
                (
                    .notTCP,
                    "the silence is none: packets flow all the time, are never repeated, and no "
                        + "SYN follows"
                ),
                (
                    .scan,
                    "bare A to many hosts or ports, sequence 0, no options; nothing of them ever "
                        + "passed"
                ),
            ],
            collect: [
                "When the connection last passed a packet: a pass or session line of the same "
                    + "ports, or a capture over one pause.",
                "The idle timer in force for that rule, and of every load balancer or NAT on the "
                    + "way.",
                "Whether the client's public port changed in mid-stream: then a NAT before this "
                    + "firewall ran out, not this one.",
            ],
            references: [
                "RFC 9293 §3.8.4 TCP Keep-Alives: off by default, two hours at least",
                "RFC 5382 §5 REQ-5: a NAT keeps an idle TCP session 2 h 4 min at least",
                "Linux net/netfilter/nf_conntrack_proto_tcp.c: tcp_timeouts[], "
                    + "nf_conntrack_tcp_packet(); "
                    + "Documentation/networking/nf_conntrack-sysctl.rst",
                "FreeBSD sys/netpfil/pf/pf.h: PFTM_TCP_*_VAL; pf.conf(5): set timeout, "
                    + "adaptive.start",
                "Forcepoint NGFW Product Guide: idle timeouts; \"Not a Valid SYN Packet\" messages",
                "Cisco Secure Firewall ASA Command Reference: timeout, set connection timeout",
                "PAN-OS Administrator's Guide: Configure Session Timeouts",
            ]
        )
    }
}
