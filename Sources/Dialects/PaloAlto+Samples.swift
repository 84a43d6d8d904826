// Lines as the product writes them and the entries they must become; the last ones must be refused.

extension PaloAlto {
    static let lines: [Sample] = [
        Sample(
            #"""
            <14>Nov 19 08:15:30 pa-1 1,2026/11/19 08:15:29,007200001056,TRAFFIC,end,2816,\#
            2026/11/19 08:15:29,10.1.1.5,198.51.100.7,203.0.113.2,198.51.100.7,allow-web,,,ssl,\#
            vsys1,trust,untrust,ethernet1/2,ethernet1/1,fwd,2026/11/19 08:15:29,219781,1,60975,\#
            443,32326,443,0x40041c,tcp,allow,5773,758,5015,14,2026/11/19 07:15:14,3600,any,,\#
            7312415129244589397,0x0,10.0.0.0-10.255.255.255,United States,,7,7,aged-out,0,0,0,\#
            0,,pa-1,from-policy,,,0,,0,,N/A,0,0,0,0,ace432fe-0000-0000-0000-000000000000,0
            """#,
            #"""
            "dialect":"palo-alto","interface":"ethernet1/2","direction":"in","action":"close",\#
            "rule":"allow-web","reason":"closed-idle","proto":"tcp","src":"10.1.1.5",\#
            "sport":60975,"dst":"198.51.100.7","dport":443,"flags":null,\#
            "nat":{"src":"203.0.113.2","sport":32326,"dst":null,"dport":0},\#
            "reasonText":"aged-out","duration":3600.000,"bytes":5773,"connectionId":219781,\#
            "otherInterface":"ethernet1/1","answered":true
            """#),
        Sample(
            #"""
            1,2026/11/19 08:20:01,007200001056,TRAFFIC,drop,2816,2026/11/19 08:20:01,192.0.2.9,\#
            10.1.1.5,,,intrazone-deny,,,not-applicable,vsys1,untrust,trust,ethernet1/1,,fwd,\#
            2026/11/19 08:20:01,0,1,443,60975,0,0,0x0,tcp,deny,60,60,0,1,2026/11/19 08:20:01,0,\#
            any,,731241,0x0,United States,10.0.0.0-10.255.255.255,,1,0,policy-deny,0,0,0,0,,\#
            pa-1,from-policy
            """#,
            #"""
            "dialect":"palo-alto","interface":"ethernet1/1","direction":"in","action":"block",\#
            "rule":"intrazone-deny","reason":"match","proto":"tcp","src":"192.0.2.9",\#
            "sport":443,"dst":"10.1.1.5","dport":60975,"flags":null,\#
            "reasonText":"not-applicable"
            """#),
        Sample(
            #"""
            <14>Nov 19 08:21:02 1,2026/11/19 08:21:02,007200001056,TRAFFIC,start,2816,\#
            2026/11/19 08:21:02,10.1.1.5,198.51.100.7,203.0.113.2,198.51.100.7,"allow web, \#
            all",example\alice,,ssl,vsys1,trust,untrust,ethernet1/2,ethernet1/1,fwd,2026/11/19 \#
            08:21:02,219790,1,60980,443,32330,443,0x400000,tcp,allow,74,74,0,1,2026/11/19 \#
            08:21:02,0,any,,731250,0x0,10.0.0.0-10.255.255.255,United States,,1,0,n/a
            """#,
            #"""
            "dialect":"palo-alto","interface":"ethernet1/2","direction":"in","action":"open",\#
            "rule":"allow web, all","reason":"match","proto":"tcp","src":"10.1.1.5",\#
            "sport":60980,"dst":"198.51.100.7","dport":443,"flags":null,\#
            "nat":{"src":"203.0.113.2","sport":32330,"dst":null,"dport":0},"reasonText":"ssl",\#
            "connectionId":219790,"otherInterface":"ethernet1/1"
            """#),
        Sample(
            #"""
            <14>1 2026-11-19T08:22:03+00:00 pa-1 - - - -  1,2026/11/19 08:22:03,007200001056,\#
            TRAFFIC,end,2816,2026/11/19 08:22:03,2001:db8:1::5,2001:db8:2::7,::,::,allow-six,,,\#
            incomplete,vsys1,trust,untrust,ethernet1/2,ethernet1/1,fwd,2026/11/19 08:22:03,\#
            219791,1,60981,443,0,0,0x400000,tcp,allow,74,74,0,1,2026/11/19 08:21:53,10,any,,\#
            731251,0x0,,,,1,0,aged-out,0,0,0,0,,pa-1,from-policy
            """#,
            #"""
            "dialect":"palo-alto","interface":"ethernet1/2","direction":"in","action":"close",\#
            "rule":"allow-six","reason":"closed-handshake","proto":"tcp","src":"2001:db8:1::5",\#
            "sport":60981,"dst":"2001:db8:2::7","dport":443,"flags":null,\#
            "reasonText":"aged-out","duration":10.000,"bytes":74,"connectionId":219791,\#
            "otherInterface":"ethernet1/1","answered":false
            """#),
        Sample(
            #"""
            1,2026/11/19 09:15:30,007200001056,TRAFFIC,deny,2816,2026/11/19 09:15:29,10.1.1.5,\#
            198.51.100.7,,,no-strays,,,non-syn-tcp,vsys1,trust,untrust,ethernet1/2,ethernet1/1,\#
            fwd,2026/11/19 09:15:29,219799,1,60975,443,0,0,0x0,tcp,deny,60,60,0,1,2026/11/19 \#
            09:15:29,0,any,,731260,0x0,,,,1,0,policy-deny,0,0,0,0,,pa-1,from-policy
            """#,
            #"""
            "dialect":"palo-alto","interface":"ethernet1/2","direction":"in","action":"block",\#
            "rule":"no-strays","reason":"no-state","proto":"tcp","src":"10.1.1.5",\#
            "sport":60975,"dst":"198.51.100.7","dport":443,"flags":null,\#
            "reasonText":"non-syn-tcp","connectionId":219799,"otherInterface":"ethernet1/1"
            """#),
        Sample(
            #"""
            1,2026/11/19 09:16:30,007200001056,TRAFFIC,end,2817,2026/11/19 09:16:29,10.1.1.6,\#
            198.51.100.7,0.0.0.0,0.0.0.0,allow-web,,,web-browsing,vsys1,trust,untrust,\#
            ethernet1/2,ethernet1/1,fwd,2026/11/19 09:16:29,33554732,3,50120,80,0,0,0x1c,tcp,\#
            allow,6400,900,5500,20,2026/11/19 09:16:14,12,any,,731261,0x0,,,,10,10,\#
            tcp-rst-from-server,0,0,0,0,,pa-1,from-policy,,,0,,0,,N/A,0,0,0,0,\#
            ace432fe-0000-0000-0000-000000000000,0,0,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,\#
            2026-11-19T10:16:29.845+01:00,,,networking,browser
            """#,
            #"""
            "dialect":"palo-alto","interface":"ethernet1/2","direction":"in","action":"close",\#
            "rule":"allow-web","reason":"closed-reset","proto":"tcp","src":"10.1.1.6",\#
            "sport":50120,"dst":"198.51.100.7","dport":80,"flags":null,\#
            "reasonText":"tcp-rst-from-server","duration":12.000,"bytes":6400,\#
            "connectionId":33554732,"otherInterface":"ethernet1/1","packets":3,"answered":true
            """#),
        Sample(
            #"""
            1,2026/11/19 09:17:01,007200001056,THREAT,packet,2816,2026/11/19 09:17:01,\#
            192.0.2.77,10.1.1.5,,,,,,not-applicable,vsys1,untrust,untrust,ethernet1/1,,fwd,\#
            2026/11/19 09:17:01,0,1,443,60975,0,0,0x0,tcp,drop,,TCP Packet with non-SYN \#
            first(8725),any,critical,client-to-server
            """#,
            #"""
            "dialect":"palo-alto","interface":"ethernet1/1","direction":"in","action":"block",\#
            "rule":null,"reason":"no-state","proto":"tcp","src":"192.0.2.77","sport":443,\#
            "dst":"10.1.1.5","dport":60975,"flags":null,"reasonText":"TCP Packet with non-SYN \#
            first(8725)"
            """#),
        Sample(
            #"""
            1,2026/11/19 09:17:02,007200001056,THREAT,flood,2816,2026/11/19 09:17:02,0.0.0.0,\#
            10.1.1.5,,,,,,not-applicable,vsys1,untrust,untrust,ethernet1/1,,fwd,2026/11/19 \#
            09:17:02,0,1,0,443,0,0,0x0,tcp,random-drop,,TCP Flood(8501),any,critical,\#
            client-to-server
            """#,
            #"""
            "dialect":"palo-alto","interface":"ethernet1/1","direction":"in","action":"block",\#
            "rule":null,"reason":"rate-limit","proto":"tcp","src":"0.0.0.0","sport":0,\#
            "dst":"10.1.1.5","dport":443,"flags":null,"reasonText":"TCP Flood(8501)"
            """#),
        Sample(
            #"""
            CEF:0|Palo Alto Networks|LF|2.0|TRAFFIC|end|3|dtz=UTC rt=Nov 19 2026 12:46:24 \#
            deviceExternalId=007 start=Nov 19 2026 12:46:07 src=10.1.1.5 dst=198.51.100.7 \#
            sourceTranslatedAddress=203.0.113.2 destinationTranslatedAddress=198.51.100.7 \#
            cs1=allow web cs1Label=Rule app=ssl cs4=trust cs4Label=FromZone cs5=untrust \#
            cs5Label=ToZone spt=60975 dpt=443 proto=tcp act=allow reason=tcp-fin
            """#,
            #"""
            "dialect":"palo-alto","interface":"trust","direction":"in","action":"close",\#
            "rule":"allow web","reason":"closed-fins","proto":"tcp","src":"10.1.1.5",\#
            "sport":60975,"dst":"198.51.100.7","dport":443,"flags":null,\#
            "nat":{"src":"203.0.113.2","sport":60975,"dst":null,"dport":0},\#
            "reasonText":"tcp-fin","otherInterface":"untrust"
            """#),
        Sample(
            #"""
            CEF:0|Palo Alto Networks|PAN-OS|10.1.0|drop|TRAFFIC|1|rt=Nov 19 2026 08:30:00 \#
            deviceExternalId=007200001056 src=192.0.2.9 dst=10.1.1.5 \#
            sourceTranslatedAddress=0.0.0.0 destinationTranslatedAddress=0.0.0.0 cs1Label=Rule \#
            cs1=deny-all app=not-applicable cs3Label=Virtual System cs3=vsys1 cs4Label=Source \#
            Zone cs4=untrust cs5Label=Destination Zone cs5=trust \#
            deviceInboundInterface=ethernet1/1 deviceOutboundInterface= cn1Label=SessionID \#
            cn1=0 cnt=1 spt=443 dpt=60975 sourceTranslatedPort=0 destinationTranslatedPort=0 \#
            flexString1Label=Flags flexString1=0x0 proto=tcp act=deny flexNumber1Label=Total \#
            bytes flexNumber1=60 in=60 out=0 cn3Label=Elapsed time in seconds cn3=0 \#
            reason=policy-deny dvchost=pa-1 cat=from-policy
            """#,
            #"""
            "dialect":"palo-alto","interface":"ethernet1/1","direction":"in","action":"block",\#
            "rule":"deny-all","reason":"match","proto":"tcp","src":"192.0.2.9","sport":443,\#
            "dst":"10.1.1.5","dport":60975,"flags":null,"reasonText":"not-applicable"
            """#),
        Sample(
            #"""
            LEEF:1.0|Palo Alto Networks|PAN-OS Syslog \#
            Integration|9.1.0|allow|cat=TRAFFIC|ReceiveTime=2026/11/19 \#
            08:31:01|SerialNumber=007200001056|Type=TRAFFIC|Subtype=end|devTime=Nov 19 2026 \#
            08:31:00 GMT|src=10.1.1.5|dst=198.51.100.7|srcPostNAT=203.0.113.2|dstPostNAT=198.51\#
            .100.7|RuleName=allow-web|Application=ssl|SourceZone=trust|DestinationZone=untrust|\#
            IngressInterface=ethernet1/2|EgressInterface=ethernet1/1|SessionID=219801|RepeatCou\#
            nt=1|srcPort=60990|dstPort=443|srcPostNATPort=32340|dstPostNATPort=443|proto=tcp|ac\#
            tion=allow|totalBytes=5773|ElapsedTime=15|SessionEndReason=tcp-reuse
            """#,
            #"""
            "dialect":"palo-alto","interface":"ethernet1/2","direction":"in","action":"close",\#
            "rule":"allow-web","reason":"closed-by-device","proto":"tcp","src":"10.1.1.5",\#
            "sport":60990,"dst":"198.51.100.7","dport":443,"flags":null,\#
            "nat":{"src":"203.0.113.2","sport":32340,"dst":null,"dport":0},\#
            "reasonText":"tcp-reuse","duration":15.000,"bytes":5773,"connectionId":219801,\#
            "otherInterface":"ethernet1/1"
            """#),
        Sample(
            #"""
            {"TimeReceived":"2026-11-19T12:00:05.000000Z","DeviceSN":"007200001056",\#
            "LogType":"TRAFFIC","Subtype":"deny","TimeGenerated":"2026-11-19T12:00:01.000000Z",\#
            "SourceAddress":"10.1.1.5","DestinationAddress":"198.51.100.7","NATSource":"",\#
            "NATDestination":"","Rule":"deny-all","Application":"incomplete",\#
            "FromZone":"trust","ToZone":"untrust","InboundInterface":"ethernet1/2",\#
            "OutboundInterface":"ethernet1/1","SessionID":0,"RepeatCount":1,"SourcePort":60999,\#
            "DestinationPort":8443,"Protocol":"tcp","Action":"deny","DeviceName":"pa-1"}
            """#,
            #"""
            "dialect":"palo-alto","interface":"ethernet1/2","direction":"in","action":"block",\#
            "rule":"deny-all","reason":"match","proto":"tcp","src":"10.1.1.5","sport":60999,\#
            "dst":"198.51.100.7","dport":8443,"flags":null,"reasonText":"incomplete",\#
            "otherInterface":"ethernet1/1"
            """#),
        Sample(
            #"""
            1,2026/11/19 08:15:29,007200001056,SYSTEM,general,0,2026/11/19 08:15:29,,general,,\#
            0,0,general,informational,"User admin logged in via Web",731299,0x0
            """#,
            nil),
        Sample(
            #"""
            1,2026/11/19 08:15:29,007200001056,TRAFFIC,end,2816,2026/11/19 08:15:29,10.1.1.5,\#
            198.51.100.7,203.0.113.2,198.51.100.7,allow-web,,,ssl,vsys1,trust
            """#,
            nil),
        Sample(
            #"""
            1,2026/11/19 09:17:03,007200001056,THREAT,url,2816,2026/11/19 09:17:03,10.1.1.5,\#
            198.51.100.7,,,allow-web,,,ssl,vsys1,trust,untrust,ethernet1/2,ethernet1/1,fwd,\#
            2026/11/19 09:17:03,219805,1,60991,443,0,0,0x0,tcp,block-url,"example.com/",(9999),\#
            gambling,informational,client-to-server
            """#,
            nil),
        Sample(
            #"""
            1,2026/11/19,invoice,TRAFFICLIGHT,end
            """#,
            nil),
    ]
}
