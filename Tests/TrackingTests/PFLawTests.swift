// What must hold whatever comes: nothing traps, counts agree, states stay bounded, and who looks at
// less accepts more.

import Facts
import Policy
import TestSupport
import Testing

@testable import Tracking

/// Debug builds are slow: they see a few packets, release builds many.
private let isDebug: Bool = {
    var isDebug = false
    assert(
        {
            isDebug = true
            return true
        }())
    return isDebug
}()

/// Packets between few ends, so that they meet: mostly TCP, with numbers near each other or not.
private struct Storm {
    var random = Seeded()
    var time = PFWire.start
    private var starts: [UInt32] = []

    init() { starts = (0..<4).map { _ in UInt32.random(in: 0 ... .max, using: &random) } }

    mutating func next() -> Packet {
        var packet = Packet()
        let jumps: [Int64] = [0, 1, 1000, 50_000, 1_000_000, 40_000_000, 400_000_000, -70_000_000]
        time += random.pick(jumps)
        if random.once(in: 5000) { time += 90_000_000_000 }
        packet.time = random.once(in: 500) ? .unknown : Instant(microseconds: time)
        let ends = [Int.random(in: 0..<3, using: &random), Int.random(in: 0..<3, using: &random)]
        let isV6 = random.once(in: 8)
        func end(_ number: Int) -> Endpoint {
            let address =
                isV6
                ? Address(high: 0x2001_0DB8 << 32, low: UInt64(number))
                : Address(v4: 0x0A00_0000 | UInt32(number))
            return Endpoint(address, UInt16(number + 1))
        }
        packet.source = end(ends[0])
        packet.destination = end(ends[1])
        packet.ipProtocol = random.pick([6, 6, 6, 6, 6, 17, 1, 58, 47, 132, 0, 255])
        packet.direction = random.pick([.inward, .outward, .inward, .outward, .unknown])
        packet.interface = Name(hash: UInt64.random(in: 0...2, using: &random))
        packet.flags = TCPFlags(
            rawValue: random.once(in: 3)
                ? UInt8.random(in: 0 ... .max, using: &random)
                : random.pick([0x02, 0x12, 0x10, 0x18, 0x11, 0x04, 0x14]))
        let near: [UInt32] = [0, 1, 2, 1460, 65535, 67035, 67036, 1 << 20, 1 << 31]
        let sign: UInt32 = random.once(in: 2) ? 1 : .max
        packet.sequence = starts[ends[0]] &+ random.pick(near) &* sign
        packet.acknowledgement = starts[ends[1]] &+ random.pick(near) &* sign
        packet.length = random.pick([0, 0, 1, 1460, 65535, .max])
        packet.window = random.pick([0, 1, 1000, .max])
        packet.options = TCPOptions(rawValue: UInt8.random(in: 0 ... .max, using: &random))
        packet.windowScale = random.pick([0, 1, 7, 14, 15, 255])
        packet.timestampValue = random.pick([0, 1, 1000, .max])
        packet.timestampEcho = random.pick([0, 1, 1000, .max])
        packet.icmpType = random.pick([0, 3, 5, 8, 11, 13, 14, 128, 129, 1, 2, 255])
        if random.once(in: 10) {
            packet.form = PacketForm(rawValue: UInt32.random(in: 0..<4096, using: &random))
        }
        if random.once(in: 4) {
            packet.form.insert(.quotes)
            packet.quoted.source = packet.destination
            packet.quoted.destination = packet.source
            packet.quoted.ipProtocol = random.pick([6, 17, 1, 58, 47])
            packet.quoted.sequence = packet.sequence
            packet.quoted.icmpType = packet.icmpType
        }
        return packet
    }

    mutating func options() -> StateOptions {
        var options = StateOptions()
        options.kind = random.pick([.none, .keep, .keep, .modulate, .synproxy, .sloppy])
        options.binding = random.pick([.inherited, .floating, .ifBound])
        options.max = random.pick([0, 0, 3])
        if random.once(in: 3) {
            options.timeouts = [
                .init("adaptive.start", 2), .init("adaptive.end", 6), .init("tcp.first", 7),
            ]
        }
        options.allowsOptions = random.once(in: 2)
        return options
    }
}

