// Packets as firewalls see them: every number in its place, and what cannot be noted as such.

import Captures
import Dialects
import Facts
import Testing

private func judged(_ frame: [UInt8], link: UInt32 = 101, cut: Int = .max) -> Packet? {
    Reading.packets(pcap([frame], link: link, cut: cut)).packets.first
}

private func tcp(_ options: [UInt8], payload: Int = 0) -> [UInt8] {
    var maker = TCPMaker(payload: payload)
    maker.options = options
    return maker.bytes
}

@Suite struct FirewallPacketTests {
    @Test func everyNumberOfASegment() throws {
        let frame = ethernet(ipv4(tcp([], payload: 100)), tags: [0x88A8, 0x8100])
        let packet = try #require(judged(frame, link: 1))
        #expect(packet.source == Endpoint(Address(v4: 0xC000_0201), 41000))
        #expect(packet.destination == Endpoint(Address(v4: 0xC633_6402), 443))
        #expect(packet.sequence == 1_000_001 && packet.acknowledgement == 2_000_002)
        #expect(packet.window == 501 && packet.length == 100 && packet.ttl == 57)
        #expect(packet.ipID == 4711 && packet.ipLength == 120 && packet.form == [])
        #expect(packet.flags == [.fin, .ack] && packet.sackEdge == 2_000_002)
        #expect(packet.sequenceEnd == 1_000_102)
        #expect(packet.macSource == 0x0200_0000_000A && packet.time.isKnown)
    }

    @Test func everyOption() throws {
        let options: [UInt8] =
            [2, 4, 5, 0xB4, 3, 3, 7, 4, 2, 8, 10, 0, 0, 1, 0, 0, 0, 2, 0, 1, 1, 1, 1, 1]
        let packet = try #require(judged(ipv4(tcp(options))))
        #expect(packet.options == [.mss, .windowScale, .sackPermitted, .timestamps, .padding])
        #expect(packet.mss == 1460 && packet.windowScale == 7)
        #expect(packet.timestampValue == 256 && packet.timestampEcho == 512)
        #expect(packet.form == .hasOptions && packet.length == 0)
    }

    @Test func onlyTimestampsIsALayout() throws {
        let stamp: [UInt8] = [8, 10, 0, 0, 0, 1, 0, 0, 0, 2]
        let usual = try #require(judged(ipv4(tcp([1, 1] + stamp))))
        #expect(usual.form == [.hasOptions, .onlyTimestamps] && usual.timestampEcho == 2)
        let other = try #require(judged(ipv4(tcp(stamp + [1, 1]))))
        #expect(other.form == .hasOptions && other.timestampEcho == 2)
    }

