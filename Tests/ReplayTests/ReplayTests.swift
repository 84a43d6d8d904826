// The loop: what each firewall says of a life, of what is left of it, and of what never had one.

import Facts
import Policy
import Replay
import Testing
import Tracking

@Suite struct ReplayTests {
    @Test(arguments: FirewallKind.allCases)
    func anOrdinaryLifePasses(_ kind: FirewallKind) throws {
        var talk = Talk()
        talk.handshake()
        talk.send(1, [.psh, .ack], length: 100)
        talk.send(1.1, fromClient: false, [.psh, .ack], length: 1000)
        talk.close(2)
        let judged = try judge(talk.packets, kind)
        #expect(judged.passes.allSatisfy { $0 })
        #expect(judged.verdicts.map(\.opened) == [true] + Array(repeating: false, count: 7))
        let counts = judged.firewall.counts
        #expect(counts.packets == 8 && counts.passed == 8 && counts.opened == 1)
        #expect(counts.blocked == 0 && judged.firewall.states.peak == 1)
    }

    @Test(arguments: [(FirewallKind.netfilter, 130.0), (.pf, 110.0), (.forcepoint, 10.0)])
    func aLateFINIsAStrayAndItsStateIsRemembered(
        _ kind: FirewallKind, _ late: Double
    ) throws {
        var talk = Talk()
        talk.handshake()
        talk.close(2)
        talk.send(2 + late, [.fin, .ack]) { $0.sequence &-= 1 }
        let judged = try judge(talk.packets, kind)
        let last = try #require(judged.verdicts.last)
        #expect(!last.passes && !last.hasState && judged.firewall.counts.strays == 1)
        let gone = try #require(judged.gone.last ?? nil)
        #expect(gone.source == talk.client && gone.began == talk.packets[0].time)
        #expect(gone.ended <= talk.packets[6].time)
    }

    @Test func whatIsIdleTooLongIsLostOnOneAndKeptOnTheOther() throws {
        var talk = Talk()
        talk.handshake()
        talk.send(26 * 3600, [.psh, .ack], length: 10)
        #expect(try judge(talk.packets, .netfilter).passes.last == true)
        let pf = try judge(talk.packets, .pf)
        #expect(pf.passes.last == false)
        let gone = try #require(pf.gone.last ?? nil)
        #expect(gone.why == .expired)
        #expect(try judge(talk.packets, .forcepoint).passes.last == false)
        let longer = try judge(talk.packets, .pf, settings: [("tcp.established", "48h")])
        #expect(longer.passes.last == true)
    }

    @Test(arguments: FirewallKind.allCases)
    func whatNeverOpenedIsAStrayWithoutAState(_ kind: FirewallKind) throws {
        var talk = Talk()
        talk.send(0, fromClient: false, [.syn, .ack])
        talk.send(1, [.psh, .ack], length: 5)
        talk.send(2, .rst)
        let judged = try judge(talk.packets, kind)
        #expect(judged.passes == [false, false, false])
        #expect(judged.gone.allSatisfy { $0 == nil } && judged.firewall.counts.strays == 3)
        #expect(judged.firewall.states.peak == 0)
    }

