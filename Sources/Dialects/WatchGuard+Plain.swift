// The common sentence of a Firebox, read without a sweep over all of the line's words: two
// interfaces whose names hold no blanks, TCP or UDP.
//
// Read `WatchGuard+Words` first. Whatever is not exactly as here is left to it, so this file
// decides nothing: it must only give what `gatherNative` would have given.

import Bytes
import Facts

extension WatchGuard {
    /// `Deny IN_IF OUT_IF LEN PROTO IPHDRLEN TTL SRC DST SPORT DPORT offset N FLAGS SEQ win N …`, of
    /// a closed connection without LEN, IPHDRLEN and TTL. False when it is not of that form; then
    /// the record is as it was.
    func gatherPlain(
        _ line: borrowing Line, _ start: Int, _ words: inout Columns, _ record: inout Record,
        _ memory: inout KeyMemory
    ) -> Bool {
        let from = line.skipBlanks(start)
        // The sentence ends before the word of the first sign.
        let sign = line.find(0x3D, from: from) ?? line.end
        let end = sign < line.end ? line.findLast(0x20, before: sign, from: from) ?? from : sign
        // A tab begins no word: the long way passes over it.
        guard from < end, line.find(0x09, from: from, before: end) == nil else { return false }
        words.find(0x20, in: Line(line.bytes, from: line.start, to: end), from: from)
        guard !words[2].isEmpty, !words[3].isEmpty else { return false }
        let isShort = isPlain(line, words[4])
        guard isShort || isPlain(line, words[5]) else { return false }
        let ends = isShort ? 5 : 8
        guard
            isShort ? hasAddresses(line, words) : hasSizes(line, words),
            line.decimal16(words[ends + 2]) != nil, !words[ends].isEmpty, !words[ends + 1].isEmpty,
            !words[ends + 3].isEmpty, gatherHeader(line, words, ends + 4, &record)
        else { return false }
        record.set(.action, words[1])
        record.set(.inbound, words[2])
        record.set(.outbound, words[3])
        record.set(.source, words[ends])
        record.set(.destination, words[ends + 1])
        record.set(.sourcePort, words[ends + 2])
        record.set(.destinationPort, words[ends + 3])
        record.set(.ipProtocol, words[isShort ? 4 : 5])
        if !isShort {
            record.set(.length, words[4])
            record.set(.own1, words[6])
            record.set(.ttl, words[7])
        }
        // Among the words before the pairs there is none, but where a quotation mark hides a sign.
        let ports = words[ends + 2].start
        if line.find(0x22, from: ports, before: end) != nil {
            record.gather(line, from: ports, PairStyle(), WatchGuard.keys, &memory)
        } else if end < line.end {
            record.gather(line, from: end, PairStyle(), WatchGuard.keys, &memory)
        }
        readPolicy(line, line.end, &record)
        return true
    }

    @inline(__always)
    private func isPlain(_ line: borrowing Line, _ word: Field) -> Bool {
        line.equals(word, "tcp") || line.equals(word, "udp")
    }

    /// Whether the addresses stand right behind the protocol, which has no length before it.
    private func hasAddresses(_ line: borrowing Line, _ words: borrowing Columns) -> Bool {
        line.decimal(words[3]) == nil && Address(line, words[5]) != nil
            && Address(line, words[6]) != nil
    }

    /// Whether numbers stand where the length, the header's length and the TTL do.
    @inline(__always)
    private func hasSizes(_ line: borrowing Line, _ words: borrowing Columns) -> Bool {
        line.decimal(words[4]) != nil && line.decimal(words[6]) != nil
            && line.decimal8(words[7]) != nil
    }

    /// `offset 5 A 1497867397 win 4`, or something else; false when it is not whole.
    @inline(__always)
    private func gatherHeader(
        _ line: borrowing Line, _ words: borrowing Columns, _ from: Int, _ record: inout Record
    ) -> Bool {
        guard line.equals(words[from], "offset") else {
            return !words[from].isEmpty || from > words.count
        }
        guard line.equals(words[from + 4], "win"), !words[from + 1].isEmpty,
            !words[from + 2].isEmpty, !words[from + 3].isEmpty, !words[from + 5].isEmpty
        else { return false }
        record.set(.own2, words[from + 1])
        record.set(.flags, words[from + 2])
        record.set(.sequence, words[from + 3])
        record.set(.window, words[from + 5])
        return true
    }
}
