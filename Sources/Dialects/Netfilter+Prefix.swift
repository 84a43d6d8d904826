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
        var at = skipFacility(line, line.skipBlanks(envelope.body))
        if !entry.time.isKnown, let (time, after) = readLateStamp(line, at, &clock) {
            entry.time = time
            at = line.skipBlanks(after)
        }
        // logread's `kern.warn kernel: `, and headers that could not be read.
        if let kernel = line.find("kernel: ", from: at, before: end) { at = kernel + 8 }
        at = skipStamps(line, line.skipBlanks(at))
        // A header without a program makes the prefix's first word look like one.
        if at == envelope.body || at >= end, !envelope.program.isEmpty,
            at >= end || line.has("nf_ct_", at: envelope.program.start),
            !line.equals(envelope.program, "kernel"), !line.equals(envelope.program, "klogd"),
            !line.has("ulogd", at: envelope.program.start)
        {
            at = envelope.program.start
        }
        return trimmed(line, Field(min(at, end), end))
    }

    /// A prefix without the blanks, quotes and colons its author put around it.
    private func trimmed(_ line: borrowing Line, _ field: Field) -> Field {
        var prefix = field
        while prefix.count > 0, isPadding(line[prefix.start]) { prefix.start += 1 }
        while prefix.count > 0, isPadding(line[prefix.end - 1]) || line[prefix.end - 1] == 0x3A {
            prefix.end -= 1
        }
        return prefix
    }

    /// Judges a prefix that came beside the packet and not in a line (NFLOG). `entry` holds the packet
    /// and says `note`; where the prefix tells nothing of a verdict it stays so.
    public static func judge(
        _ line: borrowing Line, _ field: Field, _ names: inout Names, _ entry: inout Entry
    ) {
        var none = PrefixMemory()
        judge(line, field, &names, &none, &entry)
    }

    static func judge(
        _ line: borrowing Line, _ field: Field, _ names: inout Names,
        _ memory: inout PrefixMemory, _ entry: inout Entry
    ) {
        let dialect = Netfilter()
        let prefix = dialect.trimmed(line, field)
        if line.has("nf_ct_", at: prefix.start) {
            dialect.readConntrackReason(line, prefix, &names, &entry)
        } else {
            dialect.readPrefix(line, prefix, &names, &memory, &entry)
        }
    }

    private func isPadding(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x22 }

    /// The offset behind `kern  :warn  : `, which dmesg -x puts first.
    private func skipFacility(_ line: borrowing Line, _ start: Int) -> Int {
        guard line.has("kern ", at: start) || line.has("kern:", at: start) else { return start }
        let colon = line.skipBlanks(start + 4)
        guard line[colon] == 0x3A, let next = line.find(0x3A, from: colon + 1), next - colon <= 8
        else { return start }
        return line.skipBlanks(next + 1)
    }

    /// A stamp that stood where no header has one: dmesg -T, logread, dmesg -x with ISO times.
    private func readLateStamp(
        _ line: borrowing Line, _ at: Int, _ clock: inout Clock
    ) -> (Instant, Int)? {
        if isDigit(line[at]) { return clock.readStamp(line, at) }
        guard line[at] == 0x5B else { return clock.readAsctime(line, at) }
        guard let (time, end) = clock.readAsctime(line, at + 1), line[end] == 0x5D else {
            return nil
        }
        return (time, end + 1)
    }

    /// The offset behind the stamps that are no times: `[12345.678901] `, `[    1.234567] ` and
    /// printk's caller `[  T12] ` behind it.
    private func skipStamps(_ line: borrowing Line, _ start: Int) -> Int {
        var at = start
        var isBehindStamp = false
        while line[at] == 0x5B, let close = line.find(0x5D, from: at),
            isStamp(line, Field(at + 1, close)) || isBehindStamp && isCaller(line, at + 1, close)
        {
            at = line.skipBlanks(close + 1)
            isBehindStamp = true
        }
        return at
    }

    /// Whether brackets hold an uptime, a difference (dmesg -d, -e: `<    0.000015>`,
    /// `+0.000015`), or a minute without a year (dmesg -e: `Jul 4 12:00`).
    private func isStamp(_ line: borrowing Line, _ inner: Field) -> Bool {
        // `810294.788657`: nearly all are.
        let point = line.endOfDigits(inner.start)
        if point > inner.start, line[point] == 0x2E, line.endOfDigits(point + 1) == inner.end {
            return true
        }
        if monthNumber(line, inner.start) != nil {
            return inner.count == 11 && line[inner.end - 3] == 0x3A
        }
        var hasPoint = false
        for at in inner.start..<inner.end {
            switch line[at] {
            case 0x2E: hasPoint = true
            case 0x20, 0x2B, 0x3C, 0x3E, 0x30...0x39: break
            default: return false
            }
        }
        return hasPoint
    }

    private func isCaller(_ line: borrowing Line, _ start: Int, _ close: Int) -> Bool {
        let letter = line.skipBlanks(start)
        guard line[letter] == 0x54 || line[letter] == 0x43 else { return false }
        return close > letter + 1 && line.endOfDigits(letter + 1) == close
    }

    /// The rule, what it did, and whether it says that the packet had no state.
    func readPrefix(
        _ line: borrowing Line, _ field: Field, _ names: inout Names,
        _ memory: inout PrefixMemory, _ entry: inout Entry
    ) {
        var prefix = field
        // UniFi describes the rule behind its name; the kernel cuts the text in the middle.
        if let mark = line.find(" DESCR=\"", from: prefix.start, before: prefix.end) {
            entry.reasonText = names.keep(line, Field(mark + 8, prefix.end))
            prefix.end = mark
            // Some versions send the host's name twice.
            if line[mark - 1] == 0x5D,
                let open = line.find(0x5B, from: prefix.start, before: mark)
            {
                prefix.start = open
            }
        }
        entry.rule = names.keep(line, prefix)
        if entry.reason == .unknown { entry.reason = .match }
        let words = memory.words(line, prefix, of: entry.rule)
        if words.blocks {
            entry.action = .block
        } else if words.passes {
            entry.action = .pass
        }
        // What the kernel saw of the packet goes before what its rule's author calls it.
        guard entry.reason == .match, words.reason != .match else { return }
        // Labels lie: a rule named so can match a first SYN, by its place among the rules.
        let maySaySo =
            entry.ipProtocol == Entry.tcp && !(entry.known.contains(.flags) && entry.flags.opens)
        if words.reason == .noState, !maySaySo { return }
        entry.reason = words.reason
        if words.saysNoState, maySaySo { entry.known.insert(.saysNoState) }
    }

    /// What conntrack says of a packet it calls invalid; matched on words, not on the tag, since
    /// kernels differ in both.
    func readConntrackReason(
        _ line: borrowing Line, _ prefix: Field, _ names: inout Names, _ entry: inout Entry
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
        entry.reasonText = names.keep(line, wordsWithoutNumbers(line, words))
    }

    /// The words up to the first number: with it, every packet would have a text of its own. Of
    /// `packet (index 2) in dir 0 ignored, state ESTABLISHED` it is what stands behind them.
    private func wordsWithoutNumbers(_ line: borrowing Line, _ words: Field) -> Field {
        var text = words
        // `1448 bytes more than expected`.
        text.start = min(line.skipBlanks(line.endOfDigits(text.start)), text.end)
        if line.has("packet (index ", at: words.start) {
            var at = words.end
            while at > words.start, !isDigit(line[at - 1]) { at -= 1 }
            text.start = min(line.skipBlanks(at), words.end)
        } else {
            var at = text.start
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
        // tcp_in_window(): beyond the window, by less than the window's size.
        ("more than expected", .sequenceOver),
        ("checksum", .badChecksum),
        ("bad CRC", .badChecksum),
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
