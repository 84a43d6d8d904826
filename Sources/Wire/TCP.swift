// The TCP header and its options, as far as they were captured.
//
// Read first: RFC 9293 §3.1 and §3.2; RFC 7323 and RFC 2018 for the options.

import Bytes
import Facts

public struct TCPSegment: ~Escapable {
    @usableFromInline let octets: Octets
    // Bytes of header and payload on the wire.
    @usableFromInline let wireLength: Int

    /// A view of what was captured of a segment, of which the ports are the least. `isWhole` is false
    /// for the first of several fragments, whose lengths bind nothing.
    @inlinable @_lifetime(copy octets)
    public init(_ octets: Octets, wireLength: Int, isWhole: Bool) throws(WireFault) {
        guard wireLength >= 20 || !isWhole else { throw .badLength }
        guard octets.count >= 4 else { throw .cutShort }
        if octets.count >= 13 {
            let header = Int(octets[12] >> 4) * 4
            guard header >= 20, header <= wireLength || !isWhole else { throw .badLength }
        }
        self.octets = octets
        self.wireLength = isWhole ? wireLength : 0
    }

    @inlinable public var sourcePort: UInt16 { octets.be16(0) }
    @inlinable public var destinationPort: UInt16 { octets.be16(2) }
    @inlinable public var sequence: UInt32? { octets.count >= 8 ? octets.be32(4) : nil }
    @inlinable public var acknowledgement: UInt32? { octets.count >= 12 ? octets.be32(8) : nil }
    @inlinable public var flags: TCPFlags? {
        octets.count >= 14 ? TCPFlags(rawValue: octets[13]) : nil
    }
    /// As it was sent, not scaled.
    @inlinable public var window: UInt16? { octets.count >= 16 ? octets.be16(14) : nil }

    // Twenty where the field was not captured; nothing reads it then.
    @inlinable var headerLength: Int { octets.count >= 13 ? Int(octets[12] >> 4) * 4 : 20 }

    /// Bytes of payload on the wire; nil where the header tells too little.
    @inlinable public var payloadLength: Int? {
        octets.count >= 13 && wireLength > 0 ? wireLength - headerLength : nil
    }

    /// The kinds of the options; nil where not all of the header was captured. An option whose length
    /// cannot be ends the walk and counts as `other`: receivers skip the rest too.
    @inlinable public var options: TCPOptions? {
        guard octets.count >= 20, octets.count >= headerLength else { return nil }
        // Nearly all segments have none, or two paddings and a timestamp (RFC 7323 Appendix A).
        if headerLength == 20 { return [] }
        if headerLength == 32, octets.be32(20) == 0x0101_080A { return [.padding, .timestamps] }
        return walkOptions()
    }

    @usableFromInline
    func walkOptions() -> TCPOptions {
        var all: TCPOptions = []
        var at = 20
        let end = headerLength
        while at < end {
            let kind = octets[at]
            all.formUnion(TCPOptions(kind: kind))
            // Behind the end-of-list option stands padding only.
            if kind == 0 { break }
            if kind == 1 {
                at += 1
                continue
            }
            guard at + 1 < end, octets[at + 1] >= 2, at + Int(octets[at + 1]) <= end else {
                all.insert(.other)
                break
            }
            at += Int(octets[at + 1])
        }
        return all
    }
}
