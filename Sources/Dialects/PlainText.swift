// A line written out plain: escapes undone, damage mended. The one place where a line is copied.

import Bytes

/// Bytes that a line is made of.
struct PlainText: Sendable {
    // Limit: no line is longer (`lineBytesMax`); what exceeds it is cut off and the line is damaged
    // as one that is too long would be.
    private var bytes: [UInt8] = []
    private(set) var count = 0

    mutating func begin() {
        count = 0
        bytes.removeAll(keepingCapacity: true)
    }

    mutating func put(_ byte: UInt8) {
        guard count < lineBytesMax else { return }
        bytes.append(byte)
        count += 1
    }

    mutating func put(_ line: borrowing Line, _ field: Field) {
        let room = min(field.count, lineBytesMax - count)
        guard room > 0 else { return }
        line.append(Field(field.start, field.start + room), to: &bytes)
        count += room
    }

    /// What was put in, with the padding a line needs. It is handed out and not lent: the reader that
    /// holds this text changes while the line is read.
    mutating func give() -> PaddedText {
        var out: [UInt8] = []
        swap(&out, &bytes)
        return PaddedText(taking: out)
    }

    /// Takes the room of such a text back.
    mutating func takeBack(_ text: consuming PaddedText) {
        bytes = text.release()
        begin()
    }

    /// Puts in a JSON text with its escapes undone (RFC 8259 §7).
    mutating func putJSON(_ line: borrowing Line, _ field: Field) {
        var at = field.start
        while at < field.end {
            guard line[at] == 0x5C, at + 1 < field.end else {
                put(line[at])
                at += 1
                continue
            }
            let escape = line[at + 1]
            at += 2
            switch escape {
            case 0x6E: put(0x0A)
            case 0x74: put(0x09)
            case 0x72: put(0x0D)
            case 0x62: put(0x08)
            case 0x66: put(0x0C)
            case 0x75: at = putUnit(line, at, before: field.end)
            default: put(escape)
            }
        }
    }

    /// `00e9` behind a `\u`, and the second half of a pair. What is none stays a question mark.
    private mutating func putUnit(_ line: borrowing Line, _ at: Int, before end: Int) -> Int {
        guard at + 4 <= end, let first = line.hexadecimal(Field(at, at + 4)) else {
            put(0x3F)
            return at
        }
        var scalar = UInt32(truncatingIfNeeded: first)
        var next = at + 4
        if scalar &- 0xD800 < 0x400, line.has("\\u", at: next), next + 6 <= end,
            let second = line.hexadecimal(Field(next + 2, next + 6)), second &- 0xDC00 < 0x400
        {
            scalar = 0x10000 + (scalar - 0xD800) << 10 + UInt32(second - 0xDC00)
            next += 6
        }
        guard let found = Unicode.Scalar(scalar) else {
            put(0x3F)
            return next
        }
        for byte in UTF8.encode(found) ?? UTF8.encodedReplacementCharacter { put(byte) }
        return next
    }
}
