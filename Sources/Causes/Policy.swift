// policy: not a stray; a packet that could have opened a connection, and no rule allows it.

import Evidence
import Facts

public struct Policy: Cause {
    public init() {}
    public var id: CauseID { .policy }

    public var usualHarm: Harm { .blockedByPolicy }

    public func variant(_ matter: Matter) -> Variant? {
        switch matter.key.reason {
        case .antiSpoofing: return "anti-spoofing"
        case .stateLimit, .sourceLimit, .rateLimit, .memory, .congestion: return "limit"
        default: break
        }
        switch matter.key.kind {
        case .syn: return "syn"
        case .unknownFlags: return "tcp"
        default: return "other-protocol"
        }
    }

    public func subject(_ matter: Matter) -> Subject {
        .interface(matter.key.interface, node: matter.key.node)
    }

    public func weigh(_ matter: Matter, _ ledger: inout Ledger) {
        switch matter.key.kind {
        case .syn:
            ledger.add(
                .certain,
                "a SYN alone opens a connection: it needs no state, only a rule that allows it"
            )
        case .notTCP where matter.shows(.icmpError):
            ledger.add(
                .strong,
                "a firewall lets in the errors about its own connections; no rule allows others")
        case .notTCP:
            ledger.add(
                .certain,
                "other protocols have no SYN: their first packet is judged by the rules alone")
        case .unknownFlags:
            // A rule refused it whatever its flags were; that it was a stray besides is possible.
            ledger.add(
                .strong,
                "the line names the rule that refused it, and does not tell the TCP flags")
        case .stray, .anomaly:
            return
        }
    }
}

