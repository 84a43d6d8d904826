// Blocked packets that no connection is asked about, many of one case in a row: what a rule blocks
// at the Internet's side is most lines of most logs. Only that they are alike is looked at, and
// they are summed up here; the tables hear of them all at once. Read first: Digest+Add.

import Bytes
import Facts

public struct LooseRun: Sendable {
    private var isOpen = false
    private var known: Known = []
    private var action = Action.note
    private var opens = false
    private var ipProtocol: UInt8 = 0
    private var reason = Reason.unknown
    private var direction = Direction.unknown
    private var dialect = DialectID.unknown
    private var isFromInside = false
    private var isToInside = false
    private var interface = Name.none
    private var node = Name.none
    /// Where the case lies, and the ports of its interface; good until either table grows.
    private var place = 0
    private var portPlace = 0
    private var countsPorts = false
    // The sums.
    private var lines = 0
    private var packets = 0
    private var counted = 0
    private var from = Instant.unknown
    private var to = Instant.unknown
    private var ports: [UInt16] = []

    public init() {}

    /// What an entry's case depends on.
    private static let telling: Known = [
        .flags, .laterFragment, .ports, .saysNoState, .elsewhere, .portsInUse, .portsJustClosed,
        .icmpError,
    ]

    /// Whether an entry is of the run's case.
    @inline(__always)
    private func fits(_ entry: Entry, _ digest: Digest) -> Bool {
        isOpen && action == entry.action && opens == entry.flags.opens
            && known == entry.known.intersection(LooseRun.telling)
            && ipProtocol == entry.ipProtocol && reason == entry.reason
            && direction == entry.direction && dialect == entry.dialect
            && interface == entry.interface && node == entry.node
            && isFromInside == digest.isInside(entry.source.address)
            && isToInside == digest.isInside(entry.destination.address)
    }

    /// Takes an entry in if it is of the run's case.
    @inline(__always)
    mutating func take(_ entry: Entry, counted isCounted: Bool, _ digest: Digest) -> Bool {
        guard fits(entry, digest), entry.count == 1 else { return false }
        lines += 1
        packets += 1
        from = earlier(from, entry.time)
        to = later(to, entry.time)
        guard isCounted else { return true }
        counted += 1
        if countsPorts { ports.append(entry.destination.port) }
        return true
    }

    /// Begins a run with the case of an entry that the digest has just summed up.
    mutating func begin(_ entry: Entry, _ digest: Digest) {
        let recent = digest.recent
        isOpen = true
        known = entry.known.intersection(LooseRun.telling)
        action = entry.action
        opens = entry.flags.opens
        ipProtocol = entry.ipProtocol
        reason = entry.reason
        direction = entry.direction
        dialect = entry.dialect
        isFromInside = digest.isInside(entry.source.address)
        isToInside = digest.isInside(entry.destination.address)
        interface = entry.interface
        node = entry.node
        place = recent.place
        portPlace = recent.portPlace
        countsPorts = recent.kind != .anomaly && entry.known.contains(.ports)
    }

    /// Ends the run and tells the digest of it.
    mutating func end(_ digest: inout Digest) {
        guard isOpen else { return }
        isOpen = false
        guard lines > 0 else { return }
        digest.totals.blocked += lines
        digest.world.from = earlier(digest.world.from, from)
        digest.world.until = later(digest.world.until, to)
        digest.loose.rows[place].value.addLoose(
            lines: lines, packets: packets, counted: counted, from, to)
        for port in ports { digest.world.ports.rows[portPlace].value.add(port, 1) }
        ports.removeAll(keepingCapacity: true)
        lines = 0
        packets = 0
        counted = 0
        from = .unknown
        to = .unknown
    }
}

extension CaseFacts {
    fileprivate mutating func addLoose(
        lines: Int, packets: Int, counted: Int, _ from: Instant, _ to: Instant
    ) {
        self.lines += lines
        self.packets += packets
        events += packets
        self.counted += counted
        self.from = earlier(self.from, from)
        self.to = later(self.to, to)
    }
}
