// In which order connections were last heard of. Read LiveTable.swift first.

import Bytes

/// When each connection was heard of, in order. A connection heard of again is mentioned again and
/// its old mention stays until it is first or there are too many: that is cheaper than links
/// between neighbours, which lie anywhere in memory.
struct Mentions: Sendable {
    struct Mention: Sendable {
        var position: Int
        var place: Int

        /// Whether nothing was heard of the connection since. Positions are unique, so a mention
        /// of one that is gone fits nothing that took its place.
        @inline(__always)
        func isCurrent(_ slots: borrowing Slab<LiveTable.Slot>) -> Bool {
            slots[place].dossier.lastPosition == position
        }
    }

    private var all: [Mention] = []
    private var start = 0

    var count: Int { all.count - start }
    var first: Mention? { start < all.count ? all[start] : nil }

    @inline(__always)
    func ahead(_ number: Int) -> Mention? {
        start + number < all.count ? all[start + number] : nil
    }

    mutating func append(_ mention: Mention) { all.append(mention) }
    mutating func removeFirst() { start += 1 }

    /// Whether it holds far more than the connections there are.
    func isCrowded(live: Int) -> Bool { all.count >= 2 * live + 4096 }

    /// Keeps the mentions of those not heard of since.
    mutating func tidy(_ slots: borrowing Slab<LiveTable.Slot>) {
        if start * 2 >= all.count {
            all.removeFirst(start)
        } else {
            var kept = 0
            for number in start..<all.count where all[number].isCurrent(slots) {
                all[kept] = all[number]
                kept += 1
            }
            all.removeLast(all.count - kept)
        }
        start = 0
    }

    mutating func removeAll() {
        all.removeAll(keepingCapacity: true)
        start = 0
    }
}
