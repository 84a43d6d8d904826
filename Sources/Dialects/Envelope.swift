// The syslog header, whichever it is: RFC 3164, RFC 5424, ISO stamps, relays' second headers.
//
// Read first: RFC 3164 §4.1, RFC 5424 §6, RFC 6587 §3.4.1 (octet counting). Real senders keep to
// none of them; what is accepted here is what they write.

import Bytes
import Facts

/// What stood before the message.
public struct Envelope: Equatable, Sendable {
    /// When, if a stamp could be read.
    public var time: Instant = .unknown
    /// The sender's name, or empty.
    public var host = Field(0, 0)
    /// The program's name without its number, or empty.
    public var program = Field(0, 0)
    /// Where the message starts.
    public var body = 0
    /// How many packets the line stands for (`message repeated N times: [ ... ]`).
    public var count: UInt32 = 1
    /// Whether the message stands in the brackets of such a line.
    var isFolded = false
    /// Whether the line has neither a header nor a wrapping.
    var isBare = false
    /// The name of `host`, where `EnvelopeMemory` has it.
    var node = Name.none

    public init() {}
}

extension Envelope {
    /// Takes the header off a line. A line without one is all body.
    // Values go in and out here, nothing is changed in place: an envelope written field by field
    // and then copied whole makes the processor wait for its own stores (4 ns, measured).
    @inline(__always)
    public static func read(
        _ line: borrowing Line, _ clock: inout Clock, _ memory: inout EnvelopeMemory
    ) -> Envelope {
        var envelope =
            memory.recall(line) ?? Envelope(bare: line) ?? readAnew(line, &clock, &memory)
        // A look at one byte here spares the call for nearly every line. The call gets and gives
        // numbers: handed over itself, every line's envelope would be put in memory for it.
        if line[envelope.body] == 0x6D {
            let folded = envelope.body
            (envelope.count, envelope.body) = unfolded(line, folded)
            envelope.isFolded = envelope.body != folded
        }
        return envelope
    }

    @inline(never)
    private static func readAnew(
        _ line: borrowing Line, _ clock: inout Clock, _ memory: inout EnvelopeMemory
    ) -> Envelope {
        var envelope = Envelope()
        envelope.readAnew(line, &clock, &memory)
        return envelope
    }

    private mutating func readAnew(
        _ line: borrowing Line, _ clock: inout Clock, _ memory: inout EnvelopeMemory
    ) {
        var at = line.start
        // Tools that print lines with a byte order mark, a quote mark of a mail, or a blank.
        while at < line.end, line[at] == 0x20 || line[at] == 0 { at += 1 }
        if line.has("\u{FEFF}", at: at) { at += 3 }
        at = Envelope.skipTransport(line, at)
        // Cisco writes a colon in front of some stamps, and a star or a dot where the clock is not
        // set.
        if line[at] == 0x3A || line[at] == 0x2A || line[at] == 0x2E,
            clock.readStamp(line, at + 1) != nil
        {
            at += 1
        }
        body = at
        guard at < line.end, let (time, afterTime) = clock.readStamp(line, at) else { return }
        self.time = time
        if line[at + 10] == 0x54, line[at + 19] == 0x2C {
            // dmesg --time-format iso: alone in its comma, and no host or program follows.
            body = line.skipBlanks(afterTime)
            return
        }
        if line[at] == 0x31, line[at + 1] == 0x20 {
            readRFC5424(line, afterTime)
            return
        }
        readHostAndProgram(line, afterTime)
        if readSecondHeader(line, &clock) { return }
        if let seconds = Envelope.seconds(line, at, afterTime) {
            memory.keep(line, seconds: seconds, self)
        }
    }

    /// Where the seconds of a stamp stand, if the two digits are all that may change from line to
    /// line: with a fraction there would be more.
    private static func seconds(
        _ line: borrowing Line, _ stamp: Int, _ afterTime: Int
    ) -> Int? {
        if isDigit(line[stamp]) {
            let next = line[stamp + 19]
            return next == 0x2E || next == 0x2C ? nil : stamp + 17
        }
        // What begins with a month ends with them, unless a fraction or a zone follows.
        return line[afterTime - 3] == 0x3A && line[afterTime - 6] == 0x3A ? afterTime - 2 : nil
    }

    /// Skips an octet count, a bracketed sender and a priority.
    private static func skipTransport(_ line: borrowing Line, _ start: Int) -> Int {
        var at = start
        if line[at] == 0x3C { return skipPriority(line, at) }
        if isDigit(line[at]) {
            let digits = line.endOfDigits(at)
            if line[digits] == 0x20, line[digits + 1] == 0x3C {
                return skipPriority(line, digits + 1)
            }
        }
        if line[at] == 0x5B, let close = line.find(0x5D, from: at), line[close + 1] == 0x20,
            line[close + 2] == 0x3C
        {
            at = close + 2
        }
        return line[at] == 0x3C ? skipPriority(line, at) : at
    }

    private static func skipPriority(_ line: borrowing Line, _ at: Int) -> Int {
        let digits = line.endOfDigits(at + 1)
        guard digits > at + 1, digits <= at + 4, line[digits] == 0x3E, digits < line.end else {
            return at
        }
        return line[digits + 1] == 0x20 ? digits + 2 : digits + 1
    }

