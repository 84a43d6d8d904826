// nat, rdr, binat and scrub: what is done to packets before the filter rules see them.
//
// Read first: pf.conf(5), "TRANSLATION" and "TRAFFIC NORMALIZATION". Of these lists the first match
// counts. A redirection to one address is followed, for the filter rules see where it leads.

import Facts

extension PfParser {
    mutating func translation(_ first: PfToken, isException: Bool) throws(PfSyntaxError) {
        let keyword = last.text
        var rule = PolicyRule(.translation, first.place, "")
        rule.chain = chain
        var draft = PfDraft(.translation, rule)
        draft.isException = isException
        draft.rule.direction = keyword == "nat" ? .outward : .inward
        draft.keepsState = false
        if takeWord("pass") {
            draft.passes = true
            draft.rule.action = .pass
            if takeWord("log") {
                draft.rule.isLogged = true
                if takeSymbol("(") { try skipParentheses() }
            }
        }
        try body(&draft)
        if takeSymbol("->") { try redirection(&draft) }
        draft.rule.text = lexer.text(from: first.start, to: last.end)
        draft.rule.options.kind = .keep
        if keyword == "nat" {
            noteOnce(
                .ignored, first.place, "nat rules",
                "what goes out is judged with the addresses it is seen with")
            return
        }
        if keyword == "binat" { reverse(&draft) }
        if draft.target == nil, !isException {
            note(
                .assumed, first.place, draft.rule.text,
                "where it leads is not one address; what it redirects is judged unredirected")
            draft.missing.insert(.translation)
        }
        file.drafts.append(draft)
    }

    /// `binat from A to any -> B`: what comes in for B goes to A.
    private func reverse(_ draft: inout PfDraft) {
        let inner = draft.sources.first
        let remote = draft.destinations
        draft.destinations = draft.target.map { [$0] } ?? []
        draft.sources = remote
        draft.sourcePorts = []
        draft.destinationPorts = []
        draft.target = nil
        if let inner, case .range(let low, let high) = inner.what, low == high,
            draft.sources.count < 2
        {
            draft.target = inner
        }
    }

    /// Behind `->` or rdr-to: where it leads, and to which port.
    mutating func redirection(_ draft: inout PfDraft) throws(PfSyntaxError) {
        var targets: [PfHost] = []
        try list("an address") { (parser) throws(PfSyntaxError) in
            targets.append(try parser.host())
        }
        if takeWord("port") {
            let low = try portItem()
            if low.low == low.high, !low.isNegated { draft.targetPort = low.low }
        }
        while peek().kind == .word {
            switch peek().text {
            case "round-robin", "random", "bitmask", "sticky-address", "static-port",
                "least-states", "endpoint-independent":
                take()
            case "source-hash":
                take()
                if peek().kind == .quoted || peek().text.hasPrefix("0x") { take() }
            case "map-e-portset":
                take()
                for _ in 0..<2 {
                    _ = try number("a number")
                    try expectSymbol("/")
                }
                _ = try number("a number")
            default:
                draft.target = single(targets)
                return
            }
        }
        draft.target = single(targets)
    }

    private func single(_ targets: [PfHost]) -> PfHost? {
        guard targets.count == 1, let only = targets.first else { return nil }
        switch only.what {
        case .range(let low, let high): return low == high ? only : nil
        case .table: return only
        default: return nil
        }
    }

    // MARK: scrub

    mutating func scrub(_ first: PfToken, isException: Bool) throws(PfSyntaxError) {
        var rule = PolicyRule(.scrub, first.place, "")
        rule.chain = chain
        var draft = PfDraft(.scrub, rule)
        draft.isException = isException
        draft.keepsState = false
        try body(&draft)
        draft.rule.text = lexer.text(from: first.start, to: last.end)
        draft.rule.options.kind = .none
        draft.fragmentsOnly = false
        let words = draft.rule.text.split(separator: " ")
        var made = Normalisation(
            rule: 0, isLogged: draft.rule.isLogged,
            checksTimestamps: draft.rule.text.contains("reassemble tcp"), maxSegmentSize: 0,
            reassembles: true)
        if let place = words.firstIndex(of: "max-mss"), place + 1 < words.count {
            made.maxSegmentSize = Int(words[place + 1]) ?? 0
        }
        // FreeBSD 14: fragments are put together unless the rule says otherwise.
        made.reassembles = !words.contains("no-reassemble")
        draft.normalisation = made
        file.drafts.append(draft)
    }
}
