// Advice that is the same whatever the firewall: about the hosts, the routes and the switches
// beside it. It comes before every setting that makes the firewall look less closely.

extension Remedy {
    /// The check of whatever should make strays cease.
    static let gone =
        "`stray why` on a log written since the change: the finding is gone, or tells only of "
        + "connections from before it."
    /// The check of whatever only stops lines from being written.
    static let silent =
        "`stray why` on a log written since the change: this finding is gone, and the others are "
        + "still there."
    /// The check of a route that was mended.
    static let bothWays =
        "Capture on {interface} and on the other interface during one new connection between "
        + "{client} and {server}: both show both directions."

    /// A keepalive mends what no timer can: a timer only moves the moment of forgetting.
    static let keepalive = Remedy(
        "Keep the connection from falling idle",
        [
            "In the application at {client} or {server}, turn on keepalives with an interval below "
                + "the smallest timeout on the way (SSH: ServerAliveInterval 60 in the client's "
                + "configuration).",
            "A connection pool in front of {server}: set its largest idle time below that timeout, "
                + "so that the pool closes before the firewall forgets.",
            "On Linux the keepalives of a program that asks for them are timed by `sysctl "
                + "net.ipv4.tcp_keepalive_time` (7200 seconds unless changed). Oracle: "
                + "SQLNET.EXPIRE_TIME=10 in the server's sqlnet.ora, in minutes. PostgreSQL: "
                + "tcp_keepalives_idle, in seconds.",
        ],
        check: [
            "On Linux, `ss -tno dst {server}` on the client shows timer:(keepalive, and the time "
                + "to the next one, below the firewall's timeout.", gone,
        ],
        undo: ["Set the application's interval back, and restart it."])

    /// The firewall saw the answers alone.
    static let mendReplyOnly = Remedy(
        "Lead the opening through the firewall that sees the answer, or both past it",
        [
            "On {client}, ask which way leads to {server}: `ip route get {server-host}` on Linux, "
                + "`Find-NetRoute -RemoteIPAddress {server-host}` on Windows. It does not lead to this "
                + "firewall.",
            "Look for a second gateway, a second network card of {server}, a VPN or another "
                + "firewall that carries the SYN, and decide which way is the right one.",
            "Correct the route on {client} or on the router before it, so that both directions "
                + "pass the same firewall.",
        ], check: [bothWays, gone], undo: [routeBack])

    /// The firewall saw the openings alone.
    static let mendOpenOnly = Remedy(
        "Lead the answer back through this firewall",
        [
            "On {server}, ask which way leads to {client}: `ip route get {client-host}` on Linux, "
                + "`Find-NetRoute -RemoteIPAddress {client-host}` on Windows. The next hop should be "
                + "this firewall.",
            "If it is not: correct the default gateway or the route of {server}. A server with two "
                + "network cards answers by the card its route names, not by the one it was asked "
                + "on.",
            "Where {server} must keep another gateway, translate the source of these connections "
                + "to the firewall's own address: then the answer has one way to go. {server} will "
                + "log the firewall instead of {client}.",
        ], check: [bothWays, gone], undo: [routeBack])

    static let mendSameInterface = Remedy(
        "Take the second router off the network of the clients",
        [
            "Move the router that leads to {server} to a network of its own behind this firewall: "
                + "then both directions pass it.",
            "Or give the clients on {interface} the route to {server} themselves (DHCP option 121, "
                + "or a static route), so that neither direction passes the firewall.",
            "Where hosts learnt their way by ICMP redirects, stop those once it is symmetric: on a "
                + "Linux router `sysctl -w net.ipv4.conf.all.send_redirects=0`.",
        ],
        check: [
            "`ip route get {server-host}` on a client names the router that leads there.", gone,
        ],
        undo: [
            "Take the route out of the clients or of DHCP, move the router back, and let it send "
                + "redirects again (`sysctl -w net.ipv4.conf.all.send_redirects=1`)."
        ])

    static let mendGeneral = Remedy(
        "Find where the other direction goes, and mend the route",
        [
            "Capture on every interface for one new connection between {client} and {server}: the "
                + "direction that is missing everywhere goes another way.",
            "Compare the routes at both ends: `ip route get {client-host}` on {server}, `ip route get "
                + "{server-host}` on {client}. Both should name this firewall.",
            "Correct the route, the default gateway or the network mask that is wrong. Only where "
                + "that cannot be done, go on to a setting of the firewall.",
        ], check: [bothWays, gone], undo: [routeBack])

    private static let routeBack =
        "Set the route back to what it was: write it down before (`ip route`, `route print`)."

    static let mendMultiWAN = Remedy(
        "Keep both directions on one line to the provider",
        [
            "Compare the interface of the opening with {interface}, where the stray was: the two "
                + "lines carry one connection between them.",
            "Look for a failover of a gateway, a changed policy route or a balanced gateway group "
                + "at the time of the first stray.",
        ], check: [bothWays, gone])

    static func mend(_ variant: String?) -> Remedy {
        switch variant {
        case "reply-only": mendReplyOnly
        case "open-only": mendOpenOnly
        case "same-interface": mendSameInterface
        case "multi-wan": mendMultiWAN
        default: mendGeneral
        }
    }

