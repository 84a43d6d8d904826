// pf's packets as tcpdump prints them: FreeBSD's, macOS's and Linux's tcpdump, and OpenBSD's own.
//
// Read first: tcpdump print-pflog.c, print-tcp.c; OpenBSD usr.sbin/tcpdump/print-pflog.c, print-tcp.c.
// The two families differ: in one the flags stand in brackets and a dot is ACK, in the other they are
// bare letters and ACK is a word with its number.

import Bytes
import Facts

public struct PfTcpdump: Dialect {
    public init() {}
    public let id = DialectID.pfTcpdump
    public let title = "pf, packets of pflog printed by tcpdump -e (FreeBSD, OpenBSD, macOS)"

    public var howToGet: [String] { PfTcpdump.steps }
    public var limits: [String] { PfTcpdump.bounds }
    public var samples: [Sample] { PfTcpdump.lines }

    public func read(
        _ line: borrowing Line, _ envelope: Envelope, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        guard let rule = ruleStart(line, envelope, &entry) else {
            return readSecondLine(line, envelope, &context, into: &entry)
        }
        context.pflogHead = nil
        if let end = context.printedRules.recall(line, rule, before: 0x3A, into: &entry) {
            return readBehind(line, line.skipBlanks(end), &context, into: &entry)
        }
        let word = Field(rule, line.endOfWord(rule))
        guard let slash = line.find(0x2F, from: word.start, before: word.end),
            let open = line.find(0x28, from: slash, before: word.end),
            let close = line.find(0x29, from: open, before: word.end)
        else { return .notMine }
        entry.rule = context.names.keep(line, Field(rule, slash))
        entry.reason = Filterlog().reason(line, Field(open + 1, close))
        var at = line.skipBlanks(word.end)
        // `[uid 0, pid 77]`: the process whose packet it is.
        while line[at] == 0x5B, let end = line.find(0x5D, from: at) {
            at = line.skipBlanks(end + 1)
        }
        guard let colon = readVerdict(line, at, &context.names, into: &entry) else {
            return .damaged(.cutShort)
        }
        context.printedRules.keep(line, Field(rule, colon), entry)
        return readBehind(line, line.skipBlanks(colon + 1), &context, into: &entry)
    }

    /// The packet behind the verdict.
    private func readBehind(
        _ line: borrowing Line, _ packet: Int, _ context: inout Context, into entry: inout Entry
    ) -> Reading {
        let start = readIPHeader(line, packet, into: &entry)
        guard start < line.end else {
            // tcpdump -v puts the addresses on the next line.
            guard packet < line.end else { return .damaged(.cutShort) }
            context.pflogHead = entry
            return .nothing
        }
        return readPacket(line, start, &context.names, into: &entry)
    }

    /// Where the rule's number stands: behind the word `rule`, before which are at most two stamps.
    private func ruleStart(
        _ line: borrowing Line, _ envelope: Envelope, _ entry: inout Entry
    ) -> Int? {
        var at = line.skipBlanks(envelope.body)
        for _ in 0..<3 {
            if line[at] == 0x72, line.has("rule ", at: at), isDigit(line[at + 5]) { return at + 5 }
            guard isDigit(line[at]) else { return nil }
            let end = line.endOfWord(at)
            guard end - at <= 26 else { return nil }
            if !entry.time.isKnown, let time = Record.epoch(line, Field(at, end)) {
                entry.time = time
            }
            for place in at..<end {
                let byte = line[place]
                guard isDigit(byte) || byte == 0x3A || byte == 0x2E || byte == 0x2D else {
                    return nil
                }
            }
            at = line.skipBlanks(end)
        }
        return nil
    }

    /// The packet of a line that told only of its rule.
    private func readSecondLine(
        _ line: borrowing Line, _ envelope: Envelope, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        guard let head = context.pflogHead else { return .notMine }
        let start = line.skipBlanks(envelope.body)
        let end = line.endOfWord(start)
        guard start > line.start, line.has(" > ", at: end) else { return .notMine }
        context.pflogHead = nil
        entry = head
        return readPacket(line, start, &context.names, into: &entry)
    }

    /// `block in on em0: `; the offset of the colon.
    private func readVerdict(
        _ line: borrowing Line, _ start: Int, _ names: inout Names, into entry: inout Entry
    ) -> Int? {
        let word = Field(start, line.endOfWord(start))
        // What translates or scrubs a packet says nothing of what became of it.
        guard let action = PfTcpdump.actions.meaning(line, word) else { return nil }
        entry.action = action
        var at = min(word.end + 1, line.end)
        if line.has("in on ", at: at) {
            entry.direction = .inward
            at += 6
        } else if line.has("out on ", at: at) {
            entry.direction = .outward
            at += 7
        } else {
            return nil
        }
        guard let colon = line.find(0x3A, from: at), colon - at <= 15 else { return nil }
        entry.interface = names.keep(line, Field(at, colon))
        return colon
    }

    private static let actions = WordTable<Action>([
        ("block", .block), ("pass", .pass), ("match", .note), ("rdr", .note), ("nat", .note),
        ("binat", .note), ("scrub", .note), ("unkn(11)", .note),
    ])

    /// `(tos 0x0, ttl 64, id 1, offset 0, flags [DF], proto TCP (6), length 60) `, from -v; the offset
    /// behind it.
    private func readIPHeader(
        _ line: borrowing Line, _ start: Int, into entry: inout Entry
    ) -> Int {
        guard line[start] == 0x28 else { return start }
        var depth = 0
        var end = start
        while end < line.end {
            if line[end] == 0x28 { depth += 1 }
            if line[end] == 0x29 { depth -= 1 }
            end += 1
            if depth == 0 { break }
        }
        let header = Line(line.bytes, from: start, to: end)
        if let number = number(header, "ttl ") ?? number(header, "hlim "), number < 256 {
            entry.ttl = UInt8(number)
            entry.known.insert(.ttl)
        }
        if let number = number(header, " id "), number < 65536 {
            entry.ipID = UInt16(number)
            entry.known.insert(.ipID)
        }
        if let number = number(header, "offset "), number > 0 {
            entry.known.insert(.laterFragment)
        }
        if let proto = header.find("proto ", from: start)
            ?? header.find("next-header ", from: start),
            let open = header.find(0x28, from: proto),
            let told = header.decimal8(Field(open + 1, header.endOfDigits(open + 1)))
        {
            entry.ipProtocol = told
        }
        return line.skipBlanks(end)
    }

    private func number(_ line: borrowing Line, _ name: StaticString) -> UInt32? {
        guard let at = line.find(name, from: line.start) else { return nil }
        let start = at + name.utf8CodeUnitCount
        return line.decimal(Field(start, line.endOfDigits(start)))
    }
}
