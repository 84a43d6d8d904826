// Linux: routes, packets passed untracked, and the cases where the packet itself or the rules were
// to blame. Read Linux.swift first.

import Causes

// MARK: Asymmetric routing

extension Linux {
    func asymmetric(_ variant: Variant?) -> [Remedy] {
        switch variant {
        case "same-interface": [.mendSameInterface, translate, untracked]
        case "open-only": [.mendOpenOnly, translate, untracked]
        case "multi-wan": [.mendMultiWAN, answerByMark]
        default: [.mend(variant), reversePath, untracked]
        }
    }

    /// A translated source has one way back, so that both directions are seen and checked.
    private var translate: Remedy {
        Remedy(
            "Translate the source, so that the answer comes back",
            [
                "nftables: `nft 'add chain inet filter hairpin { type nat hook postrouting "
                    + "priority srcnat ; }'` and `nft 'add rule inet filter hairpin ip saddr "
                    + "{client} ip daddr {server} masquerade'`.",
                "iptables: `iptables -t nat -A POSTROUTING -s {client} -d {server} -j MASQUERADE`.",
            ], cost: "{server} sees and logs the firewall's address instead of {client}.",
            check: [
                "`conntrack -L -p tcp -s {client} -d {server}`: the second dst= of "
                    + "each entry is the firewall's own address.", Remedy.gone,
            ],
            undo: [
                "nftables: `nft flush chain inet filter hairpin` and `nft delete "
                    + "chain inet filter hairpin`.", Self.deleteInserted,
            ])
    }

    private var reversePath: Remedy {
        Remedy(
            "If packets vanish without a line: ask the reverse-path filter",
            [
                "`nstat -az TcpExtIPReversePathFilter` counts what it dropped; `sysctl -w "
                    + "net.ipv4.conf.all.log_martians=1` makes it tell.",
                "Where the route cannot be mended: `sysctl -w "
                    + "net.ipv4.conf.{interface}.rp_filter=2`, the loose mode of one interface.",
            ], cost: "On {interface} any source that is routed anywhere at all is accepted.",
            check: [
                "`nstat -az TcpExtIPReversePathFilter`: the counter stands still.", Remedy.gone,
            ],
            undo: [
                "`sysctl -w net.ipv4.conf.{interface}.rp_filter=1` and `sysctl -w "
                    + "net.ipv4.conf.all.log_martians=0`, with the values of before."
            ])
    }

    private var untracked: Remedy {
        Remedy(
            "Pass these two networks untracked, both ways",
            untrackedSteps(
                match: "meta l4proto tcp", mirror: "meta l4proto tcp", options: ("", "")),
            cost: "Any TCP packet between these two passes in both directions, whoever sent it; "
                + "there is no NAT for it. Raising timers or nf_conntrack_tcp_loose is no way "
                + "around: while the half-open entry lives, the client's packets stay INVALID.",
            check: [
                "`conntrack -L -p tcp -s {client} -d {server}` shows no entry, and "
                    + "`nft list chain inet filter forward` (or `iptables -nvL FORWARD`) "
                    + "counts packets of both directions.", Remedy.gone,
            ],
            undo: [
                "nftables: `nft flush chain inet filter untracked` and `nft delete "
                    + "chain inet filter untracked`.", Self.deleteRule, Self.deleteInserted,
            ])
    }

    var untrackedPort: Remedy {
        Remedy(
            "Pass this traffic untracked, between these two only",
            untrackedSteps(
                match: "tcp dport {port}", mirror: "tcp sport {port}",
                options: (" --dport {port}", " --sport {port}")),
            cost: "Every packet between these two on that port passes in both directions, whoever "
                + "sent it; there is no NAT for it.",
            check: [
                "`conntrack -L -p tcp -s {client} -d {server}` shows no entry, and "
                    + "`nft list chain inet filter forward` (or `iptables -nvL FORWARD`) "
                    + "counts packets of both directions.", Remedy.gone,
            ],
            undo: [
                "nftables: `nft flush chain inet filter untracked` and `nft delete "
                    + "chain inet filter untracked`.", Self.deleteRule, Self.deleteInserted,
            ])
    }

