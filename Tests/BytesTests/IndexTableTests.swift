// The table against a dictionary, with hashes that collide on purpose.

import Bytes
import TestSupport
import Testing

@Suite struct IndexTableTests {
    @Test func findsWhatADictionaryFinds() {
        var random = Seeded()
        for spread in [1, 7, 64, 4096, 1 << 40] as [UInt64] {
            var table = IndexTable()
            var naive: [Int: UInt64] = [:]
            for index in 0..<2000 {
                let hash = UInt64.random(in: 0..<spread, using: &random)
                // Few hashes make long runs; keep those short enough to be tested.
                if spread < 64, naive.count > 40 { break }
                table.insert(hash, index)
                naive[index] = hash
                if random.once(in: 3), let gone = naive.keys.randomElement(using: &random) {
                    table.remove(naive[gone] ?? 0, gone)
                    naive[gone] = nil
                }
            }
            #expect(table.count == naive.count, "\(random)")
            for (index, hash) in naive {
                #expect(table.find(hash) { $0 == index } == index, "\(random)")
            }
            for index in 0..<2000 where naive[index] == nil {
                for hash in Set(naive.values).prefix(20) {
                    #expect(table.find(hash) { $0 == index } == nil, "\(random)")
                }
            }
        }
    }

    @Test func onlyTheLowHalfOfAHashIsKept() {
        var table = IndexTable()
        table.insert(0xAAAA_0000_0001, 3)
        // The caller's own question decides between hashes that look alike here.
        #expect(table.find(0xBBBB_0000_0001) { _ in true } == 3)
        #expect(table.find(0xAAAA_0000_0002) { _ in true } == nil)
    }

    @Test func emptiedItIsEmpty() {
        var table = IndexTable(capacity: 1000)
        for index in 0..<1000 { table.insert(UInt64(index) &* 0x9E37_79B9, index) }
        table.remove(12345, 7)
        #expect(table.count == 1000)
        table.removeAll()
        #expect(table.count == 0 && table.find(0) { _ in true } == nil)
    }

    @Test func anIndexOutOfRangeIsRefused() async {
        await #expect(processExitsWith: .failure) {
            var table = IndexTable()
            table.insert(1, -1)
        }
    }
}
