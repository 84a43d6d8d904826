// Two runs beside each other: what differs is told by connection.

import Facts
import Replay
import Testing

@Suite struct ComparisonTests {
    private func compare(
        _ packets: [Packet], _ first: [(name: String, value: String)],
        _ second: [(name: String, value: String)]
    ) throws -> Comparison {
        let one = try judge(packets, .pf, settings: first)
        let other = try judge(packets, .pf, settings: second)
        var comparison = Comparison()
        for place in packets.indices {
            comparison.add(
                packets[place], one.verdicts[place], other.verdicts[place], input: 0,
                number: place + 1)
        }
        return comparison
    }

    @Test func aLongerTimeoutSparesWhatIsIdle() throws {
        var packets: [Packet] = []
        for number: UInt16 in 0..<10 {
            var talk = Talk()
            talk.client.port = 40000 + number
            talk.handshake(Double(number))
            // An hour for the first, ten for the last.
            talk.send(Double(number) + 3600 * Double(number + 1), [.psh, .ack], length: 10)
            packets += talk.packets
        }
        packets.sort { $0.time < $1.time }
        let settings = { (hours: String) in [(name: "tcp.established", value: hours)] }
        let comparison = try compare(packets, settings("4h"), settings("8h"))
        #expect(comparison.blockedConnections == (6, 2))
        #expect(comparison.differences.count == 4 && comparison.differingPackets == 4)
        #expect(comparison.differences.allSatisfy { $0.onlyFirst == 1 && $0.onlySecond == 0 })
        #expect(comparison.differences[0].source.port == 40004)
        let same = try compare(packets, settings("4h"), settings("4h"))
        #expect(same.differences.isEmpty && same.blockedConnections == (6, 6))
    }
}
