// The packets themselves: every kind of link, every header, and every length that lies.

import Captures
import Dialects
import Facts
import Testing

/// What one packet becomes.
private func read(_ packet: [UInt8], link: UInt32 = 101, cut: Int = .max) -> Reading {
    Reading(pcap([packet], link: link, cut: cut))
}

private func damage(_ packet: [UInt8], link: UInt32 = 101) -> Damage? {
    let reading = read(packet, link: link)
    #expect(reading.tally.packets == 1)
    return reading.reader.tally.samples.first?.damage
}

private let v4 = ipv4(TCPMaker(payload: 3).bytes)
private let v6 = ipv6(TCPMaker(payload: 3).bytes)

@Suite struct LinkTests {
    @Test func vlansAreStackedToALimit() {
        for tags: [UInt16] in [[], [0x8100], [0x88A8, 0x8100], [0x9100, 0x8100, 0x8100]] {
            let entry = read(ethernet(v4, tags: tags), link: 1).entries.first
            #expect(entry?.length == 3 && entry?.macSource == 0x0200_0000_000A)
        }
        #expect(read(ethernet(v6, type: 0x86DD, tags: [0x8100]), link: 1).entries.count == 1)
        let deep = [UInt16](repeating: 0x8100, count: 8)
        #expect(read(ethernet(v4, tags: deep), link: 1).entries.count == 1)
        #expect(damage(ethernet(v4, tags: deep + [0x8100]), link: 1) == .badField)
        #expect(damage(Array(ethernet(v4, tags: deep).prefix(20)), link: 1) == .cutShort)
    }

    @Test func paddingOfAFrameIsNoPayload() {
        let frame = ethernet(ipv4(TCPMaker().bytes)) + [0, 0, 0, 0, 0, 0]
        #expect(read(frame, link: 1).entries.first?.length == 0)
    }

    @Test func cookedFramesTellTheDirection() {
        let ways: [(UInt16, Direction)] = [(0, .inward), (3, .unknown), (4, .outward)]
        for (type, way) in ways {
            #expect(read(cooked(v4, type: type), link: 113).entries.first?.direction == way)
            let second = read(cooked2(v4, type: UInt8(type)), link: 276)
            #expect(second.entries.first?.direction == way)
            #expect(second.entries.first.map { second.name($0.interface) } == "if3")
        }
        #expect(read(cooked(v4, network: 0x0806), link: 113).tally.others == 1)
    }

    @Test func loopbackFamiliesInBothOrders() {
        for family: UInt8 in [10, 24, 28, 30] {
            #expect(read([family, 0, 0, 0] + v6, link: 0).entries.count == 1)
            #expect(read([0, 0, 0, family] + v6, link: 108).entries.count == 1)
        }
        #expect(read([2, 0, 0, 0] + v4, link: 0).entries.first?.length == 3)
        #expect(read([0, 0, 0, 7] + v4, link: 108).tally.others == 1)
    }

