// What to do on Linux, as nftables and as iptables commands. Read Remedy+Common.swift first.
//
// The commands name the table `inet filter` and the chain `forward`; `nft list ruleset` tells
// one's own. What decides most here: a FIN, RST or SYN,ACK without an entry is INVALID, an ACK or
// data without one is NEW while nf_conntrack_tcp_loose is 1 (nf_conntrack_proto_tcp.c, tcp_new).

import Causes

public struct Linux: Platform {
    public init() {}
    public let id = "linux"
    public let name = "Linux"

    public func remedies(for cause: CauseID, variant: Variant?) -> [Remedy] {
        switch cause {
        case .lateClose: [.leaveLateClose, quiet(variant), quietLimit]
        case .idleTimeout: [.keepalive, longerTimer(variant), unacknowledged]
        case .asymmetricRouting: asymmetric(variant)
        case .clusterDelivery: [.confineCluster, quietCluster]
        case .notTCP: [untrackedPort]
        case .scan:
            variant == "ack"
                ? [.leaveScan, onlyOpenings, quietLimit] : [.leaveScan, quietLimit]
        case .overloadedHost: [.relieveHost, longerClosed]
        case .spoofedFlags: [.findForger, quietLimit]
        case .outOfWindow: [outOfWindow, liberal]
        case .portReuse: [removeEntry]
        case .stateLoss: [keepEntries, pickUp]
        case .backscatter: [.leaveBackscatter, quietBackscatter]
        case .packetAnomaly: anomaly(variant)
        case .policy: policy(variant)
        case .unexplained: [Remedy("Collect what would decide it", collect)]
        }
    }

    public let collect = [
        "Log the openings, before the rule that accepts them: `nft 'insert rule inet filter "
            + "forward tcp flags & (fin | syn | rst | ack) == syn ct state new log prefix \"open "
            + "\"'`, or `iptables -I FORWARD -p tcp --syn -m conntrack --ctstate NEW -j LOG "
            + "--log-prefix \"open \"`.",
        "Let the kernel say why it calls a packet invalid: `sysctl -w "
            + "net.netfilter.nf_conntrack_log_invalid=6`, and 0 again afterwards.",
        "Write down how connections end: `conntrack -E -p tcp -o timestamp`, and list what is "
            + "known while it happens: `conntrack -L -p tcp -s {client}`.",
        "Capture on both interfaces at once: `tcpdump -ni {interface} host {client} and host "
            + "{server}` in two shells. The direction that is missing shows the way around.",
        "Fetch the log of the other node of a pair, and `journalctl` around the time for reloads, "
            + "`conntrack -F`, network restarts and \"table full\".",
    ]
}

// MARK: Silence, last of all

extension Linux {
    static let counters =
        "`nft list chain inet filter forward`, or `iptables -nvL FORWARD`: the new rule's counter "
        + "rises."
    static let deleteRule =
        "nftables: `nft -a list chain inet filter forward` shows the rule's handle, `nft delete "
        + "rule inet filter forward handle <handle>` deletes it."
    static let deleteInserted =
        "iptables: each command once more with -D in place of -I or -A (and without a number)."

