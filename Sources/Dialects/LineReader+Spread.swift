// Records that were printed over several lines: JSON documents and XML elements with line breaks.
//
// Read first: `LineReader`. A line that holds nothing but the beginning of a record opens one; what
// follows is joined until it ends, and read as one line. Every line is offered to the dialects as
// before, and where one takes it, it was no part of a record; but for those that can be nothing else,
// a brace by itself or a key and its value: thirty dialects would look at each of them in vain.

import Bytes
import Facts

/// A record whose end was not seen yet.
struct SpreadRecord: Sendable {
    fileprivate var text = PlainText()
    fileprivate var isOpen = false
    fileprivate var lines = 0
    fileprivate var depth = 0
    /// The hash of the element's name; zero for a JSON document.
    fileprivate var element: UInt64 = 0
    /// A record that tells of several packets, as long as they are asked for.
    var held: PaddedText?

    mutating func abandon() { isOpen = false }

    fileprivate var isDocument: Bool { isOpen && element == 0 }
}

extension LineReader {
    /// Whether a line can be nothing but a part of a JSON document that is spread over lines.
    @inline(__always)
    func isPartOfSpread(_ line: borrowing Line) -> Bool {
        if spread.isDocument { return isPartOfDocument(line) }
        return line[line.start] == 0x7B && line.end &- line.start < 4
            && isOfBrackets(line, line.start)
    }

    /// Within a document: `"key": …`, or brackets and commas only.
    @inline(never)
    private func isPartOfDocument(_ line: borrowing Line) -> Bool {
        let start = line.skipBlanks(line.start)
        guard line[start] == 0x22, start < line.end else { return isOfBrackets(line, start) }
        guard let end = line.find(0x22, 0x5C, 0x22, from: start + 1) else { return false }
        return line[line.skipBlanks(end + 1)] == 0x3A
    }

    private func isOfBrackets(_ line: borrowing Line, _ start: Int) -> Bool {
        guard start < line.end else { return false }
        for at in start..<line.end {
            switch line[at] {
            case 0x7B, 0x7D, 0x5B, 0x5D, 0x2C, 0x20, 0x09, 0x0D: break
            default: return false
            }
        }
        return true
    }

    /// Takes a line that no dialect knew as a part of a record, and reads the record at its end.
    @inline(never)
    mutating func joinSpread(_ line: borrowing Line, into entry: inout Entry) -> Reading {
        let first = line.skipBlanks(line.start)
        let whole = Field(first, endWithoutBlanks(line))
        if let element = opener(line, whole), !spread.isOpen || spread.lines <= 2 {
            // What stood before was what the records lie in.
            spread.isOpen = true
            spread.element = element
            spread.lines = 0
            spread.depth = 0
            spread.text.begin()
        }
        guard spread.isOpen, !whole.isEmpty else { return .notMine }
        spread.lines += 1
        spread.text.put(0x20)
        spread.text.put(line, whole)
        // Limit: a record longer than any line may be is none of a firewall's.
        guard spread.text.count < lineBytesMax else {
            spread.abandon()
            return .notMine
        }
        guard ends(line, whole) else { return .notMine }
        return readSpread(into: &entry)
    }

    private mutating func readSpread(into entry: inout Entry) -> Reading {
        spread.isOpen = false
        let text = spread.text.give()
        isUnwrapped = false
        let reading = text.withLine { record in
            let plain = Line(record.bytes, from: record.start + 1, to: record.end)
            let found = take(plain, into: &entry)
            return found == .notMine && !isUnwrapped
                ? unwrap(plain, depth: 1, into: &entry) : found
        }
        if context.tuples.isOpen {
            spread.held = text
        } else {
            spread.text.takeBack(text)
        }
        if reading != .notMine {
            // The lines before this one were counted as another program's.
            tally.skipped -= spread.lines - 1
            tally.continued += spread.lines - 1
        }
        return reading
    }

    /// Where the blanks at the line's end begin.
    private func endWithoutBlanks(_ line: borrowing Line) -> Int {
        var end = line.end
        while end > line.start, line[end - 1] <= 0x20 { end -= 1 }
        return end
    }

    /// What a line opens that holds nothing else: zero for `{`, `[{` and `,{`, the hash of its name
    /// for `<NAME>`; nil where it opens nothing.
    private func opener(_ line: borrowing Line, _ whole: Field) -> UInt64? {
        guard !whole.isEmpty else { return nil }
        if line[whole.end - 1] == 0x7B {
            for at in whole.start..<(whole.end - 1) {
                let byte = line[at]
                guard byte == 0x5B || byte == 0x2C || byte == 0x20 || byte == 0x7D else {
                    return nil
                }
            }
            return 0
        }
        guard line[whole.start] == 0x3C, line[whole.end - 1] == 0x3E, whole.count > 2,
            lowercased(line[whole.start + 1]) &- 0x61 < 26, line[whole.end - 2] != 0x2F,
            line.find(0x3C, from: whole.start + 1) == nil
        else { return nil }
        var end = whole.start + 1
        while end < whole.end - 1, line[end] > 0x20 { end += 1 }
        return line.hash(Field(whole.start + 1, end))
    }

    /// Whether the record ends with this line.
    private mutating func ends(_ line: borrowing Line, _ whole: Field) -> Bool {
        if spread.element != 0 {
            guard line.has("</", at: whole.start), line[whole.end - 1] == 0x3E else {
                return false
            }
            return line.hash(Field(whole.start + 2, whole.end - 1)) == spread.element
        }
        // `[{` and `},{` count from their last brace.
        var at = spread.lines == 1 ? whole.end - 1 : whole.start
        var isText = false
        while at < whole.end {
            switch line[at] {
            case 0x5C where isText: at += 1
            case 0x22: isText.toggle()
            case 0x7B where !isText, 0x5B where !isText: spread.depth += 1
            case 0x7D where !isText, 0x5D where !isText:
                spread.depth -= 1
                if spread.depth <= 0 { return true }
            default: break
            }
            at += 1
        }
        return false
    }
}

/// What journald's export format said of an entry before its message, a field a line.
struct JournalMemory: Sendable {
    var time = Instant.unknown
    var host = Name.none
}

extension LineReader {
    /// A field of journald's export format; nil for any other line.
    mutating func readJournal(
        _ line: borrowing Line, _ at: Int, into entry: inout Entry
    ) -> Reading? {
        switch line[at] {
        case 0x4D where line.has("MESSAGE=", at: at):
            let reading = take(line.from(at + 8), into: &entry)
            guard reading == .entry else { return reading }
            if !entry.time.isKnown, journal.time.isKnown {
                entry.time = journal.time
                tally.noteTime(journal.time)
            }
            if entry.node.isNone { entry.node = journal.host }
            return reading
        case 0x5F:
            if line.has("__CURSOR=", at: at) {
                journal = JournalMemory()
            } else if line.has("__REALTIME_TIMESTAMP=", at: at) {
                journal.time = Record.epoch(line, Field(at + 21, line.end)) ?? .unknown
            } else if line.has("_SOURCE_REALTIME_TIMESTAMP=", at: at) {
                journal.time = Record.epoch(line, Field(at + 27, line.end)) ?? journal.time
            } else if line.has("_HOSTNAME=", at: at) {
                journal.host = context.names.keep(line, Field(at + 10, line.end))
            }
            return nil
        default: return nil
        }
    }
}
