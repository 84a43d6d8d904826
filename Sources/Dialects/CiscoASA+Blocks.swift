// Packets refused, and the two messages that judge a packet without refusing it.
//
// Read first: "Cisco ASA Series Syslog Messages" 106001 to 106103, 419001, 419002,
// 500003, 500004, 710003 and 710005.

import Bytes
import Facts

extension CiscoASA {
    /// 106015: `Deny TCP (no connection) from A/p to B/q flags F  on interface IF`;
    /// 106001: `Inbound TCP connection denied from A/p to B/q flags F  on interface IF`.
    func readFlagged(
        _ line: borrowing Line, _ start: Int, _ id: UInt32, _ names: inout Names,
        into entry: inout Entry
    ) -> Reading {
        var cursor = CiscoCursor(start)
        entry.ipProtocol = Entry.tcp
        guard readFromTo(&cursor, line, &names, into: &entry),
            cursor.skip(past: "flags ", line), let flags = cursor.flags(line)
        else { return .damaged(cursor.damage) }
        entry.action = .block
        entry.direction = .inward
        entry.flags = flags
        entry.known.insert(.flags)
        readInterface(cursor.at, line, &names, into: &entry)
        if id == 106_015 {
            entry.reason = .noState
            entry.known.insert(.saysNoState)
        } else {
            // The message says only that the packet was refused. Its document gives a FIN ACK for
            // which no connection exists as an example of one that is no SYN.
            entry.reason = flags.opens ? .match : .noState
        }
        return .entry
    }

    /// 500003: `Bad TCP hdr length (hdrlen=N, pktlen=N) from A/p to B/q, flags: F, on interface IF`.
    /// `flags: INVALID` stands where the header ends before its flags.
    func readBadHeader(
        _ line: borrowing Line, _ start: Int, _ names: inout Names, into entry: inout Entry
    ) -> Reading {
        var cursor = CiscoCursor(start)
        entry.reason = .malformed
        // Less than the least IP and TCP headers need.
        if cursor.skip(past: "pktlen=", line), let length = cursor.number(line), length < 40 {
            entry.reason = .short
        }
        cursor.at = start
        entry.ipProtocol = Entry.tcp
        guard readFromTo(&cursor, line, &names, into: &entry), cursor.skip(past: "flags:", line)
        else { return .damaged(cursor.damage) }
        cursor.at = line.skipBlanks(cursor.at)
        if !cursor.take("INVALID,", line) {
            guard let flags = cursor.flags(line) else { return .damaged(cursor.damage) }
            entry.flags = flags
            entry.known.insert(.flags)
        }
        entry.action = .block
        entry.direction = .inward
        readInterface(cursor.at, line, &names, into: &entry)
        return .entry
    }

    /// `.. from A[/p] to B[/q] .. [on interface IF]`, with one reason for all of a message's lines.
    /// `isLast`: the second address may end the sentence.
    func readPlain(
        _ line: borrowing Line, _ start: Int, _ ipProtocol: UInt8, _ reason: Reason,
        isLast: Bool = false, _ names: inout Names, into entry: inout Entry
    ) -> Reading {
        var cursor = CiscoCursor(start)
        entry.ipProtocol = ipProtocol
        guard readFromTo(&cursor, line, &names, into: &entry), isLast || cursor.at < line.end
        else { return .damaged(cursor.damage) }
        entry.action = .block
        entry.reason = reason
        entry.direction = .inward
        readInterface(cursor.at, line, &names, into: &entry)
        // 106007 tells on which DNS message it fell.
        if let due = line.find(" due to ", from: cursor.at) {
            entry.reasonText = names.keep(line, Field(due + 8, line.end))
        }
        return .entry
    }

    /// 106021 `Deny TCP reverse path check from ..`, 106022 `Deny TCP connection spoof from ..`,
    /// 500004 `Invalid transport field for protocol=TCP, from ..`.
    func readProtocolFirst(
        _ line: borrowing Line, _ start: Int, _ id: UInt32, _ names: inout Names,
        into entry: inout Entry
    ) -> Reading {
        var cursor = CiscoCursor(start)
        let ipProtocol: UInt8
        if id == 500_004 {
            guard cursor.skip(past: "protocol=", line) else { return .damaged(.cutShort) }
            let end = line.find(0x2C, from: cursor.at) ?? line.end
            ipProtocol = ipProtocolNumber(line, Field(cursor.at, end))
        } else {
            guard cursor.take("Deny ", line) else { return .damaged(.badField) }
            ipProtocol = cursor.ipProtocol(line)
        }
        let reason: Reason = id == 500_004 ? .malformed : .antiSpoofing
        let reading = readPlain(
            line, cursor.at, ipProtocol, reason, isLast: id == 500_004, &names, into: &entry)
        // A packet of a known connection on the wrong interface: a spoof, or a path that moved.
        if id == 106_022, line.has("connection spoof", at: cursor.at) {
            entry.reasonText = names.keep(line, Field(cursor.at, cursor.at + 16))
        }
        return reading
    }

