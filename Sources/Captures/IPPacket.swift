// The IP packet of a frame, made into an entry.
//
// Read first: `Entry`, and the views in `Wire`.

import Bytes
import Facts
import Wire

/// Fills in what an IP packet says; false for another protocol.
func fillIP(
    _ octets: Octets, _ network: NetworkProtocol, _ wireLength: Int,
    _ entry: inout Entry
) throws(WireFault) -> Bool {
    switch network {
    case .ipv4: try fillIPv4(octets, wireLength, &entry)
    case .ipv6: try fillIPv6(octets, wireLength, &entry)
    case .other: return false
    }
    return true
}

private func fillIPv4(
    _ octets: Octets, _ wireLength: Int, _ entry: inout Entry
) throws(WireFault) {
    let packet = try IPv4Packet(octets, wireLength: wireLength)
    entry.source.address = packet.source
    entry.destination.address = packet.destination
    entry.ttl = packet.ttl
    entry.ipID = packet.identification
    entry.known.formUnion([.ttl, .ipID])
    entry.ipProtocol = packet.ipProtocol
    guard packet.fragmentOffset == 0 else {
        entry.known.insert(.laterFragment)
        return
    }
    noteForm(
        packet.hasMoreFragments ? .fragment : packet.headerLength > 20 ? .ipOption : .unknown,
        &entry)
    try fillTransport(
        packet.payload, packet.payloadLength, isWhole: !packet.hasMoreFragments, &entry)
    if !packet.hasMoreFragments, entry.ipProtocol == Entry.tcp {
        noteChecksum(octets.from(12).first(8), packet.payload, packet.payloadLength, &entry)
    }
}

/// What about a packet a firewall may refuse it for, whatever its connection; it says nothing of
/// one that was not refused.
private func noteForm(_ reason: Reason, _ entry: inout Entry) {
    if entry.reason == .unknown { entry.reason = reason }
}

// Limit: only segments of at most so many bytes are summed up. It is those without data that
// nothing else tells a damage of, and captures seldom hold more of a packet.
private let summedMax = 64

/// Notes a TCP checksum that does not hold.
private func noteChecksum(
    _ addresses: Octets, _ segment: Octets, _ wireLength: Int, _ entry: inout Entry
) {
    if isDamaged(addresses, segment, wireLength) { noteForm(.badChecksum, &entry) }
}

/// Whether a TCP checksum does not hold (RFC 9293 §3.1), where all of the segment is there.
func isDamaged(_ addresses: Octets, _ segment: Octets, _ wireLength: Int) -> Bool {
    guard segment.count == wireLength, wireLength >= 20, wireLength <= summedMax else {
        return false
    }
    // A card that fills it in later leaves the sum of the pseudo-header, or nothing.
    let pseudo = addresses.sum16() + UInt32(Entry.tcp) + UInt32(wireLength)
    let written = segment.be16(16)
    guard written != 0, written != fold(pseudo) else { return false }
    return fold(pseudo + segment.sum16()) != 0xFFFF
}

private func fold(_ sum: UInt32) -> UInt16 {
    let once = (sum & 0xFFFF) + (sum >> 16)
    return UInt16(truncatingIfNeeded: (once & 0xFFFF) + (once >> 16))
}

extension Octets {
    /// The sum of its 16-bit words, the last one filled up with a zero.
    fileprivate func sum16() -> UInt32 {
        var sum: UInt32 = 0
        var at = 0
        while at + 1 < count {
            sum += UInt32(be16(at))
            at += 2
        }
        return at < count ? sum + UInt32(self[at]) << 8 : sum
    }
}

private func fillIPv6(
    _ octets: Octets, _ wireLength: Int, _ entry: inout Entry
) throws(WireFault) {
    let packet = try IPv6Packet(octets, wireLength: wireLength)
    entry.source.address = packet.source
    entry.destination.address = packet.destination
    entry.ttl = packet.hopLimit
    entry.known.insert(.ttl)
    entry.ipProtocol = packet.ipProtocol
    guard packet.fragmentOffset == 0 else {
        entry.known.insert(.laterFragment)
        return
    }
    try fillTransport(
        packet.payload, packet.payloadLength, isWhole: !packet.hasMoreFragments, &entry)
}

private func fillTransport(
    _ octets: Octets, _ wireLength: Int, isWhole: Bool, _ entry: inout Entry
) throws(WireFault) {
    switch entry.ipProtocol {
    case Entry.tcp: try fillTCP(octets, wireLength, isWhole: isWhole, &entry)
    case Entry.udp:
        let datagram = try UDPDatagram(octets, wireLength: wireLength, isWhole: isWhole)
        entry.source.port = datagram.sourcePort
        entry.destination.port = datagram.destinationPort
        entry.known.insert(.ports)
        if let length = datagram.payloadLength {
            entry.length = UInt32(clamping: length)
            entry.known.insert(.length)
        }
    case 33, 132, 136:
        let ports = try PortPair(octets)
        entry.source.port = ports.source
        entry.destination.port = ports.destination
        entry.known.insert(.ports)
    case 1, 58:
        let message = try ICMPMessage(octets, wireLength: wireLength, isWhole: isWhole)
        entry.noteICMP(type: message.type)
    default: break
    }
}

private func fillTCP(
    _ octets: Octets, _ wireLength: Int, isWhole: Bool, _ entry: inout Entry
) throws(WireFault) {
    let segment = try TCPSegment(octets, wireLength: wireLength, isWhole: isWhole)
    entry.source.port = segment.sourcePort
    entry.destination.port = segment.destinationPort
    var known: Known = [.ports]
    if let number = segment.sequence {
        entry.sequence = number
        known.insert(.sequence)
    }
    if let number = segment.acknowledgement {
        entry.acknowledgement = number
        known.insert(.acknowledgement)
    }
    if let flags = segment.flags {
        entry.flags = flags
        known.insert(.flags)
    }
    if let window = segment.window {
        entry.window = UInt32(window)
        known.insert(.window)
    }
    if let options = segment.options {
        entry.options = options
        known.insert(.options)
    }
    if let length = segment.payloadLength {
        entry.length = UInt32(clamping: length)
        known.insert(.length)
    }
    entry.known.formUnion(known)
}
