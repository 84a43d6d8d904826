// What stretches of earlier lines meant: the same bytes mean the same again.
//
// Read first: `SeenBytes`. For parts that a few forms of make up nearly all of a log: an interface
// and a protocol, the states of two peers.

import Bytes

/// The stretches last read, each with what it meant.
struct SeenMemory<Meaning: Sendable>: Sendable {
    // Limit: how many are remembered; one that is not is read anew. Two neighbours are a pair in
    // which a stretch may stand.
    private static var max: Int { 16 }

    private var seen = [SeenBytes](repeating: SeenBytes(), count: SeenMemory.max)
    private var meanings: [Meaning]

    /// `nothing` is what takes a meaning's place where there is none; nobody is given it.
    init(_ nothing: Meaning) {
        meanings = Array(repeating: nothing, count: SeenMemory.max)
    }

    /// What the stretch at an offset meant, and where it ends; nil when it is not remembered. `key`
    /// is some of its bytes, or made of them.
    @inline(__always)
    func recall(_ line: borrowing Line, _ at: Int, key: UInt64) -> (meaning: Meaning, end: Int)? {
        var slot = SeenMemory.slot(key)
        if !seen[slot].stand(in: line, at: at) {
            slot ^= 1
            guard seen[slot].stand(in: line, at: at) else { return nil }
        }
        return (meanings[slot], at &+ seen[slot].count)
    }

    /// Remembers what a stretch meant. Nothing but its own bytes may have had a say in it.
    mutating func keep(_ line: borrowing Line, _ field: Field, key: UInt64, _ meaning: Meaning) {
        let slot = SeenMemory.slot(key)
        if seen[slot].count > 0 {
            seen[slot ^ 1] = seen[slot]
            meanings[slot ^ 1] = meanings[slot]
        }
        seen[slot].keep(line, field)
        meanings[slot] = meaning
    }

    // Any value would do: a stretch in the wrong place is read anew.
    @inline(__always)
    private static func slot(_ key: UInt64) -> Int {
        Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) &>> 60)
    }
}
