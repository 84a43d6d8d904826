// A time as people type it: with or without a date, with or without a zone, or so long ago.

import Facts

/// A time that still needs a zone, or the present, to become an instant.
package enum Moment: Equatable, Sendable {
    /// Seconds before now.
    case ago(Int64)
    /// A clock reading; without a date it is today's. `seconds` is how much time it names: a day,
    /// a minute or a second.
    case clock(CivilTime, dated: Bool, offset: Int?, seconds: Int64)

    package init(_ text: String) throws(BadValue) {
        if let seconds = duration(text), !text.contains(":") {
            self = .ago(seconds)
        } else if let clock = Moment.readClock(text) {
            self = clock
        } else {
            throw BadValue(
                "\"\(text)\" is no time", "write 2026-11-19, 2026-11-19T08:15, 08:15 or 24h")
        }
    }

    /// When it begins.
    package func start(in zone: Zone, now: Instant) -> Instant {
        switch self {
        case .ago(let seconds):
            return Instant(microseconds: now.microseconds - seconds * 1_000_000)
        case .clock(var civil, let dated, let offset, _):
            if !dated {
                let utc = now.microseconds / 1_000_000
                let shift = Int64(offset ?? zone.offset(atUTC: utc))
                let today = CivilTime(secondsUTC: utc + shift)
                (civil.year, civil.month, civil.day) = (today.year, today.month, today.day)
            }
            let local = civil.secondsAsUTC
            return Instant(seconds: offset.map { local - Int64($0) } ?? zone.utc(fromLocal: local))
        }
    }

    /// When what it names is over: the first instant behind it.
    package func end(in zone: Zone, now: Instant) -> Instant {
        guard case .clock(var civil, let dated, let offset, let seconds) = self else {
            return start(in: zone, now: now)
        }
        guard seconds == 86400 else {
            let start = start(in: zone, now: now)
            return Instant(microseconds: start.microseconds + seconds * 1_000_000)
        }
        // By the calendar: a day on which the clocks change is not 24 hours long.
        civil = CivilTime(secondsUTC: civil.secondsAsUTC + 86400)
        let next = Moment.clock(civil, dated: dated, offset: offset, seconds: 0)
        return next.start(in: zone, now: now)
    }

    private static func readClock(_ text: String) -> Moment? {
        var rest = text[...]
        var civil = CivilTime(year: 2000, month: 1, day: 1)
        var seconds: Int64 = 86400
        let dated = rest.dropFirst(4).first == "-"
        if dated {
            let date = rest.prefix(10)
            let parts = numbers(date, "-", [4, 2, 2])
            guard parts.count == 3 else { return nil }
            (civil.year, civil.month, civil.day) = (parts[0], parts[1], parts[2])
            rest = rest.dropFirst(10)
            if rest.isEmpty {
                return civil.isValid ? .clock(civil, dated: true, offset: nil, seconds: 86400) : nil
            }
            if rest.first == "T" || rest.first == " " {
                rest = rest.dropFirst()
                guard rest.first?.isNumber == true else { return nil }
            }
        }
        let time = rest.prefix { $0.isNumber || $0 == ":" }
        rest = rest.dropFirst(time.count)
        if !time.isEmpty {
            let full = numbers(time, ":", [2, 2, 2])
            let parts = full.isEmpty ? numbers(time, ":", [2, 2]) : full
            guard parts.count >= 2 else { return nil }
            (civil.hour, civil.minute) = (parts[0], parts[1])
            civil.second = parts.count == 3 ? parts[2] : 0
            seconds = parts.count == 3 ? 1 : 60
        } else if !dated {
            return nil
        }
        guard civil.isValid else { return nil }
        if rest.isEmpty { return .clock(civil, dated: dated, offset: nil, seconds: seconds) }
        guard let offset = zoneOffset(rest) else { return nil }
        return .clock(civil, dated: dated, offset: offset, seconds: seconds)
    }

    /// The numbers of a text that has as many digits between its separators as asked for.
    private static func numbers(
        _ text: Substring, _ separator: Character, _ widths: [Int]
    ) -> [Int] {
        let parts = text.split(separator: separator, omittingEmptySubsequences: false)
        guard parts.count == widths.count else { return [] }
        var all: [Int] = []
        for (part, width) in zip(parts, widths) {
            guard part.utf8.count == width, part.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let number = Int(part)
            else { return [] }
            all.append(number)
        }
        return all
    }

    /// `Z`, `+02:00`, `-0500`, `+02`.
    private static func zoneOffset(_ text: Substring) -> Int? {
        if text == "Z" || text == "z" { return 0 }
        guard let sign = text.first, sign == "+" || sign == "-" else { return nil }
        let body = text.dropFirst()
        let full = numbers(body, ":", [2, 2])
        let plain =
            full.isEmpty ? numbers(body.prefix(2) + ":" + body.dropFirst(2), ":", [2, 2]) : full
        let parts = plain.isEmpty ? numbers(body, ":", [2]) : plain
        guard let hours = parts.first, hours <= 18, parts.count == 1 || parts[1] < 60 else {
            return nil
        }
        let seconds = hours * 3600 + (parts.count == 2 ? parts[1] : 0) * 60
        return sign == "-" ? -seconds : seconds
    }
}
