// The IP packet of a frame as a firewall sees it: made into a `Packet`.
//
// Read first: `Packet`, and the views in `Wire`. `IPPacket` is the counterpart for entries: that
// takes what is there of a packet that was cut, and refuses what cannot be; this refuses what was
// cut before the flags, and notes what cannot be, for firewalls have an answer to it.

import Bytes
import Facts
import Wire

/// Fills in what an IP packet says; false for another protocol. `wireLength` is how many bytes the
/// frame had for it, nil where that is not known.
func fillIP(
    _ octets: Octets, _ network: NetworkProtocol, _ wireLength: Int?, _ packet: inout Packet
) throws(WireFault) -> Bool {
    switch network {
    case .ipv4: try fillIPv4(octets, wireLength, &packet)
    case .ipv6: try fillIPv6(octets, wireLength, &packet)
    case .other: return false
    }
    return true
}

private func fillIPv4(
    _ octets: Octets, _ wireLength: Int?, _ packet: inout Packet
) throws(WireFault) {
    let view = try IPv4Packet(octets, wireLength: wireLength ?? octets.count)
    packet.source.address = view.source
    packet.destination.address = view.destination
    packet.ttl = view.ttl
    packet.ipID = view.identification
    packet.ipProtocol = view.ipProtocol
    packet.ipLength = UInt32(clamping: view.payloadLength)
    if view.headerLength > 20 { packet.form.insert(.ipOptions) }
    if let wireLength, view.totalLength > wireLength { packet.form.insert(.badHeader) }
    if view.mayNotFragment { packet.form.insert(.dontFragment) }
    noteFragment(view.fragmentOffset, view.hasMoreFragments, &packet)
    guard view.fragmentOffset == 0 else { return }
    let isWhole = !view.hasMoreFragments
    try fillTransport(view.payload, view.payloadLength, isWhole: isWhole, &packet)
    if isWhole, packet.ipProtocol == Entry.tcp, packet.form.isDisjoint(with: [.short, .badHeader]),
        isDamaged(octets.from(12).first(8), view.payload, view.payloadLength)
    {
        packet.form.insert(.badChecksum)
    }
}

private func fillIPv6(
    _ octets: Octets, _ wireLength: Int?, _ packet: inout Packet
) throws(WireFault) {
    let view = try IPv6Packet(octets, wireLength: wireLength ?? octets.count)
    packet.source.address = view.source
    packet.destination.address = view.destination
    packet.ttl = view.hopLimit
    packet.ipID = UInt16(truncatingIfNeeded: view.identification)
    packet.ipProtocol = view.ipProtocol
    packet.ipLength = UInt32(clamping: view.payloadLength)
    if view.hasOptions { packet.form.insert(.ipOptions) }
    if let wireLength, view.totalLength > wireLength { packet.form.insert(.badHeader) }
    noteFragment(view.fragmentOffset, view.hasMoreFragments, &packet)
    guard view.fragmentOffset == 0 else { return }
    try fillTransport(
        view.payload, view.payloadLength, isWhole: !view.hasMoreFragments, &packet)
}

private func noteFragment(_ offset: Int, _ hasMore: Bool, _ packet: inout Packet) {
    guard offset > 0 || hasMore else { return }
    packet.form.insert(.fragment)
    if hasMore { packet.form.insert(.moreFragments) }
    if offset > 0 { packet.form.insert(.laterFragment) }
    packet.fragmentOffset = UInt16(clamping: offset)
}

private func fillTransport(
    _ octets: Octets, _ wireLength: Int, isWhole: Bool, _ packet: inout Packet
) throws(WireFault) {
    switch packet.ipProtocol {
    case Entry.tcp: try fillTCP(octets, wireLength, isWhole: isWhole, &packet)
    case Entry.udp: try fillUDP(octets, wireLength, isWhole: isWhole, &packet)
    case 33, 132, 136:
        guard wireLength >= 4 else { return packet.noteShort() }
        let ports = try PortPair(octets)
        packet.source.port = ports.source
        packet.destination.port = ports.destination
        packet.length = UInt32(clamping: wireLength)
    case 1, 58: try fillICMP(octets, wireLength, &packet)
    default: packet.length = UInt32(clamping: wireLength)
    }
}

private func fillTCP(
    _ octets: Octets, _ wireLength: Int, isWhole: Bool, _ packet: inout Packet
) throws(WireFault) {
    guard wireLength >= 20 else {
        // Ports are all there is to say of it; without them its addresses are.
        if wireLength >= 4, octets.count >= 4 {
            let ports = try PortPair(octets)
            packet.source.port = ports.source
            packet.destination.port = ports.destination
        }
        return packet.noteShort()
    }
    // Without flags and numbers nobody can judge a segment.
    guard octets.count >= 20 else { throw .cutShort }
    packet.source.port = octets.be16(0)
    packet.destination.port = octets.be16(2)
    packet.sequence = octets.be32(4)
    packet.acknowledgement = octets.be32(8)
    packet.flags = TCPFlags(rawValue: octets[13])
    packet.window = octets.be16(14)
    let header = Int(octets[12] >> 4) * 4
    packet.sackEdge = packet.acknowledgement
    guard header >= 20, header <= wireLength else {
        packet.form.insert(.badOffset)
        return
    }
    packet.length = UInt32(clamping: wireLength - header)
    let segment = try TCPSegment(octets, wireLength: wireLength, isWhole: isWhole)
    if !segment.fillOptions(&packet) { packet.form.insert(.cutShort) }
}

private func fillUDP(
    _ octets: Octets, _ wireLength: Int, isWhole: Bool, _ packet: inout Packet
) throws(WireFault) {
    guard octets.count >= min(wireLength, 8) else { throw .cutShort }
    if wireLength >= 4 {
        packet.source.port = octets.be16(0)
        packet.destination.port = octets.be16(2)
    }
    guard wireLength >= 8 else { return packet.noteShort() }
    packet.length = UInt32(clamping: wireLength - 8)
    // Zero: a jumbogram (RFC 2675 §4), or a card will fill it in.
    let written = Int(octets.be16(4))
    if written != 0, written < 8 || (isWhole && written > wireLength) { packet.noteShort() }
}

private func fillICMP(
    _ octets: Octets, _ wireLength: Int, _ packet: inout Packet
) throws(WireFault) {
    guard wireLength >= 8 else { return packet.noteShort() }
    guard octets.count >= 8 else { throw .cutShort }
    packet.icmpType = octets[0]
    packet.icmpCode = octets[1]
    packet.length = UInt32(clamping: wireLength - 8)
    let (type, number) = (packet.icmpType, packet.ipProtocol)
    if ICMPMessage.isQuery(type: type, ipProtocol: number) {
        packet.source.port = octets.be16(4)
        packet.destination.port = packet.source.port
        packet.sequence = UInt32(octets.be16(6))
    } else if ICMPMessage.quotes(type: type, ipProtocol: number) {
        // ICMPv6's redirect has the target and the destination before its options (RFC 4861 §4.5),
        // and quotes in one of them; no firewall follows it there.
        guard type != 137 else { return }
        guard let quoted = QuotedPacket(octets.from(8), isV6: number == 58) else {
            if octets.count < wireLength { packet.form.insert(.cutShort) }
            return
        }
        packet.quoted = quoted
        packet.form.insert(.quotes)
    }
}

extension Packet {
    fileprivate mutating func noteShort() { form.insert(.short) }
}
