// TCP flags in any notation that logs, captures and people write them in, read into flags.
//
// Read RFC 9293 §3.1 for the eight flags, RFC 9768 §3.1 for the ninth (AE), which `TCPFlags` has
// no room for: it is reported beside them. How each dialect writes flags is in `FlagSpelling`.

import Facts

/// What a text was read as.
public struct FlagReading: Equatable, Sendable {
    public enum Notation: Equatable, Sendable {
        /// The text says that there are none.
        case none
        /// `FA`, and `F.` with tcpdump's dot for ACK.
        case letters
        /// `FIN ACK`, `FIN-ACK`, `(ACK,FIN)`, with or without a number before it.
        case words
        /// `***A***F`: a place for each flag.
        case places
        /// `ACK=1 FIN=0`.
        case switches
        case decimal
        case hexadecimal
    }

    public var flags: TCPFlags
    public var notation: Notation
    /// The ninth flag (AE, once NS) is set as well.
    public var accurateECN = false
    /// What a decimal number would be if it had been meant as hexadecimal, where that differs:
    /// some products print hexadecimal without `0x`.
    public var asHexadecimal: TCPFlags?

    init(_ flags: TCPFlags, _ notation: Notation, accurateECN: Bool = false) {
        self.flags = flags
        self.notation = notation
        self.accurateECN = accurateECN
    }
}

/// Why a text is no TCP flags. Offsets count bytes from the start of the text.
public enum FlagFailure: Error, Equatable, Sendable {
    case empty
    case unknown(offset: Int, count: Int)
    /// The number has more bits than TCP has flags.
    case tooLarge(offset: Int, count: Int)
    /// `flag 12 fin`: the number and the words say different things.
    case contradiction(number: UInt8, words: UInt8)
}

extension FlagReading {
    /// The flags that a text stands for, in whatever notation.
    public init(_ text: String) throws(FlagFailure) {
        let core = strippedOfWrapping(text[...])
        guard !core.isEmpty else {
            // `[]` and `tcpflags=""` say that there are none; nothing at all says nothing.
            guard text.contains(where: { !$0.isWhitespace }) else { throw .empty }
            self.init([], .none)
            return
        }
        if let reading = try FlagReading(number: core, in: text) ?? FlagReading(signs: core) {
            self = reading
            return
        }
        self = try FlagReading(words: core, in: text)
    }

    /// A number alone: `0x11`, `17`, `1b`.
    private init?(number core: Substring, in text: String) throws(FlagFailure) {
        guard let number = Number(core) else { return nil }
        guard let value = number.value, value <= 0x1FF else {
            throw .tooLarge(
                offset: text.utf8.distance(from: text.startIndex, to: core.startIndex),
                count: core.utf8.count)
        }
        self.init(
            TCPFlags(rawValue: UInt8(truncatingIfNeeded: value)),
            number.isDecimal ? .decimal : .hexadecimal, accurateECN: value > 0xFF)
        if number.isDecimal, let other = UInt16(core, radix: 16), other <= 0xFF, other != value {
            asHexadecimal = TCPFlags(rawValue: UInt8(other))
        }
    }

    /// The notations of single signs and of fixed words; nil when it is none of them.
    private init?(signs core: Substring) {
        let lower = core.lowercased()
        if ["none", "null", "-", "no flags"].contains(lower) {
            self.init([], .none)
        } else if let flag = flagWord(lower[...]) {
            // Before letters: `ECE` and `CWR` are made of letters that are flags themselves.
            self.init(flag == .accurate ? [] : flag, .words, accurateECN: flag == .accurate)
        } else if let reading = FlagReading(letters: core) ?? FlagReading(places: core) {
            self = reading
        } else if let flags = oldPacketFilter(core) {
            self.init(flags, .letters)
        } else {
            return nil
        }
    }

