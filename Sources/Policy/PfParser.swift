// From the words of a pf.conf to its statements.
//
// Read first: pf.conf(5), "GRAMMAR". A statement that cannot be read is named with what was
// expected and left out, and reading goes on with the next line, as pfctl does.

import Facts

struct PfParser {
    var lexer: PfLexer
    var file = PfFile()
    /// The word that was looked at and not taken, and the one last taken.
    private var ahead: PfToken?
    private(set) var last: PfToken
    /// Anchors that are open: their numbers among the drafts.
    var anchors: [Int] = []
    /// Names that come one after the other and mean the same are noted once.
    var noted: Set<String> = []

    // Limits: a real rule set has some thousand rules; each takes about a kilobyte.
    static let rulesMax = 65_536
    static let anchorDepthMax = 64
    static let listMax = 65_536
    static let tableMax = 1_000_000

    init(_ bytes: [UInt8]) {
        lexer = PfLexer(bytes)
        last = PfToken(
            kind: .newline, text: "", place: SourcePlace(1, 1), start: 0, end: 0)
    }

    static func read(_ bytes: [UInt8]) -> PfFile {
        var parser = PfParser(bytes)
        while parser.peek().kind != .end { parser.line() }
        parser.closeAnchors()
        return parser.file
    }

    // MARK: Words

    mutating func peek() -> PfToken {
        if let ahead { return ahead }
        let token = lexer.next()
        ahead = token
        return token
    }

    @discardableResult
    mutating func take() -> PfToken {
        let token = peek()
        if token.kind != .end { ahead = nil }
        last = token
        return token
    }

    mutating func takeWord(_ word: String) -> Bool {
        guard peek().isWord(word) else { return false }
        take()
        return true
    }

    mutating func takeSymbol(_ symbol: String) -> Bool {
        guard peek().isSymbol(symbol) else { return false }
        take()
        return true
    }

    func wrong(_ token: PfToken, _ expected: String) -> PfSyntaxError {
        let found =
            switch token.kind {
            case .newline, .end: "the line ends"
            case .broken: token.text
            case .quoted: "\"\(token.text)\""
            case .word, .symbol: "`\(token.text)`"
            }
        return PfSyntaxError(place: token.place, found: found, expected: expected)
    }

    mutating func expectSymbol(_ symbol: String) throws(PfSyntaxError) {
        guard takeSymbol(symbol) else { throw wrong(peek(), "`\(symbol)`") }
    }

    /// A word or a quoted name.
    mutating func name(_ expected: String) throws(PfSyntaxError) -> PfToken {
        let token = peek()
        guard token.kind == .word || token.kind == .quoted, !token.text.isEmpty else {
            throw wrong(token, expected)
        }
        return take()
    }

    mutating func number(_ expected: String, most: Int = Int(UInt32.max)) throws(PfSyntaxError)
        -> Int
    {
        let token = peek()
        guard token.kind == .word || token.kind == .quoted, let value = Int(token.text),
            value >= 0, value <= most
        else { throw wrong(token, expected) }
        take()
        return value
    }

    /// One thing, or several in braces with commas, blanks or newlines between them.
    mutating func list(
        _ expected: String, most: Int = PfParser.listMax,
        _ item: (inout PfParser) throws(PfSyntaxError) -> Void
    ) throws(PfSyntaxError) {
        guard takeSymbol("{") else {
            try item(&self)
            return
        }
        var count = 0
        var depth = 1
        while true {
            while peek().kind == .newline || peek().isSymbol(",") { take() }
            if takeSymbol("}") {
                depth -= 1
                if depth == 0 { return }
                continue
            }
            // A macro that is a list may stand in a list.
            if peek().isSymbol("{"), depth < 16 {
                take()
                depth += 1
                continue
            }
            guard peek().kind != .end else { throw wrong(peek(), "\(expected), or `}`") }
            count += 1
            guard count <= most else { throw wrong(peek(), "a list of at most \(most)") }
            try item(&self)
        }
    }

    // MARK: Notes

    mutating func note(
        _ kind: PolicyNote.Kind, _ place: SourcePlace, _ what: String, _ meaning: String
    ) {
        guard file.notes.count < PolicyNote.countMax else { return }
        file.notes.append(PolicyNote(kind, place, what, meaning))
    }

    /// The same, once for each `what`.
    mutating func noteOnce(
        _ kind: PolicyNote.Kind, _ place: SourcePlace, _ what: String, _ meaning: String
    ) {
        if noted.insert(what).inserted { note(kind, place, what, meaning) }
    }

    // MARK: Lines

    mutating func line() {
        let first = peek()
        if first.kind == .newline {
            take()
            return
        }
        do throws(PfSyntaxError) {
            try statement(take())
            if peek().kind != .newline, peek().kind != .end, !last.isSymbol("{"),
                !peek().isSymbol("}"), !last.isSymbol("}")
            {
                throw wrong(peek(), "the end of the line")
            }
        } catch {
            note(
                .error, error.place, error.found,
                "expected \(error.expected); the line is left out: what it would pass or block is "
                    + "judged without it")
            skipLine()
        }
    }

