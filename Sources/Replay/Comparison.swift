// Two runs over the same packets, beside each other: what another setting would change.
//
// Read first: `Replay`. Both models see each packet at the same moment, so one reading is enough.

import Bytes
import Facts

public struct Comparison: Sendable {
    // Limit: connections that are blocked in a run, told apart for counting them; sixteen megabytes
    // each. A capture with more is counted up to here, and said to be.
    public static let countedMax = 1 << 20
    // Limit: connections that differ, kept to be shown.
    public static let differencesMax = 1 << 14

    /// A connection that the two runs treat differently.
    public struct Difference: Sendable {
        public var source: Endpoint
        public var destination: Endpoint
        public var ipProtocol: UInt8
        /// The first packet on which they differ, and when.
        public var firstInput: Int
        public var firstPacket: Int
        public var time: Instant
        public var flags: TCPFlags
        /// Packets that only the one run blocks, and only the other.
        public var onlyFirst = 0
        public var onlySecond = 0
        /// What the run says that blocks the first of them.
        public var says: StaticString
    }

    private var blocked: [Set<UInt64>] = [[], []]
    private var index = IndexTable()
    private var hashes: [UInt64] = []
    public private(set) var differences: [Difference] = []
    public private(set) var differingPackets = 0
    /// More connections differ, or are blocked, than are told apart.
    public private(set) var isFull = false

    public init() {}

    /// How many connections had packets blocked, in the first run and in the second.
    public var blockedConnections: (first: Int, second: Int) {
        (blocked[0].count, blocked[1].count)
    }

    /// Notes a packet and both verdicts on it.
    public mutating func add(
        _ packet: borrowing Packet, _ first: borrowing Verdict, _ second: borrowing Verdict,
        input: Int, number: Int
    ) {
        let (passesFirst, passesSecond) = (first.passes, second.passes)
        guard !passesFirst || !passesSecond else { return }
        let key = connectionHash(packet.source, packet.destination, packet.ipProtocol)
        if !first.passes { count(key, 0) }
        if !second.passes { count(key, 1) }
        guard first.passes != second.passes else { return }
        differingPackets += 1
        guard let place = place(packet, key) else {
            isFull = true
            return
        }
        if place == differences.count {
            differences.append(
                Difference(
                    source: packet.source, destination: packet.destination,
                    ipProtocol: packet.ipProtocol, firstInput: input, firstPacket: number,
                    time: packet.time, flags: packet.flags,
                    says: first.passes ? second.says : first.says))
        }
        if first.passes {
            differences[place].onlySecond += 1
        } else {
            differences[place].onlyFirst += 1
        }
    }

    private mutating func count(_ key: UInt64, _ run: Int) {
        guard blocked[run].count < Comparison.countedMax || blocked[run].contains(key) else {
            isFull = true
            return
        }
        blocked[run].insert(key)
    }

    /// Where a connection is, or is to be, among the differences; nil when there is no room.
    private mutating func place(_ packet: borrowing Packet, _ key: UInt64) -> Int? {
        if let known = index.find(key, { hashes[$0] == key }) { return known }
        guard differences.count < Comparison.differencesMax else { return nil }
        index.insert(key, differences.count)
        hashes.append(key)
        return differences.count
    }
}
