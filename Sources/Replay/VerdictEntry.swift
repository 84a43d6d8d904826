// A verdict as an entry: what this firewall would have recorded, for `stray why` to explain.
//
// Read first: `Entry` in Facts. All that is blocked becomes one, also what this firewall would not
// have logged; what opened and what ended stands beside it, for that is what strays are judged by.

import Facts
import Policy
import Tracking

extension Entry {
    /// A packet and what became of it. `rule` and `words` are names that the caller keeps.
    public init(
        _ packet: borrowing Packet, _ verdict: borrowing Verdict, _ kind: FirewallKind, rule: Name,
        words: Name
    ) {
        self.init()
        dialect = kind.dialect
        time = packet.time
        source = packet.source
        destination = packet.destination
        ipProtocol = packet.ipProtocol
        direction = packet.direction
        interface = packet.interface
        self.rule = rule
        action = verdict.passes ? (verdict.opened ? .open : .pass) : .block
        reason = verdict.reason
        // What conntrack calls invalid without a bound that failed.
        if verdict.kind == .invalid, reason == .unknown || reason == .match { reason = .invalid }
        reasonText = words
        fill(packet)
    }

    private mutating func fill(_ packet: borrowing Packet) {
        ttl = packet.ttl
        known.insert(.ttl)
        if !packet.isV6 {
            ipID = packet.ipID
            known.insert(.ipID)
        }
        if packet.macSource | packet.macDestination != 0 {
            macSource = packet.macSource
            macDestination = packet.macDestination
            known.insert(.macs)
        }
        if packet.form.contains(.laterFragment) {
            known.insert(.laterFragment)
            return
        }
        length = packet.length
        known.insert(.length)
        if packet.isICMP {
            noteICMP(type: packet.icmpType)
            return
        }
        known.insert(.ports)
        guard packet.isTCP, packet.form.isDisjoint(with: .short) else { return }
        flags = packet.flags
        sequence = packet.sequence
        acknowledgement = packet.acknowledgement
        window = UInt32(packet.window)
        options = packet.options
        known.formUnion([.flags, .sequence, .acknowledgement, .window, .options])
    }

    /// A state that ended, as a firewall that logs closings would tell of it.
    public init(
        _ ended: EndedState, _ kind: FirewallKind, _ end: Ending, interface: Name = .none
    ) {
        self.init()
        dialect = kind.dialect
        action = .close
        time = ended.ended
        source = ended.source
        destination = ended.destination
        ipProtocol = ended.ipProtocol
        reason = end.reason(ended.why)
        known = [.ports, .duration]
        durationMicroseconds = max(0, ended.ended.since(ended.began) ?? 0)
        self.interface = interface
    }
}

/// How far a connection had come when its state ended, by the phase's name.
public enum Ending: UInt8, Sendable {
    case opening
    case open
    case halfClosed
    case closed
    case reset

    /// Netfilter's names are one word, pf's are two with a colon.
    public init(phase: String) {
        switch phase {
        case "ESTABLISHED", "ESTABLISHED:ESTABLISHED": self = .open
        case "SYN_SENT", "SYN_RECV", "SYN_SENT2": self = .opening
        case "CLOSE", "TIME_WAIT:TIME_WAIT": self = .reset
        case "FIN_WAIT", "CLOSE_WAIT": self = .halfClosed
        case "LAST_ACK", "TIME_WAIT", "FIN_WAIT_2:FIN_WAIT_2": self = .closed
        default:
            if phase.contains("CLOSING") || phase.contains("FIN_WAIT_2") {
                self = .halfClosed
            } else {
                self = phase.contains("SYN_SENT") || phase.contains("CLOSED") ? .opening : .open
            }
        }
    }

    func reason(_ why: EndedState.Why) -> Reason {
        switch why {
        case .evicted: return .closedByDevice
        case .flushed: return .closedFlushed
        case .closed, .expired: break
        }
        switch self {
        case .opening: return .closedHandshake
        case .open: return why == .closed ? .closedByReset : .closedIdle
        case .halfClosed: return .closedHalfClosed
        case .closed: return .closedByFins
        case .reset: return .closedByReset
        }
    }
}
