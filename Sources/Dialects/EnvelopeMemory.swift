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

    /// Remembers the header of a line whose stamp, of the form `Jul  3 19:10:30`, stands at
    /// `stamp`.
    mutating func keep(_ line: borrowing Line, stamp: Int, _ envelope: Envelope) {
        let seconds = stamp + 13
        // A leap second may be of another hour than its minute: it is left to be read anew.
        guard envelope.body < line.end, line[seconds] < 0x36 else { return }
        var part = Field(line.start, envelope.body)
        // Only a program's name makes what follows it the message, whatever it is. A message
        // that starts with `%` is one too: there the sign belongs to what must be the same.
        if envelope.program.isEmpty {
            guard line[envelope.body] == 0x25 else { return }
            part.end += 1
        }
        var header = Header()
        header.seen.keep(line, part, free: Field(seconds, seconds + 2))
        let second = Int64(line[seconds] - 0x30) * 10 + Int64(line[seconds + 1] - 0x30)
        header.minute = envelope.time.microseconds - second * 1_000_000
        header.seconds = seconds - line.start
        header.host = envelope.host.moved(by: -line.start)
        header.program = envelope.program.moved(by: -line.start)
        header.body = envelope.body - line.start
        headers[slot(line)] = header
    }

    /// What the line's header says, if the line starts with one that is remembered.
    @inline(__always)
    func recall(_ line: borrowing Line) -> Envelope? {
        let slot = slot(line)
        let start = line.start
        guard headers[slot].seen.stand(in: line, at: start) else { return nil }
        let body = start &+ headers[slot].body
        // The blanks before a message belong to its header: one more of them is another header.
        guard line[body] != 0x20, line[body] != 0x09 else { return nil }
        let tens = line[start &+ headers[slot].seconds] &- 0x30
        let ones = line[start &+ headers[slot].seconds &+ 1] &- 0x30
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
        let slot = slot(line)
        if headers[slot].seen.stand(in: line, at: line.start) { headers[slot].node = node }
    }

    /// Where a header is kept: by the bytes that follow the stamp, behind a priority or not.
    // Any value would do: a header in the wrong place is read anew.
    @inline(__always)
    private func slot(_ line: borrowing Line) -> Int {
        let word = line.word(line.start &+ (line[line.start] == 0x3C ? 20 : 16))
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
