// The keys that earlier lines gave their values, and which of them followed which.
//
// Read first: `KeyTable`, and a walk that asks it: `NamedPairs`. A product names its fields in the same
// order in nearly every line, so what stands between the end of a value and the beginning of the next
// one, `" dstport=`, is known before it is read. One comparison of those bytes takes the place of finding
// the key's end, hashing it and looking it up. It gives what reading would have given: the same bytes
// behind a value of the same kind, read in the same way, are the same key.

import Bytes

/// What stands between two values, and what followed it last.
struct KeyMemory: Sendable {
    /// Stands for no key; nothing is known of what follows it.
    static var nowhere: Int { 0 }
    /// Where documents begin.
    static var document: Int { 1 }

    /// What a walk may ask of a key that it has found again.
    struct Known: Sendable {
        /// The key's hash, or the hash of the path to it.
        var hash: UInt64 = 0
        var meaning: KeyTable.Meaning?
        /// The quotation mark before the value; zero where there is none.
        var mark: UInt8 = 0
        /// How far before the value the key begins, and how long it is.
        var keyBack = 0
        var keyCount = 0
        /// Of CEF's numbered fields: the hash of the name, and whether the key is of its label.
        var numbered: UInt64 = 0
        var isLabel = false
        /// How many objects end between the values, whether one begins behind them; the path of the
        /// object it begins in, and its own.
        var ends = 0
        var begins = false
        var outside: UInt64 = 0
        var inside: UInt64 = 0
    }

    private struct Gap: Sendable {
        // Its bytes, and all ones in each that belongs to it; the second half is of longer ones.
        var bytes = SIMD2<UInt64>()
        var care = SIMD2<UInt64>()
        var moreBytes = SIMD2<UInt64>()
        var moreCare = SIMD2<UInt64>()
        // Until there are bytes it stands nowhere.
        var count = Int.max
        // How it was read: what stands in lines of another style, or in another object, is another.
        var within = ~0 as UInt64
        // What followed, a byte each, the newest lowest: lines of a few kinds take turns in a log. (Of an
        // array in here, all of the gap was copied at each look.)
        var followers: UInt32 = 0
        var identity: UInt64 = 0
        var known = Known()
    }

    // Limit: products have up to a hundred fields, and a log is of a few products. Behind so many all
    // are forgotten: the next lines are read the long way, and kept anew.
    private static var gapsMax: Int { 255 }
    // A longer gap is always read the long way.
    private static var bytesMax: Int { 32 }

    private var gaps = [Gap](repeating: Gap(), count: KeyMemory.gapsMax + 1)
    // Where they are kept, by their hashes; four times as many as there are, so that few collide.
    private var places = [UInt8](repeating: 0, count: 1024)
    private var count = KeyMemory.document
    // The style of the last line, and where its keys begin.
    private var lastStyle: UInt64 = 0
    private var lastBeginning = KeyMemory.nowhere

    /// The gap that stands at an offset, if it is one of those that followed `place` in earlier lines,
    /// and the offset behind it.
    @inline(__always)
    func follower(
        _ line: borrowing Line, _ at: Int, of place: Int, within: UInt64
    ) -> (place: Int, end: Int)? {
        var rest = gaps[place].followers
        while rest != 0 {
            let next = Int(rest & 0xFF)
            if stands(next, line, at, within) { return (next, at &+ gaps[next].count) }
            rest &>>= 8
        }
        return nil
    }

    @inline(__always)
    private func stands(_ place: Int, _ line: borrowing Line, _ at: Int, _ within: UInt64) -> Bool {
        guard gaps[place].within == within, at <= line.end &- gaps[place].count else {
            return false
        }
        let first = (line.words2(at) ^ gaps[place].bytes) & gaps[place].care
        guard first.x | first.y == 0 else { return false }
        guard gaps[place].count > 16 else { return true }
        let second = (line.words2(at &+ 16) ^ gaps[place].moreBytes) & gaps[place].moreCare
        return second.x | second.y == 0
    }

    /// What is known of a key; of `nowhere`, what `forNow` was told.
    @inline(__always)
    subscript(place: Int) -> Known { gaps[place].known }

    @inline(__always)
    func meaning(_ place: Int) -> KeyTable.Meaning? { gaps[place].known.meaning }

    @inline(__always)
    func mark(_ place: Int) -> UInt8 { gaps[place].known.mark }

    /// Whether objects end or begin before the value.
    @inline(__always)
    func crosses(_ place: Int) -> Bool {
        gaps[place].known.ends != 0 || gaps[place].known.begins
    }

