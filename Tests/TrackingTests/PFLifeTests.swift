// Connections as pf lives them: the phases, the timeouts and the ends of a state.

import Facts
import Policy
import Testing

@testable import Tracking

@Suite struct PFLifeTests {
    /// pf.c `pf_tcp_track_full()`, its choice of a timeout; pf.conf(5) names them.
    @Test func aNormalLifeHasThesePhasesAndTimeouts() {
        var wire = PFWire()
        let steps: [(End, String, Int64, Int64?, String, Double)] = [
            (.client, "S", 0, nil, "SYN_SENT:CLOSED", 120),
            (.server, "SA", 0, 1, "ESTABLISHED:SYN_SENT", 30),
            (.client, "A", 1, 1, "ESTABLISHED:ESTABLISHED", 86400),
            (.client, "FA", 1, 1, "CLOSING:ESTABLISHED", 900),
            (.server, "A", 1, 2, "FIN_WAIT_2:ESTABLISHED", 900),
            (.server, "FA", 1, 2, "FIN_WAIT_2:CLOSING", 45),
            (.client, "A", 2, 2, "FIN_WAIT_2:FIN_WAIT_2", 90),
        ]
        for (end, flags, seq, ack, phase, timeout) in steps {
            wire.wait(0.01)
            let tracked = wire.send(end, flags, seq: seq, ack: ack)
            #expect(tracked.step == .pass, "\(flags)")
            #expect(wire.phase(tracked) == phase)
            #expect(abs(wire.left(tracked) - timeout) < 0.001, "\(phase)")
        }
        #expect(wire.pf.stateCount == 1 && wire.pf.ended.isEmpty)
    }

    @Test func aResetEndsBothSidesAtOnce() {
        var wire = PFWire()
        wire.open()
        let tracked = wire.send(.server, "R", seq: 1)
        #expect(wire.phase(tracked) == "TIME_WAIT:TIME_WAIT")
        #expect(abs(wire.left(tracked) - 90) < 0.001)
    }

    /// A FIN that is sent again lies less than a window back: it fits, and renews the 90 seconds.
    @Test func lateFINsKeepAFinishedState() throws {
        var wire = PFWire()
        wire.open()
        wire.close()
        for _ in 0..<3 {
            wire.wait(80)
            let late = wire.send(.server, "FA", seq: 1, ack: 2)
            #expect(late.step == .pass && wire.left(late) == 90)
        }
        wire.wait(101)
        let stray = wire.send(.server, "FA", seq: 1, ack: 2)
        #expect(stray.step == .askRules && stray.state == nil)
        let ended = try #require(wire.pf.ended.first)
        #expect(ended.why == .expired)
        #expect(wire.pf.phaseName(ended.phase, ipProtocol: 6) == "FIN_WAIT_2:FIN_WAIT_2")
        #expect(ended.source == wire.client && ended.destination == wire.server)
    }

    /// What passes loosely after the end renews nothing.
    @Test func whatIsFurtherOffRenewsNothing() {
        var wire = PFWire()
        wire.open()
        wire.close()
        wire.wait(80)
        let far = wire.send(.server, "A", seq: 70_000, ack: 2, length: 1000)
        #expect(far.step == .pass && abs(wire.left(far) - 10) < 0.001)
        #expect(far.says.description.contains("loosely"))
        wire.wait(21)
        #expect(wire.send(.server, "A", seq: 71_000, ack: 2, length: 1000).step == .askRules)
    }

    /// pf.c `pf_test_state()`: a SYN on a finished state removes it, and the rules are asked.
    @Test func aSYNReopensFinishedPorts() throws {
        var wire = PFWire()
        wire.open()
        wire.close()
        wire.clientStart = 900_000
        let again = wire.send(.client, "S")
        #expect(again.step == .pass && wire.phase(again) == "SYN_SENT:CLOSED")
        #expect(wire.pf.stateCount == 1)
        let old = try #require(wire.pf.ended.first)
        #expect(old.why == .closed)
    }

    /// On a live connection the SYN's number decides, and seldom fits.
    @Test func aSYNOnLivePortsIsRefusedByItsNumber() {
        var wire = PFWire()
        wire.open()
        wire.clientStart = 900_000_000
        let again = wire.send(.client, "S")
        #expect(again.step == .block && again.reason == .stateMismatch)
    }

    /// OpenBSD answers with a challenge ACK instead.
    @Test(.tags(.restsOnOneSource))
    func openBSDChallengesASYNOnLivePorts() {
        var wire = PFWire(("system", "openbsd"))
        wire.open()
        let again = wire.send(.client, "S")
        #expect(again.step == .block && again.reason == .stateMismatch)
        #expect(again.says.description.contains("challenge ACK"))
    }

    /// The "30-second story": the SYN/ACK went another way.
    @Test func aClientAloneIsCarriedForThirtySeconds() {
        var wire = PFWire()
        wire.send(.client, "S")
        wire.wait(0.1)
        let ack = wire.send(.client, "A", seq: 1, ack: 1)
        #expect(ack.step == .pass && abs(wire.left(ack) - 30) < 0.001)
        var sent: Int64 = 1
        // 67,035 bytes beyond the two that the SYN allowed: 45 segments of 1448, and not 47.
        for _ in 0..<46 {
            wire.wait(0.1)
            let data = wire.send(.client, "A", seq: sent, ack: 1, length: 1448)
            #expect(data.step == .pass, "\(sent)")
            sent += 1448
        }
        let more = wire.send(.client, "A", seq: sent, ack: 1, length: 1448)
        #expect(more.step == .block && more.reason == .stateMismatch)
        #expect(more.says.description.hasPrefix("(8)"))
        // The ACK renewed the state, the data did not.
        wire.wait(24)
        #expect(wire.send(.client, "A", seq: 1, ack: 1).step == .pass)
        wire.wait(41)
        let stray = wire.send(.client, "PA", seq: sent, ack: 1, length: 100)
        #expect(stray.step == .askRules)
        #expect(wire.pf.ended.map(\.why) == [.expired])
    }

    /// The SYN never passes: its answers find neither a state nor a rule.
    @Test func answersAloneFindNoState() {
        var wire = PFWire()
        for wait in [0.0, 1, 2, 4] {
            wire.wait(wait)
            let answer = wire.send(.server, "SA", ack: 1)
            #expect(answer.step == .askRules && answer.state == nil)
        }
        #expect(wire.pf.stateCount == 0)
    }

    /// UDP: first, single while one side speaks, multiple when both have and spoke again.
    @Test func datagramsLiveByWhoSpoke() {
        var wire = PFWire()
        let steps: [(End, String, Double)] = [
            (.client, "SINGLE:NO_TRAFFIC", 60), (.client, "SINGLE:NO_TRAFFIC", 30),
            (.server, "MULTIPLE:SINGLE", 30), (.client, "MULTIPLE:MULTIPLE", 60),
        ]
        for (end, phase, timeout) in steps {
            let tracked = wire.send(wire.packet(from: end, Entry.udp))
            #expect(wire.pf.phaseName(tracked.phase, ipProtocol: 17) == phase)
            #expect(wire.left(tracked) == timeout)
        }
        wire.client.port = 0
        wire.server.port = 0
        let other = wire.send(wire.packet(from: .client, 47))
        #expect(wire.left(other) == 60 && other.step == .pass)
    }
}
