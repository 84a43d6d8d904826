// The two layouts of a Firebox that are sentences: its own syslog, and Traffic Monitor's rows.
//
// Read first: `WatchGuard`. Where the names of interfaces hold blanks, what stands around them tells
// where they end.

import Bytes
import Facts

extension WatchGuard {
    /// `Deny IN_IF OUT_IF LEN PROTO IPHDRLEN TTL SRC DST SPORT DPORT offset N FLAGS SEQ win N …`
    func gatherNative(
        _ line: borrowing Line, _ from: Int, _ words: inout Words, _ record: inout Record,
        _ memory: inout KeyMemory
    ) -> Bool {
        words.find(line, from: from)
        record.set(.action, words[0])
        guard let (place, ipProtocol) = protocolPlace(line, words) else { return false }
        record.set(.ipProtocol, words[place])
        var index = place + 1
        if line.decimal(words[index]) != nil {
            record.set(.own1, words[index])
            record.set(.ttl, words[index + 1])
            index += 2
        }
        let hasLength = line.decimal(words[place - 1]) != nil
        if hasLength { record.set(.length, words[place - 1]) }
        splitInterfaces(line, words, 1..<(hasLength ? place - 1 : place), &record)
        guard index + 1 < words.count else { return false }
        record.set(.source, words[index])
        record.set(.destination, words[index + 1])
        index += 2
        if ipProtocol == 1 {
            record.set(.icmpType, words[index])
        } else if line.decimal16(words[index]) != nil {
            record.set(.sourcePort, words[index])
            record.set(.destinationPort, words[index + 1])
        }
        gatherHeader(line, words, index + 2, &record)
        if index < words.count {
            record.gather(line, from: words[index].start, PairStyle(), WatchGuard.keys, &memory)
        }
        readPolicy(line, line.end, &record)
        return true
    }

    /// The word of the protocol: a length before it and two numbers behind, or two addresses behind.
    private func protocolPlace(
        _ line: borrowing Line, _ words: Words
    ) -> (place: Int, ipProtocol: UInt8)? {
        for index in 2..<max(2, words.count) {
            // Nearly every word is told by the first bytes of those behind it.
            guard beginsNumber(line, words[index + 2]), beginsNumber(line, words[index + 1]) else {
                continue
            }
            let ipProtocol = ipProtocolNumber(line, words[index])
            guard ipProtocol != 255 else { continue }
            if line.decimal(words[index - 1]) != nil, line.decimal(words[index + 1]) != nil,
                line.decimal8(words[index + 2]) != nil
            {
                return (index, ipProtocol)
            }
            if Address(line, words[index + 1]) != nil, Address(line, words[index + 2]) != nil {
                return (index, ipProtocol)
            }
        }
        return nil
    }

    /// Whether a word begins as a number or an address does.
    @inline(__always)
    private func beginsNumber(_ line: borrowing Line, _ word: Field) -> Bool {
        let byte = line[word.start]
        return isDigit(byte) || byte == 0x3A || byte == 0x5B || hexDigit(byte) != nil
    }

    /// `offset 5 A 1497867397 win 4`
    private func gatherHeader(
        _ line: borrowing Line, _ words: Words, _ from: Int, _ record: inout Record
    ) {
        guard line.equals(words[from], "offset") else { return }
        record.set(.own2, words[from + 1])
        record.set(.flags, words[from + 2])
        record.set(.sequence, words[from + 3])
        if line.equals(words[from + 4], "win") { record.set(.window, words[from + 5]) }
    }

    /// `Deny SRC DST https/tcp SPORT DPORT IN_IF OUT_IF Denied LEN TTL (Policy-00) msg_id="…" …`
    func gatherRow(
        _ line: borrowing Line, _ from: Int, _ words: inout Words, _ record: inout Record,
        _ memory: inout KeyMemory
    ) -> Bool {
        words.find(line, from: from)
        record.set(.action, words[0])
        record.set(.source, words[1])
        record.set(.destination, words[2])
        let service = words[3]
        var index = 4
        if let slash = line.find(0x2F, from: service.start, before: service.end) {
            record.set(.ipProtocol, Field(slash + 1, service.end))
        } else {
            record.set(.ipProtocol, service)
        }
        if line.decimal16(words[4]) != nil, line.decimal16(words[5]) != nil {
            record.set(.sourcePort, words[4])
            record.set(.destinationPort, words[5])
            index = 6
        }
        guard let sizes = sizesPlace(line, words, index) else { return false }
        record.set(.length, words[sizes])
        record.set(.ttl, words[sizes + 1])
        var message = index + 1
        while message < sizes, WatchGuard.firstWords.meaning(line, words[message]) == nil {
            message += 1
        }
        record.set(.message, words.span(message..<sizes))
        splitInterfaces(line, words, index..<message, &record)
        let policy = words[sizes + 2].start
        record.gather(line, from: policy, PairStyle(), WatchGuard.keys, &memory)
        let close = line.find("\") ", from: policy) ?? line.find(") ", from: policy) ?? line.end
        readPolicy(line, min(close + 1, line.end), &record)
        if record.has(.note) {
            words.find(line, from: record[.note].start, before: record[.note].end)
            gatherHeader(line, words, 0, &record)
        }
        return true
    }

    /// Where length and TTL stand: two numbers before the policy's bracket.
    private func sizesPlace(_ line: borrowing Line, _ words: Words, _ from: Int) -> Int? {
        for index in from..<max(from, words.count)
        where line.decimal(words[index]) != nil && line.decimal8(words[index + 1]) != nil
            && line.has("(", at: words[index + 2].start)
        {
            return index
        }
        return nil
    }

    /// Words that a message begins with.
    private static let firstWords = WordTable<Bool>([
        ("Denied", true), ("Allowed", true), ("tcp", true), ("ip", true), ("blocked", true),
        ("ProxyAllow:", true), ("ProxyDeny:", true), ("Application", true), ("syn", true),
    ])

    /// Two names, each perhaps with blanks: `0-External Firebox`, `WAN - Fibre LAN - 10 Gbits`.
    private func splitInterfaces(
        _ line: borrowing Line, _ words: Words, _ range: Range<Int>, _ record: inout Record
    ) {
        guard !range.isEmpty else { return }
        var second = range.upperBound - 1
        if range.count > 2, !isKnown(line, words[second]) {
            second = range.lowerBound + 1
            // A dash joins the words around it; the last name has the last dash.
            var last: Int?
            for index in range where line.equals(words[index], "-") { last = index }
            if let last, last > range.lowerBound + 1 {
                second = last - 1
            } else if last != nil {
                second = min(range.lowerBound + 3, range.upperBound - 1)
            }
        }
        record.set(.inbound, words.span(range.lowerBound..<second))
        record.set(.outbound, words.span(second..<range.upperBound))
    }

    /// Names that a Firebox gives itself.
    private func isKnown(_ line: borrowing Line, _ word: Field) -> Bool {
        line.equals(word, "Firebox") || line.has("Any-", at: word.start)
            || line.equals(word, "Trusted") || line.equals(word, "External")
            || (isDigit(line[word.start]) && line[word.start + 1] == 0x2D)
    }

    /// The policy in brackets that ends at `end`.
    func readPolicy(_ line: borrowing Line, _ end: Int, _ record: inout Record) {
        var close = end
        while close > line.start, line[close - 1] != 0x29 {
            guard line[close - 1] == 0x20 || close == end else { return }
            close -= 1
        }
        if let open = line.findLast(0x28, before: close, from: line.start), open + 1 < close {
            record.set(.rule, Field(open + 1, close - 1))
        }
    }
}
