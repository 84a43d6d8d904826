// Fills a record from each shape of line.
//
// Read first: `Record`, `KeyTable`, and the walks: `CommonEvent`, `NamedPairs`, `JSONWalk`.

import Bytes

extension Record {
    /// From `name=value` pairs.
    @inline(__always)
    mutating func gather(
        _ line: borrowing Line, from at: Int, _ style: PairStyle, _ keys: KeyTable,
        _ memory: inout KeyMemory
    ) {
        var pairs = NamedPairs(line, at, style, keys, &memory)
        while pairs.next(line, keys, &memory) {
            if let meaning = memory.meaning(pairs.place) { take(meaning, pairs.value) }
        }
    }

    /// From a JSON document; false when it is none, or ends before its end.
    @inline(__always)
    mutating func gatherJSON(
        _ line: borrowing Line, from at: Int, _ keys: KeyTable, _ memory: inout KeyMemory
    ) -> Bool {
        var walk = JSONWalk(at)
        while walk.next(line, keys, &memory) {
            guard let meaning = memory.meaning(walk.place), walk.isText || !isNull(line, walk.value)
            else {
                continue
            }
            take(meaning, walk.value)
        }
        return walk.isWhole
    }

    private func isNull(_ line: borrowing Line, _ value: Field) -> Bool {
        line.equals(value, "null")
    }

    /// From a CEF or LEEF record. CEF's numbered fields (`cs1`, `cn2`, `c6a3`, `flexString1`) get
    /// their role from what their label calls them, by `labels`.
    mutating func gather(
        _ line: borrowing Line, _ header: CommonEventHeader, _ keys: KeyTable,
        labels: KeyTable? = nil, _ memory: inout KeyMemory
    ) {
        var pairs = CommonEventPairs(line, header, keys, &memory)
        var numbered = NumberedFields()
        while pairs.next(line, keys, &memory) {
            if let meaning = memory.meaning(pairs.place) {
                take(meaning, pairs.value)
            } else if labels != nil {
                numbered.take(memory[pairs.place], pairs.value)
            }
        }
        guard let labels else { return }
        numbered.resolve(line) { label, value in
            if let meaning = labels.meaning(line, label) { take(meaning, value) }
        }
    }
}

/// CEF's numbered fields and the labels that say what they are.
struct NumberedFields {
    // Limit: six strings and three or four each of the other kinds are all that CEF has; a record
    // with more is taken as far as they reach.
    private static var max: Int { 16 }

    private var keys: [16 of UInt64] = .init(repeating: 0)
    private var values: [16 of Field] = .init(repeating: Field(0, 0))
    private var labels: [16 of Field] = .init(repeating: Field(0, 0))
    private var count = 0

    /// The hash of the name that a key has as a numbered field or as the label of one, and whether it
    /// is a label; nil for other keys.
    static func name(_ line: borrowing Line, _ key: Field) -> (hash: UInt64, isLabel: Bool)? {
        var name = key
        let isLabel = key.count > 5 && line.has("Label", at: key.end - 5)
        if isLabel { name.end -= 5 }
        guard name.count >= 3, isDigit(line[name.end - 1]),
            line[name.start] == 0x63
                || line.has("flex", at: name.start) || line.has("ad.", at: name.start)
                || line.has("device", at: name.start)
        else { return nil }
        return (line.hash(name), isLabel)
    }

    /// Takes a pair whose key is a numbered field or its label; others are left.
    @inline(__always)
    mutating func take(_ known: KeyMemory.Known, _ value: Field) {
        guard known.numbered != 0 else { return }
        var index = 0
        while index < count, keys[index] != known.numbered { index &+= 1 }
        guard index < NumberedFields.max else { return }
        if index == count {
            keys[index] = known.numbered
            count &+= 1
        }
        if known.isLabel { labels[index] = value } else { values[index] = value }
    }

    /// Gives each value with its label.
    mutating func resolve(_ line: borrowing Line, _ body: (Field, Field) -> Void) {
        for index in 0..<count where !labels[index].isEmpty && !values[index].isEmpty {
            body(labels[index], values[index])
        }
    }
}
