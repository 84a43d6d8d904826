// What stands before `IN=`: times, the rule's prefix, or conntrack's own words.
//
// Read `Netfilter` first, and Linux net/netfilter/nf_conntrack_proto_tcp.c for the wordings
// of nf_ct_l4proto_log_invalid() and, in older kernels, of nf_log_packet(... "nf_ct_tcp: ...").

import Bytes
import Facts

extension Netfilter {
    /// The prefix without the parts the kernel, dmesg and logread put before it. A time that
    /// stands there becomes the entry's when the header had none.
    func findPrefix(
        _ line: borrowing Line, _ envelope: Envelope, _ end: Int, _ clock: inout Clock,
        _ entry: inout Entry
    ) -> Field {
        var at = line.skipBlanks(envelope.body)
        if !entry.time.isKnown, let (time, after) = readWeekdayStamp(line, at, &clock) {
            entry.time = time
            at = line.skipBlanks(after)
        }
        // logread's `kern.warn kernel: `, and headers that could not be read.
        if let kernel = line.find("kernel: ", from: at), kernel < end { at = kernel + 8 }
        at = skipUptime(line, line.skipBlanks(at))
        // A header without a program makes the prefix's first word look like one.
        if at == envelope.body || at >= end, !envelope.program.isEmpty,
            at >= end || line.has("nf_ct_", at: envelope.program.start),
            !line.equals(envelope.program, "kernel"), !line.equals(envelope.program, "klogd"),
            !line.has("ulogd", at: envelope.program.start)
        {
            at = envelope.program.start
        }
        var prefix = Field(min(at, end), end)
        while prefix.count > 0, isPadding(line[prefix.start]) { prefix.start += 1 }
        while prefix.count > 0, isPadding(line[prefix.end - 1]) || line[prefix.end - 1] == 0x3A {
            prefix.end -= 1
        }
        return prefix
    }

    private func isPadding(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x22 }

    /// The offset behind `[12345.678901] `, `[    1.234567] ` and printk's caller `[  T12] `.
    private func skipUptime(_ line: borrowing Line, _ start: Int) -> Int {
        guard line[start] == 0x5B else { return start }
        let digits = line.skipBlanks(start + 1)
        let point = line.endOfDigits(digits)
        guard point > digits, line[point] == 0x2E else { return start }
        let close = line.endOfDigits(point + 1)
        guard line[close] == 0x5D else { return start }
        let after = line.skipBlanks(close + 1)
        guard line[after] == 0x5B else { return after }
        let letter = line.skipBlanks(after + 1)
        guard line[letter] == 0x54 || line[letter] == 0x43 else { return after }
        let callerEnd = line.endOfDigits(letter + 1)
        guard callerEnd > letter + 1, line[callerEnd] == 0x5D else { return after }
        return line.skipBlanks(callerEnd + 1)
    }

    /// `[Tue Jul  4 12:00:00 2024]` as dmesg -T has it, or the same bare, as logread has it.
    private func readWeekdayStamp(
        _ line: borrowing Line, _ start: Int, _ clock: inout Clock
    ) -> (Instant, Int)? {
        let bracketed = line[start] == 0x5B
        let at = bracketed ? start + 1 : start
        guard at + 24 <= line.end, line[at + 3] == 0x20, let month = monthNumber(line, at + 4),
            line[at + 13] == 0x3A, line[at + 16] == 0x3A, line[at + 19] == 0x20,
            let day = line.decimal(Field(line[at + 8] == 0x20 ? at + 9 : at + 8, at + 10)),
            let hour = line.decimal(Field(at + 11, at + 13)),
            let minute = line.decimal(Field(at + 14, at + 16)),
            let second = line.decimal(Field(at + 17, at + 19)),
            let year = line.decimal(Field(at + 20, at + 24))
        else { return nil }
        let civil = CivilTime(
            year: Int(year), month: month, day: Int(day), hour: Int(hour), minute: Int(minute),
            second: Int(second))
        guard civil.isValid, !bracketed || line[at + 24] == 0x5D else { return nil }
        return (
            Instant(seconds: clock.toUTC(civil.secondsAsUTC)), bracketed ? at + 25 : at + 24
        )
    }

    /// The rule, what it did, and whether it says that the packet had no state.
    func readPrefix(
        _ line: borrowing Line, _ field: Field, _ context: inout Context, _ entry: inout Entry
    ) {
        var prefix = field
        // UniFi describes the rule behind its name; the kernel cuts the text in the middle.
        if let mark = line.find(" DESCR=\"", from: prefix.start), mark < prefix.end {
            entry.reasonText = context.names.keep(line, Field(mark + 8, prefix.end))
            prefix.end = mark
        }
        entry.rule = context.names.keep(line, prefix)
        if entry.reason == .unknown { entry.reason = .match }
        let words = PrefixWords(line, prefix)
        if words.blocks {
            entry.action = .block
        } else if words.passes {
            entry.action = .pass
        }
        guard words.saysInvalid else { return }
        entry.reason = .invalid
        // Labels lie: a rule named so can match a first SYN, by its place among the rules.
        if entry.ipProtocol == Entry.tcp, !(entry.known.contains(.flags) && entry.flags.opens) {
            entry.known.insert(.saysNoState)
        }
    }

