// The words of a sentence, for dialects that write sentences.
//
// Read first: `Line`.

import Bytes

/// The stretches between blanks, from an offset on.
struct Words {
    // Limit: the longest sentence read here has some fifty; those behind say nothing of interest.
    private static var max: Int { 64 }

    private var fields: [64 of Field] = .init(repeating: Field(0, 0))
    private(set) var count = 0

    init(_ line: borrowing Line, _ from: Int, before end: Int? = nil) {
        let end = end ?? line.end
        var at = line.skipBlanks(from)
        while at < end, count < Words.max {
            let stop = min(line.endOfWord(at), end)
            fields[count] = Field(at, stop)
            count += 1
            at = line.skipBlanks(stop)
        }
    }

    /// A word by its number from zero; empty past the last.
    subscript(index: Int) -> Field {
        index >= 0 && index < count ? fields[index] : Field(0, 0)
    }

    /// Several words and what stands between them.
    func span(_ range: Range<Int>) -> Field {
        guard !range.isEmpty, range.upperBound <= count else { return Field(0, 0) }
        return Field(fields[range.lowerBound].start, fields[range.upperBound - 1].end)
    }
}
