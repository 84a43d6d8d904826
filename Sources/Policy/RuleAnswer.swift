// "I have an allow rule, why is it blocked?": the rule that was meant, and why it did not pass the
// packet.
//
// Read first: `PolicyRules.trace`; pf.conf(5), "flags".

import Bytes
import Facts

/// What one rule has to do with a blocked packet.
public struct RuleAnswer: Equatable, Sendable {
    public enum Would: UInt8, Sendable, CaseIterable {
        /// It would have passed the packet, had it opened the connection.
        case passOpening
        /// It passes the opening from the other end, which this packet answers.
        case passOtherEnd
        /// It would pass the packet if one thing were different.
        case nearlyPass
        /// It fits the packet and passes, and another rule decides.
        case passButFor
        /// It passes the packet: these are not the rules the firewall had.
        case pass
        /// It blocks the packet.
        case block

        public var name: StaticString {
            switch self {
            case .passOpening: "pass-opening"
            case .passOtherEnd: "pass-other-end"
            case .nearlyPass: "nearly-pass"
            case .passButFor: "pass-but-for"
            case .pass: "pass"
            case .block: "block"
            }
        }
    }

    /// The rule's number.
    public var rule: Int
    public var would: Would
    /// Why it did not pass the packet, or why it blocks; without a capital or a full stop.
    public var because: String
}

/// A blocked packet that somebody asks about.
public struct BlockedPacket: Sendable {
    public var packet: Packet
    /// What the log calls the rule: a number, an identifier, a label.
    public var loggedRule: String
    public var interfaceName: String
    /// Nil where it is not known which end serves.
    public var isServerSending: Bool?

    public init(
        _ packet: Packet, loggedRule: String = "", interfaceName: String = "",
        isServerSending: Bool? = nil
    ) {
        self.packet = packet
        self.loggedRule = loggedRule
        self.interfaceName = interfaceName
        self.isServerSending = isServerSending
    }

    var opens: Bool { !packet.isTCP || packet.flags.opens }
}

extension PolicyRules {
    /// The rules that somebody who asks means, best first: at most three.
    public func explain(_ blocked: BlockedPacket) -> [RuleAnswer] {
        var answers: [RuleAnswer] = []
        let blocker = blocker(blocked)
        if blocked.opens {
            if let nearest = nearest(blocked, blocker?.rule) { answers.append(nearest) }
        } else if let meant = meant(blocked) {
            answers.append(meant)
        }
        if let blocker, answers.first?.would != .pass { answers.append(blocker) }
        return answers
    }

    // MARK: What blocked it

    /// The rule that the log names, or the one these rules lead to.
    private func blocker(_ blocked: BlockedPacket) -> RuleAnswer? {
        if let rule = logged(blocked.loggedRule) {
            return RuleAnswer(
                rule: rule, would: .block, because: "the log names it (\(blocked.loggedRule))")
        }
        let decision = decide(blocked.packet, blocked.opens ? .new : .invalid)
        guard decision.action != .pass, let rule = decision.rule else { return nil }
        let sure = decision.isCertain ? "" : unsure(decision.missing)
        return RuleAnswer(
            rule: rule, would: .block, because: "it is the rule that decides here\(sure)")
    }

    private func unsure(_ missing: MissingFacts) -> String {
        ", unless it hangs on " + missing.sentences.joined(separator: " and ")
            + ", which these rules do not tell"
    }

    /// The rule a log means: pfSense's identifier, OPNsense's label, or else pf's number.
    func logged(_ name: String) -> Int? {
        guard !name.isEmpty else { return nil }
        if let number = UInt64(name) {
            if let found = rules.firstIndex(where: { $0.identifier == number && $0.action != nil })
            {
                return found
            }
            guard language == .pf, number < 1 << 32 else { return nil }
            return rules.firstIndex { $0.numbers?.contains(Int(number)) ?? false }
        }
        return rules.firstIndex { rule in
            rule.action != nil && rule.labels.contains { $0 == name || $0.hasPrefix(name + " ") }
        }
    }

