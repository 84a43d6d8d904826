// The law of digests: a whole is the merge of its parts, wherever it is cut.

import Evidence
import Facts
import Testing

/// SplitMix64: small, seeded, the same everywhere.
struct Random: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// Entries of few hosts and ports, so that connections meet themselves again: openings, passes,
/// closes, strays, repetitions of the one before, steps back in time.
func randomEntries(_ count: Int, _ random: inout Random) -> [Entry] {
    var entries: [Entry] = []
    var time = Instant(seconds: 1_795_000_000)
    let flags: [TCPFlags] = [
        .syn, [.syn, .ack], .ack, [.psh, .ack], [.fin, .ack], .rst, [.rst, .ack], [], [.fin, .syn],
    ]
    for _ in 0..<count {
        time.microseconds += Int64.random(in: -2_000_000...40_000_000, using: &random)
        if Int.random(in: 0..<6, using: &random) == 0, var again = entries.last {
            again.time.microseconds += Int64.random(in: 0...900_000, using: &random)
            entries.append(again)
            continue
        }
        var entry = Entry()
        entry.time = Int.random(in: 0..<20, using: &random) == 0 ? .unknown : time
        entry.ipProtocol = Int.random(in: 0..<12, using: &random) == 0 ? Entry.udp : Entry.tcp
        entry.source = Endpoint(
            Address(v4: 0x0A00_0000 + UInt32.random(in: 0..<700, using: &random)),
            UInt16.random(in: 50000..<50004, using: &random))
        entry.destination = Endpoint(
            Address(v4: 0xC633_6400 + UInt32.random(in: 0..<3, using: &random)), 443)
        if Bool.random(using: &random) { swap(&entry.source, &entry.destination) }
        entry.known = [.ports, .flags, .sequence, .ipID, .length, .window, .options]
        entry.flags = flags.randomElement(using: &random) ?? .ack
        entry.sequence = UInt32.random(in: 0..<4, using: &random)
        entry.ipID = UInt16.random(in: 0..<4, using: &random)
        entry.window = [0, 1024, 501].randomElement(using: &random) ?? 0
        entry.length = UInt32.random(in: 0..<2, using: &random) * 100
        entry.interface = Name(hash: UInt64.random(in: 1..<3, using: &random))
        entry.direction = .inward
        entry.action =
            [.block, .block, .block, .pass, .pass, .open, .close, .update, .note, .seen, .state]
            .randomElement(using: &random) ?? .block
        entry.reason = entry.action == .close ? .closedByFins : .match
        if entry.action == .state { entry.reason = .stateEstablished }
        entry.node = Name(hash: UInt64.random(in: 1..<3, using: &random))
        if entry.flags.contains(.ack) {
            entry.known.insert(.acknowledgement)
            entry.acknowledgement = UInt32.random(in: 0..<4, using: &random)
        }
        if Int.random(in: 0..<9, using: &random) == 0 { entry.known.insert(.elsewhere) }
        entry.known.formUnion([.ttl, .macs])
        entry.ttl = UInt8.random(in: 50...70, using: &random)
        entry.macSource = UInt64.random(in: 0..<4, using: &random)
        entry.macDestination = UInt64.random(in: 0..<4, using: &random)
        if Int.random(in: 0..<4, using: &random) == 0 { entry.known.remove(.sequence) }
        if Int.random(in: 0..<4, using: &random) == 0 {
            entry.natSource = Endpoint(Address(v4: 0xCB00_7102), entry.source.port)
            entry.natDestination = Endpoint(Address(v4: 0xC633_6400), 443)
            if Bool.random(using: &random) { swap(&entry.natSource, &entry.natDestination) }
        }
        entries.append(entry)
    }
    return entries
}

