// Runs of blocked packets of one case come to what they come to one by one.

import Evidence
import Facts
import Testing

@Suite struct LooseRunTests {
    private func summed(
        _ entries: [Entry], _ settings: Settings, _ random: inout Random
    ) -> Digest {
        var digest = Digest(settings, beginsInput: true)
        var run = LooseRun()
        for entry in entries {
            var entry = entry
            digest.lines += 1
            digest.add(
                &entry, line: digest.lines, counted: entry.source.port != 50003, to: &run)
            if Int.random(in: 0..<100, using: &random) == 0 { digest.end(&run) }
        }
        digest.end(&run)
        return digest
    }

    @Test(arguments: UInt64(1)...40)
    func aRunComesToWhatItsEntriesComeTo(_ seed: UInt64) {
        // Blocked SYNs in plenty, alike but for times, ends and what is counted; now and then one
        // of another kind, and a line that stands for several packets.
        var random = Random(state: seed)
        var entries = randomEntries(800, &random)
        for number in entries.indices where number % 11 != 0 {
            entries[number].action = .block
            entries[number].ipProtocol = Entry.tcp
            entries[number].flags = .syn
            entries[number].reason = .match
            entries[number].known = [.ports, .flags]
            entries[number].interface = Name(hash: number % 200 < 150 ? 1 : 2)
            entries[number].node = Name(hash: 1)
            if number % 50 == 7 { entries[number].count = 3 }
        }
        let settings = seed % 2 == 0 ? Settings() : tightSettings(&random)
        let whole = digest(entries[...], settings, begins: true)
        #expect(summed(entries, settings, &random) == whole)
        #expect(summed(Array(entries.dropLast()), settings, &random) != whole)
    }
}
