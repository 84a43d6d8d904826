// The connections that may still go on: found by their ends, and in the order they were last
// heard of, so that the oldest can be let go.

import Bytes
import Facts

/// A dossier with the blocked packets of its two ends.
struct Life: Equatable, Sendable {
    var dossier: Dossier
    var low: Side?
    var high: Side?

    mutating func join(_ later: Life) {
        dossier.join(later.dossier)
        low = joined(low, later.low)
        high = joined(high, later.high)
    }

    mutating func move(positions: Int, numbers: Int, lines: Int) {
        dossier.move(positions: positions, numbers: numbers)
        low?.firstNumber += numbers
        low?.firstLine += lines
        high?.firstNumber += numbers
        high?.firstLine += lines
    }
}

func joined(_ first: Side?, _ second: Side?) -> Side? {
    guard var both = first else { return second }
    if let second { both.join(second) }
    return both
}

struct LiveTable: Sendable {
    /// One connection's place: its dossier, its sides' numbers and its neighbours in the order.
    struct Slot: Sendable {
        var dossier: Dossier
        var low: Int32 = -1
        var high: Int32 = -1
        var earlier: Int32 = -1
        var later: Int32 = -1
        /// A number of its own, for those who ask which life an entry belongs to.
        var life: Int32 = -1
    }

    /// The order of last mention, for the connections of one kind.
    struct Order: Sendable {
        var oldest: Int32 = -1
        var newest: Int32 = -1
    }

    private var index = IndexTable(capacity: 1024)
    private(set) var slots = Slab<Slot>()
    private var sides = Slab<Side>()
    private var quiet = Order()
    private var idle = Order()

    var count: Int { slots.count }

    @inline(__always)
    static func hash(_ key: ConnectionKey) -> UInt64 {
        let ends = Bytes.hash(key.low.address.low, key.high.address.low)
        let tops = key.low.address.high ^ (key.high.address.high &* 3)
        return Bytes.hash(ends ^ tops, UInt64(key.low.port) << 16 | UInt64(key.high.port))
    }

    func find(_ key: ConnectionKey) -> Int? {
        index.find(LiveTable.hash(key)) { slots[$0].dossier.key == key }
    }

    mutating func insert(_ life: Life, number: Int32 = -1) {
        var slot = Slot(dossier: life.dossier, life: number)
        if let low = life.low { slot.low = Int32(sides.add(low)) }
        if let high = life.high { slot.high = Int32(sides.add(high)) }
        let place = slots.add(slot)
        index.insert(LiveTable.hash(life.dossier.key), place)
        append(place)
    }

    /// Adds what followed to a connection in the table.
    mutating func extend(_ place: Int, with later: Life) {
        unlink(place)
        slots[place].dossier.join(later.dossier)
        slots[place].low = extend(slots[place].low, with: later.low)
        slots[place].high = extend(slots[place].high, with: later.high)
        append(place)
    }

    private mutating func extend(_ side: Int32, with later: Side?) -> Int32 {
        guard let later else { return side }
        if side < 0 { return Int32(sides.add(later)) }
        sides[Int(side)].join(later)
        return side
    }

    /// Takes over a connection of the part that directly follows, from its place there. Nothing
    /// is assembled on the way: a busy block has thousands.
    mutating func adopt(
        _ place: Int, of later: LiveTable, positions: Int, numbers: Int, lines: Int
    ) {
        var slot = later.slots[place]
        slot.dossier.move(positions: positions, numbers: numbers)
        if slot.low >= 0 {
            slot.low = adopt(later.sides[Int(slot.low)], numbers: numbers, lines: lines)
        }
        if slot.high >= 0 {
            slot.high = adopt(later.sides[Int(slot.high)], numbers: numbers, lines: lines)
        }
        let hash = LiveTable.hash(slot.dossier.key)
        let own = slots.add(slot)
        index.insert(hash, own)
        append(own)
    }

    private mutating func adopt(_ side: Side, numbers: Int, lines: Int) -> Int32 {
        var moved = side
        moved.firstNumber += numbers
        moved.firstLine += lines
        return Int32(sides.add(moved))
    }

    mutating func remove(_ place: Int) -> Life {
        unlink(place)
        let slot = slots[place]
        let life = self.life(place)
        index.remove(LiveTable.hash(slot.dossier.key), place)
        if slot.low >= 0 { sides.remove(Int(slot.low)) }
        if slot.high >= 0 { sides.remove(Int(slot.high)) }
        slots.remove(place)
        return life
    }

    func life(_ place: Int) -> Life {
        let slot = slots[place]
        return Life(
            dossier: slot.dossier, low: slot.low < 0 ? nil : sides[Int(slot.low)],
            high: slot.high < 0 ? nil : sides[Int(slot.high)])
    }

    /// The connection longest unheard of among those that may idle, or among the others.
    func oldest(mayIdle: Bool) -> Int? {
        let place = mayIdle ? idle.oldest : quiet.oldest
        return place < 0 ? nil : Int(place)
    }

    /// The connections of one kind, from the one longest unheard of.
    func places(mayIdle: Bool) -> [Int] {
        var all: [Int] = []
        var place = mayIdle ? idle.oldest : quiet.oldest
        while place >= 0 {
            all.append(Int(place))
            place = slots[Int(place)].later
        }
        return all
    }

    mutating func removeAll() {
        index.removeAll()
        slots.removeAll()
        sides.removeAll()
        quiet = Order()
        idle = Order()
    }

    private mutating func append(_ place: Int) {
        let mayIdle = slots[place].dossier.lastKind.mayIdle
        let last = mayIdle ? idle.newest : quiet.newest
        slots[place].earlier = last
        slots[place].later = -1
        let own = Int32(place)
        if last >= 0 { slots[Int(last)].later = own }
        if mayIdle {
            idle.newest = own
            if last < 0 { idle.oldest = own }
        } else {
            quiet.newest = own
            if last < 0 { quiet.oldest = own }
        }
    }

    private mutating func unlink(_ place: Int) {
        let slot = slots[place]
        if slot.earlier >= 0 { slots[Int(slot.earlier)].later = slot.later }
        if slot.later >= 0 { slots[Int(slot.later)].earlier = slot.earlier }
        let own = Int32(place)
        if quiet.oldest == own { quiet.oldest = slot.later }
        if quiet.newest == own { quiet.newest = slot.earlier }
        if idle.oldest == own { idle.oldest = slot.later }
        if idle.newest == own { idle.newest = slot.earlier }
    }
}
