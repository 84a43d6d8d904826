// Runs the reader over a whole capture, in windows as large as a test asks for.

import Bytes
import Captures
import Dialects
import Facts
import Testing

struct Reading {
    var entries: [Entry] = []
    var numbers: [Int] = []
    var reader = CaptureReader()
    var tally: (packets: Int, entries: Int, others: Int, rejected: Int) {
        let tally = reader.tally
        return (tally.lines, tally.entries, tally.skipped, tally.rejected)
    }
    func name(_ name: Name) -> String { reader.names.text(name) }

    /// Reads a capture that comes in pieces of `step` bytes.
    init(_ file: [UInt8], step: Int = .max) {
        var window: [UInt8] = []
        var taken = 0
        var offset = 0
        var entry = Entry()
        while true {
            let block = window + [UInt8](repeating: 0, count: blockPadding)
            switch reader.next(
                block.span.bytes, &offset, count: window.count, isLast: taken == file.count,
                into: &entry)
            {
            case .entry:
                entries.append(entry)
                numbers.append(reader.tally.lines)
            case .needsMore:
                window.removeFirst(offset)
                offset = 0
                let more = min(step, file.count - taken)
                window += file[taken..<(taken + more)]
                taken += more
            case .end: return
            }
        }
    }
}
