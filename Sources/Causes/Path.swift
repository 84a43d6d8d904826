// The ways of both directions of connections with a wrong route, as far as the log knows them.
// Read first: `Ways` and `Gates` of the evidence.

import Evidence
import Facts

/// One direction between two networks.
public struct Path: Equatable, Sendable {
    public enum Load: Sendable {
        /// What the clients send, openings first.
        case requests
        case answers
    }

    /// What the log knows of it.
    public enum Fate: Sendable {
        case blocked
        case passed
        /// It does not come through here: what passes is logged, and it is not among that.
        case absent
        /// It was not seen, and what passes is not logged.
        case unknown
    }

    public var from: Address
    public var to: Address
    public var breadth: Breadth
    public var load: Load
    public var fate: Fate
    /// Whether openings of it passed before the rest was blocked.
    public var opened = false
    /// Where it came in, and where it went out, as far as that is told.
    public var interfaces: [Name] = []
    public var exits: [Name] = []
    public var nodes: [Name] = []
    /// The MAC address of the router that it came from.
    public var router: UInt64?
}

extension Path.Fate {
    public var name: StaticString {
        switch self {
        case .blocked: "blocked"
        case .passed: "passed"
        case .absent: "absent"
        case .unknown: "unknown"
        }
    }
}

extension Path {
    /// Both directions between the networks of a finding, that of its strays first; none where
    /// networks were not kept apart.
    static func both(
        _ a: Address, _ b: Address, serverSends: Bool?, in world: World
    ) -> [Path] {
        guard let there = world.way(from: a, to: b), let back = world.way(from: b, to: a),
            there.blocked > 0
        else { return [] }
        // Whoever opened is the client; else the finding's own packets say who serves.
        let sendsAnswers = serverSends ?? (back.opened > there.opened)
        return [
            Path(from: a, to: b, there, sendsAnswers ? .answers : .requests, world),
            Path(from: b, to: a, back, sendsAnswers ? .requests : .answers, world),
        ]
    }

    private init(from: Address, to: Address, _ way: Way, _ load: Load, _ world: World) {
        self.init(
            from: from.rolled(to: .network), to: to.rolled(to: .network), breadth: .network,
            load: load,
            fate: way.blocked > 0
                ? .blocked : way.passed > 0 ? .passed : world.recordsOpenings ? .absent : .unknown)
        opened = way.opened > 0
        var ins = way.blockedInterface
        ins.join(way.openInterface)
        interfaces = ins.values.map(Name.init(hash:))
        exits = way.exitInterface.values.map(Name.init(hash:))
        var all = way.blockedNode
        all.join(way.openNode)
        nodes = all.values.map(Name.init(hash:))
        if interfaces.count == 1, nodes.count <= 1 {
            router = world.gate(from, nodes.first ?? .none, interfaces[0])?.router
        }
    }
}
