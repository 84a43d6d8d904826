// Blocks bound into sheaves and taken in by strands come to what one digest comes to.

import Evidence
import Facts
import Testing

@Suite struct StrandTests {
    /// The entries in blocks of random sizes, each strand taking in its own.
    private func woven(
        _ entries: [Entry], _ settings: Settings, _ random: inout Random
    ) -> Digest {
        var whole = Digest(settings, beginsInput: true)
        var strands = (0..<Sheaf.strands).map { _ in Digest(settings, beginsInput: true) }
        var sheaf = Sheaf(settings)
        var start = 0
        while start < entries.count {
            let end = min(entries.count, start + Int.random(in: 1...90, using: &random))
            sheaf.removeAll()
            for number in start..<end {
                var entry = entries[number]
                sheaf.add(
                    &entry, line: number - start + 1, counted: entry.source.port != 50003)
            }
            sheaf.end()
            sheaf.lines = end - start
            whole.join(&sheaf)
            for strand in strands.indices { strands[strand].take(sheaf, strand: strand) }
            start = end
        }
        for strand in strands.indices {
            strands[strand].finish()
            whole.unite(strands[strand])
        }
        return whole
    }

    @Test(arguments: UInt64(1)...60)
    func strandsComeToWhatOneDigestComesTo(_ seed: UInt64) {
        var random = Random(state: seed)
        let entries = randomEntries(600, &random)
        let settings = seed % 3 == 0 ? Settings() : tightSettings(&random)
        var whole = digest(entries[...], settings, begins: true)
        whole.finish()
        #expect(woven(entries, settings, &random) == whole)
    }

    @Test func longRunsOfOneCaseAreSummedUp() {
        // Blocked SYNs by the hundred, alike but for times, ends and what is counted; now and then
        // one of another kind, and one line that stands for several packets.
        var random = Random(state: 11)
        var entries = randomEntries(1000, &random)
        for number in entries.indices where number % 37 != 0 {
            entries[number].action = .block
            entries[number].ipProtocol = Entry.tcp
            entries[number].flags = .syn
            entries[number].reason = .match
            entries[number].known = [.ports, .flags]
            entries[number].interface = Name(hash: number % 200 < 150 ? 1 : 2)
            entries[number].node = Name(hash: 1)
            if number % 50 == 7 { entries[number].count = 3 }
        }
        var whole = digest(entries[...], Settings(), begins: true)
        whole.finish()
        #expect(woven(entries, Settings(), &random) == whole)
    }

    @Test func aMissingEntryIsSeen() {
        var random = Random(state: 5)
        let entries = randomEntries(200, &random)
        var whole = digest(entries[...], Settings(), begins: true)
        whole.finish()
        #expect(woven(Array(entries.dropLast()), Settings(), &random) != whole)
    }
}
