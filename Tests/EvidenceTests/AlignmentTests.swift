// The alignment: which entries become one, and above all which must not.

import Facts
import Testing

@testable import Evidence

private let a = Endpoint(Address(v4: 0xC000_0201), 40000)
private let b = Endpoint(Address(v4: 0xC633_6402), 443)
private let fw1 = Name(hash: 11)
private let fw2 = Name(hash: 12)
private let inner = Name(hash: 21)
private let outer = Name(hash: 22)

/// A packet of one connection, as some input tells it.
private func packet(
    _ action: Action, at milliseconds: Int64, id: UInt16? = nil, seq: UInt32? = nil,
    ttl: UInt8? = nil, node: Name = .none, on interface: Name = .none,
    _ direction: Direction = .unknown, flags: TCPFlags = [.psh, .ack]
) -> Entry {
    var entry = Entry()
    entry.action = action
    // A microsecond more: the stamps of a capture are that fine.
    entry.time = Instant(microseconds: milliseconds * 1000 + (action == .seen ? 1 : 0))
    entry.source = a
    entry.destination = b
    entry.ipProtocol = Entry.tcp
    entry.flags = flags
    entry.known = [.ports, .flags]
    entry.node = node
    entry.interface = interface
    entry.direction = direction
    if let id {
        entry.ipID = id
        entry.known.insert(.ipID)
    }
    if let seq {
        entry.sequence = seq
        entry.known.insert(.sequence)
    }
    if let ttl {
        entry.ttl = ttl
        entry.known.insert(.ttl)
    }
    return entry
}

/// The alignment of a log (input 0), and what a second and third input tell.
private func align(_ inputs: [Entry]..., captures: Set<Int> = [1, 2]) -> [Aligned] {
    var all: [Aligned] = []
    for (input, entries) in inputs.enumerated() {
        for (line, entry) in entries.enumerated() {
            all.append(Aligned(entry: entry, input: input, line: line + 1))
        }
    }
    all.sort {
        ($0.entry.time, $0.input, $0.line) < ($1.entry.time, $1.input, $1.line)
    }
    var alignment = Alignment()
    var out: [Aligned] = []
    for aligned in all {
        alignment.add(aligned, isCapture: captures.contains(aligned.input))
        while let next = alignment.next() { out.append(next) }
    }
    alignment.finish()
    while let next = alignment.next() { out.append(next) }
    return out
}

private func actions(_ all: [Aligned]) -> [Action] { all.map(\.entry.action) }

@Suite struct AlignmentTests {
    @Test("a block and its sighting are one entry, which knows what the capture knows")
    func enriched() {
        let out = align(
            [packet(.block, at: 1005, id: 7)],
            [packet(.seen, at: 1001, id: 7, seq: 99, ttl: 63)])
        #expect(actions(out) == [.block])
        #expect(out[0].entry.known.contains([.sequence, .ttl, .ipID]))
        #expect(out[0].entry.sequence == 99 && out[0].entry.ttl == 63)
        #expect(out[0].input == 0 && out[0].line == 1)
    }

    @Test("a retransmission has another IP identification: another packet")
    func retransmission() {
        let out = align(
            [packet(.block, at: 1005, id: 8, seq: 99)],
            [packet(.seen, at: 1000, id: 7, seq: 99), packet(.seen, at: 1004, id: 8, seq: 99)])
        #expect(actions(out) == [.seen, .block])
        #expect(out[0].entry.ipID == 7)
    }

    @Test("other sequence numbers, flags or ends are other packets, however near in time")
    func differences() {
        let block = packet(.block, at: 1000, seq: 5)
        var otherPort = packet(.seen, at: 1000, seq: 5)
        otherPort.source.port = 40001
        for other in [
            packet(.seen, at: 1000, seq: 6), packet(.seen, at: 1000, seq: 5, flags: [.ack]),
            otherPort,
        ] {
            #expect(align([block], [other]).count == 2)
        }
        #expect(align([block], [packet(.seen, at: 1000, seq: 5)]).count == 1)
    }

    @Test("one input never joins with itself")
    func itself() {
        let twice = [
            packet(.block, at: 1000, id: 7, seq: 5), packet(.block, at: 1001, id: 7, seq: 5),
        ]
        #expect(align(twice, []).count == 2)
        let seen = [packet(.seen, at: 1000, id: 7, seq: 5), packet(.seen, at: 1001, id: 7, seq: 5)]
        #expect(align([], seen).count == 2)
    }

