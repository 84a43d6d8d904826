// The calendar against the C library's, and clocks set forward and back.

import Facts
import Glibc
import TestSupport
import Testing

@Suite struct TimeTests {
    @Test func theCalendarIsTheCLibrarys() {
        var random = Seeded()
        for _ in 0..<20_000 {
            let seconds = Int64.random(in: -62_135_596_800...253_402_300_799, using: &random)
            let civil = CivilTime(secondsUTC: seconds, microsecond: 7)
            var moment = time_t(seconds)
            var parts = tm()
            gmtime_r(&moment, &parts)
            let theirs = CivilTime(
                year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1,
                day: Int(parts.tm_mday), hour: Int(parts.tm_hour), minute: Int(parts.tm_min),
                second: Int(parts.tm_sec), microsecond: 7)
            #expect(civil == theirs, "\(seconds) \(random)")
            #expect(civil.secondsAsUTC == seconds && civil.isValid, "\(seconds) \(random)")
        }
    }

    @Test(arguments: [
        (2026, 2, 28, true), (2026, 2, 29, false), (2024, 2, 29, true), (1900, 2, 29, false),
        (2000, 2, 29, true), (2026, 4, 31, false), (2026, 12, 31, true), (2026, 13, 1, false),
        (2026, 0, 1, false), (2026, 1, 0, false), (0, 1, 1, false), (10000, 1, 1, false),
    ])
    func daysThatAre(_ year: Int, _ month: Int, _ day: Int, _ valid: Bool) {
        #expect(CivilTime(year: year, month: month, day: day).isValid == valid)
    }

    @Test func hoursThatAre() {
        func valid(_ hour: Int, _ minute: Int, _ second: Int) -> Bool {
            CivilTime(year: 2026, month: 1, day: 1, hour: hour, minute: minute, second: second)
                .isValid
        }
        #expect(valid(23, 59, 60) && !valid(24, 0, 0) && !valid(0, 60, 0) && !valid(0, 0, 61))
        #expect(!valid(-1, 0, 0) && !valid(0, 0, -1))
    }

    @Test func instantsKnowWhetherTheyAreKnown() {
        #expect(Instant(seconds: 5).since(Instant(seconds: 3)) == 2_000_000)
        #expect(Instant.unknown.since(Instant(seconds: 3)) == nil)
        #expect(Instant(seconds: 3).since(.unknown) == nil)
    }

    /// Central European Time in 2026: forward on 29 March, back on 25 October, at 01:00 UTC.
    static let berlin = Zone(
        name: "Europe/Berlin",
        rules: [
            Zone.Rule(start: .min, offset: 3600), Zone.Rule(start: 1_774_746_000, offset: 7200),
            Zone.Rule(start: 1_792_890_000, offset: 3600),
        ])

    @Test func everyMomentIsReadBackOrTheFirstOfItsTwins() {
        var random = Seeded()
        for _ in 0..<20_000 {
            let start = random.pick([1_774_746_000, 1_792_890_000] as [Int64])
            let utc = start + Int64.random(in: -100_000...100_000, using: &random)
            let local = utc + Int64(TimeTests.berlin.offset(atUTC: utc))
            let back = TimeTests.berlin.utc(fromLocal: local)
            let twin = (1_792_890_000..<1_792_893_600).contains(utc)
            #expect(back == (twin ? utc - 3600 : utc), "\(utc) \(random)")
        }
    }

    @Test func aReadingThatNeverWasIsTakenByTheOldOffset() {
        // 29 March 2026, 02:30 local.
        #expect(TimeTests.berlin.utc(fromLocal: 1_774_751_400) == 1_774_751_400 - 3600)
    }

    @Test func offsetsChangeWhenARuleStarts() {
        #expect(TimeTests.berlin.offset(atUTC: 1_774_745_999) == 3600)
        #expect(TimeTests.berlin.offset(atUTC: 1_774_746_000) == 7200)
        #expect(TimeTests.berlin.offset(atUTC: .min) == 3600)
        #expect(Zone.utc.utc(fromLocal: 5) == 5)
    }

    @Test func aZoneWithoutABeginningIsRefused() async {
        await #expect(processExitsWith: .failure) { _ = Zone(name: "", rules: []) }
    }
}
