// The report as a page: what must hold of every page, whatever the log. What it looks like and how it
// is used is tested in a browser: BrowserTests.

import Bytes
import Foundation
import TestSupport
import Testing

/// What people write into names when they want a page to do something.
let pagePayloads: [String] = [
    "</script><script>window.pwned=1</script>", "\"><img src=x onerror=window.pwned=1>",
    "</title></style><svg onload=window.pwned=1>", "javascript:window.pwned=1",
    "' autofocus onfocus='window.pwned=1", "<!--<script>", "]]>", "&lt;b&gt;&#60;",
    "`;reboot;`", "$(reboot)", "\u{202E}gnp.exe", "\u{1B}[31m", "a\u{0}b",
]

/// Lines in which everything that may be a name is the payload, of findings of several kinds.
func hostileLog(_ payload: String, number: Int = 0) -> [UInt8] {
    var lines: [String] = []
    let host = payload.filter { $0 != " " }
    for step in 1...6 {
        let second = number * 10 + step
        lines.append(
            filterlog(
                host: host, rule: payload, interface: payload, source: "10.0.\(number).\(step)",
                second: second))
        lines.append(filterlog(interface: payload, port: 40000 + second, flags: "", second: second))
    }
    lines.append("<134>1 2026-11-19T00:00:09Z fw1 filterlog 1 - - 4,,,\(payload)")
    return Array(lines.joined(separator: "\n").utf8)
}

func pageOf(_ words: [String], input: [UInt8]? = nil) -> String {
    let run = Program.run(["why", "--format", "html", "--tz", "UTC"] + words, input: input)
    #expect([0, 1].contains(run.status), "\(words): \(run.error)")
    return String(validating: run.out, as: UTF8.self) ?? ""
}

/// What stands between two texts, the first such place after `after`.
private func between(_ start: String, _ end: String, in text: String) -> String {
    guard let from = text.range(of: start),
        let to = text.range(of: end, range: from.upperBound..<text.endIndex)
    else { return "" }
    return String(text[from.upperBound..<to.lowerBound])
}

@Suite struct HTMLTests {
    @Test(arguments: Program.readable)
    func nothingIsFetchedAndOnlyItsOwnScriptRuns(_ example: String) {
        let page = pageOf([Program.example(example)])
        #expect(page.hasPrefix("<!DOCTYPE html><html lang=\"en\">"))
        let policy = between("Content-Security-Policy\" content=\"", "\"", in: page)
        #expect(policy.contains("default-src &#39;none&#39;"))
        #expect(!policy.contains("unsafe"))
        let style = between("<style>", "</style>", in: page)
        let script = between("</script><script>", "</script>", in: page)
        for (kind, text) in [("style", style), ("script", script)] {
            #expect(text.count > 1000)
            let digest = base64(sha256(Array(text.utf8)))
            #expect(policy.contains("\(kind)-src &#39;sha256-\(digest)&#39;"))
        }
        let markup = page.replacing(style, with: "").replacing(script, with: "")
        let outward = /src=|href="[^#]|url\(|@import| style=| on[a-z]+=|<link|<base|<img/
        let tags = markup.matches(of: /<[a-z][^>]*>/).map { String($0.output) }
        let bad = tags.filter { $0.contains(outward) }
        #expect(bad.isEmpty)
        #expect(!style.contains("url(") && !style.contains("@import"))
    }

    @Test(arguments: pagePayloads)
    func nothingInALogBecomesMarkup(_ payload: String) {
        let page = pageOf([], input: hostileLog(payload))
        let plain = pageOf([], input: hostileLog("em0"))
        // Every tag of the page is one that a tame log has too.
        func kinds(_ text: String) -> Set<String> {
            Set(text.matches(of: /<\/?([a-z!][a-z0-9-]*)/).map { String($0.output.1) })
        }
        #expect(kinds(page).subtracting(kinds(plain)).isEmpty)
        #expect(page.components(separatedBy: "<script").count == 3)
        #expect(!page.contains("\u{1B}") && !page.contains("\u{202E}") && !page.contains("\0"))
        // It is there to be read, though.
        #expect(holds(page, "id=\"finding-1\""))
    }

