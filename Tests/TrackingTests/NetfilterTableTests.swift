// netfilter's table: how states go, and what happens when there is no more room.

import Facts
import Policy
import Testing
import Tracking

/// A model with a clock, and hosts that are easy to name.
struct NetfilterRun {
    var model = Netfilter()
    var time: Int64 = 1_790_000_000_000_000

    init(_ settings: String...) throws {
        for setting in settings {
            let pair = setting.split(separator: "=").map(String.init)
            try model.set(pair[0], to: pair[1])
        }
    }

    mutating func wait(_ seconds: Double) { time += Int64(seconds * 1_000_000) }

    /// What the model says of a packet that the rules pass, or do not.
    @discardableResult
    mutating func send(_ packet: Packet, isPassed: Bool = true) -> Tracked {
        var packet = packet
        time += 100
        packet.time = Instant(microseconds: time)
        let met = model.meet(packet)
        guard met.step == .askRules else { return met }
        if isPassed { return model.admit(packet, met, 7, StateOptions()) }
        model.refuse(packet, met)
        return met
    }

    func name(_ tracked: Tracked) -> String {
        tracked.state == nil ? "-" : model.phaseName(tracked.phase, ipProtocol: Entry.tcp)
    }
}

let client = Endpoint(Address(v4: 0x0A00_0001), 40_000)
let server = Endpoint(Address(v4: 0xC000_0201), 443)

func tcp(
    _ flags: TCPFlags, _ sequence: UInt32, _ ack: UInt32 = 0, window: UInt16 = 64240,
    length: UInt32 = 0, from source: Endpoint = client, to destination: Endpoint = server
) -> Packet {
    var packet = Packet()
    packet.source = source
    packet.destination = destination
    packet.ipProtocol = Entry.tcp
    packet.flags = flags
    packet.sequence = sequence
    packet.acknowledgement = ack
    packet.sackEdge = ack
    packet.window = window
    packet.length = length
    return packet
}

/// The same from the server.
func answer(
    _ flags: TCPFlags, _ sequence: UInt32, _ ack: UInt32 = 0, window: UInt16 = 64240,
    length: UInt32 = 0
) -> Packet {
    tcp(flags, sequence, ack, window: window, length: length, from: server, to: client)
}

private func udp(_ source: Endpoint, _ destination: Endpoint) -> Packet {
    var packet = Packet()
    packet.source = source
    packet.destination = destination
    packet.ipProtocol = Entry.udp
    packet.length = 40
    return packet
}

private func host(_ number: Int) -> Endpoint { Endpoint(Address(v4: UInt32(number)), 5000) }

@Suite struct NetfilterTableTests {
    @Test func aStateThatTheRulesBlockIsNeverMade() throws {
        var run = try NetfilterRun()
        let refused = run.send(tcp(.syn, 1000), isPassed: false)
        #expect(refused.kind == .new && refused.state == nil && run.model.stateCount == 0)
        #expect(run.send(answer([.syn, .ack], 5000, 1001)).kind == .invalid)
        let passed = run.send(tcp(.syn, 1000))
        #expect(passed.state != nil && passed.rule == 7 && run.model.stateCount == 1)
    }

    @Test func anExpiredStateMatchesNothing() throws {
        var run = try NetfilterRun("nf_conntrack_tcp_timeout_syn_sent=5")
        run.send(tcp(.syn, 1000))
        run.wait(5)
        let late = run.send(answer([.syn, .ack], 5000, 1001))
        #expect(late.kind == .invalid && late.reason == .noState)
        let ended = try #require(run.model.ended.first)
        #expect(ended.why == .expired && ended.source == client && ended.destination == server)
        #expect(ended.ended.since(ended.began) == 5_000_000)
        #expect(run.model.phaseName(ended.phase, ipProtocol: Entry.tcp) == "SYN_SENT")
    }

    @Test func expiredStatesAreSweptWithinAMinute() throws {
        var run = try NetfilterRun()
        for number in 0..<1000 { run.send(udp(host(number), server)) }
        #expect(run.model.stateCount == 1000 && run.model.statePeak == 1000)
        run.wait(91)
        for _ in 0..<5 { run.send(udp(host(2000), server)) }
        #expect(run.model.stateCount == 1)
        #expect(run.model.ended.count == 1000)
        #expect(run.model.ended.allSatisfy { $0.why == .expired })
    }

