// The pieces Cisco's sentences are made of: interfaces, addresses, users, flags, protocols.
//
// Read first: the message formats of "Cisco ASA Series Syslog Messages". The sentences are meant
// for people: interface names hold blanks, addresses may be names, and users stand in parentheses
// wherever the device knows one.

import Bytes
import Facts

/// One end of a packet or a connection, as a sentence names it.
struct CiscoSide {
    var interface = Field(0, 0)
    var end = Endpoint.none
    var hasPort = false
    /// A port stands there, if only by its service's name.
    var namesPort = false
    /// The translated end, where the sentence has one.
    var mapped = Endpoint.none

    /// The translated end if translation changed anything.
    var translation: Endpoint { mapped.address.isNone || mapped == end ? .none : mapped }
}

/// A place in a sentence, and what was wrong when a step failed.
struct CiscoCursor {
    var at: Int
    var damage = Damage.cutShort

    init(_ at: Int) { self.at = at }

    /// Moves behind `text` if it stands here.
    @inline(__always)
    mutating func take(_ text: StaticString, _ line: borrowing Line) -> Bool {
        guard line.has(text, at: at) else { return false }
        at += text.utf8CodeUnitCount
        return true
    }

    /// Moves behind the next `text`; a sentence without it was cut.
    @inline(__always)
    mutating func skip(past text: StaticString, _ line: borrowing Line) -> Bool {
        guard let hit = line.find(text, from: at) else { return fail(.cutShort) }
        at = hit + text.utf8CodeUnitCount
        return true
    }

    /// The word here; moves to the next one.
    mutating func word(_ line: borrowing Line) -> Field {
        let field = Field(at, line.endOfWord(at))
        at = line.skipBlanks(field.end)
        return field
    }

    mutating func fail(_ damage: Damage) -> Bool {
        self.damage = damage
        return false
    }

    /// A decimal number here; moves behind its digits.
    mutating func number(_ line: borrowing Line) -> UInt64? {
        let digits = Field(at, line.endOfDigits(at))
        guard let value = line.decimal64(digits) else {
            damage = digits.start >= line.end ? .cutShort : .badNumber
            return nil
        }
        at = digits.end
        return value
    }

    /// `IF:ADDR/PORT` (or `IF/ADDR(PORT)` by its own reader below); moves behind it.
    mutating func side(_ line: borrowing Line, _ names: inout Names) -> CiscoSide? {
        guard let colon = line.find(0x3A, from: at) else {
            damage = .cutShort
            return nil
        }
        let interface = Field(at, colon)
        at = line.skipBlanks(colon + 1)
        guard var side = end(line, &names) else { return nil }
        side.interface = interface
        return side
    }

    /// `ADDR/PORT` or `ADDR`; moves behind it. A port may be a service's name.
    mutating func end(_ line: borrowing Line, _ names: inout Names) -> CiscoSide? {
        guard let address = address(line, &names) else { return nil }
        var side = CiscoSide()
        side.end.address = address
        guard line[at] == 0x2F, at < line.end else { return side }
        side.namesPort = true
        at += 1
        if at >= line.end {
            damage = .cutShort
            return nil
        }
        guard isDigit(line[at]) else {
            let word = Field(at, endOfAddress(line, at))
            at = word.end
            if let port = CiscoASA.services.meaning(line, word) {
                side.end.port = port
                side.hasPort = true
            }
            return side
        }
        let digits = Field(at, line.endOfDigits(at))
        guard let port = line.decimal16(digits) else {
            damage = .badNumber
            return nil
        }
        at = digits.end
        side.end.port = port
        side.hasPort = true
        return side
    }

    mutating func address(_ line: borrowing Line, _ names: inout Names) -> Address? {
        let field = Field(at, endOfAddress(line, at))
        at = field.end
        guard let address = Address(line, field, &names) else {
            damage = field.end >= line.end ? .cutShort : .badAddress
            return nil
        }
        return address
    }

    private func endOfAddress(_ line: borrowing Line, _ start: Int) -> Int {
        // Nearly all are IPv4: digits and dots end no address.
        let marks = line.digits(or: 0x2E, at: start)
        let others = ~(marks.digits | marks.equal) & 0xFFFF
        var place = min(line.end, start + min(16, others.trailingZeroBitCount))
        while place < line.end {
            switch line[place] {
            case 0x20, 0x28, 0x29, 0x2C, 0x2F: return place
            default: place += 1
            }
        }
        return place
    }

    /// The `(ADDR/PORT)` behind a side, if that is what the parentheses hold. False when the
    /// parenthesis is cut.
    mutating func mapped(
        _ line: borrowing Line, _ names: inout Names, into side: inout CiscoSide
    ) -> Bool {
        let open = line.skipBlanks(at)
        guard open < line.end, line[open] == 0x28 else { return fail(.cutShort) }
        guard let close = line.find(0x29, from: open) else { return fail(.cutShort) }
        var inner = CiscoCursor(open + 1)
        // A user in parentheses is skipped by the caller; it has no port behind a slash.
        guard line.find(0x2F, from: open, before: close) != nil,
            let end = inner.end(line, &names), inner.at == close
        else { return true }
        side.mapped = end.end
        at = close + 1
        return true
    }

    /// Moves behind users and groups in parentheses: `(LOCAL\user name)`, ` (alice, 12)`.
    mutating func skipUsers(_ line: borrowing Line) {
        while true {
            let open = line.skipBlanks(at)
            guard open < line.end, line[open] == 0x28, !line.has("(type ", at: open) else { return }
            var depth = 0
            var place = open
            while place < line.end {
                if line[place] == 0x28 { depth += 1 }
                if line[place] == 0x29 { depth -= 1 }
                place += 1
                if depth == 0 { break }
            }
            // A name with a lone parenthesis: whoever calls looks for the word behind it.
            guard depth == 0 else { return }
            at = place
        }
    }

    /// Flags as words, up to `on` or a comma.
    mutating func flags(_ line: borrowing Line) -> TCPFlags? {
        var all: TCPFlags = []
        while true {
            at = line.skipBlanks(at)
            var word = Field(at, line.endOfWord(at))
            if line.equals(word, "on"), word.end < line.end { return all }
            let isLast = word.count > 0 && line[word.end - 1] == 0x2C
            if isLast { word.end -= 1 }
            if isLast, word.isEmpty { return all }
            guard let flag = flag(line, word) else {
                damage = word.end >= line.end ? .cutShort : .badFlags
                return nil
            }
            all.formUnion(flag)
            at = word.end
            if isLast { return all }
        }
    }

    private func flag(_ line: borrowing Line, _ word: Field) -> TCPFlags? {
        guard word.count == 3 else { return nil }
        switch line.word(word.start) & 0xFF_FFFF {
        case 0x4B_4341: return .ack
        case 0x4E_5953: return .syn
        case 0x4E_4946: return .fin
        case 0x54_5352: return .rst
        case 0x48_5350: return .psh
        case 0x47_5255: return .urg
        case 0x45_4345: return .ece
        case 0x52_5743: return .cwr
        default: return nil
        }
    }

    /// The IP protocol by its word or its number, `protocol 47`; moves to the word behind it.
    /// A word of no protocol is 255, which output shows as unknown.
    mutating func ipProtocol(_ line: borrowing Line) -> UInt8 {
        var field = word(line)
        if line.equalsIgnoringCase(field, "protocol") { field = word(line) }
        return ipProtocolNumber(line, field)
    }
}
