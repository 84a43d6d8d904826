// Lines as an MX writes them and the entries they must become; the last ones must be refused.

extension Meraki {
    static let lines: [Sample] = [
        Sample(
            #"""
            <134>1 1795076102.954105815 MX1 flows deny src=10.0.0.9 dst=198.51.100.7 \#
            mac=00:00:5E:00:53:01 protocol=tcp sport=42644 dport=443
            """#,
            #"""
            "dialect":"meraki","interface":null,"direction":null,"action":"block","rule":null,\#
            "reason":"match","proto":"tcp","src":"10.0.0.9","sport":42644,"dst":"198.51.100.7",\#
            "dport":443,"flags":null
            """#),
        Sample(
            #"""
            1795076103.253011885 MX1 firewall src=10.0.0.9 dst=198.51.100.7 protocol=tcp \#
            sport=39247 dport=443 pattern: 0 (tcp || udp) && dst port 443
            """#,
            #"""
            "dialect":"meraki","interface":null,"direction":null,"action":"pass","rule":null,\#
            "reason":"match","proto":"tcp","src":"10.0.0.9","sport":39247,"dst":"198.51.100.7",\#
            "dport":443,"flags":null
            """#),
        Sample(
            #"""
            1795076104.253011885 MX1 firewall src=10.0.0.9 dst=198.51.100.7 protocol=udp \#
            sport=39248 dport=53 pattern: 1 udp && dst port 53
            """#,
            #"""
            "dialect":"meraki","interface":null,"direction":null,"action":"block","rule":null,\#
            "reason":"match","proto":"udp","src":"10.0.0.9","sport":39248,"dst":"198.51.100.7",\#
            "dport":53,"flags":null
            """#),
        Sample(
            #"""
            <134>1 1795076105.262063982 MX1 ip_flow_start src=10.0.0.9 dst=198.51.100.7 \#
            protocol=tcp sport=64365 dport=443 translated_src_ip=203.0.113.5 \#
            translated_port=14365
            """#,
            #"""
            "dialect":"meraki","interface":null,"direction":null,"action":"open","rule":null,\#
            "reason":"match","proto":"tcp","src":"10.0.0.9","sport":64365,"dst":"198.51.100.7",\#
            "dport":443,"flags":null,"nat":{"src":"203.0.113.5","sport":14365,"dst":null,\#
            "dport":0}
            """#),
        Sample(
            #"""
            <134>1 1795076106.262063982 MX1 ip_flow_end src=10.0.0.9 dst=198.51.100.7 \#
            protocol=tcp sport=64365 dport=443 translated_src_ip=203.0.113.5 \#
            translated_port=14365
            """#,
            #"""
            "dialect":"meraki","interface":null,"direction":null,"action":"close","rule":null,\#
            "reason":null,"proto":"tcp","src":"10.0.0.9","sport":64365,"dst":"198.51.100.7",\#
            "dport":443,"flags":null,"nat":{"src":"203.0.113.5","sport":14365,"dst":null,\#
            "dport":0}
            """#),
        Sample(
            #"""
            <134>1 1795076107.262063982 MX1 ip_flow_start src=192.0.2.50 dst=203.0.113.5 \#
            protocol=tcp sport=40112 dport=443 translated_dst_ip=10.2.0.8 translated_port=8443
            """#,
            #"""
            "dialect":"meraki","interface":null,"direction":null,"action":"open","rule":null,\#
            "reason":"match","proto":"tcp","src":"192.0.2.50","sport":40112,\#
            "dst":"203.0.113.5","dport":443,"flags":null,"nat":{"src":null,"sport":0,\#
            "dst":"10.2.0.8","dport":8443}
            """#),
        Sample(
            #"""
            Nov 19 08:15:08 192.0.2.1 1 1795076108.100000000 MX_branch flows src=10.0.0.9 \#
            dst=198.51.100.9 mac=00:00:5E:00:53:01 protocol=tcp sport=42645 dport=80 pattern: \#
            allow all
            """#,
            #"""
            "dialect":"meraki","interface":null,"direction":null,"action":"pass","rule":null,\#
            "reason":"match","proto":"tcp","src":"10.0.0.9","sport":42645,"dst":"198.51.100.9",\#
            "dport":80,"flags":null
            """#),
        Sample(
            #"""
            <134>1 1795076109.100000000 MX1 flows src=192.0.2.44 dst=203.0.113.5 protocol=icmp \#
            type=8 pattern: deny all
            """#,
            #"""
            "dialect":"meraki","interface":null,"direction":null,"action":"block","rule":null,\#
            "reason":"match","proto":"icmp","src":"192.0.2.44","sport":null,\#
            "dst":"203.0.113.5","dport":null,"flags":null
            """#),
        Sample(
            #"""
            <134>1 1795076110.100000000 MX1 vpn_firewall src=10.9.0.4 dst=10.0.0.20 \#
            protocol=tcp sport=50000 dport=3389 pattern: deny (dst 10.0.0.20)
            """#,
            #"""
            "dialect":"meraki","interface":null,"direction":null,"action":"block","rule":null,\#
            "reason":"match","proto":"tcp","src":"10.9.0.4","sport":50000,"dst":"10.0.0.20",\#
            "dport":3389,"flags":null
            """#),
        Sample(
            #"""
            <134>1 1795076111.100000000 MX1 cellular_firewall deny src=10.0.0.9 \#
            dst=198.51.100.9 protocol=udp sport=5000 dport=5001
            """#,
            #"""
            "dialect":"meraki","interface":null,"direction":null,"action":"block","rule":null,\#
            "reason":"match","proto":"udp","src":"10.0.0.9","sport":5000,"dst":"198.51.100.9",\#
            "dport":5001,"flags":null
            """#),
        Sample(
            #"""
            <134>1 1795076112.100000000 MX1 flows allow src=2001:db8:1::9 dst=2001:db8:9::7 \#
            mac=00:00:5E:00:53:01 protocol=tcp sport=50001 dport=443
            """#,
            #"""
            "dialect":"meraki","interface":null,"direction":null,"action":"pass","rule":null,\#
            "reason":"match","proto":"tcp","src":"2001:db8:1::9","sport":50001,\#
            "dst":"2001:db8:9::7","dport":443,"flags":null
            """#),
        Sample(
            #"""
            <134>1 1795076113.100000000 MX1 flows src=10.0.0.9 dst=198.51.100.9 protocol=tcp \#
            sport=50002 dport=443
            """#,
            #"""
            "dialect":"meraki","interface":null,"direction":null,"action":"note","rule":null,\#
            "reason":null,"proto":"tcp","src":"10.0.0.9","sport":50002,"dst":"198.51.100.9",\#
            "dport":443,"flags":null
            """#),
        Sample(
            #"""
            <134>1 948136486.721741837 MX60 flows src=10.0.0.9 dst=198.51.100.9 \#
            mac=00:00:5E:00:53:01 protocol=tcp sport=61403 dport=9998 pattern: Group Policy \#
            Allow
            """#,
            #"""
            "dialect":"meraki","interface":null,"direction":null,"action":"pass","rule":null,\#
            "reason":"match","proto":"tcp","src":"10.0.0.9","sport":61403,"dst":"198.51.100.9",\#
            "dport":9998,"flags":null
            """#),
        Sample(
            #"""
            <134>1 1795076114.100000000 MX1 urls src=10.0.0.9:50002 dst=198.51.100.9:443 \#
            mac=00:00:5E:00:53:01 request: UNKNOWN https://www.example.org/...
            """#,
            nil),
        Sample(
            #"""
            <134>1 1795076115.100000000 MX1 events type=vpn_connectivity_change \#
            vpn_type='site-to-site' peer_contact='192.0.2.9:51856' connectivity='false'
            """#,
            nil),
        Sample(
            #"<134>1 1795076116.100000000 MX1 flows deny src=10.0.0.9 dst="#,
            nil),
    ]
}
