// What pf drops for its form, what it makes of fragments and ICMP, and its check of timestamps.

import Facts
import Policy
import Testing

@testable import Tracking

@Suite struct PFFormTests {
    /// pf_norm.c `pf_normalize_tcp()`, for all 64 sets of the six flags.
    @Test func impossibleFlagsAreNormalisedAway() {
        for raw in UInt8(0)..<64 {
            let flags = TCPFlags(rawValue: raw)
            let dropped: Bool
            if flags.contains(.syn) {
                dropped =
                    flags.contains(.rst) || flags.contains(.fin)
                    || (!flags.contains(.ack) && !flags.isDisjoint(with: [.psh, .urg]))
            } else if flags.contains(.ack) {
                dropped = false
            } else {
                // A RST alone, and nothing beside it.
                dropped = raw != TCPFlags.rst.rawValue
            }
            var wire = PFWire()
            wire.ruling = .nothing
            var packet = wire.packet(from: .client)
            packet.flags = flags
            let tracked = wire.send(packet)
            #expect((tracked.step == .block) == dropped, "\(flags.text)")
            #expect((tracked.reason == .normalize) == dropped, "\(flags.text)")
            wire.set("scrub", "off")
            #expect(wire.send(packet).step == .askRules, "\(flags.text) without scrub")
        }
    }

    /// OpenBSD takes the FIN of a SYN+FIN off, and has no way to switch this off.
    @Test(.tags(.restsOnOneSource)) func openBSDNormalisesDifferently() {
        var wire = PFWire(("system", "openbsd"), ("scrub", "off"))
        #expect(wire.send(.client, "SF").step == .pass)
        #expect(wire.send(.client, "F").reason == .normalize)
        #expect(wire.send(.client, "SR").reason == .normalize)
        #expect(wire.send(.client, "SFP").reason == .normalize)
    }

    @Test func brokenHeadersAreDropped() {
        let forms: [(PacketForm, Reason, Reason)] = [
            (.badHeader, .short, .short), (.short, .short, .short),
            (.badOffset, .normalize, .badOffset),
        ]
        for (form, scrubbed, plain) in forms {
            var wire = PFWire()
            var packet = wire.tcp(.client, "S")
            packet.form = form
            #expect(wire.send(packet).reason == scrubbed)
            wire.set("scrub", "off")
            #expect(wire.send(packet).reason == plain)
            #expect(wire.pf.stateCount == 0)
        }
    }

    /// Fragments meet the rules, which may pass them, and make no state; where pf puts packets
    /// together, what is left was never whole.
    @Test func fragmentsMakeNoStates() {
        var wire = PFWire()
        wire.ruling = .anything
        var packet = wire.packet(from: .client, Entry.udp)
        packet.form = [.fragment, .laterFragment]
        let passed = wire.send(packet)
        #expect(passed.step == .pass && passed.state == nil && wire.pf.stateCount == 0)
        wire.ruling = .nothing
        let blocked = wire.send(packet)
        #expect(blocked.step == .askRules && blocked.reason == .fragment)
        wire.set("reassemble", "on")
        let left = wire.send(packet)
        #expect(left.step == .block && left.reason == .fragment)
        #expect(PFWire(("system", "pfsense")).pf.settings.reassembles)
    }

    // MARK: ICMP

    private func echo(_ wire: PFWire, _ end: End, _ type: UInt8, _ id: UInt16) -> Packet {
        var packet = wire.packet(from: end, 1)
        packet.icmpType = type
        packet.source.port = id
        packet.destination.port = id
        return packet
    }

    @Test func answersBelongToTheirQueries() {
        var wire = PFWire()
        let asked = wire.send(echo(wire, .client, 8, 17))
        #expect(asked.step == .pass && wire.left(asked) == 20)
        #expect(wire.pf.phaseName(asked.phase, ipProtocol: 1) == "0:0")
        wire.ruling = .nothing
        let answered = wire.send(echo(wire, .server, 0, 17))
        #expect(answered.step == .pass && wire.left(answered) == 10)
        #expect(wire.send(echo(wire, .server, 0, 18)).step == .askRules)
        #expect(wire.send(echo(wire, .server, 14, 17)).step == .askRules)
    }

    /// Whoever asks all nodes is answered by each (pf.c, the second look-up of ICMPv6 answers).
    @Test(.tags(.restsOnOneSource)) func allNodesMayAnswer() {
        var wire = PFWire()
        let prefix: UInt64 = 0x2001_0DB8_0000_0000
        wire.client.address = Address(high: prefix, low: 1)
        wire.server.address = Address(high: 0xFF02_0000_0000_0000, low: 1)
        var query = wire.packet(from: .client, 58)
        query.icmpType = 128
        query.source.port = 5
        query.destination.port = 5
        wire.send(query)
        wire.ruling = .nothing
        wire.server.address = Address(high: prefix, low: 9)
        var answer = wire.packet(from: .server, 58)
        answer.icmpType = 129
        answer.source.port = 5
        answer.destination.port = 5
        #expect(wire.send(answer).step == .pass)
    }

    @Test func icmpOfTheOtherVersionIsDropped() {
        var wire = PFWire()
        #expect(wire.send(wire.packet(from: .client, 58)).reason == .normalize)
    }

