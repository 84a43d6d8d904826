// backscatter: answers to packets somebody else sent in your name.

import Evidence
import Facts

public struct Backscatter: Cause {
    public init() {}
    public var id: CauseID { .backscatter }

    public var usualHarm: Harm { .harmless }
    public func subject(_ matter: Matter) -> Subject {
        matter.key.sender.isNone
            ? .interface(matter.key.interface, node: matter.key.node) : .host(matter.key.sender)
    }

    public func weigh(_ matter: Matter, _ ledger: inout Ledger) {
        // Errors about connections that a state knows pass with them (RFC 1122 §3.2.2). One from
        // outside that was refused tells of a packet that nobody here sent, or of one long past.
        ledger.add(
            if: matter.key.kind == .notTCP && matter.shows(.icmpError)
                && !matter.has(.senderInside), .decisive,
            "ICMP errors about packets of connections that this firewall does not know")
        guard matter.key.kind == .stray else { return }
        let answers = FlagClasses(.synAck, .reset, .resetAck)
        guard matter.classes.subtracting(answers).isEmpty else { return }
        let isOpeningAnswer = matter.classes.has(.synAck)
        if matter.has(.opened) || matter.has(.closed)
            || !matter.facts.first.hasOutsideSender(matter)
        {
            ledger.add(
                -.decisive,
                matter.has(.senderInside)
                    ? "it comes from inside: an answer of your own hosts"
                    : "the firewall had known this connection")
            return
        }
        weighPackets(matter, isOpeningAnswer, &ledger)
        weighEnds(matter, isOpeningAnswer, &ledger)
    }

    private func weighPackets(
        _ matter: Matter, _ isOpeningAnswer: Bool, _ ledger: inout Ledger
    ) {
        ledger.add(
            if: isOpeningAnswer && matter.answersFromService, .fair,
            "SYN,ACKs from a service's port of a stranger: answers to SYNs that were not seen")
        ledger.add(
            if: !isOpeningAnswer && matter.answersFromService && matter.has(.windowZero)
                && matter.has(.sequenceZero), .fair,
            "RST,ACKs with number 0 and window 0 from a service's port: refusals of SYNs "
                + "that were not seen")
        ledger.add(
            if: !isOpeningAnswer && !matter.answersFromService && matter.has(.windowZero)
                && matter.has(.sequenceZero), .some,
            "RST,ACKs with number 0 and window 0: refusals of SYNs that were not seen")
        ledger.add(
            if: !isOpeningAnswer && matter.answersFromService && !matter.has(.sequenceZero),
            .slight,
            "RSTs from a service's port")
        ledger.add(
            if: matter.has(.otherStrayed), -.strong, "the other end spoke too")
        ledger.add(
            if: matter.shows(.askedAgain), -.decisive,
            "more answers than the server's own repeats: somebody asks it again and again")
        // A RST is never repeated of itself (RFC 9293 §3.5.2): each refuses another SYN.
        ledger.add(
            if: !isOpeningAnswer && matter.has(.sequenceZero) && matter.has(.windowZero)
                && !matter.has(.single), -.decisive,
            "the same opening was refused more than once: a client asks again, and a forger draws "
                + "new ports")
        ledger.add(
            if: isOpeningAnswer && matter.has(.freshSeries), -.good,
            "several answers within a second: forged SYNs come once")
        ledger.add(
            if: matter.has(.timestamps) && !isOpeningAnswer, -.some,
            "TCP timestamps: a socket that stood, not a refusal")
        ledger.add(
            if: isOpeningAnswer && (matter.has(.repeated) || matter.has(.doublingGaps)), .slight,
            "repeated as a server repeats an answer that nobody acknowledges")
    }

