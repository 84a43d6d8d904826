// Lines within documents, tables, mails and listings: read as the line inside, with its time and host.

import Bytes
import Dialects
import Facts
import Reports
import Testing

/// The line that all of these wrap, and what it becomes.
private let plainLine = """
    Nov 19 08:15:02 gw1 kernel: [810294.788657] DROP IN=eth0 OUT=eth1 SRC=192.0.2.55 \
    DST=10.0.0.1 LEN=40 TOS=0x00 PREC=0x00 TTL=49 ID=53123 DF PROTO=TCP SPT=443 DPT=41025 \
    WINDOW=2048 RES=0x00 ACK FIN URGP=0
    """

private func read(_ text: String) -> (facts: String, time: Instant, node: String)? {
    var reader = LineReader(clock: testClock)
    var entry = Entry()
    guard PaddedText(text).withLine({ reader.read($0, into: &entry) }) else { return nil }
    var writer = ByteWriter()
    writer.putEntryFacts(entry, names: reader.context.names)
    let node = reader.context.names.text(entry.node)
    #expect(reader.tally.lines == 1 && reader.tally.entries == 1)
    return (writer.text, entry.time, node)
}

@Suite struct WrappingTests {
    @Test(arguments: [
        #"{"MESSAGE":"\#(plainLine)","_HOSTNAME":"other","__REALTIME_TIMESTAMP":"1"}"#,
        #"{"log":"\#(plainLine)\n","stream":"stdout","time":"2020-01-01T00:00:00Z"}"#,
        #"{"_source":{"@timestamp":"2020-01-01T00:00:00Z","event":{"original":"\#(plainLine)"}}}"#,
        #"{"event.original":"\#(plainLine)","message":"made by a shipper"}"#,
        #"Nov 20 10:00:00 relay shipper: {"message":"\#(plainLine)"}"#,
        #"{"message":"{\"log\":\"\#(plainLine)\"}"}"#,
        #""2026-11-19 08:15","gw1","\#(plainLine)""#,
        "2026 Nov 19 08:15:03 gw1->/var/log/kern.log \(plainLine)",
        "2026 Nov 19 08:15:03 (gw1) any->/var/log/kern.log \(plainLine)",
        "> \(plainLine)", ">> \(plainLine)", "   853\t\(plainLine)", "12:\(plainLine)",
        "filter.log:12:\(plainLine)", "/var/log/kern.log.1:\(plainLine)", "\(plainLine)#015",
        "\(plainLine)#012", "> \(plainLine)^M",
        "> " + plainLine.replacing(" ", with: "\u{A0}"),
        "> " + plainLine.replacing(" DF", with: " &quot;DF&quot;").replacing("&quot;", with: ""),
    ])
    func wrappedIsReadAsPlain(_ text: String) throws {
        let plain = try #require(read(plainLine))
        let wrapped = try #require(read(text))
        #expect(wrapped.facts == plain.facts)
        #expect(wrapped.time == plain.time)
        #expect(wrapped.node == "gw1")
    }

    /// What the line does not say, the wrapping does.
    @Test func wrappingTellsTimeAndHost() throws {
        let bare = String(plainLine.drop { $0 != "]" }.dropFirst(2))
        let found = try #require(
            read(
                #"{"MESSAGE":"\#(bare)","_HOSTNAME":"fw7","__REALTIME_TIMESTAMP":"1795076110028577"}"#
            ))
        #expect(found.node == "fw7")
        #expect(found.time == Instant(microseconds: 1_795_076_110_028_577))
        let docker = try #require(
            read(#"{"log":"\#(bare)\n","time":"2026-11-19T08:15:10.028577Z"}"#))
        #expect(docker.time == found.time)
    }

    /// journald writes a message that is no UTF-8 as its bytes.
    @Test func bytesAreText() throws {
        let bytes = plainLine.utf8.map(String.init).joined(separator: ",")
        let found = try #require(read("{\"MESSAGE\":[\(bytes)],\"_HOSTNAME\":\"x\"}"))
        #expect(found.node == "gw1")
    }

    /// What is no firewall's line inside is none outside.
    @Test(arguments: [
        #"{"message":"accepted connection from 10.0.0.1"}"#,
        #"{"message":{"a":{"b":{"c":"\#(plainLine)"}}}}"#,
        #"{"message":"\#(plainLine)"#,
        #"{"MESSAGE":[68,999,-1]}"#,
        String(repeating: #"{"message":"#, count: 40),
        String(repeating: "[", count: 4000), #"{"message":"\ud800\u12"}"#, "{", "{}", "\"\"", ">",
        "12:", "> > >", #""a","b""#,
    ])
    func otherDocumentsAreSkipped(_ text: String) {
        #expect(read(text) == nil)
    }

    /// Escapes of JSON, in names that are shown.
    @Test func escapesAreUndone() throws {
        let line = plainLine.replacing("DROP", with: #"D\u00e9ni \"x\""#)
        let found = try #require(read(#"{"message":"\#(line)"}"#))
        #expect(found.facts.contains("Déni"))
    }
}
