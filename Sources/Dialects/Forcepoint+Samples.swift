// Lines as Forcepoint writes them and the entries they must become; the last ones must be refused.

extension Forcepoint {
    static let lines: [Sample] = [
        Sample(
            #"""
            <6>Nov 19 08:15:02 192.0.2.143 \#
            CEF:0|FORCEPOINT|Firewall|6.10.6|70019|Connection_Discarded|0|deviceExternalId=NGFW1\#
             node 1 dvchost=192.0.2.143 dvc=192.0.2.143 src=198.51.100.6 dst=10.0.0.142 spt=443 \#
            dpt=59358 proto=6 deviceInboundInterface=1 act=Discard msg=Not a Valid SYN Packet \#
            [FA] deviceFacility=Packet Filtering rt=Nov 19 2026 08:15:02
            """#,
            #"""
            "dialect":"forcepoint","interface":"1","direction":"in","action":"block",\#
            "rule":null,"reason":"no-state","proto":"tcp","src":"198.51.100.6","sport":443,\#
            "dst":"10.0.0.142","dport":59358,"flags":"FA","reasonText":"Not a Valid SYN Packet \#
            [FA]"
            """#),
        Sample(
            #"""
            <6>Nov 19 08:14:51 192.0.2.143 \#
            CEF:0|FORCEPOINT|Firewall|6.10.6|70018|Connection_Allowed|0|deviceExternalId=NGFW1 \#
            node 1 dvchost=192.0.2.143 dvc=192.0.2.143 src=10.0.0.142 dst=198.51.100.6 \#
            spt=59358 dpt=443 proto=6 deviceInboundInterface=0 deviceOutboundInterface=1 \#
            act=Allow sourceTranslatedAddress=203.0.113.2 \#
            destinationTranslatedAddress=198.51.100.6 sourceTranslatedPort=27237 \#
            destinationTranslatedPort=443 deviceFacility=Packet Filtering rt=Nov 19 2026 \#
            08:14:51 app=HTTPS cs1Label=RuleID cs1=2100123.2 cs2Label=NatRuleId cs2=2099555.1
            """#,
            #"""
            "dialect":"forcepoint","interface":"0","direction":"in","action":"open",\#
            "rule":"2100123.2","reason":"match","proto":"tcp","src":"10.0.0.142","sport":59358,\#
            "dst":"198.51.100.6","dport":443,"flags":null,"nat":{"src":"203.0.113.2",\#
            "sport":27237,"dst":null,"dport":0},"otherInterface":"1"
            """#),
        Sample(
            #"""
            <6>Nov 19 08:15:00 192.0.2.143 \#
            CEF:0|FORCEPOINT|Firewall|6.10.6|70021|Connection_Closed|0|deviceExternalId=NGFW1 \#
            node 1 dvchost=192.0.2.143 dvc=192.0.2.143 src=10.0.0.142 dst=198.51.100.6 \#
            spt=59358 dpt=443 proto=6 deviceInboundInterface=0 deviceOutboundInterface=1 \#
            act=Allow in=11086 out=1842 deviceFacility=Packet Filtering rt=Nov 19 2026 08:15:00 \#
            cs1Label=RuleID cs1=2100123.2
            """#,
            #"""
            "dialect":"forcepoint","interface":"0","direction":"in","action":"close",\#
            "rule":"2100123.2","reason":null,"proto":"tcp","src":"10.0.0.142","sport":59358,\#
            "dst":"198.51.100.6","dport":443,"flags":null,"bytes":12928,"otherInterface":"1"
            """#),
        Sample(
            #"""
            <6>Nov 19 08:15:07 192.0.2.143 \#
            CEF:0|FORCEPOINT|Firewall|6.10.6|70019|Connection_Discarded|0|deviceExternalId=NGFW1\#
             node 2 dvchost=192.0.2.144 dvc=192.0.2.144 src=10.0.0.150 dst=198.51.100.7 \#
            spt=50114 dpt=443 proto=6 deviceInboundInterface=0 act=Discard msg=Not a Valid SYN \#
            Packet [SEC] deviceFacility=Packet Filtering rt=Nov 19 2026 08:15:07 \#
            cs1Label=RuleID cs1=2100125.2
            """#,
            #"""
            "dialect":"forcepoint","interface":"0","direction":"in","action":"block",\#
            "rule":"2100125.2","reason":null,"proto":"tcp","src":"10.0.0.150","sport":50114,\#
            "dst":"198.51.100.7","dport":443,"flags":"SEC","reasonText":"Not a Valid SYN Packet \#
            [SEC]"
            """#),
        Sample(
            #"""
            <6>Nov 19 08:15:08 192.0.2.143 \#
            CEF:0|FORCEPOINT|Firewall|6.10.6|70019|Connection_Discarded|0|deviceExternalId=NGFW1\#
             node 1 dvchost=192.0.2.143 dvc=192.0.2.143 src=198.51.100.80 dst=203.0.113.2 \#
            spt=40000 dpt=22 proto=6 deviceInboundInterface=1 act=Discard deviceFacility=Packet \#
            Filtering rt=Nov 19 2026 08:15:08 cs1Label=RuleID cs1=2099999.2
            """#,
            #"""
            "dialect":"forcepoint","interface":"1","direction":"in","action":"block",\#
            "rule":"2099999.2","reason":"match","proto":"tcp","src":"198.51.100.80",\#
            "sport":40000,"dst":"203.0.113.2","dport":22,"flags":null
            """#),
        Sample(
            #"""
            <6>Nov 19 08:15:10 192.0.2.143 \#
            CEF:0|FORCEPOINT|Firewall|6.10.6|70019|Connection_Discarded|0|deviceExternalId=NGFW1\#
             node 1 dvchost=192.0.2.143 dvc=192.0.2.143 src=10.0.0.4 dst=10.x.x.255 spt=138 \#
            dpt=138 proto=17 deviceInboundInterface=1 act=Discard msg=spoofed packet \#
            deviceFacility=Packet Filtering rt=Nov 19 2026 08:15:10
            """#,
            #"""
            "dialect":"forcepoint","interface":"1","direction":"in","action":"block",\#
            "rule":null,"reason":"anti-spoofing","proto":"udp","src":"10.0.0.4","sport":138,\#
            "dst":"10.x.x.255","dport":138,"flags":null,"reasonText":"spoofed packet"
            """#),
        Sample(
            #"""
            <6>Nov 19 08:15:12 192.0.2.143 \#
            CEF:0|FORCEPOINT|Firewall|6.10.6|70613|TCP_Segment-Invalid|0|deviceExternalId=NGFW1 \#
            node 1 dvchost=192.0.2.143 dvc=192.0.2.143 src=198.51.100.6 dst=10.0.0.142 spt=443 \#
            dpt=59361 proto=6 deviceInboundInterface=1 act=Terminate deviceFacility=Inspection \#
            rt=Nov 19 2026 08:15:12
            """#,
            #"""
            "dialect":"forcepoint","interface":"1","direction":"in","action":"block",\#
            "rule":null,"reason":"state-mismatch","proto":"tcp","src":"198.51.100.6",\#
            "sport":443,"dst":"10.0.0.142","dport":59361,"flags":null
            """#),
        Sample(
            #"""
            <6>Nov 19 08:15:12 192.0.2.143 \#
            CEF:0|FORCEPOINT|Firewall|6.10.6|70613|TCP_Segment-Invalid|0|deviceExternalId=NGFW1 \#
            node 1 dvchost=192.0.2.143 dvc=192.0.2.143 src=198.51.100.6 dst=10.0.0.142 spt=443 \#
            dpt=59361 proto=6 deviceInboundInterface=1 act=Discard msg=TCP segment out of window \#
            [A] deviceFacility=Packet Filtering rt=Nov 19 2026 08:15:12 cs1Label=RuleID cs1=2100123.2
            """#,
            #"""
            "dialect":"forcepoint","interface":"1","direction":"in","action":"block",\#
            "rule":"2100123.2","reason":"state-mismatch","proto":"tcp","src":"198.51.100.6",\#
            "sport":443,"dst":"10.0.0.142","dport":59361,"flags":"A","reasonText":"TCP segment \#
            out of window [A]"
            """#),
        Sample(
            #"""
            <6>Nov 19 08:15:13 192.0.2.143 \#
            CEF:0|FORCEPOINT|Firewall|6.10.6|70019|Connection_Discarded|0|deviceExternalId=NGFW1\#
             node 1 dvchost=192.0.2.143 dvc=192.0.2.143 src=198.51.100.100 dst=10.0.0.142 proto=6 \#
            deviceInboundInterface=1 act=Discard deviceFacility=Packet Filtering rt=Nov 19 2026 \#
            08:15:13 cs1Label=RuleID cs1=2100123.2
            """#,
            #"""
            "dialect":"forcepoint","interface":"1","direction":"in","action":"block",\#
            "rule":"2100123.2","reason":"match","proto":"tcp","src":"198.51.100.100",\#
            "sport":null,"dst":"10.0.0.142","dport":null,"flags":null,"fragment":true
            """#),
        Sample(
            #"""
            <6>Nov 19 08:20:41 smc1 LEEF:1.0|Forcepoint|Firewall|7.1.5|Connection_Closed|devTime\#
            Format=MMM dd yyyy HH:mm:ss\#tsrc=10.0.0.160\#tdst=198.51.100.6\#tsrcPort=51001\#tds\#
            tPort=443\#tproto=6\#tdevTime=Nov 19 2026 08:20:41\#tsender=HOST_02 node \#
            1\#taction=Allow\#tACC_ELAPSED=30\#tACC_TX_BYTES=1200\#tACC_RX_BYTES=34000
            """#,
            #"""
            "dialect":"forcepoint","interface":null,"direction":null,"action":"close",\#
            "rule":null,"reason":null,"proto":"tcp","src":"10.0.0.160","sport":51001,\#
            "dst":"198.51.100.6","dport":443,"flags":null,"duration":30.000,"bytes":35200
            """#),
        Sample(
            #"""
            <6>Nov 19 08:20:42 smc1 LEEF:1.0|Forcepoint|Firewall|7.1.5|Connection_Discarded|devT\#
            imeFormat=MMM dd yyyy HH:mm:ss\#tsrc=198.51.100.6\#tdst=10.0.0.160\#tsrcPort=443\#td\#
            stPort=51001\#tproto=6\#tdevTime=Nov 19 2026 08:20:42\#tsender=HOST_02 node \#
            1\#taction=Discard\#tmsg=Not a Valid SYN Packet [FA], note\=late\#tRULE_ID=2100123.2
            """#,
            #"""
            "dialect":"forcepoint","interface":null,"direction":null,"action":"block",\#
            "rule":"2100123.2","reason":"no-state","proto":"tcp","src":"198.51.100.6",\#
            "sport":443,"dst":"10.0.0.160","dport":51001,"flags":"FA","reasonText":"Not a Valid \#
            SYN Packet [FA], note\\=late"
            """#),
        Sample(
            #"""
            <6>Nov 19 08:15:19 192.0.2.143 \#
            CEF:0|FORCEPOINT|Firewall|6.10.6|70019|Connection_Discarded|0|deviceExternalId=NGFW1\#
             node 1 dvchost=192.0.2.143 dvc=192.0.2.143 src=198.51.100.9 dst=10.0.0.142 proto=1 \#
            deviceInboundInterface=1 act=Discard deviceFacility=Packet Filtering rt=Nov 19 2026 \#
            08:15:19 requestURL=http://example.net/?a\=b cs1Label=RuleID cs1=2099999.2
            """#,
            #"""
            "dialect":"forcepoint","interface":"1","direction":"in","action":"block",\#
            "rule":"2099999.2","reason":"match","proto":"icmp","src":"198.51.100.9",\#
            "sport":null,"dst":"10.0.0.142","dport":null,"flags":null
            """#),
        Sample(
            #"""
            <6>Nov 19 08:30:00 192.0.2.143 \#
            CEF:0|FORCEPOINT|Firewall|6.10.6|70019|Connection_Discarded|0|deviceExternalId=NGFW1\#
             node 1 dvchost=192.0.2.143 dvc=192.0.2.143 src=198.51.100.6 dst=10.0.0.142 spt=443 \#
            dpt=593
            """#,
            nil),
        Sample(
            #"""
            <6>Nov 19 08:30:02 192.0.2.143 CEF:0|FORCEPOINT|Email \#
            Security|8.5.3|Message|Message|5|act=block src=192.0.2.9 dst=10.0.0.8
            """#,
            nil),
        Sample(
            #"""
            <6>Nov 19 08:15:14 192.0.2.143 \#
            CEF:0|FORCEPOINT|Firewall|6.10.6|71257|TCP_Segment-SYN-No-Options|0|deviceExternalId\#
            =NGFW1 node 1 dvchost=192.0.2.143 dvc=192.0.2.143 src=198.51.100.6 dst=10.0.0.142 \#
            spt=443 dpt=59363 proto=6 act=Permit deviceFacility=Inspection rt=Nov 19 2026 \#
            08:15:14
            """#,
            nil),
    ]
}
