// spoofed-flags: impossible or forged packets, alone, with no pattern of a scan.

import Evidence
import Facts

public struct SpoofedFlags: Cause {
    public init() {}
    public var id: CauseID { .spoofedFlags }

    public var usualHarm: Harm { .attack }

    public func subject(_ matter: Matter) -> Subject {
        .interface(matter.key.interface, node: matter.key.node)
    }

    public func weigh(_ matter: Matter, _ ledger: inout Ledger) {
        guard matter.key.kind == .stray else { return }
        let unnatural = !matter.classes.isDisjoint(with: .unnatural)
        ledger.add(if: unnatural, .strong, "no TCP stack sends these flags")
        // What a host sends to itself never was on a network, whatever its addresses.
        let isNetwork = !matter.isLoopback
        ledger.add(
            if: matter.has(.bogusSource) && isNetwork, .strong,
            "no packet on a network can come from this address")
        ledger.add(
            if: matter.has(.sameHost) && matter.key.direction == .inward && isNetwork, .good,
            "source and destination are the same: a forgery (\"land\")")
        ledger.add(
            if: matter.has(.invalidFlags), .some, "the firewall itself calls the flags impossible")
        // Who resets other people's connections copies the addresses and not the distance.
        ledger.add(
            if: matter.isResetOnly && matter.cameFromElsewhere && isNetwork, .strong,
            "RSTs in a host's name that did not come from where it is: \(matter.distances)")
        guard unnatural || matter.has(.bogusSource) || matter.has(.sameHost) else { return }
        ledger.add(
            if: matter.cameFromElsewhere, .some,
            "they did not come from where the host is: \(matter.distances)")
        ledger.add(
            if: matter.cameFromHost, -.some,
            "they came from as far away as the host's own packets: damage is likelier")
        ledger.add(if: matter.has(.few), .slight, "few packets, no conversation")
        ledger.add(
            if: matter.fansOut, -.strong, "the sender sends such packets to many: that is a scan")
        ledger.add(
            if: matter.has(.opened), -.fair,
            "the connection had opened: damage on the way is likelier than a forgery")
    }
}

