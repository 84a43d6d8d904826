// Whole logs and what comes of each line. Read `SampleTests` first.
//
// `GOLDEN_UPDATE=1 swift test` writes the answers anew; the difference is for reading.

import Bytes
import Dialects
import Facts
import Foundation
import Reports
import Testing

/// A log under Tests/Golden/dialects, named as `netfilter/protocols`.
struct GoldenLog: Sendable, CustomTestStringConvertible {
    var name: String
    var testDescription: String { name }
    var log: URL { goldenRoot.appending(path: name + ".log") }
    var answer: URL { goldenRoot.appending(path: name + ".out") }
}

private let goldenRoot = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Golden/dialects")

private let goldenLogs: [GoldenLog] = names(in: goldenRoot).flatMap { directory in
    names(in: goldenRoot.appending(path: directory)).filter { $0.hasSuffix(".log") }.map {
        GoldenLog(name: "\(directory)/\($0.dropLast(4))")
    }
}

@Suite struct GoldenTests {
    @Test func thereAreLogs() {
        #expect(!goldenLogs.isEmpty)
    }

    @Test(arguments: goldenLogs)
    func logBecomesItsEntries(_ golden: GoldenLog) throws {
        let found = entries(of: Array(try Data(contentsOf: golden.log)))
        if ProcessInfo.processInfo.environment["GOLDEN_UPDATE"] == "1" {
            try Data(found.utf8).write(to: golden.answer)
            return
        }
        let wanted = String(decoding: try Data(contentsOf: golden.answer), as: UTF8.self)
        let foundLines = found.split(separator: "\n", omittingEmptySubsequences: false)
        let wantedLines = wanted.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(foundLines.count == wantedLines.count)
        for (one, other) in zip(foundLines, wantedLines) { #expect(one == other) }
    }

    @Test(arguments: allDialects.map(\.id.name.description))
    func everyDialectHasLogs(_ name: String) {
        #expect(goldenLogs.contains { $0.name.hasPrefix(name + "/") })
    }
}

/// What `LineReader` makes of a log: a line for each entry and one for the tally.
private func entries(of log: [UInt8]) -> String {
    var reader = LineReader(clock: testClock)
    var writer = ByteWriter()
    for line in log.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast() {
        PaddedText(Array(line)).withLine { line in
            var entry = Entry()
            var isEntry = reader.read(line, into: &entry)
            while isEntry {
                writer.put("{\"line\":")
                writer.put(reader.tally.lines)
                writer.put(",\"time\":")
                writer.putTime(entry.time, .utc)
                writer.put(",")
                writer.putEntryFacts(entry, names: reader.context.names)
                writer.putEntryExtras(entry, names: reader.context.names)
                writer.put("}\n")
                isEntry = reader.readFurther(line, into: &entry)
            }
        }
    }
    let tally = reader.tally
    writer.put("{\"lines\":\(tally.lines),\"entries\":\(tally.entries)")
    writer.put(",\"skipped\":\(tally.skipped),\"rejected\":\(tally.rejected)}\n")
    return writer.text
}

private func names(in directory: URL) -> [String] {
    let found = try? FileManager.default.contentsOfDirectory(
        atPath: directory.path(percentEncoded: false))
    return (found ?? []).sorted()
}
