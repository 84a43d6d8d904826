// From the entries of one connection to its ladder.
//
// Read first: `Ladder`.

import Causes
import Facts

/// The entries of one connection, while the log is read.
struct LadderEntries {
    typealias Numbered = (number: Int, entry: Entry)

    /// The stray that the finding shows.
    let shown: Int
    private(set) var entries: [Numbered] = []
    private var isOver = false

    init(shown: Int) { self.shown = shown }

    mutating func add(_ number: Int, _ entry: Entry) {
        guard !isOver else { return }
        if opens(entry) {
            // Another life on the same ports: before the stray it takes the place of the one
            // before, after it there is nothing more to tell. An opening told twice is one.
            let isAgain = entries.last.map { opens($0.entry) } ?? false
            if number > shown, !isAgain {
                isOver = true
                return
            }
            if !isAgain { entries.removeAll(keepingCapacity: true) }
        }
        if entries.count >= Ladder.entriesMax {
            // What came first and what comes near the stray are what is drawn.
            guard number <= shown else { return }
            entries.remove(at: Ladder.rungsMax)
        }
        entries.append((number, entry))
    }

    private func opens(_ entry: Entry) -> Bool {
        switch entry.action {
        case .open: true
        case .pass, .seen: entry.hasTCPFlags && entry.flags.opens
        case .note, .block, .close, .update, .state: false
        }
    }

    func ladder(of finding: Finding, _ timers: TimerBook) -> Ladder? {
        guard let stray = entries.first(where: { $0.number == shown })?.entry,
            !stray.source.address.isNone, !stray.destination.address.isNone
        else { return nil }
        let opening = entries.first { opens($0.entry) }?.entry
        let client = opening?.source ?? LadderEntries.client(of: stray, finding)
        let server = client == stray.source ? stray.destination : stray.source
        var rungs: [Rung] = []
        for (number, entry) in entries {
            let next = Rung(number, entry, isRequest: entry.source == client)
            if let last = rungs.last, last.isLike(next) {
                rungs[rungs.count - 1].take(next)
            } else {
                rungs.append(next)
            }
        }
        LadderEntries.shorten(&rungs, around: shown)
        let end = StateEnd(rungs, shown, finding, timers.timers(stray.dialect), opening != nil)
        return Ladder(
            client: client, server: server, knowsClient: opening != nil, node: stray.node,
            rungs: rungs, end: end)
    }

    /// Who opened, where no entry tells.
    private static func client(of stray: Entry, _ finding: Finding) -> Endpoint {
        switch finding.isServerSending {
        case true?: stray.destination
        case false?: stray.source
        case nil:
            // Services listen on low ports.
            stray.source.port < stray.destination.port ? stray.destination : stray.source
        }
    }

    /// Leaves the middle out, and keeps the beginning and what came around the stray.
    private static func shorten(_ rungs: inout [Rung], around shown: Int) {
        guard rungs.count > Ladder.rungsMax else { return }
        let stray = rungs.lastIndex { $0.entry <= shown && $0.entry > 0 } ?? rungs.count - 1
        let after = min(rungs.count, stray + 5)
        let before = max(4, after - (Ladder.rungsMax - 6))
        var kept = Array(rungs[..<4])
        leaveOut(rungs[4..<before], &kept)
        kept += rungs[before..<after]
        leaveOut(rungs[after...], &kept)
        rungs = kept
    }

    private static func leaveOut(_ rungs: ArraySlice<Rung>, _ kept: inout [Rung]) {
        guard var left = rungs.first, let last = rungs.last else { return }
        left.kind = .leftOut
        left.entry = 0
        left.until = last.until
        left.count = rungs.reduce(0) { $0 + $1.count }
        left.isStray = false
        kept.append(left)
    }
}

extension Rung {
    init(_ number: Int, _ entry: Entry, isRequest: Bool) {
        switch entry.action {
        case .open, .state: kind = .opened
        case .close: kind = .ended
        case .note, .block, .pass, .update, .seen: kind = .packet
        }
        self.entry = number
        at = entry.time
        until = entry.time
        count = Int(entry.count)
        self.isRequest = isRequest
        action = entry.action
        flags = entry.hasTCPFlags && kind == .packet ? entry.flags : nil
        length = entry.known.contains(.length) && kind == .packet ? Int(entry.length) : nil
        reason = entry.reason
        isStray = entry.isStray
        interface = entry.interface
    }

    /// Whether another packet can be drawn with it.
    func isLike(_ other: Rung) -> Bool {
        kind == .packet && other.kind == .packet && isRequest == other.isRequest
            && action == other.action && flags == other.flags && isStray == other.isStray
            && !(flags?.opens ?? false && !isStray)
    }

    /// Whether an end said with it that it is done.
    var closes: Bool { flags?.contains(.fin) ?? false || flags?.contains(.rst) ?? false }

    mutating func take(_ other: Rung) {
        if other.until.isKnown { until = other.until }
        count += other.count
        if length != other.length { length = nil }
    }
}

extension StateEnd {
    init?(
        _ rungs: [Rung], _ shown: Int, _ finding: Finding, _ timers: Timers, _ wasOpened: Bool
    ) {
        guard let stray = rungs.firstIndex(where: { $0.isStray }) else { return nil }
        switch finding.cause {
        case .scan, .spoofedFlags, .backscatter, .clusterDelivery, .policy:
            self.init(kind: .never, at: .unknown, seconds: 0, afterRung: stray)
            return
        case .outOfWindow, .packetAnomaly:
            self.init(kind: .kept, at: .unknown, seconds: 0, afterRung: stray)
            return
        case .asymmetricRouting, .notTCP:
            self.init(kind: .half, at: .unknown, seconds: 0, afterRung: stray)
            return
        default: break
        }
        if let told = rungs[..<stray].lastIndex(where: { $0.kind == .ended }) {
            self.init(kind: .told, at: rungs[told].at, seconds: 0, afterRung: told + 1)
            return
        }
        guard wasOpened else {
            self.init(kind: .unseen, at: .unknown, seconds: 0, afterRung: stray)
            return
        }
        let last = rungs[..<stray].last { $0.until.isKnown }?.until ?? .unknown
        let seconds: Int64 =
            switch finding.cause {
            case .idleTimeout:
                finding.variant == "half-closed" ? timers.halfClosed : timers.established
            case .lateClose where rungs[..<stray].contains { $0.closes }: timers.closed
            case .overloadedHost: timers.opening
            default: 0
            }
        let at = Instant(microseconds: last.microseconds &+ seconds &* 1_000_000)
        // A timer that would have run out after the stray is not what ended it.
        guard seconds > 0, last.isKnown, rungs[stray].at.isKnown, at <= rungs[stray].at else {
            self.init(kind: .lost, at: .unknown, seconds: 0, afterRung: stray)
            return
        }
        self.init(kind: .timer, at: at, seconds: seconds, afterRung: stray)
    }
}
