// What became of every line: read, skipped as another program's, or rejected with a sample.

import Bytes
import Facts

/// A line that was rejected, kept as an example.
public struct Rejected: Equatable, Sendable {
    public var line: Int
    public var damage: Damage
    /// The line's first bytes, not yet made safe to show.
    public var sample: [UInt8]
}

public struct Tally: Equatable, Sendable {
    // Limit: how many rejected lines are kept as examples, and how much of each.
    public static let samplesMax = 3
    public static let sampleBytesMax = 160

    public var lines = 0
    public var entries = 0
    /// Those among them that are not the first of their line.
    public var furtherEntries = 0
    /// Lines of other programs, and lines of a known dialect that tell of no packet.
    public var skipped = 0
    /// Lines that belong to the entry before them: pfctl -vv prints three below each state.
    public var continued = 0
    public var rejected = 0
    public var samples: [Rejected] = []
    public var from: Instant = .unknown
    public var to: Instant = .unknown
    /// Entries of each dialect, by `DialectID.rawValue`.
    public var byDialect: [Int] = Array(repeating: 0, count: DialectID.allCases.count)

    public init() {}

    /// Counts an entry. Its parts, since the whole of it would be copied to be handed in.
    @inlinable @inline(__always)
    public mutating func count(_ dialect: DialectID, at time: Instant) {
        entries &+= 1
        byDialect[Int(dialect.rawValue)] &+= 1
        guard time.isKnown else { return }
        if !from.isKnown || time < from { from = time }
        if !to.isKnown || to < time { to = time }
    }

    /// Widens the span of times by one that was learnt after its entry was counted.
    mutating func noteTime(_ time: Instant) {
        if !from.isKnown || time < from { from = time }
        if !to.isKnown || to < time { to = time }
    }

    /// Counts an entry that is not the first of its line.
    mutating func countFurther(_ dialect: DialectID, at time: Instant) {
        count(dialect, at: time)
        furtherEntries += 1
    }

    public mutating func reject(_ damage: Damage, _ line: borrowing Line) {
        rejected += 1
        guard samples.count < Tally.samplesMax else { return }
        let end = min(line.end, line.start + Tally.sampleBytesMax)
        samples.append(
            Rejected(line: lines, damage: damage, sample: line.copy(Field(line.start, end))))
    }

    /// The same for what is no line: the sample is made to be read.
    public mutating func reject(_ damage: Damage, sample: @autoclosure () -> [UInt8]) {
        rejected += 1
        guard samples.count < Tally.samplesMax else { return }
        samples.append(Rejected(line: lines, damage: damage, sample: sample()))
    }

    /// Adds the tally of what follows in the same input.
    public mutating func merge(_ later: Tally) {
        for sample in later.samples where samples.count < Tally.samplesMax {
            var moved = sample
            moved.line += lines
            samples.append(moved)
        }
        lines += later.lines
        entries += later.entries
        furtherEntries += later.furtherEntries
        skipped += later.skipped
        continued += later.continued
        rejected += later.rejected
        for index in byDialect.indices { byDialect[index] += later.byDialect[index] }
        if later.from.isKnown, !from.isKnown || later.from < from { from = later.from }
        if later.to.isKnown, !to.isKnown || to < later.to { to = later.to }
    }

    /// The dialect most entries are of.
    public var mainDialect: DialectID {
        var best = DialectID.unknown
        for id in DialectID.allCases
        where byDialect[Int(id.rawValue)] > byDialect[Int(best.rawValue)] {
            best = id
        }
        return best
    }
}
