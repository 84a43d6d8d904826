// Text laid out for a terminal: styles, wrapping and tables, by the width text takes on screen.
//
// Everything put here is made safe first (`putSafe`), so a caller need not know which of its
// strings came from a log.

import Bytes

/// What text is laid out for; found at the edge, handed in as a value.
public struct Screen: Equatable, Sendable {
    /// How many columns a line may take.
    public var columns: Int
    /// Whether styles are written at all.
    public var color: Bool
    /// Whether it shows nothing but ASCII.
    public var isASCII: Bool

    // Limit: narrower screens are taken for this wide; wrapping needs room for a word.
    public static let columnsMin = 40

    public init(columns: Int = 80, color: Bool = false, isASCII: Bool = false) {
        self.columns = max(columns, Screen.columnsMin)
        self.color = color
        self.isASCII = isASCII
    }

    // Limit: prose in longer lines is hard to read, however wide the screen; tables and drawings
    // may be wider.
    public static let proseColumnsMax = 100

    /// How many columns a line of prose may take.
    public var proseColumns: Int { min(columns, Screen.proseColumnsMax) }
}

/// How a piece of text looks.
public struct Style: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let bold = Style(rawValue: 1)
    public static let dim = Style(rawValue: 2)
    public static let red = Style(rawValue: 4)
    public static let green = Style(rawValue: 8)
    public static let yellow = Style(rawValue: 16)
    public static let cyan = Style(rawValue: 32)
    /// Text to be typed; and such text in lines of its own.
    public static let command = Style(rawValue: 64)
    static let block = Style(rawValue: 128)

    // ECMA-48 §8.3.117 (SGR); the colours are of the eight that every terminal and theme has.
    static let codes: [(style: Style, code: Int)] = [
        (.bold, 1), (.dim, 2), (.red, 31), (.green, 32), (.yellow, 33), (.cyan, 36),
        (.command, 36),
    ]
}

/// A text in one style.
public struct Styled: Equatable, Sendable {
    /// Made safe already.
    let text: String
    let style: Style
    let width: Int
    /// Whether it follows what is before it without a blank.
    var isGlued = false

    public init(_ text: String, _ style: Style = []) { self.init(Array(text.utf8), style) }

    public init(_ raw: [UInt8], _ style: Style = []) {
        var safe = ByteWriter(capacity: raw.count)
        safe.putSafe(raw)
        text = safe.text
        self.style = style
        width = displayWidth(text)
    }
}

/// A writer that knows the screen it writes for.
public struct TerminalWriter: Sendable {
    public var writer: ByteWriter
    public let screen: Screen

    public init(_ screen: Screen) {
        writer = ByteWriter()
        self.screen = screen
    }

    /// A piece of text where the line stands.
    public mutating func put(_ text: String, _ style: Style = []) { put(Styled(text, style)) }

    public mutating func put(_ styled: Styled) {
        let piece = shown(styled)
        guard screen.color, !piece.style.isEmpty, !piece.text.isEmpty else {
            writer.put(piece.text)
            return
        }
        writer.put("\u{1B}[")
        var first = true
        for (style, code) in Style.codes where piece.style.contains(style) {
            if !first { writer.put(";") }
            first = false
            writer.put(code)
        }
        writer.put("m")
        writer.put(piece.text)
        writer.put("\u{1B}[0m")
    }

    /// A piece as this screen shows it.
    public func shown(_ piece: Styled) -> Styled {
        guard screen.isASCII else { return piece }
        var ascii = Styled(safe: piece.text.inASCII, piece.style)
        ascii.isGlued = piece.isGlued
        return ascii
    }

    public mutating func line(_ text: String = "", _ style: Style = []) {
        put(text, style)
        writer.put("\n")
    }

    public mutating func blanks(_ count: Int) {
        for _ in 0..<max(0, count) { writer.put(" ") }
    }

