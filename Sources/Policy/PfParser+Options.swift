// The options of a rule, those behind its addresses: flags, states, labels, tags and the rest.
//
// Read first: pf.conf(5), "filteropt" in "GRAMMAR" and "STATEFUL TRACKING OPTIONS".

import Facts

extension PfParser {
    mutating func ruleOption(_ draft: inout PfDraft, _ token: PfToken) throws(PfSyntaxError) {
        switch token.text {
        case "flags": try flags(&draft)
        case "icmp-type": try icmp(&draft, isV6: false)
        case "icmp6-type": try icmp(&draft, isV6: true)
        case "keep", "modulate", "synproxy", "no": try state(&draft, token)
        case "label": draft.rule.labels.append(try name("a label").text)
        case "ridentifier", "tracker":
            draft.rule.identifier = UInt64(try number("the rule's identifier, a number"))
        case "tag": draft.tag = try name("a tag").text
        case "tagged": draft.tagged = (try name("a tag").text, false)
        case "!":
            if takeWord("tagged") {
                draft.tagged = (try name("a tag").text, true)
            } else if takeWord("received-on") {
                draft.receivedOn = try interfaces().map {
                    PfInterface(name: $0.name, isNegated: true)
                }
                draft.missing.insert(.interface)
            } else {
                throw wrong(peek(), "tagged or received-on")
            }
        case "received-on":
            draft.receivedOn = try interfaces()
            draft.missing.insert(.interface)
        case "allow-opts": draft.rule.options.allowsOptions = true
        case "fragment":
            // `fragment reassemble` of scrub.
            if takeWord("reassemble") || takeWord("crop") || takeWord("drop-ovl") { return }
            draft.fragmentsOnly = true
        case "user", "group": try owners(&draft)
        case "probability":
            _ = try name("a share, like 50%")
            draft.missing.insert(.chance)
        case "tos", "dscp":
            _ = try name("a type of service")
            draft.missing.insert(.header)
        case "prio":
            _ = try number("a priority, 0 to 7", most: 7)
            draft.missing.insert(.header)
        default: try quietOption(&draft, token)
        }
    }

    /// What changes how a packet goes, and not whether.
    private mutating func quietOption(
        _ draft: inout PfDraft, _ token: PfToken
    ) throws(PfSyntaxError) {
        switch token.text {
        case "queue", "dnqueue", "dnpipe", "set":
            if token.text == "set" { _ = try name("prio, tos, queue or delay") }
            try wordOrParentheses()
        case "rtable", "max-pkt-rate", "max-pkt-size", "set-tos", "min-ttl", "max-mss":
            _ = try name("a value")
            if takeSymbol("/") { _ = try name("a value") }
            if token.text.hasPrefix("max-pkt") { draft.missing.insert(.rate) }
        case "once", "no-df", "random-id", "static-port", "sticky-address", "bitmask", "random",
            "round-robin", "least-states", "endpoint-independent", "allow-related":
            if token.text == "once" { draft.missing.insert(.rate) }
        case "source-hash":
            if peek().kind == .quoted || (peek().kind == .word && peek().text.hasPrefix("0x")) {
                take()
            }
        case "route-to", "reply-to", "dup-to": try route()
        case "nat-to", "rdr-to", "binat-to", "af-to":
            try redirection(&draft)
            noteOnce(
                .assumed, token.place, "\(token.text) in a filter rule",
                "rules behind it see the packet as it came, not as it is translated")
            draft.missing.insert(.translation)
        case "divert-to", "divert-packet", "divert-reply":
            try divert()
        case "scrub":
            try expectSymbol("(")
            try skipParentheses()
        case "reassemble":
            guard takeWord("tcp") else { throw wrong(peek(), "tcp") }
        case "bridge-to", "dummynet": _ = try name("a name")
        default:
            throw wrong(
                token, "an option of a rule (flags, keep state, label, tag, allow-opts, …)")
        }
    }

    private mutating func wordOrParentheses() throws(PfSyntaxError) {
        if takeSymbol("(") { try skipParentheses() } else { _ = try name("a name or number") }
    }

    private mutating func divert() throws(PfSyntaxError) {
        if peek().kind == .word, peek().text != "port" { take() }
        if takeWord("port") { _ = try name("a port") }
    }

    /// Behind route-to: `( em0 192.0.2.1 )`, `em0`, a list of them, an address with `@`.
    mutating func route() throws(PfSyntaxError) {
        try list("a gateway, like ( em0 192.0.2.1 )") { (parser) throws(PfSyntaxError) in
            if parser.takeSymbol("(") {
                try parser.skipParentheses()
            } else if parser.takeSymbol("<") {
                _ = try parser.name("a table")
                try parser.expectSymbol(">")
            } else {
                _ = try parser.name("a gateway")
                if parser.takeSymbol("/") { _ = try parser.name("a prefix length") }
            }
        }
        while ["round-robin", "random", "bitmask", "sticky-address", "least-states"]
            .contains(peek().text), peek().kind == .word
        { take() }
        if takeWord("source-hash"), peek().kind == .word, peek().text.hasPrefix("0x") { take() }
        _ = takeWord("sticky-address")
    }

