// Walks every entry of the inputs in order, on one thread: for the commands that print entries.

import Bytes
import Dialects
import Evidence
import Facts

/// One entry and where it stood.
public struct Walked {
    public var entry: Entry
    public var input: Int
    /// Its line in that input, from 1.
    public var line: Int
}

/// Reads the inputs entry by entry. `body` returns false to stop.
public final class EntryWalk {
    private let options: ReadOptions
    private let blocks: Blocks
    private var reader: LineReader
    private var nodes: [Name] = []
    public private(set) var reports: [InputReport]
    public var names: Names { reader.context.names }

    public init(_ inputs: [Input], _ options: ReadOptions) {
        self.options = options
        blocks = Blocks(inputs, year: options.year, now: options.now, zone: options.zone)
        let clock = Clock(zone: options.zone, yearRule: .writtenUpTo(options.now))
        reader = LineReader(clock: clock, only: options.dialect)
        reports = inputs.map { InputReport(name: $0.name) }
        for input in inputs { nodes.append(input.node.map { reader.context.keep($0) } ?? .none) }
    }

    public func run(_ body: (inout Walked, Names) -> Bool) {
        let block = Block()
        var walked = Walked(entry: Entry(), input: 0, line: 0)
        while blocks.next(block) {
            reader.tally = Tally()
            reader.context.use(Clock(zone: options.zone, yearRule: block.yearRule))
            walked.input = block.input
            let before = reports[block.input].tally.lines
            let goesOn = read(block, before, &walked, body)
            reports[block.input].tally.merge(reader.tally)
            if !goesOn { break }
        }
        for (input, error) in blocks.problems where reports[input].problem == nil {
            reports[input].problem = error
        }
        for input in blocks.captures { reports[input].looksLikeCapture = true }
    }

    private func read(
        _ block: Block, _ before: Int, _ walked: inout Walked, _ body: (inout Walked, Names) -> Bool
    ) -> Bool {
        let bytes = block.bytes
        let span = bytes.span
        var lines = LineSplitter(span.bytes, from: 0, count: block.count)
        if block.startsInsideLine { _ = lines.next(startingBefore: block.count) }
        while lines.next(startingBefore: block.count) {
            let line = Line(span.bytes, from: lines.line.start, to: lines.line.end)
            guard reader.read(line, into: &walked.entry) else { continue }
            if !nodes[block.input].isNone { walked.entry.node = nodes[block.input] }
            walked.line = before + reader.tally.lines
            if !body(&walked, reader.context.names) { return false }
        }
        return true
    }
}

/// Reads everything like `gather`, on one thread, and keeps the book of lives, so that the cause
/// of each entry can be told in a second reading.
public func gatherWithBook(_ inputs: [Input], _ options: ReadOptions) -> Gathered {
    var digest = Digest(options.settings, beginsInput: true, keepsBook: true)
    let walk = EntryWalk(inputs, options)
    let countsAll = options.selection.isEverything
    var before = 0
    var input = 0
    walk.run { walked, _ in
        while input < walked.input {
            before += walk.reports[input].tally.lines
            input += 1
        }
        let counted = countsAll || options.selection.admits(walked.entry)
        digest.add(&walked.entry, line: before + walked.line, counted: counted)
        return true
    }
    digest.lines = walk.reports.reduce(0) { $0 + $1.tally.lines }
    digest.finish()
    return Gathered(digest: digest, names: walk.names, inputs: walk.reports)
}
