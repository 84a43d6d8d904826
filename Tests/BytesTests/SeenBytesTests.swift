// Bytes seen before are recognised exactly where a comparison byte by byte recognises them.

import Bytes
import TestSupport
import Testing

@Suite struct SeenBytesTests {
    @Test func recognisesWhatALoopRecognises() {
        var random = Seeded()
        for _ in 0..<5000 {
            let text = random.bytes(0...70, of: "ab")
            let freeStart = Int.random(in: 0...70, using: &random)
            let free = freeStart..<freeStart + Int.random(in: 0...3, using: &random)
            var seen = SeenBytes()
            withLine(text) { line in
                seen.keep(
                    line, line.whole,
                    free: Field(line.start + free.lowerBound, line.start + free.upperBound))
            }
            var other = text
            if !other.isEmpty, random.once(in: 2) { other[random.pick(Array(other.indices))] ^= 3 }
            if random.once(in: 4) { other += random.bytes(0...4, of: "ab") }
            if random.once(in: 6) { other.removeLast(min(other.count, 2)) }
            let kept = !text.isEmpty && text.count <= SeenBytes.countMax
            let fixed = text.indices.filter { !free.contains($0) }
            let same =
                kept && !fixed.isEmpty && other.count >= text.count
                && fixed.allSatisfy { other[$0] == text[$0] }
            withLine(other, behind: Array("abab".utf8)) { line in
                check(seen.stand(in: line, at: line.start) == same, random.description)
                check(!seen.stand(in: line, at: line.start - 1))
            }
        }
    }

    @Test func nothingKeptIsNothingSeen() {
        withLine("abc") { line in
            var seen = SeenBytes()
            check(!seen.stand(in: line, at: line.start))
            seen.keep(line, line.whole)
            check(seen.stand(in: line, at: line.start))
            // Too little to keep, and what was kept before is gone.
            seen.keep(line, Field(line.start, line.start))
            check(!seen.stand(in: line, at: line.start) && seen.count == 0)
        }
    }
}
