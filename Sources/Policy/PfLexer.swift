// From the bytes of a pf.conf to words: quotes, comments, continued lines and macros.
//
// Read first: pf.conf(5), "MACROS". A macro is replaced by its text wherever a word may stand
// (never inside quotes), and the text is read as if it stood there: `$WAN` may be a whole list.

struct PfToken: Equatable, Sendable {
    enum Kind: UInt8, Sendable {
        case word
        /// It stood in quotes: it is a name and never a keyword.
        case quoted
        /// One or two characters of punctuation.
        case symbol
        case newline
        case end
        /// Quotes or a macro that cannot be read; `text` says what is wrong.
        case broken
    }

    var kind: Kind
    var text: String
    var place: SourcePlace
    /// Where in the file it begins and ends; of a macro's words, the macro's name.
    var start: Int
    var end: Int

    func isSymbol(_ symbol: String) -> Bool { kind == .symbol && text == symbol }
    func isWord(_ word: String) -> Bool { kind == .word && text == word }
}

struct PfLexer: Sendable {
    /// A macro's text that is being read, or the file.
    private struct Source: Sendable {
        var bytes: [UInt8]
        var at = 0
        var start = 0
        var end = 0
        var place: SourcePlace?
    }

    /// What is being read, and what goes on when it ends: the file is the first.
    private var current: Source
    private var outer: [Source] = []
    private var line = 1
    private var column = 1
    private(set) var macros: [String: String] = [:]
    // Limits: macros that name each other could be replaced for ever, and a dozen that each name
    // the one before twice make thousands of words. Real rules name macros of
    // a few bytes, about one for each word.
    private static let depthMax = 16
    private static let macrosMax = 65_536
    private var macroBytes = 0
    private let macroBytesMax: Int

    init(_ bytes: [UInt8]) {
        current = Source(bytes: bytes)
        macroBytesMax = (1 << 19) + 32 * bytes.count
    }

    mutating func define(_ name: String, _ value: String) {
        guard macros.count < PfLexer.macrosMax || macros[name] != nil else { return }
        macros[name] = value
    }

    // MARK: Bytes

    private var isInFile: Bool { outer.isEmpty }

    private func peek(_ ahead: Int = 0) -> UInt8? {
        let at = current.at + ahead
        return at < current.bytes.count ? current.bytes[at] : nil
    }

    private mutating func advance() {
        let byte = current.bytes[current.at]
        current.at += 1
        guard isInFile else { return }
        if byte == 0x0A {
            line += 1
            column = 1
        } else {
            column += 1
        }
    }

    /// The byte after a backslash and a newline, as pf reads both as nothing.
    private mutating func skipContinuation() -> Bool {
        guard peek() == 0x5C else { return false }
        if peek(1) == 0x0A {
            advance()
            advance()
            return true
        }
        guard peek(1) == 0x0D, peek(2) == 0x0A else { return false }
        advance()
        advance()
        advance()
        return true
    }

    /// The file's bytes from one offset to another, lines joined and blanks made one.
    func text(from start: Int, to end: Int) -> String {
        var out: [UInt8] = []
        var isBlank = true
        let file = outer.first ?? current
        for byte in file.bytes[start..<min(end, file.bytes.count)] {
            let blank = byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
            if blank, isBlank { continue }
            if blank, out.last == 0x5C { out.removeLast() }
            isBlank = blank
            if blank, out.last == 0x20 { continue }
            out.append(blank ? 0x20 : byte)
        }
        while out.last == 0x20 { out.removeLast() }
        return String(decoding: out, as: UTF8.self)
    }

    // MARK: Words

    mutating func next() -> PfToken {
        while true {
            if let token = scan() { return token }
        }
    }

