// A case: the strays of all connections that say the same of the same ends. The contest between
// the causes is held once for each case.

import Bytes
import Facts

/// What sort of blocked packets a case is about.
public enum CaseKind: UInt8, Sendable {
    case stray
    /// A lone SYN.
    case syn
    /// TCP whose flags the line does not tell.
    case unknownFlags
    case notTCP
    /// The packet itself was refused.
    case anomaly
}

public struct CaseKey: Rollable, Hashable {
    public var kind: CaseKind
    public var traits: Traits
    public var signs: Signs = []
    public var classes: FlagClasses
    /// From the last pass to the first stray.
    public var silence: Stretch
    /// From the opening to the first stray.
    public var sinceOpening: Stretch
    /// From the close to the first stray.
    public var sinceClose: Stretch
    public var sender: Address
    public var receiver: Address
    /// The service's port where one end is known to serve, else 0.
    public var port: UInt16
    public var ipProtocol: UInt8
    public var reason: Reason
    public var direction: Direction
    public var dialect: DialectID
    public var interface: Name
    public var node: Name
    /// The minute of the first stray, where connections that stray together mean something
    /// (`Life.moment`), else 0.
    public var moment: Int32 = 0

    public func rolled(to breadth: Breadth) -> CaseKey? {
        if breadth == .host { return self }
        var wider = self
        wider.sender = sender.rolled(to: breadth, inside: traits.contains(.senderInside))
        wider.receiver = receiver.rolled(to: breadth, inside: traits.contains(.receiverInside))
        if breadth == .everywhere {
            wider.port = 0
            wider.interface = .none
            wider.node = .none
            wider.moment = 0
        }
        return wider
    }

    public var tableHash: UInt64 {
        let ends = Bytes.hash(sender.low ^ (sender.high &* 5), receiver.low ^ (receiver.high &* 7))
        let small =
            UInt64(kind.rawValue) | UInt64(port) << 8 | UInt64(ipProtocol) << 24
            | UInt64(reason.rawValue) << 32 | UInt64(direction.rawValue) << 40
            | UInt64(dialect.rawValue) << 48
        let steps =
            UInt64(silence.step) | UInt64(sinceOpening.step) << 8 | UInt64(sinceClose.step) << 16
            | UInt64(classes.rawValue) << 32 ^ UInt64(UInt32(bitPattern: moment)) << 40
        return Bytes.hash(
            Bytes.hash(ends, traits.rawValue, small ^ UInt64(signs.rawValue) << 56), steps,
            interface.hash ^ (node.hash &* 3))
    }
}

/// A place in the log: the entry's number in the run, and the line among all lines read.
public struct Mention: Equatable, Comparable, Sendable {
    public var number: Int
    public var line: Int

    public init(number: Int, line: Int) {
        self.number = number
        self.line = line
    }
    public static func < (a: Mention, b: Mention) -> Bool { a.number < b.number }
}

/// The first blocked packet of a case, enough of it to show.
public struct Example: Equatable, Sendable {
    public var at: Mention
    public var time: Instant
    public var source: Endpoint
    public var destination: Endpoint
    /// Nil where the line does not tell them.
    public var flags: TCPFlags?
    /// The entry that opened the connection, or 0.
    public var opening: Int
    /// The entry that told of its end, or 0.
    public var closing: Int
}

public struct CaseFacts: Joinable {
    public var connections = 0
    public var packets = 0
    public var lines = 0
    public var counted = 0
    public var events = 0
    public var from: Instant = .unknown
    public var to: Instant = .unknown
    /// The shortest and longest silence before a first stray, in microseconds; -1 is none.
    public var silenceMin: Int64 = -1
    public var silenceMax: Int64 = -1
    public var sinceCloseMax: Int64 = -1
    public var payload = 0
    /// How many routers the packets had passed: the fewest and the most of each connection.
    public var hops = HopSet()
    // Limit: three examples a case are enough to look it up.
    public static let examplesMax = 3
    public private(set) var examples: [3 of Mention] = .init(repeating: CaseFacts.noMention)
    public private(set) var first: Example?

    private static let noMention = Mention(number: .max, line: 0)

    public init() {}

    /// The number of the earliest entry.
    public var firstNumber: Int { examples[0].number }

    /// Whether there is room for an example yet.
    var wantsExamples: Bool { examples[2].number == .max }

    /// The earliest entries.
    public var mentions: [Mention] {
        var all: [Mention] = []
        for place in 0..<3 where examples[place].number != .max { all.append(examples[place]) }
        return all
    }

    public mutating func join(_ other: CaseFacts) {
        connections += other.connections
        packets += other.packets
        lines += other.lines
        counted += other.counted
        events += other.events
        payload += other.payload
        hops.join(other.hops)
        from = earlier(from, other.from)
        to = later(to, other.to)
        if other.silenceMin >= 0 {
            silenceMin = silenceMin < 0 ? other.silenceMin : min(silenceMin, other.silenceMin)
        }
        silenceMax = max(silenceMax, other.silenceMax)
        sinceCloseMax = max(sinceCloseMax, other.sinceCloseMax)
        for place in 0..<3 where other.examples[place].number != .max {
            mention(other.examples[place])
        }
        if let theirs = other.first, first.map({ theirs.at < $0.at }) ?? true {
            first = theirs
        }
    }

    /// Adds one example; the earliest three stay.
    mutating func add(_ example: Example) {
        mention(example.at)
        if first.map({ example.at < $0.at }) ?? true { first = example }
    }

    private mutating func mention(_ one: Mention) {
        var next = one
        for place in 0..<3 where next < examples[place] {
            let pushed = examples[place]
            examples[place] = next
            next = pushed
        }
    }

    mutating func move(numbers: Int, lines: Int) {
        for place in 0..<3 where examples[place].number != .max {
            examples[place].number += numbers
            examples[place].line += lines
        }
        guard var example = first else { return }
        example.at.number += numbers
        example.at.line += lines
        if example.opening > 0 { example.opening += numbers }
        if example.closing > 0 { example.closing += numbers }
        first = example
    }

    public static func == (a: CaseFacts, b: CaseFacts) -> Bool {
        a.connections == b.connections && a.packets == b.packets && a.lines == b.lines
            && a.counted == b.counted && a.events == b.events && a.payload == b.payload
            && a.from == b.from && a.to == b.to && a.silenceMin == b.silenceMin
            && a.silenceMax == b.silenceMax && a.sinceCloseMax == b.sinceCloseMax
            && a.hops == b.hops && a.mentions == b.mentions && a.first == b.first
    }
}

func earlier(_ a: Instant, _ b: Instant) -> Instant {
    if !a.isKnown { return b }
    return b.isKnown && b < a ? b : a
}

func later(_ a: Instant, _ b: Instant) -> Instant {
    if !a.isKnown { return b }
    return b.isKnown && a < b ? b : a
}
