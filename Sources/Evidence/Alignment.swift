// Several inputs tell of one packet: this makes one entry of what they say. `SamePacket` tells
// when two entries are the same packet.
//
// Entries come in the order of time and are held back for a while. When one is let out, those
// behind it that tell of the same packet are joined with it:
//
// - a log's verdict and a capture's sighting become the verdict, with all that either knows;
// - the verdict in a log and in a capture of the firewall's own log interface become one;
// - two sightings by one node become one, which is `pass` where the packet was seen to go on: it
//   left by another interface than it came by, or went through with one hop less to live;
// - a packet blocked on one node that another node passed or saw stays two entries, and the blocked
//   one is marked `elsewhere`.
//
// Nothing is joined with what its own input says, but for sightings on two interfaces: what a log
// or a wire tells twice happened twice. One log of several nodes is compared by node.
//
// A blocked line is not joined with a later sighting of a packet that others show to have gone on.
// With an earlier one it is: there a log's word stands above what sightings suggest.
//
// What cannot be told: a packet seen before the firewall and nowhere else may have been dropped
// without a line; it stays `seen`. So does one seen leaving by a firewall of which no log is given.
// A packet on a trunk and again on a VLAN of it is one sighting, for nothing shows that it went
// on. Entries further apart than the window are never compared: clocks must be set right before.
//
// Inputs without a node are taken to be of one node: name them where they are not.

import Bytes
import Facts

/// An entry and where it stood.
public struct Aligned: Sendable, Equatable {
    public var entry: Entry
    public var input: Int
    /// Its line (in a capture: its frame) in that input, from 1.
    public var line: Int

    public init(entry: Entry, input: Int, line: Int) {
        self.entry = entry
        self.input = input
        self.line = line
    }
}

public struct Alignment: Sendable {
    // Whole-second stamps put a line up to a second before its packet; another for slow loggers.
    public static let microsecondsHeld: Int64 = 2_000_000
    // Limit: entries held back, some two megabytes. At more than four thousand packets a second
    // the window is shorter than its time, and a late log line finds its packet gone.
    public static let heldMax = 8192
    // Limit: so many entries of one flow and one set of flags are compared with one another;
    // a flood of packets all alike costs no more.
    static let comparedMax = 64

    /// Entries that became part of another.
    public private(set) var joined = 0
    private var ring: [Held] = []
    // Positions in the ring count on for ever; the ring has room for the newest.
    private var first = 0
    private var end = 0
    private var chains: [Chain]
    private var latest = Instant.unknown
    private var stations: [Station] = []
    private var finest: [Int64] = []
    private var loggedNodes: [Name] = []
    private var isOver = false

    public init() {
        chains = Array(repeating: Chain(), count: Alignment.heldMax)
    }

    /// Takes in the next entry; `next` is to be asked until it has none before another one comes.
    /// `isCapture`: its input is a capture, not a log. `corrected`: microseconds by which its stamp
    /// was moved.
    public mutating func add(_ aligned: Aligned, isCapture: Bool, corrected: Int64 = 0) {
        let entry = aligned.entry
        if entry.time.isKnown { latest = latest.isKnown ? max(latest, entry.time) : entry.time }
        note(entry.time, of: aligned.input, corrected)
        if !isCapture, !entry.node.isNone, !loggedNodes.contains(entry.node),
            loggedNodes.count < Alignment.comparedMax
        {
            loggedNodes.append(entry.node)
        }
        let isPacket = Sighting.isPacket(entry)
        let held = Held(
            aligned: aligned, isCapture: isCapture, isPacket: isPacket,
            station: isPacket ? station(aligned.input, entry.interface) : 0)
        let slot = end % Alignment.heldMax
        if ring.count < Alignment.heldMax { ring.append(held) } else { ring[slot] = held }
        if isPacket { link(slot) }
        end += 1
    }

    /// No entry follows.
    public mutating func finish() { isOver = true }

