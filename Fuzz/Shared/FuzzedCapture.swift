// What the fuzz target of captures runs: bytes as a capture, in one window and in small ones.
//
// It must not trap, every packet must be accounted for, and where the windows end must not matter.

import Bytes
import Captures
import Dialects
import Facts

/// Reads bytes as a capture. Traps when a packet is lost, or when windows make a difference.
public func fuzzCapture(_ raw: UnsafeBufferPointer<UInt8>) {
    let file = Array(raw)
    let whole = read(file, step: file.count)
    let tally = whole.reader.tally
    precondition(tally.lines == tally.entries + tally.skipped + tally.rejected)
    precondition(whole.entries == tally.entries)
    let pieces = read(file, step: 1 + file.count / 3)
    precondition(pieces.reader.tally == tally && pieces.entries == tally.entries)
    precondition(pieces.reader.trouble == whole.reader.trouble)
    precondition(pieces.reader.names == whole.reader.names)
    checkPackets(file, whole.reader)
    var out = ByteWriter()
    for entry in whole.first { out.putFuzzed(entry, whole.reader.names) }
    precondition(!out.bytes.contains { $0 < 0x20 && $0 != 0x0A && $0 != 0x0D || $0 == 0x7F })
}

/// The same file as packets for firewalls: as many are found, each is read or counted.
private func checkPackets(_ file: [UInt8], _ other: CaptureReader) {
    let block = file + [UInt8](repeating: 0, count: blockPadding)
    var reader = CaptureReader()
    var packet = Packet()
    var offset = 0
    var packets = 0
    let span = block.span
    while reader.next(span.bytes, &offset, count: file.count, isLast: true, into: &packet)
        == .entry
    {
        packets += 1
        precondition(packet.length <= packet.ipLength)
    }
    precondition(reader.tally.lines == other.tally.lines && reader.trouble == other.trouble)
    precondition(reader.tally.entries == packets)
}

private struct Result {
    var reader = CaptureReader()
    var entries = 0
    /// The first are enough to see that they can be printed.
    var first: [Entry] = []
}

private func read(_ file: [UInt8], step: Int) -> Result {
    var result = Result()
    var window: [UInt8] = []
    var taken = 0
    var offset = 0
    var entry = Entry()
    while true {
        let block = window + [UInt8](repeating: 0, count: blockPadding)
        let span = block.span
        switch result.reader.next(
            span.bytes, &offset, count: window.count, isLast: taken == file.count, into: &entry)
        {
        case .end: return result
        case .entry:
            result.entries += 1
            if result.first.count < 16 { result.first.append(entry) }
            continue
        case .needsMore: break
        }
        window.removeFirst(offset)
        offset = 0
        let more = min(step, file.count - taken)
        window += file[taken..<(taken + more)]
        taken += more
    }
}
