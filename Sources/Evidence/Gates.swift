// Through which router a network is reached, learnt from the MAC addresses of frames: captures
// tell them, and netfilter's lines do.
//
// A network behind a router shows one MAC for all its hosts. Where its packets come from one
// router and what is sent to it goes to another, the two directions have different ways.

import Bytes
import Facts

/// A network as it is met on one interface.
public struct GateKey: Rollable, Hashable {
    public let network: Address
    public let interface: Name
    public let node: Name

    public init(_ address: Address, _ node: Name, _ interface: Name) {
        network = address.rolled(to: .network)
        self.node = node
        self.interface = interface
    }

    /// What is told of wider networks names no router.
    public func rolled(to breadth: Breadth) -> GateKey? { breadth == .host ? self : nil }

    public var tableHash: UInt64 {
        Bytes.hash(network.high ^ interface.hash, network.low, node.hash)
    }
}

/// The smallest and the largest of several values, 0 being none: equal, they are one.
public struct Only: Equatable, Sendable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    public init() {}
    public init(_ value: UInt64) {
        low = value
        high = value
    }

    public mutating func join(_ other: Only) {
        guard other.low != 0 else { return }
        low = low == 0 ? other.low : min(low, other.low)
        high = max(high, other.high)
    }

    /// The value, if there was but one.
    public var value: UInt64? { low != 0 && low == high ? low : nil }
    public var isNone: Bool { low == 0 }
    /// One of two at most, both are named; of more, the smallest and the largest.
    public var values: [UInt64] { low == 0 ? [] : low == high ? [low] : [low, high] }
}

public struct GateFacts: Joinable {
    /// The MAC that its packets came from, and the one that packets for it went to.
    public var from = Only()
    public var to = Only()
    /// Its hosts, as far as packets of them were seen.
    public var hosts = Spread()

    public init() {}

    public mutating func join(_ other: GateFacts) {
        from.join(other.from)
        to.join(other.to)
        hosts.join(other.hosts)
    }

    /// The router before the network: one MAC for several of its hosts.
    public var router: UInt64? { hosts.estimate >= 2 ? from.value : nil }
}

/// Whether a MAC address is shared by several routers: VRRP and CARP, HSRP, GLBP. Its owner sends
/// from an address of his own, so such a one says nothing of who the router is.
public func isSharedMAC(_ mac: UInt64) -> Bool {
    let head = mac >> 8
    return (mac >> 40) & 1 == 1 || mac >> 32 == 0x02BF || head == 0x5E_0001
        || head == 0x5E_0002 || head == 0x0C_07AC || mac >> 12 == 0xC9FF
        || mac >> 16 == 0x0007_B400
}

extension World {
    /// How a network is met on an interface.
    public func gate(_ address: Address, _ node: Name, _ interface: Name) -> GateFacts? {
        gates.find(GateKey(address, node, interface))
    }
}
