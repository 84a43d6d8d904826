// policy: not a stray; a packet that could have opened a connection, and no rule allows it.

import Evidence
import Facts

public struct Policy: Cause {
    public init() {}
    public var id: CauseID { .policy }

    public var usualHarm: Harm { .blockedByPolicy }

    public func variant(_ matter: Matter) -> Variant? {
        switch matter.key.reason {
        case .antiSpoofing: return "anti-spoofing"
        case .stateLimit, .sourceLimit, .rateLimit, .memory, .congestion: return "limit"
        default: break
        }
        switch matter.key.kind {
        case .syn: return "syn"
        case .unknownFlags: return "tcp"
        default: return "other-protocol"
        }
    }

    public func subject(_ matter: Matter) -> Subject {
        .interface(matter.key.interface, node: matter.key.node)
    }

    public func weigh(_ matter: Matter, _ ledger: inout Ledger) {
        switch matter.key.kind {
        case .syn:
            ledger.add(
                6.0, "a SYN alone opens a connection: it needs no state, only a rule that allows it"
            )
        case .notTCP:
            ledger.add(
                6.0, "other protocols have no SYN: their first packet is judged by the rules alone")
        case .unknownFlags:
            // A rule refused it whatever its flags were; that it was a stray besides is possible.
            ledger.add(
                4.0, "the line names the rule that refused it, and does not tell the TCP flags")
        case .stray, .anomaly:
            return
        }
    }
}
