// `--rules FILE`: the rule that was meant, quoted with its line, and why it did not pass the
// packet.

import Facts
import Foundation
import TestSupport
import Testing

private let pfSense = Program.root.path + "/Tests/Golden/policy/pfsense.rules"

/// A line for a rule of the golden pfSense file, whose LAN is igb1 and whose servers' network is
/// igb2.
private func line(
    _ source: String, _ target: String, _ flags: String, on interface: String = "igb1",
    rule: String = "1000000103", ports: (Int, Int) = (50123, 443)
) -> String {
    "<134>1 2026-11-19T08:15:01.000000+00:00 fw1 filterlog 1 - - 4,,,\(rule),\(interface),match,"
        + "block,in,4,0x0,,64,1,0,DF,6,tcp,40,\(source),\(target),\(ports.0),\(ports.1),0,\(flags),"
        + "1,2,513,,\n"
}

private typealias Expected = (line: Int, would: String, because: String)

private let cases: [(log: String, rules: [Expected])] = [
    (
        line("10.10.0.20", "203.0.113.9", "FA"),
        [(116, "pass-opening", "flags S/SA, which pf adds"), (69, "block", "1000000103")]
    ),
    (
        line("10.20.0.5", "10.10.0.20", "SA", on: "igb2", ports: (443, 50123)),
        [(114, "pass-other-end", "10.10.0.20 to 10.20.0.5:443"), (69, "block", "1000000103")]
    ),
    (
        line("10.10.0.20", "203.0.113.9", "S", rule: "1700000003", ports: (50123, 25)),
        [(116, "pass-but-for", "line 112 stands before it"), (112, "block", "1700000003")]
    ),
    (
        line("192.0.2.77", "10.20.0.6", "S", on: "igb0", ports: (50123, 22)),
        [(111, "nearly-pass", "its source does not hold 192.0.2.77"), (69, "block", "1000000103")]
    ),
    (
        line("10.10.0.44", "10.20.0.5", "S", on: "igb2"),
        [
            (114, "nearly-pass", "it stands on igb1, and the packet came in by igb2"),
            (69, "block", "1000000103"),
        ]
    ),
]

@Suite struct RulesTests {
    @Test(arguments: 0..<cases.count)
    func theRuleThatWasMeantIsNamed(_ index: Int) throws {
        let one = cases[index]
        let run = Program.run(
            ["why", "--rules", pfSense, "--format", "json"], input: Array(one.log.utf8))
        let document = try run.document()
        #expect(try Program.schema("findings").problems(document) == [])
        let finding = try #require(document["findings"].list.first)
        let rules = finding["rules"].list
        #expect(rules.count == one.rules.count)
        for (told, expected) in zip(rules, one.rules) {
            #expect(told["line"].int == expected.line)
            #expect(told["would"].text == expected.would)
            #expect(told["because"].text?.contains(expected.because) ?? false, "\(told)")
            #expect(told["text"].text?.isEmpty == false)
        }
    }

    @Test func textQuotesTheRule() {
        let run = Program.run(["why", "--rules", pfSense], input: Array(cases[0].log.utf8))
        #expect(run.text.contains("your rule: "))
        #expect(run.text.contains("pfsense.rules:116"))
        #expect(run.text.contains("rule that blocked: "))
    }

    @Test func explainAsksTheRulesToo() throws {
        let words = ["explain", "--rules", pfSense, cases[0].log]
        #expect(Program.run(words).text.contains("pfsense.rules:116"))
        let document = try Program.run(words + ["--format", "json"]).document()
        #expect(try Program.schema("explain").problems(document) == [])
        #expect(document["lines"].list.first?["rules"].list.first?["line"].int == 116)
    }

    @Test func withoutRulesNothingIsSaidOfThem() throws {
        let run = Program.run(["why", "--format", "json"], input: Array(cases[0].log.utf8))
        #expect(try run.document()["findings"].list.first?["rules"] == .null)
    }

    @Test func whatTheFileDoesNotTellCanBeGiven() throws {
        let folder = Folder()
        let file = folder.file("pf.conf", "block all\npass in on igb1 from (igb1:network)\n")
        func rules(_ more: [String]) throws -> [String] {
            let words = ["why", "--rules", file, "--format", "json"] + more
            let log = line("10.10.0.20", "203.0.113.9", "S", rule: "0")
            let run = Program.run(words, input: Array(log.utf8))
            return try run.document()["findings"].list.first?["rules"].list
                .compactMap { $0["would"].text } ?? []
        }
        #expect(try rules([]) == ["nearly-pass", "block"] || rules([]) == ["block"])
        #expect(try rules(["--set", "interface.igb1=10.10.0.1/24"]) == ["pass"])
    }

    @Test func badFilesAndValuesAreRefused() {
        let folder = Folder()
        let log = folder.file("log", cases[0].log)
        let none = Program.run(["why", log, "--rules", folder.file("none", "hello\n")])
        #expect(none.status == 3)
        #expect(none.error.contains(":1:1: `hello`: no rule is understood; give pf.conf"))
        #expect(Program.run(["why", log, "--rules", "/nowhere"]).status == 3)
        let alone = Program.run(["why", log, "--set", "interface.em0=192.0.2.1/24"])
        #expect(alone.status == 2)
        #expect(alone.error.contains("add --rules FILE"))
        for value in ["interface.em0=x", "interface.em0=192.0.2.1", "table.a=", "table.a=x"] {
            let run = Program.run(["why", log, "--rules", pfSense, "--set", value])
            #expect(run.status == 2, "\(value)")
        }
        let partly = folder.file("part", "block all\npass bogus\n")
        let warned = Program.run(["why", log, "--rules", partly])
        #expect(warned.error.contains("part:2:6: `bogus`"))
        #expect(warned.error.contains("expected"))
    }

    @Test func ruleTextReachesNoTerminalAsItIs() {
        let folder = Folder()
        let file = folder.file("pf.conf", "block all\npass in label \"\u{1B}[31mred\"\n")
        let run = Program.run(["why", "--rules", file], input: Array(cases[0].log.utf8))
        #expect(run.text.contains("red"))
        #expect(!run.out.contains(0x1B))
    }
}
