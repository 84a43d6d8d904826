// A span of time in equal bins of a width that people count in.

import Facts

public struct Timeline: Equatable, Sendable {
    /// Where the first bin begins: a whole number of bins since 1970, so that a bin of an hour is
    /// an hour of the clock.
    public let start: Instant
    public let binSeconds: Int64
    public let bins: Int

    /// Seconds that people count in.
    static let widths: [Int64] = [
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400,
        172_800, 604_800, 2_592_000, 31_536_000, 315_360_000,
    ]

    /// `from` to `to` in at most `binsMax` bins; no bins where the time is not known.
    public init(from: Instant, to: Instant, binsMax: Int) {
        guard from.isKnown, to.isKnown, from <= to, binsMax > 1 else {
            start = .unknown
            binSeconds = 1
            bins = 0
            return
        }
        let first = Timeline.seconds(from)
        let last = Timeline.seconds(to)
        var width = Timeline.widths[Timeline.widths.count - 1]
        for candidate in Timeline.widths
        where Timeline.bin(last, candidate) - Timeline.bin(first, candidate) < Int64(binsMax) {
            width = candidate
            break
        }
        let count = Timeline.bin(last, width) - Timeline.bin(first, width) + 1
        start = Instant(seconds: Timeline.bin(first, width) * width)
        binSeconds = width
        bins = Int(min(count, Int64(binsMax)))
    }

    /// The bin of a time; nil for one outside.
    public func bin(_ time: Instant) -> Int? {
        guard bins > 0, time.isKnown, time >= start else { return nil }
        let place = (Timeline.seconds(time) - Timeline.seconds(start)) / binSeconds
        return place < Int64(bins) ? Int(place) : nil
    }

    /// When a bin begins; that of `bins` is the end.
    public func time(ofBin bin: Int) -> Instant {
        Instant(seconds: Timeline.seconds(start) + Int64(bin) * binSeconds)
    }

    private static func seconds(_ time: Instant) -> Int64 { floor(time.microseconds, 1_000_000) }
    private static func bin(_ seconds: Int64, _ width: Int64) -> Int64 { floor(seconds, width) }

    /// Rounded down, before 1970 too.
    private static func floor(_ number: Int64, _ by: Int64) -> Int64 {
        number >= 0 ? number / by : -((by - 1 - number) / by)
    }
}
