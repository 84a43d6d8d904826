// All that is known of one connection over one life.
//
// A dossier is a sum over the connection's entries in their order, joined entry by entry; as with
// `Side`, each step looks at two neighbours only. A dossier ends, and a new life begins, when an
// opening arrives that is not a repetition of the one before, or when nothing was heard of the
// connection for long (`Settings.quietEntriesMax`, `idleEntriesMax`).

import Facts

/// The two ends of a connection, the smaller first.
public struct ConnectionKey: Hashable, Sendable {
    public let low: Endpoint
    public let high: Endpoint

    @inlinable
    public init(_ a: Endpoint, _ b: Endpoint) {
        if b < a {
            low = b
            high = a
        } else {
            low = a
            high = b
        }
    }
}

/// What kind of entry was the last of a dossier.
enum EntryKind: UInt8, Sendable {
    case stray
    case close
    case pass
    case opening
    /// A line of a dump: a state is there, at a moment that is not told.
    case state

    /// Whether the connection may now be idle for long.
    var mayIdle: Bool { self == .pass || self == .opening || self == .state }
}

/// One opening: who, when, with which first number.
struct Opening: Equatable, Sendable {
    var time: Instant = .unknown
    var sequence: UInt32 = 0
    var hasSequence = false
    /// Whether the lower endpoint opened.
    var byLow = false

    /// Whether the next opening is this one again: the same SYN repeated or seen on the way out,
    /// or a log line and a conntrack event of the same. A SYN is repeated for 63 s at most
    /// (RFC 6298 with Linux's six tries), so later means a new connection on the old ports.
    func isRepeated(by next: Opening) -> Bool {
        guard byLow == next.byLow else { return false }
        if hasSequence, next.hasSequence { return sequence == next.sequence }
        guard let gap = next.time.since(time) else { return true }
        return abs(gap) <= 65_000_000
    }
}

/// What is known of the life that went before on the same ports: of its last entry alone, because
/// a part of a log may hold no more of it (Digest's law).
struct Before: Equatable, Sendable {
    var exists = false
    var last: Instant = .unknown
    /// Whether its last entry was a close, a FIN or a RST.
    var ended = false
}

/// The states a dump of the table holds of a connection.
struct HeldState: OptionSet, Equatable, Sendable {
    let rawValue: UInt8
    static var opening: HeldState { HeldState(rawValue: 1) }
    static var established: HeldState { HeldState(rawValue: 2) }
    static var closing: HeldState { HeldState(rawValue: 4) }

    init(rawValue: UInt8) { self.rawValue = rawValue }

    init(_ reason: Reason) {
        switch reason {
        case .stateOpening: self = .opening
        case .stateEstablished: self = .established
        case .stateClosing: self = .closing
        default: self = []
        }
    }
}

struct Dossier: Equatable, Sendable {
    let key: ConnectionKey
    /// Positions among the tracked entries of the digest.
    var firstPosition: Int
    var lastPosition: Int
    var lastKind: EntryKind
    var lastTime: Instant
    /// Whether the last entry is a close, a FIN or a RST.
    var lastEnds: Bool
    var startsWithOpening: Bool
    var opened = false
    var openNumber = 0
    var openInterface: Name = .none
    /// Where the opening left, if that is told.
    var openExit: Name = .none
    var firstOpening = Opening()
    var lastOpening = Opening()
    /// Classes of packets that passed, by the low and the high end.
    var passedLow: FlagClasses = []
    var passedHigh: FlagClasses = []
    var lastPass: Instant = .unknown
    /// When packets of the low and of the high end last passed, one by one.
    var lastPassLow: Instant = .unknown
    var lastPassHigh: Instant = .unknown
    /// When the firewall last told of a change of its state; its end is none, for that is told late.
    var lastUpdate: Instant = .unknown
    /// The last pass before the first stray.
    var passBeforeStray: Instant = .unknown
    /// The longest pause between two packets that passed, before any strayed: milliseconds.
    var survived: UInt32 = 0
    /// The first entry's time, if it passed.
    var firstPass: Instant = .unknown
    /// When the last FIN or RST passed.
    var lastFarewell: Instant = .unknown
    /// The node that passed it last: another one's strays are of packets it did not judge first.
    var passNode: Name = .none
    /// A life of the same ports before this one: when its last entry was, and how it stood.
    var before = Before()
    /// What a dump of the state table says of it.
    var held: HeldState = []
    var closed = false
    var closeTime: Instant = .unknown
    var closeReason: Reason = .unknown
    var closeNumber = 0
    var closeBytes: UInt64 = 0
    /// The device says that not a byte was carried.
    var closeDry = false
    var knowsAnswered = false
    var answered = false
    var node: Name
    var dialect: DialectID
    /// Whether packets of it were blocked; what is known of those is kept beside, in `Side`s.
    var strayed = false
    /// Whether it is another dossier's connection, by the addresses beyond the translation: it is
    /// no connection more.
    var isTranslated = false

