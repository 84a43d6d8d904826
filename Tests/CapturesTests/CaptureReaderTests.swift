// Both file formats: what of a file becomes entries, and what is told of the rest.

import Captures
import Dialects
import Facts
import Testing

@Suite struct PCAPTests {
    @Test(arguments: [true, false], [true, false])
    func everyOrderAndPrecision(_ bigEndian: Bool, _ nanoseconds: Bool) throws {
        let frame = ethernet(ipv4(TCPMaker(payload: 10).bytes))
        let file = pcap([frame, frame], bigEndian: bigEndian, nanoseconds: nanoseconds)
        for step in [1, 7, 100, Int.max] {
            let reading = Reading(file, step: step)
            #expect(reading.tally == (2, 2, 0, 0) && reading.reader.trouble == nil)
            #expect(reading.numbers == [1, 2])
            let micro = Int64(testSeconds) * 1_000_000 + 123_456
            #expect(reading.entries.map(\.time.microseconds) == [micro, micro + 1_000_000])
            #expect(reading.reader.tally.from.microseconds == micro)
            #expect(reading.reader.tally.mainDialect == .capture)
        }
    }

    @Test func everyFieldIsFilled() throws {
        var tcp = TCPMaker(payload: 100)
        tcp.options = [1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2]
        let entry = try #require(Reading(pcap([ethernet(ipv4(tcp.bytes))])).entries.first)
        #expect(entry.action == .seen && entry.dialect == .capture && entry.reason == .unknown)
        #expect(entry.source == Endpoint(Address(v4: 0xC000_0201), 41000))
        #expect(entry.destination == Endpoint(Address(v4: 0xC633_6402), 443))
        #expect(entry.flags == [.fin, .ack] && entry.ipProtocol == 6)
        #expect(entry.sequence == 1_000_001 && entry.acknowledgement == 2_000_002)
        #expect(entry.window == 501 && entry.length == 100 && entry.ttl == 57)
        #expect(entry.ipID == 4711 && entry.options == [.padding, .timestamps])
        #expect(entry.macSource == 0x0200_0000_000A && entry.macDestination == 0x0200_0000_000B)
        let all: Known = [
            .ports, .flags, .sequence, .acknowledgement, .window, .length, .ttl, .ipID, .options,
            .macs,
        ]
        #expect(entry.known == all && entry.direction == .unknown && entry.node == .none)
    }

    @Test func aCutFileIsToldAndCounted() {
        let frame = ethernet(ipv4(TCPMaker().bytes))
        let file = pcap([frame, frame])
        for length in 25..<file.count where length != 24 + 16 + frame.count {
            let reading = Reading(Array(file[..<length]))
            let isInSecond = length > 24 + 16 + frame.count
            #expect(reading.tally == (isInSecond ? 2 : 1, isInSecond ? 1 : 0, 0, 1))
            #expect(reading.reader.trouble == .cutOff)
            #expect(reading.reader.tally.samples.first?.damage == .cutShort)
        }
        #expect(Reading(Array(file[..<24])).reader.trouble == nil)
        #expect(Reading(Array(file[..<23])).reader.trouble == .notACapture)
        #expect(Reading([]).reader.trouble == .notACapture)
    }

    @Test func whatCannotBeReadIsRefused() {
        let file = pcap([])
        #expect(Reading([0x34, 0xCD, 0xB2, 0xA1] + file[4...]).reader.trouble == .modifiedFormat)
        var old = file
        old[6] = 3
        #expect(Reading(old).reader.trouble == .unknownVersion)
        #expect(Reading(Array("a log\n".utf8)).reader.trouble == .notACapture)
        for trouble in CaptureTrouble.allCases { #expect(!trouble.name.description.isEmpty) }
    }

    @Test func aLyingLengthEndsTheReading() {
        let frame = ethernet(ipv4(TCPMaker().bytes))
        var file = pcap([frame, frame])
        file[24 + 16 + frame.count + 11] = 0x7F
        let reading = Reading(file)
        #expect(reading.tally == (2, 1, 0, 1) && reading.reader.trouble == .structureLost)
        #expect(reading.reader.tally.samples.first?.line == 2)
    }

    @Test func otherProtocolsAreCounted() {
        let arp = ethernet([UInt8](repeating: 0, count: 28), type: 0x0806)
        let reading = Reading(pcap([arp, ethernet(ipv4(TCPMaker().bytes)), arp]))
        #expect(reading.tally == (3, 1, 2, 0) && reading.numbers == [2])
        #expect(Reading(pcap([arp], link: 147)).tally == (1, 0, 1, 0))
    }

    @Test func aSampleOfTheRejectedIsKept() throws {
        let reading = Reading(pcap([ethernet(ipv4([], first: 0x44))]))
        let sample = try #require(reading.reader.tally.samples.first)
        #expect(sample.damage == .badLength && sample.line == 1)
        #expect(String(decoding: sample.sample, as: UTF8.self).hasPrefix("02000000000b"))
    }
}

@Suite struct PCAPNGTests {
    @Test(arguments: [true, false])
    func sectionsInterfacesAndOptions(_ bigEndian: Bool) throws {
        let frame = ethernet(ipv4(TCPMaker().bytes))
        var file = PCAPNGMaker(bigEndian: bigEndian)
        file.interface(name: "eth0")
        file.interface(link: 101, name: "tun0", resolution: 9)
        file.block(5) { $0.put([1, 2, 3]) }
        file.packet(frame, ticks: 1_000_001, flags: 1)
        file.packet(
            Array(frame.dropFirst(14)), ticks: 2_000_001_999, interface: 1, flags: 2)
        file.block(0x0BAD) { $0.put([UInt8](repeating: 9, count: 100)) }
        file.oldPacket(frame, ticks: 3_000_000)
        file.simplePacket(frame)
        file.section()
        file.interface(name: "wan", resolution: 0, offset: 100)
        file.packet(frame, ticks: 5)
        for step in [1, 11, Int.max] {
            let reading = Reading(file.out.all, step: step)
            #expect(reading.tally == (5, 5, 0, 0) && reading.reader.trouble == nil)
            let times = reading.entries.map(\.time.microseconds)
            #expect(times == [1_000_001, 2_000_001, 3_000_000, .min, 105_000_000])
            let names = reading.entries.map { reading.name($0.interface) }
            #expect(names == ["eth0", "tun0", "eth0", "eth0", "wan"])
            let ways = reading.entries.map(\.direction)
            #expect(ways == [.inward, .outward, .unknown, .unknown, .unknown])
        }
    }

