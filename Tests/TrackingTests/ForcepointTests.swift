// What Forcepoint's documentation says of connections, and what is assumed beyond it.
//
// Product guide 7.1, "Connection tracking mode", "Idle timeouts"; docs/models/forcepoint.md.

import Facts
import Policy
import Testing

@testable import Tracking

/// Two ends, and the firewall between them. Its rules pass everything: what it blocks then is not a
/// rule's doing.
private struct Pair {
    var model = Forcepoint()
    var options = StateOptions()
    var seconds = 0.0
    var wire = PFWire()

    init(_ settings: (String, String)...) {
        for (name, value) in settings {
            do { try model.set(name, to: value) } catch { Issue.record("\(name): \(error)") }
        }
    }

    @discardableResult
    mutating func send(_ packet: Packet) -> Tracked {
        var packet = packet
        packet.time = Instant(microseconds: PFWire.start + Int64(seconds * 1_000_000))
        let tracked = model.meet(packet)
        guard tracked.step == .askRules else { return tracked }
        return model.admit(packet, tracked, 5, options)
    }

    @discardableResult
    mutating func send(
        _ end: End, _ flags: String, seq: Int64 = 0, ack: Int64? = nil, length: UInt32 = 0
    ) -> Tracked {
        send(wire.tcp(end, flags, seq: seq, ack: ack, length: length))
    }

    mutating func open() {
        send(.client, "S")
        send(.server, "SA", ack: 1)
        send(.client, "A", seq: 1, ack: 1)
    }

    func phase(_ tracked: Tracked) -> String {
        model.phaseName(tracked.phase, ipProtocol: Entry.tcp)
    }
}

@Suite struct ForcepointTests {
    /// "A TCP packet without the opening SYN that matches no connection, although the policy would
    /// allow it as part of one."
    @Test(arguments: ["A", "PA", "FA", "R", "RA", "SA", "F", ""])
    func whatOpensNothingIsNoValidSYN(_ flags: String) {
        var pair = Pair()
        let stray = pair.send(.client, flags, seq: 1, ack: 1)
        #expect(stray.step == .block && stray.reason == .noState)
        #expect(stray.says.description.hasPrefix("Not a Valid SYN Packet"))
        #expect(stray.rule == 5 && pair.model.stateCount == 0)
    }

    @Test func phasesHaveTheProductsNames() {
        var pair = Pair(("idle.tcp.time-wait", "60"))
        let steps: [(End, String, Int64, Int64?, String)] = [
            (.client, "S", 0, nil, "TCP syn seen"),
            (.server, "SA", 0, 1, "TCP syn ack seen"),
            (.client, "A", 1, 1, "TCP established"),
            (.client, "FA", 1, 1, "TCP fin wait 1"),
            (.server, "A", 1, 2, "TCP fin wait 2"),
            (.server, "FA", 1, 2, "TCP last ack"),
            (.client, "A", 2, 2, "TCP time wait"),
        ]
        for (end, flags, seq, ack, phase) in steps {
            let tracked = pair.send(end, flags, seq: seq, ack: ack)
            #expect(tracked.step == .pass && pair.phase(tracked) == phase, "\(flags)")
        }
        pair.seconds += 59
        #expect(pair.send(.server, "FA", seq: 1, ack: 2).step == .pass)
        #expect(pair.send(.client, "S", seq: 9000).step == .pass)
        #expect(pair.model.ended.map(\.why) == [.closed])
    }

    @Test func theOtherEndMayCloseFirstOrBothAtOnce() {
        var pair = Pair()
        pair.open()
        #expect(pair.phase(pair.send(.server, "FA", seq: 1, ack: 1)) == "TCP close wait")
        #expect(pair.phase(pair.send(.client, "A", seq: 1, ack: 2)) == "TCP close wait ack")
        #expect(pair.phase(pair.send(.client, "FA", seq: 1, ack: 2)) == "TCP last ack wait")
        var both = Pair()
        both.open()
        both.send(.client, "FA", seq: 1, ack: 1)
        #expect(both.phase(both.send(.server, "FA", seq: 1, ack: 1)) == "TCP closing")
        #expect(both.phase(both.send(.client, "A", seq: 2, ack: 2)) == "TCP closing ack")
        var returned = Pair()
        returned.send(.client, "S")
        #expect(returned.phase(returned.send(.server, "S")) == "TCP syn return")
    }

    /// Assumed: nothing is remembered of what is closed.
    @Test func whatIsClosedIsForgotten() {
        var pair = Pair()
        pair.open()
        pair.send(.server, "R", seq: 1)
        #expect(pair.model.stateCount == 0)
        #expect(pair.send(.client, "A", seq: 1, ack: 1).reason == .noState)
        pair.open()
        pair.send(.client, "FA", seq: 1, ack: 1)
        pair.send(.server, "FA", seq: 1, ack: 2)
        pair.send(.client, "A", seq: 2, ack: 2)
        #expect(pair.model.stateCount == 0)
        #expect(pair.send(.server, "FA", seq: 1, ack: 2).reason == .noState)
    }