    /// A dossier of one entry.
    init(_ entry: Entry, _ kind: EntryKind, key: ConnectionKey, position: Int, number: Int) {
        self.key = key
        firstPosition = position
        lastPosition = position
        lastKind = kind
        lastTime = entry.time
        lastEnds = kind == .close || Dossier.ends(entry)
        startsWithOpening = kind == .opening
        node = entry.node
        dialect = entry.dialect
        let fromLow = entry.source == key.low
        if kind == .pass || kind == .opening { firstPass = entry.time }
        knowsAnswered = entry.known.contains(.knowsAnswered)
        answered = entry.known.contains(.answered)
        switch kind {
        case .opening:
            opened = true
            openNumber = number
            openInterface = entry.interface
            openExit = entry.otherInterface
            firstOpening = Opening(
                time: entry.time, sequence: entry.sequence,
                hasSequence: entry.known.contains(.sequence), byLow: fromLow)
            lastOpening = firstOpening
            lastPass = entry.time
            passNode = entry.node
        case .pass:
            if entry.action == .update { lastUpdate = entry.time }
            lastPass = entry.time
            passNode = entry.node
            if entry.hasTCPFlags {
                let length = entry.known.contains(.length) ? entry.length : nil
                let passed = FlagClasses(FlagClass(entry.flags, length: length))
                // What a capture merely saw may have been blocked behind it.
                let time = entry.action == .seen ? Instant.unknown : entry.time
                if fromLow {
                    passedLow = passed
                    lastPassLow = time
                } else {
                    passedHigh = passed
                    lastPassHigh = time
                }
                if passed.has(.synAck) {
                    knowsAnswered = true
                    answered = true
                }
                if !passed.isDisjoint(with: .closing) { lastFarewell = entry.time }
            }
        case .state:
            held = HeldState(entry.reason)
        case .close:
            noteClose(entry, number)
        case .stray:
            strayed = true
        }
    }

    /// Whether an entry is of a FIN or a RST.
    private static func ends(_ entry: Entry) -> Bool {
        entry.hasTCPFlags && entry.flags.rawValue & 0x05 != 0
    }

    private mutating func noteClose(_ entry: Entry, _ number: Int) {
        closed = true
        closeTime = entry.time
        closeReason = entry.reason
        closeNumber = number
        closeBytes = entry.known.contains(.bytes) ? entry.bytes : 0
        closeDry = entry.known.contains(.bytes) && entry.bytes == 0
    }
}

extension Dossier {
    /// Whether `later` goes on with this life of the connection.
    func continues(with later: Dossier, _ settings: Settings) -> Bool {
        guard lasts(until: later.firstPosition, settings) else { return false }
        guard later.startsWithOpening, lastKind != .state else { return true }
        return lastKind == .opening && lastOpening.isRepeated(by: later.firstOpening)
    }

    /// Whether it is not over by a position, for all that is known until then. A stray of then goes
    /// on with it.
    @inline(__always)
    func lasts(until position: Int, _ settings: Settings) -> Bool {
        position - lastPosition
            <= (lastKind.mayIdle ? settings.idleEntriesMax : settings.quietEntriesMax)
    }

    /// Notes the life that went before, if it was heard of not too long ago.
    mutating func follow(_ earlier: Dossier, _ settings: Settings) {
        let silence = firstPosition - earlier.lastPosition
        guard
            silence
                <= (earlier.lastKind.mayIdle ? settings.idleEntriesMax : settings.quietEntriesMax)
        else { return }
        before = Before(exists: true, last: earlier.lastTime, ended: earlier.lastEnds)
    }

    /// Whether nothing but a dump of the state table tells of it.
    var isOnlyHeld: Bool {
        !held.isEmpty && !opened && !strayed && !closed && lastKind == .state
    }

    /// Both in one, `later` following directly.
    mutating func join(_ later: Dossier) {
        // What came before the first stray is decided by the part that has it.
        if !strayed {
            survived = max(survived, later.survived, pause(before: later))
            passBeforeStray =
                later.passBeforeStray.isKnown
                ? later.passBeforeStray : later.strayed ? lastPass : .unknown
            strayed = later.strayed
        }
        if later.lastPass.isKnown { lastPass = later.lastPass }
        if later.lastPassLow.isKnown { lastPassLow = later.lastPassLow }
        if later.lastPassHigh.isKnown { lastPassHigh = later.lastPassHigh }
        if later.lastUpdate.isKnown { lastUpdate = later.lastUpdate }
        if !later.passNode.isNone { passNode = later.passNode }
        if later.lastFarewell.isKnown { lastFarewell = later.lastFarewell }
        held.formUnion(later.held)
        lastPosition = later.lastPosition
        lastKind = later.lastKind
        lastTime = later.lastTime
        lastEnds = later.lastEnds
        if later.opened {
            if !opened {
                opened = true
                openNumber = later.openNumber
                openInterface = later.openInterface
                openExit = later.openExit
                firstOpening = later.firstOpening
            }
            lastOpening = later.lastOpening
        }
        if later.closed, !closed {
            closed = true
            closeTime = later.closeTime
            closeReason = later.closeReason
            closeNumber = later.closeNumber
            closeBytes = later.closeBytes
            closeDry = later.closeDry
        }
        passedLow.formUnion(later.passedLow)
        passedHigh.formUnion(later.passedHigh)
        knowsAnswered = knowsAnswered || later.knowsAnswered
        answered = answered || later.answered
    }

    /// The same as to join the dossier of one stray: most entries are such.
    @inline(__always)
    mutating func addStray(_ entry: Entry, position: Int) {
        if !strayed {
            passBeforeStray = lastPass
            strayed = true
        }
        lastPosition = position
        lastKind = .stray
        lastTime = entry.time
        lastEnds = Dossier.ends(entry)
        knowsAnswered = knowsAnswered || entry.known.contains(.knowsAnswered)
        answered = answered || entry.known.contains(.answered)
    }

    /// Between the last entry and the first of what follows, if both passed.
    private func pause(before later: Dossier) -> UInt32 {
        guard lastKind == .pass || lastKind == .opening,
            let gap = later.firstPass.since(lastTime), gap > 0
        else { return 0 }
        return UInt32(clamping: gap / 1000)
    }

    /// The same dossier as part of something longer.
    mutating func move(positions: Int, numbers: Int) {
        firstPosition += positions
        lastPosition += positions
        if opened { openNumber += numbers }
        if closed { closeNumber += numbers }
    }
}
