// Walks `name=value` pairs with quotation marks, as most products write them.
//
// Read first: `Record`, and `KeyMemory`, by which nearly every pair is read. FortiGate, SonicWall, Sophos, Stormshield, WatchGuard and Juniper put blanks
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

    /// What tells keys of this style from those of others.
    fileprivate var number: UInt64 {
        @inline(__always) get {
            1 &<< 32 | UInt64(separator) | UInt64(sign) &<< 8 | (holdsBlanks ? 1 &<< 16 : 0)
        }
    }
}

/// Goes from pair to pair. Nothing is copied: a pair is two fields of the line.
struct NamedPairs {
    /// Where what is known of the key is in `KeyMemory`.
    private(set) var place = KeyMemory.nowhere
    private(set) var value = Field(0, 0)

    // Where the next pair is looked for, or the value of one that is known begins.
    private var at: Int
    // Where the last value began, and where it ended: what stands between there and the next one is
    // kept.
    private var valueStart = 0
    private var gap: Int
    private var trail: KeyTrail
    // The sign behind the next name, where the last value's end was told by it.
    private var ahead = 0
    private let style: PairStyle
    private let within: UInt64

    @inline(__always)
    init(
        _ line: borrowing Line, _ at: Int, _ style: PairStyle, _ keys: KeyTable,
        _ memory: inout KeyMemory
    ) {
        self.at = at
        gap = at
        self.style = style
        within = style.number ^ keys.number
        trail = KeyTrail(place: memory.beginning(within))
        if let first = memory.follower(line, at, of: trail.place, within: within) {
            trail = KeyTrail(place: first.place, isAhead: true)
            self.at = first.end
        }
    }

    /// The key of the pair.
    @inline(__always)
    func key(_ memory: borrowing KeyMemory) -> Field {
        let start = valueStart &- memory[place].keyBack
        return Field(start, start &+ memory[place].keyCount)
    }

    /// Moves to the next pair; words without a sign are passed over. False at the line's end.
    @inline(__always)
    mutating func next(
        _ line: borrowing Line, _ keys: KeyTable, _ memory: inout KeyMemory
    ) -> Bool {
        if trail.isAhead, let end = plainEnd(line, memory.mark(trail.place)),
            let next = memory.follower(line, end, of: trail.place, within: within)
        {
            take(Field(at, end), next)
            return true
        }
        // The long way works on a copy, so that the walk itself can stay in registers.
        var walk = self
        let isFound = walk.nextLong(line, keys, &memory)
        self = walk
        return isFound
    }

    /// Takes the value at hand and moves to the next one.
    @inline(__always)
    private mutating func take(_ field: Field, _ next: (place: Int, end: Int)) {
        place = trail.place
        valueStart = at
        value = field
        at = next.end
        trail = KeyTrail(place: next.place, isAhead: true)
    }

    @inline(never)
    private mutating func nextLong(
        _ line: borrowing Line, _ keys: KeyTable, _ memory: inout KeyMemory
    ) -> Bool {
        guard trail.isAhead || findKey(line, keys, &memory) else { return false }
        let mark = memory.mark(trail.place)
        if let end = plainEnd(line, mark) {
            if let next = memory.follower(line, end, of: trail.place, within: within) {
                take(Field(at, end), next)
                return true
            }
            if style.holdsBlanks, style.sign == 0x3D, mark == 0,
                let (last, next) = memory.further(line, at, end, of: trail.place, within: within)
            {
                take(Field(at, last), next)
                return true
            }
        }
        place = trail.place
        valueStart = at
        trail.isAhead = false
        readValue(line, mark)
        return true
    }

    /// Where the value at hand ends, if nothing is to be taken off it, and if the next key that is
    /// known stands there.
    @inline(__always)
    private func plainEnd(_ line: borrowing Line, _ mark: UInt8) -> Int? {
        if mark != 0 {
            guard let end = line.find(mark, from: at) else { return nil }
            return line[end &- 1] == 0x5C ? nil : end
        }
        // Not a quotation mark or a blank, before which there was none in the earlier lines.
        guard line[at] > 0x27 else { return nil }
        if style.holdsBlanks { return line.find(0x20, 0x09, 0x20, from: at) }
        guard let end = line.find(style.separator, from: at) else { return nil }
        return line[end &- 1] == 0x20 ? nil : end
    }

