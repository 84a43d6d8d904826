// The IPv6 header, and the walk over the extension headers behind it.
//
// Read first: RFC 8200 §3 and §4, RFC 4302 §2 for the authentication header's length.

import Bytes
import Facts

public struct IPv6Packet: ~Escapable {
    // Limit: how many extension headers are walked. RFC 8200 §4.1 has seven of them at the most.
    @inlinable public static var extensionsMax: Int { 16 }

    @usableFromInline let octets: Octets
    /// Bytes of header and payload on the wire, however few were captured.
    public let totalLength: Int
    /// What stands behind the extension headers.
    public var ipProtocol: UInt8
    /// Where it stands.
    public internal(set) var payloadOffset = 40
    public internal(set) var fragmentOffset = 0
    public internal(set) var hasMoreFragments = false
    /// That of the fragment header; zero where there is none.
    public internal(set) var identification: UInt32 = 0
    /// Whether hop-by-hop or destination options, or a routing header, stand behind the header.
    public internal(set) var hasOptions = false

    /// A view of what was captured of a packet; `wireLength` is how many bytes the frame had for it.
    @inlinable @_lifetime(copy octets)
    public init(_ octets: Octets, wireLength: Int) throws(WireFault) {
        guard octets.count >= 40 else { throw .cutShort }
        guard octets[0] >> 4 == 6 else { throw .badVersion }
        let written = Int(octets.be16(4))
        // Zero: a jumbogram (RFC 2675), or a packet that the card will cut to segments.
        totalLength = written == 0 ? max(wireLength, octets.count) : 40 + written
        ipProtocol = octets[6]
        self.octets = octets
        if IPv6Packet.isExtension(ipProtocol) { try walk() }
    }

    /// Hop-by-hop options, routing, fragment, authentication, destination options.
    @inlinable
    static func isExtension(_ number: UInt8) -> Bool {
        switch number {
        case 0, 43, 44, 51, 60: true
        default: false
        }
    }

    @usableFromInline @_lifetime(self: copy self)
    mutating func walk() throws(WireFault) {
        var at = 40
        var number = ipProtocol
        var walked = 0
        // A later fragment goes on in the middle of something; its protocol is all there is.
        while IPv6Packet.isExtension(number), fragmentOffset == 0 {
            walked += 1
            guard walked <= IPv6Packet.extensionsMax else { throw .tooDeep }
            guard at + 8 <= totalLength else { throw .badLength }
            guard at + 8 <= octets.count else { throw .cutShort }
            if number == 44 {
                identification = octets.be32(at + 4)
                fragmentOffset = Int(octets.be16(at + 2) & 0xFFF8)
                hasMoreFragments = octets[at + 3] & 1 != 0
            }
            let length =
                switch number {
                case 44: 8
                case 51: (Int(octets[at + 1]) + 2) * 4
                default: (Int(octets[at + 1]) + 1) * 8
                }
            if number != 44, number != 51 { hasOptions = true }
            number = octets[at]
            at += length
            guard at <= totalLength else { throw .badLength }
        }
        ipProtocol = number
        payloadOffset = at
    }

    @inlinable public var hopLimit: UInt8 { octets[7] }
    @inlinable public var source: Address {
        Address(high: octets.be64(8), low: octets.be64(16))
    }
    @inlinable public var destination: Address {
        Address(high: octets.be64(24), low: octets.be64(32))
    }
    @inlinable public var payloadLength: Int { totalLength - payloadOffset }
    /// What was captured of the payload; not what the frame was padded with.
    @inlinable public var payload: Octets {
        @_lifetime(copy self) get { octets.first(totalLength).from(payloadOffset) }
    }
}
