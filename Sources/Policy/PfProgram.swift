// The rules of a pf.conf, asked: the last match decides, `quick` ends the walk.
//
// Read first: `PfConditions`; pf.conf(5), "PACKET FILTERING"; FreeBSD pf.c, pf_test_rule().

import Facts

struct PfProgram: Sendable {
    var filter = PfChain()
    var translation = PfChain()
    var scrub = PfChain()
    var addresses: [AddressTest] = []
    var ports: [PortRange] = []
    var protocols: [UInt8] = []
    var icmp: [ICMPKind] = []
    var interfaceNames: [(hash: UInt64, isNegated: Bool)] = []
    var tables: [AddressTable] = []
    /// The bit of each interface that the rules name, by its name's hash; sorted.
    var interfaceHashes: [UInt64] = []
    var interfaceBits: [UInt64] = []
    /// The bits of interfaces on which nothing is filtered, and those that may be such.
    var skips: UInt64 = 0
    var skipDoubts: UInt64 = 0
    /// Where translation leads, by its place in that list.
    var targets: [(address: Address, port: UInt16?, isKnown: Bool)] = []
    var exceptions: [Bool] = []
    var passes: [Bool] = []
    var normalisations: [Normalisation] = []

    // MARK: The packet

    func subject(_ packet: borrowing Packet) -> PfSubject {
        let isLater = packet.form.contains(.laterFragment)
        var subject = PfSubject(
            source: packet.source, destination: packet.destination, interface: packet.interface,
            ipProtocol: packet.ipProtocol, flags: packet.flags, icmpType: packet.icmpType,
            icmpCode: packet.icmpCode, isLaterFragment: isLater,
            isFragment: packet.form.contains(.fragment),
            tag: packet.direction == .inward ? 0 : nil)
        let direction =
            switch packet.direction {
            case .inward: RuleBits.inward
            case .outward: RuleBits.outward
            case .unknown: RuleBits.noDirection
            }
        var bits = direction | (packet.isV6 ? RuleBits.v6 : RuleBits.v4)
        bits |= RuleBits.ofProtocol(packet.ipProtocol)
        if !packet.isTCP {
            bits |= RuleBits.noTCP
        } else {
            bits |= isLater ? RuleBits.fragmentOfTCP : RuleBits.ofFlags(packet.flags)
        }
        subject.bits = bits | interfaceBit(packet.interface)
        return subject
    }

    func interfaceBit(_ name: Name) -> UInt64 {
        if name.isNone { return RuleBits.noInterface }
        var from = 0
        var to = interfaceHashes.count
        while from < to {
            let middle = (from + to) >> 1
            if interfaceHashes[middle] < name.hash { from = middle + 1 } else { to = middle }
        }
        guard from < interfaceHashes.count, interfaceHashes[from] == name.hash else {
            return RuleBits.strangeInterface
        }
        return interfaceBits[from]
    }

    // MARK: Rules

    /// Matches that may be, and what would follow from them.
    private struct Pending {
        var actions: UInt8 = 0
        var missing: MissingFacts = []
    }

    /// What the filter rules say. `actions` holds each rule's action, by the rule's number.
    func decide(_ packet: borrowing Packet, _ rules: [RuleOutcome]) -> Decision {
        var subject = subject(packet)
        if subject.bits & skips != 0 {
            var decision = Decision(.pass)
            if subject.bits & skipDoubts != 0 { decision.missing = .group }
            return decision
        }
        var early: MissingFacts = []
        if let passed = redirect(&subject, rules, &early) { return passed }
        var decision = walk(&subject, rules)
        decision.missing.formUnion(early)
        return decision
    }

