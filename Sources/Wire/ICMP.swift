// The header of ICMP and ICMPv6 messages.
//
// Read first: RFC 792, RFC 4443 §2.1.

import Bytes

public struct ICMPMessage: Sendable {
    public let type: UInt8
    public let code: UInt8

    /// What was captured of a message of so many bytes on the wire.
    @inlinable
    public init(
        _ octets: Octets, wireLength: Int, isWhole: Bool
    ) throws(WireFault) {
        guard wireLength >= 4 || !isWhole else { throw .badLength }
        guard octets.count >= 2 else { throw .cutShort }
        type = octets[0]
        code = octets[1]
    }
}
