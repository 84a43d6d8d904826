// By which ways two networks' packets came, of connections whose packets were blocked: what a
// finding of a wrong route names.

import Bytes
import Facts

/// Two networks, the smaller first.
public struct WayKey: Rollable, Hashable {
    public let low: Address
    public let high: Address

    public init(_ a: Address, _ b: Address) {
        let one = a.rolled(to: .network)
        let two = b.rolled(to: .network)
        low = two < one ? two : one
        high = two < one ? one : two
    }

    /// Wider networks have no ways of their own.
    public func rolled(to breadth: Breadth) -> WayKey? { breadth == .host ? self : nil }

    public var tableHash: UInt64 {
        Bytes.hash(low.high ^ (high.high &* 3), low.low, high.low)
    }
}

/// How the packets of one of two networks came to the firewalls of the log.
public struct Way: Equatable, Sendable {
    /// Connections of which its packets were blocked; of which they passed.
    public var blocked = 0
    public var passed = 0
    /// Connections that it opened, as far as that was seen.
    public var opened = 0
    /// Interface and node of what was blocked, and of the openings that passed.
    public var blockedInterface = Only()
    public var blockedNode = Only()
    public var openInterface = Only()
    public var exitInterface = Only()
    public var openNode = Only()

    public init() {}

    mutating func join(_ other: Way) {
        blocked += other.blocked
        passed += other.passed
        opened += other.opened
        blockedInterface.join(other.blockedInterface)
        blockedNode.join(other.blockedNode)
        openInterface.join(other.openInterface)
        exitInterface.join(other.exitInterface)
        openNode.join(other.openNode)
    }
}

public struct WayFacts: Joinable {
    /// From the smaller network to the larger, and back.
    public var fromLow = Way()
    public var fromHigh = Way()

    public init() {}

    public mutating func join(_ other: WayFacts) {
        fromLow.join(other.fromLow)
        fromHigh.join(other.fromHigh)
    }
}

extension World {
    /// How one network's packets to another came.
    public func way(from a: Address, to b: Address) -> Way? {
        let key = WayKey(a, b)
        guard let facts = ways.find(key) else { return nil }
        return a.rolled(to: .network) == key.low ? facts.fromLow : facts.fromHigh
    }
}

extension Life {
    /// What it adds to the ways of its networks; nil where it says nothing of a way. The ends of
    /// connections are left out: they are the most, and no route is known by them.
    var wayFacts: (key: WayKey, facts: WayFacts)? {
        let all = lowSide.classes.union(highSide.classes)
        guard all.isDisjoint(with: .unnatural), !all.isDisjoint(with: .vital) else { return nil }
        let key = WayKey(dossier.key.low.address, dossier.key.high.address)
        guard key.low != key.high else { return nil }
        let isLowFirst = dossier.key.low.address.rolled(to: .network) == key.low
        var facts = WayFacts()
        facts.fromLow = way(low: isLowFirst)
        facts.fromHigh = way(low: !isLowFirst)
        return (key, facts)
    }

    private func way(low: Bool) -> Way {
        var way = Way()
        let side = low ? lowSide : highSide
        if !side.isNone {
            way.blocked = 1
            way.blockedInterface = Only(side.interface.hash)
            way.blockedNode = Only(side.node.hash)
        }
        if dossier.opened, dossier.firstOpening.byLow == low {
            way.opened = 1
            way.passed = 1
            way.openInterface = Only(dossier.openInterface.hash)
            way.exitInterface = Only(dossier.openExit.hash)
            way.openNode = Only(dossier.passNode.hash)
        } else if (low ? dossier.passedLow : dossier.passedHigh) != []
            || (dossier.opened && dossier.answered)
        {
            way.passed = 1
        }
        return way
    }
}
