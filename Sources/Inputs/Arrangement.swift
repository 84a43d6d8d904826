// In which order several inputs are read: by the time of what is in them, not by their names.
//
// Rotated pieces of one log follow each other. Logs of the same hours (two nodes, or a router's
// kernel log beside its conntrack events) are read entry by entry, the earlier one first: what
// opened a connection must come before what strayed from it.

import Bytes
import Dialects
import Facts
import Glibc

/// Inputs in the order they are to be read.
public struct Arrangement: Sendable {
    public let inputs: [Input]
    /// Whether they are read side by side.
    public let isInterleaved: Bool
    /// Whether one of several inputs is a capture; of a single one its reader finds out.
    public let hasCapture: Bool
    /// Microseconds by which the clock of each is ahead of the reference's; nil where nothing tells.
    public let clockOffsets: [Int64?]
    /// The input whose clock the others were measured against; nil where none was.
    public let clockReference: Int?

    // Limit: so many are read side by side, each with a buffer of its own; more are read one
    // after the other.
    static let interleavedMax = 64
    // Limit: how much of an input's start and end is looked at for its first and last entry.
    static let peekBytesMax = 1 << 16

    public init(_ inputs: [Input], _ options: ReadOptions) {
        guard inputs.count > 1, inputs.allSatisfy({ $0.path != nil }) else {
            self.inputs = inputs
            isInterleaved = false
            hasCapture = false
            clockOffsets = inputs.map { _ in nil }
            clockReference = nil
            return
        }
        let captures = inputs.map(isCapture)
        var spans = inputs.indices.map { span(of: inputs[$0], options, isCapture: captures[$0]) }
        let nodes = Set(inputs.compactMap(\.node))
        var offsets: [Int64?] = inputs.map { _ in nil }
        if captures.contains(true) || nodes.count > 1 || doOverlap(spans) {
            offsets = measuredOffsets(inputs, captures: captures, options)
            for place in spans.indices { spans[place]?.shift(by: -(offsets[place] ?? 0)) }
        }
        let order = inRightOrder(spans)
        self.inputs = order.map { inputs[$0] }
        hasCapture = captures.contains(true)
        isInterleaved = doOverlap(spans) && inputs.count <= Arrangement.interleavedMax
        clockOffsets = order.map { offsets[$0] }
        clockReference = offsets.dropFirst().contains { $0 != nil } ? order.firstIndex(of: 0) : nil
    }

    /// One input, of whose times nothing need be known.
    init(alone input: Input) {
        inputs = [input]
        isInterleaved = false
        hasCapture = false
        clockOffsets = [nil]
        clockReference = nil
    }
}

/// When the first and the last entry of an input were written.
private struct TimeSpan {
    var first: Instant
    var last: Instant

    mutating func shift(by microseconds: Int64) {
        first.microseconds &+= microseconds
        if last.microseconds != .max { last.microseconds &+= microseconds }
    }
}

/// By the first entry; those without a time (a dump of states) go before all others.
private func inRightOrder(_ spans: [TimeSpan?]) -> [Int] {
    spans.indices.sorted { a, b in
        let x = spans[a]?.first ?? .unknown
        let y = spans[b]?.first ?? .unknown
        return x != y ? x < y : a < b
    }
}

private func doOverlap(_ spans: [TimeSpan?]) -> Bool {
    var latest = Instant.unknown
    for place in inRightOrder(spans) {
        guard let span = spans[place] else { continue }
        if latest.isKnown, span.first < latest { return true }
        if !latest.isKnown || latest < span.last { latest = span.last }
    }
    return false
}

/// Whether an input's bytes begin as a capture's do, packed or not.
private func isCapture(_ input: Input) -> Bool {
    do throws(InputError) {
        return try holdsCapture(input)
    } catch {
        // Whoever reads it complains.
        return false
    }
}

/// The same, for those who tell unreadable inputs from logs.
public func holdsCapture(_ input: Input) throws(InputError) -> Bool {
    try ByteStream(input).looksLikeCapture
}

/// When the first and the last entry of an input were written; nil when no entry with a time is
/// found, and when it can be read only once. The ends of a compressed file and of a capture are not
/// looked for: they count as open.
private func span(
    of input: Input, _ options: ReadOptions, isCapture: Bool
) -> TimeSpan? {
    guard let path = input.path else { return nil }
    var info = stat()
    let name = path.map { CChar(bitPattern: $0) } + [0]
    guard stat(name, &info) == 0, info.st_mode & S_IFMT == S_IFREG else { return nil }
    let walk = EntryWalk(Arrangement(alone: input), options)
    var first = Instant.unknown
    walk.run { walked, _ in
        first = walked.entry.time
        return !first.isKnown
    }
    guard first.isKnown else { return nil }
    if isCapture { return TimeSpan(first: first, last: Instant(microseconds: .max)) }
    let last = lastTime(name, Int(info.st_size), options, input)
    return TimeSpan(first: first, last: last ?? Instant(microseconds: .max))
}

/// The latest time among the last lines of a plain file.
private func lastTime(
    _ name: [CChar], _ size: Int, _ options: ReadOptions, _ input: Input
) -> Instant? {
    let file = open(name, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    let count = min(size, Arrangement.peekBytesMax)
    var bytes = [UInt8](repeating: 0, count: count + blockPadding)
    let got = bytes.withUnsafeMutableBytes {
        pread(file, $0.baseAddress, count, off_t(size - count))
    }
    guard got > 0 else { return nil }
    var info = stat()
    fstat(file, &info)
    let rule = YearRule.writtenUpTo(Instant(seconds: Int64(info.st_mtim.tv_sec)))
    var reader = LineReader(clock: Clock(zone: options.zone, yearRule: rule), only: options.dialect)
    var entry = Entry()
    var latest: Instant?
    let text = bytes
    let span = text.span
    var lines = LineSplitter(span.bytes, from: 0, count: got)
    while lines.next(startingBefore: got) {
        let line = Line(span.bytes, from: lines.line.start, to: lines.line.end)
        guard reader.read(line, into: &entry), entry.time.isKnown else { continue }
        latest = latest.map { max($0, entry.time) } ?? entry.time
    }
    return latest
}
