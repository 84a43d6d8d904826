// Packets that a part of the device other than an access list refused: an inspection, a module, a
// limit, the translation, the routing table, a shun.
//
// Read first: "Cisco ASA Series Syslog Messages", the numbers below. Most of them name both ends in
// one of three ways; what differs is why.

import Bytes
import Facts

extension CiscoASA {
    /// How a message names the two ends of its packet.
    private enum Ends {
        /// `from IF:A/p to IF:B/q`
        case between
        /// `src IF:A/p dst IF:B/q`
        case sourceDestination
        /// `from A/p to B/q on interface IF`
        case bare
    }

    /// A message that may tell of a refused packet; most numbers tell of something else.
    func readRefusal(
        _ line: borrowing Line, _ at: Int, _ id: UInt32, _ names: inout Names,
        into entry: inout Entry
    ) -> Reading {
        switch id {
        case 106_002: readOutbound(line, at, &names, into: &entry)
        case 106_011: refuse(line, at, .sourceDestination, .mapFailed, &names, into: &entry)
        case 110_002, 110_003: readUnrouted(line, at, &names, into: &entry)
        case 201_010, 201_011, 201_012, 201_013:
            refuse(line, at, .bare, .stateLimit, &names, into: &entry)
        case 202_010, 202_011: refuse(line, at, .between, .mapFailed, &names, into: &entry)
        case 302_017: readBuilt(line, at, 47, isBypass: true, &names, into: &entry)
        case 302_018: readTeardown(line, at, 47, isBypass: true, &names, into: &entry)
        case 305_005, 305_006, 305_013:
            refuse(line, at, .sourceDestination, .mapFailed, &names, into: &entry)
        case 313_003: refuse(line, at, .sourceDestination, .malformed, &names, into: &entry)
        case 313_009: readBadICMP(line, at, &names, into: &entry)
        case 338_001...338_008, 338_201...338_204:
            dropped(line, at, "dropped", &names, into: &entry)
        case 401_004: readShunned(line, at, &names, into: &entry)
        case 108_004, 410_001, 410_003, 410_004, 415_001...415_020, 431_001, 431_002:
            dropped(line, at, "ropp", &names, into: &entry)
        case 418_001, 450_001:
            refuse(line, at, .sourceDestination, .match, &names, into: &entry)
        case 420_002, 429_002, 434_002: dropped(line, at, "to drop", &names, into: &entry)
        case 421_001: dropped(line, at, "dropped", &names, into: &entry)
        case 507_003: readEnded(line, at, &names, into: &entry)
        default: .nothing
        }
    }

    /// Of numbers that also tell of packets let through: only where the word is there.
    private func dropped(
        _ line: borrowing Line, _ at: Int, _ word: StaticString, _ names: inout Names,
        into entry: inout Entry
    ) -> Reading {
        guard line.find(word, from: at) != nil else { return .nothing }
        return refuse(line, at, .between, .match, &names, into: &entry)
    }

    private func refuse(
        _ line: borrowing Line, _ start: Int, _ ends: Ends, _ reason: Reason,
        _ names: inout Names, into entry: inout Entry
    ) -> Reading {
        var cursor = CiscoCursor(start)
        let from: StaticString = ends == .sourceDestination ? " src " : " from "
        guard cursor.skip(past: from, line) else { return .nothing }
        entry.ipProtocol = protocolWord(line, start, cursor.at)
        guard var source = side(&cursor, line, ends, &names) else {
            return .damaged(cursor.damage)
        }
        _ = cursor.mapped(line, &names, into: &source)
        cursor.skipUsers(line)
        guard cursor.skip(past: ends == .sourceDestination ? "dst " : "to ", line),
            let destination = side(&cursor, line, ends, &names)
        else { return .damaged(cursor.damage) }
        cursor.skipUsers(line)
        entry.action = .block
        entry.reason = reason
        entry.direction = .inward
        entry.natSource = source.translation
        fillEnds(&entry, source, destination, line, &names)
        if ends == .sourceDestination { noteICMPType(&cursor, line, &entry) }
        if ends == .bare, let at = line.find("on interface ", from: cursor.at) {
            entry.interface = names.keep(line, Field(at + 13, line.end))
        }
        noteWhy(line, start, &names, into: &entry)
        return .entry
    }

