// What a log tells of a timeout against what the packets themselves tell: a model writes the log.

import Facts
import Policy
import Replay
import TestSupport
import Testing
import Tracking

/// The entries that a firewall would log of these packets: openings, ends, and what it blocked.
private func logged(
    _ packets: [Packet], _ kind: FirewallKind, _ settings: [(name: String, value: String)]
) throws -> [Entry] {
    var firewall = try Firewall(
        kind, .standard(StandardRules()), settings: settings, inside: [], isInnerInterface: false)
    var out = VerdictBatch(count: 1)
    var entries: [Entry] = []
    for packet in packets {
        var one = [packet]
        firewall.judge(&one, count: 1, &out)
        for ended in out.ended {
            let state = ended.state
            let name = firewall.phaseName(state.phase, ipProtocol: state.ipProtocol)
            entries.append(Entry(state, kind, Ending(phase: name)))
        }
        let verdict = out.verdicts[0]
        guard verdict.opened || !verdict.passes else { continue }
        entries.append(Entry(packet, verdict, kind, rule: .none, words: .none))
    }
    return entries.sorted { $0.time < $1.time }
}

@Suite struct LogAgainstReplayTests {
    @Test func aLogTellsOfLongerValuesWhatAReplayTells() throws {
        var random = Seeded()
        let kind = FirewallKind.netfilter
        let timeout = try #require(kind.timeouts.first)
        let name = timeout.name
        for now: Int64 in [1800, 3600, 7200] {
            let packets = traffic(&random, closes: false)
            let entries = try logged(
                packets, kind, kind.settingsWithoutLimits + [(name, "\(now)")])
            var tuning = LogTuning { $0 == .established ? now : 0 }
            for entry in entries { tuning.add(entry) }
            tuning.finish()
            let told = try #require(tuning.curves.first)

            var curve = TimeoutCurve(timeout, now: now)
            var firewall = try Firewall(
                kind, .standard(StandardRules()),
                settings: kind.settingsWithoutLimits + [curve.setting], inside: [],
                isInnerInterface: false)
            var out = VerdictBatch(count: packets.count)
            var all = packets
            firewall.judge(&all, count: all.count, &out)
            curve.add(all, count: all.count, out)
            curve.finish()
            let real = curve.outcome

            #expect(told.values == real.values && real.cut[4] > 0, "\(random)")
            for (place, seconds) in told.values.enumerated() {
                let what = "\(seconds) of \(now); \(random)"
                if seconds >= now {
                    #expect(told.cut[place] == real.cut[place], "\(what)")
                    #expect(
                        abs(told.peaks[place] - real.peaks[place]) <= 2,
                        "\(what): \(told.peaks) and \(real.peaks)")
                } else {
                    #expect(told.cut[place] <= real.cut[place], "\(what)")
                    #expect(real.cut[place] <= told.most(place) ?? .max, "\(what)")
                    #expect(told.peaks[place] + 2 >= real.peaks[place], "\(what)")
                }
            }
        }
    }
}
