// Which blocked packets the user asked about. The others stay evidence; they are not counted.

import Facts

public struct Selection: Sendable {
    public var since: Instant?
    public var until: Instant?
    public var node: Name?
    public var interface: Name?
    public var source: Network?
    public var destination: Network?
    public var port: UInt16?

    public init() {}

    public var isEverything: Bool {
        since == nil && until == nil && node == nil && interface == nil && source == nil
            && destination == nil && port == nil
    }

    public func selects(_ entry: Entry) -> Bool {
        if let since, !entry.time.isKnown || entry.time < since { return false }
        if let until, !entry.time.isKnown || until < entry.time { return false }
        if let node, entry.node != node { return false }
        if let interface, entry.interface != interface, entry.otherInterface != interface {
            return false
        }
        if let source, !source.contains(entry.source.address) { return false }
        if let destination, !destination.contains(entry.destination.address) { return false }
        if let port {
            guard entry.known.contains(.ports), entry.source.port == port || entry.destination.port == port
            else { return false }
        }
        return true
    }
}
