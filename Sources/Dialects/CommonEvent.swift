// CEF and LEEF: the two record shapes that log servers of many makers forward in.
//
// Read first: "Implementing ArcSight Common Event Format" (header, extension), "IBM QRadar Log Event
// Extended Format" (header, delimiters). Values are given as they stand, escapes included.

import Bytes

/// The header of a record: bars between its parts, a bar inside a part written `\|`.
struct CommonEventHeader: Sendable {
    var isLEEF = false
    var vendor = Field(0, 0)
    var product = Field(0, 0)
    var version = Field(0, 0)
    /// CEF's class id or LEEF's event id.
    var eventID = Field(0, 0)
    /// CEF's name of the event; LEEF has only the id.
    var name = Field(0, 0)
    /// Where the keys begin.
    var keys = 0
    /// What stands between two pairs; zero is a blank that a key follows.
    var delimiter: UInt8 = 0
    private var isSecond = false

    // Limit: the header stands behind a relay's word or two; further in it is somebody's quote.
    private static let reach = 160

    /// The header at or a little behind `body`; nil when there is none. The word `CEF:` or `LEEF:`
    /// may have been cut off: the number behind it tells them apart (`0|`, `1.0|`).
    static func read(
        _ line: borrowing Line, _ body: Int, _ memory: inout CommonEventMemory
    ) -> CommonEventHeader? {
        if let (header, end) = memory.recall(line, body) { return header.completed(line, end) }
        guard let bar = line.find(0x7C, from: body, before: min(line.end, body + reach)) else {
            return nil
        }
        var first = bar
        while first > body, line[first - 1] != 0x20, line[first - 1] != 0x3A { first -= 1 }
        let number = Field(first, bar)
        var header = CommonEventHeader()
        header.isSecond = line.equals(number, "2.0")
        header.isLEEF = header.isSecond || line.equals(number, "1.0")
        guard header.isLEEF || line.equals(number, "0") || line.equals(number, "1") else {
            return nil
        }
        var at = bar + 1
        header.vendor = header.part(line, &at)
        header.product = header.part(line, &at)
        header.version = header.part(line, &at)
        guard at <= line.end else { return nil }
        memory.keep(line, Field(body, at), header)
        return header.completed(line, at)
    }

    /// The header with what stands behind the product's version; nil where it is cut short.
    private consuming func completed(_ line: borrowing Line, _ start: Int) -> CommonEventHeader? {
        var at = start
        eventID = part(line, &at)
        guard at <= line.end else { return nil }
        if isLEEF {
            name = eventID
            if isSecond { readDelimiter(line, &at) }
            if delimiter == 0 { delimiter = usualDelimiter(line, at) }
        } else {
            name = part(line, &at)
            _ = part(line, &at)
            guard at <= line.end else { return nil }
        }
        keys = at
        return self
    }

    /// The part at an offset; moves behind its bar, or past the line's end when there is no bar.
    private func part(_ line: borrowing Line, _ at: inout Int) -> Field {
        let start = min(at, line.end)
        var from = start
        while let bar = line.find(0x7C, from: from) {
            if bar > start, line[bar - 1] == 0x5C {
                from = bar + 1
                continue
            }
            at = bar + 1
            return Field(start, bar)
        }
        at = line.end + 1
        return Field(start, line.end)
    }

    /// LEEF 2.0 names its delimiter, as a character or as `x09`.
    private mutating func readDelimiter(_ line: borrowing Line, _ at: inout Int) {
        guard let bar = line.find(0x7C, from: at, before: min(line.end, at + 6)) else { return }
        var field = Field(at, bar)
        at = bar + 1
        if field.count == 1 {
            delimiter = line[field.start]
        } else if field.count > 2 {
            if line[field.start] == 0x78 { field.start += 1 }
            delimiter = line.hexadecimal(field).flatMap { UInt8(exactly: $0) } ?? 0
        }
    }

    /// A tab; `#` where a relay wrote `#011` for it; blanks in copies that lost both.
    private func usualDelimiter(_ line: borrowing Line, _ at: Int) -> UInt8 {
        if line.find(0x09, from: at) != nil { return 0x09 }
        return line.find("#011", from: at) == nil ? 0 : 0x23
    }
}

/// The product that wrote the last record: nearly always the next one's too.
struct CommonEventMemory: Sendable {
    private var seen = SeenBytes()
    // Its offsets count from where the bytes begin.
    private var header = CommonEventHeader()

    /// Remembers what stands at a field, which ends behind the product's version.
    mutating func keep(_ line: borrowing Line, _ field: Field, _ header: CommonEventHeader) {
        seen.keep(line, field)
        self.header = header.moved(by: -field.start)
    }

    /// The header as far as the product's version, if it is the one remembered, and where that ends.
    @inline(__always)
    func recall(_ line: borrowing Line, _ body: Int) -> (CommonEventHeader, Int)? {
        guard seen.stand(in: line, at: body) else { return nil }
        return (header.moved(by: body), body &+ seen.count)
    }
}

