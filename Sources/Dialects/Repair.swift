// What copying does to lines, undone: entities of web pages, marks of mails, numbers of listings,
// quotes of tables, octal escapes of relays.
//
// Read first: `LineReader+Wrapped`. Nothing is guessed: only what cannot be part of a line as a
// firewall writes it is changed, and only lines that no dialect took are looked at.

import Bytes

enum Repair {
    /// Writes the line out mended; false when there is nothing to mend.
    static func mend(_ line: borrowing Line, _ plain: inout PlainText) -> Bool {
        let start = beginning(line)
        var isChanged = start != line.start
        plain.begin()
        var at = start
        while at < line.end {
            let byte = line[at]
            // Most bytes are none of these.
            if byte < 0x80, byte != 0x26, byte != 0x23, byte != 0x5E {
                plain.put(byte)
                at += 1
                continue
            }
            guard let (put, next) = mended(line, at) else {
                plain.put(byte)
                at += 1
                continue
            }
            if put != 0 { plain.put(put) }
            isChanged = true
            at = next
        }
        return isChanged
    }

    /// The byte that stands for what is at an offset, and where it ends; a zero stands for nothing.
    private static func mended(_ line: borrowing Line, _ at: Int) -> (UInt8, Int)? {
        switch line[at] {
        case 0x26:
            if line.has("&gt;", at: at) { return (0x3E, at + 4) }
            if line.has("&lt;", at: at) { return (0x3C, at + 4) }
            if line.has("&amp;", at: at) { return (0x26, at + 5) }
            if line.has("&quot;", at: at) { return (0x22, at + 6) }
            if line.has("&#34;", at: at) { return (0x22, at + 5) }
            if line.has("&#39;", at: at) { return (0x27, at + 5) }
            if line.has("&nbsp;", at: at) { return (0x20, at + 6) }
        case 0x23:
            // rsyslog's octal escapes of control characters.
            if line.has("#011", at: at) { return (0x09, at + 4) }
            if line.has("#012", at: at) { return (0x20, at + 4) }
            if line.has("#015", at: at) || line.has("#013", at: at) { return (0, at + 4) }
        case 0x5E:
            if line.has("^M", at: at) { return (0, at + 2) }
        case 0xC2:
            if line[at + 1] == 0xA0 { return (0x20, at + 2) }
        case 0xE2:
            // Typographic quotation marks, and the zero-width blank.
            guard line[at + 1] == 0x80 else { return nil }
            switch line[at + 2] {
            case 0x9C, 0x9D, 0x9E, 0x9F: return (0x22, at + 3)
            case 0x98, 0x99, 0x9A, 0x9B: return (0x27, at + 3)
            case 0x8B: return (0, at + 3)
            default: return nil
            }
        default: break
        }
        return nil
    }

    /// Whether a line begins as wrapped, quoted or listed ones do.
    static func mayBeWrapped(_ line: borrowing Line) -> Bool {
        switch line[line.start] {
        case 0x7B, 0x22, 0x3E: return true
        case 0x4D where line.has("MESSAGE=", at: line.start): return true
        // `2026 Nov 19`, as Wazuh's archive begins its lines.
        case 0x32 where line[line.start + 4] == 0x20: return true
        default: break
        }
        // Blanks alone are no wrapping: the header is read behind them.
        var at = line.start
        while at < line.end, line[at] == 0x20 { at += 1 }
        if at > line.start, hasCopyingMarks(line, at) { return true }
        return beginning(line) != at
    }

    /// Whether there is anything in an indented line that unwrapping or mending would change.
    static func hasCopyingMarks(_ line: borrowing Line, _ at: Int) -> Bool {
        line.find(0x22, 0x26, 0x23, from: at) != nil || line.find(0x5E, 0xC2, 0xE2, from: at) != nil
            || line.has("MESSAGE=", at: at)
    }

    /// Where the line begins behind a mail's quote marks, the number of `cat -n` or `grep -n`, or the
    /// file name of `grep`.
    private static func beginning(_ line: borrowing Line) -> Int {
        var at = line.start
        while at < line.end, line[at] == 0x3E || line[at] == 0x20 { at += 1 }
        if line[at] == 0x2F || line.has("./", at: at) || hasFileName(line, at) {
            let colon = line.find(0x3A, from: at, before: min(line.end, at + 128))
            if let colon, line[colon + 1] != 0x20 { at = colon + 1 }
        }
        let digits = line.endOfDigits(at)
        guard digits > at, digits - at <= 9 else { return at }
        if line[digits] == 0x3A, !isDigit(line[digits + 1]) || line[digits + 3] != 0x3A {
            return digits + 1
        }
        if line[digits] == 0x09 || line.has("  ", at: digits) { return line.skipBlanks(digits) }
        return at
    }

    /// `filter.log:`, `syslog.1:` at the beginning.
    private static func hasFileName(_ line: borrowing Line, _ at: Int) -> Bool {
        guard let colon = line.find(0x3A, from: at, before: min(line.end, at + 64)) else {
            return false
        }
        let name = Field(at, colon)
        return line.find(0x20, from: at, before: colon) == nil
            && line.findIgnoringCase("log", in: name) != nil
    }

    /// Writes out the longest cell of a line of quoted columns, its doubled marks made single; false
    /// when it has none that is long enough to be a firewall's line.
    static func quotedCell(_ line: borrowing Line, _ plain: inout PlainText) -> Bool {
        var best = Field(0, 0)
        var at = line.start
        // Limit: as many cells as a table has columns.
        for _ in 0..<64 {
            guard let open = line.find(0x22, from: at) else { break }
            let isCell =
                open == line.start || line[open - 1] == 0x2C || line[open - 1] == 0x09
                || line[open - 1] == 0x3B || line[open - 1] == 0x20
            var end = open + 1
            while let mark = line.find(0x22, from: end) {
                end = mark
                guard line[mark + 1] == 0x22, mark + 1 < line.end else { break }
                end = mark + 2
            }
            guard isCell, end > open, end <= line.end else { return false }
            if end - open > best.count { best = Field(open + 1, min(end, line.end)) }
            at = end + 1
            if at >= line.end { break }
        }
        // The shortest line of any firewall has more.
        guard best.count >= 48 else { return false }
        plain.begin()
        var place = best.start
        while place < best.end {
            plain.put(line[place])
            place += line[place] == 0x22 && line[place + 1] == 0x22 ? 2 : 1
        }
        return true
    }
}
