// The time that a record itself tells.
//
// Read first: `Clock`. A collector's header tells when a line came; the record tells when it was
// made, and that is what entries are joined by.

import Bytes
import Facts

extension Record {
    /// The time of its `epoch`, or of its `date` and `time`, with its `zone` where it has one.
    mutating func time(_ line: borrowing Line, _ clock: inout Clock) -> Instant? {
        if has(.epoch),
            let found = Record.epoch(line, self[.epoch]) ?? clock.read(line, self[.epoch])
        {
            return found
        }
        guard has(.time) || has(.date) else { return nil }
        guard has(.date) else {
            return Record.epoch(line, self[.time]) ?? clock.read(line, self[.time])
        }
        guard has(.time), let local = clock.read(line, date: self[.date], time: self[.time]) else {
            return clock.read(line, self[.date])
        }
        let offset = has(.zone) ? Record.offset(line, self[.zone]) : nil
        let seconds = offset.map { local.seconds - $0 } ?? clock.toUTC(local.seconds)
        return Instant(microseconds: seconds * 1_000_000 + local.micro)
    }

    /// Seconds since 1970, with or without a fraction, or thousandths, millionths or thousand
    /// millionths of one: nine to eleven digits, thirteen or fourteen, sixteen, nineteen.
    static func epoch(_ line: borrowing Line, _ field: Field) -> Instant? {
        var whole = field
        var micro: Int64 = 0
        if let dot = line.find(0x2E, from: field.start, before: field.end) {
            whole.end = dot
            guard line.endOfDigits(dot + 1) >= field.end else { return nil }
            micro = Int64(line.fraction(Field(dot + 1, field.end), 6) ?? 0)
        }
        guard let number = line.decimal64(whole), let value = Int64(exactly: number) else {
            return nil
        }
        switch whole.count {
        case 9, 10, 11: return Instant(microseconds: value * 1_000_000 + micro)
        case 12, 13, 14: return Instant(microseconds: value * 1000 + micro / 1000)
        case 15, 16, 17: return Instant(microseconds: value)
        case 18, 19: return Instant(microseconds: value / 1000)
        default: return nil
        }
    }

    /// `+0200`, `-05:30`, `+2`, `UTC`, `Z`, as seconds east.
    static func offset(_ line: borrowing Line, _ field: Field) -> Int64? {
        guard !field.isEmpty else { return nil }
        // Universal time, as most write it.
        if line.equals(field, "+0000") { return 0 }
        if line.equals(field, "UTC") || line.equals(field, "GMT") || line.equals(field, "Z") {
            return 0
        }
        let sign: Int64
        switch line[field.start] {
        case 0x2B: sign = 1
        case 0x2D: sign = -1
        default: return nil
        }
        var digits: Int64 = 0
        var count = 0
        for at in (field.start + 1)..<field.end {
            if line[at] == 0x3A { continue }
            guard isDigit(line[at]), count < 4 else { return nil }
            digits = digits * 10 + Int64(line[at] - 0x30)
            count += 1
        }
        guard count > 0 else { return nil }
        let (hours, minutes) = count > 2 ? (digits / 100, digits % 100) : (digits, 0)
        guard hours <= 15, minutes < 60 else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }
}

extension Clock {
    /// The stamp that fills a field, or begins it.
    mutating func read(_ line: borrowing Line, _ field: Field) -> Instant? {
        guard !field.isEmpty, let (time, end) = readStamp(line, field.start), end <= field.end
        else { return nil }
        return time
    }

    /// A date and a time of day that stand apart, by the firewall's own clock. Dates are
    /// `2024-03-06`, `2024/03/06`, `03/06/2024` (month first), `6Mar2024`, `6 Mar 2024`.
    mutating func read(
        _ line: borrowing Line, date: Field, time: Field
    ) -> (seconds: Int64, micro: Int64)? {
        guard let clock = Clock.timeOfDay(line, time, withoutSeconds: true) else { return nil }
        let first: Int64
        if let known = lastDay.seconds(line, date.start), lastDay.count == date.count {
            first = known
        } else {
            guard let day = Clock.day(line, date) else { return nil }
            let civil = CivilTime(year: day.year, month: day.month, day: day.day)
            guard civil.isValid else { return nil }
            first = civil.secondsAsUTC
            lastDay.keep(line, date, first)
        }
        guard clock.hour < 24, clock.minute < 60, clock.second <= 60 else { return nil }
        return (first + Int64(clock.hour * 3600 + clock.minute * 60 + clock.second), clock.micro)
    }

