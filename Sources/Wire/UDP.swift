// The UDP header, and the ports of its relatives.
//
// Read first: RFC 768; RFC 2675 §4 for the length zero.

import Bytes

public struct UDPDatagram: Sendable {
    public let sourcePort: UInt16
    public let destinationPort: UInt16
    /// Bytes of payload on the wire; nil where it cannot be known.
    public let payloadLength: Int?

    /// What was captured of a datagram; `isWhole` is false for the first of several fragments.
    @inlinable
    public init(
        _ octets: Octets, wireLength: Int, isWhole: Bool
    ) throws(WireFault) {
        guard wireLength >= 8 || !isWhole else { throw .badLength }
        guard octets.count >= 4 else { throw .cutShort }
        sourcePort = octets.be16(0)
        destinationPort = octets.be16(2)
        guard octets.count >= 6 else {
            payloadLength = isWhole ? wireLength - 8 : nil
            return
        }
        let written = Int(octets.be16(4))
        let length = written == 0 ? wireLength : written
        guard length >= 8, length <= wireLength else {
            // Fragments and what a card has yet to cut hold more, or less, than is written.
            if isWhole { throw .badLength }
            payloadLength = nil
            return
        }
        payloadLength = length - 8
    }
}

/// The two ports that SCTP, DCCP and UDP-Lite begin with as TCP and UDP do (RFC 9260 §3.1, RFC 4340
/// §5.1, RFC 3828 §3.1).
public struct PortPair: Sendable {
    public let source: UInt16
    public let destination: UInt16

    @inlinable
    public init(_ octets: Octets) throws(WireFault) {
        guard octets.count >= 4 else { throw .cutShort }
        source = octets.be16(0)
        destination = octets.be16(2)
    }
}
