// Walks `name=value` pairs with quotation marks, as most products write them.
//
// Read first: `Record`. FortiGate, SonicWall, Sophos, Stormshield, WatchGuard and Juniper put blanks
// between pairs, Check Point bars or semicolons, Barracuda bars, ulogd commas; a few write a colon
// for the sign.

import Bytes

/// How the pairs of a dialect are written.
struct PairStyle: Sendable {
    /// What stands between two pairs: a blank, a comma, a bar, a semicolon.
    var separator: UInt8 = 0x20
    /// What stands between name and value.
    var sign: UInt8 = 0x3D
    /// Whether values without quotation marks may hold blanks: then one ends where a name and its
    /// sign begin.
    var holdsBlanks = false
}

/// Goes from pair to pair. Nothing is copied: a pair is two fields of the line.
struct NamedPairs {
    var key = Field(0, 0)
    var value = Field(0, 0)
    private(set) var at: Int
    // The sign behind the next name, where the last value's end was told by it.
    private var ahead = 0
    private let style: PairStyle

    @inline(__always)
    init(_ at: Int, _ style: PairStyle) {
        self.at = at
        self.style = style
    }

    /// Moves to the next pair; words without a sign are passed over. False at the line's end.
    @inline(__always)
    mutating func next(_ line: borrowing Line) -> Bool {
        while at < line.end {
            let byte = line[at]
            if byte == 0x20 || byte == style.separator || byte == 0x09 {
                at &+= 1
                continue
            }
            let start = at
            let known = ahead > at ? ahead : nil
            guard let stop = known ?? line.find(style.sign, style.separator, 0x22, from: at) else {
                at = line.end
                return false
            }
            at = stop
            guard line[stop] == style.sign else {
                if line[stop] == 0x22 { at = endOfQuoted(line, stop + 1, 0x22) + 1 }
                continue
            }
            // Where blanks stand between pairs there are none in a name.
            key = Field(start, stop)
            if style.separator != 0x20 { key = trimmed(line, key) }
            at = stop &+ 1
            readValue(line)
            return true
        }
        return false
    }

    @inline(__always)
    private mutating func readValue(_ line: borrowing Line) {
        if style.sign == 0x3A || style.separator != 0x20 { at = line.skipBlanks(at) }
        let mark = line[at]
        if at < line.end, mark == 0x22 || mark == 0x27 {
            let end = endOfQuoted(line, at &+ 1, mark)
            value = Field(at &+ 1, end)
            at = min(end &+ 1, line.end)
            return
        }
        if style.holdsBlanks || style.separator != 0x20 {
            let end = style.holdsBlanks ? endBeforeKey(line, at) : endOfBare(line, at)
            value = trimmed(line, Field(at, end))
            at = end
            return
        }
        value = Field(at, endOfBare(line, at))
        at = value.end
    }

    @inline(__always)
    private func endOfBare(_ line: borrowing Line, _ from: Int) -> Int {
        line.find(style.separator, from: from) ?? line.end
    }

    /// Where the mark that closes a text stands, or the line's end. One behind a backslash closes
    /// nothing.
    @inline(__always)
    private func endOfQuoted(_ line: borrowing Line, _ from: Int, _ mark: UInt8) -> Int {
        var at = from
        while let found = line.find(mark, from: at) {
            var slashes = 0
            while found - slashes > from, line[found - slashes - 1] == 0x5C { slashes += 1 }
            if slashes % 2 == 0 { return found }
            at = found + 1
        }
        return line.end
    }

    /// Where the blank before the next name stands.
    private mutating func endBeforeKey(_ line: borrowing Line, _ from: Int) -> Int {
        var at = from
        while let sign = line.find(style.sign, from: at) {
            let start = line.startOfName(before: sign, from: from)
            if start < sign, start > from, line[start - 1] == 0x20 || line[start - 1] == 0x09 {
                ahead = sign
                return start - 1
            }
            at = sign + 1
        }
        return line.end
    }

    @inline(__always)
    private func trimmed(_ line: borrowing Line, _ field: Field) -> Field {
        var field = field
        while field.start < field.end, line[field.start] == 0x20 { field.start &+= 1 }
        while field.end > field.start, line[field.end &- 1] == 0x20 { field.end &-= 1 }
        return field
    }
}
