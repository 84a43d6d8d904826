// What every fuzz target runs: bytes as lines, through one dialect or all, into the digest.
//
// It must not trap, and every line must be accounted for. Targets are three lines each and differ by
// the dialect; the tests replay their corpus through the same function.

import Bytes
import Dialects
import Evidence
import Facts
import Reports

/// Reads bytes as the lines of a log. Traps when a line is lost, or when an entry cannot be shown
/// safely.
public func fuzzLines(_ raw: UnsafeBufferPointer<UInt8>, only: DialectID?) {
    let bytes = Array(raw) + [UInt8](repeating: 0, count: blockPadding)
    let whole = read(bytes, raw.count, only)
    var out = ByteWriter()
    for entry in whole.entries { out.putFuzzed(entry, whole.names) }
    // Nothing that steers a terminal comes out of an entry.
    precondition(!out.bytes.contains { $0 < 0x20 && $0 != 0x0A && $0 != 0x0D || $0 == 0x7F })
}

private struct Result {
    var entries: [Entry] = []
    var names = Names()
}

private func read(_ bytes: [UInt8], _ count: Int, _ only: DialectID?) -> Result {
    // A fixed moment, so that a crash can be repeated: 19 November 2026, noon.
    let clock = Clock(
        zone: .utc, yearRule: .writtenUpTo(Instant(seconds: 1_795_089_600)))
    var reader = LineReader(clock: clock, only: only)
    var digest = Digest(Settings(), beginsInput: true)
    var result = Result()
    let span = bytes.span
    var lines = LineSplitter(span.bytes, from: 0, count: count)
    var taken = 0
    var entry = Entry()
    while lines.next(startingBefore: count) {
        taken += 1
        let line = Line(span.bytes, from: lines.line.start, to: lines.line.end)
        var isEntry = reader.read(line, into: &entry)
        while isEntry {
            // The first entries are enough to see that they can be printed.
            if result.entries.count < 16 { result.entries.append(entry) }
            digest.add(&entry, line: taken)
            isEntry = reader.readFurther(line, into: &entry)
        }
    }
    let tally = reader.tally
    precondition(tally.lines == taken)
    let ofLines = tally.entries - tally.furtherEntries + tally.skipped + tally.continued
    precondition(ofLines + tally.rejected == taken)
    digest.lines = taken
    digest.finish()
    precondition(digest.entries == tally.entries)
    result.names = reader.context.names
    return result
}

extension ByteWriter {
    mutating func putFuzzed(_ entry: Entry, _ names: Names) {
        let place = Place(number: 1, input: "-", line: 1)
        putEntryHead(entry, at: place, zone: .utc, names: names)
        putIsStray(entry)
        putEntryExtras(entry, names: names)
        put("}\n")
        putEntryRow(entry, at: place, zone: .utc, names: names, nil)
    }
}
