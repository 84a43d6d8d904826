// Which name stands for which role: the table that a dialect over named fields is made of.
//
// Read first: `Record`.

import Bytes

/// What names stand for, found by the hash of the name's bytes.
///
/// A name with dots stands for the same path through nested objects, since documents are written both
/// ways: `source.ip` and `{"source":{"ip":…}}`.
struct PathTable<Meaning: Sendable>: Sendable {
    private struct Slot: Sendable {
        var hash: UInt64 = 0
        var meaning: Meaning?
    }

    private var slots: [Slot]
    private let mask: Int

    init(_ rows: [(name: String, meaning: Meaning)]) {
        var all: [Slot] = []
        for row in rows {
            for hash in KeyTable.paths(row.name) {
                all.append(Slot(hash: hash, meaning: row.meaning))
            }
        }
        var size = 16
        while size < all.count * 3 { size *= 2 }
        mask = size - 1
        slots = Array(repeating: Slot(), count: size)
        for slot in all { put(slot) }
    }

    private mutating func put(_ slot: Slot) {
        var at = Int(truncatingIfNeeded: slot.hash) & mask
        while slots[at].hash != 0 {
            // Said twice: the first row holds.
            if slots[at].hash == slot.hash { return }
            at = (at + 1) & mask
        }
        slots[at] = slot
    }

    /// What a name means; nil for one that is of no interest.
    @inline(__always)
    subscript(hash: UInt64) -> Meaning? {
        var at = Int(truncatingIfNeeded: hash) & mask
        while slots[at].hash != hash {
            if slots[at].hash == 0 { return nil }
            at = (at &+ 1) & mask
        }
        return slots[at].meaning
    }
}

/// Names and their roles.
///
/// The table is made once for a dialect. Where several names have one role, the one that stands
/// first is believed most.
struct KeyTable: Sendable {
    struct Meaning: Sendable {
        let role: Role
        let rank: UInt8
    }

    private let table: PathTable<Meaning>
    /// What tells this table from others.
    let number: UInt64

    init(_ rows: [(String, Role)]) {
        precondition(rows.count < 256)
        number = rows.reduce(0) { hash($0, KeyTable.nameHash($1.0), UInt64($1.1.rawValue)) }
        table = PathTable(
            rows.enumerated().map { rank, row in
                (name: row.0, meaning: Meaning(role: row.1, rank: UInt8(rank)))
            })
    }

    /// What a name means; nil for one that is of no interest.
    @inline(__always)
    subscript(hash: UInt64) -> Meaning? { table[hash] }

    /// What the name in a field means.
    @inline(__always)
    func meaning(_ line: borrowing Line, _ key: Field) -> Meaning? { table[line.hash(key)] }

    /// The hash of a key within the object of a path; zero is the outermost.
    @inline(__always)
    static func step(_ path: UInt64, _ key: UInt64) -> UInt64 {
        path == 0 ? key : hash(path, key)
    }

    /// The hash of a name as one key, and of every way in which its dots may be nested objects.
    static func paths(_ name: String) -> [UInt64] {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        var found: [UInt64] = []
        for cuts in 0..<(1 << (parts.count - 1)) {
            var path: UInt64 = 0
            var key = String(parts[0])
            for index in 1..<max(1, parts.count) {
                if cuts & (1 << (index - 1)) != 0 {
                    path = step(path, nameHash(key))
                    key = String(parts[index])
                } else {
                    key += "." + parts[index]
                }
            }
            found.append(step(path, nameHash(key)))
        }
        return found
    }

    private static func nameHash(_ name: String) -> UInt64 {
        PaddedText(name).withLine { $0.hash($0.whole) }
    }
}
