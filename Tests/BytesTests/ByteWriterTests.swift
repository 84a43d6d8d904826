// What is written is the number or the text meant, and nothing that a terminal or a page obeys.

import Bytes
import TestSupport
import Testing

@Suite struct ByteWriterTests {
    private func text(_ body: (inout ByteWriter) -> Void) -> String {
        var writer = ByteWriter()
        body(&writer)
        return writer.text
    }

    @Test func numbers() {
        let nothing = 0
        #expect(text { $0.put(nothing) } == "0")
        #expect(text { $0.put(0x3A) } == ":")
        #expect(text { $0.put(Int64.min) } == "-9223372036854775808")
        #expect(text { $0.put(UInt64.max) } == "18446744073709551615")
        #expect(text { $0.put(7, width: 3) } == "007")
        #expect(text { $0.put(1234, width: 3) } == "1234")
        #expect(text { $0.putHex(0xBEEF, width: 6) } == "00beef")
        #expect(text { $0.put(UInt8(65)) } == "A")
    }

    @Test func emptiedItIsEmpty() {
        var writer = ByteWriter(capacity: 1)
        writer.put("abc")
        #expect(writer.count == 3)
        writer.removeAll()
        #expect(writer.count == 0 && writer.bytes.isEmpty)
    }

    @Test(arguments: [
        ("plain ü €", "plain ü €"), ("\u{1B}[31m", "\\x1b[31m"), ("a\nb\u{7F}", "a\\x0ab\\x7f"),
        ("\u{202E}x", "\\u{202e}x"), ("\u{200B}", "\\u{200b}"), ("\u{9B}1m", "\\u{009b}1m"),
        ("\u{E0041}", "\\u{e0041}"),
    ])
    func terminalText(_ raw: String, _ safe: String) {
        #expect(text { $0.putSafe(raw) } == safe)
    }

    @Test(arguments: [
        ("a\"b\\c", "\"a\\\"b\\\\c\""), ("<&>", "\"\\u003c\\u0026\\u003e\""),
        ("\n\t\r\u{1}", "\"\\n\\t\\r\\u0001\""), ("ü", "\"ü\""), ("\u{2028}", "\"\\u2028\""),
        ("\u{E0041}", "\"\\udb40\\udc41\""), ("", "\"\""),
    ])
    func jsonText(_ raw: String, _ json: String) {
        #expect(text { $0.putJSON(raw) } == json)
    }

    @Test func noByteReachesATerminalOrAPageAsACommand() {
        var random = Seeded()
        for _ in 0..<500 {
            let raw = (0..<60).map { _ in UInt8.random(in: 0...255, using: &random) }
            for written in [text { $0.putSafe(raw) }, text { $0.putJSON(raw) }] {
                #expect(
                    written.unicodeScalars.allSatisfy {
                        $0.value >= 0x20 && $0.value != 0x7F && !(0x80...0x9F).contains($0.value)
                    }, "\(random)")
            }
            let json = text { $0.putJSON(raw) }
            #expect(!json.contains("<") && !json.contains(">") && !json.contains("&"), "\(random)")
        }
    }
}