    /// To the end of the line, also out of the macro in which it went wrong.
    mutating func skipLine() {
        while ahead?.kind != .newline {
            if ahead?.kind == .end { return }
            if ahead == nil || ahead?.kind == .broken { lexer.leaveMacros() }
            ahead = nil
            _ = peek()
        }
    }

    /// Takes the words up to the end of the line or a brace that opens or closes.
    mutating func takeRest() {
        while true {
            let token = peek()
            if token.kind == .newline || token.kind == .end { return }
            take()
        }
    }

    private mutating func statement(_ first: PfToken) throws(PfSyntaxError) {
        if first.isSymbol("}") {
            try closeAnchor(first)
            return
        }
        guard first.kind == .word else { throw wrong(first, "a statement of pf.conf") }
        if peek().isSymbol("="), !PfParser.keywords.contains(first.text) {
            take()
            macro(first.text)
            return
        }
        guard file.drafts.count < PfParser.rulesMax else {
            throw wrong(first, "at most \(PfParser.rulesMax) rules")
        }
        switch first.text {
        case "pass", "block", "match": try filterRule(first)
        case "anchor": try anchor(first)
        case "set": try option(first)
        case "table": try table(first)
        case "antispoof": try antispoof(first)
        case "nat", "rdr", "binat": try translation(first, isException: false)
        case "scrub": try scrub(first, isException: false)
        case "no": try exception(first)
        case "nat-anchor", "rdr-anchor", "binat-anchor", "load", "include", "altq", "queue",
            "ether", "dummynet-anchor":
            besides(first)
        default: throw wrong(first, "a statement of pf.conf (pass, block, match, set, table, …)")
        }
    }

    private static let keywords: Set<String> = [
        "pass", "block", "match", "anchor", "set", "table", "antispoof", "nat", "rdr", "binat",
        "scrub", "no", "load", "include", "altq", "queue", "ether",
    ]

    private mutating func exception(_ first: PfToken) throws(PfSyntaxError) {
        let what = take()
        switch what.text {
        case "nat", "rdr", "binat": try translation(first, isException: true)
        case "scrub": try scrub(first, isException: true)
        default: throw wrong(what, "nat, rdr, binat or scrub")
        }
    }

    private mutating func macro(_ name: String) {
        var parts: [String] = []
        while true {
            let token = peek()
            if token.kind == .newline || token.kind == .end { break }
            take()
            if token.kind == .broken {
                note(
                    .error, token.place, token.text,
                    "the macro \(name) is made without it; rules that name it may be incomplete")
                continue
            }
            parts.append(token.text)
        }
        lexer.define(name, parts.joined(separator: " "))
    }

    /// Statements that have no part in what the rules of this file pass and block.
    private mutating func besides(_ first: PfToken) {
        let start = first.start
        let isBlockOfQueues = first.isWord("queue") || first.isWord("altq")
        var depth = 0
        while peek().kind != .end, peek().kind != .newline || (isBlockOfQueues && depth > 0) {
            let token = take()
            if token.isSymbol("{") { depth += 1 }
            if token.isSymbol("}") { depth -= 1 }
        }
        let text = lexer.text(from: start, to: last.end)
        let meaning =
            switch first.text {
            case "altq", "queue": "queues change how fast packets go, not whether they do"
            case "include": "the rules of that file are not read: give it together with this one"
            case "load": "the rules of that file are not read: the anchor is taken as empty"
            case "ether": "rules for Ethernet frames come before these and are not judged"
            case "dummynet-anchor": "pipes are not judged"
            default:
                "programs put translations into it at run time; it is taken as empty"
            }
        let kind: PolicyNote.Kind = first.text.hasSuffix("anchor") ? .assumed : .ignored
        note(kind, first.place, text, meaning)
    }

    // MARK: Anchors

    mutating func closeAnchor(_ token: PfToken) throws(PfSyntaxError) {
        guard let open = anchors.popLast() else { throw wrong(token, "no `}`: no anchor is open") }
        var rule = PolicyRule(.anchor, token.place, "}")
        rule.chain = file.drafts[open].rule.chain
        rule.isQuick = file.drafts[open].rule.isQuick
        var end = PfDraft(.filter, rule)
        end.closesAnchor = true
        end.end = open
        file.drafts.append(end)
        file.drafts[open].end = file.drafts.count
    }

    mutating func closeAnchors() {
        while let open = anchors.last {
            let place = file.drafts[open].rule.place
            note(
                .error, place, file.drafts[open].rule.text,
                "expected `}` before the end of the file; the rules up to there are taken as its")
            let token = PfToken(kind: .symbol, text: "}", place: place, start: 0, end: 0)
            do throws(PfSyntaxError) { try closeAnchor(token) } catch { return }
        }
    }

    /// The path of the anchors that are open.
    var chain: String { anchors.last.map { file.drafts[$0].rule.chain } ?? "" }
}
