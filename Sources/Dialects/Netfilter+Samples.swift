// Netfilter's own samples: lines it reads, and lines it must leave alone or reject.

extension Netfilter {
    public var samples: [Sample] {
        [
            Sample(
                """
                Mar 15 20:55:15 gw1 kernel: [810294.788657] DROP IN=eth0 OUT=eth1 MAC=00:00:\
                5e:00:53:01:00:00:5e:00:53:02:08:00 SRC=192.0.2.55 DST=10.0.0.1 LEN=40 TOS=0\
                x00 PREC=0x00 TTL=49 ID=53123 DF PROTO=TCP SPT=443 DPT=41025 WINDOW=2048 RES\
                =0x00 ACK FIN URGP=0
                """,
                """
                "dialect":"netfilter","interface":"eth0","direction":"in","action":"block","\
                rule":"DROP","reason":"match","proto":"tcp","src":"192.0.2.55","sport":443,"\
                dst":"10.0.0.1","dport":41025,"flags":"FA","window":2048,"length":0,"ttl":49\
                ,"ipid":53123,"mac":{"dst":"00:00:5e:00:53:01","src":"00:00:5e:00:53:02"},"o\
                therInterface":"eth1"
                """),
            Sample(
                """
                2025-11-01T17:50:05.536116+01:00 gw1 kernel: [UFW BLOCK] IN=eth0 OUT= MAC=00\
                :00:5e:00:53:01:00:00:5e:00:53:02:08:00 SRC=198.51.100.232 DST=10.0.0.130 LE\
                N=52 TOS=0x00 PREC=0x00 TTL=51 ID=24009 DF PROTO=TCP SPT=443 DPT=60722 SEQ=1\
                950149923 ACK=1989828716 WINDOW=502 RES=0x00 ACK RST URGP=0 OPT (0101080A008\
                25F5D00000000)
                """,
                """
                "dialect":"netfilter","interface":"eth0","direction":"in","action":"block","\
                rule":"[UFW BLOCK]","reason":"match","proto":"tcp","src":"198.51.100.232","s\
                port":443,"dst":"10.0.0.130","dport":60722,"flags":"RA","seq":1950149923,"ac\
                k":1989828716,"window":502,"length":0,"ttl":51,"ipid":24009,"options":["TS"]\
                ,"mac":{"dst":"00:00:5e:00:53:01","src":"00:00:5e:00:53:02"}
                """),
            Sample(
                """
                2025-11-01T17:50:07.1+01:00 gw1 kernel: [UFW AUDIT INVALID] IN=eth0 OUT= MAC\
                =00:00:5e:00:53:01:00:00:5e:00:53:02:08:00 SRC=198.51.100.232 DST=10.0.0.13\
                0 LEN=60 TOS=0x00 PREC=0x00 TTL=51 ID=1 DF PROTO=TCP SPT=40000 DPT=22 WINDOW\
                =64240 RES=0x00 SYN URGP=0
                """,
                """
                "dialect":"netfilter","interface":"eth0","direction":"in","action":"note","r\
                ule":"[UFW AUDIT INVALID]","reason":"invalid","proto":"tcp","src":"198.51.10\
                0.232","sport":40000,"dst":"10.0.0.130","dport":22,"flags":"S","window":6424\
                0,"ttl":51,"ipid":1,"mac":{"dst":"00:00:5e:00:53:01","src":"00:00:5e:00:53:0\
                2"}
                """),
            Sample(
                """
                2025-11-01T17:50:08.1+01:00 gw1 kernel: [UFW ALLOW] IN= OUT=eth0 SRC=10.0.0.\
                130 DST=198.51.100.232 LEN=60 TOS=0x00 PREC=0x00 TTL=64 ID=1 DF PROTO=TCP SP\
                T=40000 DPT=443 WINDOW=64240 RES=0x00 SYN URGP=0 UID=1000 GID=1000
                """,
                """
                "dialect":"netfilter","interface":"eth0","direction":"out","action":"pass","\
                rule":"[UFW ALLOW]","reason":"match","proto":"tcp","src":"10.0.0.130","sport\
                ":40000,"dst":"198.51.100.232","dport":443,"flags":"S","window":64240,"ttl":\
                64,"ipid":1
                """),
            Sample(
                """
                <4>Jan  5 20:17:01 gw2 kernel: [WAN_IN-default-D]IN=eth0 OUT=eth2 MAC=00:00:\
                5e:00:53:01:00:00:5e:00:53:02:08:00 SRC=203.0.113.116 DST=10.0.2.25 LEN=52 T\
                OS=0x00 PREC=0x00 TTL=63 ID=0 DF PROTO=TCP SPT=50093 DPT=1443 WINDOW=2857 RE\
                S=0x00 ACK PSH URGP=0
                """,
                """
                "dialect":"netfilter","interface":"eth0","direction":"in","action":"block","\
                rule":"[WAN_IN-default-D]","reason":"match","proto":"tcp","src":"203.0.113.1\
                16","sport":50093,"dst":"10.0.2.25","dport":1443,"flags":"PA","window":2857,\
                "ttl":63,"ipid":0,"mac":{"dst":"00:00:5e:00:53:01","src":"00:00:5e:00:53:02"\
                },"otherInterface":"eth2"
                """),
            Sample(
                """
                Aug 20 15:06:15 web1 kernel: STATE_INVALID_DROP: IN=enp0s3 OUT= MAC=00:00:5e\
                :00:53:01:00:00:5e:00:53:02:86:dd SRC=2001:0db8:0000:0000:0000:0000:0000:022\
                5 DST=2001:0db8:0000:0000:0000:0000:0000:0008 LEN=60 TC=0 HOPLIMIT=42 FLOWLB\
                L=0 PROTO=TCP SPT=46294 DPT=23 WINDOW=1024 RES=0x00 RST URGP=0
                """,
                """
                "dialect":"netfilter","interface":"enp0s3","direction":"in","action":"block"\
                ,"rule":"STATE_INVALID_DROP","reason":"invalid","proto":"tcp","src":"2001:db\
                8::225","sport":46294,"dst":"2001:db8::8","dport":23,"flags":"R","window":10\
                24,"length":0,"ttl":42,"mac":{"dst":"00:00:5e:00:53:01","src":"00:00:5e:00:5\
                3:02"}
                """),
            Sample(
                """
                Sat Jul  3 19:10:30 2021 kern.warn kernel: [ 4410.515] REJECT wan in: IN=eth\
                1 OUT= MAC=00:00:5e:00:53:01:00:00:5e:00:53:02:08:00 SRC=192.0.2.9 DST=203.0\
                .113.2 LEN=40 TOS=0x00 PREC=0x00 TTL=242 ID=54321 PROTO=TCP SPT=443 DPT=3808\
                0 WINDOW=1024 RES=0x00 ACK FIN URGP=0
                """,
                """
                "dialect":"netfilter","interface":"eth1","direction":"in","action":"block","\
                rule":"REJECT wan in","reason":"match","proto":"tcp","src":"192.0.2.9","spor\
                t":443,"dst":"203.0.113.2","dport":38080,"flags":"FA","window":1024,"length"\
                :0,"ttl":242,"ipid":54321,"mac":{"dst":"00:00:5e:00:53:01","src":"00:00:5e:0\
                0:53:02"}
                """),
            Sample(
                """
                Jul  3 19:10:33 udm [WAN_LOCAL-D-2147483647] DESCR="[WAN_LOCAL]Block All Tra\
                ffic" IN=eth8 OUT= MAC=00:00:5e:00:53:01:00:00:5e:00:53:02:08:00 SRC=192.0.2\
                .9 DST=203.0.113.2 LEN=40 TOS=00 PREC=0x00 TTL=242 ID=54321 PROTO=TCP SPT=44\
                3 DPT=38080 SEQ=1 ACK=2 WINDOW=1024 ACK FIN URGP=0 MARK=1a0000
                """,
                """
                "dialect":"netfilter","interface":"eth8","direction":"in","action":"block","\
                rule":"[WAN_LOCAL-D-2147483647]","reason":"match","proto":"tcp","src":"192.0\
                .2.9","sport":443,"dst":"203.0.113.2","dport":38080,"flags":"FA","seq":1,"ac\
                k":2,"window":1024,"length":0,"ttl":242,"ipid":54321,"mac":{"dst":"00:00:5e:\
                00:53:01","src":"00:00:5e:00:53:02"},"reasonText":"[WAN_LOCAL]Block All Traf\
                fic"
                """),
            Sample(
                """
                2024-07-04T12:00:00,762021+00:00 DROP IN=eth0 OUT= MAC=00:00:5e:00:53:01:00:\
                00:5e:00:53:02:08:00 SRC=192.0.2.9 DST=203.0.113.2 LEN=40 TOS=0x00 PREC=0x0\
                0 TTL=52 ID=5432 DF PROTO=TCP SPT=41000 DPT=22 WINDOW=64240 RES=0x00 ACK URG\
                P=0
                """,
                """
                "dialect":"netfilter","interface":"eth0","direction":"in","action":"block","\
                rule":"DROP","reason":"match","proto":"tcp","src":"192.0.2.9","sport":41000,\
                "dst":"203.0.113.2","dport":22,"flags":"A","window":64240,"length":0,"ttl":5\
                2,"ipid":5432,"mac":{"dst":"00:00:5e:00:53:01","src":"00:00:5e:00:53:02"}
                """),
            Sample(
                """
                [ 4621.497758] nf_ct_proto_6: invalid new IN=eth0 OUT= MAC=00:00:5e:00:53:01\
                :00:00:5e:00:53:02:08:00 SRC=10.0.0.5 DST=198.51.100.7 LEN=40 TOS=0x00 PREC=\
                0x00 TTL=57 ID=777 DF PROTO=TCP SPT=52000 DPT=443 SEQ=1000 ACK=2000 WINDOW=5\
                01 RES=0x00 ACK FIN URGP=0
                """,
                """
                "dialect":"netfilter","interface":"eth0","direction":"in","action":"note","r\
                ule":null,"reason":"no-state","proto":"tcp","src":"10.0.0.5","sport":52000,"\
                dst":"198.51.100.7","dport":443,"flags":"FA","seq":1000,"ack":2000,"window":\
                501,"length":0,"ttl":57,"ipid":777,"options":[],"mac":{"dst":"00:00:5e:00:53\
                :01","src":"00:00:5e:00:53:02"},"reasonText":"invalid new"
                """),
            Sample(
                """
                Jul  4 12:00:02 gw1 kernel: nf_ct_proto_6: packet (index 0) in dir 0 ignored\
                , state ESTABLISHED IN=eth0 OUT= MAC=00:00:5e:00:53:01:00:00:5e:00:53:02:08:\
                00 SRC=10.0.0.5 DST=198.51.100.7 LEN=60 TOS=0x00 PREC=0x00 TTL=57 ID=777 D\
                F PROTO=TCP SPT=52000 DPT=443 SEQ=1000 ACK=0 WINDOW=501 RES=0x00 SYN URGP=\
                0 OPT (020405B40402080A000000000000000001030307)
                """,
                """
                "dialect":"netfilter","interface":"eth0","direction":"in","action":"note","r\
                ule":null,"reason":"ignored-in-state","proto":"tcp","src":"10.0.0.5","sport"\
                :52000,"dst":"198.51.100.7","dport":443,"flags":"S","seq":1000,"ack":0,"wind\
                ow":501,"length":0,"ttl":57,"ipid":777,"options":["mss","wscale","sackOK","T\
                S"],"mac":{"dst":"00:00:5e:00:53:01","src":"00:00:5e:00:53:02"},"reasonText"\
                :"ignored, state ESTABLISHED"
                """),
            Sample(
                """
                Jul  4 12:00:05 gw1 kernel: FW-DROP IN=eth1 OUT= SRC=192.0.2.194 DST=10.0.0.\
                5 LEN=48 TOS=0x00 PREC=0x00 TTL=52 ID=24717 OPT (0707040000000000) PROTO=TCP\
                 SPT=52223 DPT=443 SEQ=1645391793 ACK=0 WINDOW=64240 RES=0x00 SYN URGP=0
                """,
                """
                "dialect":"netfilter","interface":"eth1","direction":"in","action":"block","\
                rule":"FW-DROP","reason":"ip-option","proto":"tcp","src":"192.0.2.194","spor\
                t":52223,"dst":"10.0.0.5","dport":443,"flags":"S","seq":1645391793,"ack":0,"\
                window":64240,"length":0,"ttl":52,"ipid":24717
                """),
            Sample(
                """
                Jul  4 12:00:05 gw1 kernel: FW-DROP IN=eth1 OUT= SRC=192.0.2.198 DST=10.0.0.\
                5 LEN=428 TOS=0x00 PREC=0x00 TTL=54 ID=22144 MF PROTO=TCP SPT=42326 DPT=443 \
                WINDOW=64240 RES=0x00 ACK PSH URGP=0
                """,
                """
                "dialect":"netfilter","interface":"eth1","direction":"in","action":"block","\
                rule":"FW-DROP","reason":"fragment","proto":"tcp","src":"192.0.2.198","sport\
                ":42326,"dst":"10.0.0.5","dport":443,"flags":"PA","window":64240,"ttl":54,"i\
                pid":22144
                """),
            Sample(
                """
                Jul  4 12:00:05 gw1 kernel: nf_ct_proto_6: SEQ is under lower bound 30222412\
                34 (already ACKed data retransmitted) IN=eth0 OUT= MAC=00:00:5e:00:53:01:00:\
                00:5e:00:53:02:08:00 SRC=10.0.0.5 DST=198.51.100.7 LEN=140 TOS=0x00 PREC=0x0\
                0 TTL=57 ID=777 DF PROTO=TCP SPT=52000 DPT=443 SEQ=3022240000 ACK=1 WINDOW=5\
                01 RES=0x00 ACK PSH URGP=0
                """,
                """
                "dialect":"netfilter","interface":"eth0","direction":"in","action":"note","r\
                ule":null,"reason":"seq-under-window","proto":"tcp","src":"10.0.0.5","sport"\
                :52000,"dst":"198.51.100.7","dport":443,"flags":"PA","seq":3022240000,"ack":\
                1,"window":501,"length":100,"ttl":57,"ipid":777,"options":[],"mac":{"dst":"0\
                0:00:5e:00:53:01","src":"00:00:5e:00:53:02"},"reasonText":"SEQ is under lowe\
                r bound"
                """),
            Sample(
                """
                Jul  4 12:00:13 gw1 kernel: [ 99.100000] nf_conntrack: nf_conntrack: table f\
                ull, dropping packet
                """,
                """
                "dialect":"netfilter","interface":null,"direction":null,"action":"note","rul\
                e":null,"reason":"table-full","proto":null,"src":null,"sport":null,"dst":nul\
                l,"dport":null,"flags":null
                """),
            Sample(
                """
                Jul  4 12:00:01 gw1 kernel: DROP IN=eth0 OUT= MAC=00:00:5e:00:53:01:00:00:5e\
                :00:53:02:08:00 SRC=192.0.2.7 DST=10.0.0.5 LEN=71 TOS=0x00 PREC=0x00 TTL=5\
                7 ID=777 PROTO=UDP SPT=53 DPT=40000 LEN=51
                """,
                """
                "dialect":"netfilter","interface":"eth0","direction":"in","action":"block","\
                rule":"DROP","reason":"match","proto":"udp","src":"192.0.2.7","sport":53,"ds\
                t":"10.0.0.5","dport":40000,"flags":null,"length":43,"ttl":57,"ipid":777,"ma\
                c":{"dst":"00:00:5e:00:53:01","src":"00:00:5e:00:53:02"}
                """),
            Sample(
                """
                Jul  4 12:00:03 gw1 kernel: DROP IN=eth0 OUT= MAC=00:00:5e:00:53:01:00:00:5e\
                :00:53:02:08:00 SRC=192.0.2.7 DST=10.0.0.5 LEN=88 TOS=0x00 PREC=0xC0 TTL=5\
                7 ID=778 PROTO=ICMP TYPE=3 CODE=3 [SRC=10.0.0.5 DST=192.0.2.8 LEN=60 TOS=0x0\
                0 PREC=0x00 TTL=50 ID=1 DF PROTO=TCP SPT=4000 DPT=80 WINDOW=512 RES=0x00 SY\
                N URGP=0 ] MARK=0x1
                """,
                """
                "dialect":"netfilter","interface":"eth0","direction":"in","action":"block","\
                rule":"DROP","reason":"match","proto":"icmp","src":"192.0.2.7","sport":null,\
                "dst":"10.0.0.5","dport":null,"flags":null,"ttl":57,"ipid":778,"mac":{"dst":\
                "00:00:5e:00:53:01","src":"00:00:5e:00:53:02"},"icmpError":true
                """),
            Sample(
                """
                Jul  4 12:00:06 gw1 kernel: DROP IN=eth0 OUT= MAC=00:00:5e:00:53:01:00:00:5e\
                :00:53:02:08:00 SRC=192.0.2.7 DST=10.0.0.5 LEN=60 TOS=0x00 PREC=0x00 TTL=5\
                7 ID=779 FRAG:185 PROTO=TCP
                """,
                """
                "dialect":"netfilter","interface":"eth0","direction":"in","action":"block","\
                rule":"DROP","reason":"fragment","proto":"tcp","src":"192.0.2.7","sport":null,"\
                dst":"10.0.0.5","dport":null,"flags":null,"ttl":57,"ipid":779,"mac":{"dst":"\
                00:00:5e:00:53:01","src":"00:00:5e:00:53:02"},"fragment":true
                """),
            Sample(
                """
                Jul  4 12:00:01 gw1 kernel: DROP IN=eth0 OUT= MAC=00:00:5e:00:53:01:00:00:5e\
                :00:53:02:08:00 SRC=192.0.2.7 DST=10.0.0.5 LEN=60 TOS=0x00 PREC=0x00 TTL=5\
                7 ID=779 DF PROTO=TCP SPT=443 DPT=40000 SEQ=12345
                """,
                """
                "dialect":"netfilter","interface":"eth0","direction":"in","action":"block","\
                rule":"DROP","reason":"match","proto":"tcp","src":"192.0.2.7","sport":443,"d\
                st":"10.0.0.5","dport":40000,"flags":null,"ttl":57,"ipid":779,"mac":{"dst":"\
                00:00:5e:00:53:01","src":"00:00:5e:00:53:02"}
                """),
            Sample(
                """
                Jul  4 12:00:04 gw1 kernel: DROP IN=eth0 OUT= MAC=00:00:5e:00:53:01:00:00:5e\
                :00:53:02:08:00 SRC=192.0.2.7 DST=10.0.0.5 LEN=60 TOS=0x00 PREC=0x00 TTL=5\
                7 ID=779 DF PROTO=TCP SPT=443 DPT=400
                """,
                nil),
            Sample(
                """
                Jul  4 12:00:07 gw1 user.info kernel: L=126 ID=8698 DF PROTO=TCP SPT=88 DPT=\
                51179 WINDOW=512 RES=0x00 ACK FIN URGP=0
                """,
                nil),
            Sample(
                """
                Jul  4 12:00:09 gw1 kernel: DROP IN=eth0 OUT= MAC=00:00:5e:00:53:01:00:00:5e\
                :00:53:02:08:00 SRC=192.0.2.7 DST=10.0.0.5 LEN=60 TOS=0x00 PREC=0x00 TTL=5\
                7 ID=779 DF PROTO=TCP SPT=70000 DPT=40000 WINDOW=512 RES=0x00 ACK URGP=0
                """,
                nil),
            Sample(
                """
                Jul  4 12:00:11 gw1 kernel: DROP IN=eth0 OUT= MAC=ff:ff:ff:ff:ff:ff:00:00:5e\
                :00:53:02:08:06 ARP HTYPE=1 PTYPE=0x0800 OPCODE=1 MACSRC=00:00:5e:00:53:02 I\
                PSRC=10.0.0.5 MACDST=00:00:00:00:00:00 IPDST=10.0.0.6
                """,
                nil),
            Sample(
                """
                Jul  4 12:00:20 gw1 kernel: br0: port 2(eth1) entered disabled state
                """,
                nil),
            Sample(
                """
                Jul  4 12:00:21 gw1 app[7]: sign IN=no OUT of order
                """,
                nil),
        ]
    }
}
