// What a terminal shows: no line wider than it, ASCII where nothing else is shown, and pages through
// a pager.

import Foundation
import Reports
import TestSupport
import Testing
import stray

private let office = Program.example("office-day.log")
private let line =
    String(
        decoding: contents(office), as: UTF8.self
    ).split(separator: "\n").first { $0.contains("41000,5432,96,PA") }.map(String.init) ?? ""

private let shown: [[String]] = [
    ["why", "--no-progress", office], ["why", "--no-progress", "--ledger", office],
    ["why", "--no-progress", "--ledger", "--ascii", Program.example("cisco-teardowns.log")],
    ["why", "--no-progress", "--ledger", Program.example("ufw-home-server.log")],
    ["why", "--no-progress", "--ledger", Program.example("forcepoint-branch.log")],
    ["explain", line], ["explain", "--ledger", line], ["cause", "--no-pager", "late-close"],
    ["cause", "--no-pager"], ["flags"], ["dialects"], ["dialects", "netfilter"],
]

@Suite struct TerminalReportTests {
    @Test(arguments: [60, 80, 120, 200], shown)
    func noLineIsWiderThanTheTerminal(_ columns: Int, _ words: [String]) {
        guard Program.hasTerminal else { return }
        let run = Program.onTerminal(words + ["--color", "never"], columns: columns)
        #expect([0, 1].contains(run.status) && run.lines.count > 3)
        for line in run.text.split(separator: "\n") {
            // A word that is too long for a line stays whole, and drawings and samples of the
            // pages are kept as they are.
            let isOneWord = line.split(separator: " ").count <= 2
            let isDrawing = words[0] == "dialects" || line.hasPrefix("      ")
            #expect(
                displayWidth(String(line)) <= columns || isOneWord || isDrawing,
                "\(columns): \(line)")
        }
    }

    /// Prose of a very wide terminal is not as wide as it.
    @Test func proseEndsAtAHundredColumns() {
        guard Program.hasTerminal else { return }
        let run = Program.onTerminal(
            ["cause", "--no-pager", "late-close", "--color", "never"], columns: 200)
        for line in run.text.split(separator: "\n") {
            // The second column of a table begins further to the right.
            let isOfTable = line.drop { $0 == " " }.contains("  ") || line.hasPrefix("      ")
            #expect(displayWidth(String(line)) <= 100 || isOfTable, "\(line)")
        }
    }

    @Test(arguments: shown)
    func asciiIsASCII(_ words: [String]) {
        let run = Program.run(words + ["--ascii"])
        #expect(run.out.allSatisfy { $0 < 0x80 })
        #expect(!run.out.isEmpty)
        for (name, value) in [("LC_ALL", "C"), ("LC_CTYPE", "POSIX"), ("LANG", "de_DE.ISO-8859-1")]
        {
            let same = Program.run(words, environment: [name: value])
            #expect(same.out == run.out, "\(name)")
        }
    }

    @Test func localesAreReadInTheirOrder() {
        #expect(isUTF8(locale: "de_DE.UTF-8") && isUTF8(locale: "C.utf8"))
        #expect(isUTF8(locale: "sr_RS.UTF-8@latin"))
        #expect(!isUTF8(locale: "C") && !isUTF8(locale: "de_DE@euro"))
        #expect(!isUTF8(locale: "ja_JP.eucJP"))
        let plain = Program.run(["why", office])
        for environment in [
            ["LC_ALL": "C.UTF-8", "LANG": "C"], ["LC_ALL": "", "LANG": "en_US.utf8"], ["LANG": ""],
        ] {
            #expect(Program.run(["why", office], environment: environment).out == plain.out)
        }
        #expect(plain.text.contains("→"))
    }

    /// Names from a log keep their letters on a screen that has them, and have numbers on one that
    /// has not.
    @Test func foreignNamesHaveNumbers() {
        let log = Array(filterlog(host: "日本", interface: "größe").utf8)
        let run = Program.run(["why", "--ledger", "--ascii"], input: log)
        #expect(run.out.allSatisfy { $0 < 0x80 })
        #expect(run.text.contains("groesse") || run.text.contains("gr"))
        #expect(Program.run(["why", "--ledger"], input: log).text.contains("größe"))
    }
}

@Suite struct PagerTests {
    private let page = ["cause", "late-close", "--color", "never"]
    private let marker = ["PAGER": "sed s/^/PAGED:/"]

    @Test func aLongPageIsPaged() {
        guard Program.hasTerminal else { return }
        let run = Program.onTerminal(page, columns: 80, rows: 24, environment: marker)
        #expect(run.status == 0 && run.lines.count > 24)
        #expect(run.lines.allSatisfy { $0.hasPrefix("PAGED:") })
        let own = marker.merging(["STRAY_PAGER": "sed s/^/OWN:/"]) { $1 }
        let other = Program.onTerminal(page, columns: 80, rows: 24, environment: own)
        #expect(other.lines.allSatisfy { $0.hasPrefix("OWN:") })
    }

    @Test func whatFitsIsNot() {
        guard Program.hasTerminal else { return }
        let run = Program.onTerminal(page, columns: 80, rows: 2000, environment: marker)
        #expect(!run.text.contains("PAGED:") && run.text.contains("late-close"))
        let short = Program.onTerminal(
            page + ["--no-pager"], columns: 80, rows: 24, environment: marker)
        #expect(!short.text.contains("PAGED:"))
        #expect(!Program.run(page, environment: marker).text.contains("PAGED:"))
    }

    /// Without the pager the page is printed as ever.
    @Test(arguments: ["no-such-pager-here", "/", "", "cat"])
    func aMissingPagerIsNoLoss(_ pager: String) {
        guard Program.hasTerminal else { return }
        let plain = Program.onTerminal(page + ["--no-pager"], columns: 80, rows: 24)
        let run = Program.onTerminal(page, columns: 80, rows: 24, environment: ["PAGER": pager])
        #expect(run.status == 0 && run.text.hasSuffix(plain.text))
    }

    /// Who leaves the pager early has seen enough.
    @Test func leavingEarlyIsNoError() {
        guard Program.hasTerminal else { return }
        let run = Program.onTerminal(
            page, columns: 80, rows: 24, environment: ["PAGER": "head -n 1"])
        #expect(run.status == 0 && run.lines.count == 1)
    }

    @Test func theCommandIsChosenByTheVariables() {
        func command(_ variables: [String: String]) -> String? { pagerCommand { variables[$0] } }
        #expect(command([:]) == "less -FRX")
        #expect(command(["PAGER": "more"]) == "more")
        #expect(command(["PAGER": "more", "STRAY_PAGER": "most"]) == "most")
        #expect(command(["PAGER": ""]) == nil && command(["STRAY_PAGER": "cat"]) == nil)
    }
}
