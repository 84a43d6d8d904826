// What a log's text could do to those who open the output: nothing, in Markdown, in a spreadsheet, in
// rules, in a document. `EscapeTests` holds that no control character comes out of any format.

import Foundation
import Policy
import TestSupport
import Testing

/// Names that would be markup, mentions, formulas, or rules, if they came out as they went in.
private let payloads = [
    "<img src=x onerror=alert(1)>", "](javascript:alert(1))", "![x](http://evil.example/p.png)",
    "@everyone", "#1", "a|b|c", "`code`", "``", "```", "\\|", "*bold*_it_", "http://evil.example",
    "www.evil.example", "<!--", "$(id)", "$x^2$", ":100:", "&lt;b&gt;", "=HYPERLINK(\"http://x\")",
    "@SUM(1+1)", "+1", "-2+3", "＝1+1", ";=1", "em0\" accept; drop comment \"", "em0 # x",
    "em0 }", "em0;pass", "{em0", "any", "!em0", "$macro", "-j ACCEPT", "em0\\", "lo0 to any",
]

/// A log with an opening, its end and late packets, so that the finding is harmless and would get
/// rules; with the payload as interface, host and rule.
private func harmlessLog(_ name: String) -> [UInt8] {
    var lines: [String] = []
    for number in 0..<12 {
        let port = 50000 + number
        let start = 60 * number
        for (second, action, flags) in [(0, "pass", "S"), (1, "block", "FA"), (2, "block", "FA")] {
            lines.append(
                filterlog(
                    host: "fw1", rule: "5", interface: "IFACE", port: port, flags: flags,
                    second: start + second
                ).replacing("match,block", with: "match,\(action)"))
        }
    }
    return Array(lines.joined(separator: "\n").replacing("IFACE", with: name).utf8)
}

/// Markdown without its code spans and fences, by CommonMark 0.31 §6.1.
private func outsideCode(_ line: Substring) -> String {
    var out = ""
    var rest = line
    while let tick = rest.firstIndex(of: "`") {
        out += rest[..<tick]
        let run = rest[tick...].prefix { $0 == "`" }
        rest = rest[run.endIndex...]
        var search = rest
        var end: Substring.Index?
        while let next = search.firstIndex(of: "`") {
            let other = search[next...].prefix { $0 == "`" }
            if other.count == run.count {
                end = next
                rest = rest[other.endIndex...]
                break
            }
            search = search[other.endIndex...]
        }
        // A run without its other half is text.
        out += end == nil ? String(run) : "C"
    }
    return out + rest
}

@Suite struct InjectionTests {
    @Test func theStripperKnowsCode() {
        #expect(outsideCode("a `b` c ``d ` e`` f") == "a C c C f")
        #expect(outsideCode("a ` b") == "a ` b")
    }

    @Test(arguments: payloads)
    func markdownHasNoMarkupOfALogs(_ payload: String) throws {
        for log in [
            harmlessLog(payload),
            Array(filterlog(host: payload.filter { $0 != " " }, rule: payload).utf8),
        ] {
            let run = Program.run(["why", "--format", "markdown"], input: log)
            #expect([0, 1].contains(run.status))
            var cells = 0
            for line in run.lines {
                // The only markup is Stray's own.
                let text = outsideCode(line).replacing("\\>", with: "")
                for sign in [
                    "<", "@", "](", "![", "http:", "www.", "javascript", "$(", ":100:", "\\",
                ]
                where text.contains(sign) {
                    Issue.record("\(sign) in \(line)")
                }
                // Tables: bars part cells in code too.
                guard line.hasPrefix("|") else { continue }
                let bars = line.filter { $0 == "|" }.count
                if cells == 0 { cells = bars }
                #expect(bars == cells, "\(line)")
            }
            #expect(cells == 8)
        }
    }

    /// The logs of all payloads behind each other.
    private let all = Array(payloads.map { harmlessLog($0) }.joined(separator: [0x0A]))

    @Test func noCellIsAFormula() {
        for words in [["why"], ["why", "--entries"], ["entries"]] {
            let run = Program.run(words + ["--format", "csv"], input: all)
            let rows = cells(run.text)
            #expect(rows.count > 1 && Set(rows.map(\.count)).count == 1, "\(words)")
            for cell in rows.flatMap({ $0 }) {
                let first = cell.unicodeScalars.first { !$0.properties.isWhitespace }
                let isFormula = first.map { "=+-@＝＋－＠".unicodeScalars.contains($0) } ?? false
                #expect(!isFormula, "\(cell)")
            }
        }
    }

    /// Rules are made for names that need no quotes, and for no others.
    @Test(arguments: ["pf", "nft", "iptables"])
    func rulesHoldNothingOfALogs(_ form: String) {
        let run = Program.run(["why", "--emit", form], input: all)
        #expect(run.text.contains("whose name cannot stand in a rule"))
        for line in run.lines where !line.hasPrefix("#") {
            // `any` is a name like others to nft and iptables, and all that is to pf.
            for payload in payloads where payload != "any" || form == "pf" {
                #expect(!line.contains(payload), "\(line)")
            }
        }
        guard form == "pf" else { return }
        let rules = PolicyRules(parsing: run.out)
        #expect(rules.rules.allSatisfy { $0.action == .drop } && rules.notes.isEmpty)
    }

    /// The same log with a good name does give rules: else the test above would show nothing.
    @Test func aGoodNameGetsRules() throws {
        for form in ["pf", "nft", "iptables"] {
            let run = Program.run(["why", "--emit", form], input: harmlessLog("em0"))
            #expect(run.lines.contains { !$0.hasPrefix("#") && $0.contains("em0") }, "\(run.text)")
        }
    }

    /// A comment is one line, whatever a node is called.
    @Test func commentsEndWithTheirLine() {
        var log = harmlessLog("em0")
        log +=
            [0x0A]
            + Array(
                String(decoding: log, as: UTF8.self)
                    .replacing("fw1", with: "x\\").replacing("10.0.0.5", with: "10.0.0.6").utf8)
        let run = Program.run(["why", "--emit", "pf"], input: log)
        for line in run.lines where line.hasPrefix("#") {
            #expect(!line.hasSuffix("\\"), "\(line)")
        }
    }

    @Test(arguments: ["ecs", "ocsf"])
    func documentsKeepTheirShape(_ format: String) throws {
        let schema = try Program.schema(format)
        let escapes = ["\u{1B}[31m", "\u{202E}x", "a\u{0}b", "\u{85}"].map { harmlessLog($0) }
        let log = all + [0x0A] + escapes.joined(separator: [0x0A])
        for words in [["why"], ["why", "--entries"], ["entries"]] {
            let records = try Program.run(words + ["--format", format], input: log).records()
            #expect(!records.isEmpty)
            for record in records {
                #expect(schema.problems(record).isEmpty, "\(schema.problems(record))")
            }
        }
    }

    @Test(arguments: ["markdown", "csv", "ecs", "ocsf"])
    func brokenUTF8StaysOut(_ format: String) throws {
        let log = harmlessLog("e\u{1}m").map { $0 == 1 ? UInt8(0xFF) : $0 }
        for words in [["why"], ["why", "--entries"], ["entries"]] {
            let run = Program.run(words + ["--format", format], input: log)
            #expect(String(validating: run.out, as: UTF8.self) != nil)
        }
    }
}
