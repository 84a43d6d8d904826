// A table keyed by addresses that stays within its bound by making networks of hosts.
//
// When there are more keys than the table may hold, all keys are rolled up to the next breadth:
// hosts to /16s, those to /8s. The breadth of the result is the smallest at which everything
// fits. It depends only on which keys there are, not on their order, so rolled tables can be
// joined exactly; and every count stays exact, only told of a wider network.

import Bytes
import Facts

/// A key that addresses are part of.
public protocol Rollable: Equatable, Sendable {
    func rolled(to breadth: Breadth) -> Self
    var tableHash: UInt64 { get }
}

/// Something that sums up.
public protocol Joinable: Equatable, Sendable {
    init()
    mutating func join(_ other: Self)
}

public struct RollTable<Key: Rollable, Value: Joinable>: Sendable {
    // The values lie in a slab and are found by number, so the hot path can hold on to one.
    var index = IndexTable(capacity: 256)
    public private(set) var keys = Slab<Key>()
    public internal(set) var values = Slab<Value>()
    public private(set) var breadth = Breadth.host
    let countMax: Int

    public init(countMax: Int) { self.countMax = countMax }

    public var count: Int { keys.count }

    /// The value of a key, which must be rolled to the table's breadth; made when there is none.
    @inline(__always)
    mutating func place(_ key: Key) -> Int {
        let hash = key.tableHash
        if let found = index.find(hash, { keys[$0] == key }) { return found }
        return insert(key, hash)
    }

    private mutating func insert(_ key: Key, _ hash: UInt64) -> Int {
        let place = keys.add(key)
        _ = values.add(Value())
        index.insert(hash, place)
        return place
    }

    /// Changes the value of a key.
    @inline(__always)
    mutating func update(_ key: Key, _ change: (inout Value) -> Void) {
        let place = place(breadth == .host ? key : key.rolled(to: breadth))
        change(&values[place])
        if count > countMax { raise() }
    }

    /// The place of a key's value, made when there is none. It holds until the next key is made.
    mutating func reserve(_ key: Key) -> Int {
        _ = place(breadth == .host ? key : key.rolled(to: breadth))
        if count > countMax { raise() }
        return place(breadth == .host ? key : key.rolled(to: breadth))
    }

    /// The value of a key, rolled to the table's breadth; nil when there is none.
    public func find(_ key: Key) -> Value? {
        let own = key.rolled(to: breadth)
        guard let place = index.find(own.tableHash, { keys[$0] == own }) else { return nil }
        return values[place]
    }

    private mutating func raise() {
        while count > countMax, let wider = breadth.next { roll(to: wider) }
    }

    /// Rolls every key up to a breadth; a narrower one than it has changes nothing.
    public mutating func roll(to wider: Breadth) {
        guard wider > breadth else { return }
        var rolled = RollTable(countMax: countMax)
        rolled.breadth = wider
        // Room for all at once: growing step by step costs as much as the rolling itself.
        rolled.index = IndexTable(capacity: count)
        for place in 0..<count {
            let target = rolled.place(keys[place].rolled(to: wider))
            rolled.values[target].join(values[place])
        }
        self = rolled
    }

    /// Adds another table's values, each changed by `moved` on its way.
    mutating func join(_ other: RollTable, moved: (inout Value) -> Void = { _ in }) {
        roll(to: other.breadth)
        for place in 0..<other.count {
            let key = other.keys[place]
            let target = self.place(breadth == other.breadth ? key : key.rolled(to: breadth))
            var value = other.values[place]
            moved(&value)
            values[target].join(value)
            if count > countMax { raise() }
        }
    }

    mutating func removeAll() {
        index.removeAll()
        keys.removeAll()
        values.removeAll()
        breadth = .host
    }
}

extension RollTable: Equatable {
    public static func == (a: RollTable, b: RollTable) -> Bool {
        guard a.count == b.count, a.breadth == b.breadth else { return false }
        for place in 0..<a.count where b.find(a.keys[place]) != a.values[place] { return false }
        return true
    }
}

extension Breadth {
    /// The breadth that a table too full goes on to. Tens of thousands of strangers seldom share
    /// a /24, so rolling up to those would only be work done twice.
    fileprivate var next: Breadth? {
        self == .host ? .region : Breadth(rawValue: rawValue + 1)
    }
}
