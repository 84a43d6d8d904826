// The four bytes before packets captured on a BSD loopback interface: an address family.
//
// Read first: LINKTYPE_NULL and LINKTYPE_LOOP of tcpdump.org's link-layer header types.

import Bytes

public struct LoopbackFrame: Sendable {
    public let network: NetworkProtocol
    public let payloadOffset: Int

    /// NULL has the family in the order of the machine that captured, LOOP in network order; a family
    /// is a small number, so that it tells its order itself.
    @inlinable
    public init(_ octets: Octets) throws(WireFault) {
        guard octets.count >= 4 else { throw .cutShort }
        let family = octets.be32(0)
        network = NetworkProtocol(family: family > 0xFFFF ? family.byteSwapped : family)
        payloadOffset = 4
    }
}