    func walk(_ subject: inout PfSubject, _ rules: [RuleOutcome]) -> Decision {
        var found = -1
        var sure = Pending()
        var unsure = Pending()
        var doubtUntil = 0
        var doubt: MissingFacts = []
        var place = 0
        let bits = subject.bits
        let count = filter.accepts.count
        while place < count {
            let accepts = filter.accepts[place]
            if bits & ~accepts != 0 {
                place = accepts & RuleBits.anchor != 0 ? Int(filter.matches[place].end) : place &+ 1
                continue
            }
            var missing: MissingFacts = []
            let holds = matches(place, in: filter, subject, &missing)
            let match = filter.matches[place]
            if holds == .no {
                place = match.opensAnchor ? Int(match.end) : place + 1
                continue
            }
            let isDoubtful = holds == .maybe || place < doubtUntil
            if place < doubtUntil { missing.formUnion(doubt) }
            if match.opensAnchor {
                if isDoubtful, place >= doubtUntil {
                    doubtUntil = Int(match.end)
                    doubt = missing
                }
            } else if match.closesAnchor {
                if match.isQuick, found >= Int(match.end) { break }
            } else if isDoubtful {
                if match.tag != 0 { subject.tag = nil }
                guard !match.isMatch else {
                    place += 1
                    continue
                }
                let action = rules[Int(match.rule)].action
                if match.isQuick {
                    sure.actions |= 1 << action.rawValue
                    sure.missing.formUnion(missing)
                } else {
                    unsure.actions |= 1 << action.rawValue
                    unsure.missing.formUnion(missing)
                }
            } else {
                if match.tag != 0 { subject.tag = match.tag }
                if !match.isMatch {
                    found = place
                    unsure = Pending()
                    if match.isQuick { break }
                }
            }
            place += 1
        }
        return answer(found, sure, unsure, rules)
    }

    private func answer(
        _ found: Int, _ sure: Pending, _ unsure: Pending, _ rules: [RuleOutcome]
    ) -> Decision {
        var decision = Decision(.pass)
        if found >= 0 {
            let number = Int(filter.matches[found].rule)
            let outcome = rules[number]
            decision = Decision(
                outcome.action, rule: number, isLogged: outcome.isLogged, logsAll: outcome.logsAll)
        }
        let own: UInt8 = 1 << decision.action.rawValue
        if sure.actions & ~own != 0 { decision.missing.formUnion(sure.missing) }
        if unsure.actions & ~own != 0 { decision.missing.formUnion(unsure.missing) }
        return decision
    }

    /// Follows a redirection; an answer where it passes what it redirects.
    func redirect(
        _ subject: inout PfSubject, _ rules: [RuleOutcome], _ early: inout MissingFacts
    ) -> Decision? {
        for place in translation.accepts.indices {
            if subject.bits & ~translation.accepts[place] != 0 { continue }
            var missing: MissingFacts = []
            switch matches(place, in: translation, subject, &missing) {
            case .no: continue
            case .maybe:
                early.formUnion(missing.union(.translation))
                continue
            case .yes: break
            }
            if exceptions[place] { return nil }
            let match = translation.matches[place]
            if match.tag != 0 { subject.tag = match.tag }
            let target = targets[place]
            if target.isKnown {
                subject.destination.address = target.address
                if let port = target.port { subject.destination.port = port }
            }
            guard passes[place] else { return nil }
            let outcome = rules[Int(match.rule)]
            return Decision(.pass, rule: Int(match.rule), isLogged: outcome.isLogged)
        }
        return nil
    }

    /// The scrub rule that a packet meets first.
    func normalisation(_ packet: borrowing Packet) -> Normalisation? {
        let subject = subject(packet)
        if subject.bits & skips != 0 { return nil }
        for place in scrub.accepts.indices where subject.bits & ~scrub.accepts[place] == 0 {
            var missing: MissingFacts = []
            guard matches(place, in: scrub, subject, &missing) == .yes else { continue }
            let found = normalisations[place]
            return found.rule < 0 ? nil : found
        }
        return nil
    }
}

/// What follows from a rule, apart from what people want to know of it.
struct RuleOutcome: Sendable {
    var action: RuleAction
    var isLogged: Bool
    var logsAll: Bool
}
