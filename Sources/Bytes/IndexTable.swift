// An open-addressing table from a hash to an index: the hot lookup of the program.
//
// The table knows nothing of keys. It finds the indices whose hash fits and asks the caller
// whether the thing at that index is the one. Entries live in the caller's arrays, so a table
// costs eight bytes a slot and moves nothing when it grows.

import CVector

public struct IndexTable: Sendable {
    // A slot is the low 32 bits of the hash above the index plus one; zero is an empty slot.
    @usableFromInline var slots: [UInt64]
    @usableFromInline var mask: Int
    public private(set) var count = 0

    public init(capacity: Int = 64) {
        var size = 64
        while size * 3 / 4 < capacity { size *= 2 }
        slots = Array(repeating: 0, count: size)
        mask = size - 1
    }

    /// The index under `hash` for which `same` holds; nil when there is none.
    @inlinable
    public func find(_ hash: UInt64, _ same: (Int) -> Bool) -> Int? {
        let tag = hash & 0xFFFF_FFFF
        var at = Int(truncatingIfNeeded: tag) & mask
        while true {
            let slot = slots[at]
            if slot == 0 { return nil }
            if slot >> 32 == tag {
                let index = Int(truncatingIfNeeded: slot & 0xFFFF_FFFF) &- 1
                if same(index) { return index }
            }
            at = (at &+ 1) & mask
        }
    }

    /// Has the place of a hash fetched into the processor's cache.
    @inlinable
    @inline(__always)
    public func prefetch(_ hash: UInt64) {
        let at = Int(truncatingIfNeeded: hash & 0xFFFF_FFFF) & mask
        unsafe slots.withUnsafeBufferPointer { slots in
            unsafe stray_prefetch(slots.baseAddress.unsafelyUnwrapped + at)
        }
    }

    /// The first index whose hash fits, most often the one that is there; for fetching it ahead.
    @inlinable
    @inline(__always)
    public func likely(_ hash: UInt64) -> Int? { find(hash) { _ in true } }

    /// How many slots there are, full and empty.
    @inlinable public var slotCount: Int { slots.count }

    /// The index in a slot near the place of a hash: `step` slots further on; nil where it is empty.
    @inlinable
    public func neighbour(_ hash: UInt64, _ step: Int) -> Int? {
        let slot = slots[(Int(truncatingIfNeeded: hash & 0xFFFF_FFFF) &+ step) & mask]
        return slot == 0 ? nil : Int(truncatingIfNeeded: slot & 0xFFFF_FFFF) &- 1
    }

    /// Puts an index under a hash. The caller has made sure that it is not there.
    @inlinable
    public mutating func insert(_ hash: UInt64, _ index: Int) {
        precondition(index >= 0 && index < 0xFFFF_FFFE)
        if (count + 1) * 4 > slots.count * 3 { grow() }
        put((hash & 0xFFFF_FFFF) << 32 | UInt64(truncatingIfNeeded: index &+ 1))
        bump()
    }

    @usableFromInline mutating func bump() { count += 1 }

    @usableFromInline
    mutating func put(_ slot: UInt64) {
        var at = Int(truncatingIfNeeded: slot >> 32) & mask
        while slots[at] != 0 { at = (at &+ 1) & mask }
        slots[at] = slot
    }

    @usableFromInline
    mutating func grow() {
        let old = slots
        slots = Array(repeating: 0, count: old.count * 2)
        mask = slots.count - 1
        for slot in old where slot != 0 { put(slot) }
    }

    /// Takes an index out; the slots behind it move up, so that no tombstones gather.
    public mutating func remove(_ hash: UInt64, _ index: Int) {
        let wanted = (hash & 0xFFFF_FFFF) << 32 | UInt64(truncatingIfNeeded: index &+ 1)
        var hole = Int(truncatingIfNeeded: hash & 0xFFFF_FFFF) & mask
        while slots[hole] != wanted {
            if slots[hole] == 0 { return }
            hole = (hole &+ 1) & mask
        }
        var at = hole
        while true {
            at = (at &+ 1) & mask
            let slot = slots[at]
            if slot == 0 { break }
            let home = Int(truncatingIfNeeded: slot >> 32) & mask
            // The slot may move into the hole only if its home does not lie between the two.
            if (at &- home) & mask >= (at &- hole) & mask {
                slots[hole] = slot
                hole = at
            }
        }
        slots[hole] = 0
        count -= 1
    }

    /// Empties the table and keeps its room.
    public mutating func removeAll() {
        guard count > 0 else { return }
        for at in slots.indices { slots[at] = 0 }
        count = 0
    }
}
