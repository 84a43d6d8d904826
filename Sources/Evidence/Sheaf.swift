// What a block of lines came to, on its way into the evidence of all.
//
// Most of it is sums, which are joined in any order. The rest are entries of connections, and
// those want to be taken in one after the other: so each belongs to a strand, by the hash of its
// connection, and a strand takes in its entries of all blocks in their order. Strands know nothing
// of each other and are worked on side by side. Read first: Digest.

import Bytes
import Facts

/// Where an entry stands among others, and what it is to its connection.
struct Placing: Sendable {
    let kind: EntryKind
    var isCounted = false
    /// Whether it is told once more, by the addresses beyond a translation.
    var isTranslated = false
    /// The hash of its connection.
    let hash: UInt32
    /// Among tracked entries, from 0; among all entries and all lines, from 1.
    var position: Int
    var number: Int
    var line: Int

    @inline(__always)
    init(_ entry: Entry, _ kind: EntryKind, position: Int, number: Int, line: Int) {
        self.kind = kind
        self.position = position
        self.number = number
        self.line = line
        hash = LiveTable.hash(ConnectionKey(entry.source, entry.destination))
    }
}

public struct Sheaf: Sendable {
    // Limit: more would share the work more evenly between many threads, but each strand has its
    // own tables of hosts and cases, and at the end they are joined one by one.
    public static let strands = 2

    /// The sums: nothing in it lives.
    public private(set) var digest: Digest
    private var run = LooseRun()
    fileprivate var entries: [Entry] = []
    fileprivate var placings: [Placing] = []
    /// The entries of each strand, by their places.
    fileprivate var ofStrands = [[Int32]](repeating: [], count: Sheaf.strands)
    // What went before it: `Digest.join` tells.
    fileprivate var positionsBefore = 0
    fileprivate var entriesBefore = 0
    fileprivate var linesBefore = 0

    public init(_ settings: Settings) { digest = Digest(settings, beginsInput: false) }

    /// How many lines were read for it: whoever reads them tells.
    public var lines: Int {
        get { digest.lines }
        set { digest.lines = newValue }
    }

    /// Adds the next entry, as `Digest.add` does.
    public mutating func add(_ entry: inout Entry, line: Int, counted: Bool) {
        if run.take(entry, counted: counted, digest) {
            digest.entries += 1
            return
        }
        if entry.isBlocked, !entry.isStray {
            run.end(&digest)
            _ = digest.sum(&entry, line, counted)
            // Until there are enough examples each entry may be one.
            if digest.hasExamples { run.begin(entry, digest) }
            return
        }
        guard let kind = digest.sum(&entry, line, counted) else { return }
        bind(entry, kind, line, counted: counted, translated: false)
        guard Digest.isTranslated(entry), let other = Digest.translated(entry, kind) else { return }
        bind(other, kind, line, counted: false, translated: true)
    }

    private mutating func bind(
        _ entry: Entry, _ kind: EntryKind, _ line: Int, counted: Bool, translated: Bool
    ) {
        var placing = Placing(
            entry, kind, position: placings.count, number: digest.entries, line: line)
        placing.isCounted = counted
        placing.isTranslated = translated
        // The tables go by the lower bits.
        ofStrands[Int(placing.hash >> 24) % Sheaf.strands].append(Int32(placings.count))
        entries.append(entry)
        placings.append(placing)
    }

    /// Nothing more comes.
    public mutating func end() { run.end(&digest) }

    /// Forgets everything and keeps the room.
    public mutating func removeAll() {
        run.end(&digest)
        digest.removeAll()
        entries.removeAll(keepingCapacity: true)
        placings.removeAll(keepingCapacity: true)
        for strand in ofStrands.indices { ofStrands[strand].removeAll(keepingCapacity: true) }
    }
}

extension Digest {
    /// Adds the sums of the block that follows, and has it know what went before.
    public mutating func join(_ sheaf: inout Sheaf) {
        sheaf.positionsBefore = positions
        sheaf.entriesBefore = entries
        sheaf.linesBefore = lines
        merge(sheaf.digest)
        positions += sheaf.placings.count
    }

    /// Takes in a block's entries of one strand; the blocks come in their order.
    public mutating func take(_ sheaf: borrowing Sheaf, strand: Int) {
        let own = sheaf.ofStrands[strand]
        for number in own.indices {
            if number + 16 < own.count {
                expect(sheaf, Int(own[number + 16]), Int(own[number + 8]))
            }
            let place = Int(own[number])
            var placing = sheaf.placings[place]
            placing.position += sheaf.positionsBefore
            placing.number += sheaf.entriesBefore
            placing.line += sheaf.linesBefore
            positions = placing.position + 1
            var entry = sheaf.entries[place]
            track(&entry, placing)
        }
    }

    // A connection and a host not heard of for long have left the cache.
    @inline(__always)
    private func expect(_ sheaf: borrowing Sheaf, _ far: Int, _ near: Int) {
        live.expect(sheaf.placings[far].hash)
        live.fetch(sheaf.placings[near].hash)
        let later = sheaf.entries[far].source.address
        world.hosts.expect(HostKey(later, inside: false).tableHash)
        let next = sheaf.entries[near].source.address
        world.hosts.fetch(HostKey(next, inside: false).tableHash)
    }

    /// Joins what another strand came to. Both are finished.
    public mutating func unite(_ other: Digest) {
        precondition(liveCount == 0 && other.liveCount == 0)
        cases.join(other.cases)
        world.join(other.world)
        totals.join(other.totals)
    }
}
