// ICMP messages refused, and what Cisco's sentences tell of an ICMP message's type.
//
// Read `CiscoASA+Blocks` first, then "Cisco ASA Series Syslog Messages" 313001 to 313008.

import Bytes
import Facts

extension CiscoASA {
    /// 313004: `Denied ICMP type=T, from laddr A on interface IF to B: no matching session`.
    func readICMPDenied(
        _ line: borrowing Line, _ start: Int, _ names: inout Names, into entry: inout Entry
    ) -> Reading {
        var cursor = CiscoCursor(start)
        let type = typeBehindEquals(&cursor, line)
        guard cursor.skip(past: "from ", line) else { return .damaged(cursor.damage) }
        _ = cursor.take("laddr ", line)
        guard let source = cursor.end(line, &names), cursor.skip(past: "on interface ", line) else {
            return .damaged(cursor.damage)
        }
        let interface = cursor.at
        guard cursor.skip(past: " to ", line) else { return .damaged(.cutShort) }
        entry.interface = names.keep(line, Field(interface, cursor.at - 4))
        // The colon that ends the address belongs to the sentence, not to an IPv6 address.
        guard let end = line.find(": ", from: cursor.at) else { return .damaged(.cutShort) }
        guard let destination = Address(line, Field(cursor.at, end), &names) else {
            return .damaged(.badAddress)
        }
        finishICMP(source.end.address, destination, into: &entry)
        if let type { entry.noteICMP(type: type) }
        return .entry
    }

    /// 313005: `No matching connection for ICMP error message: icmp src IF:A[(user)] dst IF:B (type t,
    /// code c) on IF interface. Original IP payload: ..`.
    func readICMPError(
        _ line: borrowing Line, _ start: Int, _ names: inout Names, into entry: inout Entry
    ) -> Reading {
        var cursor = CiscoCursor(start)
        guard cursor.skip(past: " src ", line), let source = cursor.side(line, &names) else {
            return .damaged(cursor.damage)
        }
        cursor.skipUsers(line)
        guard cursor.skip(past: "dst ", line), let destination = cursor.side(line, &names),
            cursor.at < line.end
        else { return .damaged(cursor.damage) }
        fill(&entry, source, destination, line, &names)
        finishICMP(source.end.address, destination.end.address, into: &entry)
        // Cisco calls a redirect an error too: the type decides, not the sentence.
        noteICMPType(&cursor, line, &entry)
        return .entry
    }

    /// 313001 `Denied ICMP type=T, code=C from A on interface IF` and 313008, of ICMPv6: messages to
    /// the device itself, refused by its `icmp` command; its own address is not told.
    func readICMPToTheBox(
        _ line: borrowing Line, _ start: Int, _ names: inout Names, into entry: inout Entry
    ) -> Reading {
        var cursor = CiscoCursor(start)
        let type = typeBehindEquals(&cursor, line)
        guard cursor.skip(past: "from ", line), let source = cursor.end(line, &names),
            cursor.skip(past: "on interface ", line), cursor.at < line.end
        else { return .damaged(cursor.damage) }
        entry.source = Endpoint(source.end.address, 0)
        entry.ipProtocol = source.end.address.isV6 ? 58 : 1
        entry.action = .block
        entry.direction = .inward
        entry.reason = .match
        entry.interface = names.keep(line, Field(cursor.at, line.end))
        if let type { entry.noteICMP(type: type) }
        return .entry
    }

    private func finishICMP(
        _ source: Address, _ destination: Address, into entry: inout Entry
    ) {
        entry.source = Endpoint(source, 0)
        entry.destination = Endpoint(destination, 0)
        entry.ipProtocol = source.isV6 ? 58 : 1
        entry.action = .block
        entry.direction = .inward
        entry.reason = .noState
        entry.known.insert(.saysNoState)
    }

    /// The ` (type T, code C)` behind the second address and its users, if it is there.
    func noteICMPType(
        _ cursor: inout CiscoCursor, _ line: borrowing Line, _ entry: inout Entry
    ) {
        guard entry.ipProtocol == 1 || entry.ipProtocol == 58 else { return }
        cursor.skipUsers(line)
        let open = line.skipBlanks(cursor.at)
        guard line.has("(type ", at: open) else { return }
        let digits = Field(open + 6, line.endOfDigits(open + 6))
        // At the line's end it may be half a number.
        guard digits.end < line.end, let type = line.decimal8(digits) else { return }
        entry.noteICMP(type: type)
    }

    /// `type=T,`
    private func typeBehindEquals(
        _ cursor: inout CiscoCursor, _ line: borrowing Line
    ) -> UInt8? {
        guard cursor.skip(past: "type=", line) else { return nil }
        return line.decimal8(Field(cursor.at, line.endOfDigits(cursor.at)))
    }
}
