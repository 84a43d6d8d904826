// Fragments put together before anything is judged: netfilter always does it, pf with `scrub`.
//
// Read first: RFC 791 §3.2, RFC 8200 §4.5, RFC 5722; Linux ip_fragment.c ip_frag_queue(),
// inet_fragment.c inet_frag_queue_insert() and nf_conntrack_reasm.c; FreeBSD pf_norm.c
// pf_fillup_fragment(). Only headers matter here: kept are the first fragment's packet, what bytes
// are there, and how many there will be.

import Bytes
import Facts

/// What became of a fragment.
public enum FragmentStep: Equatable, Sendable {
    /// It waits for the rest.
    case held
    /// It was the last one missing: the packet is the whole one now.
    case whole
    /// It was there already, or cannot be: it alone is dropped.
    case dropped
    /// It overlaps what is there, or contradicts it: all of the datagram is dropped.
    case datagramDropped
}

public struct FragmentCollector: Sendable {
    /// Whose judgement of overlaps it is.
    public enum Manner: Sendable {
        case linux
        case pf
    }

    public struct Counts: Equatable, Sendable {
        public var fragments = 0
        public var wholes = 0
        public var dropped = 0
        /// Datagrams that were given up: overlaps, contradictions.
        public var datagramsDropped = 0
        public var timedOut = 0
        /// There was no room for them.
        public var refused = 0

        public init() {}
    }

    // Limit: fragments held at a time. Linux holds 4 MiB of them (ipfrag_high_thresh), which is so
    // many of a kilobyte; pf 5000 (`set limit frags`).
    static let fragmentsMax = 4096

    struct Key: Hashable, Sendable {
        var source: Address
        var destination: Address
        var ipID: UInt16
        // IPv6's are told apart by their identification alone (RFC 8200 §4.5).
        var ipProtocol: UInt8
    }

    struct Run: Equatable, Sendable {
        var start: Int
        var end: Int
    }

    struct Datagram: Sendable {
        var first: Packet?
        var began: Instant
        /// What is there, in order. pf's runs are joined, Linux' are those that came in order.
        var runs: [Run] = []
        /// Where the last fragment ends; until it came, how far the others reach.
        var length = 0
        var hasLast = false
        var fragments = 0
        // A datagram that was given up is forgotten: what comes of it later begins another.
        var covered: Int { runs.reduce(0) { $0 + $1.end - $1.start } }
    }

    private let manner: Manner
    private var datagrams: [Key: Datagram] = [:]
    private var order: [Key] = []
    private var held = 0
    public private(set) var counts = Counts()

    public init(_ manner: Manner) { self.manner = manner }

    public var waiting: Int { datagrams.count }

    /// Takes a fragment. When it completes its datagram, `packet` becomes the whole one.
    public mutating func take(_ packet: inout Packet) -> FragmentStep {
        counts.fragments += 1
        expire(packet.time)
        let key = Key(
            source: packet.source.address, destination: packet.destination.address,
            ipID: packet.ipID, ipProtocol: packet.isV6 ? 0 : packet.ipProtocol)
        guard let piece = piece(packet) else {
            counts.dropped += 1
            if manner == .linux, !packet.isV6 { _ = giveUp(key) }
            return .dropped
        }
        guard held < FragmentCollector.fragmentsMax else {
            counts.refused += 1
            return .dropped
        }
        if datagrams[key] == nil {
            datagrams[key] = Datagram(began: packet.time)
            order.append(key)
        }
        let (last, sixth, judge) = (isLast(packet), packet.isV6, manner)
        guard let fit = datagrams[key]?.add(piece, isLast: last, judge, sixth) else {
            return .dropped
        }
        switch fit {
        case .overlap:
            counts.datagramsDropped += 1
            return giveUp(key)
        case .duplicate:
            counts.dropped += 1
            return .dropped
        case .added: break
        }
        held += 1
        datagrams[key]?.fragments += 1
        if piece.start == 0 { datagrams[key]?.first = packet }
        guard let datagram = datagrams[key], datagram.hasLast,
            datagram.covered == datagram.length, let first = datagram.first
        else { return .held }
        counts.wholes += 1
        _ = giveUp(key)
        packet = FragmentCollector.whole(first, datagram.length, as: packet)
        return .whole
    }

    private func isLast(_ packet: Packet) -> Bool { !packet.form.contains(.moreFragments) }

