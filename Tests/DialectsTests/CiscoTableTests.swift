// Rows of `show conn` cut anywhere, and what their flags tell.

import Bytes
import Dialects
import Facts
import Testing

@Suite struct CiscoTableTests {
    private let row = "TCP outside 198.51.100.7:443 inside 10.0.0.5:50000, idle 0:00:05, bytes 12, "

    @Test func onlyTheWholeRowIsAState() {
        let bytes = Array((row + "flags U").utf8)
        for count in 0..<bytes.count {
            var reader = LineReader(clock: testClock)
            #expect(read(Array(bytes[..<count]), &reader) == nil, "\(count)")
            #expect(reader.tally.skipped + reader.tally.rejected == 1)
            // Behind the first end nothing else than a row begins so.
            if count >= "TCP outside 198.51.100.7:443 i".utf8.count {
                #expect(reader.tally.rejected == 1, "\(count)")
            }
        }
        var reader = LineReader(clock: testClock)
        #expect(read(bytes, &reader)?.action == .state)
    }

    @Test(arguments: [
        ("saA", Reason.stateOpening, false), ("A", .stateOpening, true),
        ("SaAB", .stateOpening, false), ("aB", .stateOpening, true),
        ("U", .stateEstablished, true), ("UIO", .stateEstablished, true),
        ("UIOB", .stateEstablished, true), ("UfIO", .stateClosing, true),
        ("UFRIO", .stateClosing, true), ("UfrIOB", .stateClosing, true),
    ])
    func flagsTellHowFarItCame(_ flags: String, _ reason: Reason, _ answered: Bool) throws {
        var reader = LineReader(clock: testClock)
        let entry = try #require(read(Array((row + "flags " + flags).utf8), &reader))
        #expect(entry.reason == reason)
        #expect(entry.known.contains(.knowsAnswered))
        #expect(entry.known.contains(.answered) == answered)
        // B: the SYN came from the side that stands first.
        #expect(entry.source.port == (flags.contains("B") ? 443 : 50000))
    }

    private func read(_ bytes: [UInt8], _ reader: inout LineReader) -> Entry? {
        var entry = Entry()
        let isEntry = PaddedText(bytes).withLine { reader.read($0, into: &entry) }
        return isEntry ? entry : nil
    }
}
