// Our own prose as Markdown: the pages of causes and dialects, which `docs/` keeps. What comes from a
// log is not written by this.

import Bytes

extension ByteWriter {
    /// Only what Markdown would take for markup is escaped, and code stays code.
    mutating func putMarkdown(_ text: String) {
        for (place, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            if place > 0 { put("\n") }
            // Four blanks make it code, which Markdown leaves alone.
            if line.hasPrefix("    ") { put(String(line)) } else { putMarkdownLine(String(line)) }
        }
    }

    private mutating func putMarkdownLine(_ text: String) {
        var isCode = false
        for scalar in text.unicodeScalars {
            if scalar == "`" { isCode.toggle() }
            if !isCode, "<>*_[]|".unicodeScalars.contains(scalar) { put("\\") }
            put(String(scalar))
        }
    }

    /// A headed list; nothing at all when it is empty.
    mutating func putMarkdown(_ heading: String, _ items: [String], numbered: Bool = false) {
        guard !items.isEmpty else { return }
        put("\n## \(heading)\n\n")
        for (index, item) in items.enumerated() {
            put(numbered ? "\(index + 1). " : "- ")
            putMarkdown(item)
            put("\n")
        }
    }
}
