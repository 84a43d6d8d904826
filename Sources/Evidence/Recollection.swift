// What an entry cannot say and those before it can: whether its ports were in use a moment ago,
// and whether its own opening was blocked. It needs the entries one by one and in order, so it is
// for logs small enough to be read so (`ReadOptions.looksCloser`).

import Bytes
import Facts

public struct Recollection: Sendable {
    // Limit: connections remembered, some four megabytes; a new one takes the place of that made
    // first. What is asked for was minutes ago.
    static let slotsMax = 1 << 15
    /// How long used ports matter: TIME_WAIT and the firewalls' timers for closing connections
    /// are minutes (FreeBSD pf's tcp.closing, 900 s, is the longest and seldom reached).
    static let useMax: Int64 = 300_000_000
    /// How long a blocked opening matters: a SYN is repeated for about two minutes.
    static let openingMax: Int64 = 130_000_000
    /// How long a refusal for used ports may last: TIME_WAIT is 60 s on Linux and the BSDs.
    static let refusalMax: Int64 = 65_000_000
    /// The same SYN on two nodes, by clocks that agree to the second.
    static let copyMax: Int64 = 2_000_000

    private struct Slot: Sendable {
        let key: ConnectionKey
        var lastUse: Instant = .unknown
        var opening: Instant = .unknown
        var openingSequence: UInt32 = 0
        var hasSequence = false
        var ended = false
        var node: Name = .none
        var blockedOpening: Instant = .unknown
        /// The first of the openings blocked in a row, with nothing passing between them.
        var firstRefusal: Instant = .unknown
        var blockedFromLow = false
    }

    private var index = IndexTable()
    private var slots: [Slot] = []
    private var next = 0

    public init() {}

    /// Notes an entry, and marks it with what those before it tell.
    public mutating func mark(_ entry: inout Entry) {
        guard entry.ipProtocol == Entry.tcp, entry.known.contains(.ports) else { return }
        let key = ConnectionKey(entry.source, entry.destination)
        let place = place(of: key)
        if !entry.isBlocked {
            noteUse(entry, place)
        } else if !entry.isStray {
            // A rule's refusal without flags is taken for that of an opening: what has no state
            // is refused in other words.
            noteRefusal(entry.time, place)
            markOpening(&entry, slots[place])
            slots[place].blockedOpening = entry.time
            slots[place].blockedFromLow = entry.source == key.low
        } else {
            let slot = slots[place]
            if let gap = entry.time.since(slot.blockedOpening), gap >= 0,
                gap <= Recollection.openingMax, slot.blockedFromLow == (entry.source == key.low),
                !slot.lastUse.isKnown || slot.lastUse < slot.blockedOpening
                    || (!slot.node.isNone && slot.node != entry.node)
            {
                entry.known.insert(.openingBlocked)
            }
        }
    }

    private mutating func place(of key: ConnectionKey) -> Int {
        let hash = UInt64(LiveTable.hash(key))
        if let found = index.find(hash, { slots[$0].key == key }) { return found }
        let place = next % Recollection.slotsMax
        next += 1
        if place == slots.count {
            slots.append(Slot(key: key))
        } else {
            index.remove(UInt64(LiveTable.hash(slots[place].key)), place)
            slots[place] = Slot(key: key)
        }
        index.insert(hash, place)
        return place
    }

    private mutating func noteUse(_ entry: Entry, _ place: Int) {
        guard entry.action != .note, entry.action != .state else { return }
        // A SYN that a capture saw may be the very one that was blocked.
        if entry.action == .seen, entry.hasTCPFlags, entry.flags.opens { return }
        slots[place].lastUse = entry.time
        slots[place].node = entry.node
        slots[place].ended =
            entry.action == .close || (entry.hasTCPFlags && entry.flags.rawValue & 0x05 != 0)
        if entry.action == .open || (entry.hasTCPFlags && entry.flags.opens) {
            slots[place].opening = entry.time
            slots[place].openingSequence = entry.sequence
            slots[place].hasSequence = entry.known.contains(.sequence)
        }
    }

    private mutating func noteRefusal(_ time: Instant, _ place: Int) {
        let slot = slots[place]
        let gap = time.since(slot.blockedOpening)
        let goesOn = gap.map { $0 >= 0 && $0 <= Recollection.openingMax } ?? false
        let passed = slot.lastUse.isKnown && slot.blockedOpening < slot.lastUse
        if !goesOn || passed { slots[place].firstRefusal = time }
    }

    /// A SYN was blocked where the same ports were in use: their rule allows it, so their old
    /// state is in its way. On another node it is a copy.
    private func markOpening(_ entry: inout Entry, _ slot: Slot) {
        // A stamp of a whole second stands at its beginning.
        let early: Int64 = entry.time.microseconds % 1_000_000 == 0 ? -1_000_000 : 0
        guard let gap = entry.time.since(slot.lastUse), gap >= early, gap <= Recollection.useMax
        else { return }
        if !slot.node.isNone, !entry.node.isNone, slot.node != entry.node {
            let sinceOpening = entry.time.since(slot.opening) ?? .max
            if sinceOpening <= Recollection.copyMax { entry.known.insert(.elsewhere) }
            return
        }
        // The same SYN, allowed and then refused, is a limit of the rule.
        if slot.hasSequence, entry.known.contains(.sequence),
            slot.openingSequence == entry.sequence
        {
            return
        }
        // What is refused for longer than ports are kept after use is cut off, whatever began it.
        if let series = entry.time.since(slot.firstRefusal), series > Recollection.refusalMax {
            return
        }
        entry.known.insert(.portsInUse)
        if slot.ended { entry.known.insert(.portsJustClosed) }
    }
}
