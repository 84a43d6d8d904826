// out-of-window: a state exists, but the packet did not fit it.

import Evidence
import Facts

public struct OutOfWindow: Cause {
    public init() {}
    public var id: CauseID { .outOfWindow }

    public var usualHarm: Harm { .harmless }

    /// Data that is refused each time it is repeated does not arrive.
    public func harm(_ variant: Variant?, _ matter: Matter) -> Harm {
        let isStuck =
            matter.wantedClasses.has(.data) && matter.has([.repeated, .doublingGaps])
            && !matter.shows(.passesOn)
        return isStuck ? .misconfigured : .harmless
    }

    /// Data that is blocked is repeated (RFC 9293 §3.8.1). Where it was refused once and never
    /// again, its repeat passed: there was a state. Only firewalls that log what they refuse of
    /// living connections show this: pf's default rule does not.
    private func weighSingle(_ matter: Matter, _ ledger: inout Ledger) {
        guard matter.has(.single), matter.logGoesOn, !matter.looksMade, !matter.fansOut else {
            return
        }
        switch matter.key.dialect {
        case .netfilter, .forcepoint: break
        default: return
        }
        guard matter.has(.opened) || matter.has(.receiverServes) || matter.has(.senderServes)
        else { return }
        ledger.add(
            if: matter.classes == FlagClasses(.data), matter.has(.opened) ? .strong : .fair,
            "data was refused once and not again: its repeat passed, so there was a state")
    }

    /// The connection went on by the same way: its state was there.
    private func weighLiving(_ matter: Matter, _ ledger: inout Ledger) {
        guard matter.shows(.passesOn), !matter.has(.openedElsewhere) else { return }
        ledger.add(
            .strong, "packets of both ends passed here after it was refused: its state was there")
        ledger.add(
            if: matter.has(.many) || matter.has(.goesOn), -.strong,
            "it was refused again and again while others passed")
    }

    public func weigh(_ matter: Matter, _ ledger: inout Ledger) {
        guard matter.key.kind == .stray else { return }
        ledger.add(
            if: matter.has(.hadState), .decisive,
            "the firewall says that it knew the connection and the packet did not fit it")
        ledger.add(
            if: matter.has(.heldOpen) && !matter.has(.hadState), .fair,
            "the state table holds the connection as open, and yet its packet was refused")
        ledger.add(
            if: matter.shows(.stateLived) && !matter.has(.hadState), .decisive,
            "the firewall told of a change of its state after that: it had one")
        weighLiving(matter, &ledger)
        weighSingle(matter, &ledger)
        ledger.add(
            if: matter.isResetOnly && matter.cameFromElsewhere, -.strong,
            "the RSTs did not come from where the host is: \(matter.distances)")
        // A RST is sent again only because its receiver goes on: it hears none of them.
        ledger.add(
            if: matter.isResetOnly && !matter.has(.single) && !matter.shows(.passesOn), -.strong,
            "the RST was refused again and again: one end wants to go on, and is not told")
        // A little only: a rule named INVALID counts as such a word, and it matches both kinds.
        ledger.add(
            if: matter.has(.hadState) && matter.has(.saysNoState), -.some,
            "for other packets, or by a rule's name, it says that it knew no connection")
        ledger.add(
            if: matter.has(.hadState) && !matter.classes.isDisjoint(with: .unnatural), -.good,
            "no stack sends these flags")
    }
}