    /// Moves to the next value, where its key was not known when the last one ended. False at the
    /// line's end.
    private mutating func findKey(
        _ line: borrowing Line, _ keys: KeyTable, _ memory: inout KeyMemory
    ) -> Bool {
        if let next = memory.follower(line, gap, of: trail.place, within: within) {
            trail.place = next.place
            at = next.end
        } else {
            var known = KeyMemory.Known()
            guard let start = readKey(line, keys, &known) else { return false }
            trail.place = keep(line, from: start, known, &memory)
        }
        return true
    }

    /// Reads the next key up to its value; gives where it begins.
    private mutating func readKey(
        _ line: borrowing Line, _ keys: KeyTable, _ known: inout KeyMemory.Known
    ) -> Int? {
        // Words behind the last pair.
        if line.find(style.sign, from: at) == nil { at = line.end }
        while at < line.end {
            let byte = line[at]
            if byte == 0x20 || byte == style.separator || byte == 0x09 {
                at &+= 1
                continue
            }
            let start = at
            let sign = ahead > at ? ahead : nil
            guard let stop = sign ?? line.find(style.sign, style.separator, 0x22, from: at) else {
                break
            }
            at = stop
            guard line[stop] == style.sign else {
                if line[stop] == 0x22 { at = endOfQuoted(line, stop + 1, 0x22) + 1 }
                continue
            }
            // Where blanks stand between pairs there are none in a name.
            let key =
                style.separator == 0x20 ? Field(start, stop) : trimmed(line, Field(start, stop))
            at = stop &+ 1
            known.mark = openValue(line)
            known.hash = line.hash(key)
            known.meaning = keys[known.hash]
            known.keyBack = at - key.start
            known.keyCount = key.count
            return start
        }
        at = line.end
        return nil
    }

    /// Stops where the value begins, behind the quotation mark if it has one, which is given.
    @inline(__always)
    private mutating func openValue(_ line: borrowing Line) -> UInt8 {
        if style.sign == 0x3A || style.separator != 0x20 { at = line.skipBlanks(at) }
        guard at < line.end, line[at] == 0x22 || line[at] == 0x27 else { return 0 }
        at &+= 1
        return line[at &- 1]
    }

    /// Keeps what stands between the values, where nothing else decides what it is.
    private func keep(
        _ line: borrowing Line, from start: Int, _ known: KeyMemory.Known,
        _ memory: inout KeyMemory
    ) -> Int {
        if style.holdsBlanks {
            // A value that holds blanks ends at a name only: not at any other word before a sign.
            let key = Field(at - known.keyBack, at - known.keyBack + known.keyCount)
            let isQuoteEnd = line[gap] == 0x22 || line[gap] == 0x27
            guard line.startOfName(before: key.end, from: start) == start,
                line.skipBlanks(isQuoteEnd ? gap + 1 : gap) == start
            else {
                memory.forNow(known)
                return KeyMemory.nowhere
            }
        }
        return memory.keep(
            line, Field(gap, at), known, within: within, after: trail.place)
    }

    /// Reads the value at hand, and stops behind it.
    private mutating func readValue(_ line: borrowing Line, _ known: UInt8) {
        // It may have marks or blanks here and none in earlier lines.
        let mark = known == 0 ? openValue(line) : known
        if mark != 0 {
            gap = endOfQuoted(line, at, mark)
            value = Field(at, gap)
            at = min(gap &+ 1, line.end)
            return
        }
        if style.holdsBlanks {
            let end = endBeforeKey(line, at)
            value = trimmed(line, Field(at, end))
            (at, gap) = (end, value.end)
            return
        }
        let end = endOfBare(line, at)
        value = style.separator == 0x20 ? Field(at, end) : trimmed(line, Field(at, end))
        (at, gap) = (end, end)
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