    private func untrackedSteps(
        match: String, mirror: String, options: (String, String)
    ) -> [String] {
        let there = "ip saddr {client} ip daddr {server} \(match)"
        let back = "ip saddr {server} ip daddr {client} \(mirror)"
        let forth = "-p tcp -s {client} -d {server}\(options.0)"
        let hither = "-p tcp -s {server} -d {client}\(options.1)"
        return [
            "nftables: `nft 'add chain inet filter untracked { type filter hook prerouting "
                + "priority raw ; }'`, `nft 'add rule inet filter untracked \(there) notrack'` and "
                + "`nft 'add rule inet filter untracked \(back) notrack'`.",
            "Then accept them: `nft 'insert rule inet filter forward ct state untracked \(there) "
                + "counter accept'` and `nft 'insert rule inet filter forward ct state untracked "
                + "\(back) counter accept'`. For IPv6 write ip6 for ip.",
            "iptables: `iptables -t raw -A PREROUTING \(forth) -j CT --notrack` and `iptables -t "
                + "raw -A PREROUTING \(hither) -j CT --notrack`.",
            "Then: `iptables -I FORWARD \(forth) -m conntrack --ctstate UNTRACKED -j ACCEPT` and "
                + "`iptables -I FORWARD \(hither) -m conntrack --ctstate UNTRACKED -j ACCEPT`. If "
                + "an end is this machine: the same in output (raw OUTPUT), and accept in input.",
        ]
    }

    private var answerByMark: Remedy {
        Remedy(
            "Send answers back by the line that the opening came from",
            [
                "Mark connections by their line, nftables: `nft 'add chain inet filter lines { "
                    + "type filter hook prerouting priority mangle ; }'`, `nft 'add rule inet "
                    + "filter lines iifname {interface} ct state new ct mark set 2'` and `nft 'add "
                    + "rule inet filter lines iifname != {interface} ct mark 2 meta mark set ct "
                    + "mark'`.",
                "iptables: `iptables -t mangle -A PREROUTING -i {interface} -m conntrack --ctstate "
                    + "NEW -j CONNMARK --set-mark 2` and `iptables -t mangle -A PREROUTING ! -i "
                    + "{interface} -m connmark --mark 2 -j CONNMARK --restore-mark`.",
                "Route the mark: `ip route add default via <gateway> dev {interface} table 102` "
                    + "and `ip rule add fwmark 2 table 102`, with the gateway of that line.",
                "`sysctl net.ipv4.conf.all.rp_filter net.ipv4.conf.{interface}.rp_filter`: where "
                    + "either is 1, answers may fail the check; `sysctl -w "
                    + "net.ipv4.conf.{interface}.rp_filter=2` checks loosely there.",
            ], cost: "With rp_filter 2, any routed source is accepted on {interface}.",
            check: [
                "`conntrack -L -m 2` shows the connections of {interface}; a "
                    + "capture shows their answers leave by it.", Remedy.gone,
            ],
            undo: [
                "nftables: `nft flush chain inet filter lines` and `nft delete "
                    + "chain inet filter lines`.", Self.deleteInserted,
                "`ip rule del fwmark 2 table 102`, `ip route flush table 102` and "
                    + "`sysctl -w net.ipv4.conf.{interface}.rp_filter=1`, with the value "
                    + "of before.",
            ])
    }
}

// MARK: The packet itself

extension Linux {
    func anomaly(_ variant: Variant?) -> [Remedy] {
        switch variant {
        case "ip-options": [ipOptions]
        case "fragment": [.findFragmentation, clampMSS]
        case "checksum": [.findDamage, checksums]
        case "normalize": [.findForger, quietNull]
        default: [.findDamage]
        }
    }

    private var ipOptions: Remedy {
        Remedy(
            "Find the rule that refuses IP options, and whether anyone needs them",
            [
                "Linux itself forwards options, except source routing. Look for a rule of your "
                    + "own: `nft list ruleset | grep 'ip option'`, `iptables-save | grep "
                    + "ipv4options`.",
                "IGMP carries an option by design: accept `ip protocol igmp` before that rule if "
                    + "multicast is wanted, and leave the rest refused.",
            ], cost: "What is accepted before the rule may carry any IP option.",
            check: [Remedy.gone], undo: [Self.deleteRule])
    }

    private var clampMSS: Remedy {
        Remedy(
            "Keep TCP below the smallest MTU",
            [
                "nftables: `nft 'insert rule inet filter forward tcp flags & (syn | rst) == syn "
                    + "tcp option maxseg size set rt mtu'`",
                "iptables: `iptables -t mangle -A FORWARD -p tcp --tcp-flags SYN,RST SYN -j TCPMSS "
                    + "--clamp-mss-to-pmtu`",
                "`nstat -az IpReasmFails IpReasmTimeout` tells whether fragments were lost: they "
                    + "are put together before the rules while connection tracking is on.",
            ],
            check: [
                "A capture of a SYN on the far side: its mss is 40 below the "
                    + "smallest MTU (60 with IPv6), or less.", Remedy.gone,
            ], undo: [Self.deleteRule, Self.deleteInserted])
    }

    private var checksums: Remedy {
        Remedy(
            "Rule out the network card",
            [
                "`ethtool -k {interface}` shows the offloads. Look whether the lines stop after "
                    + "`ethtool -K {interface} rx off tx off` on the machine that sends.",
                "A capture on the sending machine shows wrong checksums where its card fills them "
                    + "in: judge by a capture on the receiver.",
            ], cost: "The processor computes the checksums: less throughput.",
            check: ["`ethtool -k {interface} | grep checksum`: off.", Remedy.gone],
            undo: ["`ethtool -K {interface} rx on tx on`"])
    }

