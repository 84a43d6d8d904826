// Conntrack's own samples: lines it reads, and lines it must leave alone or reject.

extension Conntrack {
    public var samples: [Sample] {
        [
            Sample(
                """
                [1721912550.634473]\t[DESTROY] tcp      6 src=10.0.0.5 dst=198.51.100.7 spor\
                t=48388 dport=443 packets=18 bytes=2214 src=198.51.100.7 dst=203.0.113.2 spo\
                rt=443 dport=48388 packets=16 bytes=8102 [ASSURED] delta-time=32
                """,
                """
                "dialect":"conntrack","interface":null,"direction":null,"action":"close","ru\
                le":null,"reason":null,"proto":"tcp","src":"10.0.0.5","sport":48388,"dst":"1\
                98.51.100.7","dport":443,"flags":null,"nat":{"src":"203.0.113.2","sport":483\
                88,"dst":"198.51.100.7","dport":443},"duration":32.000,"bytes":10316,"answer\
                ed":true
                """),
            Sample(
                """
                [1721912518.947620]\t    [NEW] tcp      6 120 SYN_SENT src=10.0.0.5 dst=198.\
                51.100.7 sport=48388 dport=443 [UNREPLIED] src=198.51.100.7 dst=203.0.113.\
                2 sport=443 dport=48388
                """,
                """
                "dialect":"conntrack","interface":null,"direction":null,"action":"open","rul\
                e":null,"reason":null,"proto":"tcp","src":"10.0.0.5","sport":48388,"dst":"19\
                8.51.100.7","dport":443,"flags":null,"nat":{"src":"203.0.113.2","sport":4838\
                8,"dst":"198.51.100.7","dport":443},"reasonText":"SYN_SENT","answered":false
                """),
            Sample(
                """
                [1656942980.634473        ]\t[DESTROY] tcp      6 86 TIME_WAIT src=10.0.0.\
                5 dst=198.51.100.7 sport=48389 dport=443 packets=18 bytes=2214 src=198.51.10\
                0.7 dst=10.0.0.5 sport=443 dport=48389 packets=16 bytes=8102 [ASSURED] id=1\
                2 [start=Tue Jul  4 12:00:00 2024] [stop=Tue Jul  4 12:00:32 2024] delta-tim\
                e=32
                """,
                """
                "dialect":"conntrack","interface":null,"direction":null,"action":"close","ru\
                le":null,"reason":"closed-fins","proto":"tcp","src":"10.0.0.5","sport":48389\
                ,"dst":"198.51.100.7","dport":443,"flags":null,"reasonText":"TIME_WAIT","dur\
                ation":32.000,"bytes":10316,"connectionId":12,"answered":true
                """),
            Sample(
                """
                [1656942982.000000]\t[DESTROY] tcp      6 119 SYN_SENT src=10.0.0.5 dst=198.\
                51.100.7 sport=48391 dport=443 packets=3 bytes=180 [UNREPLIED] src=198.51.10\
                0.7 dst=10.0.0.5 sport=443 dport=48391 packets=0 bytes=0
                """,
                """
                "dialect":"conntrack","interface":null,"direction":null,"action":"close","ru\
                le":null,"reason":"closed-handshake","proto":"tcp","src":"10.0.0.5","sport":\
                48391,"dst":"198.51.100.7","dport":443,"flags":null,"reasonText":"SYN_SENT",\
                "bytes":180,"answered":false
                """),
            Sample(
                """
                [1656942983.000000]\t[DESTROY] tcp      6 431000 ESTABLISHED src=10.0.0.5 ds\
                t=198.51.100.7 sport=48392 dport=443 src=198.51.100.7 dst=10.0.0.5 sport=44\
                3 dport=48392 [ASSURED] [USERSPACE] portid=4711 progname=conntrack
                """,
                """
                "dialect":"conntrack","interface":null,"direction":null,"action":"close","ru\
                le":null,"reason":"closed-flushed","proto":"tcp","src":"10.0.0.5","sport":48\
                392,"dst":"198.51.100.7","dport":443,"flags":null,"reasonText":"ESTABLISHED"\
                ,"answered":true
                """),
            Sample(
                """
                [1656942988.000000]\t    [NEW] icmp     1 30 src=10.0.0.5 dst=198.51.100.7 t\
                ype=8 code=0 id=77 [UNREPLIED] src=198.51.100.7 dst=10.0.0.5 type=0 code=0 i\
                d=77 id=991
                """,
                """
                "dialect":"conntrack","interface":null,"direction":null,"action":"open","rul\
                e":null,"reason":null,"proto":"icmp","src":"10.0.0.5","sport":null,"dst":"19\
                8.51.100.7","dport":null,"flags":null,"connectionId":991,"answered":false
                """),
            Sample(
                """
                [1656942989.000000]\t    [NEW] tcp      6 120 SYN_SENT src=10.0.0.5 dst=198.\
                51.100.7 sport=48388 dport=443 [UNREPLIED] src=198.51.100.7 dst=10.0.0.5 spo\
                rt=443 dport=483
                """,
                """
                "dialect":"conntrack","interface":null,"direction":null,"action":"open","rul\
                e":null,"reason":null,"proto":"tcp","src":"10.0.0.5","sport":48388,"dst":"19\
                8.51.100.7","dport":443,"flags":null,"reasonText":"SYN_SENT","answered":fals\
                e
                """),
            Sample(
                """
                    [NEW] tcp      6 120 SYN_SENT src=10.0.0.5 dst=203.0.113.2 sport=48396 d\
                port=8080 [UNREPLIED] src=10.0.9.9 dst=10.0.0.5 sport=80 dport=48396
                """,
                """
                "dialect":"conntrack","interface":null,"direction":null,"action":"open","rul\
                e":null,"reason":null,"proto":"tcp","src":"10.0.0.5","sport":48396,"dst":"20\
                3.0.113.2","dport":8080,"flags":null,"nat":{"src":"10.0.0.5","sport":48396,"\
                dst":"10.0.9.9","dport":80},"reasonText":"SYN_SENT","answered":false
                """),
            Sample(
                """
                tcp      6 431999 ESTABLISHED src=10.0.0.5 dst=198.51.100.7 sport=48388 dpor\
                t=443 packets=42 bytes=5120 src=198.51.100.7 dst=203.0.113.2 sport=443 dport\
                =48388 packets=88 bytes=204800 [ASSURED] mark=0 use=1
                """,
                """
                "dialect":"conntrack","interface":null,"direction":null,"action":"state","ru\
                le":null,"reason":"state-established","proto":"tcp","src":"10.0.0.5","sport":48388,"dst":"\
                198.51.100.7","dport":443,"flags":null,"nat":{"src":"203.0.113.2","sport":48\
                388,"dst":"198.51.100.7","dport":443},"reasonText":"ESTABLISHED","bytes":209\
                920,"answered":true
                """),
            Sample(
                """
                ipv6     10 tcp      6 86399 ESTABLISHED src=2001:db8::5 dst=2001:db8:1::7 s\
                port=48390 dport=443 src=2001:db8:1::7 dst=2001:db8::5 sport=443 dport=4839\
                0 [ASSURED] mark=0 zone=0 use=2
                """,
                """
                "dialect":"conntrack","interface":null,"direction":null,"action":"state","ru\
                le":null,"reason":"state-established","proto":"tcp","src":"2001:db8::5","sport":48390,"dst\
                ":"2001:db8:1::7","dport":443,"flags":null,"reasonText":"ESTABLISHED","answe\
                red":true
                """),
            Sample(
                """
                ipv4     2 tcp      6 [OFFLOAD] src=10.0.0.5 dst=198.51.100.7 sport=48391 dp\
                ort=443 src=198.51.100.7 dst=10.0.0.5 sport=443 dport=48391 [OFFLOAD] mark=\
                0 zone=0 use=3
                """,
                """
                "dialect":"conntrack","interface":null,"direction":null,"action":"state","r\
                ule":null,"reason":null,"proto":"tcp","src":"10.0.0.5","sport":48391,"dst":"\
                198.51.100.7","dport":443,"flags":null,"answered":true
                """),
            Sample(
                """
                [1656942990.000000]\t    [NEW] tcp      6 120 SYN_SENT src=10.0.0.5 dst=198.\
                51.100.7 sport=48388 dport=44
                """,
                nil),
            Sample(
                """
                [1656942993.000000]\t    [NEW] tcp      6 120 SYN_SENT src=10.0.0.5 dst=198.\
                51.100.7 sport=4838x dport=443 [UNREPLIED] src=198.51.100.7 dst=10.0.0.5 spo\
                rt=443 dport=48388
                """,
                nil),
            Sample(
                """
                tcp      6 src=10.0.0.5 dst=198.51.100.7 sport=48388 dport=443 src=198.51.10\
                0.7 dst=10.0.0.5 sport=443 dport=48388 [ASSURED] delta-time=32
                """,
                nil),
            Sample(
                """
                conntrack v1.4.7 (conntrack-tools): 17 flow events have been shown.
                """,
                nil),
            Sample(
                """
                tcp        0      0 10.0.0.5:22      198.51.100.7:50000     ESTABLISHED
                """,
                nil),
        ]
    }
}
