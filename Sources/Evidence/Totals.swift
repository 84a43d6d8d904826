// The counts of a whole log.

public struct Totals: Equatable, Sendable {
    /// Entries that tell of a blocked packet, strays among them. Lines, not packets.
    public var blocked = 0
    public var strayLines = 0
    public var passed = 0
    /// Connections seen to open, or blocked in their middle: lives of connections.
    public var connections = 0

    public init() {}

    mutating func join(_ other: Totals) {
        blocked += other.blocked
        strayLines += other.strayLines
        passed += other.passed
        connections += other.connections
    }
}
