// Fragments that were not put together: the messages of Cisco's IP stack, which name no rule.
//
// Read first: "Cisco ASA Series Syslog Messages" 209003 to 209006.

import Bytes
import Facts

extension CiscoASA {
    /// 209003 `Fragment database limit of N exceeded: src = A, dest = B, proto = P, id = N`,
    /// 209004 `Invalid IP fragment, size = N exceeds maximum size = N: src = A, ..` and
    /// 209005 `Discard IP fragment set with more than N elements: src = A, ..`.
    func readFragmentSet(
        _ line: borrowing Line, _ start: Int, _ names: inout Names, into entry: inout Entry
    ) -> Reading {
        var cursor = CiscoCursor(start)
        guard cursor.skip(past: "src = ", line), let source = cursor.end(line, &names),
            cursor.skip(past: "dest = ", line), let destination = cursor.end(line, &names),
            cursor.skip(past: "proto = ", line)
        else { return .damaged(cursor.damage) }
        // What stands behind the protocol shows that it is whole.
        guard let comma = line.find(0x2C, from: cursor.at) else { return .damaged(.cutShort) }
        var word = Field(cursor.at, comma)
        while word.count > 0, line[word.end - 1] == 0x20 { word.end -= 1 }
        finishFragment(source, destination, ipProtocolNumber(line, word), line, &names, &entry)
        return .entry
    }

    /// 209006: `Fragment queue threshold exceeded, dropped P fragment from A/p to B/q on IF
    /// interface.`
    func readFragmentQueue(
        _ line: borrowing Line, _ start: Int, _ names: inout Names, into entry: inout Entry
    ) -> Reading {
        var cursor = CiscoCursor(start)
        guard cursor.skip(past: "dropped ", line) else { return .damaged(cursor.damage) }
        let ipProtocol = cursor.ipProtocol(line)
        guard cursor.skip(past: "from ", line) else { return .damaged(cursor.damage) }
        _ = cursor.take("IP ", line)
        guard let source = cursor.end(line, &names), cursor.skip(past: " to ", line) else {
            return .damaged(cursor.damage)
        }
        _ = cursor.take("IP ", line)
        // At the line's end may stand half of the address or the port.
        guard let destination = cursor.end(line, &names), cursor.at < line.end else {
            return .damaged(cursor.damage)
        }
        finishFragment(source, destination, ipProtocol, line, &names, &entry)
        if cursor.take(" on ", line), let end = line.find(" interface", from: cursor.at) {
            entry.interface = names.keep(line, Field(cursor.at, end))
        }
        return .entry
    }

    private func finishFragment(
        _ source: CiscoSide, _ destination: CiscoSide, _ ipProtocol: UInt8,
        _ line: borrowing Line, _ names: inout Names, _ entry: inout Entry
    ) {
        entry.ipProtocol = ipProtocol
        entry.action = .block
        entry.reason = .fragment
        entry.direction = .inward
        fill(&entry, source, destination, line, &names)
    }
}
