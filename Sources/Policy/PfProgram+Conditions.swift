// Whether a packet fits a rule, condition by condition.
//
// Read first: `PfConditions`.

import Facts

extension PfProgram {
    /// Whether a rule matches a packet that has its bits; what is missing where it may.
    func matches(
        _ place: Int, in chain: PfChain, _ subject: PfSubject,
        _ missing: inout MissingFacts
    ) -> Holding {
        var holding = Holding.yes
        let doubts = subject.bits & chain.doubts[place]
        if doubts != 0 {
            holding = .maybe
            missing.formUnion(PfProgram.doubted(doubts))
        }
        var asked = chain.matches[place].asked
        while asked != 0 {
            let number = UInt8(truncatingIfNeeded: asked.trailingZeroBitCount)
            asked &= asked - 1
            guard let condition = PolicyCondition(rawValue: number) else { break }
            switch holds(condition, chain.matches[place], subject, &missing) {
            case .no: return .no
            case .maybe: holding = .maybe
            case .yes: break
            }
        }
        return holding
    }

    private static func doubted(_ bits: UInt64) -> MissingFacts {
        if bits & RuleBits.noDirection != 0 { return .direction }
        if bits & RuleBits.noInterface != 0 { return .interface }
        return .group
    }

    func holds(
        _ condition: PolicyCondition, _ match: PfMatch, _ subject: PfSubject,
        _ missing: inout MissingFacts
    ) -> Holding {
        switch condition {
        case .source: return holds(match.sources, subject.source.address, &missing)
        case .destination:
            return holds(match.destinations, subject.destination.address, &missing)
        case .sourcePort: return holds(match.sourcePorts, subject.source.port, subject, &missing)
        case .destinationPort:
            return holds(match.destinationPorts, subject.destination.port, subject, &missing)
        case .flags:
            guard subject.ipProtocol == 6 else { return .yes }
            return subject.flags.intersection(match.of) == match.wanted && !subject.isLaterFragment
                ? .yes : .no
        case .icmpType: return holdsICMP(match.icmp, subject)
        case .ipProtocol:
            for place in match.protocols.range where protocols[place] == subject.ipProtocol {
                return .yes
            }
            return match.missing.contains(.service) ? .maybe : .no
        case .interface: return holdsInterface(match.interfaces, subject.interface)
        case .tag:
            guard let tag = subject.tag else {
                missing.insert(.tag)
                return .maybe
            }
            return (tag == match.tagged) != match.tagIsNegated ? .yes : .no
        case .fragment:
            if match.fragmentsOnly, !subject.isFragment { return .no }
            return match.needsHeader && subject.isLaterFragment ? .no : .yes
        case .other:
            missing.formUnion(match.missing)
            return .maybe
        case .direction, .family, .stateClass: return .yes
        }
    }

    private func holds(
        _ stretch: Stretch, _ address: Address, _ missing: inout MissingFacts
    ) -> Holding {
        var best = Holding.no
        for place in stretch.range {
            var own: Holding
            let test = addresses[place]
            switch test.kind {
            case .any: own = .yes
            case .range:
                own =
                    !(address < test.low) && !(test.high < address)
                        && address.isV4 == test.low.isV4 ? .yes : .no
                // `from !10.0.0.1` is a rule of IPv4: of IPv6's packets it says nothing.
                if test.isNegated, address.isV4 != test.low.isV4 { continue }
            case .table:
                own = tables[test.table].holds(address)
                if own == .maybe { missing.formUnion(tables[test.table].missing) }
            case .unknown:
                own = .maybe
                missing.formUnion(test.missing)
            }
            if test.isNegated, own != .maybe { own = own == .yes ? .no : .yes }
            if own == .yes { return .yes }
            if own == .maybe { best = .maybe }
        }
        return best
    }

    private func holds(
        _ stretch: Stretch, _ port: UInt16, _ subject: PfSubject,
        _ missing: inout MissingFacts
    ) -> Holding {
        guard subject.ipProtocol == 6 || subject.ipProtocol == 17 || subject.ipProtocol == 132,
            !subject.isLaterFragment
        else { return .no }
        var best = Holding.no
        for place in stretch.range {
            if ports[place].isUnknown {
                missing.insert(.service)
                best = .maybe
            } else if ports[place].holds(port) {
                return .yes
            }
        }
        return best
    }

    private func holdsICMP(_ stretch: Stretch, _ subject: PfSubject) -> Holding {
        guard !subject.isLaterFragment else { return .no }
        for place in stretch.range {
            let kind = icmp[place]
            guard subject.ipProtocol == (kind.isV6 ? 58 : 1), kind.type == subject.icmpType else {
                continue
            }
            if kind.code.map({ $0 == subject.icmpCode }) ?? true { return .yes }
        }
        return .no
    }

    private func holdsInterface(_ stretch: Stretch, _ name: Name) -> Holding {
        for place in stretch.range
        where (interfaceNames[place].hash == name.hash) != interfaceNames[place].isNegated {
            return .yes
        }
        return .no
    }

    // MARK: Explaining

    /// Every part of a rule that a packet does not fit, those it may not fit, and what is missing
    /// to tell.
    func failures(
        _ place: Int, in chain: PfChain, _ subject: PfSubject
    ) -> (failed: [PolicyCondition], unsure: [PolicyCondition], missing: MissingFacts) {
        var failed: [PolicyCondition] = []
        var unsure: [PolicyCondition] = []
        var missing: MissingFacts = []
        let lacks = subject.bits & ~chain.accepts[place]
        let groups: [(UInt64, PolicyCondition)] = [
            (RuleBits.directions, .direction), (RuleBits.interfaces, .interface),
            (RuleBits.families, .family), (RuleBits.protocols, .ipProtocol),
            (RuleBits.flags, .flags),
        ]
        for (bits, condition) in groups where lacks & bits != 0 { failed.append(condition) }
        let doubts = subject.bits & chain.doubts[place]
        if doubts != 0 { missing.formUnion(PfProgram.doubted(doubts)) }
        let match = chain.matches[place]
        for condition in PolicyCondition.allCases
        where match.asked & (1 << UInt16(condition.rawValue)) != 0 && !failed.contains(condition) {
            var own: MissingFacts = []
            switch holds(condition, match, subject, &own) {
            case .no: failed.append(condition)
            case .maybe:
                unsure.append(condition)
                missing.formUnion(own)
            case .yes: break
            }
        }
        return (failed, unsure, missing)
    }
}
