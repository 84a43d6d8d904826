// What the fuzz target of replays runs: bytes as packets between few ends, through every model.
//
// The first byte chooses settings. Each sixteen bytes behind it are a packet: two hosts, four ports,
// any flags, any numbers, any pause, so that states are met, closed, reopened and outlived. No model
// may trap, lose count of its states, or answer otherwise when the batches are cut elsewhere.

import Facts
import Replay

private let bytesOfPacket = 16

/// Judges bytes as packets. Traps when a model loses count or depends on the batches.
public func fuzzReplay(_ raw: UnsafeBufferPointer<UInt8>) {
    guard let choice = raw.first else { return }
    let packets = fuzzedPackets(Array(raw.dropFirst()))
    for kind in FirewallKind.allCases {
        let whole = judge(packets, kind, choice, batch: max(1, packets.count))
        let pieces = judge(packets, kind, choice, batch: 3)
        precondition(whole == pieces)
    }
}

/// One verdict in a number; the words follow from it.
private func judge(
    _ packets: [Packet], _ kind: FirewallKind, _ choice: UInt8, batch: Int
) -> [Int] {
    let network = Network(Address(v4: 0x0A00_0000), prefixLength: 8)
    let inside = choice & 1 != 0 ? [network].compactMap { $0 } : []
    guard
        var firewall = try? Firewall(
            kind, .standard(StandardRules(inside: inside)),
            settings: fuzzedSettings(kind, choice), inside: inside, isInnerInterface: false)
    else { preconditionFailure("a setting of the target's own was refused") }
    var answers: [Int] = []
    var at = 0
    while at < packets.count {
        var part = Array(packets[at..<min(packets.count, at + batch)])
        var verdicts = VerdictBatch(count: part.count)
        firewall.judge(&part, count: part.count, &verdicts)
        for verdict in verdicts.verdicts {
            answers.append(
                (verdict.passes ? 1 : 0) + Int(verdict.phase) << 1 + (verdict.opened ? 1 << 20 : 0))
            if verdict.hasState { _ = firewall.phaseName(verdict.phase, ipProtocol: 6) }
        }
        at += batch
    }
    let states = firewall.states
    precondition(states.now >= 0 && states.now <= states.peak && states.peak <= packets.count)
    return answers
}

private func fuzzedSettings(
    _ kind: FirewallKind, _ choice: UInt8
) -> [(name: String, value: String)] {
    guard choice & 2 != 0 else { return [] }
    return switch kind {
    case .netfilter:
        [("nf_conntrack_max", "3"), ("nf_conntrack_tcp_loose", choice & 4 == 0 ? "0" : "1")]
    case .pf: [("limit.states", "3"), ("state-policy", choice & 4 == 0 ? "floating" : "if-bound")]
    case .forcepoint: [("idle.tcp", "5")]
    }
}

private func fuzzedPackets(_ bytes: [UInt8]) -> [Packet] {
    var packets: [Packet] = []
    var time: Int64 = 1_795_089_600_000_000
    var at = 0
    while at + bytesOfPacket <= bytes.count {
        let part = bytes[at..<(at + bytesOfPacket)]
        packets.append(fuzzedPacket(Array(part), &time))
        at += bytesOfPacket
    }
    return packets
}

private func fuzzedPacket(_ bytes: [UInt8], _ time: inout Int64) -> Packet {
    func number(_ place: Int) -> UInt32 {
        UInt32(bytes[place]) << 24 | UInt32(bytes[place + 1]) << 16
            | UInt32(bytes[place + 2]) << 8 | UInt32(bytes[place + 3])
    }
    // Pauses from none to two weeks, and clocks that run backwards.
    time += bytes[1] == 0xFF ? -5_000_000 : Int64(1) << Int64(bytes[1] % 41)
    var packet = Packet()
    packet.time = Instant(microseconds: time)
    let client = Endpoint(Address(v4: 0x0A00_0001), UInt16(1000 + Int(bytes[0] & 1)))
    let server = Endpoint(Address(v4: 0xC000_0201), UInt16(80 + Int(bytes[0] >> 1 & 1)))
    let isReply = bytes[0] & 4 != 0
    packet.source = isReply ? server : client
    packet.destination = isReply ? client : server
    packet.ipProtocol = [6, 6, 6, 6, 6, 17, 1, 132][Int(bytes[0] >> 3 & 7)]
    packet.ttl = 64
    packet.direction = bytes[0] & 0x40 != 0 ? .outward : .inward
    packet.flags = TCPFlags(rawValue: bytes[2])
    packet.options = TCPOptions(rawValue: bytes[3])
    packet.form = PacketForm(rawValue: UInt32(bytes[15]) << 4 & 0xFFF)
    packet.windowScale = bytes[14]
    packet.icmpType = bytes[14]
    // Near each other mostly: far numbers are refused at once.
    let base: UInt32 = bytes[4] & 1 == 0 ? 0 : 0xFFFF_FF00
    packet.sequence = bytes[4] & 2 == 0 ? base &+ UInt32(bytes[5]) : number(5)
    packet.acknowledgement = bytes[4] & 4 == 0 ? base &+ UInt32(bytes[9]) : number(9)
    packet.window = UInt16(bytes[12]) << 8 | UInt16(bytes[13])
    packet.length = UInt32(bytes[8]) * (bytes[4] & 8 == 0 ? 1 : 200)
    packet.ipLength = packet.length + 20
    packet.sackEdge = packet.acknowledgement &+ UInt32(bytes[10])
    packet.ipID = UInt16(bytes[11])
    return packet
}
