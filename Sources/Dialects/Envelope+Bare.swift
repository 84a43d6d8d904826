// Lines that have neither a header nor a wrapping, told by their first bytes: rows of tables, flow
// logs and dumps, which begin with a word, a number or a time in brackets of their own.
//
// Read first: `Envelope`, `Repair.mayBeWrapped`, `LineReader.take`. To read an envelope where there
// is none, and to look for a wrapping, costs 450 instructions (measured); this costs 100.

import Bytes

extension Envelope {
    /// The envelope of a line of which reading would find that all of it is message, and which
    /// begins as no wrapped one does; nil for any line of which that is not sure.
    @inline(__always)
    init?(bare line: borrowing Line) {
        // Stamps without a year begin with a capital, priorities with `<`; behind a stamp's year
        // stands a dash.
        let first = line[line.start]
        guard first != 0x3C, first &- 0x41 >= 26, line[line.start &+ 4] != 0x2D,
            let start = Envelope.bareStart(line)
        else { return nil }
        body = start
        isBare = true
    }

    /// Where the message starts.
    @inline(never)
    private static func bareStart(_ line: borrowing Line) -> Int? {
        // Limit: what is shorter tells of no connection; and what is looked at below is in the line.
        guard line.end - line.start >= 24 else { return nil }
        var at = line.start
        while at < line.end, line[at] == 0x20 { at += 1 }
        guard at + 16 <= line.end else { return nil }
        switch line[at] {
        case 0x6D: return nil  // `message repeated`
        case 0x61...0x7A: break
        case 0x5B:
            // A relay writes its sender so, and a priority behind it.
            guard let close = line.find(0x5D, from: at), !line.has(" <", at: close + 1) else {
                return nil
            }
        case 0x30...0x39:
            guard isBareNumber(line, at) else { return nil }
        default: return nil
        }
        if at > line.start, Repair.hasCopyingMarks(line, at) { return nil }
        // What may be a file's name, of `grep`.
        if let colon = line.find(0x3A, from: at, before: min(line.end, at + 64)),
            line.find(0x20, from: at, before: colon) == nil
        {
            return nil
        }
        return at
    }

    /// Whether the number at an offset is no stamp, no version of a header, no octet count, and not
    /// one of a listing.
    private static func isBareNumber(_ line: borrowing Line, _ at: Int) -> Bool {
        // A year: an ISO stamp's, or the one before the month of Wazuh's archive.
        guard line[at + 4] != 0x2D, line[at + 4] != 0x20 else { return false }
        let end = line.endOfDigits(at)
        switch line[end] {
        case 0x20:
            // RFC 5424 has a stamp behind `1`, an octet count a priority, a listing two blanks.
            return line[at] != 0x31 && line[end + 1] > 0x20 && line[end + 1] != 0x3C
        case 0x2E: return true
        default: return false
        }
    }
}
