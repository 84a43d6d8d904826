// The writer everything goes through: which of its overloads a literal takes.

import Bytes
import Testing

@Suite struct ByteWriterTests {
    @Test func aLiteralIsAByteAndAVariableANumber() {
        var writer = ByteWriter()
        let number = 58
        writer.put(0x3A)
        writer.put(number)
        #expect(writer.text == ":58")
    }

    @Test func jsonStringsStandInQuotes() {
        var writer = ByteWriter()
        writer.putJSON("a\"b\u{1b}")
        #expect(writer.text == "\"a\\\"b\\u001b\"")
    }
}