    /// What conntrack says of a packet it calls invalid; matched on words, not on the tag, since
    /// kernels differ in both.
    func readConntrackReason(
        _ line: borrowing Line, _ prefix: Field, _ context: inout Context, _ entry: inout Entry
    ) {
        var words = prefix
        if let colon = line.find(0x3A, from: prefix.start, before: prefix.end) {
            words.start = line.skipBlanks(colon + 1)
        }
        entry.reason = Reason.unknown
        for (text, reason) in Netfilter.conntrackWords
        where line.findIgnoringCase(text, in: words) != nil {
            entry.reason = reason
            break
        }
        if entry.reason == .unknown { entry.reason = .invalid }
        if entry.reason == .noState { entry.known.insert(.saysNoState) }
        entry.reasonText = context.names.keep(line, wordsWithoutNumbers(line, words))
    }

    /// The words up to the first number: with it, every packet would have a text of its own. Of
    /// `packet (index 2) in dir 0 ignored, state ESTABLISHED` it is what stands behind them.
    private func wordsWithoutNumbers(_ line: borrowing Line, _ words: Field) -> Field {
        var text = words
        if line.has("packet (index ", at: words.start) {
            var at = words.end
            while at > words.start, !isDigit(line[at - 1]) { at -= 1 }
            text.start = min(line.skipBlanks(at), words.end)
        } else {
            var at = words.start
            while at < words.end, !isDigit(line[at]) { at += 1 }
            text.end = at
        }
        while text.count > 0, line[text.end - 1] == 0x20 { text.end -= 1 }
        return text
    }

    /// The first that fits counts: `ignored ACK under lower bound` is of the bound.
    private static let conntrackWords: [(StaticString, Reason)] = [
        ("ACK is over", .acknowledgementOver),
        ("ACK over", .acknowledgementOver),
        ("ACK is under", .acknowledgementUnder),
        ("ACK under", .acknowledgementUnder),
        ("SEQ is over", .sequenceOver),
        ("SEQ over", .sequenceOver),
        ("SEQ is under", .sequenceUnder),
        ("SEQ under", .sequenceUnder),
        ("checksum", .badChecksum),
        ("truncated", .truncated),
        ("short packet", .truncated),
        ("malformed", .truncated),
        ("flag combination", .invalidFlags),
        ("invalid new", .noState),
        ("ignored", .ignoredInState),
        ("state", .invalidInState),
        ("invalid SYN", .invalidInState),
        ("invalid RST", .invalidInState),
        ("out of sync", .invalidInState),
    ]
}

/// What the words of a prefix say.
struct PrefixWords {
    var blocks = false
    var passes = false
    var saysInvalid = false

    init(_ line: borrowing Line, _ prefix: Field) {
        var at = prefix.start
        while at < prefix.end {
            guard PrefixWords.isLetter(line[at]) else {
                at += 1
                continue
            }
            let start = at
            while at < prefix.end, PrefixWords.isLetter(line[at]) { at += 1 }
            judge(line, Field(start, at), in: prefix)
        }
        if blocks { passes = false }
    }

    private mutating func judge(_ line: borrowing Line, _ word: Field, in prefix: Field) {
        switch word.count {
        case 1:
            judgeLetter(line, word, in: prefix)
        case 3:
            // `STATE-POLICY-INV` of VyOS, `SFW2-INext-ACC-TCP` of SuSEfirewall2.
            if line.equals(word, "INV") { saysInvalid = true }
            if line.equals(word, "ACC"), line.has("SFW2", at: prefix.start) { passes = true }
        default:
            for text in PrefixWords.blocking where ends(line, word, text) { blocks = true }
            for text in PrefixWords.passing where ends(line, word, text) { passes = true }
            if ends(line, word, "invalid") { saysInvalid = true }
        }
    }

    /// `[WAN_IN-default-D]`, `[WAN_LOCAL-D-2147483647]`, `AvxRl gw1 D:`: the verdict is a letter.
    private mutating func judgeLetter(_ line: borrowing Line, _ word: Field, in prefix: Field) {
        guard word.start > prefix.start else { return }
        let before = line[word.start - 1]
        let after = line[word.end]
        let bracketed =
            line[prefix.start] == 0x5B && before == 0x2D
            && (after == 0x5D || after == 0x2D && isDigit(line[word.end + 1]))
        let aviatrix = line.has("Avx", at: prefix.start) && before == 0x20 && after == 0x3A
        guard bracketed || aviatrix else { return }
        switch line[word.start] {
        case 0x44, 0x52: blocks = true
        case 0x41: passes = true
        default: break
        }
    }

    /// Whether a word ends with another: authors glue their own words before it (`IPTDROP`).
    private func ends(_ line: borrowing Line, _ word: Field, _ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard word.count >= count else { return false }
        return line.equalsIgnoringCase(Field(word.end - count, word.end), text)
    }

    private static func isLetter(_ byte: UInt8) -> Bool { lowercased(byte) &- 0x61 < 26 }

    private static let blocking: [StaticString] = [
        "drop", "dropped", "dropping", "reject", "rejected", "deny", "denied", "block", "blocked",
        "discard", "discarded",
    ]
    private static let passing: [StaticString] = [
        "accept", "accepted", "allow", "allowed", "pass", "passed", "permit", "permitted",
    ]
}
