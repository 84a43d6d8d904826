// Writes a page in which nothing from a log can become markup.
//
// Invariant: markup is a `StaticString`, which only the source of this program can make. All other
// text goes through `text` or an attribute's value, and both are escaped. A `put(String)` that
// writes as is would open every name in a log to the page.

import Bytes

struct HTMLWriter {
    private(set) var writer = ByteWriter()

    var bytes: [UInt8] { writer.bytes }
    var count: Int { writer.count }

    // Limit: what is shown of one text. A name in a log can be as long as a line.
    static let textMax = 320

    /// Markup of the program's own.
    mutating func markup(_ markup: StaticString) { writer.put(HTMLWriter.bytes(of: markup)) }

    /// What another writer has written.
    mutating func put(_ other: HTMLWriter) { writer.put(other.bytes) }

    /// JSON inside the page. `putJSON` has escaped `<`, `>` and `&` in all strings.
    mutating func data(_ json: ByteWriter) { writer.put(json.bytes) }

    mutating func number(_ number: Int) { writer.put(number) }

    /// Text of any origin.
    mutating func text(_ text: String, most: Int = textMax) {
        self.text(Array(text.utf8), most: most)
    }

    /// Control characters and marks that change the direction of writing become visible, as in the
    /// terminal; what has a meaning in markup becomes a reference.
    mutating func text(_ raw: [UInt8], most: Int = textMax) {
        var safe = ByteWriter(capacity: min(raw.count, most) + 8)
        // A scalar takes four bytes at most: no more of a long line need be decoded.
        let scalars = String(decoding: raw.prefix(most * 4), as: UTF8.self).unicodeScalars
        var kept = String.UnicodeScalarView()
        kept.append(contentsOf: scalars.prefix(most))
        safe.putSafe(String(kept))
        for byte in safe.bytes {
            switch byte {
            case UInt8(ascii: "&"): writer.put("&amp;")
            case UInt8(ascii: "<"): writer.put("&lt;")
            case UInt8(ascii: ">"): writer.put("&gt;")
            case UInt8(ascii: "\""): writer.put("&quot;")
            case UInt8(ascii: "'"): writer.put("&#39;")
            default: writer.put(byte)
            }
        }
        if scalars.count > most || raw.count > most * 4 { writer.put("…") }
    }

    // MARK: Elements

    typealias Attribute = (name: StaticString, value: String)

    mutating func start(_ name: StaticString, _ attributes: Attribute...) {
        start(name, attributes)
    }

    mutating func start(_ name: StaticString, _ attributes: [Attribute]) {
        writer.put("<")
        markup(name)
        for (name, value) in attributes {
            writer.put(" ")
            markup(name)
            writer.put("=\"")
            text(value, most: HTMLWriter.attributeMax)
            writer.put("\"")
        }
        writer.put(">")
    }

    // Limit: the longest attribute the program makes, the path of a drawing.
    private static let attributeMax = 60_000

    mutating func end(_ name: StaticString) {
        writer.put("</")
        markup(name)
        writer.put(">")
    }

    /// An element that holds text only.
    mutating func element(
        _ name: StaticString, _ attributes: Attribute..., text words: String,
        most: Int = textMax
    ) {
        start(name, attributes)
        text(words, most: most)
        end(name)
    }

    /// An element with others inside.
    mutating func element(
        _ name: StaticString, _ attributes: Attribute..., body: (inout HTMLWriter) -> Void
    ) {
        start(name, attributes)
        body(&self)
        end(name)
    }

    static func bytes(of markup: StaticString) -> [UInt8] {
        markup.withUTF8Buffer { Array($0) }
    }
}
