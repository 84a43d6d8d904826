// The memory of a firewall: its states, found by their ends and let go when their time is up.
//
// Read first: `FlowKey`; then `TimerWheel`. The table knows keys and times; what a state means, when
// it matches and who is evicted when there is no more room is the model's. Nothing is allocated for
// a packet, and a state costs its own size, 56 bytes, and one or two slots of the index.

import Bytes
import Facts

/// A state in its place.
struct StateSlot<State: Sendable>: WheelItem {
    var state: State
    var expiry: Instant
    var next: Int32 = -1
    var previous: Int32 = -1
    var key: FlowKey
    // Fits into the gap behind the key.
    var bucket = TimerWheel.unfiled

    /// Writes another time; true where the slot may have to move for it.
    @inline(__always)
    mutating func renew(_ time: Instant) -> Bool {
        let isSooner = time < expiry
        expiry = time
        return isSooner || bucket == TimerWheel.unfiled
    }
}

public struct StateTable<State: Sendable>: Sendable {
    private var slots = Slab<StateSlot<State>>()
    private var index = IndexTable(capacity: 1024)
    private var wheel = TimerWheel()
    private let seed: UInt64
    /// One more than the highest number that was ever given.
    private var highest = 0
    public private(set) var peak = 0

    /// A table with a seed for its hashes. The same seed gives the same neighbours.
    public init(seed: UInt64 = 0x2545_F491_4F6C_DD1D) { self.seed = seed }

    public var count: Int { slots.count }
    /// How many slots the index has, for what looks at neighbours.
    public var indexSlots: Int { index.slotCount }

    @inline(__always)
    public func hash(_ key: FlowKey) -> UInt64 { key.hash(seed: seed) }

    /// The first state under this key for which `fits` holds; `hash` is that of the key.
    @inline(__always)
    public func find(_ key: FlowKey, _ hash: UInt64, where fits: (State) -> Bool) -> Int? {
        index.find(hash) { slots[$0].key == key && fits(slots[$0].state) }
    }

    @inline(__always)
    public func find(_ key: FlowKey, _ hash: UInt64) -> Int? {
        index.find(hash) { slots[$0].key == key }
    }

    /// Fetches the place of a hash into the cache: a dozen packets before it is looked up.
    @inline(__always)
    public func prefetch(_ hash: UInt64) { index.prefetch(hash) }

    /// Fetches the state that most likely lies there, whose place has come meanwhile.
    @inline(__always)
    public func prefetchState(_ hash: UInt64) {
        if let number = index.likely(hash) { slots.prefetch(number) }
    }

    /// Puts a state in and gives its number. Several may share a key.
    public mutating func insert(
        _ key: FlowKey, _ hash: UInt64, _ state: State, expiry: Instant, now: Instant
    ) -> Int {
        let number = slots.add(StateSlot(state: state, expiry: expiry, key: key))
        highest = max(highest, number + 1)
        index.insert(hash, number)
        wheel.file(number, in: &slots, now: now.isKnown ? now : Instant(microseconds: 0))
        peak = max(peak, count)
        return number
    }

    /// The state of a number that is in the table.
    public subscript(number: Int) -> State {
        @inline(__always) _read { yield slots[number].state }
        @inline(__always) _modify { yield &slots[number].state }
    }

    @inline(__always)
    public func key(_ number: Int) -> FlowKey { slots[number].key }

    @inline(__always)
    public func expiry(_ number: Int) -> Instant { slots[number].expiry }

    /// Gives a state another time. Only what is to end sooner is moved.
    @inline(__always)
    public mutating func setExpiry(_ number: Int, _ expiry: Instant, now: Instant) {
        if slots[number].renew(expiry) { refile(number, now) }
    }

    private mutating func refile(_ number: Int, _ now: Instant) {
        guard wheel.isLate(slots[number].bucket, for: slots[number].expiry) else { return }
        wheel.take(number, from: &slots)
        wheel.file(number, in: &slots, now: now.isKnown ? now : Instant(microseconds: 0))
    }

    /// Lets a state go; its number will be given to another.
    public mutating func remove(_ number: Int) {
        wheel.take(number, from: &slots)
        index.remove(hash(slots[number].key), number)
        slots[number].bucket = TimerWheel.gone
        slots.remove(number)
    }

    /// The next state whose time was up by `now`, at most a tick of the wheel late; nil when there
    /// is none. Who is given one removes it or gives it more time, or it is not told of again.
    public mutating func nextDue(by now: Instant) -> Int? { wheel.next(dueBy: now, in: &slots) }

    /// The state that lies so many slots behind the place of a hash; nil where none does.
    public func neighbour(_ hash: UInt64, _ step: Int) -> Int? { index.neighbour(hash, step) }

    /// Numbers go up to here; those that are not `isLive` were let go.
    public var numbers: Range<Int> { 0..<highest }
    public func isLive(_ number: Int) -> Bool { slots[number].bucket != TimerWheel.gone }

    public mutating func removeAll() {
        slots.removeAll()
        index.removeAll()
        wheel = TimerWheel()
        highest = 0
    }

    /// What one state takes in the table, its share of the index aside.
    public static var bytesPerSlot: Int { MemoryLayout<StateSlot<State>>.stride }
}
