// filterlog: damage, memory and the fields left out.

import Bytes
import Dialects
import Facts
import TestSupport
import Testing

private let stray =
    "Nov 19 08:15:02 fw1 filterlog[7]: 5,,,1000000103,igb0,match,block,in,4,0x0,,63,45997,0,DF,6,"
    + "tcp,52,192.0.2.19,198.51.100.106,49014,443,10,FPA,2248031203:2248031213,1161691067,361,,TS"

@Suite struct FilterlogTests {
    private func read(
        _ text: String, _ reader: inout LineReader, behind: String = "0,0,0,0,0,0,0,0,0,0,0,0"
    ) -> Entry? {
        var entry = Entry()
        // What follows in the block would make a cut line whole.
        let bytes = Array(text.utf8)
        return PaddedText(bytes + Array(behind.utf8)).withBlock { block in
            reader.read(Line(block, from: 0, to: bytes.count), into: &entry) ? entry : nil
        }
    }

    private func read(_ text: String) -> Entry? {
        var reader = LineReader(clock: testClock, only: .pfFilterlog)
        return read(text, &reader)
    }

    @Test func aLineCutAnywhereIsRefusedOrTellsNoUntruth() throws {
        let whole = try #require(read(stray))
        #expect(whole.isStray)
        var entries = 0
        for count in 0..<stray.utf8.count {
            guard let cut = read(String(stray.prefix(count))) else { continue }
            entries += 1
            #expect(cut.source == whole.source && cut.destination == whole.destination)
            #expect(cut.flags == whole.flags && cut.isStray && cut.length == whole.length)
            let bits: [Known] = [.sequence, .acknowledgement, .window]
            let values = [\Entry.sequence, \.acknowledgement, \.window]
            for (bit, value) in zip(bits, values) where cut.known.contains(bit) {
                #expect(cut[keyPath: value] == whole[keyPath: value], "\(count)")
            }
        }
        // From the comma behind the flags on.
        #expect(entries > 30)
    }

    @Test func damageIsCountedAndKept() {
        var reader = LineReader(clock: testClock)
        #expect(read(String(stray.prefix(120)), &reader) == nil)
        #expect(read(stray.replacing("443", with: "70000"), &reader) == nil)
        #expect(read(stray.replacing("FPA", with: "FPX"), &reader) == nil)
        #expect(read(stray.replacing(",tcp,52,192.0.2.19", with: ",tcp,52,"), &reader) == nil)
        #expect(read(stray.replacing("block", with: "smash"), &reader) == nil)
        #expect(read("Nov 19 08:15:02 fw1 sshd[7]: x", &reader) == nil)
        let damage = reader.tally.samples.map(\.damage)
        #expect(damage == [.cutShort, .badNumber, .badFlags])
        #expect(reader.tally.rejected == 5 && reader.tally.skipped == 1 && reader.tally.lines == 6)
        #expect(reader.tally.samples.first?.line == 1)
    }

    @Test func aLineTooLongIsRefused() {
        var reader = LineReader(clock: testClock)
        let long = stray + String(repeating: ",", count: lineBytesMax + 1 - stray.utf8.count)
        #expect(read(String(long.dropLast()), &reader) != nil)
        #expect(read(long, &reader) == nil)
        #expect(reader.tally.samples.first?.damage == .lineTooLong)
    }

    @Test func aLoneSYNHasWhatItsJudgementNeeds() throws {
        var reader = LineReader(clock: testClock)
        reader.context.everyField = false
        let syn = stray.replacing("FPA", with: "S").replacing(":2248031213", with: "")
        let short = try #require(read(syn, &reader))
        let full = try #require(read(syn))
        #expect(short.source == full.source && short.destination == full.destination)
        #expect(short.flags == .syn && short.rule == full.rule && short.time == full.time)
        #expect(!short.known.contains(.sequence) && full.known.contains(.sequence))
        // Strays and passed SYNs have every field.
        for other in [stray, syn.replacing("block", with: "pass")] {
            #expect(read(other, &reader) == read(other))
        }
    }

