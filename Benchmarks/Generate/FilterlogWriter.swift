// Writes TCP packets as pfSense's filterlog writes them.
//
// Read first: pfSense's "Raw Filter Log Format" page, and print_ipv4 and print_tcp in the
// filterlog port of FreeBSD-ports.

import Bytes

/// The names that stay the same through one filterlog.
struct FilterlogSite {
    /// Behind the time: ` host filterlog[pid]: `.
    var program: String
    /// The real names of the interfaces, by `Packet.interface`.
    var interfaces: [String]
}

extension ByteWriter {
    /// The CSV of one packet, and the newline.
    mutating func putFilterlog(_ packet: Packet, _ site: FilterlogSite) {
        put(ruleFields(packet.verdict))
        put(site.interfaces[Int(packet.interface)])
        put(packet.verdict.passes ? ",match,pass,in,4,0x0,," : ",match,block,in,4,0x0,,")
        put(UInt32(packet.ttl))
        put(0x2C)
        put(packet.ipID)
        put(packet.dontFragment ? ",0,DF,6,tcp," : ",0,none,6,tcp,")
        put(packet.totalLength)
        put(0x2C)
        putDotted(packet.source)
        put(0x2C)
        putDotted(packet.destination)
        put(0x2C)
        put(packet.sourcePort)
        put(0x2C)
        put(packet.destinationPort)
        put(0x2C)
        put(packet.length)
        put(0x2C)
        putLetters(packet.flags)
        putNumbers(packet)
        put(optionNames(packet.options))
    }

    /// Sequence, acknowledgement, window and urgent pointer, with the comma before each.
    // A pure ACK has no sequence number in filterlog, and data has two with a colon.
    private mutating func putNumbers(_ packet: Packet) {
        put(0x2C)
        let marks = packet.flags & (Flags.syn | Flags.fin | Flags.rst)
        if packet.length > 0 {
            put(packet.sequence)
            put(0x3A)
            put(packet.sequence &+ UInt32(packet.length))
        } else if marks != 0 {
            put(packet.sequence)
        }
        put(0x2C)
        if packet.flags & Flags.ack != 0 { put(packet.acknowledgement) }
        put(0x2C)
        put(packet.window)
        put(0x2C)
        if packet.flags & Flags.urg != 0 { put(0x30) }
        put(0x2C)
    }

    /// The letters in filterlog's order: F S R P A U.
    private mutating func putLetters(_ flags: UInt8) {
        if flags & Flags.fin != 0 { put(0x46) }
        if flags & Flags.syn != 0 { put(0x53) }
        if flags & Flags.rst != 0 { put(0x52) }
        if flags & Flags.psh != 0 { put(0x50) }
        if flags & Flags.ack != 0 { put(0x41) }
        if flags & Flags.urg != 0 { put(0x55) }
    }

    mutating func putDotted(_ address: UInt32) {
        put(address >> 24 & 0xFF)
        put(0x2E)
        put(address >> 16 & 0xFF)
        put(0x2E)
        put(address >> 8 & 0xFF)
        put(0x2E)
        put(address & 0xFF)
    }
}

/// Rule, sub-rule, anchor and tracker, each with its comma. 1000000103 is pfSense's tracker of
/// "Default deny rule IPv4"; the others have the form of a user rule's (its time of making).
private func ruleFields(_ verdict: Verdict) -> String {
    switch verdict {
    case .defaultDeny: "4,,,1000000103,"
    case .passLAN: "98,,,1700000101,"
    case .passWAN: "84,,,1700000207,"
    case .blockMail: "91,,,1700000310,"
    }
}

private func optionNames(_ options: Options) -> String {
    switch options {
    case .none: "\n"
    case .linuxSYN: "mss;sackOK;TS;nop;wscale\n"
    case .windowsSYN: "mss;nop;wscale;nop;nop;sackOK\n"
    case .timestamps: "nop;nop;TS\n"
    case .mssOnly: "mss\n"
    }
}