// Read first: pf.conf(5) "flags" and "quick"; iptables-extensions(8) conntrack.
extension Policy {
    public var page: CausePage {
        CausePage(
            summary: "not a stray: a packet that may open a connection, and no rule allows it",
            whatHappened: """
                A lone SYN asks for a new connection. It is meant to come without a state, for it \
                is what makes the state. If it is blocked, a rule decided so, or no rule allowed \
                it. The same holds for the first packet of UDP, ICMP and every other protocol.

                That is why a lone SYN is no stray. A stray is a packet that should belong to a \
                connection the firewall does not know: SA, A, PA, FA, FPA, R, RA. For a stray you \
                look for the lost state or the other path; for a SYN you look at the rules. SE, SC \
                and SEC (also printed SEW) are ordinary SYNs that offer ECN.

                It takes these forms:
                - syn: a TCP connection that no rule allows, or one that a rule refuses.
                - other-protocol: UDP, ICMP and the rest. An answer to a UDP question after its \
                timer (pf by default 30 to 60 s, Linux 30 to 120 s) looks like a first packet too.
                - tcp: the line tells the rule, but not the flags. It may be a stray after all.
                - anti-spoofing: the source does not belong on that interface, or the way back to \
                it leads elsewhere.
                - limit: a rule allows it, but a limit on states, sources or rate was reached.
                """,
            whyBlocked: """
                "I have an allow rule; why is it blocked?" First see whether it is a SYN. If it is \
                not, the rule was never meant for it: a pass rule of pf takes TCP only with flags \
                S/SA (SYN set, ACK clear), written or not, and its state lets the rest through. On \
                Linux a lone FIN, RST or SYN,ACK is INVALID and never NEW; a lone ACK is NEW by \
                default, and a rule can ask for a SYN besides. Most other products want a TCP \
                connection to begin with a SYN, whatever the rule says. An allow-all rule thus \
                usually does not pass a lone ACK, and a lone FIN hardly ever; it should not.

                If it is a SYN, then in the order in which it usually turns out:
                - The rule stands on another interface, or for the other direction. A packet is \
                judged where it comes in.
                - A rule before it decides: first match wins on most products and for quick rules \
                in pf; without quick the last match wins.
                - Addresses are not what the rule sees. Destination NAT comes before the filter in \
                pfSense, OPNsense and Linux, so the rule needs the inside address; so does Cisco \
                ASA 8.3 and later. PAN-OS wants the address before NAT and the zone after it.
                - The source port was filled in. Clients use a random one: leave it at any.
                - An alias is empty or a name did not resolve; the rule is disabled, out of its \
                schedule, or saved but not applied.
                - It is IPv6 and the rule is for IPv4, or UDP (QUIC on 443) and the rule is for TCP.
                - A fixed block list comes first: bogons or private networks on the WAN, an \
                intrusion block, a country list.

                A SYN that is dropped and passes a second later met a rate limit or the gap of a \
                reload, not a missing rule.
                """,
            howItLooks: """
                Flag S alone, ack 0. Nobody answers, so it is repeated with the same sequence \
                number: Linux after 1, 3, 7, 15, 31, 63 s (6.5 and later at 1, 2, 3, 4, 5 s and \
                then doubling), Windows usually after 3 and 9 s or 1, 3, 7 s, macOS usually at 1, \
                2, 3, 4, 5 s and then doubling. That is one attempt, not seven.

                    S                  asks to open: the rules decide     policy, if blocked
                    SA                 answers: needs the state S made    a stray, without it
                    A PA FA FPA R RA   belongs to the connection          a stray, without it

                From outside, SYNs to many ports and addresses are the everyday noise of scanners. \
                From inside, one host with one port again and again is a program that wants out.

                In a log: filterlog has `S` and the rule that refused it, Linux `SYN` behind the \
                rule's prefix, ASA 106023 or 106100 with the access list.

                    client              firewall             server
                      |------ S ---------x |                    |   0 s  blocked
                      |------ S ---------x |                    |  +1 s  the same seq
                      |------ S ---------x |                    |  +3, +7, +15 s

                In a capture in front of the firewall `Flags [S]` is repeated with one sequence \
                number, and behind it there is nothing. A rule that rejects answers, with R or \
                with an ICMP message (admin prohibited), and then there is no repeat.
                """,
            howToConfirm: """
                Ask the firewall which rule it was, by an identity that does not move: rule \
                numbers change with every reload, trackers, labels and ids do not.

                    pfctl -vvsr | less                          rules with their hit counters
                    iptables -vnL FORWARD --line-numbers
                    nft list ruleset; nft monitor trace         with meta nftrace set 1
                    packet-tracer input inside tcp 10.1.0.5 40000 198.51.100.20 443   (ASA)
                    test security-policy-match from trust to untrust source 10.1.0.5 \\
                        destination 198.51.100.20 destination-port 443 protocol 6     (PAN-OS)

                Send one SYN, and see which counter moves. See with your own eyes that it is a \
                SYN, and on which interface it comes in:

                    tcpdump -eni IF 'port 443 and tcp[13] & 0x12 == 2'

                Reverse path: if "ip route get SOURCE" names another interface than the one the \
                packet came in by, strict filtering drops it. In pf the reasons state-limit and \
                src-limit mean that the rule named did allow it; some versions then even print \
                "pass" for a packet that was dropped.
                """,
            whatToDo: """
                Decide whether it is wanted. If not, it is the firewall's daily work: leave it, \
                and log it without detail or not at all.

                If it is, allow the SYN as narrowly as you can: interface, source, destination, \
                port. Do not add a rule that passes any flags to "help". It lets ACK scans in, \
                makes states in mid-stream with a wrong picture of the windows, and hides the \
                routing fault it was meant to cure.

                For unwanted connections from inside, refuse with a RST or an ICMP error and do \
                not drop: the program learns it at once. Dropped, it waits about two minutes on \
                Linux, 75 s on macOS and FreeBSD and 21 s on Windows.
                """,
            lookAlikes: [
                (
                    .scan,
                    """
                    SYN scans are lone SYNs too, and are the rules' matter. Strays of scans carry \
                    ACK, FIN or no flags.
                    """
                ),
                (
                    .portReuse,
                    """
                    There the rule would allow the SYN, but an old state of the same ports refuses \
                    it. pf writes no line then.
                    """
                ),
                (
                    .clusterDelivery,
                    """
                    A secondary node blocks SYNs for an address that it does not own, while the \
                    primary passes the same packets.
                    """
                ),
                (
                    .stateLoss,
                    """
                    With a full table SYNs are refused though a rule allows them, and the kernel \
                    or the counters say so.
                    """
                ),
                (
                    .asymmetricRouting,
                    """
                    A blocked SYN,ACK is not policy. Its SYN went another way.
                    """
                ),
            ],
            collect: [
                """
                The TCP flags, if the line does not show them: without them it is not known \
                whether this is policy at all.
                """,
                """
                The rules in force, in their order and with their hit counters (not those in the \
                editor), and the interface on which the packet came in.
                """,
            ],
            references: [
                "RFC 9293 §3.5 (opening a connection); RFC 3168 §6.1.1 (ECN in SYNs)",
                "FreeBSD and OpenBSD pf.conf(5), flags, quick, keep state, max-src-conn-rate",
                "iptables-extensions(8), conntrack; nft(8), CT EXPRESSIONS and nftrace",
                "RFC 3704 = BCP 84 (reverse path filtering); Linux ip-sysctl.rst, rp_filter",
                "Netgate pfSense documentation, Firewall Rule Processing Order",
                "Cisco ASA Series Command Reference, packet-tracer",
            ])
    }
}
