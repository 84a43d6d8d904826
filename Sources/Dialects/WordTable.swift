// What a dialect's words mean, letters compared without case.

import Bytes

/// A short list of words: what was done, why it ended.
struct WordTable<Meaning: Sendable>: Sendable {
    // Each row's first eight bytes are a number, so that nearly every row is passed over by one
    // comparison; what is behind them lies in `rest`, all words' one after the other.
    private struct Row: Sendable {
        var head: UInt64 = 0
        /// Which bits of a line's eight bytes belong to the head.
        var kept: UInt64 = 0
        var count = 0
        var rest = 0
        /// The next row of the same slot; the number of rows where there is none.
        var next = 0
        let meaning: Meaning
    }

    private let rows: [Row]
    private let rest: [UInt8]
    // A whole word is looked for by a hash of its head and its length, in one of sixty-four slots:
    // the first row of each, and a bit for each that has one. By that bit most words are told that
    // are none of the table's.
    private let firsts: [UInt8]
    private let taken: UInt64

    init(_ words: [(String, Meaning)]) {
        precondition(words.count < 256)
        var rows: [Row] = []
        var rest: [UInt8] = []
        for (word, meaning) in words {
            let bytes = word.utf8.map(lowercased)
            precondition(!bytes.isEmpty)
            var row = Row(count: bytes.count, rest: rest.count, meaning: meaning)
            for (place, byte) in bytes.prefix(8).enumerated() {
                row.head |= UInt64(byte) << UInt64(8 * place)
                row.kept |= 0xFF << UInt64(8 * place)
            }
            rest += bytes.dropFirst(8)
            rows.append(row)
        }
        var firsts = [UInt8](repeating: UInt8(rows.count), count: 64)
        var taken: UInt64 = 0
        // From the last row on, so that the first of several in one slot is found first.
        for index in rows.indices.reversed() {
            let slot = WordTable.slot(rows[index].head, rows[index].count)
            rows[index].next = Int(firsts[slot])
            firsts[slot] = UInt8(index)
            taken |= 1 << UInt64(slot)
        }
        self.rows = rows
        self.rest = rest
        self.firsts = firsts
        self.taken = taken
    }

    @inline(__always)
    private static func slot(_ head: UInt64, _ count: Int) -> Int {
        let mixed = (head ^ UInt64(truncatingIfNeeded: count)) &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: mixed &>> 58)
    }

    /// What the word that fills a field means.
    func meaning(_ line: borrowing Line, _ field: Field) -> Meaning? {
        let count = field.count
        guard count > 0 else { return nil }
        let kept = ~0 &>> UInt64(truncatingIfNeeded: max(0, 64 &- 8 &* count))
        let head = lowercasedBytes(line.word(field.start)) & kept
        let slot = WordTable.slot(head, count)
        guard taken & (1 &<< UInt64(truncatingIfNeeded: slot)) != 0 else { return nil }
        var index = Int(firsts[slot])
        while index < rows.count {
            if rows[index].head == head, rows[index].count == count,
                hasRest(index, line, field.start)
            {
                return rows[index].meaning
            }
            index = rows[index].next
        }
        return nil
    }

    /// What the first row means whose word stands anywhere in a field.
    func within(_ line: borrowing Line, _ field: Field) -> Meaning? {
        guard !field.isEmpty else { return nil }
        for index in rows.indices where rows[index].count <= field.count {
            let first = UInt8(truncatingIfNeeded: rows[index].head)
            let capital = first &- 0x61 < 26 ? first ^ 0x20 : first
            let last = field.end - rows[index].count
            var at = field.start
            while let hit = line.find(first, capital, first, from: at), hit <= last {
                if stands(index, line, hit) { return rows[index].meaning }
                at = hit + 1
            }
        }
        return nil
    }

    /// What the first row means whose word ends a field, and is not all of it.
    func suffix(_ line: borrowing Line, _ field: Field) -> Meaning? {
        for index in rows.indices where rows[index].count < field.count {
            if stands(index, line, field.end - rows[index].count) { return rows[index].meaning }
        }
        return nil
    }

    /// Whether a row's word stands at an offset.
    private func stands(_ index: Int, _ line: borrowing Line, _ at: Int) -> Bool {
        let head = lowercasedBytes(line.word(at))
        return (head ^ rows[index].head) & rows[index].kept == 0 && hasRest(index, line, at)
    }

    /// Whether what is behind the first eight bytes of a row's word stands there too.
    @inline(__always)
    private func hasRest(_ index: Int, _ line: borrowing Line, _ at: Int) -> Bool {
        for place in 8..<max(8, rows[index].count)
        where lowercased(line[at + place]) != rest[rows[index].rest + place - 8] {
            return false
        }
        return true
    }
}
