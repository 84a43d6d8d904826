// Lines within lines: what collectors wrap a firewall's line into, and what copying does to one.
//
// Read first: `LineReader`. A line comes here only when no dialect took it as it stands. What is found
// inside is read as a line of its own, header and all; what the wrapping knows of time and host fills
// the gaps.

import Bytes
import Facts

extension LineReader {
    // Limit: a container's log in a shipper's document in a search engine's. More is no wrapping.
    private static var depthMax: Int { 3 }

    /// A line without a stamp of its own, before it is offered: what a firewall's line is wrapped in
    /// may hide its header, and a dialect that knows its lines by a word in their middle would take it
    /// without time and host.
    @inline(never)
    mutating func readUndated(_ line: borrowing Line, into entry: inout Entry) -> Reading {
        guard Repair.mayBeWrapped(line), line[line.start] != 0x7B || !ownsDocuments else {
            return .notMine
        }
        ownsDocuments = false
        let reading = unwrap(line, depth: 1, into: &entry)
        isUnwrapped = true
        return reading == .entry ? reading : .notMine
    }

    mutating func unwrap(
        _ line: borrowing Line, depth: Int, into entry: inout Entry
    ) -> Reading {
        isUnwrapped = true
        guard depth <= LineReader.depthMax else { return .notMine }
        let envelope = Envelope.read(line, &context.clock, &context.header)
        var body = line.skipBlanks(envelope.body)
        // Splunk and others put a word and a colon before the document.
        if line[body] != 0x7B,
            let brace = line.find(0x7B, from: body, before: min(line.end, body + 64)),
            line[brace + 1] == 0x22
        {
            body = brace
        }
        if line[body] == 0x7B, body < line.end {
            return readDocument(line, body, depth, into: &entry)
        }
        if let reading = readJournal(line, body, into: &entry) { return reading }
        if let start = archived(line) { return readInner(line.from(start), depth, into: &entry) }
        guard Repair.quotedCell(line, &plain) || Repair.mend(line, &plain) else { return .notMine }
        return readPlain(depth, into: &entry)
    }

    /// Where the line begins that Wazuh put into its archive, behind `2026 Nov 19 08:15:02 gw1->FILE `.
    private func archived(_ line: borrowing Line) -> Int? {
        let start = line.start
        guard line.endOfDigits(start) == start + 4, line[start + 4] == 0x20,
            monthNumber(line, start + 5) != nil,
            let arrow = line.find("->", from: start + 20), arrow < start + 128,
            let blank = line.find(0x20, from: arrow)
        else { return nil }
        return blank + 1
    }

    /// Reads what `plain` holds.
    private mutating func readPlain(_ depth: Int, into entry: inout Entry) -> Reading {
        let text = plain.give()
        let reading = text.withLine { readInner($0, depth, into: &entry) }
        plain.takeBack(text)
        // What else it tells lies in a text that is no more.
        context.tuples.isOpen = false
        return reading
    }

    private mutating func readInner(
        _ line: borrowing Line, _ depth: Int, into entry: inout Entry
    ) -> Reading {
        let reading = take(line, into: &entry)
        return reading == .notMine ? unwrap(line, depth: depth + 1, into: &entry) : reading
    }

    /// A document that holds a line: journald, containers, shippers, search engines.
    private mutating func readDocument(
        _ line: borrowing Line, _ at: Int, _ depth: Int, into entry: inout Entry
    ) -> Reading {
        var record = Record()
        var hasEscapes = false
        var walk = JSONWalk(at)
        plain.begin()
        while walk.next(line, Wrapping.keys, &context.keys) {
            guard let meaning = context.keys.meaning(walk.place) else { continue }
            if meaning.role == .message, !walk.isText {
                // journald writes text that is no UTF-8 as an array of bytes.
                if let byte = line.decimal8(walk.value) { plain.put(byte) }
                continue
            }
            let before = record[.message]
            record.take(meaning, walk.value)
            if record[.message] != before { hasEscapes = walk.hasEscapes }
        }
        let reading = readMessage(line, &record, hasEscapes, depth, into: &entry)
        if reading == .entry { complete(&entry, line, &record) }
        return reading
    }

    private mutating func readMessage(
        _ line: borrowing Line, _ record: inout Record, _ hasEscapes: Bool, _ depth: Int,
        into entry: inout Entry
    ) -> Reading {
        let message = record[.message]
        if message.isEmpty {
            return plain.count > 0 ? readPlain(depth, into: &entry) : .notMine
        }
        guard hasEscapes else {
            return readInner(
                Line(line.bytes, from: message.start, to: message.end), depth, into: &entry)
        }
        plain.begin()
        plain.putJSON(line, message)
        return readPlain(depth, into: &entry)
    }

    /// Fills in what the line itself did not say.
    private mutating func complete(
        _ entry: inout Entry, _ line: borrowing Line, _ record: inout Record
    ) {
        if !entry.time.isKnown, let time = record.time(line, &context.clock) {
            entry.time = time
            tally.noteTime(time)
        }
        if entry.node.isNone { entry.node = context.names.keep(line, record[.node]) }
    }
}

/// What collectors call the line, its time and its host.
enum Wrapping {
    static let keys = KeyTable([
        // The line as it came is worth more than what a shipper made of it.
        ("event.original", .message), ("_source.event.original", .message),
        ("MESSAGE", .message), ("message", .message), ("Message", .message), ("log", .message),
        ("_source.message", .message), ("_raw", .message), ("result._raw", .message),
        ("@message", .message), ("full_message", .message), ("short_message", .message),
        ("msg", .message), ("textPayload", .message), ("jsonPayload.message", .message),
        ("jsonPayload.MESSAGE", .message), ("SyslogMessage", .message), ("raw", .message),
        ("raw_message", .message), ("rawlog", .message), ("line", .message), ("body", .message),
        ("Body", .message), ("attributes.log", .message), ("log.message", .message),
        ("_SOURCE_REALTIME_TIMESTAMP", .epoch), ("__REALTIME_TIMESTAMP", .epoch),
        ("@timestamp", .time), ("_source.@timestamp", .time), ("timestamp", .time),
        ("_time", .time), ("time", .time), ("ts", .time), ("TimeGenerated", .time),
        ("_HOSTNAME", .node), ("host.hostname", .node), ("host.name", .node), ("hostname", .node),
        ("observer.name", .node), ("_source.host.name", .node), ("Computer", .node),
        ("HostName", .node), ("host", .node),
    ])
}
