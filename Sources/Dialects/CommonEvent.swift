// CEF and LEEF: the two record shapes that log servers of many makers forward in.
//
// Read first: "Implementing ArcSight Common Event Format" (header, extension), "IBM QRadar Log Event
// Extended Format" (header, delimiters). Values are given as they stand, escapes included.

import Bytes

/// The header of a record: bars between its parts, a bar inside a part written `\|`.
struct CommonEventHeader {
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

    // Limit: the header stands behind a relay's word or two; further in it is somebody's quote.
    private static let reach = 160

    /// The header at or a little behind `body`; nil when there is none. The word `CEF:` or `LEEF:`
    /// may have been cut off: the number behind it tells them apart (`0|`, `1.0|`).
    static func read(_ line: borrowing Line, _ body: Int) -> CommonEventHeader? {
        guard let bar = line.find(0x7C, from: body, before: min(line.end, body + reach)) else {
            return nil
        }
        var first = bar
        while first > body, line[first - 1] != 0x20, line[first - 1] != 0x3A { first -= 1 }
        let number = Field(first, bar)
        let isLEEF = line.equals(number, "1.0") || line.equals(number, "2.0")
        guard isLEEF || line.equals(number, "0") || line.equals(number, "1") else { return nil }
        var header = CommonEventHeader()
        header.isLEEF = isLEEF
        return header.readParts(line, bar + 1, isSecond: line.equals(number, "2.0")) ? header : nil
    }

    private mutating func readParts(
        _ line: borrowing Line, _ start: Int, isSecond: Bool
    ) -> Bool {
        var at = start
        vendor = part(line, &at)
        product = part(line, &at)
        version = part(line, &at)
        eventID = part(line, &at)
        guard at <= line.end else { return false }
        if isLEEF {
            name = eventID
            if isSecond { readDelimiter(line, &at) }
            if delimiter == 0 { delimiter = usualDelimiter(line, at) }
        } else {
            name = part(line, &at)
            _ = part(line, &at)
            guard at <= line.end else { return false }
        }
        keys = at
        return true
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

/// Walks the pairs of a record. Nothing is copied: a pair is two fields of the line.
struct CommonEventPairs {
    var key = Field(0, 0)
    var value = Field(0, 0)
    private var at: Int
    // The sign behind the next key, where the end of the last value was told by it.
    private var sign = 0
    private let delimiter: UInt8

    init(_ header: CommonEventHeader) {
        at = header.keys
        delimiter = header.delimiter
    }

    /// Moves to the next pair; false at the end of the line.
    @inline(__always)
    mutating func next(_ line: borrowing Line) -> Bool {
        delimiter == 0 ? nextByBlank(line) : nextByDelimiter(line)
    }

    /// A value ends where ` key=` begins, for it may hold blanks and is never quoted.
    @inline(__always)
    private mutating func nextByBlank(_ line: borrowing Line) -> Bool {
        at = line.skipBlanks(at)
        if sign <= at {
            guard at < line.end, let first = line.find(0x3D, from: at) else { return false }
            sign = first
        }
        key = Field(startOfKey(line, sign, at), sign)
        let start = sign &+ 1
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
        return true
    }

    /// The first offset of the run of key characters before `equals`, not before `limit`.
    @inline(__always)
    private func startOfKey(_ line: borrowing Line, _ equals: Int, _ limit: Int) -> Int {
        // Check Point writes some names with a colon behind them.
        let isMarked = equals > limit && line[equals &- 1] == 0x3A
        return line.startOfName(before: isMarked ? equals &- 1 : equals, from: limit)
    }

    private mutating func nextByDelimiter(_ line: borrowing Line) -> Bool {
        while true {
            guard at < line.end else { return false }
            let (end, next) = endOfPair(line, at)
            let start = line.skipBlanks(at)
            at = next
            // An empty pair, or one that damage left without a key.
            guard let equals = line.find(0x3D, from: start, before: end) else { continue }
            key = Field(start, equals)
            value = Field(equals + 1, end)
            return true
        }
    }

    private func endOfPair(_ line: borrowing Line, _ start: Int) -> (end: Int, next: Int) {
        if delimiter != 0x23 {
            let end = line.find(delimiter, from: start) ?? line.end
            return (end, end + 1)
        }
        let end = line.find("#011", from: start) ?? line.end
        return (end, end + 4)
    }
}