    @Test func looseLetsTheMiddleOn() throws {
        var talk = Talk()
        talk.send(0, [.psh, .ack], length: 5)
        talk.send(1, fromClient: false, .ack)
        let loose = Rules.standard(StandardRules(picksUp: true))
        #expect(try judge(talk.packets, .netfilter, rules: loose).passes == [true, true])
        #expect(try judge(talk.packets, .pf, rules: loose).passes == [true, true])
        let mode = [(name: "connection-tracking", value: "loose")]
        #expect(
            try judge(talk.packets, .forcepoint, settings: mode, rules: loose).passes
                == [true, true])
    }

    @Test func withoutPolicyTheInsideOpensAndTheOutsideDoesNot() throws {
        let inside = try #require(Network("10.0.0.0/8"))
        let rules = Rules.standard(StandardRules(inside: [inside]))
        var out = Talk()
        out.handshake()
        #expect(
            try judge(out.packets, rules: rules, inside: [inside]).passes == [true, true, true])
        var inward = Talk()
        inward.client = Endpoint(Address(v4: 0xC633_6407), 40000)
        inward.server = Endpoint(Address(v4: 0x0A00_0009), 22)
        inward.handshake()
        inward.packets[0].direction = .inward
        #expect(try judge(inward.packets, rules: rules, inside: [inside]).passes.first == false)
    }

    @Test func aPacketThatLeavesAgainIsJudgedOnceByLinuxAndTwiceByPf() throws {
        var talk = Talk()
        talk.handshake()
        talk.send(1, [.psh, .ack], length: 100)
        let crossed = talk.packets.flatMap { packet -> [Packet] in
            var first = packet
            first.direction = .inward
            first.interface = Name(hash: packet.source == talk.client ? 1 : 2)
            var second = first
            second.ttl -= 1
            second.direction = .outward
            second.time.microseconds += 50
            second.interface = Name(hash: packet.source == talk.client ? 2 : 1)
            return [first, second]
        }
        let linux = try judge(crossed, .netfilter)
        #expect(linux.passes.allSatisfy { $0 } && linux.firewall.counts.again == 4)
        #expect(linux.firewall.counts.opened == 1)
        let pf = try judge(crossed, .pf)
        #expect(pf.passes.allSatisfy { $0 } && pf.firewall.counts.opened == 2)
        // The same without directions: a second sighting tells where the router is.
        let bare = crossed.map { packet -> Packet in
            var bare = packet
            bare.direction = .unknown
            let isOut = packet.direction == .outward
            bare.macSource = isOut ? 1 : 100 + packet.interface.hash
            bare.macDestination = isOut ? 100 + packet.interface.hash : 1
            return bare
        }
        let learnt = try judge(bare, .pf)
        #expect(learnt.passes.allSatisfy { $0 } && learnt.firewall.counts.opened == 2)
        #expect(try judge(bare, .netfilter).firewall.counts.again == 4)
    }

    @Test func aRetransmissionIsNoSecondSighting() throws {
        var talk = Talk()
        talk.handshake()
        for second in [1.0, 1.2, 1.6] {
            talk.send(second, [.psh, .ack], length: 100) {
                $0.sequence = 1001
                $0.interface = Name(hash: 1)
            }
        }
        #expect(try judge(talk.packets).firewall.counts.again == 0)
    }

    @Test func theRouterIsFoundByItsAddressOnTheLink() throws {
        // Two hosts behind one interface; nothing tells the way.
        var packets: [Packet] = []
        for host: UInt32 in [5, 6] {
            var talk = Talk()
            talk.client.address = Address(v4: 0x0A00_0000 + host)
            talk.handshake(Double(host))
            talk.send(Double(host) + 1, [.psh, .ack], length: 10)
            talk.send(Double(host) + 2, fromClient: false, .ack)
            packets += talk.packets.map { packet in
                var bare = packet
                bare.direction = .unknown
                let isOfClient = packet.source == talk.client
                bare.macSource = isOfClient ? UInt64(host) : 1
                bare.macDestination = isOfClient ? 1 : UInt64(host)
                return bare
            }
        }
        packets.sort { $0.time < $1.time }
        let judged = try judge(packets, .pf)
        #expect(judged.passes.allSatisfy { $0 } && judged.firewall.withoutDirection == 0)
        let blind = packets.map { packet in
            var blind = packet
            blind.macSource = 0
            blind.macDestination = 0
            return blind
        }
        #expect(try judge(blind, .pf).firewall.withoutDirection == 10)
    }

    @Test func fragmentsAreJudgedWholeAndLyingHeadersNotAtAll() throws {
        var talk = Talk()
        talk.handshake()
        talk.send(1, [.psh, .ack], length: 60) {
            $0.form = [.fragment, .moreFragments]
        }
        talk.send(1.1, [], length: 0) {
            $0.form = [.fragment, .laterFragment]
            $0.ipID = 4
            $0.fragmentOffset = 80
            $0.ipLength = 24
            $0.source.port = 0
            $0.destination.port = 0
        }
        talk.send(2, .ack) { $0.form = .badHeader }
        let judged = try judge(talk.packets)
        #expect(
            judged.verdicts.map(\.course) == [
                .judged, .judged, .judged, .held, .judged, .neverSeen,
            ])
        #expect(judged.passes == [true, true, true, true, true, false])
        #expect(judged.firewall.fragmentCounts.wholes == 1)
    }

    @Test(arguments: FirewallKind.allCases)
    func timeThatRunsBackwardsIsNoTime(_ kind: FirewallKind) throws {
        var talk = Talk()
        talk.handshake()
        talk.send(-500, [.psh, .ack], length: 10)
        talk.send(1, fromClient: false, .ack) { $0.time = .unknown }
        let judged = try judge(talk.packets, kind)
        #expect(judged.passes.allSatisfy { $0 } && judged.firewall.counts.backwards == 1)
    }

    @Test(arguments: FirewallKind.allCases)
    func batchesMakeNoDifference(_ kind: FirewallKind) throws {
        var packets: [Packet] = []
        for number: UInt16 in 0..<40 {
            var talk = Talk()
            talk.client.port = 40000 + number
            talk.handshake(Double(number) * 7)
            talk.close(Double(number) * 7 + 2)
            talk.send(Double(number) * 7 + 200, [.fin, .ack]) { $0.sequence &-= 1 }
            packets += talk.packets
        }
        packets.sort { $0.time < $1.time }
        let one = try judge(packets, kind, step: 1)
        let all = try judge(packets, kind, step: 1000)
        #expect(one.passes == all.passes && one.firewall.counts == all.firewall.counts)
        #expect(one.gone == all.gone && one.ended == all.ended)
        #expect(one.firewall.counts.strays > 0)
    }

    @Test func theAverageIsTimeWeighted() throws {
        var talk = Talk()
        talk.handshake()
        talk.send(100, .ack)
        talk.send(100, .rst) { $0.sequence = 1001 }
        talk.send(150, .ack)
        let counts = try judge(talk.packets).firewall.counts
        // One state for a hundred seconds, and for ten of the last fifty.
        #expect(abs(counts.averageStates - 110.0 / 150) < 0.35)
    }

    @Test func aSettingThatIsNoneIsRefused() {
        #expect(throws: Firewall.BadSetting.self) {
            try judge([], .pf, settings: [("tcp.stablished", "1h")])
        }
        #expect(throws: Firewall.BadSetting.self) {
            try judge([], .netfilter, settings: [("nf_conntrack_tcp_loose", "maybe")])
        }
    }
}
