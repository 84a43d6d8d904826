// Lines as Sophos UTM writes them and the entries they must become; the last ones must be refused.

extension SophosUTM {
    static let lines: [Sample] = [
        Sample(
            #"""
            2026:11:19-08:15:02 utm ulogd[5472]: id="2001" severity="info" sys="SecureNet" \#
            sub="packetfilter" name="Packet dropped" action="drop" fwrule="60002" initf="eth1" \#
            outitf="eth0" srcmac="00:00:5e:00:53:01" dstmac="00:00:5e:00:53:02" \#
            srcip="192.0.2.44" dstip="10.0.0.9" proto="6" length="40" tos="0x00" prec="0x00" \#
            ttl="117" srcport="443" dstport="50211" tcpflags="ACK RST"
            """#,
            #"""
            "dialect":"sophos-utm","interface":"eth1","direction":"in","action":"block",\#
            "rule":"60002","reason":"match","proto":"tcp","src":"192.0.2.44","sport":443,\#
            "dst":"10.0.0.9","dport":50211,"flags":"RA","ttl":117,\#
            "mac":{"dst":"00:00:5e:00:53:02","src":"00:00:5e:00:53:01"},"otherInterface":"eth0"
            """#),
        Sample(
            #"""
            <30>2026:11:19-08:15:03 utm ulogd[5472]: id="2001" severity="info" sys="SecureNet" \#
            sub="packetfilter" name="Packet dropped" action="drop" fwrule="60001" initf="eth1" \#
            srcmac="0:0:5e:0:53:1" dstmac="0:0:5e:0:53:2" srcip="192.0.2.45" \#
            dstip="203.0.113.5" proto="6" length="52" tos="0x00" prec="0x00" ttl="52" \#
            srcport="50100" dstport="22" tcpflags="SYN"
            """#,
            #"""
            "dialect":"sophos-utm","interface":"eth1","direction":"in","action":"block",\#
            "rule":"60001","reason":"match","proto":"tcp","src":"192.0.2.45","sport":50100,\#
            "dst":"203.0.113.5","dport":22,"flags":"S","ttl":52,\#
            "mac":{"dst":"00:00:5e:00:53:02","src":"00:00:5e:00:53:01"}
            """#),
        Sample(
            #"""
            2026:11:19-08:15:04 utm ulogd[5472]: id="2002" severity="info" sys="SecureNet" \#
            sub="packetfilter" name="Packet accepted" action="accept" fwrule="4" initf="eth0" \#
            outitf="eth1" srcmac="00:00:5e:00:53:03" dstmac="00:00:5e:00:53:04" \#
            srcip="10.0.0.9" dstip="198.51.100.7" proto="6" length="60" tos="0x00" prec="0x00" \#
            ttl="63" srcport="50211" dstport="443" tcpflags="SYN"
            """#,
            #"""
            "dialect":"sophos-utm","interface":"eth0","direction":"in","action":"pass",\#
            "rule":"4","reason":"match","proto":"tcp","src":"10.0.0.9","sport":50211,\#
            "dst":"198.51.100.7","dport":443,"flags":"S","ttl":63,\#
            "mac":{"dst":"00:00:5e:00:53:04","src":"00:00:5e:00:53:03"},"otherInterface":"eth1"
            """#),
        Sample(
            #"""
            2026:11:19-08:15:05 utm ulogd[5472]: id="2003" severity="info" sys="SecureNet" \#
            sub="packetfilter" name="Packet rejected" action="reject" fwrule="9" initf="eth0" \#
            outitf="eth1" srcip="10.0.0.10" dstip="198.51.100.8" proto="17" length="72" \#
            tos="0x00" prec="0x00" ttl="63" srcport="5353" dstport="53"
            """#,
            #"""
            "dialect":"sophos-utm","interface":"eth0","direction":"in","action":"block",\#
            "rule":"9","reason":"match","proto":"udp","src":"10.0.0.10","sport":5353,\#
            "dst":"198.51.100.8","dport":53,"flags":null,"ttl":63,"otherInterface":"eth1"
            """#),
        Sample(
            #"""
            2026:11:19-08:15:06 utm ulogd[5472]: id="2000" severity="info" sys="SecureNet" \#
            sub="packetfilter" name="Packet logged" action="log" fwrule="62001" initf="eth1" \#
            srcip="192.0.2.46" dstip="203.0.113.5" proto="1" length="84" tos="0x00" \#
            prec="0x00" ttl="52" type="3" code="1"
            """#,
            #"""
            "dialect":"sophos-utm","interface":"eth1","direction":"in","action":"note",\#
            "rule":"62001","reason":null,"proto":"icmp","src":"192.0.2.46","sport":null,\#
            "dst":"203.0.113.5","dport":null,"flags":null,"ttl":52,"icmpError":true
            """#),
        Sample(
            #"""
            2026:11:19-08:15:07 utm ulogd[5472]: id="2005" severity="info" sys="SecureNet" \#
            sub="packetfilter" name="IP spoofing drop" action="drop" reason="spoofing" \#
            initf="eth1" srcip="10.0.0.9" dstip="203.0.113.5" proto="6" length="40" tos="0x00" \#
            prec="0x00" ttl="64" srcport="40000" dstport="80" tcpflags="ACK"
            """#,
            #"""
            "dialect":"sophos-utm","interface":"eth1","direction":"in","action":"block",\#
            "rule":null,"reason":"anti-spoofing","proto":"tcp","src":"10.0.0.9","sport":40000,\#
            "dst":"203.0.113.5","dport":80,"flags":"A","ttl":64,"reasonText":"IP spoofing drop"
            """#),
        Sample(
            #"""
            2026:11:19-08:15:08 utm ulogd[5472]: id="2007" severity="info" sys="SecureNet" \#
            sub="packetfilter" name="strict TCP state" action="drop" fwrule="60007" \#
            initf="eth1" outitf="eth0" srcip="198.51.100.7" dstip="10.0.0.9" proto="6" \#
            length="40" tos="0x00" prec="0x00" ttl="57" srcport="443" dstport="50212" \#
            tcpflags="ACK FIN"
            """#,
            #"""
            "dialect":"sophos-utm","interface":"eth1","direction":"in","action":"block",\#
            "rule":"60007","reason":"no-state","proto":"tcp","src":"198.51.100.7","sport":443,\#
            "dst":"10.0.0.9","dport":50212,"flags":"FA","ttl":57,\#
            "reasonText":"strict TCP state","otherInterface":"eth0"
            """#),
        Sample(
            #"""
            Nov 19 08:15:10 192.0.2.1 2026: 11:19-08:15:09 utm ulogd[5472]: id="2001" \#
            severity="info" sys="SecureNet" sub="packetfilter" name="Packet dropped" \#
            action="drop" fwrule="60002" initf="eth1" outitf="eth0" srcip="192.0.2.47" \#
            dstip="10.0.0.9" proto="6" length="40" tos="0x00" prec="0x00" ttl="117" \#
            srcport="443" dstport="50213" tcpflags="ACK PSH"
            """#,
            #"""
            "dialect":"sophos-utm","interface":"eth1","direction":"in","action":"block",\#
            "rule":"60002","reason":"match","proto":"tcp","src":"192.0.2.47","sport":443,\#
            "dst":"10.0.0.9","dport":50213,"flags":"PA","ttl":117,"otherInterface":"eth0"
            """#),
        Sample(
            #"""
            Nov 19 08:15:11 192.0.2.1 11:19-08:15:10 utm ulogd[5472]: id="2001" \#
            severity="info" sys="SecureNet" sub="packetfilter" name="Packet dropped" \#
            action="drop" fwrule="60003" outitf="eth1" srcip="203.0.113.5" \#
            dstip="198.51.100.7" proto="6" length="40" tos="0x00" prec="0x00" ttl="64" \#
            srcport="50214" dstport="443" tcpflags="RST"
            """#,
            #"""
            "dialect":"sophos-utm","interface":"eth1","direction":"out","action":"block",\#
            "rule":"60003","reason":"match","proto":"tcp","src":"203.0.113.5","sport":50214,\#
            "dst":"198.51.100.7","dport":443,"flags":"R","ttl":64
            """#),
        Sample(
            #"""
            2026:11:19-08:15:12 utm ulogd[5472]: id="2001" severity="info" sys="SecureNet" \#
            sub="packetfilter" name="Packet dropped" action="drop" fwrule="60002" initf="eth0" \#
            outitf="eth1" srcip="2001:db8:1::9" dstip="2001:db8:9::7" proto="6" length="72" \#
            hoplimit="63" srcport="50215" dstport="443" tcpflags="ACK FIN"
            """#,
            #"""
            "dialect":"sophos-utm","interface":"eth0","direction":"in","action":"block",\#
            "rule":"60002","reason":"match","proto":"tcp","src":"2001:db8:1::9","sport":50215,\#
            "dst":"2001:db8:9::7","dport":443,"flags":"FA","otherInterface":"eth1"
            """#),
        Sample(
            #"""
            2026:11:19-08:15:13 utm ulogd[5472]: id="2001" severity="info" sys="SecureNet" \#
            sub="packetfilter" name="SYN flood drop" action="drop" initf="eth1" \#
            srcip="192.0.2.48" dstip="203.0.113.5" proto="6" length="40" tos="0x00" \#
            prec="0x00" ttl="240" srcport="1024" dstport="80" tcpflags="SYN"
            """#,
            #"""
            "dialect":"sophos-utm","interface":"eth1","direction":"in","action":"block",\#
            "rule":null,"reason":"rate-limit","proto":"tcp","src":"192.0.2.48","sport":1024,\#
            "dst":"203.0.113.5","dport":80,"flags":"S","ttl":240,"reasonText":"SYN flood drop"
            """#),
        Sample(
            #"""
            2026:11:19-08:15:14 utm ulogd[5472]: id="2014" severity="info" sys="SecureNet" \#
            sub="packetfilter" name="DNS request" action="DNS request" fwrule="60030" seq="0" \#
            initf="eth0" srcip="10.0.0.9" dstip="10.0.0.1" proto="17" length="57" tos="0x00" \#
            prec="0x00" ttl="128" srcport="50000" dstport="53"
            """#,
            nil),
        Sample(
            #"""
            2026:11:19-08:15:15 utm snort[9000]: id="2101" severity="warn" sys="SecureNet" \#
            sub="ips" name="Intrusion protection alert" action="drop" srcip="192.0.2.44" \#
            dstip="10.0.0.9"
            """#,
            nil),
        Sample(
            #"""
            2026:11:19-08:15:16 utm ulogd[5472]: id="2001" severity="info" sys="SecureNet" \#
            sub="packetfilter" name="Packet dropped" action="drop" fwrule="60002" initf="eth1" \#
            srcip="192.0.
            """#,
            nil),
    ]
}
