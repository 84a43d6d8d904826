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
    // A record that goes on over several lines, and what a journal said before its message.
    var spread = SpreadRecord()
    var journal = JournalMemory()

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
        if context.tuples.isOpen {
            context.tuples.isOpen = false
            spread.held = nil
        }
        isUnwrapped = false
        context.keys.makeRoom()
        let isShort = line.end - line.start <= lineBytesMax
        var reading = Reading.notMine
        if !isPartOfSpread(line) {
            reading = isShort ? take(line, into: &entry) : readLong(line, into: &entry)
            if reading == .notMine, !isUnwrapped { reading = unwrap(line, depth: 1, into: &entry) }
        }
        if reading == .notMine {
            reading = joinSpread(line, into: &entry)
        } else {
            spread.abandon()
        }
        switch reading {
        case .entry: return true
        case .damaged(let damage): tally.reject(damage, line)
        case .nothing, .notMine: tally.skipped += 1
        case .continued: tally.continued += 1
        }
        return false
    }

    /// Takes the header off a line and offers the rest; an entry is counted.
    @inline(__always)
    mutating func take(_ line: borrowing Line, into entry: inout Entry) -> Reading {
        let envelope = Envelope.read(line, &context.clock, &context.header)
        guard !envelope.isFolded else { return readFolded(line, envelope, into: &entry) }
        if !envelope.time.isKnown, !envelope.isBare, !isUnwrapped {
            let reading = readUndated(line, into: &entry)
            if reading != .notMine { return reading }
        }
        return offer(line, envelope, into: &entry)
    }

    /// Reads the next entry of the line that was read last, when it tells of several. To be asked
    /// until it is false, before the next line.
    @inline(__always)
    public mutating func readFurther(_ line: borrowing Line, into entry: inout Entry) -> Bool {
        context.tuples.isOpen ? further(line, into: &entry) : false
    }

    @inline(never)
    private mutating func further(_ line: borrowing Line, into entry: inout Entry) -> Bool {
        let (count, node) = (entry.count, entry.node)
        entry = Entry()
        entry.count = count
        guard readTuple(line, into: &entry) else {
            context.tuples.isOpen = false
            spread.held = nil
            return false
        }
        entry.dialect = ids[current]
        if entry.node.isNone { entry.node = node }
        tally.countFurther(ids[current], at: entry.time)
        return true
    }

    /// The next entry of a line, or of the record that the lines up to it were.
    private mutating func readTuple(_ line: borrowing Line, into entry: inout Entry) -> Bool {
        guard let held = spread.held else {
            return dialects[current].readFurther(line, &context, into: &entry)
        }
        return held.withLine { dialects[current].readFurther($0, &context, into: &entry) }
    }

    /// A line that is longer than any line should be: only documents of many entries may be.
    @inline(never)
    private mutating func readLong(_ line: borrowing Line, into entry: inout Entry) -> Reading {
        isUnwrapped = true
        // Looked at no further than its first byte, unless it may be a document.
        let first = line[line.start]
        guard first == 0x7B || first == 0x5B || first == 0x2C else { return .damaged(.lineTooLong) }
        var envelope = Envelope()
        envelope.body = line.start
        for index in dialects.indices where dialects[index].readsLongLines {
            let reading = ask(index, line, envelope, into: &entry)
            if reading != .notMine { return reading }
        }
        return .damaged(.lineTooLong)
    }

    /// Forgets the header line read last and reads this one; to be called where lines begin that
    /// do not follow those read last. Empty: no header line is in force.
    public mutating func begin(header: [UInt8]) {
        // What stands on two lines is not joined across either.
        context.flow = FlowMemory()
        context.pflogHead = nil
        context.columnNames = HeaderMemory()
        spread.abandon()
        journal = JournalMemory()
        guard !header.isEmpty else { return }
        _ = PaddedText(header).withLine { isHeader($0) }
    }

    /// Whether a line is a header line, which names the columns of the rows behind it; from then on
    /// it is the one in force.
    public mutating func isHeader(_ line: borrowing Line) -> Bool {
        let before = (context.columnNames, tally)
        context.columnNames = HeaderMemory()
        var entry = Entry()
        let isEntry = read(line, into: &entry)
        tally = before.1
        spread.abandon()
        if !isEntry, context.columnNames.dialect != .unknown { return true }
        context.columnNames = before.0
        return false
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
            let reading = ask(attempt, line, envelope, into: &entry)
            if reading != .notMine { return reading }
        }
        return .notMine
    }

    /// Offers a line to one dialect; an entry is counted.
    @inline(__always)
    private mutating func ask(
        _ index: Int, _ line: borrowing Line, _ envelope: Envelope, into entry: inout Entry
    ) -> Reading {
        entry = Entry()
        entry.time = envelope.time
        entry.count = envelope.count
        let reading = dialects[index].readLine(line, envelope, &context, into: &entry)
        guard reading == .entry else { return reading }
        current = index
        // What has a stamp in front of it is no document.
        if !envelope.time.isKnown, line[line.start] == 0x7B { ownsDocuments = true }
        entry.dialect = ids[index]
        if context.isNodeless {
            context.isNodeless = false
        } else if entry.node.isNone {
            entry.node = node(line, envelope)
        }
        tally.count(ids[index], at: entry.time)
        return .entry
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
