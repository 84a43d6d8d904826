// The log lines that replays write are read back by the dialects, field for field.

import Bytes
import Dialects
import Facts
import Policy
import Replay
import Reports
import TestSupport
import Testing
import Tracking

/// Reads one line; nil when it is no entry.
private func readBack(_ line: [UInt8]) -> (entry: Entry, names: Names)? {
    var reader = LineReader(
        clock: Clock(zone: .utc, yearRule: .writtenUpTo(Instant(seconds: 1_796_000_000))))
    let padded = line + [UInt8](repeating: 0, count: blockPadding)
    var entry = Entry()
    let span = padded.span
    var lines = LineSplitter(span.bytes, from: 0, count: line.count)
    guard lines.next(startingBefore: line.count) else { return nil }
    let one = Line(span.bytes, from: lines.line.start, to: lines.line.end)
    guard reader.read(one, into: &entry) else { return nil }
    return (entry, reader.context.names)
}

private func write(
    _ form: LogForm, _ packet: Packet, _ verdict: Verdict, names: Names = Names()
) -> [UInt8] {
    var out = ByteWriter()
    LogWriter(form, zone: .utc).put(
        packet, verdict, .standard(StandardRules()), names: names, to: &out)
    return out.bytes
}

private func blocked() -> Verdict {
    var verdict = Verdict()
    verdict.passes = false
    verdict.kind = .new
    verdict.reason = .match
    verdict.rule = StandardRules.deny
    verdict.isLogged = true
    return verdict
}

/// Packets of every protocol, with numbers of every size.
private func packet(_ random: inout Seeded) -> Packet {
    var packet = Packet()
    packet.time = Instant(microseconds: 1_795_089_600_000_000 + Int64(random.next() % 1 << 40))
    let isV6 = random.once(in: 3)
    func address(_ random: inout Seeded) -> Address {
        isV6
            ? Address(high: 0x2001_0DB8_0000_0000 | random.next() >> 40, low: random.next())
            : Address(v4: UInt32(truncatingIfNeeded: random.next()))
    }
    packet.source = Endpoint(address(&random), UInt16(truncatingIfNeeded: random.next()))
    packet.destination = Endpoint(address(&random), UInt16(truncatingIfNeeded: random.next()))
    packet.ttl = UInt8(truncatingIfNeeded: random.next())
    packet.ipID = isV6 ? 0 : UInt16(truncatingIfNeeded: random.next())
    packet.direction = random.once(in: 2) ? .inward : .outward
    packet.ipProtocol = random.pick([6, 6, 6, 17])
    packet.length = UInt32(random.next() % 1400)
    packet.ipLength = packet.length + (packet.isTCP ? 20 : 8)
    if !isV6, random.once(in: 2) { packet.form.insert(.dontFragment) }
    guard packet.isTCP else { return packet }
    packet.flags = TCPFlags(rawValue: UInt8(truncatingIfNeeded: random.next()))
    packet.sequence = UInt32(truncatingIfNeeded: random.next())
    packet.acknowledgement = UInt32(truncatingIfNeeded: random.next())
    packet.window = UInt16(truncatingIfNeeded: random.next())
    packet.options = TCPOptions(rawValue: UInt8(random.next() % 128))
    return packet
}

@Suite struct LogLineTests {
    @Test func filterlogIsReadBackFieldByField() throws {
        var random = Seeded()
        var names = Names()
        let interface = names.keep("igb1")
        for _ in 0..<3000 {
            var packet = packet(&random)
            packet.interface = interface
            let line = write(.filterlog, packet, blocked(), names: names)
            let shown = String(decoding: line, as: UTF8.self)
            let (entry, read) = try #require(readBack(line), "\(shown)\(random)")
            #expect(entry.dialect == .pfFilterlog && entry.action == .block)
            #expect(entry.time == packet.time && entry.direction == packet.direction)
            #expect(entry.source == packet.source && entry.destination == packet.destination)
            #expect(entry.ipProtocol == packet.ipProtocol && entry.length == packet.length)
            #expect(entry.ttl == packet.ttl && entry.ipID == packet.ipID, "\(shown)\(random)")
            #expect(read.text(entry.interface) == "igb1" && entry.reason == .match)
            let tracker = packet.isV6 ? 105 : 103
            let shift = packet.direction == .outward ? 1 : 0
            #expect(read.text(entry.rule) == "1000000\(tracker + shift)")
            guard packet.isTCP else { continue }
            #expect(entry.flags == packet.flags, "\(shown)\(random)")
            #expect(entry.window == UInt32(packet.window) && entry.options == packet.options)
            if entry.known.contains(.sequence) { #expect(entry.sequence == packet.sequence) }
            #expect(
                entry.known.contains(.sequence)
                    == (packet.length > 0 || !packet.flags.isDisjoint(with: [.syn, .fin, .rst])))
            #expect(entry.known.contains(.acknowledgement) == packet.flags.contains(.ack))
            if packet.flags.contains(.ack) {
                #expect(entry.acknowledgement == packet.acknowledgement)
            }
        }
    }

