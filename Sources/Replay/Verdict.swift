// What a firewall's model made of one packet, and why.
//
// Read first: `Tracked` in Tracking, `Decision` in Policy.

import Facts
import Policy
import Tracking

public struct Verdict: Sendable {
    /// How it came to the verdict.
    public enum Course: UInt8, Sendable, CaseIterable {
        /// A state or a rule decided.
        case judged
        /// A fragment that waits for the rest: nobody was asked yet.
        case held
        /// A fragment that was dropped with its datagram.
        case fragmentDropped
        /// The same packet was judged when it came in: this is its way out.
        case again
        /// Its header lies about its length: it never reaches the filter.
        case neverSeen
    }

    public var course = Course.judged
    public var passes = true
    public var kind = StateClass.untracked
    public var reason = Reason.unknown
    /// The model's own words for it; empty where a rule decided.
    public var says: StaticString = ""
    /// The rule that decided, or that made the state; nil where none did.
    public var rule: Int?
    /// The firewall would log this packet.
    public var isLogged = false
    /// A state was made for it.
    public var opened = false
    public var hasState = false
    /// The state after the packet, as the model numbers it: meaningful with `hasState`.
    public var phase: UInt16 = 0
    public var state: Int?
    public var expiry = Instant.unknown
    /// Why a stray has no state any more, where one of its connection is remembered.
    public var gone: EndedState?

    public init() {}
}

extension Packet {
    /// A TCP packet that could not have opened a connection.
    public var cannotOpen: Bool {
        isTCP && !flags.opens && !form.contains(.laterFragment)
    }
}
