// A batch: many conversations side by side, a packet of each in every round, and what the model
// says of each. The kernel is asked once a round, so that a million packets take a minute.
//
// Read first: `Conversation`; Lab/differential, which sends what this makes.

import Bytes
import Captures
import Facts
import Policy
import Tracking

/// What stands in the table for a conversation.
struct Expected {
    var phase: UInt8
    var marks: UInt8
    var seconds: UInt32
    /// The round in which the timer was armed.
    var round: UInt16
    var openerIsClient: Bool
}

struct Batch {
    let settings: [String]
    let pauses: Set<Int>
    let rounds: Int
    private var conversations: [Conversation] = []
    private var random: SplitMix64
    private var model = Netfilter()
    private var table: [Expected?]
    /// When each round begins. A round takes a millisecond, and pauses whole seconds, so that the
    /// thousandths of an expiry tell the round.
    private var times: [Int64] = []
    private var time: Int64 = 1_790_000_000_000_000

    static let pauseSeconds = 3

    init(seed: UInt64, conversations count: Int, kernel: String) {
        random = SplitMix64(seed: seed)
        let isMixed = random.chance(0.2)
        // Nothing may happen near the times that pass: 3 s and 6 s.
        settings = isMixed ? Batch.short(&random) : Batch.lasting(&random)
        rounds = isMixed ? 9 : 24
        pauses = isMixed ? [3, 6] : []
        table = Array(repeating: nil, count: count)
        for number in 0..<count {
            conversations.append(Conversation(UInt16(number), &random, isMixed: isMixed))
        }
        for setting in settings + ["kernel=\(kernel)"] {
            let pair = setting.split(separator: "=").map(String.init)
            do throws(SettingFault) {
                try model.set(pair[0], to: pair[1])
            } catch {
                fatalError("\(setting): \(error)")
            }
        }
    }

    private static func lasting(_ random: inout SplitMix64) -> [String] {
        let choices: [[String]] = [
            [], [], [], [], ["tcp_be_liberal=1"], ["tcp_loose=0"], ["tcp_ignore_invalid_rst=1"],
            ["tcp_max_retrans=0"], ["tcp_max_retrans=1"], ["tcp_loose=0", "tcp_be_liberal=1"],
            ["tcp_timeout_established=250", "tcp_timeout_unacknowledged=400"],
            ["tcp_timeout_unacknowledged=100", "tcp_timeout_max_retrans=90", "tcp_max_retrans=1"],
        ]
        return random.pick(choices)
    }

    private static func short(_ random: inout SplitMix64) -> [String] {
        let names = [
            "tcp_timeout_syn_sent", "tcp_timeout_syn_recv", "tcp_timeout_established",
            "tcp_timeout_fin_wait", "tcp_timeout_close_wait", "tcp_timeout_last_ack",
            "tcp_timeout_time_wait", "tcp_timeout_close", "tcp_timeout_unacknowledged",
            "tcp_timeout_max_retrans", "udp_timeout", "udp_timeout_stream", "icmp_timeout",
            "icmpv6_timeout",
        ]
        return names.map { "\($0)=\(random.pick([2, 4, 5, 8, 60]))" }
    }

    // MARK: - A round

    /// Appends a round to the output.
    mutating func play(_ round: Int, into out: inout [UInt8]) {
        if pauses.contains(round) { time += Int64(Batch.pauseSeconds) * 1_000_000 }
        time += 1000
        times.append(time)
        out += [0x52] + big(UInt16(pauses.contains(round) ? Batch.pauseSeconds * 1000 : 0))
        out += big(UInt16(conversations.count))
        for number in conversations.indices {
            let (side, bytes) = conversations[number].next(&random)
            let kind = judge(bytes, number)
            out += big(UInt16(number)) + [side.rawValue] + big(UInt16(bytes.count))
            out += [kind] + words(table[number]) + bytes
        }
    }

    private func words(_ expected: Expected?) -> [UInt8] {
        guard let expected else { return [255, 0, 0, 0, 0, 0, 0, 0, 0] }
        return [expected.phase, expected.marks] + big(expected.seconds) + big(expected.round)
            + [expected.openerIsClient ? 1 : 0]
    }

    /// The class of a packet; notes what stands in the table after it.
    private mutating func judge(_ bytes: [UInt8], _ number: Int) -> UInt8 {
        guard var packet = read(bytes) else { return 254 }
        packet.time = Instant(microseconds: time)
        let met = model.meet(packet)
        let tracked = met.step == .askRules ? model.admit(packet, met, nil, StateOptions()) : met
        model.ended.removeAll(keepingCapacity: true)
        if let state = tracked.state {
            let left = tracked.expiry.microseconds - times[0]
            let round = Int(left % 1_000_000 / 1000)
            let opener = model.opener(state).address
            table[number] = Expected(
                phase: packet.isTCP || packet.form.contains(.quotes)
                    ? UInt8(tracked.phase & 15) : 0,
                marks: UInt8(tracked.phase >> 8),
                seconds: UInt32((tracked.expiry.microseconds - times[round]) / 1_000_000),
                round: UInt16(round), openerIsClient: isClient(opener))
        } else if tracked.kind != .invalid && tracked.kind != .untracked {
            table[number] = nil
        }
        forgetExpired(number)
        return met.step == .block ? 253 : tracked.kind.rawValue
    }

    private func isClient(_ address: Address) -> Bool {
        address == Address(v4: 0x0A09_0002) || address.high == 0xFD09 << 48
    }

    private mutating func forgetExpired(_ number: Int) {
        guard let known = table[number] else { return }
        if times[Int(known.round)] + Int64(known.seconds) * 1_000_000 <= time {
            table[number] = nil
        }
    }

    /// The packet as the program reads it from a capture.
    private mutating func read(_ bytes: [UInt8]) -> Packet? {
        // A pcap file of raw IP packets (LINKTYPE_RAW) with one record.
        var file: [UInt8] = [0xA1, 0xB2, 0xC3, 0xD4, 0, 2, 0, 4] + [UInt8](repeating: 0, count: 8)
        file += big(UInt32(65535)) + big(UInt32(101))
        file += [UInt8](repeating: 0, count: 8)
        file += big(UInt32(bytes.count)) + big(UInt32(bytes.count)) + bytes
        let count = file.count
        file += [UInt8](repeating: 0, count: blockPadding)
        var reader = CaptureReader()
        var packet = Packet()
        var offset = 0
        let span = file.span
        let found = reader.next(
            span.bytes, &offset, count: count, isLast: true, into: &packet)
        return found == .entry ? packet : nil
    }
}
