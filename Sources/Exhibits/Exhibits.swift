// What a report draws of the findings: when their strays came, one connection of each as it went,
// what a scan asked for, and the lines they rest on.
//
// A digest keeps none of this, for it is small and the log is not. It is gathered in a second
// reading, when the findings are known: `ExhibitGathering`.

import Facts

public struct Exhibits: Sendable {
    /// Every blocked entry that belongs to a finding, by time.
    public var timeline: Timeline
    /// By the findings' numbers.
    public var ofFinding: [Int: Exhibit] = [:]
    /// Blocked packets of which it is not known to which finding they belong: those of cases past a
    /// limit, and of none.
    public var untold = 0

    public init(timeline: Timeline) { self.timeline = timeline }
}

/// What is shown of one finding.
public struct Exhibit: Sendable {
    /// Its blocked entries in each bin of the timeline.
    public var counts: [Int]
    /// Blocked entries whose line tells no time, or one outside the timeline.
    public var untimed = 0
    /// One of its connections; nil where no entry has two ends.
    public var ladder: Ladder?
    /// What was asked for, for a finding of a scan.
    public var grid: Grid?
    /// The minutes around it, for a finding of what happened all at once.
    public var burst: Burst?
    /// The entries that its statements rest on, the first of them, in their order.
    public var quotes: [Quote] = []

    init(bins: Int) { counts = Array(repeating: 0, count: bins) }

    /// Gives the quotes of one input their lines, by the lines' numbers.
    public mutating func fill(_ input: Int, _ lines: [Int: (text: [UInt8], isCut: Bool)]) {
        for place in quotes.indices where quotes[place].input == input {
            guard let line = lines[quotes[place].line] else { continue }
            quotes[place].text = line.text
            quotes[place].isCut = line.isCut
        }
    }
}

/// An entry that a statement rests on.
public struct Quote: Sendable {
    /// Among all entries, from 1: what a ledger's `entries` name.
    public var number: Int
    /// The input it stands in, and its line or packet there.
    public var input: Int
    public var line: Int
    public var entry: Entry
    /// The line itself, as it was read; nil where the input has no lines.
    public var text: [UInt8]?
    /// Whether the line is longer than what is kept of it.
    public var isCut = false
}

/// Around a moment: what strayed and what passed.
public struct Burst: Sendable {
    public var timeline: Timeline
    public var strays: [Int]
    public var passed: [Int]
}
