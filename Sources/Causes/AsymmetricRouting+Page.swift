// The page of asymmetric-routing: `stray cause asymmetric-routing`. How it is weighed stands in
// `AsymmetricRouting`.

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
