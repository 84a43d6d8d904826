// Reading a line asks for no memory: counted exactly, on the example logs.
//
// Debug builds copy what release builds do not, so the count is asserted in release alone.

import Bytes
import Captures
import Dialects
import Facts
import Foundation
import MallocCounter
import Testing

private func bytes(ofExample name: String) throws -> [UInt8] {
    try bytes(at: "Examples/\(name)")
}

private func bytes(at path: String) throws -> [UInt8] {
    let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let data = try Data(contentsOf: root.appending(path: path))
    return [UInt8](data) + [UInt8](repeating: 0, count: blockPadding)
}

/// Reads a whole log; gives how many lines and entries there were.
@inline(never)
private func read(
    _ log: [UInt8], _ reader: inout LineReader
) -> (lines: Int, entries: Int) {
    let count = log.count - blockPadding
    let span = log.span
    var lines = LineSplitter(span.bytes, from: 0, count: count)
    var entry = Entry()
    var entries = 0
    let before = reader.tally.lines
    while lines.next(startingBefore: count) {
        let line = Line(span.bytes, from: lines.line.start, to: lines.line.end)
        if reader.read(line, into: &entry) { entries += 1 }
    }
    return (reader.tally.lines - before, entries)
}

private var isRelease: Bool {
    var isRelease = true
    assert(
        {
            isRelease = false
            return true
        }())
    return isRelease
}

@Suite struct AllocationTests {
    @Test func theCounterCounts() {
        let before = stray_allocations()
        guard before >= 0 else { return }
        var kept: [[UInt8]] = []
        kept.reserveCapacity(100)
        let start = stray_allocations()
        for number in 0..<100 { kept.append([UInt8](repeating: UInt8(number), count: 100)) }
        #expect(stray_allocations() - start == 100 && kept.count == 100)
    }

    @Test(
        arguments: [
            "office-day.log", "cisco-teardowns.log", "forcepoint-branch.log", "ufw-home-server.log",
            "router-kern.log", "conntrack-events.log",
        ], [true, false])
    func aLineAsksForNoMemory(_ name: String, _ everyField: Bool) throws {
        let log = try bytes(ofExample: name)
        let now = Instant(seconds: 1_795_089_600)
        var reader = LineReader(clock: Clock(zone: .utc, yearRule: .writtenUpTo(now)))
        reader.context.everyField = everyField
        // The first reading keeps the names; there are few, and each is kept once.
        let first = read(log, &reader)
        let before = stray_allocations()
        let second = read(log, &reader)
        let asked = stray_allocations() - before
        #expect(first == second && first.lines > 100)
        guard before >= 0, isRelease else { return }
        #expect(asked == 0, "\(Double(asked) / Double(first.lines)) for each line")
    }

    /// The captures of the fuzz corpus, their packets a thousand times over.
    @Test(arguments: ["pcap", "cooked2", "pflog", "nflog"], [true, false])
    func aPacketAsksForNoMemory(_ name: String, _ asEntry: Bool) throws {
        let seed = try bytes(at: "Fuzz/Corpus/capture/\(name)").dropLast(blockPadding)
        var file = Array(seed.prefix(24))
        for _ in 0..<1000 { file += seed.dropFirst(24) }
        let count = file.count
        file += [UInt8](repeating: 0, count: blockPadding)
        var reader = CaptureReader()
        // Names are made at the first sight of them.
        let head = count / 10
        var offset = 0
        readCapture(file, &reader, &offset, count: head, asEntry)
        let before = stray_allocations()
        readCapture(file, &reader, &offset, count: count, asEntry)
        let asked = stray_allocations() - before
        #expect(reader.tally.entries >= 1000 && reader.tally.rejected == 0)
        guard before >= 0, isRelease else { return }
        #expect(asked == 0, "\(Double(asked) / Double(reader.tally.lines)) for each packet")
    }
}

@inline(never)
private func readCapture(
    _ file: [UInt8], _ reader: inout CaptureReader, _ offset: inout Int, count: Int,
    _ asEntry: Bool
) {
    let span = file.span
    var entry = Entry()
    var packet = Packet()
    guard asEntry else {
        while reader.next(span.bytes, &offset, count: count, isLast: false, into: &packet)
            == .entry
        {}
        return
    }
    while reader.next(span.bytes, &offset, count: count, isLast: false, into: &entry) == .entry {}
}
