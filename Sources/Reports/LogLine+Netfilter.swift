// A packet as Linux writes it for a LOG rule with `--log-tcp-sequence --log-tcp-options`, or for
// conntrack's own `log_invalid`.
//
// Read first: Linux net/ipv4/netfilter/nf_log_ipv4.c (now nf_log_syslog.c), dump_ipv4_packet() and
// dump_tcp_header(). `Dialects/Netfilter` reads it back.

import Bytes
import Facts
import Policy
import Replay

extension ByteWriter {
    /// The words of one packet, and the newline.
    mutating func putNetfilter(_ packet: Packet, _ verdict: Verdict, _ names: Names) {
        if verdict.passes {
            put("PASS ")
        } else {
            put(verdict.kind == .invalid ? "DROP INVALID " : "DROP ")
        }
        put(packet.direction == .outward ? "IN= OUT=" : "IN=")
        put(names.bytes(packet.interface))
        if packet.direction != .outward { put(" OUT=") }
        if packet.macSource | packet.macDestination != 0 {
            put(" MAC=")
            putMACBytes(packet.macDestination)
            put(":")
            putMACBytes(packet.macSource)
            put(packet.isV6 ? ":86:dd" : ":08:00")
        }
        put(" SRC=")
        put(packet.source.address, names)
        put(" DST=")
        put(packet.destination.address, names)
        putHeader(packet)
        put(" PROTO=")
        putProtocolWord(packet.ipProtocol)
        if packet.form.contains(.laterFragment) {
            put("\n")
            return
        }
        putTransport(packet)
        put("\n")
    }

    private mutating func putHeader(_ packet: Packet) {
        put(" LEN=")
        put(packet.ipLength + (packet.isV6 ? 40 : 20))
        put(packet.isV6 ? " TC=0 HOPLIMIT=" : " TOS=0x00 PREC=0x00 TTL=")
        put(Int(packet.ttl))
        if packet.isV6 {
            put(" FLOWLBL=0")
            return
        }
        put(" ID=")
        put(packet.ipID)
        if packet.form.contains(.dontFragment) { put(" DF") }
        if packet.form.contains(.moreFragments) { put(" MF") }
        if packet.form.contains(.laterFragment) {
            put(" FRAG:")
            put(packet.fragmentOffset / 8)
        }
    }

    private mutating func putProtocolWord(_ number: UInt8) {
        switch number {
        case 6: put("TCP")
        case 17: put("UDP")
        case 1: put("ICMP")
        case 58: put("ICMPv6")
        default: put(Int(number))
        }
    }

    private mutating func putTransport(_ packet: Packet) {
        switch packet.ipProtocol {
        case Entry.tcp where packet.form.isDisjoint(with: .short):
            putWords(packet, "SPT", "DPT")
            put(" SEQ=")
            put(packet.sequence)
            put(" ACK=")
            put(packet.acknowledgement)
            put(" WINDOW=")
            put(packet.window)
            put(" RES=0x00")
            for (flag, word) in ByteWriter.flagWords where packet.flags.contains(flag) {
                put(word)
            }
            put(" URGP=0")
        case Entry.udp:
            putWords(packet, "SPT", "DPT")
            put(" LEN=")
            put(packet.length + 8)
        case 1, 58:
            put(" TYPE=")
            put(Int(packet.icmpType))
            put(" CODE=")
            put(Int(packet.icmpCode))
        default: break
        }
    }

    private mutating func putWords(_ packet: Packet, _ source: String, _ destination: String) {
        put(" \(source)=")
        put(packet.source.port)
        put(" \(destination)=")
        put(packet.destination.port)
    }

    /// In the order in which the kernel writes them.
    private static let flagWords: [(flag: TCPFlags, word: String)] = [
        (.cwr, " CWR"), (.ece, " ECE"), (.urg, " URG"), (.ack, " ACK"), (.psh, " PSH"),
        (.rst, " RST"), (.syn, " SYN"), (.fin, " FIN"),
    ]

    private mutating func putMACBytes(_ mac: UInt64) {
        for shift in stride(from: 40, through: 0, by: -8) {
            if shift < 40 { put(":") }
            putHex((mac >> UInt64(shift)) & 0xFF, width: 2)
        }
    }
}