    @Test func netfilterIsReadBack() throws {
        var random = Seeded()
        var names = Names()
        let interface = names.keep("eth0")
        for _ in 0..<2000 {
            var packet = packet(&random)
            packet.interface = interface
            packet.macSource = 0x0200_0000_000A
            packet.macDestination = 0x0200_0000_000B
            var verdict = blocked()
            if random.once(in: 2) { verdict.kind = .invalid }
            let line = write(.netfilter, packet, verdict, names: names)
            let shown = String(decoding: line, as: UTF8.self)
            let (entry, read) = try #require(readBack(line), "\(shown)\(random)")
            #expect(entry.dialect == .netfilter && entry.action == .block, "\(shown)")
            #expect(entry.time == packet.time && entry.direction == packet.direction)
            #expect(entry.source == packet.source && entry.destination == packet.destination)
            #expect(read.text(entry.interface) == "eth0" && entry.ttl == packet.ttl)
            #expect(entry.macSource == packet.macSource)
            #expect((entry.reason == .invalid) == (verdict.kind == .invalid), "\(shown)")
            guard packet.isTCP else { continue }
            #expect(entry.flags == packet.flags && entry.sequence == packet.sequence)
            #expect(entry.acknowledgement == packet.acknowledgement)
            #expect(entry.window == UInt32(packet.window))
        }
    }

    @Test func forcepointSaysItsSentence() throws {
        var packet = Packet()
        packet.time = Instant(seconds: 1_795_089_600)
        packet.source = Endpoint(Address(v4: 0xC633_6406), 443)
        packet.destination = Endpoint(Address(v4: 0x0A00_0005), 40000)
        packet.ipProtocol = 6
        packet.flags = [.fin, .ack]
        packet.direction = .inward
        let line = write(.forcepoint, packet, blocked())
        #expect(
            String(decoding: line, as: UTF8.self).contains("msg=Not a Valid SYN Packet [FA]"))
        let (entry, _) = try #require(readBack(line))
        #expect(entry.dialect == .forcepoint && entry.reason == .noState)
        #expect(entry.flags == [.fin, .ack] && entry.source == packet.source)
        #expect(entry.time == packet.time && entry.isStray)
    }

    @Test func pfLogsWhatRulesDecidedAndNotWhatStatesRefused() {
        var packet = Packet()
        packet.source.address = Address(v4: 1)
        packet.destination.address = Address(v4: 2)
        packet.ipProtocol = 6
        packet.flags = .ack
        var verdict = blocked()
        #expect(!write(.filterlog, packet, verdict).isEmpty)
        for reason: Reason in [.stateMismatch, .normalize, .badTimestamp] {
            verdict.reason = reason
            #expect(write(.filterlog, packet, verdict).isEmpty, "\(reason)")
        }
        // Always logged, whatever the rule: charged to the default rule, −1.
        verdict.reason = .short
        verdict.rule = nil
        verdict.isLogged = false
        let short = String(decoding: write(.filterlog, packet, verdict), as: UTF8.self)
        #expect(short.contains(" 4294967295,,,0,,short,block,in,4,"))
        // The rule's own action: pass, of a packet that a limit dropped.
        verdict = blocked()
        verdict.reason = .stateLimit
        let limit = String(decoding: write(.filterlog, packet, verdict), as: UTF8.self)
        #expect(limit.contains(",state-limit,pass,"))
        for course: Verdict.Course in [.held, .again, .neverSeen] {
            verdict.course = course
            #expect(write(.filterlog, packet, verdict).isEmpty)
            #expect(write(.netfilter, packet, verdict).isEmpty)
        }
    }
}
