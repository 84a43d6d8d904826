// Logs made so that their right curve is known.

import Facts
import Replay
import TestSupport
import Testing

private func entry(_ seconds: Double, _ action: Action, port: UInt16 = 40000) -> Entry {
    var entry = Entry()
    entry.time = Instant(microseconds: start * 1_000_000 + Int64(seconds * 1_000_000))
    entry.source = Endpoint(Address(v4: 0x0A00_0005), port)
    entry.destination = Endpoint(Address(v4: 0xCB00_7109), 443)
    entry.ipProtocol = 6
    entry.known = .ports
    entry.action = action
    entry.dialect = .ciscoASA
    return entry
}

private func end(
    _ seconds: Double, _ why: Reason, port: UInt16 = 40000, after: Double? = nil
) -> Entry {
    var ended = entry(seconds, .close, port: port)
    ended.reason = why
    if let after {
        ended.known.insert(.duration)
        ended.durationMicroseconds = Int64(after * 1_000_000)
    }
    return ended
}

private func stray(
    _ seconds: Double, _ flags: TCPFlags = [.psh, .ack], port: UInt16 = 40000
) -> Entry {
    var blocked = entry(seconds, .block, port: port)
    blocked.known.insert(.flags)
    blocked.flags = flags
    return blocked
}

private func tuned(_ entries: [Entry], closed: Int64 = 0) -> LogTuning {
    var tuning = LogTuning { timeout in
        switch timeout {
        case .established: 3600
        case .opening: 30
        case .halfClosed: 600
        case .closed: closed
        }
    }
    for entry in entries.sorted(by: { $0.time < $1.time }) { tuning.add(entry) }
    tuning.finish()
    return tuning
}

private func curve(_ tuning: LogTuning, _ name: String = "tcp.established") throws -> TunedCurve {
    try #require(tuning.curves.first { $0.timeout.name == name })
}

extension TunedCurve {
    fileprivate func place(_ seconds: Int64) -> Int {
        values.firstIndex(of: seconds) ?? 0
    }
}

@Suite struct LogTuningTests {
    @Test func aStrayAfterTheEndIsSparedByWhatOutlastsItsSilence() throws {
        // Idle since 1000, ended at 4600; the stray comes at 6400, after 5400 seconds.
        let curve = try curve(
            tuned([
                entry(0, .open), end(4600, .closedIdle, after: 4600), stray(6400),
            ]))
        #expect(curve.values == [225, 450, 900, 1800, 3600, 7200, 14400, 28800, 57600, 115200])
        #expect(curve.cut == [1, 1, 1, 1, 1, 0, 0, 0, 0, 0])
        // It is counted once, though the 1000 seconds before are unseen too.
        #expect(curve.cutAtMost == [1, 1, 1, 1, 1, 0, 0, 0, 0, 0])
        #expect(TuningAdvice(curve).seconds == 7200)
    }

    @Test func aSilenceBeyondEveryValueIsCutByAll() throws {
        let curve = try curve(
            tuned([entry(0, .open), end(3600, .closedIdle), stray(200_000)]))
        #expect(curve.cut.allSatisfy { $0 == 1 })
        #expect(TuningAdvice(curve).seconds == nil)
    }

    @Test func shorterValuesAreKnownAsFarAsActivityIs() throws {
        let seen = try curve(
            tuned([
                entry(0, .open), entry(400, .update), entry(800, .update), end(1000, .closedByFins),
            ]))
        // 400 seconds at most: only 225 may cut it.
        #expect(seen.cut.allSatisfy { $0 == 0 })
        #expect(seen.cutAtMost == [1, 0, 0, 0, 0, 0, 0, 0, 0, 0])
        let unseen = try curve(tuned([entry(0, .open), end(1000, .closedByFins)]))
        #expect(unseen.cutAtMost == [1, 1, 1, 0, 0, 0, 0, 0, 0, 0])
    }

