// Layout for terminals: width, wrapping, tables, styles, and that nothing unsafe gets through.

import Bytes
import Reports
import Testing

@Suite struct TerminalTests {
    @Test(arguments: [
        ("", 0), ("late-close", 10), ("Größe", 5), ("e\u{301}", 1), ("日本", 4), ("ｱ", 1), ("한국", 4),
        ("\u{1112}\u{1161}\u{11AB}", 2), ("🔥", 2), ("→", 1), ("…", 1), ("\u{1b}[31m", 4),
        ("\u{200B}", 0), ("“FA”", 4),
    ])
    func widthIsWhatTheScreenShows(_ text: String, _ expected: Int) {
        #expect(displayWidth(text) == expected)
    }

    @Test func paragraphsWrapAtBlanks() {
        var out = TerminalWriter(Screen(columns: 40))
        out.paragraph("one two three four five six seven eight nine ten eleven", indent: 2)
        #expect(
            out.writer.text == """
                  one two three four five six seven
                  eight nine ten eleven

                """)
    }

    @Test func noLineIsWiderThanTheScreen() {
        let text = String(repeating: "日本 word e\u{301}e\u{301} ", count: 60)
        for columns in 40...120 {
            var out = TerminalWriter(Screen(columns: columns))
            out.paragraph(text, indent: 3)
            for line in out.writer.text.split(separator: "\n") {
                #expect(displayWidth(String(line)) <= columns)
                #expect(!line.hasSuffix(" "))
            }
        }
    }

    @Test func listItemsHang() {
        var out = TerminalWriter(Screen(columns: 40))
        out.paragraph("- alpha beta gamma delta epsilon zeta eta theta\nnext", indent: 2)
        #expect(
            out.writer.text == """
                  - alpha beta gamma delta epsilon zeta
                    eta theta
                  next

                """)
    }

    @Test func aLongWordStaysWhole() {
        var out = TerminalWriter(Screen(columns: 40))
        let word = String(repeating: "x", count: 90)
        out.paragraph("a \(word) b")
        #expect(out.writer.text == "a\n\(word)\nb\n")
    }

    @Test func tablesAlignAndWrapTheirLastColumn() {
        var out = TerminalWriter(Screen(columns: 44))
        out.table(
            [
                [
                    Styled("日本"), Styled("a"),
                    Styled("the last column wraps under itself, not left"),
                ],
                [Styled("x"), Styled("long"), Styled("short")],
            ], indent: 1)
        #expect(
            out.writer.text == """
                 日本  a     the last column wraps under
                             itself, not left
                 x     long  short

                """)
    }

    @Test func stylesAreWrittenOnlyWithColor() {
        var plain = TerminalWriter(Screen())
        plain.put("stop", [.bold, .red])
        #expect(plain.writer.text == "stop")
        var colored = TerminalWriter(Screen(color: true))
        colored.put("stop", [.bold, .red])
        colored.put("go")
        #expect(colored.writer.text == "\u{1B}[1;31mstop\u{1B}[0mgo")
    }

    @Test func escapesFromLogsBecomeText() {
        var out = TerminalWriter(Screen())
        out.put("a\u{1B}[2Jb\u{202E}c")
        out.paragraph("d\u{07} e")
        out.table([[Styled("f\u{9B}"), Styled([0x67, 0xFF])]])
        #expect(out.writer.text == "a\\x1b[2Jb\\u{202e}cd\\x07 e\nf\\u{009b}  g\u{FFFD}\n")
    }

    @Test func aNarrowScreenIsTakenForFortyColumns() {
        #expect(Screen(columns: 0).columns == 40)
        #expect(Screen(columns: 200).columns == 200)
    }
}
