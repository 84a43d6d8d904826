// The headers that Linux puts before packets captured on `any`, in both versions.
//
// Read first: LINKTYPE_LINUX_SLL and LINKTYPE_LINUX_SLL2 of tcpdump.org's link-layer header types.

import Bytes

public struct LinuxCookedFrame: Sendable {
    public let network: NetworkProtocol
    public let payloadOffset: Int
    /// Zero where the header has none (version 1).
    public let interfaceIndex: UInt32
    /// PACKET_HOST 0, BROADCAST 1, MULTICAST 2, OTHERHOST 3, OUTGOING 4.
    public let packetType: UInt16

    @inlinable
    public init(version1 octets: Octets) throws(WireFault) {
        guard octets.count >= 16 else { throw .cutShort }
        let tags = try VLANTags(octets, typeOffset: 14)
        packetType = octets.be16(0)
        interfaceIndex = 0
        network = NetworkProtocol(etherType: tags.etherType)
        payloadOffset = tags.end
    }

    @inlinable
    public init(version2 octets: Octets) throws(WireFault) {
        guard octets.count >= 20 else { throw .cutShort }
        let tags = try VLANTags(octets, typeOffset: 0, start: 20)
        interfaceIndex = octets.be32(4)
        packetType = UInt16(octets[10])
        network = NetworkProtocol(etherType: tags.etherType)
        payloadOffset = tags.end
    }

    /// Whether this machine sent it; nil for a packet between others.
    @inlinable public var isOutgoing: Bool? {
        switch packetType {
        case 0, 1, 2: false
        case 4: true
        default: nil
        }
    }
}
