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

    // Limit: how many parts are remembered; one that is not is read anew, at a third of the cost
    // of the whole line. Two neighbours are a pair in which a part may stand.
    private var parts = [Part](repeating: Part(), count: 32)

    /// Fills in what a part at `start` with a `separator` behind it said before, and gives the
    /// offset behind the separator; nil when no such part is remembered.
    @inline(__always)
    func recall(
        _ line: borrowing Line, _ start: Int, before separator: UInt8, into entry: inout Entry
    ) -> Int? {
        var slot = slot(line, start)
        if !parts[slot].seen.stand(in: line, at: start) {
            slot ^= 1
            guard parts[slot].seen.stand(in: line, at: start) else { return nil }
        }
        let end = start &+ parts[slot].seen.count
        guard end < line.end, line[end] == separator else { return nil }
        entry.action = parts[slot].action
        entry.direction = parts[slot].direction
        entry.reason = parts[slot].reason
        entry.interface = parts[slot].interface
        entry.rule = parts[slot].rule
        return end &+ 1
    }

    /// Remembers what a part said. Nothing but its own bytes, and that a separator follows them,
    /// may have had a say in it.
    mutating func keep(_ line: borrowing Line, _ field: Field, _ entry: borrowing Entry) {
        var part = Part()
        part.seen.keep(line, field)
        part.action = entry.action
        part.direction = entry.direction
        part.reason = entry.reason
        part.interface = entry.interface
        part.rule = entry.rule
        let slot = slot(line, field.start)
        if parts[slot].seen.count > 0 { parts[slot ^ 1] = parts[slot] }
        parts[slot] = part
    }

    /// Where a part is kept: by its first bytes, in which rule and interface mostly differ. Any
    /// value would do: a part in the wrong place is read anew.
    @inline(__always)
    private func slot(_ line: borrowing Line, _ start: Int) -> Int {
        let mixed = line.word(start) ^ line.word(start &+ 8) &* 0x9FB2_1C65_1E98_DF25
        let all = (mixed ^ line.word(start &+ 16)) &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: all &>> 59)
    }
}
