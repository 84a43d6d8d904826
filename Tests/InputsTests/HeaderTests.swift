// A header line holds for the rows behind it, in whichever block of the file they are, and a line
// may tell of several connections.

import Dialects
import Facts
import Foundation
import Inputs
import Testing

@Suite struct HeaderTests {
    private static let header =
        "action srcaddr dstaddr srcport dstport protocol start end interface-id\n"

    private func tally(_ text: String, threads: Int) throws -> Tally {
        let path = NSTemporaryDirectory() + "stray-header-\(UUID().uuidString).log"
        try Data(text.utf8).write(to: URL(filePath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        var options = ReadOptions()
        options.threads = threads
        let reports = readOnly([Input(path: Array(path.utf8))], options)
        return try #require(reports.first).tally
    }

    /// Nine megabytes are three blocks.
    @Test func rowsOfLaterBlocksAreReadByTheHeader() throws {
        let row = "REJECT 198.51.100.7 10.0.0.96 443 50211 6 1795075200 1795075254 eni-0aaaabbbb\n"
        let rows = 9_000_000 / row.utf8.count
        let text = Self.header + String(repeating: row, count: rows)
        for threads in [1, 2] {
            let found = try tally(text, threads: threads)
            #expect(found.entries == rows)
            #expect(found.skipped == 1)
        }
    }

    @Test func filesThatWereJoinedHaveTheirHeadersTwice() throws {
        let row = "REJECT 198.51.100.7 10.0.0.96 443 50211 6 1795075200 1795075254 eni-0aaaabbbb\n"
        let rows = 60_000
        let part = Self.header + String(repeating: row, count: rows)
        let found = try tally(part + part, threads: 2)
        #expect(found.entries == 2 * rows)
        #expect(found.skipped == 2)
    }

    @Test func rowsWithoutTheirHeaderAreNoEntries() throws {
        let row = "REJECT 198.51.100.7 10.0.0.96 443 50211 6 1795075200 1795075254 eni-0aaaabbbb\n"
        #expect(try tally(row, threads: 1).entries == 0)
    }

    /// A document of an hour, in one line that is longer than any other line may be.
    @Test func longDocumentsAreRead() throws {
        let tuple = "\"1795082430,198.51.100.7,10.0.0.4,443,50211,T,I,D,B,,,,\""
        let count = 20_000
        let tuples = Array(repeating: tuple, count: count).joined(separator: ",")
        let text =
            "{\"properties\":{\"flows\":[{\"rule\":\"r\",\"flows\":[{\"mac\":\"00005E005301\","
            + "\"flowTuples\":[\(tuples)]}]}]}}\n"
        let found = try tally(text, threads: 1)
        #expect(found.lines == 1)
        #expect(found.entries == count)
        #expect(found.furtherEntries == count - 1)
    }
}
