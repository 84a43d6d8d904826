// A conversation of two hosts: TCP, UDP or ICMP queries, and ICMP errors about them.
//
// Read first: `TCPPlayer`, `FrameMaker`.

struct Conversation {
    private enum Kind {
        case tcp(TCPPlayer)
        case udp
        case icmp(asker: Side, request: UInt8, reply: UInt8)
    }

    private var kind: Kind
    private let frames: FrameMaker
    private let errorChance: Double
    /// What was sent last, for an error to quote.
    private var last: (side: Side, bytes: [UInt8])?

    init(_ number: UInt16, _ random: inout SplitMix64, isMixed: Bool) {
        frames = FrameMaker(isV6: random.chance(0.3), number: number)
        errorChance = random.chance(0.2) ? 0.1 : 0
        let noises = [0.0, 0.1, 0.3, 0.6, 1.0]
        if isMixed && random.chance(0.6) {
            if random.chance(0.5) {
                kind = .udp
            } else {
                let pairs: [(UInt8, UInt8)] =
                    frames.isV6 ? [(128, 129)] : [(8, 0), (8, 0), (13, 14), (15, 16), (17, 18)]
                let pair = random.pick(pairs)
                kind = .icmp(asker: random.side(), request: pair.0, reply: pair.1)
            }
        } else {
            kind = .tcp(TCPPlayer(&random, noise: random.pick(noises)))
        }
    }

    /// The next packet and who sends it.
    mutating func next(_ random: inout SplitMix64) -> (side: Side, bytes: [UInt8]) {
        if let last, random.chance(errorChance) { return error(about: last, &random) }
        let packet: (side: Side, bytes: [UInt8])
        switch kind {
        case .tcp(var player):
            var segment = player.next(&random)
            // The reader sums IPv4's short segments alone.
            if frames.isV6 || segment.length > 4 { segment.hasBadChecksum = false }
            kind = .tcp(player)
            packet = (segment.side, frames.tcp(segment))
        case .udp:
            let side = random.side()
            packet = (side, frames.udp(side, length: random.below(40)))
        case .icmp(let asker, let request, let reply):
            packet = query(asker, request, reply, &random)
        }
        last = packet
        return packet
    }

    private func query(
        _ asker: Side, _ request: UInt8, _ reply: UInt8, _ random: inout SplitMix64
    ) -> (side: Side, bytes: [UInt8]) {
        let rest = big(frames.number) + big(UInt16(random.below(100)))
        let body = [UInt8](repeating: 0, count: 12)
        if random.chance(0.1) {
            let side = random.side()
            let types: [UInt8] =
                frames.isV6 ? [130, 135, 143, 150, 200, 255] : [9, 10, 19, 30, 42, 200]
            let type = random.pick(types)
            return (side, frames.icmp(side, type: type, code: 0, rest: rest, body: body))
        }
        // Now and then an answer comes from the one who asks.
        let isRequest = random.chance(0.5)
        let side = isRequest || random.chance(0.1) ? asker : asker.other
        let type = isRequest ? request : reply
        return (side, frames.icmp(side, type: type, code: 0, rest: rest, body: body))
    }

    private func error(
        about quoted: (side: Side, bytes: [UInt8]), _ random: inout SplitMix64
    ) -> (side: Side, bytes: [UInt8]) {
        var quote = quoted.bytes
        let header = frames.isV6 ? 40 : 20
        if random.chance(0.1) {
            quote = Array(quote.prefix(header + random.below(4)))
        } else if random.chance(0.5) {
            quote = Array(quote.prefix(header + 8))
        }
        // Another port: of no known connection.
        if random.chance(0.15), quote.count > header + 3 { quote[header + 2] ^= 0x40 }
        let side = random.chance(0.85) ? quoted.side.other : quoted.side
        let type: UInt8 = random.pick(frames.isV6 ? [1, 2, 3, 4, 1, 100] : [3, 3, 4, 5, 11, 12])
        let rest: [UInt8] = [0, 0, 0, 0]
        return (side, frames.icmp(side, type: type, code: 1, rest: rest, body: quote))
    }
}
