// One input, entry by entry: asked for the next one, it reads on as far as that.

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

final class EntryCursor {
    private let options: ReadOptions
    private let blocks: Blocks
    private var reader: LineReader
    private let block = Block()
    private var node = Name.none
    private let nodeName: String?
    /// Microseconds by which the clock behind the stamps is ahead.
    let ahead: Int64
    private let input: Int
    private var offset = 0
    // The line of the entry given last, and whether there is one.
    private var taken = Field(0, 0)
    private var took = false
    private var linesBefore = 0
    private var isOpen = false
    private(set) var report: InputReport
    private(set) var walked: Walked
    private var capture: CaptureCursor?
    private var hasBegun = false
    var names: Names { capture?.names ?? reader.context.names }
    var nameCount: Int { capture?.nameCount ?? reader.context.names.count }

    /// `capture`: the input, when it was opened before and found to be one.
    init(
        _ input: Input, number: Int, _ options: ReadOptions, ahead: Int64?, capture: ByteStream?
    ) {
        self.ahead = ahead ?? 0
        self.options = options
        self.input = number
        blocks = Blocks(
            [input], year: options.year, now: options.now, dialect: options.dialect)
        let clock = Clock(zone: options.zone, yearRule: .writtenUpTo(options.now))
        reader = LineReader(clock: clock, only: options.dialect)
        report = InputReport(name: input.name)
        report.node = input.node
        report.clockOffset = ahead
        walked = Walked(entry: Entry(), input: number, line: 0)
        if let name = input.node { node = reader.context.keep(name) }
        self.capture = capture.map(CaptureCursor.init)
        nodeName = input.node
    }

    /// Moves to the next entry; false at the input's end.
    func next() -> Bool {
        guard advance() else { return false }
        if ahead != 0, walked.entry.time.isKnown { walked.entry.time.microseconds &-= ahead }
        return true
    }

    private func advance() -> Bool {
        if !hasBegun { begin() }
        if let capture { return nextPacket(capture) }
        while true {
            if !isOpen, !openBlock() { return false }
            if nextInBlock() { return true }
            closeBlock()
        }
    }

    /// Finds out whether it is a capture.
    private func begin() {
        hasBegun = true
        if capture == nil, let stream = blocks.takeCapture() { capture = CaptureCursor(stream) }
        guard let capture else { return }
        report.isCapture = true
        if let nodeName { node = capture.keep(nodeName) }
    }

    private func nextPacket(_ capture: CaptureCursor) -> Bool {
        guard capture.next(into: &walked.entry) else {
            report.problem = capture.problem
            return false
        }
        if !node.isNone { walked.entry.node = node }
        walked.line = capture.packet
        return true
    }

    private func openBlock() -> Bool {
        guard blocks.next(block) else {
            if report.problem == nil { report.problem = blocks.problems.first?.error }
            return false
        }
        reader.tally = Tally()
        reader.context.use(Clock(zone: options.zone, yearRule: block.yearRule))
        reader.begin(header: block.header)
        linesBefore = report.tally.lines
        offset = 0
        isOpen = true
        if block.startsInsideLine { skipLine() }
        return true
    }

    private func skipLine() {
        let bytes = block.bytes
        let span = bytes.span
        var lines = LineSplitter(span.bytes, from: 0, count: block.count)
        _ = lines.next(startingBefore: block.count)
        offset = lines.offset
    }

    private func nextInBlock() -> Bool {
        let bytes = block.bytes
        let span = bytes.span
        if took {
            took = false
            // The line read last may tell of more than one.
            let line = Line(span.bytes, from: taken.start, to: taken.end)
            if reader.readFurther(line, into: &walked.entry) {
                took = true
                if !node.isNone { walked.entry.node = node }
                return true
            }
        }
        var lines = LineSplitter(span.bytes, from: min(offset, block.count), count: block.count)
        while lines.next(startingBefore: block.count) {
            let line = Line(span.bytes, from: lines.line.start, to: lines.line.end)
            guard reader.read(line, into: &walked.entry) else { continue }
            if !node.isNone { walked.entry.node = node }
            walked.line = linesBefore + reader.tally.lines
            offset = lines.offset
            taken = lines.line
            took = true
            return true
        }
        return false
    }

    private func closeBlock() {
        report.tally.merge(reader.tally)
        isOpen = false
    }

    /// What was read when nobody asks on.
    func finish() {
        if isOpen { closeBlock() }
        if let capture { report.tally = capture.tally }
    }
}
