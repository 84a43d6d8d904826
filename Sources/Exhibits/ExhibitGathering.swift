// Gathers the exhibits of findings from the entries, in a second reading.
//
// Read first: `Exhibits`. The entries come with the finding that each blocked one belongs to.

import Causes
import Evidence
import Facts

public struct ExhibitGathering: Sendable {
    private let findings: [Finding]
    private let timers: TimerBook
    private var exhibits: Exhibits
    private var ladders: [Int: LadderEntries] = [:]
    /// The findings whose ladder shows a connection.
    private var connections: [ConnectionKey: [Int]] = [:]
    private var grids: [Int: GridCount] = [:]
    private var quoted: [Int: [Int]] = [:]
    /// The findings with a burst: what passes around them is counted, entry by entry.
    private var bursting: [Int] = []

    // Limits: what a report can show.
    public static let binsMax = 160
    static let burstBinsMax = 120
    static let quotesMax = 12
    static let quotesOfStatementMax = 2

    /// `from` and `to` are those of all entries. Of `findings` those are gathered that are shown.
    public init(
        _ findings: [Finding], _ timers: TimerBook, from: Instant, to: Instant
    ) {
        self.findings = findings
        self.timers = timers
        exhibits = Exhibits(
            timeline: Timeline(from: from, to: to, binsMax: ExhibitGathering.binsMax))
        for finding in findings {
            var exhibit = Exhibit(bins: exhibits.timeline.bins)
            exhibit.burst = ExhibitGathering.burst(of: finding)
            if exhibit.burst != nil { bursting.append(finding.id) }
            exhibits.ofFinding[finding.id] = exhibit
            chooseLadder(finding)
            if finding.cause == .scan { grids[finding.id] = GridCount() }
            for number in ExhibitGathering.quotes(finding) {
                quoted[number, default: []].append(finding.id)
            }
        }
    }

    /// `finding`: the number of that which a blocked entry belongs to.
    public mutating func add(
        _ number: Int, _ entry: Entry, finding: Int?, input: Int, line: Int
    ) {
        if let ids = quoted[number] {
            for id in ids {
                exhibits.ofFinding[id]?.quotes.append(
                    Quote(number: number, input: input, line: line, entry: entry))
            }
        }
        if !connections.isEmpty, !entry.source.address.isNone,
            let ids = connections[ConnectionKey(entry.source, entry.destination)]
        {
            for id in ids { ladders[id]?.add(number, entry) }
        }
        if !entry.isBlocked { notePassed(entry) }
        let count = Int(entry.count)
        guard let finding else {
            if entry.isBlocked { exhibits.untold += count }
            return
        }
        guard exhibits.ofFinding[finding] != nil else { return }
        if let bin = exhibits.timeline.bin(entry.time) {
            exhibits.ofFinding[finding]?.counts[bin] += count
        } else {
            exhibits.ofFinding[finding]?.untimed += count
        }
        if let bin = exhibits.ofFinding[finding]?.burst?.timeline.bin(entry.time) {
            exhibits.ofFinding[finding]?.burst?.strays[bin] += count
        }
        if entry.known.contains(.ports) { grids[finding]?.add(entry.destination, count) }
    }

    /// The exhibits, once every entry was added.
    public func finished() -> Exhibits {
        var done = exhibits
        for finding in findings {
            done.ofFinding[finding.id]?.ladder = ladders[finding.id]?.ladder(of: finding, timers)
            done.ofFinding[finding.id]?.grid = grids[finding.id]?.grid()
        }
        return done
    }

    // MARK: What is looked for

    /// The earliest of the packets a finding shows, one whose opening is in the log before others.
    private mutating func chooseLadder(_ finding: Finding) {
        let candidates = finding.shown.filter {
            !$0.source.address.isNone && $0.source.port > 0 && $0.destination.port > 0
        }
        guard
            let chosen = candidates.first(where: { $0.opening > 0 && $0.closing > 0 })
                ?? candidates.first(where: { $0.opening > 0 }) ?? candidates.first
        else { return }
        ladders[finding.id] = LadderEntries(shown: chosen.at.number)
        connections[ConnectionKey(chosen.source, chosen.destination), default: []]
            .append(finding.id)
    }

    /// How its first connection opened and ended, its examples, and the entries that its strongest
    /// statements rest on.
    private static func quotes(_ finding: Finding) -> [Int] {
        var all = finding.shown.prefix(1).flatMap { [$0.opening, $0.closing] }
        all += finding.examples.prefix(3).map(\.number)
        for statement in finding.ledger.prefix(6) {
            all += statement.entries.prefix(quotesOfStatementMax)
        }
        var seen: Set<Int> = []
        return Array(all.filter { $0 > 0 && seen.insert($0).inserted }.prefix(quotesMax))
    }

    private mutating func notePassed(_ entry: Entry) {
        for id in bursting {
            if let bin = exhibits.ofFinding[id]?.burst?.timeline.bin(entry.time) {
                exhibits.ofFinding[id]?.burst?.passed[bin] += Int(entry.count)
            }
        }
    }

    private static func burst(of finding: Finding) -> Burst? {
        guard finding.cause == .stateLoss || finding.cause == .overloadedHost,
            finding.from.isKnown, finding.to.isKnown
        else { return nil }
        // Some time before and after, so that the moment stands out; a finding of many moments
        // shows its first two hours.
        let margin: Int64 = 60_000_000
        let length = min(finding.to.microseconds - finding.from.microseconds, 7_200_000_000)
        let timeline = Timeline(
            from: Instant(microseconds: finding.from.microseconds - margin),
            to: Instant(microseconds: finding.from.microseconds + length + margin),
            binsMax: burstBinsMax)
        let none = Array(repeating: 0, count: timeline.bins)
        return Burst(timeline: timeline, strays: none, passed: none)
    }
}
