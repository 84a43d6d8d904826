// Fragments put together: in every order, overlapping, lying, late, and too many.

import Facts
import Replay
import TestSupport
import Testing

private func fragment(
    _ start: Int, _ length: Int, more: Bool, id: UInt16 = 7, seconds: Int64 = 0, v6: Bool = false
) -> Packet {
    var packet = Packet()
    packet.time = Instant(seconds: 1_795_089_600 + seconds)
    packet.source.address =
        v6 ? Address(high: 0x2001_0DB8 << 32, low: 1) : Address(v4: 0x0A00_0005)
    packet.destination.address =
        v6 ? Address(high: 0x2001_0DB8 << 32, low: 2) : Address(v4: 0xCB00_7109)
    packet.ipProtocol = 6
    packet.ipID = id
    packet.form = [.fragment]
    if more { packet.form.insert(.moreFragments) }
    if start > 0 { packet.form.insert(.laterFragment) }
    packet.fragmentOffset = UInt16(start)
    packet.ipLength = UInt32(length)
    if start == 0 {
        packet.source.port = 40000
        packet.flags = [.ack, .psh]
        packet.length = UInt32(max(0, length - 20))
    }
    return packet
}

private func take(_ manner: FragmentCollector.Manner, _ pieces: [Packet]) -> [FragmentStep] {
    var collector = FragmentCollector(manner)
    return pieces.map { piece in
        var packet = piece
        return collector.take(&packet)
    }
}

@Suite struct FragmentTests {
    static let manners: [FragmentCollector.Manner] = [.linux, .pf]

    @Test(arguments: manners, [false, true])
    func everyOrderMakesTheWhole(_ manner: FragmentCollector.Manner, _ v6: Bool) {
        let pieces = [
            fragment(0, 80, more: true, v6: v6), fragment(80, 80, more: true, v6: v6),
            fragment(160, 43, more: false, v6: v6),
        ]
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            var collector = FragmentCollector(manner)
            for (number, place) in order.enumerated() {
                var packet = pieces[place]
                packet.time = Instant(seconds: 1_795_089_600 + Int64(number))
                let step = collector.take(&packet)
                #expect(step == (number == 2 ? .whole : .held), "\(order)")
                guard number == 2 else { continue }
                #expect(packet.ipLength == 203 && packet.length == 183 && packet.form == [])
                #expect(packet.source.port == 40000 && packet.flags == [.ack, .psh])
                #expect(packet.time == Instant(seconds: 1_795_089_602))
            }
            #expect(collector.waiting == 0 && collector.counts.wholes == 1)
        }
    }

    @Test func linuxDropsAllOfAnOverlapAndKeepsADuplicate() {
        let first = fragment(0, 80, more: true)
        let overlap = fragment(72, 80, more: true)
        let last = fragment(80, 20, more: false)
        #expect(take(.linux, [first, overlap, last]) == [.held, .datagramDropped, .held])
        #expect(take(.linux, [first, first, last]) == [.held, .dropped, .whole])
        // Inside what is there, but wider than a run that came in order.
        let gap = [fragment(0, 80, more: true), fragment(160, 80, more: true)]
        #expect(take(.linux, gap + [fragment(72, 96, more: true)]).last == .datagramDropped)
        #expect(take(.linux, gap + [fragment(168, 8, more: true)]).last == .dropped)
    }

    @Test func pfCutsIPv4AndDropsIPv6() {
        let first = fragment(0, 80, more: true)
        let overlap = fragment(72, 80, more: true)
        let last = fragment(152, 20, more: false)
        #expect(take(.pf, [first, overlap, last]) == [.held, .held, .whole])
        let sixth = [
            fragment(0, 80, more: true, v6: true), fragment(72, 80, more: true, v6: true),
        ]
        #expect(take(.pf, sixth) == [.held, .datagramDropped])
    }

    @Test(arguments: manners)
    func lengthsThatCannotBe(_ manner: FragmentCollector.Manner) {
        // An end twice, at two places; something behind the end; a byte too many; nothing at all.
        let end = fragment(80, 20, more: false)
        #expect(take(manner, [end, fragment(160, 20, more: false)]).last == .datagramDropped)
        #expect(take(manner, [end, fragment(160, 80, more: true)]).last == .datagramDropped)
        #expect(take(manner, [fragment(65528, 20, more: false)]) == [.dropped])
        #expect(take(manner, [fragment(80, 0, more: false)]) == [.dropped])
    }

    @Test func onlyTheLastMayHaveAnyLength() {
        // Linux cuts it to a multiple of eight, pf drops it.
        #expect(
            take(.linux, [fragment(0, 85, more: true), fragment(80, 4, more: false)]).last == .whole
        )
        #expect(take(.pf, [fragment(0, 85, more: true)]) == [.dropped])
        #expect(take(.linux, [fragment(0, 85, more: true, v6: true)]) == [.dropped])
    }

    @Test func whoWaitsTooLongIsForgotten() {
        for (manner, v6, seconds) in [
            (FragmentCollector.Manner.linux, false, Int64(30)), (.linux, true, 60), (.pf, true, 30),
        ] {
            for late in [0, 1] as [Int64] {
                var collector = FragmentCollector(manner)
                var first = fragment(0, 80, more: true, v6: v6)
                #expect(collector.take(&first) == .held)
                var last = fragment(80, 8, more: false, seconds: seconds + late, v6: v6)
                #expect(collector.take(&last) == (late == 0 ? .whole : .held))
                #expect(collector.counts.timedOut == Int(late))
            }
        }
    }

    @Test(arguments: manners)
    func anAttackIsBounded(_ manner: FragmentCollector.Manner) {
        var collector = FragmentCollector(manner)
        var random = Seeded()
        for number in 0..<50_000 {
            var packet = fragment(
                8 * Int.random(in: 0..<8000, using: &random), 8, more: true,
                id: UInt16(number & 0xFFF), seconds: Int64(number / 10_000))
            _ = collector.take(&packet)
        }
        #expect(collector.counts.refused > 0 && collector.waiting <= 4096)
        var fresh = fragment(0, 80, more: true, id: 9, seconds: 100)
        #expect(collector.take(&fresh) == .held && collector.waiting == 1)
    }

    @Test func whatIsLostMakesNoWhole() {
        var random = Seeded()
        for _ in 0..<2000 {
            var collector = FragmentCollector(.linux)
            var pieces = (0..<6).map { fragment($0 * 16, 16, more: $0 < 5) }
            let lost = Int.random(in: 0..<6, using: &random)
            pieces.remove(at: lost)
            pieces.shuffle(using: &random)
            for piece in pieces {
                var packet = piece
                #expect(collector.take(&packet) == .held, "\(random)")
            }
            var missing = fragment(lost * 16, 16, more: lost < 5)
            #expect(collector.take(&missing) == .whole, "\(random)")
        }
    }
}