    private func quiet(_ variant: Variant?) -> Remedy {
        let narrow =
            "Narrow both by the way of the blocked packets: `ip saddr … ip daddr …` (ip6 for "
            + "IPv6), or `-s … -d …`, with {client} and {server}."
        return switch variant {
        case "fin":
            Remedy(
                "Drop these, and only these, before the rule that logs",
                [
                    "nftables: `nft 'insert rule inet filter forward ct state invalid tcp flags & "
                        + "(fin | syn | rst | ack) == (fin | ack) counter drop'`",
                    "iptables: `iptables -I FORWARD -p tcp --tcp-flags FIN,SYN,RST,ACK FIN,ACK -m "
                        + "conntrack --ctstate INVALID -j DROP`",
                    narrow,
                ], cost: "FIN,ACK probes (nmap's Maimon scan) are counted and no longer logged.",
                check: [Self.counters, Remedy.silent], undo: [Self.deleteRule, Self.deleteInserted])
        case "rst":
            Remedy(
                "Drop these, and only these, before the rule that logs",
                [
                    "nftables: `nft 'insert rule inet filter forward ct state invalid tcp flags & "
                        + "(fin | syn | rst) == rst counter drop'`",
                    "iptables: `iptables -I FORWARD -p tcp --tcp-flags FIN,SYN,RST RST -m "
                        + "conntrack --ctstate INVALID -j DROP`",
                    narrow,
                ], cost: "Hosts that refuse connections by a RST out of turn are no longer seen.",
                check: [Self.counters, Remedy.silent], undo: [Self.deleteRule, Self.deleteInserted])
        case "last-ack":
            Remedy(
                "Drop these, and only these, just before the rule that logs",
                [
                    "nftables: find the log rule's handle with `nft -a list chain inet filter "
                        + "forward`, then `nft 'insert rule inet filter forward handle <handle> ct "
                        + "state new tcp flags & (fin | syn | rst | ack) == ack counter drop'`",
                    "iptables: find the log rule's number with `iptables -nL FORWARD "
                        + "--line-numbers`, then `iptables -I FORWARD <number> -p tcp --tcp-flags "
                        + "FIN,SYN,RST,ACK ACK -m conntrack --ctstate NEW -j DROP`",
                    narrow,
                ], cost: "ACK scans, idle timeouts and lost states are no longer logged there.",
                check: [Self.counters, Remedy.silent], undo: [Self.deleteRule, Self.deleteInserted])
        default:
            Remedy(
                "Drop late FINs and RSTs, and only these, before the rule that logs",
                [
                    "nftables, two rules: `nft 'insert rule inet filter forward ct state invalid "
                        + "tcp flags & (fin | syn | rst | ack) == (fin | ack) counter drop'` and "
                        + "`nft 'insert rule inet filter forward ct state invalid tcp flags & (fin "
                        + "| syn | rst) == rst counter drop'`",
                    "iptables, two rules: `iptables -I FORWARD -p tcp --tcp-flags FIN,SYN,RST,ACK "
                        + "FIN,ACK -m conntrack --ctstate INVALID -j DROP` and `iptables -I "
                        + "FORWARD -p tcp --tcp-flags FIN,SYN,RST RST -m conntrack --ctstate "
                        + "INVALID -j DROP`",
                    narrow,
                ],
                cost: "FIN,ACK probes (nmap's Maimon scan) are counted and no longer logged.",
                check: [Self.counters, Remedy.silent], undo: [Self.deleteRule, Self.deleteInserted])
        }
    }

    private var quietLimit: Remedy {
        Remedy(
            "Log a sample instead of every packet",
            [
                "nftables, in place of the log rule: `nft 'add rule inet filter forward ct state "
                    + "invalid limit rate 10/minute burst 5 packets log prefix \"stray \"'`, and "
                    + "after it `nft 'add rule inet filter forward ct state invalid counter drop'`",
                "iptables: `iptables -A FORWARD -m conntrack --ctstate INVALID -m limit --limit "
                    + "10/minute --limit-burst 5 -j LOG --log-prefix \"stray \"`, and after it "
                    + "`iptables -A FORWARD -m conntrack --ctstate INVALID -j DROP`",
            ], cost: "Beyond ten a minute they are only counted: a burst hides what comes with it.",
            check: [
                "`journalctl -k --since '1 minute ago' | grep -c 'stray '`: fifteen at the most, "
                    + "burst and rate together.", Self.counters,
            ],
            undo: [
                Self.deleteRule, Self.deleteInserted,
                "Then put the old log rule back: `nft list ruleset` or "
                    + "`iptables-save` before the change has it.",
            ])
    }

    /// A lone ACK without an entry is NEW, and a rule that takes what is NEW lets it in.
    private var onlyOpenings: Remedy {
        Remedy(
            "Let only real openings make an entry",
            [
                "nftables, in place of the rule that accepts what is new: `nft 'insert rule inet "
                    + "filter forward tcp dport {port} tcp flags & (fin | syn | rst | ack) == syn "
                    + "ct state new counter accept'`",
                "iptables: `iptables -I FORWARD -p tcp --dport {port} --syn -m conntrack --ctstate "
                    + "NEW -j ACCEPT`",
                "For every rule at once: `sysctl -w net.netfilter.nf_conntrack_tcp_loose=0`.",
            ],
            cost: "Connections that lost their entry are not picked up again: they break until "
                + "they are opened anew.",
            check: [Self.counters, "`nmap -sA` from outside finds no port unfiltered."],
            undo: [
                Self.deleteRule, Self.deleteInserted,
                "`sysctl -w net.netfilter.nf_conntrack_tcp_loose=1`",
            ])
    }

    private var quietBackscatter: Remedy {
        Remedy(
            "Drop SYN,ACKs that answer nothing, before the rule that logs",
            [
                "nftables: `nft 'insert rule inet filter forward iifname {interface} ct state "
                    + "invalid tcp flags & (syn | ack) == (syn | ack) counter drop'`",
                "iptables: `iptables -I FORWARD -i {interface} -p tcp --tcp-flags SYN,ACK SYN,ACK "
                    + "-m conntrack --ctstate INVALID -j DROP`",
                "For packets to the machine itself the chain is input (INPUT).",
            ],
            cost: "Asymmetric routing shows itself by the same packets: outside interfaces only.",
            check: [Self.counters, Remedy.silent], undo: [Self.deleteRule, Self.deleteInserted])
    }

