// Plays a TCP connection of two hosts that may do anything: mostly what they should, and at the
// bounds of what a firewall may take for right.
//
// Read first: `Segment`. The player keeps its own books of what was sent and allowed; the model
// under test is not asked, or its mistakes would be the player's.

struct TCPPlayer {
    /// One host's books.
    private struct Host {
        var next: UInt32
        var start: UInt32
        /// The highest end sent, the highest end allowed by the other, the largest window offered.
        var end: UInt32
        var allowed: UInt32
        var largest: UInt32 = 1
        var scale: UInt8 = 0
        var acked: UInt32 = 0
        var sent: [Segment] = []
    }

    private enum Stage { case opening, answering, crossing, confirming, talking, closing, over }

    private var hosts: [Host]
    private var stage = Stage.opening
    /// Who opened, and who closed first.
    private var opener = Side.client
    private var closer = Side.client
    private var hasScales = false
    private let noise: Double
    private var held: Segment?

    init(_ random: inout SplitMix64, noise: Double) {
        self.noise = noise
        hosts = [TCPPlayer.host(&random), TCPPlayer.host(&random)]
        if random.chance(0.15) {
            stage = .talking
            opener = random.side()
        }
    }

    private static func host(_ random: inout SplitMix64) -> Host {
        // Some begin where sequence numbers wrap.
        let start: UInt32 =
            random.chance(0.3)
            ? 0 &- UInt32(random.below(2000)) : UInt32(truncatingIfNeeded: random.next())
        return Host(next: start, start: start, end: start, allowed: start)
    }

    // MARK: - The next packet

    mutating func next(_ random: inout SplitMix64) -> Segment {
        if let waiting = held, random.chance(0.6) {
            held = nil
            note(waiting)
            return waiting
        }
        var segment = natural(&random)
        if random.chance(noise) { disturb(&segment, &random) }
        // Reordered: another goes first. Lost: nobody sees it, but its sender knows it sent it.
        if held == nil, random.chance(noise / 6) {
            held = segment
            segment = natural(&random)
        }
        if random.chance(noise / 8) {
            note(segment)
            segment = natural(&random)
        }
        note(segment)
        return segment
    }

    private func made(
        _ side: Side, _ flags: UInt8, _ random: inout SplitMix64, length: Int = 0
    ) -> Segment {
        var segment = Segment()
        segment.side = side
        segment.flags = flags
        segment.sequence = hosts[side].next
        segment.ack = flags & Segment.ackBit != 0 ? hosts[side.other].next : 0
        segment.window = window(&random)
        segment.length = length
        if flags & Segment.syn != 0 { segment.options = synOptions(&random) }
        if flags & Segment.syn == 0 && random.chance(0.2) { segment.options = timestamps }
        return segment
    }

    private func window(_ random: inout SplitMix64) -> UInt16 {
        let windows: [UInt16] = [65535, 64240, 8192, 1460, 500, 100, 10, 1, 0]
        return random.chance(0.1) ? UInt16(random.below(65536)) : random.pick(windows)
    }

    private func synOptions(_ random: inout SplitMix64) -> [UInt8] {
        var options: [UInt8] = []
        if random.chance(0.8) { options += [2, 4, 5, 180] }
        if random.chance(0.6) { options += [1, 3, 3, UInt8(random.below(17))] }
        if random.chance(0.6) { options += [4, 2] }
        return options
    }

    private var timestamps: [UInt8] { [1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2] }