    static let leaveLateClose = Remedy(
        "Leave it: nobody is cut off",
        [
            "Make sure that new connections to {server} port {port} work: these packets only end "
                + "connections that were over.",
            "If one server causes most of it, see whether it ends connections by RST, or reads "
                + "less than it is sent: that is its application's to mend (SO_LINGER of 0, or "
                + "closing with data unread, makes a RST of every close).",
        ])

    static let leaveScan = Remedy(
        "Leave it blocked",
        [
            "Nothing got through: the packets belonged to no connection, and the firewall dropped "
                + "them.",
            "If {client} is a machine of your own, find out what runs on it. If it is a stranger, "
                + "count it; block its address only if its amount does harm.",
        ])

    static let leaveBackscatter = Remedy(
        "Leave it blocked: it answers packets that you did not send",
        [
            "Make sure that nothing of yours did open these connections: search the logs for SYNs "
                + "from your address to {server} port {port}. There should be none.",
            "Do not complain to, and do not block, the senders: they are being attacked in your "
                + "name.",
        ])

    static let findForger = Remedy(
        "Leave it blocked, and find the sender if it is inside",
        [
            "No TCP stack sends such flags: they are made by a tool, or bits were flipped on the "
                + "way.",
            "If {client} is inside, compare its hardware address with the switch's table, to see "
                + "which port really sends as {client}.",
            "If the flags look random, look at the error counters of the network cards and switch "
                + "ports on the way.",
        ])

    static let relieveHost = Remedy(
        "Relieve the host that answers late",
        [
            "Look at the load of {server} at the time of the strays: processor, memory, disk, the "
                + "listen queue (`ss -ltn` on Linux: Recv-Q near Send-Q), threads or workers in "
                + "use.",
            "Compare the time limits: an answer after the client's limit meets a connection that "
                + "the client has given up. Raise the client's limit or shorten the server's work.",
        ], check: ["`nstat -az TcpExtListenOverflows` on {server} no longer rises.", gone])

    static let confineCluster = Remedy(
        "Keep the cluster's frames to the cluster",
        [
            "Put the members of the cluster {server} in a VLAN of their own, or enter its hardware "
                + "address in the switch's table for its ports only.",
            "In multicast mode, turn on IGMP for the cluster and IGMP snooping with a querier on "
                + "the switch.",
            "In unicast mode the switch must send its frames to every port: a VLAN of its own is "
                + "the only fence.",
        ],
        check: [
            "Capture on {interface}: no frame for {server} arrives there any more, but those of "
                + "its own connections.", gone,
        ],
        undo: ["Take out the switch's table entries, or move the members back to their VLAN."],
        unconfirmed: "what a switch calls these settings differs from maker to maker.")

    /// Refused for its own sake: no state and no rule would have helped.
    static let findDamage = Remedy(
        "Find where the packets are damaged",
        [
            "Capture at the sender and at {interface} of the firewall at once: if they leave whole "
                + "and arrive damaged, the way between changes them.",
            "Look at error counters, tunnels and anything that rewrites packets on that way.",
            "If they leave damaged, update or replace what makes them. From a stranger, leave them "
                + "blocked.",
        ])

    static let findFragmentation = Remedy(
        "Keep the packets from being cut",
        [
            "Find the smallest MTU on the way: `ping -M do -s 1472 {server}` on Linux, smaller "
                + "until it answers; 28 more than that is the MTU.",
            "Let ICMP \"fragmentation needed\" and ICMPv6 \"packet too big\" pass, so that the "
                + "ends learn of it.",
        ],
        check: ["`ping -M do` with the size found answers through the whole way.", gone],
        undo: ["Take the rule out that lets these ICMP messages pass."])

    /// Numbers that a device between the ends rewrote look out of the window.
    static let findRewriter = Remedy(
        "Find what shifts the numbers",
        [
            "Capture at both ends of one connection: where a segment's sequence number differs, "
                + "something between rewrites it.",
            "Look for a proxy, accelerator, balancer or second firewall between {client} and "
                + "{server}, and for one that drops the window scale of the SYN.",
            "A connection that was picked up in its middle has no window scale: see whether the "
                + "firewall was restarted while it ran.",
        ], check: [gone])

    /// Two connections of one name, one of which the firewall still remembers.
    static let spreadPorts = Remedy(
        "Keep the client from coming back on a port too soon",
        [
            "See how many connections {client} opens to {server} port {port}: near 28000 a minute "
                + "the usual range of ports is used up.",
            "On Linux widen it: `sysctl -w net.ipv4.ip_local_port_range=\"10240 65535\"`. Behind a "
                + "translation, give the pool more addresses.",
            "Let the client keep connections open and use them again, instead of one for each "
                + "request.",
        ],
        cost: "Ports below 32768 are then no longer free for services of {client} itself.",
        check: ["`ss -s` on {client}: fewer in timewait than the range has ports.", gone],
        undo: ["`sysctl -w net.ipv4.ip_local_port_range=\"32768 60999\"`, the usual range."])
}
