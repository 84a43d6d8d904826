// The names that pf rules use for numbers: protocols, services, ICMP types and codes.
//
// Read first: protocols(5), services(5), icmp(4), icmp6(4) of FreeBSD. pfctl asks the machine it
// runs on; a name that is not here is said, and its rule may match.

enum PfNames {
    static let protocols: [String: UInt8] = [
        "ip": 0, "icmp": 1, "igmp": 2, "ipencap": 4, "ipv4": 4, "tcp": 6, "egp": 8, "igp": 9,
        "udp": 17, "ipv6": 41, "rsvp": 46, "gre": 47, "esp": 50, "ah": 51, "icmp6": 58,
        "ipv6-icmp": 58, "skip": 57, "eigrp": 88, "ospf": 89, "ospfigp": 89, "ipip": 94,
        "etherip": 97, "encap": 98, "pim": 103, "ipcomp": 108, "vrrp": 112, "carp": 112,
        "l2tp": 115, "sctp": 132, "udplite": 136, "mpls-in-ip": 137, "pfsync": 240,
    ]

    static let services: [String: UInt16] = [
        "tcpmux": 1, "echo": 7, "discard": 9, "systat": 11, "daytime": 13, "qotd": 17,
        "chargen": 19, "ftp-data": 20, "ftp": 21, "ssh": 22, "telnet": 23, "smtp": 25, "time": 37,
        "whois": 43, "nicname": 43, "tacacs": 49, "domain": 53, "bootps": 67, "bootpc": 68,
        "tftp": 69, "gopher": 70, "finger": 79, "http": 80, "www": 80, "kerberos": 88,
        "kerberos-sec": 88, "pop3": 110, "sunrpc": 111, "rpcbind": 111, "auth": 113, "ident": 113,
        "nntp": 119, "ntp": 123, "epmap": 135, "netbios-ns": 137, "netbios-dgm": 138,
        "netbios-ssn": 139, "imap": 143, "imap2": 143, "snmp": 161, "snmptrap": 162,
        "snmp-trap": 162, "xdmcp": 177, "bgp": 179, "irc": 194, "ldap": 389, "https": 443,
        "snpp": 444, "microsoft-ds": 445, "kpasswd": 464, "submissions": 465, "smtps": 465,
        "isakmp": 500, "exec": 512, "biff": 512, "login": 513, "who": 513, "shell": 514,
        "syslog": 514, "printer": 515, "route": 520, "router": 520, "ripng": 521,
        "dhcpv6-client": 546, "dhcpv6-server": 547, "rtsp": 554, "nntps": 563, "snews": 563,
        "submission": 587, "ipp": 631, "ldaps": 636, "domain-s": 853, "rsync": 873,
        "ftps-data": 989,
        "ftps": 990, "telnets": 992, "imaps": 993, "pop3s": 995, "socks": 1080, "openvpn": 1194,
        "ms-sql-s": 1433, "ms-sql-m": 1434, "l2f": 1701, "l2tp": 1701, "pptp": 1723,
        "radius": 1812, "radacct": 1813, "radius-acct": 1813, "hsrp": 1985, "nfs": 2049,
        "nfsd": 2049, "cvspserver": 2401, "mysql": 3306, "ms-wbt-server": 3389, "rdp": 3389,
        "stun": 3478, "turn": 3478, "svn": 3690, "sae-urn": 4500, "ipsec-nat-t": 4500,
        "ipsec-msft": 4500, "sip": 5060, "sips": 5061, "sip-tls": 5061, "xmpp-client": 5222,
        "xmpp-server": 5269, "mdns": 5353, "postgresql": 5432, "rfb": 5900, "vnc-server": 5900,
        "x11": 6000, "ircs-u": 6697, "ircd": 6667, "http-alt": 8080, "webcache": 8080,
        "http-proxy": 8080, "ftp-proxy": 8021, "spamd": 8025, "jetdirect": 9100,
        "pdl-datastream": 9100, "git": 9418, "amanda": 10080, "zabbix-agent": 10050,
        "wireguard": 51820,
    ]

    static let icmpTypes: [String: UInt8] = [
        "echorep": 0, "unreach": 3, "squench": 4, "redir": 5, "althost": 6, "echoreq": 8,
        "routeradv": 9, "routersol": 10, "timex": 11, "paramprob": 12, "timereq": 13,
        "timerep": 14, "inforeq": 15, "inforep": 16, "maskreq": 17, "maskrep": 18, "trace": 30,
        "dataconv": 31, "mobredir": 32, "ipv6-where": 33, "ipv6-here": 34, "mobregreq": 35,
        "mobregrep": 36, "skip": 39, "photuris": 40,
    ]

