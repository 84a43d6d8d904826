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

    /// `only` restricts the dialects that lines are offered to (`--as`).
    public init(clock: Clock, only: DialectID? = nil) {
        context = Context(clock: clock)
        let offered = only == nil ? allDialects : allDialects.filter { $0.id == only }
        dialects = offered.map { type(of: $0) }
        ids = offered.map(\.id)
    }

    /// Reads one line. True when `entry` holds what it said.
    public mutating func read(_ line: borrowing Line, into entry: inout Entry) -> Bool {
        tally.lines &+= 1
        guard line.end - line.start <= lineBytesMax else {
            tally.reject(.lineTooLong, line)
            return false
        }
        let envelope = Envelope.read(line, &context.clock, &context.header)
        guard !envelope.isFolded else { return readFolded(line, envelope, into: &entry) }
        return offer(line, envelope, into: &entry)
    }

    /// Reads the message of a line that says how often it was repeated, without the bracket that
    /// closes it.
    @inline(never)
    private mutating func readFolded(
        _ line: borrowing Line, _ envelope: Envelope, into entry: inout Entry
    ) -> Bool {
        let closed = envelope.body < line.end && line[line.end - 1] == 0x5D
        let inner = Line(line.bytes, from: line.start, to: closed ? line.end - 1 : line.end)
        guard offer(inner, envelope, into: &entry) else { return false }
        entry.known.insert(.repeated)
        return true
    }

    /// Offers a line to one dialect after the other.
    @inline(__always)
    private mutating func offer(
        _ line: borrowing Line, _ envelope: Envelope, into entry: inout Entry
    ) -> Bool {
        var attempt = current
        for turn in 0..<dialects.count {
            // The current dialect first, then the others in their order.
            if turn > 0 { attempt = turn <= current ? turn - 1 : turn }
            entry = Entry()
            entry.time = envelope.time
            entry.count = envelope.count
            switch dialects[attempt].readLine(line, envelope, &context, into: &entry) {
            case .notMine:
                continue
            case .entry:
                current = attempt
                entry.dialect = ids[attempt]
                if entry.node.isNone { entry.node = node(line, envelope) }
                tally.count(ids[attempt], at: entry.time)
                return true
            case .nothing:
                tally.skipped += 1
                return false
            case .continued:
                tally.continued += 1
                return false
            case .damaged(let damage):
                tally.reject(damage, line)
                return false
            }
        }
        tally.skipped += 1
        return false
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