    // MARK: A stray

    /// The rule for the connection that a stray belongs to.
    private func meant(_ blocked: BlockedPacket) -> RuleAnswer? {
        let ways: [(BlockedPacket) -> RuleAnswer?] =
            blocked.isServerSending == true ? [answered, opened] : [opened, answered]
        for way in ways {
            if let found = way(blocked) { return found }
        }
        return nil
    }

    private func opened(_ blocked: BlockedPacket) -> RuleAnswer? {
        var opening = blocked.packet
        opening.flags = .syn
        let decision = decide(opening, .new)
        guard decision.action == .pass, let rule = decision.rule else { return nil }
        let now = decide(blocked.packet, .invalid)
        let fit = trace(blocked.packet, .invalid).first { $0.rule == rule }
        let flags = blocked.packet.flags.text
        if now.action == .pass, now.rule == rule, now.isCertain {
            return RuleAnswer(
                rule: rule, would: .pass,
                because: "it passes such a packet as well: the firewall had other rules then, or "
                    + "another rule before it blocked")
        }
        let sure = decision.isCertain ? "" : unsure(decision.missing)
        return RuleAnswer(
            rule: rule, would: .passOpening, because: want(rules[rule], fit, flags) + sure)
    }

    private func want(_ rule: PolicyRule, _ fit: RuleFit?, _ flags: String) -> String {
        let named = flags.isEmpty ? "no flags" : flags
        let failed = fit?.failed ?? []
        if failed.contains(.flags) {
            let wanted =
                rule.impliesFlags
                ? "flags S/SA, which pf adds where a rule keeps state" : "its flags"
            return
                "it passes only what opens a connection (\(wanted)); this packet has \(named), so "
                + "only a state could pass it, and there was none"
        }
        if failed.contains(.stateClass) {
            return
                "it wants another conntrack state than this packet's: with \(named) and no known "
                + "connection it is invalid, not new"
        }
        return "it passes the connection's opening; a rule before or behind it decides on a packet "
            + "with \(named)"
    }

    /// The rule that passed the opening from the other end.
    private func answered(_ blocked: BlockedPacket) -> RuleAnswer? {
        var opening = blocked.packet
        opening.source = blocked.packet.destination
        opening.destination = blocked.packet.source
        opening.flags = .syn
        // It went the other way by this interface, and came in by another.
        opening.direction = blocked.packet.direction == .inward ? .outward : .inward
        let through = decide(opening, .new)
        var entering = opening
        entering.direction = .inward
        let best = trace(entering, .new).filter { fit in
            rules[fit.rule].action == .pass && fit.failed.allSatisfy { $0 == .interface }
                && !fit.failed.isEmpty && rules[fit.rule].direction != .outward
                && fit.missing.isEmpty
        }.max { ($0.closeness, $1.rule) < ($1.closeness, $0.rule) }
        let rule = best.flatMap { $0.closeness >= 2 ? $0.rule : nil } ?? through.rule
        guard let rule, rules[rule].action == .pass,
            best?.rule == rule || through.action == .pass
        else { return nil }
        return RuleAnswer(
            rule: rule, would: .passOtherEnd,
            because: "it passes the opening from \(text(opening.source.address)) to "
                + "\(end(opening.destination)), and this packet answers that: only the state of "
                + "the opening could pass it, and there was none")
    }

    // MARK: An opening

