// Walks every entry of the inputs in order, on one thread: for the commands that print entries,
// and for inputs that must be read side by side.

import Dialects
import Evidence
import Facts

/// Reads the inputs entry by entry. `body` returns false to stop.
///
/// Inputs of the same hours, and captures, go through an `Alignment`: what several of them say of
/// one packet comes as one entry.
public final class EntryWalk {
    private let arrangement: Arrangement
    private let cursors: [EntryCursor]
    private var alignment: Alignment?
    private var recollection: Recollection?
    // The names of all cursors, for an entry may bear those of two.
    private var known = Names()
    private var namesJoined: [Int]

    public convenience init(_ arrangement: Arrangement, _ options: ReadOptions) {
        self.init(arrangement, options, capture: nil)
    }

    /// `capture`: the only input, when it was opened before and found to be one.
    init(_ arrangement: Arrangement, _ options: ReadOptions, capture: ByteStream?) {
        self.arrangement = arrangement
        cursors = arrangement.inputs.enumerated().map { number, input in
            EntryCursor(
                input, number: number, options, ahead: arrangement.clockOffsets[number],
                capture: capture)
        }
        namesJoined = cursors.map { _ in 0 }
        if arrangement.isInterleaved || options.looksCloser { alignment = Alignment() }
        if options.looksCloser { recollection = Recollection() }
    }

    public var reports: [InputReport] { cursors.map(\.report) }

    public var names: Names {
        var all = Names()
        for cursor in cursors { all.merge(cursor.names) }
        return all
    }

    public func run(_ body: (inout Walked, Names) -> Bool) {
        let goesOn = arrangement.isInterleaved ? interleave(body) : follow(body)
        if goesOn, alignment != nil {
            alignment?.finish()
            _ = release(body)
        }
        for cursor in cursors { cursor.finish() }
    }

    /// One input after the other; false when `body` wanted no more.
    private func follow(_ body: (inout Walked, Names) -> Bool) -> Bool {
        for cursor in cursors {
            while cursor.next() {
                guard hand(cursor, body) else { return false }
            }
        }
        return true
    }

    /// Always the cursor whose entry is the earliest; one without a time goes with the entry
    /// before it.
    private func interleave(_ body: (inout Walked, Names) -> Bool) -> Bool {
        var open: [(cursor: EntryCursor, time: Instant)] = []
        for cursor in cursors where cursor.next() {
            open.append((cursor, cursor.walked.entry.time))
        }
        while !open.isEmpty {
            var best = 0
            for place in open.indices where isEarlier(open[place], open[best]) { best = place }
            guard hand(open[best].cursor, body) else { return false }
            if open[best].cursor.next() {
                let time = open[best].cursor.walked.entry.time
                if time.isKnown { open[best].time = time }
            } else {
                open.remove(at: best)
            }
        }
        return true
    }

    /// Of entries with the same stamp what passed goes first: what it opened must be known when a
    /// block is judged.
    private func isEarlier(
        _ a: (cursor: EntryCursor, time: Instant), _ b: (cursor: EntryCursor, time: Instant)
    ) -> Bool {
        if a.time != b.time { return a.time < b.time }
        return b.cursor.walked.entry.isBlocked && !a.cursor.walked.entry.isBlocked
    }

    /// Hands a cursor's entry on: through the alignment, where there is one.
    private func hand(_ cursor: EntryCursor, _ body: (inout Walked, Names) -> Bool) -> Bool {
        var walked = cursor.walked
        let isCapture = cursor.report.isCapture
        if isCapture, alignment == nil { alignment = Alignment() }
        guard alignment != nil else { return body(&walked, cursor.names) }
        if cursor.nameCount != namesJoined[walked.input] {
            known.merge(cursor.names, from: namesJoined[walked.input])
            namesJoined[walked.input] = cursor.nameCount
        }
        alignment?.add(
            Aligned(entry: walked.entry, input: walked.input, line: walked.line),
            isCapture: isCapture, corrected: -cursor.ahead)
        return release(body)
    }

    /// Hands on what the alignment lets out.
    private func release(_ body: (inout Walked, Names) -> Bool) -> Bool {
        while let next = alignment?.next() {
            var walked = Walked(entry: next.entry, input: next.input, line: next.line)
            recollection?.mark(&walked.entry)
            if !body(&walked, known) { return false }
        }
        return true
    }
}

/// Reads everything like `gather`, on one thread; with a `book` when the finding of each entry will
/// be told in a second reading.
public func gatherInOrder(
    _ arrangement: Arrangement, _ options: ReadOptions, book: LifeBook?
) -> Gathered {
    gatherInOrder(arrangement, options, book: book, capture: nil)
}

/// `capture`: the only input, when it was opened before and found to be one.
func gatherInOrder(
    _ arrangement: Arrangement, _ options: ReadOptions, book: LifeBook?, capture: ByteStream?
) -> Gathered {
    var digest = Digest(options.settings, beginsInput: true, book: book)
    let walk = EntryWalk(arrangement, options, capture: capture)
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
    return Gathered(
        digest: digest, names: walk.names, inputs: reports,
        clockReference: arrangement.clockReference)
}
