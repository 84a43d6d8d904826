// Filter rules and anchors: `pass in quick on em0 inet proto tcp from any to any port 22 …`.
//
// Read first: pf.conf(5), "PARAMETERS". The parts of a rule have an order, and options behind the
// addresses have none; what stands too late is an error in pf, too.

import Facts

extension PfParser {
    mutating func filterRule(_ first: PfToken) throws(PfSyntaxError) {
        var rule = PolicyRule(first.isWord("match") ? .match : .filter, first.place, "")
        switch first.text {
        case "pass": rule.action = .pass
        case "block": rule.action = try blockAction()
        default: break
        }
        rule.chain = chain
        var draft = PfDraft(.filter, rule)
        try body(&draft)
        finish(&draft, first)
        file.drafts.append(draft)
    }

    /// What is implied, and the text.
    mutating func finish(_ draft: inout PfDraft, _ first: PfToken) {
        draft.rule.text = lexer.text(from: first.start, to: last.end)
        if draft.rule.action == .pass, draft.keepsState == nil {
            draft.keepsState = true
            if let defaults = file.settings.stateDefaults {
                let allowed = draft.rule.options.allowsOptions
                draft.rule.options = defaults
                draft.rule.options.allowsOptions = allowed
            }
        }
        if draft.rule.action == .pass, draft.keepsState == true, !draft.saysFlags {
            draft.flags = (.syn, [.syn, .ack])
            draft.rule.impliesFlags = true
        }
        if draft.rule.action != .pass { draft.rule.options.kind = .none }
    }

    /// Behind `block`: drop, return, return-rst, return-icmp; without a word, as `set` says.
    private mutating func blockAction() throws(PfSyntaxError) -> RuleAction {
        if takeWord("drop") { return .drop }
        guard peek().kind == .word else { return file.settings.blockPolicy }
        switch peek().text {
        case "return":
            take()
        case "return-rst", "return-icmp", "return-icmp6":
            take()
            if takeSymbol("(") { try skipParentheses() }
        default: return file.settings.blockPolicy
        }
        return .reject
    }

    /// To the parenthesis that closes the one just taken.
    mutating func skipParentheses() throws(PfSyntaxError) {
        var depth = 1
        while depth > 0 {
            let token = peek()
            guard token.kind != .newline, token.kind != .end else { throw wrong(token, "`)`") }
            take()
            if token.isSymbol("(") { depth += 1 }
            if token.isSymbol(")") { depth -= 1 }
        }
    }

    /// The parts of a rule in their order, then its options.
    mutating func body(_ draft: inout PfDraft) throws(PfSyntaxError) {
        var stage = 0
        while true {
            let token = peek()
            if token.kind == .newline || token.kind == .end || token.isSymbol("{")
                || token.isSymbol("->") || token.isSymbol("}")
            {
                return
            }
            guard token.kind == .word || token.isSymbol("!") else {
                throw wrong(token, "a part of a rule (on, proto, from, to, flags, keep state, …)")
            }
            // FreeBSD has the route before the family, OpenBSD among the options.
            let isRoute = PfParser.routes.contains(token.text)
            let own = isRoute ? max(stage, 4) : PfParser.stage(token.text)
            guard own >= stage else {
                throw wrong(token, "it before what stands before it: \(PfParser.order)")
            }
            stage = own
            if own < PfParser.optionStage, !isRoute {
                try part(&draft, take())
            } else {
                try ruleOption(&draft, take())
            }
        }
    }

    static let order = "in/out, log and quick, on, route-to, inet, proto, from and to, options"
    static let optionStage = 9
    private static let routes: Set<String> = ["route-to", "reply-to", "dup-to"]

    private static func stage(_ word: String) -> Int {
        switch word {
        case "in", "out": 1
        case "log", "quick": 2
        case "on": 3
        case "inet", "inet6": 5
        case "proto": 6
        case "all", "from", "to": 7
        default: optionStage
        }
    }

