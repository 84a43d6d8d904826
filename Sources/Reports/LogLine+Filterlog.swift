// A packet as filterlog of pfSense and OPNsense writes it.
//
// Read first: pfSense's "Raw Filter Log Format" page, and print_ipv4 and print_tcp in the filterlog
// port of FreeBSD-ports. `Dialects/Filterlog` reads it back.

import Bytes
import Facts
import Replay

extension ByteWriter {
    /// The columns of one packet, and the newline.
    mutating func putFilterlog(_ packet: Packet, _ verdict: Verdict, _ rules: Rules, _ names: Names)
    {
        putRule(packet, verdict, rules)
        put(names.bytes(packet.interface))
        put(",")
        put(verdict.reason == .unknown ? "match" : verdict.reason.name.description)
        // The rule's own action: `pass` also where a limit then dropped the packet.
        put(verdict.passes || isDroppedByLimit(verdict) ? ",pass," : ",block,")
        put(packet.direction == .outward ? "out," : "in,")
        if packet.isV6 { putIPv6(packet, names) } else { putIPv4(packet, names) }
        put("\n")
    }

    private func isDroppedByLimit(_ verdict: Verdict) -> Bool {
        switch verdict.reason {
        case .stateLimit, .sourceLimit, .stateInsert: true
        default: false
        }
    }

    /// Rule number, sub-rule, anchor and tracker, each with its comma; the number is −1 where no
    /// rule decided.
    private mutating func putRule(_ packet: Packet, _ verdict: Verdict, _ rules: Rules) {
        if let rule = verdict.rule { put(rule) } else { put("4294967295") }
        put(",,,")
        if let number = rules.identifier(verdict.rule, packet) { put(number) } else { put("0") }
        put(",")
    }

    private mutating func putIPv4(_ packet: Packet, _ names: Names) {
        put("4,0x0,,")
        put(Int(packet.ttl))
        put(",")
        put(packet.ipID)
        put(",")
        put(packet.fragmentOffset)
        if packet.form.contains(.moreFragments) {
            put(",+,")
        } else {
            put(packet.form.contains(.dontFragment) ? ",DF," : ",none,")
        }
        put(Int(packet.ipProtocol))
        put(",")
        put(protocolName(packet.ipProtocol) ?? "unknown")
        put(",")
        put(packet.ipLength + 20)
        putEnds(packet, names)
    }

    private mutating func putIPv6(_ packet: Packet, _ names: Names) {
        put("6,0x00,0x00000,")
        put(Int(packet.ttl))
        put(",")
        put(protocolName(packet.ipProtocol) ?? "unknown")
        put(",")
        put(Int(packet.ipProtocol))
        put(",")
        put(packet.ipLength)
        putEnds(packet, names)
    }

    private mutating func putEnds(_ packet: Packet, _ names: Names) {
        put(",")
        put(packet.source.address, names)
        put(",")
        put(packet.destination.address, names)
        put(",")
        if packet.form.contains(.laterFragment) { return }
        switch packet.ipProtocol {
        case Entry.tcp where packet.form.isDisjoint(with: .short): putTCP(packet)
        case Entry.tcp, Entry.udp, 132: putPorts(packet)
        case 1: putICMP(packet)
        default: put("datalength=\(packet.ipLength)")
        }
    }

    private mutating func putPorts(_ packet: Packet) {
        put(packet.source.port)
        put(",")
        put(packet.destination.port)
        put(",")
        put(packet.length)
    }

    private mutating func putTCP(_ packet: Packet) {
        putPorts(packet)
        put(",")
        for (flag, letter) in TCPFlags.letters where packet.flags.contains(flag) {
            put(letter == 0x43 ? 0x57 : letter)
        }
        put(",")
        // A pure ACK has no sequence number, and data has two with a colon.
        if packet.length > 0 {
            put(packet.sequence)
            put(":")
            put(packet.sequence &+ packet.length)
        } else if !packet.flags.isDisjoint(with: [.syn, .fin, .rst]) {
            put(packet.sequence)
        }
        put(",")
        if packet.flags.contains(.ack) { put(packet.acknowledgement) }
        put(",")
        put(packet.window)
        put(",")
        if packet.flags.contains(.urg) { put("0") }
        put(",")
        putOptionNames(packet.options)
    }

    /// In the order in which Linux and the BSDs send them.
    private mutating func putOptionNames(_ options: TCPOptions) {
        let all: [(TCPOptions, String)] = [
            (.mss, "mss"), (.padding, "nop"), (.windowScale, "wscale"), (.sackPermitted, "sackOK"),
            (.timestamps, "TS"), (.sack, "sack"), (.other, "unknown"),
        ]
        var isFirst = true
        for (option, name) in all where options.contains(option) {
            if !isFirst { put(";") }
            isFirst = false
            put(name)
        }
    }

    private mutating func putICMP(_ packet: Packet) {
        switch packet.icmpType {
        case 0, 8:
            put(packet.icmpType == 8 ? "request," : "reply,")
            put(packet.source.port)
            put(",")
            put(packet.sequence)
        case 3: put("unreach,")
        case 4: put("source quench")
        case 5: put("redirect,")
        case 11: put("timexceed,")
        case 12: put("paramprob,")
        default: put("datalength=\(packet.ipLength)")
        }
    }
}
