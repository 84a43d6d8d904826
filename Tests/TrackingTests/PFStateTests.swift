// Which state a packet belongs to, and which states may be made: interfaces, limits, kinds.

import Facts
import Policy
import Testing

@testable import Tracking

@Suite struct PFStateTests {
    /// A connection through a router makes two states, one on each side; each sees all of it.
    @Test func aRouterHoldsTwoStates() {
        var wire = PFWire()
        let steps: [(End, String, Int64, Int64?)] = [
            (.client, "S", 0, nil), (.server, "SA", 0, 1), (.client, "A", 1, 1),
        ]
        for (end, flags, seq, ack) in steps {
            for isFar in end == .client ? [false, true] : [true, false] {
                wire.isFarSide = isFar
                wire.interface = Name(hash: isFar ? 2 : 1)
                #expect(wire.send(end, flags, seq: seq, ack: ack).step == .pass)
            }
        }
        #expect(wire.pf.stateCount == 2)
    }

    /// Floating: any interface. If-bound: the one that made it.
    @Test func statesFloatOrAreBound() {
        for (policy, passes) in [("floating", true), ("if-bound", false)] {
            var wire = PFWire(("state-policy", policy))
            wire.open()
            wire.interface = Name(hash: 2)
            let elsewhere = wire.send(.client, "A", seq: 1, ack: 1)
            #expect((elsewhere.step == .pass) == passes, "\(policy)")
            wire.interface = Name(hash: 1)
            #expect(wire.send(.client, "A", seq: 1, ack: 1).step == .pass)
        }
    }

    /// A rule's word goes before the policy's; pfSense binds, the others float.
    @Test func rulesMayBindOrFree() {
        for (system, binding, passes) in [
            ("freebsd", StateOptions.Binding.ifBound, false), ("freebsd", .inherited, true),
            ("pfsense", .inherited, false), ("pfsense", .floating, true),
            ("opnsense", .inherited, true), ("openbsd", .inherited, true),
        ] {
            var wire = PFWire(("system", system))
            wire.options.binding = binding
            wire.open()
            wire.interface = Name(hash: 2)
            let elsewhere = wire.send(.server, "A", seq: 1, ack: 1)
            #expect((elsewhere.step == .pass) == passes, "\(system) \(binding)")
        }
    }

    /// A bound state goes before a floating one of the same ends.
    @Test func boundStatesGoFirst() {
        var wire = PFWire()
        wire.send(.client, "S")
        wire.options.binding = .ifBound
        // The lookup would find the floating one: only a rule set read anew makes both.
        let packet = wire.tcp(.client, "S", seq: 77)
        let bound = wire.pf.admit(packet, Tracked(.askRules, .new), 1, wire.options)
        #expect(bound.step == .pass && wire.pf.stateCount == 2)
        #expect(wire.send(.client, "S", seq: 77).state == bound.state)
        wire.interface = Name(hash: 2)
        #expect(wire.send(.client, "S").state != bound.state)
    }

    /// A capture that does not say which way its packets went.
    @Test func withoutDirectionsTheEndsDecide() {
        var wire = PFWire()
        func blind(_ packet: Packet) -> Packet {
            var packet = packet
            packet.direction = .unknown
            return packet
        }
        wire.send(blind(wire.tcp(.client, "S")))
        #expect(wire.send(blind(wire.tcp(.server, "SA", ack: 1))).step == .pass)
        let last = wire.send(blind(wire.tcp(.client, "A", seq: 1, ack: 1)))
        #expect(wire.phase(last) == "ESTABLISHED:ESTABLISHED")
        #expect(wire.pf.stateCount == 1)
    }