    /// The next entry whose time in the window is over; nil when more must come first.
    public mutating func next() -> Aligned? {
        while first < end {
            let slot = first % Alignment.heldMax
            guard isOver || end - first >= Alignment.heldMax || isOld(slot) else { return nil }
            first += 1
            if ring[slot].isPacket {
                unlink(slot)
                if !ring[slot].isJoined { compare(slot) }
            }
            if ring[slot].isJoined { continue }
            judgeAlone(slot)
            return ring[slot].aligned
        }
        return nil
    }

    private func isOld(_ slot: Int) -> Bool {
        let time = ring[slot].entry.time
        guard let age = latest.since(time) else { return !ring[slot].isPacket }
        return age > Alignment.microsecondsHeld
    }

    /// A packet seen leaving a firewall was passed by it.
    // Both Linux (dev_queue_xmit_nit, behind netfilter) and the BSDs (bpf_mtap in ether_output,
    // behind pf) show a capture only those packets going out that the filter let go.
    private mutating func judgeAlone(_ slot: Int) {
        let entry = ring[slot].entry
        if entry.action == .seen, entry.direction == .outward, loggedNodes.contains(entry.node) {
            ring[slot].aligned.entry.action = .pass
        }
    }
}

// MARK: - What is held

/// An entry held back.
private struct Held: Sendable {
    var aligned: Aligned
    var isCapture: Bool
    var isPacket: Bool
    var station: UInt8
    /// The stations whose entries became part of this one, a bit each.
    var absorbed: UInt64 = 0
    var isJoined = false
    /// It could have been any of several; none of them is to be taken later.
    var isAmbiguous = false
    var nextSlot: Int32 = -1

    var entry: Entry { aligned.entry }
    var isVerdict: Bool { entry.action != .seen }
}

/// The held packets whose flow and flags hash alike, from first to last.
private struct Chain: Sendable {
    var head: Int32 = -1
    var tail: Int32 = -1
}

/// An interface of an input: whatever comes from one is different packets.
private struct Station: Sendable, Equatable {
    var input: Int
    var interface: Name
}

extension Alignment {
    private func chainNumber(_ entry: Entry) -> Int {
        let ends = Bytes.hash(
            entry.source.address.high ^ entry.destination.address.high &* 31,
            entry.source.address.low, entry.destination.address.low)
        let ports = UInt64(entry.source.port) << 32 | UInt64(entry.destination.port) << 16
        // What a rule refused without telling its flags is looked for among openings: what has no
        // state is refused in other words.
        let isFlagless = entry.ipProtocol == Entry.tcp && !entry.known.contains(.flags)
        let flags = isFlagless ? TCPFlags.syn.rawValue : entry.flags.rawValue
        let kind = UInt64(entry.ipProtocol) << 8 | UInt64(flags)
        return Int(Bytes.hash(ends, ports | kind) % UInt64(Alignment.heldMax))
    }

    private mutating func link(_ slot: Int) {
        let number = chainNumber(ring[slot].entry)
        let tail = chains[number].tail
        if tail < 0 {
            chains[number].head = Int32(slot)
        } else {
            ring[Int(tail)].nextSlot = Int32(slot)
        }
        chains[number].tail = Int32(slot)
    }

    /// Takes the oldest held packet, which heads its chain, out of it.
    private mutating func unlink(_ slot: Int) {
        let number = chainNumber(ring[slot].entry)
        chains[number].head = ring[slot].nextSlot
        if ring[slot].nextSlot < 0 { chains[number].tail = -1 }
    }

    /// The number of a station; those past the last share one, and are told apart less.
    private mutating func station(_ input: Int, _ interface: Name) -> UInt8 {
        let wanted = Station(input: input, interface: interface)
        if let found = stations.firstIndex(of: wanted) { return UInt8(found) }
        guard stations.count < 63 else { return 63 }
        stations.append(wanted)
        return UInt8(stations.count - 1)
    }

    /// Learns how fine the stamps of an input are, from the finest it has shown.
    private mutating func note(_ time: Instant, of input: Int, _ corrected: Int64) {
        while finest.count <= input { finest.append(1_000_000) }
        guard time.isKnown, finest[input] > 1 else { return }
        let written = Instant(microseconds: time.microseconds &- corrected)
        finest[input] = min(finest[input], stampResolution(written))
    }

