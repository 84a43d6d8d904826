// What is drawn in characters, and text for screens that show nothing but ASCII.

import Bytes
import Testing

@testable import Reports

@Suite struct DrawingTests {
    @Test func blocksAreAsHighAsTheCounts() {
        #expect(sparkline([0, 1, 4, 8], isASCII: false) == "·▁▄█")
        #expect(sparkline([0, 1, 4, 8], isASCII: true) == "_.=@")
        #expect(sparkline([0, 0], isASCII: false) == "··")
        // The least that is not nothing is seen beside the most.
        #expect(sparkline([1, 1_000_000], isASCII: false) == "▁█")
        #expect(sparkline([], isASCII: false).isEmpty)
    }

    @Test func binsAreJoinedSoThatTheyFit() {
        #expect(joined([1, 2, 3], most: 3).counts == [1, 2, 3])
        let (counts, width) = joined(Array(repeating: 1, count: 160), most: 60)
        #expect(width == 3 && counts.count == 54 && counts.reduce(0, +) == 160)
        #expect(joined([], most: 10).counts.isEmpty)
    }

    @Test(arguments: [
        (5, "5 s"), (119, "119 s"), (120, "2 min"), (7199, "119 min"), (7200, "2 h"),
        (172_799, "47 h"), (172_800, "2 d"),
    ])
    func timesAreToldAsPeopleDo(_ seconds: Int64, _ text: String) {
        #expect(aboutText(seconds) == text)
    }

    @Test(arguments: [(1, "1 s"), (60, "1 min"), (360, "6 min"), (1800, "30 min"), (7200, "2 h")])
    func binsHaveRoundWidths(_ seconds: Int64, _ text: String) { #expect(binText(seconds) == text) }
}

@Suite struct ASCIITests {
    @Test(arguments: [
        ("a → b…", "a -> b..."), ("“x” · ‘y’", "\"x\" - 'y'"), ("│─▶✕╌", "|->X-"),
        ("日本", "\\u{65e5}\\u{672c}"), ("🔥", "\\u{1f525}"), ("plain", "plain"),
    ])
    func everythingHasAForm(_ text: String, _ form: String) { #expect(text.inASCII == form) }

    /// Wrapped by the width of what is written, not of what it stands for.
    @Test func widthIsThatOfTheForm() {
        for columns in 40...80 {
            var out = TerminalWriter(Screen(columns: columns, isASCII: true))
            out.paragraph(String(repeating: "a→b 日本 …… ", count: 30), indent: 2)
            out.table([[Styled("→→"), Styled("日本")], [Styled("x"), Styled("y → z")]])
            for line in out.writer.text.split(separator: "\n") {
                #expect(line.utf8.allSatisfy { $0 < 0x80 } && line.utf8.count <= columns)
            }
        }
    }
}

@Suite struct ProseTests {
    private func shown(_ text: String, color: Bool = false) -> String {
        var out = TerminalWriter(Screen(columns: 60, color: color))
        out.fill(out.prose(text), first: "- ", indent: 2, hanging: 4)
        return out.writer.text
    }

    @Test func aShortCommandStandsAmongTheWords() {
        #expect(shown("Type `pfctl -si`, twice.") == "  - Type `pfctl -si`, twice.\n")
        #expect(
            shown("Type `pfctl -si`, twice.", color: true)
                == "  - Type \u{1B}[36mpfctl\u{1B}[0m \u{1B}[36m-si\u{1B}[0m, twice.\n")
    }

    /// And one only, wider than the screen: a command that is broken cannot be pasted.
    @Test func aLongOneHasALineOfItsOwn() {
        let command = "nft insert rule inet filter forward ct state invalid counter drop"
        #expect(
            shown("nftables: `\(command)`, and then this.") == """
                  - nftables:
                      nft insert rule inet filter forward ct state invalid counter drop
                    and then this.

                """)
        #expect(shown("`\(command)`").hasPrefix("  - `nft insert"))
        #expect(shown("Do: `\(command)`.").hasSuffix("counter drop\n"))
    }

    @Test func aBacktickAloneIsText() {
        #expect(shown("a ` b") == "  - a ` b\n")
        #expect(shown("") == "  - \n")
    }
}

@Suite struct MarkdownTests {
    private func shown(_ text: String, inTable: Bool = false) -> String {
        var out = ByteWriter()
        out.putMarkdown(text, inTable: inTable)
        return out.text
    }

    @Test(arguments: [
        ("the state of 12 connections, gone.", "the state of 12 connections, gone."),
        ("10.0.0.5:443 (https)", "`10.0.0.5:443` (https)"),
        ("on @everyone's #1 <b>x</b>", "on `@everyone's` `#1` `<b>x</b>`"),
        ("System > Rules & NAT", "System \\> Rules & NAT"),
        ("run `nft list`, then", "run `nft list`, then"),
        ("at 2026-11-19 16:00:07, :100:", "at 2026-11-19 16:00:07, `:100`:"),
        ("a\nb\u{1B}", "`a\\x0ab\\x1b`"), ("1. x", "`1.` x"), ("- x", "`-` x"), ("", ""),
        ("x ` y", "x `` ` `` y"),
    ])
    func wordsOfMarkupAreCode(_ text: String, _ markdown: String) {
        #expect(shown(text) == markdown)
    }

    @Test func barsDoNotEndACell() {
        #expect(shown("a|b", inTable: true) == "`a\\x7cb`")
        #expect(shown("a|b") == "`a|b`")
    }

    @Test func codeMayHoldBackticks() {
        var out = ByteWriter()
        out.putCode("a``b`")
        #expect(out.text == "``` a``b` ```")
    }
}