    /// 106023: `Deny PROTO src IF:A/p[(user)] dst IF:B/q[(user)] [(type t, code c)] by access-group
    /// "ACL" [..]`, of a later fragment without ports; 106010 and 106014: `Deny inbound PROTO src IF:A[/p] dst IF:B[/q] ..`.
    func readSourceDestination(
        _ line: borrowing Line, _ start: Int, _ id: UInt32, _ names: inout Names,
        into entry: inout Entry
    ) -> Reading {
        var cursor = CiscoCursor(start)
        guard cursor.take("Deny ", line) else { return .damaged(.badField) }
        _ = cursor.take("inbound ", line)
        let ipProtocol = cursor.ipProtocol(line)
        guard cursor.skip(past: "src ", line), let source = cursor.side(line, &names) else {
            return .damaged(cursor.damage)
        }
        cursor.skipUsers(line)
        guard cursor.skip(past: "dst ", line), let destination = cursor.side(line, &names) else {
            return .damaged(cursor.damage)
        }
        entry.ipProtocol = ipProtocol
        entry.action = .block
        entry.reason = .match
        entry.direction = .inward
        fill(&entry, source, destination, line, &names)
        noteICMPType(&cursor, line, &entry)
        guard id == 106_023 else { return .entry }
        let hasPorts = ipProtocol == Entry.tcp || ipProtocol == Entry.udp
        if hasPorts, !source.namesPort, !destination.namesPort {
            entry.known.insert(.laterFragment)
        }
        guard cursor.skip(past: "by access-group ", line) else { return .damaged(.cutShort) }
        let quoted = line[cursor.at] == 0x22
        let first = quoted ? cursor.at + 1 : cursor.at
        guard let end = line.find(quoted ? 0x22 : 0x20, from: first) ?? (quoted ? nil : line.end)
        else { return .damaged(.cutShort) }
        entry.rule = names.keep(line, Field(first, end))
        return .entry
    }

    /// 106100: `access-list ACL {permitted|denied|est-allowed} PROTO IF/A(p)[(user)] -> IF/B(q)[(user)]
    /// hit-cnt N {first hit|N-second interval} [..]`; 106102 and 106103 with `for user X` behind PROTO.
    func readAccessList(
        _ line: borrowing Line, _ start: Int, _ names: inout Names, into entry: inout Entry
    ) -> Reading {
        var cursor = CiscoCursor(start)
        guard cursor.take("access-list ", line) else { return .damaged(.badField) }
        let rule = cursor.word(line)
        let verdict = cursor.word(line)
        if line.equals(verdict, "permitted") || line.equals(verdict, "est-allowed") {
            entry.action = .pass
        } else if line.equals(verdict, "denied") {
            entry.action = .block
        } else {
            return .damaged(verdict.end >= line.end ? .cutShort : .badField)
        }
        let ipProtocol = cursor.ipProtocol(line)
        if cursor.take("for user ", line) { skipUserName(&cursor, line) }
        guard let source = slashSide(&cursor, line, &names) else { return .damaged(cursor.damage) }
        cursor.skipUsers(line)
        guard cursor.skip(past: "-> ", line), let destination = slashSide(&cursor, line, &names)
        else { return .damaged(cursor.damage) }
        cursor.skipUsers(line)
        guard cursor.skip(past: "hit-cnt ", line), let hits = cursor.number(line) else {
            return .damaged(cursor.damage)
        }
        entry.ipProtocol = ipProtocol
        entry.reason = .match
        entry.direction = .inward
        entry.rule = names.keep(line, rule)
        fill(&entry, source, destination, line, &names)
        // An ICMP line has type and code there; of old 0 and the type, where 0 is no error's.
        let type = source.end.port > 0 ? source.end.port : destination.end.port
        if type <= 0xFF { entry.noteICMP(type: UInt8(truncatingIfNeeded: type)) }
        let total = max(1, min(hits, 1_000_000)) * UInt64(entry.count)
        entry.count = UInt32(min(total, UInt64(UInt32.max)))
        if hits > 1 { entry.known.insert(.repeated) }
        return .entry
    }

    /// `IF/A(p)`: in an ICMP line the number in parentheses is a type or a code.
    private func slashSide(
        _ cursor: inout CiscoCursor, _ line: borrowing Line, _ names: inout Names
    ) -> CiscoSide? {
        guard let slash = line.find(0x2F, from: cursor.at) else {
            cursor.damage = .cutShort
            return nil
        }
        var side = CiscoSide()
        side.interface = Field(cursor.at, slash)
        cursor.at = slash + 1
        guard let address = cursor.address(line, &names) else { return nil }
        side.end.address = address
        guard cursor.take("(", line) else {
            cursor.damage = cursor.at >= line.end ? .cutShort : .badField
            return nil
        }
        let digits = Field(cursor.at, line.endOfDigits(cursor.at))
        cursor.at = digits.end
        guard let port = line.decimal16(digits), cursor.take(")", line) else {
            cursor.damage = digits.end >= line.end ? .cutShort : .badNumber
            return nil
        }
        side.end.port = port
        side.hasPort = true
        return side
    }

