// Lines of Check Point's shapes and the entries they must become; the last ones must be refused.

extension CheckPoint {
    static let lines: [Sample] = [
        Sample(
            #"""
            <134>1 2026-11-19T08:15:09Z cpmgmt CheckPoint 19710 - [action:"Drop"; \#
            flags:"409856"; ifdir:"inbound"; ifname:"eth1"; logid:"1"; \#
            loguid:"{0x66c136f5,0xf4,0x1b6410ac,0x151daa25}"; origin:"192.0.2.1"; \#
            originsicname:"CN=gw1,O=cpmgmt..x7k2ab"; sequencenum:"103"; time:"1795076109"; \#
            version:"5"; dst:"203.0.113.2"; inzone:"External"; outzone:"Local"; product:"VPN-1 \#
            & FireWall-1"; proto:"6"; s_port:"443"; service:"2384"; src:"198.51.100.7"; \#
            tcp_flags:"FIN-ACK"; tcp_packet_out_of_state:"First packet isn't SYN"; ]
            """#,
            #"""
            "dialect":"check-point","interface":"eth1","direction":"in","action":"block",\#
            "rule":null,"reason":"no-state","proto":"tcp","src":"198.51.100.7","sport":443,\#
            "dst":"203.0.113.2","dport":2384,"flags":"FA","reasonText":"First packet isn't SYN"
            """#),
        Sample(
            #"""
            <134>1 2026-11-19T08:15:10Z cpmgmt CheckPoint 19710 - [action:"Accept"; \#
            conn_direction:"Outgoing"; contextnum:"1"; flags:"7263232"; ifdir:"outbound"; \#
            ifname:"eth0"; logid:"0"; loguid:"{0x66c136f6,0x1,0x1b6410ac,0x151daa25}"; \#
            origin:"192.0.2.1"; time:"1795076110"; version:"5"; dst:"198.51.100.7"; \#
            inzone:"Internal"; layer_name:"Network"; match_id:"12"; methods::"tls"; \#
            outzone:"External"; product:"VPN-1 & FireWall-1"; proto:"6"; rule:"12"; \#
            rule_name:"Out"; rule_uid:"c8cd796e-7bd5-47b6-90ca-b250d062d5e5"; s_port:"50211"; \#
            service:"443"; service_id:"https"; src:"10.1.1.5"; xlatedport:"0"; \#
            xlatedst:"0.0.0.0"; xlatesport:"10211"; xlatesrc:"203.0.113.2"; ]
            """#,
            #"""
            "dialect":"check-point","interface":"eth0","direction":"out","action":"open",\#
            "rule":"12","reason":"match","proto":"tcp","src":"10.1.1.5","sport":50211,\#
            "dst":"198.51.100.7","dport":443,"flags":null,"nat":{"src":"203.0.113.2",\#
            "sport":10211,"dst":null,"dport":0}
            """#),
        Sample(
            #"""
            <134>1 2026-11-19T08:15:10Z cpmgmt CheckPoint 26203 - [log@2620 action="Drop" \#
            flags="810244" ifdir="inbound" ifname="eth0" \#
            loguid="{0x4d4d455b,0x35b8a7f2,0xdf15314d,0x5765225e}" origin="192.0.2.1" \#
            originsicname="cn=gw1,o=cpmgmt" sequencenum="74" time="1795076110" version="5" \#
            __policy_id_tag="product=VPN-1 & FireWall-1[mgmt=cpmgmt\]" dst="203.0.113.2" \#
            product="VPN-1 & FireWall-1" proto="6" s_port="443" service="2390" \#
            src="198.51.100.7" tcp_flags="ACK" tcp_packet_out_of_state="First packet isn't \#
            SYN"]
            """#,
            #"""
            "dialect":"check-point","interface":"eth0","direction":"in","action":"block",\#
            "rule":null,"reason":"no-state","proto":"tcp","src":"198.51.100.7","sport":443,\#
            "dst":"203.0.113.2","dport":2390,"flags":"A","reasonText":"First packet isn't SYN"
            """#),
        Sample(
            #"""
            <134>1 2026-11-19T08:20:10Z cpmgmt CheckPoint 19710 - [action:"Accept"; \#
            ifdir:"inbound"; ifname:"eth1"; loguid:"{0x66c136f6,0x2,0x1b6410ac,0x151daa25}"; \#
            origin:"192.0.2.1"; time:"1795076410"; bytes:"11220"; client_inbound_bytes:"2000"; \#
            dst:"203.0.113.8"; elapsed:"300"; packets:"40"; product:"VPN-1 & FireWall-1"; \#
            proto:"6"; rule:"3"; s_port:"40112"; service:"443"; src:"192.0.2.50"; \#
            start_time:"1795076110"; ]
            """#,
            #"""
            "dialect":"check-point","interface":"eth1","direction":"in","action":"update",\#
            "rule":"3","reason":null,"proto":"tcp","src":"192.0.2.50","sport":40112,\#
            "dst":"203.0.113.8","dport":443,"flags":null,"duration":300.000,"bytes":11220
            """#),
        Sample(
            #"""
            syslog[action:"Drop"; ifdir:"inbound"; ifname:"eth1"; loguid:"{0x1,0x2,0x3,0x4}"; \#
            origin:"192.0.2.1"; time:"1795076111"; dst:"203.0.113.2"; message_info:"Address \#
            spoofing"; product:"VPN-1 & FireWall-1"; proto:"17"; s_port:"53"; service:"40000"; \#
            src:"10.1.1.9"; ]
            """#,
            #"""
            "dialect":"check-point","interface":"eth1","direction":"in","action":"block",\#
            "rule":null,"reason":"anti-spoofing","proto":"udp","src":"10.1.1.9","sport":53,\#
            "dst":"203.0.113.2","dport":40000,"flags":null,"reasonText":"Address spoofing"
            """#),
        Sample(
            #"""
            [action:"Drop"; ifdir:"inbound"; ifname:"eth1"; loguid:"{0x1,0x2,0x3,0x5}"; \#
            origin:"192.0.2.1"; time:"1795076112"; dst:"203.0.113.2"; icmp_code:"0"; \#
            icmp_type:"8"; product:"VPN-1 & FireWall-1"; proto:"1"; rule:"99"; \#
            rule_name:"Cleanup [all\]"; src:"192.0.2.44"; ]
            """#,
            #"""
            "dialect":"check-point","interface":"eth1","direction":"in","action":"block",\#
            "rule":"99","reason":"match","proto":"icmp","src":"192.0.2.44","sport":null,\#
            "dst":"203.0.113.2","dport":null,"flags":null
            """#),
        Sample(
            #"""
            [action:"Drop"; ifdir:"inbound"; ifname:"eth1"; loguid:"{0x1,0x2,0x3,0x6}"; \#
            origin:"192.0.2.1"; time:"1795076113"; dst:"203.0.113.2"; product:"VPN-1 & \#
            FireWall-1"; proto:"6"; s_port:"443"; service:"50211"; src:"198.51.100.7"; \#
            tcp_flags:"RST-ACK"; tcp_packet_out_of_state:"Both sides sent FIN"; ]
            """#,
            #"""
            "dialect":"check-point","interface":"eth1","direction":"in","action":"block",\#
            "rule":null,"reason":"state-mismatch","proto":"tcp","src":"198.51.100.7",\#
            "sport":443,"dst":"203.0.113.2","dport":50211,"flags":"RA",\#
            "reasonText":"Both sides sent FIN"
            """#),
        Sample(
            #"""
            time=1795076114|hostname=cpmgmt|product=Firewall|action=Drop|ifdir=inbound|\#
            ifname=bond1.20|loguid={0x1,0x2,0x3,0x7}|origin=192.0.2.1|version=5|\#
            dst=203.0.113.2|inzone=External|outzone=Internal|proto=6|rule=402|\#
            rule_name=Cleanup \#
            rule|rule_uid={C8CD796E-7BD5-47B6-90CA-B250D062D5E5}|s_port=33687|service=23|\#
            src=198.51.100.9|
            """#,
            #"""
            "dialect":"check-point","interface":"bond1.20","direction":"in","action":"block",\#
            "rule":"402","reason":"match","proto":"tcp","src":"198.51.100.9","sport":33687,\#
            "dst":"203.0.113.2","dport":23,"flags":null
            """#),
        Sample(
            #"""
            Nov 19 08:15:15 cpmgmt \#
            time=1795076115|hostname=cpmgmt|product=Firewall|action=Drop|ifdir=inbound|\#
            ifname=eth1|loguid={0x1,0x2,0x3,0x8}|origin=192.0.2.1|192.0.2.2|dst=2001:db8:2::9|\#
            proto=6|s_port=443|service=50100|src=2001:db8:9::7|tcp_packet_out_of_state=First \#
            packet isn't SYN|tcp_flags=PUSH-ACK|
            """#,
            #"""
            "dialect":"check-point","interface":"eth1","direction":"in","action":"block",\#
            "rule":null,"reason":"no-state","proto":"tcp","src":"2001:db8:9::7","sport":443,\#
            "dst":"2001:db8:2::9","dport":50100,"flags":"PA",\#
            "reasonText":"First packet isn't SYN"
            """#),
        Sample(
            #"""
            CEF:0|Check Point|VPN-1 & FireWall-1|Check Point|Log|Log|Unknown|act=Drop \#
            cs4Label=TCP Flags cs4=RST-ACK deviceDirection=0 rt=1795076116000 spt=443 dpt=2384 \#
            ifname=eth1 logid=1 loguid={0x1,0x2} origin=192.0.2.1 sequencenum=104 version=5 \#
            dst=203.0.113.2 product=VPN-1 & FireWall-1 proto=6 src=198.51.100.7 \#
            tcp_packet_out_of_state=First packet isn't SYN
            """#,
            #"""
            "dialect":"check-point","interface":"eth1","direction":"in","action":"block",\#
            "rule":null,"reason":"no-state","proto":"tcp","src":"198.51.100.7","sport":443,\#
            "dst":"203.0.113.2","dport":2384,"flags":"RA","reasonText":"First packet isn't SYN"
            """#),
        Sample(
            #"""
            0||Check Point|Check Point|Log|https|Unknown|act=Accept deviceDirection=1 \#
            rt=1795076117000 spt=56379 dpt=443 cs2Label=Rule Name cs2=Out to web \#
            layer_name=Network ifname=eth0 loguid={0x1,0x3} origin=192.0.2.1 dst=198.51.100.7 \#
            product=VPN-1 & FireWall-1 proto=6 src=10.1.1.5
            """#,
            #"""
            "dialect":"check-point","interface":"eth0","direction":"out","action":"open",\#
            "rule":"Out to web","reason":"match","proto":"tcp","src":"10.1.1.5","sport":56379,\#
            "dst":"198.51.100.7","dport":443,"flags":null
            """#),
        Sample(
            #"""
            LEEF:2.0|Check Point|VPN-1 & \#
            FireWall-1|1.0|Drop|^|\#
            cat=Firewall^devTime=1795076118^srcPort=50333^dstPort=445^proto=6^ifdir=inbound^ifn\#
            ame=eth1^loguid={0x1,0x4}^origin=192.0.2.1^dst=203.0.113.2^product=VPN-1 & \#
            FireWall-1^src=192.0.2.44^rule=99
            """#,
            #"""
            "dialect":"check-point","interface":"eth1","direction":"in","action":"block",\#
            "rule":"99","reason":"match","proto":"tcp","src":"192.0.2.44","sport":50333,\#
            "dst":"203.0.113.2","dport":445,"flags":null
            """#),
        Sample(
            #"""
            {"h_version":5,"action":"Drop","flags":409856,"ifdir":"inbound","ifname":"eth1",\#
            "logid":1,"loguid":"{0x1,0x5}","origin":"192.0.2.1","time":"1795076119",\#
            "dst":"203.0.113.2","product":"VPN-1 & \#
            FireWall-1","proto":"6","s_port":"443","service":"2385","src":"198.51.100.7",\#
            "tcp_flags":"SYN-ACK","tcp_packet_out_of_state":"First packet isn't SYN"}
            """#,
            #"""
            "dialect":"check-point","interface":"eth1","direction":"in","action":"block",\#
            "rule":null,"reason":"no-state","proto":"tcp","src":"198.51.100.7","sport":443,\#
            "dst":"203.0.113.2","dport":2385,"flags":"SA","reasonText":"First packet isn't SYN"
            """#),
        Sample(
            #"""
            loc=477|filename=fw.log|fileid=1795000000|time=19Nov2026  \#
            8:15:20|action=drop|orig=gw1|i/f_dir=inbound|i/f_name=eth1|has_accounting=0|\#
            product=VPN-1 & \#
            FireWall-1|src=198.51.100.7|dst=203.0.113.2|proto=tcp|service=2386|s_port=443|TCP \#
            packet out of state=First packet isn't SYN|tcp_flags=FIN-PUSH-ACK
            """#,
            #"""
            "dialect":"check-point","interface":"eth1","direction":"in","action":"block",\#
            "rule":null,"reason":"no-state","proto":"tcp","src":"198.51.100.7","sport":443,\#
            "dst":"203.0.113.2","dport":2386,"flags":"FPA",\#
            "reasonText":"First packet isn't SYN"
            """#),
        Sample(
            #"""
            Date: 19Nov2026; 8:15:21 drop gw1 >eth1 src: 198.51.100.7; dst: 203.0.113.2; \#
            proto: tcp; product: VPN-1 & FireWall-1; service: 2387; s_port: 443; message_info: \#
            TCP packet out of state: First packet isn't SYN; tcp_flags: ACK; 
            """#,
            #"""
            "dialect":"check-point","interface":"eth1","direction":"in","action":"block",\#
            "rule":null,"reason":"no-state","proto":"tcp","src":"198.51.100.7","sport":443,\#
            "dst":"203.0.113.2","dport":2387,"flags":"A",\#
            "reasonText":"TCP packet out of state: First packet isn't SYN"
            """#),
        Sample(
            #"""
            19Nov2026 8:15:22 accept gw1 <eth0 rule: 12; src: 10.1.1.5; dst: 198.51.100.7; \#
            proto: tcp; product: VPN-1 & FireWall-1; service: https; s_port: 50212; xlatesrc: \#
            203.0.113.2; xlatesport: 10212;
            """#,
            #"""
            "dialect":"check-point","interface":"eth0","direction":"out","action":"open",\#
            "rule":"12","reason":"match","proto":"tcp","src":"10.1.1.5","sport":50212,\#
            "dst":"198.51.100.7","dport":443,"flags":null,"nat":{"src":"203.0.113.2",\#
            "sport":10212,"dst":null,"dport":0}
            """#),
        Sample(
            #"""
            "21" "19Nov2026" "8:15:23" "eth1" "gw1" "Log" "Drop" "445" "50334" "192.0.2.44" \#
            "203.0.113.2" "tcp" "107" "Deny All" "107-Policy" "" "inzone: External; outzone: \#
            Internal" ""#013
            """#,
            #"""
            "dialect":"check-point","interface":"eth1","direction":"in","action":"block",\#
            "rule":"107","reason":"match","proto":"tcp","src":"192.0.2.44","sport":50334,\#
            "dst":"203.0.113.2","dport":445,"flags":null
            """#),
        Sample(
            #"""
            "22" "19Nov2026" "8:15:24" "eth1" "gw1" "Log" "Drop" "2388" "443" "198.51.100.7" \#
            "203.0.113.2" "tcp" "" "" "" "" "TCP packet out of state: First packet isn't SYN; \#
            tcp_flags: RST" ""
            """#,
            #"""
            "dialect":"check-point","interface":"eth1","direction":"in","action":"block",\#
            "rule":null,"reason":"no-state","proto":"tcp","src":"198.51.100.7","sport":443,\#
            "dst":"203.0.113.2","dport":2388,"flags":"R","reasonText":"First packet isn't SYN"
            """#),
        Sample(
            #"""
            @;166512;[vs_0];[tid_0];[fw4_0];fw_log_drop_ex: Packet proto=6 198.51.100.7:443 -> \#
            203.0.113.2:2389 dropped by fw_tcp_state_check Reason: First packet isn't SYN;
            """#,
            #"""
            "dialect":"check-point","interface":null,"direction":null,"action":"block",\#
            "rule":null,"reason":"no-state","proto":"tcp","src":"198.51.100.7","sport":443,\#
            "dst":"203.0.113.2","dport":2389,"flags":null,"reasonText":"First packet isn't SYN"
            """#),
        Sample(
            #"""
            ;[cpu_1];[fw4_2];fw_log_drop_ex: Packet proto=17 192.0.2.44:5353 -> \#
            203.0.113.2:161 dropped by fw_send_log_drop Reason: Rulebase drop - rule 99;
            """#,
            #"""
            "dialect":"check-point","interface":null,"direction":null,"action":"block",\#
            "rule":"99","reason":"match","proto":"udp","src":"192.0.2.44","sport":5353,\#
            "dst":"203.0.113.2","dport":161,"flags":null,"reasonText":"Rulebase drop - rule 99"
            """#),
        Sample(
            #"""
            [action:"Drop"; ifdir:"inbound"; ifname:"eth1"; loguid:"{0x1,0x2,0x3,0x9}"; \#
            origin:"192.0.2.1"; time:"1795076121"; dst:"10.2.0.8"; product:"IPS"; \#
            protection_name:"TCP Segment Limit Enforcement"; attack:"Streaming Engine: TCP \#
            Segment Limit Enforcement"; proto:"6"; s_port:"443"; service:"50101"; \#
            src:"198.51.100.7"; ]
            """#,
            #"""
            "dialect":"check-point","interface":"eth1","direction":"in","action":"block",\#
            "rule":null,"reason":"seq-over-window","proto":"tcp","src":"198.51.100.7",\#
            "sport":443,"dst":"10.2.0.8","dport":50101,"flags":null,\#
            "reasonText":"TCP Segment Limit Enforcement"
            """#),
        Sample(
            #"""
            [action:"Reject"; flags:"133376"; ifdir:"inbound"; ifname:"daemon"; \#
            loguid:"{0x1,0x2,0x3,0xd}"; origin:"192.0.2.1"; time:"1795076111"; \#
            dst:"203.0.113.2"; fw_subproduct:"VPN-1"; ike::"Main Mode Failed to match \#
            proposal"; product:"VPN-1 & FireWall-1"; src:"198.51.100.7"; ]
            """#,
            nil),
        Sample(
            #"""
            [action:"Key Install"; ifdir:"inbound"; ifname:"daemon"; \#
            loguid:"{0x1,0x2,0x3,0xa}"; origin:"192.0.2.1"; time:"1795076122"; \#
            dst:"203.0.113.2"; product:"VPN-1 & FireWall-1"; src:"198.51.100.7"; ike::"Main \#
            Mode completion."; ]
            """#,
            nil),
        Sample(
            #"""
            [action:"Block"; ifdir:"outbound"; ifname:"eth0"; loguid:"{0x1,0x2,0x3,0xb}"; \#
            origin:"192.0.2.1"; time:"1795076123"; appi_name:"example"; dst:"198.51.100.7"; \#
            product:"URL Filtering"; proto:"6"; s_port:"50213"; service:"443"; src:"10.1.1.5"; \#
            ]
            """#,
            nil),
        Sample(
            #"""
            time=1795076124|hostname=cpmgmt|product=SmartConsole|action=Log \#
            In|ifdir=outbound|origin=192.0.2.1|administrator=admin|
            """#,
            nil),
        Sample(
            #"""
            [action:"Drop"; ifdir:"inbound"; ifname:"eth1"; loguid:"{0x1,0x2,0x3,0xc}"; \#
            origin:"192.0.2.1"; time:"1795076125"; dst:"203.0.113.2"; product:"VPN-1 & \#
            FireWall-1"; proto:"6"; s_por
            """#,
            nil),
    ]
}