    /// `FA`, `fa`, `F.`, `.`, `SEWe`.
    fileprivate init?(letters core: Substring) {
        // Where all is lower case, the shift key was; beside capitals, `e` is tcpdump's AE.
        let allLower = !core.utf8.contains { (0x41...0x5A).contains($0) }
        var all: TCPFlags = []
        var accurate = false
        for byte in core.utf8 {
            if byte == 0x65, !allLower, !accurate {
                accurate = true
                continue
            }
            let letter = allLower && byte >= 0x61 ? byte &- 0x20 : byte
            // A letter that comes twice is no flag notation: `FF` was a number, or a slip.
            guard let flag = TCPFlags(letter: letter), !all.contains(flag) else { return nil }
            all.formUnion(flag)
        }
        self.init(all, .letters, accurateECN: accurate)
    }

    /// `***A***F`, `...A...F`, with a filler for each flag that is not set. Snort calls CWR and
    /// ECE by their old names: reserved bits 1 and 2.
    private init?(places core: Substring) {
        guard core.unicodeScalars.count >= 6 else { return nil }
        var all: TCPFlags = []
        for scalar in core.unicodeScalars {
            switch scalar {
            case "*", "·", "_", "-", ".": continue
            case "1": all.formUnion(.cwr)
            case "2": all.formUnion(.ece)
            default:
                guard scalar.isASCII, let flag = TCPFlags(letter: UInt8(scalar.value)),
                    !all.contains(flag)
                else { return nil }
                all.formUnion(flag)
            }
        }
        self.init(all, .places)
    }

    /// `ACK FIN`, `FIN-ACK`, `SYN|ACK`, `synack`, `12 syn ack`, `ACK=1 FIN=0`.
    private init(words core: Substring, in text: String) throws(FlagFailure) {
        var all: TCPFlags = []
        var accurate = false
        var notation = Notation.words
        var number: UInt8?
        let tokens = core.split(whereSeparator: isBetweenWords)
        for (index, token) in tokens.enumerated() {
            let failure = FlagFailure.unknown(
                offset: text.utf8.distance(from: text.startIndex, to: token.startIndex),
                count: token.utf8.count)
            // With a digit: `ECE` is hexadecimal too.
            if index == 0, tokens.count > 1, token.utf8.contains(where: isASCIIDigit),
                let value = UInt16(withoutHexMark(token), radix: 16)
            {
                guard value <= 0x1FF else { throw failure }
                number = UInt8(truncatingIfNeeded: value)
                continue
            }
            var word = token
            if let sign = token.firstIndex(of: "=") {
                notation = .switches
                word = token[..<sign]
                guard ["0", "1"].contains(token[sign...].dropFirst()) else { throw failure }
            }
            guard let flags = gluedWords(word) else { throw failure }
            if notation == .switches, token.last == "0" { continue }
            if flags == .accurate { accurate = true } else { all.formUnion(flags) }
        }
        if let number, number != all.rawValue {
            throw .contradiction(number: number, words: all.rawValue)
        }
        self.init(all, notation, accurateECN: accurate)
    }
}

/// A text that is one number as a whole.
private struct Number {
    /// Nil when it does not fit 64 bits.
    let value: UInt64?
    let isDecimal: Bool

    init?(_ core: Substring) {
        let digits = withoutHexMark(core)
        // ASCII only: `isHexDigit` and `isNumber` know the digits of other scripts too.
        // Without a mark or a digit it is letters: `FA`, `ACE`.
        guard !digits.isEmpty, digits != core || core.utf8.contains(where: isASCIIDigit),
            digits.utf8.allSatisfy({ isASCIIDigit($0) || (0x61...0x66).contains($0 | 0x20) })
        else { return nil }
        isDecimal = digits == core && digits.utf8.allSatisfy(isASCIIDigit)
        value = UInt64(digits, radix: isDecimal ? 10 : 16)
    }
}

private func isASCIIDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

private func withoutHexMark(_ text: Substring) -> Substring {
    text.hasPrefix("0x") || text.hasPrefix("0X") ? text.dropFirst(2) : text
}