    /// A user's name may hold blanks; the interface is the word before the first slash.
    private func skipUserName(_ cursor: inout CiscoCursor, _ line: borrowing Line) {
        guard let slash = line.find(0x2F, from: cursor.at) else { return }
        var place = slash
        while place > cursor.at, line[place - 1] != 0x20 { place -= 1 }
        cursor.at = place
    }

    /// 419001 `Dropping TCP packet from IF:A/p to IF:B/q, reason: MSS exceeded, ..` and 419002
    /// `Duplicate TCP SYN from IF:A/p to IF:B/q with different initial sequence number`.
    func readBetween(
        _ line: borrowing Line, _ start: Int, _ id: UInt32, _ names: inout Names,
        into entry: inout Entry
    ) -> Reading {
        var cursor = CiscoCursor(start)
        guard cursor.skip(past: " from ", line), let source = cursor.side(line, &names) else {
            return .damaged(cursor.damage)
        }
        cursor.skipUsers(line)
        guard cursor.skip(past: " to ", line), let destination = cursor.side(line, &names),
            cursor.at < line.end
        else { return .damaged(cursor.damage) }
        entry.ipProtocol = Entry.tcp
        entry.direction = .inward
        fill(&entry, source, destination, line, &names)
        if id == 419_002 {
            entry.action = .note
            entry.reason = .ignoredInState
            entry.flags = .syn
            entry.known.insert(.flags)
            return .entry
        }
        entry.action = .block
        entry.reason = .normalize
        if cursor.skip(past: "reason: ", line) {
            let end = line.find(0x2C, from: cursor.at) ?? line.end
            entry.reasonText = names.keep(line, Field(cursor.at, end))
        }
        return .entry
    }

    /// 710003 `TCP access denied by ACL from A/p to IF:B/q`, 710005 `TCP request discarded from A/p
    /// to IF:B/q`: packets to the device itself.
    func readToTheBox(
        _ line: borrowing Line, _ start: Int, _ id: UInt32, _ names: inout Names,
        into entry: inout Entry
    ) -> Reading {
        var cursor = CiscoCursor(start)
        entry.ipProtocol = cursor.ipProtocol(line)
        let words = cursor.at
        guard cursor.skip(past: " from ", line) else { return .damaged(.cutShort) }
        let wordsEnd = cursor.at - 6
        guard let source = cursor.end(line, &names) else { return .damaged(cursor.damage) }
        cursor.skipUsers(line)
        guard cursor.skip(past: " to ", line), var destination = cursor.side(line, &names) else {
            return .damaged(cursor.damage)
        }
        entry.action = .block
        entry.direction = .inward
        // A 710005 can be a TCP packet of no session as well as a service that is not there.
        entry.reason = id == 710_003 ? .match : .unknown
        if id == 710_005 { entry.reasonText = names.keep(line, Field(words, wordsEnd)) }
        // The interface stands with the device's own address; it is where the packet came in.
        let interface = names.keep(line, destination.interface)
        destination.interface = Field(0, 0)
        fill(&entry, source, destination, line, &names)
        entry.interface = interface
        return .entry
    }

    /// `from A[/p][(user)] to B[/q]`; moves behind it.
    private func readFromTo(
        _ cursor: inout CiscoCursor, _ line: borrowing Line, _ names: inout Names,
        into entry: inout Entry
    ) -> Bool {
        guard cursor.skip(past: "from ", line) else { return false }
        // 106016 puts the source in parentheses.
        let isWrapped = cursor.take("(", line)
        guard let source = cursor.end(line, &names) else { return false }
        if isWrapped { _ = cursor.take(")", line) }
        cursor.skipUsers(line)
        guard cursor.skip(past: "to ", line), let destination = cursor.end(line, &names) else {
            return false
        }
        cursor.skipUsers(line)
        fill(&entry, source, destination, line, &names)
        return true
    }

    private func readInterface(
        _ start: Int, _ line: borrowing Line, _ names: inout Names, into entry: inout Entry
    ) {
        guard let at = line.find("on interface ", from: start) else { return }
        // 106022 ends as a sentence does.
        let end = line[line.end - 1] == 0x2E ? line.end - 1 : line.end
        entry.interface = names.keep(line, Field(at + 13, max(at + 13, end)))
    }

    /// Both ends of a line. Ports count where the protocol has them; an ICMP line's numbers do not.
    func fill(
        _ entry: inout Entry, _ source: CiscoSide, _ destination: CiscoSide,
        _ line: borrowing Line, _ names: inout Names
    ) {
        entry.source = source.end
        entry.destination = destination.end
        entry.interface = names.keep(line, source.interface)
        entry.otherInterface = names.keep(line, destination.interface)
        let hasPorts = entry.ipProtocol == 6 || entry.ipProtocol == 17 || entry.ipProtocol == 132
        if source.hasPort, destination.hasPort, hasPorts {
            entry.known.insert(.ports)
        } else {
            entry.source.port = 0
            entry.destination.port = 0
        }
    }
}
