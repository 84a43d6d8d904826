// How far the clock of one input is from that of another, by the packets that both tell of.
// Read `SamePacket` first.
//
// A packet is known again without regard to time: by its ends, flags and sequence number, or its
// IP identification. So a clock that is off by whole hours (a log in local time read as UTC) shows
// as well as one that is off by a second.
//
// What cannot be told: the offset of an input that shares fewer than three such packets with
// others, a clock that drifts or was set while the input was written, and one more than a minute off
// where only SYNs are shared. Then times stay as they are.

import Bytes
import Facts

/// The packets of one input that can be known again, and when each was told of.
public struct ClockPrints: Sendable {
    // Limit: prints kept of one input. Where there are more, those with the smallest hashes are
    // kept, which are the same packets in every input.
    public static let countMax = 1 << 16
    /// So many packets that two inputs share make an estimate.
    public static let matchesMin = 3
    /// Their differences may lie so far apart: whole-second stamps and slow loggers.
    static let spreadMax: Int64 = 2_000_000
    // Zones differ by quarters of an hour (tz database: Asia/Kathmandu, +05:45).
    static let zoneStep: Int64 = 900_000_000

    // A scanner sends the very same SYN again an hour later (zmap and masscan make the sequence
    // number, and masscan the identification too, from the address): past this they are not
    // counted. No stack keeps on sending one packet for a minute.
    static let nearMax: Int64 = 60_000_000

    // By the hash of a packet; its lowest bit says that it is a lone SYN.
    private var times: [UInt64: Int64] = [:]
    private var limit = UInt64.max
    private var resolution: Int64 = 1_000_000

    public init() {}

    public var count: Int { times.count }

    /// Notes an entry; `among`: only if one of these knows it too (nil: in any case).
    public mutating func add(_ entry: Entry, among others: [ClockPrints]? = nil) {
        guard entry.time.isKnown, Sighting.isPacket(entry), entry.known.contains(.ports) else {
            return
        }
        resolution = min(resolution, stampResolution(entry.time))
        if entry.known.contains(.sequence), entry.ipProtocol == Entry.tcp {
            add(ClockPrints.mark(entry, 1, UInt64(entry.sequence)), entry.time, others)
        }
        if entry.known.contains(.ipID), entry.ipID != 0 {
            add(ClockPrints.mark(entry, 2, UInt64(entry.ipID)), entry.time, others)
        }
    }

    private static func mark(_ entry: Entry, _ kind: UInt64, _ number: UInt64) -> UInt64 {
        let ports = UInt64(entry.source.port) << 16 | UInt64(entry.destination.port)
        let flags = UInt64(entry.hasTCPFlags ? entry.flags.rawValue : 0)
        let source = Bytes.hash(entry.source.address.high, entry.source.address.low, number)
        let destination = Bytes.hash(
            entry.destination.address.high, entry.destination.address.low, ports)
        let all = Bytes.hash(
            source, destination, kind << 48 | UInt64(entry.ipProtocol) << 40 | flags)
        return all & ~1 | (entry.hasTCPFlags && entry.flags.opens ? 1 : 0)
    }

    private mutating func add(_ print: UInt64, _ time: Instant, _ others: [ClockPrints]?) {
        guard print <= limit else { return }
        if let others, !others.contains(where: { $0.times[print] != nil }) { return }
        if let before = times[print] {
            // Told of again at once (another interface) it is the same; later it was sent again,
            // and tells nothing of clocks.
            let isSame = before != .min && abs(time.microseconds &- before) <= Sighting.slack
            if !isSame { times[print] = .min }
            return
        }
        times[print] = time.microseconds
        while times.count > ClockPrints.countMax {
            limit /= 2
            let kept = limit
            times = times.filter { $0.key <= kept }
        }
    }

    /// Microseconds by which this clock is ahead of another; nil when nothing tells.
    public func ahead(of other: ClockPrints) -> Int64? {
        guard let offset = estimate(other, withSYNs: true) else { return nil }
        return abs(offset) <= ClockPrints.nearMax ? offset : estimate(other, withSYNs: false)
    }

    // The differences lie in a heap about the offset, but for a few by chance (an identification
    // used again). So: the most crowded stretch, if most of them lie in it, and its median.
    private func estimate(_ other: ClockPrints, withSYNs: Bool) -> Int64? {
        var all: [Int64] = []
        for (print, time) in times where time != .min && (withSYNs || print & 1 == 0) {
            guard let theirs = other.times[print], theirs != .min else { continue }
            all.append(time &- theirs)
        }
        all.sort()
        var best = 0..<0
        var end = 0
        for start in all.indices {
            while end < all.count, all[end] &- all[start] <= ClockPrints.spreadMax { end += 1 }
            if end - start > best.count { best = start..<end }
        }
        guard best.count >= ClockPrints.matchesMin, best.count * 2 > all.count else { return nil }
        let middle = all[best.lowerBound + best.count / 2]
        // A stamp is the start of its second: on the average its packet came half of one later.
        return settled(middle + (resolution - other.resolution) / 2, other)
    }

    /// What an estimate comes to: nothing, where the stamps are no finer; whole quarters of an
    /// hour, where it is those.
    private func settled(_ offset: Int64, _ other: ClockPrints) -> Int64 {
        let blur = max(resolution, other.resolution) / 2 + Sighting.slack
        let half = ClockPrints.zoneStep / 2
        let steps = (offset + (offset < 0 ? -half : half)) / ClockPrints.zoneStep
        let whole = steps * ClockPrints.zoneStep
        return abs(offset - whole) <= blur ? whole : offset
    }
}

/// How fine a stamp is: as far as it shows, a second, a millisecond or a microsecond.
func stampResolution(_ time: Instant) -> Int64 {
    if time.microseconds % 1_000_000 == 0 { return 1_000_000 }
    return time.microseconds % 1000 == 0 ? 1000 : 1
}

/// The offsets of several inputs' clocks against the first one's, in microseconds; nil where
/// nothing tells. An input that shares no packets with the first is set by another one that does.
public func clockOffsets(_ prints: [ClockPrints]) -> [Int64?] {
    var offsets: [Int64?] = prints.map { _ in nil }
    guard !prints.isEmpty else { return offsets }
    offsets[0] = 0
    var hasChanged = true
    while hasChanged {
        hasChanged = false
        for place in prints.indices where offsets[place] == nil {
            for (other, known) in offsets.enumerated() {
                guard let known, let ahead = prints[place].ahead(of: prints[other]) else {
                    continue
                }
                offsets[place] = known + ahead
                hasChanged = true
                break
            }
        }
    }
    return offsets
}
