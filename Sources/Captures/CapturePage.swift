// The page of captures beside those of the log dialects: how to take one, and what it cannot tell.

import Bytes
import Dialects
import Facts

/// It has a dialect's page and reads no line: packets are read by `CaptureReader`.
public struct CapturePage: Dialect {
    public init() {}

    public var id: DialectID { .capture }
    public var title: String { "packets: pcap and pcapng files" }
    public var howToGet: [String] {
        [
            "pfSense, OPNsense, what rules with logging block and pass: "
                + "`tcpdump -ni pflog0 -w /tmp/pflog.pcap` in a shell; it names rule and reason.",
            "pfSense, OPNsense, all packets of an interface: Diagnostics > Packet Capture, "
                + "Interfaces > Diagnostics > Packet Capture.",
            "Linux: `tcpdump -ni any -w all.pcap`; it names no rule.",
            "Linux, what a rule sees: `-j NFLOG --nflog-group 5 --nflog-prefix \"DROP \"` or "
                + "`log group 5 prefix \"DROP \"` beside the rule that drops, then "
                + "`tcpdump -ni nflog:5 -w dropped.pcap`. Leave out -s: it loses packets there.",
            "Cisco ASA: `capture dropped type asp-drop all`, then "
                + "`copy /pcap capture:dropped tftp:`, then `no capture dropped`.",
            "Forcepoint NGFW, on the engine's command line: "
                + "`tcpdump -ni INTERFACE -w /tmp/interface.pcap`.",
        ]
    }
    public var limits: [String] {
        [
            "A packet on an interface was seen, neither blocked nor passed; only captures of pflog, "
                + "and of NFLOG with a telling prefix, hold verdicts.",
            "What an ASA captured with asp-drop was dropped, and the file does not say so.",
            "NFLOG and version 2 of Linux's cooked headers number interfaces: if3.",
            "The packet that an ICMP error quotes is not read.",
            "Packets that are not IP, such as ARP, are counted and left out.",
        ]
    }
    public var samples: [Sample] { [] }

    public func read(
        _ line: borrowing Line, _ envelope: Envelope, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        .notMine
    }
}
