// A point in time: microseconds since 1970, UTC. Log stamps are no finer.

import Bytes

public struct Instant: Equatable, Hashable, Comparable, Sendable {
    public var microseconds: Int64

    @inlinable public init(microseconds: Int64) { self.microseconds = microseconds }
    @inlinable public init(seconds: Int64) { microseconds = seconds &* 1_000_000 }

    /// The time of a line that has none.
    @inlinable public static var unknown: Instant { Instant(microseconds: .min) }
    @inlinable public var isKnown: Bool { microseconds != .min }

    @inlinable public static func < (a: Instant, b: Instant) -> Bool {
        a.microseconds < b.microseconds
    }

    /// Microseconds from `earlier` to here; nil when either is unknown.
    @inlinable public func since(_ earlier: Instant) -> Int64? {
        isKnown && earlier.isKnown ? microseconds &- earlier.microseconds : nil
    }
}

/// A calendar date and the time of day, in some zone.
public struct CivilTime: Equatable, Sendable {
    public var year: Int
    public var month: Int
    public var day: Int
    public var hour: Int
    public var minute: Int
    public var second: Int
    public var microsecond: Int

    @inlinable
    public init(
        year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0,
        microsecond: Int = 0
    ) {
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = second
        self.microsecond = microsecond
    }

    /// The civil time at which a UTC clock shows `seconds` since 1970.
    public init(secondsUTC seconds: Int64, microsecond: Int = 0) {
        let days = seconds >= 0 ? seconds / 86400 : -((86399 - seconds) / 86400)
        let rest = Int(seconds - days * 86400)
        // The Gregorian calendar repeats every 400 years of 146097 days; counting from 1 March
        // puts the leap day last.
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = Int(dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
        month = Int(monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9)
        year = Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0)
        hour = rest / 3600
        minute = rest / 60 % 60
        second = rest % 60
        self.microsecond = microsecond
    }

    /// Whether the fields can be a date and a time at all; a leap second is allowed.
    @inlinable
    public var isValid: Bool {
        (1...12).contains(month) && day >= 1 && day <= daysInMonth(year, month)
            && (0...23).contains(hour) && (0...59).contains(minute) && (0...60).contains(second)
            && (1...9999).contains(year)
    }

    /// Seconds since 1970 if this were UTC.
    @inlinable
    public var secondsAsUTC: Int64 {
        daysSince1970(year, month, day) * 86400 + Int64(hour * 3600 + minute * 60 + second)
    }
}

@inlinable
public func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let monthFromMarch = month > 2 ? month - 3 : month + 9
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Int64(era * 146_097 + dayOfEra - 719_468)
}

@inlinable
public func daysInMonth(_ year: Int, _ month: Int) -> Int {
    if month == 2 { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28 }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31
}