    @Test("an identification of zero tells nothing; time does")
    func zeroIdentification() {
        let block = packet(.block, at: 1000, id: 0, seq: 5)
        #expect(align([block], [packet(.seen, at: 1010, id: 0, seq: 5)]).count == 1)
        // TCP_RTO_MIN later it is the same data sent again.
        let late = packet(.seen, at: 3201, id: 0, seq: 5)
        #expect(align([block], [late]).count == 2)
    }

    @Test("a whole-second stamp takes its packet's place and time")
    func wholeSeconds() {
        let opening = packet(.seen, at: 5200, seq: 1, flags: .syn)
        let out = align(
            [packet(.block, at: 5000)], [opening, packet(.seen, at: 5700, seq: 2)])
        #expect(actions(out) == [.seen, .block])
        #expect(out[1].entry.sequence == 2)
        #expect(out[1].entry.time.microseconds == 5_700_001)
    }

    @Test("the same identification later than the window is another packet, in a still log too")
    func outsideTheWindow() {
        let block = packet(.block, at: 1000, id: 7)
        #expect(align([block], [packet(.seen, at: 3100, id: 7)]).count == 2)
        #expect(align([block], [packet(.seen, at: 2900, id: 7)]).count == 1)
    }

    @Test("a sighting of another second is another packet")
    func otherSecond() {
        #expect(align([packet(.block, at: 5000)], [packet(.seen, at: 6300)]).count == 2)
        #expect(align([packet(.block, at: 5000)], [packet(.seen, at: 4800)]).count == 2)
        // A logger that takes its time over the edge of a second.
        #expect(align([packet(.block, at: 5000)], [packet(.seen, at: 4970)]).count == 1)
    }

    @Test("as many lines as sightings in a second belong together one by one")
    func inTurn() {
        let out = align(
            [packet(.block, at: 5000), packet(.block, at: 5000)],
            [packet(.seen, at: 5100, seq: 1), packet(.seen, at: 5600, seq: 2)])
        #expect(actions(out) == [.block, .block])
        #expect(out.map(\.entry.sequence) == [1, 2])
        #expect(out.map(\.line) == [1, 2])
    }

    @Test(
        "more lines than sightings, or fewer: nobody knows which, and nothing is joined",
        arguments: [(1, 2), (2, 1), (3, 2), (2, 3)])
    func ambiguous(_ lines: Int, _ sightings: Int) {
        let log = (0..<lines).map { _ in packet(.block, at: 5000) }
        let capture = (0..<sightings).map {
            packet(.seen, at: 5100 + Int64($0) * 200, seq: UInt32($0))
        }
        let out = align(log, capture)
        #expect(out.count == lines + sightings)
        #expect(out.allSatisfy { $0.entry.action == .seen || $0.entry.known == [.ports, .flags] })
    }

    @Test("seen on two interfaces, with a hop less: passed")
    func crossedByHops() {
        let out = align(
            [], [packet(.seen, at: 1000, id: 7, ttl: 64, node: fw1)],
            [packet(.seen, at: 1001, id: 7, ttl: 63, node: fw1)])
        #expect(actions(out) == [.pass])
    }

    @Test("seen coming in and going out in one capture: passed, and both interfaces are told")
    func crossedByDirection() {
        let out = align(
            [],
            [
                packet(.seen, at: 1000, id: 7, on: inner, .inward),
                packet(.seen, at: 1001, id: 7, on: outer, .outward),
            ])
        #expect(actions(out) == [.pass])
        #expect(out[0].entry.interface == inner && out[0].entry.otherInterface == outer)
    }

    @Test("seen on a trunk and on its VLAN: one sighting that tells of no passing")
    func trunk() {
        let out = align(
            [],
            [
                packet(.seen, at: 1000, id: 7, ttl: 64, on: inner, .inward),
                packet(.seen, at: 1000, id: 7, ttl: 64, on: outer, .inward),
            ])
        #expect(actions(out) == [.seen])
    }

    @Test("seen on one side only stays seen")
    func oneSide() {
        let out = align(
            [packet(.pass, at: 900, node: fw1, flags: .syn)],
            [packet(.seen, at: 1000, id: 7, node: fw1, on: inner, .inward)])
        #expect(actions(out) == [.pass, .seen])
    }

    @Test("a packet seen leaving a firewall whose log is given was passed")
    func leaving() {
        let line = packet(.block, at: 900, node: fw1, flags: .fin)
        let leaving = packet(.seen, at: 1000, id: 7, node: fw1, on: outer, .outward)
        #expect(actions(align([line], [leaving])) == [.block, .pass])
        var other = leaving
        other.node = fw2
        #expect(actions(align([line], [other])) == [.block, .seen])
    }