    private func side(
        _ cursor: inout CiscoCursor, _ line: borrowing Line, _ ends: Ends, _ names: inout Names
    ) -> CiscoSide? {
        ends == .bare ? cursor.end(line, &names) : cursor.side(line, &names)
    }

    /// Ports stand there even where the sentence does not say whose they are.
    private func fillEnds(
        _ entry: inout Entry, _ source: CiscoSide, _ destination: CiscoSide,
        _ line: borrowing Line, _ names: inout Names
    ) {
        fill(&entry, source, destination, line, &names)
        guard entry.ipProtocol == 255, source.hasPort, destination.hasPort else { return }
        entry.source.port = source.end.port
        entry.destination.port = destination.end.port
        entry.known.insert(.ports)
    }

    /// TCP, UDP or ICMP, or a number behind `protocol`, among the words before the first end.
    private func protocolWord(_ line: borrowing Line, _ start: Int, _ end: Int) -> UInt8 {
        var at = line.skipBlanks(start)
        while at < end {
            let word = Field(at, line.endOfWord(at))
            if line.equalsIgnoringCase(word, "tcp") { return Entry.tcp }
            if line.equalsIgnoringCase(word, "udp") { return Entry.udp }
            if line.equalsIgnoringCase(word, "icmp") { return 1 }
            at = line.skipBlanks(word.end)
            if line.equals(word, "protocol"), isDigit(line[at]) {
                return ipProtocolNumber(line, Field(at, line.endOfDigits(at)))
            }
        }
        return 255
    }

    /// What a message gives as its reason, where it gives one.
    private func noteWhy(
        _ line: borrowing Line, _ start: Int, _ names: inout Names, into entry: inout Entry
    ) {
        if let at = line.find(" reason - ", from: start)
            ?? line.find(" Drop reason: ", from: start)
        {
            let colon = line[at + 1] == 0x72 ? at + 10 : at + 14
            entry.reasonText = names.keep(line, Field(min(colon, line.end), line.end))
            return
        }
        // Else who refused it: the sentence up to its first end.
        guard let end = line.find(" from ", from: start) ?? line.find(" src ", from: start) else {
            return
        }
        entry.reasonText = names.keep(line, Field(start, end))
    }

    /// 110002 `Failed to locate egress interface for PROTO from IF:A/p to B/q`, 110003 `Routing
    /// failed to locate next hop for PROTO from IF:A/p to IF:B/q`.
    private func readUnrouted(
        _ line: borrowing Line, _ start: Int, _ names: inout Names, into entry: inout Entry
    ) -> Reading {
        var cursor = CiscoCursor(start)
        guard cursor.skip(past: " for ", line) else { return .damaged(cursor.damage) }
        entry.ipProtocol = cursor.ipProtocol(line)
        guard cursor.take("from ", line), let source = cursor.side(line, &names) else {
            return .damaged(cursor.damage)
        }
        cursor.skipUsers(line)
        guard cursor.skip(past: " to ", line) else { return .damaged(cursor.damage) }
        let word = Field(cursor.at, line.endOfWord(cursor.at))
        let colon = line.find(0x3A, from: word.start, before: word.end)
        let isNamed = colon != nil && Address(line, Field(word.start, slash(line, word))) == nil
        guard
            let destination = isNamed ? cursor.side(line, &names) : cursor.end(line, &names)
        else { return .damaged(cursor.damage) }
        entry.action = .block
        entry.reason = .unknown
        entry.direction = .inward
        fillEnds(&entry, source, destination, line, &names)
        noteWhy(line, start, &names, into: &entry)
        return .entry
    }

