// Columns in quotation marks: what stands in them, and what damage makes of them.

import Bytes
import TestSupport
import Testing

@Suite struct QuotedColumnsTests {
    private func columns(_ text: String, _ separator: UInt8 = 0x2C) -> [String] {
        var columns = Columns()
        return PaddedText(text).withLine { line in
            columns.findQuoted(separator, in: line, from: 0)
            return (1...columns.count).map {
                String(decoding: line.copy(columns.text($0, of: line)), as: UTF8.self)
            }
        }
    }

    @Test(arguments: [
        ("a,b,c", ["a", "b", "c"]),
        (#"a,"b, c",d"#, ["a", "b, c", "d"]),
        (#""a","",c"#, ["a", "", "c"]),
        (#""say ""no"", then go",b"#, [#"say ""no"", then go"#, "b"]),
        (#"5" disk,b"#, [#"5" disk"#, "b"]),
        (#"a,"b,c"#, ["a", #""b"#, "c"]),
        (#""""#, [""]),
        (#"""#, [#"""#]),
        (#" "a" , b "#, [#"a"#, "b"]),
        (#""a"b,c"#, [#""a"b"#, "c"]),
        (",,", ["", "", ""]),
    ])
    func columnsAreFoundByTheirMarks(_ text: String, _ wanted: [String]) {
        #expect(columns(text) == wanted)
    }

    @Test func anySeparatorWillDo() {
        #expect(columns("a;\"b;c\";d", 0x3B) == ["a", "b;c", "d"])
    }

    @Test func withoutMarksTheResultIsThatOfTheFastWay() {
        let text = (0..<200).map(String.init).joined(separator: ",")
        var plain = Columns()
        var quoted = Columns()
        PaddedText(text).withLine { line in
            plain.find(0x2C, in: line, from: 0)
            quoted.findQuoted(0x2C, in: line, from: 0)
            #expect(plain.count == quoted.count)
            for column in 1...plain.count { #expect(plain[column] == quoted[column]) }
        }
    }

    /// The last column takes the rest of the line, also where marks make the way the slow one.
    @Test func moreColumnsThanAreKept() {
        let text = "\"0\"," + (1..<200).map(String.init).joined(separator: ",")
        let found = columns(text)
        #expect(found.count == Columns.separatorsMax + 1)
        #expect(found.last?.hasPrefix("64,65,") == true)
    }
}
