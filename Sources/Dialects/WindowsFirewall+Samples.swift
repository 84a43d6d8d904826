// Rows of pfirewall.log and the entries they must become; the last ones must be refused.

extension WindowsFirewall {
    static let lines: [Sample] = [
        Sample(
            #"""
            2026-11-19 08:15:02 DROP TCP 198.51.100.7 10.0.0.9 80 1774 576 AP 123456789 \#
            987654321 12345 - - - RECEIVE 4
            """#,
            #"""
            "dialect":"windows-firewall","interface":null,"direction":"in","action":"block",\#
            "rule":null,"reason":null,"proto":"tcp","src":"198.51.100.7","sport":80,\#
            "dst":"10.0.0.9","dport":1774,"flags":"PA","seq":123456789,"ack":987654321,\#
            "window":12345
            """#),
        Sample(
            #"""
            2026-11-19 08:15:03 DROP TCP 10.0.0.9 198.51.100.7 61005 443 0 - 0 0 0 - - - SEND \#
            11188
            """#,
            #"""
            "dialect":"windows-firewall","interface":null,"direction":"out","action":"block",\#
            "rule":null,"reason":null,"proto":"tcp","src":"10.0.0.9","sport":61005,\#
            "dst":"198.51.100.7","dport":443,"flags":null
            """#),
        Sample(
            #"""
            2026-11-19 08:15:04 ALLOW TCP 10.0.0.9 198.51.100.7 61006 443 0 - 0 0 0 - - - SEND \#
            11188
            """#,
            #"""
            "dialect":"windows-firewall","interface":null,"direction":"out","action":"open",\#
            "rule":null,"reason":"match","proto":"tcp","src":"10.0.0.9","sport":61006,\#
            "dst":"198.51.100.7","dport":443,"flags":null
            """#),
        Sample(
            #"""
            2026-11-19 08:15:05 DROP TCP 192.0.2.45 10.0.0.9 40000 3389 52 S 3447622355 0 \#
            64240 - - - RECEIVE
            """#,
            #"""
            "dialect":"windows-firewall","interface":null,"direction":"in","action":"block",\#
            "rule":null,"reason":null,"proto":"tcp","src":"192.0.2.45","sport":40000,\#
            "dst":"10.0.0.9","dport":3389,"flags":"S","seq":3447622355,"window":64240
            """#),
        Sample(
            #"""
            2026-11-19 08:15:06 DROP TCP 198.51.100.7 10.0.0.9 443 61007 40 FA 77 88 501 - - - \#
            RECEIVE
            """#,
            #"""
            "dialect":"windows-firewall","interface":null,"direction":"in","action":"block",\#
            "rule":null,"reason":null,"proto":"tcp","src":"198.51.100.7","sport":443,\#
            "dst":"10.0.0.9","dport":61007,"flags":"FA","seq":77,"ack":88,"window":501
            """#),
        Sample(
            #"""
            2026-11-19 08:15:07 DROP TCP 198.51.100.7 10.0.0.9 443 61008 40 R 99 0 0 - - - \#
            RECEIVE
            """#,
            #"""
            "dialect":"windows-firewall","interface":null,"direction":"in","action":"block",\#
            "rule":null,"reason":null,"proto":"tcp","src":"198.51.100.7","sport":443,\#
            "dst":"10.0.0.9","dport":61008,"flags":"R","seq":99,"window":0
            """#),
        Sample(
            #"""
            2026-11-19 08:15:08 DROP UDP 10.0.0.10 10.0.0.255 137 137 78 - - - - - - - RECEIVE
            """#,
            #"""
            "dialect":"windows-firewall","interface":null,"direction":"in","action":"block",\#
            "rule":null,"reason":null,"proto":"udp","src":"10.0.0.10","sport":137,\#
            "dst":"10.0.0.255","dport":137,"flags":null
            """#),
        Sample(
            #"2026-11-19 08:15:09 DROP ICMP 192.0.2.44 10.0.0.9 - - 60 - - - - 3 1 - RECEIVE"#,
            #"""
            "dialect":"windows-firewall","interface":null,"direction":"in","action":"block",\#
            "rule":null,"reason":null,"proto":"icmp","src":"192.0.2.44","sport":null,\#
            "dst":"10.0.0.9","dport":null,"flags":null,"icmpError":true
            """#),
        Sample(
            #"2026-11-19 08:15:10 DROP ICMPv6 fe80::1 ff02::1 - - 72 - - - - 134 0 - RECEIVE"#,
            #"""
            "dialect":"windows-firewall","interface":null,"direction":"in","action":"block",\#
            "rule":null,"reason":null,"proto":"icmpv6","src":"fe80::1","sport":null,\#
            "dst":"ff02::1","dport":null,"flags":null
            """#),
        Sample(
            #"2026-11-19 08:15:11 DROP 2 10.0.0.1 224.0.0.1 - - 32 - - - - - - - RECEIVE"#,
            #"""
            "dialect":"windows-firewall","interface":null,"direction":"in","action":"block",\#
            "rule":null,"reason":null,"proto":"igmp","src":"10.0.0.1","sport":null,\#
            "dst":"224.0.0.1","dport":null,"flags":null
            """#),
        Sample(
            #"2026-11-19 08:15:12 OPEN TCP 10.0.0.9 198.51.100.7 1042 80 - - - - - - - -"#,
            #"""
            "dialect":"windows-firewall","interface":null,"direction":null,"action":"open",\#
            "rule":null,"reason":"match","proto":"tcp","src":"10.0.0.9","sport":1042,\#
            "dst":"198.51.100.7","dport":80,"flags":null
            """#),
        Sample(
            #"""
            2026-11-19 08:15:13 OPEN-INBOUND TCP 10.0.0.10 10.0.0.9 1043 139 - - - - - - - -
            """#,
            #"""
            "dialect":"windows-firewall","interface":null,"direction":null,"action":"open",\#
            "rule":null,"reason":"match","proto":"tcp","src":"10.0.0.10","sport":1043,\#
            "dst":"10.0.0.9","dport":139,"flags":null
            """#),
        Sample(
            #"2026-11-19 08:15:14 CLOSE TCP 10.0.0.9 198.51.100.7 1042 80 - - - - - - - -"#,
            #"""
            "dialect":"windows-firewall","interface":null,"direction":null,"action":"close",\#
            "rule":null,"reason":null,"proto":"tcp","src":"10.0.0.9","sport":1042,\#
            "dst":"198.51.100.7","dport":80,"flags":null
            """#),
        Sample(
            #"""
            2026-11-19 08:15:15 DROP TCP 2001:db8:9::7 2001:db8:1::9 443 61009 60 A 5 6 7 - - \#
            - FORWARD
            """#,
            #"""
            "dialect":"windows-firewall","interface":null,"direction":null,"action":"block",\#
            "rule":null,"reason":null,"proto":"tcp","src":"2001:db8:9::7","sport":443,\#
            "dst":"2001:db8:1::9","dport":61009,"flags":"A","seq":5,"ack":6,"window":7
            """#),
        Sample(
            #"#Version: 1.5"#,
            nil),
        Sample(
            #"#Software: Microsoft Windows Firewall"#,
            nil),
        Sample(
            #"#Time Format: Local"#,
            nil),
        Sample(
            #"""
            #Fields: date time action protocol src-ip dst-ip src-port dst-port size tcpflags \#
            tcpsyn tcpack tcpwin icmptype icmpcode info path pid
            """#,
            nil),
        Sample(
            #"2026-11-19 08:15:16 INFO-EVENTS-LOST - - - - - - - - - - - - 59 -"#,
            nil),
        Sample(
            #"2026-11-19 08:15:17 DROP TCP 198.51.100.7 10.0.0.9 443 6101"#,
            nil),
    ]
}
