// Many addresses, asked quickly: tables of pf, sets of nft.
//
// Read first: pf.conf(5), "TABLES": of the networks that hold an address the smallest counts, and
// it may be negated. That is worked out once: what is left are stretches that do not overlap.

import Facts

struct AddressTable: Sendable {
    struct Item: Sendable {
        var low: Address
        var high: Address
        var isNegated = false
    }

    // Each stretch from `lows[n]` to `highs[n]`, in order; those of IPv4 first, for IPv4 lies among
    // IPv6's addresses here and must not be held by `::/0`.
    private var lows: [Address] = []
    private var highs: [Address] = []
    private var v4Count = 0
    /// What is held by addresses that are not known.
    var missing: MissingFacts = []

    init() {}

    /// Of items that lie in each other the innermost counts.
    init(_ items: [Item], missing: MissingFacts = []) {
        self.missing = missing
        add(items.filter { $0.low.isV4 })
        v4Count = lows.count
        add(items.filter { !$0.low.isV4 })
    }

    private mutating func add(_ items: [Item]) {
        let sorted = items.sorted {
            $0.low != $1.low ? $0.low < $1.low : $1.high < $0.high
        }
        var open: [Item] = []
        var next = Address(high: 0, low: 0)
        func emit(_ item: Item, _ low: Address, _ high: Address, _ to: inout AddressTable) {
            guard !item.isNegated, !(high < low) else { return }
            to.lows.append(low)
            to.highs.append(high)
        }
        for item in sorted {
            while let top = open.last, top.high < item.low {
                emit(top, next, top.high, &self)
                if !(top.high < next) { next = top.high.next }
                open.removeLast()
            }
            if let top = open.last, next < item.low {
                emit(top, next, item.low.previous, &self)
            }
            next = item.low
            open.append(item)
        }
        while let top = open.popLast() {
            emit(top, next, top.high, &self)
            if !(top.high < next) { next = top.high.next }
        }
    }

    var isEmpty: Bool { lows.isEmpty }

    func holds(_ address: Address) -> Holding {
        var from = address.isV4 ? 0 : v4Count
        let first = from
        var to = address.isV4 ? v4Count : lows.count
        while from < to {
            let middle = (from + to) >> 1
            if address < lows[middle] { to = middle } else { from = middle + 1 }
        }
        if from > first, !(highs[from - 1] < address) { return .yes }
        return missing.isEmpty ? .no : .maybe
    }
}

extension Address {
    /// The address behind it; of the very last one, itself.
    var next: Address {
        if low < .max { return Address(high: high, low: low &+ 1) }
        return high == .max ? self : Address(high: high &+ 1, low: 0)
    }

    var previous: Address {
        if low > 0 { return Address(high: high, low: low &- 1) }
        return high == 0 ? self : Address(high: high &- 1, low: .max)
    }
}
