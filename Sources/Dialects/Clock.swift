// Reads time stamps: with and without a year, with and without a zone.
//
// A stamp without a year gets the year that puts it nearest to, and not more than a day after, a
// moment the log is known to reach (`YearRule`). Each line is judged alone, so the blocks of a
// file can be read in any order and a log that crosses New Year still comes out right.

import Bytes
import Facts

/// Where the year of a stamp without one comes from.
public enum YearRule: Equatable, Sendable {
    /// The log was written up to this moment: the file's modification time, or now.
    case writtenUpTo(Instant)
    /// The log begins on this day; stamps earlier in the year belong to the next.
    case begins(year: Int, month: Int, day: Int)
}

public struct Clock: Sendable {
    public let zone: Zone
    public let yearRule: YearRule

    // The last minute read in each form, and the last date that stood alone.
    private var lastMinute = StampMemory()
    private var lastYearsMinute = StampMemory()
    private var lastISOMinute = StampMemory()
    var lastDay = StampMemory()
    // The hour of the last zone look-up and what it gave.
    private var zoneHour: Int64 = .min
    private var zoneOffset: Int64 = 0

    public init(zone: Zone, yearRule: YearRule) {
        self.zone = zone
        self.yearRule = yearRule
    }

    /// A stamp at `at` and the offset behind it; nil when there is none. A leading `1 ` is RFC
    /// 5424's version.
    public mutating func readStamp(_ line: borrowing Line, _ at: Int) -> (Instant, Int)? {
        let first = line[at]
        if first == 0x31, line[at + 1] == 0x20 {
            if line[at + 2] == 0x2D { return (.unknown, at + 3) }
            return readISO(line, at + 2)
        }
        if isDigit(first) { return readISO(line, at) }
        return readBSD(line, at)
    }

    /// `Jul  3 19:10:30`, `Jul 3 2021 19:10:30.123 UTC`.
    mutating func readBSD(_ line: borrowing Line, _ at: Int) -> (Instant, Int)? {
        guard at + 14 <= line.end else { return nil }
        if let (seconds, end) = lastMinute.time(line, at) ?? lastYearsMinute.time(line, at) {
            return finish(line, end, local: seconds)
        }
        guard let month = monthNumber(line, at) else { return nil }
        var place = line.skipBlanks(at + 3)
        guard place > at + 3 else { return nil }
        let dayEnd = line.endOfDigits(place)
        guard dayEnd - place <= 2, let day = line.decimal(Field(place, dayEnd)) else { return nil }
        place = line.skipBlanks(dayEnd)
        var year: Int?
        let yearEnd = line.endOfDigits(place)
        if yearEnd - place == 4, let number = line.decimal(Field(place, yearEnd)) {
            year = Int(number)
            place = line.skipBlanks(yearEnd)
        }
        guard let clock = readTimeOfDay(line, place) else { return nil }
        var civil = CivilTime(
            year: year ?? 2000, month: month, day: Int(day), hour: clock.hour,
            minute: clock.minute, second: clock.second)
        guard civil.isValid else { return nil }
        if year == nil {
            guard let found = guessYear(civil) else { return nil }
            civil.year = found
        }
        let local = civil.secondsAsUTC
        let minute = local - Int64(civil.second)
        if year == nil {
            lastMinute.keep(line, Field(at, place + 6), minute)
        } else {
            lastYearsMinute.keep(line, Field(at, place + 6), minute)
        }
        return finish(line, place + 8, local: local)
    }

    /// Reads a fraction and a zone behind `HH:MM:SS`, and puts the parts together.
    private mutating func finish(
        _ line: borrowing Line, _ start: Int, local: Int64
    ) -> (Instant, Int) {
        var at = start
        var micro: Int64 = 0
        if line[at] == 0x2E || line[at] == 0x2C, isDigit(line[at + 1]) {
            (micro, at) = readFraction(line, at + 1)
        }
        // Only UTC is safe among zone words: EST and IST are each used for several zones.
        let word = line.skipBlanks(at)
        if line.has("UTC", at: word) || line.has("GMT", at: word), !isLetter(line[word + 3]) {
            return (Instant(microseconds: local * 1_000_000 + micro), word + 3)
        }
        // `Nov 19 2026 08:21:40 +0200`: four digits, since a lone number may be the message.
        if word > at, line.endOfDigits(word + 1) == word + 5,
            let (offset, end) = readOffset(line, word)
        {
            return (Instant(microseconds: (local - offset) * 1_000_000 + micro), end)
        }
        return (Instant(microseconds: toUTC(local) * 1_000_000 + micro), at)
    }

    /// `2021-07-03T19:10:14.578288-05:00`, with a blank for the T, with a comma in the fraction,
    /// without a zone.
    mutating func readISO(_ line: borrowing Line, _ at: Int) -> (Instant, Int)? {
        guard let local = readISODate(line, at) else { return nil }
        var place = at + 19
        var micro: Int64 = 0
        if line[place] == 0x2E || line[place] == 0x2C, isDigit(line[place + 1]) {
            (micro, place) = readFraction(line, place + 1)
        }
        if line[place] == 0x5A {
            return (Instant(microseconds: local * 1_000_000 + micro), place + 1)
        }
        if let (offset, end) = readOffset(line, place) {
            return (Instant(microseconds: (local - offset) * 1_000_000 + micro), end)
        }
        return (Instant(microseconds: toUTC(local) * 1_000_000 + micro), place)
    }

