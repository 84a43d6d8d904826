// The date or the minute read last, as its bytes: the lines of a log come many to a minute.
//
// Read first: `Clock`. It gives what reading would have given, since nothing but these bytes, and the
// clock that keeps them, has a say in it.

import Bytes

/// Up to twenty-four bytes of a stamp, and the seconds since 1970 that they stand for.
struct StampMemory: Sendable {
    private var words: (UInt64, UInt64, UInt64) = (0, 0, 0)
    // Which bits of the words belong to the stamp.
    private var kept: (UInt64, UInt64, UInt64) = (0, 0, 0)
    private var value: Int64 = 0
    /// How many bytes they are; zero when there are none.
    private(set) var count = 0

    mutating func keep(_ line: borrowing Line, _ field: Field, _ seconds: Int64) {
        count = 0
        guard field.count >= 8, field.count <= 24 else { return }
        let rest = field.count - 8
        kept = (~0, StampMemory.bits(rest), StampMemory.bits(rest - 8))
        words = (
            line.word(field.start), line.word(field.start + 8) & kept.1,
            line.word(field.start + 16) & kept.2
        )
        value = seconds
        count = field.count
    }

    /// All ones in so many bytes.
    private static func bits(_ count: Int) -> UInt64 {
        count <= 0 ? 0 : ~0 &>> UInt64(max(0, 64 - 8 * count))
    }

    /// The seconds, where these bytes stand at an offset of the line.
    @inline(__always)
    func seconds(_ line: borrowing Line, _ at: Int) -> Int64? {
        guard count > 0, at &+ count <= line.end, line.word(at) == words.0,
            line.word(at &+ 8) & kept.1 == words.1, line.word(at &+ 16) & kept.2 == words.2
        else { return nil }
        return value
    }

    /// The same for a minute whose two digits of seconds follow, and the offset behind them. A leap
    /// second is left to the long way, as is what is no second at all.
    @inline(__always)
    func time(_ line: borrowing Line, _ at: Int) -> (seconds: Int64, end: Int)? {
        guard let minute = seconds(line, at), at &+ count &+ 2 <= line.end else { return nil }
        let tens = line[at &+ count] &- 0x30
        let ones = line[at &+ count &+ 1] &- 0x30
        guard tens < 6, ones < 10 else { return nil }
        return (minute &+ Int64(tens &* 10 &+ ones), at &+ count &+ 2)
    }
}
