// One connection as the firewall logged it: who sent what, when its state ended, and the packet that
// was blocked.

import Facts

public struct Ladder: Sendable {
    /// The end that opened, as far as `knowsClient`; the other.
    public var client: Endpoint
    public var server: Endpoint
    /// Whether an entry told who opened. Else the finding or the ports say it.
    public var knowsClient: Bool
    public var node: Name
    public var rungs: [Rung]
    /// What became of the state; nil where nothing is known of it.
    public var end: StateEnd?

    // Limits: what is remembered of a connection before it is drawn, and what is drawn.
    static let entriesMax = 512
    static let rungsMax = 14
}

/// One packet, or a run of packets that are alike, or an event.
public struct Rung: Sendable, Equatable {
    public enum Kind: Sendable {
        case packet
        /// The log tells that the connection opened, or ended.
        case opened
        case ended
        /// Something was logged that is not drawn.
        case leftOut
    }

    public var kind: Kind
    /// The first entry's number; 0 for what is left out.
    public var entry: Int
    public var at: Instant
    /// When the last of a run came.
    public var until: Instant
    /// How many entries it stands for.
    public var count: Int
    /// From the client to the server.
    public var isRequest: Bool
    public var action: Action
    /// Nil where the line does not tell.
    public var flags: TCPFlags?
    /// Bytes of payload, of a packet that is not of a run; nil where the line does not tell.
    public var length: Int?
    public var reason: Reason
    public var isStray: Bool
    public var interface: Name
}

/// What became of the state before the stray came.
public struct StateEnd: Sendable, Equatable {
    public enum Kind: Sendable {
        /// An entry tells that it ended.
        case told
        /// By its timer, and not before that ran out after the last that is known of it: what
        /// passed later and was not logged would have put it off.
        case timer
        /// There was one, and why it was gone the log does not tell by itself.
        case lost
        /// Its opening is not in the log.
        case unseen
        /// There was none: the packet belongs to no connection.
        case never
        /// It was there, and the packet did not fit it.
        case kept
        /// The firewall saw one direction only, so that its state never became whole.
        case half
    }

    public var kind: Kind
    /// When, of `timer` at the earliest; unknown where only the order is known.
    public var at: Instant
    /// The timer's seconds, of `timer`.
    public var seconds: Int64
    /// It ended after this many rungs.
    public var afterRung: Int
}
