// The packet behind pf's verdict: addresses with their ports, and what tcpdump makes of the rest.
//
// Read `PfTcpdump` first. Sequence numbers are not taken: tcpdump prints them relative to the first
// packet it saw of a connection, and does not say so.

import Bytes
import Facts

extension PfTcpdump {
    /// `192.0.2.10.443 > 10.0.0.5.51999: …`; the port is what follows the last dot.
    func readPacket(
        _ line: borrowing Line, _ start: Int, _ names: inout Names, into entry: inout Entry
    ) -> Reading {
        var at = start
        if line.has("IP ", at: at) { at += 3 } else if line.has("IP6 ", at: at) { at += 4 }
        if let ends = plainEnds(line, at) {
            entry.source = ends.source
            entry.destination = ends.destination
            let rest = line.skipBlanks(ends.rest)
            readTransport(line, Field(rest, line.end), true, into: &entry)
            entry.known.insert(.ports)
            return .entry
        }
        let left = Field(at, line.endOfWord(at))
        guard line.has(" > ", at: left.end) else {
            return line.has("arp", at: at) || line.has("ARP", at: at)
                ? .nothing : .damaged(.cutShort)
        }
        var right = Field(left.end + 3, line.endOfWord(left.end + 3))
        let rest = line.skipBlanks(right.end)
        guard right.count > 1, line[right.end - 1] == 0x3A else { return .damaged(.cutShort) }
        right.end -= 1
        guard let source = endpoint(line, left), let destination = endpoint(line, right) else {
            return .damaged(.badAddress)
        }
        entry.source = Endpoint(source.address, source.port ?? 0)
        entry.destination = Endpoint(destination.address, destination.port ?? 0)
        let hasPorts = source.port != nil && destination.port != nil
        readTransport(line, Field(rest, line.end), hasPorts, into: &entry)
        if hasPorts { entry.known.insert(.ports) }
        return .entry
    }

    /// Two IPv4 addresses with ports, and where stands what follows the colon; nil for others.
    @inline(__always)
    private func plainEnds(
        _ line: borrowing Line, _ at: Int
    ) -> (source: Endpoint, destination: Endpoint, rest: Int)? {
        guard let left = line.plainEnd(at, mark: 0x2E), line.has(" > ", at: left.end),
            let right = line.plainEnd(left.end + 3, mark: 0x2E), line[right.end] == 0x3A,
            right.end < line.end, line.endsWord(right.end + 1)
        else { return nil }
        return (left.endpoint, right.endpoint, right.end + 1)
    }

    private func endpoint(
        _ line: borrowing Line, _ field: Field
    ) -> (address: Address, port: UInt16?)? {
        if let alone = Address(line, field) { return (alone, nil) }
        var dot = field.end - 1
        while dot > field.start, line[dot] != 0x2E { dot -= 1 }
        guard dot > field.start, let address = Address(line, Field(field.start, dot)),
            let port = line.decimal16(Field(dot + 1, field.end))
        else { return nil }
        return (address, port)
    }

    private func readTransport(
        _ line: borrowing Line, _ rest: Field, _ hasPorts: Bool, into entry: inout Entry
    ) {
        if line.has("Flags [", at: rest.start) {
            entry.ipProtocol = Entry.tcp
            readBracketed(line, rest, into: &entry)
        } else if hasPorts, let flags = bareFlags(line, rest) {
            entry.ipProtocol = Entry.tcp
            entry.flags = flags
            entry.known.insert(.flags)
            readBare(line, rest, into: &entry)
        } else if line.has("[|tcp]", at: rest.start) || line.has("tcp", at: rest.start) {
            entry.ipProtocol = Entry.tcp
        } else if hasPorts {
            // What is not TCP and has ports is printed as its application, or as `udp`.
            if entry.ipProtocol == 0 { entry.ipProtocol = Entry.udp }
        } else if entry.ipProtocol == 0 {
            entry.ipProtocol = otherProtocol(line, rest)
        }
        if entry.ipProtocol == 1 || entry.ipProtocol == 58 { readICMP(line, rest, into: &entry) }
    }

    /// `Flags [F.], seq 1, ack 2, win 501, options [nop,nop,TS val 1 ecr 2], length 0`.
    private func readBracketed(_ line: borrowing Line, _ rest: Field, into entry: inout Entry) {
        let open = rest.start + 7
        guard let close = line.find(0x5D, from: open) else { return }
        let letters = Field(open, close)
        if line.equals(letters, "none") {
            entry.known.insert(.flags)
        } else if let flags = TCPFlags(letters: line, letters) {
            entry.flags = flags
            entry.known.insert(.flags)
        }
        readWindow(line, close, into: &entry)
        if let at = line.find("options [", from: close), let end = line.find(0x5D, from: at) {
            readOptions(line, Field(at + 9, end), into: &entry)
        }
        if let at = line.find("length ", from: close),
            let length = line.decimal(Field(at + 7, line.endOfDigits(at + 7)))
        {
            entry.length = length
            entry.known.insert(.length)
        }
    }

