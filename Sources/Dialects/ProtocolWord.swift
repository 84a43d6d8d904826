// IP protocols by their words, as sentences and records name them.
//
// Read first: the IANA registry "Assigned Internet Protocol Numbers"; devices write the usual words
// in either case, and the bare number for the rest.

import Bytes

/// The protocol a field names by its number or its word; 255, which output shows as unknown, for
/// anything else.
func ipProtocolNumber(_ line: borrowing Line, _ field: Field) -> UInt8 {
    if let number = line.decimal8(field) { return number }
    switch field.count {
    case 2:
        if line.equalsIgnoringCase(field, "ah") { return 51 }
    case 3:
        if line.equalsIgnoringCase(field, "tcp") { return 6 }
        if line.equalsIgnoringCase(field, "udp") { return 17 }
        if line.equalsIgnoringCase(field, "gre") { return 47 }
        if line.equalsIgnoringCase(field, "esp") { return 50 }
        if line.equalsIgnoringCase(field, "pim") { return 103 }
    case 4:
        if line.equalsIgnoringCase(field, "icmp") { return 1 }
        if line.equalsIgnoringCase(field, "igmp") { return 2 }
        if line.equalsIgnoringCase(field, "ospf") { return 89 }
        if line.equalsIgnoringCase(field, "sctp") { return 132 }
        if line.equalsIgnoringCase(field, "vrrp") { return 112 }
        if line.equalsIgnoringCase(field, "ipip") { return 4 }
        if line.equalsIgnoringCase(field, "rsvp") { return 46 }
        if line.equalsIgnoringCase(field, "l2tp") { return 115 }
    case 5, 6:
        if line.equalsIgnoringCase(field, "icmp6") { return 58 }
        if line.equalsIgnoringCase(field, "icmpv6") { return 58 }
        if line.equalsIgnoringCase(field, "eigrp") { return 88 }
    case 9:
        if line.equalsIgnoringCase(field, "ipv6-icmp") { return 58 }
    default: break
    }
    return 255
}
