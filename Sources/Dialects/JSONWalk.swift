// Walks the scalars of a JSON document where they lie in the line.
//
// Read first: RFC 8259. Nothing is copied or unescaped: a value is the stretch of the line between
// its quotes. The walk is as strict as it must be to find its way, and no stricter; a document that
// was cut short gives what stands before the cut.

import Bytes

/// Goes from scalar to scalar.
struct JSONWalk {
    // Limit: deeper documents are not of firewalls, and the path is kept for each level.
    static var depthMax: Int { 16 }

    /// The path to the value: the hash of its keys. The elements of an array have the array's.
    var path: UInt64 = 0
    /// The value, without quotes; escapes as they stand.
    var value = Field(0, 0)
    var isText = false
    var hasEscapes = false
    /// Whether the document ended as it should.
    private(set) var isWhole = false
    private var at: Int
    private var depth = 0
    private var key: UInt64 = 0
    // The path of the object or array at hand, those around it, and a bit for each that is an array,
    // the innermost in the lowest.
    private var container: UInt64 = 0
    private var outer: [16 of UInt64] = .init(repeating: 0)
    private var arrays: UInt32 = 0

    /// `at` is the offset of the opening brace.
    init(_ at: Int) { self.at = at }

    /// The offset behind what was read.
    var end: Int { at }

    /// Moves to the next scalar; false at the document's end, or where it is none.
    @inline(__always)
    mutating func next(_ line: borrowing Line) -> Bool {
        while at < line.end {
            let byte = line[at]
            switch byte {
            case 0x22:
                guard let text = quoted(line) else { return false }
                at = text.end &+ 1
                if arrays & 1 != 0 || depth == 0 {
                    give(text, isText: true)
                    return true
                }
                if line[at] != 0x3A { at = line.skipBlanks(at) }
                guard line[at] == 0x3A else { return false }
                at &+= 1
                key = line.hash(text)
                if takeValue(line) { return true }
            case 0x20, 0x09, 0x2C: at &+= 1
            case 0x7B, 0x5B: guard open(isArray: byte == 0x5B) else { return false }
            case 0x7D, 0x5D: if close() { return false }
            default:
                guard arrays & 1 != 0 else { return false }
                give(bare(line), isText: false)
                return !value.isEmpty
            }
        }
        return false
    }

    private mutating func give(_ field: Field, isText: Bool) {
        path = container
        value = field
        self.isText = isText
    }

    /// The value behind a key; false when it is an object or an array, which is entered.
    @inline(__always)
    private mutating func takeValue(_ line: borrowing Line) -> Bool {
        at = line.skipBlanks(at)
        let byte = line[at]
        if byte == 0x7B || byte == 0x5B { return false }
        path = KeyTable.step(container, key)
        if byte == 0x22 {
            guard let text = quoted(line) else { return giveUp(line) }
            value = text
            isText = true
            at = text.end &+ 1
            return true
        }
        value = bare(line)
        isText = false
        return value.isEmpty ? giveUp(line) : true
    }

    private mutating func giveUp(_ line: borrowing Line) -> Bool {
        at = line.end
        return false
    }

    private mutating func open(isArray: Bool) -> Bool {
        guard depth + 1 < JSONWalk.depthMax else { return false }
        depth += 1
        outer[depth] = container
        // The elements of an array have its path; what stands outermost has none.
        if depth > 1, arrays & 1 == 0 { container = KeyTable.step(container, key) }
        arrays = arrays << 1 | (isArray ? 1 : 0)
        at += 1
        return true
    }

    /// True when the outermost one was closed.
    private mutating func close() -> Bool {
        at += 1
        guard depth > 1 else {
            depth = 0
            isWhole = true
            return true
        }
        container = outer[depth]
        depth -= 1
        arrays >>= 1
        return false
    }

    /// The text at a quotation mark, without its marks; nil when it does not end.
    @inline(__always)
    private mutating func quoted(_ line: borrowing Line) -> Field? {
        let start = at &+ 1
        var place = start
        hasEscapes = false
        while let found = line.find(0x22, 0x5C, 0x22, from: place) {
            if line[found] == 0x22 { return Field(start, found) }
            hasEscapes = true
            place = found &+ 2
        }
        return nil
    }

    /// A number or a word, up to what cannot be part of one.
    @inline(__always)
    private mutating func bare(_ line: borrowing Line) -> Field {
        let start = at
        while at < line.end {
            // Nearly always what numbers and words are made of ends there too.
            at = line.endOfName(at)
            switch line[at] {
            case 0x2C, 0x7D, 0x5D, 0x20, 0x09, 0x3A, 0x22, 0x7B, 0x5B: return Field(start, at)
            default: at = min(at &+ 1, line.end)
            }
        }
        return Field(start, at)
    }
}
