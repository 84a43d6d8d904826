// What a replay came to, in numbers.

import Facts

public struct ReplayCounts: Equatable, Sendable {
    public var packets = 0
    public var passed = 0
    public var blocked = 0
    /// Blocked TCP packets that could not have opened a connection.
    public var strays = 0
    public var opened = 0
    /// Second sightings of a packet, on its way out.
    public var again = 0
    public var held = 0
    public var neverSeen = 0
    /// Packets older than the one before: no time passes for the model.
    public var backwards = 0
    /// Packets that could not be judged whole, because the capture was cut.
    public var cutShort = 0
    public var from = Instant.unknown
    public var to = Instant.unknown
    /// States times microseconds: what the average is made of.
    public var stateTime = 0.0

    public init() {}

    /// How many states were held on average over the time of the capture.
    public var averageStates: Double {
        guard let span = to.since(from), span > 0 else { return 0 }
        return stateTime / Double(span)
    }
}
