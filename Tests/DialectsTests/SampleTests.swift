// Every dialect's own samples: what each line must become, and that no other dialect takes it.

import Bytes
import Dialects
import Facts
import Reports
import Testing

@Suite struct SampleTests {
    @Test(arguments: allDialects.flatMap { dialect in dialect.samples.map { (dialect.id, $0) } })
    func sampleBecomesItsEntry(_ id: DialectID, _ sample: Sample) {
        #expect(entryFacts(sample.line) == sample.entry)
    }

    @Test(arguments: allDialects.map(\.id))
    func everyDialectHasSamplesOfBothKinds(_ id: DialectID) throws {
        let dialect = try #require(allDialects.first { $0.id == id })
        #expect(dialect.samples.count { $0.entry != nil } >= 2)
        #expect(dialect.samples.contains { $0.entry == nil })
        #expect(!dialect.title.isEmpty && !dialect.howToGet.isEmpty && !dialect.limits.isEmpty)
    }
}

/// The clock of all tests: UTC, and a log written up to the end of 19 November 2026.
let testClock = Clock(
    zone: .utc, yearRule: .writtenUpTo(Instant(seconds: 1_795_132_799)))

/// What a line becomes, from `"dialect"` to the last field; nil when it becomes no entry. One that
/// tells of several becomes several, one below the other.
func entryFacts(_ text: String) -> String? {
    var reader = LineReader(clock: testClock)
    var writer = ByteWriter()
    PaddedText(text).withLine { line in
        var entry = Entry()
        var isEntry = reader.read(line, into: &entry)
        while isEntry {
            if !writer.bytes.isEmpty { writer.put("\n") }
            writer.putEntryFacts(entry, names: reader.context.names)
            writer.putEntryExtras(entry, names: reader.context.names)
            isEntry = reader.readFurther(line, into: &entry)
        }
    }
    return writer.bytes.isEmpty ? nil : writer.text
}
