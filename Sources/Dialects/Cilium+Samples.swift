// Lines as the product writes them and the entries they must become; the last ones must be refused.

extension Cilium {
    static let lines: [Sample] = [
        Sample(
            #"""
            {"flow":{"time":"2026-11-19T10:00:00.123456789Z","verdict":"DROPPED",\#
            "drop_reason":133,"ethernet":{"source":"00:00:5e:00:53:01",\#
            "destination":"00:00:5e:00:53:02"},"IP":{"source":"198.51.100.7",\#
            "destination":"10.0.0.9","ipVersion":"IPv4"},"l4":{"TCP":{"source_port":443,\#
            "destination_port":50211,"flags":{"RST":true,"ACK":true}}},"source":{"identity":2,\#
            "labels":["reserved:world"]},"destination":{"ID":25,"identity":4321,\#
            "namespace":"default","labels":["k8s:app=web"],"pod_name":"web-1"},"Type":"L3_L4",\#
            "node_name":"k8s1","event_type":{"type":1,"sub_type":133},\#
            "traffic_direction":"INGRESS","drop_reason_desc":"POLICY_DENIED","is_reply":false,\#
            "Summary":"TCP Flags: RST, ACK"},"node_name":"k8s1",\#
            "time":"2026-11-19T10:00:00.123456789Z"}
            """#,
            #"""
            "dialect":"cilium","interface":null,"direction":"in","action":"block","rule":null,\#
            "reason":"match","proto":"tcp","src":"198.51.100.7","sport":443,"dst":"10.0.0.9",\#
            "dport":50211,"flags":"RA","reasonText":"POLICY_DENIED"
            """#),
        Sample(
            #"""
            {"flow":{"time":"2026-11-19T10:00:01Z","verdict":"FORWARDED",\#
            "IP":{"source":"10.0.0.9","destination":"198.51.100.7","ipVersion":"IPv4"},\#
            "l4":{"TCP":{"source_port":50212,"destination_port":443,"flags":{"SYN":true}}},\#
            "Type":"L3_L4","node_name":"k8s1","event_type":{"type":4,"sub_type":3},\#
            "traffic_direction":"EGRESS","trace_observation_point":"TO_STACK","is_reply":false,\#
            "interface":{"index":12,"name":"lxc12"},"Summary":"TCP Flags: SYN"},\#
            "node_name":"k8s1","time":"2026-11-19T10:00:01Z"}
            """#,
            #"""
            "dialect":"cilium","interface":"lxc12","direction":"out","action":"pass",\#
            "rule":null,"reason":null,"proto":"tcp","src":"10.0.0.9","sport":50212,\#
            "dst":"198.51.100.7","dport":443,"flags":"S"
            """#),
        Sample(
            #"""
            {"flow":{"time":"2026-11-19T10:00:02Z","verdict":"DROPPED",\#
            "IP":{"source":"10.0.0.9","destination":"10.0.1.7","ipVersion":"IPv4"},\#
            "l4":{"TCP":{"source_port":50213,"destination_port":5432,"flags":{"SYN":true}}},\#
            "Type":"L3_L4","node_name":"k8s1","event_type":{"type":5},\#
            "traffic_direction":"EGRESS","policy_match_type":0,\#
            "drop_reason_desc":"POLICY_DENIED","egress_denied_by":[{"name":"no-db",\#
            "namespace":"default"}]},"node_name":"k8s1","time":"2026-11-19T10:00:02Z"}
            """#,
            #"""
            "dialect":"cilium","interface":null,"direction":"out","action":"note",\#
            "rule":"no-db","reason":"match","proto":"tcp","src":"10.0.0.9","sport":50213,\#
            "dst":"10.0.1.7","dport":5432,"flags":"S","reasonText":"POLICY_DENIED"
            """#),
        Sample(
            #"""
            {"flow":{"time":"2026-11-19T10:00:03Z","verdict":"DROPPED","drop_reason":155,\#
            "IP":{"source":"10.0.0.9","destination":"10.0.1.7","ipVersion":"IPv4"},\#
            "l4":{"TCP":{"source_port":50214,"destination_port":5432,"flags":{"SYN":true}}},\#
            "Type":"L3_L4","node_name":"k8s1","event_type":{"type":1,"sub_type":155},\#
            "traffic_direction":"EGRESS","drop_reason_desc":"CT_MAP_INSERTION_FAILED"},\#
            "node_name":"k8s1","time":"2026-11-19T10:00:03Z"}
            """#,
            #"""
            "dialect":"cilium","interface":null,"direction":"out","action":"block","rule":null,\#
            "reason":"table-full","proto":"tcp","src":"10.0.0.9","sport":50214,\#
            "dst":"10.0.1.7","dport":5432,"flags":"S","reasonText":"CT_MAP_INSERTION_FAILED"
            """#),
        Sample(
            #"""
            {"time":"2026-11-19T10:00:04.5Z","verdict":"DROPPED","drop_reason":132,\#
            "IP":{"source":"192.0.2.1","destination":"10.0.1.7","ipVersion":"IPv4"},\#
            "l4":{"UDP":{"source_port":40000,"destination_port":53}},"Type":"L3_L4",\#
            "node_name":"k8s2","event_type":{"type":1,"sub_type":132},\#
            "traffic_direction":"EGRESS","drop_reason_desc":"INVALID_SOURCE_IP"}
            """#,
            #"""
            "dialect":"cilium","interface":null,"direction":"out","action":"block","rule":null,\#
            "reason":"anti-spoofing","proto":"udp","src":"192.0.2.1","sport":40000,\#
            "dst":"10.0.1.7","dport":53,"flags":null,"reasonText":"INVALID_SOURCE_IP"
            """#),
        Sample(
            #"""
            {"flow":{"time":"2026-11-19T10:00:05Z","verdict":"DROPPED",\#
            "IP":{"source":"2001:db8::7","destination":"2001:db8::9","ipVersion":"IPv6"},\#
            "l4":{"ICMPv6":{"type":1,"code":4}},"Type":"L3_L4","node_name":"k8s1",\#
            "event_type":{"type":1,"sub_type":133},"traffic_direction":"INGRESS",\#
            "drop_reason_desc":"POLICY_DENIED"},"node_name":"k8s1",\#
            "time":"2026-11-19T10:00:05Z"}
            """#,
            #"""
            "dialect":"cilium","interface":null,"direction":"in","action":"block","rule":null,\#
            "reason":"match","proto":"icmpv6","src":"2001:db8::7","sport":null,\#
            "dst":"2001:db8::9","dport":null,"flags":null,"reasonText":"POLICY_DENIED",\#
            "icmpError":true
            """#),
        Sample(
            #"""
            xx drop (Policy denied) flow 0x6c9b5ab to endpoint 2412, ifindex 5, file \#
            bpf_lxc.c:2045, , identity 2->4321: 198.51.100.7:443 -> 10.0.0.9:50211 tcp ACK, FIN
            """#,
            #"""
            "dialect":"cilium","interface":null,"direction":null,"action":"block","rule":null,\#
            "reason":"match","proto":"tcp","src":"198.51.100.7","sport":443,"dst":"10.0.0.9",\#
            "dport":50211,"flags":"FA","reasonText":"Policy denied"
            """#),
        Sample(
            #"""
            xx drop (Invalid source ip) flow 0x0 to endpoint 0, identity 4321->unknown: \#
            192.0.2.1:40000 -> 10.0.1.7:53 udp
            """#,
            #"""
            "dialect":"cilium","interface":null,"direction":null,"action":"block","rule":null,\#
            "reason":"anti-spoofing","proto":"udp","src":"192.0.2.1","sport":40000,\#
            "dst":"10.0.1.7","dport":53,"flags":null,"reasonText":"Invalid source ip"
            """#),
        Sample(
            #"""
            -> endpoint 25 flow 0x8f9a1c20 , identity 261->264 state established ifindex lxc25 \#
            orig-ip 10.0.1.5: 10.0.1.5:8101 -> 10.0.1.7:44018 tcp ACK
            """#,
            #"""
            "dialect":"cilium","interface":null,"direction":null,"action":"pass","rule":null,\#
            "reason":null,"proto":"tcp","src":"10.0.1.5","sport":8101,"dst":"10.0.1.7",\#
            "dport":44018,"flags":"A"
            """#),
        Sample(
            #"""
            Policy verdict log: flow 0x0 local EP ID 2412, remote ID 2, proto 6, ingress, \#
            action deny, auth: disabled, match none, 198.51.100.7:50300 -> 10.0.0.9:8080 tcp \#
            SYN
            """#,
            #"""
            "dialect":"cilium","interface":null,"direction":"in","action":"note","rule":null,\#
            "reason":null,"proto":"tcp","src":"198.51.100.7","sport":50300,"dst":"10.0.0.9",\#
            "dport":8080,"flags":"S"
            """#),
        Sample(
            #"""
            -> stack flow 0xd2 , identity 4321->world state new ifindex 0 orig-ip 0.0.0.0: \#
            [2001:db8::9]:50400 -> [2001:db8:2::7]:443 tcp SYN
            """#,
            #"""
            "dialect":"cilium","interface":null,"direction":null,"action":"pass","rule":null,\#
            "reason":null,"proto":"tcp","src":"2001:db8::9","sport":50400,\#
            "dst":"2001:db8:2::7","dport":443,"flags":"S"
            """#),
        Sample(
            #"""
            xx drop (Policy denied) flow 0x1 to endpoint 0, identity 2->4321: 198.51.100.7 -> \#
            10.0.0.9 icmp EchoRequest
            """#,
            #"""
            "dialect":"cilium","interface":null,"direction":null,"action":"block","rule":null,\#
            "reason":"match","proto":"icmp","src":"198.51.100.7","sport":null,"dst":"10.0.0.9",\#
            "dport":null,"flags":null,"reasonText":"Policy denied"
            """#),
        Sample(
            #"""
            {"flow":{"time":"2026-11-19T10:00:06Z","verdict":"FORWARDED",\#
            "IP":{"source":"10.0.0.9","destination":"10.0.1.7","ipVersion":"IPv4"},\#
            "l4":{"TCP":{"source_port":50216,"destination_port":80}},"Type":"L7",\#
            "node_name":"k8s1","event_type":{"type":129},"l7":{"type":"REQUEST",\#
            "http":{"method":"GET","url":"http://web/"}}},"node_name":"k8s1",\#
            "time":"2026-11-19T10:00:06Z"}
            """#,
            nil),
        Sample(
            #"""
            {"node_name":"k8s1","time":"2026-11-19T10:00:07Z",\#
            "lost_events":{"source":"PERF_EVENT_RING_BUFFER","num_events_lost":17}}
            """#,
            nil),
        Sample(
            #"""
            {"flow":{"time":"2026-11-19T10:00:08Z","verdict":"DROPPED",\#
            "IP":{"source":"10.0.0.9","destination":"10.0
            """#,
            nil),
        Sample(
            #"""
            -> arrows of another program: a -> b tcp
            """#,
            nil),
        Sample(
            #"""
            Listening for events on 8 CPUs with 64x4096 of shared memory
            """#,
            nil),
        Sample(
            #"""
            xx drop (Policy denied) fl
            """#,
            nil),
    ]
}