    /// Takes what is known of a key that is not kept, until the next one.
    mutating func forNow(_ known: Known) { gaps[KeyMemory.nowhere].known = known }

    /// Keeps what stands between two values, and that it followed `last`; what cannot be kept is known
    /// for now.
    @inline(never)
    mutating func keep(
        _ line: borrowing Line, _ gap: Field, _ known: Known, within: UInt64, after last: Int
    ) -> Int {
        forNow(known)
        guard !gap.isEmpty, gap.count <= KeyMemory.bytesMax, known.keyCount > 0 else {
            return KeyMemory.nowhere
        }
        let place = place(line.hash(gap), within)
        guard place != KeyMemory.nowhere else { return place }
        gaps[place].bytes = line.words2(gap.start)
        gaps[place].moreBytes = line.words2(gap.start + 16)
        for word in 0..<2 {
            gaps[place].care[word] = KeyMemory.bits(gap.count - 8 * word)
            gaps[place].moreCare[word] = KeyMemory.bits(gap.count - 8 * word - 16)
        }
        gaps[place].count = gap.count
        gaps[place].known = known
        follow(UInt8(place), last)
        return place
    }

    /// Puts a follower first, in the place of the oldest one.
    private mutating func follow(_ place: UInt8, _ last: Int) {
        guard last != KeyMemory.nowhere else { return }
        var rest = gaps[last].followers
        while rest != 0 {
            if rest & 0xFF == UInt32(place) { return }
            rest >>= 8
        }
        gaps[last].followers = gaps[last].followers << 8 | UInt32(place)
    }

    /// All ones in so many bytes, eight at most.
    private static func bits(_ bytes: Int) -> UInt64 {
        bytes <= 0 ? 0 : ~0 >> UInt64(max(0, 64 - 8 * bytes))
    }

    /// Where the keys of a style begin: what follows are the first keys of lines.
    @inline(__always)
    mutating func beginning(_ within: UInt64) -> Int {
        if within != lastStyle { begin(within) }
        return lastBeginning
    }

    private mutating func begin(_ within: UInt64) {
        lastBeginning = place(within, within)
        lastStyle = within
    }

    /// Where a gap is kept, or is to be.
    private mutating func place(_ identity: UInt64, _ within: UInt64) -> Int {
        var at = slot(identity, within)
        while places[at] != 0 {
            let place = Int(places[at])
            if gaps[place].identity == identity, gaps[place].within == within { return place }
            at = (at &+ 1) & 1023
        }
        guard count < KeyMemory.gapsMax else { return KeyMemory.nowhere }
        count += 1
        places[at] = UInt8(count)
        gaps[count] = Gap(within: within, identity: identity)
        return count
    }

    private func slot(_ identity: UInt64, _ within: UInt64) -> Int {
        Int(truncatingIfNeeded: (identity ^ within &* 0x9FB2_1C65_1E98_DF25) &>> 54)
    }

    /// Makes room for more, between two lines: a walk relies on what it has found.
    @inline(__always)
    mutating func makeRoom() {
        if count == KeyMemory.gapsMax { forget() }
    }

    @inline(never)
    private mutating func forget() {
        for at in places.indices { places[at] = 0 }
        for at in gaps.indices { gaps[at] = Gap() }
        count = KeyMemory.document
        lastStyle = 0
    }
}

extension KeyMemory {
    /// Where a value ends that begins at `start` and holds blanks, and what follows it there: at the
    /// first blank, of a few behind `blank`, where a known key stands. Nil where reading might find
    /// another end: behind a sign, or where there are more blanks than one.
    @inline(never)
    func further(
        _ line: borrowing Line, _ start: Int, _ blank: Int, of place: Int, within: UInt64
    ) -> (end: Int, next: (place: Int, end: Int))? {
        var at = blank &+ 1
        for _ in 0..<4 {
            guard let end = line.find(0x20, 0x09, 0x20, from: at) else { return nil }
            if let next = follower(line, end, of: place, within: within) {
                let isPlain =
                    line[start] > 0x20 && line[end &- 1] > 0x20
                    && line.find(0x3D, from: start, before: end) == nil
                return isPlain ? (end, next) : nil
            }
            at = end &+ 1
        }
        return nil
    }
}

/// Where a walk stands among the keys that are known.
struct KeyTrail: Sendable {
    /// The last key found.
    var place: Int
    /// Whether the walk stands before a value of a key that is known, and has not given it.
    var isAhead = false
}