    /// A name that would bring a command of its own does not come into a command to copy.
    @Test(arguments: ["`;reboot;`", "$(reboot)", "x;reboot", "-w/etc/passwd", "a b"])
    func noCommandHoldsAHostileName(_ payload: String) {
        let page = pageOf([], input: hostileLog(payload))
        let commands = page.matches(of: /<code class="command">([^<]*)</).map { $0.output.1 }
        #expect(commands.count > 3)
        #expect(!commands.contains { $0.contains("reboot") || $0.contains("etc/passwd") })
        let tame = pageOf([], input: hostileLog("igb7"))
        #expect(tame.contains("igb7"))
    }

    @Test func brokenBytesAreShownAsSuch() {
        var log = Array(filterlog(interface: "em0", flags: "PA").utf8)
        guard let at = log.firstRange(of: Array("em0".utf8)) else { return }
        log.replaceSubrange(at, with: [0xFF, 0xC0, 0x80, 0xED, 0xA0, 0x80])
        let page = pageOf([], input: log)
        #expect(holds(page, "\u{FFFD}"))
    }

    // MARK: The numbers

    @Test(arguments: Program.readable)
    func itsNumbersAreThoseOfTheJSON(_ example: String) throws {
        let path = Program.example(example)
        let page = pageOf([path])
        let document = try Program.run(["why", "--format", "json", "--tz", "UTC", path]).document()
        let data = try JSON(between("id=\"data\">", "</script>", in: page))
        let findings = document["findings"].list
        if findings.isEmpty { #expect(holds(page, "Nothing was blocked.")) }
        for finding in findings {
            let id = try #require(finding["id"].int)
            let row = between("<tr data-id=\"\(id)\"", "</tr>", in: page)
            let packets = between("data-label=\"Packets\" data-sort=\"", "\"", in: row)
            #expect(Int(packets) == finding["count"].int)
            let pairs = data["counts"]["\(id)"].list.compactMap(\.int)
            guard data["bins"].list.count > 1 else { continue }
            var counts = Array(repeating: 0, count: data["bins"].list.count - 1)
            for place in stride(from: 0, to: pairs.count, by: 2) {
                counts[pairs[place]] = pairs[place + 1]
            }
            #expect(counts == finding["exhibit"]["counts"].list.compactMap(\.int))
        }
        for (harm, count) in document["totals"]["byHarm"].members {
            guard let count = count.int, count > 0 else { continue }
            #expect(holds(page, "chip t-\(harm)"))
        }
    }

    @Test func aLogInWhichNothingWasBlockedSaysSo() {
        let line = filterlog(flags: "S").replacing("match,block", with: "match,pass")
        let page = pageOf([], input: Array(line.utf8))
        #expect(holds(page, "<h1 id=\"answer\" tabindex=\"-1\">Nothing was blocked.</h1>"))
        #expect(!holds(page, "<article"))
    }

    @Test func theSameLogGivesTheSamePage() {
        let path = Program.example("office-day.log")
        #expect(pageOf([path]) == pageOf([path, "--threads", "1"]))
    }

    @Test func topLeavesTheSmallerOut() {
        let page = pageOf(["--top", "2", Program.example("office-day.log")])
        #expect(page.components(separatedBy: "<article").count == 3)
        #expect(holds(page, "left out by --top"))
    }

    // MARK: The size

    /// A hundred findings whose names are as long as lines, of letters that take nine bytes each to
    /// show: more than a page has room for.
    @Test func aMonstrousLogMakesNoMonstrousPage() {
        let long = String(repeating: "\u{E0041}", count: 900)
        let flags = ["FA", "PA", "R", "SA", "", "F", "FPU", "A", "SF", "S", "FSRPAU", "RA"]
        var log: [UInt8] = []
        var second = 0
        for host in 0..<40 {
            for (number, flag) in flags.enumerated() {
                for packet in 1...6 {
                    second += 1
                    let line = filterlog(
                        host: "fw\(host)", rule: "\(number)\(long)", interface: "if\(host)\(long)",
                        source: "10.\(host).\(number).\(packet)", port: 1024 + host * 100 + number,
                        flags: flag, second: second)
                    log += line.replacing("203.0.113.9", with: "203.0.113.\(number)").utf8 + [0x0A]
                }
            }
        }
        let folder = Folder()
        let page = pageOf([folder.file(String(long.unicodeScalars.prefix(60)), log)])
        #expect(page.utf8.count < 2_000_000)
        #expect(page.utf8.count > 1_900_000)
        for words in ["</html>\n", "smaller findings have no card", "without drawings and lines"] {
            #expect(holds(page, words), "\(words)")
        }
    }

    /// Said apart, so that a failure does not print the page.
    private func holds(_ page: String, _ words: String) -> Bool { page.contains(words) }
}
