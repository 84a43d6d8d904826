// The checks of `BookTests` can fail: each is given a page that breaks it. And the manual pages are
// read by those that print them.

import Foundation
import Testing
import stray

@Suite struct BookCheckTests {
    private let page = """
        text
        ```console
        $ ./stray flags F
        one
        two
        $ ./stray why \\
            x.log
        ```
        - item

          ```
          stray why a.log | head
          ```
        """

    @Test func blocksAndRunsAreFound() {
        let blocks = fencedBlocks(page)
        #expect(blocks.count == 2 && blocks[0].start == 2)
        #expect(
            blocks[0].runs == [
                ShownRun(command: "./stray flags F", output: ["one", "two"]),
                ShownRun(command: "./stray why \\\n    x.log", output: []),
            ])
        #expect(blocks[1].runs == nil && blocks[1].lines == ["  stray why a.log | head"])
    }

    @Test func anElisionStandsForAnyLines() {
        let printed = ["a", "b", "c", "d"]
        #expect(shows(printed, printed) && !shows(["a", "b"], printed))
        for good in [["a", elision], [elision, "d"], ["a", elision, "c", elision], [elision]] {
            #expect(shows(good, printed), "\(good)")
        }
        for bad in [
            ["b", elision], ["a", elision, "x", elision], ["a", "b", "c", elision, "c", "d"],
        ] {
            #expect(!shows(bad, printed), "\(bad)")
        }
        #expect(reshown(["x"], printed) == printed)
        #expect(reshown(["x", elision, "y"], printed) == ["a", elision, "d"])
        #expect(reshown(["a", elision, "c", elision], printed) == ["a", elision, "c", elision])
        #expect(reshown(["x", elision, "y", elision], printed) == nil)
    }

    @Test func callsAreFound() {
        #expect(
            strayCalls("cat 'a b' | ./stray why --port 443 > out # | stray x")
                == [["why", "--port", "443"]])
        #expect(strayCalls("stray replay x|stray why") == [["replay", "x"], ["why"]])
        #expect(strayCalls("stray explain 'a | b'") == [["explain", "a | b"]])
        #expect(strayCalls("make stray") == [])
        #expect(isPlaceholder("FILE") && isPlaceholder("NODE=FILE") && isPlaceholder("…"))
        #expect(!isPlaceholder("why") && !isPlaceholder("F") && !isPlaceholder("a=b"))
    }

    @Test func linksAndAnchorsAreFound() {
        let text = "# A `b` c?\n[x](y.md#z) `[no](n.md)`\n```\n[no](n.md)\n# no\n```\n## A b c\n"
        #expect(links(text) == ["y.md#z"])
        #expect(anchors(text) == ["a-b-c", "a-b-c-1"])
        #expect(target("https://example.org/", from: "a.md") == nil)
        let beside = target("../x.md#y", from: "docs/causes/a.md")
        #expect(beside?.path == "docs/x.md" && beside?.anchor == "y")
        #expect(target("#here", from: "docs/a.md")?.path == "docs/a.md")
    }
}

@Suite struct ManualTests {
    private static let pages = BookPage.inDocs(".1")

    @Test func thereIsOneOfEachCommand() {
        #expect(Self.pages.count == CommandName.allCases.count + 1)
    }

    @Test(.enabled(if: Program.has("mandoc"), "mandoc is not installed"), arguments: pages)
    func mandocFindsNothing(_ page: BookPage) {
        let run = Program.execute(
            "/usr/bin/mandoc", ["-Tlint", "-Wwarning", page.file.path], input: nil,
            environment: [:], seconds: 60)
        // A page has the version and no date, on purpose.
        let found = run.lines.filter { !$0.contains("missing date") }
        #expect(found.isEmpty && run.error.isEmpty)
        #expect(run.lines.count == 1)
    }

    @Test(.enabled(if: Program.has("groff"), "groff is not installed"), arguments: pages)
    func groffFindsNothing(_ page: BookPage) {
        let run = Program.execute(
            "/usr/bin/groff",
            ["-ww", "-man", "-K", "utf8", "-T", "utf8", "-P", "-cbou", page.file.path],
            input: nil, environment: [:], seconds: 60)
        #expect(run.status == 0 && run.error.isEmpty)
        #expect(run.text.contains("SEE ALSO"))
    }

    /// Whatever a table says, no line of it becomes a request of roff.
    @Test func everySectionIsThere() throws {
        for page in Self.pages {
            let text = try page.read()
            for section in [
                "NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXIT STATUS", "EXAMPLES", "SEE ALSO",
            ] {
                #expect(text.contains(".SH \"\(section)\"\n"), "\(page.path): \(section)")
            }
            for line in bookLines(text) where line.hasPrefix("'") || line.hasPrefix(".") {
                let known =
                    line.contains(/^\.(\\"|TH|SH|PP|TP|IP|EX|EE|in|B|BR|I)\b/)
                    || line.hasPrefix(".\\\"")
                #expect(known, "\(page.path): \(line)")
            }
        }
    }
}
