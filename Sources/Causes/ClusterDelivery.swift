// cluster-delivery: a copy of traffic meant for another node of a cluster.

import Evidence
import Facts

public struct ClusterDelivery: Cause {
    public init() {}
    public var id: CauseID { .clusterDelivery }

    public var usualHarm: Harm { .harmless }

    public func weigh(_ matter: Matter, _ ledger: inout Ledger) {
        // A copy of a SYN is blocked as the rest of its connection is: it has no rule to blame.
        ledger.add(
            if: matter.has(.elsewhere), matter.key.kind == .stray ? .decisive : .overruling,
            "another node has this very packet: what was blocked here is a copy")
        guard matter.key.kind == .stray else { return }
        ledger.add(
            if: matter.has(.clusterMAC), .decisive,
            "the frames were sent to a cluster's shared address, so every node got a copy")
        let openedHere = matter.has(.opened) && !matter.has(.passedOtherNode)
        ledger.add(
            if: matter.has(.clusterMAC) && openedHere, -.good,
            "the connection had opened through this node")
        guard !openedHere else { return }
        // What is blocked is not heard, and a stack that is not heard repeats itself: new data and
        // new acknowledgements mean that the same packets arrived by another way.
        ledger.add(
            if: matter.livesElsewhere, .strong,
            "the conversation goes on although every packet of it was blocked here: "
                + "these are copies of packets that arrived")
        ledger.add(
            if: matter.has(.openingBlocked) && !matter.has(.repeated)
                && matter.classes.isDisjoint(with: .unnatural) && !matter.looksMade, .strong,
            "its own SYN was blocked here, and yet it went on without repeating itself: it opened "
                + "past this node")
        weighOtherNode(matter, &ledger)
        ledger.add(
            if: matter.strayedTogether && !matter.livesElsewhere, -.strong,
            "many connections began to stray together: states were lost")
    }

    /// The opening passed through another node. Copies come from the very beginning, and of the
    /// end whose packets the cluster's address draws.
    private func weighOtherNode(_ matter: Matter, _ ledger: inout Ledger) {
        let isReply = matter.has(.passedOtherNode) && !matter.has(.openedBySender)
        ledger.add(
            if: isReply && matter.classes.has(.synAck) && !matter.has(.repeated)
                && !matter.classes.isDisjoint(with: FlagClasses(.ack, .data, .fin)), .decisive,
            "the answers to an opening through another node came here too, and went on without "
                + "repeating themselves: they had arrived there")
        guard matter.has([.passedOtherNode, .openedBySender]) else { return }
        ledger.add(
            if: matter.key.sinceOpening.isBelow(10), .good,
            "the connection opened through another node, and its opener's packets came to this "
                + "one too, from the very beginning")
        ledger.add(
            if: matter.has(.worked), .slight, "the connection worked through the other node")
    }
}