    private mutating func natural(_ random: inout SplitMix64) -> Segment {
        let (syn, ack, fin, psh) = (Segment.syn, Segment.ackBit, Segment.fin, Segment.psh)
        switch stage {
        case .opening:
            if random.chance(0.85) { stage = .answering }
            return made(opener, syn, &random)
        case .answering:
            // Both may open at once; a closed port answers with a RST.
            if random.chance(0.1) {
                stage = random.chance(0.7) ? .crossing : .answering
                return made(opener.other, syn, &random)
            }
            if random.chance(0.05) {
                stage = .over
                var reset = made(opener.other, Segment.rst | ack, &random)
                reset.sequence = 0
                return reset
            }
            // A host that still remembers an older connection: a challenge ACK (RFC 5961 §4.2).
            if random.chance(0.08) { return made(opener.other, ack, &random) }
            if random.chance(0.85) { stage = .confirming }
            return made(opener.other, syn | ack, &random)
        case .crossing:
            // Each answers the other's SYN, or one does and the other confirms.
            if random.chance(0.4) { stage = .talking }
            if random.chance(0.5) { return made(opener, syn | ack, &random) }
            return made(opener.other, random.chance(0.5) ? syn | ack : ack, &random)
        case .confirming:
            if random.chance(0.1) { return reset(random.side(), &random) }
            if random.chance(0.9) { stage = .talking }
            return made(opener, ack, &random)
        case .talking:
            let side = random.side()
            if random.chance(0.12) {
                stage = .closing
                closer = side
                return made(side, fin | ack, &random, length: random.chance(0.3) ? 20 : 0)
            }
            if random.chance(0.05) { return reset(side, &random) }
            if random.chance(0.05) { return repeated(side, &random) }
            if random.chance(0.4) { return made(side, ack, &random) }
            let lengths = [1, 2, 10, 60, 100, 500, 1460]
            return made(side, ack | psh, &random, length: random.pick(lengths))
        case .closing:
            if random.chance(0.2) { stage = .over }
            if random.chance(0.1) {
                return reset(random.chance(0.5) ? closer : closer.other, &random)
            }
            if random.chance(0.4) { return made(closer.other, ack, &random) }
            if random.chance(0.5) { return made(closer.other, ack | fin, &random) }
            return made(closer, random.chance(0.7) ? ack : ack | fin, &random)
        case .over: return afterwards(&random)
        }
    }

    /// The ports are used again, or something comes late.
    private mutating func afterwards(_ random: inout SplitMix64) -> Segment {
        if random.chance(0.3) {
            return repeated(random.side(), &random)
        }
        if random.chance(0.15) { return reset(random.side(), &random) }
        opener = random.chance(0.75) ? opener : opener.other
        for side in [Side.client, .server] {
            let ahead = UInt32(random.below(200_000))
            hosts[side].next =
                random.chance(0.7)
                ? hosts[side].next &+ ahead : UInt32(truncatingIfNeeded: random.next())
            hosts[side].start = hosts[side].next
        }
        stage = .answering
        return made(opener, Segment.syn, &random)
    }

    private func repeated(_ side: Side, _ random: inout SplitMix64) -> Segment {
        hosts[side].sent.isEmpty
            ? made(side, Segment.ackBit, &random) : random.pick(hosts[side].sent)
    }

    private func reset(_ side: Side, _ random: inout SplitMix64) -> Segment {
        let withAck = random.chance(0.4)
        var segment = made(side, Segment.rst | (withAck ? Segment.ackBit : 0), &random)
        let peer = hosts[side.other]
        let numbers: [UInt32] = [
            peer.acked, peer.acked &+ 1, peer.acked &- 1, hosts[side].next, hosts[side].end, 0,
            hosts[side].allowed, hosts[side].start &+ 1, peer.acked &+ 5,
        ]
        segment.sequence = random.pick(numbers)
        if !withAck && random.chance(0.3) { segment.ack = peer.end }
        return segment
    }

    // MARK: - What is wrong

    private func disturb(_ segment: inout Segment, _ random: inout SplitMix64) {
        repeat {
            switch random.below(12) {
            case 0, 1: segment.sequence = sequence(segment.side, &random)
            case 2, 3: segment.ack = ack(segment.side, &random)
            case 4: segment.flags = flags(&random)
            case 5: segment.window = window(&random)
            case 6: segment.length = random.pick([0, 1, 2, 100, 1000, 1460])
            case 7: segment.options = wrongOptions(segment, &random)
            case 8: segment = reset(segment.side, &random)
            case 9: segment = repeated(random.side(), &random)
            case 10: segment = made(random.side(), flags(&random), &random)
            default: damage(&segment, &random)
            }
        } while random.chance(0.35)
    }

    private func flags(_ random: inout SplitMix64) -> UInt8 {
        let usual: [UInt8] = [2, 18, 16, 24, 17, 25, 4, 20, 16, 17, 4, 2]
        let odd: [UInt8] = [
            0, 1, 3, 6, 5, 8, 32, 0x29, 0x30, 0x31, 0x22, 0x32, 0xC2, 0xD2, 0x50, 0x0A,
        ]
        if random.chance(0.7) { return random.pick(usual) }
        return random.chance(0.7) ? random.pick(odd) : UInt8(truncatingIfNeeded: random.next())
    }

    private func near(_ number: UInt32, _ random: inout SplitMix64) -> UInt32 {
        number &+ UInt32(random.below(7)) &- 3
    }

