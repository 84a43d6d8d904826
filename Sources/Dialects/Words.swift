// The words of a sentence, for dialects that write sentences.
//
// Read first: `Line`.

import Bytes

/// The stretches between blanks of a line, found in one sweep.
struct Words: Sendable {
    // Limit: the longest sentence read here has some fifty; those behind say nothing of interest.
    private static var max: Int { 64 }

    // An array made once and used for every line: an `InlineArray` was copied, all of it, at each
    // word asked for. So long that behind `max` words all of one more step find room.
    private var fields = [Field](repeating: Field(0, 0), count: Words.max + 64)
    private(set) var count = 0

    /// Finds the words from an offset on.
    mutating func find(_ line: borrowing Line, from start: Int, before end: Int? = nil) {
        count = min(Words.max, Words.sweep(line, start, end ?? line.end, into: fields.mutableSpan))
    }

    // One borrow of the array for the whole sweep; see `Columns`.
    @inline(__always)
    private static func sweep(
        _ line: borrowing Line, _ from: Int, _ end: Int, into fields: consuming MutableSpan<Field>
    ) -> Int {
        var found = 0
        var start = line.skipBlanks(from)
        var base = start
        while base < end, found <= Words.max {
            guard line.marks(of: 0x09, at: base).isEmpty else {
                return sweepMindingTabs(line, from, end, into: fields)
            }
            var blanks = line.marks(of: 0x20, at: base)
            while !blanks.isEmpty {
                let stop = base &+ blanks.pop()
                guard stop < end else { break }
                if stop > start {
                    fields[found] = Field(start, stop)
                    found &+= 1
                }
                start = stop &+ 1
            }
            base &+= 64
        }
        if start < end, found < Words.max {
            fields[found] = Field(start, end)
            found &+= 1
        }
        return found
    }

    /// The same for a line that has tabs.
    @inline(never)
    private static func sweepMindingTabs(
        _ line: borrowing Line, _ from: Int, _ end: Int, into fields: consuming MutableSpan<Field>
    ) -> Int {
        var found = 0
        var start = line.skipBlanks(from)
        while start < end, found < Words.max {
            let stop = min(line.endOfWord(start), end)
            if stop > start {
                fields[found] = Field(start, stop)
                found &+= 1
            }
            // A tab begins no word.
            start = line.skipBlanks(stop)
        }
        return found
    }

    /// A word by its number from zero; empty past the last.
    @inline(__always)
    subscript(index: Int) -> Field {
        index >= 0 && index < count ? fields[index] : Field(0, 0)
    }

    /// Several words and what stands between them.
    func span(_ range: Range<Int>) -> Field {
        guard !range.isEmpty, range.upperBound <= count else { return Field(0, 0) }
        return Field(fields[range.lowerBound].start, fields[range.upperBound - 1].end)
    }
}
