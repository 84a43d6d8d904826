// Where an entry stands among others, and what it is to its connection. Read first: Digest+Add.

struct Placing: Sendable {
    let kind: EntryKind
    var isCounted = false
    /// Whether it is told once more, by the addresses beyond a translation.
    var isTranslated = false
    /// Among tracked entries, from 0; among all entries and all lines, from 1.
    let position: Int
    let number: Int
    let line: Int

    @inline(__always)
    init(_ kind: EntryKind, position: Int, number: Int, line: Int) {
        self.kind = kind
        self.position = position
        self.number = number
        self.line = line
    }
}
