// What a log tells of timeouts: which connections were cut, and how many states were held.
//
// Read first: `TunedCurve`; `LoggedConnection`. A log tells of openings, of ends with their
// reasons, and of what was blocked. A state that its firewall ended for being idle had been idle
// for as long as its timeout was; a stray of it that comes later comes after that silence and what
// passed since, and would have been spared by a timeout longer than both. So longer values are told
// exactly. Packets that passed are not logged: a connection that lasted longer than a shorter value
// may have been silent for that long or not, so of shorter values there is a least and a most.

import Bytes
import Facts

/// The timeouts that a log can tell of, and why a state ended that one of them ended.
public enum LoggedTimeout: UInt8, Sendable, CaseIterable {
    case established
    case opening
    case halfClosed
    case closed

    /// As `--set` takes it.
    public var name: String {
        switch self {
        case .established: "tcp.established"
        case .opening: "tcp.opening"
        case .halfClosed: "tcp.half-closed"
        case .closed: "tcp.closed"
        }
    }

    init?(_ reason: Reason) {
        switch reason {
        case .closedIdle: self = .established
        case .closedHandshake: self = .opening
        case .closedHalfClosed: self = .halfClosed
        case .closedByFins: self = .closed
        default: return nil
        }
    }
}

public struct LogTuning: Sendable {
    // Limit: connections remembered, some hundred megabytes; a new one takes the place of the one
    // that was opened first, which is then counted with what is known of it.
    private let connectionsMax: Int
    /// One opening logged on two interfaces, or by two lines.
    static let sameOpeningMax: Int64 = 3_000_000
    // Limit: a hundred years; what a line claims beyond it would overflow sums of times.
    static let durationMax: Int64 = 100 * 366 * 86400 * 1_000_000

    /// What was read, and what of it could not be used.
    public struct Counts: Equatable, Sendable {
        public var openings = 0
        public var ends = 0
        public var strays = 0
        /// Strays of connections of which neither opening nor end is known.
        public var ofUnknown = 0
        /// Connections that were counted before the log's end, for want of room.
        public var forgotten = 0
        /// Connections taken for idle because of their openings alone: the log tells no ends.
        public var withoutEnd = 0
        /// Connections ended for being idle though they were younger than the timeout, and the
        /// age of the youngest in seconds.
        public var tooYoung = 0
        public var youngest: Int64 = .max
    }

    public private(set) var counts = Counts()
    private var tallies: [TimeoutTally] = []
    private var index = IndexTable()
    private var connections: [LoggedConnection] = []
    private var oldest = 0
    private let nowOf: [Int64]
    private var start = Instant.unknown
    private var end = Instant.unknown

    /// `now`: what each timeout is set to, in seconds; one of 0 the firewall does not have.
    public init(connectionsMax: Int = 1 << 20, now: (LoggedTimeout) -> Int64) {
        self.connectionsMax = max(1, connectionsMax)
        nowOf = LoggedTimeout.allCases.map { max(0, now($0)) }
    }

    public mutating func add(_ entry: Entry) {
        guard entry.ipProtocol == Entry.tcp, entry.known.contains(.ports), entry.time.isKnown
        else { return }
        begin(entry.time)
        end = max(end, entry.time)
        if entry.isStray { return stray(entry) }
        switch entry.action {
        case .open: open(entry)
        case .pass: if entry.hasTCPFlags && entry.flags.opens { open(entry) } else { pass(entry) }
        case .update: pass(entry)
        case .close: close(entry)
        case .note, .block, .seen, .state: break
        }
    }

    private mutating func begin(_ time: Instant) {
        guard !start.isKnown else { return }
        start = time
        end = time
        tallies = LoggedTimeout.allCases.map {
            TimeoutTally($0, now: nowOf[Int($0.rawValue)], start: time)
        }
    }

    // MARK: - What an entry changes

    private func key(_ entry: Entry) -> UInt64 {
        connectionHash(entry.source, entry.destination, Entry.tcp)
    }

    /// By either pair of addresses: a stray from outside has the translated ones.
    private func find(_ key: UInt64) -> Int? {
        index.find(key) { connections[$0].key == key || connections[$0].translated == key }
    }

    private mutating func open(_ entry: Entry) {
        let known = find(key(entry))
        if let known, !connections[known].ended.isKnown,
            let ago = entry.time.since(connections[known].opened),
            abs(ago) <= LogTuning.sameOpeningMax
        {
            return
        }
        counts.openings += 1
        if let known { leave(known, replaced: entry.time) }
        _ = take(entry, entry.time, isKnown: true)
    }

