// `set` lines and tables.
//
// Read first: pf.conf(5), "OPTIONS" and "TABLES".

import Facts

extension PfParser {
    mutating func option(_ first: PfToken) throws(PfSyntaxError) {
        let token = try name("a setting (timeout, limit, optimization, skip, …)")
        switch token.text {
        case "timeout":
            try list("a timeout") { (parser) throws(PfSyntaxError) in
                let which = try parser.name("a timeout, like tcp.established")
                guard PfNames.timeouts.contains(which.text) else {
                    throw parser.wrong(which, "a timeout, like tcp.established")
                }
                let seconds = try parser.number("seconds")
                parser.file.settings.timeouts.append(.init(which.text, seconds))
            }
        case "limit":
            try list("a limit") { (parser) throws(PfSyntaxError) in
                let which = try parser.name("a limit, like states")
                guard PfNames.limits.contains(which.text) else {
                    throw parser.wrong(which, "a limit, like states")
                }
                let count = try parser.number("how many")
                parser.file.settings.limits.append(.init(which.text, count))
            }
        case "optimization": try optimization()
        case "block-policy":
            file.settings.blockPolicy =
                try choice(["drop", "return"]) == "return" ? .reject : .drop
        case "state-policy":
            let policy = try choice(["floating", "if-bound", "group-bound"])
            file.settings.statePolicy = policy == "if-bound" ? .ifBound : .floating
        case "skip":
            guard takeWord("on") else { throw wrong(peek(), "`on` and interfaces") }
            for interface in try interfaces() {
                guard !interface.isNegated else { throw wrong(last, "an interface without `!`") }
                file.settings.skip.append(interface.name)
            }
        case "reassemble":
            file.settings.reassemble = try choice(["yes", "no"]) == "yes"
            _ = takeWord("no-df")
        case "state-defaults":
            var options = StateOptions()
            // Its options stand without parentheses, up to the end of the line.
            try bareStateOptions(&options)
            file.settings.stateDefaults = options
        case "syncookies":
            file.settings.synCookies = try choice(["never", "always", "adaptive"])
            if takeSymbol("(") { try skipParentheses() }
        default: try quietSetting(first, token)
        }
    }

    private mutating func quietSetting(_ first: PfToken, _ token: PfToken) throws(PfSyntaxError) {
        let known = [
            "loginterface", "ruleset-optimization", "require-order", "fingerprints", "debug",
            "hostid", "keepcounters", "statusinterface", "verbose",
        ]
        guard known.contains(token.text) else {
            throw wrong(token, "a setting (timeout, limit, optimization, skip, …)")
        }
        takeRest()
        guard token.text == "ruleset-optimization", last.text == "profile" else { return }
        note(
            .assumed, first.place, lexer.text(from: first.start, to: last.end),
            "pf puts quick rules into another order; the numbers in its log are not those here")
    }

    private mutating func optimization() throws(PfSyntaxError) {
        let names = [
            "default", "normal", "high-latency", "satellite", "aggressive", "conservative",
        ]
        let profile = try choice(names)
        file.settings.optimization =
            switch profile {
            case "default": "normal"
            case "satellite": "high-latency"
            default: profile
            }
    }

    private mutating func choice(_ words: [String]) throws(PfSyntaxError) -> String {
        let token = try name(words.joined(separator: ", "))
        guard words.contains(token.text) else {
            throw wrong(token, words.joined(separator: ", "))
        }
        return token.text
    }

    private mutating func bareStateOptions(_ options: inout StateOptions) throws(PfSyntaxError) {
        while peek().kind == .word || peek().isSymbol(",") {
            if takeSymbol(",") { continue }
            let token = take()
            if PfNames.timeouts.contains(token.text) {
                options.timeouts.append(.init(token.text, try number("seconds")))
                continue
            }
            switch token.text {
            case "max": options.max = try number("how many states")
            case "sloppy": options.kind = .sloppy
            case "if-bound": options.binding = .ifBound
            case "floating": options.binding = .floating
            case "no-sync", "pflow": break
            default: throw wrong(token, "an option of a state")
            }
        }
    }

    // MARK: Tables

    mutating func table(_ first: PfToken) throws(PfSyntaxError) {
        try expectSymbol("<")
        let name = try name("the name of a table")
        try expectSymbol(">")
        guard file.tables.count < PfParser.listMax else {
            throw wrong(name, "at most \(PfParser.listMax) tables")
        }
        var table = PfTable(place: first.place)
        var hasList = false
        var files: [String] = []
        while true {
            let token = peek()
            if token.isSymbol("{") {
                hasList = true
                try list("an address", most: PfParser.tableMax) { (parser) throws(PfSyntaxError) in
                    table.hosts.append(try parser.host())
                }
                continue
            }
            guard token.kind == .word else { break }
            take()
            switch token.text {
            case "persist", "const", "counters": break
            case "file": files.append(try self.name("the name of a file").text)
            default: throw wrong(token, "persist, const, counters, file or { addresses }")
            }
        }
        table.isPartial = !files.isEmpty
        if !files.isEmpty {
            note(
                .assumed, first.place, "table <\(name.text)> from \(files.joined(separator: ", "))",
                "the file is not read; the addresses in it are not known here")
        } else if !hasList, PfNames.lockouts.contains(name.text) {
            note(
                .assumed, first.place, "table <\(name.text)>",
                "programs put hosts into it that misbehave; it is taken as empty")
        } else if !hasList {
            table.isPartial = true
            note(
                .assumed, first.place, "table <\(name.text)>",
                "it is filled at run time; the addresses in it are not known here")
        }
        file.tables[name.text] = table
    }
}
