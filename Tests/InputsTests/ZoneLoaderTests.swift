// Zones by name: against what is known of them, and names that must not be taken.

import Facts
import Inputs
import Testing

@Suite(.serialized) struct ZoneLoaderTests {
    @Test(arguments: [
        ("Europe/Berlin", "2026-03-29T00:59:59", 3600),
        ("Europe/Berlin", "2026-03-29T01:00:00", 7200),
        ("Europe/Berlin", "2026-10-25T00:59:59", 7200),
        ("Europe/Berlin", "2026-10-25T01:00:00", 3600),
        ("Europe/Berlin", "2049-07-01T00:00:00", 7200),
        ("America/New_York", "2026-03-08T06:59:59", -18000),
        ("America/New_York", "2026-03-08T07:00:00", -14400),
        ("Asia/Kolkata", "2026-01-01T00:00:00", 19800),
        ("Australia/Lord_Howe", "2026-01-01T00:00:00", 39600),
        ("Australia/Lord_Howe", "2026-07-01T00:00:00", 37800),
        ("Africa/Monrovia", "1972-01-07T00:44:29", -2670),
        ("Africa/Monrovia", "1972-01-07T00:44:30", 0),
        ("Asia/Tehran", "2022-07-01T00:00:00", 16200),
        ("Asia/Tehran", "2023-07-01T00:00:00", 12600),
    ])
    func offsetsAreThoseOfTheZone(_ name: String, _ utc: String, _ offset: Int) throws {
        let zone = try loadZone(name)
        #expect(zone.name == name)
        #expect(zone.offset(atUTC: seconds(utc)) == offset)
    }

    @Test(arguments: [
        ("UTC", 0), ("Z", 0), ("+02:00", 7200), ("-0530", -19800), ("+2", 7200), ("+14", 50400),
        ("-03:30", -12600), ("+00:00", 0),
    ])
    func fixedOffsetsNeedNoFile(_ name: String, _ offset: Int) throws {
        let zone = try loadZone(name)
        #expect(zone.offset(atUTC: 0) == offset)
        #expect(zone.offset(atUTC: 1_800_000_000) == offset)
    }

    @Test(
        arguments: [
            ("../../etc/passwd", .malformed), ("Europe/../../../etc/passwd", .malformed),
            ("/etc/localtime", .malformed), ("", .malformed), ("Europe//Berlin", .malformed),
            ("Europe/Berlin/", .malformed), ("Europe/Berlin\u{0}", .malformed),
            ("+25:00", .malformed),
            ("Europe/Berlim", .unknown), ("Europe", .unknown), ("CEST", .unknown),
            ("+1:2", .malformed),
            ("zone.tab", .malformed), ("+02:00:00", .malformed), ("leapseconds", .unknown),
        ] as [(String, ZoneFailure)])
    func whatIsNoZoneIsRefused(_ name: String, _ expected: ZoneFailure) {
        #expect(throws: expected) { try loadZone(name) }
    }

    @Test func thisMachinesZoneIsFound() throws {
        #expect(try !loadZone(nil).name.isEmpty)
    }

    @Test func loadingLeavesTheMachinesZoneAlone() throws {
        let before = try loadZone(nil)
        _ = try loadZone("Asia/Tokyo")
        #expect(try loadZone(nil) == before)
    }
}

private func seconds(_ text: String) -> Int64 {
    let parts = text.split(whereSeparator: { "-T:".contains($0) }).compactMap { Int($0) }
    return CivilTime(
        year: parts[0], month: parts[1], day: parts[2], hour: parts[3], minute: parts[4],
        second: parts[5]
    ).secondsAsUTC
}
