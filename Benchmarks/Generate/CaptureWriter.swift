// Writes TCP packets as a capture file: pcap, Ethernet, IPv4.
//
// Read first: draft-ietf-opsawg-pcap §4 and §5. Checksums are zero, as a card leaves them that fills
// them in later.

import Bytes

/// What stands before the packets: little-endian, microseconds, Ethernet.
let captureHeader: [UInt8] = [
    0xD4, 0xC3, 0xB2, 0xA1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 1, 0, 0, 0,
]

extension ByteWriter {
    /// A packet that was captured so many microseconds after 1970. `isInward` says that it comes
    /// from the hosts behind the router, on whose side the capture was taken.
    mutating func putFrame(_ packet: Packet, at time: UInt64, isInward: Bool) {
        let length = 14 + packet.totalLength
        putLittle(UInt32(time / 1_000_000))
        putLittle(UInt32(time % 1_000_000))
        putLittle(UInt32(length))
        putLittle(UInt32(length))
        // The router is 02:…:01, everybody behind it 02:…:02.
        let first: UInt8 = isInward ? 1 : 2
        put([2, 0, 0, 0, 0, first, 2, 0, 0, 0, 0, 3 - first, 8, 0])
        put([0x45, 0])
        putBig(UInt16(packet.totalLength))
        putBig(packet.ipID)
        put([packet.dontFragment ? 0x40 : 0, 0, packet.ttl, 6, 0, 0])
        putBig(packet.source)
        putBig(packet.destination)
        putSegment(packet)
    }

    private mutating func putSegment(_ packet: Packet) {
        let options = optionBytes(packet.options)
        putBig(packet.sourcePort)
        putBig(packet.destinationPort)
        putBig(packet.sequence)
        putBig(packet.acknowledgement)
        put([UInt8(5 + options.count / 4) << 4, packet.flags])
        putBig(packet.window)
        put([0, 0, 0, 0])
        put(options)
        var left = Int(packet.length)
        while left > 0 {
            put(left >= payload.count ? payload : Array(payload.prefix(left)))
            left -= payload.count
        }
    }

    private mutating func putLittle(_ number: UInt32) {
        for shift in stride(from: 0, to: 32, by: 8) {
            put(UInt8(truncatingIfNeeded: number >> UInt32(shift)))
        }
    }

    private mutating func putBig(_ number: UInt16) {
        put([UInt8(number >> 8), UInt8(truncatingIfNeeded: number)])
    }

    private mutating func putBig(_ number: UInt32) {
        putBig(UInt16(number >> 16))
        putBig(UInt16(truncatingIfNeeded: number))
    }
}

private let payload = [UInt8](repeating: 0x2E, count: 1448)

private func optionBytes(_ options: Options) -> [UInt8] {
    switch options {
    case .none: []
    case .linuxSYN: [2, 4, 5, 0xB4, 4, 2, 8, 10, 0, 0, 0, 1, 0, 0, 0, 0, 1, 3, 3, 7]
    case .windowsSYN: [2, 4, 5, 0xB4, 1, 3, 3, 8, 1, 1, 4, 2]
    case .timestamps: [1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 1]
    case .mssOnly: [2, 4, 5, 0xB4]
    }
}
