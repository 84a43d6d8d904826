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
        let meaning: Meaning
    }

    private let rows: [Row]
    private let rest: [UInt8]

    init(_ words: [(String, Meaning)]) {
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
        self.rows = rows
        self.rest = rest
    }

    /// What the word that fills a field means.
    func meaning(_ line: borrowing Line, _ field: Field) -> Meaning? {
        let count = field.count
        guard count > 0 else { return nil }
        let head = lowercasedBytes(line.word(field.start))
        for index in rows.indices where rows[index].count == count {
            if (head ^ rows[index].head) & rows[index].kept == 0, hasRest(index, line, field.start)
            {
                return rows[index].meaning
            }
        }
        return nil
    }

    /// What the first row means whose word stands anywhere in a field.
    func within(_ line: borrowing Line, _ field: Field) -> Meaning? {
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