    private func weighEnds(
        _ matter: Matter, _ isOpeningAnswer: Bool, _ ledger: inout Ledger
    ) {
        let receiver = matter.receiverFacts
        if matter.recordsOpenings, matter.hostsAreApart {
            if receiver.opens == 0 {
                // What nobody asked for from here was asked for by somebody else.
                ledger.add(
                    isOpeningAnswer ? .fair : .strong,
                    "the receiver opens no connections here, though openings are logged")
            } else {
                // A refusal with number 0 answers a SYN, and this one's is not among those logged.
                let answersSYN = !isOpeningAnswer && matter.has(.sequenceZero)
                ledger.add(
                    answersSYN ? -.slight : -.good,
                    "the receiver opens connections through here: it may have asked")
            }
        }
        let spread = max(
            matter.senderFacts.strayHosts.estimate, matter.senderFacts.strayPorts.estimate)
        let onlyAnswers = matter.senderFacts.strayClasses.isDisjoint(
            with: FlagClasses(.data, .ack, .fin))
        // Many ports of one address are also those of one client, or of all behind one
        // translation, whose openings leave by another line: then only logged openings decide.
        // Of a /64's addresses nobody draws two that are in use: IPv6 answers go to who asked.
        let drawn =
            matter.key.sender.isV4
            && (matter.senderFacts.strayHosts.estimate >= 3 || matter.recordsOpenings)
        ledger.add(
            if: matter.hostsAreApart && spread >= 3 && onlyAnswers && matter.answersFromService,
            drawn ? (isOpeningAnswer ? .good : .fair) : .slight,
            "the sender answers to \(spread) of your hosts or ports, with nothing but answers: "
                + "its attacker drew them at random")
        ledger.add(
            if: matter.hostsAreApart && !onlyAnswers, -.good,
            "the sender also sent data or FINs: a real conversation")
        ledger.add(
            if: matter.othersWorked > 0, -.strong,
            "these hosts have connections that work")
        // Forged SYNs bear your addresses, and those are of a few networks.
        ledger.add(
            if: isOpeningAnswer && matter.hostsAreApart
                && matter.senderFacts.strayRegions.estimate >= 4, -.decisive,
            "it answers hosts of \(matter.senderFacts.strayRegions.estimate) networks far apart, "
                + "more than are yours: it may be a server of your own")
        // The victim answers from where it is.
        ledger.add(
            if: matter.cameFromElsewhere, -.some,
            "the answers did not come from where the host is: \(matter.distances)")
    }
}

extension Example? {
    /// Whether the sender may be a stranger: outside, and not the receiver itself.
    fileprivate func hasOutsideSender(_ matter: Matter) -> Bool {
        !matter.has(.senderInside) && !matter.has(.sameHost)
    }
}

