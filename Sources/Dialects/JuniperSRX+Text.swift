// The sentences of Junos: sessions, screens and stateless filters without structured data.
//
// Read first: `JuniperSRX`, `Words`. How many words stand between the addresses and the protocol differs by
// version; what follows the protocol does not.

import Bytes
import Facts

extension JuniperSRX {
    /// `session closed TCP FIN: A/p->B/q SERVICE NA/np->NB/nq RULES PROTO POLICY FROM TO ID …`
    func gatherText(
        _ line: borrowing Line, _ name: Field, _ words: inout Words, _ record: inout Record
    ) -> Bool {
        if line.has("RT_SCREEN_", at: name.start) {
            return gatherScreen(line, name.end, &record)
        }
        guard let session = line.find("session ", from: name.end),
            let arrow = line.find("->", from: session)
        else { return false }
        var start = arrow
        while start > session, line[start - 1] != 0x20 { start -= 1 }
        if line.has("closed ", at: session + 8), start > session + 17, line[start - 2] == 0x3A {
            record.set(.reason, Field(session + 15, start - 2))
        }
        words.find(line, from: start)
        guard splitPair(line, words[0], nat: false, &record) else { return false }
        let isDenial = line.has("denied", at: session + 8)
        var index = 1
        while index < words.count, !isProtocol(line, words, index, isDenial, &record) {
            _ = splitPair(line, words[index], nat: true, &record)
            index += 1
        }
        guard index < words.count else { return false }
        record.set(.rule, words[index + 1])
        record.set(.inZone, words[index + 2])
        record.set(.outZone, words[index + 3])
        index += 4
        if !isDenial {
            record.set(.connection, words[index])
            index += 1
            if record.has(.reason) || line.has("APPTRACK", at: name.start) {
                gatherSums(line, words, &index, &record)
            }
        }
        gatherInterface(line, words, index, &record)
        return true
    }

    /// Whether the word is the protocol's number: behind it stand policy and zones, and but for a
    /// denial the session's number. A denial has the ICMP type in brackets.
    private func isProtocol(
        _ line: borrowing Line, _ words: Words, _ index: Int, _ isDenial: Bool,
        _ record: inout Record
    ) -> Bool {
        let word = words[index]
        if isDenial {
            guard let open = line.find(0x28, from: word.start, before: word.end),
                line.decimal8(Field(word.start, open)) != nil
            else { return false }
            record.set(.ipProtocol, Field(word.start, open))
            record.set(.icmpType, Field(open + 1, word.end - 1))
            return true
        }
        guard line.decimal8(word) != nil, line.decimal64(words[index + 4]) != nil else {
            return false
        }
        record.set(.ipProtocol, word)
        return true
    }

    /// `A/p->B/q`
    private func splitPair(
        _ line: borrowing Line, _ word: Field, nat: Bool, _ record: inout Record
    ) -> Bool {
        guard let arrow = line.find("->", from: word.start, before: word.end),
            let first = line.find(0x2F, from: word.start, before: arrow),
            let second = line.find(0x2F, from: arrow, before: word.end)
        else { return false }
        record.set(nat ? .natSource : .source, Field(word.start, first))
        record.set(nat ? .natSourcePort : .sourcePort, Field(first + 1, arrow))
        record.set(nat ? .natDestination : .destination, Field(arrow + 2, second))
        record.set(nat ? .natDestinationPort : .destinationPort, Field(second + 1, word.end))
        return true
    }

    /// `13(3274) 9(1575) 45`: packets and bytes of both sides, seconds.
    private func gatherSums(
        _ line: borrowing Line, _ words: Words, _ index: inout Int, _ record: inout Record
    ) {
        for side in 0..<2 {
            let word = words[index]
            guard let open = line.find(0x28, from: word.start, before: word.end) else { return }
            record.set(side == 0 ? .bytesOut : .bytesIn, Field(open + 1, word.end - 1))
            index += 1
        }
        record.set(.seconds, words[index])
        index += 1
    }

    /// The interface stands behind `user(roles)`.
    private func gatherInterface(
        _ line: borrowing Line, _ words: Words, _ from: Int, _ record: inout Record
    ) {
        var index = from
        while index < words.count {
            let word = words[index]
            index += 1
            guard line.find(0x28, from: word.start, before: word.end) != nil else { continue }
            let name = words[index]
            guard line.find(0x2E, from: name.start, before: name.end) != nil else { return }
            return record.set(.inbound, name)
        }
    }

    /// `TCP no flag! source: A:p, destination: B:q, zone name: Z, interface name: IF, action: drop`
    private func gatherScreen(
        _ line: borrowing Line, _ from: Int, _ record: inout Record
    ) -> Bool {
        let start = line[from] == 0x3A ? line.skipBlanks(from + 1) : line.skipBlanks(from)
        guard let source = line.find("source: ", from: start) else { return true }
        record.set(.note, Field(start, max(start, source - 1)))
        splitEnd(line, source + 8, .source, .sourcePort, &record)
        if let to = line.find("destination: ", from: source) {
            splitEnd(line, to + 13, .destination, .destinationPort, &record)
        }
        if let number = line.find("protocol-id: ", from: source) {
            record.set(.ipProtocol, value(line, number + 13))
        }
        if let name = line.find("interface name: ", from: source) {
            record.set(.inbound, value(line, name + 16))
        }
        if let done = line.find("action: ", from: source) {
            record.set(.action, value(line, done + 8))
        }
        return true
    }

    private func value(_ line: borrowing Line, _ from: Int) -> Field {
        Field(from, line.find(0x2C, from: from) ?? line.endOfWord(from))
    }

    private func splitEnd(
        _ line: borrowing Line, _ from: Int, _ address: Role, _ port: Role,
        _ record: inout Record
    ) {
        let all = value(line, from)
        guard Address(line, all) == nil else { return record.set(address, all) }
        var colon = all.end - 1
        while colon > all.start, line[colon] != 0x3A { colon -= 1 }
        record.set(address, Field(all.start, colon))
        record.set(port, Field(colon + 1, all.end))
    }

    /// `PFE_FW_SYSLOG_IP: FW: ge-0/0/0.0   A tcp A B p q (2 packets)`
    func readFilter(
        _ line: borrowing Line, _ name: Field, _ context: inout Context, into entry: inout Entry
    ) -> Reading {
        guard let mark = line.find("FW: ", from: name.end) else { return .damaged(.cutShort) }
        context.words.find(line, from: mark + 4)
        let words = context.words
        guard words.count >= 7, words[1].count == 1 else { return .damaged(.cutShort) }
        var record = Record()
        record.set(.inbound, words[0])
        record.set(.ipProtocol, words[2])
        record.set(.source, words[3])
        record.set(.destination, words[4])
        record.set(.sourcePort, words[5])
        record.set(.destinationPort, words[6])
        if ipProtocolNumber(line, words[2]) == 1 { record.set(.icmpType, words[5]) }
        if words.count > 7, line[words[7].start] == 0x28 {
            record.set(.count, Field(words[7].start + 1, words[7].end))
        }
        entry.action = line[words[1].start] == 0x41 ? .pass : .block
        entry.reason = .match
        if let damage = record.fill(line, &context, into: &entry) { return .damaged(damage) }
        return .entry
    }
}
