// Damaged lines: whatever a line has become, reading it ends, and the tally accounts for it.

import Bytes
import Dialects
import Facts
import Testing

private let allLines: [String] = allDialects.flatMap { $0.samples.map(\.line) }

@Suite struct RobustnessTests {
    @Test func thereAreLines() {
        #expect(!allLines.isEmpty)
    }

    @Test(arguments: allLines)
    func everyTruncationIsAccountedFor(_ text: String) {
        var reader = LineReader(clock: testClock)
        let bytes = Array(text.utf8)
        for count in 0...bytes.count {
            readOne(Array(bytes[..<count]), &reader)
        }
        #expect(reader.tally.lines == bytes.count + 1)
    }

    @Test(arguments: allLines)
    func flippedBytesAreAccountedFor(_ text: String) {
        var reader = LineReader(clock: testClock)
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty else { return }
        var random = SplitMix(seed: 0x5EED)
        for _ in 0..<200 {
            var damaged = bytes
            for _ in 0...(random.next() % 3) {
                let place = Int(random.next() % UInt64(bytes.count))
                damaged[place] = UInt8(truncatingIfNeeded: random.next())
            }
            readOne(damaged, &reader)
        }
        #expect(reader.tally.lines == 200)
    }

    /// Reads a line, alone in its block, so that a load outside of it is one outside the array.
    private func readOne(_ bytes: [UInt8], _ reader: inout LineReader) {
        var entry = Entry()
        let before = reader.tally
        let isEntry = PaddedText(bytes).withLine { reader.read($0, into: &entry) }
        let tally = reader.tally
        #expect(tally.lines == before.lines + 1)
        #expect(tally.entries == before.entries + (isEntry ? 1 : 0))
        #expect(
            tally.entries + tally.skipped + tally.continued + tally.rejected == tally.lines)
    }
}

/// Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (OOPSLA 2014).
private struct SplitMix {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