    /// Where a fragment lies; nil for one that cannot be.
    private func piece(_ packet: Packet) -> Run? {
        let start = Int(packet.fragmentOffset)
        var end = start + Int(packet.ipLength)
        if packet.form.contains(.moreFragments), end & 7 != 0 {
            // Only the last one may have any length: Linux cuts IPv4's, and all others refuse.
            guard manner == .linux, !packet.isV6 else { return nil }
            end &= ~7
        }
        return end > start && end <= 65535 ? Run(start: start, end: end) : nil
    }

    private mutating func giveUp(_ key: Key) -> FragmentStep {
        if let old = datagrams.removeValue(forKey: key) { held -= old.fragments }
        if order.count > 64, order.count > 2 * datagrams.count {
            order.removeAll { datagrams[$0] == nil }
        }
        return .datagramDropped
    }

    /// Lets go of those that have waited too long: 30 seconds, in Linux 60 for IPv6
    /// (IP_FRAG_TIME, IPV6_FRAG_TIMEOUT; pf's `frag` is 30 for both).
    private mutating func expire(_ now: Instant) {
        guard now.isKnown, !order.isEmpty else { return }
        var gone = 0
        for key in order {
            guard let datagram = datagrams[key] else {
                gone += 1
                continue
            }
            let seconds: Int64 = manner == .linux && key.source.isV6 ? 60 : 30
            guard let age = now.since(datagram.began), age > seconds * 1_000_000 else { break }
            counts.timedOut += 1
            held -= datagram.fragments
            datagrams[key] = nil
            gone += 1
        }
        order.removeFirst(gone)
    }

    /// The first fragment's packet with the length of all, at the time and place of the last one.
    private static func whole(_ first: Packet, _ length: Int, as last: Packet) -> Packet {
        var whole = first
        let more = UInt32(clamping: length) &- min(first.ipLength, UInt32(clamping: length))
        whole.length &+= more
        whole.ipLength = UInt32(clamping: length)
        whole.form.subtract([.fragment, .moreFragments, .laterFragment])
        whole.time = last.time
        whole.interface = last.interface
        whole.direction = last.direction
        return whole
    }
}

extension FragmentCollector.Datagram {
    enum Fit {
        case added
        case duplicate
        case overlap
    }

    mutating func add(
        _ piece: FragmentCollector.Run, isLast: Bool, _ manner: FragmentCollector.Manner,
        _ isV6: Bool
    ) -> Fit {
        if isLast {
            if piece.end < length || (hasLast && piece.end != length) { return .overlap }
            hasLast = true
            length = piece.end
        } else if piece.end > length {
            if hasLast { return .overlap }
            length = piece.end
        }
        switch manner {
        case .linux: return addInOrder(piece)
        case .pf: return addJoined(piece, isV6)
        }
    }

    /// inet_frag_queue_insert(): behind the end, or in a gap. What lies wholly in a run that came
    /// in order is a duplicate; everything else that touches what is there is an overlap.
    private mutating func addInOrder(_ piece: FragmentCollector.Run) -> Fit {
        guard let last = runs.last else {
            runs.append(piece)
            return .added
        }
        if piece.end > last.end {
            if piece.start < last.end { return .overlap }
            if piece.start == last.end {
                runs[runs.count - 1].end = piece.end
            } else {
                runs.append(piece)
            }
            return .added
        }
        var place = 0
        while place < runs.count, runs[place].end <= piece.start { place += 1 }
        guard place < runs.count, runs[place].start < piece.end else {
            runs.insert(piece, at: place)
            return .added
        }
        let run = runs[place]
        return piece.start >= run.start && piece.end <= run.end ? .duplicate : .overlap
    }

    /// pf_fillup_fragment(): IPv4's are cut to what is missing, of IPv6 all is dropped (RFC 5722).
    private mutating func addJoined(_ piece: FragmentCollector.Run, _ isV6: Bool) -> Fit {
        let touching = runs.filter { $0.start < piece.end && $0.end > piece.start }
        if !touching.isEmpty, isV6 { return .overlap }
        if touching.contains(where: { $0.start <= piece.start && $0.end >= piece.end }) {
            return .duplicate
        }
        var joined = piece
        runs.removeAll { run in
            guard run.start <= joined.end, run.end >= joined.start else { return false }
            joined.start = min(joined.start, run.start)
            joined.end = max(joined.end, run.end)
            return true
        }
        let place = runs.firstIndex { $0.start > joined.start } ?? runs.count
        runs.insert(joined, at: place)
        return .added
    }
}
