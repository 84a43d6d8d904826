// Reads all inputs, in parallel blocks, into one digest.
//
// Each thread takes the next block, reads its lines and digests them on its own; the digests are
// joined in the order of the blocks. By the digest's law the result does not depend on how many
// threads there are.

import Bytes
import Dialects
import Evidence
import Facts
import Glibc

/// How inputs are to be read.
public struct ReadOptions: Sendable {
    public var zone = Zone.utc
    public var year: Int?
    public var dialect: DialectID?
    public var threads = 1
    public var now = Instant(seconds: 0)
    public var selection = Selection()
    public var settings = Settings()

    public init() {}
}

/// What became of one input.
public struct InputReport: Sendable {
    public var name: String
    public var tally = Tally()
    public var problem: InputError?
    public var looksLikeCapture = false
}

/// All that was read.
public struct Gathered: Sendable {
    public var digest: Digest
    public var names: Names
    public var inputs: [InputReport]

    /// The input a line lies in, and its number there; lines are counted through all inputs.
    public func place(ofLine line: Int) -> (input: Int, line: Int) {
        var rest = line
        for (number, input) in inputs.enumerated() {
            if rest <= input.tally.lines { return (number, rest) }
            rest -= input.tally.lines
        }
        return (max(0, inputs.count - 1), rest)
    }
}

/// Called with the bytes read since it was called last.
public typealias Progress = @Sendable (Int) -> Void

/// Reads everything and digests it.
public func gather(
    _ inputs: [Input], _ options: ReadOptions, progress: @escaping Progress = { _ in }
) -> Gathered {
    let gathering = Gathering(inputs, options)
    onThreads(options.threads) { _ in gathering.work(progress) }
    return gathering.finish()
}

private final class Gathering: @unchecked Sendable {
    private let inputs: [Input]
    private let options: ReadOptions
    private let blocks: Blocks
    private let reading = Turnstile()
    private let order = Turnstile()
    // Guarded by the lock for taking a block, and by the turn for joining one.
    private var taken = 0
    private var digest: Digest
    private var names = Names()
    private var reports: [InputReport]

    init(_ inputs: [Input], _ options: ReadOptions) {
        self.inputs = inputs
        self.options = options
        blocks = Blocks(inputs, year: options.year, now: options.now, zone: options.zone)
        digest = Digest(options.settings, beginsInput: true)
        reports = inputs.map { InputReport(name: $0.name) }
    }

    func work(_ progress: Progress) {
        let block = Block()
        let worker = BlockReader(inputs, options)
        var namesJoined = 0
        while true {
            let number = reading.locked { () -> Int? in
                guard blocks.next(block) else { return nil }
                taken += 1
                return taken - 1
            }
            guard let number else { break }
            worker.read(block)
            order.inTurn(number) {
                digest.merge(worker.digest)
                reports[block.input].tally.merge(worker.reader.tally)
                // In turn too: where there are more names than are kept, those that came first
                // are kept, whichever thread read them.
                let read = worker.reader.context.names
                names.merge(read, from: namesJoined)
                namesJoined = read.count
                progress(block.count)
            }
        }
    }

    func finish() -> Gathered {
        digest.finish()
        for (input, error) in blocks.problems where reports[input].problem == nil {
            reports[input].problem = error
        }
        for input in blocks.captures { reports[input].looksLikeCapture = true }
        return Gathered(digest: digest, names: names, inputs: reports)
    }
}

/// Digests one block after the other, each from nothing.
private final class BlockReader {
    var reader: LineReader
    var digest: Digest
    private let options: ReadOptions
    private var nodes: [Name] = []
    private let countsAll: Bool

    init(_ inputs: [Input], _ options: ReadOptions) {
        self.options = options
        let clock = Clock(zone: options.zone, yearRule: .writtenUpTo(options.now))
        reader = LineReader(clock: clock, only: options.dialect)
        reader.context.everyField = false
        digest = Digest(options.settings, beginsInput: false)
        countsAll = options.selection.isEverything
        for input in inputs { nodes.append(input.node.map { reader.context.keep($0) } ?? .none) }
    }

    func read(_ block: Block) {
        digest.removeAll()
        reader.tally = Tally()
        reader.context.use(Clock(zone: options.zone, yearRule: block.yearRule))
        let node = nodes[block.input]
        var entry = Entry()
        let bytes = block.bytes
        let span = bytes.span
        var lines = LineSplitter(span.bytes, from: 0, count: block.count)
        if block.startsInsideLine { _ = lines.next(startingBefore: block.count) }
        while lines.next(startingBefore: block.count) {
            let line = Line(span.bytes, from: lines.line.start, to: lines.line.end)
            guard reader.read(line, into: &entry) else { continue }
            if !node.isNone { entry.node = node }
            let counted = countsAll || options.selection.admits(entry)
            digest.add(&entry, line: reader.tally.lines, counted: counted)
        }
        digest.lines = reader.tally.lines
    }
}
