// Lines as Fireware writes them and the entries they must become; the last ones must be refused.

extension WatchGuard {
    static let lines: [Sample] = [
        Sample(
            #"""
            2026-11-19T08:15:01.123456+00:00 fw1 80D8000000001 FB1 firewall: \#
            msg_id="3000-0148" Deny 0-External Firebox 40 tcp 20 239 192.0.2.44 203.0.113.5 \#
            41277 591 offset 5 A 1497867397 win 4 msg="tcp syn checking failed (expecting SYN \#
            packet for new TCP connection, but received ACK, FIN, or RST instead)." \#
            geo_src="BGR" (Internal Policy)
            """#,
            #"""
            "dialect":"watchguard","interface":"0-External","direction":"in","action":"block",\#
            "rule":"Internal Policy","reason":"no-state","proto":"tcp","src":"192.0.2.44",\#
            "sport":41277,"dst":"203.0.113.5","dport":591,"flags":"A","seq":1497867397,\#
            "window":4,"length":0,"ttl":239,\#
            "reasonText":"tcp syn checking failed (expecting SYN packet for new TCP connection,\#
             but received ACK, FIN, or RST instead).","otherInterface":"Firebox"
            """#),
        Sample(
            #"""
            Nov 19 08:15:02 fw1 firewall: msg_id="3000-0148" Deny 0-External 1-Trusted 52 tcp \#
            20 117 192.0.2.45 203.0.113.6 50100 445 offset 8 S 3447622355 win 64240 \#
            geo_src="NLD" (Unhandled External Packet-00)
            """#,
            #"""
            "dialect":"watchguard","interface":"0-External","direction":"in","action":"block",\#
            "rule":"Unhandled External Packet-00","reason":"match","proto":"tcp",\#
            "src":"192.0.2.45","sport":50100,"dst":"203.0.113.6","dport":445,"flags":"S",\#
            "seq":3447622355,"window":64240,"length":0,"ttl":117,"otherInterface":"1-Trusted"
            """#),
        Sample(
            #"""
            <140>Nov 19 08:15:03 fw1 80D8000000001 FB1 firewall: msg_id="3000-0148" Allow \#
            1-Trusted 0-External 60 tcp 20 63 10.0.0.9 198.51.100.7 52075 443 offset 10 S \#
            2134956194 win 29200 src_ip_nat="203.0.113.5" src_port_nat="18001" geo_dst="USA" \#
            (HTTPS out-00)
            """#,
            #"""
            "dialect":"watchguard","interface":"1-Trusted","direction":"in","action":"open",\#
            "rule":"HTTPS out-00","reason":"match","proto":"tcp","src":"10.0.0.9",\#
            "sport":52075,"dst":"198.51.100.7","dport":443,"flags":"S","seq":2134956194,\#
            "window":29200,"length":0,"ttl":63,"nat":{"src":"203.0.113.5","sport":18001,\#
            "dst":null,"dport":0},"otherInterface":"0-External"
            """#),
        Sample(
            #"""
            <142>Nov 19 08:15:43 fw1 80D8000000001 FB1 firewall: msg_id="3000-0151" Allow \#
            1-Trusted 0-External tcp 10.0.0.9 198.51.100.7 52075 443 src_ip_nat="203.0.113.5" \#
            src_port_nat="18001" duration="40" sent_bytes="6900" rcvd_bytes="18500" flags="SR" \#
            (HTTPS out-00)
            """#,
            #"""
            "dialect":"watchguard","interface":"1-Trusted","direction":"in","action":"close",\#
            "rule":"HTTPS out-00","reason":null,"proto":"tcp","src":"10.0.0.9","sport":52075,\#
            "dst":"198.51.100.7","dport":443,"flags":null,"nat":{"src":"203.0.113.5",\#
            "sport":18001,"dst":null,"dport":0},"duration":40.000,"bytes":25400,\#
            "otherInterface":"0-External"
            """#),
        Sample(
            #"""
            Nov 19 08:15:44 fw1 firewall: msg_id="3000-0148" Deny WAN - Aruba LAN - FC 10 \#
            Gbits 40 tcp 20 57 198.51.100.7 203.0.113.5 443 18001 offset 5 AF 77 win 501 \#
            (Unhandled External Packet-00)
            """#,
            #"""
            "dialect":"watchguard","interface":"WAN - Aruba","direction":"in","action":"block",\#
            "rule":"Unhandled External Packet-00","reason":"match","proto":"tcp",\#
            "src":"198.51.100.7","sport":443,"dst":"203.0.113.5","dport":18001,"flags":"FA",\#
            "seq":77,"window":501,"length":0,"ttl":57,"otherInterface":"LAN - FC 10 Gbits"
            """#),
        Sample(
            #"""
            Nov 19 08:15:45 fw1 firewall: msg_id="3000-0148" Deny 0-External Firebox 60 icmp \#
            20 52 192.0.2.44 203.0.113.5 8 0 id=4711 seq=1 (Unhandled External Packet-00)
            """#,
            #"""
            "dialect":"watchguard","interface":"0-External","direction":"in","action":"block",\#
            "rule":"Unhandled External Packet-00","reason":"match","proto":"icmp",\#
            "src":"192.0.2.44","sport":null,"dst":"203.0.113.5","dport":null,"flags":null,\#
            "ttl":52,"otherInterface":"Firebox"
            """#),
        Sample(
            #"""
            Nov 19 08:15:46 fw1 firewall: msg_id="3000-0148" Deny Optional-1 0-External 76 udp \#
            20 63 10.2.0.8 198.51.100.53 5353 53 (DNS block-00)
            """#,
            #"""
            "dialect":"watchguard","interface":"Optional-1","direction":"in","action":"block",\#
            "rule":"DNS block-00","reason":"match","proto":"udp","src":"10.2.0.8","sport":5353,\#
            "dst":"198.51.100.53","dport":53,"flags":null,"ttl":63,\#
            "otherInterface":"0-External"
            """#),
        Sample(
            #"""
            Nov 19 08:15:47 fw1 firewall: msg_id="3000-0173" Deny 0-External Firebox 44 tcp 20 \#
            240 192.0.2.46 203.0.113.5 61000 22 offset 6 S 1 win 1024 msg="blocked sites" \#
            (Unhandled External Packet-00)
            """#,
            #"""
            "dialect":"watchguard","interface":"0-External","direction":"in","action":"block",\#
            "rule":"Unhandled External Packet-00","reason":"match","proto":"tcp",\#
            "src":"192.0.2.46","sport":61000,"dst":"203.0.113.5","dport":22,"flags":"S",\#
            "seq":1,"window":1024,"length":0,"ttl":240,"reasonText":"blocked sites",\#
            "otherInterface":"Firebox"
            """#),
        Sample(
            #"""
            LEEF:1.0|WatchGuard|XTM|12.8.2.B666661|30000148|serial=000000000000\#t\#
            policy=Internal Policy\#tdisp=Deny\#tin_if=0-External\#tout_if=Firebox\#t\#
            src=192.0.2.44\#tsrcPort=41278\#tdst=203.0.113.5\#tdstPort=591\#tip_len=40\#t\#
            ip_TTL=239\#tproto=tcp\#ttcp_offset=5\#ttcp_flag=A\#ttcp_seq=1497867397\#t\#
            tcp_window=4\#tmsg=tcp syn checking failed (expecting SYN packet for \#
            new TCP connection, but received ACK, FIN, or RST instead).\#t\#
            devTime=Nov 19 2026 08:15:48 +0000\#tdevTimeFormat=MMM dd yyyy \#
            HH:mm:ss Z
            """#,
            #"""
            "dialect":"watchguard","interface":"0-External","direction":"in","action":"block",\#
            "rule":"Internal Policy","reason":"no-state","proto":"tcp","src":"192.0.2.44",\#
            "sport":41278,"dst":"203.0.113.5","dport":591,"flags":"A","seq":1497867397,\#
            "window":4,"length":0,"ttl":239,\#
            "reasonText":"tcp syn checking failed (expecting SYN packet for new TCP connection,\#
             but received ACK, FIN, or RST instead).","otherInterface":"Firebox"
            """#),
        Sample(
            #"""
            Nov 19 09:15:49 relay \#
            LEEF:1.0|WatchGuard|XTM|12.8.2.B666661|30000151|\#
            serial=000000000000#011policy=HTTPS-00#011disp=Allow#011in_if=Lab#011out_if=WAN2#01\#
            1src=10.0.0.9#011srcPort=52076#011srcPostNAT=203.0.113.5#011srcPostNATPORT=58586#01\#
            1dst=198.51.100.7#011dstPort=443#011proto=tcp#011duration=38#011sent_bytes=6900#011\#
            rcvd_bytes=18500
            """#,
            #"""
            "dialect":"watchguard","interface":"Lab","direction":"in","action":"close",\#
            "rule":"HTTPS-00","reason":null,"proto":"tcp","src":"10.0.0.9","sport":52076,\#
            "dst":"198.51.100.7","dport":443,"flags":null,"nat":{"src":"203.0.113.5",\#
            "sport":58586,"dst":null,"dport":0},"duration":38.000,"bytes":25400,\#
            "otherInterface":"WAN2"
            """#),
        Sample(
            #"""
            1.0|WatchGuard|XTM|12.8.2.B666661|30000148|serial=000000000000\#t\#
            policy=HTTPS-00\#tdisp=Allow\#tin_if=Lab\#tout_if=WAN2\#tsrc=10.0.0.9\#t\#
            srcPort=52077\#tdst=198.51.100.7\#tdstPort=443\#tip_len=60\#tip_TTL=63\#t\#
            proto=tcp\#ttcp_offset=10\#ttcp_flag=S\#ttcp_seq=11\#ttcp_window=29200
            """#,
            #"""
            "dialect":"watchguard","interface":"Lab","direction":"in","action":"open",\#
            "rule":"HTTPS-00","reason":"match","proto":"tcp","src":"10.0.0.9","sport":52077,\#
            "dst":"198.51.100.7","dport":443,"flags":"S","seq":11,"window":29200,"length":0,\#
            "ttl":63,"otherInterface":"WAN2"
            """#),
        Sample(
            #"""
            2026-11-19 08:15:51 Deny 192.0.2.44 203.0.113.5 https/tcp 61978 443 WAN - Fibre \#
            Firebox Denied 40 114 (Unhandled External Packet-00) proc_id="firewall" rc="101" \#
            msg_id="3000-0148" tcp_info="offset 5 R 1497867397 win 0"
            """#,
            #"""
            "dialect":"watchguard","interface":"WAN - Fibre","direction":"in","action":"block",\#
            "rule":"Unhandled External Packet-00","reason":"match","proto":"tcp",\#
            "src":"192.0.2.44","sport":61978,"dst":"203.0.113.5","dport":443,"flags":"R",\#
            "seq":1497867397,"window":0,"length":0,"ttl":114,"otherInterface":"Firebox"
            """#),
        Sample(
            #"""
            2026-11-19 08:15:52 Deny 192.0.2.44 203.0.113.5 18001/tcp 443 18001 0-External \#
            Firebox tcp syn checking failed (expecting SYN packet for new TCP connection, but \#
            received ACK, FIN, or RST instead). 40 239 (Internal Policy) proc_id="firewall" \#
            rc="101" msg_id="3000-0148" tcp_info="offset 5 A 1497867397 win 4"
            """#,
            #"""
            "dialect":"watchguard","interface":"0-External","direction":"in","action":"block",\#
            "rule":"Internal Policy","reason":"no-state","proto":"tcp","src":"192.0.2.44",\#
            "sport":443,"dst":"203.0.113.5","dport":18001,"flags":"A","seq":1497867397,\#
            "window":4,"length":0,"ttl":239,\#
            "reasonText":"tcp syn checking failed (expecting SYN packet for new TCP connection,\#
             but received ACK, FIN, or RST instead).","otherInterface":"Firebox"
            """#),
        Sample(
            #"""
            2026-11-19 08:15:53 Allow 10.0.0.9 198.51.100.53 dns/udp 50001 53 1-Trusted \#
            0-External Allowed 72 127 (DNS-00) proc_id="firewall" rc="100" msg_id="3000-0148" \#
            src_ip_nat="203.0.113.5" src_port_nat="18002"
            """#,
            #"""
            "dialect":"watchguard","interface":"1-Trusted","direction":"in","action":"open",\#
            "rule":"DNS-00","reason":"match","proto":"udp","src":"10.0.0.9","sport":50001,\#
            "dst":"198.51.100.53","dport":53,"flags":null,"ttl":127,"nat":{"src":"203.0.113.5",\#
            "sport":18002,"dst":null,"dport":0},"otherInterface":"0-External"
            """#),
        Sample(
            #"""
            Nov 19 08:15:54 fw1 80D8000000001 FB1 https-proxy[4148]: msg_id="2CFF-0000" Allow \#
            1-Trusted 0-External tcp 10.0.0.9 198.51.100.7 52078 443 msg="HTTPS Request" \#
            proxy_act="HTTPS-Client.1" (HTTPS-proxy-00)
            """#,
            nil),
        Sample(
            #"""
            Nov 19 08:15:55 fw1 80D8000000001 FB1 firewall: msg_id="3000-0149" Allow 1-Trusted \#
            0-External tcp 10.0.0.9 198.51.100.7 52078 443 app_id="61" app_name="SSL/TLS" \#
            msg="Application identified" (HTTPS-00)
            """#,
            nil),
        Sample(
            #"""
            Nov 19 08:15:56 fw1 firewall: msg_id="3000-0148" Deny 0-External Firebox 40 tcp 20 \#
            239 192.0.2.44
            """#,
            nil),
        Sample(
            #"""
            Nov 19 08:15:57 fw1 80D8000000001 FB1 dhcpd[2012]: msg_id="1600-0066" DHCPACK on \#
            10.0.0.9
            """#,
            nil),
    ]
}
