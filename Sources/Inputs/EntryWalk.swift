// Walks every entry of the inputs in order, on one thread: for the commands that print entries,
// and for inputs that must be read side by side.

import Dialects
import Evidence
import Facts

/// Reads the inputs entry by entry. `body` returns false to stop.
public final class EntryWalk {
    private let arrangement: Arrangement
    private let cursors: [EntryCursor]

    public init(_ arrangement: Arrangement, _ options: ReadOptions) {
        self.arrangement = arrangement
        cursors = arrangement.inputs.enumerated().map { number, input in
            EntryCursor(input, number: number, options)
        }
    }

    public var reports: [InputReport] { cursors.map(\.report) }

    public var names: Names {
        var all = Names()
        for cursor in cursors { all.merge(cursor.names) }
        return all
    }

    public func run(_ body: (inout Walked, Names) -> Bool) {
        if arrangement.isInterleaved { interleave(body) } else { follow(body) }
        for cursor in cursors { cursor.finish() }
    }

    private func follow(_ body: (inout Walked, Names) -> Bool) {
        for cursor in cursors {
            while cursor.next() {
                var walked = cursor.walked
                if !body(&walked, cursor.names) { return }
            }
        }
    }

    /// Always the cursor whose entry is the earliest; one without a time goes with the entry
    /// before it.
    private func interleave(_ body: (inout Walked, Names) -> Bool) {
        var open: [(cursor: EntryCursor, time: Instant)] = []
        for cursor in cursors where cursor.next() {
            open.append((cursor, cursor.walked.entry.time))
        }
        while !open.isEmpty {
            var best = 0
            for place in open.indices where open[place].time < open[best].time { best = place }
            var walked = open[best].cursor.walked
            if !body(&walked, open[best].cursor.names) { return }
            if open[best].cursor.next() {
                let time = open[best].cursor.walked.entry.time
                if time.isKnown { open[best].time = time }
            } else {
                open.remove(at: best)
            }
        }
    }
}

/// Reads everything like `gather`, on one thread; `keepsBook` when the cause of each entry will be
/// told in a second reading.
public func gatherInOrder(
    _ arrangement: Arrangement, _ options: ReadOptions, keepsBook: Bool
) -> Gathered {
    var digest = Digest(options.settings, beginsInput: true, keepsBook: keepsBook)
    let walk = EntryWalk(arrangement, options)
    let countsAll = options.selection.isEverything
    walk.run { walked, _ in
        let counted = countsAll || options.selection.admits(walked.entry)
        digest.add(
            &walked.entry, line: LineNumber.of(walked.line, input: walked.input), counted: counted)
        return true
    }
    digest.finish()
    let reports = walk.reports
    digest.lines = reports.reduce(0) { $0 + $1.tally.lines }
    return Gathered(digest: digest, names: walk.names, inputs: reports)
}
