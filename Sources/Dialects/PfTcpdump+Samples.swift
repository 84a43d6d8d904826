// Lines as the product writes them and the entries they must become; the last ones must be refused.

extension PfTcpdump {
    static let lines: [Sample] = [
        Sample(
            #"""
            2026-11-19 09:46:42.000317 rule 14.userrules.0/10(state-mismatch): block in on \#
            igb1: 192.0.2.10.443 > 10.0.0.5.51999: Flags [S.], seq 1000, ack 77, win 65535, \#
            options [mss 1460,nop,wscale 7,sackOK,TS val 1 ecr 2], length 0
            """#,
            #"""
            "dialect":"pf-tcpdump","interface":"igb1","direction":"in","action":"block",\#
            "rule":"14.userrules.0","reason":"state-mismatch","proto":"tcp","src":"192.0.2.10",\#
            "sport":443,"dst":"10.0.0.5","dport":51999,"flags":"SA","window":65535,"length":0,\#
            "options":["mss","wscale","sackOK","TS"]
            """#),
        Sample(
            #"""
             00:00:00.250117 rule 7/0(match): block in on igb0: 192.0.2.10.443 > \#
            10.0.0.5.51999: Flags [P.], seq 0:31, ack 1, win 501, options [nop,nop,TS val 1 \#
            ecr 2], length 31
            """#,
            #"""
            "dialect":"pf-tcpdump","interface":"igb0","direction":"in","action":"block",\#
            "rule":"7","reason":"match","proto":"tcp","src":"192.0.2.10","sport":443,\#
            "dst":"10.0.0.5","dport":51999,"flags":"PA","window":501,"length":31,\#
            "options":["TS"]
            """#),
        Sample(
            #"""
            Nov 19 09:46:43.000010 rule 14/(match) block in on em0: 198.51.100.7.443 > \#
            203.0.113.9.51515: F 3242389126:3242389126(0) ack 771 win 1024 (DF)
            """#,
            #"""
            "dialect":"pf-tcpdump","interface":"em0","direction":"in","action":"block",\#
            "rule":"14","reason":"match","proto":"tcp","src":"198.51.100.7","sport":443,\#
            "dst":"203.0.113.9","dport":51515,"flags":"FA","window":1024,"length":0
            """#),
        Sample(
            #"""
            Nov 19 09:46:44.120010 rule 14/(match) block in on em0: 2001:db8::1.443 > \#
            2001:db8::2.51515: . ack 1 win 501 [flowlabel 0x6cfd7]
            """#,
            #"""
            "dialect":"pf-tcpdump","interface":"em0","direction":"in","action":"block",\#
            "rule":"14","reason":"match","proto":"tcp","src":"2001:db8::1","sport":443,\#
            "dst":"2001:db8::2","dport":51515,"flags":"A","window":501,"length":0
            """#),
        Sample(
            #"""
            Nov 19 09:46:45.120010 rule 3/(match) [uid 0, pid 771] pass out on em0: \#
            203.0.113.9.51516 > 198.51.100.7.443: S 71000:71000(0) win 16384 <mss 1460,nop,nop,\#
            sackOK,nop,wscale 6,nop,nop,timestamp 5 0> (DF)
            """#,
            #"""
            "dialect":"pf-tcpdump","interface":"em0","direction":"out","action":"pass",\#
            "rule":"3","reason":"match","proto":"tcp","src":"203.0.113.9","sport":51516,\#
            "dst":"198.51.100.7","dport":443,"flags":"S","window":16384,"length":0,\#
            "options":["mss","wscale","sackOK","TS"]
            """#),
        Sample(
            #"""
            1795081602.250117 rule 5/0(match): block out on igb0: 10.0.0.5.51999 > \#
            192.0.2.10.443: Flags [R], seq 99, win 0, length 0
            """#,
            #"""
            "dialect":"pf-tcpdump","interface":"igb0","direction":"out","action":"block",\#
            "rule":"5","reason":"match","proto":"tcp","src":"10.0.0.5","sport":51999,\#
            "dst":"192.0.2.10","dport":443,"flags":"R","window":0,"length":0
            """#),
        Sample(
            #"""
            2026-11-19 09:46:46.000317 rule 55..16777216/0(match): pass in on igb1: \#
            2001:db8::9.50300 > 2001:db8:2::7.443: Flags [SEW], seq 5, win 65535, options [mss \#
            1440], length 0
            """#,
            #"""
            "dialect":"pf-tcpdump","interface":"igb1","direction":"in","action":"pass",\#
            "rule":"55..16777216","reason":"match","proto":"tcp","src":"2001:db8::9",\#
            "sport":50300,"dst":"2001:db8:2::7","dport":443,"flags":"SEC","window":65535,\#
            "length":0,"options":["mss"]
            """#),
        Sample(
            #"""
            2026-11-19 09:46:47.000317 rule 5/0(match): block in on igb1: 192.0.2.10.53 > \#
            10.0.0.5.40000: UDP, length 120
            """#,
            #"""
            "dialect":"pf-tcpdump","interface":"igb1","direction":"in","action":"block",\#
            "rule":"5","reason":"match","proto":"udp","src":"192.0.2.10","sport":53,\#
            "dst":"10.0.0.5","dport":40000,"flags":null
            """#),
        Sample(
            #"""
            2026-11-19 09:46:48.000317 rule 5/0(match): block in on igb1: 192.0.2.10 > \#
            10.0.0.5: ICMP host 198.51.100.3 unreachable, length 36
            """#,
            #"""
            "dialect":"pf-tcpdump","interface":"igb1","direction":"in","action":"block",\#
            "rule":"5","reason":"match","proto":"icmp","src":"192.0.2.10","sport":null,\#
            "dst":"10.0.0.5","dport":null,"flags":null,"icmpError":true
            """#),
        Sample(
            #"""
            Nov 19 09:46:49.000010 rule 14/(match) block in on em0: 192.0.2.10.123 > \#
            203.0.113.9.123: v4 client strat 0 poll 4 prec -6
            """#,
            #"""
            "dialect":"pf-tcpdump","interface":"em0","direction":"in","action":"block",\#
            "rule":"14","reason":"match","proto":"udp","src":"192.0.2.10","sport":123,\#
            "dst":"203.0.113.9","dport":123,"flags":null
            """#),
        Sample(
            #"""
            Nov 19 09:46:50.000010 rule 14/(match) block in on em0: 192.0.2.10.443 > \#
            203.0.113.9.51517: [|tcp]
            """#,
            #"""
            "dialect":"pf-tcpdump","interface":"em0","direction":"in","action":"block",\#
            "rule":"14","reason":"match","proto":"tcp","src":"192.0.2.10","sport":443,\#
            "dst":"203.0.113.9","dport":51517,"flags":null
            """#),
        Sample(
            #"""
            2026-11-19 09:46:51.000317 rule 5/0(match): block in on igb1: (tos 0x0, ttl 57, id \#
            4711, offset 0, flags [DF], proto TCP (6), length 52) 192.0.2.10.443 > \#
            10.0.0.5.51999: Flags [F.], cksum 0x1234 (correct), seq 1, ack 2, win 501, length 0
            """#,
            #"""
            "dialect":"pf-tcpdump","interface":"igb1","direction":"in","action":"block",\#
            "rule":"5","reason":"match","proto":"tcp","src":"192.0.2.10","sport":443,\#
            "dst":"10.0.0.5","dport":51999,"flags":"FA","window":501,"length":0,"ttl":57,\#
            "ipid":4711
            """#),
        Sample(
            #"""
            Nov 19 07:28:30 fw1 pf: 000145 rule 141/0(match): block in on bge0: 192.0.2.10.443 \#
            > 10.0.0.5.51998: Flags [none], win 0, length 0
            """#,
            #"""
            "dialect":"pf-tcpdump","interface":"bge0","direction":"in","action":"block",\#
            "rule":"141","reason":"match","proto":"tcp","src":"192.0.2.10","sport":443,\#
            "dst":"10.0.0.5","dport":51998,"flags":"","window":0,"length":0
            """#),
        Sample(
            #"""
            tcpdump: listening on pflog0, link-type PFLOG (OpenBSD pflog file), snapshot \#
            length 262144 bytes
            """#,
            nil),
        Sample(
            #"""
            rule 12 of the game: never block a door
            """#,
            nil),
        Sample(
            #"""
            2026-11-19 09:46:51.000317 rule 5/0(match): block in on igb1: 192.0.2.10.443 > 10.0
            """#,
            nil),
        Sample(
            #"""
            2026-11-19 09:46:51.000317 rule 5/0(match): block in
            """#,
            nil),
        Sample(
            #"""
            @0 block drop in log all
            """#,
            nil),
        Sample(
            #"""
            212 packets captured
            """#,
            nil),
    ]
}
