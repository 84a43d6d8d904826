// What stretches of a line meant in earlier lines, where one of a list of words stands in them: a
// firewall has few reasons and gives each again and again.
//
// Read first: `WordTable`, `SeenBytes`.

import Bytes
import Facts

/// The meanings last found by `WordTable.within`, by the bytes they were found in.
struct WordMemory<Meaning: Sendable>: Sendable {
    private struct Part: Sendable {
        var seen = SeenBytes()
        /// Whose table it was: two dialects may call two things by the same words.
        var dialect = DialectID.unknown
        var meaning: Meaning?
    }

    // Limit: how many stretches are remembered; one that is not is looked through anew, row by row.
    private var parts = [Part](repeating: Part(), count: 16)

    /// What the first row of a dialect's table means whose word stands anywhere in a field. A
    /// dialect asks for one table only.
    mutating func within(
        _ line: borrowing Line, _ field: Field, _ table: @autoclosure () -> WordTable<Meaning>,
        of dialect: DialectID
    ) -> Meaning? {
        let count = field.count
        guard count > 0 else { return nil }
        guard count <= SeenBytes.countMax else { return table().within(line, field) }
        // Any slot would do: by the bytes at both ends, since many begin alike.
        let tail = count < 8 ? 0 : line.word(field.end &- 8)
        let mixed = (line.word(field.start) &+ tail) &* 0x9E37_79B9_7F4A_7C15
        let slot = Int(truncatingIfNeeded: mixed &>> 60)
        if parts[slot].seen.count == count, parts[slot].dialect == dialect,
            parts[slot].seen.stand(in: line, at: field.start)
        {
            return parts[slot].meaning
        }
        let meaning = table().within(line, field)
        parts[slot].seen.keep(line, field)
        parts[slot].dialect = dialect
        parts[slot].meaning = meaning
        return meaning
    }
}
