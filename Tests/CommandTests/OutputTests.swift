// Every JSON and NDJSON output fits its schema, and says the same wherever it says a thing twice.

import Foundation
import TestSupport
import Testing

private func expectFits(_ value: JSON, _ schema: JSONSchema, _ what: String) {
    let problems = schema.problems(value)
    #expect(problems.isEmpty, "\(what): \(problems.prefix(5))")
}

@Suite struct OutputSchemaTests {
    @Test func schemasAreTold() throws {
        for name in ["findings", "entry", "explain", "causes", "dialects"] {
            // A schema that allows anything would make every other test pass.
            #expect(!(try Program.schema(name).problems(.object([:]))).isEmpty, "\(name)")
        }
    }

    @Test func findingsFit() throws {
        let schema = try Program.schema("findings")
        for name in Program.readable {
            let path = Program.example(name)
            expectFits(try Program.run(["why", "--format", "json", path]).document(), schema, name)
            let lines = try Program.run(["why", "--format", "ndjson", path]).records()
            #expect(lines.first?["type"].text == "input" && lines.last?["type"].text == "totals")
            for line in lines { expectFits(line, schema, name) }
        }
    }

    @Test func entriesFit() throws {
        let schema = try Program.schema("entry")
        for name in Program.readable {
            let path = Program.example(name)
            for words in [["entries"], ["why", "--entries", "--format", "ndjson"]] {
                let records = try Program.run(words + [path]).records()
                // conntrack's events tell of nothing blocked.
                #expect(!records.isEmpty || name == "conntrack-events.log")
                for record in records { expectFits(record, schema, name) }
            }
        }
    }

    @Test func explanationsFit() throws {
        let schema = try Program.schema("explain")
        for name in Program.readable {
            let lines = String(decoding: contents(Program.example(name)), as: UTF8.self)
                .split(separator: "\n").prefix(100).map(String.init)
            let run = Program.run(["explain", "--format", "json", "--"] + lines)
            expectFits(try run.document(), schema, name)
        }
        let odd = Program.run(["explain", "--format", "json", "hello"])
        expectFits(try odd.document(), schema, "hello")
    }

    @Test func causesAndDialectsFit() throws {
        let causes = try Program.schema("causes")
        let list = try Program.run(["cause", "--format", "json"]).document()
        expectFits(list, causes, "cause")
        for cause in list["causes"].list.compactMap(\.["id"].text) {
            let page = try Program.run(["cause", "--format", "json", cause]).document()
            expectFits(page, causes, cause)
            #expect(page["causes"].list.first?["whatHappened"].text != nil)
        }
        let dialects = try Program.schema("dialects")
        expectFits(try Program.run(["dialects", "--format", "json"]).document(), dialects, "all")
    }

    @Test func hostileInputFitsToo() throws {
        let lines = (0..<50).map { filterlog(rule: "r\u{1B}\u{202E}<b>\($0)", second: $0) }
        let log = Array(
            (lines + ["<134>1 - - filterlog - - - 4,,,\u{1}"]).joined(separator: "\n").utf8)
        let why = try Program.run(["why", "--format", "json"], input: log).document()
        expectFits(why, try Program.schema("findings"), "why")
        for record in try Program.run(["entries"], input: log).records() {
            expectFits(record, try Program.schema("entry"), "entries")
        }
    }
}

@Suite struct AgreementTests {
    /// `all` is every example at once.
    private static let runs = Program.readable.map { [$0] } + [Program.readable]

    @Test(arguments: runs)
    func countsAddUpAndNumbersLeadSomewhere(_ names: [String]) throws {
        let paths = names.map(Program.example)
        let why = try Program.run(["why", "--format", "json"] + paths).document()
        let entries = try Program.run(["entries"] + paths).records()
        let judged = try Program.run(["why", "--entries", "--format", "ndjson"] + paths).records()
        #expect(entries.map { $0["n"].int } == Array(1...entries.count))
        let total = why["inputs"].list.reduce(0) { $0 + ($1["entries"].int ?? 0) }
        #expect(total == entries.count)
        for input in why["inputs"].list {
            let parts = ["entries", "skipped", "rejected"].map { input[$0].int ?? -1 }
            #expect(input["lines"].int == parts.reduce(0, +))
            #expect(input["rejected"].int ?? 0 >= input["rejectedSamples"].list.count)
        }
        let findings = why["findings"].list
        let totals = why["totals"]
        let count = findings.reduce(0) { $0 + ($1["count"].int ?? 0) }
        // One packet that several lines tell of is counted once.
        let again = (totals["strayLines"].int ?? 0) - (totals["strays"].int ?? 0)
        #expect(count + again == totals["blocked"].int)
        for (key, member) in [("byCause", "cause"), ("byHarm", "harm")] {
            for (name, value) in totals[key].members {
                let of = findings.filter { $0[member].text == name }
                    .reduce(0) { $0 + ($1["count"].int ?? 0) }
                #expect(of == value.int, "\(name)")
            }
        }
        for finding in findings {
            let named = finding["ledger"].list.flatMap { $0["entries"].list }
            for number in (named + finding["examples"].list).compactMap(\.int) {
                #expect(entries.indices.contains(number - 1), "\(finding["id"]): \(number)")
            }
            // An example is one of the finding's own entries.
            for number in finding["examples"].list.compactMap(\.int) {
                let entry = judged.first { $0["n"].int == number }
                #expect(entry?["finding"] == finding["id"], "\(finding["id"]): \(number)")
            }
        }
        try expectJudgementsAgree(judged, findings)
    }

    /// Each judged entry carries the cause of the finding it names.
    private func expectJudgementsAgree(_ judged: [JSON], _ findings: [JSON]) throws {
        var told: [Int: Int] = [:]
        for entry in judged {
            guard let id = entry["finding"].int else {
                Issue.record("no finding: \(entry)")
                continue
            }
            told[id, default: 0] += 1
            let finding = findings.first { $0["id"].int == id }
            #expect(finding?["cause"] == entry["cause"], "\(entry)")
        }
        for finding in findings {
            #expect(told[finding["id"].int ?? 0] == finding["lines"].int, "\(finding["id"])")
        }
    }
}