    // MARK: Flags

    private mutating func flags(_ draft: inout PfDraft) throws(PfSyntaxError) {
        draft.saysFlags = true
        draft.flags = nil
        if takeWord("any") { return }
        let wanted = peek().isSymbol("/") ? [] : try flagSet()
        // `flags S` alone is no rule of pf; it reads as all flags to pfctl of old.
        try expectSymbol("/")
        let of = try flagSet()
        guard wanted.isSubset(of: of) else {
            throw wrong(last, "a set that holds all flags that are wanted, like S/SA")
        }
        draft.flags = (wanted, of)
    }

    private mutating func flagSet() throws(PfSyntaxError) -> TCPFlags {
        let token = try name("flags, some of F S R P A U E W")
        var all: TCPFlags = []
        for byte in token.text.utf8 {
            guard let flag = TCPFlags(letter: byte), byte != 0x2E, byte != 0x43 else {
                throw wrong(token, "flags, some of F S R P A U E W")
            }
            all.formUnion(flag)
        }
        return all
    }

    // MARK: ICMP

    private mutating func icmp(_ draft: inout PfDraft, isV6: Bool) throws(PfSyntaxError) {
        var kinds: [ICMPKind] = []
        try list("an ICMP type") { (parser) throws(PfSyntaxError) in
            let token = try parser.name("an ICMP type")
            let names = isV6 ? PfNames.icmp6Types : PfNames.icmpTypes
            guard let type = UInt8(token.text) ?? names[token.text] else {
                throw parser.wrong(token, "an ICMP type, a number or a name of icmp(4)")
            }
            var kind = ICMPKind(isV6: isV6, type: type)
            if parser.takeWord("code") {
                let code = try parser.name("an ICMP code")
                let codes = (isV6 ? PfNames.icmp6Codes : PfNames.icmpCodes)[type] ?? [:]
                guard let value = UInt8(code.text) ?? codes[code.text] else {
                    throw parser.wrong(code, "an ICMP code, a number or a name of icmp(4)")
                }
                kind.code = value
            }
            kinds.append(kind)
        }
        draft.icmp += kinds
    }

    /// `user root`, `group { 1000 >< 2000, wheel }`: sockets of the firewall itself.
    private mutating func owners(_ draft: inout PfDraft) throws(PfSyntaxError) {
        draft.missing.insert(.user)
        var count = 0
        try list("a user or group") { (parser) throws(PfSyntaxError) in
            count += 1
            if parser.peek().kind == .symbol { parser.take() }
            _ = try parser.name("a user or group")
            if parser.takeSymbol("<>") || parser.takeSymbol("><") {
                _ = try parser.name("a user or group")
            }
        }
        draft.extraCombinations *= max(1, count)
    }

    // MARK: States

    private mutating func state(_ draft: inout PfDraft, _ token: PfToken) throws(PfSyntaxError) {
        guard takeWord("state") else { throw wrong(peek(), "state") }
        draft.keepsState = token.text != "no"
        if let defaults = file.settings.stateDefaults, !peek().isSymbol("(") {
            let allowed = draft.rule.options.allowsOptions
            draft.rule.options = defaults
            draft.rule.options.allowsOptions = allowed
        }
        switch token.text {
        case "keep": break
        case "modulate": draft.rule.options.kind = .modulate
        case "synproxy": draft.rule.options.kind = .synproxy
        default: draft.rule.options.kind = .none
        }
        if takeSymbol("(") { try stateOptions(&draft.rule.options) }
    }

    /// Up to the closing parenthesis.
    mutating func stateOptions(_ options: inout StateOptions) throws(PfSyntaxError) {
        while !takeSymbol(")") {
            if takeSymbol(",") { continue }
            let token = try name("an option of a state, or `)`")
            if PfNames.timeouts.contains(token.text) {
                options.timeouts.append(.init(token.text, try number("seconds")))
                continue
            }
            switch token.text {
            case "max": options.max = try number("how many states")
            case "sloppy": options.kind = .sloppy
            case "if-bound": options.binding = .ifBound
            case "floating", "group-bound": options.binding = .floating
            case "no-sync", "pflow": break
            case "source-track": if !takeWord("rule") { _ = takeWord("global") }
            case "max-src-nodes": options.maxSourceNodes = try number("how many sources")
            case "max-src-states": options.maxSourceStates = try number("how many states")
            case "max-src-conn": options.maxSourceConnections = try number("how many connections")
            case "max-src-conn-rate":
                options.maxSourceRate = try number("how many connections")
                try expectSymbol("/")
                options.sourceRateSeconds = try number("seconds")
            case "overload":
                try expectSymbol("<")
                _ = try name("a table")
                try expectSymbol(">")
                if takeWord("flush") { _ = takeWord("global") }
            case "allow-related": break
            default: throw wrong(token, "an option of a state (max, sloppy, tcp.established, …)")
            }
        }
    }
}
