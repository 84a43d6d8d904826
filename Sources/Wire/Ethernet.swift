// The Ethernet header, and the VLAN tags that may stand in it.
//
// Read first: IEEE 802.3 §3.2, IEEE 802.1Q §9 (tags 0x8100 and 0x88A8; 0x9100 is what older
// switches stack).

import Bytes

public struct EthernetFrame: ~Escapable {
    @usableFromInline let octets: Octets
    /// What stands behind the tags.
    public let network: NetworkProtocol
    /// Where it stands.
    public let payloadOffset: Int

    @inlinable @_lifetime(copy octets)
    public init(_ octets: Octets) throws(WireFault) {
        guard octets.count >= 14 else { throw .cutShort }
        let tags = try VLANTags(octets, typeOffset: 12)
        self.octets = octets
        network = NetworkProtocol(etherType: tags.etherType)
        payloadOffset = tags.end
    }

    @inlinable public var destination: UInt64 { octets.be64(0) >> 16 }
    @inlinable public var source: UInt64 { octets.be64(6) >> 16 }
}

/// The walk over VLAN tags, which other headers share.
public struct VLANTags: Sendable {
    // Limit: how many tags may be stacked. Two are usual, no switch stacks more than three or four.
    public static var depthMax: Int { 8 }

    /// The Ethernet type behind the last tag.
    public let etherType: UInt16
    /// The offset behind it.
    public let end: Int

    /// Walks the tags, given that an Ethernet type stands at `typeOffset` and another protocol may
    /// begin at `start`.
    @inlinable
    public init(
        _ octets: Octets, typeOffset: Int, start: Int? = nil
    ) throws(WireFault) {
        var type = octets.be16(typeOffset)
        var end = start ?? typeOffset + 2
        var depth = 0
        while type == 0x8100 || type == 0x88A8 || type == 0x9100 {
            depth += 1
            guard depth <= VLANTags.depthMax else { throw .tooDeep }
            guard octets.count >= end + 4 else { throw .cutShort }
            type = octets.be16(end + 2)
            end += 4
        }
        etherType = type
        self.end = end
    }
}
