// Cisco's sentences, field by field: who opened, who closed, which flags, and what is refused.

import Bytes
import Dialects
import Facts
import Testing

@Suite struct CiscoASATests {
    @Test func aPacketOfNoConnectionSaysSo() throws {
        let entry = try #require(
            asa(
                "106015: Deny TCP (no connection) from 10.1.1.24/51568 to 198.51.100.35/443 "
                    + "flags PSH ACK  on interface inside"))
        #expect(entry.action == .block)
        #expect(entry.reason == .noState)
        #expect(entry.known.isSuperset(of: [.ports, .flags, .saysNoState]))
        #expect(entry.flags == [.psh, .ack])
        #expect(entry.source == Endpoint(v4(10, 1, 1, 24), 51568))
        #expect(entry.destination == Endpoint(v4(198, 51, 100, 35), 443))
        #expect(entry.direction == .inward)
        #expect(entry.isStray)
    }

    @Test(
        arguments: [
            ("SYN ACK", TCPFlags([.syn, .ack])), ("FIN PSH ACK", [.fin, .psh, .ack]),
            ("RST", [.rst]), ("URG", [.urg]), ("", []),
        ] as [(String, TCPFlags)])
    func flagsAreWords(_ words: String, _ flags: TCPFlags) throws {
        let entry = try #require(
            asa(
                "106015: Deny TCP (no connection) from 192.0.2.1/1 to 192.0.2.2/2 "
                    + "flags \(words)  on interface outside"))
        #expect(entry.flags == flags)
        #expect(entry.known.contains(.flags))
    }

    @Test func aRefusedOpeningIsNotCalledStateless() throws {
        let line =
            "106001: Inbound TCP connection denied from 192.0.2.1/4000 to 203.0.113.9/22 flags "
        let opening = try #require(asa(line + "SYN  on interface outside"))
        #expect(opening.reason == .match)
        #expect(!opening.known.contains(.saysNoState))
        #expect(!opening.isStray)
        let closing = try #require(asa(line + "FIN ACK  on interface outside"))
        #expect(closing.reason == .noState)
        #expect(!closing.known.contains(.saysNoState))
        #expect(closing.isStray)
    }

    @Test(arguments: [
        ("hdrlen=8, pktlen=28", Reason.short), ("hdrlen=4, pktlen=74", .malformed),
        ("hdrlen=12, pktlen=40", .malformed),
    ])
    func aBadHeaderMayHaveNoFlags(_ lengths: String, _ reason: Reason) throws {
        let head =
            "500003: Bad TCP hdr length (\(lengths)) from 198.51.100.195/37654 to 10.57.98.46/80"
        let none = try #require(asa(head + ", flags: INVALID, on interface outside"))
        #expect(none.reason == reason && none.action == .block && none.ipProtocol == Entry.tcp)
        #expect(!none.known.contains(.flags) && none.known.contains(.ports) && !none.isStray)
        let some = try #require(asa(head + ", flags: SYN FIN, on interface outside"))
        #expect(some.reason == reason && some.flags == [.syn, .fin])
        #expect(asa(head + ", flags: INVAL") == nil)
        #expect(asa(head + ", flags: INVALIDS, on interface outside") == nil)
    }

    @Test func aDenialWithoutPortsIsOfALaterFragment() throws {
        func deny(_ words: String) throws -> Entry {
            try #require(asa("106023: Deny \(words) by access-group \"outside_in\" [0x0, 0x0]"))
        }
        for name in ["tcp", "udp"] {
            let entry = try deny("\(name) src outside:192.0.2.1 dst inside:10.0.0.1")
            #expect(entry.known.contains(.laterFragment) && !entry.known.contains(.ports))
            #expect(entry.reason == .match)
        }
        // A service's name is a port, but none that is known here.
        for words in [
            "tcp src outside:192.0.2.1/1 dst inside:10.0.0.1/2",
            "tcp src outside:192.0.2.1/www dst inside:10.0.0.1/https",
            "icmp src outside:192.0.2.1 dst inside:10.0.0.1 (type 8, code 0)",
            "protocol 47 src outside:192.0.2.1 dst inside:10.0.0.1",
        ] { #expect(!(try deny(words)).known.contains(.laterFragment), "\(words)") }
    }

    @Test(arguments: [
        "209003: Fragment database limit of 200 exceeded:  src = 192.0.2.1, dest = 10.0.0.1, proto = udp",
        "209004: Invalid IP fragment, size = 66000 exceeds maximum size = 65535: src = 192.0.2.1 , "
            + "dest = 10.0.0.1 , proto = UDP ",
        "209005: Discard IP fragment set with more than 24 elements:  src = 192.0.2.1, "
            + "dest = 10.0.0.1, proto = 17",
    ])
    func fragmentsThatWereNotPutTogether(_ sentence: String) throws {
        let entry = try #require(asa(sentence + ", id = 48916"))
        #expect(entry.action == .block && entry.reason == .fragment)
        #expect(entry.ipProtocol == Entry.udp && !entry.known.contains(.ports))
        #expect(entry.source == Endpoint(v4(192, 0, 2, 1), 0))
        #expect(entry.destination == Endpoint(v4(10, 0, 0, 1), 0))
        #expect(asa(sentence) == nil)
    }

    @Test func aFullFragmentQueueNamesPortsAndInterface() throws {
        let line =
            "209006: Fragment queue threshold exceeded, dropped TCP fragment from 192.0.2.1/40000 to "
            + "10.0.0.1/443"
        let both = read("%ASA-4-" + line + " on outside interface.")
        let entry = try #require(both.entry)
        #expect(entry.reason == .fragment && entry.known.contains(.ports) && !entry.isStray)
        #expect(entry.ipProtocol == Entry.tcp && entry.destination.port == 443)
        #expect(both.text(entry.interface) == "outside")
        #expect(asa(line) == nil)
    }

    @Test func theInitiatorOfAnOutboundConnectionIsTheSecondPair() throws {
        let both = read(
            "<166>Nov 19 2026 08:15:02 fw1 : %ASA-6-302013: Built outbound TCP connection 476080 "
                + "for outside:198.51.100.35/443 (198.51.100.35/443) to "
                + "inside:10.1.1.24/51568 (203.0.113.7/51568)")
        let entry = try #require(both.entry)
        #expect(entry.action == .open)
        #expect(entry.source == Endpoint(v4(10, 1, 1, 24), 51568))
        #expect(entry.destination == Endpoint(v4(198, 51, 100, 35), 443))
        #expect(entry.natSource == Endpoint(v4(203, 0, 113, 7), 51568))
        #expect(entry.natDestination == .none)
        #expect(both.text(entry.interface) == "inside")
        #expect(both.text(entry.otherInterface) == "outside")
        #expect(both.text(entry.node) == "fw1")
        #expect(entry.connectionID == 476080)
        // 19 November 2026, 08:15:02 UTC.
        #expect(entry.time == Instant(seconds: 1_795_076_102))
    }

    @Test func theInitiatorOfAnInboundConnectionIsTheFirstPair() throws {
        let both = read(
            "%ASA-6-302013: Built inbound TCP connection 9 for outside:192.0.2.51/50001 "
                + "(192.0.2.51/50001)(LOCAL\\maria lopez, 12) to NP Identity Ifc:10.2.0.8/22 "
                + "(203.0.113.8/2222) (maria lopez)")
        let entry = try #require(both.entry)
        #expect(entry.source == Endpoint(v4(192, 0, 2, 51), 50001))
        #expect(entry.destination == Endpoint(v4(10, 2, 0, 8), 22))
        #expect(entry.natSource == .none)
        #expect(entry.natDestination == Endpoint(v4(203, 0, 113, 8), 2222))
        #expect(both.text(entry.otherInterface) == "NP Identity Ifc")
    }

    @Test(arguments: [
        ("TCP FINs", Reason.closedByFins), ("TCP FINs from outside (a b)", .closedByFins),
        ("TCP Reset-I", .closedByReset), ("TCP Reset-O from dmz", .closedByReset),
        ("TCP Reset - APPLIANCE", .closedByReset), ("Conn-timeout", .closedIdle),
        ("Idle Timeout", .closedIdle), ("Connection timeout", .closedIdle),
        ("Flow timed out with reset", .closedIdle), ("FIN Timeout", .closedHalfClosed),
        ("SYN Timeout", .closedHandshake), ("Failover primary closed", .closedFailover),
        ("Xlate Clear", .closedFlushed), ("Flow closed by inspection", .closedByDevice),
        ("SYN Control", .closedByDevice), ("Tunnel has been torn down", .closedByDevice),
        ("Unknown", .unknown), ("TCP Res", .unknown), ("", .unknown),
    ])
    func aTeardownTellsItsReason(_ words: String, _ reason: Reason) throws {
        let entry = try #require(
            asa(
                "302014: Teardown TCP connection 7 for outside:198.51.100.36/443 to "
                    + "inside:10.1.1.25/50001(LOCAL\\ann) duration 123:45:06 bytes 4666 \(words)"))
        #expect(entry.action == .close)
        #expect(entry.reason == reason)
        #expect(entry.durationMicroseconds == 445_506_000_000)
        #expect(entry.bytes == 4666)
        #expect(entry.known.isSuperset(of: [.duration, .bytes, .connectionID, .ports]))
        // As printed: the line does not say who began.
        #expect(entry.source == Endpoint(v4(198, 51, 100, 36), 443))
        #expect(entry.direction == .unknown)
    }

    @Test func theReasonIsKeptWithoutInterfaceAndUser() {
        let both = read(
            "%ASA-6-302014: Teardown TCP connection 7 for outside:198.51.100.36/443 to "
                + "inside:10.1.1.25/50001 duration 0:00:01 bytes 0 TCP Reset-O from NP Ifc (ann b)")
        #expect(both.entry.map { both.text($0.reasonText) } == "TCP Reset-O")
    }

    @Test func hitCountsStandForPackets() throws {
        let both = read(
            "%ASA-session-5-106100: access-list acl in denied udp inside/10.1.1.30(1065) -> "
                + "outside/198.51.100.57(123) hit-cnt 144 300-second interval [0xe982c7a4, 0x0]")
        #expect(both.entry == nil)
        let right = read(
            "%ASA-session-5-106100: access-list acl_in denied udp inside/10.1.1.30(1065)(a\\b c) -> "
                + "outside/198.51.100.57(123) hit-cnt 144 300-second interval [0xe982c7a4, 0x0]")
        let entry = try #require(right.entry)
        #expect(entry.action == .block)
        #expect(entry.count == 144)
        #expect(right.text(entry.rule) == "acl_in")
        #expect(right.text(entry.interface) == "inside")
        #expect(entry.destination == Endpoint(v4(198, 51, 100, 57), 123))
        #expect(!entry.known.contains(.flags))
    }

    @Test(arguments: [("permitted", Action.pass), ("est-allowed", .pass), ("denied", .block)])
    func accessListsPassAndBlock(_ word: String, _ action: Action) throws {
        let entry = try #require(
            asa(
                "106100: access-list a \(word) icmp outside/192.0.2.1(8) -> inside/10.1.1.1(0) "
                    + "hit-cnt 1 first hit [0x0, 0x0]"))
        #expect(entry.action == action)
        #expect(entry.ipProtocol == 1)
        // Type and code, no ports.
        #expect(!entry.known.contains(.ports))
        #expect(entry.source.port == 0)
    }

    @Test func theTagMayLackItsColonOrBeGone() throws {
        let sentence =
            "Teardown UDP connection 40 for outside:10.44.4.4/500 to inside:10.44.2.2/500 "
            + "duration 0:02:02 bytes 1416"
        for head in [
            "Nov 19 2026 23:30:09 : %ASA-6-302016 ", "Nov 19 2026 23:30:09: %PIX-6-302016: ",
        ] {
            let both = read(head + sentence)
            let entry = try #require(both.entry)
            #expect(entry.durationMicroseconds == 122_000_000)
            #expect(entry.node == .none)
            #expect(entry.time == Instant(seconds: 1_795_131_009))
        }
        #expect(
            read("<166>:Nov 19 23:30:09 UTC: %FWSM-6-302016: " + sentence).entry?.time.isKnown
                == true)
        #expect(read(sentence).entry?.action == .close)
    }

    @Test func theDeviceIsNamedWhereverItStands() throws {
        let sentence =
            "106001: Inbound TCP connection denied from 192.0.2.1/4000 to 203.0.113.9/22 "
            + "flags SYN  on interface outside"
        for head in [
            "Nov 19 10:21:05 fw2: %FTD-2-", "Nov 19 10:21:05 EST fw2 : %ASA-2-",
            "Nov 19 10:21:05 fw2 %ASA-2-", "Nov 19 10:21:06 relay Nov 19 10:21:05 fw2 : %ASA-2-",
        ] {
            let both = read(head + sentence)
            let entry = try #require(both.entry)
            #expect(both.text(entry.node) == "fw2")
        }
    }

    @Test func aRepeatBehindTheTagCounts() throws {
        let both = read(
            "%ASA-2-106006: message repeated 2 times: [ Deny inbound UDP from 192.0.2.66/12981 to "
                + "203.0.113.9/53 on interface outside]")
        let entry = try #require(both.entry)
        #expect(entry.count == 2)
        #expect(both.text(entry.interface) == "outside")
    }

    @Test func threatDefenseEventsOpenCloseAndBlock() throws {
        let head =
            "EventPriority: Low, DeviceUUID: 1111-22, FirstPacketSecond: 2026-11-19T08:13:09Z, "
            + "ConnectionID: 35867, AccessControlRuleAction: "
        let tail =
            ", SrcIP: 10.1.1.24, DstIP: 198.51.100.35, SrcPort: 51568, DstPort: 443, "
            + "Protocol: tcp, IngressInterface: in side, AccessControlRuleName: web, guests too, "
            + "ConnectionDuration: 90, ResponderPackets: 3, InitiatorBytes: 100, ResponderBytes: 11"
        let open = read("%FTD-6-430002: " + head + "Allow" + tail)
        #expect(open.entry?.action == .open)
        #expect(open.entry?.time == Instant(seconds: 1_795_075_989))
        #expect(open.entry.map { open.text($0.rule) } == "web, guests too")
        let close = try #require(read("%FTD-6-430003: " + head + "Trust" + tail).entry)
        #expect(close.action == .close)
        #expect(close.time == Instant(seconds: 1_795_076_079))
        #expect(close.bytes == 111)
        #expect(close.known.isSuperset(of: [.answered, .knowsAnswered, .duration, .bytes]))
        let block = read("%FTD-6-430003: " + head + "<br/>Block with reset" + tail)
        #expect(block.entry?.action == .block)
        #expect(block.entry.map { block.text($0.node) } == "1111-22")
    }

    @Test func hostileNumbersStopAtTheirEnd() throws {
        let many = String(repeating: ", InitiatorBytes: 9223372036854775807", count: 4)
        let entry = try #require(
            read(
                "%FTD-6-430003: SrcIP: 10.1.1.24, DstIP: 192.0.2.1, Protocol: tcp, "
                    + "ConnectionDuration: 9223372036854775807" + many
            ).entry)
        #expect(entry.bytes == .max)
        #expect(!entry.known.contains(.duration))
        let life = asa(
            "302014: Teardown TCP connection 7 for a:192.0.2.1/1 to b:192.0.2.2/2 duration "
                + "9223372036854775807:00:00 bytes 1")
        #expect(life == nil)
    }

    @Test func icmpConnectionsKnowTheirDirection() throws {
        let rest =
            "bound ICMP connection for faddr 192.0.2.92/0 gaddr 203.0.113.8/2 laddr 10.2.0.8/2"
        let inward = try #require(asa("302020: Built in" + rest))
        #expect(inward.source.address == v4(192, 0, 2, 92))
        #expect(inward.natDestination.address == v4(203, 0, 113, 8))
        let outward = try #require(asa("302020: Built out" + rest))
        #expect(outward.source.address == v4(10, 2, 0, 8))
        #expect(outward.natSource.address == v4(203, 0, 113, 8))
        #expect(!outward.known.contains(.ports))
    }

    @Test func everyCutOfEverySentenceIsReadOrTold() {
        for sample in CiscoASA().samples + Forcepoint().samples where sample.entry != nil {
            let whole = Array(sample.line.utf8)
            for count in 0..<whole.count {
                var reader = LineReader(clock: testClock)
                var entry = Entry()
                let text = PaddedText(Array(whole[..<count]))
                let isRead = text.withLine { reader.read($0, into: &entry) }
                #expect((isRead ? 1 : 0) + reader.tally.skipped + reader.tally.rejected == 1)
            }
        }
    }

    @Test func nothingBehindTheLineIsRead() {
        // In a block the next line follows at once; a cut sentence must not borrow from it.
        let cut = "%ASA-6-106015: Deny TCP (no connection) from 10.1.1.24/515"
        let text = PaddedText(cut + "68 to 198.51.100.35/443 flags ACK  on interface inside")
        var reader = LineReader(clock: testClock)
        var entry = Entry()
        text.withBlock { block in
            #expect(!reader.read(Line(block, from: 0, to: cut.utf8.count), into: &entry))
        }
        #expect(reader.tally.samples.first?.damage == .cutShort)
    }

    @Test(arguments: [
        ("106015: Deny TCP (no connection) from 10.1.1.24/515", Damage.cutShort),
        ("106015: Deny TCP (no connection) from 10.1.1.24/99999 to 192.0.2.1/1 flags", .badNumber),
        (
            "106015: Deny TCP (no connection) from 10.1.1.24/1 to 192.0.2.1/1 flags SYM ACK  on interface a",
            .badFlags
        ),
        ("302014: Teardown TCP connection 1 for a:192.0.2.1/1 to b:192.0.2.2/2 dur", .cutShort),
        (
            "302014: Teardown TCP connection 1 for a:192.0.2.1/1 to b:192.0.2.2/2 duration 1:99:00 bytes 1",
            .badNumber
        ),
        (
            "302013: Built inbound TCP connection 1 for a:192.0.2.1/1 (192.0.2.1/1) to b:192.0.2.2/2",
            .cutShort
        ),
        ("3020", .cutShort),
    ])
    func damageIsNamed(_ sentence: String, _ damage: Damage) {
        let both = read("%ASA-6-" + sentence)
        #expect(both.entry == nil)
        #expect(both.reader.tally.samples.first?.damage == damage)
    }

    @Test func otherMessagesAreSkippedNotRejected() {
        for text in [
            "%ASA-6-305011: Built dynamic TCP translation from a:10.1.1.1/1 to b:192.0.2.1/1",
            "%ASA-4-733100: [ Scanning] drop rate-2 exceeded.", "%SYS-5-CONFIG_I: Configured",
            "Deny this", "access-list was read",
        ] {
            let both = read(text)
            #expect(both.entry == nil)
            #expect(both.reader.tally.skipped == 1)
        }
    }

    private func asa(_ sentence: String) -> Entry? { read("%ASA-6-" + sentence).entry }
}

/// A line read, with the reader that holds its names.
struct ReadLine {
    var entry: Entry?
    var reader: LineReader

    func text(_ name: Name) -> String { reader.context.names.text(name) }
}

func read(_ text: String) -> ReadLine {
    var reader = LineReader(clock: testClock)
    var entry = Entry()
    let isRead = PaddedText(text).withLine { reader.read($0, into: &entry) }
    return ReadLine(entry: isRead ? entry : nil, reader: reader)
}

func v4(_ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: UInt32) -> Address {
    Address(v4: a << 24 | b << 16 | c << 8 | d)
}
