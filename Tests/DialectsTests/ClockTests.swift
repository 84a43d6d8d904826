// Stamps with and without a year, a zone and a fraction; what year a stamp is of.

import Bytes
import Dialects
import Facts
import Testing

@Suite struct ClockTests {
    /// What a stamp at the start of a text says, and where it ends.
    private func read(_ text: String, _ clock: Clock = testClock) -> (micro: Int64, end: Int)? {
        var clock = clock
        return PaddedText(text).withLine { line in
            clock.readStamp(line, 0).map { ($0.0.microseconds, $0.1) }
        }
    }

    private func day(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
        daysSince1970(year, month, day) * 86400
    }

    private func year(_ stamp: String, _ rule: YearRule, zone: Zone = .utc) -> Int? {
        read(stamp, Clock(zone: zone, yearRule: rule)).map {
            CivilTime(secondsUTC: $0.micro / 1_000_000).year
        }
    }

    @Test(
        arguments: [
            ("Nov 19 08:15:02 x", 0, 15), ("Nov 19 2026 08:15:02 x", 0, 20),
            ("Nov 19 08:15:02.5 x", 500_000, 17), ("Nov 19 08:15:02,123456789 x", 123_456, 25),
            ("Nov 19 08:15:02 UTC x", 0, 19), ("Nov 19 08:15:02 GMT", 0, 19),
            ("Nov 19 08:15:02 UTCX", 0, 15), ("Nov 19 08:15:02.", 0, 15),
            ("2026-11-19T08:15:02Z", 0, 20), ("2026-11-19T08:15:02.25Z", 250_000, 23),
            ("2026-11-19T10:15:02+02:00 x", 0, 25), ("2026-11-19T03:15:02-0500", 0, 24),
            ("2026-11-19T10:15:02+02 x", 0, 22), ("2026-11-19 08:15:02,007 x", 7000, 23),
            ("1 2026-11-19T08:15:02.000001Z x", 1, 29),
        ] as [(String, Int64, Int)])
    func stamps(_ text: String, _ micro: Int64, _ end: Int) throws {
        let stamp = try #require(read(text))
        #expect(stamp.micro == 1_795_076_102_000_000 + micro && stamp.end == end)
    }

    @Test(arguments: [
        "Nov 31 08:15:02", "Nov 19 24:15:02", "Nov 19 08:60:02", "Nov 19 08:15:61",
        "Nox 19 08:15:02",
        "Nov19 08:15:02", "Nov 19 8:15:02 x", "Nov  08:15:02 xxxx", "Nov 19 08:15:0",
        "Nov 190 08:15:02",
        "2026-02-29T08:15:02Z", "2026-11-19X08:15:02Z", "2026/11/19 08:15:02", "2026-11-19T08:15",
        "", "1 ", "November 19", "20x6-11-19T08:15:02Z", "Feb 30 08:15:02",
    ])
    func otherTextIsNoStamp(_ text: String) {
        #expect(read(text) == nil)
    }

    @Test func aLeapSecondIsASecond() {
        #expect(read("Dec 31 2016 23:59:60")?.micro == day(2017, 1, 1) * 1_000_000)
    }

    @Test func daysAreWrittenInThreeWays() {
        let stamps = ["Nov  9 08:15:02", "Nov 9 08:15:02", "Nov 09 08:15:02"]
        #expect(Set(stamps.map { read($0)?.micro }).count == 1)
    }

    @Test func everyMonthIsKnown() {
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        for (index, month) in months.enumerated() {
            let micro = read("\(month) 10 2025 00:00:00")?.micro
            #expect(micro == day(2025, index + 1, 10) * 1_000_000)
        }
    }

    @Test func aLogWrittenUpToAMomentReachesIntoTheYearBefore() {
        let rule = YearRule.writtenUpTo(Instant(seconds: day(2026, 1, 2)))
        #expect(year("Dec 31 23:59:59", rule) == 2025)
        #expect(year("Jan  1 00:00:00", rule) == 2026)
        // A day of grace for clocks that run ahead, and not a minute more.
        #expect(year("Jan  3 00:00:59", rule) == 2026)
        #expect(year("Jan  3 00:01:00", rule) == 2025)
    }

