// Walks the scalars of a JSON document where they lie in the line.
//
// Read first: RFC 8259. Nothing is copied or unescaped: a value is the stretch of the line between
// its quotes. The walk is as strict as it must be to find its way, and no stricter; a document that
// was cut short gives what stands before the cut.

import Bytes

/// Goes from scalar to scalar.
struct JSONWalk: Sendable {
    // Limit: deeper documents are not of firewalls, and the path is kept for each level.
    static var depthMax: Int { 16 }

    /// Where what is known of the path to the value is in `KeyMemory`. The path is the hash of the keys;
    /// the elements of an array have the array's.
    private(set) var place = KeyMemory.nowhere
    /// The value, without quotes; escapes as they stand.
    private(set) var value = Field(0, 0)
    private(set) var isText = false
    private(set) var hasEscapes = false
    /// Whether the document ended as it should.
    private(set) var isWhole = false

    private var at: Int
    // Where the last value, brace or bracket ended: what stands between there and the next value of
    // the same object is kept.
    private var gap: Int
    private var trail = KeyTrail(place: KeyMemory.document)
    private var depth = 0
    // The path of the object or array at hand, those around it, and a bit for each that is an array,
    // the innermost in the lowest.
    private var container: UInt64 = 0
    // The path of the object or array that begins at hand.
    private var entered: UInt64?
    private var enteredPlace = KeyMemory.nowhere
    // Whether the key that says so stands in the gap: what is kept must follow from its bytes alone.
    private var isKeyed = false
    // Since the gap began: the path of the object it began in, how many objects ended, and whether
    // one began.
    private var gapWithin: UInt64 = 0
    private var ends = 0
    private var begins = false
    private var outer: [16 of UInt64] = .init(repeating: 0)
    private var arrays: UInt32 = 0

    /// `at` is the offset of the opening brace.
    init(_ at: Int) {
        self.at = at
        gap = at
    }

    /// The offset behind what was read.
    var end: Int { at }

    /// Moves to the next scalar; false at the document's end, or where it is none.
    @inline(__always)
    mutating func next(
        _ line: borrowing Line, _ keys: KeyTable, _ memory: inout KeyMemory
    ) -> Bool {
        while true {
            if trail.isAhead {
                trail.isAhead = false
                place = trail.place
                hasEscapes = false
            } else {
                switch findKey(line, keys, &memory) {
                case .key: break
                case .element: return true
                case .nothing, .object: return false
                }
            }
            isText = memory.mark(place) != 0
            guard let end = plainEnd(line) else {
                if readValue(line, memory) { return true }
                continue
            }
            value = Field(at, end)
            if isText { hasEscapes = false }
            at = isText ? end &+ 1 : end
            beginGap(end, behindText: isText)
            let next = memory.follower(
                line, end, of: trail.place, within: gapWithin ^ keys.number)
            if let next, cross(next.place, memory) {
                trail.place = next.place
                trail.isAhead = true
                at = next.end
            }
            return true
        }
    }

    private enum Found { case key, element, object, nothing }

    /// What stands between two values begins here.
    @inline(__always)
    private mutating func beginGap(_ at: Int, behindText: Bool = false) {
        gap = at
        gapWithin = JSONWalk.within(container, behindText)
        ends = 0
        begins = false
    }

    /// A text's end is told from what else begins with a quotation mark.
    @inline(__always)
    private static func within(_ container: UInt64, _ behindText: Bool) -> UInt64 {
        behindText ? ~container : container
    }

    /// Leaves and enters the objects that end and begin before the next value; false where these are
    /// others than in earlier lines.
    @inline(__always)
    private mutating func cross(_ place: Int, _ memory: borrowing KeyMemory) -> Bool {
        !memory.crosses(place) || crossObjects(place, memory)
    }

    @inline(__always)
    private mutating func crossObjects(_ place: Int, _ memory: borrowing KeyMemory) -> Bool {
        let ends = memory[place].ends
        let begins = memory[place].begins ? 1 : 0
        // Only objects end and begin here, and not the outermost.
        guard arrays & ((2 &<< UInt32(ends)) &- 1) == 0, depth > ends,
            depth &- ends &+ begins < JSONWalk.depthMax
        else { return false }
        var here = container
        for level in 0..<ends { here = outer[depth &- level] }
        guard here == memory[place].outside else { return false }
        depth = depth &- ends &+ begins
        arrays = (arrays &>> UInt32(ends)) &<< UInt32(begins)
        container = here
        if begins > 0 {
            outer[depth] = here
            container = memory[place].inside
        }
        return true
    }

    /// Where the value at hand ends, if it is a text without escapes, a number or a word.
    @inline(__always)
    private func plainEnd(_ line: borrowing Line) -> Int? {
        if isText {
            guard let end = line.find(0x22, 0x5C, 0x22, from: at) else { return nil }
            return line[end] == 0x22 ? end : nil
        }
        let end = line.endOfName(at)
        guard end > at, end < line.end, line[end] == 0x2C || line[end] == 0x7D else { return nil }
        return end
    }

