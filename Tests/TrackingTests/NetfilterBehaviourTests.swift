// What the kernel's own tests of connection tracking hold it to: the behaviours that its packetdrill
// scripts describe (Linux tools/testing/selftests/net/netfilter/packetdrill), each in our packets.

import Facts
import Policy
import Testing
import Tracking

@Suite struct NetfilterBehaviourTests {
    private func openConnection(window: UInt16 = 64240) throws -> NetfilterRun {
        var run = try NetfilterRun()
        #expect(run.send(tcp(.syn, 1000, window: window)).kind == .new)
        #expect(run.send(answer([.syn, .ack], 5000, 1001, window: window)).kind == .established)
        let open = run.send(tcp(.ack, 1001, 5001, window: window))
        #expect(open.kind == .established && run.name(open) == "ESTABLISHED")
        return run
    }

    /// conntrack_ack_loss_stall: the receiver's ACKs are lost on the way to the firewall's other
    /// side, so the sender repeats what was acknowledged long ago. Invalid, it would stall for ever.
    @Test func repeatsOfWhatWasAcknowledgedPass() throws {
        var run = try openConnection(window: 2000)
        var sequence: UInt32 = 1001
        for _ in 0..<20 {
            run.send(tcp([.psh, .ack], sequence, 5001, length: 1000))
            sequence += 1000
            run.send(answer(.ack, 5001, sequence, window: 2000))
        }
        let before = run.send(tcp(.ack, sequence, 5001))
        run.wait(5)
        for old in stride(from: UInt32(1001), to: sequence - 3000, by: 1000) {
            let again = run.send(tcp([.psh, .ack], old, 5001, length: 1000))
            #expect(again.kind == .established && again.reason == .sequenceUnder)
            // Nothing is learnt of it, and no time is won.
            #expect(again.expiry == before.expiry)
        }
    }

    /// conntrack_inexact_rst: once it closes, a RST with any number is believed.
    @Test func aClosingConnectionBelievesAnyReset() throws {
        var run = try openConnection()
        run.send(tcp([.fin, .ack], 1001, 5001))
        run.send(answer(.ack, 5001, 1002))
        let reset = run.send(answer(.rst, 77_777_777))
        #expect(reset.kind == .established && run.name(reset) == "CLOSE")
    }

    /// conntrack_rst_invalid: an open one believes the exact number only.
    @Test func anOpenConnectionBelievesTheExactResetOnly() throws {
        var run = try openConnection()
        run.send(tcp([.psh, .ack], 1001, 5001, length: 1000))
        run.send(answer(.ack, 5001, 2001))
        for wrong in [0, 1001, 2000, 3_000_000_000] as [UInt32] {
            let reset = run.send(tcp(.rst, wrong))
            #expect(reset.kind == .invalid && run.name(reset) == "ESTABLISHED", "\(wrong)")
        }
        // In the window and not exact: it passes, and the connection is given ten seconds.
        let inside = run.send(tcp(.rst, 2100))
        #expect(inside.kind == .established && run.name(inside) == "ESTABLISHED")
        #expect(inside.expiry.microseconds - run.time == 10_000_000)
        let exact = run.send(tcp(.rst, 2001))
        #expect(exact.kind == .established && run.name(exact) == "CLOSE")
    }

    /// conntrack_syn_challenge_ack: the server still knows an older connection, answers a SYN with
    /// a challenge ACK, and the client's RST clears the way for the next SYN.
    @Test func aChallengedOpeningWorksInTheEnd() throws {
        var run = try NetfilterRun()
        run.send(tcp(.syn, 1000))
        let challenge = run.send(answer(.ack, 77_000, 500_000))
        #expect(challenge.kind == .established && challenge.reason == .ignoredInState)
        let reset = run.send(tcp(.rst, 500_000))
        #expect(reset.kind == .established && run.name(reset) == "CLOSE")
        run.wait(1)
        #expect(run.send(tcp(.syn, 1000)).kind == .new)
        #expect(run.send(answer([.syn, .ack], 90_000, 1001)).kind == .established)
        #expect(run.name(run.send(tcp(.ack, 1001, 90_001))) == "ESTABLISHED")
    }

    /// conntrack_synack_old: a SYN/ACK that acknowledges an older SYN is invalid, and harms nothing.
    @Test func anOldSYNACKIsInvalidAndTheRightOnePasses() throws {
        var run = try NetfilterRun()
        run.send(tcp(.syn, 1000))
        #expect(run.send(answer([.syn, .ack], 145_824_453, 643_160_523)).kind == .invalid)
        run.send(tcp(.syn, 1000))
        let right = run.send(answer([.syn, .ack], 162_602_410, 1001))
        #expect(right.kind == .established && run.name(right) == "SYN_RECV")
        #expect(run.name(run.send(tcp(.ack, 1001, 162_602_411))) == "ESTABLISHED")
    }

    /// conntrack_synack_reuse: the client opens anew what the firewall believes to be open.
    @Test func aSYNInAnOpenConnectionIsLetThroughUntilARSTMakesRoom() throws {
        var run = try openConnection()
        run.send(tcp([.psh, .ack], 1001, 5001, length: 10))
        run.send(answer(.ack, 5001, 1011))
        let anew = run.send(tcp(.syn, 700_000))
        #expect(anew.kind == .established && anew.reason == .ignoredInState)
        #expect(run.send(answer(.ack, 5001, 1011)).kind == .established)
        let reset = run.send(tcp(.rst, 1011))
        #expect(reset.kind == .established && run.name(reset) == "CLOSE")
        // The answer to the RST's own side: it opens afresh.
        let afresh = run.send(tcp(.syn, 700_000))
        #expect(afresh.kind == .new && run.name(afresh) == "SYN_SENT")
        #expect(run.model.ended.map(\.why) == [.closed])
        #expect(run.send(answer([.syn, .ack], 9000, 700_001)).kind == .established)
    }
}