    @Test(arguments: [
        (0 as UInt8, 7 as UInt64, 7_000_000 as Int64), (3, 7001, 7_001_000), (7, 70, 7),
        (12, 7_000_000, 7), (0x80, 7, 7_000_000), (0x8A, 1536, 1_500_000), (0x94, 1 << 19, 500_000),
        (0xFF, .max, 0), (127, .max, 0), (0, .max, .min), (6, .max, .min),
    ])
    func everyResolution(_ resolution: UInt8, _ ticks: UInt64, _ time: Int64) {
        var file = PCAPNGMaker(bigEndian: true)
        file.interface(resolution: resolution)
        file.packet(ethernet(ipv4(TCPMaker().bytes)), ticks: ticks)
        #expect(Reading(file.out.all).entries.first?.time.microseconds == time)
    }

    @Test(arguments: [Int64.min, .max, -1, 1 << 40])
    func anOffsetBeyondCalendarsIsNoTime(_ offset: Int64) {
        var file = PCAPNGMaker(bigEndian: true)
        file.interface(offset: offset)
        file.packet(ethernet(ipv4(TCPMaker().bytes)), ticks: 999_999)
        #expect(Reading(file.out.all).entries.first?.time.isKnown == false)
    }

    @Test func lyingPacketsAreRejectedAndReadingGoesOn() {
        let frame = ethernet(ipv4(TCPMaker().bytes))
        var file = PCAPNGMaker(bigEndian: false)
        file.interface()
        file.packet(frame, ticks: 1, interface: 1)
        file.block(6) { body in
            for number: UInt32 in [0, 0, 0, 5000, 5000] { body.put(number) }
        }
        file.block(3) { $0.put(5000 as UInt32) }
        file.block(6) { _ in }
        file.packet(frame, ticks: 1)
        let reading = Reading(file.out.all)
        #expect(reading.tally == (5, 1, 0, 4) && reading.numbers == [5])
        #expect(reading.reader.trouble == nil)
    }

    @Test func anOversizedBlockIsSkippedInPieces() {
        let frame = ethernet(ipv4(TCPMaker().bytes))
        var file = PCAPNGMaker(bigEndian: false)
        file.interface()
        file.block(77) { $0.put([UInt8](repeating: 1, count: 3 << 20)) }
        file.block(6) { $0.put([UInt8](repeating: 0, count: 2 << 20)) }
        file.packet(frame, ticks: 1)
        let reading = Reading(file.out.all, step: 1 << 20)
        #expect(reading.tally == (2, 1, 0, 1) && reading.reader.trouble == nil)
        let cut = Reading(Array(file.out.all[..<(2 << 20)]), step: 1 << 20)
        #expect(cut.tally == (0, 0, 0, 0) && cut.reader.trouble == .cutOff)
    }

    @Test func aBrokenChainOfBlocksEndsTheReading() {
        var file = PCAPNGMaker(bigEndian: false)
        file.interface()
        let before = file.out.all.count
        file.packet(ethernet(ipv4(TCPMaker().bytes)), ticks: 1)
        for (place, value) in [(4, 0 as UInt8), (4, 3), (file.out.all.count - before - 4, 0)] {
            var broken = file.out.all
            broken[before + place] = value
            let reading = Reading(broken)
            #expect(reading.reader.trouble == .structureLost && reading.tally == (1, 0, 0, 1))
        }
        var version = file.out.all
        version[12] = 9
        #expect(Reading(version).reader.trouble == .unknownVersion)
    }
}
