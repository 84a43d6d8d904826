// How long a state model takes for a packet, and how much memory a state takes: 5 million packets
// of 500,000 connections, and a million states at once.
//
// Read first: nothing. `stray-track [PACKETS [STATES]]`; the packets' making is timed alone and
// taken off.

import Facts
import Glibc
import Policy
import Tracking

/// Makes the packets of many connections that go on side by side, ten packets each.
private struct Traffic {
    static let packetsEach = 10
    // So many connections are open at a time; the next begins when one is over.
    static let open = 50_000

    private var number = 0
    private var packet = Packet()
    let spacing: Int64

    init(spacing: Int64) { self.spacing = spacing }

    /// The packet of a connection at a step of its life.
    @inline(never)
    mutating func next() -> Packet {
        let (round, place) = (number / Traffic.open, number % Traffic.open)
        number += 1
        let step = (round + place) % Traffic.packetsEach
        let connection =
            UInt32(truncatingIfNeeded: (round + place) / Traffic.packetsEach)
            &* UInt32(Traffic.open) &+ UInt32(place)
        fill(connection, step)
        packet.time = Instant(microseconds: 1_790_000_000_000_000 + Int64(number) * spacing)
        return packet
    }

    mutating func open(_ connection: UInt32) -> Packet {
        fill(connection, 0)
        packet.time = Instant(microseconds: 1_790_000_000_000_000)
        return packet
    }

    private mutating func fill(_ connection: UInt32, _ step: Int) {
        let start = connection &* 2_654_435_761
        let client = Endpoint(
            Address(v4: 0x0A00_0000 | connection >> 10), UInt16(10_000 + connection & 1023))
        let server = Endpoint(Address(v4: 0xC000_0200 | connection & 255), 443)
        let isReply = [1, 4, 6, 8].contains(step)
        packet.source = isReply ? server : client
        packet.destination = isReply ? client : server
        packet.ipProtocol = Entry.tcp
        packet.window = 64_240
        packet.length = step == 3 || step == 5 ? 100 : 0
        packet.flags = step == 0 ? .syn : step == 1 ? [.syn, .ack] : .ack
        if step == 7 || step == 8 { packet.flags = [.fin, .ack] }
        let sent: UInt32 = step < 4 ? 1 : step < 6 ? 101 : step < 8 ? 201 : 202
        let data = packet.length
        if isReply {
            packet.sequence = start ^ 0x5555 &+ (step == 1 ? 0 : 1)
            packet.acknowledgement = start &+ sent
        } else {
            packet.sequence = step == 0 ? start : start &+ sent
            packet.acknowledgement = step == 0 ? 0 : start ^ 0x5555 &+ (step == 9 ? 2 : 1)
        }
        packet.sackEdge = packet.acknowledgement
        packet.length = data
    }
}

@main
struct Main {
    static func main() {
        let given = CommandLine.arguments.dropFirst().compactMap(Int.init)
        time(given.first ?? 5_000_000)
        weigh(given.dropFirst().first ?? 1_000_000)
        timeRouted(given.first ?? 5_000_000)
    }

    private static func time(_ packets: Int) {
        var best = (making: Double.infinity, all: Double.infinity)
        var told = ""
        for _ in 0..<3 {
            var traffic = Traffic(spacing: 200)
            var sum: UInt32 = 0
            let making = seconds {
                for _ in 0..<packets { sum &+= traffic.next().sequence }
            }
            var model = Netfilter()
            var classes = [Int](repeating: 0, count: StateClass.allCases.count)
            traffic = Traffic(spacing: 200)
            let all = seconds {
                // A replay reads ahead, and has the model fetch what it will need.
                var ring = [Packet](repeating: Packet(), count: 16)
                var hashes = [UInt64](repeating: 0, count: 16)
                for place in 0..<16 { ring[place] = traffic.next() }
                for number in 0..<packets {
                    let place = number & 15
                    let packet = ring[place]
                    ring[place] = traffic.next()
                    hashes[place] = expected(&model, ring[place])
                    model.expect(hashes[place], isNear: false)
                    model.expect(hashes[(number + 8) & 15], isNear: true)
                    let met = model.meet(packet)
                    classes[Int(met.kind.rawValue)] += 1
                    _ = model.admit(packet, met, 0, StateOptions())
                    model.ended.removeAll(keepingCapacity: true)
                }
            }
            best = (min(best.making, making), min(best.all, all))
            told = StateClass.allCases.map { "\($0.name) \(classes[Int($0.rawValue)])" }
                .joined(separator: ", ")
            told += "; peak \(model.statePeak) states; \(sum & 1)"
        }
        let each = (best.all - best.making) / Double(packets) * 1e9
        print(
            "netfilter: \(Int(each)) ns of the processor for each of \(packets) packets (\(told))")
    }

    private static func weigh(_ states: Int) {
        let before = residentBytes()
        var model = Netfilter()
        set(&model, "max", "0")
        var traffic = Traffic(spacing: 0)
        for number in 0..<states {
            let packet = traffic.open(UInt32(number))
            _ = model.admit(packet, model.meet(packet), 0, StateOptions())
        }
        let each = Double(peakBytes() - before) / Double(model.stateCount)
        let count = model.stateCount
        print("netfilter: \(Int(each.rounded())) bytes for each of \(count) states, at the peak")
    }

    private static func set(_ model: inout Netfilter, _ name: String, _ value: String) {
        do throws(SettingFault) {
            try model.set(name, to: value)
        } catch {
            fatalError("\(name): \(error)")
        }
    }

    /// Of the processor, which others may be using too.
    private static func seconds(_ work: () -> Void) -> Double {
        let before = processorSeconds()
        work()
        return processorSeconds() - before
    }

    private static func processorSeconds() -> Double {
        var now = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now)
        return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
    }

    /// What the process holds now, of /proc/self/statm.
    private static func residentBytes() -> Int { status("VmRSS:") }
    private static func peakBytes() -> Int { status("VmHWM:") }

    private static func status(_ name: String) -> Int {
        guard let file = fopen("/proc/self/status", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        while fgets(&line, 256, file) != nil {
            let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
            if text.hasPrefix(name) {
                return
                    (text.split(separator: " ").dropFirst().first.flatMap { Int($0) }
                    ?? text.split { !$0.isNumber }.first.flatMap { Int($0) } ?? 0) * 1024
            }
        }
        return 0
    }
}

/// What the model will look for; nothing where it looks for nothing.
func expected<Model: StateModel>(_ model: inout Model, _ packet: Packet) -> UInt64 {
    model.expected(packet.source, packet.destination, packet.ipProtocol, packet.direction) ?? 0
}
