// Columns found at once against columns found by splitting.

import Bytes
import TestSupport
import Testing

@Suite struct ColumnsTests {
    @Test func columnsAreWhatSplittingGives() {
        var random = Seeded()
        var columns = Columns()
        for _ in 0..<3000 {
            let text = random.bytes(0...200, of: random.once(in: 3) ? ",a" : ",abcdefgh")
            let first = random.once(in: 3) ? Int.random(in: 1...20, using: &random) : 1
            var parts = text.split(separator: 0x2C, omittingEmptySubsequences: false)
            let most = Columns.separatorsMax + 2 - first
            if parts.count > most {
                // The rest of an overlong line is one column.
                parts[most - 1] = text[parts[most - 1].startIndex...]
                parts.removeSubrange(most...)
            }
            withLine(text, behind: Array(",,,,".utf8)) { line in
                columns.find(0x2C, in: line, from: line.start, first: first)
                check(columns.count == parts.count + first - 1, random.description)
                for (index, part) in parts.enumerated() {
                    let column = line.copy(columns[index + first])
                    check(column == Array(part), random.description)
                }
                for column in [-1, 0, first - 1, columns.count + 1, .max, .min] {
                    check(columns[column].isEmpty, random.description)
                }
            }
        }
    }

    @Test func joinedColumnsAreOne() {
        var columns = Columns()
        withLine("a,b,c,d") { line in
            columns.find(0x2C, in: line, from: line.start)
            columns.join(2)
            check(columns.count == 3)
            check(
                (1...4).map { line.copy(columns[$0]) }
                    == ["a", "b,c", "d", ""].map { Array($0.utf8) })
            columns.join(3)
            columns.join(0)
            check(columns.count == 3)
        }
    }

    @Test func aCopyKeepsItsColumns() {
        var columns = Columns()
        withLine("a,b") { columns.find(0x2C, in: $0, from: $0.start) }
        let kept = columns
        withLine("x") { columns.find(0x2C, in: $0, from: $0.start) }
        #expect(kept.count == 2 && columns.count == 1)
        #expect(kept[2] == Field(5, 6))
    }

    @Test func aSearchOutsideTheLineIsRefused() async {
        await #expect(processExitsWith: .failure) {
            PaddedText("a,b").withLine { line in
                var columns = Columns()
                columns.find(0x2C, in: line, from: 4)
            }
        }
    }
}
