// The table against a naive one that does the same slowly: every answer, over random work.

import Facts
import TestSupport
import Testing
import Tracking

/// A dictionary and a look at everything.
private struct NaiveTable {
    struct Row {
        var key: FlowKey
        var value: Int
        var expiry: Int64
    }
    var rows: [Int: Row] = [:]

    func numbers(_ key: FlowKey) -> Set<Int> {
        Set(rows.filter { $0.value.key == key }.keys)
    }
}

private func endpoint(_ random: inout Seeded) -> Endpoint {
    let host = UInt32.random(in: 0..<4, using: &random)
    let port = UInt16.random(in: 0..<4, using: &random)
    if random.once(in: 4) {
        return Endpoint(Address(high: 0x2001_0DB8 << 32, low: UInt64(host)), port)
    }
    return Endpoint(Address(v4: 0x0A00_0000 | host), port)
}

@Suite struct StateTableTests {
    @Test(arguments: [1, 60, 90_000, 3_000_000_000] as [Int64])
    func tableDoesWhatANaiveOneDoes(_ longestSeconds: Int64) {
        var random = Seeded()
        var table = StateTable<Int>()
        var naive = NaiveTable()
        var now: Int64 = 1_790_000_000_000_000
        var peak = 0
        for step in 0..<30_000 {
            switch Int.random(in: 0..<8, using: &random) {
            case 0, 1, 2:
                let key = FlowKey(endpoint(&random), endpoint(&random), random.once(in: 2) ? 6 : 17)
                let expiry =
                    now + Int64.random(in: 0...(longestSeconds * 1_000_000), using: &random)
                let number = table.insert(
                    key, table.hash(key), step, expiry: Instant(microseconds: expiry),
                    now: Instant(microseconds: now))
                #expect(naive.rows[number] == nil, "\(random)")
                naive.rows[number] = .init(key: key, value: step, expiry: expiry)
                peak = max(peak, naive.rows.count)
            case 3, 4:
                let key = FlowKey(endpoint(&random), endpoint(&random), 6)
                let known = naive.numbers(key)
                let found = table.find(key, table.hash(key))
                #expect(found.map(known.contains) ?? known.isEmpty, "\(random)")
                guard let wanted = known.randomElement(using: &random) else { break }
                let value = table[wanted]
                let again = table.find(key, table.hash(key)) { $0 == value }
                #expect(again == wanted && value == naive.rows[wanted]?.value, "\(random)")
            case 5:
                guard let number = naive.rows.keys.randomElement(using: &random) else { break }
                let expiry =
                    now + Int64.random(in: 0...(longestSeconds * 1_000_000), using: &random)
                table.setExpiry(
                    number, Instant(microseconds: expiry), now: Instant(microseconds: now))
                naive.rows[number]?.expiry = expiry
            case 6:
                guard let number = naive.rows.keys.randomElement(using: &random) else { break }
                #expect(table.key(number) == naive.rows[number]?.key)
                table.remove(number)
                naive.rows[number] = nil
            default:
                now += Int64.random(in: 0...(longestSeconds * 20_000), using: &random)
                if random.once(in: 50) { now += longestSeconds * 2_000_000 }
                while let number = table.nextDue(by: Instant(microseconds: now)) {
                    let row = naive.rows.removeValue(forKey: number)
                    #expect((row?.expiry ?? .max) <= now, "\(random)")
                    table.remove(number)
                }
                // A tick late at most.
                let overdue = naive.rows.values.filter { $0.expiry + 65_536 <= now }
                #expect(overdue.isEmpty, "\(random)")
            }
            #expect(table.count == naive.rows.count, "\(random)")
        }
        #expect(table.peak == peak)
        let live = table.numbers.filter(table.isLive)
        #expect(Set(live) == Set(naive.rows.keys))
    }

    @Test func whatIsDueMayBeGivenMoreTime() {
        var table = StateTable<Int>()
        let key = FlowKey(.none, .none, 6)
        let number = table.insert(
            key, table.hash(key), 1, expiry: Instant(seconds: 10), now: Instant(seconds: 0))
        #expect(table.nextDue(by: Instant(seconds: 9)) == nil)
        #expect(table.nextDue(by: Instant(seconds: 11)) == number)
        #expect(table.nextDue(by: Instant(seconds: 12)) == nil)
        table.setExpiry(number, Instant(seconds: 20), now: Instant(seconds: 12))
        #expect(table.nextDue(by: Instant(seconds: 19)) == nil)
        #expect(table.nextDue(by: Instant(seconds: 21)) == number)
    }

    @Test func aPacketsTimeMayBeUnknown() {
        var table = StateTable<Int>()
        let key = FlowKey(.none, .none, 6)
        let number = table.insert(
            key, table.hash(key), 1, expiry: Instant(seconds: 10), now: .unknown)
        #expect(table.nextDue(by: .unknown) == nil)
        #expect(table.nextDue(by: Instant(seconds: 1_000_000)) == number)
    }

    @Test func aStateOfSeventyTwoBytesFitsIntoTwoCacheLines() {
        struct Big {
            var words = (0, 0, 0, 0, 0, 0, 0, 0, 0) as (Int, Int, Int, Int, Int, Int, Int, Int, Int)
        }
        #expect(StateTable<Big>.bytesPerSlot == 128)
    }
}
