// Lines as cOS Core writes them and the entries they must become; the last ones must be refused.

extension Clavister {
    static let lines: [Sample] = [
        Sample(
            #"""
            <134>Nov 19 08:15:02 cos1 EFW: CONN: prio=3 id=00600012 rev=1 \#
            event=no_new_conn_for_this_packet action=reject rule=LogOpenFails recvif=wan \#
            srcip=192.0.2.44 destip=203.0.113.5 ipproto=TCP ipdatalen=20 srcport=443 \#
            destport=50211 tcphdrlen=20 fin=1 ack=1
            """#,
            #"""
            "dialect":"clavister","interface":"wan","direction":"in","action":"block",\#
            "rule":"LogOpenFails","reason":"no-state","proto":"tcp","src":"192.0.2.44",\#
            "sport":443,"dst":"203.0.113.5","dport":50211,"flags":"FA","length":0,\#
            "reasonText":"no_new_conn_for_this_packet"
            """#),
        Sample(
            #"""
            id=600012 event=no_new_conn_for_this_packet action=drop [message=State inspector \#
            would not open a new connection for this TCP packet, dropping protocol=tcp \#
            recvzone="WAN" ][rules rule=LogOpenFails ][ethernet hwsender=00005e005301 \#
            hwdest=00005e005302 ipproto=Ip4 ][ippacket version=1 iphdrlen=20 iptotlen=40 \#
            ipproto=TCP ttl=57 fragid=4107 srcip=192.0.2.44 destip=203.0.113.5 ][tcp \#
            srcport=443 destport=50212 seqno=1000 ackno=2000 tcphdrlen=20 window=501 \#
            chksum=0x1 urgptr=0 [tcpflags YMAS=0 XMAS=0 URG=0 ACK=1 PSH=0 RST=0 SYN=0 FIN=1 ]]
            """#,
            #"""
            "dialect":"clavister","interface":"WAN","direction":"in","action":"block",\#
            "rule":"LogOpenFails","reason":"no-state","proto":"tcp","src":"192.0.2.44",\#
            "sport":443,"dst":"203.0.113.5","dport":50212,"flags":"FA","seq":1000,"ack":2000,\#
            "window":501,"length":0,"ttl":57,"ipid":4107,"mac":{"dst":"00:00:5e:00:53:02",\#
            "src":"00:00:5e:00:53:01"},"reasonText":"no_new_conn_for_this_packet"
            """#),
        Sample(
            #"""
            id=600001 event=conn_open [message=Connection opened connrecvzone="LAN" \#
            conndestzone="WAN" ][rules rule=Out ][conn [conn connsrcip=10.0.0.9 \#
            conndestip=198.51.100.7 newconnsrcip=203.0.113.5 newconnsrcport=20211 \#
            connipproto=TCP connsrcport=50211 conndestport=443 connrecvif=lan conndestif=wan ]]
            """#,
            #"""
            "dialect":"clavister","interface":"lan","direction":"in","action":"open",\#
            "rule":"Out","reason":"match","proto":"tcp","src":"10.0.0.9","sport":50211,\#
            "dst":"198.51.100.7","dport":443,"flags":null,"nat":{"src":"203.0.113.5",\#
            "sport":20211,"dst":null,"dport":0},"otherInterface":"wan"
            """#),
        Sample(
            #"""
            id=600002 event=conn_close action=close [message=Connection closed reason="" \#
            connrecvzone="LAN" conndestzone="WAN" ][rules rule=Out ][conn [conn \#
            connsrcip=10.0.0.9 conndestip=198.51.100.7 connipproto=TCP connsrcport=50211 \#
            conndestport=443 origsent=2.08 K termsent=14.1 K connrecvif=lan conndestif=wan ]]
            """#,
            #"""
            "dialect":"clavister","interface":"lan","direction":"in","action":"close",\#
            "rule":"Out","reason":null,"proto":"tcp","src":"10.0.0.9","sport":50211,\#
            "dst":"198.51.100.7","dport":443,"flags":null,"otherInterface":"wan"
            """#),
        Sample(
            #"""
            <134>[2026-11-19 08:15:06] EFW: CONN: prio=1 id=00600005 rev=1 \#
            event=conn_close_natsat action=close rule=Out conn=close connipproto=TCP \#
            connrecvif=lan connsrcip=10.0.0.9 connsrcport=50213 conndestif=wan \#
            conndestip=198.51.100.7 conndestport=443 connnewsrcip=203.0.113.5 \#
            connnewsrcport=20213 origsent=1810 termsent=22411
            """#,
            #"""
            "dialect":"clavister","interface":"lan","direction":"in","action":"close",\#
            "rule":"Out","reason":null,"proto":"tcp","src":"10.0.0.9","sport":50213,\#
            "dst":"198.51.100.7","dport":443,"flags":null,"nat":{"src":"203.0.113.5",\#
            "sport":20213,"dst":null,"dport":0},"bytes":24221,"otherInterface":"wan"
            """#),
        Sample(
            #"""
            Nov 19 08:15:07 cos1 EFW: TCP_FLAG: prio=3 id=03300010 rev=2 \#
            event=unexpected_tcp_flags action=drop rule=Out endpoint=originator state=FIN_RCVD \#
            flags="SYN ECE CWR" recvif=lan srcip=10.0.0.9 destip=198.51.100.7 ipproto=TCP \#
            ipdatalen=40 srcport=50214 destport=443 tcphdrlen=40 syn=1 ece=1 cwr=1
            """#,
            #"""
            "dialect":"clavister","interface":"lan","direction":"in","action":"block",\#
            "rule":"Out","reason":"invalid-in-state","proto":"tcp","src":"10.0.0.9",\#
            "sport":50214,"dst":"198.51.100.7","dport":443,"flags":"SEC","length":0,\#
            "reasonText":"unexpected_tcp_flags"
            """#),
        Sample(
            #"""
            Nov 19 08:15:08 cos1 EFW: TCP_FLAG: prio=1 id=03300016 rev=2 \#
            event=tcp_seqno_too_low action=drop seqno=900 accstart=1000 accend=2000 rule=Out \#
            recvif=wan srcip=198.51.100.7 destip=203.0.113.5 ipproto=TCP ipdatalen=60 \#
            srcport=443 destport=20214 tcphdrlen=20 ack=1 psh=1
            """#,
            #"""
            "dialect":"clavister","interface":"wan","direction":"in","action":"block",\#
            "rule":"Out","reason":"seq-under-window","proto":"tcp","src":"198.51.100.7",\#
            "sport":443,"dst":"203.0.113.5","dport":20214,"flags":"PA","seq":900,"length":40,\#
            "reasonText":"tcp_seqno_too_low"
            """#),
        Sample(
            #"""
            Nov 19 08:15:09 cos1 EFW: TCP_FLAG: prio=3 id=03300015 rev=1 \#
            event=rst_out_of_bounds action=drop seqno=5 winstart=10 winend=20 rule=Out \#
            recvif=wan srcip=198.51.100.7 destip=203.0.113.5 ipproto=TCP ipdatalen=20 \#
            srcport=443 destport=20215 tcphdrlen=20 rst=1
            """#,
            #"""
            "dialect":"clavister","interface":"wan","direction":"in","action":"block",\#
            "rule":"Out","reason":"state-mismatch","proto":"tcp","src":"198.51.100.7",\#
            "sport":443,"dst":"203.0.113.5","dport":20215,"flags":"R","seq":5,"length":0,\#
            "reasonText":"rst_out_of_bounds"
            """#),
        Sample(
            #"""
            Nov 19 08:15:10 cos1 EFW: RULE: prio=3 id=06000051 rev=1 event=ruleset_drop_packet \#
            action=drop rule=Default_Rule recvif=wan srcip=192.0.2.45 destip=203.0.113.5 \#
            ipproto=TCP ipdatalen=24 srcport=40000 destport=22 tcphdrlen=24 syn=1
            """#,
            #"""
            "dialect":"clavister","interface":"wan","direction":"in","action":"block",\#
            "rule":"Default_Rule","reason":"match","proto":"tcp","src":"192.0.2.45",\#
            "sport":40000,"dst":"203.0.113.5","dport":22,"flags":"S","length":0,\#
            "reasonText":"ruleset_drop_packet"
            """#),
        Sample(
            #"""
            Nov 19 08:15:11 cos1 EFW: RULE: prio=3 id=06000060 rev=1 event=unhandled_local \#
            action=drop recvif=wan srcip=192.0.2.45 destip=203.0.113.5 ipproto=UDP \#
            ipdatalen=52 srcport=5353 destport=161 udptotlen=52
            """#,
            #"""
            "dialect":"clavister","interface":"wan","direction":"in","action":"block",\#
            "rule":null,"reason":"match","proto":"udp","src":"192.0.2.45","sport":5353,\#
            "dst":"203.0.113.5","dport":161,"flags":null,"reasonText":"unhandled_local"
            """#),
        Sample(
            #"""
            Nov 19 08:15:12 cos1 EFW: RULE: prio=3 id=06000051 rev=1 event=ruleset_drop_packet \#
            action=drop rule=Default_Rule recvif=wan srcip=192.0.2.45 destip=203.0.113.5 \#
            ipproto=ICMP ipdatalen=64 icmptype=ECHO_REQUEST echoid=1 echoseq=1
            """#,
            #"""
            "dialect":"clavister","interface":"wan","direction":"in","action":"block",\#
            "rule":"Default_Rule","reason":"match","proto":"icmp","src":"192.0.2.45",\#
            "sport":null,"dst":"203.0.113.5","dport":null,"flags":null,\#
            "reasonText":"ruleset_drop_packet"
            """#),
        Sample(
            #"""
            Nov 19 08:15:13 cos1 EFW: CONN: prio=3 id=00600010 rev=1 event=out_of_connections \#
            action=reject rule=Out recvif=lan srcip=10.0.0.10 destip=198.51.100.7 ipproto=TCP \#
            ipdatalen=24 srcport=50300 destport=443 tcphdrlen=24 syn=1
            """#,
            #"""
            "dialect":"clavister","interface":"lan","direction":"in","action":"block",\#
            "rule":"Out","reason":"table-full","proto":"tcp","src":"10.0.0.10","sport":50300,\#
            "dst":"198.51.100.7","dport":443,"flags":"S","length":0,\#
            "reasonText":"out_of_connections"
            """#),
        Sample(
            #"""
            Nov 19 08:15:14 cos1 EFW: RULE: prio=2 id=06000003 rev=1 event=ruleset_fwdfast \#
            action=fwdfast rule=Fast recvif=lan srcip=10.0.0.10 destip=10.2.0.8 ipproto=TCP \#
            ipdatalen=20 srcport=50301 destport=80 tcphdrlen=20 ack=1
            """#,
            #"""
            "dialect":"clavister","interface":"lan","direction":"in","action":"pass",\#
            "rule":"Fast","reason":"match","proto":"tcp","src":"10.0.0.10","sport":50301,\#
            "dst":"10.2.0.8","dport":80,"flags":"A","length":0
            """#),
        Sample(
            #"""
            Nov 19 08:15:15 cos1 EFW: SYSTEM: prio=2 id=03200602 rev=1 \#
            event=accept_configuration username=admin userdb=AdminUsers client_ip=10.0.0.9 \#
            config_system=WebUI
            """#,
            nil),
        Sample(
            #"""
            Nov 19 08:15:16 cos1 EFW: DHCPSERVER: prio=1 id=00200001 rev=1 event=lease_timeout \#
            action=lease_inactive client_ip=10.0.0.11
            """#,
            nil),
        Sample(
            #"""
            Nov 19 08:15:17 cos1 EFW: RULE: prio=3 id=06000051 rev=1 event=ruleset_drop_packet \#
            action=drop rule=Default_Rule recvif=wan srcip=192.0.2.45 des
            """#,
            nil),
    ]
}
