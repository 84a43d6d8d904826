// The newer format: blocks of many kinds, in sections that have a byte order and interfaces each.
//
// Read first: draft-ietf-opsawg-pcapng §3 and §4.

import Bytes
import Dialects
import Facts

private enum BlockType {
    static var section: UInt32 { 0x0A0D_0D0A }
    static var interface: UInt32 { 1 }
    static var oldPacket: UInt32 { 2 }
    static var simplePacket: UInt32 { 3 }
    static var packet: UInt32 { 6 }
}

extension CaptureReader {
    // Limit: how many interfaces a section may describe. A packet of one beyond is rejected.
    static var interfacesMax: Int { 4096 }

    mutating func readBlock(
        _ window: RawSpan, _ offset: inout Int, _ count: Int
    ) -> Record {
        let rest = Octets(window, from: offset, to: count)
        guard rest.count >= 12 else { return .incomplete(isPacket: false) }
        if rest.be32(0) == BlockType.section {
            switch rest.be32(8) {
            case 0x1A2B_3C4D: bigEndian = true
            case 0x4D3C_2B1A: bigEndian = false
            default: return .trouble(.structureLost)
            }
        }
        let type = rest.load32(0, bigEndian: bigEndian)
        let isPacket =
            type == BlockType.packet || type == BlockType.oldPacket
            || type == BlockType.simplePacket
        let length = Int(rest.load32(4, bigEndian: bigEndian))
        guard length >= 12, length % 4 == 0 else {
            if isPacket { rejectRecord(.badLength) }
            return .trouble(.structureLost)
        }
        let seen = min(length, CaptureReader.windowBytesMin)
        guard rest.count >= seen else { return .incomplete(isPacket: isPacket) }
        if seen == length, rest.load32(length - 4, bigEndian: bigEndian) != UInt32(length) {
            if isPacket { rejectRecord(.badLength) }
            return .trouble(.structureLost)
        }
        let start = offset
        leave(&offset, length: length, seen: seen)
        // What of an oversized block stands in the window has no end to leave out.
        let end = start + (seen == length ? seen - 4 : seen)
        switch type {
        case BlockType.section: return beginSection(window, start, end)
        case BlockType.interface: return addInterface(window, start, end)
        default:
            guard isPacket else { return .done }
            guard seen == length, let packet = findPacket(window, type, start, end) else {
                rejectRecord(.badLength)
                return .done
            }
            return .packet(packet)
        }
    }

    private mutating func beginSection(_ window: RawSpan, _ start: Int, _ end: Int) -> Record {
        let octets = Octets(window, from: start, to: end)
        guard octets.count >= 24 else { return .trouble(.structureLost) }
        // 1.2 is 1.0 written by mistake (§4.1).
        let minor = octets.load16(14, bigEndian: bigEndian)
        guard octets.load16(12, bigEndian: bigEndian) == 1, minor == 0 || minor == 2 else {
            return .trouble(.unknownVersion)
        }
        interfaces.removeAll(keepingCapacity: true)
        return .done
    }

    private mutating func addInterface(_ window: RawSpan, _ start: Int, _ end: Int) -> Record {
        let octets = Octets(window, from: start, to: end)
        guard octets.count >= 16 else { return .trouble(.structureLost) }
        guard interfaces.count < CaptureReader.interfacesMax else { return .done }
        let linkType = octets.load16(8, bigEndian: bigEndian)
        var interface = CaptureInterface(link: LinkKind(linkType: UInt32(linkType)))
        interface.snapLength = Int(octets.load32(12, bigEndian: bigEndian))
        var walk = OptionWalk(16)
        while let option = walk.next(octets, bigEndian) {
            let value = option.value
            switch option.code {
            case 2:
                let line = Line(window, from: start + value.start, to: start + value.end)
                interface.name = names.keep(line, trimmed(line))
            case 9 where value.count >= 1: interface.resolution = octets[value.start]
            case 14 where value.count >= 8:
                let raw = octets.be64(value.start)
                interface.offsetSeconds = Int64(bitPattern: bigEndian ? raw : raw.byteSwapped)
            default: break
            }
        }
        interfaces.append(interface)
        return .done
    }

    /// A name without the zeros some writers end it with.
    private func trimmed(_ line: borrowing Line) -> Field {
        var name = line.whole
        while name.count > 0, line[name.end - 1] == 0 { name.end -= 1 }
        return name
    }

    /// Where the packet of a block lies; nil where its lengths do not fit, or its interface was never
    /// described.
    private func findPacket(
        _ window: RawSpan, _ type: UInt32, _ start: Int, _ end: Int
    ) -> CapturedPacket? {
        let octets = Octets(window, from: start, to: end)
        if type == BlockType.simplePacket { return findSimplePacket(octets, start) }
        guard octets.count >= 28 else { return nil }
        // The old block has sixteen bits for the interface, and how many packets were dropped.
        let interface =
            type == BlockType.packet
            ? Int(octets.load32(8, bigEndian: bigEndian))
            : Int(octets.load16(8, bigEndian: bigEndian))
        let captured = Int(octets.load32(20, bigEndian: bigEndian))
        guard interface < interfaces.count, captured <= octets.count - 28 else { return nil }
        let ticks =
            UInt64(octets.load32(12, bigEndian: bigEndian)) << 32
            | UInt64(octets.load32(16, bigEndian: bigEndian))
        var packet = CapturedPacket(
            start: start + 28, end: start + 28 + captured,
            wireLength: Int(octets.load32(24, bigEndian: bigEndian)),
            time: interfaces[interface].time(ticks), interface: interface)
        var walk = OptionWalk(28 + (captured + 3) & ~3)
        while let option = walk.next(octets, bigEndian) {
            guard option.code == 2, option.value.count >= 4 else { continue }
            switch octets.load32(option.value.start, bigEndian: bigEndian) & 3 {
            case 1: packet.direction = .inward
            case 2: packet.direction = .outward
            default: break
            }
        }
        return packet
    }

    /// The block that has a length and the bytes: no time, and always of the first interface.
    private func findSimplePacket(_ octets: Octets, _ start: Int) -> CapturedPacket? {
        guard octets.count >= 12, let first = interfaces.first else { return nil }
        let length = Int(octets.load32(8, bigEndian: bigEndian))
        let captured = first.snapLength == 0 ? length : min(length, first.snapLength)
        guard captured <= octets.count - 12 else { return nil }
        return CapturedPacket(
            start: start + 12, end: start + 12 + captured, wireLength: length, time: .unknown,
            interface: 0)
    }
}

/// The options at the end of a block, until the one that ends them or one that does not fit.
private struct OptionWalk {
    private var at: Int

    init(_ start: Int) { at = start }

    mutating func next(
        _ octets: Octets, _ bigEndian: Bool
    ) -> (code: UInt16, value: Field)? {
        guard octets.count - at >= 4 else { return nil }
        let code = octets.load16(at, bigEndian: bigEndian)
        let start = at + 4
        let end = start + Int(octets.load16(at + 2, bigEndian: bigEndian))
        guard code != 0, end <= octets.count else { return nil }
        at = (end + 3) & ~3
        return (code, Field(start, end))
    }
}
