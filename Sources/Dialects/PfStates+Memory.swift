// What the ends of pf's rows said before: the interface and the protocol, and the peers' states.
//
// Read first: `PfStates`, `SeenMemory`. What lies between them, the addresses, is of each row alone.
// With it a row costs 1,600 instructions, without 2,060 (measured).

import Bytes
import Facts

struct PfStateMemory: Sendable {
    /// `igb1 tcp `.
    struct Head: Sendable {
        var interface = Name.none
        var number: UInt8 = 0
    }

    /// `ESTABLISHED:FIN_WAIT_2`, at the line's end.
    struct Pair: Sendable {
        /// The protocol, which has a say in what the words mean.
        var number: UInt8 = 0
        var reason = Reason.unknown
        var known: Known = []
        var text = Name.none
    }

    private var heads = SeenMemory(Head())
    private var pairs = SeenMemory(Pair())

    /// The interface and the protocol that begin a row at an offset, and where the first end starts.
    @inline(__always)
    func head(_ line: borrowing Line, _ at: Int) -> (head: Head, end: Int)? {
        guard let found = heads.recall(line, at, key: line.word(at)),
            found.end < line.end, line[found.end] > 0x20
        else { return nil }
        return (found.meaning, found.end)
    }

    mutating func keep(_ line: borrowing Line, _ field: Field, _ head: Head) {
        heads.keep(line, field, key: line.word(field.start), head)
    }

    /// The states that fill the line from an offset on.
    @inline(__always)
    func pair(_ line: borrowing Line, _ at: Int, of number: UInt8) -> Pair? {
        guard let found = pairs.recall(line, at, key: PfStateMemory.key(line, at)),
            found.end == line.end, found.meaning.number == number
        else { return nil }
        return found.meaning
    }

    mutating func keep(_ line: borrowing Line, _ field: Field, _ pair: Pair) {
        // With blanks behind them they do not fill the line.
        guard field.end == line.end else { return }
        pairs.keep(line, field, key: PfStateMemory.key(line, field.start), pair)
    }

    /// The first and the last bytes: states differ in either.
    @inline(__always)
    private static func key(_ line: borrowing Line, _ at: Int) -> UInt64 {
        line.word(at) &+ line.word(max(line.start, line.end &- 8))
    }
}
