// The connections that may still go on: found by their ends, and in the order they were last
// heard of, so that the oldest can be let go.

import Bytes
import Facts

/// A dossier with the blocked packets of its two ends.
struct Life: Equatable, Sendable {
    var dossier: Dossier
    // Not optional: to look into an optional of this size copies all of it, and that was a tenth
    // of the time.
    var lowSide = Side()
    var highSide = Side()

    init(_ dossier: Dossier) { self.dossier = dossier }

    mutating func join(_ later: Life) {
        dossier.join(later.dossier)
        lowSide.follow(later.lowSide)
        highSide.follow(later.highSide)
    }

    mutating func move(positions: Int, numbers: Int, lines: Int) {
        dossier.move(positions: positions, numbers: numbers)
        lowSide.move(numbers: numbers, lines: lines)
        highSide.move(numbers: numbers, lines: lines)
    }
}

extension Side {
    /// Whether nothing of this end was blocked.
    var isNone: Bool { lines == 0 }

    /// Joins what came next of the same end, where there is something on either hand.
    mutating func follow(_ later: Side) {
        if later.isNone { return }
        if isNone { self = later } else { join(later) }
    }

    mutating func move(numbers: Int, lines: Int) {
        guard !isNone else { return }
        firstNumber += numbers
        firstLine += lines
    }
}

struct LiveTable: Sendable {
    /// One connection's place: its dossier and its sides' numbers.
    struct Slot: Sendable {
        var dossier: Dossier
        var low: Int32 = -1
        var high: Int32 = -1
        /// A number of its own, for those who ask which life an entry belongs to.
        var life: Int32 = -1
        /// Of its ends.
        var hash: UInt32
    }

    private var index = IndexTable(capacity: 1024)
    private(set) var slots = Slab<Slot>()
    private var sides = Slab<Side>()
    private var quiet = Mentions()
    private var idle = Mentions()

    var count: Int { slots.count }

    @inline(__always)
    static func hash(_ key: ConnectionKey) -> UInt32 {
        let ends = Bytes.hash(key.low.address.low, key.high.address.low)
        let tops = key.low.address.high ^ (key.high.address.high &* 3)
        let whole = Bytes.hash(
            ends ^ tops, UInt64(key.low.port) << 16 | UInt64(key.high.port))
        return UInt32(truncatingIfNeeded: whole)
    }

    /// The place of a connection; `hash` is that of the key.
    @inline(__always)
    func find(_ key: ConnectionKey, _ hash: UInt32) -> Int? {
        index.find(UInt64(hash)) { slots[$0].dossier.key == key }
    }

    func find(_ key: ConnectionKey) -> Int? { find(key, LiveTable.hash(key)) }

    mutating func insert(_ life: Life, _ hash: UInt32, number: Int32 = -1) {
        var slot = Slot(dossier: life.dossier, life: number, hash: hash)
        if !life.lowSide.isNone { slot.low = Int32(sides.add(life.lowSide)) }
        if !life.highSide.isNone { slot.high = Int32(sides.add(life.highSide)) }
        put(slot)
    }

    /// Puts in a connection that begins with a stray.
    mutating func insert(
        stray entry: Entry, _ key: ConnectionKey, _ hash: UInt32, _ placing: Placing,
        number: Int32
    ) {
        var slot = Slot(
            dossier: Dossier(
                entry, .stray, key: key, position: placing.position, number: placing.number),
            life: number, hash: hash)
        let side = Int32(
            sides.add(
                Side(
                    entry, number: placing.number, line: placing.line, counted: placing.isCounted)))
        if entry.source == key.low { slot.low = side } else { slot.high = side }
        put(slot)
    }

    @inline(__always)
    private mutating func put(_ slot: Slot) {
        let place = slots.add(slot)
        index.insert(UInt64(slot.hash), place)
        note(place, slot.dossier.lastPosition, slot.dossier.lastKind)
    }

    /// Adds a stray to a connection in the table that it goes on with.
    mutating func extend(_ place: Int, with entry: Entry, _ placing: Placing) {
        slots[place].dossier.addStray(entry, position: placing.position)
        let side = Side(
            entry, number: placing.number, line: placing.line, counted: placing.isCounted)
        if entry.source == slots[place].dossier.key.low {
            slots[place].low = extend(slots[place].low, side)
        } else {
            slots[place].high = extend(slots[place].high, side)
        }
        note(place, placing.position, .stray)
    }

    /// Adds what followed to a connection in the table.
    mutating func extend(_ place: Int, with later: Life) {
        slots[place].dossier.join(later.dossier)
        if !later.lowSide.isNone { slots[place].low = extend(slots[place].low, later.lowSide) }
        if !later.highSide.isNone { slots[place].high = extend(slots[place].high, later.highSide) }
        note(place, slots[place].dossier.lastPosition, slots[place].dossier.lastKind)
    }

