// The minutes in which connections strayed, by node: when a firewall loses its states, many
// unrelated connections stray at once. Read first: `Life.moment`.

import Bytes
import Facts

public struct MomentKey: Rollable, Hashable {
    public let node: Name
    /// Minutes since 1970.
    public let minute: Int32

    public init(_ node: Name, _ minute: Int32) {
        self.node = node
        self.minute = minute
    }

    static func minute(of time: Instant) -> Int32 {
        Int32(truncatingIfNeeded: time.microseconds / 60_000_000)
    }

    /// Past the cap minutes are told by hours and longer; a burst is not found in those.
    public func rolled(to breadth: Breadth) -> MomentKey? {
        let width: Int32
        switch breadth {
        case .host: return self
        case .network, .region: width = 60
        case .continent: width = 60 * 24 * 7
        case .everywhere: return MomentKey(.none, 0)
        }
        return MomentKey(node, minute - minute % width)
    }

    public var tableHash: UInt64 {
        Bytes.hash(node.hash, UInt64(UInt32(bitPattern: minute)))
    }
}

/// The connections that first strayed in one minute.
public struct MomentFacts: Joinable {
    /// Those that wanted to go on.
    public var connections = 0
    /// Those that only wanted to end: some end in every minute, so they count beside others only.
    public var endings = 0
    /// Those seen to open or to pass before.
    public var known = 0
    public var lowHosts = Spread()
    public var highHosts = Spread()
    public var services = Spread()

    public init() {}

    public mutating func join(_ other: MomentFacts) {
        connections += other.connections
        endings += other.endings
        known += other.known
        lowHosts.join(other.lowHosts)
        highHosts.join(other.highHosts)
        services.join(other.services)
    }
}

/// Connections that strayed together.
public struct Burst: Equatable, Sendable {
    public var facts = MomentFacts()
    /// How many stray in as long a time on this node otherwise: of all, and of those that wanted
    /// to go on.
    public var usual = 0.0
    public var usualWanting = 0.0
    /// Whether the log is long enough to tell what is usual.
    public var hasBaseline = false

    /// All that strayed.
    public var connections: Int { facts.connections + facts.endings }
    public var services: Int { facts.services.estimate }

    // Limit: fewer are chance. Unrelated connections have several services and hosts; and they
    // must be far more than stray at other times, or the node is always like this.
    static let connectionsMin = 5

    /// Several services, and not all of one host; or one service, as where nearly all is HTTPS,
    /// but of several servers to several clients, so that no end of it is to blame.
    private var areUnrelated: Bool {
        let low = facts.lowHosts.estimate
        let high = facts.highHosts.estimate
        return services >= 2 ? max(low, high) >= 3 : connections >= 8 && min(low, high) >= 4
    }

    /// Whether unrelated connections strayed together.
    public var isOfMany: Bool {
        connections >= Burst.connectionsMin && facts.connections >= 2 && areUnrelated
            && Double(connections) >= 4 * usual + 3
            && Double(facts.connections) >= 4 * usualWanting + 2
    }

    /// Whether far more unrelated connections than ever strayed together and only wanted to end.
    public var isOfEndings: Bool {
        connections >= 12 && hasBaseline
            && min(facts.lowHosts.estimate, facts.highHosts.estimate) >= 4
            && Double(connections) >= 4 * usual + 8
    }

    /// Whether they were all of one host's one service.
    public var isOfOneService: Bool {
        facts.connections >= 4 && services == 1
            && min(facts.lowHosts.estimate, facts.highHosts.estimate) == 1
            && Double(facts.connections) >= 4 * usualWanting + 3
    }
}

extension World {
    /// How many connections first strayed in each minute since 1970, of all nodes; of a long log in
    /// each hour, told by its first minute. Empty where no time is kept any more.
    public var strayMinutes: [Int32: Int] {
        var all: [Int32: Int] = [:]
        guard moments.breadth < .everywhere else { return all }
        for place in 0..<moments.count {
            let facts = moments.rows[place].value
            all[moments.rows[place].key.minute, default: 0] += facts.connections + facts.endings
        }
        return all
    }
}

/// The bursts of a finished digest, found by comparing each minute with the rest of its node's.
public struct Bursts: Sendable {
    private struct Span {
        var connections = 0
        var wanting = 0
        var first = Int32.max
        var last = Int32.min
    }

    private var bursts: [MomentKey: Burst] = [:]

    public init(_ world: World) {
        let moments = world.moments
        guard moments.breadth == .host else { return }
        let isLong = world.until.since(world.from).map { $0 >= 1_800_000_000 } ?? false
        var spans: [Name: Span] = [:]
        for place in 0..<moments.count {
            let key = moments.rows[place].key
            var span = spans[key.node] ?? Span()
            let facts = moments.rows[place].value
            span.connections += facts.connections + facts.endings
            span.wanting += facts.connections
            span.first = min(span.first, key.minute)
            span.last = max(span.last, key.minute)
            spans[key.node] = span
        }
        for place in 0..<moments.count {
            let key = moments.rows[place].key
            guard let span = spans[key.node] else { continue }
            var burst = Bursts.around(key, moments, span)
            burst.hasBaseline = isLong
            if burst.isOfMany || burst.isOfOneService || burst.isOfEndings { bursts[key] = burst }
        }
    }

    /// What strayed around a minute, one before and one after included: a burst knows nothing of
    /// where minutes end.
    private static func around(
        _ key: MomentKey, _ moments: RollTable<MomentKey, MomentFacts>, _ span: Span
    ) -> Burst {
        var burst = Burst()
        for near in (key.minute - 1)...(key.minute + 1) {
            if let facts = moments.find(MomentKey(key.node, near)) { burst.facts.join(facts) }
        }
        let minutes = Int(span.last) - Int(span.first) + 1
        let others = Double(max(minutes - 3, 3)) / 3
        burst.usual = Double(span.connections - burst.connections) / others
        burst.usualWanting = Double(span.wanting - burst.facts.connections) / others
        return burst
    }

    /// The burst that a case's strays fall into, if they do.
    public func burst(_ key: CaseKey, _ facts: CaseFacts) -> Burst? {
        guard !bursts.isEmpty else { return nil }
        if key.moment != 0 { return bursts[MomentKey(key.node, key.moment)] }
        // Ends of connections are not kept apart by minutes: all of the case must lie in one.
        guard let length = facts.to.since(facts.from), length <= 90_000_000 else { return nil }
        return bursts[MomentKey(key.node, MomentKey.minute(of: facts.from))]
    }
}