    static let icmp6Types: [String: UInt8] = [
        "unreach": 1, "toobig": 2, "timex": 3, "paramprob": 4, "echoreq": 128, "echorep": 129,
        "groupqry": 130, "listqry": 130, "grouprep": 131, "listenrep": 131, "groupterm": 132,
        "listendone": 132, "routersol": 133, "routeradv": 134, "neighbrsol": 135,
        "neighbradv": 136, "redir": 137, "routrrenum": 138, "fqdnreq": 139, "niqry": 139,
        "wrureq": 139, "fqdnrep": 140, "nirep": 140, "wrurep": 140, "mtraceresp": 200,
        "mtrace": 201, "listenv2": 143,
    ]

    static let icmpCodes: [UInt8: [String: UInt8]] = [
        3: [
            "net-unr": 0, "host-unr": 1, "proto-unr": 2, "port-unr": 3, "needfrag": 4, "srcfail": 5,
            "net-unk": 6, "host-unk": 7, "isolate": 8, "net-prohib": 9, "host-prohib": 10,
            "net-tos": 11, "host-tos": 12, "filter-prohib": 13, "host-preced": 14,
            "cutoff-preced": 15,
        ],
        5: ["redir-net": 0, "redir-host": 1, "redir-tos-net": 2, "redir-tos-host": 3],
        9: ["normal-adv": 0, "common-adv": 16],
        11: ["transit": 0, "reassemb": 1],
        12: ["badhead": 0, "optmiss": 1, "badlen": 2],
        40: [
            "unknown-ind": 0, "auth-fail": 1, "decrypt-fail": 2,
        ],
    ]

    static let icmp6Codes: [UInt8: [String: UInt8]] = [
        1: [
            "admin-unr": 1, "noroute-unr": 0, "notnbr-unr": 2, "beyond-unr": 2, "addr-unr": 3,
            "port-unr": 4,
        ],
        3: ["transit": 0, "reassemb": 1],
        4: ["badhead": 0, "nxthdr": 1],
        137: ["redironlink": 0, "redirrouter": 1],
    ]

    /// The names that `set timeout` and the options of a state know.
    static let timeouts: Set<String> = [
        "tcp.first", "tcp.opening", "tcp.established", "tcp.closing", "tcp.finwait", "tcp.closed",
        "tcp.tsdiff", "sctp.first", "sctp.opening", "sctp.established", "sctp.closing",
        "sctp.closed", "udp.first", "udp.single", "udp.multiple", "icmp.first", "icmp.error",
        "other.first", "other.single", "other.multiple", "frag", "interval", "src.track",
        "adaptive.start", "adaptive.end",
    ]

    static let limits: Set<String> = [
        "states", "src-nodes", "frags", "tables", "table-entries", "anchors", "eth-anchors",
        "pktdelay-pkts",
    ]

    /// Tables of hosts that programs shut out for a while; mostly empty.
    static let lockouts: Set<String> = [
        "sshguard", "sshlockout", "webConfiguratorlockout", "snort2c", "virusprot", "bruteforce",
        "fail2ban", "crowdsec_blacklists", "crowdsec6_blacklists",
    ]

    /// Groups that interfaces are in by themselves, and how the names of their members begin:
    /// pfSense and OPNsense make `openvpn`, `WireGuard` and `IPsec`, the system one for each
    /// kind of cloned interface.
    static let groupMembers: [String: [String]] = [
        "openvpn": ["ovpns", "ovpnc"], "WireGuard": ["tun_wg", "wg"], "wireguard": ["wg"],
        "IPsec": ["ipsec", "enc"], "enc": ["enc"], "lo": ["lo"], "tun": ["tun"], "tap": ["tap"],
        "wg": ["wg"], "gif": ["gif"], "gre": ["gre"], "bridge": ["bridge"], "lagg": ["lagg"],
        "carp": ["carp"], "pflog": ["pflog"], "pfsync": ["pfsync"], "ipsec": ["ipsec"],
        "ppp": ["ppp"], "pppoe": ["pppoe"], "l2tp": ["l2tp"], "epair": ["epair"],
    ]
}