    @Test func atNewYearTheGraceReachesIntoTheNext() {
        let rule = YearRule.writtenUpTo(Instant(seconds: day(2026, 12, 31) + 86000))
        #expect(year("Jan  1 00:00:05", rule) == 2027)
        #expect(year("Jan  2 00:00:05", rule) == 2026)
    }

    @Test func theTwentyNinthOfFebruaryIsOfALeapYear() {
        func upTo(_ year: Int, _ month: Int, _ day: Int) -> YearRule {
            .writtenUpTo(Instant(seconds: self.day(year, month, day)))
        }
        #expect(year("Feb 29 12:00:00", upTo(2026, 11, 19)) == 2024)
        #expect(year("Feb 29 12:00:00", upTo(2028, 3, 1)) == 2028)
        #expect(year("Feb 29 12:00:00", upTo(2028, 2, 1)) == 2024)
        // 2100 is none: eight years back.
        #expect(year("Feb 29 12:00:00", upTo(2103, 6, 1)) == 2096)
    }

    @Test func aLogThatBeginsOnADayCrossesNewYear() {
        let rule = YearRule.begins(year: 2025, month: 12, day: 30)
        #expect(year("Dec 31 23:59:59", rule) == 2025)
        #expect(year("Dec 29 23:59:59", rule) == 2025)
        #expect(year("Dec 28 23:59:59", rule) == 2026)
        #expect(year("Jan  1 00:00:00", rule) == 2026)
        #expect(year("Feb 29 00:00:00", rule) == nil)
        #expect(year("Feb 29 00:00:00", .begins(year: 2023, month: 6, day: 1)) == 2024)
    }

    @Test func orderDoesNotMatter() {
        let rule = YearRule.writtenUpTo(Instant(seconds: day(2026, 1, 2) + 30))
        let stamps = ["Jan  3 00:00:20", "Jan  3 00:00:40", "Dec 31 23:59:59", "Jan  1 00:00:00"]
        let alone = stamps.map { read($0, Clock(zone: .utc, yearRule: rule))?.micro }
        for order in [[0, 1, 2, 3], [3, 2, 1, 0], [1, 0, 1, 0], [2, 1, 3, 0]] {
            var clock = Clock(zone: .utc, yearRule: rule)
            for index in order {
                let micro = PaddedText(stamps[index]).withLine { line in
                    clock.readStamp(line, 0)?.0.microseconds
                }
                #expect(micro == alone[index])
            }
        }
    }

    @Test func aMinuteReadInOneZoneIsNotThatOfAnother() {
        var clock = Clock(zone: Zone(name: "x", offset: 7200), yearRule: testClock.yearRule)
        for (stamp, micro) in [
            ("Nov 19 10:15:02 fw1", 1_795_076_102_000_000),
            ("Nov 19 10:15:02 UTC", 1_795_083_302_000_000),
            ("Nov 19 10:15:03 fw1", 1_795_076_103_000_000), ("Nov 19 10:15:75 fw1", nil),
        ] as [(String, Int64?)] {
            let read = PaddedText(stamp).withLine { line in clock.readStamp(line, 0)?.0.microseconds
            }
            #expect(read == micro)
        }
    }

    @Test func stampsAreOfTheLocalClock() {
        let clock = Clock(zone: EnvelopeTests.berlin, yearRule: testClock.yearRule)
        // 25 October 2026: 02:30 comes twice, the first is meant; 03:00 comes once.
        #expect(read("Oct 25 02:30:00", clock)?.micro == (day(2026, 10, 25) + 1800) * 1_000_000)
        #expect(read("Oct 25 03:00:00", clock)?.micro == (day(2026, 10, 25) + 7200) * 1_000_000)
        #expect(read("Mar 29 03:00:00", clock)?.micro == (day(2026, 3, 29) + 3600) * 1_000_000)
    }
}