@Suite struct PFLawTests {
    /// Of every state that was made its end is told, or it is there; the limit is a limit.
    @Test(arguments: ["freebsd", "openbsd", "pfsense", "opnsense"])
    func aStormOfPacketsKeepsTheCountsRight(_ system: String) throws {
        var storm = Storm()
        var pf = PF()
        try pf.set("system", to: system)
        try pf.set("limit.states", to: "40")
        try pf.set("reassemble-tcp", to: storm.random.once(in: 2) ? "on" : "off")
        if storm.random.once(in: 2) {
            try pf.set("adaptive.start", to: "5")
            try pf.set("adaptive.end", to: "30")
        }
        let rules = (0..<8).map { _ in storm.options() }
        var made = 0
        var gone = 0
        for _ in 0..<(isDebug ? 6000 : 200_000) {
            let packet = storm.next()
            let before = pf.stateCount
            pf.ended.removeAll(keepingCapacity: true)
            var tracked = pf.meet(packet)
            if tracked.step == .askRules {
                let rule = Int.random(in: 0..<9, using: &storm.random)
                if rule == 8 {
                    pf.refuse(packet, tracked)
                } else {
                    tracked = pf.admit(packet, tracked, rule, rules[rule])
                    #expect(tracked.step != .askRules)
                }
            }
            gone += pf.ended.count
            let fresh = pf.stateCount - before + pf.ended.count
            try #require(fresh == 0 || fresh == 1, "\(storm.random)")
            made += fresh
            try #require(pf.stateCount == made - gone && pf.stateCount <= 40, "\(storm.random)")
            let bound = pf.boundCount
            try #require(bound >= 0 && bound <= pf.stateCount, "\(storm.random)")
            try #require(
                pf.terms.reduce(0) { $0 + $1.count } == pf.stateCount
                    && pf.terms.allSatisfy { $0.count >= 0 }, "\(storm.random)")
            if let number = tracked.state {
                try #require(tracked.step == .block || pf.states.isLive(number))
                _ = pf.phaseName(tracked.phase, ipProtocol: packet.ipProtocol)
            }
        }
        #expect(made > 50, "\(storm.random)")
        // In the end all of them go.
        pf.advance(to: Instant(microseconds: storm.time + 1_000_000_000_000_000))
        #expect(pf.stateCount == 0, "\(storm.random)")
    }

    /// What full tracking accepts of a connection, sloppy tracking accepts too.
    @Test func sloppyAcceptsAllThatFullTrackingDoes() throws {
        for _ in 0..<(isDebug ? 40 : 2000) {
            var storm = Storm()
            var full = PFWire()
            var sloppy = PFWire()
            sloppy.options.kind = .sloppy
            full.open()
            sloppy.open()
            for _ in 0..<40 {
                var packet = storm.next()
                let isBack = storm.random.once(in: 2)
                let base = full.tcp(isBack ? .server : .client, "A", seq: 1, ack: 1)
                packet.ipProtocol = Entry.tcp
                packet.source = base.source
                packet.destination = base.destination
                packet.direction = base.direction
                packet.interface = base.interface
                packet.form = []
                packet.length &= 0xFFFF
                packet.sequence = base.sequence &+ (packet.sequence & 0x1_FFFF)
                packet.acknowledgement = base.acknowledgement &+ (packet.acknowledgement & 0xFFF)
                // A new opening is another connection.
                if packet.flags.contains(.syn) { packet.flags = .ack }
                packet.time = base.time
                let strict = full.pf.meet(packet)
                let loose = sloppy.pf.meet(packet)
                try #require(
                    strict.step != .pass || loose.step == .pass, "\(storm.random)")
            }
        }
    }

    /// The wheel and a look at every state agree on who goes, also while timeouts shrink.
    @Test func theSweepMissesNobody() throws {
        for _ in 0..<(isDebug ? 5 : 100) {
            var storm = Storm()
            var wire = PFWire(("adaptive.start", "20"), ("adaptive.end", "60"))
            for _ in 0..<400 {
                wire.wait(Double.random(in: 0...8, using: &storm.random))
                wire.client.port = UInt16.random(in: 1...90, using: &storm.random)
                wire.send(.client, "S")
                let now = Int64(wire.seconds * 1_000_000) + PFWire.start
                // A round and a tick of the wheel after its time nobody is left.
                for number in wire.pf.states.numbers where wire.pf.states.isLive(number) {
                    let expiry = wire.pf.expiry(number).microseconds
                    if expiry < now - 10_200_000 {
                        // Its time was longer when the sweep came by: fewer states were there.
                        let seconds = wire.pf.terms[0].seconds(.tcpFirst, states: 20)
                        let unscaled =
                            wire.pf.states[number].renewed.microseconds + seconds * 1_000_000
                        try #require(unscaled > now - 10_200_000, "\(storm.random)")
                    }
                }
            }
        }
    }

    @Test func aStormBreaksForcepointNeither() throws {
        for mode in ["off", "loose", "normal", "strict"] {
            var storm = Storm()
            var model = Forcepoint()
            try model.set("connection-tracking", to: mode)
            try model.set("tcp-proxy", to: storm.random.once(in: 2) ? "on" : "off")
            var rules = (0..<4).map { _ in storm.options() }
            rules[0].timeouts = [.init("idle", 3)]
            rules[1].kind = .sloppy
            var made = 0
            var gone = 0
            for _ in 0..<(isDebug ? 4000 : 100_000) {
                let packet = storm.next()
                let before = model.stateCount
                model.ended.removeAll(keepingCapacity: true)
                let tracked = model.meet(packet)
                if tracked.step == .askRules {
                    _ = model.admit(packet, tracked, 1, storm.random.pick(rules))
                }
                gone += model.ended.count
                made += model.stateCount - before + model.ended.count
                try #require(model.stateCount == made - gone, "\(storm.random)")
            }
            #expect(made > 50, "\(storm.random)")
        }
    }
}
