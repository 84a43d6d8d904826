// What earlier lines taught about keys changes nothing of what a line says, however it is written.
//
// Read `KeyMemory` first. Each line is read twice: by a reader that has seen no key, which goes the long
// way, and by one that knows the keys of many lines of the same dialect.

import Bytes
import Facts
import TestSupport
import Testing

@testable import Dialects

@Suite struct KeyMemoryTests {
    /// What a reader made of a line.
    private struct Outcome: Equatable {
        var entries: [Entry] = []
        var damage: Damage?
        var skipped = 0
        var continued = 0
    }

    @Test(arguments: allDialects.map { $0.samples.map(\.line) })
    func linesReadAlike(_ lines: [String]) {
        let lines = lines.map { Array($0.utf8) }
        var memory = KeyMemory()
        for _ in 0..<2 {
            for line in lines { expectAlike(line, &memory, "the line itself") }
        }
    }

    @Test(arguments: allDialects.map { $0.samples.map(\.line) })
    func changedLinesReadAlike(_ lines: [String]) {
        var random = Seeded()
        let lines = lines.map { Array($0.utf8) }
        var memory = KeyMemory()
        for line in lines { _ = outcome(line, &memory) }
        for _ in 0..<400 {
            expectAlike(changed(lines, &random), &memory, random.description)
        }
    }

    /// The key of the object stands before what is remembered: in each document it is another.
    @Test func objectsOfOtherKeysReadAlike() {
        let documents = [
            #"{"disposition":"DENIED","rule_details":7,"x":1}"#,
            #"{"disposition":"DENIED","other":7,"x":1}"#,
            #"{"disposition":"DENIED","other":{"reference":"n"},"connection":{"src_ip":"10.0.0.9"}}"#,
            #"{"disposition":"DENIED",{"reference":"m"},"connection":{"src_ip":"10.0.0.9"}}"#,
            #"{"disposition":"DENIED","rule_details":{"reference":"r"},"connection":"#
                + #"{"src_ip":"10.0.0.9","src_port":1,"dest_ip":"10.0.1.7","dest_port":2,"protocol":6}}"#,
        ].map { Array($0.utf8) }
        var memory = KeyMemory()
        for _ in 0..<4 {
            for line in documents + documents.reversed() { expectAlike(line, &memory, "in turn") }
        }
    }

    /// So many names that they are forgotten in between, and of other lengths than products use.
    @Test func namesWithoutEndReadAlike() {
        var random = Seeded()
        var memory = KeyMemory()
        let alphabet = "abcdefgh_-.:"
        for _ in 0..<300 {
            var line = Array(
                "id=firewall sn=0006B1 time=\"2026-11-19 08:15:02\" fw=203.0.113.5".utf8)
            line += Array(" m=36 msg=\"TCP packet dropped\" src=10.0.0.9:50211:X0".utf8)
            for _ in 0..<8 {
                line += [0x20] + random.bytes(1...40, of: alphabet) + [0x3D]
                line += random.bytes(0...20, of: "ab \"'=,|\t\\")
            }
            line += Array(" dst=198.51.100.7:443:X1 proto=tcp/https".utf8)
            expectAlike(line, &memory, random.description)
        }
    }

    /// A line that is another's: a piece of it, a piece of both, or with other bytes here and there.
    private func changed(_ lines: [[UInt8]], _ random: inout Seeded) -> [UInt8] {
        var line = random.pick(lines)
        if random.once(in: 3) {
            let other = random.pick(lines)
            line = Array(line.prefix(Int.random(in: 0...line.count, using: &random)))
            line += other.suffix(Int.random(in: 0...other.count, using: &random))
        }
        for _ in 0..<Int.random(in: 0...4, using: &random) where !line.isEmpty {
            let place = Int.random(in: 0..<line.count, using: &random)
            let bytes = random.bytes(1...2, of: " =\"',:;|{}[]\\\t#^a1")
            switch Int.random(in: 0..<4, using: &random) {
            case 0: line.remove(at: place)
            case 1: line.replaceSubrange(place...place, with: bytes)
            case 2: line.removeSubrange(place..<min(line.count, place + 12))
            default: line.insert(contentsOf: bytes, at: place)
            }
        }
        return line
    }

    private func expectAlike(_ line: [UInt8], _ memory: inout KeyMemory, _ note: String) {
        var nothing = KeyMemory()
        let long = outcome(line, &nothing)
        let short = outcome(line, &memory)
        #expect(long == short, "\(String(decoding: line, as: UTF8.self)) (\(note))")
    }

    /// By a reader that knows nothing but keys.
    private func outcome(_ line: [UInt8], _ memory: inout KeyMemory) -> Outcome {
        var reader = LineReader(clock: testClock)
        reader.context.keys = memory
        var outcome = Outcome()
        var entry = Entry()
        PaddedText(line).withLine { line in
            guard reader.read(line, into: &entry) else { return }
            outcome.entries.append(entry)
            while reader.readFurther(line, into: &entry) { outcome.entries.append(entry) }
        }
        outcome.damage = reader.tally.samples.last?.damage
        outcome.skipped = reader.tally.skipped
        outcome.continued = reader.tally.continued
        memory = reader.context.keys
        return outcome
    }
}
