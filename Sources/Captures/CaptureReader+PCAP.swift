// The classic format: a header, then packets with sixteen bytes before each.
//
// Read first: draft-ietf-opsawg-pcap §4 and §5.

import Bytes
import Dialects
import Facts

extension CaptureReader {
    mutating func readPCAPHeader(_ octets: Octets, _ offset: inout Int) -> Record {
        guard octets.count >= 24 else { return .incomplete(isPacket: false) }
        // Before 2.4 the two lengths of a packet stood the other way round in some.
        guard octets.load16(4, bigEndian: bigEndian) == 2,
            octets.load16(6, bigEndian: bigEndian) == 4
        else { return .trouble(.unknownVersion) }
        // The bits above say how long the frame check sequence is; what IP says is enough.
        let linkType = octets.load32(20, bigEndian: bigEndian) & 0xFFFF
        var interface = CaptureInterface(link: LinkKind(linkType: linkType))
        let magic = octets.load32(0, bigEndian: bigEndian)
        interface.resolution = magic == 0xA1B2_3C4D ? 9 : 6
        interfaces = [interface]
        format = .pcap
        offset += 24
        return .done
    }

    mutating func readPCAP(
        _ window: RawSpan, _ offset: inout Int, _ count: Int
    ) -> Record {
        let octets = Octets(window, from: offset, to: count)
        guard octets.count >= 16 else { return .incomplete(isPacket: true) }
        let captured = Int(octets.load32(8, bigEndian: bigEndian))
        guard captured <= CaptureReader.windowBytesMin - 16 else {
            rejectRecord(.badLength)
            return .trouble(.structureLost)
        }
        guard octets.count >= 16 + captured else { return .incomplete(isPacket: true) }
        let seconds = UInt64(octets.load32(0, bigEndian: bigEndian))
        let fraction = UInt64(octets.load32(4, bigEndian: bigEndian))
        let scale: UInt64 = interfaces[0].resolution == 9 ? 1_000_000_000 : 1_000_000
        let start = offset + 16
        let packet = CapturedPacket(
            start: start, end: start + captured,
            wireLength: Int(octets.load32(12, bigEndian: bigEndian)),
            time: interfaces[0].time(seconds * scale + fraction), interface: 0)
        leave(&offset, length: 16 + captured, seen: 16 + captured)
        return .packet(packet)
    }
}