private let wrappings: [(open: Character, close: Character)] = [
    ("[", "]"), ("(", ")"), ("{", "}"), ("<", ">"), ("\"", "\""), ("'", "'"), ("“", "”"),
    ("‘", "’"), ("`", "`"),
]

/// The text without its label (`tcp_flags:`), its quotes and its brackets, in any order.
private func strippedOfWrapping(_ text: Substring) -> Substring {
    var core = text
    while true {
        let before = core
        core = trimmed(core)
        if let end = endOfLabel(core) { core = core[end...] }
        for (open, close) in wrappings
        where core.count >= 2 && core.first == open && core.last == close {
            core = core.dropFirst().dropLast()
        }
        if core == before { return core }
    }
}

private func trimmed(_ text: Substring) -> Substring {
    var core = text
    while let first = core.first, first.isWhitespace { core = core.dropFirst() }
    while let last = core.last, last.isWhitespace || last == ";" || last == "," {
        core = core.dropLast()
    }
    return core
}

/// Where the flags begin behind `flag`, `Flags`, `tcp_flags:`, `TCP Flag(s):`, `tcpflags="`; nil
/// when there is no such label.
private func endOfLabel(_ text: Substring) -> Substring.Index? {
    var at = text.startIndex
    // Limit: a label stands at the front; looking further would cost the square of a long text.
    for _ in 0..<24 {
        guard at < text.endIndex else { return nil }
        if text[at...].prefix(4).lowercased() == "flag" { break }
        at = text.index(after: at)
    }
    guard text[at...].prefix(4).lowercased() == "flag" else { return nil }
    at = text.index(at, offsetBy: 4)
    while at < text.endIndex, text[at].isLetter { at = text.index(after: at) }
    if text[at...].hasPrefix("(s)") { at = text.index(at, offsetBy: 3) }
    if text[at...].hasPrefix("\":") { at = text.index(after: at) }
    while at < text.endIndex, text[at].isWhitespace || ":=".contains(text[at]) {
        at = text.index(after: at)
    }
    // `note="TCP Flag(s): ACK FIN"`: the quote that closes opened before the label.
    return at
}

private func isBetweenWords(_ character: Character) -> Bool {
    character.isWhitespace || ",-|+/&;\"()[]".contains(character)
}

/// What OpenBSD's old tcpdump prints: letters, or a dot for none of S F P R, and ACK as `ack N`.
private func oldPacketFilter(_ core: Substring) -> TCPFlags? {
    let tokens = core.split(separator: " ")
    guard (3...4).contains(tokens.count), tokens[tokens.count - 2] == "ack",
        tokens[tokens.count - 1].utf8.allSatisfy(isASCIIDigit)
    else { return nil }
    if tokens[0] == "." { return .ack }
    return FlagReading(letters: tokens[0])?.flags.union(.ack)
}

extension TCPFlags {
    /// Stands for AE while words are read; no word means all eight flags at once.
    fileprivate static let accurate = TCPFlags(rawValue: 0xFF)
}

private func flagWord(_ word: Substring) -> TCPFlags? {
    switch word {
    case "fin": .fin
    case "syn": .syn
    case "rst", "reset": .rst
    case "psh", "push": .psh
    case "ack": .ack
    case "urg", "urgent": .urg
    case "ece": .ece
    case "cwr": .cwr
    // Not `ae`: those letters are ACK and ECE.
    case "ns": .accurate
    default: nil
    }
}

/// One word, or several without anything between them: `synack`.
private func gluedWords(_ word: Substring) -> TCPFlags? {
    let lower = word.lowercased()[...]
    if let flag = flagWord(lower) { return flag }
    var rest = lower
    var all: TCPFlags = []
    while !rest.isEmpty {
        var taken: TCPFlags?
        for count in [6, 5, 4, 3] where taken == nil && rest.count >= count {
            taken = flagWord(rest.prefix(count))
            if taken != nil { rest = rest.dropFirst(count) }
        }
        guard let taken else { return nil }
        all.formUnion(taken)
    }
    return all.isEmpty ? nil : all
}
