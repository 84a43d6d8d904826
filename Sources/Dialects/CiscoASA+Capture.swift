// The packets of `capture … type asp-drop`: what the accelerated path dropped, and why.
//
// Read first: Cisco's command reference under `show asp drop`, for the reasons, and `PfTcpdump+Packet`:
// the packets are printed as OpenBSD's tcpdump prints them.

import Bytes
import Facts

extension CiscoASA {
    /// `  1: 10:20:30.123456       10.1.1.24.51568 > 198.51.100.35.443: F 1:1(0) ack 2 win 501 Drop-reason:
    /// (tcp-not-syn) First TCP packet not SYN`; nil for any other line.
    func readDropped(
        _ line: borrowing Line, _ start: Int, _ names: inout Names, into entry: inout Entry
    ) -> Reading? {
        // A number, a colon, and a time of day or a date.
        let digits = line.endOfDigits(start)
        guard digits > start, digits - start <= 7, line[digits] == 0x3A, line[digits + 1] == 0x20
        else { return nil }
        guard let mark = line.find("Drop-reason: (", from: digits) else { return nil }
        guard let close = line.find(0x29, from: mark) else { return .damaged(.cutShort) }
        let code = Field(mark + 14, close)
        guard let packet = packetStart(line, digits + 1, mark) else { return .nothing }
        let text = Line(line.bytes, from: packet, to: mark)
        let reading = PfTcpdump().readPacket(text, packet, &names, into: &entry)
        guard reading == .entry else { return reading }
        entry.action = .block
        entry.reason = CiscoASA.dropReasons.meaning(line, code) ?? .unknown
        if entry.reason == .noState { entry.known.insert(.saysNoState) }
        entry.reasonText = names.keep(line, code)
        return .entry
    }

    /// The word before the sign between the two ends.
    private func packetStart(_ line: borrowing Line, _ from: Int, _ limit: Int) -> Int? {
        guard let sign = line.find(" > ", from: from), sign < limit else { return nil }
        var start = sign
        while start > from, line[start - 1] != 0x20 { start -= 1 }
        return start
    }

    /// Those that say what of a packet or of its state was wrong.
    private static let dropReasons = WordTable<Reason>([
        ("tcp-not-syn", .noState), ("tcp-rstfin-ooo", .invalidInState),
        ("tcp-3whs-failed", .invalidInState), ("tcp-synack-ooo", .invalidInState),
        ("tcp-synack-data", .malformed), ("tcp-syn-data", .malformed),
        ("tcp-seq-past-win", .sequenceOver), ("tcp-seq-syn-diff", .stateMismatch),
        ("tcp-ack-syn-diff", .stateMismatch), ("tcp-invalid-ack", .acknowledgementOver),
        ("tcp-bad-option-list", .malformed), ("tcp-bad-option-length", .malformed),
        ("tcp-paws-fail", .badTimestamp), ("tcp-rst-syn-in-win", .invalidInState),
        ("tcp-dup-in-queue", .sequenceUnder), ("tcp-acked", .sequenceUnder),
        ("tcp-mss-exceeded", .normalize), ("tcp-bad-cksum", .badChecksum),
        ("tcp-discarded-ooo", .memory), ("tcp-buffer-full", .memory),
        ("tcp-buffer-timeout", .memory), ("tcp-conn-limit", .stateLimit),
        ("tcp-dual-open", .invalidInState), ("tcp-xmit-partial", .normalize),
        ("invalid-tcp-hdr-length", .malformed), ("invalid-ip-header", .malformed),
        ("invalid-ip-length", .malformed), ("bad-tcp-flags", .invalidFlags),
        ("bad-tcp-cksum", .badChecksum), ("bad-ipv6-option", .ipOption), ("acl-drop", .match),
        ("rpf-violated", .antiSpoofing), ("sp-security-failed", .match),
        ("conn-limit", .stateLimit), ("host-limit", .sourceLimit), ("rate-exceeded", .rateLimit),
        ("fragment-reassembly-failed", .fragment), ("nat-xlate-failed", .mapFailed),
        ("inspect-icmp-seq-num-not-matched", .noState),
    ])
}
