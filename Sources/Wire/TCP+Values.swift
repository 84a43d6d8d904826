// What the options of a TCP segment say, beyond which there are.
//
// Read first: RFC 9293 §3.2 (maximum segment size), RFC 7323 §2.2 and §3.2 (window scale,
// timestamps), RFC 2018 §3 (selective acknowledgements). How far a walk goes when a length cannot
// be is Linux' nf_conntrack_proto_tcp.c tcp_options() and tcp_sack(): not further.

import Bytes
import Facts

extension TCPSegment {
    /// Fills in the options of a packet whose numbers are there; false where not all of the header
    /// was captured. An option of a known kind and a wrong length counts as `other`.
    @inlinable
    public func fillOptions(_ packet: inout Packet) -> Bool {
        packet.sackEdge = packet.acknowledgement
        guard headerLength > 20 else { return true }
        packet.form.insert(.hasOptions)
        guard octets.count >= headerLength else { return false }
        // Nearly all segments with options have two paddings and a timestamp (RFC 7323 Appendix A).
        if headerLength == 32, octets.be32(20) == 0x0101_080A {
            packet.options = [.padding, .timestamps]
            packet.form.insert(.onlyTimestamps)
            packet.timestampValue = octets.be32(24)
            packet.timestampEcho = octets.be32(28)
        } else {
            walkValues(&packet)
        }
        return true
    }

    @usableFromInline
    func walkValues(_ packet: inout Packet) {
        var at = 20
        let end = headerLength
        while at < end {
            let kind = octets[at]
            if kind <= 1 {
                packet.options.insert(.padding)
                if kind == 0 { return }
                at += 1
                continue
            }
            guard at + 1 < end, octets[at + 1] >= 2, at + Int(octets[at + 1]) <= end else {
                packet.options.insert(.other)
                return
            }
            let length = Int(octets[at + 1])
            take(kind, at, length, &packet)
            at += length
        }
    }

    private func take(_ kind: UInt8, _ at: Int, _ length: Int, _ packet: inout Packet) {
        switch (kind, length) {
        case (2, 4):
            packet.options.insert(.mss)
            packet.mss = octets.be16(at + 2)
        case (3, 3):
            packet.options.insert(.windowScale)
            packet.windowScale = octets[at + 2]
        case (4, 2): packet.options.insert(.sackPermitted)
        case (5, 10...) where (length - 2) % 8 == 0:
            packet.options.insert(.sack)
            for block in 0..<(length - 2) / 8 {
                let edge = octets.be32(at + 2 + block * 8 + 4)
                // Sequence numbers wrap: later is less than half the circle ahead.
                if Int32(bitPattern: edge &- packet.sackEdge) > 0 { packet.sackEdge = edge }
            }
        case (8, 10):
            packet.options.insert(.timestamps)
            packet.timestampValue = octets.be32(at + 2)
            packet.timestampEcho = octets.be32(at + 6)
        default: packet.options.insert(.other)
        }
    }
}
