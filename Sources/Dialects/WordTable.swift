// What a dialect's words mean, letters compared without case.

import Bytes

/// A short list of words: what was done, why it ended.
struct WordTable<Meaning: Sendable>: Sendable {
    private let words: [(word: [UInt8], meaning: Meaning)]

    init(_ rows: [(String, Meaning)]) {
        words = rows.map { (Array($0.0.utf8).map(lowercased), $0.1) }
    }

    /// What the word that fills a field means.
    func meaning(_ line: borrowing Line, _ field: Field) -> Meaning? {
        let count = field.count
        guard count > 0 else { return nil }
        let first = lowercased(line[field.start])
        for row in words where row.word.count == count && row.word[0] == first {
            if stands(row.word, line, field.start) { return row.meaning }
        }
        return nil
    }

    /// What the first row means whose word stands anywhere in a field.
    func within(_ line: borrowing Line, _ field: Field) -> Meaning? {
        for row in words where row.word.count <= field.count {
            for at in field.start...(field.end - row.word.count)
            where lowercased(line[at]) == row.word[0] && stands(row.word, line, at) {
                return row.meaning
            }
        }
        return nil
    }

    /// What the first row means whose word ends a field, and is not all of it.
    func suffix(_ line: borrowing Line, _ field: Field) -> Meaning? {
        for row in words where row.word.count < field.count {
            if stands(row.word, line, field.end - row.word.count) { return row.meaning }
        }
        return nil
    }

    private func stands(_ word: [UInt8], _ line: borrowing Line, _ at: Int) -> Bool {
        for index in word.indices where lowercased(line[at + index]) != word[index] {
            return false
        }
        return true
    }
}
