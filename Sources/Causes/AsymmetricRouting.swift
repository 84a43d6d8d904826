// asymmetric-routing: the firewall sees only one direction of the connection.

import Evidence
import Facts

public struct AsymmetricRouting: Cause {
    public init() {}
    public var id: CauseID { .asymmetricRouting }

    public var usualHarm: Harm { .misconfigured }

    public func variant(_ matter: Matter) -> Variant? {
        if matter.has(.openedElsewhere) || isOtherWay(matter) { return "multi-wan" }
        if isReply(matter) { return "reply-only" }
        return isSameInterface(matter) ? "same-interface" : "open-only"
    }

    public func subject(_ matter: Matter) -> Subject { matter.networkSubject }

    public func weigh(_ matter: Matter, _ ledger: inout Ledger) {
        guard matter.key.kind == .stray, matter.classes.isDisjoint(with: .unnatural) else { return }
        if isReply(matter) {
            weighReply(matter, &ledger)
        } else {
            weighOpenOnly(matter, &ledger)
        }
        weighInterfaces(matter, &ledger)
        guard matter.key.kind == .stray else { return }
        ledger.add(
            if: matter.has(.knowsAnswered) && matter.has(.answered), -3.5,
            "the firewall saw an answer: it sees both directions")
        ledger.add(
            if: matter.has(.closedByFins) || matter.has(.closedIdle), -3.5,
            "the firewall saw the connection through to its end")
        ledger.add(if: matter.looksMade, -3.0, "the packets look made by a tool, not by a stack")
        ledger.add(
            if: matter.has(.goesOn), -3.0,
            "it sends new data although it is blocked: no connection with one way cut does")
        ledger.add(
            if: matter.has(.elsewhere) || matter.has(.clusterMAC), -3.0,
            "these are copies of packets that another node has")
        ledger.add(
            if: matter.strayedTogether, -1.5,
            "many unrelated connections began to stray in the same minutes")
        ledger.add(
            if: matter.has(.heldOpening), 2.5,
            "the state table holds it as half open: only one direction passes here")
        if matter.othersWorked > 0 {
            ledger.add(-2.0, "other connections between these hosts worked")
        }
    }

    /// The answer to a SYN that had passed here moments before.
    private func isOtherWay(_ matter: Matter) -> Bool {
        matter.classes.has(.synAck) && matter.has(.opened) && !matter.has(.passedOtherNode)
            && (matter.shows(.answeredElsewhere) || matter.key.sinceOpening.isBelow(10))
    }

    /// The strays are the answers: of the serving end, to an opening that was not seen.
    private func isReply(_ matter: Matter) -> Bool {
        matter.classes.has(.synAck) || (matter.has(.senderServes) && !matter.has(.opened))
    }

    private func isSameInterface(_ matter: Matter) -> Bool {
        matter.has(.hairpin)
            || (matter.sharesInterface && matter.has(.senderInside) && matter.has(.receiverInside))
    }

    private func weighReply(_ matter: Matter, _ ledger: inout Ledger) {
        guard matter.classes.has(.synAck) else { return }
        if matter.has(.opened), matter.has(.passedOtherNode) {
            let isHeard =
                !matter.has(.repeated)
                && !matter.classes.isDisjoint(with: FlagClasses(.ack, .data, .fin))
            ledger.add(
                isHeard ? 1.0 : 4.5,
                "the SYN it answers passed through another node: the way back leads here")
            return
        }
        if matter.has(.opened),
            matter.shows(.answeredElsewhere)
                || matter.key.sinceOpening.isBelow(10)
        {
            ledger.add(
                matter.shows(.answeredElsewhere) ? 5.0 : 3.2,
                matter.shows(.answeredElsewhere)
                    ? "the SYN had left by another interface than its answer came in on"
                    : "the SYN had just passed, and its answer still found no state: it came by "
                        + "another way than the SYN went")
            return
        }
        if matter.has(.opened) {
            ledger.add(-5.0, "the SYN it answers had passed here: both ways lead through here")
            return
        }
        ledger.add(1.2, "SYN,ACKs were blocked: the SYNs they answer went another way")
        // Behind the firewall nobody forges addresses, and own servers answer only what was asked.
        ledger.add(
            if: matter.has(.senderInside) && matter.has(.receiverInside), 2.0,
            "both ends are inside: nobody else provokes an answer there")
        ledger.add(
            if: matter.has(.senderInside) && !matter.has(.receiverInside), 1.3,
            "one of your own servers answers a client that reached it another way")
        ledger.add(
            if: matter.has(.repeated) || matter.has(.doublingGaps), 0.8,
            "the SYN,ACK was repeated: the handshake never completed through here")
        let receiver = matter.receiverFacts
        ledger.add(
            if: !matter.has(.senderInside) && matter.hostsAreApart && receiver.opens > 0, 1.2,
            "the receiver is a client that opens connections through here")
        ledger.add(
            if: !matter.has(.senderInside) && receiver.opens == 0, -2.0,
            "a stranger's answers to a host that opens nothing here: more likely backscatter")
        ledger.add(
            if: matter.recordsOpenings, 0.5, "openings are logged here, and this one was not seen")
        ledger.add(
            if: matter.classes.has(.data) || matter.classes.has(.fin), 0.8,
            "the answers go on after the handshake: it completed on another path")
    }

