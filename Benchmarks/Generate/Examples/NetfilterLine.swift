// A TCP packet as the Linux kernel's packet log writes it.
//
// Read first: Linux nf_log_syslog.c dump_ipv4_packet() and nf_log_dump_tcp_header().

import Bytes

struct NetfilterLine {
    var prefix: String
    var input: String
    var output = ""
    var source: String
    var destination: String
    var sourcePort: Int
    var destinationPort: Int
    /// In the kernel's order: `CWR ECE URG ACK PSH RST SYN FIN`.
    var flags: String
    var length = 40
    var ttl = 55
    var id = 0
    var window = 501
    /// Sequence and acknowledgement numbers, where the rule asks for them.
    var numbers: (UInt32, UInt32)?

    var text: String {
        var line = "\(prefix)IN=\(input) OUT=\(output) "
        if !input.isEmpty { line += "MAC=00:00:5e:00:53:01:00:00:5e:00:53:02:08:00 " }
        line += "SRC=\(source) DST=\(destination) LEN=\(length) TOS=0x00 PREC=0x00 TTL=\(ttl) "
        line += "ID=\(id) DF PROTO=TCP SPT=\(sourcePort) DPT=\(destinationPort) "
        if let (sequence, acknowledgement) = numbers {
            line += "SEQ=\(sequence) ACK=\(acknowledgement) "
        }
        line += "WINDOW=\(window) RES=0x00 " + (flags.isEmpty ? "" : flags + " ") + "URGP=0 "
        return line
    }
}