    /// An error from a router on the way, about a packet that the client sent.
    private func error(_ wire: PFWire, seq: Int64) -> Packet {
        var packet = wire.packet(from: .server, 1)
        packet.source = Endpoint(Address(v4: 0xC633_6401), 0)
        packet.destination = Endpoint(wire.client.address, 0)
        packet.icmpType = 3
        packet.icmpCode = 1
        packet.form = .quotes
        packet.quoted.source = wire.client
        packet.quoted.destination = wire.server
        packet.quoted.ipProtocol = Entry.tcp
        packet.quoted.sequence = wire.clientStart &+ UInt32(truncatingIfNeeded: seq)
        return packet
    }

    /// pf.c `pf_test_state_icmp()`: the quoted number must be one that its sender may have sent.
    @Test(.tags(.restsOnOneSource)) func errorsMustQuoteWhatMayHaveBeenSent() {
        var wire = PFWire()
        wire.open(window: 1000)
        wire.send(.client, "A", seq: 1, ack: 1, length: 1000)
        wire.ruling = .nothing
        let before = wire.send(.client, "A", seq: 1001, ack: 1)
        wire.wait(5)
        for (seq, passes) in [(1, true), (1001, true), (0, false), (1002, false), (-90000, false)] {
            let tracked = wire.send(error(wire, seq: Int64(seq)))
            #expect((tracked.step == .pass) == passes, "\(seq)")
            #expect(tracked.kind == (passes ? .related : .invalid))
            #expect(passes || tracked.reason == .stateMismatch)
            #expect(tracked.expiry == before.expiry, "errors renew nothing")
        }
        var sloppy = PFWire()
        sloppy.options.kind = .sloppy
        sloppy.open()
        #expect(sloppy.send(error(sloppy, seq: -90000)).step == .pass)
    }

    @Test func errorsAboutNothingAreLeftToTheRules() {
        var wire = PFWire()
        wire.ruling = .nothing
        #expect(wire.send(error(wire, seq: 0)).step == .askRules)
        wire.ruling = .anything
        let passed = wire.send(error(wire, seq: 0))
        #expect(passed.step == .pass && passed.state == nil && wire.pf.stateCount == 0)
        // To another than the quoted packet's sender.
        wire.open()
        wire.ruling = .nothing
        var elsewhere = error(wire, seq: 1)
        elsewhere.destination.address = Address(v4: 0x0A0A_0063)
        #expect(wire.send(elsewhere).step == .askRules)
    }

    @Test func errorsAboutDatagramsAndQueriesPass() {
        var wire = PFWire()
        wire.send(wire.packet(from: .client, Entry.udp))
        wire.send(echo(wire, .client, 8, 17))
        wire.ruling = .nothing
        var datagram = error(wire, seq: 0)
        datagram.quoted.ipProtocol = Entry.udp
        #expect(wire.send(datagram).step == .pass)
        var query = error(wire, seq: 0)
        query.quoted.ipProtocol = 1
        query.quoted.source.port = 0
        query.quoted.destination.port = 0
        query.quoted.icmpType = 8
        query.quoted.icmpID = 17
        #expect(wire.send(query).step == .pass)
        query.quoted.icmpID = 18
        #expect(wire.send(query).step == .askRules)
    }

    // MARK: Timestamps

    private func stamped(_ packet: Packet, _ value: UInt32, _ echo: UInt32) -> Packet {
        var packet = packet
        packet.options.insert(.timestamps)
        packet.timestampValue = value
        packet.timestampEcho = echo
        return packet
    }

    /// pf_norm.c `pf_normalize_tcp_stateful()`: each bound, and one within.
    @Test(
        .tags(.restsOnOneSource),
        arguments: [
            (1010, 500, true), (999, 500, false), (1000 + 31 * 1100, 500, true),
            (1000 + 40 * 1100, 500, false), (1010, 501, false), (1010, 499, false), (1010, 0, true),
        ] as [(UInt32, UInt32, Bool)])
    func timestampsMustFit(_ value: UInt32, _ echo: UInt32, _ passes: Bool) {
        var wire = PFWire(("reassemble-tcp", "on"))
        wire.send(stamped(wire.tcp(.client, "S"), 1000, 0))
        wire.send(stamped(wire.tcp(.server, "SA", ack: 1), 500, 1000))
        wire.send(stamped(wire.tcp(.client, "A", seq: 1, ack: 1), 1000, 500))
        wire.wait(1)
        let data = wire.send(
            stamped(wire.tcp(.client, "A", seq: 1, ack: 1, length: 10), value, echo))
        #expect((data.step == .pass) == passes)
        #expect(passes || data.reason == .badTimestamp)
    }

    @Test(.tags(.restsOnOneSource)) func dataKeepsItsTimestamps() {
        for hadThem in [true, false] {
            var wire = PFWire(("reassemble-tcp", "on"))
            wire.send(stamped(wire.tcp(.client, "S"), 1000, 0))
            wire.send(stamped(wire.tcp(.server, "SA", ack: 1), 500, 1000))
            wire.send(stamped(wire.tcp(.client, "A", seq: 1, ack: 1), 1000, 500))
            let first = wire.tcp(.client, "A", seq: 1, ack: 1, length: 10)
            #expect(wire.send(hadThem ? stamped(first, 1001, 500) : first).step == .pass)
            let next = wire.send(.client, "A", seq: 11, ack: 1, length: 10)
            #expect((next.step == .pass) == !hadThem)
            #expect(!hadThem || next.reason == .badTimestamp)
        }
        var plain = PFWire()
        plain.send(stamped(plain.tcp(.client, "S"), 1000, 0))
        #expect(plain.pf.timestamps.isEmpty)
    }
}
