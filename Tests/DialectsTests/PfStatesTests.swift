// What no golden log shows of pf's state table: dumps cut anywhere, and lines in between.

import Bytes
import Dialects
import Facts
import TestSupport
import Testing

private let heads = [
    "all tcp 203.0.113.2:51712 (10.0.0.5:48388) -> 198.51.100.7:443       FIN_WAIT_2:CLOSE_WAIT",
    "igb1 tcp 2001:db8:1::7[443] (2001:db8:2::7[8443]) <- 2001:db8::5[48390]       CLOSED:SYN_SENT",
    "igb0 tcp 10.0.0.80:25 <- 192.0.2.36:36069       PROXY:DST",
    "all udp 203.0.113.2:61001 (10.0.0.5:5353) -> 198.51.100.53:53       NO_TRAFFIC:SINGLE",
    "all icmp 203.0.113.2:4711 (10.0.0.5:1) -> 198.51.100.7:8       0:0",
    "all sctp (3) 192.0.2.1:2905 -> 198.51.100.7 ((1) 192.0.2.7:2905)       CLOSED:COOKIE_ECHOED",
    "all 253 192.0.2.1 -> 198.51.100.7       MULTIPLE:SINGLE",
]

private let below = [
    "   [3165868840 + 65536](+12) wscale 7  [2555950065 + 44372] wscale 10",
    "   age 00:01:09, expires in 23:59:51, 24:13 pkts, 2134:6899 bytes, rule 93",
    "   id: 64f0aa1200000000 creatorid: 8a1b2c3d",
    "   origif: igb0",
]

@Suite struct PfStatesTests {
    @Test(arguments: heads)
    func onlyTheWholeLineIsAState(_ head: String) {
        let bytes = Array(head.utf8)
        for count in 0..<bytes.count {
            var reader = LineReader(clock: testClock)
            #expect(read(Array(bytes[..<count]), &reader) == nil, "\(count)")
            #expect(reader.tally.skipped + reader.tally.rejected == 1, "\(count)")
        }
        var reader = LineReader(clock: testClock)
        #expect(read(bytes, &reader)?.action == .state)
    }

    /// Past the protocol a line that ends too soon is a state lost, and must be counted as one.
    @Test(arguments: heads)
    func aCutStateIsRejected(_ head: String) throws {
        let bytes = Array(head.utf8)
        let arrow = try #require(bytes.firstIndex { $0 == 0x3C || $0 == 0x3E })
        for count in arrow + 2..<bytes.count {
            var reader = LineReader(clock: testClock)
            #expect(read(Array(bytes[..<count]), &reader) == nil)
            #expect(reader.tally.rejected == 1, "\(count)")
        }
    }

    @Test func theLinesBelowAStateAreNoEntriesAndNoDamage() {
        var reader = LineReader(clock: testClock)
        for line in [heads[0]] + below + [heads[1]] + below {
            _ = read(Array(line.utf8), &reader)
        }
        #expect(reader.tally.entries == 2)
        #expect(reader.tally.continued == 8)
        #expect(reader.tally.skipped == 0)
        #expect(reader.tally.rejected == 0)
    }

    @Test func changedBytesAreCounted() {
        var random = Seeded()
        for head in heads + below {
            for _ in 0..<300 {
                var bytes = Array(head.utf8)
                for _ in 0..<3 {
                    let place = Int.random(in: 0..<bytes.count, using: &random)
                    bytes[place] = UInt8.random(in: 0x20...0x7E, using: &random)
                }
                var reader = LineReader(clock: testClock)
                _ = read(bytes, &reader)
                let tally = reader.tally
                #expect(
                    tally.entries + tally.skipped + tally.continued + tally.rejected == 1)
            }
        }
    }

    @Test(arguments: [
        ("SYN_SENT:CLOSED", Reason.stateOpening, false),
        ("CLOSED:SYN_SENT", .stateOpening, false),
        ("SYN_SENT:ESTABLISHED", .stateOpening, true),
        ("ESTABLISHED:SYN_SENT", .stateOpening, true),
        ("ESTABLISHED:CLOSED", .stateOpening, false),
        ("ESTABLISHED:ESTABLISHED", .stateEstablished, true),
        ("CLOSING:ESTABLISHED", .stateClosing, true),
        ("CLOSED:CLOSING", .stateClosing, false),
        ("FIN_WAIT_2:FIN_WAIT_2", .stateClosing, true),
        ("TIME_WAIT:TIME_WAIT", .stateClosing, true),
    ])
    func thePairTellsHowFarItCame(_ pair: String, _ reason: Reason, _ answered: Bool) {
        var reader = LineReader(clock: testClock)
        let entry = read(Array("all tcp 192.0.2.1:1 -> 192.0.2.2:2       \(pair)".utf8), &reader)
        #expect(entry?.reason == reason)
        #expect(entry?.known.contains(.knowsAnswered) == true)
        #expect(entry?.known.contains(.answered) == answered)
    }

    private func read(_ bytes: [UInt8], _ reader: inout LineReader) -> Entry? {
        var entry = Entry()
        let isEntry = PaddedText(bytes).withLine { reader.read($0, into: &entry) }
        return isEntry ? entry : nil
    }
}