    /// The documented defaults: TCP 1800 s, UDP 50, ICMP 5, others 180; removed without a word.
    @Test(arguments: [(6, 1800), (17, 50), (1, 5), (47, 180)] as [(UInt8, Double)])
    func idleConnectionsAreRemoved(_ ipProtocol: UInt8, _ seconds: Double) {
        var pair = Pair()
        var packet = pair.wire.packet(from: .client, ipProtocol)
        packet.flags = .syn
        packet.icmpType = 8
        pair.send(packet)
        pair.seconds += seconds - 1
        #expect(pair.send(packet).kind == .established)
        pair.seconds += seconds + 1
        #expect(pair.send(packet).kind == .new)
        #expect(pair.model.ended.map(\.why) == [.expired])
    }

    /// The engine's, those of a TCP state, those of a rule: each goes before the one before it.
    @Test func timeoutsCanBeSet() {
        var pair = Pair(("idle.tcp", "1h"), ("idle.tcp.syn-seen", "20"))
        func left(_ tracked: Tracked) -> Int64 {
            (tracked.expiry.microseconds - PFWire.start) / 1_000_000
        }
        #expect(left(pair.send(.client, "S")) == 20)
        pair.send(.server, "SA", ack: 1)
        #expect(left(pair.send(.client, "A", seq: 1, ack: 1)) == 3600)
        pair.wire.client.port = 2
        pair.options.timeouts = [.init("idle", 7200)]
        #expect(left(pair.send(.client, "S")) == 7200)
        #expect(throws: SettingFault.unknownName(nearest: "idle.tcp.fin-wait-1")) {
            try pair.model.set("idle.tcp.finwait-1", to: "1")
        }
        for name in Forcepoint.settingNames.map(\.name) {
            #expect(throws: SettingFault.self, "\(name)") {
                try pair.model.set(name, to: "nonsense")
            }
        }
    }

    /// The agent tells both ends, where the firewall alone would be silent.
    @Test func theProxyAgentResetsIdleConnections() {
        var pair = Pair(("tcp-proxy", "on"))
        pair.open()
        pair.send(pair.wire.packet(from: .client, Entry.udp))
        pair.seconds += 2000
        pair.send(pair.wire.packet(from: .client, 47))
        #expect(
            pair.model.ended.map { "\($0.ipProtocol) \($0.why)" } == ["17 expired", "6 closed"])
    }

    @Test func offIsAPlainFilter() {
        var engine = Pair(("connection-tracking", "off"))
        var rule = Pair()
        rule.options.kind = .none
        for flags in ["S", "A", "FA", "R"] {
            for passed in [engine.send(.client, flags), rule.send(.client, flags)] {
                #expect(passed.step == .pass && passed.kind == .untracked)
            }
        }
        #expect(engine.model.stateCount == 0 && rule.model.stateCount == 0)
    }

    /// "A connection may be seen in one direction only."
    @Test func looseTakesConnectionsUpInTheMiddle() {
        var pair = Pair(("connection-tracking", "loose"))
        let data = pair.send(.client, "PA", seq: 500, ack: 1, length: 10)
        #expect(data.step == .pass && pair.phase(data) == "TCP established")
        #expect(pair.send(.client, "PA", seq: 510, ack: 1, length: 10).step == .pass)
        #expect(pair.send(.server, "A", seq: 1, ack: 520).step == .pass)
        var reset = Pair(("connection-tracking", "loose"))
        #expect(reset.send(.client, "R").reason == .noState)
        var sloppyRule = Pair()
        sloppyRule.options.kind = .sloppy
        #expect(sloppyRule.send(.client, "PA", seq: 1, ack: 1, length: 5).step == .pass)
    }

    /// "Sequence numbers are checked before the connection is established and on RST and FIN."
    @Test func strictChecksTheBeginningAndTheEnd() {
        var pair = Pair(("connection-tracking", "strict"))
        pair.send(.client, "S")
        #expect(pair.send(.client, "A", seq: 1, ack: 1).step == .block, "one-sided")
        #expect(pair.send(.server, "SA", ack: 2).step == .block)
        #expect(pair.send(.server, "SA", ack: 1).step == .pass)
        let wrong = pair.send(.client, "A", seq: 1, ack: 2)
        #expect(wrong.step == .block && wrong.reason == .invalidInState)
        #expect(pair.send(.client, "A", seq: 1, ack: 1).step == .pass)
        // In between nothing is checked.
        #expect(pair.send(.client, "A", seq: 5_000_000, ack: 1, length: 10).step == .pass)
        #expect(pair.send(.server, "R", seq: 400_000).step == .block)
        #expect(pair.send(.server, "FA", seq: 0, ack: 1).step == .block)
        #expect(pair.send(.server, "FA", seq: 1, ack: 1).step == .pass)
        #expect(pair.send(.server, "R", seq: 2).step == .pass)
        var normal = Pair()
        normal.open()
        #expect(normal.send(.server, "R", seq: 400_000).step == .pass)
    }

    @Test func errorsBelongToWhatTheyQuote() {
        var pair = Pair()
        pair.open()
        var error = pair.wire.packet(from: .server, 1)
        error.icmpType = 3
        error.form = .quotes
        error.quoted.source = pair.wire.client
        error.quoted.destination = pair.wire.server
        error.quoted.ipProtocol = Entry.tcp
        let related = pair.send(error)
        #expect(related.step == .pass && related.kind == .related)
        error.quoted.source.port = 9
        #expect(pair.send(error).kind == .untracked && pair.model.stateCount == 1)
    }

    @Test func assumptionsAreTold() {
        #expect(Forcepoint.assumptions.count > 5)
        #expect(Forcepoint.assumptions.allSatisfy { $0.hasSuffix(".") && $0.count > 20 })
    }
}