    @Test("a log's word stands above two sightings")
    func logWins() {
        let out = align(
            [packet(.block, at: 1002, id: 7, node: fw1)],
            [packet(.seen, at: 1000, id: 7, ttl: 64)], [packet(.seen, at: 1001, id: 7, ttl: 63)])
        #expect(actions(out) == [.block])
    }

    @Test("blocked here and seen there: two entries, and the block says so")
    func elsewhere() {
        for other in [Action.seen, .pass] {
            let out = align(
                [packet(.block, at: 1000, id: 7, node: fw1)],
                [packet(other, at: 1001, id: 7, node: fw2)], captures: [])
            #expect(out.count == 2)
            #expect(out.map { $0.entry.known.contains(.elsewhere) } == [true, false])
        }
    }

    @Test("another node's packet that only looks the same does not count")
    func notElsewhere() {
        let block = packet(.block, at: 1000, id: 7, node: fw1)
        for other in [
            packet(.seen, at: 1001, id: 8, node: fw2), packet(.seen, at: 1001, node: fw2),
            packet(.block, at: 1001, id: 7, node: fw2),
        ] {
            let out = align([block], [other])
            #expect(out.count == 2)
            #expect(out.allSatisfy { !$0.entry.known.contains(.elsewhere) })
        }
    }

    @Test("a log and the capture of its log interface tell each block once")
    func logInterface() {
        let out = align(
            [packet(.block, at: 1000, id: 7, node: fw1)], [packet(.block, at: 1000, id: 7, seq: 3)])
        #expect(actions(out) == [.block])
        #expect(out[0].entry.node == fw1 && out[0].entry.sequence == 3)
    }

    @Test("a log, its log interface and the wire: one entry, by certain marks and by time alone")
    func threeInputs() {
        let out = align(
            [packet(.block, at: 1000, id: 7)], [packet(.block, at: 1001, id: 7)],
            [packet(.seen, at: 1002, id: 7, seq: 4)])
        #expect(actions(out) == [.block] && out[0].input == 0 && out[0].entry.sequence == 4)
        let byTime = align(
            [packet(.block, at: 1000)], [packet(.block, at: 1201, seq: 4)],
            [packet(.seen, at: 1202, seq: 4, ttl: 60)])
        #expect(actions(byTime) == [.block] && byTime[0].input == 0)
        #expect(byTime[0].entry.ttl == 60 && byTime[0].entry.sequence == 4)
    }

    @Test("what tells of no packet goes through, in its order")
    func others() {
        var opened = packet(.open, at: 1000)
        opened.known.remove(.flags)
        let out = align([opened, packet(.close, at: 1001)], [packet(.seen, at: 1000, id: 7)])
        #expect(actions(out) == [.open, .seen, .close])
    }

    @Test("entries without a time go through, and are compared all the same")
    func timeless() {
        var block = packet(.block, at: 0, id: 7)
        block.time = .unknown
        #expect(align([block], [packet(.seen, at: 1000, id: 7)]).count == 1)
    }

    @Test("a million different packets: a bounded window, and nothing is lost")
    func bounded() {
        var alignment = Alignment()
        var out = 0
        var inside = 0
        var most = 0
        for number in 0..<1_000_000 {
            var entry = packet(number % 2 == 0 ? .block : .seen, at: 1000)
            entry.source = Endpoint(Address(v4: 0x0A00_0000 | UInt32(number)), 40000)
            alignment.add(
                Aligned(entry: entry, input: number % 2, line: number + 1),
                isCapture: number % 2 == 1)
            inside += 1
            while alignment.next() != nil {
                out += 1
                inside -= 1
            }
            most = max(most, inside)
        }
        alignment.finish()
        while alignment.next() != nil { out += 1 }
        #expect(most <= Alignment.heldMax)
        #expect(out == 1_000_000 && alignment.joined == 0)
    }

    @Test("a flood of packets all alike costs no more, and nothing is joined by guess")
    func flood() {
        var alignment = Alignment()
        var out = 0
        for number in 0..<20_000 {
            let entry = packet(number % 2 == 0 ? .block : .seen, at: 1000 + Int64(number / 100))
            alignment.add(
                Aligned(entry: entry, input: number % 2, line: number + 1),
                isCapture: number % 2 == 1)
            while alignment.next() != nil { out += 1 }
        }
        alignment.finish()
        while alignment.next() != nil { out += 1 }
        #expect(out == 20_000 && alignment.joined == 0)
    }
}
