// What a moment ago says of an entry: ports in use, and for how long that excuses a refusal.

import Facts
import Testing

@testable import Evidence

@Suite struct RecollectionTests {
    private func entry(_ action: Action, _ flags: TCPFlags, at seconds: Int64) -> Entry {
        var entry = Entry()
        entry.time = Instant(microseconds: seconds * 1_000_000 + 500_000)
        entry.action = action
        entry.ipProtocol = Entry.tcp
        entry.known = [.ports, .flags, .sequence]
        entry.flags = flags
        entry.sequence = UInt32(truncatingIfNeeded: seconds)
        entry.source = Endpoint(Address(v4: 0x0A00_0005), 40000)
        entry.destination = Endpoint(Address(v4: 0xC633_6405), 443)
        return entry
    }

    private func marked(_ entries: [Entry]) -> [Bool] {
        var recollection = Recollection()
        return entries.map { one in
            var one = one
            recollection.mark(&one)
            return one.known.contains(.portsInUse)
        }
    }

    @Test func refusedWherePortsWereInUse() {
        let told = marked([
            entry(.pass, .syn, at: 0), entry(.pass, [.fin, .ack], at: 10),
            entry(.block, .syn, at: 20), entry(.block, .syn, at: 21), entry(.block, .syn, at: 23),
        ])
        #expect(told == [false, false, true, true, true])
    }

    @Test func notWhatIsRefusedForMinutes() {
        let refusals = [0, 1, 3, 7, 15, 31, 63, 127].map { entry(.block, .syn, at: 20 + $0) }
        let told = marked([entry(.pass, .syn, at: 0), entry(.pass, .fin, at: 10)] + refusals)
        #expect(told.suffix(8) == [true, true, true, true, true, true, true, false])
    }

    @Test func notWithoutUseBefore() {
        #expect(
            marked([entry(.block, .syn, at: 0), entry(.block, .syn, at: 1)]) == [false, false])
    }
}
