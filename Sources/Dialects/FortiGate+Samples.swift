// Lines as FortiOS writes them and the entries they must become; the last ones must be refused.

extension FortiGate {
    static let lines: [Sample] = [
        Sample(
            #"""
            <189>date=2026-11-19 time=08:10:03 devname="fw-1" devid="FG100D0000000001" \#
            eventtime=1795075803028577926 tz="+0000" logid="0000000013" type="traffic" \#
            subtype="forward" level="notice" vd="root" srcip=10.1.1.5 srcport=62979 \#
            srcintf="LAN of 2023" srcintfrole="lan" dstip=198.51.100.7 dstport=443 \#
            dstintf="wan1" dstintfrole="wan" sessionid=538959618 proto=6 action="server-rst" \#
            policyid=41 policytype="policy" service="HTTPS" trandisp="snat" \#
            transip=203.0.113.2 transport=62979 duration=305 sentbyte=3001 rcvdbyte=9120 \#
            sentpkt=21 rcvdpkt=19
            """#,
            #"""
            "dialect":"fortigate","interface":"LAN of 2023","direction":"in","action":"close",\#
            "rule":"41","reason":"closed-reset","proto":"tcp","src":"10.1.1.5","sport":62979,\#
            "dst":"198.51.100.7","dport":443,"flags":null,"nat":{"src":"203.0.113.2",\#
            "sport":62979,"dst":null,"dport":0},"duration":305.000,"bytes":12121,\#
            "connectionId":538959618,"otherInterface":"wan1"
            """#),
        Sample(
            #"""
            <189>date=2026-11-19 time=10:15:10 devname="fw-1" devid="FG100D0000000001" \#
            eventtime=1795076110028577926 tz="+0200" logid="0000000007" type="traffic" \#
            subtype="forward" level="warning" vd="root" srcip=198.51.100.7 srcport=443 \#
            srcintf="wan1" dstip=203.0.113.2 dstport=62979 dstintf="unknown0" sessionid=0 \#
            proto=6 action="deny" policyid=0 service="tcp/62979" trandisp="noop" duration=0 \#
            sentbyte=0 rcvdbyte=0 sentpkt=0 msg="no session matched"
            """#,
            #"""
            "dialect":"fortigate","interface":"wan1","direction":"in","action":"block",\#
            "rule":"0","reason":"no-state","proto":"tcp","src":"198.51.100.7","sport":443,\#
            "dst":"203.0.113.2","dport":62979,"flags":null,"reasonText":"no session matched",\#
            "duration":0.000,"bytes":0,"otherInterface":"unknown0"
            """#),
        Sample(
            #"""
            <189>date=2026-11-19 time=08:15:12 devname="fw-1" devid="FG100D0000000001" \#
            tz="+0000" logid="0000000013" type="traffic" subtype="forward" level="warning" \#
            vd="root" srcip=192.0.2.44 srcport=50100 srcintf="wan1" dstip=203.0.113.5 \#
            dstport=445 dstintf="dmz" sessionid=77102 proto=6 action="deny" policyid=0 \#
            policytype="policy" service="SMB" trandisp="noop" duration=0 sentbyte=0 rcvdbyte=0 \#
            sentpkt=0 msg="Denied by forward policy check (policy 0)"
            """#,
            #"""
            "dialect":"fortigate","interface":"wan1","direction":"in","action":"block",\#
            "rule":"0","reason":"match","proto":"tcp","src":"192.0.2.44","sport":50100,\#
            "dst":"203.0.113.5","dport":445,"flags":null,\#
            "reasonText":"Denied by forward policy check (policy 0)","duration":0.000,\#
            "bytes":0,"connectionId":77102,"otherInterface":"dmz"
            """#),
        Sample(
            #"""
            <189>date=2026-11-19 time=08:15:13 devname="fw-1" devid="FG100D0000000001" \#
            tz="+0000" logid="0001000014" type="traffic" subtype="local" level="notice" \#
            vd="root" srcip=192.0.2.44 srcport=5353 srcintf="wan1" dstip=203.0.113.2 \#
            dstport=161 dstintf="root" sessionid=77110 proto=17 action="deny" policyid=0 \#
            policytype="local-in-policy" service="SNMP" trandisp="noop" sentbyte=0 rcvdbyte=0
            """#,
            #"""
            "dialect":"fortigate","interface":"wan1","direction":"in","action":"block",\#
            "rule":"0","reason":"match","proto":"udp","src":"192.0.2.44","sport":5353,\#
            "dst":"203.0.113.2","dport":161,"flags":null,"bytes":0,"connectionId":77110,\#
            "otherInterface":"root"
            """#),
        Sample(
            #"""
            <189>date=2026-11-19 time=08:15:20 devname="fw-1" devid="FG100D0000000001" \#
            tz="+0000" logid="0000000015" type="traffic" subtype="forward" level="notice" \#
            vd="root" srcip=10.1.1.5 srcport=62990 srcintf="lan" dstip=198.51.100.7 \#
            dstport=443 dstintf="wan1" sessionid=538959700 proto=6 action="start" policyid=41 \#
            service="HTTPS" trandisp="snat" transip=203.0.113.2 transport=62990 duration=0 \#
            sentbyte=0 rcvdbyte=0
            """#,
            #"""
            "dialect":"fortigate","interface":"lan","direction":"in","action":"open",\#
            "rule":"41","reason":"match","proto":"tcp","src":"10.1.1.5","sport":62990,\#
            "dst":"198.51.100.7","dport":443,"flags":null,"nat":{"src":"203.0.113.2",\#
            "sport":62990,"dst":null,"dport":0},"duration":0.000,"bytes":0,\#
            "connectionId":538959700,"otherInterface":"wan1"
            """#),
        Sample(
            #"""
            <189>date=2026-11-19 time=08:17:20 devname="fw-1" devid="FG100D0000000001" \#
            tz="+0000" logid="0000000020" type="traffic" subtype="forward" level="notice" \#
            vd="root" srcip=10.1.1.5 srcport=62990 srcintf="lan" dstip=198.51.100.7 \#
            dstport=443 dstintf="wan1" sessionid=538959700 proto=6 action="accept" policyid=41 \#
            service="HTTPS" trandisp="snat" transip=203.0.113.2 transport=62990 duration=120 \#
            sentbyte=1200 rcvdbyte=800 sentdelta=1200 rcvddelta=800
            """#,
            #"""
            "dialect":"fortigate","interface":"lan","direction":"in","action":"update",\#
            "rule":"41","reason":null,"proto":"tcp","src":"10.1.1.5","sport":62990,\#
            "dst":"198.51.100.7","dport":443,"flags":null,"nat":{"src":"203.0.113.2",\#
            "sport":62990,"dst":null,"dport":0},"duration":120.000,"bytes":2000,\#
            "connectionId":538959700,"otherInterface":"wan1"
            """#),
        Sample(
            #"""
            <189>date=2026-11-19 time=09:17:21 devname="fw-1" devid="FG100D0000000001" \#
            tz="+0000" logid="0000000013" type="traffic" subtype="forward" level="notice" \#
            vd="root" srcip=10.1.1.5 srcport=62990 srcintf="lan" dstip=198.51.100.7 \#
            dstport=443 dstintf="wan1" sessionid=538959700 proto=6 action="timeout" \#
            policyid=41 service="HTTPS" trandisp="snat" transip=203.0.113.2 transport=62990 \#
            duration=3721 sentbyte=1200 rcvdbyte=800
            """#,
            #"""
            "dialect":"fortigate","interface":"lan","direction":"in","action":"close",\#
            "rule":"41","reason":"closed-idle","proto":"tcp","src":"10.1.1.5","sport":62990,\#
            "dst":"198.51.100.7","dport":443,"flags":null,"nat":{"src":"203.0.113.2",\#
            "sport":62990,"dst":null,"dport":0},"duration":3721.000,"bytes":2000,\#
            "connectionId":538959700,"otherInterface":"wan1"
            """#),
        Sample(
            #"""
            <189>date=2026-11-19 time=08:20:00 devname="fw-1" devid="FG100D0000000001" \#
            tz="+0000" logid="0000000013" type="traffic" subtype="forward" level="notice" \#
            vd="root" srcip=10.1.1.6 srcport=50001 srcintf="lan" dstip=198.51.100.8 \#
            dstport=8443 dstintf="wan1" sessionid=538959701 proto=6 action="ip-conn" \#
            policyid=41 service="tcp/8443" duration=12 sentbyte=156 rcvdbyte=0
            """#,
            #"""
            "dialect":"fortigate","interface":"lan","direction":"in","action":"close",\#
            "rule":"41","reason":"closed-handshake","proto":"tcp","src":"10.1.1.6",\#
            "sport":50001,"dst":"198.51.100.8","dport":8443,"flags":null,"duration":12.000,\#
            "bytes":156,"connectionId":538959701,"otherInterface":"wan1"
            """#),
        Sample(
            #"""
            <189>date=2026-11-19 time=08:20:01 devname="fw-1" devid="FG100D0000000001" \#
            tz="+0000" logid="0000000013" type="traffic" subtype="forward" level="notice" \#
            vd="root" srcip=10.1.1.6 srcintf="lan" dstip=198.51.100.8 dstintf="wan1" \#
            sessionid=538959702 proto=1 action="accept" policyid=41 service="PING" duration=61 \#
            sentbyte=84 rcvdbyte=84 identifier=4
            """#,
            #"""
            "dialect":"fortigate","interface":"lan","direction":"in","action":"close",\#
            "rule":"41","reason":null,"proto":"icmp","src":"10.1.1.6","sport":null,\#
            "dst":"198.51.100.8","dport":null,"flags":null,"duration":61.000,"bytes":168,\#
            "connectionId":538959702,"otherInterface":"wan1"
            """#),
        Sample(
            #"""
            <189>date=2026-11-19 time=08:20:02 devname="fw-1" devid="FG100D0000000001" \#
            tz="+0000" logid="0000000013" type="traffic" subtype="forward" level="notice" \#
            vd="root" srcip=2001:db8:1::5 srcport=50002 srcintf="lan" dstip=2001:db8:9::7 \#
            dstport=443 dstintf="wan1" sessionid=538959703 proto=6 action="close" policyid=42 \#
            policytype="policy6" service="HTTPS" duration=9 sentbyte=900 rcvdbyte=9000
            """#,
            #"""
            "dialect":"fortigate","interface":"lan","direction":"in","action":"close",\#
            "rule":"42","reason":"closed-fins","proto":"tcp","src":"2001:db8:1::5",\#
            "sport":50002,"dst":"2001:db8:9::7","dport":443,"flags":null,"duration":9.000,\#
            "bytes":9900,"connectionId":538959703,"otherInterface":"wan1"
            """#),
        Sample(
            #"""
            date=2026-11-19,time=08:21:36,logid="0000000013",type="traffic",subtype="forward",\#
            level="notice",vd="vdom1",eventtime=1795076496,srcip=10.1.1.5,srcport=54190,\#
            srcintf="port12",dstip=198.51.100.9,dstport=443,dstintf="port11",sessionid=402,\#
            proto=6,action="client-rst",policyid=1,policytype="policy",service="HTTPS",\#
            dstcountry="United States, Minor \#
            Islands",trandisp="snat",transip=203.0.113.2,transport=54190,duration=2,\#
            sentbyte=1850,rcvdbyte=39898
            """#,
            #"""
            "dialect":"fortigate","interface":"port12","direction":"in","action":"close",\#
            "rule":"1","reason":"closed-reset","proto":"tcp","src":"10.1.1.5","sport":54190,\#
            "dst":"198.51.100.9","dport":443,"flags":null,"nat":{"src":"203.0.113.2",\#
            "sport":54190,"dst":null,"dport":0},"duration":2.000,"bytes":41748,\#
            "connectionId":402,"otherInterface":"port11"
            """#),
        Sample(
            #"""
            Nov 19 08:21:40 fw-1 CEF:0|Fortinet|Fortigate|v7.0.4|00013|traffic:forward \#
            close|3|deviceExternalId=FG100D0000000001 FTNTFGTlogid=0000000013 \#
            cat=traffic:forward FTNTFGTsubtype=forward FTNTFGTlevel=notice FTNTFGTvd=root \#
            FTNTFGTeventtime=1795076499 src=10.1.1.5 spt=54191 deviceInboundInterface=port 12 \#
            dst=198.51.100.9 dpt=443 deviceOutboundInterface=port11 externalId=403 proto=6 \#
            act=close FTNTFGTpolicyid=1 FTNTFGTpolicytype=policy app=HTTPS \#
            FTNTFGTtrandisp=snat sourceTranslatedAddress=203.0.113.2 \#
            sourceTranslatedPort=54191 FTNTFGTduration=2 out=1850 in=39898
            """#,
            #"""
            "dialect":"fortigate","interface":"port 12","direction":"in","action":"close",\#
            "rule":"1","reason":"closed-fins","proto":"tcp","src":"10.1.1.5","sport":54191,\#
            "dst":"198.51.100.9","dport":443,"flags":null,"nat":{"src":"203.0.113.2",\#
            "sport":54191,"dst":null,"dport":0},"duration":2.000,"bytes":41748,\#
            "connectionId":403,"otherInterface":"port11"
            """#),
        Sample(
            #"""
            0|Fortinet|Fortigate|v6.0.4|00007|traffic:forward deny|4|FTNTFGTlogid=0000000007 \#
            cat=traffic:forward FTNTFGTsubtype=forward FTNTFGTeventtime=1795076500 \#
            src=198.51.100.9 spt=443 deviceInboundInterface=port11 dst=203.0.113.2 dpt=54191 \#
            deviceOutboundInterface=unknown0 externalId=0 proto=6 act=deny FTNTFGTpolicyid=0 \#
            msg=no session matched
            """#,
            #"""
            "dialect":"fortigate","interface":"port11","direction":"in","action":"block",\#
            "rule":"0","reason":"no-state","proto":"tcp","src":"198.51.100.9","sport":443,\#
            "dst":"203.0.113.2","dport":54191,"flags":null,"reasonText":"no session matched",\#
            "otherInterface":"unknown0"
            """#),
        Sample(
            #"""
            date=2013-05-01 time=10: 20:30 devname=FG1 device_id=FG3K6A0000000000 \#
            log_id=0038000007 type=traffic subtype=other pri=warning vd=root src=192.0.2.7 \#
            src_port=443 src_int="wan1" dst=198.51.100.9 dst_port=14672 dst_int=unknown-0 SN=0 \#
            status=deny policyid=0 service=14672/tcp duration=10 sent=0 rcvd=0 msg="no session \#
            matched"
            """#,
            #"""
            "dialect":"fortigate","interface":"wan1","direction":"in","action":"block",\#
            "rule":"0","reason":"no-state","proto":"tcp","src":"192.0.2.7","sport":443,\#
            "dst":"198.51.100.9","dport":14672,"flags":null,"reasonText":"no session matched",\#
            "duration":10.000,"bytes":0,"otherInterface":"unknown-0"
            """#),
        Sample(
            #"""
            date=2013-05-01 time=10:20:31 devname=FG1 device_id=FG3K6A0000000000 \#
            log_id=0021000002 type=traffic subtype=allowed pri=notice vd=root src=10.1.1.9 \#
            src_port=4010 src_int="internal" dst=198.51.100.9 dst_port=80 dst_int="wan1" \#
            SN=99811 status=accept policyid=12 service=HTTP proto=6 duration=75 sent=1210 \#
            rcvd=5110 tran_ip=0.0.0.0 tran_port=0
            """#,
            #"""
            "dialect":"fortigate","interface":"internal","direction":"in","action":"close",\#
            "rule":"12","reason":null,"proto":"tcp","src":"10.1.1.9","sport":4010,\#
            "dst":"198.51.100.9","dport":80,"flags":null,"duration":75.000,"bytes":6320,\#
            "connectionId":99811,"otherInterface":"wan1"
            """#),
        Sample(
            #"""
            timestamp=1795076510 tz="UTC+0" devname="fw-1" devid="FG100D0000000001" vd="root" \#
            date=2026-11-19 time=08:21:50 logid="0000000013" type="traffic" subtype="forward" \#
            srcip=10.1.1.5 srcport=54192 srcintf="lan" dstip=198.51.100.9 dstport=443 \#
            dstintf="wan1" proto=6 action="deny" policyid=7 service="HTTPS"
            """#,
            #"""
            "dialect":"fortigate","interface":"lan","direction":"in","action":"block",\#
            "rule":"7","reason":"match","proto":"tcp","src":"10.1.1.5","sport":54192,\#
            "dst":"198.51.100.9","dport":443,"flags":null,"otherInterface":"wan1"
            """#),
        Sample(
            #"""
            date=2026-11-19 time=08:22:00 devname="fw-1" devid="FG100D0000000001" \#
            logid="0100032001" type="event" subtype="system" level="information" \#
            action="login" status="success" srcip=10.1.1.5 dstip=10.1.1.1
            """#,
            nil),
        Sample(
            #"""
            date=2026-11-19 time=08:22:01 devname="fw-1" devid="FG100D0000000001" \#
            logid="0419016384" type="utm" subtype="ips" action="dropped" srcip=192.0.2.44 \#
            dstip=203.0.113.5 srcport=50101 dstport=80 proto=6
            """#,
            nil),
        Sample(
            #"""
            date=2026-11-19 time=08:22:02 devname="fw-1" devid="FG100D0000000001" \#
            logid="0000000013" type="traffic" subtype="forward" srcip=10.1.1.5 srcport=54193 \#
            srcintf="lan" dst
            """#,
            nil),
    ]
}