    private func sighting(_ slot: Int) -> Sighting {
        let aligned = ring[slot].aligned
        return Sighting(entry: aligned.entry, resolution: finest[aligned.input])
    }
}

// MARK: - Comparing

/// What becomes of two entries of the same packet.
private enum Bond {
    case none
    case join
    case elsewhere
}

extension Alignment {
    /// Joins the entry that is let out with those behind it that tell of the same packet: first
    /// with verdicts, so that a log's word stands above what sightings suggest.
    private mutating func compare(_ slot: Int) {
        let mates = likely(slot)
        var close: [Int] = []
        for wantsVerdict in [true, false] {
            for other in mates where ring[other].isVerdict == wantsVerdict {
                let likeness = sighting(slot).likeness(sighting(other))
                guard likeness != .different, !isPassed(other, mates, besides: slot) else {
                    continue
                }
                switch bond(slot, other, likeness) {
                case .none: continue
                case .elsewhere: markElsewhere(slot, other)
                case .join where likeness == .certain:
                    if join(slot, other) { return }
                case .join: close.append(other)
                }
            }
        }
        guard !close.isEmpty else { return }
        // A flood of packets all alike: which is which cannot be told.
        guard mates.count < Alignment.comparedMax else {
            for place in [slot] + mates { ring[place].isAmbiguous = true }
            return
        }
        joinByTime(slot, close, mates)
    }

    /// Whether a sighting went on through the firewall, as another one shows: then it is not what a
    /// log says was blocked.
    private func isPassed(_ place: Int, _ mates: [Int], besides slot: Int) -> Bool {
        guard ring[slot].entry.isBlocked, !ring[place].isVerdict else { return false }
        return mates.contains { other in
            other != place && !ring[other].isVerdict && ring[other].station != ring[place].station
                && sighting(place).likeness(sighting(other)) == .certain
                && (wentOn(ring[place].entry, ring[other].entry)
                    || wentOn(ring[other].entry, ring[place].entry))
        }
    }

    /// The entries behind one that may be of its flow, the nearest of them.
    private func likely(_ slot: Int) -> [Int] {
        var found: [Int] = []
        var at = ring[slot].nextSlot
        while at >= 0, found.count < Alignment.comparedMax {
            if !ring[Int(at)].isJoined { found.append(Int(at)) }
            at = ring[Int(at)].nextSlot
        }
        return found
    }

    private func bond(_ a: Int, _ b: Int, _ likeness: Likeness) -> Bond {
        let one = ring[a]
        let two = ring[b]
        let nodes = (one.entry.node, two.entry.node)
        let areTwoNodes = !nodes.0.isNone && !nodes.1.isNone && nodes.0 != nodes.1
        if one.aligned.input == two.aligned.input, !areTwoNodes {
            let areBothSeen = !one.isVerdict && !two.isVerdict && one.station != two.station
            return areBothSeen && isOneHop(one.entry, two.entry) ? .join : .none
        }
        if areTwoNodes {
            guard one.entry.isBlocked != two.entry.isBlocked else { return .none }
            return likeness == .certain || isSameSequence(a, b) ? .elsewhere : .none
        }
        guard isOneHop(one.entry, two.entry) else { return .none }
        if one.isVerdict && two.isVerdict {
            // Twice the same verdict of one packet: a log and a capture of the log interface, or
            // one log in two copies.
            let isOneNode = nodes.0 == nodes.1 || one.isCapture || two.isCapture
            let areAlike = one.entry.isBlocked == two.entry.isBlocked
            let isSure = likeness == .certain || one.isCapture != two.isCapture
            return areAlike && isOneNode && isSure ? .join : .none
        }
        return .join
    }

