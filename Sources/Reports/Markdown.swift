// Text on its way into Markdown (CommonMark and GitHub's): prose stays prose, and every word that
// markup could be made of becomes code, in which nothing is a link, a mention or HTML.
//
// A backslash would not do: what trackers make of `@name`, `#12` and addresses they look for in the
// finished page, where backslashes are gone; but they leave code alone.

import Bytes

extension ByteWriter {
    /// A line of text, in which backticks stand around code as in Stray's own texts. Nothing that
    /// it holds can end the line. `inTable`: it stands in a cell.
    mutating func putMarkdown(_ text: String, inTable: Bool = false) {
        var safe = ByteWriter(capacity: text.utf8.count)
        safe.putSafe(text)
        var parts = safe.text.split(separator: "`", omittingEmptySubsequences: false)
        // A backtick without its other half is no mark of ours.
        if parts.count % 2 == 0 { parts = [safe.text[...]] }
        var isFirst = true
        for (place, part) in parts.enumerated() {
            if place % 2 == 1 {
                if !isFirst, parts[place - 1].last == " " || parts[place - 1].isEmpty { put(" ") }
                putCode(String(part), inTable: inTable)
                isFirst = false
                continue
            }
            if part.first == " ", !isFirst { put(" ") }
            for (number, word) in part.split(separator: " ").enumerated() {
                if number > 0 { put(" ") }
                putWord(String(word), inTable: inTable, beginsLine: isFirst)
                isFirst = false
            }
        }
    }

    private mutating func putWord(_ word: String, inTable: Bool, beginsLine: Bool) {
        // A number with a point or a bracket would begin a list.
        if beginsLine, word.wholeMatch(of: /[0-9]+[.)]+/) != nil {
            return putCode(word, inTable: inTable)
        }
        // The signs of a menu's path. A first one would begin a quotation.
        if word == ">" { return put("\\>") }
        // What stands around a word is not of it: `(10.0.0.1:443,` is code between signs.
        var inner = word[...]
        var ending = ""
        while let first = inner.first, "(\"".contains(first), inner.count > 1 {
            put(String(first))
            inner = inner.dropFirst()
        }
        while let last = inner.last, ".,;:)?\"".contains(last), inner.count > 1, !isPlain(inner) {
            ending = String(last) + ending
            inner = inner.dropLast()
        }
        if isPlain(inner) { put(String(inner)) } else { putCode(String(inner), inTable: inTable) }
        put(ending)
    }

    /// A span of code. Empty text makes none.
    mutating func putCode(_ text: String, inTable: Bool = false) {
        guard !text.isEmpty else { return }
        var safe = ByteWriter(capacity: text.utf8.count)
        safe.putSafe(text)
        var shown = ""
        for character in safe.text.unicodeScalars {
            switch character {
            // A bar would end the cell, in code too.
            case "|" where inTable: shown += "\\x7c"
            default: shown.unicodeScalars.append(character)
            }
        }
        // CommonMark 0.31 §6.1: as many backticks as do not stand in it, and blanks at its ends.
        var longest = 0
        var run = 0
        for character in shown {
            run = character == "`" ? run + 1 : 0
            longest = max(longest, run)
        }
        let fence = String(repeating: "`", count: longest + 1)
        let pad = shown.first == "`" || shown.last == "`" ? " " : ""
        put(fence + pad + shown + pad + fence)
    }
}

/// Whether a word is one of prose: letters with a hyphen or an apostrophe between them, or a
/// number, a date, a time, and the signs that end a sentence.
private func isPlain(_ word: Substring) -> Bool {
    if ["→", "·", "%", "&", ""].contains(word) { return true }
    if isClock(word) { return true }
    var body = word
    while let last = body.last, ".,;:)?".contains(last) { body = body.dropLast() }
    // What follows code without a blank.
    if body.isEmpty { return true }
    let scalars = body.unicodeScalars
    if scalars.allSatisfy({ ("0"..."9").contains($0) || $0 == "," }) { return true }
    guard let first = scalars.first, let last = scalars.last, first.properties.isAlphabetic,
        last.properties.isAlphabetic
    else { return false }
    return scalars.allSatisfy { $0.properties.isAlphabetic || "-'’".unicodeScalars.contains($0) }
}

/// `2026-11-19` or `16:00:07`, and nothing that only looks like it: `:100:` is a picture.
private func isClock(_ word: Substring) -> Bool {
    let shape = word.map { ("0"..."9").contains($0) ? "9" : $0 }
    return ["9999-99-99", "99:99:99"].contains(String(shape))
}
