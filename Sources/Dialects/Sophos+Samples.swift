// Lines as SFOS writes them and the entries they must become; the last ones must be refused.

extension Sophos {
    static let lines: [Sample] = [
        Sample(
            #"""
            <30>device="SFW" date=2026-11-19 time=08:15:09 timezone="CET" device_name="XG430" \#
            device_id=C42000000000001 log_id=010202601001 log_type="Firewall" \#
            log_component="Invalid Traffic" log_subtype="Denied" status="Deny" \#
            priority=Information duration=0 fw_rule_id=0 nat_rule_id=0 policy_type=0 \#
            user_name="" in_interface="Port1" out_interface="" ether_type=IPv4 (0x0800) \#
            src_mac=00:00:5e:00:53:01 src_ip=10.0.0.9 src_country="" dst_ip=198.51.100.7 \#
            dst_country="" protocol="TCP" src_port=55821 dst_port=443 sent_pkts=0 recv_pkts=0 \#
            sent_bytes=0 recv_bytes=0 tran_src_ip= tran_src_port=0 tran_dst_ip= \#
            tran_dst_port=0 connid="" vconnid="" connevent="" hb_health="No Heartbeat" \#
            message="Could not associate packet to any connection."
            """#,
            #"""
            "dialect":"sophos","interface":"Port1","direction":"in","action":"block",\#
            "rule":"0","reason":"no-state","proto":"tcp","src":"10.0.0.9","sport":55821,\#
            "dst":"198.51.100.7","dport":443,"flags":null,\#
            "reasonText":"Could not associate packet to any connection.","duration":0.000,\#
            "bytes":0
            """#),
        Sample(
            #"""
            <30> device="SFW" date=2026-11-19 time=08:12:02 timezone="+01" device_name="XG430" \#
            device_id=C42000000000001 log_id=010101600001 log_type="Firewall" \#
            log_component="Firewall Rule" log_subtype="Allowed" status="Allow" \#
            priority=Information duration=0 fw_rule_id=2 nat_rule_id=3 in_interface="Port1" \#
            out_interface="Port2" src_ip=10.0.0.9 dst_ip=198.51.100.7 protocol="TCP" \#
            src_port=55821 dst_port=443 sent_pkts=0 recv_pkts=0 sent_bytes=0 recv_bytes=0 \#
            tran_src_ip=203.0.113.5 tran_src_port=0 srczonetype="LAN" srczone="LAN" \#
            dstzonetype="WAN" dstzone="WAN" connevent="Start" connid="42827777"
            """#,
            #"""
            "dialect":"sophos","interface":"Port1","direction":"in","action":"open","rule":"2",\#
            "reason":"match","proto":"tcp","src":"10.0.0.9","sport":55821,"dst":"198.51.100.7",\#
            "dport":443,"flags":null,"nat":{"src":"203.0.113.5","sport":55821,"dst":null,\#
            "dport":0},"duration":0.000,"bytes":0,"connectionId":42827777,\#
            "otherInterface":"Port2"
            """#),
        Sample(
            #"""
            device="SFW" date=2026-11-19 time=08:14:18 timezone="CET" device_name="XG430" \#
            device_id=C42000000000001 log_id=010101600001 log_type="Firewall" \#
            log_component="Firewall Rule" log_subtype="Allowed" status="Allow" \#
            priority=Information duration=136 fw_rule_id=2 nat_rule_id=3 in_interface="Port1" \#
            out_interface="Port2" src_mac=00:00:5e:00:53:01 dst_mac=00:00:5e:00:53:02 \#
            src_ip=10.0.0.9 dst_ip=198.51.100.7 protocol="TCP" src_port=55821 dst_port=443 \#
            sent_pkts=9 recv_pkts=7 sent_bytes=1310 recv_bytes=2822 tran_src_ip=203.0.113.5 \#
            tran_src_port=0 srczonetype="LAN" srczone="LAN" dstzonetype="WAN" dstzone="WAN" \#
            connevent="Stop" connid="42827777"
            """#,
            #"""
            "dialect":"sophos","interface":"Port1","direction":"in","action":"close",\#
            "rule":"2","reason":null,"proto":"tcp","src":"10.0.0.9","sport":55821,\#
            "dst":"198.51.100.7","dport":443,"flags":null,"mac":{"dst":"00:00:5e:00:53:02",\#
            "src":"00:00:5e:00:53:01"},"nat":{"src":"203.0.113.5","sport":55821,"dst":null,\#
            "dport":0},"duration":136.000,"bytes":4132,"connectionId":42827777,\#
            "otherInterface":"Port2"
            """#),
        Sample(
            #"""
            timestamp="2026-11-19T03:15:10-0500" device_model="XGS136" \#
            device_serial_id="X43210EDABC1D23" log_id="010202601001" log_type="Firewall" \#
            log_component="Invalid Traffic" log_subtype="Denied" log_version=1 \#
            severity="Information" fw_rule_id="N/A" nat_rule_id="0" fw_rule_type="NETWORK" \#
            ether_type="IPv4 (0x0800)" in_interface="Port1" src_ip="10.0.0.9" \#
            dst_ip="198.51.100.7" protocol="TCP" src_port=55822 dst_port=443 message="Could \#
            not associate packet to any connection." log_occurrence="3"
            """#,
            #"""
            "dialect":"sophos","interface":"Port1","direction":"in","action":"block",\#
            "rule":null,"reason":"no-state","proto":"tcp","src":"10.0.0.9","sport":55822,\#
            "dst":"198.51.100.7","dport":443,"flags":null,\#
            "reasonText":"Could not associate packet to any connection.","packets":3
            """#),
        Sample(
            #"""
            timestamp="2026-11-19T08:15:11+0000" device_model="XGS136" \#
            device_serial_id="X43210EDABC1D23" log_id="010101600002" log_type="Firewall" \#
            log_component="Firewall Rule" log_subtype="Denied" log_version=1 \#
            severity="Information" fw_rule_id="5" fw_rule_name="Block SMB" \#
            in_interface="Port2" out_interface="Port1" src_ip="192.0.2.44" \#
            dst_ip="203.0.113.5" protocol="TCP" src_port=50100 dst_port=445 log_occurrence="1"
            """#,
            #"""
            "dialect":"sophos","interface":"Port2","direction":"in","action":"block",\#
            "rule":"5","reason":"match","proto":"tcp","src":"192.0.2.44","sport":50100,\#
            "dst":"203.0.113.5","dport":445,"flags":null,"otherInterface":"Port1"
            """#),
        Sample(
            #"""
            Nov 19 08:15:12 fw3 device="SFW" date=2026-11-19 time=08:15:12 timezone="GMT" \#
            device_name="XG135" log_id=010302602002 log_type="Firewall" \#
            log_component="Appliance Access" log_subtype="Denied" status="Deny" fw_rule_id=0 \#
            in_interface="Port2" src_ip=192.0.2.44 dst_ip=203.0.113.5 protocol="UDP" \#
            src_port=5353 dst_port=161
            """#,
            #"""
            "dialect":"sophos","interface":"Port2","direction":"in","action":"block",\#
            "rule":"0","reason":"match","proto":"udp","src":"192.0.2.44","sport":5353,\#
            "dst":"203.0.113.5","dport":161,"flags":null
            """#),
        Sample(
            #"""
            device="SFW" date=2026-11-19 time=08:15:13 timezone="GMT" device_name="XG135" \#
            log_id=010202601002 log_type="Firewall" log_component="Invalid Traffic" \#
            log_subtype="Denied" status="Deny" fw_rule_id=0 in_interface="Port2" \#
            src_ip=192.0.2.44 dst_ip=203.0.113.5 protocol="ICMP" icmp_type=3 icmp_code=1 \#
            message="Invalid packet checksum."
            """#,
            #"""
            "dialect":"sophos","interface":"Port2","direction":"in","action":"block",\#
            "rule":"0","reason":"proto-cksum","proto":"icmp","src":"192.0.2.44","sport":null,\#
            "dst":"203.0.113.5","dport":null,"flags":null,\#
            "reasonText":"Invalid packet checksum.","icmpError":true
            """#),
        Sample(
            #"""
            device="SFW" date=2026-11-19 time=08:15:14 timezone="GMT" device_name="XG135" \#
            log_id=011402618031 log_type="Firewall" log_component="IP Spoof" \#
            log_subtype="Denied" status="Deny" fw_rule_id=0 in_interface="Port2" \#
            src_ip=10.0.0.99 dst_ip=203.0.113.5 protocol="TCP" src_port=40000 dst_port=80
            """#,
            #"""
            "dialect":"sophos","interface":"Port2","direction":"in","action":"block",\#
            "rule":"0","reason":"anti-spoofing","proto":"tcp","src":"10.0.0.99","sport":40000,\#
            "dst":"203.0.113.5","dport":80,"flags":null
            """#),
        Sample(
            #"""
            device="SFW" date=2026-11-19 time=08:15:15 timezone="GMT" device_name="XG135" \#
            log_id=010101600001 log_type="Firewall" log_component="Firewall Rule" \#
            log_subtype="Allowed" status="Allow" duration=2 fw_rule_id=9 in_interface="Port1" \#
            out_interface="Port2" src_ip=2001:db8:1::9 dst_ip=2001:db8:9::7 protocol="TCP" \#
            src_port=50010 dst_port=443 sent_bytes=10 recv_bytes=20 connevent="Interim" \#
            connid="5"
            """#,
            #"""
            "dialect":"sophos","interface":"Port1","direction":"in","action":"update",\#
            "rule":"9","reason":null,"proto":"tcp","src":"2001:db8:1::9","sport":50010,\#
            "dst":"2001:db8:9::7","dport":443,"flags":null,"duration":2.000,"bytes":30,\#
            "connectionId":5,"otherInterface":"Port2"
            """#),
        Sample(
            #"""
            2026-11-19 08:15:16 Firewallmessageid="01001" log_type="Firewall" \#
            log_component="Invalid Traffic" log_subtype="Denied" status="Deny" \#
            con_duration="0" fw_rule_id="0" policy_type="0" user="" user_group="" \#
            in_interface="Port4" out_interface="" src_mac="" src_ip="10.0.17.1" src_country="" \#
            dst_ip="10.0.17.2" dst_country="" protocol="TCP" src_port="33949" dst_port="8080" \#
            packets_sent="0" packets_received="0" bytes_sent="0" bytes_received="0" \#
            src_trans_ip="" src_trans_port="0" con_id="" hb_status="No Heartbeat" \#
            message="Could not associate packet to any connection." appresolvedby="Signature" \#
            app_is_cloud="0"
            """#,
            #"""
            "dialect":"sophos","interface":"Port4","direction":"in","action":"block",\#
            "rule":"0","reason":"no-state","proto":"tcp","src":"10.0.17.1","sport":33949,\#
            "dst":"10.0.17.2","dport":8080,"flags":null,\#
            "reasonText":"Could not associate packet to any connection.","duration":0.000,\#
            "bytes":0
            """#),
        Sample(
            #"""
            2026-11-19 08:15:17 Firewallmessageid="00001" log_type="Firewall" \#
            log_component="Firewall Rule" log_subtype="Allowed" status="Allow" \#
            con_duration="61" fw_rule_id="4" in_interface="Port1" out_interface="Port2" \#
            src_ip="10.0.0.9" dst_ip="198.51.100.8" protocol="TCP" src_port="33950" \#
            dst_port="22" bytes_sent="700" bytes_received="800" src_trans_ip="203.0.113.5" \#
            src_trans_port="10001" con_id="77"
            """#,
            #"""
            "dialect":"sophos","interface":"Port1","direction":"in","action":"close",\#
            "rule":"4","reason":null,"proto":"tcp","src":"10.0.0.9","sport":33950,\#
            "dst":"198.51.100.8","dport":22,"flags":null,"nat":{"src":"203.0.113.5",\#
            "sport":10001,"dst":null,"dport":0},"duration":61.000,"bytes":1500,\#
            "connectionId":77,"otherInterface":"Port2"
            """#),
        Sample(
            #"""
            device="SFW" date=2026-11-19 time=08:15:18 timezone="GMT" device_name="XG135" \#
            log_id=050901616001 log_type="Content Filtering" log_component="HTTP" \#
            log_subtype="Allowed" status="" src_ip=10.0.0.9 dst_ip=198.51.100.7 protocol="TCP" \#
            src_port=50011 dst_port=443
            """#,
            nil),
        Sample(
            #"""
            device="SFW" date=2026-11-19 time=08:15:19 timezone="GMT" device_name="XG135" \#
            log_id=010202601001 log_type="Firewall" log_component="Invalid Traffic" \#
            log_subtype="Denied" status="Deny" fw_rule_id=0 message="Could not associate \#
            packet to any connection."
            """#,
            nil),
        Sample(
            #"""
            device="SFW" date=2026-11-19 time=08:15:20 timezone="GMT" device_name="XG135" \#
            log_id=010101600002 log_type="Firewall" log_component="Firewall Rule" \#
            log_subtype="Denied" status="Deny" fw_rule_id=5 in_interface="Port2" \#
            src_ip=192.0.2.44 dst_
            """#,
            nil),
    ]
}
