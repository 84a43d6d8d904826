// Packets for the tests, and a replay of them through a model.

import Facts
import Policy
import Replay
import Tracking

let start: Int64 = 1_795_089_600

/// Packets of one connection, 10.0.0.5:40000 to 203.0.113.9:443.
struct Talk {
    var client = Endpoint(Address(v4: 0x0A00_0005), 40000)
    var server = Endpoint(Address(v4: 0xCB00_7109), 443)
    var clientNext: UInt32 = 1000
    var serverNext: UInt32 = 9000
    var packets: [Packet] = []

    init() {}

    /// A packet so many seconds after the start.
    mutating func send(
        _ seconds: Double, fromClient: Bool = true, _ flags: TCPFlags, length: UInt32 = 0,
        change: (inout Packet) -> Void = { _ in }
    ) {
        var packet = Packet()
        packet.time = Instant(microseconds: start * 1_000_000 + Int64(seconds * 1_000_000))
        packet.source = fromClient ? client : server
        packet.destination = fromClient ? server : client
        packet.ipProtocol = 6
        packet.ttl = 64
        packet.ipID = UInt16(packets.count + 1)
        packet.flags = flags
        packet.sequence = fromClient ? clientNext : serverNext
        packet.acknowledgement = flags.contains(.ack) ? (fromClient ? serverNext : clientNext) : 0
        packet.sackEdge = packet.acknowledgement
        packet.window = 64000
        packet.length = length
        packet.ipLength = 20 + length
        packet.direction = fromClient ? .outward : .inward
        if flags.contains(.syn) {
            packet.form.insert(.hasOptions)
            packet.options = [.mss]
        }
        if fromClient { clientNext = packet.sequenceEnd } else { serverNext = packet.sequenceEnd }
        change(&packet)
        packets.append(packet)
    }

    mutating func handshake(_ seconds: Double = 0) {
        send(seconds, .syn)
        send(seconds + 0.01, fromClient: false, [.syn, .ack])
        send(seconds + 0.02, .ack)
    }

    mutating func close(_ seconds: Double) {
        send(seconds, [.fin, .ack])
        send(seconds + 0.01, fromClient: false, [.fin, .ack])
        send(seconds + 0.02, .ack)
    }
}

/// A replay's verdicts, and why strays have no state.
struct Judged {
    var verdicts: [Verdict] = []
    var gone: [EndedState?] = []
    var ended: [EndedState] = []
    var firewall: Firewall
    var passes: [Bool] { verdicts.map(\.passes) }
}

func judge(
    _ packets: [Packet], _ kind: FirewallKind = .netfilter,
    settings: [(name: String, value: String)] = [],
    rules: Rules = .standard(StandardRules()), inside: [Network] = [], step: Int = 7
) throws -> Judged {
    var judged = Judged(
        firewall: try Firewall(
            kind, rules, settings: settings, inside: inside, isInnerInterface: false))
    var out = VerdictBatch(count: step)
    var from = 0
    while from < packets.count {
        var batch = Array(packets[from..<min(from + step, packets.count)])
        judged.firewall.judge(&batch, count: batch.count, &out)
        for place in batch.indices {
            judged.verdicts.append(out.verdicts[place])
            judged.gone.append(out.gone(out.verdicts[place]))
        }
        judged.ended += out.ended.map(\.state)
        from += step
    }
    return judged
}
