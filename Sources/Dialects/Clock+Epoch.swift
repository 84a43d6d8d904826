// Seconds since 1970 in the width that they have had since 2001 and will have until 2286.
//
// Read first: `Record.epoch`, which reads every other width and must agree with this one.

import Bytes
import Facts

extension Clock {
    /// `1795082400`: ten digits that fill a field; nil for anything else.
    @inline(__always)
    static func seconds(_ line: borrowing Line, _ field: Field) -> Int64? {
        guard field.count == 10 else { return nil }
        let head = line.word(field.start) ^ 0x3030_3030_3030_3030
        let tens = line[field.start &+ 8] &- 0x30
        let ones = line[field.start &+ 9] &- 0x30
        guard areDigits(head), tens < 10, ones < 10 else { return nil }
        return Int64(eightDigits(head)) &* 100 &+ Int64(tens &* 10 &+ ones)
    }

    /// `1795082400.123456`: ten digits, a dot and six digits; nil for anything else.
    @inline(__always)
    static func microseconds(_ line: borrowing Line, _ field: Field) -> Int64? {
        guard field.count == 17, line[field.start &+ 10] == 0x2E,
            let whole = seconds(line, Field(field.start, field.start &+ 10)),
            let part = line.decimal(Field(field.start &+ 11, field.end))
        else { return nil }
        return whole &* 1_000_000 &+ Int64(part)
    }
}
