// One connection as a log tells of it: when it was opened, seen, ended, and when it strayed.
//
// Read first: `LogTuning`.

import Facts

struct LoggedConnection: Sendable {
    let key: UInt64
    /// The hash of the translated addresses; 0 where there are none.
    var translated: UInt64 = 0
    var opened: Instant
    /// Whether the log tells when it was opened; else it is taken to be as old as the log.
    let knowsOpening: Bool
    /// When it was last known to be active.
    var active: Instant
    /// Microseconds, the longest time in which the log shows nothing of it, while it was held.
    var unseen: Int64 = 0
    /// Unknown while it is held, and where the log tells no ends.
    var ended = Instant.unknown
    /// The timeout that ended it; nil where none did.
    var why: LoggedTimeout?
    /// Microseconds, the longest silence that a stray broke after the end; 0 where none strayed.
    var silence: Int64 = 0
    /// The silence that the first stray broke, and when the longest one began.
    var firstSilence: Int64 = 0
    var longestFrom = Instant.unknown
    /// The longest silence where the log tells no end.
    var silenceWithoutEnd: Int64 = 0
    var lastStray = Instant.unknown
    /// A stray would have ended the state.
    var isOver = false
    var isHeld = true

    init(key: UInt64, opened: Instant, knowsOpening: Bool) {
        self.key = key
        self.knowsOpening = knowsOpening
        self.opened = opened
        active = opened
    }

    mutating func pass(_ time: Instant) {
        guard !ended.isKnown, let since = time.since(active), since >= 0 else { return }
        unseen = max(unseen, since)
        active = time
        lastStray = .unknown
    }

    mutating func close(_ time: Instant, _ why: LoggedTimeout?, idleFor idle: Int64) {
        ended = time
        self.why = why
        // Its last packet came so long before the timeout ended it, but not before its first.
        let last = max(opened, Instant(microseconds: time.microseconds - idle))
        if let since = last.since(active), since >= 0 { unseen = max(unseen, since) }
        active = why == nil ? time : last
        lastStray = .unknown
        silenceWithoutEnd = 0
    }

    mutating func stray(_ time: Instant, idleAfter: Int64, isLast: Bool) {
        guard !isOver else { return }
        let before = lastStray.isKnown ? lastStray : active
        guard let pause = time.since(before), pause > 0 else { return }
        if ended.isKnown {
            guard why != nil, time >= ended else { return }
            if silence == 0 { firstSilence = pause }
            if pause > silence {
                silence = pause
                longestFrom = before
            }
        } else {
            // Strays sooner than the timeout have another cause.
            guard silenceWithoutEnd > 0 || pause >= idleAfter else { return }
            silenceWithoutEnd = max(silenceWithoutEnd, pause)
        }
        lastStray = time
        isOver = isLast
    }
}

/// What the connections of a log come to, at each value of one timeout.
struct TimeoutTally: Sendable {
    private let kind: LoggedTimeout
    let now: Int64
    private let values: [Int64]
    private var cut: [Int]
    private var cutWithoutEnd: [Int]
    /// Connections that may have been silent for longer than the value, for all the log shows.
    private var maybe: [Int]
    private var held: [HeldStates]

    init(_ kind: LoggedTimeout, now: Int64, start: Instant) {
        self.kind = kind
        self.now = now
        let values = now > 0 ? TunedTimeout(name: kind.name, standard: now).values(now: now) : []
        self.values = values
        cut = values.map { _ in 0 }
        cutWithoutEnd = cut
        maybe = cut
        held = values.map { _ in HeldStates(start: start) }
    }

    mutating func add(_ connection: LoggedConnection, until end: Instant, replaced: Instant?) {
        let isOurs = connection.why == kind
        let unseen =
            connection.ended.isKnown
            ? connection.unseen : max(connection.unseen, end.since(connection.active) ?? 0)
        for place in values.indices {
            if isOurs, isCut(at: place, connection.silence) {
                cut[place] += 1
            } else if kind == .established, isCut(at: place, connection.silenceWithoutEnd) {
                cutWithoutEnd[place] += 1
            } else if connection.why != .opening, values[place] < now,
                unseen > values[place] * 1_000_000
            {
                maybe[place] += 1
            }
            held[place].add(1, at: connection.opened)
            guard connection.ended.isKnown else {
                if let replaced { held[place].add(-1, at: max(replaced, connection.opened)) }
                continue
            }
            var last = isOurs ? finish(connection, values[place]) : connection.ended
            if let replaced, replaced < last { last = max(replaced, connection.ended) }
            held[place].add(-1, at: max(last, connection.opened))
        }
    }

    /// A stray was blocked, so up to the present value its connection is cut.
    private func isCut(at place: Int, _ silence: Int64) -> Bool {
        silence > 0 && (values[place] <= now || values[place] * 1_000_000 < silence)
    }

    /// When the state of a connection that this timeout ended would have ended at another value.
    private func finish(_ connection: LoggedConnection, _ seconds: Int64) -> Instant {
        if seconds == now { return connection.ended }
        let isSpared =
            seconds > now && connection.silence > 0
            && connection.silence <= seconds * 1_000_000
        if isSpared, connection.isOver { return connection.lastStray }
        var from = isSpared ? connection.lastStray : connection.active
        if seconds > now, !isSpared, connection.firstSilence > 0,
            connection.firstSilence <= seconds * 1_000_000
        {
            // It outlived the first strays, and not the longest silence.
            from = connection.longestFrom
        }
        let then = Instant(microseconds: from.microseconds + seconds * 1_000_000)
        // Where it was younger than the timeout, another one ended it: no longer value ends it
        // sooner, and no shorter one later.
        return seconds < now ? min(then, connection.ended) : max(then, connection.ended)
    }

    /// Without ends nothing tells how many states were held, and openings stand for idleness.
    func curve(until end: Instant, tellsEnds: Bool) -> TunedCurve {
        let known = tellsEnds ? cut : zip(cut, cutWithoutEnd).map { $0 + $1 }
        var curve = TunedCurve(
            TunedTimeout(name: kind.name, standard: now), now: now, values: values, cut: known,
            peaks: tellsEnds ? held.map { $0.peak(until: end) } : [],
            binMicroseconds: held.first?.binMicroseconds ?? 0)
        curve.cutAtMost = values.indices.map { place in
            if values[place] >= now { return known[place] }
            // How long handshakes and closings took is nowhere in a log.
            return kind == .established ? known[place] + maybe[place] : nil
        }
        return curve
    }
}