    private func weighOpenOnly(_ matter: Matter, _ ledger: inout Ledger) {
        guard matter.has(.opened), matter.has(.openedBySender) else {
            weighMiddle(matter, &ledger)
            return
        }
        let speaks = matter.classes.has(.data) || matter.classes.has(.ack)
        ledger.add(
            if: matter.shows(.onlySenderPassed) && speaks, 4.0,
            "its packets passed here one after the other, and never one of the other end")
        ledger.add(
            if: matter.shows(.unprogressed) && speaks && !matter.has(.otherStrayed), 1.5,
            "by its numbers nothing had been exchanged since its SYN")
        ledger.add(
            if: matter.shows(.beginsConversation) && !matter.has(.otherStrayed), 1.6,
            "what was blocked is the end of a handshake and the first data: the answer to its "
                + "SYN reached it by another way")
        weighAnswers(matter, &ledger)
        ledger.add(
            if: matter.has(.knowsAnswered) && !matter.has(.answered), 3.0,
            "its SYN passed here and no answer ever did")
        ledger.add(
            if: matter.has(.closedHandshake) && speaks, 4.5,
            "the firewall gave the opening up for want of an answer, yet the client goes on "
                + "as if it had one")
        let limit = matter.timers.opening
        if speaks, !matter.has(.closed), !matter.has(.knowsAnswered) {
            weighOpeningTimer(matter, limit, &ledger)
        }
        ledger.add(
            if: speaks && !matter.has(.otherStrayed), 0.4,
            "only the client's packets come through here, never the server's")
    }

    /// What is blocked is not answered, unless the answers come by another way.
    private func weighAnswers(_ matter: Matter, _ ledger: inout Ledger) {
        guard !matter.has(.otherStrayed) else { return }
        ledger.add(
            if: matter.has(.acksAnswers) && (matter.has(.repeated) || !matter.has(.goesOn)), 2.6,
            "between its own packets it acknowledged something: it hears the other end, by a way "
                + "that does not lead through here")
        ledger.add(
            if: matter.has(.hearsAnswers) && matter.has(.repeated), 1.5,
            "its acknowledgements grow while its own data stays unheard")
    }

    /// pf forgets an unanswered opening after `tcp.opening`: strays that begin then, again and
    /// again, are its mark. Linux refuses the client's very first ACK.
    private func weighOpeningTimer(_ matter: Matter, _ limit: Int64, _ ledger: inout Ledger) {
        let age = matter.key.sinceOpening
        let justAfter = age.isAtLeast(28) && age.isBelow(60) && limit <= 45
        if justAfter {
            let many = matter.facts.connections + (matter.pair?.prevented ?? 0) >= 3
            ledger.add(
                many ? 3.2 : 2.0,
                "the client's packets were blocked from \(limit) s after its SYN on: "
                    + "that is when an unanswered opening is forgotten")
        }
        if !justAfter, age.isAtLeast(28), matter.heardWithin(matter.timers.established) {
            ledger.add(
                1.5,
                "its state was gone long before the idle timeout, as one is that never saw an "
                    + "answer")
        }
        ledger.add(
            if: matter.has(.senderInside) && matter.has(.receiverInside), 0.8,
            "both ends are inside, where a second router may answer directly")
        let isLinux = matter.key.dialect == .netfilter || matter.key.dialect == .conntrack
        ledger.add(
            if: isLinux && age.isBelow(10) && !matter.shows(.progressed)
                && (matter.has(.saysNoState) || matter.has(.hadState)),
            2.0, "the client's packets were refused from its first ACK on, right after its SYN")
        if let pair = matter.pair, pair.worked == 0, pair.prevented >= 2 {
            ledger.add(1.2, "it is the same for every connection between these hosts")
        }
    }

