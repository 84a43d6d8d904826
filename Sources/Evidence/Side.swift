// The blocked packets of one direction of a connection, summed up so that two sums can be joined.
//
// Everything here depends on an entry and the one before it, never on more: that is what makes
// `Side` of a whole equal to the join of the `Side`s of its parts, wherever it is cut.

import Facts

/// What identifies a packet among others of its direction.
struct Print: Equatable, Sendable {
    var time: Instant = .unknown
    var sequence: UInt32 = 0
    var acknowledgement: UInt32 = 0
    var ipID: UInt16 = 0
    var flags: UInt8 = 0
    var known: UInt8 = 0
    /// Who told of it, and where: interface, rule, node and dialect in one number.
    var origin: UInt32 = 0

    init() {}

    init(_ entry: Entry) {
        time = entry.time
        sequence = entry.sequence
        acknowledgement = entry.acknowledgement
        ipID = entry.ipID
        flags = entry.flags.rawValue
        known =
            (entry.known.contains(.sequence) ? 1 : 0) | (entry.known.contains(.ipID) ? 2 : 0)
            | (entry.known.contains(.acknowledgement) && entry.flags.contains(.ack) ? 4 : 0)
        switch FlagClass(entry) {
        case .ack: known |= 8
        case .data: known |= 16
        default: break
        }
        if entry.known.contains(.length) { known |= 32 }
        let places = entry.interface.hash ^ (entry.node.hash &* 3) ^ (entry.rule.hash &* 5)
        origin = UInt32(truncatingIfNeeded: places) ^ UInt32(entry.dialect.rawValue)
    }

    var hasSequence: Bool { known & 1 != 0 }
    var hasAcknowledgement: Bool { known & 4 != 0 }
    var isBareAcknowledgement: Bool { known & 8 != 0 }

    /// Whether the next line tells of the same packet: several rules, hooks, interfaces or nodes
    /// logged it, some of them without the sequence number. An IP id of 0 (DF, RFC 6864)
    /// distinguishes nothing, so the stamps must agree, one line must tell the number, and both
    /// must not come from one rule at one interface: a woken host answers several SYNs at once.
    func isSamePacket(as next: Print) -> Bool {
        guard known & next.known & 2 != 0, ipID == next.ipID, flags == next.flags,
            !hasSequence || !next.hasSequence || sequence == next.sequence,
            let gap = next.time.since(time)
        else { return false }
        guard ipID == 0 else { return abs(gap) <= 1_000_000 }
        return origin != next.origin && (hasSequence || next.hasSequence) && abs(gap) <= 5_000
    }

    /// Whether the next packet brings new data: a stack whose data is blocked only repeats itself.
    func isFollowed(by next: Print) -> Bool {
        hasSequence && next.hasSequence && isAhead(next.sequence, of: sequence)
    }

    /// Whether it may carry data though it does not ask to be pushed: its length is not told
    /// (netfilter's lines give no length of the TCP header).
    var mayCarry: Bool { known & 8 != 0 && known & 32 == 0 && hasSequence }

    /// Whether the next packet acknowledges more: then its sender heard from the other end.
    func hearsMore(in next: Print) -> Bool {
        known & next.known & 4 != 0 && isAhead(next.acknowledgement, of: acknowledgement)
    }

    /// Whether the next packet acknowledges without data what came after this one's data. A stack
    /// does that only in answer to a packet of the other end (RFC 9293 §3.8.6.3).
    func isFollowedByAnswer(_ next: Print) -> Bool { known & 16 != 0 && next.known & 8 != 0 }

    /// Whether this is the end of a handshake, and the next packet the first data: both carry the
    /// number after the SYN's.
    func begins(with next: Print) -> Bool {
        guard known & 8 != 0, next.known & 16 != 0, let gap = next.time.since(time) else {
            return false
        }
        let areNumbered = hasSequence && next.hasSequence
        return gap >= 0 && gap <= 3_000_000 && areNumbered && sequence == next.sequence
    }

