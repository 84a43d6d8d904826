// Swift source with its comments and texts blanked out, so that a rule sees code and nothing else.

/// The code of a source: every byte of a comment or of a string's text is a blank, line ends stay
/// where they are. What stands in an interpolation is code.
func codeOnly(_ source: String) -> String {
    var scanner = CodeScanner(Array(source.utf8))
    scanner.run()
    return String(decoding: scanner.out, as: UTF8.self)
}

private struct CodeScanner {
    private enum Place {
        /// In code; the number of parentheses open since an interpolation began.
        case code(parentheses: Int)
        /// In a string: how many `#` delimit it, and whether it is a multi-line one.
        case text(hashes: Int, long: Bool)
    }

    private let bytes: [UInt8]
    private var at = 0
    private var places: [Place] = [.code(parentheses: 0)]
    private(set) var out: [UInt8] = []

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func run() {
        while at < bytes.count {
            switch places[places.count - 1] {
            case .code(let parentheses): stepCode(parentheses)
            case .text(let hashes, let long): stepText(hashes, long)
            }
        }
    }

    private func has(_ text: String, _ offset: Int) -> Bool {
        bytes[min(offset, bytes.count)...].starts(with: text.utf8)
    }

    private mutating func keep() {
        out.append(bytes[at])
        at += 1
    }

    private mutating func blank(_ count: Int = 1) {
        for _ in 0..<count where at < bytes.count {
            out.append(bytes[at] == 0x0A ? 0x0A : 0x20)
            at += 1
        }
    }

    private mutating func stepCode(_ parentheses: Int) {
        if has("//", at) {
            while at < bytes.count, bytes[at] != 0x0A { blank() }
        } else if has("/*", at) {
            skipBlockComment()
        } else if let hashes = stringStart() {
            let long = has("\"\"\"", at + hashes)
            blank(hashes + (long ? 3 : 1))
            places.append(.text(hashes: hashes, long: long))
        } else {
            countParenthesis(parentheses)
            keep()
        }
    }

    /// How many `#` stand before the quote of a string that starts here; nil where none does.
    private func stringStart() -> Int? {
        var end = at
        while end < bytes.count, bytes[end] == 0x23 { end += 1 }
        return end < bytes.count && bytes[end] == 0x22 ? end - at : nil
    }

    private mutating func countParenthesis(_ open: Int) {
        let last = places.count - 1
        guard last > 0 else { return }
        if bytes[at] == 0x28 { places[last] = .code(parentheses: open + 1) }
        if bytes[at] == 0x29 {
            places[last] = .code(parentheses: open - 1)
            if open == 1 { places.removeLast() }
        }
    }

    private mutating func skipBlockComment() {
        var depth = 0
        repeat {
            if has("/*", at) {
                depth += 1
                blank(2)
            } else if has("*/", at) {
                depth -= 1
                blank(2)
            } else {
                blank()
            }
        } while depth > 0 && at < bytes.count
    }

    private mutating func stepText(_ hashes: Int, _ long: Bool) {
        let marks = String(repeating: "#", count: hashes)
        if has("\\" + marks + "(", at) {
            blank(1 + hashes)
            keep()
            places.append(.code(parentheses: 1))
        } else if bytes[at] == 0x5C, hashes == 0 {
            blank(2)
        } else if has((long ? "\"\"\"" : "\"") + marks, at) {
            blank((long ? 3 : 1) + hashes)
            places.removeLast()
        } else if bytes[at] == 0x0A, !long {
            // Not a string after all: a text on one line ends with it.
            blank()
            places.removeLast()
        } else {
            blank()
        }
    }
}
