// The conditions of full tracking, one by one: the last packet that holds and the first that fails.
//
// pf.c `pf_tcp_track_full()`; OpenBSD's has the same bounds. Letters as in docs/models/pf.md.

import Facts
import Policy
import Testing

@testable import Tracking

@Suite struct PFWindowTests {
    private func refused(_ tracked: Tracked, _ letter: String) -> Bool {
        tracked.step == .block && tracked.reason == .stateMismatch
            && tracked.says.description.hasPrefix("(\(letter))")
    }

    /// (a) Data may end where the receiver's window ends; a FIN may lie one beyond.
    @Test func dataMayReachTheWindowsEnd() {
        var wire = PFWire()
        wire.open(window: 10000)
        #expect(wire.send(.client, "A", seq: 1, ack: 1, length: 10000).step == .pass)
        #expect(refused(wire.send(.client, "A", seq: 10001, ack: 1, length: 1), "a"))
        #expect(wire.send(.client, "FA", seq: 10001, ack: 1).step == .pass)
    }

    /// (b) Data may begin one window before what was sent.
    @Test func oldDataMayLieAWindowBack() {
        var wire = PFWire()
        wire.open(window: 10000)
        for _ in 0..<1 { wire.send(.client, "A", seq: 1, ack: 1, length: 10000) }
        wire.send(.server, "A", seq: 1, ack: 10001, window: 10000)
        wire.send(.client, "A", seq: 10001, ack: 1, length: 10000)
        // Sent up to 20001; the receiver's window is 10000.
        #expect(wire.send(.client, "A", seq: 10001, ack: 1, length: 100).step == .pass)
        #expect(refused(wire.send(.client, "A", seq: 10000, ack: 1, length: 100), "b"))
    }

    /// (c) An acknowledgement may be 67035 ahead of what the other end was seen to send.
    @Test func acknowledgementsMayRunAhead() {
        var wire = PFWire()
        wire.open()
        #expect(refused(wire.send(.client, "A", seq: 1, ack: 67037), "c"))
        #expect(wire.send(.client, "A", seq: 1, ack: 67036).step == .pass)
    }

    /// (d) and 67035 behind it, that times the sender's window scale.
    @Test(arguments: [0, 3] as [UInt8])
    func acknowledgementsMayLagBehind(_ scale: UInt8) {
        var wire = PFWire()
        wire.open(scale: scale)
        let room: Int64 = 67035 << Int64(scale)
        // The server has to be allowed to send that much, and the client to acknowledge it late.
        var sent: Int64 = 1
        while sent < room + 100 {
            let window = Int64(65535) << Int64(scale)
            let length = min(window, room + 100 - sent)
            let data = wire.send(.server, "A", seq: sent, ack: 1, length: UInt32(length))
            #expect(data.step == .pass)
            sent += length
            // The client tells of a window, and then acts as if it had not.
            wire.send(.client, "A", seq: 1, ack: sent)
        }
        let least = sent - room
        #expect(wire.send(.client, "A", seq: 1, ack: least).step == .pass)
        #expect(refused(wire.send(.client, "A", seq: 1, ack: least - 1), "d"))
    }

    /// (e) A RST must be at the next number of its sender, or one beside it.
    @Test(arguments: [-2, -1, 0, 1, 2] as [Int64])
    func resetsMustBeExact(_ offset: Int64) {
        var wire = PFWire()
        wire.open()
        wire.send(.server, "PA", seq: 1, ack: 1, length: 500)
        let reset = wire.send(.server, "R", seq: 501 + offset)
        if abs(offset) <= 1 {
            #expect(reset.step == .pass)
        } else {
            #expect(refused(reset, "e"))
        }
    }

    /// A RST with ACK and number 0 answers a SYN; while an end has not spoken, nothing it is said
    /// to have sent is judged.
    @Test func aRefusalOfASYNPasses() {
        var wire = PFWire()
        wire.send(.client, "S")
        var reset = wire.tcp(.server, "RA", ack: 1)
        reset.sequence = 0
        #expect(wire.send(reset).step == .pass)
    }