    /// Strays from the middle of connections whose opening was not seen here at all.
    private func weighMiddle(_ matter: Matter, _ ledger: inout Ledger) {
        if matter.has(.senderInside) || matter.has(.receiverServes) {
            ledger.add(
                if: matter.shows(.beginsConversation) && !matter.has(.otherStrayed), 2.2,
                "what was blocked is the end of a handshake and the first data: the answer to its "
                    + "SYN reached it by another way")
            weighAnswers(matter, &ledger)
        }
        guard matter.has(.senderInside), matter.has(.receiverInside),
            matter.classes.has(.data) || matter.classes.has(.ack)
        else { return }
        ledger.add(
            0.8,
            "a conversation between two networks of your own, where a second path is common")
        ledger.add(
            if: matter.recordsOpenings && !matter.has(.opened), 1.0,
            "data between inside hosts whose opening was never seen here, though openings are logged"
        )
        if let pair = matter.pair, pair.worked == 0, pair.prevented >= 3 {
            ledger.add(1.0, "it is the same for every connection between these hosts")
        }
    }

    private func weighInterfaces(_ matter: Matter, _ ledger: inout Ledger) {
        if matter.has(.openedElsewhere) {
            ledger.add(
                3.5, "the connection opened through one interface and went on through another")
        }
        if isSameInterface(matter), matter.classes.has(.data) || matter.classes.has(.ack) {
            ledger.add(
                1.8,
                "both ends are reached by the interface the packets came in on: "
                    + "a second router there answers directly")
        }
    }
}