    /// Nil where a macro's text has just begun or ended: look again.
    private mutating func scan() -> PfToken? {
        skipBlanks()
        let at = current.at
        let site = current.place
        let siteEnd = current.end
        let place = site ?? SourcePlace(line, column)
        let start = isInFile ? at : current.start
        func token(_ kind: PfToken.Kind, _ text: String, _ end: Int) -> PfToken {
            PfToken(
                kind: kind, text: text, place: place, start: start,
                end: site == nil ? end : siteEnd)
        }
        guard let byte = peek() else {
            guard let next = outer.popLast() else { return token(.end, "", at) }
            current = next
            return nil
        }
        switch byte {
        case 0x0A:
            advance()
            // A macro's text is one line.
            return isInFile ? token(.newline, "", at + 1) : nil
        case 0x22, 0x27: return quoted(byte, token)
        case 0x24: return macro(token)
        default: break
        }
        if isWordStart(byte) {
            var word: [UInt8] = []
            while true {
                if skipContinuation() { continue }
                guard let more = peek(), isWordByte(more) else { break }
                word.append(more)
                advance()
            }
            return token(
                .word, String(decoding: word, as: UTF8.self), current.at)
        }
        advance()
        let pair = [byte, peek() ?? 0]
        let two = String(decoding: pair, as: UTF8.self)
        if PfLexer.pairs.contains(two) {
            advance()
            return token(.symbol, two, current.at)
        }
        return token(
            .symbol, String(decoding: [byte], as: UTF8.self), current.at)
    }

    private static let pairs: Set<String> = ["->", "<>", "><", "!=", "<=", ">="]

    private mutating func skipBlanks() {
        while let byte = peek() {
            if byte == 0x20 || byte == 0x09 || byte == 0x0D {
                advance()
            } else if byte == 0x23 {
                while let next = peek(), next != 0x0A {
                    // A comment, too, goes on behind a backslash at the end of its line.
                    if !skipContinuation() { advance() }
                }
            } else if !skipContinuation() {
                return
            }
        }
    }

    private mutating func quoted(
        _ quote: UInt8, _ token: (PfToken.Kind, String, Int) -> PfToken
    ) -> PfToken {
        advance()
        var text: [UInt8] = []
        while let byte = peek() {
            if byte == quote {
                advance()
                return token(
                    .quoted, String(decoding: text, as: UTF8.self), current.at)
            }
            // Limit: pf itself takes no longer string; what follows an open quote is not swallowed.
            if byte == 0x0A || text.count > 8191 { break }
            if byte == 0x5C, let next = peek(1), next == quote || next == 0x20 || next == 0x09 {
                advance()
            }
            if skipContinuation() { continue }
            if let plain = peek(), plain != 0x0A {
                text.append(plain)
                advance()
            }
        }
        return token(.broken, "quotes that do not end", current.at)
    }

    private mutating func macro(_ token: (PfToken.Kind, String, Int) -> PfToken) -> PfToken? {
        advance()
        var name: [UInt8] = []
        while let byte = peek(), isNameByte(byte) {
            name.append(byte)
            advance()
        }
        let text = String(decoding: name, as: UTF8.self)
        let end = current.at
        guard let value = macros[text] else {
            return token(
                .broken, name.isEmpty ? "a lone $" : "the macro $\(text) is not defined", end)
        }
        macroBytes += value.utf8.count
        guard outer.count < PfLexer.depthMax else {
            return token(.broken, "the macro $\(text) names itself", end)
        }
        guard macroBytes <= macroBytesMax else {
            return token(.broken, "the macros make too long a text", end)
        }
        let site = token(.word, "", end)
        outer.append(current)
        current = Source(
            bytes: Array(value.utf8), start: site.start, end: site.end, place: site.place)
        return nil
    }

    /// Leaves the macros that are being read, for a line that is given up.
    mutating func leaveMacros() {
        guard let file = outer.first else { return }
        current = file
        outer.removeAll()
    }
}

private func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte >= 0x80
}

private func isNameByte(_ byte: UInt8) -> Bool { isLetterOrDigit(byte) || byte == 0x5F }

private func isWordStart(_ byte: UInt8) -> Bool {
    isLetterOrDigit(byte) || byte == 0x3A || byte == 0x5F || byte == 0x2A || byte == 0x2E
}

/// pfctl's parse.y, allowed_in_string(): everything visible but `(){}<>!=/#,`.
private func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x28, 0x29, 0x7B, 0x7D, 0x3C, 0x3E, 0x21, 0x3D, 0x2F, 0x23, 0x2C: false
    default: byte > 0x20 && byte != 0x7F
    }
}
