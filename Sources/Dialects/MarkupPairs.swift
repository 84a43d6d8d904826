// Walks the named values of an XML record where they lie in the line.
//
// Read first: XML 1.0, elements and attributes, and `Record`. Nothing is copied; a name is an element's
// or an attribute's, or what an element's `name` attribute says. Entities stay as they stand.

import Bytes

/// Goes from value to value: `<SRC>192.0.2.1</SRC>`, `<FIELD name="SRC">…`, `<LOG src="…"/>`.
struct MarkupPairs {
    var key = Field(0, 0)
    var value = Field(0, 0)
    private var at: Int
    private var isInTag = false
    private var element = Field(0, 0)
    /// What the tag's `name` attribute says.
    private var named = Field(0, 0)

    init(_ at: Int) { self.at = at }

    mutating func next(_ line: borrowing Line) -> Bool {
        while at < line.end {
            if isInTag {
                if nextAttribute(line) { return true }
            } else if nextText(line) {
                return true
            }
        }
        return false
    }

    /// The text up to the next tag; false where there is none but blanks. Enters the tag.
    private mutating func nextText(_ line: borrowing Line) -> Bool {
        guard let open = line.find(0x3C, from: at) else {
            at = line.end
            return false
        }
        let start = line.skipBlanks(at)
        let found = Field(min(start, open), open)
        let isOwn = line[open + 1] == 0x2F && !element.isEmpty
        key = named.isEmpty ? element : named
        value = found
        enter(line, open)
        return isOwn && !found.isEmpty
    }

    private mutating func enter(_ line: borrowing Line, _ open: Int) {
        named = Field(0, 0)
        element = Field(0, 0)
        let first = line[open + 1]
        if first == 0x2F || first == 0x3F || first == 0x21 {
            at = (line.find(0x3E, from: open) ?? line.end) + 1
            return
        }
        var end = open + 1
        while end < line.end, line[end] > 0x20, line[end] != 0x3E, line[end] != 0x2F { end += 1 }
        element = Field(open + 1, end)
        at = end
        isInTag = true
    }

    /// `name="value"`; false at the tag's end.
    private mutating func nextAttribute(_ line: borrowing Line) -> Bool {
        at = line.skipBlanks(at)
        guard at < line.end, line[at] != 0x3E, line[at] != 0x2F else {
            if line[at] == 0x2F { element = Field(0, 0) }
            at = (line.find(0x3E, from: at) ?? line.end) + 1
            isInTag = false
            return false
        }
        guard let sign = line.find(0x3D, from: at), sign + 1 < line.end else {
            at = line.end
            return false
        }
        let quote = line[sign + 1]
        guard quote == 0x22 || quote == 0x27, let close = line.find(quote, from: sign + 2) else {
            at = line.end
            return false
        }
        let name = Field(at, sign)
        value = Field(sign + 2, close)
        at = close + 1
        if line.equalsIgnoringCase(name, "name") {
            named = value
            return false
        }
        key = line.equalsIgnoringCase(name, "value") && !named.isEmpty ? named : name
        return true
    }
}

extension Record {
    /// From the elements and attributes of an XML record.
    mutating func gatherMarkup(_ line: borrowing Line, from at: Int, _ keys: KeyTable) {
        var pairs = MarkupPairs(at)
        while pairs.next(line) {
            if let meaning = keys.meaning(line, pairs.key) { take(meaning, pairs.value) }
        }
    }
}
