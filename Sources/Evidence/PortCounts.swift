// How often each port was blocked: what a report on a rule's work begins with.

import Bytes
import Facts

/// An interface and a protocol with ports.
public struct PortKey: Rollable, Hashable {
    public let interface: Name
    public let node: Name
    public let ipProtocol: UInt8

    public init(_ node: Name, _ interface: Name, _ ipProtocol: UInt8) {
        self.node = node
        self.interface = interface
        self.ipProtocol = ipProtocol
    }

    /// Names do not roll up; past the cap everything is one interface.
    public func rolled(to breadth: Breadth) -> PortKey? {
        breadth == .host ? self : PortKey(.none, .none, ipProtocol)
    }

    public var tableHash: UInt64 {
        Bytes.hash(interface.hash ^ UInt64(ipProtocol), node.hash)
    }
}

/// A count for every port. Scanners knock at all of them, so a table of those seen would be as
/// large and slower: this one is joined by adding up.
public struct PortCounts: Joinable {
    private var counts: [UInt32] = []
    /// Ports not counted yet, one packet each: a block's are counted when it is joined, all at
    /// once, and until then do not drive its lines out of the cache.
    private var pending: [UInt16] = []

    // Limit: as many as a block has; more are counted at once.
    private static let pendingMax = 1 << 15

    public init() {}

    @inline(__always)
    mutating func add(_ port: UInt16, _ packets: UInt32) {
        if packets == 1, pending.count < PortCounts.pendingMax {
            pending.append(port)
        } else {
            count(port, packets)
        }
    }

    private mutating func count(_ port: UInt16, _ packets: UInt32) {
        if counts.isEmpty { counts = Array(repeating: 0, count: 65536) }
        counts[Int(port)] = capped(counts[Int(port)], packets)
    }

    public mutating func join(_ other: PortCounts) {
        for port in other.pending { count(port, 1) }
        guard !other.counts.isEmpty else { return }
        if counts.isEmpty {
            counts = other.counts
            return
        }
        for port in 0..<65536 where other.counts[port] != 0 {
            counts[port] = capped(counts[port], other.counts[port])
        }
    }

    /// The same with all ports counted.
    private var settled: PortCounts {
        var settled = PortCounts()
        settled.join(self)
        return settled
    }

    public static func == (a: PortCounts, b: PortCounts) -> Bool {
        a.settled.counts == b.settled.counts
    }

    /// The ports blocked, most often first.
    public func ranked() -> [(port: UInt16, count: Int)] {
        let counts = settled.counts
        var all: [(port: UInt16, count: Int)] = []
        for port in counts.indices where counts[port] != 0 {
            all.append((UInt16(port), Int(counts[port])))
        }
        return all.sorted { $0.count != $1.count ? $0.count > $1.count : $0.port < $1.port }
    }
}
