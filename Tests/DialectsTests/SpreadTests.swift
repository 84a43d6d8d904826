// Records over several lines, header lines and journals: what a reader remembers between lines, and
// what it forgets where a block begins.

import Bytes
import Dialects
import Facts
import Testing

private let record = """
    {
      "timestamp": "2026-11-19T08:15:01.000000+0000",
      "event_type": "drop",
      "src_ip": "198.51.100.7",
      "src_port": 443,
      "dest_ip": "10.0.0.9",
      "dest_port": 50114,
      "proto": "TCP",
      "note": "a } in a text \\" and a {",
      "drop": { "len": 52, "ack": true, "fin": true }
    }
    """

private func lines(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
}

/// Reads lines one after the other and gives how many were entries.
private func readAll(_ reader: inout LineReader, _ texts: [String]) -> Int {
    var entry = Entry()
    var count = 0
    for text in texts where PaddedText(text).withLine({ reader.read($0, into: &entry) }) {
        count += 1
    }
    return count
}

@Suite struct SpreadTests {
    @Test func aRecordOverSeveralLinesIsOneEntry() {
        var reader = LineReader(clock: testClock)
        #expect(readAll(&reader, lines(record) + lines(record)) == 2)
        // Every line is accounted for.
        #expect(reader.tally.lines == 22)
        #expect(reader.tally.continued == 20)
        #expect(reader.tally.skipped == 0)
    }

    @Test func aRecordIsNotJoinedAcrossTheBeginningOfABlock() {
        var reader = LineReader(clock: testClock)
        let all = lines(record)
        #expect(readAll(&reader, Array(all.prefix(6))) == 0)
        reader.begin(header: [])
        #expect(readAll(&reader, Array(all.dropFirst(6))) == 0)
        #expect(reader.tally.skipped == all.count)
    }

    @Test func aLineOfAFirewallEndsTheRecordItStandsIn() {
        var reader = LineReader(clock: testClock)
        let packet =
            "Nov 19 08:15:02 gw1 kernel: DROP IN=eth0 OUT= SRC=192.0.2.55 DST=10.0.0.1 LEN=40 "
            + "TOS=0x00 PREC=0x00 TTL=49 ID=1 PROTO=TCP SPT=443 DPT=41025 WINDOW=1 RES=0x00 RST URGP=0"
        let all = lines(record)
        #expect(readAll(&reader, all.prefix(6) + [packet] + all.dropFirst(6)) == 1)
        #expect(reader.tally.lines == all.count + 1)
    }

    @Test func aRecordLongerThanALineMayBeIsGivenUp() {
        var reader = LineReader(clock: testClock)
        let long = "  \"text\": \"" + String(repeating: "x", count: 60_000) + "\","
        #expect(readAll(&reader, ["{", long, long, "}"]) == 0)
        #expect(readAll(&reader, lines(record)) == 1)
    }

    @Test func aLogExportKnowsItsHeaderWhereverABlockBegins() {
        let header = "num;date;time;orig;type;action;i/f_name;src;dst;proto;service;s_port"
        let row = "17;19Nov2026;23:44:49;192.0.2.1;log;drop;eth1;10.0.0.9;192.0.2.7;tcp;443;50110"
        var reader = LineReader(clock: testClock)
        #expect(readAll(&reader, [row]) == 0)
        reader.begin(header: Array(header.utf8))
        #expect(readAll(&reader, [row]) == 1)
        reader.begin(header: [])
        #expect(readAll(&reader, [row]) == 0)
    }

    @Test func aJournalGivesAMessageItsTime() {
        var reader = LineReader(clock: testClock)
        var entry = Entry()
        let before = [
            "__CURSOR=s=1", "__REALTIME_TIMESTAMP=1795076110123456", "_HOSTNAME=fw1",
        ]
        #expect(readAll(&reader, before) == 0)
        let message =
            "MESSAGE=DROP IN=eth0 OUT= SRC=192.0.2.1 DST=10.0.0.9 LEN=40 TOS=0x00 PREC=0x00 "
            + "TTL=50 ID=1 PROTO=TCP SPT=443 DPT=50000 WINDOW=0 RES=0x00 RST URGP=0"
        #expect(PaddedText(message).withLine { reader.read($0, into: &entry) })
        #expect(entry.time == Instant(microseconds: 1_795_076_110_123_456))
        #expect(reader.context.names.text(entry.node) == "fw1")
        #expect(reader.context.names.text(entry.rule) == "DROP")
    }
}
