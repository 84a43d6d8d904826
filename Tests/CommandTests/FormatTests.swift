// One log in every format, word for word; and what each format promises: schemas, cells, counts.
//
// After a wanted change: GOLDEN_UPDATE=1 ./stray-test --filter FormatTests

import Foundation
import TestSupport
import Testing

struct FormatRun: Sendable, CustomTestStringConvertible {
    var file: String
    var words: [String]
    /// Nil: not on a terminal.
    var columns: Int?
    var testDescription: String { file }
}

private let why = ["why", "--no-progress", "--tz", "UTC"]
// As somebody in the checkout names it: where the checkout lies would move the lines' ends.
private let office = "Examples/office-day.log"

private let formatRuns: [FormatRun] = [
    FormatRun(file: "office-day.md", words: why + ["--format", "markdown", "--top", "6", office]),
    FormatRun(file: "office-day.csv", words: why + ["--format", "csv", office]),
    FormatRun(file: "office-day.ecs", words: why + ["--format", "ecs", "--top", "4", office]),
    FormatRun(file: "office-day.ocsf", words: why + ["--format", "ocsf", "--top", "4", office]),
    FormatRun(file: "office-day.pf", words: why + ["--emit", "pf", office]),
    FormatRun(file: "office-day.nft", words: why + ["--emit", "nft", office]),
    FormatRun(file: "office-day.iptables", words: why + ["--emit", "iptables", office]),
    FormatRun(
        file: "office-day-entries.csv",
        words: why + ["--entries", "--format", "csv", "--since", "2026-11-19T17:00", office]),
    FormatRun(
        file: "office-day-entries.ecs",
        words: why + ["--entries", "--format", "ecs", "--since", "2026-11-19T17:03", office]),
    FormatRun(
        file: "office-day-entries.ocsf",
        words: why + ["--entries", "--format", "ocsf", "--since", "2026-11-19T17:03", office]),
    FormatRun(file: "office-day-60.txt", words: why + ["--color", "never", office], columns: 60),
    FormatRun(file: "office-day-80.txt", words: why + ["--color", "never", office], columns: 80),
    FormatRun(file: "office-day-120.txt", words: why + ["--color", "never", office], columns: 120),
    FormatRun(file: "office-day-200.txt", words: why + ["--color", "never", office], columns: 200),
    FormatRun(
        file: "office-day-ascii-80.txt", words: why + ["--color", "never", "--ascii", office],
        columns: 80),
    FormatRun(
        file: "office-day-ledger-100.txt",
        words: why + ["--color", "never", "--ledger", "--top", "4", office], columns: 100),
    FormatRun(
        file: "office-day-ledger-ascii-60.txt",
        words: why + ["--color", "never", "--ledger", "--ascii", "--top", "2", office], columns: 60),
]

private let folder = Program.root.appending(path: "Tests/Golden/formats")

@Suite struct FormatGoldenTests {
    @Test(arguments: formatRuns)
    func whatIsPrintedIsWhatWas(_ golden: FormatRun) throws {
        let run: Run
        if let columns = golden.columns {
            guard Program.hasTerminal else { return }
            run = Program.onTerminal(golden.words, columns: columns)
        } else {
            run = Program.run(golden.words)
            #expect(run.error.isEmpty)
        }
        #expect(run.status == 1)
        let found = run.text
            .replacing("Made by stray \(run.madeBy)", with: "Made by stray VERSION")
        let answer = folder.appending(path: golden.file)
        if ProcessInfo.processInfo.environment["GOLDEN_UPDATE"] != nil {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(found.utf8).write(to: answer)
            return
        }
        #expect(found == String(decoding: try Data(contentsOf: answer), as: UTF8.self))
    }

    @Test func everyAnswerIsAsked() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(Set(files) == Set(formatRuns.map(\.file)))
    }
}

extension Run {
    /// The version that a file of rules names.
    fileprivate var madeBy: String {
        text.firstMatch(of: /Made by stray ([0-9.a-z-]+)/).map { String($0.1) } ?? "?"
    }
}

// MARK: - What formats promise

@Suite struct DocumentTests {
    @Test(arguments: ["ecs", "ocsf"])
    func documentsFitTheirSchema(_ format: String) throws {
        let schema = try Program.schema(format)
        #expect(!schema.problems(.object([:])).isEmpty)
        for name in Program.readable {
            for words in [["why"], ["why", "--entries"], ["entries"]] {
                let run = Program.run(words + ["--format", format, Program.example(name)])
                for (place, record) in try run.records().enumerated() {
                    let problems = schema.problems(record)
                    #expect(problems.isEmpty, "\(name) \(words) \(place): \(problems.prefix(3))")
                    if !problems.isEmpty { break }
                }
            }
        }
    }

    /// The same findings and entries as in Stray's own form.
    @Test func documentsTellTheSame() throws {
        for name in Program.readable {
            let path = Program.example(name)
            let own = try Program.run(["why", "--format", "json", path]).document()["findings"].list
            let ecs = try Program.run(["why", "--format", "ecs", path]).records()
            let ocsf = try Program.run(["why", "--format", "ocsf", path]).records()
            #expect(ecs.count == own.count && ocsf.count == own.count)
            for place in own.indices where place < min(ecs.count, ocsf.count) {
                for key in ["cause", "harm", "count", "confidence", "subject"] {
                    #expect(ecs[place]["stray"][key] == own[place][key])
                    #expect(ocsf[place]["unmapped"]["stray"][key] == own[place][key])
                }
            }
            let entries = try Program.run(["why", "--entries", path]).records()
            let documents = try Program.run(["why", "--entries", "--format", "ecs", path]).records()
            #expect(entries.map { $0["n"] } == documents.map { $0["event"]["sequence"] })
            #expect(entries.map { $0["time"] } == documents.map { $0["@timestamp"] })
            #expect(
                entries.compactMap { $0["cause"].text }
                    == documents.compactMap { $0["stray"]["cause"].text })
        }
    }

    /// Every row has every cell, in tables of entries and of findings.
    @Test func rowsHaveTheSameCells() {
        for name in Program.readable {
            for words in [["why"], ["why", "--entries"], ["entries"]] {
                let run = Program.run(words + ["--format", "csv", Program.example(name)])
                let rows = cells(run.text)
                #expect(Set(rows.map(\.count)).count == 1, "\(name) \(words)")
            }
        }
    }

    @Test func entriesHaveNoFormOfAReport() {
        for format in ["text", "markdown", "json"] {
            let run = Program.run(["why", "--entries", "--format", format, office])
            #expect(run.status == 2 && run.error.contains("ndjson, csv, ecs, ocsf"))
        }
    }
}

/// CSV as RFC 4180 has it.
func cells(_ text: String) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var cell = ""
    var isQuoted = false
    var scalars = Array(text.unicodeScalars)[...]
    while let next = scalars.popFirst() {
        switch next {
        case "\"" where isQuoted && scalars.first == "\"":
            cell.unicodeScalars.append(next)
            scalars.removeFirst()
        case "\"": isQuoted.toggle()
        case "," where !isQuoted:
            row.append(cell)
            cell = ""
        case "\r" where !isQuoted && scalars.first == "\n":
            scalars.removeFirst()
            rows.append(row + [cell])
            row = []
            cell = ""
        default: cell.unicodeScalars.append(next)
        }
    }
    return rows
}
