// How states go: their time is up, they are swept away, or they make room for others.
//
// Read first: Linux nf_conntrack_core.c gc_worker(), early_drop(). A state whose time is up matches
// nothing more, but counts toward nf_conntrack_max until somebody comes by.

import Facts

extension Netfilter {
    /// So many seconds after now.
    func after(_ seconds: UInt32) -> Instant {
        Instant(microseconds: now.microseconds &+ Int64(seconds) &* 1_000_000)
    }

    /// Begins a state's time anew.
    mutating func renew(_ number: Int) {
        table.setExpiry(number, after(table[number].timeout), now: now)
    }

    /// Lets a state go, and tells of it.
    mutating func end(_ number: Int, _ why: EndedState.Why) {
        let (key, state, expiry) = (table.key(number), table[number], table.expiry(number))
        let isQuery = key.ipProtocol == 1 || key.ipProtocol == 58
        // A query's second port holds its type; both ends have its identifier.
        let (low, high) =
            isQuery
            ? (key.first, Endpoint(key.second.address, key.first.port)) : (key.first, key.second)
        let given = Int64(state.timeout) * 1_000_000
        ended.append(
            EndedState(
                source: state.sourceIsFirst ? low : high,
                destination: state.sourceIsFirst ? high : low, ipProtocol: key.ipProtocol,
                phase: state.shown, why: why, began: state.began,
                renewed: Instant(microseconds: expiry.microseconds &- given),
                ended: why == .expired ? expiry : now))
        table.remove(number)
    }

    // MARK: - The sweeper

    // Limit: so many states are swept at a packet, or the list of what ended would hold the table.
    private var sweptAtOnce: Int { 256 }

    /// The sweeper has come round: once, or more often in a pause.
    mutating func scheduleSweep() {
        let interval = sweepInterval()
        let late = now.microseconds &- nextSweep.microseconds
        // Before the first packet there was nothing to sweep.
        let last =
            nextSweep.microseconds == .min + 1
            ? now.microseconds : now.microseconds - late % interval
        sweptTo = Instant(microseconds: last)
        nextSweep = Instant(microseconds: last + interval)
        isSweeping = true
        makeRoomEarly()
    }

    mutating func sweepSome() {
        for _ in 0..<sweptAtOnce {
            guard let number = table.nextDue(by: sweptTo) else {
                isSweeping = false
                return
            }
            end(number, .expired)
        }
    }

    /// The kernel waits for the mean of the times that are left, of which each counts for 300
    /// seconds at most, but not less than one second nor more than sixty. Here the mean is taken
    /// of some.
    private func sweepInterval() -> Int64 {
        let (second, samples) = (Int64(1_000_000), 128)
        let step = max(1, table.numbers.count / samples)
        var (sum, count) = (Int64(0), Int64(0))
        for number in stride(from: 0, to: table.numbers.count, by: step)
        where table.isLive(number) {
            let left = table.expiry(number).microseconds &- now.microseconds
            if left <= 0 { continue }
            sum += min(max(left, second), 300 * second)
            count += 1
        }
        return count == 0 ? 60 * second : min(max(sum / count, second), 60 * second)
    }

    /// Above 95 % of the limit the sweeper also takes what is not assured, and what is closing.
    private mutating func makeRoomEarly() {
        let mark = settings.max / 100 * 95
        guard mark > 0, table.count > mark else { return }
        for number in table.numbers where table.isLive(number) {
            if table.count <= mark { return }
            if table.expiry(number) <= now {
                end(number, .expired)
            } else if mayGoEarly(number) {
                end(number, .evicted)
            }
        }
    }

    private func mayGoEarly(_ number: Int) -> Bool {
        if !table[number].isAssured { return true }
        guard table.key(number).ipProtocol == Entry.tcp else { return false }
        switch table[number].phase {
        case .finWait, .closeWait, .lastAck, .timeWait, .close: return true
        default: return false
        }
    }

    // MARK: - A full table

    /// Whether one more may be made; another may have to go for it.
    mutating func hasRoom(_ hash: UInt64) -> Bool {
        guard settings.max > 0, table.count >= settings.max else { return true }
        while table.count >= settings.max, let number = table.nextDue(by: sweptTo) {
            end(number, .expired)
        }
        return table.count < settings.max || dropsEarly(hash)
    }

    /// early_drop(): who is not assured goes, if it lies in one of the eight buckets from the new
    /// one's. A state lies in two buckets there and in one place here, whose hash is another; so the
    /// same share of the table is looked at, but not the same states.
    private mutating func dropsEarly(_ hash: UInt64) -> Bool {
        let steps = max(8, 16 * table.indexSlots / settings.buckets)
        for step in 0..<steps {
            guard let number = table.neighbour(hash, step) else { continue }
            if table.expiry(number) <= now {
                end(number, .expired)
            } else if !table[number].isAssured {
                end(number, .evicted)
                return true
            }
        }
        return false
    }
}
