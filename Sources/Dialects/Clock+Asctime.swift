// The C library's own time text, `Tue Jul  4 12:00:00 2024`: dmesg, logread and conntrack print it.
//
// Read `Clock` first.

import Bytes
import Facts

extension Clock {
    /// The time whose text starts at an offset, in the log's zone, and the offset behind it.
    mutating func readAsctime(_ line: borrowing Line, _ at: Int) -> (Instant, Int)? {
        guard at + 24 <= line.end, line[at + 3] == 0x20, let month = monthNumber(line, at + 4),
            line[at + 13] == 0x3A, line[at + 16] == 0x3A, line[at + 19] == 0x20,
            let day = line.decimal(Field(line[at + 8] == 0x20 ? at + 9 : at + 8, at + 10)),
            let hour = line.decimal(Field(at + 11, at + 13)),
            let minute = line.decimal(Field(at + 14, at + 16)),
            let second = line.decimal(Field(at + 17, at + 19)),
            let year = line.decimal(Field(at + 20, at + 24))
        else { return nil }
        let civil = CivilTime(
            year: Int(year), month: month, day: Int(day), hour: Int(hour), minute: Int(minute),
            second: Int(second))
        guard civil.isValid else { return nil }
        return (Instant(seconds: toUTC(civil.secondsAsUTC)), at + 24)
    }
}
