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
    /// The number of its state in the model's table; negative where it has none.
    public var state = -1
    /// The state after the packet, as the model numbers it: meaningful with `state`.
    public var phase: UInt16 = 0
    public var expiry = Instant.unknown
    /// Where in `VerdictBatch.gone` it stands why a stray has no state any more; negative where no
    /// state of its connection is remembered.
    public var gone = -1

    public init() {}

    public var hasState: Bool { state >= 0 }
}

/// The verdicts on a batch of packets.
public struct VerdictBatch: Sendable {
    /// A state that ended before a packet of the batch was judged.
    public struct Ended: Sendable {
        public var place: Int
        public var state: EndedState
    }

    public var verdicts: [Verdict]
    public var gone: [EndedState] = []
    public var ended: [Ended] = []

    public init(count: Int) { verdicts = Array(repeating: Verdict(), count: count) }

    public func gone(_ verdict: Verdict) -> EndedState? {
        verdict.gone >= 0 ? gone[verdict.gone] : nil
    }
}

extension Packet {
    /// A TCP packet that could not have opened a connection.
    public var cannotOpen: Bool {
        isTCP && !flags.opens && !form.contains(.laterFragment)
    }
}