// Read first: RFC 9293 §3.4 and §3.10.7.4; Linux tcp_in_window(); FreeBSD pf_tcp_track_full().
extension OutOfWindow {
    public var page: CausePage {
        CausePage(
            summary: "a state exists, but the packet's numbers did not fit it",
            whatHappened: """
                The firewall knew the connection. For each side it remembers how far that side has \
                sent and how far the other side's window allows it to send. This packet lay \
                outside, acknowledged data that the firewall never saw, or was a reset whose \
                number was not the expected one.

                The usual ways to get there:
                - A copy that came too late: it waited in a queue or took a longer path while the \
                connection moved on by more than a window.
                - A challenge ACK, or a reset that answers one: an end met a packet of an older \
                connection on the same ports (RFC 5961).
                - A reset made by a third party. Its number is a guess or is old.
                - The firewall's picture is incomplete. If it picked the connection up in the \
                middle, or saw the handshake in one direction only, it does not know the window \
                scale: a window field of 502 with scale 7 allows 64256 bytes, and the firewall \
                believes 502.
                - A device on one side of the firewall rewrites sequence numbers (a proxy, a WAN \
                accelerator, a firewall that randomises them), and part of the traffic goes around \
                it.
                - Timestamps run backwards, and the firewall checks them.

                A keepalive is not among them: its number lies one below the edge, and both pf and \
                Linux take that.
                """,
            whyBlocked: """
                A packet that belongs to a state is judged by that state. pf does not ask the \
                rules at all then, so no rule can pass it. Linux marks it INVALID and leaves the \
                rest to your rules, most of which drop INVALID first.

                Linux 6.1 and later let old repeats, old ACKs and an overshoot of up to one window \
                through without learning from them; 5.x and older call each of these INVALID. For \
                an established, assured connection Linux takes only the exact reset. pf accepts an \
                acknowledgement up to 67035 bytes off, and more with window scaling. Such checks \
                keep a stranger who knows the ports, but not the numbers, from killing or filling \
                a connection.
                """,
            howItLooks: """
                On Linux with nf_conntrack_log_invalid=6 the kernel names the bound that failed: \
                "SEQ is over upper bound", "ACK is over upper bound", "invalid rst". The flags are \
                A, PA, R or RA of a connection that is alive before and after.

                pf writes no line for it. Only the counter state-mismatch grows. OPNsense's label \
                "Default deny / state violation rule" suggests otherwise, but a line on that rule \
                means that no state was found. What can follow is indirect: a refused packet does \
                not refresh the state, so the state may run out, and a later packet then finds \
                none.

                One packet far ahead, between others that fit:

                    sender     seq  1000 len 1460   passes
                    sender     seq  2460 len 1460   passes
                    receiver   ack  3920 win  502   so 4422 is the end, unless it is scaled
                    sender     seq 90000 len 1460   refused: over the upper bound
                    sender     seq  3920 len  502   passes

                If every large segment is refused while small ones pass, the window scale is what \
                is missing. A distance that stays the same between both sides of the firewall \
                means that something rewrites the numbers.

                In a capture on both sides of the firewall the packet goes in and does not come \
                out. Take the other end's last acknowledgement and its window, times two to the \
                scale of its SYN: a packet that ends beyond the sum was refused rightly, one \
                within it because the firewall knows another sum. Without the SYNs in the capture \
                the scale is unknown and every window looks too small.
                """,
            howToConfirm: """
                Linux, for some minutes:

                    sysctl -w net.netfilter.nf_conntrack_log_invalid=6
                    journalctl -k -f | grep nf_ct_proto_6
                    conntrack -L -p tcp -s 10.1.0.5 -d 198.51.100.20 --dport 443
                    conntrack -S

                pf: read the counter twice, then let the kernel name the packets. The numbers \
                after "State failure on" say which bound failed. In the state, missing "wscale" \
                means that it was made without the handshake, or that an end does not scale.

                    pfctl -si | grep state-mismatch
                    pfctl -x misc; dmesg | grep -A 1 'BAD state'
                    pfctl -ss -vv | grep -A 3 198.51.100.20:443

                Cisco ASA counts these as tcp-seq-past-win, tcp-invalid-ack and their like, and \
                can capture them; PAN-OS counts tcp_drop_out_of_wnd:

                    show asp drop
                    capture OOW type asp-drop tcp-seq-past-win
                    show counter global filter delta yes

                Then capture on both sides of the firewall with absolute numbers, handshake \
                included, and compare each segment with the other side's last ack plus its scaled \
                window:

                    tcpdump -nnS -i IF 'host 198.51.100.20 and tcp port 443'
                """,
            whatToDo: """
                Single packets: nothing. The sender repeats what was lost; the check did its duty.

                If a connection stalls or a service is always hit, mend the firewall's picture \
                first: both directions through it, the handshake too; no rule that makes states in \
                mid-stream; sequence numbers rewritten for all of the traffic or for none. Suspect \
                receive offloads (LRO) on a forwarding machine. Only then relax the check, for the \
                one pair of networks that needs it. The cost is that forged segments and resets \
                with wrong numbers pass there.
                """,
            lookAlikes: [
                (
                    .lateClose,
                    """
                    There the state is already gone, and the packet is a FIN, RST or ACK that \
                    comes after the close. Here the entry still stands while the packet is \
                    refused.
                    """
                ),
                (
                    .asymmetricRouting,
                    """
                    If the firewall sees one direction only, everything of that side fails for as \
                    long as the connection lives, and the state never reaches established.
                    """
                ),
                (
                    .portReuse,
                    """
                    There a SYN with a new initial number meets the old state. Here no SYN is \
                    involved, and the numbers continue the connection or come near it.
                    """
                ),
                (
                    .spoofedFlags,
                    """
                    A forged reset is out of window too. Its TTL or IP id jumps against the other \
                    packets of the same host.
                    """
                ),
                (
                    .stateLoss,
                    """
                    After a loss no entry exists, and many connections stray at one moment.
                    """
                ),
            ],
            collect: [
                """
                The state table's entry at the moment of the refusal, with its numbers and window \
                scales: it alone tells "did not fit" from "was not there".
                """,
                """
                A capture from both sides of the firewall that begins before the handshake, with \
                absolute sequence numbers.
                """,
            ],
            references: [
                "RFC 9293 §3.4 (sequence numbers), §3.10.7.4 (the check on arrival)",
                "RFC 5961 §3, §4, §5 (resets, SYNs and ACKs of blind attackers; challenge ACK)",
                "RFC 7323 §2 (window scale), §5 (PAWS: timestamps against old duplicates)",
                "Linux net/netfilter/nf_conntrack_proto_tcp.c, tcp_in_window()",
                "Linux Documentation/networking/nf_conntrack-sysctl.rst, nf_conntrack_log_invalid",
                "FreeBSD sys/netpfil/pf/pf.c, pf_tcp_track_full()",
                "Guido van Rooij, Real Stateful TCP Packet Filtering in IP Filter",
                "Cisco ASA Series Command Reference, show asp drop",
            ])
    }
}
