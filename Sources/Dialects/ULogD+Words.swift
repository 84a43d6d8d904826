// ulogd's keys, and what `stray dialects ulogd` shows.

import Bytes
import Facts

extension ULogD {
    static let keys = KeyTable([
        ("timestamp", .date), ("dvc", .node), ("oob.prefix", .message), ("oob.in", .inbound),
        ("oob.out", .outbound), ("oob.time.sec", .own1), ("oob.time.usec", .own2),
        ("action", .action), ("src_ip", .source), ("ip.saddr.str", .source),
        ("orig.ip.saddr.str", .source), ("ip.saddr", .source), ("orig.ip.saddr", .source),
        ("dest_ip", .destination), ("ip.daddr.str", .destination),
        ("orig.ip.daddr.str", .destination), ("ip.daddr", .destination),
        ("orig.ip.daddr", .destination), ("src_port", .sourcePort), ("tcp.sport", .sourcePort),
        ("udp.sport", .sourcePort), ("orig.l4.sport", .sourcePort),
        ("dest_port", .destinationPort), ("tcp.dport", .destinationPort),
        ("udp.dport", .destinationPort), ("orig.l4.dport", .destinationPort),
        ("ip.protocol", .ipProtocol), ("ip6.nexthdr", .ipProtocol),
        ("orig.ip.protocol", .ipProtocol), ("ip.ttl", .ttl), ("ip6.hoplimit", .ttl),
        ("ip.id", .ipID), ("tcp.seq", .sequence), ("tcp.ackseq", .acknowledgement),
        ("tcp.window", .window), ("icmp.type", .icmpType), ("icmpv6.type", .icmpType),
        ("ct.event", .own3), ("ct.id", .connection), ("reply.ip.daddr.str", .natSource),
        ("reply.ip.saddr.str", .natDestination), ("reply.l4.dport", .natSourcePort),
        ("reply.l4.sport", .natDestinationPort), ("flow.start.sec", .start),
        ("flow.start.usec", .own4), ("flow.end.sec", .end), ("flow.end.usec", .milliseconds),
        ("orig.raw.pktlen", .bytesOut), ("reply.raw.pktlen", .bytesIn),
        ("reply.raw.pktcount", .packetsIn),
    ])

    static let flagKeys = FlagKeys([
        ("tcp.syn", .syn), ("tcp.ack", .ack), ("tcp.fin", .fin), ("tcp.rst", .rst),
        ("tcp.psh", .psh), ("tcp.urg", .urg),
    ])

    static let steps = [
        "Rules that log through NFLOG: `iptables … -j NFLOG --nflog-group 1 --nflog-prefix \"FWD-DROP \"`, "
            + "or in nftables `log prefix \"FWD-DROP \" group 1`.",
        "In /etc/ulogd.conf: `stack=log1:NFLOG,base1:BASE,ifi1:IFINDEX,ip2str1:IP2STR,mac2str1:HWHDR,"
            + "json1:JSON`, and the file under `[json1]`.",
        "Beside it the connections, so that openings and ends stand there: "
            + "`stack=ct1:NFCT,ip2str1:IP2STR,json1:JSON` with `hash_enable=0` under `[ct1]`; and `sysctl "
            + "net.netfilter.nf_conntrack_acct=1 net.netfilter.nf_conntrack_timestamp=1`.",
        "LOGEMU writes the kernel's own format and GPRINT `key=value`: both are read. OPRINT, a line for "
            + "each key, is not.",
    ]

    static let bounds = [
        "NFLOG tells no verdict: it is read from the prefix, or from `action` where the rule's label is "
            + "switched on, and both are what somebody wrote there.",
        "ECE and CWR are not told; a SYN that offers ECN looks like any other.",
        "A flow's end does not say why: `conntrack -E` tells the last state.",
        "JSON of version 2.0.8 and before has times without a zone; the seconds beside them are used.",
    ]
}
