// Lines as Cisco writes them and the entries they must become; the last ones must be refused.

extension CiscoASA {
    static let lines: [Sample] = [
        Sample(
            #"""
            <166>Nov 19 2026 09:18:40 fw1 : %ASA-6-106015: Deny TCP (no connection) from \#
            10.1.1.24/51568 to 198.51.100.35/443 flags PSH ACK  on interface inside
            """#,
            #"""
            "dialect":"cisco-asa","interface":"inside","direction":"in","action":"block",\#
            "rule":null,"reason":"no-state","proto":"tcp","src":"10.1.1.24","sport":51568,\#
            "dst":"198.51.100.35","dport":443,"flags":"PA"
            """#),
        Sample(
            #"""
            <164>Nov 19 2026 08:27:04 fw1 : %ASA-4-500003: Bad TCP hdr length (hdrlen=8, \#
            pktlen=28) from 198.51.100.195/37654 to 10.1.1.24/80, flags: INVALID, on interface \#
            outside
            """#,
            #"""
            "dialect":"cisco-asa","interface":"outside","direction":"in","action":"block",\#
            "rule":null,"reason":"short","proto":"tcp","src":"198.51.100.195","sport":37654,\#
            "dst":"10.1.1.24","dport":80,"flags":null
            """#),
        Sample(
            #"""
            <164>Nov 19 2026 08:27:05 fw1 : %ASA-4-209005: Discard IP fragment set with more than \#
            24 elements:  src = 192.0.2.90, dest = 10.1.1.24, proto = UDP, id = 48916
            """#,
            #"""
            "dialect":"cisco-asa","interface":null,"direction":"in","action":"block",\#
            "rule":null,"reason":"fragment","proto":"udp","src":"192.0.2.90","sport":null,\#
            "dst":"10.1.1.24","dport":null,"flags":null
            """#),
        Sample(
            #"""
            <166>Nov 19 2026 08:15:02 fw1 : %ASA-6-302013: Built outbound TCP connection 476080 \#
            for outside:198.51.100.35/443 (198.51.100.35/443) to inside:10.1.1.24/51568 \#
            (203.0.113.7/51568)
            """#,
            #"""
            "dialect":"cisco-asa","interface":"inside","direction":"in","action":"open",\#
            "rule":null,"reason":null,"proto":"tcp","src":"10.1.1.24","sport":51568,\#
            "dst":"198.51.100.35","dport":443,"flags":null,"nat":{"src":"203.0.113.7",\#
            "sport":51568,"dst":null,"dport":0},"connectionId":476080,"otherInterface":"outside"
            """#),
        Sample(
            #"""
            <166>Nov 19 2026 09:15:40 fw1 : %ASA-6-302014: Teardown TCP connection 476080 for \#
            outside:198.51.100.35/443 to inside:10.1.1.24/51568 duration 1:00:38 bytes 4666 \#
            Conn-timeout
            """#,
            #"""
            "dialect":"cisco-asa","interface":"outside","direction":null,"action":"close",\#
            "rule":null,"reason":"closed-idle","proto":"tcp","src":"198.51.100.35","sport":443,\#
            "dst":"10.1.1.24","dport":51568,"flags":null,"reasonText":"Conn-timeout",\#
            "duration":3638.000,"bytes":4666,"connectionId":476080,"otherInterface":"inside"
            """#),
        Sample(
            #"""
            <166>Nov 19 2026 08:15:10 fw1 : %ASA-6-302014: Teardown TCP connection 476081 for \#
            outside:192.0.2.50/40112 to dmz:10.2.0.8/443 duration 0:00:07 bytes 15220 TCP FINs \#
            from outside
            """#,
            #"""
            "dialect":"cisco-asa","interface":"outside","direction":null,"action":"close",\#
            "rule":null,"reason":"closed-fins","proto":"tcp","src":"192.0.2.50","sport":40112,\#
            "dst":"10.2.0.8","dport":443,"flags":null,"reasonText":"TCP FINs","duration":7.000,\#
            "bytes":15220,"connectionId":476081,"otherInterface":"dmz"
            """#),
        Sample(
            #"""
            <166>Nov 19 2026 08:16:41 fw1 : %ASA-6-302013: Built inbound TCP connection 476090 \#
            for outside:192.0.2.51/50001 (192.0.2.51/50001)(LOCAL\maria lopez, 12) to \#
            dmz:10.2.0.8/22 (203.0.113.8/22) (maria lopez)
            """#,
            #"""
            "dialect":"cisco-asa","interface":"outside","direction":"in","action":"open",\#
            "rule":null,"reason":null,"proto":"tcp","src":"192.0.2.51","sport":50001,\#
            "dst":"10.2.0.8","dport":22,"flags":null,"nat":{"src":null,"sport":0,\#
            "dst":"203.0.113.8","dport":22},"connectionId":476090,"otherInterface":"dmz"
            """#),
        Sample(
            #"""
            <166>Nov 19 2026 08:20:00 fw1 : %ASA-4-106023: Deny tcp src \#
            outside:198.51.100.77/44321 dst inside:10.1.1.24/3389 by access-group \#
            "outside_access_in" [0x71761f18, 0x0]
            """#,
            #"""
            "dialect":"cisco-asa","interface":"outside","direction":"in","action":"block",\#
            "rule":"outside_access_in","reason":"match","proto":"tcp","src":"198.51.100.77",\#
            "sport":44321,"dst":"10.1.1.24","dport":3389,"flags":null,"otherInterface":"inside"
            """#),
        Sample(
            #"""
            <166>Nov 19 2026 08:25:03 fw1 : %ASA-6-106100: access-list acl_in denied udp \#
            inside/10.1.1.30(1065) -> outside/198.51.100.57(123) hit-cnt 144 300-second \#
            interval [0xe982c7a4, 0x0]
            """#,
            #"""
            "dialect":"cisco-asa","interface":"inside","direction":"in","action":"block",\#
            "rule":"acl_in","reason":"match","proto":"udp","src":"10.1.1.30","sport":1065,\#
            "dst":"198.51.100.57","dport":123,"flags":null,"otherInterface":"outside",\#
            "packets":144
            """#),
        Sample(
            #"""
            <162>Nov 19 2026 08:26:01 fw1 : %ASA-2-106001: Inbound TCP connection denied from \#
            192.0.2.70/43804 to 203.0.113.9/443 flags FIN ACK  on interface outside
            """#,
            #"""
            "dialect":"cisco-asa","interface":"outside","direction":"in","action":"block",\#
            "rule":null,"reason":"no-state","proto":"tcp","src":"192.0.2.70","sport":43804,\#
            "dst":"203.0.113.9","dport":443,"flags":"FA"
            """#),
        Sample(
            #"""
            <164>Nov 19 2026 08:27:03 fw1 : %ASA-4-419002: Duplicate TCP SYN from \#
            inside:10.1.1.24/51568 to outside:198.51.100.35/443 with different initial sequence \#
            number
            """#,
            #"""
            "dialect":"cisco-asa","interface":"inside","direction":"in","action":"note",\#
            "rule":null,"reason":"ignored-in-state","proto":"tcp","src":"10.1.1.24",\#
            "sport":51568,"dst":"198.51.100.35","dport":443,"flags":"S",\#
            "otherInterface":"outside"
            """#),
        Sample(
            #"""
            <164>Nov 19 2026 08:27:00 fw1 : %ASA-4-313004: Denied ICMP type=0, from laddr \#
            192.0.2.80 on interface outside to 203.0.113.9: no matching session
            """#,
            #"""
            "dialect":"cisco-asa","interface":"outside","direction":"in","action":"block",\#
            "rule":null,"reason":"no-state","proto":"icmp","src":"192.0.2.80","sport":null,\#
            "dst":"203.0.113.9","dport":null,"flags":null
            """#),
        Sample(
            #"""
            <166>Nov 19 2026 08:29:03 fw1 : %ASA-6-302020: Built outbound ICMP connection for \#
            faddr 198.51.100.35/0 gaddr 203.0.113.7/2 laddr 10.1.1.24/2 type 8 code 0
            """#,
            #"""
            "dialect":"cisco-asa","interface":null,"direction":null,"action":"open","rule":null,\#
            "reason":null,"proto":"icmp","src":"10.1.1.24","sport":null,"dst":"198.51.100.35",\#
            "dport":null,"flags":null,"nat":{"src":"203.0.113.7","sport":0,"dst":null,"dport":0}
            """#),
        Sample(
            #"""
            Nov 19 10:21:05 fw2: %FTD-6-106015: Deny TCP (no connection) from 10.12.227.40/389 \#
            to exp-angle/54703 flags RST on interface SH_INFRA
            """#,
            #"""
            "dialect":"cisco-asa","interface":"SH_INFRA","direction":"in","action":"block",\#
            "rule":null,"reason":"no-state","proto":"tcp","src":"10.12.227.40","sport":389,\#
            "dst":"exp-angle","dport":54703,"flags":"R"
            """#),
        Sample(
            #"""
            <113>2026-11-19T08:14:39Z ftd1  %FTD-6-430003: EventPriority: Low, DeviceUUID: \#
            11111111-1111-1111-1111-111111111111, InstanceID: 1, FirstPacketSecond: \#
            2026-11-19T08:13:09Z, ConnectionID: 35867, AccessControlRuleAction: Allow, SrcIP: \#
            10.1.1.24, DstIP: 198.51.100.35, SrcPort: 51568, DstPort: 443, Protocol: tcp, \#
            IngressInterface: inside, EgressInterface: outside, ACPolicy: P1, \#
            AccessControlRuleName: allow web, ConnectionDuration: 90, InitiatorPackets: 12, \#
            ResponderPackets: 10, InitiatorBytes: 1842, ResponderBytes: 11086, NAPPolicy: \#
            Balanced Security and Connectivity, NAT_InitiatorPort: 40123, NAT_ResponderPort: \#
            443, NAT_InitiatorIP: 203.0.113.7, NAT_ResponderIP: 198.51.100.35
            """#,
            #"""
            "dialect":"cisco-asa","interface":"inside","direction":"in","action":"close",\#
            "rule":"allow web","reason":null,"proto":"tcp","src":"10.1.1.24","sport":51568,\#
            "dst":"198.51.100.35","dport":443,"flags":null,"nat":{"src":"203.0.113.7",\#
            "sport":40123,"dst":null,"dport":0},"duration":90.000,"bytes":12928,\#
            "connectionId":35867,"otherInterface":"outside","answered":true
            """#),
        Sample(
            #"""
            <166>Nov 19 2026 10:22:00 fw1 : %ASA-6-106015: Deny TCP (no connection) from \#
            10.1.1.24/515
            """#,
            nil),
        Sample(
            #"""
            <166>Nov 19 2026 10:22:02 fw1 : %ASA-6-106015: Deny TCP (no connection) from \#
            10.1.1.24/99999 to 198.51.100.35/443 flags ACK  on interface inside
            """#,
            nil),
        Sample(
            #"""
            <166>Nov 19 2026 10:22:05 fw1 : %ASA-6-113039: Group <VPN> User <ann> IP \#
            <192.0.2.60> AnyConnect parent session started.
            """#,
            nil),
        Sample(
            #"""
            TCP outside 198.51.100.7:443 inside 10.0.0.5:50000, idle 0:00:05, bytes 1234\#
            , flags UIO
            """#,
            #"""
            "dialect":"cisco-asa","interface":"inside","direction":null,"action":"state"\#
            ,"rule":null,"reason":"state-established","proto":"tcp","src":"10.0.0.5","sp\#
            ort":50000,"dst":"198.51.100.7","dport":443,"flags":null,"reasonText":"UIO",\#
            "bytes":1234,"otherInterface":"outside","answered":true
            """#),
        Sample(
            #"""
            TCP outside 192.0.2.36:36068 dmz 10.0.1.80:25, idle 0:00:01, bytes 0, flag\#
            s SaAB
            """#,
            #"""
            "dialect":"cisco-asa","interface":"outside","direction":null,"action":"state\#
            ","rule":null,"reason":"state-opening","proto":"tcp","src":"192.0.2.36","spo\#
            rt":36068,"dst":"10.0.1.80","dport":25,"flags":null,"reasonText":"SaAB","byt\#
            es":0,"otherInterface":"dmz","answered":false
            """#),
        Sample(
            #"""
            TCP outside 192.0.2.36:36071 dmz 10.0.1.80:25, idle 0:00:29, bytes 2176, fla\#
            gs UfrIOB
            """#,
            #"""
            "dialect":"cisco-asa","interface":"outside","direction":null,"action":"state\#
            ","rule":null,"reason":"state-closing","proto":"tcp","src":"192.0.2.36","spo\#
            rt":36071,"dst":"10.0.1.80","dport":25,"flags":null,"reasonText":"UfrIOB","b\#
            ytes":2176,"otherInterface":"dmz","answered":true
            """#),
        Sample(
            #"""
            TCP outside 198.51.100.7:443 inside 10.0.0.5:50000, idle 0:00:05, bytes 1234\#
            , fla
            """#,
            nil),
        Sample(
            #"""
            TCP established hash table entries: 8192 (order: 4, 65536 bytes)
            """#,
            nil),
    ]
}
