// Lines of a block against lines found by splitting.

import Bytes
import TestSupport
import Testing

@Suite struct LineSplitterTests {
    private func lines(_ text: [UInt8], from: Int = 0, limit: Int = .max) -> [[UInt8]] {
        PaddedText(text).withBlock { block in
            var found: [[UInt8]] = []
            var splitter = LineSplitter(block, from: from, count: text.count)
            while splitter.next(startingBefore: limit) {
                found.append(Array(text[splitter.line.start..<splitter.line.end]))
            }
            return found
        }
    }

    @Test func linesAreWhatSplittingGives() {
        var random = Seeded()
        for _ in 0..<3000 {
            let text = random.bytes(0...80, of: "ab\n\r\0")
            var naive = text.split(separator: 0x0A, omittingEmptySubsequences: false).map(
                Array.init)
            // A newline ends a line; behind the last one there is none.
            if naive.last?.isEmpty == true { naive.removeLast() }
            for index in naive.indices where naive[index].last == 0x0D { naive[index].removeLast() }
            #expect(lines(text) == naive, "\(random)")
        }
    }

    @Test func onlyLinesThatStartBeforeTheLimitAreTaken() {
        let text = Array("one\ntwo\r\nthree".utf8)
        #expect(lines(text, limit: 0) == [])
        #expect(lines(text, limit: 4) == ["one"].map { Array($0.utf8) })
        #expect(lines(text, limit: 5) == ["one", "two"].map { Array($0.utf8) })
        #expect(lines(text, from: 4) == ["two", "three"].map { Array($0.utf8) })
        #expect(lines(text, from: 99) == [])
    }

    @Test func theOffsetTellsWhetherTheLastLineWasWhole() {
        for (text, offset) in [("a\n", 2), ("a", 2), ("a\nb", 4), ("a\n\n", 3)] {
            let end = PaddedText(text).withBlock { block in
                var splitter = LineSplitter(block, from: 0, count: text.utf8.count)
                while splitter.next(startingBefore: .max) {}
                return splitter.offset
            }
            #expect(end == offset)
        }
    }

    @Test func aBlockWithoutPaddingIsRefused() async {
        await #expect(processExitsWith: .failure) {
            PaddedText("abc").withBlock { _ = LineSplitter($0, from: 0, count: 4).offset }
        }
    }
}
