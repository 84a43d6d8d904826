// Cisco ASA, and what speaks its language: FTD, PIX, FWSM, NGIPS.
//
// Read first: "Cisco ASA Series Syslog Messages". A message's six digits never change meaning; its
// severity can be changed by the operator, and the tag may carry a class word or lack its colon.

import Bytes
import Facts

public struct CiscoASA: Dialect {
    public init() {}
    public let id = DialectID.ciscoASA
    public let title = "Cisco ASA and Firepower Threat Defense (also PIX, FWSM, NGIPS)"

    public var howToGet: [String] { CiscoASA.steps }
    public var limits: [String] { CiscoASA.bounds }
    public var samples: [Sample] { CiscoASA.lines }

    public func read(
        _ line: borrowing Line, _ envelope: Envelope, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        var message = Message()
        switch findMessage(line, envelope) {
        case .none:
            if line.equals(envelope.program, "SFIMS") {
                // Firepower modules of before 6.3 send the same pairs without a number.
                let isEnd = line.find("ConnectType: End", from: envelope.body) != nil
                return readFirepower(
                    line, envelope.body, isEnd: isEnd, hasHost: true, &context, into: &entry)
            }
            if let viewed = findViewed(line, envelope.body, &context.clock) {
                if let time = viewed.time { entry.time = time }
                message = Message(id: viewed.id, tag: envelope.body, body: viewed.sentence)
                return read(line, message, &context, into: &entry)
            }
            return readRow(line, envelope.body, &context.names, into: &entry)
                ?? readDropped(line, envelope.body, &context.names, into: &entry) ?? .notMine
        case .some(let found): message = found
        }
        if message.isCut { return .damaged(.cutShort) }
        // What transport leaves behind a sentence would become part of the interface's name.
        let text = Line(line.bytes, from: line.start, to: endOfSentence(line, message.body))
        message.hasHost = !envelope.host.isEmpty
        takeRepeat(text, &message, into: &entry)
        nameNode(line, envelope, message.tag, &context.names, into: &entry)
        return read(text, message, &context, into: &entry)
    }

    private func read(
        _ line: borrowing Line, _ message: Message, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        let at = message.body
        switch message.id {
        case 106_001, 106_015:
            return readFlagged(line, at, message.id, &context.names, into: &entry)
        case 500_003: return readBadHeader(line, at, &context.names, into: &entry)
        case 106_006, 106_007:
            return readPlain(line, at, Entry.udp, .match, &context.names, into: &entry)
        case 106_012: return readPlain(line, at, 255, .ipOption, &context.names, into: &entry)
        case 106_016:
            return readPlain(line, at, 255, .antiSpoofing, &context.names, into: &entry)
        case 106_017:
            return readPlain(
                line, at, 255, .antiSpoofing, isLast: true, &context.names, into: &entry)
        case 106_020:
            return readPlain(line, at, 255, .fragment, isLast: true, &context.names, into: &entry)
        case 106_021, 106_022, 500_004:
            return readProtocolFirst(line, at, message.id, &context.names, into: &entry)
        case 106_010, 106_014, 106_023:
            return readSourceDestination(line, at, message.id, &context.names, into: &entry)
        case 106_100, 106_102, 106_103:
            return readAccessList(line, at, &context.names, into: &entry)
        case 209_003, 209_004, 209_005:
            return readFragmentSet(line, at, &context.names, into: &entry)
        case 209_006: return readFragmentQueue(line, at, &context.names, into: &entry)
        case 302_013, 302_303:
            let bypass = message.id == 302_303
            return readBuilt(
                line, at, Entry.tcp, isBypass: bypass, &context.names, into: &entry)
        case 302_014, 302_304:
            let bypass = message.id == 302_304
            return readTeardown(
                line, at, Entry.tcp, isBypass: bypass, &context.names, into: &entry)
        case 302_015:
            return readBuilt(line, at, Entry.udp, isBypass: false, &context.names, into: &entry)
        case 302_016:
            return readTeardown(line, at, Entry.udp, isBypass: false, &context.names, into: &entry)
        case 302_022, 302_023: return readStub(line, at, Entry.tcp, &context.names, into: &entry)
        case 302_024, 302_025: return readStub(line, at, Entry.udp, &context.names, into: &entry)
        case 302_026, 302_027: return readStub(line, at, 1, &context.names, into: &entry)
        case 302_020, 302_021: return readICMPConnection(line, at, &context.names, into: &entry)
        case 313_001, 313_008: return readICMPToTheBox(line, at, &context.names, into: &entry)
        case 313_004: return readICMPDenied(line, at, &context.names, into: &entry)
        case 313_005: return readICMPError(line, at, &context.names, into: &entry)
        case 419_001, 419_002:
            return readBetween(line, at, message.id, &context.names, into: &entry)
        case 430_002, 430_003:
            return readFirepower(
                line, at, isEnd: message.id == 430_003, hasHost: message.hasHost, &context,
                into: &entry)
        case 710_002, 710_004:
            return readBoxVerdict(line, at, message.id, &context.names, into: &entry)
        case 710_003, 710_005, 710_006:
            return readToTheBox(line, at, message.id, &context.names, into: &entry)
        default: return readRefusal(line, at, message.id, &context.names, into: &entry)
        }
    }
}