    /// `HOST APP PID MSGID [SD] MESSAGE` behind the stamp; any of them may be `-`.
    private mutating func readRFC5424(_ line: borrowing Line, _ start: Int) {
        var at = line.skipBlanks(start)
        var words: [4 of Field] = .init(repeating: Field(0, 0))
        for index in 0..<4 {
            let end = line.endOfWord(at)
            words[index] = Field(at, end)
            at = min(end + 1, line.end)
        }
        if !line.equals(words[0], "-") { host = words[0] }
        if !line.equals(words[1], "-") { program = words[1] }
        if line[at] == 0x2D {
            at += 1
        } else {
            while line[at] == 0x5B, let close = endOfElement(line, at) { at = close }
        }
        at = line.skipBlanks(at)
        if line.has("\u{FEFF}", at: at) { at += 3 }
        body = min(at, line.end)
    }

    /// The offset behind a structured-data element; quotes inside may hold an escaped bracket.
    private func endOfElement(_ line: borrowing Line, _ start: Int) -> Int? {
        var at = start + 1
        var quoted = false
        while let found = line.find(0x22, 0x5D, 0x5C, from: at) {
            at = found + 1
            switch line[found] {
            case 0x22: quoted.toggle()
            case 0x5D where !quoted: return at
            case 0x5C where quoted: at += 1
            default: break
            }
        }
        return nil
    }

    /// `[HOST] [PROGRAM[PID]:] MESSAGE` behind the stamp. Cisco puts a lone colon, pfSense no host.
    mutating func readHostAndProgram(_ line: borrowing Line, _ start: Int) {
        var at = line.skipBlanks(start)
        // Cisco without a device id: `09:36:50: %ASA-`, `09:36:50 : %ASA-`.
        if line[at] == 0x3A, line[at + 1] == 0x20 { at = line.skipBlanks(at + 1) }
        // FreeBSD's syslogd -v: `11:43:54 <local0.info> fw1 pf:`.
        if line[at] == 0x3C, let close = line.find(0x3E, from: at, before: min(line.end, at + 24)),
            line.find(0x2E, from: at, before: close) != nil
        {
            at = line.skipBlanks(close + 1)
        }
        body = at
        var word = Field(at, line.endOfWord(at))
        if line.equals(word, ":") {
            body = line.skipBlanks(word.end)
            return
        }
        if takeProgram(line, word) { return }
        guard !startsMessage(line, word) else { return }
        host = word
        at = line.skipBlanks(word.end)
        body = at
        word = Field(at, line.endOfWord(at))
        if line.equals(word, ":") {
            body = line.skipBlanks(word.end)
            return
        }
        _ = takeProgram(line, word)
    }

    /// Whether a word is `program:` or `program[12]:`; then it is taken.
    private mutating func takeProgram(_ line: borrowing Line, _ word: Field) -> Bool {
        guard word.count > 1, line[word.end - 1] == 0x3A, !startsMessage(line, word) else {
            return false
        }
        var end = word.end - 1
        if line[end - 1] == 0x5D, let open = line.find(0x5B, from: word.start, before: end) {
            end = open
        }
        program = Field(word.start, end)
        body = line.skipBlanks(word.end)
        return true
    }

    /// Words that belong to the message, though they stand where a host or a program could.
    private func startsMessage(_ line: borrowing Line, _ word: Field) -> Bool {
        let first = line[word.start]
        return first == 0x25 || first == 0x5B || line.has("CEF:", at: word.start)
            || line.has("LEEF:", at: word.start)
            // What pf's packets begin with, as tcpdump prints them.
            || line.has("rule ", at: word.start) && isDigit(line[word.start + 5])
            || line.find(0x3D, from: word.start, before: word.end) != nil
            || line.has("firewall,", at: word.start)
            || Envelope.verdicts.meaning(line, word) != nil
    }

    /// What some firewalls write where others have their name.
    static let verdicts = WordTable<Bool>([
        ("Allow", true), ("Deny", true), ("Drop", true), ("Open", true), ("Close", true),
        ("Open-Inbound", true), ("Info-Events-Lost", true),
    ])

    /// A relay puts its own header before the device's. The inner one is the device's word.
    private mutating func readSecondHeader(
        _ line: borrowing Line, _ clock: inout Clock
    ) -> Bool {
        var at = body
        if program.count > 0 { return false }
        if line[at] == 0x3C { at = Envelope.skipTransport(line, at) }
        guard isStampStart(line[at]), let (inner, after) = clock.readStamp(line, at) else {
            return false
        }
        time = inner
        let relay = host
        host = Field(0, 0)
        readHostAndProgram(line, after)
        if host.isEmpty { host = relay }
        return true
    }

    private func isStampStart(_ byte: UInt8) -> Bool {
        isDigit(byte) || (byte >= 0x41 && byte <= 0x53)
    }

    /// `message repeated 3 times: [ ... ]`: how many packets the message at `body` stands for, and
    /// where it really starts.
    @inline(never)
    private static func unfolded(_ line: borrowing Line, _ body: Int) -> (UInt32, Int) {
        guard line.has("message repeated ", at: body) else { return (1, body) }
        let digits = Field(body + 17, line.endOfDigits(body + 17))
        guard let times = line.decimal(digits), line.has(" times: [", at: digits.end) else {
            return (1, body)
        }
        return (max(1, min(times, 1_000_000)), line.skipBlanks(digits.end + 9))
    }
}
