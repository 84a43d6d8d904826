// What the connection's other packets say of one end's strays: those that passed beside them.
// Read first: `Traits`, whose sixty-four bits were full.

public struct Signs: OptionSet, Hashable, Sendable {
    public let rawValue: UInt32
    @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Packets of the connection passed after the first stray, within minutes: its state lives.
    @inlinable public static var passesOn: Signs { Signs(rawValue: 1) }
    /// More than openings passed, and all of it came from the strays' sender.
    @inlinable public static var onlySenderPassed: Signs { Signs(rawValue: 2) }
    /// The first stray is an acknowledgement, and data with the same number follows at once: the
    /// end of a handshake.
    @inlinable public static var beginsConversation: Signs { Signs(rawValue: 8) }
    /// Both ends' packets were seen to pass, one by one, before the first stray: had one of them
    /// closed the connection, that would have been seen too.
    @inlinable public static var sawPackets: Signs { Signs(rawValue: 16) }
    /// By its numbers, data had been sent and acknowledged between the opening and the first stray;
    /// or none had.
    @inlinable public static var progressed: Signs { Signs(rawValue: 64) }
    @inlinable public static var unprogressed: Signs { Signs(rawValue: 128) }
    /// Its gaps did not grow, as a stack's do that is not heard; and the other end's neither.
    @inlinable public static var unslowed: Signs { Signs(rawValue: 512) }
    @inlinable public static var otherUnslowed: Signs { Signs(rawValue: 1024) }
    /// More SYN,ACKs than a server sends by its own timer: its client asks again and again.
    @inlinable public static var askedAgain: Signs { Signs(rawValue: 4096) }
    /// The firewall told of a change of its state after the first stray: it had one.
    @inlinable public static var stateLived: Signs { Signs(rawValue: 2048) }
    /// An ICMP error: it tells of a packet that somebody sent.
    @inlinable public static var icmpError: Signs { Signs(rawValue: 256) }
    /// The opening passed by another interface than the answer came in on.
    @inlinable public static var answeredElsewhere: Signs { Signs(rawValue: 32) }
}