    @Test func whatWasReadBeforeChangesNothing() {
        var random = Seeded()
        var reader = LineReader(clock: testClock)
        for _ in 0..<5000 {
            let head = random.pick([
                "Nov 19 08:15:02 fw1 filterlog[7]: ", "Nov 19 08:15:03 filterlog: ", "",
            ])
            let rule = random.pick([
                "5,,,1000000103", "5,16777216,,1000000103", "5,,,0", "5,,,", ",,,",
                "55,,,1000000103",
                "12,,,5e9c1c5a-2b1d-4f0e-9f4e-0c7de1a2b3c4",
            ])
            let action = random.pick([
                "match,block,in", "match,pass,in", "match,pass,out", "state-limit,pass,in",
                "match,block,in/out", "short,block,in", "match,smash,in", "match,block,inn",
            ])
            let interface = random.pick(["igb0", "igb1", "lan0.150", ""])
            let packet = random.pick([
                "4,0x0,,63,7,0,DF,6,tcp,52,192.0.2.1,192.0.2.2,1,2,0,FA,1,2,3,,",
                "4,error=truncated-ip,0x0,,63,7,0,DF,6,tcp,52,192.0.2.1,192.0.2.2,1,2,0,FA,1,2,3,,",
                "6,0x00,0x6cfd7,57,TCP,6,20,2001:db8::1,2001:db8::2,443,50544,0,R,9,,0,,",
                "6,0x00,0x6cfd7,57,UDP,17,20,2001:db8::1,2001:db8::2,443,50544,12",
                "4,0x0,,63,7,1480,+,6,tcp,52,192.0.2.1,192.0.2.2", "4",
                "4;0x0,,63,7,0,DF,6,tcp,52,192.0.2.1,192.0.2.2,1,2,0,FA,1,2,3,,",
                "44,0x0,,63,7,0,DF,6,tcp,52,192.0.2.1,192.0.2.2,1,2,0,FA,1,2,3,,",
                "5,0x0,,63,7,0,DF,6,tcp,52,192.0.2.1,192.0.2.2,1,2,0,FA,1,2,3,,",
            ])
            var text = "\(head)\(rule),\(interface),\(action),\(packet)"
            if random.once(in: 4) {
                text = String(text.prefix(Int.random(in: 0...90, using: &random)))
            }
            let behind = random.pick(["0,0,0,0,0,0,0,0,0,0,0,0", ",0,0,0,0,0,0,0,0,0,0,0"])
            let again = read(text, &reader, behind: behind)
            #expect(again == readAny(text), "\(text) \(random)")
        }
    }

    /// By a reader that has read nothing yet.
    private func readAny(_ text: String) -> Entry? {
        var reader = LineReader(clock: testClock)
        return read(text, &reader)
    }

    @Test func damagedLinesNeverTrap() {
        var random = Seeded()
        var reader = LineReader(clock: testClock)
        let lines = Filterlog().samples.map { Array($0.line.utf8) }
        for _ in 0..<20_000 {
            var bytes = random.pick(lines)
            for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
                let at = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<5, using: &random) {
                case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: at)
                case 2: bytes.insert(random.pick(Array(",:[]. \u{0}9<".utf8)), at: at)
                case 3: bytes.removeSubrange(at...)
                default: bytes += bytes[at...].prefix(200)
                }
            }
            var entry = Entry()
            let whole = PaddedText(bytes)
            if whole.withLine({ reader.read($0, into: &entry) }) {
                // Known fields only where the protocol has them.
                #expect(!entry.known.contains(.flags) || entry.ipProtocol == Entry.tcp)
                #expect(!entry.source.address.isNone && !entry.destination.address.isNone)
            }
        }
        let tally = reader.tally
        #expect(tally.lines == 20_000)
        #expect(tally.lines == tally.entries + tally.skipped + tally.rejected)
    }

    @Test(arguments: [("28", true), ("39", true), ("40", false), ("0", false), ("128", false)])
    func aHeaderCutShortHasNoFlags(_ total: String, _ isShort: Bool) throws {
        let six = "5,,,1000000105,igb0,match,block,in,6,0x00,0x0,57,TCP,6,"
        let lines = [
            stray.replacing(",52,", with: ",\(total),").replacing(
                "10,FPA,2248031203:2248031213,1161691067,361,,TS", with: "0,,,,0,,"),
            six + "\(total == "40" ? "20" : total == "28" ? "8" : total == "39" ? "19" : total),"
                + "2001:db8::1,2001:db8::2,443,50544,0,,,,0,,",
        ]
        for line in lines {
            let entry = try #require(read(line))
            #expect(entry.reason == (isShort ? .short : .match))
            #expect(entry.known.contains(.flags) == !isShort && entry.isStray == !isShort)
            #expect(entry.known.contains(.ports) && entry.known.contains(.window) == !isShort)
        }
    }

    @Test func whatTheDeviceSaysOfAShortPacketStays() throws {
        let short = stray.replacing(",52,", with: ",36,")
        let fragment = try #require(read(short.replacing("match", with: "fragment")))
        #expect(fragment.reason == .fragment)
        let mismatch = try #require(read(short.replacing("match", with: "state-mismatch")))
        #expect(mismatch.reason == .short && mismatch.flags == [.fin, .psh, .ack])
    }

    @Test func foldedLinesStandForSeveralPackets() throws {
        let start = "Nov 19 08:15:02 fw1 filterlog[7]: "
        let folded = stray.replacing(start, with: start + "message repeated 3 times: [ ") + "]"
        let entry = try #require(read(folded))
        var single = try #require(read(stray))
        single.count = 3
        single.known.insert(.repeated)
        #expect(entry == single)
    }
}