    private mutating func part(_ draft: inout PfDraft, _ token: PfToken) throws(PfSyntaxError) {
        switch token.text {
        case "in": draft.rule.direction = .inward
        case "out": draft.rule.direction = .outward
        case "log":
            draft.rule.isLogged = true
            if takeSymbol("(") {
                while !takeSymbol(")") {
                    if takeSymbol(",") { continue }
                    let what = try name("all, matches, user, to or `)`")
                    switch what.text {
                    case "all": draft.rule.logsAll = true
                    case "to": _ = try name("an interface")
                    case "user", "matches": break
                    default: throw wrong(what, "all, matches, user or to")
                    }
                }
            }
        case "quick": draft.rule.isQuick = true
        case "on": draft.interfaces = try interfaces()
        case "inet": draft.isV4 = true
        case "inet6": draft.isV4 = false
        case "proto": try protocols(&draft)
        case "all": break
        case "from":
            draft.sources = try hosts(isSource: true)
            draft.sourcePorts = try ports()
            if takeWord("os") {
                var count = 0
                try list("an operating system") { (parser) throws(PfSyntaxError) in
                    _ = try parser.name("an operating system")
                    count += 1
                }
                draft.extraCombinations *= max(1, count)
                draft.missing.insert(.system)
            }
        case "to":
            draft.destinations = try hosts(isSource: false)
            draft.destinationPorts = try ports()
        default: throw wrong(token, "a part of a rule")
        }
    }

    mutating func interfaces() throws(PfSyntaxError) -> [PfInterface] {
        var all: [PfInterface] = []
        try list("an interface") { (parser) throws(PfSyntaxError) in
            let isNegated = parser.takeSymbol("!")
            // `on rdomain 1` of OpenBSD names no interface.
            let token = try parser.name("an interface")
            all.append(PfInterface(name: token.text, isNegated: isNegated))
        }
        return all
    }

    private mutating func protocols(_ draft: inout PfDraft) throws(PfSyntaxError) {
        var known: [UInt8] = []
        var strange: PfToken?
        try list("a protocol") { (parser) throws(PfSyntaxError) in
            let token = try parser.name("a protocol")
            if let number = UInt8(token.text) ?? PfNames.protocols[token.text.lowercased()] {
                known.append(number)
            } else if token.text.allSatisfy({ $0.isASCII && $0.isNumber }) {
                throw parser.wrong(token, "a protocol, 0 to 255")
            } else {
                strange = token
            }
        }
        draft.protocols = known
        if let strange {
            draft.hasUnknownProtocol = true
            draft.missing.insert(.service)
            noteOnce(
                .assumed, strange.place, "protocol \(strange.text)",
                "its number is not known here; the rule may match any packet")
        }
    }

    // MARK: Anchors

    mutating func anchor(_ first: PfToken) throws(PfSyntaxError) {
        var name = ""
        if peek().kind == .quoted || (peek().kind == .word && !PfParser.isPart(peek().text)) {
            name = take().text
        }
        var rule = PolicyRule(.anchor, first.place, "")
        let path = chain
        rule.chain = path.isEmpty ? name : "\(path)/\(name)"
        var draft = PfDraft(.filter, rule)
        try body(&draft)
        draft.rule.text = lexer.text(from: first.start, to: last.end)
        guard takeSymbol("{") else {
            note(
                .assumed, first.place, draft.rule.text,
                "rules are put into it at run time and are not in this file; it is taken as empty")
            return
        }
        guard anchors.count < PfParser.anchorDepthMax else {
            throw wrong(last, "at most \(PfParser.anchorDepthMax) anchors inside each other")
        }
        anchors.append(file.drafts.count)
        file.drafts.append(draft)
    }

    private static func isPart(_ word: String) -> Bool {
        stage(word) < optionStage || ["tagged", "label", "user", "group"].contains(word)
    }

    // MARK: antispoof

    /// Two rules: nothing of an interface's network comes in elsewhere, and nothing has its
    /// address.
    mutating func antispoof(_ first: PfToken) throws(PfSyntaxError) {
        var rule = PolicyRule(.filter, first.place, "")
        rule.action = .drop
        rule.direction = .inward
        rule.chain = chain
        rule.options.kind = .none
        while true {
            if takeWord("log") {
                rule.isLogged = true
                if takeSymbol("(") { try skipParentheses() }
            } else if takeWord("quick") {
                rule.isQuick = true
            } else {
                break
            }
        }
        guard takeWord("for") else { throw wrong(peek(), "`for` and an interface") }
        let place = peek().place
        let names = try interfaces()
        var draft = PfDraft(.filter, rule)
        draft.isUncountable = true
        if takeWord("inet") { draft.isV4 = true } else if takeWord("inet6") { draft.isV4 = false }
        while peek().kind == .word { try ruleOption(&draft, take()) }
        draft.rule.text = lexer.text(from: first.start, to: last.end)
        for interface in names {
            var elsewhere = draft
            elsewhere.interfaces = [PfInterface(name: interface.name, isNegated: true)]
            elsewhere.sources = [
                PfHost(what: .interface(interface.name, network: true), place: place)
            ]
            file.drafts.append(elsewhere)
            var own = draft
            own.sources = [PfHost(what: .interface(interface.name, network: false), place: place)]
            file.drafts.append(own)
        }
    }
}
