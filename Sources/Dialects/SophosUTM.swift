// Sophos UTM (Astaro): the packet filter's log.
//
// Read first: Sophos' "UTM log file reference", packetfilter.log, and `Record`. Its stamps are of a
// form of their own (`2024:03:05-22:21:05`), which relays take apart.

import Bytes
import Facts

public struct SophosUTM: Dialect {
    public init() {}
    public let id = DialectID.sophosUTM
    public let title = "Sophos UTM (Astaro Security Gateway), packetfilter log"

    public var howToGet: [String] { SophosUTM.steps }
    public var limits: [String] { SophosUTM.bounds }
    public var samples: [Sample] { SophosUTM.lines }

    public func read(
        _ line: borrowing Line, _ envelope: Envelope, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        let body = envelope.body
        guard let sign = line.find(0x3D, from: body, before: min(line.end, body + 96)),
            sign - 2 >= body, line.has("id=\"", at: sign - 2),
            line.find("sub=\"packetfilter\"", from: sign) != nil
        else { return .notMine }
        var record = Record()
        record.gather(line, from: sign - 2, PairStyle(), SophosUTM.keys, &context.keys)
        guard let action = SophosUTM.actions.meaning(line, record[.action]) else {
            return record.has(.action) ? .nothing : .damaged(.cutShort)
        }
        entry.action = action
        if let damage = record.fill(line, &context, into: &entry) { return .damaged(damage) }
        if !readPlainHead(line, sign - 2, &context, into: &entry) {
            context.words.find(line, from: line.start, before: sign - 2)
            readHead(line, context.words, &context, into: &entry)
        }
        if action == .pass || action == .block { entry.reason = .match }
        if action == .block,
            let reason = context.reasons.within(
                line, record[.message], SophosUTM.reasons, of: id)
        {
            entry.reason = reason
            entry.reasonText = context.names.keep(line, record[.message])
            if reason == .noState { entry.known.insert(.saysNoState) }
        }
        return .entry
    }

    /// `2024:03:05-22:21:05 utm ulogd[5472]:` at the line's start or behind a priority, before
    /// `end`. False when it is anything else: then it is left to `readHead`, which this must agree
    /// with.
    private func readPlainHead(
        _ line: borrowing Line, _ end: Int, _ context: inout Context, into entry: inout Entry
    ) -> Bool {
        var at = line.start
        if line[at] == 0x3C {
            at = line.endOfDigits(at + 1)
            guard line[at] == 0x3E else { return false }
            at += 1
        }
        let host = Field(at + 20, line.endOfWord(at + 20))
        guard at + 20 < end, line[at + 19] == 0x20, !host.isEmpty, line[host.start] != 0x09,
            line.skipBlanks(host.end) < end, let day = day(line, at, &context.clock),
            let clock = secondOfDay(line, at)
        else { return false }
        entry.time = Instant(microseconds: context.clock.toUTC(day + clock) * 1_000_000)
        entry.node = context.names.keep(line, host)
        return true
    }

    /// The beginning of the day `2024:03:05` with a dash behind it.
    private func day(_ line: borrowing Line, _ at: Int, _ clock: inout Clock) -> Int64? {
        let first = line.word(at) ^ 0x3A30_303A_3030_3030
        let last = line.word(at + 8) & 0xFF_FFFF ^ 0x2D_3030
        guard areDigits(first), first & 0xFF00_00FF_0000_0000 == 0, areDigits(last),
            last & 0xFF_0000 == 0
        else { return nil }
        if let known = clock.lastDay.seconds(line, at), clock.lastDay.count == 10 { return known }
        guard let year = line.decimal(Field(at, at + 4)),
            let month = line.decimal(Field(at + 5, at + 7)),
            let date = line.decimal(Field(at + 8, at + 10))
        else { return nil }
        let civil = CivilTime(year: Int(year), month: Int(month), day: Int(date))
        guard civil.isValid else { return nil }
        clock.lastDay.keep(line, Field(at, at + 10), civil.secondsAsUTC)
        return civil.secondsAsUTC
    }

    /// The seconds of `22:21:05` behind the day at `at`; a leap second is left to the long way.
    private func secondOfDay(_ line: borrowing Line, _ at: Int) -> Int64? {
        let digits = line.word(at + 11) ^ 0x3030_3A30_303A_3030
        guard areDigits(digits), digits & 0xFF00_00FF_0000 == 0 else { return nil }
        func number(_ place: UInt64) -> Int64 {
            let two = digits >> (8 * place)
            return Int64((two & 0xF) * 10 + (two >> 8 & 0xF))
        }
        guard number(0) < 24, number(3) < 60, number(6) < 60 else { return nil }
        return number(0) * 3600 + number(3) * 60 + number(6)
    }

    /// `2024:03:05-22:21:05 utm ulogd[5472]:`, or without its year, which a relay took for a
    /// program: `2017: 03:01-02:30:05 utm ulogd[5472]:`.
    private func readHead(
        _ line: borrowing Line, _ words: Words, _ context: inout Context, into entry: inout Entry
    ) {
        for index in 0..<words.count {
            let word = words[index]
            guard let dash = line.find(0x2D, from: word.start, before: word.end),
                dash + 9 == word.end, line[dash + 3] == 0x3A, dash - 5 >= word.start,
                line[dash - 3] == 0x3A
            else { continue }
            let day = Field(dash - 5, dash)
            var year: UInt32?
            if dash - 10 >= word.start {
                year = line.decimal(Field(dash - 10, dash - 6))
            } else if words[index - 1].count == 5 {
                year = line.decimal(Field(words[index - 1].start, words[index - 1].end - 1))
            }
            if let year, let month = line.decimal(Field(day.start, day.start + 2)),
                let date = line.decimal(Field(day.start + 3, day.end)),
                let clock = Clock.timeOfDay(line, Field(dash + 1, word.end))
            {
                let civil = CivilTime(
                    year: Int(year), month: Int(month), day: Int(date), hour: clock.hour,
                    minute: clock.minute, second: clock.second)
                if civil.isValid {
                    entry.time = Instant(
                        microseconds: context.clock.toUTC(civil.secondsAsUTC) * 1_000_000)
                }
            }
            if index + 1 < words.count - 1 {
                entry.node = context.names.keep(line, words[index + 1])
            }
            return
        }
    }
}

extension SophosUTM {
    static let keys = KeyTable([
        ("action", .action), ("name", .message), ("fwrule", .rule), ("initf", .inbound),
        ("outitf", .outbound), ("srcmac", .macSource), ("dstmac", .macDestination),
        ("srcip", .source), ("dstip", .destination), ("proto", .ipProtocol), ("ttl", .ttl),
        ("srcport", .sourcePort), ("dstport", .destinationPort), ("tcpflags", .flags),
        ("type", .icmpType),
    ])

    static let actions = WordTable<Action>([
        ("drop", .block), ("reject", .block), ("accept", .pass), ("log", .note),
    ])

    static let reasons = WordTable<Reason>([
        ("strict tcp state", .noState), ("spoof", .antiSpoofing), ("flood", .rateLimit),
        ("invalid packet", .invalid),
    ])
}
