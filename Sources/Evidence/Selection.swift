// Which blocked packets the user asks about. The others stay evidence; they are not counted.

import Facts

/// Which entries are asked about. Within a field any value fits; the fields must all fit.
public struct Selection: Equatable, Sendable {
    public var from: Instant?
    /// The first instant that is too late.
    public var before: Instant?
    public var nodes: [Name] = []
    public var interfaces: [Name] = []
    public var sources: [Network] = []
    public var destinations: [Network] = []
    public var ports: [ClosedRange<UInt16>] = []

    public init() {}

    public var isEverything: Bool { self == Selection() }

    /// Whether an entry is asked about. What an entry does not know fits no condition on it.
    public func admits(_ entry: Entry) -> Bool {
        let time = entry.time
        if let from, !time.isKnown || time < from { return false }
        if let before, !time.isKnown || time >= before { return false }
        let node = entry.node
        if !nodes.isEmpty, !nodes.contains(node) { return false }
        let interface = entry.interface
        let other = entry.otherInterface
        if !interfaces.isEmpty, !interfaces.contains(where: { $0 == interface || $0 == other }) {
            return false
        }
        let source = entry.source
        if !sources.isEmpty, !sources.contains(where: { $0.contains(source.address) }) {
            return false
        }
        let destination = entry.destination
        if !destinations.isEmpty,
            !destinations.contains(where: { $0.contains(destination.address) })
        {
            return false
        }
        guard !ports.isEmpty else { return true }
        let known = entry.known
        return known.contains(.ports)
            && ports.contains { $0.contains(source.port) || $0.contains(destination.port) }
    }
}
