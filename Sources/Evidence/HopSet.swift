// How many routers a host's packets had passed: what the TTL tells of the place they come from.
//
// Stacks begin with a TTL of 32, 64, 128 or 255, and each router takes one off (RFC 9293 leaves
// the value to the host; RFC 1122 §3.2.1.7 wants it settable). The next of these above the TTL
// seen, less the TTL, is the number of routers. Two stacks behind one address begin differently
// and are equally far away, so hops are compared and not TTLs.

public struct HopSet: Equatable, Sendable {
    /// A bit for each number of hops.
    private var bits: UInt32 = 0

    // Limit: paths of more than 30 routers are not seen on the Internet; such a TTL was begun with
    // another value.
    private static let hopsMax: UInt8 = 30
    /// What `hops` gives when a TTL tells nothing.
    static var none: UInt8 { .max }
    // A router may share packets among paths that differ by one (RFC 2991), and netfilter tells
    // the TTL after its own host took one off: two may be the same path.
    private static let sameSlack: Int = 1
    private static let otherSlack: Int = 2
    /// One machine behind an address has one path, its neighbours behind a translation or a load
    /// balancer a few more. A tool that draws each TTL has a dozen.
    private static let drawnMin = 6

    public init() {}

    /// The number of routers, or `none`.
    @inline(__always)
    static func hops(ttl: UInt8) -> UInt8 {
        let first: UInt8 = ttl <= 32 ? 32 : ttl <= 64 ? 64 : ttl <= 128 ? 128 : 255
        let hops = first - ttl
        return hops <= hopsMax && ttl > 0 ? hops : none
    }

    @inline(__always)
    mutating func add(_ hops: UInt8) {
        guard hops <= HopSet.hopsMax else { return }
        bits |= 1 << UInt32(hops)
    }

    public mutating func join(_ other: HopSet) { bits |= other.bits }

    public var isEmpty: Bool { bits == 0 }
    public var least: Int { bits.trailingZeroBitCount }
    public var most: Int { 31 - bits.leadingZeroBitCount }
    /// Whether all are of one path.
    public var isOnePath: Bool { !isEmpty && most - least <= HopSet.otherSlack }
    /// Whether they are so many that somebody drew them.
    public var isDrawn: Bool { bits.nonzeroBitCount >= HopSet.drawnMin }

    /// Whether each of these is also one of the other's, as far as a path's length is certain.
    public func isLike(_ other: HopSet) -> Bool {
        !isEmpty && !other.isEmpty && bits & ~other.widened(HopSet.sameSlack) == 0
    }

    /// Whether none of these can be one of the other's.
    public func isApart(from other: HopSet) -> Bool {
        !isEmpty && !other.isEmpty && bits & other.widened(HopSet.otherSlack) == 0
    }

    private func widened(_ slack: Int) -> UInt32 {
        var wide = bits
        for step in 1...UInt32(slack) { wide |= bits << step | bits >> step }
        return wide
    }
}
