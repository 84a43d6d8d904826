// The IPv4 header.
//
// Read first: RFC 791 §3.1. The header checksum is not verified: cards fill it in behind the place
// where packets are captured.

import Bytes
import Facts

public struct IPv4Packet: ~Escapable {
    @usableFromInline let octets: Octets
    public let headerLength: Int
    /// Bytes of header and payload on the wire, however few were captured.
    public let totalLength: Int

    /// A view of what was captured of a packet; `wireLength` is how many bytes the frame had for it.
    @inlinable @_lifetime(copy octets)
    public init(_ octets: Octets, wireLength: Int) throws(WireFault) {
        guard octets.count >= 20 else { throw .cutShort }
        guard octets[0] >> 4 == 4 else { throw .badVersion }
        headerLength = Int(octets[0] & 15) * 4
        let written = Int(octets.be16(2))
        // Zero: the card will cut it to segments (TSO), and what was captured is one too large.
        totalLength = written == 0 ? max(wireLength, octets.count) : written
        guard headerLength >= 20, totalLength >= headerLength else { throw .badLength }
        guard octets.count >= headerLength else { throw .cutShort }
        self.octets = octets
    }

    @inlinable public var identification: UInt16 { octets.be16(4) }
    @inlinable public var mayNotFragment: Bool { octets[6] & 0x40 != 0 }
    @inlinable public var hasMoreFragments: Bool { octets[6] & 0x20 != 0 }
    @inlinable public var fragmentOffset: Int { Int(octets.be16(6) & 0x1FFF) * 8 }
    @inlinable public var ttl: UInt8 { octets[8] }
    @inlinable public var ipProtocol: UInt8 { octets[9] }
    @inlinable public var source: Address { Address(v4: octets.be32(12)) }
    @inlinable public var destination: Address { Address(v4: octets.be32(16)) }
    @inlinable public var payloadLength: Int { totalLength - headerLength }
    /// What was captured of the payload; not what the frame was padded with.
    @inlinable public var payload: Octets {
        @_lifetime(copy self) get { octets.first(totalLength).from(headerLength) }
    }
}