    private func slash(_ line: borrowing Line, _ word: Field) -> Int {
        line.find(0x2F, from: word.start, before: word.end) ?? word.end
    }

    /// 313009 `Denied invalid ICMP code N, for IF:A/n (A/n) to IF:B/n (B/n), ICMP id N, ICMP type N`.
    private func readBadICMP(
        _ line: borrowing Line, _ start: Int, _ names: inout Names, into entry: inout Entry
    ) -> Reading {
        var cursor = CiscoCursor(start)
        guard cursor.skip(past: ", for ", line), let source = cursor.side(line, &names) else {
            return .damaged(cursor.damage)
        }
        guard cursor.skip(past: " to ", line), let destination = cursor.side(line, &names) else {
            return .damaged(cursor.damage)
        }
        entry.ipProtocol = source.end.address.isV6 ? 58 : 1
        entry.action = .block
        entry.reason = .malformed
        entry.direction = .inward
        fill(&entry, source, destination, line, &names)
        if let at = line.find("ICMP type ", from: cursor.at),
            let type = line.decimal8(Field(at + 10, line.endOfDigits(at + 10)))
        {
            entry.noteICMP(type: type)
        }
        return .entry
    }

    /// 401004 `Shunned packet: A = B on interface IF`, of some versions with `==>`.
    private func readShunned(
        _ line: borrowing Line, _ start: Int, _ names: inout Names, into entry: inout Entry
    ) -> Reading {
        var cursor = CiscoCursor(start)
        guard cursor.skip(past: "packet: ", line), let source = cursor.end(line, &names) else {
            return .damaged(cursor.damage)
        }
        cursor.at = line.skipBlanks(cursor.at)
        while cursor.at < line.end, line[cursor.at] == 0x3D || line[cursor.at] == 0x3E {
            cursor.at += 1
        }
        cursor.at = line.skipBlanks(cursor.at)
        guard let destination = cursor.end(line, &names),
            cursor.skip(past: "on interface ", line)
        else { return .damaged(cursor.damage) }
        entry.ipProtocol = 255
        entry.action = .block
        entry.reason = .match
        entry.direction = .inward
        fill(&entry, source, destination, line, &names)
        entry.interface = names.keep(line, Field(cursor.at, line.end))
        return .entry
    }

    /// 106002 `udp connection denied by outbound list N src A p dest B q`.
    private func readOutbound(
        _ line: borrowing Line, _ start: Int, _ names: inout Names, into entry: inout Entry
    ) -> Reading {
        var cursor = CiscoCursor(start)
        entry.ipProtocol = cursor.ipProtocol(line)
        guard cursor.skip(past: " src ", line), let source = spacedSide(&cursor, line, &names),
            cursor.skip(past: "dest ", line), let destination = spacedSide(&cursor, line, &names)
        else { return .damaged(cursor.damage) }
        entry.action = .block
        entry.reason = .match
        fill(&entry, source, destination, line, &names)
        return .entry
    }

    private func spacedSide(
        _ cursor: inout CiscoCursor, _ line: borrowing Line, _ names: inout Names
    ) -> CiscoSide? {
        guard let address = cursor.address(line, &names) else { return nil }
        var side = CiscoSide()
        side.end.address = address
        cursor.at = line.skipBlanks(cursor.at)
        let digits = Field(cursor.at, line.endOfDigits(cursor.at))
        if let port = line.decimal16(digits) {
            side.end.port = port
            side.hasPort = true
            cursor.at = line.skipBlanks(digits.end)
        }
        return side
    }

    /// 507003 `tcp flow from IF:A/p to IF:B/q terminated by inspection engine, reason - ..`.
    private func readEnded(
        _ line: borrowing Line, _ start: Int, _ names: inout Names, into entry: inout Entry
    ) -> Reading {
        let reading = refuse(line, start, .between, .closedByDevice, &names, into: &entry)
        if reading == .entry { entry.action = .close }
        return reading
    }
}
