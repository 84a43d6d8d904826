// The documents as their tests see them: fenced blocks, the commands shown in them, links and
// headings. Read `BookTests` first.

import Foundation
import Testing

/// A page of the documentation, by its path from the checkout's root.
struct BookPage: Sendable, CustomTestStringConvertible {
    var path: String
    var testDescription: String { path }
    var file: URL { Program.root.appending(path: path) }

    func read() throws -> String { try String(contentsOf: file, encoding: .utf8) }

    /// What people read: the front page, the examples' stories, and the book.
    static let all: [BookPage] =
        ["README.md", "Examples/README.md"].map { BookPage(path: $0) } + inDocs(".md")

    static func inDocs(_ suffix: String) -> [BookPage] {
        let base = Program.root.appending(path: "docs").path
        let found = FileManager.default.enumerator(atPath: base)?.compactMap { $0 as? String }
        return (found ?? []).filter { $0.hasSuffix(suffix) }.sorted()
            .map { BookPage(path: "docs/\($0)") }
    }
}

/// A command of a console block and what is printed below it.
struct ShownRun: Equatable {
    var command: String
    var output: [String]
}

/// A line of a console block that stands for any number of lines.
let elision = "…"

/// What stands between two fences, with the place of its first line.
struct FencedBlock: Equatable {
    var start: Int
    var lines: [String]

    /// `$ COMMAND` and what it prints, once or more; nil where the block does not begin so.
    var runs: [ShownRun]? {
        guard lines.first?.hasPrefix("$ ") == true else { return nil }
        var all: [ShownRun] = []
        for line in lines {
            if line.hasPrefix("$ ") {
                all.append(ShownRun(command: String(line.dropFirst(2)), output: []))
            } else if let last = all.last, last.command.hasSuffix("\\"), last.output.isEmpty {
                all[all.count - 1].command += "\n" + line
            } else {
                all[all.count - 1].output.append(line)
            }
        }
        return all
    }
}

func bookLines(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
}

/// The fenced blocks of a page, in order. A fence may be indented, as in a list.
func fencedBlocks(_ text: String) -> [FencedBlock] {
    var all: [FencedBlock] = []
    var open: FencedBlock?
    for (index, line) in bookLines(text).enumerated() {
        if line.drop(while: { $0 == " " }).hasPrefix("```") {
            if let block = open { all.append(block) }
            open = open == nil ? FencedBlock(start: index + 1, lines: []) : nil
        } else {
            open?.lines.append(line)
        }
    }
    return all
}

/// Whether what is shown is what was printed, where an elision stands for any lines.
func shows(_ shown: [String], _ printed: [String]) -> Bool {
    let parts = shown.split(separator: elision, omittingEmptySubsequences: false).map(Array.init)
    guard parts.count > 1 else { return shown == printed }
    guard let first = parts.first, let last = parts.last, printed.starts(with: first),
        printed.count >= first.count + last.count, printed.suffix(last.count).elementsEqual(last)
    else { return false }
    var rest = printed[first.count..<(printed.count - last.count)]
    for part in parts[1..<(parts.count - 1)] {
        let place = rest.indices.first { rest[$0...].starts(with: part) }
        guard let place else { return false }
        rest = rest[(place + part.count)...]
    }
    return true
}

/// What to show of what was printed now, cut as it was before: as many lines above the first
/// elision and below the last. Nil where there are several, which only a reader can place.
func reshown(_ shown: [String], _ printed: [String]) -> [String]? {
    if shows(shown, printed) { return shown }
    let parts = shown.split(separator: elision, omittingEmptySubsequences: false)
    if parts.count == 1 { return printed }
    guard parts.count == 2, printed.count > parts[0].count + parts[1].count else { return nil }
    return printed.prefix(parts[0].count) + [elision] + printed.suffix(parts[1].count)
}

/// The words of every call of `stray` in a line of shell, without the program's name.
func strayCalls(_ line: String) -> [[String]] {
    var calls: [[String]] = []
    var current: [String] = []
    var skipsNext = false
    for word in shellWords(line) + ["|"] {
        switch word {
        case "|", "&&", ";", "||":
            if let name = current.first, ["stray", "./stray"].contains(name) {
                calls.append(Array(current.dropFirst()))
            }
            current = []
        case ">", "<", ">>", "2>": skipsNext = true
        default:
            if !skipsNext { current.append(word) }
            skipsNext = false
        }
    }
    return calls
}

/// A line of shell as words: quotes are taken off, operators are words, comments end it.
func shellWords(_ line: String) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    for character in line {
        if let mark = quote {
            if character == mark { quote = nil } else { word = (word ?? "") + String(character) }
        } else if character == "'" || character == "\"" {
            quote = character
            word = word ?? ""
        } else if character == " " || character == "|" || character == ";" {
            if let done = word { words.append(done) }
            word = nil
            if character != " " { words.append(String(character)) }
        } else if character == "#", word == nil {
            break
        } else {
            word = (word ?? "") + String(character)
        }
    }
    return words + (word.map { [$0] } ?? [])
}

/// Whether a word stands for something else: `FILE`, `ID`, `NAME=VALUE`, `…`.
func isPlaceholder(_ word: String) -> Bool {
    word.contains(elision) || word.wholeMatch(of: /[A-Z][A-Z|=.\-]+/) != nil
}

// MARK: Links

/// The page without what is code, line for line.
func proseOnly(_ text: String) -> [String] {
    var isCode = false
    return bookLines(text).map { line in
        if line.drop(while: { $0 == " " }).hasPrefix("```") {
            isCode.toggle()
            return ""
        }
        if isCode || line.hasPrefix("    ") { return "" }
        return line.replacing(/`[^`]*`/, with: "")
    }
}

/// The targets of a page's links.
func links(_ text: String) -> [String] {
    proseOnly(text).flatMap { line in
        line.matches(of: /\]\(([^)\s]+)\)/).map { String($0.1) }
    }
}

/// What `#…` may name in a page, as GitHub names headings.
func anchors(_ text: String) -> Set<String> {
    var seen: Set<String> = []
    var isCode = false
    for line in bookLines(text) {
        if line.hasPrefix("```") { isCode.toggle() }
        guard !isCode, let heading = line.wholeMatch(of: /#{1,6} +(.*)/) else { continue }
        let kept = heading.1.lowercased().filter {
            $0.isLetter || $0.isNumber || " -_".contains($0)
        }
        let name = kept.replacing(" ", with: "-")
        var unique = name
        var count = 0
        while !seen.insert(unique).inserted {
            count += 1
            unique = "\(name)-\(count)"
        }
    }
    return seen
}

/// Where a link leads from a page, as a path from the root and an anchor; nil for other sites.
func target(_ link: String, from page: String) -> (path: String, anchor: String?)? {
    guard !link.contains(/^[a-z]+:/) else { return nil }
    let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let anchor = parts.count > 1 ? String(parts[1]) : nil
    if parts[0].isEmpty { return (page, anchor) }
    var folders = page.split(separator: "/").dropLast().map(String.init)
    for step in parts[0].split(separator: "/") {
        switch step {
        case "..": if folders.popLast() == nil { return ("outside the checkout", anchor) }
        case ".": break
        default: folders.append(String(step))
        }
    }
    return (folders.joined(separator: "/"), anchor)
}
