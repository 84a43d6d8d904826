// packet-anomaly: the packet itself was refused; a state had nothing to do with it.

import Evidence
import Facts

public struct PacketAnomaly: Cause {
    public init() {}
    public var id: CauseID { .packetAnomaly }

    public func variant(_ matter: Matter) -> Variant? {
        switch matter.key.reason {
        case .ipOption: "ip-options"
        case .fragment, .badOffset: "fragment"
        case .short, .truncated: "short"
        case .badChecksum: "checksum"
        case .normalize: "normalize"
        default: "malformed"
        }
    }

    public var usualHarm: Harm { .harmless }

    /// Damaged packets of one's own hosts are a fault to mend; a stranger's are noise. IP options
    /// are refused on purpose, and IGMP carries one by design (RFC 2236 §2).
    public func harm(_ variant: Variant?, _ matter: Matter) -> Harm {
        let own = matter.has(.senderInside)
        return own && variant != "ip-options" ? .misconfigured : .harmless
    }

    public func subject(_ matter: Matter) -> Subject {
        .reason(matter.key.reason, interface: matter.key.interface, node: matter.key.node)
    }

    public func weigh(_ matter: Matter, _ ledger: inout Ledger) {
        guard matter.key.kind == .anomaly else { return }
        if matter.key.reason == .fragment {
            ledger.add(
                .certain,
                "they are fragments without a header of their own, or refused as fragments")
        } else {
            ledger.add(
                .certain,
                "the firewall says that the packet itself was at fault: "
                    + "\(matter.key.reason.name)")
        }
    }
}

// Read first: RFC 791 §3.1 and §3.2; FreeBSD pf_norm.c; Linux tcp_error().
extension PacketAnomaly {
    public var page: CausePage {
        CausePage(
            summary: "the packet itself was refused: options, fragment, length or checksum",
            whatHappened: """
                The firewall did not get as far as rules and states, or stopped after them, \
                because the packet's form was not acceptable. The reason in the log names it:

                - ip-option (variant ip-options): the IP header carries options. The usual one is \
                Router Alert, which IGMPv2, IGMPv3 and RSVP carry by design, and MLD in a \
                hop-by-hop header. Source routing and record route are options too, and seldom \
                wanted.
                - fragment, bad-offset: a piece of a larger packet. Only the first piece has \
                ports. If one piece is lost, the others wait in vain: Linux gives up after 30 s \
                (IPv6: 60 s), pf after 30 or 60 s by version, a Cisco ASA after 5 s. Big UDP \
                packets are the usual source: DNS with DNSSEC, IKE with certificates, RADIUS, SIP, \
                NFS.
                - short, truncated: the packet ends before its header does.
                - proto-cksum (variant checksum): the checksum does not fit the contents.
                - normalize: pf's scrub found flags or lengths that no stack sends.
                - malformed: whatever else the device calls broken.
                """,
            whyBlocked: """
                Each of these was once a way past a firewall. Options steer packets around \
                filters. A tiny first fragment hides the flags, an overlapping one rewrites them. \
                A packet with a wrong checksum is dropped by the receiver, but would change a \
                state on the way. So the check comes before the rules, and a rule that allows the \
                connection does not help.

                In pf the option check is the rule's: a pass rule needs allow-opts, or the packet \
                is dropped although the rule matched. The line may then name that rule, or the \
                default one, which has nothing to do with it: if the reason is not "match", do not \
                look at the rule.
                """,
            howItLooks: """
                The reason column or the message says it; flags and ports may be missing. IP \
                options come at fixed intervals from every network: IGMP queries every 125 s by \
                default, to 224.0.0.1, and their reports. Fragments look like this:

                    IP id 4711  offset    0  more   UDP 53 > 40112  1480 bytes, has the ports
                    IP id 4711  offset 1480  more   no ports        lost, or refused
                    IP id 4711  offset 2960  last   no ports        waits, is then thrown away

                The offsets count from the start of the packet's payload; a log line of a later \
                piece shows addresses and the protocol only.

                In a capture `tcpdump -v` shows what the reason names: `options (RA)` in IGMP, \
                `flags [+]` and an `offset` in a fragment, `bad hdr length`, `truncated-ip`, or \
                `incorrect` beside a checksum.
                """,
            howToConfirm: """
                The counters tell which check it was. Read them twice:

                    pfctl -si                       ip-option, fragment, short, proto-cksum, …
                    nstat -az | grep -i -e reasm -e csum               (Linux)
                    journalctl -k | grep nf_ct_proto_6                 with log_invalid on
                    show asp drop; show fragment                       (Cisco ASA)

                Then catch the packets, with their link-layer header:

                    tcpdump -envvi IF 'ip[0] & 0x0f > 5'               IP options
                    tcpdump -envvi IF 'ip[6:2] & 0x3fff != 0'          fragments
                    tcpdump -envvi IF igmp

                With -vv tcpdump verifies checksums. One that is wrong only in captures on the \
                sending host itself is no fault: its network card fills it in later. To test a \
                card or a virtual machine, switch the offload off for a moment and look again:

                    ethtool -K IF rx off tx off
                """,
            whatToDo: """
                From outside and in small numbers: nothing. Damage and probes are everyday things.

                - IP options: if you route multicast, allow options in the one rule for IGMP (or \
                MLD). If you do not, drop IGMP without a log line on that interface. Never allow \
                options in general.
                - Fragments: make the sender fit the path. Lower its UDP size (DNS: EDNS buffer of \
                1232), turn on IKE fragmentation, clamp the MSS in tunnels, let ICMP \
                "fragmentation needed" and ICMPv6 "packet too big" through. Reassembly on the \
                firewall lets rules see the ports; it needs every piece to come the same way.
                - Checksums or short packets from your own hosts: a fault to mend. Look for a \
                driver, an offload in a virtual machine, a tunnel or a switch that cuts or \
                rewrites frames.
                """,
            lookAlikes: [
                (
                    .spoofedFlags,
                    """
                    There the packet is whole and only its flags are impossible. pf calls both \
                    normalize; the flags in a capture tell.
                    """
                ),
                (
                    .scan,
                    """
                    Scanners send fragments and odd flags too, but to many ports or hosts within \
                    minutes.
                    """
                ),
                (
                    .policy,
                    """
                    A line with reason match on a block rule is a rule's decision: IGMP or a \
                    fragment may simply not be allowed.
                    """
                ),
                (
                    .outOfWindow,
                    """
                    bad-timestamp and state-mismatch speak of a whole packet that did not fit its \
                    state.
                    """
                ),
            ],
            collect: [
                """
                One such packet in full with its link-layer header (tcpdump -e -XX -s 0): the \
                header shows which field is wrong, the MAC who sent it.
                """,
                """
                The same packet on the other side of the last router or tunnel: was it whole there?
                """,
            ],
            references: [
                "RFC 791 §3.1 (options, checksum), §3.2 (fragmentation); RFC 8200 §4.5 (IPv6)",
                "RFC 2236 §2, RFC 3376 §4 (IGMP and Router Alert); RFC 3810 §5 (MLD)",
                "RFC 1858, RFC 3128 (tiny and overlapping fragments); RFC 8900 (fragility)",
                "FreeBSD sys/netpfil/pf/pf_norm.c, pf_normalize_ip() and pf_normalize_tcp()",
                "FreeBSD pf.conf(5), allow-opts, scrub and set reassemble",
                "Linux net/netfilter/nf_conntrack_proto_tcp.c, tcp_error()",
                "Linux Documentation/networking/ip-sysctl.rst, ipfrag_time",
                "Cisco ASA Series Command Reference, fragment and show asp drop",
            ])
    }
}