    static func day(
        _ line: borrowing Line, _ field: Field
    ) -> (year: Int, month: Int, day: Int)? {
        var numbers: [3 of Int] = .init(repeating: 0)
        var widths: [3 of Int] = .init(repeating: 0)
        var count = 0
        var month: Int?
        var at = field.start
        while at < field.end, count < 3 {
            let byte = line[at]
            if isDigit(byte) {
                let end = min(line.endOfDigits(at), field.end)
                guard end - at <= 4, let number = line.decimal(Field(at, end)) else { return nil }
                numbers[count] = Int(number)
                widths[count] = end - at
                count += 1
                at = end
            } else if lowercased(byte) &- 0x61 < 26 {
                guard month == nil, let found = monthNumber(line, at) else { return nil }
                month = found
                while at < field.end, lowercased(line[at]) &- 0x61 < 26 { at += 1 }
            } else {
                at += 1
            }
        }
        if let month {
            guard count == 2 else { return nil }
            if widths[0] == 4 { return (numbers[0], month, numbers[1]) }
            return (fullYear(numbers[1], widths[1]), month, numbers[0])
        }
        guard count == 3 else { return nil }
        if widths[0] == 4 { return (numbers[0], numbers[1], numbers[2]) }
        return (fullYear(numbers[2], widths[2]), numbers[0], numbers[1])
    }

    private static func fullYear(_ year: Int, _ width: Int) -> Int {
        width <= 2 ? 2000 + year : year
    }

    /// `22:06:03`.
    @inline(__always)
    private static func plainTimeOfDay(
        _ line: borrowing Line, _ field: Field
    ) -> (hour: Int, minute: Int, second: Int, micro: Int64)? {
        guard field.count == 8 else { return nil }
        // Digits become their values, and the colons zero.
        let digits = line.word(field.start) ^ 0x3030_3A30_303A_3030
        guard areDigits(digits), digits & 0xFF00_00FF_0000 == 0 else { return nil }
        // In each second byte: ten times the digit before, and the digit.
        let pairs = digits &* 10 &+ digits &>> 8
        return (
            Int(pairs & 0xFF), Int(pairs &>> 24 & 0xFF), Int(pairs &>> 48 & 0xFF), 0
        )
    }

    /// `22:06:03`, `22:06:03.123`, `2:06:03`, `10: 13:03`; a spreadsheet leaves `22:06` of it.
    static func timeOfDay(
        _ line: borrowing Line, _ field: Field, withoutSeconds: Bool = false
    ) -> (hour: Int, minute: Int, second: Int, micro: Int64)? {
        if let plain = plainTimeOfDay(line, field) { return plain }
        var numbers: [3 of Int] = .init(repeating: 0)
        var at = field.start
        for index in 0..<3 {
            at = min(line.skipBlanks(at), field.end)
            let end = min(line.endOfDigits(at), field.end)
            guard end - at <= 2, let number = line.decimal(Field(at, end)) else { return nil }
            numbers[index] = Int(number)
            at = end
            if index == 1, withoutSeconds, at >= field.end { break }
            if index < 2 {
                guard at < field.end, line[at] == 0x3A else { return nil }
                at += 1
            }
        }
        var micro: Int64 = 0
        if at + 1 < field.end, line[at] == 0x2E || line[at] == 0x2C {
            let digits = Field(at + 1, min(line.endOfDigits(at + 1), field.end))
            micro = Int64(line.fraction(digits, 6) ?? 0)
        }
        return (numbers[0], numbers[1], numbers[2], micro)
    }
}
