// Lines as SonicOS writes them and the entries they must become; the last ones must be refused.

extension SonicWall {
    static let lines: [Sample] = [
        Sample(
            #"""
            <134>  id=firewall sn=0000A0AAAA00 time="2026-11-19 08:15:02 UTC" fw=203.0.113.5 \#
            pri=6 c=262144 gcat=6 m=98 msg="Connection Opened" srcMac=00:00:5e:00:53:01 \#
            src=10.0.0.9:50211:X0 srcZone=Trusted natSrc=203.0.113.5:48245 \#
            dstMac=00:00:5e:00:53:02 dst=198.51.100.7:443:X1 dstZone=Untrusted \#
            natDst=198.51.100.7:443 proto=tcp/https sent=52 rule="5 (LAN->WAN)" n=794 \#
            fw_action="NA" dpi=0
            """#,
            #"""
            "dialect":"sonicwall","interface":"X0","direction":"in","action":"open",\#
            "rule":"5 (LAN-\u003eWAN)","reason":"match","proto":"tcp","src":"10.0.0.9",\#
            "sport":50211,"dst":"198.51.100.7","dport":443,"flags":null,\#
            "mac":{"dst":"00:00:5e:00:53:02","src":"00:00:5e:00:53:01"},\#
            "nat":{"src":"203.0.113.5","sport":48245,"dst":null,"dport":0},"bytes":52,\#
            "otherInterface":"X1"
            """#),
        Sample(
            #"""
            <134>  id=firewall sn=0000A0AAAA00 time="2026-11-19 08:15:04 UTC" fw=203.0.113.5 \#
            pri=6 c=1024 gcat=6 m=537 msg="Connection Closed" srcMac=00:00:5e:00:53:01 \#
            src=10.0.0.9:50211:X0 srcZone=Trusted natSrc=203.0.113.5:48245 \#
            dst=198.51.100.7:443:X1 dstZone=Untrusted natDst=198.51.100.7:443 proto=tcp/https \#
            sent=1930 rcvd=1545 spkt=11 rpkt=7 cdur=2133 rule="5 (LAN->WAN)" n=795 \#
            fw_action="NA" dpi=0
            """#,
            #"""
            "dialect":"sonicwall","interface":"X0","direction":"in","action":"close",\#
            "rule":"5 (LAN-\u003eWAN)","reason":null,"proto":"tcp","src":"10.0.0.9",\#
            "sport":50211,"dst":"198.51.100.7","dport":443,"flags":null,\#
            "nat":{"src":"203.0.113.5","sport":48245,"dst":null,"dport":0},"duration":2.133,\#
            "bytes":3475,"otherInterface":"X1"
            """#),
        Sample(
            #"""
            <135>  id=firewall sn=0000A0AAAA00 time="2026-11-19 08:15:09 UTC" fw=203.0.113.5 \#
            pri=7 c=512 gcat=6 m=888 msg="TCP packet received on non-existent/closed \#
            connection; TCP packet dropped" src=198.51.100.7:443:X1 dst=203.0.113.5:48245:X1 \#
            proto=tcp/48245 note="TCP Flag(s): ACK FIN" n=1683 fw_action="drop"
            """#,
            #"""
            "dialect":"sonicwall","interface":"X1","direction":"in","action":"block",\#
            "rule":null,"reason":"no-state","proto":"tcp","src":"198.51.100.7","sport":443,\#
            "dst":"203.0.113.5","dport":48245,"flags":"FA",\#
            "reasonText":"TCP packet received on non-existent/closed connection;\#
             TCP packet dropped","otherInterface":"X1"
            """#),
        Sample(
            #"""
            Nov 19 08:15:10 192.0.2.1 id=firewall sn=0000A0AAAA00 time="2026-11-19 08:15:11" \#
            fw=203.0.113.5 pri=5 c=64 m=36 msg="TCP connection dropped" n=2686 \#
            src=192.0.2.44:4507:X1 dst=203.0.113.5:445:X1 proto=tcp/445 rule="0 (WAN->LAN)"
            """#,
            #"""
            "dialect":"sonicwall","interface":"X1","direction":"in","action":"block",\#
            "rule":"0 (WAN-\u003eLAN)","reason":"match","proto":"tcp","src":"192.0.2.44",\#
            "sport":4507,"dst":"203.0.113.5","dport":445,"flags":null,\#
            "reasonText":"TCP connection dropped","otherInterface":"X1"
            """#),
        Sample(
            #"""
            id=NSA3600 sn=0000A0AAAA00 time="2026-11-19 08:15:12 UTC" fw=203.0.113.5 pri=6 \#
            c=128 m=37 msg="UDP packet dropped" src=192.0.2.44:5060:X1 dst=203.0.113.5:5060:X1 \#
            proto=udp/sip rule="15 (WAN->WAN)" fw_action="drop"
            """#,
            #"""
            "dialect":"sonicwall","interface":"X1","direction":"in","action":"block",\#
            "rule":"15 (WAN-\u003eWAN)","reason":"match","proto":"udp","src":"192.0.2.44",\#
            "sport":5060,"dst":"203.0.113.5","dport":5060,"flags":null,\#
            "reasonText":"UDP packet dropped","otherInterface":"X1"
            """#),
        Sample(
            #"""
            id=firewall sn=0000A0AAAA00 time="2026-11-19 08:15:13 UTC" fw=203.0.113.5 pri=6 \#
            c=256 m=38 msg="ICMP packet dropped due to policy" src=192.0.2.44:0:X1 \#
            dst=203.0.113.5:8:X1 proto=icmp type=8 icmpCode=0 fw_action="drop"
            """#,
            #"""
            "dialect":"sonicwall","interface":"X1","direction":"in","action":"block",\#
            "rule":null,"reason":"match","proto":"icmp","src":"192.0.2.44","sport":null,\#
            "dst":"203.0.113.5","dport":null,"flags":null,\#
            "reasonText":"ICMP packet dropped due to policy","otherInterface":"X1"
            """#),
        Sample(
            #"""
            id=firewall sn=0000A0AAAA00 time="2026-11-19 08:15:14 UTC" fw=203.0.113.5 pri=7 \#
            c=512 gcat=6 m=713 msg="�" src=10.0.0.9:50212:X0-V514:pc9.example \#
            dst=198.51.100.7:443:X1 proto=tcp/https note="TCP Flag(s): RST" fw_action="drop"
            """#,
            #"""
            "dialect":"sonicwall","interface":"X0-V514","direction":"in","action":"block",\#
            "rule":null,"reason":"no-state","proto":"tcp","src":"10.0.0.9","sport":50212,\#
            "dst":"198.51.100.7","dport":443,"flags":"R","otherInterface":"X1"
            """#),
        Sample(
            #"""
            id=firewall sn=0000A0AAAA00 time="2026-11-19 08:15:15 UTC" fw=203.0.113.5 pri=7 \#
            c=512 m=760 msg="TCP packet received with invalid SEQ number; TCP packet dropped" \#
            src=10.0.0.9:50213:X0: dst=198.51.100.7:443:X1 proto=tcp/https note="TCP Flag(s): \#
            ACK PSH" fw_action="drop"
            """#,
            #"""
            "dialect":"sonicwall","interface":"X0","direction":"in","action":"block",\#
            "rule":null,"reason":"state-mismatch","proto":"tcp","src":"10.0.0.9","sport":50213,\#
            "dst":"198.51.100.7","dport":443,"flags":"PA",\#
            "reasonText":"TCP packet received with invalid SEQ number; TCP packet dropped",\#
            "otherInterface":"X1"
            """#),
        Sample(
            #"""
            id=firewall sn=0000A0AAAA00 time="2026-11-19 08:15:16 UTC" fw=203.0.113.5 pri=6 \#
            c=1024 m=537 msg="Connection Closed" src=:49702:X0-V514 srcV6=2001:db8:1::9 \#
            dst=:443:X1 dstV6=2001:db8:9::7 proto=tcp/https sent=900 rcvd=1200 cdur=61000 \#
            rule="7 (LAN->WAN)" appName='General HTTPS' n=3
            """#,
            #"""
            "dialect":"sonicwall","interface":"X0-V514","direction":"in","action":"close",\#
            "rule":"7 (LAN-\u003eWAN)","reason":null,"proto":"tcp","src":"2001:db8:1::9",\#
            "sport":49702,"dst":"2001:db8:9::7","dport":443,"flags":null,"duration":61.000,\#
            "bytes":2100,"otherInterface":"X1"
            """#),
        Sample(
            #"""
            id=firewall sn=0000A0AAAA00 time="2026-11-19 08:15:17 UTC" fw=203.0.113.5 pri=1 \#
            c=32 m=23 msg="IP spoof dropped" src=10.9.9.9::X1 dst=203.0.113.5:80:X1 \#
            proto=tcp/http note="MAC address: 00:00:5e:00:53:09" fw_action="drop"
            """#,
            #"""
            "dialect":"sonicwall","interface":"X1","direction":"in","action":"block",\#
            "rule":null,"reason":"anti-spoofing","proto":"tcp","src":"10.9.9.9","sport":null,\#
            "dst":"203.0.113.5","dport":null,"flags":null,"reasonText":"IP spoof dropped",\#
            "otherInterface":"X1"
            """#),
        Sample(
            #"""
            id=firewall sn=0000A0AAAA00 time="2026-11-19 08:15:18 UTC" fw=203.0.113.5 pri=1 \#
            c=32 m=177 msg="Probable TCP FIN scan dropped" src=192.0.2.44:40001:X1 \#
            dst=203.0.113.5:22:X1 proto=tcp/ssh note="TCP Flag(s): FIN"
            """#,
            #"""
            "dialect":"sonicwall","interface":"X1","direction":"in","action":"block",\#
            "rule":null,"reason":"invalid-flags","proto":"tcp","src":"192.0.2.44",\#
            "sport":40001,"dst":"203.0.113.5","dport":22,"flags":"F",\#
            "reasonText":"Probable TCP FIN scan dropped","otherInterface":"X1"
            """#),
        Sample(
            #"""
            CEF:0|SonicWall|NSa 4700|7.0.1-5095|98|Connection Opened|4|cat=1024 gcat=6 \#
            src=10.0.0.9 spt= 50214 deviceInboundInterface=X0 dst=198.51.100.7 dpt=443 \#
            deviceOutboundInterface=X1 proto=tcp/https out=52 msg="Connection Opened" \#
            rt=1795076119000
            """#,
            #"""
            "dialect":"sonicwall","interface":"X0","direction":"in","action":"open",\#
            "rule":null,"reason":"match","proto":"tcp","src":"10.0.0.9","sport":50214,\#
            "dst":"198.51.100.7","dport":443,"flags":null,"bytes":52,"otherInterface":"X1"
            """#),
        Sample(
            #"""
            CEF:0|SonicWall|NSa 4500|7.0.1-5095|98|Connection Opened|4|cat=262144 gcat=6 \#
            src=10.0.0.9 spt=50216 deviceInboundInterface=X6-V333 cs1Label=203.0.113.5 \#
            snpt=12345 dst=198.51.100.7 dpt=443 deviceOutboundInterface=X1 \#
            cs2Label=198.51.100.7 dnpt=443 proto=tcp/https out=52 cs1="Default Access Rule" \#
            app=49177 fw_action="NA" dpi=0
            """#,
            #"""
            "dialect":"sonicwall","interface":"X6-V333","direction":"in","action":"open",\#
            "rule":"Default Access Rule","reason":"match","proto":"tcp","src":"10.0.0.9",\#
            "sport":50216,"dst":"198.51.100.7","dport":443,"flags":null,\#
            "nat":{"src":"203.0.113.5","sport":12345,"dst":null,"dport":0},"bytes":52,\#
            "otherInterface":"X1"
            """#),
        Sample(
            #"""
            id=firewall sn=0000A0AAAA00 time="2026-11-19 08:15:20" fw=203.0.113.5 pri=5 \#
            msg="Unhandled link-local or multicast IPv6 packet dropped" srcV6=fe80::9 \#
            dstV6=ff02::c srcMac=00:00:5e:00:53:01 dstMac=33:33:00:00:00:0c proto=udp/65535
            """#,
            #"""
            "dialect":"sonicwall","interface":null,"direction":null,"action":"block",\#
            "rule":null,"reason":"match","proto":"udp","src":"fe80::9","sport":null,\#
            "dst":"ff02::c","dport":null,"flags":null,"mac":{"dst":"33:33:00:00:00:0c",\#
            "src":"00:00:5e:00:53:01"},\#
            "reasonText":"Unhandled link-local or multicast IPv6 packet dropped"
            """#),
        Sample(
            #"""
            192.0.2.1 id=firewall sn=0000A0AAAA00 time="2026-11-19 08:15:20 UTC" \#
            fw=203.0.113.5 pri=7 c=512 m=1373 msg="TCP packet received on a closing \#
            connection; TCP packet dropped" src=198.51.100.7:443:X1 dst=203.0.113.5:48250:X1 \#
            proto=tcp/48250 note="TCP Flag(s): ACK"
            """#,
            #"""
            "dialect":"sonicwall","interface":"X1","direction":"in","action":"block",\#
            "rule":null,"reason":"state-mismatch","proto":"tcp","src":"198.51.100.7",\#
            "sport":443,"dst":"203.0.113.5","dport":48250,"flags":"A",\#
            "reasonText":"TCP packet received on a closing connection; TCP packet dropped",\#
            "otherInterface":"X1"
            """#),
        Sample(
            #"""
            id=firewall sn=0000A0AAAA00 time="2026-11-19 08:15:21 UTC" fw=203.0.113.5 pri=6 \#
            c=1024 m=97 msg="Web site hit" src=10.0.0.9:50215:X0 dst=198.51.100.7:443:X1 \#
            proto=tcp/https dstname=www.example.org
            """#,
            nil),
        Sample(
            #"""
            id=firewall sn=0000A0AAAA00 time="2026-11-19 08:15:22 UTC" fw=203.0.113.5 pri=1 \#
            c=32 m=82 msg="Possible port scan detected" src=192.0.2.44:4000:X1 \#
            dst=203.0.113.5:1:X1 note="TCP scanned port list, 1, 2, 3"
            """#,
            nil),
        Sample(
            #"""
            id=firewall sn=0000A0AAAA00 time="2026-11-19 08:15:23 UTC" fw=203.0.113.5 pri=6 \#
            c=16 m=238 msg="WAN zone administrator login allowed" usr="admin" \#
            src=10.0.0.9:0:X0 dst=10.0.0.1:443:X0
            """#,
            nil),
        Sample(
            #"""
            id=firewall sn=0000A0AAAA00 time="2026-11-19 08:15:24 UTC" fw=203.0.113.5 pri=7 \#
            c=512 gcat=6 m=888 msg="TCP packet received on non-existent/closed connection; TCP \#
            packet dropped" src=198.51.100.7:443:X1 ds
            """#,
            nil),
    ]
}
