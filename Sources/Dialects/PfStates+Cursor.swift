// Goes through a line of pf's state table, word by word.
//
// Read `PfStates` first.

import Bytes
import Facts

/// Where reading stands in a line.
struct PfStateCursor {
    var at: Int

    init(_ at: Int) { self.at = at }

    /// An end in parentheses, or none.
    struct Translated {
        var endpoint: Endpoint?
    }

    /// Whether nothing but the line's end was in the way.
    func isCut(_ line: borrowing Line) -> Bool {
        let next = line.skipBlanks(at)
        if next >= line.end { return true }
        // Half of an arrow or of an end, which may have a routing domain in front of it.
        let word = line[next] == 0x28 ? skipDomain(line, next + 1) : next
        return line.endOfWord(word) == line.end
    }

    /// `igb1`, `ovpns1`, `em0.20`, `all`: the word in front.
    mutating func interface(_ line: borrowing Line) -> Field? {
        // Limit: names of interfaces have at most fifteen bytes (FreeBSD net/if.h IFNAMSIZ).
        let word = Field(at, line.endOfName(at))
        guard word.count > 0, word.count <= 15, lowercased(line[word.start]) &- 0x61 < 26,
            line[word.end] == 0x20, word.end < line.end
        else { return nil }
        at = line.skipBlanks(word.end)
        return word
    }

    /// The protocol's word in /etc/protocols, or its number.
    mutating func ipProtocol(_ line: borrowing Line) -> UInt8? {
        let word = Field(at, line.endOfWord(at))
        guard word.count > 0, word.count <= 16, word.end < line.end else { return nil }
        var number = ipProtocolNumber(line, word)
        if number == 255 {
            if line.equals(word, "ipv6-icmp") {
                number = 58
            } else if line.equals(word, "ipencap") {
                number = 4
            } else if line.equals(word, "carp") || line.equals(word, "vrrp") {
                number = 112
            } else {
                return nil
            }
        }
        at = line.skipBlanks(word.end)
        return number
    }

    /// `192.0.2.1:443`, `2001:db8::1[443]`, or an address alone where the port is zero.
    mutating func end(_ line: borrowing Line, _ names: inout Names) -> Endpoint? {
        if let plain = line.plainEnd(at, mark: 0x3A), line.endsWord(plain.end) {
            at = plain.end
            return plain.endpoint
        }
        at = skipDomain(line, at)
        let end = line.endOfWord(at)
        guard let endpoint = endpoint(line, Field(at, end), &names) else { return nil }
        at = end
        return endpoint
    }

    /// OpenBSD prints `(1) ` before an address of another routing domain than the first.
    private func skipDomain(_ line: borrowing Line, _ start: Int) -> Int {
        guard line[start] == 0x28 else { return start }
        let digits = line.endOfDigits(start + 1)
        guard digits > start + 1, line.has(") ", at: digits) else { return start }
        return digits + 2
    }

    private func endpoint(
        _ line: borrowing Line, _ word: Field, _ names: inout Names
    ) -> Endpoint? {
        guard word.count > 1 else { return nil }
        if line[word.end - 1] == 0x5D {
            guard let open = line.find(0x5B, from: word.start, before: word.end),
                let port = line.decimal16(Field(open + 1, word.end - 1)),
                let address = Address(line, Field(word.start, open), &names)
            else { return nil }
            return Endpoint(address, port)
        }
        guard let colon = line.find(0x3A, from: word.start, before: word.end),
            line.find(0x3A, from: colon + 1, before: word.end) == nil
        else {
            // A lone address must be one: any word could be a host's name.
            return Address(line, word).map { Endpoint($0, 0) }
        }
        guard let port = line.decimal16(Field(colon + 1, word.end)),
            let address = Address(line, Field(word.start, colon), &names)
        else { return nil }
        return Endpoint(address, port)
    }

    /// ` (10.0.0.5:48388)` if it follows; nil when it cannot be read.
    mutating func translated(_ line: borrowing Line, _ names: inout Names) -> Translated? {
        let open = line.skipBlanks(at)
        guard line[open] == 0x28, open < line.end else { return Translated() }
        if let plain = line.plainEnd(open + 1, mark: 0x3A), line[plain.end] == 0x29,
            plain.end < line.end, line.endsWord(plain.end + 1)
        {
            at = plain.end + 1
            return Translated(endpoint: plain.endpoint)
        }
        let start = skipDomain(line, open + 1)
        let close = line.endOfWord(start)
        guard close > start + 1, line[close - 1] == 0x29,
            let endpoint = endpoint(line, Field(start, close - 1), &names)
        else { return nil }
        at = close
        return Translated(endpoint: endpoint)
    }

    /// `->`, made by an outbound packet: true; `<-`: false.
    mutating func arrow(_ line: borrowing Line) -> Bool? {
        let start = line.skipBlanks(at)
        let isOutward = line.has("-> ", at: start)
        guard isOutward || line.has("<- ", at: start) else { return nil }
        at = line.skipBlanks(start + 3)
        return isOutward
    }

    /// Where the states' words start.
    func startOfPair(_ line: borrowing Line) -> Int {
        // pf prints so many blanks, at least.
        line.skipBlanks(line.has("       ", at: at) ? at + 7 : at)
    }

    /// `ESTABLISHED:FIN_WAIT_2`, `PROXY:DST`, `0:0` at the line's end.
    mutating func pair(_ line: borrowing Line) -> PfStatePair? {
        let start = startOfPair(line)
        let end = line.endOfWord(start)
        at = end
        guard let colon = line.find(0x3A, from: start, before: end), colon > start else {
            return nil
        }
        guard colon + 1 < end, line.skipBlanks(end) >= line.end else { return nil }
        return PfStatePair(
            text: Field(start, end), left: Field(start, colon), right: Field(colon + 1, end))
    }
}
