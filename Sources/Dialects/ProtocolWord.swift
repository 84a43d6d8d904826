// IP protocols by their words, as sentences and records name them.
//
// Read first: the IANA registry "Assigned Internet Protocol Numbers"; devices write the usual words
// in either case, and the bare number for the rest.

import Bytes

/// The protocol a field names by its number or its word; 255, which output shows as unknown, for
/// anything else.
func ipProtocolNumber(_ line: borrowing Line, _ field: Field) -> UInt8 {
    let count = field.count
    // A zero byte at the end would be taken for the end of a shorter word.
    guard count > 0, count <= 9, line[field.end &- 1] != 0 else { return 255 }
    if isDigit(line[field.start]) { return line.decimal8(field) ?? 255 }
    // The word as the number its bytes make, the first in the lowest bits.
    let kept = ~0 &>> UInt64(truncatingIfNeeded: max(0, 64 &- 8 &* count))
    let word = lowercasedBytes(line.word(field.start)) & kept
    guard count <= 8 else {
        return line.equalsIgnoringCase(field, "ipv6-icmp") ? 58 : 255
    }
    switch word {
    case 0x70_6374: return 6  // tcp
    case 0x70_6475: return 17  // udp
    case 0x706D_6369: return 1  // icmp
    case 0x36_706D_6369, 0x3676_706D_6369: return 58  // icmp6, icmpv6
    case 0x6861: return 51  // ah
    case 0x65_7267: return 47  // gre
    case 0x70_7365: return 50  // esp
    case 0x6D_6970: return 103  // pim
    case 0x706D_6769: return 2  // igmp
    case 0x6670_736F: return 89  // ospf
    case 0x7074_6373: return 132  // sctp
    case 0x7072_7276: return 112  // vrrp
    case 0x7069_7069: return 4  // ipip
    case 0x7076_7372: return 46  // rsvp
    case 0x7074_326C: return 115  // l2tp
    case 0x70_7267_6965: return 88  // eigrp
    default: return 255
    }
}