    private mutating func pass(_ entry: Entry) {
        if let known = find(key(entry)) {
            connections[known].pass(entry.time)
        } else if entry.action == .update {
            // It was there when the log began.
            let place = take(entry, start, isKnown: false)
            connections[place].pass(entry.time)
        }
    }

    private mutating func close(_ entry: Entry) {
        var opened: Instant?
        if entry.known.contains(.duration) {
            let duration = max(0, min(entry.durationMicroseconds, LogTuning.durationMax))
            opened = Instant(microseconds: entry.time.microseconds &- duration)
        }
        var place = find(key(entry))
        if let known = place, connections[known].ended.isKnown {
            // The same end told twice, or that of a later connection.
            guard let opened, connections[known].ended <= opened else { return }
            leave(known, replaced: opened)
            place = nil
        }
        counts.ends += 1
        let here = place ?? take(entry, opened ?? start, isKnown: opened != nil)
        if let opened, opened < connections[here].opened { connections[here].opened = opened }
        let why = LoggedTimeout(entry.reason)
        let idle = why.map { nowOf[Int($0.rawValue)] * 1_000_000 } ?? 0
        connections[here].close(entry.time, why, idleFor: idle)
        if opened != nil || connections[here].knowsOpening { noteAge(connections[here]) }
    }

    private mutating func noteAge(_ connection: LoggedConnection) {
        guard connection.why == .established,
            let age = connection.ended.since(connection.opened)
        else { return }
        // A second of grace: durations are whole seconds.
        guard age + 1_000_000 < nowOf[0] * 1_000_000 else { return }
        counts.tooYoung += 1
        counts.youngest = min(counts.youngest, age / 1_000_000)
    }

    private mutating func stray(_ entry: Entry) {
        counts.strays += 1
        guard let place = find(key(entry)) else {
            counts.ofUnknown += 1
            return
        }
        connections[place].stray(
            entry.time, idleAfter: nowOf[0] * 1_000_000,
            isLast: entry.known.contains(.flags) && entry.flags.contains(.rst))
    }

    // MARK: - The table

    private mutating func take(_ entry: Entry, _ opened: Instant, isKnown: Bool) -> Int {
        var connection = LoggedConnection(
            key: key(entry), opened: opened, knowsOpening: isKnown)
        if entry.natSource != .none || entry.natDestination != .none {
            let source = entry.natSource == .none ? entry.source : entry.natSource
            let destination =
                entry.natDestination == .none ? entry.destination : entry.natDestination
            let other = connectionHash(source, destination, Entry.tcp)
            if other != connection.key, find(other) == nil { connection.translated = other }
        }
        let place: Int
        if connections.count < connectionsMax {
            place = connections.count
            connections.append(connection)
        } else {
            place = oldest
            oldest = (oldest + 1) % connectionsMax
            if connections[place].isHeld {
                counts.forgotten += 1
                leave(place, replaced: nil)
            }
            connections[place] = connection
        }
        index.insert(connection.key, place)
        if connection.translated != 0 { index.insert(connection.translated, place) }
        return place
    }

    /// Counts a connection, and makes room.
    private mutating func leave(_ place: Int, replaced: Instant?) {
        let connection = connections[place]
        count(connection, replaced: replaced)
        index.remove(connection.key, place)
        if connection.translated != 0 { index.remove(connection.translated, place) }
        connections[place].isHeld = false
    }

    private mutating func count(_ connection: LoggedConnection, replaced: Instant?) {
        for place in tallies.indices {
            tallies[place].add(connection, until: end, replaced: replaced)
        }
        if connection.silenceWithoutEnd > 0 { counts.withoutEnd += 1 }
    }

    // MARK: - The outcome

    /// After the last entry.
    public mutating func finish() {
        for connection in connections where connection.isHeld { count(connection, replaced: nil) }
        connections = []
        index = IndexTable()
        if counts.ends > 0 { counts.withoutEnd = 0 }
    }

    /// Whether there was anything to tell timeouts by.
    public var tellsAnything: Bool { counts.openings + counts.ends > 0 }

    /// One for each timeout that the firewall has.
    public var curves: [TunedCurve] {
        tallies.filter { $0.now > 0 }.map { $0.curve(until: end, tellsEnds: counts.ends > 0) }
    }
}
