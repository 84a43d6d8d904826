// Lines as the product writes them and the entries they must become; the last ones must be refused.

extension ULogD {
    static let lines: [Sample] = [
        Sample(
            #"""
            {"timestamp": "2026-11-19T15:01:58.947620+0200", "dvc": "gw1", "raw.pktlen": 52, \#
            "oob.prefix": "FWD-DROP ", "oob.time.sec": 1795093318, "oob.time.usec": 947620, \#
            "oob.in": "eth0", "oob.out": "eth1", "oob.hook": 2, "ip.protocol": 6, "ip.ttl": 57,\#
             "ip.id": 7, "src_ip": "192.0.2.43", "dest_ip": "10.0.100.23", "src_port": 443, \#
            "dest_port": 44606, "tcp.seq": 2504400626, "tcp.ackseq": 991, "tcp.window": 501, \#
            "tcp.syn": 0, "tcp.fin": 0, "tcp.psh": 0, "tcp.urg": 0, "tcp.ack": 1, "tcp.rst": 1}
            """#,
            #"""
            "dialect":"ulogd","interface":"eth0","direction":"in","action":"block",\#
            "rule":"FWD-DROP","reason":"match","proto":"tcp","src":"192.0.2.43","sport":443,\#
            "dst":"10.0.100.23","dport":44606,"flags":"RA","seq":2504400626,"ack":991,\#
            "window":501,"ttl":57,"ipid":7,"otherInterface":"eth1"
            """#),
        Sample(
            #"""
            {"timestamp": "2026-11-19T13:01:59", "dvc": "gw1", "raw.label": 0, "oob.prefix": \#
            "stray", "oob.time.sec": 1795093319, "oob.time.usec": 20, "oob.in": "eth0", \#
            "oob.out": "", "oob.hook": 1, "ip.saddr.str": "192.0.2.43", "ip.daddr.str": \#
            "10.0.100.1", "ip.protocol": 6, "ip.ttl": 57, "tcp.sport": 443, "tcp.dport": 44607,\#
             "tcp.seq": 1, "tcp.ackseq": 0, "tcp.window": 1024, "tcp.syn": 1, "tcp.ack": 0, \#
            "tcp.fin": 0, "tcp.rst": 0, "tcp.psh": 0, "tcp.urg": 0, "action": "blocked"}
            """#,
            #"""
            "dialect":"ulogd","interface":"eth0","direction":"in","action":"block",\#
            "rule":"stray","reason":"match","proto":"tcp","src":"192.0.2.43","sport":443,\#
            "dst":"10.0.100.1","dport":44607,"flags":"S","seq":1,"window":1024,"ttl":57
            """#),
        Sample(
            #"""
            {"timestamp": "2026-11-19T13:02:00.000001+0000", "dvc": "gw1", "oob.prefix": \#
            "INVALID DROP: ", "oob.in": "eth0", "oob.out": "eth1", "ip6.hoplimit": 61, \#
            "ip.protocol": 6, "src_ip": "2001:db8::43", "dest_ip": "2001:db8:1::23", \#
            "src_port": 443, "dest_port": 44608, "tcp.seq": 9, "tcp.ackseq": 8, "tcp.window": \#
            0, "tcp.syn": 0, "tcp.fin": 1, "tcp.psh": 0, "tcp.urg": 0, "tcp.ack": 1, \#
            "tcp.rst": 0}
            """#,
            #"""
            "dialect":"ulogd","interface":"eth0","direction":"in","action":"block",\#
            "rule":"INVALID DROP","reason":"invalid","proto":"tcp","src":"2001:db8::43",\#
            "sport":443,"dst":"2001:db8:1::23","dport":44608,"flags":"FA","seq":9,"ack":8,\#
            "window":0,"ttl":61,"otherInterface":"eth1"
            """#),
        Sample(
            #"""
            timestamp=2026/11/19-13:02:01,dvc=gw1,raw.pktlen=40,oob.prefix=ACCEPT web,\#
            oob.time.sec=1795093321,oob.time.usec=5,oob.in=eth1,oob.out=eth0,\#
            ip.saddr=10.0.100.23,ip.daddr=192.0.2.43,ip.protocol=6,ip.ttl=63,ip.id=4711,\#
            tcp.sport=44609,tcp.dport=443,tcp.seq=77,tcp.ackseq=0,tcp.window=64240,tcp.syn=1,\#
            tcp.ack=0,tcp.fin=0,tcp.rst=0,tcp.psh=0,tcp.urg=0
            """#,
            #"""
            "dialect":"ulogd","interface":"eth1","direction":"in","action":"pass",\#
            "rule":"ACCEPT web","reason":"match","proto":"tcp","src":"10.0.100.23",\#
            "sport":44609,"dst":"192.0.2.43","dport":443,"flags":"S","seq":77,"window":64240,\#
            "ttl":63,"ipid":4711,"otherInterface":"eth0"
            """#),
        Sample(
            #"""
            timestamp=2026/11/19-13:02:02,dvc=gw1,oob.prefix=LOG,oob.in=eth1,oob.out=eth0,\#
            ip.saddr=10.0.100.23,ip.daddr=192.0.2.43,ip.protocol=1,ip.ttl=63,icmp.type=3,\#
            icmp.code=1
            """#,
            #"""
            "dialect":"ulogd","interface":"eth1","direction":"in","action":"note","rule":"LOG",\#
            "reason":"match","proto":"icmp","src":"10.0.100.23","sport":null,\#
            "dst":"192.0.2.43","dport":null,"flags":null,"ttl":63,"otherInterface":"eth0",\#
            "icmpError":true
            """#),
        Sample(
            #"""
            Nov 19 13:02:03 gw1 [NEW] ORIG: SRC=10.0.0.5 DST=198.51.100.7 PROTO=TCP SPT=48388 \#
            DPT=443 PKTS=0 BYTES=0 , REPLY: SRC=198.51.100.7 DST=203.0.113.2 PROTO=TCP SPT=443 \#
            DPT=48388 PKTS=0 BYTES=0
            """#,
            #"""
            "dialect":"ulogd","interface":null,"direction":null,"action":"open","rule":null,\#
            "reason":null,"proto":"tcp","src":"10.0.0.5","sport":48388,"dst":"198.51.100.7",\#
            "dport":443,"flags":null,"nat":{"src":"203.0.113.2","sport":48388,"dst":null,\#
            "dport":0}
            """#),
        Sample(
            #"""
            Nov 19 13:02:33 gw1 [DESTROY] ORIG: SRC=10.0.0.5 DST=198.51.100.7 PROTO=TCP \#
            SPT=48388 DPT=443 PKTS=18 BYTES=2214 , REPLY: SRC=198.51.100.7 DST=203.0.113.2 \#
            PROTO=TCP SPT=443 DPT=48388 PKTS=16 BYTES=8102
            """#,
            #"""
            "dialect":"ulogd","interface":null,"direction":null,"action":"close","rule":null,\#
            "reason":null,"proto":"tcp","src":"10.0.0.5","sport":48388,"dst":"198.51.100.7",\#
            "dport":443,"flags":null,"nat":{"src":"203.0.113.2","sport":48388,"dst":null,\#
            "dport":0},"bytes":10316,"answered":true
            """#),
        Sample(
            #"""
            Nov 19 13:02:34 gw1 [DESTROY] ORIG: SRC=10.0.0.5 DST=198.51.100.8 PROTO=UDP \#
            SPT=48389 DPT=53 PKTS=1 BYTES=70 , REPLY: SRC=198.51.100.8 DST=203.0.113.2 \#
            PROTO=UDP SPT=53 DPT=48389 PKTS=0 BYTES=0
            """#,
            #"""
            "dialect":"ulogd","interface":null,"direction":null,"action":"close","rule":null,\#
            "reason":null,"proto":"udp","src":"10.0.0.5","sport":48389,"dst":"198.51.100.8",\#
            "dport":53,"flags":null,"nat":{"src":"203.0.113.2","sport":48389,"dst":null,\#
            "dport":0},"bytes":70,"answered":false
            """#),
        Sample(
            #"""
            {"timestamp": "2026-11-19T13:02:35.000000+0000", "dvc": "gw1", "ct.event": 1, \#
            "ct.id": 4711, "orig.ip.protocol": 6, "src_ip": "10.0.0.5", "dest_ip": \#
            "198.51.100.7", "orig.l4.sport": 48390, "orig.l4.dport": 443, \#
            "reply.ip.saddr.str": "198.51.100.7", "reply.ip.daddr.str": "203.0.113.2", \#
            "reply.l4.sport": 443, "reply.l4.dport": 48390, "flow.start.sec": 1795093354, \#
            "flow.start.usec": 900000}
            """#,
            #"""
            "dialect":"ulogd","interface":null,"direction":null,"action":"open","rule":null,\#
            "reason":null,"proto":"tcp","src":"10.0.0.5","sport":48390,"dst":"198.51.100.7",\#
            "dport":443,"flags":null,"nat":{"src":"203.0.113.2","sport":48390,"dst":null,\#
            "dport":0},"connectionId":4711
            """#),
        Sample(
            #"""
            {"timestamp": "2026-11-19T13:03:35.000000+0000", "dvc": "gw1", "ct.event": 4, \#
            "ct.id": 4711, "orig.ip.protocol": 6, "src_ip": "10.0.0.5", "dest_ip": \#
            "198.51.100.7", "orig.l4.sport": 48390, "orig.l4.dport": 443, "orig.raw.pktlen": \#
            700, "orig.raw.pktcount": 9, "reply.ip.saddr.str": "198.51.100.7", \#
            "reply.ip.daddr.str": "203.0.113.2", "reply.l4.sport": 443, "reply.l4.dport": \#
            48390, "reply.raw.pktlen": 900, "reply.raw.pktcount": 8, "flow.start.sec": \#
            1795093354, "flow.start.usec": 900000, "flow.end.sec": 1795093415, \#
            "flow.end.usec": 150000}
            """#,
            #"""
            "dialect":"ulogd","interface":null,"direction":null,"action":"close","rule":null,\#
            "reason":null,"proto":"tcp","src":"10.0.0.5","sport":48390,"dst":"198.51.100.7",\#
            "dport":443,"flags":null,"nat":{"src":"203.0.113.2","sport":48390,"dst":null,\#
            "dport":0},"duration":60.250,"bytes":1600,"connectionId":4711,"answered":true
            """#),
        Sample(
            #"""
            Nov 19 13:02:40 gw1 [UPDATE] ORIG: SRC=2001:db8::5 DST=2001:db8:1::7 PROTO=TCP \#
            SPT=48391 DPT=443 PKTS=2 BYTES=120 , REPLY: SRC=2001:db8:1::7 DST=2001:db8::5 \#
            PROTO=TCP SPT=443 DPT=48391 PKTS=1 BYTES=60
            """#,
            #"""
            "dialect":"ulogd","interface":null,"direction":null,"action":"update","rule":null,\#
            "reason":null,"proto":"tcp","src":"2001:db8::5","sport":48391,\#
            "dst":"2001:db8:1::7","dport":443,"flags":null
            """#),
        Sample(
            #"""
            {"timestamp": "2026-11-19T15:01:58.947620+0200", "dvc": "gw1", "oob.prefix": \#
            "FWD-DROP ", "oob.in": "eth0", "oob.out": "eth1", "oob.hook": 2, "ip.protocol": 6, \#
            "src_ip": "192.0.2.43
            """#,
            nil),
        Sample(
            #"""
            {"timestamp": "2026-11-19T15:01:58.947620+0200", "dvc": "gw1", "oob.prefix": \#
            "FWD-DROP ", "oob.in": "eth0", "raw.mac": "00:00:5e:00:53:01"}
            """#,
            nil),
        Sample(
            #"""
            ===>PACKET BOUNDARY
            """#,
            nil),
        Sample(
            #"""
            Nov 19 13:02:33 gw1 [DESTROY] ORIG: SRC=10.0.0.5 DST=198.51.100.7 PROTO=TCP \#
            SPT=48388
            """#,
            nil),
        Sample(
            #"""
            timestamp=2026/11/19-13:02:02,level=info,msg=something else
            """#,
            nil),
    ]
}