    /// Loosely: while the other end has not spoken, or once a side is closed, 67035 both ways.
    @Test func afterTheEndMuchPassesLoosely() {
        var wire = PFWire()
        wire.open()
        wire.close()
        // Sent up to 2; the server's window ended at 65537.
        let allowed: Int64 = 65537
        #expect(
            wire.send(.client, "A", seq: allowed + 67035 - 10, ack: 2, length: 10).step == .pass)
        #expect(
            refused(
                wire.send(.client, "A", seq: allowed + 67036 + 67035, ack: 2, length: 10), "8"))
        #expect(refused(wire.send(.client, "A", seq: 2 - 70000, ack: 2, length: 10), "8"))
    }

    /// Refused: no phase moves, and the state is not renewed.
    @Test func aRefusedPacketChangesNothing() {
        var wire = PFWire()
        let syn = wire.send(.client, "S")
        wire.send(.server, "SA", ack: 1)
        let before = wire.send(.client, "A", seq: 1, ack: 1)
        wire.wait(100)
        let refused = wire.send(.client, "FA", seq: 5_000_000, ack: 1, length: 10)
        #expect(refused.step == .block && refused.state == syn.state)
        #expect(refused.phase == before.phase && refused.expiry == before.expiry)
    }

    /// While both sides have only sent SYNs a misfit is answered with a RST, and the sender is
    /// forgotten: its next packet is its first again.
    @Test(.tags(.restsOnOneSource))
    func amisfitInTheHandshakeIsReset() {
        var wire = PFWire()
        wire.send(.client, "S")
        wire.send(.server, "S")
        let misfit = wire.send(.client, "S", seq: 9_000_000)
        #expect(misfit.step == .block && misfit.reason == .stateMismatch)
        #expect(misfit.says.description.hasSuffix("pf answers with a RST"))
        #expect(wire.send(.client, "S", seq: 9_000_000).step == .pass)
        let reset = wire.send(.server, "R", seq: 9_000_000)
        #expect(reset.step == .block && !reset.says.description.contains("answers"))
    }

    /// A scale counts only if both offer one; the window of a SYN is never scaled.
    @Test func oneSidedScalesAreForgotten() {
        var wire = PFWire()
        wire.send(.client, "S", window: 64000, scale: 7)
        wire.send(.server, "SA", ack: 1, window: 1000)
        wire.send(.client, "A", seq: 1, ack: 1, window: 500)
        // The client's 500 are plain, and it allowed 64000 in its SYN.
        #expect(wire.send(.server, "A", seq: 1, ack: 1, length: 64000).step == .pass)
        #expect(refused(wire.send(.server, "A", seq: 64001, ack: 1, length: 1000), "a"))
    }

    /// Two scales: the windows behind the handshake count as many times as they say.
    @Test func agreedScalesWiden() {
        var wire = PFWire()
        wire.open(window: 1000, scale: 4)
        #expect(wire.send(.client, "A", seq: 1, ack: 1, length: 1000).step == .pass)
        wire.send(.server, "A", seq: 1, ack: 1001, window: 1000)
        #expect(wire.send(.client, "A", seq: 1001, ack: 1, length: 16000).step == .pass)
        #expect(refused(wire.send(.client, "A", seq: 17001, ack: 1, length: 1), "a"))
    }

    /// A state of a data packet (`flags any`) knows no scale: large windows are misjudged.
    @Test func aStateFromTheMiddleKnowsNoScale() {
        var wire = PFWire()
        wire.ruling = .anything
        wire.send(.client, "A", seq: 1, ack: 1, length: 100, window: 1000)
        let answer = wire.send(.server, "A", seq: 1, ack: 101, window: 1000)
        #expect(wire.phase(answer) == "ESTABLISHED:SYN_SENT")
        wire.send(.client, "A", seq: 101, ack: 1, window: 1000)
        // Both mean 1000 << 7, and send so much; pf takes it for 1000.
        let data = wire.send(.client, "A", seq: 101, ack: 1, length: 20000, window: 1000)
        #expect(refused(data, "a"))
    }

    /// Serial numbers go round.
    @Test func numbersMayWrap() {
        var wire = PFWire()
        wire.clientStart = .max - 2000
        wire.serverStart = .max - 10
        wire.open()
        for number in 0..<10 {
            let data = wire.send(
                .client, "A", seq: 1 + Int64(number) * 1000, ack: 1, length: 1000)
            #expect(data.step == .pass)
            wire.send(.server, "A", seq: 1, ack: 1 + Int64(number + 1) * 1000)
        }
    }
}