    @Test func theHighestEdgeCountsAlsoWhereNumbersWrap() throws {
        func edge(_ blocks: [[UInt8]]) throws -> UInt32 {
            let option: [UInt8] =
                [5, UInt8(2 + 4 * blocks.count)] + Array(blocks.joined()) + [1, 1]
            return try #require(judged(ipv4(tcp(option)))).sackEdge
        }
        // The acknowledgement is 0x1E8482.
        #expect(try edge([[0, 0x1F, 0, 0], [0, 0x20, 0, 0]]) == 0x20_0000)
        #expect(
            try edge([[0, 0x1F, 0, 0], [0, 0x20, 0, 0], [0, 0x1E, 0, 0], [0, 0x1F, 0, 0]])
                == 0x20_0000)
        #expect(try edge([[0, 0, 0, 1], [0, 0, 0, 9]]) == 0x1E8482)
        #expect(try edge([[0xFF, 0, 0, 0], [0xFF, 0xFF, 0, 0]]) == 0x1E8482)
    }

    @Test func aMalformedOptionEndsTheWalk() throws {
        for broken: [UInt8] in [[5, 1, 1, 1], [5, 60, 0, 0], [9, 0, 1, 1], [1, 1, 1, 2]] {
            let packet = try #require(judged(ipv4(tcp([3, 3, 7, 1] + broken + [2, 4, 5, 0xB4]))))
            #expect(packet.options.contains([.windowScale, .other]), "\(broken)")
            #expect(!packet.options.contains(.mss) && packet.sackEdge == 2_000_002)
        }
        // A known kind of a wrong length is another option, and the walk goes on.
        let packet = try #require(judged(ipv4(tcp([3, 4, 7, 7, 2, 4, 5, 0xB4]))))
        #expect(packet.options == [.other, .mss] && packet.windowScale == 0)
        let over = try #require(self.over())
        #expect(over.options == [.padding] && over.mss == 0)
    }

    /// Behind the end of the list stands padding, whatever it looks like.
    private func over() -> Packet? { judged(ipv4(tcp([0, 2, 4, 5, 0xB4, 0, 0, 0]))) }

    @Test(arguments: [0, 4, 6, 15] as [UInt8])
    func aDataOffsetThatCannotBe(_ words: UInt8) throws {
        var segment = tcp([])
        segment[12] = words << 4
        let packet = try #require(judged(ipv4(segment)))
        #expect(packet.form.contains(.badOffset) && packet.length == 0)
        #expect(packet.source.port == 41000 && packet.flags == [.fin, .ack])
    }

    @Test func whatIsShortAndWhatWasCut() throws {
        let short = try #require(judged(ipv4(Array(tcp([]).prefix(13)))))
        #expect(short.form == .short && short.source.port == 41000)
        let tiny = try #require(judged(ipv4([1, 2])))
        #expect(tiny.form == .short && tiny.source.port == 0)
        let whole = ipv4(tcp([8, 10, 0, 0, 0, 1, 0, 0, 0, 2, 1, 1], payload: 50))
        let cut = try #require(judged(whole, cut: 45))
        #expect(cut.form == [.hasOptions, .cutShort] && cut.length == 50)
        #expect(judged(whole, cut: 39) == nil)
        let (none, reader) = Reading.packets(pcap([whole], link: 101, cut: 39))
        #expect(none.isEmpty && reader.tally.rejected == 1)
        // The header promises more than the frame had.
        let lying = try #require(judged(ipv4(tcp([]), total: 4000)))
        #expect(lying.form.contains(.badHeader))
    }

    @Test func aChecksumThatDoesNotHold() throws {
        var segment = tcp([])
        segment[16] = 0x12
        segment[17] = 0x34
        #expect(try #require(judged(ipv4(segment))).form == .badChecksum)
        #expect(try #require(judged(ipv4(tcp([])))).form == [])
    }

    @Test func fragments() throws {
        let first = try #require(judged(ipv4(tcp([], payload: 4), fragment: 0x2000)))
        #expect(first.form == [.fragment, .moreFragments] && first.source.port == 41000)
        #expect(first.ipLength == 24 && first.length == 4)
        let last = try #require(judged(ipv4([1, 2, 3], fragment: 3)))
        #expect(last.form == [.fragment, .laterFragment] && last.fragmentOffset == 24)
        #expect(last.ipLength == 3 && last.source.port == 0 && last.ipProtocol == 6)
        let sixth = ipv6([1, 2, 3], extensions: [(44, [0, 0, 0, 17, 0, 0, 0x12, 0x34])])
        let v6 = try #require(judged(sixth))
        #expect(v6.form == [.fragment, .moreFragments, .laterFragment] && v6.ipID == 0x1234)
        #expect(v6.fragmentOffset == 16)
        let atomic = ipv6(tcp([]), extensions: [(44, [0, 0, 0, 0, 0, 0, 0, 1])])
        #expect(try #require(judged(atomic)).form == [])
    }

    @Test func extensionHeadersAndOptions() throws {
        let hop = ipv6(tcp([]), extensions: [(0, [0, 0, 5, 2, 0, 0, 1, 0])])
        let packet6 = try #require(judged(hop))
        #expect(packet6.form == .ipOptions && packet6.isV6 && packet6.source.port == 41000)
        let four = try #require(judged(ipv4(tcp([]), options: [1, 1, 1, 1])))
        #expect(four.form == .ipOptions)
    }

    @Test func datagramsAndTheirFaults() throws {
        let good = try #require(judged(ipv4(udp(5), number: 17)))
        #expect(good.length == 5 && good.destination.port == 53 && good.form == [])
        for written: UInt16 in [7, 14] {
            let bad = try #require(judged(ipv4(udp(5, written: written), number: 17)))
            #expect(bad.form == .short)
        }
        #expect(try #require(judged(ipv4(udp(5, written: 0), number: 17))).form == [])
    }

    @Test func messagesAndWhatTheyQuote() throws {
        let echo = try #require(judged(ipv4([8, 0, 0, 0, 0x12, 0x34, 0, 1], number: 1)))
        #expect(echo.icmpType == 8 && echo.source.port == 0x1234 && echo.destination.port == 0x1234)
        let inner = ipv4(tcp([]))
        let error = try #require(
            judged(ipv4([3, 1, 0, 0, 0, 0, 0, 0] + inner.prefix(28), number: 1)))
        #expect(error.form == .quotes && error.icmpCode == 1 && error.source.port == 0)
        #expect(error.quoted.source == Endpoint(Address(v4: 0xC000_0201), 41000))
        #expect(error.quoted.ipProtocol == 6 && error.quoted.sequence == 1_000_001)
        let short = try #require(
            judged(ipv4([3, 1, 0, 0, 0, 0, 0, 0] + inner.prefix(27), number: 1)))
        #expect(short.form == [])
        let later = ipv4(tcp([]), fragment: 5)
        let ofLater = try #require(judged(ipv4([11, 0, 0, 0, 0, 0, 0, 0] + later, number: 1)))
        #expect(ofLater.form == [])
        let quoted = ipv6([128, 0, 0, 0, 0, 7, 0, 0], number: 58)
        let v6 = try #require(judged(ipv6([1, 0, 0, 0, 0, 0, 0, 0] + quoted, number: 58)))
        #expect(v6.form == .quotes && v6.quoted.icmpType == 128 && v6.quoted.icmpID == 7)
    }

    @Test func everyLinkTellsTheWay() throws {
        let inner = ipv4(tcp([]))
        #expect(try #require(judged(cooked(inner, type: 4), link: 113)).direction == .outward)
        #expect(try #require(judged(cooked2(inner, type: 0), link: 276)).direction == .inward)
        let (logged, reader) = Reading.packets(pcap([PFLogMaker().bytes(inner)], link: 117))
        #expect(logged[0].direction == .inward)
        #expect(reader.names.text(logged[0].interface) == "igb1")
        let caught = try #require(judged(nflog(inner, indexOut: 3), link: 239))
        #expect(caught.direction == .outward && caught.form == [])
    }
}