    @Test func statesAreHeldForAsLongAsTheTimeout() throws {
        var entries: [Entry] = []
        // One each 1000 seconds, used once, ended an hour later: four at a time.
        for number in 0..<40 {
            let port = UInt16(20000 + number)
            entries.append(entry(Double(number) * 1000, .open, port: port))
            entries.append(end(Double(number) * 1000 + 3600, .closedIdle, port: port, after: 3600))
        }
        let curve = try curve(tuned(entries))
        #expect(curve.peaks[curve.place(225)] == 1)
        #expect(curve.peaks[curve.place(1800)] == 2)
        #expect(curve.peaks[curve.place(3600)] == 4)
        #expect(curve.peaks[curve.place(7200)] == 8)
        #expect(curve.peaks[curve.place(14400)] == 15)
        // Beyond the log's end nothing is counted.
        #expect(curve.peaks[curve.place(115200)] == 40)
        #expect(curve.cut.allSatisfy { $0 == 0 })
    }

    @Test func aSparedConnectionIsHeldOn() throws {
        var entries = [entry(0, .open), end(3600, .closedIdle), stray(5000)]
        // At 8000 another is open: the first lives then at two hours, since it spoke at 5000.
        entries += [entry(8000, .open, port: 2), end(8500, .closedByFins, port: 2)]
        let alive = try curve(tuned(entries))
        #expect(alive.peaks[alive.place(3600)] == 1)
        #expect(alive.peaks[alive.place(7200)] == 2)
        // Had it been a RST, it had been gone.
        entries[2].flags = [.rst]
        let over = try curve(tuned(entries))
        #expect(over.peaks[over.place(7200)] == 1)
    }

    @Test func eachReasonIsItsOwnTimeouts() throws {
        let tuning = tuned(
            [
                entry(0, .open, port: 1), end(30, .closedHandshake, port: 1),
                stray(70, [.syn, .ack], port: 1),
                entry(0, .open, port: 2), end(700, .closedHalfClosed, port: 2),
                stray(1500, port: 2),
                entry(0, .open, port: 3), end(100, .closedByFins, port: 3),
                stray(400, [.ack], port: 3),
                entry(0, .open, port: 4), end(100, .closedByReset, port: 4),
                stray(101, [.ack], port: 4),
            ], closed: 90)
        let opening = try curve(tuning, "tcp.opening")
        #expect(opening.cut[opening.place(60)] == 1)
        #expect(opening.cut[opening.place(120)] == 0)
        #expect(opening.most(opening.place(15)) == nil)
        let half = try curve(tuning, "tcp.half-closed")
        #expect(half.cut[half.place(1200)] == 1 && half.cut[half.place(2400)] == 0)
        let closed = try curve(tuning, "tcp.closed")
        // Its last packet was 90 seconds before the end, at 10.
        #expect(closed.cut[closed.place(360)] == 1 && closed.cut[closed.place(720)] == 0)
        let established = try curve(tuning)
        #expect(established.cut.allSatisfy { $0 == 0 })
        #expect(tuned([entry(0, .open)]).curves.count == 3)
    }

    @Test func reusedPortsAreAnotherConnection() throws {
        let tuning = tuned([
            entry(0, .open), end(3600, .closedIdle), stray(4000), entry(5000, .open),
            end(5100, .closedByFins), stray(5101, [.fin, .ack]),
        ])
        let curve = try curve(tuning)
        #expect(curve.cut == [1, 1, 1, 1, 1, 0, 0, 0, 0, 0])
        // The old state could not have lived beyond the new opening.
        #expect(curve.peaks.allSatisfy { $0 == 1 })
        #expect(tuning.counts.openings == 2 && tuning.counts.ends == 2)
    }