// Read first: Moore et al., Inferring Internet Denial-of-Service Activity; RFC 4987.
extension Backscatter {
    public var page: CausePage {
        CausePage(
            summary: "answers to packets that somebody else sent under your address",
            whatHappened: """
                Somebody floods a server with SYNs and draws the sender's address at random, so \
                that the answers do not come back to him. One of the addresses drawn is yours. The \
                server answers in good faith, and the answer reaches your firewall: a SYN,ACK if \
                the port is open, a RST,ACK if it is closed, an ICMP error if a router refuses on \
                the way.

                The sender you see is therefore the victim, not the attacker. The attacker does \
                not appear in your log at all.

                Two relatives look the same in a single line:
                - Reflection: the attacker forges your address on purpose and sends SYNs to many \
                servers. Then you are the victim. Many sources, one address of yours, a high rate.
                - Leftovers of a dynamic or shared address: its last user had connections, and \
                their far ends still talk to the address you have now. Usually PA, A or FA are \
                among them, and it fades within minutes to hours.
                """,
            whyBlocked: """
                An answer needs the state that a question made, and nobody here has asked. Rules \
                that open connections take only SYNs. The packet could not do anything either: a \
                host that got a SYN,ACK it did not ask for would answer with a RST, and it ignores \
                a RST that fits no connection.
                """,
            howItLooks: """
                Flags SA, RA or R from a service's port (80, 443, 22, 53, 25565, …) of a host that \
                your users never contacted, to several of your addresses or high ports, those in \
                use and those unused alike. Nothing but answers comes from it, no data and no FIN.

                    attacker  S   as 192.0.2.77:1433, which is yours  -->  203.0.113.80:443
                    203.0.113.80:443   SA  -->  192.0.2.77:1433       no state: blocked
                    203.0.113.80:443   SA  -->  192.0.2.77:1433       again after 1 s
                    203.0.113.80:443   SA  -->  192.0.2.77:1433       after 3, 7, 15, 31 s

                The repeats are the server's own: nobody acknowledges, so Linux sends a SYN,ACK \
                five more times. A server that defends itself with SYN cookies sends it only once. \
                A refusal is RA with sequence number 0 and window 0, and is not repeated.

                The rate stays low. If a flood of a million SYNs a second draws from all IPv4 \
                addresses, one given address is hit every 72 minutes, and a /24 every 17 seconds.

                In a log: filterlog has `SA`, `RA` or `R` inwards on the WAN, Linux `ACK SYN` or \
                `RST`, ASA 106015 with `flags SYN ACK` on outside; conntrack and the session log \
                know nothing of that host.

                In a capture on the WAN `Flags [S.]` comes in, and no `[S]` to that host ever \
                went out. The number it acknowledges, less one, is what the forger wrote into the \
                SYN: often the same for all, or made of the address.
                """,
            howToConfirm: """
                One question decides: did a SYN leave you for that host and port? Look at every \
                exit, for it may have left by another line:

                    tcpdump -ni IF 'dst host 203.0.113.80 and tcp[tcpflags] & tcp-syn != 0'
                    pfctl -ss | grep 203.0.113.80
                    conntrack -L -p tcp -d 203.0.113.80
                    show conn address 203.0.113.80                 (Cisco ASA)

                Then collect the answers. tcp[] works for IPv4 only; for IPv6 use ip6[53] as byte \
                13 of a TCP header without extension headers before it.

                    tcpdump -nnvS -i IF 'src host 203.0.113.80 and tcp[13] & 0x17 == 0x12'

                For backscatter speak: destinations that never open connections or are not in use; \
                many destination ports from one source port; ack numbers that are equal or follow \
                a pattern over several connections (ack less 1 is the number the attacker chose); \
                an ICMP error that quotes a packet of yours that you never sent.
                """,
            whatToDo: """
                Leave it blocked. It is noise of the Internet, and some of it every day is normal.

                Do not report the sender as an attacker and do not ban it. It is a victim, and \
                often a service that your users need. A ban is even what an attacker may want.

                If the rate hurts, or many servers answer to one address of yours, it is an attack \
                on you by reflection. No firewall rule gives the line's capacity back; ask your \
                provider to filter before it. Check that your own network lets no forged sources \
                out (BCP 38).

                To quieten the log, count SYN,ACKs and RSTs without a state from outside and do \
                not log each. The cost is that a reply whose SYN took another line is hidden too.
                """,
            lookAlikes: [
                (
                    .asymmetricRouting,
                    """
                    In reply-only routing the receiver is a live client whose SYN left by another \
                    way. It is always the same networks, and users complain.
                    """
                ),
                (
                    .scan,
                    """
                    A SYN,ACK scan comes once per target, from one source to many, often from a \
                    port that is no service, with bare options. A server's answers are repeated \
                    and carry its usual options.
                    """
                ),
                (
                    .overloadedHost,
                    """
                    There the SYN went through here seconds before, and the server is one your \
                    users use.
                    """
                ),
                (
                    .lateClose,
                    """
                    A RST after a close belongs to a connection that passed here. It goes to one \
                    client and its number is not 0.
                    """
                ),
                (
                    .stateLoss,
                    """
                    After a loss data and ACKs stray as well, to hosts that were in conversation.
                    """
                ),
            ],
            collect: [
                """
                Whether any SYN to that address and port left by any of your exits in the minute \
                before: passed openings logged, or a capture on each line.
                """,
                """
                Which of your addresses it goes to, and whether these open connections.
                """,
            ],
            references: [
                "Moore et al.: Inferring Internet Denial-of-Service Activity, ACM TOCS 24(2)",
                "RFC 4987 (SYN flooding and its defences)",
                "RFC 2827 = BCP 38 (ingress filtering against forged sources)",
                "RFC 9293 §3.5.2 (when a RST is sent, and with which numbers)",
                "Linux net/ipv4/tcp_ipv4.c, tcp_v4_send_reset()",
                "Linux Documentation/networking/ip-sysctl.rst, tcp_synack_retries, tcp_syncookies",
                "Bock et al.: Weaponizing Middleboxes for TCP Reflected Amplification",
            ])
    }
}