    /// A number counts as ahead within a quarter of all numbers: no window is larger (RFC 7323).
    private func isAhead(_ next: UInt32, of last: UInt32) -> Bool {
        let step = next &- last
        return step > 0 && step < 1 << 30
    }

    /// Whether the next packet repeats this one. Linux merges a FIN into the repeated data, so
    /// the flags may differ; an ACK without data or FIN repeats nothing.
    func isRepeated(by next: Print) -> Bool {
        hasSequence && next.hasSequence && sequence == next.sequence
            && (next.flags & 0x03 != 0 || next.flags & 0x08 != 0 || next.known & 16 != 0)
    }
}

public struct Marks: OptionSet, Hashable, Sendable {
    public let rawValue: UInt32
    @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }

    @inlinable public static var repeated: Marks { Marks(rawValue: 1) }
    /// The options were logged and there were none: no modern stack sends that in a conversation.
    @inlinable public static var noOptions: Marks { Marks(rawValue: 2) }
    @inlinable public static var timestamps: Marks { Marks(rawValue: 4) }
    @inlinable public static var windowZero: Marks { Marks(rawValue: 8) }
    /// nmap's window of 1024 (also 2048, 3072, 4096 in older versions).
    @inlinable public static var toolWindow: Marks { Marks(rawValue: 16) }
    @inlinable public static var sequenceZero: Marks { Marks(rawValue: 32) }
    @inlinable public static var mssOnly: Marks { Marks(rawValue: 64) }
    @inlinable public static var saysNoState: Marks { Marks(rawValue: 128) }
    @inlinable public static var hadState: Marks { Marks(rawValue: 256) }
    @inlinable public static var invalidFlags: Marks { Marks(rawValue: 512) }
    @inlinable public static var clusterMAC: Marks { Marks(rawValue: 1024) }
    @inlinable public static var firstCounted: Marks { Marks(rawValue: 2048) }
    @inlinable public static var otherInterface: Marks { Marks(rawValue: 4096) }
    @inlinable public static var hairpin: Marks { Marks(rawValue: 8192) }
    /// Data in a segment that does not ask to be pushed; and in one that does.
    @inlinable public static var unpushed: Marks { Marks(rawValue: 1 << 14) }
    @inlinable public static var pushed: Marks { Marks(rawValue: 1 << 15) }
    /// The window of phantun's packets, 65535; of udp2raw's, 40960 to 41471; and any other.
    @inlinable public static var fullWindow: Marks { Marks(rawValue: 1 << 16) }
    @inlinable public static var drawnWindow: Marks { Marks(rawValue: 1 << 17) }
    @inlinable public static var plainWindow: Marks { Marks(rawValue: 1 << 18) }
    /// Another node passed or saw this very packet.
    @inlinable public static var elsewhere: Marks { Marks(rawValue: 1 << 19) }
    /// The connection's own opening was blocked.
    @inlinable public static var openingBlocked: Marks { Marks(rawValue: 1 << 20) }
    /// An acknowledgement without data came after data of the same end: it answers something.
    @inlinable public static var acksAnswers: Marks { Marks(rawValue: 1 << 21) }
    /// It begins with an acknowledgement, and its data with the same number follows at once.
    @inlinable public static var beginsConversation: Marks { Marks(rawValue: 1 << 22) }
}

struct Side: Equatable, Sendable {
    /// Distinct packets; `lines` counts every line that told of one.
    var packets: UInt32 = 0
    var lines: UInt32 = 0
    /// Packets the user's filters select.
    var counted: UInt32 = 0
    /// Packets that are not repetitions of the one before.
    var events: UInt32 = 0
    var classes: FlagClasses = []
    var marks: Marks = []
    var doublings: UInt16 = 0
    var equals: UInt16 = 0
    /// Packets that brought new data after the one before, and that acknowledged more.
    var advances: UInt16 = 0
    var hearings: UInt16 = 0
    var first = Print()
    var last = Print()
    /// The same of those that use numbers up and tell them: between two such lines may stand one
    /// of another rule that does not tell, or an acknowledgement, which uses none.
    private(set) var firstNumbered = Print()
    private var lastNumbered = Print()
    /// Milliseconds, at least 1; 0 when there was no gap yet.
    var firstGap: UInt32 = 0
    var lastGap: UInt32 = 0
    var firstNumber = 0
    var firstLine = 0
    var payload: UInt32 = 0
    /// The most data any one packet carried.
    var payloadMax: UInt16 = 0
    /// The fewest and the most routers that a packet had passed.
    var hopsMin = HopSet.none
    var hopsMax: UInt8 = 0
    var direction: Direction = .unknown
    var firstFlags: TCPFlags?
    var interface: Name = .none
    var node: Name = .none
    var dialect: DialectID = .unknown