extension SpoofedFlags {
    public var page: CausePage {
        CausePage(
            summary:
                "single packets with impossible flags or forged addresses, and no scan behind them",
            whatHappened: """
                A packet came that no TCP sends: flags that exclude each other or mean nothing, \
                an address that cannot be on that wire, or your own address as its source. \
                Somebody made it by hand, or it was damaged on the way. It is alone: one source \
                that sends such packets to many is a scan.

                What a packet may carry, leaving PSH, ECE and CWR aside:
                - SYN, SYN+ACK, ACK, FIN+ACK, RST, RST+ACK; URG beside a SYN or an ACK is odd but \
                legal.
                - Impossible: no flag at all; FIN without ACK; SYN+FIN; SYN+RST; RST+FIN; PSH or \
                URG alone; all of them.
                - *Normal*, though it looks strange: SYN+ECE+CWR is a SYN that asks for ECN; \
                ECE or CWR in mid-stream; a SYN with data (TCP Fast Open); the ninth flag bit (AE, \
                once NS) beside ECE and CWR in a SYN, which asks for Accurate ECN.

                Forged sources are those no network may send: 127.0.0.0/8, 0.0.0.0/8, \
                169.254.0.0/16 from beyond its link, 224.0.0.0/4, 240.0.0.0/4, private addresses \
                coming from the Internet, or an address of your own coming from outside. Source \
                and destination equal is the old "land" packet.
                """,
            whyBlocked: """
                It belongs to no connection and cannot open one. Most firewalls refuse it before \
                they look for a state:
                - pf drops SYN+FIN, SYN+RST, packets with none of SYN, ACK and RST, and FIN, PSH \
                or URG without ACK, while normalising. pfSense and OPNsense write no line for it \
                (only the counter *normalize*), unless scrubbing is switched off.
                - Linux calls them INVALID, with `nf_conntrack_log_invalid` as "invalid tcp flag \
                combination".
                - Cisco ASA counts them in `show asp drop` (bad-tcp-flags); 106017 is a land \
                packet, 106016 a forged address, 106021 a failed reverse path check.
                - Addresses: rules against bogons, antispoof rules or the reverse path filter.
                """,
            howItLooks: """
                One or few packets, at no rhythm, with no packet before or after of the same \
                ports.

                    198.51.100.77             firewall            192.0.2.10
                      |-- [SF]   port 80 -----x |                      |
                    127.0.0.1
                      |-- [R]    port 1024 ---x |  (loopback, on the WAN)
                    192.0.2.10
                      |-- [S]    port 139 ----x |  (its own address: land)

                Forgeries often have more that does not fit: sequence number and ACK both 0, \
                window 0 in an opening, no options, a TTL unlike the same source's others, source \
                port 0.

                Damage looks different: the header seems *shifted*, so that ports, numbers and \
                flags all look random at once; it hits one link, one card or one tunnel; the \
                checksum is wrong; and both hosts have good connections beside it.

                In a log: filterlog's flags are `SF`, `FPU` or empty; Linux has `SYN FIN`, or \
                from its tracking "invalid tcp flag combination"; ASA has 106016 or 106017 (land) \
                for the addresses, and 106015 for flags.

                In a capture the link-layer source tells which neighbour brought it, whatever the \
                IP source claims. `tcpdump -vv` says `incorrect` beside a checksum that is wrong \
                in a packet that was *received*; in one that this machine itself sends it only \
                means that the card fills it in later.
                """,
            howToConfirm: """
                - See the whole packet: `tcpdump -nnvvXi em0 'tcp and src host 198.51.100.77'`. \
                -vv checks the checksum: "incorrect" on a *received* packet is damage. On packets \
                a host sends itself it only means that the card computes it later.
                - Catch the impossible: `'tcp[tcpflags] & (tcp-syn|tcp-fin) = (tcp-syn|tcp-fin)'`; \
                `'tcp[tcpflags] & (tcp-syn|tcp-ack|tcp-rst) = 0'`.
                - Where did it enter? `tcpdump -eni em0` shows the MAC of the last router. A \
                source that claims to be inside, with the provider's router as its MAC, is forged.
                - Compare the TTL with other packets of that source, and with `traceroute`.
                - Counters: `pfctl -si | grep normalize`; `conntrack -S` (invalid); `show asp \
                drop`; on hosts and switches the interfaces' CRC and frame errors.
                """,
            whatToDo: """
                For single packets from outside: nothing. They are blocked, their source is \
                likely not the one that stands there, and blocking that address may hit someone \
                who never sent it.

                - Refuse what cannot come from outside at the edge: bogons, private networks, \
                your own addresses; and let nothing leave that is not yours (BCP 38).
                - Keep normalisation (scrub, TCP normaliser) on: it stops them before any rule.
                - From *inside*: find the host by its MAC. Either it is damaged (card, cable, \
                driver, tunnel) or somebody there builds packets.
                - If good connections show such packets too, look for damage first: change the \
                cable or port, switch offloads off for a trial, check VLAN tags and tunnels.
                """,
            lookAlikes: [
                (
                    .scan,
                    "the same odd flags from one source to many ports or hosts within minutes"
                ),
                (
                    .packetAnomaly,
                    "the log gives a reason of its own: short, bad offset, checksum, IP option, "
                        + "fragment"
                ),
                (
                    .backscatter,
                    "legal flags (SA, RA, R): answers to packets that forged *your* address"
                ),
                (
                    .notTCP,
                    "legal flags, steady traffic of one pair, hours long"
                ),
                (
                    .lateClose,
                    "FPA and RA are legal and common: the end of a real connection"
                ),
                (.policy, "SYN+ECE+CWR (often shown as SEW or SEC) is an ordinary SYN"),
            ],
            collect: [
                "The packet in full, with MAC addresses, TTL and checksum (tcpdump -evvX).",
                "Everything else of the same source in that hour: alone, or one of many?",
            ],
            references: [
                "RFC 9293 §3.1: header format and control bits; §3.10.7: what answers what",
                "RFC 3168 §6.1.1: ECN in SYN packets; RFC 7413: TCP Fast Open",
                "RFC 6890: special-purpose addresses; RFC 2827 (BCP 38), RFC 3704 (BCP 84): "
                    + "ingress filtering",
                "Linux net/netfilter/nf_conntrack_proto_tcp.c: tcp_valid_flags[], tcp_error()",
                "FreeBSD sys/netpfil/pf/pf_norm.c: pf_normalize_tcp(); pf.conf(5): antispoof, scrub",
                "Cisco ASA Series Syslog Messages: 106016, 106017, 106021; show asp drop: "
                    + "bad-tcp-flags",
                "pfSense documentation: Troubleshooting Blocked Log Entries for Legitimate "
                    + "Connection Packets (spoofed TCP flags)",
            ]
        )
    }
}