    @Test func rawPacketsTellTheirVersion() {
        for link: UInt32 in [12, 14, 101, 228] { #expect(read(v4, link: link).entries.count == 1) }
        for link: UInt32 in [12, 14, 101, 229] { #expect(read(v6, link: link).entries.count == 1) }
        #expect(damage([0x55] + v4) == .badField)
    }
}

@Suite struct FirewallLinkTests {
    @Test(arguments: [45, 61, 69, 100] as [UInt8])
    func pflogOfEverySystem(_ length: UInt8) throws {
        let made = PFLogMaker(length: length, reason: 10, direction: 2)
        let reading = read(made.bytes(v4), link: 117)
        let entry = try #require(reading.entries.first)
        #expect(entry.action == .block && entry.reason == .stateMismatch)
        #expect(entry.direction == .outward && entry.length == 3)
        #expect(reading.name(entry.interface) == "igb1" && reading.name(entry.rule) == "12")
    }

    @Test func pflogNamesItsRules() throws {
        var maker = PFLogMaker(length: 69, rule: 5, identifier: 1_000_000_103)
        var reading = read(maker.bytes(v4), link: 117)
        #expect(reading.entries.first.map { reading.name($0.rule) } == "1000000103")
        maker.length = 61
        maker.anchor = "nat/x"
        maker.inner = 3
        reading = Reading(
            pcap([maker.bytes(v4), maker.bytes(v4), PFLogMaker().bytes(v4)], link: 117))
        #expect(reading.entries.map { reading.name($0.rule) } == ["5.nat/x.3", "5.nat/x.3", "12"])
    }

    @Test(arguments: [
        (0, 0, Action.pass), (1, 0, .block), (10, 14, .block), (0, 12, .block), (4, 0, .note),
    ])
    func pflogActions(_ action: Int, _ reason: Int, _ wanted: Action) {
        let maker = PFLogMaker(action: UInt8(action), reason: UInt8(reason))
        #expect(read(maker.bytes(v4), link: 117).entries.first?.action == wanted)
    }

    @Test func pflogOfV6AndDamage() {
        for family: UInt8 in [24, 28, 30] {
            let packet = PFLogMaker(family: family).bytes(v6)
            #expect(read(packet, link: 117).entries.count == 1)
        }
        #expect(damage(PFLogMaker(length: 44).bytes(v4), link: 117) == .badLength)
        #expect(damage(Array(PFLogMaker().bytes(v4).prefix(60)), link: 117) == .cutShort)
    }

    @Test(arguments: [
        ("[UFW BLOCK] ", Action.block, Reason.match), ("my rule: ", .seen, .match),
        ("", .seen, .unknown), ("INVALID: ", .note, .invalid),
        ("nf_ct_proto_6: ACK is over the upper bound", .note, .acknowledgementOver),
        ("ACCEPT ", .pass, .match),
    ])
    func nflogPrefixesAreJudged(_ prefix: String, _ action: Action, _ reason: Reason) throws {
        for bigEndian in [true, false] {
            let message = nflog(v4, prefix: prefix, indexIn: 2, bigEndian: bigEndian)
            let reading = Reading(pcap([message], link: 239, bigEndian: bigEndian))
            let entry = try #require(reading.entries.first)
            #expect(entry.action == action && entry.reason == reason)
            #expect(entry.isStray == (action == .block || action == .note))
            #expect(reading.name(entry.interface) == "if2" && entry.direction == .inward)
        }
    }

    @Test func nflogInterfacesAndHardware() throws {
        let frame = Array(ethernet([]).prefix(14))
        let message = nflog(v6, family: 10, indexIn: 2, indexOut: 3, hook: 2, link: frame)
        let reading = read(message, link: 239)
        let entry = try #require(reading.entries.first)
        #expect(reading.name(entry.otherInterface) == "if3" && entry.macSource == 0x0200_0000_000A)
        #expect(
            read(nflog(v4, indexOut: 9, hook: 4), link: 239).entries.first?.direction == .outward)
        #expect(read(nflog([]), link: 239).tally.others == 1)
        #expect(read(nflog(v4, family: 7), link: 239).entries.count == 1)
        #expect(read(nflog(v4), link: 239, cut: 50).tally.packets == 1)
    }
}

@Suite struct PacketTests {
    @Test func whatWasNotCapturedIsNotKnown() {
        let wanted: [(Int, Known)] = [
            (4, [.ports]), (8, [.sequence]), (12, [.acknowledgement]), (13, [.length]),
            (14, [.flags]), (16, [.window]), (20, [.options]),
        ]
        var tcp = TCPMaker(payload: 1000)
        for captured in 0...40 {
            let entry = read(ipv4(tcp.bytes), cut: 20 + captured).entries.first
            #expect((entry == nil) == (captured < 4))
            var known: Known = captured < 4 ? [] : [.ttl, .ipID]
            for (least, field) in wanted where captured >= least { known.formUnion(field) }
            #expect((entry?.known ?? []) == known, "\(captured)")
            if captured >= 13 { #expect(entry?.length == 1000) }
        }
        tcp.options = [2, 4, 5, 0xB4]
        #expect(read(ipv4(tcp.bytes), cut: 43).entries.first?.known.contains(.options) == false)
        #expect(read(ipv4(tcp.bytes), cut: 44).entries.first?.options == [.mss])
    }

    @Test(
        arguments: [
            (
                [2, 4, 5, 0xB4, 4, 2, 8, 10, 0, 0, 0, 1, 0, 0, 0, 0, 1, 3, 3, 7],
                [.mss, .sackPermitted, .timestamps, .padding, .windowScale]
            ),
            ([1, 1, 5, 10, 0, 0, 0, 1, 0, 0, 0, 2], [.padding, .sack]),
            ([0, 2, 4, 5], [.padding]), ([34, 2, 1, 0], [.other, .padding]),
            ([2, 0, 1, 1], [.mss, .other]), ([1, 1, 1, 8], [.padding, .timestamps, .other]),
            ([3, 9, 0, 0], [.windowScale, .other]),
        ] as [([UInt8], TCPOptions)])
    func options(_ bytes: [UInt8], _ options: TCPOptions) {
        var tcp = TCPMaker()
        tcp.options = bytes
        #expect(read(ipv4(tcp.bytes)).entries.first?.options == options)
    }

    @Test func totalLengthZeroTakesTheFrames() {
        let entry = read(ipv4(TCPMaker(payload: 9).bytes, total: 0)).entries.first
        #expect(entry?.length == 9)
        let cut = read(ipv6(TCPMaker(payload: 9).bytes, length: 0), cut: 62).entries.first
        #expect(cut?.length == 9)
    }

    @Test func lyingLengthsAreRejected() {
        let tcp = TCPMaker().bytes
        #expect(damage(ipv4(tcp, first: 0x44)) == .badLength)
        #expect(damage(ipv4(tcp, total: 19)) == .badLength)
        #expect(damage(ipv4(tcp, total: 39)) == .badLength)
        #expect(damage(ipv4(tcp, options: [1, 1, 1, 1], first: 0x4F)) == .badLength)
        #expect(damage(ipv4(udp(4, written: 7), number: 17)) == .badLength)
        #expect(damage(ipv4(udp(4, written: 13), number: 17)) == .badLength)
        #expect(damage(ipv4([8, 0, 0], number: 1)) == .badLength)
        for offset in [4 as UInt8, 6] {
            var wrong = tcp
            wrong[12] = offset << 4
            #expect(damage(ipv4(wrong)) == .badLength)
        }
        #expect(damage(Array(v4.prefix(19))) == .cutShort)
        #expect(damage(Array(v6.prefix(39))) == .cutShort)
        #expect(damage(ipv6(tcp, extensions: [(60, [0, 9, 0, 0, 0, 0, 0, 0])])) == .badLength)
    }

    @Test func fragments() {
        let later = read(ipv4(TCPMaker().bytes, fragment: 0x2001)).entries.first
        #expect(later?.known == [.ttl, .ipID, .laterFragment] && later?.isStray == false)
        let first = read(ipv4(Array(TCPMaker().bytes.prefix(16)), fragment: 0x2000)).entries.first
        #expect(first?.known.contains(.ports) == true)
        #expect(first?.known.contains(.length) == false)
        let six = ipv6(TCPMaker().bytes, extensions: [(44, [0, 0, 0, 0x09, 0, 0, 0, 1])])
        #expect(read(six).entries.first?.known == [.ttl, .laterFragment])
    }

    @Test func extensionHeadersAreWalked() {
        let extensions: [(UInt8, [UInt8])] = [
            (0, [0, 0, 5, 2, 0, 0, 1, 0]), (43, [0, 2] + [UInt8](repeating: 0, count: 22)),
            (44, [0, 0, 0, 0, 0, 0, 0, 1]), (51, [0, 4] + [UInt8](repeating: 0, count: 22)),
            (60, [0, 0, 1, 4, 0, 0, 0, 0]),
        ]
        let entry = read(ipv6(TCPMaker(payload: 5).bytes, extensions: extensions)).entries.first
        #expect(entry?.destination.port == 443 && entry?.length == 5 && entry?.ttl == 61)
        #expect(entry?.source.address == Address(high: 0x2001_0DB8_0000_0000, low: 1))
        let many = (0..<17).map { _ in (60 as UInt8, [0, 0, 1, 4, 0, 0, 0, 0] as [UInt8]) }
        #expect(read(ipv6(TCPMaker().bytes, extensions: Array(many.dropLast()))).entries.count == 1)
        #expect(damage(ipv6(TCPMaker().bytes, extensions: many)) == .badField)
    }

    @Test func datagramsMessagesAndTheRest() {
        let datagram = read(ipv4(udp(30), number: 17), cut: 28).entries.first
        #expect(datagram?.length == 30 && datagram?.destination.port == 53)
        #expect(read(ipv4([8, 0, 0, 0, 0, 0, 0, 0], number: 1)).entries.first?.ipProtocol == 1)
        #expect(read(ipv6([128, 0, 0, 0], number: 58)).entries.first?.ipProtocol == 58)
        #expect(read(ipv4([0, 7, 0, 9], number: 132)).entries.first?.destination.port == 9)
        #expect(read(ipv4([0, 0, 8, 0], number: 47)).entries.first?.known == [.ttl, .ipID])
    }

    @Test(
        arguments: [
            (3, true, true), (4, true, true), (11, true, false), (12, true, false),
            (1, false, true),
            (2, false, true), (5, false, false), (0, false, false), (8, false, false),
            (128, false, false), (137, false, false),
        ] as [(UInt8, Bool, Bool)])
    func icmpErrorsAreMarked(_ type: UInt8, _ inV4: Bool, _ inV6: Bool) {
        let message: [UInt8] = [type, 0, 0, 0, 0, 0, 0, 0]
        func isMarked(_ packet: [UInt8]) -> Bool? {
            read(packet).entries.first?.known.contains(.icmpError)
        }
        #expect(isMarked(ipv4(message, number: 1)) == inV4)
        #expect(isMarked(ipv6(message, number: 58)) == inV6)
        // A later fragment begins with any byte.
        #expect(isMarked(ipv4(message, number: 1, fragment: 0x2001)) == false)
    }
}