    /// The pass rule that a blocked opening comes nearest to.
    private func nearest(_ blocked: BlockedPacket, _ blocker: Int?) -> RuleAnswer? {
        let decision = decide(blocked.packet, .new)
        if decision.action == .pass, decision.isCertain, let rule = decision.rule {
            return RuleAnswer(
                rule: rule, would: .pass,
                because: "it passes such a packet: the firewall had other rules then, or the block "
                    + "came from elsewhere")
        }
        let fits = trace(blocked.packet, .new).filter { rules[$0.rule].action == .pass }
        if let over = fits.first(where: { $0.matches }) {
            return RuleAnswer(
                rule: over.rule, would: .passButFor, because: overruled(over.rule, blocker))
        }
        let best = fits.filter { fit in
            fit.failed.count == 1 ? fit.closeness >= 1 : fit.failed.count == 2 && fit.closeness >= 3
        }.max { PolicyRules.rank($0) < PolicyRules.rank($1) }
        guard let best else { return nil }
        let reasons = best.failed.map { reason($0, rules[best.rule], blocked) }
        return RuleAnswer(
            rule: best.rule, would: .nearlyPass, because: reasons.joined(separator: "; and "))
    }

    /// The nearer, the higher; of equal ones the first in the file.
    private static func rank(_ fit: RuleFit) -> (Int, Int) {
        let cost = fit.failed.reduce(0) { sum, condition in
            switch condition {
            case .sourcePort, .direction: sum + 1
            case .interface, .family, .ipProtocol, .flags, .stateClass: sum + 2
            case .destinationPort, .icmpType, .tag: sum + 3
            default: sum + 5
            }
        }
        return (fit.closeness * 2 - cost * 2 - (fit.missing.isEmpty ? 0 : 1), -fit.rule)
    }

    private func overruled(_ rule: Int, _ blocker: Int?) -> String {
        guard let blocker, blocker != rule else {
            return "it fits, and another rule decides"
        }
        let line = language == .pf ? "line \(rules[blocker].place.line)" : "another rule"
        if blocker < rule {
            return rules[blocker].isQuick
                ? "\(line) stands before it and is final: what matches it goes no further"
                : "\(line) stands before it and decided: the firewall had other rules then"
        }
        return "\(line) comes later and matches too: without `quick` the last match decides"
    }

    private func reason(
        _ condition: PolicyCondition, _ rule: PolicyRule, _ blocked: BlockedPacket
    ) -> String {
        let packet = blocked.packet
        switch condition {
        case .interface:
            let came = packet.direction == .outward ? "went out by" : "came in by"
            // A chain of nft can be led to from some interfaces only.
            guard !rule.interfaces.isEmpty else {
                return "only other interfaces lead to it, and the packet \(came) "
                    + blocked.interfaceName
            }
            let own = rule.interfaces.joined(separator: ", ")
            return "it stands on \(own), and the packet \(came) \(blocked.interfaceName)"
        case .direction:
            return packet.direction == .inward
                ? "it is for what goes out, and the packet came in"
                : "it is for what comes in, and the packet went out"
        case .family:
            return "it is not for \(packet.isV6 ? "IPv6" : "IPv4"), which the packet is"
        case .ipProtocol: return "it is not for \(protocolName(packet.ipProtocol))"
        case .source: return "its source does not hold \(text(packet.source.address))"
        case .destination:
            return "its destination does not hold \(text(packet.destination.address))"
        case .sourcePort:
            return "it wants another source port than \(packet.source.port); clients choose theirs "
                + "at random"
        case .destinationPort: return "its ports do not hold \(packet.destination.port)"
        case .flags: return "it wants other flags than \(packet.flags.text)"
        case .icmpType: return "it is for other ICMP types than \(packet.icmpType)"
        case .tag: return "it is for packets with a tag that no rule gave this one"
        case .fragment: return "it is not for fragments like this one"
        case .stateClass: return "it is for packets of connections that conntrack knows"
        case .other: return "it asks what is not known here"
        }
    }

    private func protocolName(_ number: UInt8) -> String {
        switch number {
        case 1: "ICMP"
        case 6: "TCP"
        case 17: "UDP"
        case 58: "ICMPv6"
        default: "protocol \(number)"
        }
    }

    private func text(_ address: Address) -> String {
        var writer = ByteWriter(capacity: 40)
        writer.put(address, Names())
        return writer.text
    }

    private func end(_ end: Endpoint) -> String {
        end.address.isV6 ? "[\(text(end.address))]:\(end.port)" : "\(text(end.address)):\(end.port)"
    }
}
