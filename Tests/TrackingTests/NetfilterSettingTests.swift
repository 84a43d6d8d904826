// netfilter's settings by their names, and what the kernels do differently.

import Facts
import Policy
import Testing
import Tracking

@Suite struct NetfilterSettingTests {
    @Test(
        arguments: [
            "nf_conntrack_tcp_timeout_established", "tcp_timeout_established", "tcp.established",
            "net.netfilter.nf_conntrack_tcp_timeout_established",
        ],
        [("7200", 7200), ("120m", 7200), ("2h", 7200), ("5d", 432_000), ("90s", 90)])
    func aTimeoutHasSeveralNames(_ name: String, _ value: (text: String, seconds: Int64)) throws {
        var run = try NetfilterRun("\(name)=\(value.text)")
        run.send(tcp(.syn, 1000))
        run.send(answer([.syn, .ack], 5000, 1001))
        let open = run.send(tcp(.ack, 1001, 5001))
        #expect(open.expiry.microseconds - run.time == value.seconds * 1_000_000)
    }

    @Test(arguments: ["", "x", "-1", "1w", "1.5h", "99999999999d", "25d", "٣", "s"])
    func aTimeThatIsNoneIsRefused(_ value: String) {
        var model = Netfilter()
        #expect(
            throws: SettingFault.badValue(
                expected: "a time such as 30, 5m, 24h or 5d, at most 24 days")
        ) {
            try model.set("tcp.established", to: value)
        }
    }

    @Test func anUnknownNameIsAnsweredWithTheNearest() {
        var model = Netfilter()
        #expect(throws: SettingFault.unknownName(nearest: "tcp_timeout_established")) {
            try model.set("tcp_timeout_establishd", to: "5")
        }
        #expect(throws: SettingFault.unknownName(nearest: nil)) { try model.set("zz", to: "5") }
    }

    @Test(
        arguments: [
            ("tcp_loose", "2"), ("be_liberal", "yes"), ("kernel", "4.19"), ("max", "-1"),
            ("max_retrans", "256"), ("buckets", "0"),
        ])
    func aWrongValueIsRefused(_ name: String, _ value: String) {
        var model = Netfilter()
        #expect(throws: SettingFault.self) { try model.set(name, to: value) }
    }

    /// A connection with a window of 1,000 bytes each way.
    private func open(_ settings: String...) throws -> NetfilterRun {
        var run = try NetfilterRun()
        for setting in settings {
            let pair = setting.split(separator: "=").map(String.init)
            try run.model.set(pair[0], to: pair[1])
        }
        run.send(tcp(.syn, 1000, window: 1000))
        run.send(answer([.syn, .ack], 5000, 1001, window: 1000))
        run.send(tcp(.ack, 1001, 5001, window: 1000))
        return run
    }

    @Test(
        arguments: [
            ("5.10", StateClass.invalid), ("6.1", .established), ("6.18", .established),
        ])
    func olderKernelsForgiveNothingOutsideTheWindow(_ kernel: String, _ kind: StateClass) throws {
        var run = try open("kernel=\(kernel)")
        // The server has acknowledged 4,000 bytes; then the first comes again.
        for index in 0..<4 as Range<UInt32> {
            run.send(tcp([.psh, .ack], 1001 + index * 1000, 5001, window: 1000, length: 1000))
            run.send(answer(.ack, 5001, 2001 + index * 1000, window: 1000))
        }
        let old = run.send(tcp([.psh, .ack], 1001, 5001, window: 1000, length: 1000))
        #expect(old.kind == kind && old.reason == .sequenceUnder)
    }

    @Test(arguments: [("5.10", StateClass.invalid), ("6.1", .established), ("6.18", .established)])
    func newerKernelsBelieveAnyResetWhileClosing(_ kernel: String, _ kind: StateClass) throws {
        var run = try open("kernel=\(kernel)")
        run.send(tcp([.fin, .ack], 1001, 5001, window: 1000))
        #expect(run.send(answer(.rst, 900_000, 0)).kind == kind)
    }

    @Test func ignoreInvalidRSTIsNewerThanFiveTen() throws {
        for (kernel, kind) in [("5.10", StateClass.invalid), ("6.18", .established)] {
            var run = try open("kernel=\(kernel)", "ignore_invalid_rst=1")
            run.send(tcp([.psh, .ack], 1001, 5001, window: 1000, length: 100))
            run.send(answer(.ack, 5001, 1101, window: 1000))
            #expect(run.send(tcp(.rst, 1100)).kind == kind)
        }
    }

    @Test func aRepeatedSYNRenewedTheTimerOnce() throws {
        for (kernel, seconds) in [("5.10", 120), ("6.1", 110), ("6.18", 110)] as [(String, Int64)] {
            var run = try NetfilterRun("kernel=\(kernel)")
            run.send(tcp(.syn, 1000))
            run.wait(10)
            let again = run.send(tcp(.syn, 1000))
            let left = again.expiry.microseconds - run.time
            #expect(abs(left - seconds * 1_000_000) < 1000, "\(kernel)")
        }
    }

    @Test func checksumsAreLookedAtUnlessSwitchedOff() throws {
        for (value, kind) in [("1", StateClass.invalid), ("0", .new)] {
            var run = try NetfilterRun("checksum=\(value)")
            var packet = tcp(.syn, 1000)
            packet.form.insert(.badChecksum)
            let tracked = run.send(packet)
            #expect(tracked.kind == kind)
            #expect((tracked.reason == .badChecksum) == (kind == .invalid))
        }
    }
}
