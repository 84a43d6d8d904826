// A cluster's helpers of connections, and what else is told of traffic to the device itself.
//
// Read first: "Cisco ASA Series Syslog Messages" 302022 to 302027, 710002, 710004 and 710006. A node
// that does not own a connection keeps a stub of it, to forward its packets to the one that does.

import Bytes
import Facts

extension CiscoASA {
    /// 302022, 302024, 302026: `Built {director|backup|forwarder} stub TCP connection for IF:A/p (m/p)
    /// to IF:B/q (m/q)`; 302023, 302025, 302027: `Teardown stub TCP connection for IF:A/p to IF:B/q
    /// duration H:MM:SS forwarded bytes N REASON`. The connection itself begins and ends elsewhere.
    func readStub(
        _ line: borrowing Line, _ start: Int, _ ipProtocol: UInt8, _ names: inout Names,
        into entry: inout Entry
    ) -> Reading {
        var cursor = CiscoCursor(start)
        let isBuilt = cursor.take("Built ", line)
        guard isBuilt || cursor.take("Teardown ", line) else { return .damaged(.badField) }
        let role = Field(cursor.at, line.find(" connection ", from: cursor.at) ?? line.end)
        guard cursor.skip(past: " for ", line), var first = cursor.side(line, &names),
            !isBuilt || cursor.mapped(line, &names, into: &first)
        else { return .damaged(cursor.damage) }
        cursor.skipUsers(line)
        guard cursor.skip(past: " to ", line), let second = cursor.side(line, &names) else {
            return .damaged(cursor.damage)
        }
        entry.action = .update
        entry.ipProtocol = ipProtocol
        fill(&entry, first, second, line, &names)
        entry.reasonText = names.keep(line, role)
        guard !isBuilt else { return .entry }
        guard cursor.skip(past: "forwarded bytes ", line), let bytes = cursor.number(line) else {
            return .damaged(cursor.damage)
        }
        entry.bytes = bytes
        entry.known.insert(.bytes)
        return .entry
    }

    /// 710002 `TCP access permitted from A/p to IF:B/q`, 710004 `TCP connection limit exceeded from A/p
    /// to IF:B/q (current connections/connection limit = N/M)`.
    func readBoxVerdict(
        _ line: borrowing Line, _ start: Int, _ id: UInt32, _ names: inout Names,
        into entry: inout Entry
    ) -> Reading {
        let reading = readToTheBox(line, start, id, &names, into: &entry)
        guard reading == .entry else { return reading }
        entry.action = id == 710_002 ? .pass : .block
        entry.reason = id == 710_002 ? .match : .stateLimit
        return .entry
    }
}