    /// `F 10:10(0) ack 20 win 1024`: letters or a dot, then numbers or words of TCP. ACK is the word.
    private func bareFlags(_ line: borrowing Line, _ rest: Field) -> TCPFlags? {
        let word = Field(rest.start, line.endOfWord(rest.start))
        guard word.count <= 7, !word.isEmpty else { return nil }
        var flags: TCPFlags = []
        if !line.equals(word, ".") {
            guard let letters = TCPFlags(letters: line, word), !letters.contains(.ack) else {
                return nil
            }
            flags = letters
        }
        let next = min(word.end + 1, line.end)
        let isNumbers = isDigit(line[next]) && line[line.endOfDigits(next)] == 0x3A
        let isAck = line.has("ack ", at: next)
        guard isNumbers || isAck || line.has("win ", at: next) || line.has("[|tcp]", at: next)
        else {
            return nil
        }
        let behind = isNumbers ? min(line.endOfWord(next) + 1, line.end) : next
        if line.has("ack ", at: behind) { flags.insert(.ack) }
        return flags
    }

    private func readBare(_ line: borrowing Line, _ rest: Field, into entry: inout Entry) {
        readWindow(line, rest.start, into: &entry)
        if let open = line.find(0x3C, from: rest.start), let end = line.find(0x3E, from: open) {
            readOptions(line, Field(open + 1, end), into: &entry)
        }
        guard let open = line.find(0x28, from: rest.start), isDigit(line[open - 1]),
            let length = line.decimal(Field(open + 1, line.endOfDigits(open + 1)))
        else {
            // Without numbers it carried nothing.
            if !isDigit(line[min(rest.start + 2, line.end)]) {
                entry.length = 0
                entry.known.insert(.length)
            }
            return
        }
        entry.length = length
        entry.known.insert(.length)
    }

    private func readWindow(_ line: borrowing Line, _ from: Int, into entry: inout Entry) {
        guard let at = line.find("win ", from: from),
            let window = line.decimal(Field(at + 4, line.endOfDigits(at + 4)))
        else { return }
        entry.window = window
        entry.known.insert(.window)
    }

    private func readOptions(_ line: borrowing Line, _ list: Field, into entry: inout Entry) {
        entry.known.insert(.options)
        var at = list.start
        while at < list.end {
            let end = line.find(0x2C, from: at, before: list.end) ?? list.end
            let name = Field(at, min(line.endOfWord(at), end))
            entry.options.insert(PfTcpdump.optionNames.meaning(line, name) ?? .other)
            at = end + 1
        }
    }

    private static let optionNames = WordTable<TCPOptions>([
        ("mss", .mss), ("wscale", .windowScale), ("sackOK", .sackPermitted), ("TS", .timestamps),
        ("timestamp", .timestamps), ("sack", .sack), ("nop", .padding), ("eol", .padding),
    ])

    private func otherProtocol(_ line: borrowing Line, _ rest: Field) -> UInt8 {
        let word = Field(rest.start, endOfLetters(line, rest.start))
        if line.has("ip-proto-", at: rest.start) {
            let start = rest.start + 9
            return line.decimal8(Field(start, line.endOfDigits(start))) ?? 255
        }
        if line.equals(word, "GREv") { return 47 }
        // A hop-by-hop header stands before it.
        if line.has("HBH ICMP6", at: rest.start) { return 58 }
        return ipProtocolNumber(line, word)
    }

    private func endOfLetters(_ line: borrowing Line, _ start: Int) -> Int {
        var at = start
        while at < line.end, lowercased(line[at]) &- 0x61 < 26 || line[at] == 0x36 { at += 1 }
        return at
    }

    /// The errors by the words tcpdump has for them.
    private func readICMP(_ line: borrowing Line, _ rest: Field, into entry: inout Entry) {
        if PfTcpdump.errors.within(line, Field(rest.start, min(rest.end, rest.start + 120))) != nil
        {
            entry.known.insert(.icmpError)
        }
    }

    private static let errors = WordTable<Bool>([
        ("unreachable", true), ("time exceeded", true), ("packet too big", true),
        ("parameter problem", true), ("source quench", true),
    ])
}
