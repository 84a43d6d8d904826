// What frames' addresses and interfaces tell of a wrong route: the routers, and both ways.

import Causes
import Evidence
import Facts
import Testing

@Suite struct PlacesTests {
    private static let own: UInt64 = 0x0200_0000_0001
    private static let routerA: UInt64 = 0x0200_0000_000A
    private static let routerB: UInt64 = 0x0200_0000_000B
    private static let start = Instant(seconds: 1_795_000_000)

    /// `at` is in seconds.
    private func entry(
        _ at: Double, _ action: Action, _ flags: TCPFlags, from: (UInt32, UInt16),
        to: (UInt32, UInt16), on interface: UInt64, _ direction: Direction,
        macs: (from: UInt64, to: UInt64)? = nil
    ) -> Entry {
        var entry = Entry()
        entry.time = PlacesTests.start
        entry.time.microseconds += Int64(at * 1_000_000)
        entry.action = action
        entry.ipProtocol = Entry.tcp
        entry.known = [.ports, .flags]
        entry.flags = flags
        entry.source = Endpoint(Address(v4: from.0), from.1)
        entry.destination = Endpoint(Address(v4: to.0), to.1)
        entry.interface = Name(hash: interface)
        entry.direction = direction
        entry.dialect = .netfilter
        if let macs {
            entry.known.insert(.macs)
            entry.macSource = macs.from
            entry.macDestination = macs.to
        }
        return entry
    }

    private func diagnose(_ entries: [Entry]) -> Diagnosis {
        var digest = Digest(Settings(), beginsInput: true)
        for var entry in entries.sorted(by: { $0.time < $1.time }) {
            digest.lines += 1
            digest.add(&entry, line: digest.lines)
        }
        digest.finish()
        return Diagnosis(digest, timers: TimerBook())
    }

    private let client: UInt32 = 0x0A14_0005
    private let server: UInt32 = 0x0A1E_0009

    /// Answers of a server whose network's packets come by one router, and what goes to it leaves
    /// to the other given.
    private func crossed(leavingTo other: UInt64) -> Diagnosis {
        var entries: [Entry] = []
        for number in 0..<4 {
            let at = Double(number) * 60
            let port = UInt16(40000 + number)
            for again in [0, 1, 3, 7] as [Double] {
                entries.append(
                    entry(
                        at + again, .block, [.syn, .ack], from: (server, 443), to: (client, port),
                        on: 1, .inward, macs: (PlacesTests.routerA, PlacesTests.own)))
            }
            // It also opens connections that work; their answers leave on the same interface.
            let host = server + UInt32(number)
            entries.append(
                entry(
                    at + 20, .seen, .syn, from: (host, 50000 + port / 1000), to: (0x0808_0808, 80),
                    on: 1, .unknown, macs: (PlacesTests.routerA, PlacesTests.own)))
            entries.append(
                entry(
                    at + 20.1, .seen, [.syn, .ack], from: (0x0808_0808, 80),
                    to: (host, 50000 + port / 1000), on: 1, .unknown,
                    macs: (PlacesTests.own, other)))
        }
        return diagnose(entries)
    }

    private func text(_ diagnosis: Diagnosis) -> String {
        diagnosis.findings.flatMap(\.ledger).map(\.text).joined(separator: "\n")
    }

    @Test func aNetworkBehindTwoRoutersIsTold() {
        let diagnosis = crossed(leavingTo: PlacesTests.routerB)
        #expect(diagnosis.findings.first?.cause == .asymmetricRouting)
        #expect(text(diagnosis).contains("02:00:00:00:00:0a, and what goes to it leaves to"))
        #expect(diagnosis.findings.first?.paths.first?.router == PlacesTests.routerA)
    }

    /// VRRP: routers answer for a shared address and send from their own.
    @Test(arguments: [0x0200_0000_000A, 0x0000_5E00_0107, 0x0000_0C07_AC05] as [UInt64])
    func oneRouterAndASharedAddressAreNotTwo(_ mac: UInt64) {
        #expect(!text(crossed(leavingTo: mac)).contains("leaves to"))
    }

    @Test func theWayNotSeenIsNamed() {
        let paths = crossed(leavingTo: PlacesTests.routerB).findings.first?.paths ?? []
        #expect(paths.count == 2)
        #expect(paths.first?.load == .answers && paths.first?.fate == .blocked)
        #expect(paths.first?.interfaces == [Name(hash: 1)])
        // Openings are seen in this log, and none of the client's.
        #expect(paths.last?.load == .requests && paths.last?.fate == .absent)
    }

    @Test func withoutOpeningsAWayNotSeenIsUnknown() {
        let entries = [0, 1, 3, 7].map {
            entry(
                $0, .block, [.syn, .ack], from: (server, 443), to: (client, 40000), on: 1, .inward)
        }
        let paths = diagnose(entries).findings.first?.paths ?? []
        #expect(paths.last?.fate == .unknown)
        #expect(paths.first?.router == nil)
    }

    @Test func anotherInterfaceIsNamed() {
        var opening = entry(
            0, .pass, .syn, from: (client, 40000), to: (server, 443), on: 2, .inward)
        opening.otherInterface = Name(hash: 3)
        let answers = [0.1, 1.1, 3.1].map {
            entry(
                $0, .block, [.syn, .ack], from: (server, 443), to: (client, 40000), on: 1, .inward)
        }
        let finding = diagnose([opening] + answers).findings.first
        #expect(finding?.cause == .asymmetricRouting && finding?.variant == "multi-wan")
        let back = finding?.paths.last
        #expect(back?.fate == .passed && back?.load == .requests)
        #expect(back?.interfaces == [Name(hash: 2)] && back?.exits == [Name(hash: 3)])
    }
}
