// Lines as FortiOS writes them and the entries they must become; the last ones must be refused.

extension FortiGate {
    static let lines: [Sample] = [
        Sample(
            #"""
            <189>date=2026-11-19 time=08:15:10 devname="fw-1" devid="FG100D0000000001" \#
            eventtime=1795076110028577926 tz="+0000" logid="0000000007" type="traffic" \#
            subtype="forward" level="warning" vd="root" srcip=198.51.100.7 srcport=443 \#
            srcintf="wan1" dstip=203.0.113.2 dstport=62979 dstintf="unknown0" sessionid=0 \#
            proto=6 action="deny" policyid=0 service="tcp/62979" trandisp="noop" duration=0 \#
            sentbyte=0 rcvdbyte=0 sentpkt=0 msg="no session matched"
            """#,
            #"""
            "dialect":"fortigate","interface":"wan1","direction":"in","action":"block",\#
            "rule":"0","reason":"no-state","proto":"tcp","src":"198.51.100.7","sport":443,\#
            "dst":"203.0.113.2","dport":62979,"flags":null,"reasonText":"no session matched",\#
            "duration":0.000,"bytes":0,"otherInterface":"unknown0"
            """#),
        Sample(
            #"""
            date=2026-11-19 time=08:10:03 devname="fw-1" logid="0000000013" type="traffic" \#
            subtype="forward" srcip=10.1.1.5 srcport=62979 srcintf="LAN of 2023" \#
            dstip=198.51.100.7 dstport=443 dstintf="wan1" sessionid=538959618 proto=6 \#
            action="server-rst" policyid=41 service="HTTPS" trandisp="snat" \#
            transip=203.0.113.2 transport=62979 duration=305 sentbyte=3001 rcvdbyte=9120
            """#,
            #"""
            "dialect":"fortigate","interface":"LAN of 2023","direction":"in","action":"close",\#
            "rule":"41","reason":"closed-reset","proto":"tcp","src":"10.1.1.5","sport":62979,\#
            "dst":"198.51.100.7","dport":443,"flags":null,"nat":{"src":"203.0.113.2",\#
            "sport":62979,"dst":null,"dport":0},"duration":305.000,"bytes":12121,\#
            "connectionId":538959618,"otherInterface":"wan1"
            """#),
        Sample(
            #"""
            date=2026-11-19 time=08:10:03 devname="fw-1" logid="0100032001" type="event" \#
            subtype="system" action="login"
            """#,
            nil),
    ]
}