extension CommonEventHeader {
    fileprivate func moved(by distance: Int) -> CommonEventHeader {
        var moved = self
        moved.vendor = Field(vendor.start &+ distance, vendor.end &+ distance)
        moved.product = Field(product.start &+ distance, product.end &+ distance)
        moved.version = Field(version.start &+ distance, version.end &+ distance)
        return moved
    }
}

/// Walks the pairs of a record. Nothing is copied: a pair is two fields of the line.
struct CommonEventPairs {
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
    // The sign behind the next key, where the end of the last value was told by it.
    private var sign = 0
    private let delimiter: UInt8
    private let within: UInt64

    @inline(__always)
    init(
        _ line: borrowing Line, _ header: CommonEventHeader, _ keys: KeyTable,
        _ memory: inout KeyMemory
    ) {
        at = header.keys
        gap = at
        delimiter = header.delimiter
        within = (2 &<< 32 | UInt64(delimiter)) ^ keys.number
        trail = KeyTrail(place: memory.beginning(within))
        if let first = memory.follower(line, at, of: trail.place, within: within) {
            trail = KeyTrail(place: first.place, isAhead: true)
            at = first.end
        }
    }

    /// The key of the pair.
    @inline(__always)
    func key(_ memory: borrowing KeyMemory) -> Field {
        let start = valueStart &- memory[place].keyBack
        return Field(start, start &+ memory[place].keyCount)
    }

    /// Moves to the next pair; false at the end of the line.
    @inline(__always)
    mutating func next(
        _ line: borrowing Line, _ keys: KeyTable, _ memory: inout KeyMemory
    ) -> Bool {
        if trail.isAhead, let end = plainEnd(line),
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

    @inline(__always)
    private func plainEnd(_ line: borrowing Line) -> Int? {
        delimiter == 0
            ? line.find(0x20, 0x09, 0x20, from: at) : line.find(delimiter, from: at)
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
        if let end = plainEnd(line) {
            if let next = memory.follower(line, end, of: trail.place, within: within) {
                take(Field(at, end), next)
                return true
            }
            if delimiter == 0,
                let (last, next) = memory.further(line, at, end, of: trail.place, within: within)
            {
                take(Field(at, last), next)
                return true
            }
        }
        place = trail.place
        valueStart = at
        trail.isAhead = false
        readValue(line)
        return true
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
            guard let key = delimiter == 0 ? keyByBlank(line) : keyByDelimiter(line) else {
                return false
            }
            at = key.end &+ 1
            let hash = line.hash(key)
            var known = KeyMemory.Known(
                hash: hash, meaning: keys[hash], keyBack: at &- key.start, keyCount: key.count)
            if let (name, isLabel) = NumberedFields.name(line, key) {
                known.numbered = name
                known.isLabel = isLabel
            }
            trail.place = memory.keep(
                line, Field(gap, at), known, within: within, after: trail.place)
        }
        return true
    }

    private mutating func keyByBlank(_ line: borrowing Line) -> Field? {
        at = line.skipBlanks(at)
        if sign <= at {
            guard at < line.end, let first = line.find(0x3D, from: at) else { return nil }
            sign = first
        }
        return Field(startOfKey(line, sign, at), sign)
    }

    private mutating func keyByDelimiter(_ line: borrowing Line) -> Field? {
        while at < line.end {
            let end = endOfPair(line, at)
            let start = line.skipBlanks(at)
            if let equals = line.find(0x3D, from: start, before: end) {
                return Field(start, equals)
            }
            // An empty pair, or one that damage left without a key.
            at = end &+ delimiterCount
        }
        return nil
    }

    private mutating func readValue(_ line: borrowing Line) {
        guard delimiter == 0 else {
            gap = endOfPair(line, at)
            value = Field(at, gap)
            at = gap &+ delimiterCount
            return
        }
        readValueByBlank(line)
    }

    /// A value ends where ` key=` begins, for it may hold blanks and is never quoted.
    private mutating func readValueByBlank(_ line: borrowing Line) {
        let start = at
        var end = line.end
        at = line.end
        var from = start
        while let next = line.find(0x3D, from: from) {
            from = next &+ 1
            if line[next &- 1] == 0x5C { continue }
            let key = startOfKey(line, next, start)
            guard key < next, line[key &- 1] == 0x20 || line[key &- 1] == 0x09 else { continue }
            sign = next
            at = key
            end = key
            break
        }
        while end > start, line[end &- 1] == 0x20 || line[end &- 1] == 0x09 { end &-= 1 }
        value = Field(min(line.skipBlanks(start), end), end)
        gap = end
    }

    /// The first offset of the run of key characters before `equals`, not before `limit`.
    @inline(__always)
    private func startOfKey(_ line: borrowing Line, _ equals: Int, _ limit: Int) -> Int {
        // Check Point writes some names with a colon behind them.
        let isMarked = equals > limit && line[equals &- 1] == 0x3A
        return line.startOfName(before: isMarked ? equals &- 1 : equals, from: limit)
    }

    private func endOfPair(_ line: borrowing Line, _ start: Int) -> Int {
        (delimiter == 0x23
            ? line.find("#011", from: start) : line.find(delimiter, from: start)) ?? line.end
    }

    private var delimiterCount: Int { delimiter == 0x23 ? 4 : 1 }
}