    /// Moves behind the next key, where it was not known when the last value ended, or gives the next
    /// element of an array.
    @inline(never)
    private mutating func findKey(
        _ line: borrowing Line, _ keys: KeyTable, _ memory: inout KeyMemory
    ) -> Found {
        while at < line.end {
            let byte = line[at]
            switch byte {
            case 0x22:
                if arrays & 1 != 0 || depth == 0 {
                    guard let text = quoted(line) else { return .nothing }
                    return give(text, isText: true, keys, &memory)
                }
                let found = takeKey(line, keys, &memory)
                if found != .object { return found }
            case 0x20, 0x09, 0x2C: at &+= 1
            case 0x7B, 0x5B: guard open(isArray: byte == 0x5B) else { return .nothing }
            case 0x7D, 0x5D: if close() { return .nothing }
            default:
                guard arrays & 1 != 0 else { return .nothing }
                return give(bare(line), isText: false, keys, &memory)
            }
        }
        return .nothing
    }

    /// Gives an element of an array.
    private mutating func give(
        _ field: Field, isText: Bool, _ keys: KeyTable, _ memory: inout KeyMemory
    ) -> Found {
        if enteredPlace != KeyMemory.nowhere, memory[enteredPlace].hash == container {
            place = enteredPlace
        } else {
            memory.forNow(KeyMemory.Known(hash: container, meaning: keys[container]))
            place = KeyMemory.nowhere
        }
        value = field
        self.isText = isText
        at = isText ? field.end &+ 1 : field.end
        beginGap(at)
        return isText || !field.isEmpty ? .element : .nothing
    }

    /// Moves behind a key and its colon, and the quotation mark of a text; `object` where it
    /// has an object.
    private mutating func takeKey(
        _ line: borrowing Line, _ keys: KeyTable, _ memory: inout KeyMemory
    ) -> Found {
        let within = gapWithin ^ keys.number
        if let next = memory.follower(line, gap, of: trail.place, within: within),
            memory[next.place].ends == ends, memory[next.place].begins == begins,
            memory[next.place].inside == container
        {
            trail.place = next.place
            place = next.place
            hasEscapes = false
            at = next.end
            return .key
        }
        let start = at
        guard let key = quoted(line) else { return .nothing }
        at = line.skipBlanks(key.end &+ 1)
        guard line[at] == 0x3A else { return .nothing }
        at = line.skipBlanks(at &+ 1)
        let path = KeyTable.step(container, line.hash(key))
        if line[at] == 0x7B {
            entered = path
            isKeyed = true
            return .object
        }
        var known = KeyMemory.Known(hash: path, meaning: keys[path], keyCount: key.count)
        if line[at] == 0x22 {
            known.mark = 0x22
            at &+= 1
        }
        known.keyBack = at &- start
        known.ends = ends
        known.begins = begins
        known.outside = begins ? outer[depth] : container
        known.inside = container
        // Whether there are escapes is asked of texts, and of a key with them it is not remembered:
        // it is not kept.
        let field = hasEscapes ? Field(0, 0) : Field(gap, at)
        trail.place = memory.keep(line, field, known, within: within, after: trail.place)
        place = trail.place
        return .key
    }

    /// Reads the value behind a key; false when it is an object or an array, which is entered.
    @inline(never)
    private mutating func readValue(
        _ line: borrowing Line, _ memory: borrowing KeyMemory
    ) -> Bool {
        if isText {
            at &-= 1
        } else {
            // It may be a text here, and none in earlier lines.
            at = line.skipBlanks(at)
            let byte = line[at]
            if byte == 0x7B || byte == 0x5B {
                entered = memory[place].hash
                enteredPlace = place
                isKeyed = false
                beginGap(at)
                return false
            }
            isText = byte == 0x22
        }
        guard isText else {
            value = bare(line)
            beginGap(at)
            return value.isEmpty ? giveUp(line) : true
        }
        guard let text = quoted(line) else { return giveUp(line) }
        value = text
        beginGap(text.end, behindText: true)
        at = text.end &+ 1
        return true
    }

    // The value is empty: what calls for more finds the line's end.
    private mutating func giveUp(_ line: borrowing Line) -> Bool {
        at = line.end
        return false
    }

    private mutating func open(isArray: Bool) -> Bool {
        guard depth + 1 < JSONWalk.depthMax else { return false }
        // What is kept reaches over one object's beginning, and no array's.
        let isOver =
            !isKeyed || depth == 0 || isArray || begins || arrays & 1 != 0 || at &- gap > 22
        isKeyed = false
        depth += 1
        outer[depth] = container
        // The elements of an array have its path; what stands outermost has none.
        if depth > 1, arrays & 1 == 0 { container = entered ?? container }
        arrays = arrays << 1 | (isArray ? 1 : 0)
        at += 1
        begins = true
        // What begins without a key has the path of what it lies in.
        entered = nil
        if isOver { beginGap(at) }
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
        let isOver = begins || ends > 3 || arrays & 3 != 0
        container = outer[depth]
        depth -= 1
        arrays >>= 1
        ends += 1
        if isOver { beginGap(at) }
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
