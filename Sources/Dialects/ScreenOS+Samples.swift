// Lines as ScreenOS writes them and the entries they must become; the last ones must be refused.

extension ScreenOS {
    static let lines: [Sample] = [
        Sample(
            #"""
            <134>Nov 19 08:15:02 192.0.2.1 ns5gt: NetScreen device_id=ns5gt  \#
            [Root]system-notification-00257(traffic): start_time="2026-11-19 08:15:02" \#
            duration=0 policy_id=320001 service=msrpc Endpoint Mapper(tcp) proto=6 src \#
            zone=Untrust dst zone=self action=Deny sent=0 rcvd=60 src=192.0.2.44 \#
            dst=203.0.113.5 src_port=4711 dst_port=135 session_id=0 reason=Traffic Denied
            """#,
            #"""
            "dialect":"screenos","interface":"Untrust","direction":"in","action":"block",\#
            "rule":"320001","reason":"match","proto":"tcp","src":"192.0.2.44","sport":4711,\#
            "dst":"203.0.113.5","dport":135,"flags":null,"duration":0.000,"bytes":60,\#
            "otherInterface":"self"
            """#),
        Sample(
            #"""
            Nov 19 08:15:42 192.0.2.1 ns5gt: NetScreen device_id=ns5gt  \#
            [Root]system-notification-00257(traffic): start_time="2026-11-19 08:15:02" \#
            duration=40 policy_id=4 service=https proto=6 src zone=Trust dst zone=Untrust \#
            action=Permit sent=1810 rcvd=22411 src=10.1.1.5 dst=198.51.100.7 src_port=50211 \#
            dst_port=443 src-xlated ip=203.0.113.5 port=1064 dst-xlated ip=198.51.100.7 \#
            port=443 session_id=8061 reason=Close - TCP FIN
            """#,
            #"""
            "dialect":"screenos","interface":"Trust","direction":"in","action":"close",\#
            "rule":"4","reason":"closed-fins","proto":"tcp","src":"10.1.1.5","sport":50211,\#
            "dst":"198.51.100.7","dport":443,"flags":null,"nat":{"src":"203.0.113.5",\#
            "sport":1064,"dst":null,"dport":0},"reasonText":"Close - TCP FIN",\#
            "duration":40.000,"bytes":24221,"connectionId":8061,"otherInterface":"Untrust"
            """#),
        Sample(
            #"""
            Nov 19 08:45:45 192.0.2.1 ns5gt: NetScreen device_id=ns5gt  \#
            [Root]system-notification-00257(traffic): start_time="2026-11-19 08:15:44" \#
            duration=1801 policy_id=4 service=ssh proto=6 src zone=Trust dst zone=Untrust \#
            action=Permit sent=810 rcvd=411 src=10.1.1.5 dst=198.51.100.8 src_port=50212 \#
            dst_port=22 src-xlated ip=203.0.113.5 port=1065 dst-xlated ip=198.51.100.8 port=22 \#
            session_id=8062 reason=Close - AGE OUT
            """#,
            #"""
            "dialect":"screenos","interface":"Trust","direction":"in","action":"close",\#
            "rule":"4","reason":"closed-idle","proto":"tcp","src":"10.1.1.5","sport":50212,\#
            "dst":"198.51.100.8","dport":22,"flags":null,"nat":{"src":"203.0.113.5",\#
            "sport":1065,"dst":null,"dport":0},"reasonText":"Close - AGE OUT",\#
            "duration":1801.000,"bytes":1221,"connectionId":8062,"otherInterface":"Untrust"
            """#),
        Sample(
            #"""
            Nov 19 08:45:46 192.0.2.1 ns5gt: NetScreen device_id=ns5gt  \#
            [Root]system-notification-00257(traffic): start_time="2026-11-19 08:45:46" \#
            duration=0 policy_id=4 service=https proto=6 src zone=Trust dst zone=Untrust \#
            action=Permit sent=0 rcvd=0 src=10.1.1.5 dst=198.51.100.7 src_port=50213 \#
            dst_port=443 src-xlated ip=203.0.113.5 port=1066 dst-xlated ip=198.51.100.7 \#
            port=443 session_id=8063 reason=Creation
            """#,
            #"""
            "dialect":"screenos","interface":"Trust","direction":"in","action":"open",\#
            "rule":"4","reason":"match","proto":"tcp","src":"10.1.1.5","sport":50213,\#
            "dst":"198.51.100.7","dport":443,"flags":null,"nat":{"src":"203.0.113.5",\#
            "sport":1066,"dst":null,"dport":0},"duration":0.000,"bytes":0,"connectionId":8063,\#
            "otherInterface":"Untrust"
            """#),
        Sample(
            #"""
            Nov 19 08:45:50 192.0.2.1 ns5gt: NetScreen device_id=ns5gt  \#
            [Root]system-notification-00257(traffic): start_time="2026-11-19 08:45:46" \#
            duration=4 policy_id=4 service=https proto=6 src zone=Trust dst zone=Untrust \#
            action=Permit sent=300 rcvd=40 src=10.1.1.5 dst=198.51.100.7 src_port=50213 \#
            dst_port=443 src-xlated ip=203.0.113.5 port=1066 dst-xlated ip=198.51.100.7 \#
            port=443 session_id=8063 reason=Close - TCP RST
            """#,
            #"""
            "dialect":"screenos","interface":"Trust","direction":"in","action":"close",\#
            "rule":"4","reason":"closed-reset","proto":"tcp","src":"10.1.1.5","sport":50213,\#
            "dst":"198.51.100.7","dport":443,"flags":null,"nat":{"src":"203.0.113.5",\#
            "sport":1066,"dst":null,"dport":0},"reasonText":"Close - TCP RST","duration":4.000,\#
            "bytes":340,"connectionId":8063,"otherInterface":"Untrust"
            """#),
        Sample(
            #"""
            Nov 19 08:46:00 192.0.2.1 ns5gt: NetScreen device_id=ns5gt  \#
            [Root]system-notification-00257(traffic): start_time="2026-11-19 08:45:58" \#
            duration=2 policy_id=4 service=dns proto=17 src zone=Trust dst zone=Untrust \#
            action=Permit sent=90 rcvd=190 src=10.1.1.5 dst=198.51.100.53 src_port=50214 \#
            dst_port=53 src-xlated ip=203.0.113.5 port=1067 dst-xlated ip=198.51.100.53 \#
            port=53 session_id=8064 reason=Close - RESP
            """#,
            #"""
            "dialect":"screenos","interface":"Trust","direction":"in","action":"close",\#
            "rule":"4","reason":null,"proto":"udp","src":"10.1.1.5","sport":50214,\#
            "dst":"198.51.100.53","dport":53,"flags":null,"nat":{"src":"203.0.113.5",\#
            "sport":1067,"dst":null,"dport":0},"reasonText":"Close - RESP","duration":2.000,\#
            "bytes":280,"connectionId":8064,"otherInterface":"Untrust"
            """#),
        Sample(
            #"""
            Nov 19 08:46:01 192.0.2.1 ns5gt: NetScreen device_id=ns5gt  \#
            [Root]system-notification-00257(traffic): start_time="2026-11-19 08:46:01" \#
            duration=0 policy_id=9 service=icmp proto=1 src zone=Untrust dst zone=Trust \#
            action=Deny sent=0 rcvd=84 src=192.0.2.44 dst=10.1.1.5 icmp type=8 session_id=0
            """#,
            #"""
            "dialect":"screenos","interface":"Untrust","direction":"in","action":"block",\#
            "rule":"9","reason":"match","proto":"icmp","src":"192.0.2.44","sport":null,\#
            "dst":"10.1.1.5","dport":null,"flags":null,"duration":0.000,"bytes":84,\#
            "otherInterface":"Trust"
            """#),
        Sample(
            #"""
            NetScreen device_id=ns5gt  [Root]system-notification-00257(traffic): \#
            start_time="2026-11-19 08:46:02" duration=10 policy_id=5 service=tcp/port:8443 \#
            proto=6 src zone=DMZ dst zone=Trust action=Permit sent=100 rcvd=200 src=10.2.0.8 \#
            dst=10.1.1.7 src_port=40000 dst_port=8443 session_id=8065
            """#,
            #"""
            "dialect":"screenos","interface":"DMZ","direction":"in","action":"close",\#
            "rule":"5","reason":null,"proto":"tcp","src":"10.2.0.8","sport":40000,\#
            "dst":"10.1.1.7","dport":8443,"flags":null,"duration":10.000,"bytes":300,\#
            "connectionId":8065,"otherInterface":"Trust"
            """#),
        Sample(
            #"""
            NetScreen device_id=isg1  [vsys1]system-notification-00257(traffic): \#
            start_time="2026-11-19 08:46:03" duration=0 policy_id=7 service=Other UDP proto=17 \#
            src zone=Null dst zone=self action=Deny sent=0 rcvd=0 src=10.1.1.8 \#
            dst=255.255.255.255 src_port=68 dst_port=67 session_id=0
            """#,
            #"""
            "dialect":"screenos","interface":"Null","direction":"in","action":"block",\#
            "rule":"7","reason":"match","proto":"udp","src":"10.1.1.8","sport":68,\#
            "dst":"255.255.255.255","dport":67,"flags":null,"duration":0.000,"bytes":0,\#
            "otherInterface":"self"
            """#),
        Sample(
            #"""
            NetScreen device_id=isg1  [Root]system-notification-00257(traffic): \#
            start_time="2026-11-19 08:46:04" duration=0 policy_id=7 service=gre proto=47 src \#
            zone=Untrust dst zone=Trust action=Deny sent=0 rcvd=0 src=192.0.2.44 dst=10.1.1.8 \#
            session_id=0
            """#,
            #"""
            "dialect":"screenos","interface":"Untrust","direction":"in","action":"block",\#
            "rule":"7","reason":"match","proto":"gre","src":"192.0.2.44","sport":null,\#
            "dst":"10.1.1.8","dport":null,"flags":null,"duration":0.000,"bytes":0,\#
            "otherInterface":"Trust"
            """#),
        Sample(
            #"""
            NetScreen device_id=isg1  [Root]system-notification-00257(traffic): \#
            start_time="2026-11-19 08:46:05" duration=3 policy_id=8 service=ftp proto=6 src \#
            zone=Trust dst zone=Untrust action=Tunnel sent=10 rcvd=20 src=10.1.1.8 \#
            dst=10.9.9.9 src_port=50300 dst_port=21 session_id=8066 reason=Close - ALG
            """#,
            #"""
            "dialect":"screenos","interface":"Trust","direction":"in","action":"close",\#
            "rule":"8","reason":"closed-by-device","proto":"tcp","src":"10.1.1.8",\#
            "sport":50300,"dst":"10.9.9.9","dport":21,"flags":null,"reasonText":"Close - ALG",\#
            "duration":3.000,"bytes":30,"connectionId":8066,"otherInterface":"Untrust"
            """#),
        Sample(
            #"""
            Nov 19 08:47:00 192.0.2.1 ns5gt: NetScreen device_id=ns5gt  \#
            [Root]system-emergency-00005: SYN flood! From 192.0.2.44:4000 to 203.0.113.5:80, \#
            proto TCP (zone Untrust, int untrust). Occurred 12 times.
            """#,
            nil),
        Sample(
            #"""
            Nov 19 08:47:01 192.0.2.1 ns5gt: NetScreen device_id=ns5gt  \#
            [Root]system-notification-00257(traffic): start_time="2026-11-19 08:47:01" \#
            duration=0 policy_id=4 service=https proto=6 src zo
            """#,
            nil),
    ]
}