    private mutating func extend(_ side: Int32, _ later: Side) -> Int32 {
        if side < 0 { return Int32(sides.add(later)) }
        sides[Int(side)].join(later)
        return side
    }

    /// Takes over a connection of the part that directly follows, from its place there. Nothing
    /// is assembled on the way: a busy block has thousands.
    mutating func adopt(
        _ place: Int, of later: borrowing LiveTable, positions: Int, numbers: Int, lines: Int
    ) {
        var slot = later.slots[place]
        slot.dossier.move(positions: positions, numbers: numbers)
        if slot.low >= 0 {
            slot.low = adopt(later.sides[Int(slot.low)], numbers: numbers, lines: lines)
        }
        if slot.high >= 0 {
            slot.high = adopt(later.sides[Int(slot.high)], numbers: numbers, lines: lines)
        }
        put(slot)
    }

    private mutating func adopt(_ side: Side, numbers: Int, lines: Int) -> Int32 {
        let own = sides.add(side)
        sides[own].move(numbers: numbers, lines: lines)
        return Int32(own)
    }

    mutating func remove(_ place: Int) {
        let (low, high) = (slots[place].low, slots[place].high)
        index.remove(UInt64(slots[place].hash), place)
        if low >= 0 { sides.remove(Int(low)) }
        if high >= 0 { sides.remove(Int(high)) }
        // Mentions of it are void from now on.
        slots[place].dossier.lastPosition = -1
        slots.remove(place)
    }

    @inline(__always)
    func life(_ place: Int) -> Life {
        let low = slots[place].low
        let high = slots[place].high
        var life = Life(slots[place].dossier)
        if low >= 0 { life.lowSide = sides[Int(low)] }
        if high >= 0 { life.highSide = sides[Int(high)] }
        return life
    }

    mutating func removeAll() {
        index.removeAll()
        slots.removeAll()
        sides.removeAll()
        quiet.removeAll()
        idle.removeAll()
    }
}

// MARK: - The order of last mention

extension LiveTable {
    private mutating func note(_ place: Int, _ position: Int, _ kind: EntryKind) {
        let mention = Mentions.Mention(position: position, place: place)
        if kind.mayIdle {
            if idle.isCrowded(live: count) { idle.tidy(slots) }
            idle.append(mention)
        } else {
            if quiet.isCrowded(live: count) { quiet.tidy(slots) }
            quiet.append(mention)
        }
    }

    /// Takes the next mention before `position` off the order and returns its place, when that has
    /// not been heard of since; nil when none is left.
    mutating func nextSilent(before position: Int, mayIdle: Bool) -> Int? {
        while let mention = mayIdle ? idle.first : quiet.first, mention.position < position {
            if mayIdle { idle.removeFirst() } else { quiet.removeFirst() }
            fetchAhead(mayIdle ? idle : quiet)
            if mention.isCurrent(slots) { return mention.place }
        }
        return nil
    }

    // The oldest connections have long left the cache. Sixteen and eight ahead hides most of the
    // wait: first the slot, then what it names.
    @inline(__always)
    private func fetchAhead(_ mentions: borrowing Mentions) {
        if let far = mentions.ahead(16) { slots.prefetch(far.place) }
        guard let near = mentions.ahead(8) else { return }
        index.prefetch(UInt64(slots[near.place].hash))
        if slots[near.place].low >= 0 { sides.prefetch(Int(slots[near.place].low)) }
        if slots[near.place].high >= 0 { sides.prefetch(Int(slots[near.place].high)) }
    }

    /// When the connections of one kind were heard of.
    func mentions(mayIdle: Bool) -> Mentions { mayIdle ? idle : quiet }

    /// The place of a mentioned connection, when it was not heard of since.
    @inline(__always)
    func place(_ mentions: borrowing Mentions, _ number: Int) -> Int? {
        if let far = mentions.ahead(number + 24) { slots.prefetch(far.place) }
        guard let mention = mentions.ahead(number), mention.isCurrent(slots) else { return nil }
        return mention.place
    }

    /// Fetches what will be asked for when the connections mentioned from `number` on, of the part
    /// that follows, are looked up here.
    @inline(__always)
    func expect(_ mentions: borrowing Mentions, _ number: Int, of later: borrowing LiveTable) {
        if let far = mentions.ahead(number + 16) {
            index.prefetch(UInt64(later.slots[far.place].hash))
        }
        guard let near = mentions.ahead(number + 8),
            let likely = index.likely(UInt64(later.slots[near.place].hash))
        else { return }
        slots.prefetch(likely)
    }
}