    /// Without an IP identification two nodes' entries are one packet only by their sequence
    /// numbers, and only where the stamps tell a packet from its retransmission.
    private func isSameSequence(_ a: Int, _ b: Int) -> Bool {
        let one = sighting(a)
        let two = sighting(b)
        return one.entry.known.contains(.sequence) && two.entry.known.contains(.sequence)
            && max(one.resolution, two.resolution) <= Sighting.fine
    }

    /// Whether the hops left allow that one node told of both.
    private func isOneHop(_ a: Entry, _ b: Entry) -> Bool {
        guard a.known.contains(.ttl), b.known.contains(.ttl) else { return true }
        return abs(Int(a.ttl) - Int(b.ttl)) <= 1
    }

    private mutating func markElsewhere(_ a: Int, _ b: Int) {
        let blocked = ring[a].entry.isBlocked ? a : b
        ring[blocked].aligned.entry.known.insert(.elsewhere)
    }

    /// Joins what only time brings together, station by station, and only where there are as many
    /// entries here as there: then the first belongs to the first. Where one is missing, nothing
    /// tells which, and all stay as they are.
    private mutating func joinByTime(_ slot: Int, _ close: [Int], _ mates: [Int]) {
        var rest = close
        while let head = rest.first {
            let station = ring[head].station
            let there = rest.filter { ring[$0].station == station }
            rest.removeAll { ring[$0].station == station }
            let bit: UInt64 = 1 << UInt64(station)
            guard ring[slot].absorbed & bit == 0 else { continue }
            let here = mates.filter { mate in
                ring[mate].station == ring[slot].station && ring[mate].absorbed & bit == 0
                    && there.contains { sighting(mate).likeness(sighting($0)) != .different }
            }
            let isMuddled = ([slot] + here + there).contains { ring[$0].isAmbiguous }
            guard !isMuddled, here.count + 1 == there.count else {
                for place in [slot] + here + there { ring[place].isAmbiguous = true }
                continue
            }
            if join(slot, head) { return }
        }
    }

    /// Makes one entry of two; true when it lies behind now, in the other's place.
    private mutating func join(_ slot: Int, _ other: Int) -> Bool {
        let (mine, its) = (ring[slot], ring[other])
        joined += 1
        if !mine.isVerdict && !its.isVerdict {
            var entry = mine.entry
            if wentOn(mine.entry, its.entry) {
                entry.action = .pass
                if mine.aligned.input == its.aligned.input {
                    entry.otherInterface = its.entry.interface
                }
            }
            entry.enrich(from: its.entry)
            ring[slot].aligned.entry = entry
            absorb(other, into: slot)
            return false
        }
        // The log's line is the one to cite; the capture's frame tells the time more exactly.
        let isMine = mine.isVerdict && (!its.isVerdict || !mine.isCapture)
        var verdict = isMine ? mine.aligned : its.aligned
        let teller = isMine ? its : mine
        verdict.entry.enrich(from: teller.entry)
        let isFiner = finest[teller.aligned.input] < finest[verdict.input]
        if isFiner, teller.entry.time.isKnown { verdict.entry.time = teller.entry.time }
        let stays = isFiner == isMine ? other : slot
        let goes = stays == slot ? other : slot
        let station = isMine ? mine.station : its.station
        let isCapture = isMine ? mine.isCapture : its.isCapture
        absorb(goes, into: stays)
        ring[stays].absorbed |= 1 << UInt64(teller.station)
        ring[stays].aligned = verdict
        ring[stays].station = station
        ring[stays].isCapture = isCapture
        return stays == other
    }

    private mutating func absorb(_ goes: Int, into stays: Int) {
        ring[stays].absorbed |= ring[goes].absorbed | 1 << UInt64(ring[goes].station)
        ring[goes].isJoined = true
    }

    /// Whether two sightings by one node show the packet going through it: in here and out
    /// there, or a hop less to live.
    private func wentOn(_ a: Entry, _ b: Entry) -> Bool {
        guard a.node == b.node else { return false }
        if a.direction == .inward && b.direction == .outward { return true }
        guard a.known.contains(.ttl), b.known.contains(.ttl) else { return false }
        return Int(a.ttl) == Int(b.ttl) + 1
    }
}
