// Cuts the inputs into blocks of whole lines, one after the other.

import Bytes
import Dialects
import Facts
import Glibc

/// What is to be read.
public struct Input: Equatable, Sendable {
    /// Nil is standard input. Bytes, because file names need not be UTF-8.
    public var path: [UInt8]?
    /// The node whose log it is, when the user says so (`NODE=FILE`).
    public var node: String?
    /// What reports call it; not yet safe for a terminal.
    public var name: String
    /// A pipe whose bytes follow those of the file: its beginning was read and kept there.
    var rest: Int32?

    public init(path: [UInt8]?, node: String? = nil) {
        self.path = path
        self.node = node
        name = path.map { String(decoding: $0, as: UTF8.self) } ?? "-"
    }
}

/// Some whole lines of one input, with the padding that reading needs.
final class Block {
    // Limit: how much is read at a time. Four megabytes of log are some forty thousand lines: enough
    // that joining a block's digest costs little beside making it, few enough to stay in cache.
    static let bytesMax = 4 << 20

    // Not cleared: what is read fills it, and a small log should not pay for four megabytes of
    // memory it never touches (4 of 8 ms of start-up, measured). `Blocks` clears the padding.
    var bytes = [UInt8](unsafeUninitializedCapacity: bytesMax + blockPadding) { _, count in
        count = bytesMax + blockPadding
    }
    var count = 0
    var input = 0
    var yearRule = YearRule.writtenUpTo(Instant(seconds: 0))
    /// The header line in force where it begins; empty where there is none.
    var header: [UInt8] = []
    /// Whether the first line is the rest of one too long to be read, which was counted before.
    var startsInsideLine = false
}

/// The inputs as a sequence of blocks. It is used by one thread at a time.
final class Blocks {
    private let inputs: [Input]
    private let year: Int?
    private let now: Instant
    private var current = -1
    private var stream: ByteStream?
    /// The start of a line whose end is in the next block.
    private var carry: [UInt8] = []
    private var yearRule = YearRule.writtenUpTo(Instant(seconds: 0))
    private var isFirstBlock = true
    private var isInsideLine = false
    private var headers: HeaderWatch
    private(set) var problems: [(input: Int, error: InputError)] = []

    init(_ inputs: [Input], year: Int?, now: Instant, dialect: DialectID?) {
        headers = HeaderWatch(dialect)
        self.inputs = inputs
        self.year = year
        self.now = now
    }

    /// Fills a block with the next lines; false when all inputs are at their end.
    func next(_ block: Block) -> Bool {
        while true {
            if stream == nil, !openNext() { return false }
            guard let stream else { return false }
            if fill(block, from: stream) { return true }
            self.stream = nil
        }
    }

    /// Opens the first input, and gives it away when it is a capture: that has no lines.
    func takeCapture() -> ByteStream? {
        guard current < 0, openNext(), let opened = stream, opened.looksLikeCapture else {
            return nil
        }
        stream = nil
        return opened
    }

    private func openNext() -> Bool {
        while current + 1 < inputs.count {
            current += 1
            carry.removeAll(keepingCapacity: true)
            isFirstBlock = true
            isInsideLine = false
            do throws(InputError) {
                let opened = try ByteStream(inputs[current])
                let written = opened.modified.map { Instant(seconds: $0) } ?? now
                yearRule = .writtenUpTo(min(max(written, Instant(seconds: 0)), now))
                stream = opened
                return true
            } catch {
                problems.append((current, error))
            }
        }
        return false
    }

    /// Reads the next lines of a stream; false at its end.
    private func fill(_ block: Block, from stream: ByteStream) -> Bool {
        var total = carry.count
        var got = 0
        var failed = false
        let kept = carry
        block.bytes.withUnsafeMutableBytes { buffer in
            buffer.copyBytes(from: kept)
            let room = UnsafeMutableRawBufferPointer(rebasing: buffer[total..<Block.bytesMax])
            do throws(InputError) {
                got = try stream.read(into: room)
            } catch {
                problems.append((current, error))
                failed = true
            }
        }
        total += got
        if total == 0 { return false }
        let atEnd = failed || total < Block.bytesMax
        block.startsInsideLine = isInsideLine
        cut(block, total, atEnd: atEnd)
        block.input = current
        if isFirstBlock, let year { yearRule = rule(beginning: year, block) }
        if isFirstBlock { headers.begin(block.bytes, count: block.count) }
        block.header = isFirstBlock ? [] : headers.header
        headers.pass(block.bytes, count: block.count)
        isFirstBlock = false
        block.yearRule = yearRule
        return true
    }

    /// Ends the block behind its last whole line, and keeps the rest for the next one.
    private func cut(_ block: Block, _ total: Int, atEnd: Bool) {
        carry.removeAll(keepingCapacity: true)
        var end = total
        isInsideLine = false
        if !atEnd {
            while end > 0, block.bytes[end - 1] != 0x0A { end -= 1 }
            if end == 0 {
                // A line longer than a block: it is rejected by its first piece, the rest of it
                // is no line of its own.
                end = total
                isInsideLine = true
            } else {
                carry.append(contentsOf: block.bytes[end..<total])
            }
        }
        block.count = end
        for place in end..<(end + blockPadding) { block.bytes[place] = 0 }
    }

    /// `--year`: the year of the log's first stamp.
    private func rule(beginning year: Int, _ block: Block) -> YearRule {
        var clock = Clock(zone: .utc, yearRule: .begins(year: year, month: 1, day: 2))
        var memory = EnvelopeMemory()
        let bytes = block.bytes
        let span = bytes.span
        var lines = LineSplitter(span.bytes, from: 0, count: block.count)
        for _ in 0..<200 where lines.next(startingBefore: block.count) {
            let line = Line(span.bytes, from: lines.line.start, to: lines.line.end)
            guard line.end - line.start <= lineBytesMax else { continue }
            let time = Envelope.read(line, &clock, &memory).time
            guard time.isKnown else { continue }
            let civil = CivilTime(secondsUTC: time.microseconds / 1_000_000)
            return .begins(year: year, month: civil.month, day: civil.day)
        }
        return .begins(year: year, month: 1, day: 1)
    }
}
