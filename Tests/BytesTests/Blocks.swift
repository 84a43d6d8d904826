// Lines where they really lie: in the middle of a block, among bytes that are not theirs.

import Bytes
import Testing

/// Calls `body` with `text` as a line that has other bytes before and behind it.
func withLine<Result>(
    _ text: [UInt8], before: [UInt8] = Array("9,:".utf8), behind: [UInt8] = Array("9,:a".utf8),
    _ body: (borrowing Line) -> Result
) -> Result {
    PaddedText(before + text + behind).withBlock { block in
        body(Line(block, from: before.count, to: before.count + text.count))
    }
}

func withLine<Result>(_ text: String, _ body: (borrowing Line) -> Result) -> Result {
    withLine(Array(text.utf8), body)
}

/// `#expect` for what reads a line: a macro cannot hold on to something that must not escape.
func check(
    _ holds: Bool, _ comment: @autoclosure () -> String = "",
    at place: SourceLocation = #_sourceLocation
) {
    if !holds { Issue.record(Comment(rawValue: comment()), sourceLocation: place) }
}
