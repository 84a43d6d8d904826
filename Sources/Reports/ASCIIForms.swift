// Text for a screen that shows nothing but ASCII: the signs that Stray itself writes have a form of
// their own, any other character stands as its number.

import Bytes

extension String {
    /// The same in ASCII.
    var inASCII: String {
        if utf8.allSatisfy({ $0 < 0x80 }) { return self }
        var out = ""
        for scalar in unicodeScalars {
            if scalar.isASCII {
                out.unicodeScalars.append(scalar)
            } else if let form = asciiForms[scalar] {
                out += form
            } else {
                var number = ByteWriter(capacity: 10)
                number.put("\\u{")
                number.putHex(UInt64(scalar.value), width: scalar.value > 0xFFFF ? 5 : 4)
                number.put("}")
                out += number.text
            }
        }
        return out
    }
}

private let asciiForms: [Unicode.Scalar: String] = [
    "→": "->", "←": "<-", "↔": "<->", "▶": ">", "◀": "<", "…": "...", "·": "-", "–": "-", "—": "-",
    "“": "\"", "”": "\"", "‘": "'", "’": "'", "×": "x", "±": "+-", "≥": ">=", "≤": "<=", "✕": "X",
    "│": "|", "─": "-", "┼": "+", "├": "+", "┤": "+", "┬": "+", "┴": "+", "┌": "+", "┐": "+",
    "└": "+", "┘": "+", "╎": ":", "╌": "-", "█": "#", "▇": "#", "▆": "*", "▅": "*", "▄": "+",
    "▃": "+", "▂": "-", "▁": ".", "§": "section ", "¹": "(1)", "µ": "u", "°": "deg", "✔": "ok",
    "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "\u{A0}": " ",
]
