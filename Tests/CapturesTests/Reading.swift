// Runs the reader over a whole capture, in windows as large as a test asks for.

import Bytes
import Captures
import Dialects
import Facts
import Testing

struct Reading {
    var entries: [Entry] = []
    /// The packets of the same file, in a reading of their own.
    static func packets(_ file: [UInt8], step: Int = .max) -> (packets: [Packet], CaptureReader) {
        var packets: [Packet] = []
        var packet = Packet()
        let reader = read(file, step: step) { reader, window, offset, count, isLast in
            let found = reader.next(window, &offset, count: count, isLast: isLast, into: &packet)
            if found == .entry { packets.append(packet) }
            return found
        }
        return (packets, reader)
    }

    var numbers: [Int] = []
    var reader = CaptureReader()
    var tally: (packets: Int, entries: Int, others: Int, rejected: Int) {
        let tally = reader.tally
        return (tally.lines, tally.entries, tally.skipped, tally.rejected)
    }
    func name(_ name: Name) -> String { reader.names.text(name) }

    /// Reads a capture that comes in pieces of `step` bytes.
    init(_ file: [UInt8], step: Int = .max) {
        var entry = Entry()
        var entries: [Entry] = []
        var numbers: [Int] = []
        reader = Reading.read(file, step: step) { reader, window, offset, count, isLast in
            let found = reader.next(window, &offset, count: count, isLast: isLast, into: &entry)
            if found == .entry {
                entries.append(entry)
                numbers.append(reader.tally.lines)
            }
            return found
        }
        self.entries = entries
        self.numbers = numbers
    }

    private static func read(
        _ file: [UInt8], step: Int,
        _ ask: (inout CaptureReader, RawSpan, inout Int, Int, Bool) -> CaptureStep
    ) -> CaptureReader {
        var reader = CaptureReader()
        var window: [UInt8] = []
        var taken = 0
        var offset = 0
        while true {
            let block = window + [UInt8](repeating: 0, count: blockPadding)
            switch ask(&reader, block.span.bytes, &offset, window.count, taken == file.count) {
            case .entry: continue
            case .end: return reader
            case .needsMore: break
            }
            window.removeFirst(offset)
            offset = 0
            let more = min(step, file.count - taken)
            window += file[taken..<(taken + more)]
            taken += more
        }
    }
}
