// Lines as SNS writes them and the entries they must become; the last ones must be refused.

extension Stormshield {
    static let lines: [Sample] = [
        Sample(
            #"""
            id=firewall time="2026-11-19 10:00:10" fw="SN000000000001" tz=+0200 \#
            startime="2026-11-19 10:00:10" pri=5 confid=01 slotlevel=2 ruleid=48 \#
            srcif="Ethernet1" srcifname="in" ipproto=tcp dstif="Ethernet0" dstifname="out" \#
            proto=https src=10.0.0.9 srcport=50211 srcportname=ephemeral_fw_tcp \#
            dst=198.51.100.7 dstport=443 dstportname=https ipv=4 action=block logtype="filter"
            """#,
            #"""
            "dialect":"stormshield","interface":"Ethernet1","direction":"in","action":"block",\#
            "rule":"48","reason":"match","proto":"tcp","src":"10.0.0.9","sport":50211,\#
            "dst":"198.51.100.7","dport":443,"flags":null,"otherInterface":"Ethernet0"
            """#),
        Sample(
            #"""
            id=firewall time="2026-11-19 10:05:10" fw="SN000000000001" tz=+0200 \#
            startime="2026-11-19 10:00:10" pri=5 confid=01 slotlevel=2 ruleid=50 rulename="Web \#
            out" srcif="Ethernet1" srcifname="in" ipproto=tcp dstif="Ethernet0" \#
            dstifname="out" proto=https src=10.0.0.9 srcport=50212 dst=198.51.100.7 \#
            dstport=443 ipv=4 modsrc=203.0.113.5 modsrcport=20212 sent=1872 rcvd=9417 \#
            duration=300.12 action=pass logtype="connection"
            """#,
            #"""
            "dialect":"stormshield","interface":"Ethernet1","direction":"in","action":"close",\#
            "rule":"50","reason":null,"proto":"tcp","src":"10.0.0.9","sport":50212,\#
            "dst":"198.51.100.7","dport":443,"flags":null,"nat":{"src":"203.0.113.5",\#
            "sport":20212,"dst":null,"dport":0},"duration":300.120,"bytes":11289,\#
            "otherInterface":"Ethernet0"
            """#),
        Sample(
            #"""
            Nov 19 08:05:11 sns1 id=firewall time="2026-11-19 10:05:11" fw="SN000000000001" \#
            tz=+0200 startime="2026-11-19 10:05:11" pri=5 confid=01 slotlevel=2 ruleid=50 \#
            srcif="Ethernet1" srcifname="in" ipproto=tcp dstif="Ethernet0" dstifname="out" \#
            proto=https src=10.0.0.9 srcport=50213 dst=198.51.100.7 dstport=443 ipv=4 \#
            action=pass logtype="filter"
            """#,
            #"""
            "dialect":"stormshield","interface":"Ethernet1","direction":"in","action":"open",\#
            "rule":"50","reason":"match","proto":"tcp","src":"10.0.0.9","sport":50213,\#
            "dst":"198.51.100.7","dport":443,"flags":null,"otherInterface":"Ethernet0"
            """#),
        Sample(
            #"""
            id=firewall time=2026-11-19 10:05:12 fw=fw-paris tz=+0200 startime=2026-11-19 \#
            10:05:12 pri=5 confid=01 slotlevel=2 ruleid=3 srcif=Ethernet0 srcifname=out \#
            ipproto=tcp proto=http src=192.0.2.44 srcport=40000 dst=10.2.0.8 dstport=8080 \#
            origdst=203.0.113.8 origdstport=80 ipv=4 action=block logtype=filter
            """#,
            #"""
            "dialect":"stormshield","interface":"Ethernet0","direction":"in","action":"block",\#
            "rule":"3","reason":"match","proto":"tcp","src":"192.0.2.44","sport":40000,\#
            "dst":"203.0.113.8","dport":80,"flags":null,"nat":{"src":null,"sport":0,\#
            "dst":"10.2.0.8","dport":8080}
            """#),
        Sample(
            #"""
            time="2026-11-19 10:05:13" fw="fw-paris" tz=+0200 startime="2026-11-19 10:05:13" \#
            pri=5 confid=01 slotlevel=2 ruleid=9 srcif="Ethernet0" srcifname="out" ipproto=udp \#
            dstif="Ethernet1" dstifname="in" proto=dns_udp src=192.0.2.44 srcport=5353 \#
            dst=203.0.113.5 dstport=53 ipv=4 action=block logtype="filter"
            """#,
            #"""
            "dialect":"stormshield","interface":"Ethernet0","direction":"in","action":"block",\#
            "rule":"9","reason":"match","proto":"udp","src":"192.0.2.44","sport":5353,\#
            "dst":"203.0.113.5","dport":53,"flags":null,"otherInterface":"Ethernet1"
            """#),
        Sample(
            #"""
            id=firewall time="2026-11-19 10:05:14" fw="fw-paris" tz=+0200 startime="2026-11-19 \#
            10:05:14" pri=5 confid=01 slotlevel=2 ruleid=9 srcif="Ethernet0" srcifname="out" \#
            ipproto=icmp icmptype=8 icmpcode=0 proto=icmp src=192.0.2.44 dst=203.0.113.5 ipv=4 \#
            action=block logtype="filter"
            """#,
            #"""
            "dialect":"stormshield","interface":"Ethernet0","direction":"in","action":"block",\#
            "rule":"9","reason":"match","proto":"icmp","src":"192.0.2.44","sport":null,\#
            "dst":"203.0.113.5","dport":null,"flags":null
            """#),
        Sample(
            #"""
            id=firewall time="2026-11-19 10:05:15" fw="fw-paris" tz=+0200 startime="2026-11-19 \#
            10:05:15" pri=5 confid=01 slotlevel=2 ruleid=11 srcif="Ethernet1" srcifname="in" \#
            ipproto=tcp proto=ssh src=10.0.0.10 srcport=50300 dst=198.51.100.8 dstport=22 \#
            ipv=4 logtype="filter"
            """#,
            #"""
            "dialect":"stormshield","interface":"Ethernet1","direction":"in","action":"note",\#
            "rule":"11","reason":null,"proto":"tcp","src":"10.0.0.10","sport":50300,\#
            "dst":"198.51.100.8","dport":22,"flags":null
            """#),
        Sample(
            #"""
            id=firewall time="2026-11-19 10:05:16" fw="fw-paris" tz=+0200 startime="2026-11-19 \#
            10:05:16" pri=4 confid=00 srcif="Ethernet0" srcifname="out" ipproto=tcp \#
            proto=https src=198.51.100.7 srcport=443 dst=203.0.113.5 dstport=20212 ipv=4 \#
            action=block msg="Invalid TCP packet for current connection state" class=protocol \#
            classification=0 alarmid=97 target=dst logtype="alarm"
            """#,
            #"""
            "dialect":"stormshield","interface":"Ethernet0","direction":"in","action":"block",\#
            "rule":null,"reason":"state-mismatch","proto":"tcp","src":"198.51.100.7",\#
            "sport":443,"dst":"203.0.113.5","dport":20212,"flags":null,\#
            "reasonText":"Invalid TCP packet for current connection state"
            """#),
        Sample(
            #"""
            id=firewall time="2026-11-19 10:05:17" fw="fw-paris" tz=+0200 startime="2026-11-19 \#
            10:05:17" pri=1 confid=00 srcif="Ethernet0" srcifname="out" ipproto=tcp proto=http \#
            src=10.0.0.99 srcport=1025 dst=203.0.113.5 dstport=80 ipv=4 action=block msg="IP \#
            address spoofing (type=1)" class=protocol classification=0 alarmid=1 \#
            logtype="alarm"
            """#,
            #"""
            "dialect":"stormshield","interface":"Ethernet0","direction":"in","action":"block",\#
            "rule":null,"reason":"anti-spoofing","proto":"tcp","src":"10.0.0.99","sport":1025,\#
            "dst":"203.0.113.5","dport":80,"flags":null,\#
            "reasonText":"IP address spoofing (type=1)"
            """#),
        Sample(
            #"""
            id=firewall time="2026-11-19 10:05:18" fw="fw-paris" tz=+0200 startime="2026-11-19 \#
            10:05:10" pri=5 confid=01 slotlevel=2 ruleid=51 srcif="Ethernet1" srcifname="in" \#
            ipproto=tcp dstif="Ethernet0" dstifname="out" proto=https src=2001:db8:1::9 \#
            srcport=50400 dst=2001:db8:9::7 dstport=443 ipv=6 sent=10 rcvd=20 duration=8 \#
            action=pass logtype="connection"
            """#,
            #"""
            "dialect":"stormshield","interface":"Ethernet1","direction":"in","action":"close",\#
            "rule":"51","reason":null,"proto":"tcp","src":"2001:db8:1::9","sport":50400,\#
            "dst":"2001:db8:9::7","dport":443,"flags":null,"duration":8.000,"bytes":30,\#
            "otherInterface":"Ethernet0"
            """#),
        Sample(
            #"""
            id=firewall time="2026-11-19 10:05:19" fw="fw-paris" tz=-0530 startime="2026-11-19 \#
            10:05:19" pri=5 confid=01 slotlevel=2 ruleid=48 srcif="Ethernet1" srcifname="in" \#
            ipproto=esp src=10.0.0.9 dst=198.51.100.9 ipv=4 action=block logtype="filter"
            """#,
            #"""
            "dialect":"stormshield","interface":"Ethernet1","direction":"in","action":"block",\#
            "rule":"48","reason":"match","proto":"esp","src":"10.0.0.9","sport":null,\#
            "dst":"198.51.100.9","dport":null,"flags":null
            """#),
        Sample(
            #"""
            id=firewall time="2026-11-19 10:05:20" fw="fw-paris" tz=+0200 startime="2026-11-19 \#
            10:05:20" pri=4 src=10.0.0.9 user="maria" msg="User successfully authenticated" \#
            logtype="auth"
            """#,
            nil),
        Sample(
            #"""
            id=firewall time="2026-11-19 10:05:21" fw="fw-paris" tz=+0200 startime="2026-11-19 \#
            10:05:20" pri=5 srcif="Ethernet1" ipproto=tcp src=10.0.0.9 srcport=50500 \#
            dst=198.51.100.7 dstport=80 op=GET arg="/" action=pass logtype="plugin"
            """#,
            nil),
        Sample(
            #"""
            id=firewall time="2026-11-19 10:05:22" fw="fw-paris" tz=+0200 startime="2026-11-19 \#
            10:05:22" pri=5 confid=01 slotlevel=2 ruleid=48 srcif="Ethernet1" srcifname="in" \#
            ipproto=tcp src=10.0.0.9 srcport=502
            """#,
            nil),
    ]
}
