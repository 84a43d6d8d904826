// Packets byte by byte, as a raw socket sends them: IP header, transport header, checksums.
//
// Read first: nothing. It knows no reader of the program, so that both can be wrong only once.

/// One of the two hosts between which all packets go.
enum Side: UInt8 {
    case client
    case server

    var other: Side { self == .client ? .server : .client }
}

/// What a TCP segment says.
struct Segment {
    var side = Side.client
    var flags: UInt8 = 0
    var sequence: UInt32 = 0
    var ack: UInt32 = 0
    var window: UInt16 = 0
    var length = 0
    /// As they lie in the header; made a multiple of four by the one who sends.
    var options: [UInt8] = []
    /// In place of the header's true length, in words.
    var offset: UInt8?
    var hasBadChecksum = false
    /// So many bytes of the segment are sent; the IP header tells the truth of it.
    var cutTo: Int?

    static let (fin, syn, rst, psh, ackBit, urg): (UInt8, UInt8, UInt8, UInt8, UInt8, UInt8) =
        (1, 2, 4, 8, 16, 32)

    var end: UInt32 {
        sequence &+ UInt32(length) &+ (flags & Segment.syn != 0 ? 1 : 0)
            &+ (flags & Segment.fin != 0 ? 1 : 0)
    }
}

struct FrameMaker {
    var isV6: Bool
    /// The number of the conversation: its port or identifier, and what marks its packets.
    var number: UInt16

    static let clientV4: [UInt8] = [10, 9, 0, 2]
    static let serverV4: [UInt8] = [10, 9, 1, 2]
    static let clientV6: [UInt8] = [0xFD, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2]
    static let serverV6: [UInt8] = [0xFD, 9, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2]

    var clientPort: UInt16 { 1024 + number }
    var serverPort: UInt16 { 80 }

    private func address(_ side: Side) -> [UInt8] {
        switch (isV6, side) {
        case (false, .client): FrameMaker.clientV4
        case (false, .server): FrameMaker.serverV4
        case (true, .client): FrameMaker.clientV6
        case (true, .server): FrameMaker.serverV6
        }
    }

    private func port(_ side: Side) -> UInt16 { side == .client ? clientPort : serverPort }

    // MARK: - Transport

    func tcp(_ segment: Segment) -> [UInt8] {
        var bytes = big(port(segment.side)) + big(port(segment.side.other))
        bytes += big(segment.sequence) + big(segment.ack)
        var options = segment.options
        while options.count % 4 != 0 { options.append(0) }
        bytes.append((segment.offset ?? UInt8((20 + options.count) / 4)) << 4)
        bytes.append(segment.flags)
        bytes += big(segment.window) + [0, 0, 0, 0] + options
        bytes += [UInt8](repeating: 0x61, count: segment.length)
        if let cut = segment.cutTo { bytes = Array(bytes.prefix(cut)) }
        if bytes.count >= 18 {
            put(checksum(pseudo(segment.side, 6, bytes.count) + bytes), into: &bytes, at: 16)
            if segment.hasBadChecksum { bytes[17] ^= 0x55 }
        }
        return ip(segment.side, 6, bytes)
    }

    func udp(_ side: Side, length: Int) -> [UInt8] {
        var bytes = big(port(side)) + big(port(side.other))
        bytes += big(UInt16(8 + length)) + [0, 0] + [UInt8](repeating: 0x61, count: length)
        let sum = checksum(pseudo(side, 17, bytes.count) + bytes)
        put(sum == 0 ? 0xFFFF : sum, into: &bytes, at: 6)
        return ip(side, 17, bytes)
    }

    func icmp(_ side: Side, type: UInt8, code: UInt8, rest: [UInt8], body: [UInt8]) -> [UInt8] {
        var bytes = [type, code, 0, 0] + rest + body
        let covered = isV6 ? pseudo(side, 58, bytes.count) + bytes : bytes
        put(checksum(covered), into: &bytes, at: 2)
        return ip(side, isV6 ? 58 : 1, bytes)
    }

    // MARK: - IP

    func ip(_ side: Side, _ ipProtocol: UInt8, _ payload: [UInt8]) -> [UInt8] {
        if isV6 {
            // The flow label is the mark.
            return [0x60, 0] + big(number) + big(UInt16(payload.count)) + [ipProtocol, 64]
                + address(side) + address(side.other) + payload
        }
        var header = [0x45, 0] + big(UInt16(20 + payload.count)) + big(number)
        header += [0, 0, 64, ipProtocol, 0, 0] + address(side) + address(side.other)
        put(checksum(header), into: &header, at: 10)
        return header + payload
    }

    private func pseudo(_ side: Side, _ ipProtocol: UInt8, _ count: Int) -> [UInt8] {
        let ends = address(side) + address(side.other)
        return isV6
            ? ends + big(UInt32(count)) + [0, 0, 0, ipProtocol]
            : ends + [0, ipProtocol] + big(UInt16(count))
    }
}

func big(_ number: UInt16) -> [UInt8] {
    [UInt8(number >> 8), UInt8(truncatingIfNeeded: number)]
}

func big(_ number: UInt32) -> [UInt8] {
    big(UInt16(number >> 16)) + big(UInt16(truncatingIfNeeded: number))
}

private func put(_ number: UInt16, into bytes: inout [UInt8], at place: Int) {
    bytes[place] = UInt8(number >> 8)
    bytes[place + 1] = UInt8(truncatingIfNeeded: number)
}

/// RFC 1071.
private func checksum(_ bytes: [UInt8]) -> UInt16 {
    var sum: UInt32 = 0
    for index in bytes.indices {
        sum += index & 1 == 0 ? UInt32(bytes[index]) << 8 : UInt32(bytes[index])
    }
    while sum >> 16 != 0 { sum = (sum & 0xFFFF) + (sum >> 16) }
    return ~UInt16(sum)
}
