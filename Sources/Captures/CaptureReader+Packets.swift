// What stands before the IP header, for those who judge packets: way, interface and addresses of the
// link, and no verdict.
//
// Read first: `CaptureReader+Link`, its counterpart for entries.

import Bytes
import Facts
import Wire

extension CaptureReader {
    /// Fills in what a packet says; false when it is not of IP.
    mutating func readLink(
        _ window: RawSpan, _ found: CapturedPacket, into packet: inout Packet
    ) throws(WireFault) -> Bool {
        let octets = Octets(window, from: found.start, to: found.end)
        let length = max(found.wireLength, octets.count)
        switch interfaces[found.interface].link {
        case .ethernet:
            let frame = try EthernetFrame(octets)
            packet.macSource = frame.source
            packet.macDestination = frame.destination
            let start = frame.payloadOffset
            return try fillIP(octets.from(start), frame.network, length - start, &packet)
        case .cooked:
            return try readCooked(LinuxCookedFrame(version1: octets), octets, length, &packet)
        case .cooked2:
            return try readCooked(LinuxCookedFrame(version2: octets), octets, length, &packet)
        case .loopback:
            let frame = try LoopbackFrame(octets)
            let start = frame.payloadOffset
            return try fillIP(octets.from(start), frame.network, length - start, &packet)
        case .raw: return try fillIP(octets, rawProtocol(octets), length, &packet)
        case .pflog: return try readPFLog(window, found, octets, length, &packet)
        case .nflog: return try readNFLog(octets, &packet)
        case .other: return false
        }
    }

    private mutating func readCooked(
        _ frame: LinuxCookedFrame, _ octets: Octets, _ length: Int, _ packet: inout Packet
    ) throws(WireFault) -> Bool {
        if packet.direction == .unknown, let isOutgoing = frame.isOutgoing {
            packet.direction = isOutgoing ? .outward : .inward
        }
        if frame.interfaceIndex > 0 {
            packet.interface = rules.interface(frame.interfaceIndex, &names)
        }
        let start = frame.payloadOffset
        return try fillIP(octets.from(start), frame.network, length - start, &packet)
    }

    private mutating func readPFLog(
        _ window: RawSpan, _ found: CapturedPacket, _ octets: Octets, _ length: Int,
        _ packet: inout Packet
    ) throws(WireFault) -> Bool {
        let header = try PFLogHeader(octets)
        let line = Line(window, from: found.start, to: found.end)
        let name = header.interface
        packet.interface = names.keep(
            line, Field(found.start + name.start, found.start + name.end))
        switch header.direction {
        case 1: packet.direction = .inward
        case 2: packet.direction = .outward
        default: break
        }
        let start = header.payloadOffset
        return try fillIP(octets.from(start), header.network, length - start, &packet)
    }

    private mutating func readNFLog(
        _ octets: Octets, _ packet: inout Packet
    ) throws(WireFault) -> Bool {
        let message = try NFLogMessage(octets, bigEndian: bigEndian)
        if message.indexIn > 0 {
            packet.direction = .inward
            packet.interface = rules.interface(message.indexIn, &names)
        } else if message.indexOut > 0 {
            packet.direction = .outward
            packet.interface = rules.interface(message.indexOut, &names)
        }
        guard !message.payload.isEmpty else { return false }
        let payload = octets.first(message.payload.end).from(message.payload.start)
        let network =
            octets[0] == 7 ? try rawProtocol(payload) : NetworkProtocol(family: UInt32(octets[0]))
        // What was copied of it is all that is known of its length.
        return try fillIP(payload, network, nil, &packet)
    }
}