    private func sequence(_ side: Side, _ random: inout SplitMix64) -> UInt32 {
        let (own, peer) = (hosts[side], hosts[side.other])
        let bounds: [UInt32] = [
            own.allowed, own.allowed, own.end &- peer.largest, own.end &- peer.largest, own.next,
            own.start, peer.acked, own.end, own.allowed &+ peer.largest, own.end &- 66_000, 0,
        ]
        return random.chance(0.1)
            ? UInt32(truncatingIfNeeded: random.next()) : near(random.pick(bounds), &random)
    }

    private func ack(_ side: Side, _ random: inout SplitMix64) -> UInt32 {
        let (own, peer) = (hosts[side], hosts[side.other])
        let bounds: [UInt32] = [
            peer.end, peer.end, peer.end &- 66_000, peer.end &- own.largest, peer.next, peer.start,
            own.acked, 0, peer.allowed,
        ]
        return random.chance(0.1)
            ? UInt32(truncatingIfNeeded: random.next()) : near(random.pick(bounds), &random)
    }

    private func wrongOptions(_ segment: Segment, _ random: inout SplitMix64) -> [UInt8] {
        switch random.below(8) {
        case 0: return []
        case 1: return timestamps
        case 2, 3: return sack(segment.side, &random)
        case 4: return [1] + sack(segment.side, &random) + [3, 3, 7, 4, 2]
        // Lengths that overrun, are too short, or of another option.
        case 5: return [2, 4, 5, 180, 3, random.pick([0, 1, 2, 4, 40]), 7, 4, 2, 1]
        case 6: return [0, 3, 3, 5, 4, 2, 1, 1]
        default:
            let count = 4 * (1 + random.below(10))
            return (0..<count).map { _ in
                random.chance(0.5)
                    ? UInt8(random.below(9)) : UInt8(truncatingIfNeeded: random.next())
            }
        }
    }

    private func sack(_ side: Side, _ random: inout SplitMix64) -> [UInt8] {
        let peer = hosts[side.other]
        var blocks: [UInt8] = []
        let count = 1 + random.below(3)
        for _ in 0..<count {
            let right =
                random.chance(0.5)
                ? near(peer.end, &random) : peer.acked &+ UInt32(random.below(3000))
            blocks += big(right &- 1 &- UInt32(random.below(1460))) + big(right)
        }
        return [1, 1, 5, UInt8(2 + blocks.count)] + blocks
    }

    private func damage(_ segment: inout Segment, _ random: inout SplitMix64) {
        switch random.below(6) {
        case 0: segment.hasBadChecksum = true
        case 1: segment.offset = UInt8(random.below(5))
        case 2: segment.offset = 15
        case 3: segment.cutTo = 8 + random.below(12)
        default: segment.ack = segment.ack &+ UInt32(random.below(3))
        }
    }

    // MARK: - The books

    private mutating func note(_ segment: Segment) {
        let side = segment.side
        if hosts[side].sent.count > 6 { hosts[side].sent.removeFirst() }
        hosts[side].sent.append(segment)
        if segment.flags & Segment.syn != 0 { readScale(segment) }
        if segment.sequence == hosts[side].next { hosts[side].next = segment.end }
        if isBehind(hosts[side].end, segment.end)
            && !isBehind(hosts[side].end &+ 2_000_000, segment.end)
        {
            hosts[side].end = segment.end
        }
        let shift = segment.flags & Segment.syn == 0 ? UInt32(hosts[side].scale) : 0
        let offered = UInt32(segment.window) << shift
        hosts[side].largest = max(hosts[side].largest, offered)
        if segment.flags & Segment.ackBit != 0 {
            hosts[side].acked = segment.ack
            let allowed = segment.ack &+ max(offered, 1)
            if isBehind(hosts[side.other].allowed, allowed) { hosts[side.other].allowed = allowed }
        }
    }

    private mutating func readScale(_ segment: Segment) {
        hosts[segment.side].end = segment.end
        hosts[segment.side].next = segment.end
        guard let place = segment.options.firstIndex(of: 3), place + 2 < segment.options.count
        else { return }
        hosts[segment.side].scale = min(segment.options[place + 2], 14)
    }

    private func isBehind(_ a: UInt32, _ b: UInt32) -> Bool { Int32(bitPattern: a &- b) < 0 }
}

extension Array {
    fileprivate subscript(_ side: Side) -> Element {
        get { self[Int(side.rawValue)] }
        set { self[Int(side.rawValue)] = newValue }
    }
}