extension ClusterDelivery {
    public var page: CausePage {
        CausePage(
            summary: "a copy of traffic for another node, sent to a cluster's shared MAC address",
            whatHappened: """
                Some clusters let every node hear every packet, and sort out among themselves who \
                answers. They do it below IP: the virtual address resolves to a MAC address that \
                the switch cannot tie to one port, so it floods the frames to all ports of the \
                network. Other devices there get copies too: the standby firewall, a firewall on \
                a bystander, the other members.

                The node that is really meant has the connection and answers. The others have no \
                state for it, and log a copy as a stray.
                """,
            whyBlocked: """
                The copy is of a connection another node opened. Here no SYN was seen, or it was \
                seen and not answered, so what follows matches nothing. A firewall takes a frame \
                up to IP if its destination is its own MAC, a broadcast or a group it hears; it \
                drops frames to another's unicast MAC before its rules, unless the interface is \
                promiscuous or a bridge.

                So the kind of the address matters:
                - 03-bf-w-x-y-z: Microsoft NLB, multicast mode, for the virtual address w.x.y.z \
                in hexadecimal. A group address (the lowest bit of the first byte is set): \
                flooded, and taken up by whoever hears all groups.
                - 01-00-5e-7f-y-z: NLB, IGMP multicast mode; y.z are the last two bytes of the \
                address. With IGMP snooping and a querier it goes to members only.
                - 02-bf-w-x-y-z: NLB, unicast mode. All members own it and none sends from it \
                (they send from 02-*priority*-w-x-y-z), so the switch never learns it and floods.
                - 01-00-5e-... with a unicast IP address: load sharing by multicast, such as \
                Check Point ClusterXL Multicast mode.
                - 00-00-5e-00-01-*id* (VRRP and CARP, IPv4), 00-00-5e-00-02-*id* (VRRP, IPv6), \
                00-00-0c-07-ac-*g* (HSRP): *unicast*, owned by one node at a time. Copies come \
                only for moments, after a switch-over or when the switch forgot the address.
                """,
            howItLooks: """
                The secondary blocks, on an *inside* interface, packets from outside addresses: A, \
                PA, FA and SYNs too, all *to* one virtual address and none from it, while \
                everything works. The primary passes the very same packets: same IP id, ports and \
                sequence number, within milliseconds.

                    client --> router --> switch   dst MAC 03-bf-0a-01-00-50
                                            |
                            +---------------+---------------+
                            |               |               |
                         node A          node B         firewall 2
                         answers         silent         no state:
                                                        blocked, PA

                03-bf-0a-01-00-50 is 10.1.0.80. Linux prints the MAC in its log line (MAC= begins \
                with the destination's six bytes); pf and most others do not, so with them only a \
                capture or the second node's log can show it.

                In a capture on the node that blocks, every frame to the virtual address has the \
                group's or the cluster's destination MAC, and no frame from that address leaves. \
                The same packets, by IP id, are in a capture on the node that answers.
                """,
            howToConfirm: """
                - `tcpdump -eni em1 'dst host 10.1.0.80 and tcp'`: read the destination MAC. Any \
                group address: `tcpdump -eni em1 'ether multicast and tcp'`. No TCP belongs into \
                that one: each packet is such a copy.
                - `tcpdump -pni em1 ...` (-p: not promiscuous) shows only what the interface \
                would have taken up without the capture.
                - Compare the two nodes: the same IP id and ports, once passed, once blocked. \
                `stray why A=a.log B=b.log` joins them.
                - In the switch's address table the MAC is missing, or is bound to several ports \
                by hand. On the router, `arp -an` or `ip neigh` shows what the virtual address \
                resolves to.
                - Which node is it? `ifconfig` (CARP: MASTER or BACKUP), `ip addr` (is the \
                virtual address there?), `cphaprob stat`, `show failover`.
                """,
            whatToDo: """
                It is harmless as long as the connections work through the other node. It costs \
                log space, and bandwidth on every port of that network.

                - Keep the cluster to itself: a VLAN of its own for the members and the router's \
                leg stops the copies at once.
                - NLB in multicast mode: a static ARP entry on the router and static MAC entries \
                for the members' ports on the switch. NLB with IGMP: snooping and a querier.
                - NLB in unicast mode floods by design; only the VLAN of its own helps.
                - Or drop copies for that virtual address on the secondary without a log entry. \
                Where rules are shared with the primary, match the destination MAC or the packet \
                type, or the rule stops the real traffic after a switch-over.

                It is *not* harmless when both nodes answer, or none: two masters (each believes \
                the other dead) or a member that does not converge. Then connections fail, and \
                the address moves between ports in the switch's log.
                """,
            lookAlikes: [
                (
                    .asymmetricRouting,
                    "each packet is on one node only, and the connection fails; the MAC is this "
                        + "box's own"
                ),
                (
                    .stateLoss,
                    "right after a switch-over the new master gets the real packets: nothing is a "
                        + "copy, and connections break"
                ),
                (
                    .scan,
                    "one source, many destinations; a copy has many sources and one destination"
                ),
                (.spoofedFlags, "impossible flags; copies have the flags of living connections"),
            ],
            collect: [
                "The destination MAC of one blocked packet (tcpdump -e).",
                "The other node's log for the same seconds.",
                "Who owns the virtual address now, and what it resolves to on the router.",
            ],
            references: [
                "Microsoft: Network Load Balancing, cluster operation modes (unicast, multicast, "
                    + "IGMP multicast)",
                "RFC 1112 §6.4: IP multicast addresses to Ethernet addresses",
                "RFC 9568 §7.3: virtual router MAC address (RFC 5798 before)",
                "RFC 1812 §3.3.2: a router must not believe an ARP reply that names a multicast "
                    + "address",
                "FreeBSD carp(4); FreeBSD sys/net/if_ethersubr.c: ether_demux()",
                "pfSense documentation: Troubleshooting Blocked Log Entries for Legitimate "
                    + "Connection Packets",
                "Check Point ClusterXL Administration Guide: Load Sharing Multicast Mode",
            ]
        )
    }
}