func digest(_ entries: ArraySlice<Entry>, _ settings: Settings, begins: Bool) -> Digest {
    var digest = Digest(settings, beginsInput: begins)
    for entry in entries {
        var entry = entry
        digest.lines += 1
        digest.add(&entry, line: digest.lines, counted: entry.source.port != 50003)
    }
    return digest
}

/// Limits small enough that everything they bound really happens.
func tightSettings(_ random: inout Random) -> Settings {
    var settings = Settings()
    settings.quietEntriesMax = Int.random(in: 2...60, using: &random)
    settings.idleEntriesMax = settings.quietEntriesMax + Int.random(in: 0...60, using: &random)
    settings.casesMax = Int.random(in: 4...80, using: &random)
    settings.hostsMax = Int.random(in: 4...200, using: &random)
    settings.servicesMax = Int.random(in: 2...20, using: &random)
    settings.pairsMax = Int.random(in: 2...90, using: &random)
    settings.networksMax = Int.random(in: 1...5, using: &random)
    settings.portTablesMax = Int.random(in: 1...3, using: &random)
    settings.momentsMax = Int.random(in: 1...9, using: &random)
    return settings
}

@Suite struct MergeLawTests {
    @Test(arguments: UInt64(1)...40)
    func aWholeIsTheMergeOfItsParts(_ seed: UInt64) {
        var random = Random(state: seed)
        let entries = randomEntries(400, &random)
        let settings = tightSettings(&random)
        for begins in [true, false] {
            let whole = digest(entries[...], settings, begins: begins)
            for _ in 0..<6 {
                let cut = Int.random(in: 0...entries.count, using: &random)
                let first = digest(entries[..<cut], settings, begins: begins)
                let rest = digest(entries[cut...], settings, begins: false)
                #expect(first.merging(rest) == whole, "seed \(seed), cut at \(cut)")
            }
        }
    }

    @Test(arguments: UInt64(1)...20)
    func manyPartsMergeInAnyGrouping(_ seed: UInt64) {
        var random = Random(state: seed)
        let entries = randomEntries(300, &random)
        let settings = tightSettings(&random)
        var cuts = (0..<5).map { _ in Int.random(in: 0...entries.count, using: &random) }
        cuts = ([0] + cuts + [entries.count]).sorted()
        let parts = zip(cuts, cuts.dropFirst()).map { from, to in
            digest(entries[from..<to], settings, begins: false)
        }
        let whole = digest(entries[...], settings, begins: false)
        let fromLeft = parts.dropFirst().reduce(parts[0]) { $0.merging($1) }
        var fromRight = parts[parts.count - 1]
        for part in parts.dropLast().reversed() { fromRight = part.merging(fromRight) }
        #expect(fromLeft == whole)
        #expect(fromRight == whole)
        var finished = whole
        finished.finish()
        var joined = fromRight
        joined.finish()
        #expect(finished == joined)
    }

    @Test func theLawCanFail() {
        // Proof that the comparison sees a difference: one entry left out.
        var random = Random(state: 7)
        let entries = randomEntries(50, &random)
        let settings = Settings()
        let whole = digest(entries[...], settings, begins: true)
        #expect(digest(entries[..<49], settings, begins: true) != whole)
    }

    @Test func memoryStaysBounded() {
        var random = Random(state: 3)
        var settings = Settings()
        settings.quietEntriesMax = 100
        settings.idleEntriesMax = 200
        settings.casesMax = 50
        var digest = Digest(settings, beginsInput: true)
        var most = 0
        for number in 0..<20_000 {
            var entry = randomEntries(1, &random)[0]
            entry.source.address = Address(v4: UInt32(truncatingIfNeeded: number &* 2_654_435_761))
            digest.add(&entry, line: number)
            most = max(most, digest.liveCount)
        }
        #expect(most <= 201)
        // Addresses are rolled away entirely; what is left is bounded by what a case can say, not
        // by how many there are.
        #expect(digest.cases.breadth == .everywhere)
        #expect(digest.cases.count < 1000)
    }
}
