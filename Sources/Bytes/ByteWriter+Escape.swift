// Text of unknown origin on its way to a terminal or a document.
//
// Log text can carry terminal escapes, bidirectional marks and broken UTF-8. Nothing of it may
// reach a terminal or a page as it came.

extension ByteWriter {
    /// Text made safe for a terminal: control characters, escape sequences and marks that change
    /// the direction of writing appear as `\x1b`-like text; broken UTF-8 as U+FFFD.
    public mutating func putSafe(_ raw: [UInt8]) {
        for scalar in String(decoding: raw, as: UTF8.self).unicodeScalars {
            if scalar.value < 0x20 || scalar.value == 0x7F {
                put("\\x")
                putHex(UInt64(scalar.value), width: 2)
            } else if isInvisible(scalar.value) {
                put("\\u{")
                putHex(UInt64(scalar.value), width: scalar.value > 0xFFFF ? 5 : 4)
                put("}")
            } else {
                put(String(scalar))
            }
        }
    }

    public mutating func putSafe(_ text: String) { putSafe(Array(text.utf8)) }

    /// A JSON string with its quotes. `<`, `>` and `&` are escaped too, so that the document can
    /// stand inside a page.
    public mutating func putJSON(_ raw: [UInt8]) {
        put(0x22)
        for scalar in String(decoding: raw, as: UTF8.self).unicodeScalars {
            switch scalar {
            case "\"": put("\\\"")
            case "\\": put("\\\\")
            case "\n": put("\\n")
            case "\t": put("\\t")
            case "\r": put("\\r")
            case "<", ">", "&": putUnicodeEscape(scalar.value)
            default:
                if scalar.value < 0x20 || scalar.value == 0x7F || isInvisible(scalar.value) {
                    putUnicodeEscape(scalar.value)
                } else {
                    put(String(scalar))
                }
            }
        }
        put(0x22)
    }

    public mutating func putJSON(_ text: String) { putJSON(Array(text.utf8)) }

    private mutating func putUnicodeEscape(_ value: UInt32) {
        if value > 0xFFFF {
            let offset = value - 0x1_0000
            putUnicodeEscape(0xD800 + offset >> 10)
            putUnicodeEscape(0xDC00 + offset & 0x3FF)
            return
        }
        put("\\u")
        putHex(UInt64(value), width: 4)
    }
}

/// C1 controls, zero-width characters and marks that override the direction of writing.
private func isInvisible(_ value: UInt32) -> Bool {
    (0x80...0x9F).contains(value) || (0x200B...0x200F).contains(value)
        || (0x2028...0x202E).contains(value) || (0x2060...0x2069).contains(value)
        || value == 0xFEFF || value == 0xAD || value == 0x61C || (0xE0000...0xE007F).contains(value)
}
