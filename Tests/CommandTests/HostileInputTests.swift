// Input that nobody should write and somebody will: nothing crashes, hangs, grows without bound, or
// is lost without a word.

import Foundation
import TestSupport
import Testing

private let good = filterlog()
private let office = Program.example("office-day.log")

/// The tallies of the first input, after seeing that every line is accounted for.
private func tally(_ run: Run) throws -> [String: Int] {
    let inputs = try run.document()["inputs"].list
    for input in inputs {
        let parts = ["entries", "skipped", "rejected"].map { input[$0].int ?? -1 }
        #expect(input["lines"].int == parts.reduce(0, +), "\(input)")
    }
    return inputs[0].members.compactMapValues(\.int)
}

private func why(_ input: [UInt8]) -> Run {
    Program.run(["why", "--format", "json"], input: input)
}

private func why(_ input: String) -> Run { why(Array(input.utf8)) }

@Suite struct OddLineTests {
    @Test(arguments: ["\n", "\r\n"])
    func lineEndsAndAMissingLastOneChangeNothing(_ end: String) throws {
        let lines = [good, "", "hello", filterlog(second: 2)]
        for last in ["", end] {
            let run = Program.run(
                ["entries"], input: Array((lines.joined(separator: end) + last).utf8))
            #expect(try run.records().map { $0["line"].int } == [1, 4])
            let counts = try tally(why(lines.joined(separator: end) + last))
            #expect(counts["lines"] == 4 && counts["entries"] == 2 && counts["skipped"] == 2)
        }
    }

    @Test func aByteOrderMarkAndBrokenUTF8AreReadOver() throws {
        let marked = [0xEF, 0xBB, 0xBF] + Array(good.utf8)
        #expect(try tally(why(marked))["entries"] == 1)
        let broken = Array(filterlog(interface: "em?").utf8).map { $0 == 0x3F ? 0xFF : $0 }
        let run = Program.run(["entries"], input: broken)
        #expect(try run.records().first?["interface"].text == "em\u{FFFD}")
    }

    @Test(arguments: [65_535, 65_536, 70_000, 4 << 20, (4 << 20) + 1, 9 << 20])
    func aGiantLineIsRejectedAndItsNeighboursAreRead(_ length: Int) throws {
        let giant = [UInt8](repeating: 0x61, count: length)
        let bytes = Array("\(good)\n".utf8) + giant + Array("\n\(filterlog(second: 2))\n".utf8)
        let counts = try tally(why(bytes))
        let isTooLong = length > 65_535
        #expect(counts["lines"] == 3 && counts["entries"] == 2)
        #expect(counts["rejected"] == (isTooLong ? 1 : 0))
        let entries = try Program.run(["entries"], input: bytes).records()
        #expect(entries.map { $0["line"].int } == [1, 3])
        let judged = Program.run(["why", "--entries", "--format", "ndjson"], input: bytes)
        #expect(try judged.records().map { $0["line"].int } == [1, 3])
    }

    @Test func linesAcrossBlocksKeepTheirNumbers() throws {
        // Lines of 4096 bytes and of odd lengths, so that the ends of blocks fall everywhere.
        for length in [4095, 4096, 60_000, 65_535] {
            let filler = String(repeating: "b", count: length - 1) + "\n"
            let count = (9 << 20) / length
            var text = ""
            var expected: [Int] = []
            for number in 0..<count {
                text += filler
                if number % 50 == 0 {
                    text += good + "\n"
                    expected.append(number + number / 50 + 2)
                }
            }
            let entries = try Program.run(["entries"], input: Array(text.utf8)).records()
            #expect(entries.compactMap { $0["line"].int } == expected, "\(length)")
            #expect(try tally(why(text))["lines"] == count + expected.count)
        }
    }

    @Test func everyCutOfAnExampleIsAccountedFor() throws {
        let bytes = contents(office)
        var random = Seeded()
        for _ in 0..<30 {
            let cut = Int.random(in: 1..<bytes.count, using: &random)
            let lines = bytes[..<cut].count { $0 == 0x0A } + (bytes[cut - 1] == 0x0A ? 0 : 1)
            let run = why(Array(bytes[..<cut]))
            if run.status == 3, run.out.isEmpty { continue }
            #expect(try tally(run)["lines"] == lines, "\(cut), \(random)")
        }
    }

    @Test func mutatedExamplesAreAccountedFor() throws {
        var random = Seeded()
        for name in Program.readable {
            var bytes = contents(Program.example(name))
            for _ in 0..<3_000 {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                bytes[place] = UInt8.random(in: 0...255, using: &random)
            }
            let run = why(bytes)
            #expect([0, 1].contains(run.status), "\(name), \(random)")
            let lines = bytes.count { $0 == 0x0A } + (bytes.last == 0x0A ? 0 : 1)
            #expect(try tally(run)["lines"] == lines, "\(name), \(random)")
            let judged = Program.run(["why", "--entries", "--format", "ndjson"], input: bytes)
            let blocked = try run.document()["totals"]["blocked"].int
            let packets = try judged.records().count
            // A folded line stands for several packets.
            let expectsSome = name != "conntrack-events.log"
            #expect(packets <= blocked ?? 0 && (packets > 0) == expectsSome, "\(name), \(random)")
        }
    }
}

@Suite struct NoLogTests {
    /// Nothing recognisable: told, status 3, in a moment.
    private func expectNothing(_ bytes: [UInt8], says word: String = "no firewall entry") {
        for command in ["why", "entries"] {
            let run = Program.run([command], input: bytes)
            #expect(run.status == 3 && run.out.isEmpty && run.seconds < 10)
            #expect(run.error.contains(word), "\(run.error)")
        }
    }

