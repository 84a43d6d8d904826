// Captures made byte by byte, and what the reader makes of them.

import Bytes
import Captures
import Facts
import Testing

@Suite struct CaptureReaderTests {
    @Test func nothingIsNoCapture() {
        var reader = CaptureReader()
        var entry = Entry()
        var offset = 0
        let bytes = [UInt8](repeating: 0, count: blockPadding)
        let step = reader.next(bytes.span.bytes, &offset, count: 0, isLast: true, into: &entry)
        #expect(step == .end && reader.trouble == .notACapture)
    }
}
