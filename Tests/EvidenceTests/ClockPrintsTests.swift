// How far clocks are apart: what is measured, and when nothing may be.

import Evidence
import Facts
import Testing

/// A packet of a connection of its own, by its number.
private func packet(_ number: Int, at microseconds: Int64, seq: UInt32? = 5) -> Entry {
    var entry = Entry()
    entry.action = .block
    entry.time = Instant(microseconds: microseconds)
    entry.source = Endpoint(Address(v4: 0x0A00_0000 | UInt32(number)), 40000)
    entry.destination = Endpoint(Address(v4: 0xC633_6402), 443)
    entry.ipProtocol = Entry.tcp
    entry.flags = [.fin, .ack]
    entry.known = [.ports, .flags]
    if let seq {
        entry.sequence = seq
        entry.known.insert(.sequence)
    }
    return entry
}

private func prints(_ entries: [Entry]) -> ClockPrints {
    var all = ClockPrints()
    for entry in entries { all.add(entry) }
    return all
}

/// Packets some seconds apart, each told of `late` microseconds after it was sent.
private func told(_ count: Int, late: Int64, wholeSeconds: Bool = false) -> ClockPrints {
    prints(
        (0..<count).map { number in
            let sent = Int64(number) * 7_234_567 + 1_000_001
            let time = sent + late
            return packet(number, at: wholeSeconds ? time / 1_000_000 * 1_000_000 : time)
        })
}

@Suite struct ClockPrintsTests {
    @Test(arguments: [3_200_000, -3_200_000, 61_000_000, 5_000_000_000] as [Int64])
    func theDifferenceIsMeasured(_ late: Int64) {
        #expect(told(20, late: late).ahead(of: told(20, late: 0)) == late)
    }

    @Test("whole-second stamps: no further off than they are coarse")
    func coarse() throws {
        let fine = told(200, late: 0)
        let coarse = told(200, late: 3_200_000, wholeSeconds: true)
        let ahead = try #require(coarse.ahead(of: fine))
        #expect(abs(ahead - 3_200_000) < 100_000)
        // Within its resolution a clock counts as right.
        #expect(told(200, late: 200_000, wholeSeconds: true).ahead(of: fine) == 0)
    }

    @Test("a whole zone is exactly that", arguments: [1, -8, 23] as [Int64])
    func zones(_ quarters: Int64) {
        let late = quarters * 900_000_000 + 20_000
        #expect(told(9, late: late).ahead(of: told(9, late: 0)) == quarters * 900_000_000)
    }

    @Test func twoPacketsAreTooFew() {
        #expect(told(2, late: 3_200_000).ahead(of: told(2, late: 0)) == nil)
        #expect(told(3, late: 3_200_000).ahead(of: told(3, late: 0)) == 3_200_000)
    }

    @Test func scatteredDifferencesAreNoOffset() {
        let other = prints((0..<20).map { packet($0, at: Int64($0) * 90_000_000 + 1) })
        #expect(other.ahead(of: told(20, late: 0)) == nil)
    }

    @Test func aFewByChanceDoNotMatter() {
        var entries = (0..<10).map { packet($0, at: Int64($0) * 7_234_567 + 4_200_001) }
        entries += (10..<13).map { packet($0, at: Int64($0) * 99_000_000 + 7) }
        #expect(prints(entries).ahead(of: told(13, late: 0)) == 3_200_000)
    }

    @Test("a scan that comes again every hour is no clock an hour off")
    func scans() {
        func scan(_ start: Int64) -> ClockPrints {
            prints(
                (0..<50).map { number in
                    var probe = packet(number, at: start + Int64(number) * 1001)
                    probe.flags = .syn
                    return probe
                })
        }
        #expect(scan(3_600_000_001).ahead(of: scan(1)) == nil)
        #expect(scan(3_200_001).ahead(of: scan(1)) == 3_200_000)
    }

    @Test func whatIsSentAgainTellsNothing() {
        var entries: [Entry] = []
        for number in 0..<5 {
            let at = Int64(number) * 7_234_567 + 1_000_001
            entries += [packet(number, at: at), packet(number, at: at + 400_000)]
        }
        #expect(prints(entries).ahead(of: told(5, late: 0)) == nil)
        #expect(told(5, late: 0).ahead(of: prints(entries)) == nil)
    }

    @Test func packetsWithoutANumberTellNothing() {
        let plain = prints((0..<9).map { packet($0, at: Int64($0) * 5_000_001, seq: nil) })
        #expect(plain.count == 0)
    }

    @Test func aClockIsSetByOneThatIsSet() {
        let first = told(5, late: 0)
        let second = told(10, late: 3_200_000)
        let third = prints((7..<10).map { packet($0, at: Int64($0) * 7_234_567 + 6_200_001) })
        #expect(clockOffsets([first, second, third]) == [0, 3_200_000, 5_200_000])
        #expect(clockOffsets([first, third]) == [0, nil])
    }

    @Test("many packets: bounded, and the same ones are kept everywhere")
    func bounded() {
        let one = told(300_000, late: 0)
        let other = told(300_000, late: 3_200_000)
        #expect(one.count <= ClockPrints.countMax && one.count > ClockPrints.countMax / 4)
        #expect(other.ahead(of: one) == 3_200_000)
    }
}
