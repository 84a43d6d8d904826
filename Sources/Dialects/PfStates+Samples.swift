// PfStates' own samples: lines it reads, and lines it must leave alone or reject.

extension PfStates {
    public var samples: [Sample] {
        [
            Sample(
                """
                all tcp 203.0.113.2:51712 (10.0.0.5:48388) -> 198.51.100.7:443       ESTABLISH\
                ED:ESTABLISHED
                """,
                """
                "dialect":"pf-states","interface":null,"direction":"out","action":"state","rul\
                e":null,"reason":"state-established","proto":"tcp","src":"10.0.0.5","sport":48\
                388,"dst":"198.51.100.7","dport":443,"flags":null,"nat":{"src":"203.0.113.2","\
                sport":51712,"dst":"198.51.100.7","dport":443},"reasonText":"ESTABLISHED:ESTAB\
                LISHED","answered":true
                """),
            Sample(
                """
                igb1 tcp 10.0.0.80:443 (203.0.113.2:443) <- 192.0.2.36:36068       FIN_WAIT_2:\
                FIN_WAIT_2
                """,
                """
                "dialect":"pf-states","interface":"igb1","direction":"in","action":"state","ru\
                le":null,"reason":"state-closing","proto":"tcp","src":"192.0.2.36","sport":360\
                68,"dst":"203.0.113.2","dport":443,"flags":null,"nat":{"src":"192.0.2.36","spo\
                rt":36068,"dst":"10.0.0.80","dport":443},"reasonText":"FIN_WAIT_2:FIN_WAIT_2",\
                "answered":true
                """),
            Sample(
                """
                all tcp 2001:db8:1::7[443] <- 2001:db8::5[48390]       CLOSED:SYN_SENT
                """,
                """
                "dialect":"pf-states","interface":null,"direction":"in","action":"state","rule\
                ":null,"reason":"state-opening","proto":"tcp","src":"2001:db8::5","sport":4839\
                0,"dst":"2001:db8:1::7","dport":443,"flags":null,"reasonText":"CLOSED:SYN_SENT\
                ","answered":false
                """),
            Sample(
                """
                igb1 tcp 198.51.100.9:443 <- 10.0.0.5:48394       CLOSED:CLOSING
                """,
                """
                "dialect":"pf-states","interface":"igb1","direction":"in","action":"state","ru\
                le":null,"reason":"state-closing","proto":"tcp","src":"10.0.0.5","sport":48394\
                ,"dst":"198.51.100.9","dport":443,"flags":null,"reasonText":"CLOSED:CLOSING","\
                answered":false
                """),
            Sample(
                """
                igb0 tcp 10.0.0.80:25 <- 192.0.2.36:36069       PROXY:DST
                """,
                """
                "dialect":"pf-states","interface":"igb0","direction":"in","action":"state","ru\
                le":null,"reason":"state-opening","proto":"tcp","src":"192.0.2.36","sport":360\
                69,"dst":"10.0.0.80","dport":25,"flags":null,"reasonText":"PROXY:DST"
                """),
            Sample(
                """
                all udp 10.0.0.1:514 <- 10.0.0.5:40000       NO_TRAFFIC:SINGLE
                """,
                """
                "dialect":"pf-states","interface":null,"direction":"in","action":"state","rule\
                ":null,"reason":null,"proto":"udp","src":"10.0.0.5","sport":40000,"dst":"10.0.\
                0.1","dport":514,"flags":null,"reasonText":"NO_TRAFFIC:SINGLE","answered":fals\
                e
                """),
            Sample(
                """
                all icmp 203.0.113.2:4711 (10.0.0.5:1) -> 198.51.100.7:8       0:0
                """,
                """
                "dialect":"pf-states","interface":null,"direction":"out","action":"state","rul\
                e":null,"reason":null,"proto":"icmp","src":"10.0.0.5","sport":null,"dst":"198.\
                51.100.7","dport":null,"flags":null,"nat":{"src":"203.0.113.2","sport":0,"dst"\
                :"198.51.100.7","dport":0},"reasonText":"0:0"
                """),
            Sample(
                """
                all tcp 198.51.100.9:50001 (2001:db8::5[50001]) -> 203.0.113.7:80 (64:ff9b::cb\
                00:7107[80])       ESTABLISHED:ESTABLISHED
                """,
                """
                "dialect":"pf-states","interface":null,"direction":null,"action":"state","rule\
                ":null,"reason":"state-established","proto":"tcp","src":"2001:db8::5","sport":\
                50001,"dst":"64:ff9b::cb00:7107","dport":80,"flags":null,"nat":{"src":"198.51.\
                100.9","sport":50001,"dst":"203.0.113.7","dport":80},"reasonText":"ESTABLISHED\
                :ESTABLISHED","answered":true
                """),
            Sample(
                """
                all tcp 203.0.113.2:51712 (10.0.0.5:48388) -> 198.51.100.7:443       ESTABLISH\
                ED:ESTABL
                """,
                nil),
            Sample(
                """
                all tcp 203.0.113.2:51712 (10.0.0.5:48
                """,
                nil),
            Sample(
                """
                   age 00:01:09, expires in 23:59:51, 24:13 pkts, 2134:6899 bytes, rule 93
                """,
                nil),
            Sample(
                """
                   id: 64f0aa1200000000 creatorid: 8a1b2c3d
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
