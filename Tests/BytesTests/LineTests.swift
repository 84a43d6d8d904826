// Loads stay in the block, and finding finds what a plain loop finds.

import Bytes
import TestSupport
import Testing

@Suite struct LineTests {
    @Test func loadsGiveTheBytes() {
        var random = Seeded()
        let text = (0..<300).map { _ in UInt8.random(in: 0...255, using: &random) }
        PaddedText(text).withBlock { block in
            let line = Line(block, from: 0, to: 300)
            for at in 0..<292 {
                var word: UInt64 = 0
                for index in 0..<8 { word |= UInt64(text[at + index]) << UInt64(8 * index) }
                check(line[at] == text[at] && line.word(at) == word, random.description)
            }
            check(line.words8(16)[3] == line.word(40))
            // Behind the text is padding, which reads as zero.
            check(line[300] == 0 && line.word(300 + 56) == 0)
        }
    }

    @Test func loadsOutsideTheBlockStop() async {
        await #expect(processExitsWith: .failure) { PaddedText("abc").withLine { _ = $0[-1] } }
        await #expect(processExitsWith: .failure) { PaddedText("abc").withLine { _ = $0.word(60) } }
        await #expect(processExitsWith: .failure) { PaddedText("abc").withLine { _ = $0[1 << 40] } }
        await #expect(processExitsWith: .failure) {
            PaddedText("abc").withLine { _ = $0.word(.min) }
        }
        await #expect(processExitsWith: .failure) {
            PaddedText("abc").withLine { _ = $0.words8(4) }
        }
    }

    @Test func aLineWithoutPaddingIsRefused() async {
        await #expect(processExitsWith: .failure) {
            PaddedText("abc").withBlock { _ = Line($0, from: 0, to: 4) }
        }
        await #expect(processExitsWith: .failure) {
            PaddedText("abc").withBlock { _ = Line($0, from: 2, to: 1) }
        }
    }

    @Test func findsAByteWhereALoopFindsIt() {
        var random = Seeded()
        for _ in 0..<2000 {
            let text = random.bytes(0...40, of: "ab,\u{7F}\u{01}")
            let byte = random.pick(Array("ab,:".utf8))
            withLine(text) { line in
                let from = line.start + Int.random(in: 0...text.count, using: &random)
                let limit = line.start + Int.random(in: 0...text.count, using: &random)
                let naive = (from..<max(from, limit)).first { text[$0 - line.start] == byte }
                check(line.find(byte, from: from, before: limit) == naive, random.description)
            }
        }
    }

    static let words: [StaticString] = [
        "", "a", "ab", "abab", "aabbaab", "abababab", "abbaabbab", "abababababababab",
        "aaaaaaaaaaaaaaaabb", "b",
    ]

    @Test func findsAWordWhereALoopFindsIt() {
        var random = Seeded()
        for _ in 0..<4000 {
            let word = random.pick(LineTests.words)
            let wanted = Array(word.description.utf8)
            var text = random.bytes(0...30, of: "ab")
            if random.once(in: 2) { text += wanted + random.bytes(0...3, of: "ab") }
            func naive(_ at: Int) -> Bool {
                at >= 0 && at + wanted.count <= text.count
                    && Array(text[at..<at + wanted.count]) == wanted
            }
            // What stands behind the line would make it longer, were it looked at.
            withLine(text, before: Array("ababab".utf8), behind: Array("abababab".utf8)) { line in
                for at in -2...text.count + 2 {
                    check(line.has(word, at: line.start + at) == naive(at), random.description)
                }
                check(line.equals(line.whole, word) == (text == wanted))
                if !wanted.isEmpty {
                    let first = (0..<max(1, text.count)).first(where: naive)
                    check(line.find(word, from: line.start) == first.map { $0 + line.start })
                }
            }
        }
    }

    @Test func lettersMayDifferInCase() {
        withLine("x [UFW Block] Y") { line in
            check(line.findIgnoringCase("ufw block", in: line.whole) == line.start + 3)
            check(line.findIgnoringCase("ufw blocks", in: line.whole) == nil)
            check(line.equalsIgnoringCase(Field(line.start + 3, line.start + 6), "uFw"))
            // `[` and `{` differ by the bit that letters differ by in case.
            check(!line.equalsIgnoringCase(Field(line.start + 2, line.start + 3), "{"))
        }
    }

    @Test func runsEnd() {
        withLine(" \t12ab cd") { line in
            let start = line.start
            check(line.skipBlanks(start) == start + 2)
            check(line.endOfDigits(start + 2) == start + 4)
            check(line.endOfWord(start + 4) == start + 6)
            check(line.endOfWord(start + 7) == line.end)
            check(line.endOfDigits(line.end) == line.end)
            check(line.copy(Field(start + 4, start + 6)) == Array("ab".utf8))
            check(line.copy(Field(start + 6, start + 4)) == [])
        }
    }

    @Test func aLineFromFurtherOnIsTheSameLine() {
        withLine("abc def") { line in
            let rest = line.from(line.start + 4)
            check(rest.copy(rest.whole) == Array("def".utf8) && rest.end == line.end)
            check(line.from(line.end + 9).isEmpty)
        }
    }

    @Test func equalBytesHashAlikeAnywhere() {
        var random = Seeded()
        var seen: [UInt64: [UInt8]] = [:]
        for _ in 0..<3000 {
            let text = random.bytes(0...20, of: "ab0")
            let here = withLine(text) { $0.hash($0.whole) }
            let there = withLine(text, before: [1, 2], behind: [3]) { $0.hash($0.whole) }
            #expect(here == there, "\(random)")
            // Unequal bytes hash unalike: 3000 values of 64 bits do not meet by chance.
            #expect(seen[here, default: text] == text, "\(random)")
            seen[here] = text
        }
    }
}
