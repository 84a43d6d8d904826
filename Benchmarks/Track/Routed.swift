// How long pf and Forcepoint take for a packet: as Main.swift for netfilter, but with packets that
// say which way they go through which interface, which pf asks for.
//
// Nothing is read or printed in between, so this is the cost of the models and of fetching a list
// of packets from memory. The best of several rounds, in processor time.

import Facts
import Glibc
import Policy
import Tracking

/// Connections that overlap, each with a handshake, data both ways and a close: some ten packets.
private func made(connections: Int, open: Int) -> [Packet] {
    var all: [Packet] = []
    all.reserveCapacity(connections * 11)
    // Every connection is a stage further than the one begun after it.
    let stages: [(isBack: Bool, flags: TCPFlags, seq: UInt32, ack: UInt32, length: UInt32)] = [
        (false, .syn, 0, 0, 0), (true, [.syn, .ack], 0, 1, 0), (false, .ack, 1, 1, 0),
        (false, [.psh, .ack], 1, 1, 400), (true, .ack, 1, 401, 1448),
        (true, [.psh, .ack], 1449, 401, 900), (false, .ack, 401, 2349, 0),
        (false, [.fin, .ack], 401, 2349, 0), (true, [.fin, .ack], 2349, 402, 0),
        (false, .ack, 402, 2350, 0),
    ]
    let apart = max(1, open / stages.count)
    var time: Int64 = 1_790_000_000_000_000
    for step in 0..<(connections + apart * stages.count) {
        for (stage, shape) in stages.enumerated() {
            let number = step - stage * apart
            guard number >= 0, number < connections else { continue }
            time += 20
            all.append(packet(number, shape, at: time))
        }
    }
    return all
}

private func packet(
    _ number: Int,
    _ shape: (isBack: Bool, flags: TCPFlags, seq: UInt32, ack: UInt32, length: UInt32),
    at time: Int64
) -> Packet {
    var packet = Packet()
    packet.time = Instant(microseconds: time)
    let client = Endpoint(
        Address(v4: 0x0A00_0000 + UInt32(number / 60000)), UInt16(1024 + number % 60000))
    let server = Endpoint(Address(v4: 0xC000_0200 | UInt32(number & 15)), 443)
    packet.source = shape.isBack ? server : client
    packet.destination = shape.isBack ? client : server
    packet.direction = shape.isBack ? .outward : .inward
    packet.interface = Name(hash: 1)
    packet.ipProtocol = Entry.tcp
    packet.flags = shape.flags
    let starts = (UInt32(truncatingIfNeeded: number) &* 77777, UInt32(4_000_000_000))
    packet.sequence = (shape.isBack ? starts.1 : starts.0) &+ shape.seq
    packet.acknowledgement =
        shape.flags.contains(.ack) ? (shape.isBack ? starts.0 : starts.1) &+ shape.ack : 0
    packet.length = shape.length
    packet.window = 65000
    if shape.flags.contains(.syn) {
        packet.options = [.mss, .windowScale, .sackPermitted]
        packet.windowScale = 7
    }
    packet.ttl = 60
    return packet
}

/// Judges all packets; gives how many a state or the rules passed.
@inline(never)
private func judge<Model: StateModel>(_ model: inout Model, _ packets: [Packet]) -> Int {
    let options = StateOptions()
    var passed = 0
    // A replay reads ahead, and has the model fetch what it will need.
    var hashes = [UInt64](repeating: 0, count: 16)
    for index in packets.indices {
        if index + 16 < packets.count {
            hashes[index & 15] = expected(&model, packets[index + 16])
            model.expect(hashes[index & 15], isNear: false)
            model.expect(hashes[(index + 8) & 15], isNear: true)
        }
        let tracked = model.meet(packets[index])
        switch tracked.step {
        case .pass: passed += 1
        case .block: break
        case .askRules:
            if model.admit(packets[index], tracked, 0, options).step == .pass { passed += 1 }
        }
        if !model.ended.isEmpty { model.ended.removeAll(keepingCapacity: true) }
    }
    return passed
}

/// The time this process has had a processor: other work on the machine does not count.
private func processorNanoseconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
}

private func measure<Model: StateModel>(
    _ name: String, _ packets: [Packet], _ make: () -> Model
) {
    var best = Double.infinity
    var passed = 0
    var peak = 0
    for _ in 0..<4 {
        var model = make()
        let before = processorNanoseconds()
        passed = judge(&model, packets)
        best = min(best, processorNanoseconds() - before)
        peak = model.statePeak
    }
    let each = (best / Double(packets.count) * 10).rounded() / 10
    print("\(name): \(each) ns a packet; \(passed) of \(packets.count) passed; peak \(peak) states")
}

/// Of 5 million packets: five thousand connections at a time, and 120,000, of which a cache holds
/// few. The lists have to lie in memory, so each is a fifth of those packets or a little more.
func timeRouted(_ packets: Int) {
    let unit = packets / 50
    for (connections, open) in [(unit, unit / 20), (unit * 3 / 2, unit * 6 / 5)] {
        let list = made(connections: connections, open: open)
        measure("pf", list) {
            var pf = PF()
            do { try pf.set("limit.states", to: "2000000") } catch { fatalError("\(error)") }
            return pf
        }
        measure("forcepoint", list) { Forcepoint() }
    }
}
