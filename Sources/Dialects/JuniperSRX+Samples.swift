// Lines as Junos writes them and the entries they must become; the last ones must be refused.

extension JuniperSRX {
    static let lines: [Sample] = [
        Sample(
            #"""
            <14>1 2026-11-19T08:15:02.576Z srx1 RT_FLOW - RT_FLOW_SESSION_CREATE \#
            [junos@2636.1.1.1.2.129 source-address="10.1.1.5" source-port="47776" \#
            destination-address="198.51.100.7" destination-port="443" connection-tag="0" \#
            service-name="junos-https" nat-source-address="203.0.113.2" \#
            nat-source-port="19162" nat-destination-address="198.51.100.7" \#
            nat-destination-port="443" src-nat-rule-type="source rule" \#
            src-nat-rule-name="nat1" dst-nat-rule-type="N/A" dst-nat-rule-name="N/A" \#
            protocol-id="6" policy-name="permit_all" source-zone-name="trust" \#
            destination-zone-name="untrust" session-id-32="5" username="N/A" roles="N/A" \#
            packet-incoming-interface="ge-0/0/0.0" application="UNKNOWN"]
            """#,
            #"""
            "dialect":"juniper-srx","interface":"ge-0/0/0.0","direction":"in","action":"open",\#
            "rule":"permit_all","reason":"match","proto":"tcp","src":"10.1.1.5","sport":47776,\#
            "dst":"198.51.100.7","dport":443,"flags":null,"nat":{"src":"203.0.113.2",\#
            "sport":19162,"dst":null,"dport":0},"connectionId":5
            """#),
        Sample(
            #"""
            <14>1 2026-11-19T08:45:06.576Z srx1 RT_FLOW - RT_FLOW_SESSION_CLOSE \#
            [junos@2636.1.1.1.2.129 reason="idle Timeout" source-address="10.1.1.5" \#
            source-port="47776" destination-address="198.51.100.7" destination-port="443" \#
            service-name="junos-https" nat-source-address="203.0.113.2" \#
            nat-source-port="19162" nat-destination-address="198.51.100.7" \#
            nat-destination-port="443" src-nat-rule-type="source rule" \#
            src-nat-rule-name="nat1" dst-nat-rule-type="N/A" dst-nat-rule-name="N/A" \#
            protocol-id="6" policy-name="permit_all" source-zone-name="trust" \#
            destination-zone-name="untrust" session-id-32="5" packets-from-client="6" \#
            bytes-from-client="337" packets-from-server="4" bytes-from-server="535" \#
            elapsed-time="1804" application="HTTPS" username="N/A" \#
            packet-incoming-interface="ge-0/0/0.0"]
            """#,
            #"""
            "dialect":"juniper-srx","interface":"ge-0/0/0.0","direction":"in","action":"close",\#
            "rule":"permit_all","reason":"closed-idle","proto":"tcp","src":"10.1.1.5",\#
            "sport":47776,"dst":"198.51.100.7","dport":443,"flags":null,\#
            "nat":{"src":"203.0.113.2","sport":19162,"dst":null,"dport":0},\#
            "reasonText":"idle Timeout","duration":1804.000,"bytes":872,"connectionId":5
            """#),
        Sample(
            #"""
            <14>1 2026-11-19T08:45:07.000+01:00 srx1 RT_FLOW - RT_FLOW_SESSION_DENY_LS \#
            [junos@2636.1.1.1.2.129 logical-system-name="LS1" source-address="192.0.2.44" \#
            source-port="50100" destination-address="203.0.113.5" destination-port="445" \#
            service-name="junos-smb" protocol-id="6" icmp-type="0" policy-name="default-deny" \#
            source-zone-name="untrust" destination-zone-name="trust" application="UNKNOWN" \#
            packet-incoming-interface="ge-0/0/1.0" encrypted="No" reason="Denied by policy"]
            """#,
            #"""
            "dialect":"juniper-srx","interface":"ge-0/0/1.0","direction":"in","action":"block",\#
            "rule":"default-deny","reason":"match","proto":"tcp","src":"192.0.2.44",\#
            "sport":50100,"dst":"203.0.113.5","dport":445,"flags":null,\#
            "reasonText":"Denied by policy"
            """#),
        Sample(
            #"""
            Nov 19 08:46:30 192.0.2.1 junos-flow: 2026-11-19T08:46:29.803Z srx2 RT_FLOW - \#
            RT_FLOW_SESSION_CLOSE [junos@2636.1.1.1.2.26 reason="TCP FIN" \#
            source-address="2001:db8:1::5" source-port="50002" \#
            destination-address="2001:db8:9::7" destination-port="443" \#
            nat-source-address="2001:db8:1::5" nat-source-port="50002" \#
            nat-destination-address="2001:db8:9::7" nat-destination-port="443" protocol-id="6" \#
            policy-name="p6" source-zone-name="trust" destination-zone-name="untrust" \#
            session-id-32="6" packets-from-client="9" bytes-from-client="900" \#
            packets-from-server="9" bytes-from-server="9000" elapsed-time="9" \#
            packet-incoming-interface="ge-0/0/0.0"]
            """#,
            #"""
            "dialect":"juniper-srx","interface":"ge-0/0/0.0","direction":"in","action":"close",\#
            "rule":"p6","reason":"closed-fins","proto":"tcp","src":"2001:db8:1::5",\#
            "sport":50002,"dst":"2001:db8:9::7","dport":443,"flags":null,\#
            "reasonText":"TCP FIN","duration":9.000,"bytes":9900,"connectionId":6
            """#),
        Sample(
            #"""
            Nov 19 08:47:30 srx1 RT_FLOW: RT_FLOW_SESSION_CLOSE: session closed TCP CLIENT \#
            RST: 10.1.1.5/53836->198.51.100.7/22 junos-ssh 203.0.113.2/53836->198.51.100.7/22 \#
            None None 6 permit-out trust untrust 7 13(3274) 9(1575) 45 UNKNOWN UNKNOWN \#
            N/A(N/A) ge-0/0/1.0
            """#,
            #"""
            "dialect":"juniper-srx","interface":"ge-0/0/1.0","direction":"in","action":"close",\#
            "rule":"permit-out","reason":"closed-reset","proto":"tcp","src":"10.1.1.5",\#
            "sport":53836,"dst":"198.51.100.7","dport":22,"flags":null,\#
            "nat":{"src":"203.0.113.2","sport":53836,"dst":null,"dport":0},\#
            "reasonText":"TCP CLIENT RST","duration":45.000,"bytes":4849,"connectionId":7
            """#),
        Sample(
            #"""
            <14>Nov 19 08:47:32  srx1 RT_FLOW: RT_FLOW_SESSION_CREATE: session created \#
            10.1.1.5/53841->198.51.100.7/443 0x0 junos-https \#
            203.0.113.2/10001->198.51.100.7/443 0x0 source rule nat1 N/A N/A 6 permit-out \#
            trust untrust 8 N/A(N/A) ge-0/0/0.0 UNKNOWN UNKNOWN UNKNOWN N/A N/A -1
            """#,
            #"""
            "dialect":"juniper-srx","interface":"ge-0/0/0.0","direction":"in","action":"open",\#
            "rule":"permit-out","reason":"match","proto":"tcp","src":"10.1.1.5","sport":53841,\#
            "dst":"198.51.100.7","dport":443,"flags":null,"nat":{"src":"203.0.113.2",\#
            "sport":10001,"dst":null,"dport":0},"connectionId":8
            """#),
        Sample(
            #"""
            Nov 19 08:47:33 srx1 RT_FLOW: RT_FLOW_SESSION_DENY: session denied \#
            192.0.2.1/54924->10.1.1.5/53 junos-dns-udp 17(0) default-deny(global) untrust \#
            trust UNKNOWN UNKNOWN N/A(N/A) ge-0/0/0.0
            """#,
            #"""
            "dialect":"juniper-srx","interface":"ge-0/0/0.0","direction":"in","action":"block",\#
            "rule":"default-deny(global)","reason":"match","proto":"udp","src":"192.0.2.1",\#
            "sport":54924,"dst":"10.1.1.5","dport":53,"flags":null
            """#),
        Sample(
            #"""
            Nov 19 08:47:34 srx1 RT_FLOW: RT_FLOW_SESSION_DENY: session denied \#
            192.0.2.1/8->10.1.1.5/1 icmp 1(8) default-deny untrust trust
            """#,
            #"""
            "dialect":"juniper-srx","interface":"untrust","direction":"in","action":"block",\#
            "rule":"default-deny","reason":"match","proto":"icmp","src":"192.0.2.1",\#
            "sport":null,"dst":"10.1.1.5","dport":null,"flags":null,"otherInterface":"trust"
            """#),
        Sample(
            #"""
            RT_FLOW_SESSION_CLOSE: session closed response received: \#
            10.1.1.5/9->198.51.100.9/1 icmp 10.1.1.5/9->198.51.100.9/1 None None 1 permit-out \#
            trust untrust 9 1(84) 1(84) 3 UNKNOWN UNKNOWN N/A(N/A) ge-0/0/0.0
            """#,
            #"""
            "dialect":"juniper-srx","interface":"ge-0/0/0.0","direction":"in","action":"close",\#
            "rule":"permit-out","reason":null,"proto":"icmp","src":"10.1.1.5","sport":null,\#
            "dst":"198.51.100.9","dport":null,"flags":null,"reasonText":"response received",\#
            "duration":3.000,"bytes":168,"connectionId":9
            """#),
        Sample(
            #"""
            <14>1 2026-11-19T08:48:00.000Z srx1 RT_FLOW - APPTRACK_SESSION_VOL_UPDATE \#
            [junos@2636.1.1.1.2.129 source-address="10.1.1.5" source-port="47780" \#
            destination-address="198.51.100.7" destination-port="443" \#
            service-name="junos-https" application="HTTP" nat-source-address="10.1.1.5" \#
            nat-source-port="47780" nat-destination-address="198.51.100.7" \#
            nat-destination-port="443" protocol-id="6" policy-name="permit_all" \#
            source-zone-name="trust" destination-zone-name="untrust" session-id-32="10" \#
            packets-from-client="60" bytes-from-client="3370" packets-from-server="40" \#
            bytes-from-server="5350" elapsed-time="60"]
            """#,
            #"""
            "dialect":"juniper-srx","interface":"trust","direction":"in","action":"update",\#
            "rule":"permit_all","reason":null,"proto":"tcp","src":"10.1.1.5","sport":47780,\#
            "dst":"198.51.100.7","dport":443,"flags":null,"duration":60.000,"bytes":8720,\#
            "connectionId":10,"otherInterface":"untrust"
            """#),
        Sample(
            #"""
            Nov 19 08:48:10 srx1 RT_FLOW: APPTRACK_SESSION_CLOSE: AppTrack session closed TCP \#
            SERVER RST: 10.1.1.5/47780->198.51.100.7/443 junos-https HTTP UNKNOWN \#
            10.1.1.5/47780->198.51.100.7/443 N/A N/A 6 permit_all trust untrust 10 61(3420) \#
            41(5400) 70 N/A N/A No
            """#,
            #"""
            "dialect":"juniper-srx","interface":"trust","direction":"in","action":"close",\#
            "rule":"permit_all","reason":"closed-reset","proto":"tcp","src":"10.1.1.5",\#
            "sport":47780,"dst":"198.51.100.7","dport":443,"flags":null,\#
            "reasonText":"TCP SERVER RST","duration":70.000,"bytes":8820,"connectionId":10,\#
            "otherInterface":"untrust"
            """#),
        Sample(
            #"""
            <14>1 2026-11-19T08:48:20.000Z srx1 RT_IDS - RT_SCREEN_TCP [junos@2636.1.1.1.2.129 \#
            attack-name="TCP no flag!" source-address="192.0.2.44" source-port="40001" \#
            destination-address="203.0.113.5" destination-port="22" source-zone-name="untrust" \#
            interface-name="ge-0/0/1.0" action="drop"]
            """#,
            #"""
            "dialect":"juniper-srx","interface":"ge-0/0/1.0","direction":"in","action":"block",\#
            "rule":null,"reason":"invalid-flags","proto":"tcp","src":"192.0.2.44",\#
            "sport":40001,"dst":"203.0.113.5","dport":22,"flags":null,\#
            "reasonText":"TCP no flag!"
            """#),
        Sample(
            #"""
            Nov 19 08:48:21 srx1 RT_IDS: RT_SCREEN_IP: IP spoofing! source: 10.1.1.9, \#
            destination: 203.0.113.5, protocol-id: 6, zone name: untrust, interface name: \#
            ge-0/0/1.0, action: drop
            """#,
            #"""
            "dialect":"juniper-srx","interface":"ge-0/0/1.0","direction":"in","action":"block",\#
            "rule":null,"reason":"anti-spoofing","proto":"tcp","src":"10.1.1.9","sport":null,\#
            "dst":"203.0.113.5","dport":null,"flags":null,"reasonText":"IP spoofing!"
            """#),
        Sample(
            #"""
            Nov 19 08:48:22 srx1 RT_IDS: RT_SCREEN_TCP: SYN and FIN bits! source: \#
            192.0.2.44:40002, destination: 203.0.113.5:80, zone name: untrust, interface name: \#
            ge-0/0/1.0, action: alarm-only
            """#,
            #"""
            "dialect":"juniper-srx","interface":"ge-0/0/1.0","direction":"in","action":"note",\#
            "rule":null,"reason":null,"proto":"tcp","src":"192.0.2.44","sport":40002,\#
            "dst":"203.0.113.5","dport":80,"flags":null,"reasonText":"SYN and FIN bits!"
            """#),
        Sample(
            #"""
            Nov 19 08:48:30 srx1 PFE_FW_SYSLOG_IP: FW: ge-0/0/0.0   D tcp 192.0.2.44 \#
            203.0.113.5 4711 22 (3 packets)
            """#,
            #"""
            "dialect":"juniper-srx","interface":"ge-0/0/0.0","direction":"in","action":"block",\#
            "rule":null,"reason":"match","proto":"tcp","src":"192.0.2.44","sport":4711,\#
            "dst":"203.0.113.5","dport":22,"flags":null,"packets":3
            """#),
        Sample(
            #"""
            Nov 19 08:48:31 srx1 fpc0 PFE_FW_SYSLOG_IP: FW: ge-0/0/0.0   A icmp 192.0.2.45 \#
            203.0.113.5 8 0 (1 packets)
            """#,
            #"""
            "dialect":"juniper-srx","interface":"ge-0/0/0.0","direction":"in","action":"pass",\#
            "rule":null,"reason":"match","proto":"icmp","src":"192.0.2.45","sport":null,\#
            "dst":"203.0.113.5","dport":null,"flags":null
            """#),
        Sample(
            #"""
            Nov 19 08:47:31 srx1 RT_FLOW: RT_FLOW_SESSION_CREATE: session created \#
            10.1.1.5/53840 0x0->198.51.100.7/22
            """#,
            nil),
        Sample(
            #"""
            Nov 19 08:48:32 srx1 RT_IDS: RT_SCREEN_TCP_SRC_IP: SYN flood Src-IP based! source: \#
            192.0.2.44, zone name: untrust, interface name: ge-0/0/1.0, action: drop
            """#,
            nil),
        Sample(
            #"""
            Nov 19 08:48:33 srx1 RT_FLOW: RT_FLOW_SESSION_CLOSE: session closed TCP FIN: \#
            10.1.1.5/53850->198.51.100.7/22 junos-ssh 203.0.
            """#,
            nil),
        Sample(
            #"""
            Nov 19 08:48:34 srx1 mgd[2112]: UI_COMMIT: User 'admin' requested 'commit' \#
            operation
            """#,
            nil),
    ]
}
