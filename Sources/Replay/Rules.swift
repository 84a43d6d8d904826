// The rules of a replay: those of a policy file, or the few that every firewall begins with.
//
// Read first: `Decision` in Policy.

import Facts
import Policy

/// The rules of a file, in one place: they are four hundred bytes, which were copied whole for each
/// packet that asked them.
public final class SharedRules: Sendable {
    public let rules: PolicyRules

    public init(_ rules: PolicyRules) { self.rules = rules }
}

/// What the loop asks: the rules of a file, or the standard ones.
public enum Rules: Sendable {
    case standard(StandardRules)
    case file(SharedRules)
    /// Those of a file, and every state sloppy.
    case sloppy(SharedRules)

    /// No file's: what belongs to a connection passes whatever else it is.
    var areStandard: Bool {
        if case .standard = self { return true }
        return false
    }

    /// What is done with a packet of this class that no state decided.
    func decide(_ packet: borrowing Packet, _ kind: StateClass) -> Decision {
        switch self {
        case .standard(let rules): rules.decide(packet, kind)
        case .file(let shared), .sloppy(let shared): shared.rules.decide(packet, kind)
        }
    }

    /// Which rules have every packet of their states logged (`log (all)`), by their numbers; empty
    /// where none has.
    var thatLogAll: [Bool] {
        switch self {
        case .standard: return []
        case .file(let shared), .sloppy(let shared):
            let all = shared.rules.rules.map { $0.isLogged && $0.logsAll }
            return all.contains(true) ? all : []
        }
    }

    /// What the state of a passed packet is to be.
    func options(_ rule: Int?) -> StateOptions {
        switch self {
        case .standard(let rules): return rules.options(rule)
        case .file(let shared): return shared.rules.options(rule)
        case .sloppy(let shared):
            var options = shared.rules.options(rule)
            if options.kind != .none { options.kind = .sloppy }
            return options
        }
    }

    /// What people call a rule; nil where none decided.
    public func name(_ rule: Int?) -> String? {
        switch self {
        case .standard(let rules): return rules.name(rule)
        case .file(let shared), .sloppy(let shared):
            guard let rule, shared.rules.rules.indices.contains(rule) else { return nil }
            return shared.rules.rules[rule].text
        }
    }

    /// The number under which the firewall's log names a rule; nil for one without.
    public func identifier(_ rule: Int?, _ packet: borrowing Packet) -> UInt64? {
        switch self {
        case .standard(let rules): return rules.identifier(rule, packet)
        case .file(let shared), .sloppy(let shared):
            guard let rule, shared.rules.rules.indices.contains(rule) else { return nil }
            return shared.rules.identifier(rule, packet)
        }
    }
}

/// Without a policy: out goes everything, in comes nothing, and only a SYN opens a connection.
public struct StandardRules: Sendable {
    public static let deny = 0
    public static let pass = 1

    /// The networks behind the firewall; empty where nothing is known of them: then every SYN
    /// opens, whoever sends it.
    public var inside: [Network]
    /// States are made sloppy (pf), with what that gives up.
    public var isSloppy: Bool
    /// Connections are picked up in their middle too (netfilter's `tcp_loose`).
    public var picksUp: Bool

    public init(inside: [Network] = [], isSloppy: Bool = false, picksUp: Bool = false) {
        self.inside = inside
        self.isSloppy = isSloppy
        self.picksUp = picksUp
    }

    public func decide(_ packet: borrowing Packet, _ kind: StateClass) -> Decision {
        switch kind {
        case .established, .related: return Decision(.pass, rule: StandardRules.pass)
        case .invalid: return denied
        // Neighbour discovery and listener reports, without which IPv6 does not work (RFC 4890).
        case .untracked where packet.ipProtocol == 58: return passed
        case .untracked: return denied
        case .new: break
        }
        if packet.isTCP, !packet.flags.opens, !picksUp { return denied }
        return mayOpen(packet) ? passed : denied
    }

    private var passed: Decision { Decision(.pass, rule: StandardRules.pass) }
    private var denied: Decision { Decision(.drop, rule: StandardRules.deny, isLogged: true) }

    private func mayOpen(_ packet: borrowing Packet) -> Bool {
        guard !inside.isEmpty else { return true }
        for network in inside where network.contains(packet.source.address) { return true }
        // Two hosts outside: it goes out if the capture says so.
        if packet.direction != .outward { return false }
        for network in inside where network.contains(packet.destination.address) { return false }
        return true
    }

    public func options(_ rule: Int?) -> StateOptions {
        var options = StateOptions()
        if isSloppy { options.kind = .sloppy }
        return options
    }

    public func name(_ rule: Int?) -> String? {
        rule.map { $0 == StandardRules.deny ? "default deny" : "pass" }
    }

    /// As pfSense numbers its default rules.
    public func identifier(_ rule: Int?, _ packet: borrowing Packet) -> UInt64? {
        guard rule == StandardRules.deny else { return nil }
        let first: UInt64 = packet.isV6 ? 1_000_000_105 : 1_000_000_103
        return packet.direction == .outward ? first + 1 : first
    }
}
