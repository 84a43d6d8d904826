// TCP flags as records write them: letters, words, numbers.
//
// Read first: `TCPFlags`. Seen: `FA`, `S`, `SYN ACK`, `FIN-PUSH-ACK`, `SYN,ACK`, `0x12`, `18`.

import Bytes
import Facts

extension TCPFlags {
    /// The flags that fill a field; nil when it holds anything else. Numbers are decimal, or
    /// hexadecimal with `0x` in front.
    init?(words line: borrowing Line, _ field: Field) {
        guard !field.isEmpty else { return nil }
        if line.has("0x", at: field.start) {
            guard let bits = line.hexadecimal(field), bits < 0x1000 else { return nil }
            self.init(rawValue: UInt8(truncatingIfNeeded: bits))
            return
        }
        if isDigit(line[field.start]) {
            guard let bits = line.decimal(field), bits < 0x1000 else { return nil }
            self.init(rawValue: UInt8(truncatingIfNeeded: bits))
            return
        }
        if let words = TCPFlags.words(line, field) {
            self = words
        } else if let letters = TCPFlags(letters: line, field) {
            self = letters
        } else {
            return nil
        }
    }

    private static func words(_ line: borrowing Line, _ field: Field) -> TCPFlags? {
        var all: TCPFlags = []
        var at = field.start
        while at < field.end {
            guard lowercased(line[at]) &- 0x61 < 26 else {
                at += 1
                continue
            }
            var end = at
            while end < field.end, lowercased(line[end]) &- 0x61 < 26 { end += 1 }
            guard let flag = word(line, Field(at, end)) else { return nil }
            all.formUnion(flag)
            at = end
        }
        return all
    }

    private static func word(_ line: borrowing Line, _ word: Field) -> TCPFlags? {
        if line.equalsIgnoringCase(word, "psh") || line.equalsIgnoringCase(word, "push") {
            return .psh
        }
        guard word.count == 3 else {
            if line.equalsIgnoringCase(word, "none") || line.equalsIgnoringCase(word, "null") {
                return []
            }
            return line.equalsIgnoringCase(word, "reset") ? .rst : nil
        }
        if line.equalsIgnoringCase(word, "syn") { return .syn }
        if line.equalsIgnoringCase(word, "ack") { return .ack }
        if line.equalsIgnoringCase(word, "fin") { return .fin }
        if line.equalsIgnoringCase(word, "rst") { return .rst }
        if line.equalsIgnoringCase(word, "urg") { return .urg }
        if line.equalsIgnoringCase(word, "ece") { return .ece }
        if line.equalsIgnoringCase(word, "cwr") { return .cwr }
        return nil
    }
}
