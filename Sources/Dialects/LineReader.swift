// Reads lines of any dialect, mixed, and keeps count of what became of each.

import Bytes
import Facts

/// Turns lines into entries.
public struct LineReader: Sendable {
    public var context: Context
    public var tally = Tally()
    // The dialect of the last line that was one's own: the next line is most often the same.
    private var current = 0
    // The types and not the values: to call a value whose type is not known, it is copied first,
    // which costs more than finding the line's columns (570 instructions, measured).
    private let dialects: [any Dialect.Type]
    private let ids: [DialectID]
    // What a wrapped or damaged line is written out into; made once, and again used.
    var plain = PlainText()
    // Whether this line has been unwrapped already, or is what was found inside.
    var isUnwrapped = false
    // Whether the last JSON document was a dialect's own: the next is offered before it is unwrapped.
    var ownsDocuments = false

    /// `only` restricts the dialects that lines are offered to (`--as`).
    public init(clock: Clock, only: DialectID? = nil) {
        context = Context(clock: clock)
        let offered = only == nil ? allDialects : allDialects.filter { $0.id == only }
        dialects = offered.map { type(of: $0) }
        ids = offered.map(\.id)
    }

    /// Reads one line. True when `entry` holds what it said.
    public mutating func read(_ line: borrowing Line, into entry: inout Entry) -> Bool {
        // A carriage return or newline that rsyslog wrote out at the end: `#015`, `#012`.
        if line.end &- line.start > 4, line[line.end &- 4] == 0x23,
            line.has("#01", at: line.end - 4)
        {
            return read(Line(line.bytes, from: line.start, to: line.end - 4), into: &entry)
        }
        tally.lines &+= 1
        guard line.end - line.start <= lineBytesMax else {
            tally.reject(.lineTooLong, line)
            return false
        }
        isUnwrapped = false
        switch take(line, into: &entry) {
        case .entry: return true
        case .damaged(let damage): tally.reject(damage, line)
        case .nothing: tally.skipped += 1
        case .continued: tally.continued += 1
        case .notMine:
            let reading = isUnwrapped ? .notMine : unwrap(line, depth: 1, into: &entry)
            if reading == .entry { return true }
            if case .damaged(let damage) = reading {
                tally.reject(damage, line)
            } else {
                tally.skipped += 1
            }
        }
        return false
    }

    /// Takes the header off a line and offers the rest; an entry is counted.
    @inline(__always)
    mutating func take(_ line: borrowing Line, into entry: inout Entry) -> Reading {
        let envelope = Envelope.read(line, &context.clock, &context.header)
        guard !envelope.isFolded else { return readFolded(line, envelope, into: &entry) }
        if !envelope.time.isKnown, !isUnwrapped {
            let reading = readUndated(line, into: &entry)
            if reading != .notMine { return reading }
        }
        return offer(line, envelope, into: &entry)
    }

    /// Reads the message of a line that says how often it was repeated, without the bracket that
    /// closes it.
    @inline(never)
    private mutating func readFolded(
        _ line: borrowing Line, _ envelope: Envelope, into entry: inout Entry
    ) -> Reading {
        let closed = envelope.body < line.end && line[line.end - 1] == 0x5D
        let inner = Line(line.bytes, from: line.start, to: closed ? line.end - 1 : line.end)
        let reading = offer(inner, envelope, into: &entry)
        if reading == .entry { entry.known.insert(.repeated) }
        return reading
    }

    /// Offers a line to one dialect after the other.
    @inline(__always)
    private mutating func offer(
        _ line: borrowing Line, _ envelope: Envelope, into entry: inout Entry
    ) -> Reading {
        var attempt = current
        for turn in 0..<dialects.count {
            // The current dialect first, then the others in their order.
            if turn > 0 { attempt = turn <= current ? turn - 1 : turn }
            entry = Entry()
            entry.time = envelope.time
            entry.count = envelope.count
            let reading = dialects[attempt].readLine(line, envelope, &context, into: &entry)
            if reading == .notMine { continue }
            if reading == .entry {
                current = attempt
                if line[line.start] == 0x7B { ownsDocuments = true }
                entry.dialect = ids[attempt]
                if entry.node.isNone { entry.node = node(line, envelope) }
                tally.count(ids[attempt], at: entry.time)
            }
            return reading
        }
        return .notMine
    }

    /// The name of the host in the envelope.
    @inline(__always)
    private mutating func node(_ line: borrowing Line, _ envelope: borrowing Envelope) -> Name {
        guard envelope.node.isNone, !envelope.host.isEmpty else { return envelope.node }
        let name = context.names.keep(line, envelope.host)
        context.header.keep(line, node: name)
        return name
    }
}