    private var quietNull: Remedy {
        Remedy(
            "Drop flags that no stack sends before the rule that logs",
            [
                "nftables: `nft 'insert rule inet filter forward tcp flags & (fin | syn | rst | "
                    + "psh | ack | urg) == 0 counter drop'`, and the same with `tcp flags & (fin | "
                    + "syn) == (fin | syn)`.",
                "iptables: `iptables -I FORWARD -p tcp --tcp-flags ALL NONE -j DROP` and `iptables "
                    + "-I FORWARD -p tcp --tcp-flags FIN,SYN FIN,SYN -j DROP`.",
            ], cost: "Scans by these packets are counted and no longer logged.",
            check: [Self.counters, Remedy.silent], undo: [Self.deleteRule, Self.deleteInserted])
    }
}

// MARK: Policy

extension Linux {
    func policy(_ variant: Variant?) -> [Remedy] {
        switch variant {
        case "anti-spoofing": [spoofing]
        case "limit": [limits]
        case "other-protocol": [otherProtocol]
        case "tcp": [knowTheFlags, passRule]
        default: [passRule]
        }
    }

    private var passRule: Remedy {
        Remedy(
            "Allow it, if it is wanted",
            [
                "Decide whether {client} should reach {server} port {port} at all: this is the "
                    + "rules' own decision and not a fault.",
                "nftables: `nft 'insert rule inet filter forward ip saddr {client} ip daddr "
                    + "{server} tcp dport {port} ct state new accept'`",
                "iptables: `iptables -I FORWARD -p tcp -s {client} -d {server} --dport {port} -m "
                    + "conntrack --ctstate NEW -j ACCEPT`",
                "For the machine itself the chain is input (INPUT). With destination NAT, {server} "
                    + "is the inside address. Write the rule into the file that is loaded at boot.",
            ], cost: "A pass rule opens the service to everyone its source names.",
            check: [
                "{client} reaches {server} port {port}; `conntrack -L -p tcp -s "
                    + "{client} -d {server}` shows it."
            ], undo: [Self.deleteRule, Self.deleteInserted])
    }

    private var otherProtocol: Remedy {
        Remedy(
            "Allow it, if it is wanted",
            [
                "Decide whether {client} should reach {server} so at all: this is the rules' own "
                    + "decision and not a fault.",
                "nftables: `nft 'insert rule inet filter forward ip saddr {client} ip daddr "
                    + "{server} meta l4proto udp ct state new accept'`, with the protocol of the "
                    + "line for udp, and its port.",
                "iptables: `iptables -I FORWARD -p udp -s {client} -d {server} -m conntrack "
                    + "--ctstate NEW -j ACCEPT`, likewise.",
            ], cost: "A pass rule opens the service to everyone its source names.",
            check: ["`conntrack -L -s {client} -d {server}` shows it."],
            undo: [Self.deleteRule, Self.deleteInserted])
    }

    private var knowTheFlags: Remedy {
        Remedy(
            "Find out the TCP flags first",
            [
                "The kernel's own log line tells them after RES=: only a lone SYN is a matter of "
                    + "the rules. ulogd lines tell them where its output is LOGEMU."
            ])
    }

    private var spoofing: Remedy {
        Remedy(
            "Find out why this source comes in here",
            [
                "`ip route get {client-host}` names the interface that {client} belongs to; it came in "
                    + "by {interface}. `nstat -az TcpExtIPReversePathFilter` counts such packets.",
                "If it belongs to {interface}, add the missing route: `ip route add {client} via "
                    + "<gateway> dev {interface}`. Otherwise leave it: the source is forged or "
                    + "leaks.",
            ], check: ["`ip route get {client-host}` names {interface}.", Remedy.gone],
            undo: ["`ip route del {client} via <gateway> dev {interface}`"])
    }

    private var limits: Remedy {
        Remedy(
            "Find the limit, and who fills it",
            [
                "A rule's limit: look for `limit rate`, `ct count` and `connlimit` in `nft list "
                    + "ruleset` and `iptables-save`. A SYN refused and then accepted is such a "
                    + "limit.",
                "The whole table: `sysctl net.netfilter.nf_conntrack_count "
                    + "net.netfilter.nf_conntrack_max`.",
                "Mend the host that fills it before raising anything: `conntrack -L -p tcp | grep "
                    + "-oE 'src=[^ ]+' | sort | uniq -c | sort -n | tail`.",
            ], cost: "Higher limits let one host take more of the memory that all share.",
            check: ["`conntrack -S`: drop and early_drop no longer rise.", Remedy.gone],
            undo: [
                "`sysctl -w net.netfilter.nf_conntrack_max=<number>`, with the "
                    + "number of before."
            ])
    }
}