    @Test func theLimitOfStatesIsMemory() {
        var wire = PFWire(("limit.states", "3"), ("adaptive.start", "0"))
        for number in 1...4 {
            wire.client.port = UInt16(number)
            let made = wire.send(.client, "S")
            #expect((made.step == .pass) == (number <= 3))
            if number == 4 { #expect(made.reason == .memory && made.state == nil) }
        }
        #expect(wire.pf.stateCount == 3 && wire.pf.statePeak == 3)
    }

    /// A rule's `max` counts its own states, and room comes back when they go.
    @Test func aRulesMaxIsItsOwn() {
        var wire = PFWire()
        wire.options.max = 1
        wire.send(.client, "S")
        wire.client.port = 2
        let second = wire.send(.client, "S")
        #expect(second.step == .block && second.reason == .stateLimit)
        wire.rule = 1
        #expect(wire.send(.client, "S").step == .pass)
        wire.rule = 0
        wire.client.port = 3
        wire.wait(131)
        #expect(wire.send(.client, "S").step == .pass)
    }

    /// pf.c `pf_state_key_attach()`: the ends are taken, unless that connection is over.
    @Test(.tags(.restsOnOneSource)) func twoStatesOfTheSameEndsCollide() {
        var wire = PFWire()
        let syn = wire.tcp(.client, "S")
        wire.send(syn)
        let again = wire.pf.admit(syn, Tracked(.askRules, .new), 0, wire.options)
        #expect(again.step == .block && again.reason == .stateInsert)
        wire.send(.server, "RA", ack: 1)
        let replaced = wire.pf.admit(syn, Tracked(.askRules, .new), 0, wire.options)
        #expect(replaced.step == .pass && wire.pf.stateCount == 1)
        #expect(wire.pf.ended.map(\.why) == [.closed])
    }

    /// With its key, its times and its links; the index takes 11 to 22 bytes more.
    @Test func aStateTakesAHundredAndTwelveBytes() {
        #expect(StateTable<PFState>.bytesPerSlot == 112)
    }

    @Test func noStateMakesNone() {
        var wire = PFWire()
        wire.options.kind = .none
        wire.ruling = .anything
        for _ in 0..<3 {
            let passed = wire.send(.client, "A", seq: 1, ack: 1, length: 10)
            #expect(passed.step == .pass && passed.state == nil && passed.kind == .untracked)
        }
        #expect(wire.pf.stateCount == 0)
    }

    /// Modulated numbers do not show in a capture of one side: it is judged as `keep state`.
    @Test func modulatedStatesLiveAsKeptOnes() {
        var wire = PFWire()
        wire.options.kind = .modulate
        wire.open()
        #expect(wire.send(.client, "A", seq: 1, ack: 1, length: 100).step == .pass)
        #expect(wire.send(.client, "A", seq: 900_000, ack: 1, length: 100).step == .block)
    }

    /// IP options pass where the rule allows them; the state learns from the packet either way.
    @Test func optionsNeedToBeAllowed() {
        for isAllowed in [false, true] {
            var wire = PFWire()
            wire.options.allowsOptions = isAllowed
            var syn = wire.tcp(.client, "S")
            syn.form.insert(.ipOptions)
            let made = wire.send(syn)
            #expect((made.step == .pass) == isAllowed)
            #expect(isAllowed || made.reason == .ipOption)
            #expect(wire.pf.stateCount == 1)
            var answer = wire.tcp(.server, "SA", ack: 1)
            answer.form.insert(.ipOptions)
            let met = wire.send(answer)
            #expect((met.step == .pass) == isAllowed)
            #expect(wire.phase(met) == "ESTABLISHED:SYN_SENT")
        }
    }

    /// pf.c `pf_tcp_track_sloppy()`.
    @Test func sloppyStatesLookAtNoNumbers() {
        var wire = PFWire()
        wire.options.kind = .sloppy
        wire.send(.client, "S")
        // The other half is never seen: one ACK establishes both.
        let ack = wire.send(.client, "A", seq: 12345, ack: 99)
        #expect(wire.phase(ack) == "ESTABLISHED:ESTABLISHED" && wire.left(ack) == 86400)
        wire.wait(10)
        let data = wire.send(.client, "PA", seq: 7_000_000, ack: 1, length: 100)
        #expect(data.step == .pass && wire.left(data) == 86400)
        let fin = wire.send(.client, "FA", seq: 3, ack: 1)
        #expect(wire.phase(fin) == "CLOSING:CLOSING" && wire.left(fin) == 45)
        let reset = wire.send(.server, "R", seq: 99_999_999)
        #expect(wire.phase(reset) == "TIME_WAIT:TIME_WAIT" && wire.left(reset) == 90)
    }

    @Test func sloppyStatesAlsoLiveANormalLife() {
        var wire = PFWire()
        wire.options.kind = .sloppy
        wire.open()
        wire.send(.client, "FA", seq: 1, ack: 1)
        let fin = wire.send(.server, "FA", seq: 1, ack: 2)
        #expect(wire.phase(fin) == "FIN_WAIT_2:CLOSING")
        let last = wire.send(.client, "A", seq: 2, ack: 2)
        #expect(wire.phase(last) == "FIN_WAIT_2:FIN_WAIT_2")
    }

    /// pf.c `pf_synproxy()`, as far as the ends' own handshake shows it.
    @Test(.tags(.restsOnOneSource)) func synproxyWaitsForBothEnds() {
        var wire = PFWire()
        wire.options.kind = .synproxy
        let syn = wire.send(.client, "S")
        #expect(wire.phase(syn) == "PROXY_SRC:CLOSED" && wire.left(syn) == 120)
        #expect(wire.send(.client, "S", seq: 9).reason == .synproxy)
        #expect(wire.send(.client, "PA", seq: 50, ack: 1).reason == .synproxy)
        #expect(wire.send(.server, "A", seq: 1, ack: 1).reason == .synproxy)
        #expect(wire.send(.server, "SA", ack: 1).step == .pass)
        let ack = wire.send(.client, "A", seq: 1, ack: 1)
        #expect(ack.step == .pass && wire.phase(ack) == "ESTABLISHED:ESTABLISHED")
        let data = wire.send(.client, "A", seq: 1, ack: 1, length: 100)
        #expect(data.step == .pass && wire.left(data) == 86400)
    }
}