    /// `2021-07-03T19:10:14`, as seconds by the local clock.
    private mutating func readISODate(_ line: borrowing Line, _ at: Int) -> Int64? {
        if let (seconds, _) = lastISOMinute.time(line, at) { return seconds }
        guard at + 19 <= line.end, line[at + 4] == 0x2D, line[at + 7] == 0x2D,
            line[at + 10] == 0x54 || line[at + 10] == 0x20,
            let year = line.decimal(Field(at, at + 4)), let month = twoDigits(line, at + 5),
            let day = twoDigits(line, at + 8), let clock = readTimeOfDay(line, at + 11)
        else { return nil }
        let civil = CivilTime(
            year: Int(year), month: month, day: day, hour: clock.hour, minute: clock.minute,
            second: clock.second)
        guard civil.isValid else { return nil }
        lastISOMinute.keep(line, Field(at, at + 17), civil.secondsAsUTC - Int64(civil.second))
        return civil.secondsAsUTC
    }

    /// `+02:00`, `-0500`, `+02`.
    private func readOffset(_ line: borrowing Line, _ at: Int) -> (Int64, Int)? {
        let sign: Int64
        switch line[at] {
        case 0x2B: sign = 1
        case 0x2D: sign = -1
        default: return nil
        }
        guard let hours = twoDigits(line, at + 1), hours <= 15 else { return nil }
        var end = at + 3
        var minutes = 0
        let colon = line[end] == 0x3A ? 1 : 0
        if let more = twoDigits(line, end + colon), more < 60 {
            minutes = more
            end += 2 + colon
        }
        return (sign * Int64(hours * 3600 + minutes * 60), end)
    }

    private func readTimeOfDay(_ line: borrowing Line, _ at: Int) -> (
        hour: Int, minute: Int, second: Int
    )? {
        guard at + 8 <= line.end, line[at + 2] == 0x3A, line[at + 5] == 0x3A,
            let hour = twoDigits(line, at), let minute = twoDigits(line, at + 3),
            let second = twoDigits(line, at + 6)
        else { return nil }
        return (hour, minute, second)
    }

    /// The digits behind a decimal mark as microseconds, and the offset behind them.
    private func readFraction(_ line: borrowing Line, _ start: Int) -> (Int64, Int) {
        let end = line.endOfDigits(start)
        return (Int64(line.fraction(Field(start, end), 6) ?? 0), end)
    }

    /// Local seconds to UTC, by the zone.
    public mutating func toUTC(_ local: Int64) -> Int64 {
        // Offsets change at full quarter hours only, so one look-up serves fifteen minutes.
        let quarter = local >= 0 ? local / 900 : (local - 899) / 900
        if quarter != zoneHour {
            zoneOffset = local - zone.utc(fromLocal: local)
            zoneHour = quarter
        }
        return local - zoneOffset
    }

    /// The year of a stamp without one.
    private func guessYear(_ stamp: CivilTime) -> Int? {
        switch yearRule {
        case .writtenUpTo(let limit):
            let seconds = limit.microseconds / 1_000_000
            // By the minute: the lines of one minute are of one year.
            var candidate = stamp
            candidate.second = 0
            candidate.year = CivilTime(secondsUTC: seconds).year + 1
            // A day of grace: zones, and clocks that run ahead. Eight years reach the last
            // 29 February.
            for _ in 0..<9 {
                if candidate.isValid, candidate.secondsAsUTC <= seconds + 86400 {
                    return candidate.year
                }
                candidate.year -= 1
            }
            return nil
        case .begins(let year, let month, let day):
            // A day of grace here too: the first lines of a log may be out of order.
            let first = daysSince1970(year, month, day) - 1
            let own = daysSince1970(year, stamp.month, stamp.day)
            var candidate = stamp
            candidate.year = own >= first ? year : year + 1
            return candidate.isValid ? candidate.year : nil
        }
    }

    @inline(__always)
    private func twoDigits(_ line: borrowing Line, _ at: Int) -> Int? {
        guard at + 2 <= line.end else { return nil }
        let tens = line[at] &- 0x30
        let ones = line[at + 1] &- 0x30
        return tens < 10 && ones < 10 ? Int(tens &* 10 &+ ones) : nil
    }

    private func isLetter(_ byte: UInt8) -> Bool { lowercased(byte) &- 0x61 < 26 }
}

/// The month whose English abbreviation stands at an offset.
func monthNumber(_ line: borrowing Line, _ at: Int) -> Int? {
    switch line.word(at) & 0xFF_FFFF {
    case 0x6E614A: 1
    case 0x626546: 2
    case 0x72614D: 3
    case 0x727041: 4
    case 0x79614D: 5
    case 0x6E754A: 6
    case 0x6C754A: 7
    case 0x677541: 8
    case 0x706553: 9
    case 0x74634F: 10
    case 0x766F4E: 11
    case 0x636544: 12
    default: nil
    }
}
