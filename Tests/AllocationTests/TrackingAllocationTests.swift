// A state model asks for no memory for a packet: counted exactly, over connections that come and go.
//
// Read AllocationTests first. A table that grows asks for more; one that stays as large does not.

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

/// Opens, uses and closes so many connections, then waits until they are swept; gives how many
/// packets were established.
@inline(never)
private func play(_ model: inout Netfilter, connections: UInt32, from start: Int64) -> Int {
    var packet = Packet()
    packet.ipProtocol = Entry.tcp
    packet.window = 1000
    var established = 0
    var time = start
    let steps: [TCPFlags] = [.syn, [.syn, .ack], .ack, .ack, [.fin, .ack], [.fin, .ack], .ack]
    let sequences: [UInt32] = [0, 500, 1, 501, 1, 501, 2]
    let acks: [UInt32] = [0, 1, 501, 1, 501, 2, 502]
    for (step, flags) in steps.enumerated() {
        for connection in 0..<connections {
            let client = Endpoint(Address(v4: 0x0A00_0000 | connection), 40_000)
            let server = Endpoint(Address(v4: 0xC000_0201), 443)
            let isReply = step == 1 || step == 3 || step == 5
            packet.source = isReply ? server : client
            packet.destination = isReply ? client : server
            packet.flags = flags
            packet.sequence = sequences[step]
            packet.acknowledgement = acks[step]
            packet.sackEdge = acks[step]
            time += 10
            packet.time = Instant(microseconds: time)
            let met = model.meet(packet)
            if met.kind == .established { established += 1 }
            _ = model.admit(packet, met, 0, StateOptions())
            model.ended.removeAll(keepingCapacity: true)
        }
    }
    packet.ipProtocol = Entry.udp
    for second in 0..<300 as Range<Int64> {
        packet.time = Instant(microseconds: time + second * 1_000_000)
        model.refuse(packet, model.meet(packet))
        model.ended.removeAll(keepingCapacity: true)
    }
    return established
}

@Suite struct TrackingAllocationTests {
    @Test func netfilterAsksForNoMemory() {
        var model = Netfilter()
        let connections: UInt32 = 5000
        // The table grows to its size once.
        let first = play(&model, connections: connections, from: 1_790_000_000_000_000)
        #expect(first == 6 * Int(connections) && model.stateCount == 0)
        let before = stray_allocations()
        let second = play(&model, connections: connections, from: 1_790_001_000_000_000)
        let asked = stray_allocations() - before
        #expect(second == first && model.stateCount == 0)
        #expect(model.statePeak == Int(connections))
        guard before >= 0, isRelease else { return }
        // Its own three lists of what a step sends.
        #expect(asked <= 3, "\(asked) for \(7 * connections) packets")
    }
}
