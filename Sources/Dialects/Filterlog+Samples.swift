// Lines as pf's filterlog writes them and the entries they must become; the last ones must be
// refused: cut short, damaged, or another program's.

extension Filterlog {
    public var samples: [Sample] {
        read + refused
    }

    private var read: [Sample] {
        [
            Sample(
                #"""
                <134>Jul  3 19:10:30 filterlog[72237]: 5,,,1000000103,igb1,match,block,in,4,0x0,,\#
                63,45997,0,DF,6,tcp,52,192.0.2.19,198.51.100.106,49014,443,0,FA,2248031203,\#
                1161691067,361,,nop;nop;TS
                """#,
                #"""
                "dialect":"pf-filterlog","interface":"igb1","direction":"in","action":"block",\#
                "rule":"1000000103","reason":"match","proto":"tcp","src":"192.0.2.19",\#
                "sport":49014,"dst":"198.51.100.106","dport":443,"flags":"FA","seq":2248031203,\#
                "ack":1161691067,"window":361,"length":0,"ttl":63,"ipid":45997,"options":["TS"]
                """#),
            Sample(
                #"""
                <134>1 2024-03-09T08:15:42.120011+01:00 fw1.example.net filterlog 4711 - [meta \#
                sequenceId="9"] 62,,,02f4bab031b57d1e30553ce08e0ec131,vtnet0,match,block,in,4,0x0,\#
                ,57,6117,0,DF,6,tcp,40,203.0.113.80,10.1.2.3,443,50544,0,RA,0,1161691067,0,,
                """#,
                #"""
                "dialect":"pf-filterlog","interface":"vtnet0","direction":"in","action":"block",\#
                "rule":"02f4bab031b57d1e30553ce08e0ec131","reason":"match","proto":"tcp",\#
                "src":"203.0.113.80","sport":443,"dst":"10.1.2.3","dport":50544,"flags":"RA",\#
                "seq":0,"ack":1161691067,"window":0,"length":0,"ttl":57,"ipid":6117,"options":[]
                """#),
            Sample(
                #"""
                <134>1 2026-11-19T08:15:42+01:00 fw1 filterlog 4711 - [meta sequenceId="10"] 81,,,\#
                fae559338f65e11c53669fc3642c93c2,igb1,match,pass,out,4,0x0,,63,7,0,DF,6,tcp,60,\#
                198.51.100.2,203.0.113.80,50544,443,0,S,3364871769,,65535,,\#
                mss;sackOK;TS;nop;wscale
                """#,
                #"""
                "dialect":"pf-filterlog","interface":"igb1","direction":"out","action":"pass",\#
                "rule":"fae559338f65e11c53669fc3642c93c2","reason":"match","proto":"tcp",\#
                "src":"198.51.100.2","sport":50544,"dst":"203.0.113.80","dport":443,"flags":"S",\#
                "seq":3364871769,"window":65535,"length":0,"ttl":63,"ipid":7,"options":["mss",\#
                "wscale","sackOK","TS"]
                """#),
            Sample(
                #"""
                Nov 19 08:15:43 fw1 filterlog[4711]: 14,,,5e9c1c5a-2b1d-4f0e-9f4e-0c7de1a2b3c4,\#
                lan0.150,match,block,in,4,0x0,,64,5580,0,DF,6,tcp,1500,10.1.2.3,203.0.113.80,\#
                50544,443,1448,A,3364870322:3364871770,99887766,512,,nop;nop;TS
                """#,
                #"""
                "dialect":"pf-filterlog","interface":"lan0.150","direction":"in","action":"block",\#
                "rule":"5e9c1c5a-2b1d-4f0e-9f4e-0c7de1a2b3c4","reason":"match","proto":"tcp",\#
                "src":"10.1.2.3","sport":50544,"dst":"203.0.113.80","dport":443,"flags":"A",\#
                "seq":3364870322,"ack":99887766,"window":512,"length":1448,"ttl":64,"ipid":5580,\#
                "options":["TS"]
                """#),
            Sample(
                #"""
                Mar  9 08:15:44 fw1 filterlog[4711]: 12,,,0,vtnet1,match,block,in,6,0x00,0x6cfd7,\#
                57,TCP,6,20,2001:db8::10,2001:db8:1::20,443,50544,0,R,901234567,,0,,
                """#,
                #"""
                "dialect":"pf-filterlog","interface":"vtnet1","direction":"in","action":"block",\#
                "rule":"12","reason":"match","proto":"tcp","src":"2001:db8::10","sport":443,\#
                "dst":"2001:db8:1::20","dport":50544,"flags":"R","seq":901234567,"window":0,\#
                "length":0,"ttl":57,"options":[]
                """#),
            Sample(
                #"""
                Mar  9 08:15:45 fw1 filterlog: 9,16777216,,1000000103,em1,match,block,in,4,0x0,,\#
                64,5581,0,none,6,tcp,71,10.1.2.3,203.0.113.80,50544,443,31,PA,\#
                3364871770:3364871801,99887766,512,,
                """#,
                #"""
                "dialect":"pf-filterlog","interface":"em1","direction":"in","action":"block",\#
                "rule":"1000000103","reason":"match","proto":"tcp","src":"10.1.2.3","sport":50544,\#
                "dst":"203.0.113.80","dport":443,"flags":"PA","seq":3364871770,"ack":99887766,\#
                "window":512,"length":31,"ttl":64,"ipid":5581,"options":[]
                """#),
            Sample(
                #"""
                Nov 19 08:15:46 fw1 filterlog[4711]: 4,,,1000000103,igb0,match,block,in,4,0x0,,\#
                128,30141,0,none,17,udp,229,192.168.1.5,192.168.1.255,138,138,209
                """#,
                #"""
                "dialect":"pf-filterlog","interface":"igb0","direction":"in","action":"block",\#
                "rule":"1000000103","reason":"match","proto":"udp","src":"192.168.1.5",\#
                "sport":138,"dst":"192.168.1.255","dport":138,"flags":null,"length":209,"ttl":128,\#
                "ipid":30141
                """#),
            Sample(
                #"""
                Nov 19 08:15:47 fw1 filterlog[4711]: 4,,,1000000105,igb0,match,block,in,6,0x00,\#
                0x00000,1,udp,17,123,fe80::1%igb0,ff02::fb,5353,5353,123
                """#,
                #"""
                "dialect":"pf-filterlog","interface":"igb0","direction":"in","action":"block",\#
                "rule":"1000000105","reason":"match","proto":"udp","src":"fe80::1","sport":5353,\#
                "dst":"ff02::fb","dport":5353,"flags":null,"length":123,"ttl":1
                """#),
            Sample(
                #"""
                Nov 19 08:15:48 fw1 filterlog[4711]: 7,,,1000000103,igb0,match,block,in,4,0x0,,\#
                243,54321,0,none,1,icmp,28,198.51.100.9,203.0.113.2,request,37728,164
                """#,
                #"""
                "dialect":"pf-filterlog","interface":"igb0","direction":"in","action":"block",\#
                "rule":"1000000103","reason":"match","proto":"icmp","src":"198.51.100.9",\#
                "sport":null,"dst":"203.0.113.2","dport":null,"flags":null,"ttl":243,"ipid":54321
                """#),
            Sample(
                #"""
                Nov 19 08:15:49 fw1 filterlog[4711]: 7,,,1000000104,igb0,match,pass,out,4,0x10,,\#
                255,0,0,DF,112,carp,56,192.168.1.2,224.0.0.18,advertise,255,1,2,1,0
                """#,
                #"""
                "dialect":"pf-filterlog","interface":"igb0","direction":"out","action":"pass",\#
                "rule":"1000000104","reason":"match","proto":"carp","src":"192.168.1.2",\#
                "sport":null,"dst":"224.0.0.18","dport":null,"flags":null,"ttl":255,"ipid":0
                """#),
            Sample(
                #"""
                5,,,1000000103,igb0,match,block,in,4,0x0,,51,777,0,none,6,tcp,44,198.51.100.77,\#
                203.0.113.9,41000,23,0,S,12345,,1024,,mss
                """#,
                #"""
                "dialect":"pf-filterlog","interface":"igb0","direction":"in","action":"block",\#
                "rule":"1000000103","reason":"match","proto":"tcp","src":"198.51.100.77",\#
                "sport":41000,"dst":"203.0.113.9","dport":23,"flags":"S","seq":12345,\#
                "window":1024,"length":0,"ttl":51,"ipid":777,"options":["mss"]
                """#),
            Sample(
                #"""
                Nov 19 08:15:50 fw1 FILTERLOG[4711]: 5,,,1000000103,igb0,state-mismatch,block,in,\#
                4,0x0,,51,778,0,DF,6,tcp,52,198.51.100.77,203.0.113.9,41000,443,0,SA,12345,678,\#
                1024,,mss;sackOK;eol
                """#,
                #"""
                "dialect":"pf-filterlog","interface":"igb0","direction":"in","action":"block",\#
                "rule":"1000000103","reason":"state-mismatch","proto":"tcp","src":"198.51.100.77",\#
                "sport":41000,"dst":"203.0.113.9","dport":443,"flags":"SA","seq":12345,"ack":678,\#
                "window":1024,"length":0,"ttl":51,"ipid":778,"options":["mss","sackOK"]
                """#),
            Sample(
                #"""
                Nov 19 08:15:51 fw1 filterlog[4711]: 5,,,1000000103,igb0,short,block,in,4,\#
                error=truncated-ip - 12 bytes missing,0x0,,51,779,0,DF,6,tcp,52,198.51.100.77,\#
                203.0.113.9,41000,443,0,A,,678,1024,,
                """#,
                #"""
                "dialect":"pf-filterlog","interface":"igb0","direction":"in","action":"block",\#
                "rule":"1000000103","reason":"short","proto":"tcp","src":"198.51.100.77",\#
                "sport":41000,"dst":"203.0.113.9","dport":443,"flags":"A","ack":678,"window":1024,\#
                "length":0,"ttl":51,"ipid":779,"options":[]
                """#),
            Sample(
                #"""
                Nov 19 08:15:52 fw1 filterlog[4711]: 77,,,1770001466,igb0,match,unkn(%u),in,4,0x0,\#
                ,64,780,0,DF,6,tcp,52,10.0.0.7,203.0.113.9,41001,443,0,FPA,1,2,3,,nop;nop;TS
                """#,
                #"""
                "dialect":"pf-filterlog","interface":"igb0","direction":"in","action":"note",\#
                "rule":"1770001466","reason":"match","proto":"tcp","src":"10.0.0.7","sport":41001,\#
                "dst":"203.0.113.9","dport":443,"flags":"FPA","seq":1,"ack":2,"window":3,\#
                "length":0,"ttl":64,"ipid":780,"options":["TS"]
                """#),
            Sample(
                #"""
                Nov 19 08:15:53 fw1 filterlog[4711]: 88,,,1770001467,igb0,state-limit,pass,in,4,\#
                0x0,,64,781,0,DF,6,tcp,60,10.0.0.7,203.0.113.9,41002,443,0,S,1,,65535,,\#
                mss;nop;wscale
                """#,
                #"""
                "dialect":"pf-filterlog","interface":"igb0","direction":"in","action":"block",\#
                "rule":"1770001467","reason":"state-limit","proto":"tcp","src":"10.0.0.7",\#
                "sport":41002,"dst":"203.0.113.9","dport":443,"flags":"S","seq":1,"window":65535,\#
                "length":0,"ttl":64,"ipid":781,"options":["mss","wscale"]
                """#),
            Sample(
                #"""
                Nov 19 08:15:54 fw1 filterlog[4711]: 5,,,1000000103,igb0,fragment,block,in,4,0x0,,\#
                51,782,1480,+,6,tcp,1500,198.51.100.77,203.0.113.9,
                """#,
                #"""
                "dialect":"pf-filterlog","interface":"igb0","direction":"in","action":"block",\#
                "rule":"1000000103","reason":"fragment","proto":"tcp","src":"198.51.100.77",\#
                "sport":null,"dst":"203.0.113.9","dport":null,"flags":null,"ttl":51,"ipid":782,\#
                "fragment":true
                """#),
            Sample(
                #"""
                Nov 19 08:15:55 fw1 filterlog[4711]: 5,,,1000000103,igb0,match,block,in,4,0x0,,51,\#
                783,0,DF,6,tcp,40,198.51.100.77,203.0.113.9,errormsg='[bad hdr length 0 - too \#
                short, < 20]'
                """#,
                #"""
                "dialect":"pf-filterlog","interface":"igb0","direction":"in","action":"block",\#
                "rule":"1000000103","reason":"malformed","proto":"tcp","src":"198.51.100.77",\#
                "sport":null,"dst":"203.0.113.9","dport":null,"flags":null,"ttl":51,"ipid":783
                """#),
            Sample(
                #"""
                Nov 19 08:15:55 fw1 filterlog[4711]: 5,,,1000000103,igb0,match,block,in,4,0x0,,51,\#
                787,0,DF,6,tcp,28,198.51.100.77,203.0.113.9,41005,80,0,,,,0,,
                """#,
                #"""
                "dialect":"pf-filterlog","interface":"igb0","direction":"in","action":"block",\#
                "rule":"1000000103","reason":"short","proto":"tcp","src":"198.51.100.77",\#
                "sport":41005,"dst":"203.0.113.9","dport":80,"flags":null,"length":0,"ttl":51,\#
                "ipid":787
                """#),
            Sample(
                #"""
                Nov 19 08:15:56 fw1 filterlog[4711]: 5,,,1000000103,igb0,match,block,in,4,0x0,,51,\#
                784,0,none,2,igmp,32,192.168.1.9,224.0.0.1,datalength=8
                """#,
                #"""
                "dialect":"pf-filterlog","interface":"igb0","direction":"in","action":"block",\#
                "rule":"1000000103","reason":"match","proto":"igmp","src":"192.168.1.9",\#
                "sport":null,"dst":"224.0.0.1","dport":null,"flags":null,"ttl":51,"ipid":784
                """#),
            Sample(
                #"""
                Nov 19 08:15:57 fw1 filterlog[4711]: 11,,,1000000105,igb0,match,block,in,6,0x00,\#
                0x00000,255,ICMPv6,58,32,2001:db8::1,2001:db8::2,
                """#,
                #"""
                "dialect":"pf-filterlog","interface":"igb0","direction":"in","action":"block",\#
                "rule":"1000000105","reason":"match","proto":"icmpv6","src":"2001:db8::1",\#
                "sport":null,"dst":"2001:db8::2","dport":null,"flags":null,"ttl":255
                """#),
            Sample(
                #"""
                Nov 19 08:15:58 relay1 message repeated 3 times: [ 5,,,1000000103,igb0,match,\#
                block,in,4,0x0,,51,785,0,DF,6,tcp,40,198.51.100.77,203.0.113.9,41003,443,0,R,5,,0,\#
                ,]
                """#,
                #"""
                "dialect":"pf-filterlog","interface":"igb0","direction":"in","action":"block",\#
                "rule":"1000000103","reason":"match","proto":"tcp","src":"198.51.100.77",\#
                "sport":41003,"dst":"203.0.113.9","dport":443,"flags":"R","seq":5,"window":0,\#
                "length":0,"ttl":51,"ipid":785,"options":[],"packets":3
                """#),
            Sample(
                #"""
                Nov 19 08:15:59 fw1 filterlog[4711]: 5,,,1000000103,igb0,match,block,in,4,0x0,,51,\#
                786,0,DF,6,tcp,52,x.x.x.x,203.0.113.9,41004,443,0,FA,5,6,7,,nop;nop;TS
                """#,
                #"""
                "dialect":"pf-filterlog","interface":"igb0","direction":"in","action":"block",\#
                "rule":"1000000103","reason":"match","proto":"tcp","src":"x.x.x.x","sport":41004,\#
                "dst":"203.0.113.9","dport":443,"flags":"FA","seq":5,"ack":6,"window":7,\#
                "length":0,"ttl":51,"ipid":786,"options":["TS"]
                """#),
        ]
    }

    private var refused: [Sample] {
        [
            Sample(
                #"""
                Nov 19 08:16:00 fw1 filterlog[4711]: 4,,,1000000103,igb0,match,block,in,4,0x0,,\#
                128,30141,0,none,17,udp,229,192.168.1.5,192.168.1.255,138,1
                """#,
                nil),
            Sample(
                #"""
                Nov 19 08:16:00 fw1 filterlog[4711]: 5,,,1000000103,igb0,match,block,in,4,0x0,,51,\#
                786,0,DF,6,tcp,52,198.51.100.77,203.0.113.9,41004,44
                """#,
                nil),
            Sample(
                #"""
                Nov 19 08:16:00 fw1 filterlog[4711]: 5,,,1000000103,igb0,match,block,in,4,0x0,,51,\#
                786,0,DF,6,tcp,52,198.51.100.77,203.0.113.9,41004,443,0,F
                """#,
                nil),
            Sample(
                #"""
                Nov 19 08:16:00 fw1 filterlog[4711]: 5,,,1000000103,igb0,match,block,in,4,0x0,,51,\#
                786,0,DF,6,tcp,52,198.51.100.77,203.0
                """#,
                nil),
            Sample(
                #"""
                Nov 19 08:16:00 fw1 filterlog[4711]: 5,,,1000000103,igb0,match,bl
                """#,
                nil),
            Sample(
                #"""
                Nov 19 08:16:00 fw1 filterlog[4711]: 5,,,1000000103,igb0,match,block,in,4,0x0,,51,\#
                786,0,DF,6,tcp,52,198.51.100.77,203.0.113.9,41004,70000,0,FA,5,6,7,,
                """#,
                nil),
            Sample(
                #"""
                Nov 19 08:16:00 fw1 filterlog[4711]: 5,,,1000000103,igb0,match,block,in,4,0x0,,51,\#
                786,0,DF,6,tcp,52,198.51.100.77,203.0.113.9,41004,443,0,F?,5,6,7,,
                """#,
                nil),
            Sample(
                #"""
                Nov 19 08:16:00 fw1 filterlog[4711]: 5,,,1000000103,igb0,match,smash,in,4,0x0,,51,\#
                786,0,DF,6,tcp,52,198.51.100.77,203.0.113.9,41004,443,0,FA,5,6,7,,
                """#,
                nil),
            Sample(
                #"""
                Nov 19 08:16:00 fw1 filterlog[4711]: 5,,,1000000103,igb0,match,block,in,5,0x0,,51,\#
                786,0,DF,6,tcp,52,198.51.100.77,203.0.113.9,41004,443,0,FA,5,6,7,,
                """#,
                nil),
            Sample(
                #"""
                Nov 19 08:16:01 fw1 dhcpd[99]: DHCPREQUEST for 10.0.0.7 from 00:00:5e:00:53:01 \#
                via igb1
                """#,
                nil),
            Sample(
                #"""
                Nov 19 08:16:01 fw1 sshd[99]: 5,,,1000000103,igb0,match,block,in,4,0x0,,51,786,0,\#
                DF,6,tcp,52,198.51.100.77,203.0.113.9,41004,443,0,FA,5,6,7,,
                """#,
                nil),
        ]
    }
}
