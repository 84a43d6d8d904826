// Networks behind the firewall, learnt from where packets come in.

import Facts
import Testing

@testable import Evidence

@Suite struct InsideLearnerTests {
    private let lan = Name(hash: 1)
    private let wan = Name(hash: 2)

    private func packet(
        _ interface: Name, from source: UInt32, to destination: UInt32, opens: Bool = true
    ) -> Entry {
        var entry = Entry()
        entry.interface = interface
        entry.direction = .inward
        entry.ipProtocol = Entry.tcp
        entry.known = [.ports, .flags]
        entry.flags = opens ? .syn : .ack
        entry.source = Endpoint(Address(v4: source), 50000)
        entry.destination = Endpoint(Address(v4: destination), 443)
        return entry
    }

    /// Strangers of as many networks as are given call one host of 203.0.113.0/24.
    private func strangers(_ networks: UInt32, _ learner: inout InsideLearner) {
        for number in 0..<networks {
            learner.add(packet(wan, from: 0x0801_0001 + number << 8, to: 0xCB00_7105))
        }
    }

    private func clients(of network: UInt32, calling networks: UInt32) -> InsideLearner {
        var learner = InsideLearner()
        strangers(20, &learner)
        for number in 0..<UInt32(30) {
            let to = 0x5DB8_0001 + (number % networks) << 8
            learner.add(packet(lan, from: network + 5 + number % 4, to: to))
        }
        return learner
    }

    @Test func clientsOnAnInterfaceOfTheirOwn() {
        let learner = clients(of: 0xCB00_7100, calling: 9)
        #expect(learner.networks == [Network("203.0.113.0/24")].compactMap { $0 })
    }

    @Test func notAPartnerWhoCallsFew() {
        #expect(clients(of: 0xCB00_7100, calling: 3).networks.isEmpty)
    }

    @Test func notWhatComesFromTheInternetToo() {
        var learner = clients(of: 0xCB00_7100, calling: 9)
        learner.add(packet(wan, from: 0xCB00_7109, to: 0x0A00_0001))
        #expect(learner.networks.isEmpty)
    }

    @Test func notWithoutAnInternetSide() {
        var learner = InsideLearner()
        strangers(3, &learner)
        for number in 0..<UInt32(40) {
            learner.add(packet(lan, from: 0xCB00_7105, to: 0x5DB8_0001 + number << 8))
        }
        #expect(learner.networks.isEmpty)
    }

    @Test func memoryStaysBounded() {
        var learner = InsideLearner()
        for number in 0..<UInt32(200_000) {
            learner.add(
                packet(Name(hash: UInt64(number) + 9), from: number << 8 | 0x0800_0001, to: 1))
        }
        #expect(learner.networks.isEmpty)
    }
}
