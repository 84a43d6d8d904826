// Windows Defender Firewall: pfirewall.log, in the W3C extended form.
//
// Read first: Microsoft's "Configure Windows Firewall logging", and the log's own `#Fields:`. The
// columns have stood in one order since Windows XP; later versions added some at the end.

import Bytes
import Facts

public struct WindowsFirewall: Dialect {
    public init() {}
    public let id = DialectID.windowsFirewall
    public let title = "Windows Defender Firewall, pfirewall.log"

    public var howToGet: [String] { WindowsFirewall.steps }
    public var limits: [String] { WindowsFirewall.bounds }
    public var samples: [Sample] { WindowsFirewall.lines }

    public func read(
        _ line: borrowing Line, _ envelope: Envelope, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        let body = line.skipBlanks(envelope.body)
        if readPlain(line, body, &context, &entry) { return .entry }
        let first = Field(body, line.endOfWord(body))
        guard let action = WindowsFirewall.actions.meaning(line, first) else {
            return readHeader(line, body, &context) ? .nothing : .notMine
        }
        context.words.find(line, from: body)
        let words = context.words
        guard isRow(line, words) else { return .notMine }
        guard action != .note else { return .nothing }
        guard words.count >= 7 else { return .damaged(.cutShort) }
        entry.action = action
        if let time = universalTime(line, &context) { entry.time = time }
        var record = Record()
        gather(line, words, &record)
        if let damage = record.fill(line, &context, into: &entry) { return .damaged(damage) }
        // A packet of its own that the host dropped has zeros there, and a dash for its flags.
        if !entry.known.contains(.flags) {
            entry.known.subtract([.sequence, .acknowledgement, .window])
        } else if !entry.flags.contains(.ack) {
            entry.known.remove(.acknowledgement)
        }
        if action == .open { entry.reason = .match }
        return .entry
    }

    private func readHeader(
        _ line: borrowing Line, _ body: Int, _ context: inout Context
    ) -> Bool {
        guard line[body] == 0x23 else { return false }
        if line.has("#Time Format: ", at: body) {
            var header = HeaderMemory(dialect: .windowsFirewall)
            header.isUniversal = line.has("UTC", at: body + 14) || line.has("GMT", at: body + 14)
            context.columnNames = header
            return true
        }
        return line.has("#Software: Microsoft Windows Firewall", at: body)
            || line.has("#Fields: date time action protocol", at: body)
    }

    /// The row's own time, where the log's head says that it is UTC.
    func universalTime(_ line: borrowing Line, _ context: inout Context) -> Instant? {
        guard context.columnNames.dialect == .windowsFirewall, context.columnNames.isUniversal
        else { return nil }
        let date = Field(line.start, line.endOfWord(line.start))
        let start = line.skipBlanks(date.end)
        guard
            let time = context.clock.read(
                line, date: date, time: Field(start, line.endOfWord(start)))
        else { return nil }
        return Instant(microseconds: time.seconds * 1_000_000 + time.micro)
    }

    /// A verdict, a protocol, two addresses; or dashes in their places.
    private func isRow(_ line: borrowing Line, _ words: Words) -> Bool {
        guard words.count >= 4 else { return false }
        let isDash = line.equals(words[1], "-")
        guard isDash || ipProtocolNumber(line, words[1]) != 255 else { return false }
        return isDash || Address(line, words[2]) != nil
    }

    /// `DROP TCP src dst sport dport size flags seq ack win type code info path pid`
    private func gather(_ line: borrowing Line, _ words: Words, _ record: inout Record) {
        let roles: [12 of Role?] = [
            nil, .ipProtocol, .source, .destination, .sourcePort, .destinationPort, nil, .flags,
            .sequence, .acknowledgement, .window, .icmpType,
        ]
        for index in 1..<12 {
            guard let role = roles[index], index < words.count,
                !line.equals(words[index], "-")
            else { continue }
            record.set(role, words[index])
        }
        if words.count > 14, !line.equals(words[14], "-") { record.set(.direction, words[14]) }
    }

    private static let actions = WordTable<Action>([
        ("DROP", .block), ("ALLOW", .open), ("OPEN", .open), ("OPEN-INBOUND", .open),
        ("CLOSE", .close), ("INFO-EVENTS-LOST", .note),
    ])
}