/// Where a message stands and which it is.
private struct Message {
    var id: UInt32 = 0
    /// Where `%ASA-` stands, or the sentence if the tag was taken off.
    var tag = 0
    /// Where the sentence begins.
    var body = 0
    var isCut = false
    /// Whether the envelope names the device.
    var hasHost = false
}

extension CiscoASA {
    /// `%ASA-6-302013: `, `%ASA-session-5-106100: `, `%ASA-6-302016 `, or a sentence without a tag.
    private func findMessage(_ line: borrowing Line, _ envelope: Envelope) -> Message? {
        // Limit: the tag stands behind a name or two; further in it is another program's quote.
        let limit = min(line.end, envelope.body + 96)
        var at = envelope.body
        while let percent = line.find(0x25, from: at, before: limit) {
            if let message = readTag(line, percent) { return message }
            at = percent + 1
        }
        if let message = bareTag(line, envelope.body) { return message }
        if !envelope.program.isEmpty, let message = bareTag(line, envelope.program.start) {
            return message
        }
        guard let id = sentence(line, envelope.body) else { return nil }
        return Message(id: id, tag: envelope.body, body: envelope.body)
    }

    /// `ASA-6-302013: `: a tag whose percent sign was lost in copying.
    private func bareTag(_ line: borrowing Line, _ at: Int) -> Message? {
        guard behindProduct(line, at) != nil, let message = readTag(line, at - 1),
            !message.isCut, message.id > 0
        else { return nil }
        return message
    }

    private func readTag(_ line: borrowing Line, _ percent: Int) -> Message? {
        if let message = plainTag(line, percent) { return message }
        guard var at = behindProduct(line, percent + 1) else { return nil }
        var message = Message(id: 0, tag: max(line.start, percent), body: 0)
        // Up to a class word, the severity and the number.
        for _ in 0..<3 {
            let first = at
            while at < line.end, isTagByte(line[at]) { at += 1 }
            if at - first == 6, let id = line.decimal(Field(first, at)) {
                message.id = id
                if line[at] == 0x3A { at += 1 }
                message.body = line.skipBlanks(at)
                return message
            }
            guard line[at] == 0x2D, at < line.end else { break }
            at += 1
        }
        message.isCut = at >= line.end
        message.body = at
        return message
    }

    /// `%ASA-6-302013: `, as nearly all lines have it.
    @inline(__always)
    private func plainTag(_ line: borrowing Line, _ percent: Int) -> Message? {
        guard line.has("%ASA-", at: percent) || line.has("%FTD-", at: percent),
            percent + 15 < line.end, isDigit(line[percent + 5]), line[percent + 6] == 0x2D,
            line[percent + 13] == 0x3A, line[percent + 14] == 0x20, line[percent + 15] > 0x20,
            let id = line.decimal(Field(percent + 7, percent + 13))
        else { return nil }
        return Message(id: id, tag: percent, body: percent + 15)
    }

    private func behindProduct(_ line: borrowing Line, _ at: Int) -> Int? {
        if line.has("ASA-", at: at) || line.has("FTD-", at: at) || line.has("PIX-", at: at) {
            return at + 4
        }
        if line.has("FWSM-", at: at) { return at + 5 }
        return line.has("NGIPS-", at: at) ? at + 6 : nil
    }

    private func isTagByte(_ byte: UInt8) -> Bool {
        isDigit(byte) || lowercased(byte) &- 0x61 < 26 || byte == 0x5F
    }