    init() {}

    /// A side of one entry.
    init(_ entry: Entry, number: Int, line: Int, counted: Bool) {
        packets = 1
        lines = 1
        self.counted = counted ? 1 : 0
        events = 1
        let length = entry.known.contains(.length) ? entry.length : nil
        classes = FlagClasses(FlagClass(entry))
        marks = Side.marks(entry)
        if counted { marks.insert(.firstCounted) }
        first = Print(entry)
        last = first
        if first.hasSequence, !first.isBareAcknowledgement {
            firstNumbered = first
            lastNumbered = first
        }
        firstNumber = number
        firstLine = line
        payload = length ?? 0
        payloadMax = UInt16(clamping: payload)
        if entry.known.contains(.ttl) {
            hopsMin = HopSet.hops(ttl: entry.ttl)
            if hopsMin != HopSet.none { hopsMax = hopsMin }
        }
        direction = entry.direction
        firstFlags = entry.hasTCPFlags ? entry.flags : nil
        interface = entry.interface
        node = entry.node
        dialect = entry.dialect
    }

    // A TLS alert is 31 bytes at most with the old ciphers and 24 with TLS 1.3 (RFC 8446 §6.1);
    // the farewells of SMTP, IMAP and SSH are as short.
    private static let farewellBytesMax: UInt16 = 64

    /// Whether its data is no more than a farewell sent along with a FIN.
    var isFarewell: Bool {
        classes.has(.fin) && classes.has(.data) && payloadMax <= Side.farewellBytesMax
    }

    /// The classes as far as they say that a connection was wanted: a farewell's data does not.
    var wantedClasses: FlagClasses {
        isFarewell ? classes.subtracting(FlagClasses(.data)) : classes
    }

    /// Both in one, `later` following directly.
    mutating func join(_ later: Side) {
        let same = last.isSamePacket(as: later.first)
        let repeats =
            lastNumbered.isRepeated(by: later.firstNumbered)
            && !lastNumbered.isSamePacket(as: later.firstNumbered)
        var begins = marks.contains(.beginsConversation)
        if packets == 1 {
            begins =
                same
                ? later.marks.contains(.beginsConversation) : first.begins(with: later.first)
        }
        packets = capped(packets, later.packets) &- (same ? 1 : 0)
        lines = capped(lines, later.lines)
        let counts = same && later.marks.contains(.firstCounted)
        counted = capped(counted, later.counted) &- (counts ? 1 : 0)
        events = capped(events, later.events) &- (same ? 1 : 0) &- (repeats ? 1 : 0)
        payload = capped(payload, later.payload)
        payloadMax = max(payloadMax, later.payloadMax)
        hopsMin = min(hopsMin, later.hopsMin)
        hopsMax = max(hopsMax, later.hopsMax)
        classes.formUnion(later.classes)
        let keep = marks.contains(.firstCounted)
        marks.formUnion(later.marks)
        if !keep { marks.remove(.firstCounted) }
        marks.remove(.beginsConversation)
        if begins { marks.insert(.beginsConversation) }
        if repeats { marks.insert(.repeated) }
        advances = capped(advances, later.advances)
        let arePlain = last.mayCarry && later.first.mayCarry
        if lastNumbered.isFollowed(by: later.firstNumbered)
            || (arePlain && last.isFollowed(by: later.first))
        {
            advances = capped(advances, 1)
        }
        hearings = capped(hearings, later.hearings)
        if last.hearsMore(in: later.first) { hearings = capped(hearings, 1) }
        if !same, last.isFollowedByAnswer(later.first) { marks.insert(.acksAnswers) }
        if interface != later.interface { marks.insert(.otherInterface) }
        joinGaps(later, same: same)
        last = later.last
        if !firstNumbered.hasSequence { firstNumbered = later.firstNumbered }
        if later.lastNumbered.hasSequence { lastNumbered = later.lastNumbered }
    }

