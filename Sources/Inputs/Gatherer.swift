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
    /// Whether entries are read one by one and compared with those before them: what blocks in
    /// parallel cannot do. For logs small enough (`isSmall`).
    public var looksCloser = false

    public init() {}
}

/// What became of one input.
public struct InputReport: Sendable {
    public var name: String
    public var tally = Tally()
    public var problem: InputError?
    /// What the user called its firewall.
    public var node: String?
    /// Microseconds by which its clock is ahead of the reference's; nil where nothing tells.
    public var clockOffset: Int64?
    /// Whether it is a packet capture; its lines are packets.
    public var isCapture = false
}

/// All that was read.
public struct Gathered: Sendable {
    public var digest: Digest
    public var names: Names
    public var inputs: [InputReport]
    /// The input whose clock the others were measured against.
    public var clockReference: Int?
}

/// Called with the bytes read since it was called last.
public typealias Progress = @Sendable (Int) -> Void

/// Reads everything and digests it.
public func gather(
    _ arrangement: Arrangement, _ options: ReadOptions, progress: @escaping Progress = { _ in }
) -> Gathered {
    if arrangement.isInterleaved || arrangement.hasCapture || options.looksCloser {
        return gatherInOrder(arrangement, options, book: nil)
    }
    let gathering = Gathering(arrangement.inputs, options)
    if arrangement.inputs.count == 1, let capture = gathering.takeCapture() {
        return gatherInOrder(arrangement, options, book: nil, capture: capture)
    }
    gathering.run(progress)
    return gathering.finish()
}

/// Reads everything and keeps the tallies alone: what recognition and parsing cost by themselves.
public func readOnly(_ inputs: [Input], _ options: ReadOptions) -> [InputReport] {
    let gathering = Gathering(inputs, options, digests: false)
    gathering.run { _ in }
    return gathering.finish().inputs
}

private final class Gathering: @unchecked Sendable {
    private let inputs: [Input]
    private let options: ReadOptions
    private let blocks: Blocks
    private let reading = Lock()
    // Guarded by the lock for taking a block; the rest by the queue, which joins one at a time.
    private var taken = 0
    private var digest: Digest
    private var names = Names()
    private var reports: [InputReport]

    private let digests: Bool

    init(_ inputs: [Input], _ options: ReadOptions, digests: Bool = true) {
        self.inputs = inputs
        self.options = options
        self.digests = digests
        blocks = Blocks(inputs, year: options.year, now: options.now, dialect: options.dialect)
        digest = Digest(options.settings, beginsInput: true)
        reports = inputs.map { InputReport(name: $0.name) }
    }

    func takeCapture() -> ByteStream? { blocks.takeCapture() }

    func run(_ progress: @escaping Progress) {
        let queue = PartQueue(options.settings) { [unowned self] part in
            join(part)
            progress(part.bytes)
        }
        onThreads(options.threads) { [unowned self] _ in work(queue) }
    }

    private func work(_ queue: PartQueue) {
        let block = Block()
        var worker = BlockReader(inputs, options)
        var namesTold = 0
        while true {
            let number = reading.locked { () -> Int? in
                guard blocks.next(block) else { return nil }
                taken += 1
                return taken - 1
            }
            guard let number else { break }
            let part = queue.take()
            // Changed in place here, and not in the part: see `BlockReader`.
            swap(&worker.digest, &part.digest)
            worker.read(block, digests: digests)
            swap(&worker.digest, &part.digest)
            part.tally = worker.reader.tally
            part.names = worker.reader.context.names.part(from: namesTold)
            namesTold = worker.reader.context.names.count
            part.input = block.input
            part.bytes = block.count
            queue.put(number, part)
        }
    }

    private func join(_ part: Part) {
        digest.merge(part.digest)
        reports[part.input].tally.merge(part.tally)
        // In turn too: where there are more names than are kept, those that came first are kept,
        // whichever thread read them.
        names.merge(part.names)
    }

    func finish() -> Gathered {
        digest.finish()
        for (input, error) in blocks.problems where reports[input].problem == nil {
            reports[input].problem = error
        }
        return Gathered(digest: digest, names: names, inputs: reports)
    }
}

/// Digests one block after the other, each from nothing. No class: the compiler would check at
/// run time, line by line, that nobody else is changing it.
private struct BlockReader: ~Copyable {
    var reader: LineReader
    var digest: Digest
    private let options: ReadOptions
    private var nodes: [Name] = []
    private let countsAll: Bool
    private var run = LooseRun()

    init(_ inputs: [Input], _ options: ReadOptions) {
        self.options = options
        let clock = Clock(zone: options.zone, yearRule: .writtenUpTo(options.now))
        reader = LineReader(clock: clock, only: options.dialect)
        reader.context.everyField = false
        digest = Digest(options.settings, beginsInput: false)
        countsAll = options.selection.isEverything
        for input in inputs { nodes.append(input.node.map { reader.context.keep($0) } ?? .none) }
    }

    mutating func read(_ block: Block, digests: Bool) {
        digest.removeAll()
        reader.tally = Tally()
        reader.context.use(Clock(zone: options.zone, yearRule: block.yearRule))
        reader.begin(header: block.header)
        let node = nodes[block.input]
        var entry = Entry()
        let bytes = block.bytes
        let span = bytes.span
        var lines = LineSplitter(span.bytes, from: 0, count: block.count)
        if block.startsInsideLine { _ = lines.next(startingBefore: block.count) }
        while lines.next(startingBefore: block.count) {
            let line = Line(span.bytes, from: lines.line.start, to: lines.line.end)
            var isEntry = reader.read(line, into: &entry)
            while isEntry {
                if digests {
                    if !node.isNone { entry.node = node }
                    let counted = countsAll || options.selection.admits(entry)
                    digest.add(&entry, line: reader.tally.lines, counted: counted, to: &run)
                }
                isEntry = reader.readFurther(line, into: &entry)
            }
        }
        digest.end(&run)
        digest.lines = reader.tally.lines
    }
}
