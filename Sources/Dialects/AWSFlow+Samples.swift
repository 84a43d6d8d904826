// Lines as the product writes them and the entries they must become; the last ones must be refused.

extension AWSFlow {
    static let lines: [Sample] = [
        Sample(
            #"""
            2 123456789012 eni-0aaaabbbbccccdddd 198.51.100.7 10.0.0.96 443 50211 6 1 40 \#
            1795075200 1795075254 REJECT OK
            """#,
            #"""
            "dialect":"aws-flow","interface":"eni-0aaaabbbbccccdddd","direction":null,\#
            "action":"block","rule":null,"reason":null,"proto":"tcp","src":"198.51.100.7",\#
            "sport":443,"dst":"10.0.0.96","dport":50211,"flags":null
            """#),
        Sample(
            #"""
            5 123456789012 eni-0aaaabbbbccccdddd 198.51.100.7 10.0.0.96 443 50211 6 2 80 \#
            1795075200 1795075254 REJECT OK vpc-0a1 subnet-0a1 i-0a1 4 IPv4 198.51.100.7 \#
            10.0.0.96 eu-west-1 euw1-az2 - - - - ingress -
            """#,
            #"""
            "dialect":"aws-flow","interface":"eni-0aaaabbbbccccdddd","direction":"in",\#
            "action":"block","rule":null,"reason":null,"proto":"tcp","src":"198.51.100.7",\#
            "sport":443,"dst":"10.0.0.96","dport":50211,"flags":null,"packets":2
            """#),
        Sample(
            #"""
            3 123456789012 eni-0aaaabbbbccccdddd 10.0.0.96 198.51.100.7 50211 443 6 8 568 \#
            1795075200 1795075258 ACCEPT OK vpc-0a1 subnet-0a1 i-0a1 2 IPv4 10.0.0.96 \#
            198.51.100.7
            """#,
            #"""
            "dialect":"aws-flow","interface":"eni-0aaaabbbbccccdddd","direction":null,\#
            "action":"open","rule":null,"reason":null,"proto":"tcp","src":"10.0.0.96",\#
            "sport":50211,"dst":"198.51.100.7","dport":443,"flags":null,"bytes":568
            """#),
        Sample(
            #"""
            3 123456789012 eni-0aaaabbbbccccdddd 198.51.100.7 10.0.0.96 443 50211 6 7 376 \#
            1795075200 1795075258 ACCEPT OK vpc-0a1 subnet-0a1 i-0a1 18 IPv4 198.51.100.7 \#
            10.0.0.96
            """#,
            #"""
            "dialect":"aws-flow","interface":"eni-0aaaabbbbccccdddd","direction":null,\#
            "action":"pass","rule":null,"reason":null,"proto":"tcp","src":"198.51.100.7",\#
            "sport":443,"dst":"10.0.0.96","dport":50211,"flags":null,"bytes":376
            """#),
        Sample(
            #"""
            3 123456789012 eni-0aaaabbbbccccdddd 10.0.0.96 198.51.100.7 50212 443 6 9 3051 \#
            1795075200 1795075203 ACCEPT OK vpc-0a1 subnet-0a1 i-0a1 3 IPv4 10.0.0.96 \#
            192.0.2.10
            """#,
            #"""
            "dialect":"aws-flow","interface":"eni-0aaaabbbbccccdddd","direction":null,\#
            "action":"close","rule":null,"reason":"closed-fins","proto":"tcp",\#
            "src":"10.0.0.96","sport":50212,"dst":"198.51.100.7","dport":443,"flags":null,\#
            "nat":{"src":null,"sport":0,"dst":"192.0.2.10","dport":443},"duration":3.000,\#
            "bytes":3051
            """#),
        Sample(
            #"""
            3 123456789012 eni-0aaaabbbbccccdddd 198.51.100.7 10.0.0.96 443 50213 6 1 40 \#
            1795075210 1795075210 REJECT OK vpc-0a1 subnet-0a1 i-0a1 18 IPv4 198.51.100.7 \#
            10.0.0.96
            """#,
            #"""
            "dialect":"aws-flow","interface":"eni-0aaaabbbbccccdddd","direction":null,\#
            "action":"block","rule":null,"reason":null,"proto":"tcp","src":"198.51.100.7",\#
            "sport":443,"dst":"10.0.0.96","dport":50213,"flags":"SA"
            """#),
        Sample(
            #"""
            3 123456789012 eni-0aaaabbbbccccdddd 198.51.100.7 10.0.0.96 443 50211 6 2 92 \#
            1795075260 1795075261 ACCEPT OK vpc-0a1 subnet-0a1 i-0a1 5 IPv4 198.51.100.7 \#
            10.0.0.96
            """#,
            #"""
            "dialect":"aws-flow","interface":"eni-0aaaabbbbccccdddd","direction":null,\#
            "action":"close","rule":null,"reason":"closed-reset","proto":"tcp",\#
            "src":"198.51.100.7","sport":443,"dst":"10.0.0.96","dport":50211,"flags":null,\#
            "bytes":92
            """#),
        Sample(
            #"""
            2 unknown eni-0aaaabbbbccccdddd 10.0.0.96 10.0.0.2 44321 53 17 1 71 1795075200 \#
            1795075210 ACCEPT OK
            """#,
            #"""
            "dialect":"aws-flow","interface":"eni-0aaaabbbbccccdddd","direction":null,\#
            "action":"pass","rule":null,"reason":null,"proto":"udp","src":"10.0.0.96",\#
            "sport":44321,"dst":"10.0.0.2","dport":53,"flags":null,"bytes":71
            """#),
        Sample(
            #"""
            2 123456789012 eni-0aaaabbbbccccdddd 2001:db8:1::5 2001:db8:2::7 34892 22 6 54 \#
            8855 1795075200 1795075254 ACCEPT OK
            """#,
            #"""
            "dialect":"aws-flow","interface":"eni-0aaaabbbbccccdddd","direction":null,\#
            "action":"pass","rule":null,"reason":null,"proto":"tcp","src":"2001:db8:1::5",\#
            "sport":34892,"dst":"2001:db8:2::7","dport":22,"flags":null,"bytes":8855
            """#),
        Sample(
            #"""
            2026-11-19T08:00:54.000Z 2 123456789012 eni-0aaaabbbbccccdddd 192.0.2.14 10.0.0.96 \#
            0 0 1 4 336 1795075200 1795075254 REJECT OK
            """#,
            #"""
            "dialect":"aws-flow","interface":"eni-0aaaabbbbccccdddd","direction":null,\#
            "action":"block","rule":null,"reason":null,"proto":"icmp","src":"192.0.2.14",\#
            "sport":null,"dst":"10.0.0.96","dport":null,"flags":null,"packets":4
            """#),
        Sample(
            #"""
            {"message":"2 123456789012 eni-0aaaabbbbccccdddd 198.51.100.7 10.0.0.96 443 50219 \#
            6 1 40 1795075200 1795075254 REJECT OK","timestamp":1795075254000}
            """#,
            #"""
            "dialect":"aws-flow","interface":"eni-0aaaabbbbccccdddd","direction":null,\#
            "action":"block","rule":null,"reason":null,"proto":"tcp","src":"198.51.100.7",\#
            "sport":443,"dst":"10.0.0.96","dport":50219,"flags":null
            """#),
        Sample(
            #"""
            {"version":3,"account_id":"123456789012","interface_id":"eni-0aaaabbbbccccdddd",\#
            "srcaddr":"198.51.100.7","dstaddr":"10.0.0.96","srcport":"443.0","dstport":50220.0,\#
            "protocol":6.0,"packets":1.0,"bytes":40.0,"start":1795075200,"end":1795075254,\#
            "action":"REJECT","log_status":"OK","tcp_flags":4.0,"flow_direction":"ingress"}
            """#,
            #"""
            "dialect":"aws-flow","interface":"eni-0aaaabbbbccccdddd","direction":"in",\#
            "action":"block","rule":null,"reason":null,"proto":"tcp","src":"198.51.100.7",\#
            "sport":443,"dst":"10.0.0.96","dport":50220,"flags":null
            """#),
        Sample(
            #"""
            2 123456789012 eni-0aaaabbbbccccdddd - - - - - - - 1795075260 1795075320 - NODATA
            """#,
            nil),
        Sample(
            #"""
            2 123456789012 eni-0aaaabbbbccccdddd - - - - - - - 1795075260 1795075320 - SKIPDATA
            """#,
            nil),
        Sample(
            #"""
            version account-id interface-id srcaddr dstaddr srcport dstport protocol packets \#
            bytes start end action log-status
            """#,
            nil),
        Sample(
            #"""
            2 123456789012 eni-0aaaabbbbccccdddd 198.51.100.7 10.0.0.96 443
            """#,
            nil),
        Sample(
            #"""
            2 123456789012 words that are no flow
            """#,
            nil),
    ]
}
