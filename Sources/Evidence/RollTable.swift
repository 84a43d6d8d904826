// A table keyed by addresses that stays within its bound by making networks of hosts.
//
// When there are more keys than the table may hold, all keys are rolled up to the next breadth:
// hosts to /16s, those to /8s. The breadth of the result is the smallest at which everything
// fits. It depends only on which keys there are, not on their order, so rolled tables can be
// joined exactly; and every count stays exact, only told of a wider network. A key of which
// nobody asks for networks says that it is not kept that wide, and is let go instead.

import Bytes
import Facts

/// A key that addresses are part of.
public protocol Rollable: Equatable, Sendable {
    /// The key as wide as that; nil when a table that wide does not keep it.
    func rolled(to breadth: Breadth) -> Self?
    var tableHash: UInt64 { get }
}

/// Something that sums up.
public protocol Joinable: Equatable, Sendable {
    init()
    mutating func join(_ other: Self)
}

public struct RollTable<Key: Rollable, Value: Joinable>: Sendable {
    /// A key beside its value: whoever asks for the one goes on to the other.
    struct Row: Sendable {
        let key: Key
        var value: Value
    }

    // The rows lie in a slab and are found by number, so the hot path can hold on to one.
    var index = IndexTable(capacity: 256)
    var rows = Slab<Row>()
    public private(set) var breadth = Breadth.host
    let countMax: Int

    public init(countMax: Int) { self.countMax = countMax }

    public var count: Int { rows.count }

    /// The place of a key's value, which must be as wide as the table; made when there is none.
    @inline(__always)
    mutating func place(_ key: Key) -> Int {
        let hash = key.tableHash
        if let found = index.find(hash, { rows[$0].key == key }) { return found }
        return insert(key, hash)
    }

    private mutating func insert(_ key: Key, _ hash: UInt64) -> Int {
        let place = rows.add(Row(key: key, value: Value()))
        index.insert(hash, place)
        return place
    }

    // Where the keys of another table lie in this one is not in the cache: sixteen and eight ahead
    // hides most of the wait.
    @inline(__always)
    private func expect(_ other: RollTable, _ place: Int) {
        guard place + 16 < other.count else { return }
        index.prefetch(other.rows[place + 16].key.tableHash)
        if let likely = index.likely(other.rows[place + 8].key.tableHash) { rows.prefetch(likely) }
    }

    /// Changes the value of a key, if the table still keeps that.
    @inline(__always)
    mutating func update(_ key: Key, _ change: (inout Value) -> Void) {
        guard let own = breadth == .host ? key : key.rolled(to: breadth) else { return }
        change(&rows[place(own)].value)
        if count > countMax { raise() }
    }

    /// The place of a key's value, made when there is none. It holds until the next key is made.
    /// Only for keys that every breadth keeps.
    mutating func reserve(_ key: Key) -> Int {
        _ = place(key.rolled(to: breadth) ?? key)
        if count > countMax { raise() }
        return place(key.rolled(to: breadth) ?? key)
    }

    /// The value of a key, as wide as the table; nil when there is none.
    public func find(_ key: Key) -> Value? {
        guard let own = key.rolled(to: breadth),
            let place = index.find(own.tableHash, { rows[$0].key == own })
        else { return nil }
        return rows[place].value
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
        let kept = (0..<count).count { rows[$0].key.rolled(to: wider) != nil }
        rolled.index = IndexTable(capacity: kept)
        for place in 0..<count {
            guard let own = rows[place].key.rolled(to: wider) else { continue }
            rolled.rows[rolled.place(own)].value.join(rows[place].value)
        }
        self = rolled
    }

    /// Adds another table's values, each changed by `moved` on its way.
    mutating func join(_ other: RollTable, moved: (inout Value) -> Void = { _ in }) {
        roll(to: other.breadth)
        for place in 0..<other.count {
            if breadth == other.breadth { expect(other, place) }
            let key = other.rows[place].key
            guard let own = breadth == other.breadth ? key : key.rolled(to: breadth) else {
                continue
            }
            var value = other.rows[place].value
            moved(&value)
            rows[self.place(own)].value.join(value)
            if count > countMax { raise() }
        }
    }

    mutating func removeAll() {
        index.removeAll()
        rows.removeAll()
        breadth = .host
    }
}

extension RollTable: Equatable {
    public static func == (a: RollTable, b: RollTable) -> Bool {
        guard a.count == b.count, a.breadth == b.breadth else { return false }
        for place in 0..<a.count where b.find(a.rows[place].key) != a.rows[place].value {
            return false
        }
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