    private mutating func joinGaps(_ later: Side, same: Bool) {
        doublings = capped(doublings, later.doublings)
        equals = capped(equals, later.equals)
        if same {
            compare(lastGap, later.firstGap)
            if firstGap == 0 { firstGap = later.firstGap }
            if later.lastGap != 0 { lastGap = later.lastGap }
            return
        }
        let gap = milliseconds(from: last.time, to: later.first.time)
        compare(lastGap, gap)
        compare(gap, later.firstGap)
        if firstGap == 0 { firstGap = gap }
        lastGap = later.lastGap != 0 ? later.lastGap : gap
    }

    /// Two gaps in a row: does the second double the first, as a retransmission timer does, or
    /// equal it, as a keepalive does? Stamps of whole seconds blur a gap by one either way.
    private mutating func compare(_ first: UInt32, _ second: UInt32) {
        guard first >= 100, second >= 100 else { return }
        let ratio = Double(second) / Double(first)
        if ratio >= 1.6, ratio <= 2.6, second <= 130_000 { doublings = capped(doublings, 1) }
        if ratio >= 0.9, ratio <= 1.1, first >= 5_000 { equals = capped(equals, 1) }
    }

    private func milliseconds(from: Instant, to: Instant) -> UInt32 {
        guard let gap = to.since(from) else { return 0 }
        return UInt32(clamping: max(1, gap / 1000))
    }

    private static func marks(_ entry: Entry) -> Marks {
        var marks: Marks = []
        let known = entry.known
        if known.contains(.options) {
            if entry.options.isEmpty { marks.insert(.noOptions) }
            if entry.options == .mss { marks.insert(.mssOnly) }
            if entry.options.contains(.timestamps) { marks.insert(.timestamps) }
        }
        if known.contains(.window) {
            if entry.window == 0 { marks.insert(.windowZero) }
            switch entry.window {
            case 65535: marks.insert(.fullWindow)
            case 40960...41471: marks.insert(.drawnWindow)
            default: marks.insert(.plainWindow)
            }
            if [1024, 2048, 3072, 4096].contains(entry.window) { marks.insert(.toolWindow) }
        }
        if known.contains(.openingBlocked) { marks.insert(.openingBlocked) }
        if known.contains(.elsewhere) { marks.insert(.elsewhere) }
        if known.contains(.length), entry.length > 0 {
            marks.insert(entry.flags.contains(.psh) ? .pushed : .unpushed)
        }
        if known.contains(.sequence), entry.sequence == 0 { marks.insert(.sequenceZero) }
        if known.contains(.saysNoState) { marks.insert(.saysNoState) }
        if entry.reason.hadState { marks.insert(.hadState) }
        if entry.reason == .invalidFlags { marks.insert(.invalidFlags) }
        if known.contains(.macs), isClusterMAC(entry.macDestination, entry.destination.address) {
            marks.insert(.clusterMAC)
        }
        if !entry.otherInterface.isNone, entry.interface == entry.otherInterface {
            marks.insert(.hairpin)
        }
        return marks
    }

    /// Whether a frame for one host was sent to the address of a cluster: Microsoft NLB's unicast
    /// (02-bf) and multicast (03-bf) forms, or any group address for a unicast destination.
    private static func isClusterMAC(_ mac: UInt64, _ destination: Address) -> Bool {
        let head = mac >> 32
        return head == 0x02BF || head == 0x03BF || ((mac >> 40) & 1 == 1 && !destination.isGroup)
    }
}

/// A sum that stops at the largest value instead of trapping; still associative.
@inlinable
func capped<Number: FixedWidthInteger>(_ a: Number, _ b: Number) -> Number {
    let (sum, over) = a.addingReportingOverflow(b)
    return over ? .max : sum
}