    /// Text broken at blanks so that it fits the screen. Each newline in the text ends a
    /// paragraph's line; one that starts with `- ` hangs under its own text, one that starts
    /// with four blanks stays as it is. `isProse`: backticks stand around commands.
    public mutating func paragraph(
        _ text: String, indent: Int = 0, _ style: Style = [], isProse: Bool = false
    ) {
        func pieces(_ text: Substring) -> [Styled] {
            isProse ? prose(String(text), style) : [Styled(String(text), style)]
        }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("    ") {
                // A drawing or a command: broken at its blanks it would say nothing.
                blanks(indent)
                put(String(line), style)
                writer.put("\n")
            } else if line.hasPrefix("- ") {
                fill(
                    pieces(line.dropFirst(2)), first: "- ", indent: indent, hanging: indent + 2)
            } else {
                fill(pieces(line), indent: indent, hanging: indent)
            }
        }
    }

    /// Pieces one behind another, broken at their blanks. The first line starts at `indent` with
    /// `first`, the others at `hanging`.
    public mutating func fill(
        _ pieces: [Styled], first: String = "", indent: Int = 0, hanging: Int = 0
    ) {
        fill(pieces, first: first, indent: indent, hanging: hanging, upTo: screen.proseColumns)
    }

    /// The rest of a line that stands at a column; further lines hang under it.
    public mutating func fillRest(_ pieces: [Styled], from column: Int) {
        var inner = TerminalWriter(screen)
        let end = min(screen.columns, column + Screen.proseColumnsMax)
        inner.fill(pieces, first: "", indent: column, hanging: column, upTo: end)
        writer.put(Array(inner.writer.bytes.dropFirst(column)))
    }

    private mutating func fill(
        _ pieces: [Styled], first: String, indent: Int, hanging: Int, upTo end: Int
    ) {
        blanks(indent)
        put(first)
        var column = indent + displayWidth(first)
        var atStart = true
        var endsWithBlock = false
        func width(_ word: [Styled]) -> Int { word.reduce(0) { $0 + $1.width } }
        for word in words(pieces.map(shown)) {
            endsWithBlock = word.first?.style.contains(.block) == true
            if endsWithBlock {
                putBlock(word[0], indent: hanging + 2, onNewLine: !atStart)
                blanks(hanging)
                column = hanging
                atStart = true
                continue
            }
            if !atStart, column + 1 + width(word) > end {
                writer.put("\n")
                blanks(hanging)
                column = hanging
                atStart = true
            }
            if !atStart {
                writer.put(" ")
                column += 1
            }
            // A word longer than the line stays whole: a command or an address that is cut
            // cannot be copied.
            for part in word { put(part) }
            column += width(word)
            atStart = false
        }
        if endsWithBlock {
            // It has ended its line itself; the blanks for what would follow go.
            writer.dropTrailingBlanks()
        } else {
            writer.put("\n")
        }
    }

    /// The words of pieces, each of the parts that stand together; a block is one word.
    private func words(_ pieces: [Styled]) -> [[Styled]] {
        var words: [[Styled]] = []
        for piece in pieces {
            if piece.style.contains(.block) {
                words.append([piece])
                continue
            }
            var isFirst = true
            for word in piece.text.split(separator: " ") {
                let styled = Styled(safe: String(word), piece.style)
                if isFirst, piece.isGlued, words.last?.first?.style.contains(.block) == false {
                    words[words.count - 1].append(styled)
                } else {
                    words.append([styled])
                }
                isFirst = false
            }
        }
        return words
    }

    /// A command by itself, and whole however narrow the screen is: with a line's end inside its
    /// quotes it would be another command where it is pasted.
    private mutating func putBlock(_ piece: Styled, indent: Int, onNewLine: Bool) {
        if onNewLine { writer.put("\n") } else { writer.dropTrailingBlanks() }
        var style = piece.style
        style.remove(.block)
        blanks(indent)
        put(Styled(safe: piece.text, style))
        writer.put("\n")
    }

    // Limit: a longer command among words is hard to find and to copy.
    private static let inlineMax = 50

    /// Text in which backticks stand around what is to be typed: that in a style of its own, and
    /// by itself where it is long.
    public func prose(_ text: String, _ style: Style = []) -> [Styled] {
        let parts = text.split(separator: "`", omittingEmptySubsequences: false)
        // A backtick without its other half is not ours.
        guard parts.count > 1, parts.count % 2 == 1 else { return [Styled(text, style)] }
        var pieces: [Styled] = []
        var follows = true
        for (place, part) in parts.enumerated() where !part.isEmpty {
            if place % 2 == 0 {
                var rest = part
                // The sign behind a block says nothing any more.
                if pieces.last?.style.contains(.block) == true {
                    rest = rest.drop { ".,;:".contains($0) }
                }
                var piece = Styled(String(rest), style)
                piece.isGlued = !follows && rest.first != " "
                if !rest.allSatisfy({ $0 == " " }) { pieces.append(piece) }
                follows = rest.isEmpty || rest.last == " "
                continue
            }
            let isBlock =
                follows && !pieces.isEmpty
                && displayWidth(String(part)) > TerminalWriter.inlineMax
            let quote = screen.color || isBlock ? "" : "`"
            var piece = Styled(quote + part + quote, isBlock ? [.command, .block] : .command)
            piece.isGlued = !follows
            pieces.append(piece)
            follows = false
        }
        return pieces
    }

    /// Rows of cells under each other. The last column wraps, the others are as wide as their
    /// widest cell.
    public mutating func table(_ given: [[Styled]], indent: Int = 0, gap: Int = 2) {
        let rows = given.map { $0.map(shown) }
        var widths: [Int] = []
        for row in rows {
            for (index, cell) in row.dropLast().enumerated() {
                if index == widths.count { widths.append(0) }
                widths[index] = max(widths[index], cell.width)
            }
        }
        for row in rows {
            blanks(indent)
            var column = indent
            for (index, cell) in row.dropLast().enumerated() {
                put(cell)
                blanks(widths[index] + gap - cell.width)
                column += widths[index] + gap
            }
            guard let last = row.last else { continue }
            // Where the columns before leave too little room, the last one runs on.
            if screen.columns - column < 20 {
                put(last)
                writer.put("\n")
            } else {
                fillRest([last], from: column)
            }
        }
    }
}

extension Styled {
    /// A part of a text that was made safe as a whole.
    init(safe text: String, _ style: Style) {
        self.text = text
        self.style = style
        width = displayWidth(text)
    }
}
