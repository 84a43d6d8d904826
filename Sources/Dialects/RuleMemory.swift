// What the columns of a line that tell of the rule said in earlier lines: a few rules on a few
// interfaces write nearly all of a log.

import Bytes
import Facts

/// The rule parts last read, for dialects whose lines have rule, interface, action and direction
/// in one stretch before the packet's own fields.
struct RuleMemory: Sendable {
    private struct Part: Sendable {
        var seen = SeenBytes()
        var action = Action.note
        var direction = Direction.unknown
        var reason = Reason.unknown
        var interface = Name.none
        var rule = Name.none
    }

    // Limit: how many parts are remembered; one that is not is read anew, at twice the cost of
    // the line.
    private var parts = [Part](repeating: Part(), count: 16)

    /// Fills in what the part said before; false when these bytes are not remembered.
    @inline(__always)
    func recall(_ line: borrowing Line, _ field: Field, into entry: inout Entry) -> Bool {
        let slot = slot(line, field)
        guard parts[slot].seen.count == field.count,
            parts[slot].seen.stand(in: line, at: field.start)
        else { return false }
        entry.action = parts[slot].action
        entry.direction = parts[slot].direction
        entry.reason = parts[slot].reason
        entry.interface = parts[slot].interface
        entry.rule = parts[slot].rule
        return true
    }

    /// Remembers what a part said. Nothing outside `field` may have had a say in it.
    mutating func keep(_ line: borrowing Line, _ field: Field, _ entry: borrowing Entry) {
        var part = Part()
        part.seen.keep(line, field)
        part.action = entry.action
        part.direction = entry.direction
        part.reason = entry.reason
        part.interface = entry.interface
        part.rule = entry.rule
        parts[slot(line, field)] = part
    }

    /// Where a part is kept: by its first bytes, where rules have their number, and by the middle
    /// and the end, where the interface and the direction stand. Any value would do.
    @inline(__always)
    private func slot(_ line: borrowing Line, _ field: Field) -> Int {
        let middle = line.word(max(field.start, field.end &- 24))
        let last = line.word(max(field.start, field.end &- 8))
        let mixed = (line.word(field.start) ^ middle) &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: ((mixed ^ last) &* 0x9FB2_1C65_1E98_DF25) &>> 60)
    }
}