    @Test func randomBytes() {
        var random = Seeded()
        expectNothing((0..<(1 << 20)).map { _ in UInt8.random(in: 0...255, using: &random) })
    }

    @Test func zeroBytes() { expectNothing([UInt8](repeating: 0, count: 10 << 20)) }

    @Test func aHundredMegabytesWithoutALineEnd() {
        expectNothing([UInt8](repeating: 0x61, count: 100_000_000))
    }

    @Test(
        arguments: [
            [0xD4, 0xC3, 0xB2, 0xA1], [0xA1, 0xB2, 0xC3, 0xD4], [0x4D, 0x3C, 0xB2, 0xA1],
            [0xA1, 0xB2, 0x3C, 0x4D], [0x0A, 0x0D, 0x0D, 0x0A],
        ] as [[UInt8]])
    func captures(_ magic: [UInt8]) {
        // Told as captures, and read as such: nothing in them is taken for a log's line.
        expectNothing(magic + [UInt8](repeating: 0, count: 100), says: "capture")
    }

    @Test func nothingAtAll() { expectNothing([], says: "is empty") }
}

@Suite struct DamagedArchiveTests {
    private func packed() throws -> [UInt8]? {
        guard Program.has("gzip") else {
            print("skipped: gzip is not installed")
            return nil
        }
        return Program.shell("gzip -c <'\(office)'").out
    }

    @Test func aCutOneIsReportedAsFarAsItGoes() throws {
        guard let packed = try packed() else { return }
        let folder = Folder()
        let file = folder.file("cut.gz", Array(packed.prefix(packed.count * 3 / 4)))
        let whole = try Program.run(["entries", office]).records().count
        for words in [["entries"], ["why", "--entries", "--format", "ndjson"]] {
            let run = Program.run(words + [file])
            #expect(run.status == 3 && run.error.contains("what came before is reported"))
            let count = try run.records().count
            #expect(count > whole / 4 && count < whole, "\(words)")
        }
        let run = Program.run(["why", "--format", "json", file])
        #expect(run.status == 3 && run.error.hasPrefix("stray: \(file): "))
        #expect(try tally(run)["entries"] ?? 0 > whole / 4)
    }

    @Test func garbageBehindOneIsNoMatter() throws {
        guard let packed = try packed() else { return }
        let run = why(packed + Array("garbage".utf8))
        #expect(try tally(run) == tally(why(contents(office))))
        #expect(try tally(why(packed + packed))["lines"] == 2 * (tally(run)["lines"] ?? 0))
    }

    @Test func flippedBytesNeverCrash() throws {
        guard let packed = try packed() else { return }
        var random = Seeded()
        for _ in 0..<20 {
            var bytes = packed
            bytes[Int.random(in: 10..<bytes.count, using: &random)] ^= 0x55
            #expect([0, 1, 3].contains(why(bytes).status), "\(random)")
        }
    }
}

@Suite(.serialized) struct BoundTests {
    // Limit: the memory that the program may take, whatever comes; its own code is beside it.
    private static let kilobytesMax = 400 * 1024

    /// Runs under a limit of data memory: a program that wants more is stopped by the system.
    private func bounded(_ lines: some Sequence<String>) throws -> JSON {
        let folder = Folder()
        var bytes: [UInt8] = []
        for line in lines {
            bytes.append(contentsOf: line.utf8)
            bytes.append(0x0A)
        }
        let log = folder.file("log", bytes)
        let run = Program.shell(
            "ulimit -d \(Self.kilobytesMax); exec $S why --format json --threads 2 '\(log)'")
        #expect([0, 1].contains(run.status), "\(run.error.suffix(300))")
        // Not a bar: only what hangs takes two minutes.
        #expect(run.seconds < 120)
        _ = try tally(run)
        return try run.document()["totals"]
    }

    @Test func distinctNames() throws {
        let many = 0..<200_000
        #expect(
            try bounded(many.lazy.map { filterlog(interface: "if\($0)", second: $0 / 50) })[
                "strayLines"
            ].int == many.count)
        #expect(
            try bounded(many.lazy.map { filterlog(rule: "r\($0)", second: $0 / 50) })["strayLines"]
                .int
                == many.count)
        #expect(
            try bounded(many.lazy.map { filterlog(host: "h\($0)", second: $0 / 50) })["strayLines"]
                .int
                == many.count)
    }

    @Test func longDistinctNames() throws {
        let padding = String(repeating: "x", count: 5_000)
        let lines = (0..<40_000).lazy.map { filterlog(interface: "\($0)\(padding)") }
        #expect(try bounded(lines)["strayLines"].int == 40_000)
    }

    @Test func tooManyHostsAreToldAsNetworks() {
        let folder = Folder()
        let lines = (0..<70_000).map { number in
            filterlog(
                source: "\(11 + number >> 16).\(number >> 8 & 255).\(number & 255).7",
                port: number % 60_000 + 1000, second: number / 50
            ).replacing(",FA,1,2,513,,", with: ",A,,1,1024,,")
        }
        let run = Program.run(["why", folder.file("log", lines.joined(separator: "\n"))])
        let told = String(decoding: run.out, as: UTF8.self)
        #expect(told.contains("/16 probes") || told.contains("/8 probes"), "\(told.prefix(600))")
    }

    // Three times as many as are kept apart (`Settings.hostsMax`); more would only take longer.
    @Test func moreSourcesThanAreKept() throws {
        let lines = (0..<400_000).lazy.map { number in
            let source = "\(11 + number >> 16).\(number >> 8 & 255).\(number & 255).7"
            return filterlog(source: source, port: number % 60_000 + 1000, second: number / 50)
        }
        #expect(try bounded(lines)["strayLines"].int == 400_000)
    }
}