    private var quietCluster: Remedy {
        Remedy(
            "Drop the copies by how the frame was addressed, before the rule that logs",
            [
                "In prerouting: the kernel forwards no frame addressed to a group (ip_forward()), "
                    + "so that a rule in forward never meets it. What logs them stands in "
                    + "prerouting too.",
                "nftables: `nft 'add chain inet filter copies { type filter hook prerouting "
                    + "priority raw ; }'` and `nft 'insert rule inet filter copies meta pkttype { "
                    + "broadcast, multicast } ip daddr {server} tcp dport {port} counter drop'`. "
                    + "If your log rule is in a chain of that priority, insert it there.",
                "iptables: `iptables -t raw -I PREROUTING -m pkttype --pkt-type multicast -p tcp "
                    + "-d {server} --dport {port} -j DROP`, and the same with broadcast.",
            ], cost: "On the node that serves the cluster it would block it: secondary only.",
            check: [
                "`nft list chain inet filter copies`, or `iptables -t raw -nvL "
                    + "PREROUTING`: the new rule's counter rises.", Remedy.silent,
            ],
            undo: [
                "nftables: `nft flush chain inet filter copies` and `nft delete "
                    + "chain inet filter copies`.", Self.deleteInserted,
            ])
    }
}

// MARK: Timers and entries

extension Linux {
    private func longerTimer(_ variant: Variant?) -> Remedy {
        // netfilter goes to CLOSE_WAIT when the first FIN is acknowledged.
        let half = variant == "half-closed"
        let object = half ? "halfclosed" : "longtcp"
        let policy = half ? "fin_wait : 3600, close_wait : 3600" : "established : 864000"
        let words = half ? "fin_wait 3600 close_wait 3600" : "established 864000"
        let timer = "net.netfilter.nf_conntrack_tcp_timeout_"
        let longer =
            half
            ? "\(timer)close_wait=3600 \(timer)fin_wait=3600" : "\(timer)established=864000"
        let usual =
            half ? "\(timer)close_wait=60 \(timer)fin_wait=120" : "\(timer)established=432000"
        return Remedy(
            "Lengthen the timer of this one service",
            [
                "nftables: `nft 'add ct timeout inet filter \(object) { protocol tcp ; policy = { "
                    + "\(policy) } ; }'`, `nft 'add chain inet filter timers { type filter hook "
                    + "prerouting priority filter ; }'` and `nft 'add rule inet filter timers ip "
                    + "daddr {server} tcp dport {port} ct state new ct timeout set "
                    + "\"\(object)\"'`. The chain must come after connection tracking, as this "
                    + "one.",
                "iptables: `nfct add timeout \(object) inet tcp \(words)`, then `iptables -t raw "
                    + "-A PREROUTING -p tcp -d {server} --dport {port} -j CT --timeout \(object)`.",
                "For every connection, if many services need it: `sysctl -w \(longer)`, in "
                    + "seconds.",
            ], cost: "Connections whose ends vanished stay in the table that much longer.",
            check: [
                "`conntrack -L -p tcp -d {server}` on a new connection: the seconds "
                    + "left, before the state's name, count down from the new time.", Remedy.gone,
            ],
            undo: [
                "nftables: `nft flush chain inet filter timers`, `nft delete chain "
                    + "inet filter timers` and `nft delete ct timeout inet filter "
                    + "\(object)`.",
                "iptables: the command with -D in place of -A, then `nfct delete "
                    + "timeout \(object)`.",
                "For every connection: `sysctl -w \(usual)`, the usual values.",
            ])
    }

    private var unacknowledged: Remedy {
        Remedy(
            "If the strays come about five minutes after the last data",
            [
                "It is not the idle timer but that of data nobody acknowledged (300 seconds): look "
                    + "for the loss, or the end that vanished, first.",
                "Only if an end is really silent that long: `sysctl -w "
                    + "net.netfilter.nf_conntrack_tcp_timeout_unacknowledged=900 "
                    + "net.netfilter.nf_conntrack_tcp_timeout_max_retrans=900`.",
            ], cost: "It holds for every connection: dead ones stay in the table longer.",
            check: [
                "`sysctl net.netfilter.nf_conntrack_tcp_timeout_unacknowledged` "
                    + "prints 900.", Remedy.gone,
            ],
            undo: [
                "`sysctl -w "
                    + "net.netfilter.nf_conntrack_tcp_timeout_unacknowledged=300 "
                    + "net.netfilter.nf_conntrack_tcp_timeout_max_retrans=300`"
            ])
    }