    @Test func aFullTableDropsWhatIsNotAssuredOrTheNewOne() throws {
        var run = try NetfilterRun("max=100", "buckets=64")
        for number in 0..<100 { run.send(udp(host(number), server)) }
        #expect(run.model.stateCount == 100)
        // Nobody is assured: one of them goes.
        #expect(run.send(udp(host(500), server)).kind == .new)
        #expect(run.model.stateCount == 100)
        #expect(run.model.ended.map(\.why) == [.evicted])

        var assured = try NetfilterRun("max=100", "buckets=64")
        for number in 0..<100 { assured.send(udp(host(number), server)) }
        for number in 0..<100 { assured.send(udp(server, host(number))) }
        assured.wait(3)
        for number in 0..<100 { assured.send(udp(host(number), server)) }
        let refused = assured.send(udp(host(500), server))
        #expect(refused.step == .block && refused.reason == .tableFull)
        // Known connections go on.
        #expect(assured.send(udp(host(5), server)).kind == .established)
        // Above 95 % the sweeper takes what is not assured; all are.
        #expect(assured.model.stateCount == 100 && assured.model.ended.isEmpty)
    }

    @Test func aTableWithoutALimitIsNeverFull() throws {
        var run = try NetfilterRun("max=0")
        for number in 0..<2000 { run.send(udp(host(number), server)) }
        #expect(run.model.stateCount == 2000)
    }

    @Test func timeThatRunsBackwardsStandsStill() throws {
        var run = try NetfilterRun()
        let opened = run.send(tcp(.syn, 1000))
        run.wait(-1000)
        let answered = run.send(answer([.syn, .ack], 5000, 1001))
        #expect(answered.kind == .established)
        #expect(answered.expiry.since(opened.expiry) == -60_000_000)
        var unknown = answer([.ack], 5001, 1001)
        unknown.time = .unknown
        #expect(run.model.meet(unknown).kind == .established)
    }

    // MARK: - What is not TCP

    @Test func udpBecomesAStreamAfterTwoSeconds() throws {
        var run = try NetfilterRun()
        let asked = run.send(udp(client, server))
        #expect(asked.kind == .new && asked.expiry.microseconds - run.time == 30_000_000)
        let answered = run.send(udp(server, client))
        #expect(answered.kind == .established)
        #expect(answered.expiry.microseconds - run.time == 30_000_000)
        run.wait(2.1)
        let stream = run.send(udp(client, server))
        #expect(stream.expiry.microseconds - run.time == 120_000_000)
        #expect(run.model.phaseName(stream.phase, ipProtocol: Entry.udp) == "ASSURED")
    }

    @Test func anErrorIsRelatedToThePacketItQuotes() throws {
        var run = try NetfilterRun()
        run.send(tcp(.syn, 1000))
        var error = Packet()
        error.source = Endpoint(Address(v4: 0x0808_0808), 0)
        error.destination = Endpoint(client.address, 0)
        error.ipProtocol = 1
        error.icmpType = 3
        error.form.insert(.quotes)
        error.quoted.source = client
        error.quoted.destination = server
        error.quoted.ipProtocol = Entry.tcp
        let related = run.send(error)
        #expect(related.kind == .related && run.name(related) == "SYN_SENT")
        error.destination.address = Address(v4: 0x0A00_0099)
        #expect(run.send(error).kind == .invalid)
        error.destination.address = client.address
        error.quoted.destination.port = 444
        #expect(run.send(error).kind == .invalid)
        #expect(run.model.stateCount == 1)
    }

    @Test func protocolsWithoutPortsAreOneConnection() throws {
        var run = try NetfilterRun()
        var packet = Packet()
        (packet.source, packet.destination) = (client, server)
        packet.ipProtocol = 50
        let first = run.send(packet)
        #expect(first.kind == .new && first.expiry.microseconds - run.time == 600_000_000)
        (packet.source, packet.destination) = (server, client)
        #expect(run.send(packet).kind == .established && run.model.stateCount == 1)
        packet.ipProtocol = 47
        #expect(run.send(packet).expiry.microseconds - run.time == 30_000_000)
        (packet.source, packet.destination) = (client, server)
        run.send(packet)
        #expect(run.send(packet).expiry.microseconds - run.time == 180_000_000)
    }
}
