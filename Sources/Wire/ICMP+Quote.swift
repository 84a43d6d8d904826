// What an ICMP message is about: the identifier of a query, or the packet that an error quotes.
//
// Read first: RFC 792; RFC 950 (address masks); RFC 4443 §3 and §4; RFC 1812 §4.3.2.3: errors quote
// at least the IP header and eight bytes behind it.

import Bytes
import Facts

extension ICMPMessage {
    /// Echo, timestamp, information and address mask, asked or answered: they have an identifier.
    @inlinable
    public static func isQuery(type: UInt8, ipProtocol: UInt8) -> Bool {
        if ipProtocol == 58 { return type == 128 || type == 129 }
        switch type {
        case 0, 8, 13...18: return true
        default: return false
        }
    }

    /// Destination unreachable, source quench, redirect, time exceeded, parameter problem. In ICMPv6
    /// all types below 128 are errors, also those that nobody has defined (RFC 4443 §2.1).
    @inlinable
    public static func quotes(type: UInt8, ipProtocol: UInt8) -> Bool {
        if ipProtocol == 58 { return type < 128 || type == 137 }
        switch type {
        case 3, 4, 5, 11, 12: return true
        default: return false
        }
    }
}

extension QuotedPacket {
    /// The packet behind an error's eight bytes (behind forty in ICMPv6's redirects); nil where too
    /// little of it was sent or captured.
    public init?(_ octets: Octets, isV6: Bool) {
        self.init()
        let transport: Int
        if isV6 {
            guard octets.count >= 48, octets[0] >> 4 == 6 else { return nil }
            source.address = Address(high: octets.be64(8), low: octets.be64(16))
            destination.address = Address(high: octets.be64(24), low: octets.be64(32))
            ipProtocol = octets[6]
            transport = 40
        } else {
            guard octets.count >= 28, octets[0] >> 4 == 4 else { return nil }
            transport = Int(octets[0] & 15) * 4
            // Of a later fragment nothing tells whose it is.
            guard transport >= 20, octets.count >= transport + 8, octets.be16(6) & 0x1FFF == 0
            else { return nil }
            source.address = Address(v4: octets.be32(12))
            destination.address = Address(v4: octets.be32(16))
            ipProtocol = octets[9]
        }
        readTransport(octets.from(transport))
    }

    private mutating func readTransport(_ octets: Octets) {
        switch ipProtocol {
        case Entry.tcp, Entry.udp, 33, 132, 136:
            source.port = octets.be16(0)
            destination.port = octets.be16(2)
            sequence = octets.be32(4)
        case 1, 58:
            icmpType = octets[0]
            icmpCode = octets[1]
            guard ICMPMessage.isQuery(type: icmpType, ipProtocol: ipProtocol) else { return }
            icmpID = octets.be16(4)
            source.port = icmpID
            destination.port = icmpID
        default: break
        }
    }
}
