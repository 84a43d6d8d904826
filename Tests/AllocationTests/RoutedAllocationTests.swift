// The models of pf and Forcepoint ask for no memory for a packet either.
//
// Read TrackingAllocationTests first: this is the same with packets that say which way they go.

import Facts
import MallocCounter
import Policy
import Testing
import Tracking

private var isRelease: Bool {
    var isRelease = true
    assert(
        {
            isRelease = false
            return true
        }())
    return isRelease
}

/// A step of a connection: who sends what.
private struct Shape {
    var isReply: Bool
    var flags: TCPFlags
    var sequence: UInt32
    var acknowledgement: UInt32
}

private let life: [Shape] = [
    Shape(isReply: false, flags: .syn, sequence: 0, acknowledgement: 0),
    Shape(isReply: true, flags: [.syn, .ack], sequence: 500, acknowledgement: 1),
    Shape(isReply: false, flags: .ack, sequence: 1, acknowledgement: 501),
    // One that does not fit.
    Shape(isReply: false, flags: .ack, sequence: 9_000_000, acknowledgement: 501),
    Shape(isReply: false, flags: [.fin, .ack], sequence: 1, acknowledgement: 501),
    Shape(isReply: true, flags: [.fin, .ack], sequence: 501, acknowledgement: 2),
    Shape(isReply: false, flags: .ack, sequence: 2, acknowledgement: 502),
]

/// Opens, uses and closes connections, and waits until they are swept; gives how many packets
/// passed.
@inline(never)
private func play<Model: StateModel>(
    _ model: inout Model, _ options: StateOptions, from start: Int64
) -> Int {
    var passed = 0
    var time = start
    var packet = Packet()
    packet.ipProtocol = Entry.tcp
    packet.window = 1000
    packet.interface = Name(hash: 1)
    for step in 0..<life.count {
        let isReply = life[step].isReply
        packet.flags = life[step].flags
        packet.length = step == 3 ? 100 : 0
        packet.sequence = life[step].sequence
        packet.acknowledgement = life[step].acknowledgement
        packet.direction = isReply ? .outward : .inward
        for connection in 0..<5000 as Range<UInt32> {
            let client = Endpoint(Address(v4: 0x0A00_0000 | connection), 40_000)
            let server = Endpoint(Address(v4: 0xC000_0201), 443)
            packet.source = isReply ? server : client
            packet.destination = isReply ? client : server
            time += 10
            packet.time = Instant(microseconds: time)
            var met = model.meet(packet)
            if met.step == .askRules { met = model.admit(packet, met, 1, options) }
            if met.step == .pass { passed += 1 }
            model.ended.removeAll(keepingCapacity: true)
        }
    }
    packet.ipProtocol = 47
    for second in 0..<300 as Range<Int64> {
        packet.time = Instant(microseconds: time + second * 1_000_000)
        model.refuse(packet, model.meet(packet))
        model.ended.removeAll(keepingCapacity: true)
    }
    return passed
}

@Suite struct RoutedAllocationTests {
    private func asksForNothing<Model: StateModel>(_ model: Model, _ passes: Int) {
        var model = model
        var options = StateOptions()
        options.timeouts = [.init("tcp.closing", 800)]
        let first = play(&model, options, from: 1_790_000_000_000_000)
        let before = stray_allocations()
        let second = play(&model, options, from: 1_790_001_000_000_000)
        let asked = stray_allocations() - before
        #expect(first == passes && second == passes)
        #expect(model.stateCount == 0 && model.statePeak == 5000)
        guard before >= 0, isRelease else { return }
        #expect(asked <= 3, "\(asked) for \(7 * 5000) packets")
    }

    @Test func pfAsksForNoMemory() { asksForNothing(PF(), 6 * 5000) }

    /// It judges no numbers in normal mode.
    @Test func forcepointAsksForNoMemory() { asksForNothing(Forcepoint(), 7 * 5000) }
}
