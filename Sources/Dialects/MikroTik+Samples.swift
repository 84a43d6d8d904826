// Lines as RouterOS writes them and the entries they must become; the last ones must be refused.

extension MikroTik {
    static let lines: [Sample] = [
        Sample(
            #"""
            Nov 19 08:15:02 rt1 firewall,info drop-invalid forward: in:bridge out:ether1, \#
            connection-state:invalid src-mac 00:00:5e:00:53:01, proto TCP (ACK,FIN), \#
            10.0.0.9:50211->198.51.100.7:443, len 52
            """#,
            #"""
            "dialect":"mikrotik","interface":"bridge","direction":"in","action":"block",\#
            "rule":"drop-invalid","reason":"invalid","proto":"tcp","src":"10.0.0.9",\#
            "sport":50211,"dst":"198.51.100.7","dport":443,"flags":"FA",\#
            "otherInterface":"ether1"
            """#),
        Sample(
            #"""
            08:15:03 firewall,info input: in:ether1 out:(unknown 0), connection-state:invalid, \#
            proto TCP (RST), 198.51.100.7:443->203.0.113.5:65083, len 40
            """#,
            #"""
            "dialect":"mikrotik","interface":"ether1","direction":"in","action":"note",\#
            "rule":"input","reason":"invalid","proto":"tcp","src":"198.51.100.7","sport":443,\#
            "dst":"203.0.113.5","dport":65083,"flags":"R"
            """#),
        Sample(
            #"""
            <132>Nov 19 08:15:04 rt1 forward: in:<pppoe-user1> out:ether1, src-mac \#
            00:00:5e:00:53:01, proto TCP (SYN), 10.0.0.9:62583->198.51.100.7:443, NAT \#
            (10.0.0.9:62583->203.0.113.5:12583)->198.51.100.7:443, len 60
            """#,
            #"""
            "dialect":"mikrotik","interface":"\u003cpppoe-user1\u003e","direction":"in",\#
            "action":"note","rule":"forward","reason":null,"proto":"tcp","src":"10.0.0.9",\#
            "sport":62583,"dst":"198.51.100.7","dport":443,"flags":"S",\#
            "nat":{"src":"203.0.113.5","sport":12583,"dst":null,"dport":0},\#
            "otherInterface":"ether1"
            """#),
        Sample(
            #"""
            prerouting: in:<pppoe-user1> out:(unknown 0), proto TCP (ACK,FIN), \#
            [2001:db8::9]:54438->[2001:db8:1::7]:443, len 20
            """#,
            #"""
            "dialect":"mikrotik","interface":"\u003cpppoe-user1\u003e","direction":"in",\#
            "action":"note","rule":"prerouting","reason":null,"proto":"tcp",\#
            "src":"2001:db8::9","sport":54438,"dst":"2001:db8:1::7","dport":443,"flags":"FA"
            """#),
        Sample(
            #"""
            2026-11-19T08:15:05+01:00 rt2 firewall,info D|invalid|input: in:1.ether5 \#
            out:(unknown 0), connection-state:invalid proto TCP (ACK,PSH), \#
            192.0.2.44:443->203.0.113.5:50300, len 1500
            """#,
            #"""
            "dialect":"mikrotik","interface":"1.ether5","direction":"in","action":"block",\#
            "rule":"D|invalid|","reason":"invalid","proto":"tcp","src":"192.0.2.44",\#
            "sport":443,"dst":"203.0.113.5","dport":50300,"flags":"PA"
            """#),
        Sample(
            #"""
            2026-11-19 08:15:06 firewall,info drop-wan input: in:ether1 out:(unknown 0), \#
            connection-state:new src-mac 00:00:5e:00:53:09, proto TCP (SYN), \#
            192.0.2.45:40000->203.0.113.5:22, len 60
            """#,
            #"""
            "dialect":"mikrotik","interface":"ether1","direction":"in","action":"block",\#
            "rule":"drop-wan","reason":"match","proto":"tcp","src":"192.0.2.45","sport":40000,\#
            "dst":"203.0.113.5","dport":22,"flags":"S"
            """#),
        Sample(
            #"""
            Nov 19 08:15:07 rt1 firewall,info accept-new forward: in:Rapid Net out:ether1, \#
            connection-state:new,snat proto TCP (SYN), 10.0.0.9:50212->198.51.100.7:443, NAT \#
            (10.0.0.9:50212->203.0.113.5:50212)->198.51.100.7:443, len 60
            """#,
            #"""
            "dialect":"mikrotik","interface":"Rapid Net","direction":"in","action":"open",\#
            "rule":"accept-new","reason":"match","proto":"tcp","src":"10.0.0.9","sport":50212,\#
            "dst":"198.51.100.7","dport":443,"flags":"S","nat":{"src":"203.0.113.5",\#
            "sport":50212,"dst":null,"dport":0},"otherInterface":"ether1"
            """#),
        Sample(
            #"""
            Nov 19 08:15:08 rt1 firewall,info forward: in:ether1 out:bridge, \#
            connection-state:new,dnat proto TCP (SYN), 192.0.2.46:41000->203.0.113.5:8080, NAT \#
            192.0.2.46:41000->(203.0.113.5:8080->10.0.0.20:80), len 60
            """#,
            #"""
            "dialect":"mikrotik","interface":"ether1","direction":"in","action":"note",\#
            "rule":"forward","reason":null,"proto":"tcp","src":"192.0.2.46","sport":41000,\#
            "dst":"203.0.113.5","dport":8080,"flags":"S","nat":{"src":null,"sport":0,\#
            "dst":"10.0.0.20","dport":80},"otherInterface":"bridge"
            """#),
        Sample(
            #"""
            Nov 19 08:15:09 rt1 firewall,info drop forward: in:ether1 out:bridge, proto UDP, \#
            192.0.2.44:5353->10.0.0.9:53, len 72
            """#,
            #"""
            "dialect":"mikrotik","interface":"ether1","direction":"in","action":"block",\#
            "rule":"drop","reason":"match","proto":"udp","src":"192.0.2.44","sport":5353,\#
            "dst":"10.0.0.9","dport":53,"flags":null,"otherInterface":"bridge"
            """#),
        Sample(
            #"""
            Nov 19 08:15:10 rt1 firewall,info drop input: in:ether1 out:(unknown 0), proto \#
            ICMP (type 3, code 1), 192.0.2.44->203.0.113.5, len 56
            """#,
            #"""
            "dialect":"mikrotik","interface":"ether1","direction":"in","action":"block",\#
            "rule":"drop","reason":"match","proto":"icmp","src":"192.0.2.44","sport":null,\#
            "dst":"203.0.113.5","dport":null,"flags":null,"icmpError":true
            """#),
        Sample(
            #"""
            Nov 19 08:15:11 rt1 firewall,info output: in:(unknown 0) out:ether1, \#
            connection-state:established proto TCP (RST,ACK), \#
            203.0.113.5:8291->192.0.2.44:50000, len 40
            """#,
            #"""
            "dialect":"mikrotik","interface":"ether1","direction":"out","action":"note",\#
            "rule":"output","reason":null,"proto":"tcp","src":"203.0.113.5","sport":8291,\#
            "dst":"192.0.2.44","dport":50000,"flags":"RA"
            """#),
        Sample(
            #"""
            Nov 19 08:15:12 rt1 firewall,info drop forward: in:ether1 out:bridge, proto 47, \#
            192.0.2.44->10.0.0.9, len 100
            """#,
            #"""
            "dialect":"mikrotik","interface":"ether1","direction":"in","action":"block",\#
            "rule":"drop","reason":"match","proto":"gre","src":"192.0.2.44","sport":null,\#
            "dst":"10.0.0.9","dport":null,"flags":null,"otherInterface":"bridge"
            """#),
        Sample(
            #"""
            Nov 19 08:15:13 rt1 firewall,info drop-invalid forward: in:bridge out:ether1, \#
            connection-state:invalid src-mac 00:00:5e:00:53:01, proto TCP (ACK,FI
            """#,
            nil),
        Sample(
            #"""
            Nov 19 08:15:14 rt1 system,info,account user admin logged in from 10.0.0.9 via \#
            winbox
            """#,
            nil),
        Sample(
            #"Nov 19 08:15:15 rt1 dhcp,info defconf assigned 10.0.0.9 to 00:00:5E:00:53:01"#,
            nil),
    ]
}
