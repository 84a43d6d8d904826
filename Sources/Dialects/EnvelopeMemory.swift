// What stood before the message in earlier lines: nearly always the same in the next, but for
// the seconds of its stamp.
//
// Comparing the whole header at once costs a fifth of reading it (measured: 75 against 400
// instructions a line). It must give what reading would have given, to the bit: a header is
// kept only when nothing but its own bytes decided how it was read.

import Bytes
import Facts

/// The headers last read, a few of them, since the lines of several hosts may be mixed.
public struct EnvelopeMemory: Sendable {
    // Eight hosts or programs in turn; a ninth may push one of them out.
    private var headers = [Header](repeating: Header(), count: 8)
    // Where the header kept last stands: mostly it is the next line's too.
    private var last = 0

    public init() {}

    /// A header without its seconds; the offsets count from the line's start.
    private struct Header: Sendable {
        var seen = SeenBytes()
        var minute: Int64 = 0
        var seconds = 0
        var host = Field(0, 0)
        var program = Field(0, 0)
        var body = 0
        var node = Name.none
    }

    /// Remembers the header of a line whose stamp, of the form `Jul  3 19:10:30` or
    /// `2026-07-03 19:10:30`, ends with the two digits at `seconds`.
    mutating func keep(_ line: borrowing Line, seconds: Int, _ envelope: Envelope) {
        // A leap second may be of another hour than its minute: it is left to be read anew.
        guard envelope.body < line.end, line[seconds] < 0x36 else { return }
        var part = Field(line.start, envelope.body)
        // Only a program's name makes what follows it the message, whatever it is. A message
        // that starts with a sign of one is one too: there that belongs to what must be the same.
        if envelope.program.isEmpty {
            guard let end = endOfSign(line, envelope.body) else { return }
            part.end = end
        }
        // Limit: what is longer is no header of a firewall's, but for one with data of its own.
        guard part.count <= SeenBytes.countMax else { return }
        var header = Header()
        header.seen.keep(line, part, free: Field(seconds, seconds + 2))
        let second = Int64(line[seconds] - 0x30) * 10 + Int64(line[seconds + 1] - 0x30)
        header.minute = envelope.time.microseconds - second * 1_000_000
        header.seconds = seconds - line.start
        header.host = envelope.host.moved(by: -line.start)
        header.program = envelope.program.moved(by: -line.start)
        header.body = envelope.body - line.start
        last = slot(line)
        headers[last] = header
    }

    /// Where the sign ends that makes a message one: see `Envelope.startsMessage`. Of a verdict the
    /// blank behind it is part.
    private func endOfSign(_ line: borrowing Line, _ body: Int) -> Int? {
        switch line[body] {
        case 0x25, 0x5B: return body + 1
        case 0x43 where line.has("CEF:", at: body): return body + 4
        case 0x4C where line.has("LEEF:", at: body): return body + 5
        case 0x66 where line.has("firewall,", at: body): return body + 9
        case 0x41...0x5A:
            let word = Field(body, line.endOfWord(body))
            return word.end < line.end && Envelope.verdicts.meaning(line, word) != nil
                ? word.end + 1 : nil
        default: return nil
        }
    }

    /// What the line's header says, if the line starts with one that is remembered.
    @inline(__always)
    func recall(_ line: borrowing Line) -> Envelope? {
        let start = line.start
        var slot = last
        if !headers[slot].seen.stand(in: line, at: start) {
            // Nothing was kept yet: most logs without headers never have any.
            guard headers[slot].seen.count > 0 else { return nil }
            slot = self.slot(line)
            guard headers[slot].seen.stand(in: line, at: start) else { return nil }
        }
        let body = start &+ headers[slot].body
        // The blanks before a message belong to its header: one more of them is another header.
        guard line[body] > 0x20 else { return nil }
        let digits = line.word(start &+ headers[slot].seconds)
        let tens = UInt8(truncatingIfNeeded: digits) &- 0x30
        let ones = UInt8(truncatingIfNeeded: digits &>> 8) &- 0x30
        guard tens < 6, ones < 10 else { return nil }
        let second = Int64(tens &* 10 &+ ones)
        var envelope = Envelope()
        envelope.time = Instant(microseconds: headers[slot].minute &+ second &* 1_000_000)
        envelope.host = headers[slot].host.moved(by: start)
        envelope.program = headers[slot].program.moved(by: start)
        envelope.body = body
        envelope.node = headers[slot].node
        return envelope
    }

    /// Remembers the name of the host in a line's header.
    mutating func keep(_ line: borrowing Line, node: Name) {
        let isLast = headers[last].seen.stand(in: line, at: line.start)
        let slot = isLast ? last : slot(line)
        if headers[slot].seen.stand(in: line, at: line.start) { headers[slot].node = node }
    }

    /// Where a header is kept: by the bytes that follow the stamp, behind a priority or not. ISO
    /// stamps, which begin with a digit, are as much longer as priorities are.
    // Any value would do: a header in the wrong place is read anew.
    @inline(__always)
    private func slot(_ line: borrowing Line) -> Int {
        let word = line.word(line.start &+ (line[line.start] <= 0x3C ? 20 : 16))
        return Int(truncatingIfNeeded: (word &* 0x9E37_79B9_7F4A_7C15) &>> 61)
    }
}

extension Field {
    /// The same stretch elsewhere; an empty field, which stands for nothing, stays where it is.
    @inline(__always)
    fileprivate func moved(by distance: Int) -> Field {
        isEmpty ? Field(0, 0) : Field(start &+ distance, end &+ distance)
    }
}
