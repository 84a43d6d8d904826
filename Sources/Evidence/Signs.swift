// What the connection's other packets say of one end's strays: those that passed beside them.
// Read first: `Traits`, whose sixty-four bits were full.

public struct Signs: OptionSet, Hashable, Sendable {
    public let rawValue: UInt32
    @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Packets of the connection passed after the first stray, within minutes: its state lives.
    @inlinable public static var passesOn: Signs { Signs(rawValue: 1) }
    /// More than openings passed, and all of it came from the strays' sender; or all from the
    /// other end.
    @inlinable public static var onlySenderPassed: Signs { Signs(rawValue: 2) }
    @inlinable public static var onlyReceiverPassed: Signs { Signs(rawValue: 4) }
    /// The first stray is an acknowledgement, and data with the same number follows at once: the
    /// end of a handshake.
    @inlinable public static var beginsConversation: Signs { Signs(rawValue: 8) }
}
