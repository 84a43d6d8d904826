// The curve of one pass is what real replays with each value give.

import Facts
import Replay
import TestSupport
import Testing

/// Connections with pauses of every length, opened and closed at random.
func traffic(_ random: inout Seeded, closes: Bool) -> [Packet] {
    var packets: [Packet] = []
    for number in 0..<300 {
        var talk = Talk()
        talk.client.port = UInt16(20000 + number)
        var time = Double(number) * 40 + Double.random(in: 0..<30, using: &random)
        talk.handshake(time)
        for _ in 0..<Int.random(in: 0...4, using: &random) {
            time += exp2(Double.random(in: 0..<17, using: &random))
            let fromClient = Bool.random(using: &random)
            talk.send(time, fromClient: fromClient, [.psh, .ack], length: 100)
            talk.send(time + 0.05, fromClient: !fromClient, .ack)
        }
        guard closes else {
            packets += talk.packets
            continue
        }
        time += exp2(Double.random(in: 0..<12, using: &random))
        switch Int.random(in: 0..<4, using: &random) {
        case 0: talk.send(time, [.rst, .ack])
        case 1:
            talk.close(time)
            talk.send(time + exp2(Double.random(in: 0..<10, using: &random)), [.fin, .ack]) {
                $0.sequence &-= 1
            }
        case 2:
            talk.send(time, [.fin, .ack])
            time += exp2(Double.random(in: 0..<12, using: &random))
            talk.send(time, fromClient: false, [.psh, .ack], length: 10)
        default: talk.close(time)
        }
        packets += talk.packets
    }
    return packets.sorted { $0.time < $1.time }
}

private func exp2(_ power: Double) -> Double {
    var value = 1.0
    for _ in 0..<Int(power) { value *= 2 }
    return value * (1 + power - Double(Int(power)))
}

@Suite struct TimeoutCurveTests {
    private func curve(
        _ packets: [Packet], _ kind: FirewallKind, _ timeout: TunedTimeout
    ) throws -> TimeoutCurve {
        var curve = TimeoutCurve(timeout, now: timeout.standard)
        var firewall = try Firewall(
            kind, .standard(StandardRules()),
            settings: kind.settingsWithoutLimits + [curve.setting], inside: [],
            isInnerInterface: false)
        var out = VerdictBatch(count: 500)
        var from = 0
        while from < packets.count {
            var batch = Array(packets[from..<min(from + 500, packets.count)])
            firewall.judge(&batch, count: batch.count, &out)
            curve.add(batch, count: batch.count, out)
            from += 500
        }
        curve.finish()
        return curve
    }

    /// Connections with strays, where the timeout is so long, that have none where it is endless.
    private func replayed(
        _ packets: [Packet], _ kind: FirewallKind, _ timeout: TunedTimeout, _ seconds: Int64
    ) throws -> (strayed: Set<UInt16>, peak: Int) {
        let judged = try judge(
            packets, kind,
            settings: kind.settingsWithoutLimits + [(timeout.name, "\(seconds)")], step: 500)
        var strayed: Set<UInt16> = []
        for place in packets.indices
        where !judged.verdicts[place].passes && !judged.verdicts[place].hasState {
            strayed.insert(min(packets[place].source.port, 65535))
            strayed.insert(packets[place].destination.port)
        }
        strayed.remove(443)
        return (strayed, judged.firewall.states.peak)
    }

    @Test(arguments: [
        (FirewallKind.netfilter, "nf_conntrack_tcp_timeout_established"),
        (.netfilter, "nf_conntrack_tcp_timeout_time_wait"),
        (.netfilter, "nf_conntrack_tcp_timeout_close_wait"), (.pf, "tcp.established"),
        (.pf, "tcp.closing"), (.pf, "tcp.closed"), (.forcepoint, "idle.tcp"),
    ])
    func theCurveIsWhatReplaysGive(_ kind: FirewallKind, _ name: String) throws {
        let timeout = try #require(kind.timeouts.first { $0.name == name })
        var random = Seeded()
        for _ in 0..<2 {
            let isOfOpen = name.contains("established") || name == "idle.tcp"
            let packets = traffic(&random, closes: !isOfOpen)
            let curve = try curve(packets, kind, timeout)
            let endless = try replayed(packets, kind, timeout, 2_000_000)
            var differs = 0
            for (place, seconds) in curve.values.enumerated() {
                let real = try replayed(packets, kind, timeout, seconds)
                // Where others stray anyway, some that are cut are among them.
                let least = real.strayed.subtracting(endless.strayed).count
                let most = isOfOpen ? least : real.strayed.count
                // pf lets a state lie for up to ten seconds beyond its time.
                let slack = kind == .pf ? 3 + least / 20 : 0
                #expect(
                    (least - slack...most + slack).contains(curve.cut[place]),
                    "\(name)=\(seconds): \(curve.cut[place]), not \(least) to \(most); \(random)")
                #expect(
                    abs(curve.peaks[place] - real.peak) <= 2 + real.peak / 20,
                    "\(name)=\(seconds): peak \(curve.peaks[place]) here, \(real.peak) there")
                differs += least
            }
            #expect(differs > 0 || name.contains("close_wait"))
        }
    }

    @Test func theAdviceFollowsTheCurve() throws {
        let timeout = try #require(FirewallKind.pf.timeouts.first)
        var random = Seeded()
        let curve = try curve(traffic(&random, closes: true), .pf, timeout)
        let advice = TuningAdvice(curve.outcome)
        #expect(!advice.reason.isEmpty)
        let now = try #require(curve.values.firstIndex(of: curve.now))
        if curve.cut[now] > 0 {
            #expect((advice.seconds ?? .max) > curve.now)
        } else {
            #expect((advice.seconds ?? 0) < curve.now)
        }
        #expect(TuningAdvice(TimeoutCurve(timeout, now: 86400).outcome).seconds == nil)
    }
}