extension AsymmetricRouting {
    public var page: CausePage {
        CausePage(
            summary: "the firewall sees only one direction; the other takes another way",
            whatHappened: """
                Routers decide for each packet alone, so the answer need not come back the way \
                the question went. A router does not mind. A firewall does: it must see both \
                directions to follow a connection, and whatever it did not see open is a stray.

                - reply-only: the SYN took another way, the SYN,ACK comes through here.
                - open-only: the SYN came through here, the SYN,ACK took another way. The client \
                has its connection, the firewall waits for an answer it will never see.
                - same-interface: a second router (a VPN box, the provider's router of a branch \
                line) stands in the *same* network as the clients. They send through the \
                firewall, which sends the packet back out of the interface it came in on; the \
                second router answers the clients directly. An ICMP redirect often hides it for \
                some minutes.
                - multi-wan: the connection came in by one provider line and its answers leave by \
                the other; or a gateway failed over in the middle.
                - Two firewalls side by side with load shared among them (ECMP) are the same \
                thing: the SYN is in one node's log, the rest in the other's.
                """,
            whyBlocked: """
                reply-only: a SYN,ACK has no state and may open none, on any firewall.

                open-only depends on the product:
                - pf takes the client's ACK as a sign of life and waits 30 s (tcp.opening) for \
                the server. In that time it passes some 65 KB of the client's data. Then the \
                state is gone, after 30 to 40 s, and the rest meets the default deny.
                - Linux calls *every* further packet of the client INVALID at once, while the \
                SYN_SENT entry lives (120 s): its ACK, its data, its FIN, usually its RST.
                - Cisco ASA drops the half-open connection after 30 s (302014 "SYN Timeout").
                - Forcepoint in Normal or Strict mode wants to see the handshake.

                same-interface comes back minutes later: the clients' redirected route expires \
                (Linux about 5 min, Windows usually 10), and they send through the firewall again \
                in mid-stream.

                pfSense binds states to the interface by default since Plus 24.03 and CE 2.8.0: a \
                detour over a second WAN, a VTI or a bridge that used to pass is blocked since.
                """,
            howItLooks: """
                It concerns *every* connection between two networks, all day. The strays outnumber \
                the working connections; mostly nothing works at all, or for half a minute.

                reply-only: SA after 1, 3, 7, 15, 31 s with one sequence number; no SYN of these \
                ports anywhere in this log. When the handshake succeeds on the other path, A, PA \
                and FA of the server alone.

                    client              firewall             server
                      |-- SYN --> other router ---------------->|
                      |                    |x---- SYN,ACK ------|   0 s  blocked: SA
                      |                    |x---- SYN,ACK ------|  +1, +3, +7 s

                open-only, same-interface: SYN passed, then A, PA, FA of the client alone.

                    client              firewall         2nd router, server
                      |------ SYN -------->|------------------->|   0 s  passed
                      |<------------- SYN,ACK, directly --------|
                      |------ ACK, PA ---->|------------------->|   pf: passes
                      |                    | 30 s: state gone   |
                      |------ PA --------x |                    |  35 s  blocked: PA

                In a same-interface case both addresses are private, and the packet came in on \
                the very interface behind which its destination lies.

                In a log: pf has `SA` on the default deny where its SYN never passed; Linux marks \
                `ACK SYN` INVALID; ASA writes 106015 with `flags SYN ACK`, or a 302014 with SYN \
                Timeout half a minute after the 302013.

                In a capture on the firewall one direction is missing, whatever the interface: \
                acknowledgements of data that nobody seems to have sent (Wireshark: TCP ACKed \
                unseen segment). At the client both directions are there, and the answers carry \
                the MAC address of another router than the one it sends to.
                """,
            howToConfirm: """
                - `pfctl -ss -vv | grep -A 2 10.9.0.5`: a pair of SYN_SENT and CLOSED (ESTABLISHED \
                never reached) while the application talks. The counters show packets one way \
                and 0 the other.
                - `conntrack -L -p tcp -d 10.9.0.5`: SYN_SENT with `[UNREPLIED]`. ASA: `show conn \
                address 10.9.0.5` with flags `saA` or `SaAB`: still waiting for the SYN,ACK.
                - Look for the missing half, on each interface, with link-layer addresses: \
                `tcpdump -eni em1 'host 10.9.0.5 and tcp[tcpflags] & tcp-syn != 0'`. SYN without \
                SYN,ACK is open-only, the reverse reply-only. The source MAC of the answers, as \
                the client sees them, is the router that goes round the firewall.
                - Redirects: `tcpdump -ni em1 'icmp[icmptype] = icmp-redirect'`.
                - Ask both ends and each router between for the route to the *other* end: `ip \
                route get 10.1.0.20`, `route -n get 10.1.0.20`, `show route 10.1.0.20`.
                - On two nodes or two WANs: one log's SYN and the other's strays have the same \
                ports. Give `stray` both files at once.
                """,
            whatToDo: """
                Mend the routes, so that both directions cross the same firewall:
                - same-interface: put the second router into a network of its own, a transit \
                network on another interface. Or give the clients the route (DHCP option 121), so \
                that neither direction crosses the firewall.
                - reply-only, open-only: the server's, or its router's, way back must name this \
                firewall. A second network card in the client's own network is the usual reason; \
                a static route forgotten on one of two routers is the next.
                - multi-wan: make answers leave by the line the question came in on (reply-to, \
                policy routing by connection mark), and set a gateway on WAN interfaces only.
                - ECMP before two nodes: share by source and destination alike, or let the nodes \
                keep common states and send strays to their owner.
                - Source NAT on the firewall brings the answers back to it; servers then see the \
                firewall's address.

                Only when the network cannot be mended: let the firewall track loosely, or not at \
                all, between these two networks, in both directions. That gives up the checks \
                that tell a stray from an attack, and NAT and inspection with it. Do not do it \
                for everything.
                """,
            lookAlikes: [
                (
                    .backscatter,
                    "SA from many unrelated hosts, to addresses or ports that open nothing; here "
                        + "it is one network, and a living client"
                ),
                (
                    .overloadedHost,
                    "the SYN passed here before the SA: both directions come through, one late"
                ),
                (
                    .idleTimeout,
                    "a SYN,ACK passed once, and then a long silence; other connections work"
                ),
                (
                    .stateLoss,
                    "from one moment on, for connections that had worked; new ones work at once"
                ),
                (
                    .clusterDelivery,
                    "each packet is seen on two nodes at once, to a cluster's shared MAC address"
                ),
                (
                    .outOfWindow,
                    "the firewall has a complete state, and refuses a packet by its numbers"
                ),
                (
                    .scan,
                    "single SA, window 65535, only an MSS option, from ports that serve nothing"
                ),
            ],
            collect: [
                "Does the SYN of these ports pass here, and does its SYN,ACK? One capture of a new "
                    + "connection decides.",
                "The routes of both ends and of each router between, to each other.",
                "The interfaces' networks and static routes: is a gateway in the clients' network?",
                "The other node's or other WAN's log for the same minute.",
            ],
            references: [
                "RFC 9293 §3.5 Establishing a Connection; §3.10.7.4 (segments in SYN-SENT and on)",
                "RFC 792, RFC 1812 §5.2.7.2: ICMP redirects; RFC 2991: ECMP and its troubles",
                "RFC 3442: DHCP option 121, classless static routes",
                "Linux net/netfilter/nf_conntrack_proto_tcp.c: tcp_conntracks[] (row ack, sSS)",
                "FreeBSD sys/netpfil/pf/pf.c: pf_tcp_track_full(), pf_tcp_track_sloppy(); "
                    + "pf.conf(5): sloppy, if-bound, reply-to",
                "pfSense documentation: Troubleshooting Blocked Log Entries due to Asymmetric "
                    + "Routing",
                "Cisco ASA Configuration Guide: TCP State Bypass",
                "Forcepoint NGFW Product Guide: connection tracking modes",
            ]
        )
    }
}
