// Lines as CloudGen writes them and the entries they must become; the last ones must be refused.

extension Barracuda {
    static let lines: [Sample] = [
        Sample(
            #"""
            <14>Nov 19 08:15:02 fw1 box_Firewall_Activity: Security fw1 Block: \#
            FWD|TCP|eth0|192.0.2.44|443|00:00:5e:00:53:01|10.0.0.9|50211|||<no-match>|4003|||0|\#
            1|0|0|0|0||||||
            """#,
            #"""
            "dialect":"barracuda","interface":"eth0","direction":"in","action":"block",\#
            "rule":"\u003cno-match\u003e","reason":"match","proto":"tcp","src":"192.0.2.44",\#
            "sport":443,"dst":"10.0.0.9","dport":50211,"flags":null,"duration":0.000,"bytes":0
            """#),
        Sample(
            #"""
            Info     fw1 Allow: \#
            LOUT|UDP|bond0.603|10.0.0.9|61988|00:00:5e:00:53:01|198.51.100.7|53|domain||\#
            LAN-2-INET|0|203.0.113.5|198.51.100.7|0|1|0|0|0|0||||||
            """#,
            #"""
            "dialect":"barracuda","interface":"bond0.603","direction":"in","action":"open",\#
            "rule":"LAN-2-INET","reason":"match","proto":"udp","src":"10.0.0.9","sport":61988,\#
            "dst":"198.51.100.7","dport":53,"flags":null,"nat":{"src":"203.0.113.5",\#
            "sport":61988,"dst":null,"dport":0},"duration":0.000,"bytes":0
            """#),
        Sample(
            #"""
            Info     fw1 Remove: \#
            FWD|TCP|eth1|10.0.0.9|50211|00:00:5e:00:53:01|198.51.100.7|443|https|eth0|\#
            LAN-2-INET|0|203.0.113.5|198.51.100.7|60123|1|5120|88213|40|71||||||
            """#,
            #"""
            "dialect":"barracuda","interface":"eth1","direction":"in","action":"close",\#
            "rule":"LAN-2-INET","reason":null,"proto":"tcp","src":"10.0.0.9","sport":50211,\#
            "dst":"198.51.100.7","dport":443,"flags":null,"nat":{"src":"203.0.113.5",\#
            "sport":50211,"dst":null,"dport":0},"duration":60.123,"bytes":93333,\#
            "otherInterface":"eth0"
            """#),
        Sample(
            #"""
            Security fw1 LocalBlock: \#
            <cumulative>|UDP|eth0|192.0.2.45|0|00:00:00:00:00:00|203.0.113.5|811|||<no-match>|\#
            4003|||0|24|0|0|0|0||||||
            """#,
            #"""
            "dialect":"barracuda","interface":"eth0","direction":"in","action":"block",\#
            "rule":"\u003cno-match\u003e","reason":"match","proto":"udp","src":"192.0.2.45",\#
            "sport":0,"dst":"203.0.113.5","dport":811,"flags":null,"duration":0.000,"bytes":0,\#
            "packets":24
            """#),
        Sample(
            #"""
            2026-11-19T08:15:05+00:00 fw1 fw1/box_Firewall_Activity: Info fw1 Block: \#
            type=FWD|proto=TCP|srcIF=eth1|srcIP=10.0.0.9|srcPort=35119|\#
            srcMAC=00:00:5e:00:53:01|dstIP=198.51.100.8|dstPort=445|dstService=microsoft-ds|\#
            dstIF=eth0|rule=BLOCK-SMB|info=Block by \#
            Rule|srcNAT=10.0.0.9|dstNAT=198.51.100.8|duration=0|count=1|receivedBytes=0|\#
            sentBytes=0|receivedPackets=0|sentPackets=0|user=|protocol=|application=|target=|\#
            content=|urlcat=
            """#,
            #"""
            "dialect":"barracuda","interface":"eth1","direction":"in","action":"block",\#
            "rule":"BLOCK-SMB","reason":"match","proto":"tcp","src":"10.0.0.9","sport":35119,\#
            "dst":"198.51.100.8","dport":445,"flags":null,"reasonText":"Block by Rule",\#
            "duration":0.000,"bytes":0,"otherInterface":"eth0"
            """#),
        Sample(
            #"""
            2026-11-19T08:15:06+00:00 fw1 fw1/box_Firewall_Activity: Notice fw1 Drop: \#
            type=FWD|proto=TCP|srcIF=eth0|srcIP=198.51.100.7|srcPort=443|\#
            srcMAC=00:00:5e:00:53:02|dstIP=203.0.113.5|dstPort=50212|dstService=|dstIF=|rule=|\#
            info=TCP Packet Belongs to no Active \#
            Session|srcNAT=0.0.0.0|dstNAT=0.0.0.0|duration=0|count=1|receivedBytes=0|\#
            sentBytes=0|receivedPackets=0|sentPackets=0|user=
            """#,
            #"""
            "dialect":"barracuda","interface":"eth0","direction":"in","action":"block",\#
            "rule":null,"reason":"no-state","proto":"tcp","src":"198.51.100.7","sport":443,\#
            "dst":"203.0.113.5","dport":50212,"flags":null,\#
            "reasonText":"TCP Packet Belongs to no Active Session","duration":0.000,"bytes":0
            """#),
        Sample(
            #"""
            2026-11-19T08:16:06+00:00 fw1 fw1/box_Firewall_Activity: Info fw1 Remove: \#
            type=FWD|proto=TCP|srcIF=eth1|srcIP=10.0.0.9|srcPort=50213|\#
            srcMAC=00:00:5e:00:53:01|dstIP=198.51.100.7|dstPort=443|dstService=https|\#
            dstIF=eth0|rule=LAN-2-INET|info=Session Idle \#
            Timeout|srcNAT=203.0.113.5|dstNAT=198.51.100.7|duration=3600500|count=1|\#
            receivedBytes=100|sentBytes=200|receivedPackets=1|sentPackets=2|user=
            """#,
            #"""
            "dialect":"barracuda","interface":"eth1","direction":"in","action":"close",\#
            "rule":"LAN-2-INET","reason":"closed-idle","proto":"tcp","src":"10.0.0.9",\#
            "sport":50213,"dst":"198.51.100.7","dport":443,"flags":null,\#
            "nat":{"src":"203.0.113.5","sport":50213,"dst":null,"dport":0},\#
            "reasonText":"Session Idle Timeout","duration":3600.500,"bytes":300,\#
            "otherInterface":"eth0"
            """#),
        Sample(
            #"""
            2026-11-19T08:16:07+00:00 fw1 fw1/box_Firewall_Activity: Info fw1 Remove: \#
            type=FWD|proto=TCP|srcIF=eth1|srcIP=10.0.0.9|srcPort=50214|\#
            srcMAC=00:00:5e:00:53:01|dstIP=198.51.100.7|dstPort=443|dstService=https|\#
            dstIF=eth0|rule=LAN-2-INET|info=Normal \#
            Operation|srcNAT=203.0.113.5|dstNAT=198.51.100.7|duration=410|count=1|\#
            receivedBytes=100|sentBytes=200|receivedPackets=1|sentPackets=2|user=
            """#,
            #"""
            "dialect":"barracuda","interface":"eth1","direction":"in","action":"close",\#
            "rule":"LAN-2-INET","reason":"closed-fins","proto":"tcp","src":"10.0.0.9",\#
            "sport":50214,"dst":"198.51.100.7","dport":443,"flags":null,\#
            "nat":{"src":"203.0.113.5","sport":50214,"dst":null,"dport":0},\#
            "reasonText":"Normal Operation","duration":0.410,"bytes":300,\#
            "otherInterface":"eth0"
            """#),
        Sample(
            #"""
            <14>Nov 19 08:15:09 fw1 box_Firewall_Activity: Info fw1 Fail: \#
            FWD|TCP|eth1|10.0.0.9|50215|00:00:5e:00:53:01|198.51.100.9|8443||eth0|LAN-2-INET|\#
            3001|203.0.113.5|198.51.100.9|0|1|0|120|0|2||||||
            """#,
            #"""
            "dialect":"barracuda","interface":"eth1","direction":"in","action":"close",\#
            "rule":"LAN-2-INET","reason":"closed-handshake","proto":"tcp","src":"10.0.0.9",\#
            "sport":50215,"dst":"198.51.100.9","dport":8443,"flags":null,\#
            "nat":{"src":"203.0.113.5","sport":50215,"dst":null,"dport":0},"duration":0.000,\#
            "bytes":120,"otherInterface":"eth0"
            """#),
        Sample(
            #"""
            <14>Nov 19 08:15:10 fw1 box_Firewall_Activity: Security fw1 LocalDrop: \#
            LIN|ICMP|eth0|192.0.2.44|0|00:00:5e:00:53:01|203.0.113.5|8|||<no-match>|4003|||0|1|\#
            0|0|0|0||||||
            """#,
            #"""
            "dialect":"barracuda","interface":"eth0","direction":"in","action":"block",\#
            "rule":"\u003cno-match\u003e","reason":"match","proto":"icmp","src":"192.0.2.44",\#
            "sport":null,"dst":"203.0.113.5","dport":null,"flags":null,"duration":0.000,\#
            "bytes":0
            """#),
        Sample(
            #"""
            <14>Nov 19 08:15:11 fw1 box_Firewall_Activity: Info fw1 LocalAllow: \#
            LIN|TCP|eth1|10.0.0.9|50216|00:00:5e:00:53:01|10.0.0.1|807|||OP-SRV-MGMT|0|\#
            10.0.0.9|10.0.0.1|0|1|0|0|0|0||||||
            """#,
            #"""
            "dialect":"barracuda","interface":"eth1","direction":"in","action":"open",\#
            "rule":"OP-SRV-MGMT","reason":"match","proto":"tcp","src":"10.0.0.9","sport":50216,\#
            "dst":"10.0.0.1","dport":807,"flags":null,"duration":0.000,"bytes":0
            """#),
        Sample(
            #"""
            <14>Nov 19 08:15:12 fw1 box_Firewall_Activity: Info fw1 Allow: \#
            FWD|TCP|eth1|2001:db8:1::9|50217|00:00:5e:00:53:01|2001:db8:9::7|443|https|eth0|\#
            LAN-2-INET|0|2001:db8:1::9|2001:db8:9::7|0|1|0|0|0|0||||||
            """#,
            #"""
            "dialect":"barracuda","interface":"eth1","direction":"in","action":"open",\#
            "rule":"LAN-2-INET","reason":"match","proto":"tcp","src":"2001:db8:1::9",\#
            "sport":50217,"dst":"2001:db8:9::7","dport":443,"flags":null,"duration":0.000,\#
            "bytes":0,"otherInterface":"eth0"
            """#),
        Sample(
            #"""
            <14>Nov 19 08:15:13 fw1 box_Firewall_Activity: Info fw1 Detect: \#
            FWD|TCP|eth1|10.0.0.9|50217|00:00:5e:00:53:01|198.51.100.7|443|https|eth0|\#
            LAN-2-INET|0|10.0.0.9|198.51.100.7|0|1|0|0|0|0||HTTPS||||
            """#,
            nil),
        Sample(
            #"""
            <14>Nov 19 08:15:14 fw1 box_Firewall_threat: Warning  fw1 firewall: [Request] \#
            Allow:   IPS ALLIP(0) 192.0.2.44 -> 203.0.113.5:0 |[ID: 5000002 TCPIP Port or IP \#
            Address Scan]||3|Probing
            """#,
            nil),
        Sample(
            #"""
            <14>Nov 19 08:15:15 fw1 box_Firewall_Activity: Security fw1 Block: \#
            FWD|TCP|eth0|192.0.2.44|443|00:00:5e
            """#,
            nil),
    ]
}
