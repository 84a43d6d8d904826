// The rules that every source keeps to, each a function from a text to what is wrong with it. Their
// reasons stand in CONTRIBUTING.md; `RuleTests` shows that each of them can fail.

import Foundation

enum Limits {
    static let fileLines = 400
    static let lineColumns = 100
    static let functionLines = 60
}

/// The floors of the rooms. A room imports rooms of a lower floor only, never of its own.
let floors: [String: Int] = [
    "Bytes": 0, "Facts": 1,
    "Wire": 2, "Dialects": 2, "Policy": 2, "Evidence": 2,
    "Tracking": 3, "Captures": 3, "Causes": 3,
    "Replay": 4, "Remedies": 4, "Exhibits": 4,
    "Reports": 5, "Inputs": 5, "Live": 5, "Store": 5,
    "Guard": 6, "stray": 7,
]

/// Floors up to this one are pure: no I/O, no clock, no environment, no Foundation.
let lastPureFloor = 4

/// The modules beside rooms that a pure room may import: `memchr` is what lines are split with, and
/// vector comparisons are what columns are found with.
let pureImports: [String: Set<String>] = ["Bytes": ["CVector", "Glibc"]]

/// The rooms in which the word `unsafe` may stand.
let unsafeRooms: Set<String> = ["Bytes", "Inputs"]

func lines(_ text: String) -> [Substring] {
    var all = text.split(separator: "\n", omittingEmptySubsequences: false)
    if all.last == "" { all.removeLast() }
    return all
}

func tooManyLines(_ text: String) -> [String] {
    let count = lines(text).count
    return count > Limits.fileLines ? ["\(count) lines"] : []
}

func tooLongLines(_ text: String) -> [String] {
    lines(text).enumerated().compactMap { index, line in
        line.count > Limits.lineColumns ? "line \(index + 1): \(line.count) columns" : nil
    }
}

/// Functions and initialisers by their braces.
func tooLongFunctions(_ text: String) -> [String] {
    let start = /\b(func\s+\S+|init[?(<]|deinit\b|subscript\b)/
    var wrong: [String] = []
    let code = lines(codeOnly(text))
    for (index, line) in code.enumerated() where line.firstMatch(of: start) != nil {
        guard let length = blockLines(code, from: index), length > Limits.functionLines
        else { continue }
        wrong.append("line \(index + 1): a function of \(length) lines")
    }
    return wrong
}

/// How many lines the block takes that opens at or soon after a line; nil where none opens.
private func blockLines(_ code: [Substring], from start: Int) -> Int? {
    var depth = 0
    var opened = false
    for index in start..<code.count {
        for character in code[index] {
            if character == "{" { depth += 1 }
            if character == "}" { depth -= 1 }
            if depth > 0 { opened = true }
            // The end of what the declaration stands in: it has no body, as in a protocol.
            if depth < 0 { return nil }
        }
        if opened, depth == 0 { return index - start + 1 }
        if !opened, index > start, code[index].contains(/\b(func|var|let|case)\b/) { return nil }
    }
    return nil
}

func importedModules(_ text: String) -> [String] {
    lines(codeOnly(text)).compactMap { line in
        let declaration =
            /^\s*(?:@\w+(?:\(\w+\))?\s+)*(?:public |package |internal )?import\s+(?:struct |func |class |enum )?(\w+)/
        return line.firstMatch(of: declaration).map { String($0.1) }
    }
}

/// What a file of a room imports that it must not.
func wrongImports(_ text: String, room: String) -> [String] {
    guard let own = floors[room] else { return ["\(room) has no floor"] }
    return importedModules(text).compactMap { module in
        if let floor = floors[module] {
            return floor < own ? nil : "\(room) (floor \(own)) imports \(module) (floor \(floor))"
        }
        guard own <= lastPureFloor else { return nil }
        if pureImports[room]?.contains(module) == true { return nil }
        return "\(room) is pure and imports \(module)"
    }
}

func wrongUnsafe(_ text: String, room: String) -> [String] {
    guard !unsafeRooms.contains(room) else { return [] }
    return lines(codeOnly(text)).enumerated().compactMap { index, line in
        line.contains(/\bunsafe\b/) ? "line \(index + 1): unsafe in \(room)" : nil
    }
}

/// Printing belongs to the command alone.
func wrongPrint(_ text: String, room: String) -> [String] {
    guard room != "stray" else { return [] }
    return lines(codeOnly(text)).enumerated().compactMap { index, line in
        line.contains(/\b(print|debugPrint)\(/) ? "line \(index + 1): prints" : nil
    }
}

/// Words that say that something is not done. Written in two halves, or they would find themselves.
func leftOverMarkers(_ text: String) -> [String] {
    let words = ["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"]
    return lines(text).enumerated().compactMap { index, line in
        // Whole words: `FINPSHACK` is a way to write flags.
        let found = line.split { !$0.isLetter }.contains { words.contains(String($0)) }
        return found ? "line \(index + 1): \(line)" : nil
    }
}

/// A file opens with a sentence on what it is.
func missingOpening(_ text: String) -> [String] {
    text.hasPrefix("// ") ? [] : ["no sentence at the top"]
}
