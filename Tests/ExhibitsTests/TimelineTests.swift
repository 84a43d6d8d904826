// Bins of time: every time of the span has one, and there are never more than were asked for.

import Facts
import Testing

@testable import Exhibits

@Suite struct TimelineTests {
    private func time(_ seconds: Int64) -> Instant { Instant(seconds: seconds) }

    @Test(
        arguments: [
            (0, 0, 1, 1), (0, 9, 1, 10), (0, 10, 2, 6), (7, 33, 5, 6), (0, 86399, 10800, 8),
            (-5, 4, 1, 10), (-3601, 3600, 900, 10), (1_700_000_000, 1_700_000_001, 1, 2),
        ] as [(Int64, Int64, Int64, Int)])
    func widthsArePeoples(_ from: Int64, _ to: Int64, _ width: Int64, _ bins: Int) {
        let timeline = Timeline(from: time(from), to: time(to), binsMax: 10)
        #expect(timeline.binSeconds == width)
        #expect(timeline.bins == bins)
        #expect(timeline.start.microseconds % (width * 1_000_000) == 0)
    }

    @Test func everyTimeOfTheSpanHasABin() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let from = Int64.random(in: -4_000_000_000...4_000_000_000, using: &random)
            let length = Int64(1) << Int64.random(in: 0...30, using: &random)
            let most = Int.random(in: 8...200, using: &random)
            let timeline = Timeline(from: time(from), to: time(from + length), binsMax: most)
            #expect(timeline.bins <= most)
            #expect(timeline.bin(time(from)) == 0, "\(from) \(length) \(most)")
            #expect(timeline.bin(time(from + length)) == timeline.bins - 1)
            #expect(timeline.bin(timeline.time(ofBin: timeline.bins)) == nil)
            #expect(timeline.bin(time(from - timeline.binSeconds)) == nil)
        }
    }

    @Test func noTimesNoBins() {
        for timeline in [
            Timeline(from: .unknown, to: time(5), binsMax: 10),
            Timeline(from: time(5), to: .unknown, binsMax: 10),
            Timeline(from: time(5), to: time(4), binsMax: 10),
        ] {
            #expect(timeline.bins == 0)
            #expect(timeline.bin(time(5)) == nil)
        }
        #expect(Timeline(from: time(0), to: time(1), binsMax: 10).bin(.unknown) == nil)
    }

    /// Times that a broken clock writes: the widest bins there are do not reach so far.
    @Test func whatIsBeyondTheWidestBinsIsLeftOut() {
        let most = Instant(microseconds: .max)
        let timeline = Timeline(from: Instant(microseconds: 0), to: most, binsMax: 10)
        #expect(timeline.bins == 10)
        #expect(timeline.bin(most) == nil)
    }
}