    private var longerClosed: Remedy {
        Remedy(
            "Remember closed connections longer",
            [
                "`sysctl -w net.netfilter.nf_conntrack_tcp_timeout_close=60` after a RST (10 "
                    + "seconds unless changed), `net.netfilter.nf_conntrack_tcp_timeout_time_wait` "
                    + "after a close by both ends (120)."
            ], cost: "It holds for every connection: the table grows by the closed ones.",
            check: [
                "`conntrack -L -p tcp -d {server}`: entries in CLOSE and TIME_WAIT "
                    + "count down from the new times.", Remedy.gone,
            ],
            undo: [
                "`sysctl -w net.netfilter.nf_conntrack_tcp_timeout_close=10 "
                    + "net.netfilter.nf_conntrack_tcp_timeout_time_wait=120`"
            ])
    }

    private var outOfWindow: Remedy {
        Remedy(
            "Find what shifts the numbers",
            [
                "`sysctl -w net.netfilter.nf_conntrack_log_invalid=6`: the kernel then logs which "
                    + "bound a packet broke. Set it to 0 again afterwards.",
                "Look for a proxy, accelerator or second firewall between {client} and {server} "
                    + "that rewrites sequence numbers or the window scale.",
                "Look for receive offload of the network card as well: `ethtool -k {interface}`, "
                    + "and try `ethtool -K {interface} gro off lro off`.",
            ], check: ["`conntrack -S`: the sum of invalid no longer rises.", Remedy.gone],
            undo: [
                "`sysctl -w net.netfilter.nf_conntrack_log_invalid=0`, and `ethtool "
                    + "-K {interface} gro on` where it was on."
            ])
    }

    private var liberal: Remedy {
        Remedy(
            "Stop checking sequence numbers",
            [
                "`sysctl -w net.netfilter.nf_conntrack_tcp_be_liberal=1`: only RSTs out of the "
                    + "window remain invalid.",
                "For those too, where the kernel has it: `sysctl -w "
                    + "net.netfilter.nf_conntrack_tcp_ignore_invalid_rst=1`.",
            ],
            cost: "It holds for every connection of the machine: forged packets that guess only "
                + "addresses and ports are accepted.",
            check: ["`conntrack -S`: the sum of invalid no longer rises.", Remedy.gone],
            undo: [
                "`sysctl -w net.netfilter.nf_conntrack_tcp_be_liberal=0 "
                    + "net.netfilter.nf_conntrack_tcp_ignore_invalid_rst=0`"
            ])
    }

    private var removeEntry: Remedy {
        Remedy(
            "Remove the entry that stands in the way",
            [
                "`conntrack -L -p tcp -s {client} -d {server}` shows it; `conntrack -D -p tcp -s "
                    + "{client} -d {server} --dport {port}` removes it.",
                "If it comes back, shorten the timer of the state it was shown in: `sysctl "
                    + "net.netfilter | grep tcp_timeout`.",
            ], cost: "It ends every connection from {client} to {server} port {port}.",
            check: [
                "`conntrack -L -p tcp -s {client} -d {server}` no longer shows it, "
                    + "and a new connection opens at once."
            ],
            undo: [
                "A removed entry cannot be had back: the next connection makes a "
                    + "new one. A shortened timer is set back with `sysctl -w`."
            ])
    }

    private var keepEntries: Remedy {
        Remedy(
            "Find what removed the entries, and keep it from doing so",
            [
                "Loading rules anew does not remove them, not even `nft flush ruleset`. Look for "
                    + "`conntrack -F` in scripts, an unloaded module, a removed network namespace, "
                    + "a reboot.",
                "A full table: `journalctl -k | grep \"table full\"`; compare `sysctl "
                    + "net.netfilter.nf_conntrack_count` with `sysctl "
                    + "net.netfilter.nf_conntrack_max`, and see insert_failed, drop and early_drop "
                    + "in `conntrack -S`.",
                "A pair: look for conntrackd, which copies the entries to the other node.",
            ],
            check: [
                "`conntrack -C` stays below `sysctl "
                    + "net.netfilter.nf_conntrack_max`, and does not fall to nothing.", Remedy.gone,
            ],
            undo: [
                "A raised limit is set back: `sysctl -w "
                    + "net.netfilter.nf_conntrack_max=<number>`, with the number of "
                    + "before."
            ], unconfirmed: "how conntrackd is set up is not told here.")
    }

    private var pickUp: Remedy {
        Remedy(
            "Let connections that were lost be picked up again",
            [
                "`sysctl net.netfilter.nf_conntrack_tcp_loose` should print 1: data without an "
                    + "entry is then NEW and makes one.",
                "The rule that accepts {server} port {port} must not ask for a SYN.",
            ], cost: "ACK scans reach the accepted ports, and make entries.",
            check: [
                "`conntrack -L -p tcp -d {server}` shows the connection again, "
                    + "ESTABLISHED.", Remedy.gone,
            ],
            undo: [
                "`sysctl -w net.netfilter.nf_conntrack_tcp_loose=0`, if it was 0 "
                    + "before."
            ])
    }
}
