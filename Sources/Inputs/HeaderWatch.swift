// The header line in force where a block begins.
//
// Read first: `Dialects/CSVRow`. Logs of separated values name their columns once, at their
// beginning, and the blocks of a large file are read apart. Blocks are cut one after the other, so
// the header is watched for there; a reader learns it before it reads the block.

import Bytes
import Dialects
import Facts

struct HeaderWatch {
    // Limit: a header line stands near the beginning of its file; Zeek puts seven lines before it.
    // A log that has none there is not searched any further.
    private static let linesMax = 32
    // As many bytes of it are looked for in the rest of the file, where several were joined.
    private static let markBytes = 8

    /// The header line; empty where there is none.
    private(set) var header: [UInt8] = []
    private var mark: [UInt8] = []
    private var reader: LineReader

    init(_ dialect: DialectID?) {
        let clock = Clock(zone: .utc, yearRule: .writtenUpTo(Instant(seconds: 0)))
        reader = LineReader(clock: clock, only: dialect)
    }

    /// Looks for a header line at the beginning of an input.
    mutating func begin(_ bytes: [UInt8], count: Int) {
        header = []
        mark = []
        let span = bytes.span
        var lines = LineSplitter(span.bytes, from: 0, count: count)
        for _ in 0..<HeaderWatch.linesMax where lines.next(startingBefore: count) {
            let line = Line(span.bytes, from: lines.line.start, to: lines.line.end)
            guard HeaderWatch.mayBe(line), reader.isHeader(line) else { continue }
            header = line.copy(line.whole)
            mark = [0x0A] + header.prefix(HeaderWatch.markBytes)
            return
        }
    }

    /// A header names things: it holds no address and no time, so not many digits.
    private static func mayBe(_ line: borrowing Line) -> Bool {
        guard !line.isEmpty, line.end - line.start <= 4096, !isDigit(line[line.start]) else {
            return false
        }
        var digits = 0
        for at in line.start..<line.end where isDigit(line[at]) { digits += 1 }
        return digits * 8 < line.end - line.start
    }

    /// Looks for further header lines in a block, as where files were joined; the last one holds.
    mutating func pass(_ bytes: [UInt8], count: Int) {
        guard !mark.isEmpty else { return }
        let span = bytes.span
        let whole = Line(span.bytes, from: 0, to: count)
        var at = 0
        while let found = whole.find(mark, from: at) {
            at = found + mark.count
            let end = whole.find(0x0A, from: at) ?? count
            let line = Line(span.bytes, from: found + 1, to: end)
            if line.end - line.start <= 4096, reader.isHeader(line) {
                header = line.copy(line.whole)
            }
        }
    }
}

extension Line {
    /// The first place of some bytes at or after `from`.
    fileprivate func find(_ mark: [UInt8], from: Int) -> Int? {
        var at = from
        while let hit = find(mark[0], from: at) {
            at = hit + 1
            guard hit + mark.count <= end else { return nil }
            var isSame = true
            for index in mark.indices where self[hit + index] != mark[index] {
                isSame = false
                break
            }
            if isSame { return hit }
        }
        return nil
    }
}
