// Which parts of each rule a packet does not fit: what explanations are made from.
//
// Read first: `PolicyCondition`. It looks at every rule and every part, so it is for a few packets
// that people ask about, not for each.

import Facts

/// How a packet meets one rule.
public struct RuleFit: Equatable, Sendable {
    /// The rule's number.
    public var rule: Int
    public var failed: [PolicyCondition]
    public var missing: MissingFacts
    /// How much of the rule is about this packet: it names its address, its port, its protocol.
    var closeness: Int

    /// Whether the packet fits every part.
    public var matches: Bool { failed.isEmpty && missing.isEmpty }
}

extension PolicyRules {
    /// How a packet meets each rule that passes or blocks, in their order.
    public func trace(_ packet: borrowing Packet, _ kind: StateClass) -> [RuleFit] {
        language == .pf ? tracePf(packet) : traceNft(packet, kind)
    }

    private func tracePf(_ packet: borrowing Packet) -> [RuleFit] {
        var subject = pf.subject(packet)
        var early: MissingFacts = []
        _ = pf.redirect(&subject, outcomes, &early)
        // Tags and anchors are as the walk leaves them.
        _ = pf.walk(&subject, outcomes)
        var fits: [RuleFit] = []
        var open: [(end: Int, failed: [PolicyCondition])] = []
        for place in pf.filter.matches.indices {
            let match = pf.filter.matches[place]
            while let last = open.last, last.end <= place { open.removeLast() }
            let (own, unsure, missing) = pf.failures(place, in: pf.filter, subject)
            let failed = own + open.flatMap(\.failed).filter { !own.contains($0) }
            if match.opensAnchor {
                open.append((Int(match.end), failed))
                continue
            }
            if match.closesAnchor || match.isMatch { continue }
            let named: [(PolicyCondition, Int, Bool)] = [
                (.source, 2, !match.sources.isEmpty),
                (.destination, 2, !match.destinations.isEmpty),
                (.destinationPort, 2, !match.destinationPorts.isEmpty),
                (
                    .ipProtocol, 1,
                    pf.filter.accepts[place] & RuleBits.protocols != RuleBits.protocols
                ),
                (.interface, 1, !rules[Int(match.rule)].interfaces.isEmpty),
            ]
            let closeness = named.reduce(0) {
                $0 + ($1.2 && !failed.contains($1.0) && !unsure.contains($1.0) ? $1.1 : 0)
            }
            fits.append(
                RuleFit(
                    rule: Int(match.rule), failed: failed, missing: missing, closeness: closeness))
        }
        return fits
    }

    private func traceNft(_ packet: borrowing Packet, _ kind: StateClass) -> [RuleFit] {
        var fits: [RuleFit] = []
        let bases = nft.bases(hook)
        var callers: [Int: (chain: Int, place: Int)] = [:]
        for (number, chain) in nft.chains.enumerated() {
            for place in chain.steps.indices {
                for step in nft.steps[chain.steps[place]] {
                    guard case .verdict(let verdict) = step else { continue }
                    switch verdict {
                    case .jump(let target), .goto(let target):
                        if callers[target] == nil { callers[target] = (number, place) }
                    default: break
                    }
                }
            }
        }
        let walk = NftWalk(kind: kind, hook: hook)
        for (number, chain) in nft.chains.enumerated() {
            guard packet.isV6 ? chain.isV6 : chain.isV4 else { continue }
            // The rules that lead to the chain are conditions of all in it.
            var above: [(chain: Int, place: Int)] = []
            var top = number
            while let caller = callers[top], above.count < NftWalk.depthMax {
                above.append(caller)
                top = caller.chain
            }
            guard bases.contains(where: { $0.chain == top }) else { continue }
            for place in chain.rules.indices {
                let rule = chain.rules[place]
                guard rules[rule].action != nil else { continue }
                var fit = RuleFit(rule: rule, failed: [], missing: [], closeness: 0)
                for way in above + [(number, place)] {
                    add(nft.chains[way.chain].steps[way.place], packet, walk, &fit)
                }
                fits.append(fit)
            }
        }
        return fits
    }

    private func add(
        _ steps: Range<Int>, _ packet: borrowing Packet, _ walk: NftWalk, _ fit: inout RuleFit
    ) {
        for step in nft.steps[steps] {
            switch step {
            case .match(let number):
                let match = nft.matches[number]
                var missing: MissingFacts = []
                switch nft.holds(match, packet, walk, &missing) {
                case .no:
                    if !fit.failed.contains(match.condition) { fit.failed.append(match.condition) }
                case .maybe: fit.missing.formUnion(missing)
                case .yes:
                    switch match.condition {
                    case .source, .destination, .destinationPort: fit.closeness += 2
                    case .ipProtocol, .interface: fit.closeness += 1
                    default: break
                    }
                }
            case .doubt(let missing): fit.missing.formUnion(missing)
            case .verdict, .map, .log, .untrack: break
            }
        }
    }
}
