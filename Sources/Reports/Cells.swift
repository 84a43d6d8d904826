// Cells of CSV (RFC 4180), so written that no spreadsheet runs what came from a log.

import Bytes

extension ByteWriter {
    /// A cell, quoted where it must be. A cell that a spreadsheet would take for a formula gets a
    /// quote mark in front: log text is not to be run.
    mutating func putCell(_ raw: [UInt8]) {
        var safe = ByteWriter(capacity: raw.count)
        safe.putSafe(raw)
        let text = safe.bytes
        let formula = isFormula(text)
        // A semicolon parts cells where the comma is in numbers.
        guard formula || text.contains(where: { ",;\"".utf8.contains($0) }) else {
            put(text)
            return
        }
        put("\"")
        if formula { put("'") }
        for byte in text {
            if byte == 0x22 { put("\"") }
            put(byte)
        }
        put("\"")
    }

    mutating func putCell(_ text: String) { putCell(Array(text.utf8)) }
}

/// Whether a spreadsheet calculates it: by its first sign, as it came or in its wide form, behind
/// blanks too. Tabs and line ends are none: `putSafe` has made text of them.
private func isFormula(_ text: [UInt8]) -> Bool {
    let rest = String(decoding: text, as: UTF8.self).unicodeScalars.drop {
        $0.properties.isWhitespace
    }
    guard let first = rest.first else { return false }
    return "=+-@＝＋－＠".unicodeScalars.contains(first)
}
