// What Linux hands to a listener of an NFLOG group: a small header and attributes, one of them the
// packet.
//
// Read first: LINKTYPE_NFLOG of tcpdump.org's link-layer header types, and Linux
// include/uapi/linux/netfilter/nfnetlink_log.h.

import Bytes

public struct NFLogMessage: Sendable {
    // Limit: how many attributes are looked at; the kernel writes each of its two dozen kinds once.
    public static var attributesMax: Int { 64 }

    /// Offsets in the message; empty where there is none.
    public private(set) var payload = Field(0, 0)
    /// The rule's prefix, without the zero behind it.
    public private(set) var prefix = Field(0, 0)
    /// The link-layer header, as far as it was kept.
    public private(set) var linkHeader = Field(0, 0)
    /// Zero where there is none.
    public private(set) var indexIn: UInt32 = 0
    public private(set) var indexOut: UInt32 = 0
    /// NF_INET_PRE_ROUTING 0, LOCAL_IN 1, FORWARD 2, LOCAL_OUT 3, POST_ROUTING 4.
    public private(set) var hook: UInt8?

    /// Lengths and types stand in the order of the machine that captured; the values in network order.
    public init(_ octets: Octets, bigEndian: Bool) throws(WireFault) {
        guard octets.count >= 4 else { throw .cutShort }
        var at = 4
        var number = 0
        while octets.count - at >= 4 {
            number += 1
            guard number <= NFLogMessage.attributesMax else { throw .tooDeep }
            let length = Int(octets.load16(at, bigEndian: bigEndian))
            guard length >= 4 else { throw .badLength }
            // The two bits above say that a value is nested or in network order (NLA_F_*).
            let type = octets.load16(at + 2, bigEndian: bigEndian) & 0x3FFF
            let end = at + length
            if end > octets.count {
                // A capture cuts the packet, the last of the attributes, at the snap length.
                guard type == 9 else { throw .badLength }
                payload = Field(at + 4, octets.count)
                return
            }
            take(octets, type, Field(at + 4, end))
            at = (end + 3) & ~3
        }
    }

    private mutating func take(_ octets: Octets, _ type: UInt16, _ value: Field) {
        switch type {
        case 1 where value.count >= 4: hook = octets[value.start + 2]
        case 4 where value.count >= 4: indexIn = octets.be32(value.start)
        case 5 where value.count >= 4: indexOut = octets.be32(value.start)
        case 9: payload = value
        case 10:
            var end = value.start
            while end < value.end, octets[end] != 0 { end += 1 }
            prefix = Field(value.start, end)
        case 16: linkHeader = value
        default: break
        }
    }
}
