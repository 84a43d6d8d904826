// The noise of the Internet: programs that send a SYN to whatever answers, each with its own hand.
//
// The constants are those of the tools' own sources: masscan's window 1024, TTL 255 and fixed
// source port; zmap's window 65535 and the option set of a Windows client; worms on embedded Linux.

struct Scanner {
    enum Hand: CaseIterable {
        case masscan
        case zmap
        case worm
    }

    private let hand: Hand
    private let source: UInt32
    private let port: UInt16
    private let ttl: UInt8

    init(_ random: inout SplitMix64) {
        hand = random.pick([.masscan, .masscan, .zmap, .worm])
        source = internetAddress(&random)
        port = UInt16(random.between(40000, 59999))
        let hops = random.between(6, 24)
        ttl = UInt8((hand == .masscan ? 255 : 64) - hops)
    }

    private static let ports: [UInt16] = [
        22, 23, 80, 443, 445, 1433, 2323, 3306, 3389, 5060, 5432, 5555, 6379, 8080, 8443, 8728,
    ]

    /// A SYN to some port of `target`.
    func probe(of target: UInt32, _ random: inout SplitMix64) -> Packet {
        let wanted =
            random.chance(50) ? random.pick(Self.ports) : UInt16(random.between(1, 65535))
        let word = random.word()
        var packet = Packet(
            source: source, destination: target, sourcePort: port, destinationPort: wanted,
            flags: Flags.syn, sequence: word, window: 1024, ttl: ttl)
        packet.ipID = UInt16(truncatingIfNeeded: word >> 8)
        packet.dontFragment = false
        switch hand {
        case .masscan:
            packet.options = .mssOnly
        case .zmap:
            packet.sourcePort = UInt16(random.between(32768, 61000))
            packet.window = 65535
            packet.options = .windowsSYN
        case .worm:
            packet.sourcePort = random.clientPort()
            packet.window = 5840
            packet.dontFragment = true
            packet.options = .linuxSYN
        }
        return packet
    }
}
