// When states come due: a hierarchical timing wheel (Varghese and Lauck 1987), a constant time for
// each state however many there are.
//
// Read first: `StateTable`, whose slots carry the links. A state is filed by the time it had when it
// was filed. To renew it only writes the new time beside it; when its bucket comes due, what has
// been given more time since is filed again. Only what is to end sooner is moved at once.

import Bytes
import Facts

/// What the wheel keeps in each thing it files.
protocol WheelItem: Sendable {
    var expiry: Instant { get }
    var next: Int32 { get set }
    var previous: Int32 { get set }
    /// The bucket it is in, or `TimerWheel.unfiled`.
    var bucket: UInt16 { get set }
}

struct TimerWheel: Sendable {
    /// A tick is 65.536 ms: what is due is handed out at most that late.
    static let tickBits: Int64 = 16
    // Sixty-four buckets to a level, so that a word says which of them hold something. Five levels
    // reach 2.2 years; what lasts longer waits in the farthest bucket and is filed again.
    static let levelBits: Int64 = 6
    static let levels = 5
    static let unfiled = UInt16.max
    /// In place of a bucket: the thing was let go.
    static let gone = UInt16.max - 1

    private var heads = [Int32](repeating: -1, count: 64 * levels)
    private var occupied = [UInt64](repeating: 0, count: levels)
    /// All buckets up to this tick have been emptied; unknown before anything was filed.
    private var current = Int64.min

    /// The tick in which an expiry comes due: the first that begins when it has passed.
    static func tick(due expiry: Instant) -> Int64 {
        (expiry.microseconds >> tickBits) &+ 1
    }

    /// Files a thing that is not in the wheel.
    mutating func file<Item: WheelItem>(_ index: Int, in items: inout Slab<Item>, now: Instant) {
        if current == .min { current = now.microseconds >> TimerWheel.tickBits }
        file(index, in: &items, notBefore: current &+ 1)
    }

    private mutating func file<Item: WheelItem>(
        _ index: Int, in items: inout Slab<Item>, notBefore earliest: Int64
    ) {
        let bucket = place(max(TimerWheel.tick(due: items[index].expiry), earliest))
        let head = heads[bucket]
        items[index].next = head
        items[index].previous = -1
        items[index].bucket = UInt16(truncatingIfNeeded: bucket)
        if head >= 0 { items[Int(head)].previous = Int32(truncatingIfNeeded: index) }
        heads[bucket] = Int32(truncatingIfNeeded: index)
        occupied[bucket >> 6] |= 1 << UInt64(bucket & 63)
    }

    /// Takes a thing out, wherever it is filed.
    mutating func take<Item: WheelItem>(_ index: Int, from items: inout Slab<Item>) {
        let bucket = items[index].bucket
        guard bucket != TimerWheel.unfiled else { return }
        let (next, previous) = (items[index].next, items[index].previous)
        if next >= 0 { items[Int(next)].previous = previous }
        if previous >= 0 {
            items[Int(previous)].next = next
        } else {
            heads[Int(bucket)] = next
            if next < 0 { occupied[Int(bucket) >> 6] &= ~(1 << UInt64(bucket & 63)) }
        }
        items[index].bucket = TimerWheel.unfiled
    }

    /// Whether a thing filed in `bucket` would come up too late for this expiry.
    func isLate(_ bucket: UInt16, for expiry: Instant) -> Bool {
        guard bucket != TimerWheel.unfiled else { return true }
        return start(of: Int(bucket)) > max(TimerWheel.tick(due: expiry), current &+ 1)
    }

    /// The next thing that is due by `now`, taken out of the wheel; nil when there is none.
    mutating func next<Item: WheelItem>(dueBy now: Instant, in items: inout Slab<Item>) -> Int? {
        guard now.isKnown, current != .min else { return nil }
        let target = now.microseconds >> TimerWheel.tickBits
        while true {
            // What is left of the bucket whose tick has come.
            let bucket = Int(truncatingIfNeeded: current & 63)
            while heads[bucket] >= 0 {
                let index = Int(heads[bucket])
                take(index, from: &items)
                if TimerWheel.tick(due: items[index].expiry) <= current { return index }
                file(index, in: &items, notBefore: current &+ 1)
            }
            guard let event = nextEvent(), event <= target else {
                current = max(current, target)
                return nil
            }
            current = event
            cascade(in: &items)
        }
    }

    /// Files anew what waited in a coarser bucket that begins with the current tick.
    private mutating func cascade<Item: WheelItem>(in items: inout Slab<Item>) {
        var level = TimerWheel.levels - 1
        while level > 0 {
            let shift = Int64(level) * TimerWheel.levelBits
            if current & ((1 << shift) - 1) == 0 {
                let bucket = level << 6 | Int(truncatingIfNeeded: (current >> shift) & 63)
                // The bucket is emptied as a chain: filing may well come back to it.
                var index = Int(heads[bucket])
                heads[bucket] = -1
                occupied[level] &= ~(1 << UInt64(bucket & 63))
                while index >= 0 {
                    let next = Int(items[index].next)
                    // It lies anywhere, and comes while this one is filed.
                    if next >= 0 { items.prefetch(next) }
                    items[index].bucket = TimerWheel.unfiled
                    // What is due in this very tick is handed out next.
                    file(index, in: &items, notBefore: current)
                    index = next
                }
            }
            level -= 1
        }
    }

    /// The bucket for a tick, seen from the current one.
    private func place(_ wanted: Int64) -> Int {
        var level = 0
        while level < TimerWheel.levels {
            let shift = Int64(level) * TimerWheel.levelBits
            let ahead = (wanted >> shift) &- (current >> shift)
            if ahead < 64 { return level << 6 | Int(truncatingIfNeeded: (wanted >> shift) & 63) }
            level += 1
        }
        let shift = Int64(TimerWheel.levels - 1) * TimerWheel.levelBits
        let farthest = (current >> shift) &+ 63
        return (TimerWheel.levels - 1) << 6 | Int(truncatingIfNeeded: farthest & 63)
    }

    /// The first tick of a bucket, seen from the current one.
    private func start(of bucket: Int) -> Int64 {
        let shift = Int64(bucket >> 6) * TimerWheel.levelBits
        let here = current >> shift
        let ahead = (Int64(bucket & 63) &- here) & 63
        return (here &+ (ahead == 0 ? 64 : ahead)) << shift
    }

    /// The first tick after the current one with which a bucket that holds something begins.
    private func nextEvent() -> Int64? {
        var event: Int64?
        for level in 0..<TimerWheel.levels where occupied[level] != 0 {
            let shift = Int64(level) * TimerWheel.levelBits
            let after = (current >> shift) &+ 1
            let turn = UInt64(truncatingIfNeeded: after & 63)
            let word = occupied[level]
            let turned = turn == 0 ? word : word >> turn | word << (64 - turn)
            let tick = (after &+ Int64(turned.trailingZeroBitCount)) << shift
            event = min(event ?? tick, tick)
        }
        return event
    }
}