    @Test func withoutEndsOnlyLongSilencesCount() throws {
        let tuning = tuned([
            entry(0, .open, port: 1), stray(600, [.fin, .ack], port: 1),
            entry(0, .open, port: 2), stray(6000, port: 2),
        ])
        let curve = try curve(tuning)
        #expect(curve.cut == [1, 1, 1, 1, 1, 0, 0, 0, 0, 0])
        #expect(curve.peaks.isEmpty && tuning.counts.withoutEnd == 1)
        #expect(TuningAdvice(curve).reason.contains("the log tells no ends"))
    }

    @Test func whatCannotBeIsCounted() {
        let tuning = tuned([
            entry(0, .open), end(1200, .closedIdle, after: 1200), stray(5, port: 9),
            entry(0, .open, port: 3), entry(0.5, .open, port: 3), end(7, .closedByFins, port: 3),
            end(7.2, .closedByFins, port: 3, after: 7),
        ])
        #expect(tuning.counts.tooYoung == 1 && tuning.counts.youngest == 1200)
        #expect(tuning.counts.ofUnknown == 1 && tuning.counts.strays == 1)
        #expect(tuning.counts.openings == 2 && tuning.counts.ends == 2)
    }

    @Test func whatThereIsNoRoomForIsJudgedEarly() throws {
        var tuning = LogTuning(connectionsMax: 100) { _ in 3600 }
        for number in 0..<250 {
            let port = UInt16(20000 + number)
            tuning.add(entry(Double(number), .open, port: port))
            // One strays while there is room, and one when it is forgotten.
            if number == 120 {
                tuning.add(end(120.5, .closedIdle, port: 20110, after: 10))
                tuning.add(stray(121, port: 20110))
            }
        }
        tuning.add(end(300, .closedIdle, port: 20000, after: 300))
        tuning.add(stray(4000, port: 20010))
        tuning.finish()
        #expect(tuning.counts.forgotten == 151 && tuning.counts.ofUnknown == 1)
        let curve = try curve(tuning)
        #expect(curve.cut[curve.values.firstIndex(of: 3600) ?? 0] == 1)
        // The one that was told of twice, from its opening and from its end, is held twice.
        #expect(curve.peaks.max() == 251)
    }

    @Test func translatedAddressesAreTheSameConnection() throws {
        var open = entry(0, .open)
        open.natSource = Endpoint(Address(v4: 0xC000_0201), 61000)
        var late = stray(6400)
        late.source = late.destination
        late.destination = open.natSource
        let curve = try curve(tuned([open, end(4600, .closedIdle, after: 4600), late]))
        #expect(curve.cut[curve.place(3600)] == 1 && curve.cut[curve.place(7200)] == 0)
    }

    /// Any order, any times: no crash, and cut never more than perhaps cut.
    @Test func nonsenseIsSurvived() {
        var random = Seeded()
        let actions: [Action] = [.open, .close, .pass, .update, .block, .note, .state]
        for _ in 0..<50 {
            var tuning = LogTuning { _ in Int64.random(in: 0..<4000, using: &random) }
            for _ in 0..<300 {
                var entry = entry(
                    Double.random(in: -1e6..<1e6, using: &random),
                    actions.randomElement(using: &random) ?? .note,
                    port: UInt16.random(in: 1...9, using: &random))
                entry.known.insert(.flags)
                entry.flags = TCPFlags(rawValue: UInt8.random(in: 0...255, using: &random))
                entry.reason = Reason.allCases.randomElement(using: &random) ?? .unknown
                if Bool.random(using: &random) {
                    entry.known.insert(.duration)
                    entry.durationMicroseconds = Int64.random(
                        in: -9...9_000_000_000, using: &random)
                }
                tuning.add(entry)
            }
            tuning.finish()
            for curve in tuning.curves {
                for place in curve.values.indices {
                    if let most = curve.most(place) { #expect(curve.cut[place] <= most) }
                }
                #expect(zip(curve.cut, curve.cut.dropFirst()).allSatisfy { $0 >= $1 })
                #expect(curve.peaks.allSatisfy { $0 >= 0 && $0 <= 300 })
            }
        }
    }
}