    /// The message a bare sentence belongs to: some collectors store lines without the tag.
    private func sentence(_ line: borrowing Line, _ at: Int) -> UInt32? {
        switch line[at] {
        case 0x4E:
            return line.has("No matching connection for ICMP error message: ", at: at)
                ? 313_005 : nil
        case 0x44:
            if line.has("Deny TCP (no connection) from ", at: at) { return 106_015 }
            if line.has("Duplicate TCP SYN from ", at: at) { return 419_002 }
            if line.has("Deny inbound UDP from ", at: at) { return 106_006 }
            if line.has("Deny inbound icmp src ", at: at) { return 106_014 }
            guard line.has("Deny ", at: at), line.find(" by access-group ", from: at) != nil else {
                return nil
            }
            return 106_023
        case 0x49: return line.has("Inbound TCP connection denied from ", at: at) ? 106_001 : nil
        case 0x42:
            for start in ["Built inbound ", "Built outbound "] as [StaticString]
            where line.has(start, at: at) {
                let word = at + start.utf8CodeUnitCount
                if line.has("TCP connection ", at: word) { return 302_013 }
                if line.has("UDP connection ", at: word) { return 302_015 }
                if line.has("ICMP connection for faddr ", at: word) { return 302_020 }
            }
            return nil
        case 0x54:
            if line.has("Teardown TCP connection ", at: at) { return 302_014 }
            if line.has("Teardown UDP connection ", at: at) { return 302_016 }
            return line.has("Teardown ICMP connection for faddr ", at: at) ? 302_021 : nil
        case 0x61:
            guard line.has("access-list ", at: at) else { return nil }
            return line.find(" hit-cnt ", from: at) == nil ? nil : 106_100
        default: return nil
        }
    }

    /// The end without line ends as text (`#015`, `^M`), a lone quote, and a repeat's bracket.
    private func endOfSentence(_ line: borrowing Line, _ start: Int) -> Int {
        var end = line.end
        while end > start {
            let byte = line[end - 1]
            if byte <= 0x20 || byte == 0x5D {
                end -= 1
            } else if byte == 0x22, line[end - 2] != 0x2C, isLoneQuote(line, start, end) {
                end -= 1
            } else if end - 4 >= start,
                line.has("#015", at: end - 4) || line.has("#012", at: end - 4)
            {
                end -= 4
            } else if end - 2 >= start, line.has("^M", at: end - 2) {
                end -= 2
            } else {
                break
            }
        }
        return end
    }

    private func isLoneQuote(_ line: borrowing Line, _ start: Int, _ end: Int) -> Bool {
        var quotes = 0
        var at = start
        while let quote = line.find(0x22, from: at, before: end) {
            quotes += 1
            at = quote + 1
        }
        return quotes % 2 == 1
    }

    /// `message repeated 2 times: [ Deny ..]` behind the tag.
    private func takeRepeat(
        _ line: borrowing Line, _ message: inout Message, into entry: inout Entry
    ) {
        guard line.has("message repeated ", at: message.body) else { return }
        let digits = Field(message.body + 17, line.endOfDigits(message.body + 17))
        guard let times = line.decimal(digits), line.has(" times: [", at: digits.end) else {
            return
        }
        entry.count = max(1, min(times, 1_000_000))
        entry.known.insert(.repeated)
        message.body = line.skipBlanks(digits.end + 9)
    }

    /// The device's name where the envelope took it for a program (`fw1: %ASA-`) or a time zone
    /// for the host (`EDT fw1 : %ASA-`).
    private func nameNode(
        _ line: borrowing Line, _ envelope: Envelope, _ tag: Int, _ names: inout Names,
        into entry: inout Entry
    ) {
        if envelope.host.isEmpty {
            guard !envelope.program.isEmpty, !isZoneWord(line, envelope.program) else { return }
            entry.node = names.keep(line, envelope.program)
        } else if isZoneWord(line, envelope.host), envelope.body < tag {
            entry.node = names.keep(line, Field(envelope.body, line.endOfWord(envelope.body)))
        }
    }

    /// `EDT`, `CEST`, `UTC`: up to five capitals that end as zone words do.
    private func isZoneWord(_ line: borrowing Line, _ word: Field) -> Bool {
        guard word.count >= 3, word.count <= 5 else { return false }
        for at in word.start..<word.end where line[at] &- 0x41 >= 26 { return false }
        return line[word.end - 1] == 0x54 || line.equals(word, "UTC") || line.equals(word, "MSK")
    }
}
