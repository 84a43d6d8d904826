// Connections being built and torn down: where they come from, how long they lived, why they ended.
//
// Read first: "Cisco ASA Series Syslog Messages" 302013 to 302021, 302303 and 302304 with the table
// of reasons under 302014; Cisco document 116149 for which pair of a line is the initiator.

import Bytes
import Facts

extension CiscoASA {
    /// 302013, 302015: `Built {inbound|outbound} TCP connection ID for IF:A/p (m/p) to IF:B/q (m/q)`;
    /// 302303: `Built TCP state-bypass connection ID from IF:A/p (m/p) to IF:B/q (m/q)`.
    func readBuilt(
        _ line: borrowing Line, _ start: Int, _ ipProtocol: UInt8, isBypass: Bool,
        _ names: inout Names, into entry: inout Entry
    ) -> Reading {
        var cursor = CiscoCursor(start)
        guard cursor.take("Built ", line) else { return .damaged(.badField) }
        let isOutbound = line.has("outbound ", at: cursor.at)
        guard isBypass || isOutbound || line.has("inbound ", at: cursor.at) else {
            return .damaged(line.end - cursor.at < 9 ? .cutShort : .badField)
        }
        guard readConnectionID(&cursor, line, into: &entry),
            cursor.skip(past: isBypass ? " from " : " for ", line),
            var first = cursor.side(line, &names), cursor.mapped(line, &names, into: &first)
        else { return .damaged(cursor.damage) }
        cursor.skipUsers(line)
        guard cursor.skip(past: " to ", line), var second = cursor.side(line, &names),
            cursor.mapped(line, &names, into: &second)
        else { return .damaged(cursor.damage) }
        // Document 116149: the first pair is the side with the lower security level. Of an
        // outbound connection that is the answering side.
        if isOutbound { swap(&first, &second) }
        entry.action = .open
        entry.direction = .inward
        entry.natSource = first.translation
        entry.natDestination = second.translation
        entry.ipProtocol = ipProtocol
        fill(&entry, first, second, line, &names)
        if isBypass, let at = line.find("TCP state-bypass", from: start) {
            entry.reasonText = names.keep(line, Field(at, at + 16))
        }
        return .entry
    }

    /// 302014, 302016: `Teardown TCP connection ID for IF:A/p to IF:B/q duration H:MM:SS bytes N
    /// [REASON [from IF]] [(user)]`; 302304 the same with `from` in place of `for`.
    func readTeardown(
        _ line: borrowing Line, _ start: Int, _ ipProtocol: UInt8, isBypass: Bool,
        _ names: inout Names, into entry: inout Entry
    ) -> Reading {
        var cursor = CiscoCursor(start)
        guard cursor.take("Teardown ", line) else { return .damaged(.badField) }
        guard readConnectionID(&cursor, line, into: &entry),
            cursor.skip(past: isBypass ? " from " : " for ", line),
            let first = cursor.side(line, &names)
        else { return .damaged(cursor.damage) }
        cursor.skipUsers(line)
        guard cursor.skip(past: " to ", line), let second = cursor.side(line, &names) else {
            return .damaged(cursor.damage)
        }
        cursor.skipUsers(line)
        guard cursor.skip(past: "duration ", line), let life = readDuration(&cursor, line),
            cursor.skip(past: "bytes ", line), let bytes = cursor.number(line)
        else { return .damaged(cursor.damage) }
        entry.action = .close
        entry.ipProtocol = ipProtocol
        entry.durationMicroseconds = life
        entry.bytes = bytes
        entry.known.formUnion([.duration, .bytes])
        // The line has the pairs of its opening in the same order and does not say which of them
        // began it; only a state-bypass line does.
        fill(&entry, first, second, line, &names)
        if isBypass { entry.direction = .inward }
        let reason = teardownReason(line, cursor.at)
        entry.reasonText = names.keep(line, reason)
        if ipProtocol == Entry.tcp { entry.reason = ciscoReason(line, reason) }
        return .entry
    }

    /// 302020, 302021: `{Built {inbound|outbound}|Teardown} ICMP connection for faddr A/x gaddr B/y
    /// laddr C/z`: the foreign host, the local one as the world sees it, and the local one.
    func readICMPConnection(
        _ line: borrowing Line, _ start: Int, _ names: inout Names, into entry: inout Entry
    ) -> Reading {
        var cursor = CiscoCursor(start)
        let isOpen = cursor.take("Built ", line)
        guard isOpen || cursor.take("Teardown ", line) else { return .damaged(.badField) }
        let isOutbound = line.has("outbound ", at: cursor.at)
        guard cursor.skip(past: " faddr ", line), let foreign = cursor.end(line, &names),
            cursor.skip(past: " gaddr ", line), let global = cursor.end(line, &names),
            cursor.skip(past: " laddr ", line), let local = cursor.end(line, &names)
        else { return .damaged(cursor.damage) }
        entry.action = isOpen ? .open : .close
        entry.ipProtocol = foreign.end.address.isV6 ? 58 : 1
        // What stands behind the slashes is the echo identifier or nothing: no ports.
        let seen = Endpoint(global.end.address, 0)
        let isMapped = global.end.address != local.end.address
        entry.source = Endpoint(foreign.end.address, 0)
        entry.destination = Endpoint(local.end.address, 0)
        if isOutbound {
            swap(&entry.source, &entry.destination)
            if isMapped { entry.natSource = seen }
        } else if isMapped {
            entry.natDestination = seen
        }
        return .entry
    }

    private func readConnectionID(
        _ cursor: inout CiscoCursor, _ line: borrowing Line, into entry: inout Entry
    ) -> Bool {
        guard cursor.skip(past: "connection ", line), let id = cursor.number(line) else {
            return false
        }
        entry.connectionID = id
        entry.known.insert(.connectionID)
        return true
    }

    /// `H:MM:SS`; the hours run past 24.
    private func readDuration(_ cursor: inout CiscoCursor, _ line: borrowing Line) -> Int64? {
        guard let hours = cursor.number(line) else { return nil }
        // Limit: ten million hours are a thousand years; more is damage and could overflow.
        guard hours < 10_000_000, cursor.take(":", line), let minutes = cursor.number(line),
            minutes < 60, cursor.take(":", line), let seconds = cursor.number(line), seconds < 60
        else {
            cursor.damage = cursor.at >= line.end ? .cutShort : .badNumber
            return nil
        }
        return Int64(hours * 3600 + minutes * 60 + seconds) * 1_000_000
    }

    /// What stands behind the bytes without ` from IF` and without the user at the end.
    private func teardownReason(_ line: borrowing Line, _ start: Int) -> Field {
        var field = Field(line.skipBlanks(start), line.end)
        if line[field.start] == 0x28 { return Field(field.start, field.start) }
        if let from = line.find(" from ", from: field.start) { field.end = from }
        if let user = line.find(" (", from: field.start, before: field.end) { field.end = user }
        while field.end > field.start, line[field.end - 1] == 0x20 { field.end -= 1 }
        return field
    }
}

/// The reasons of 302014 as one vocabulary; words no document lists stay unknown, for a cut line
/// must not become a claim.
func ciscoReason(_ line: borrowing Line, _ reason: Field) -> Reason {
    if reason.isEmpty { return .unknown }
    if line.equals(reason, "TCP FINs") { return .closedByFins }
    // `TCP Reset-I`, `TCP Reset-O`, `TCP Reset - APPLIANCE`.
    if starts(line, reason, with: "TCP Reset") { return .closedByReset }
    if line.equalsIgnoringCase(reason, "SYN Timeout") { return .closedHandshake }
    if line.equalsIgnoringCase(reason, "FIN Timeout") { return .closedHalfClosed }
    if line.equalsIgnoringCase(reason, "Conn-timeout")
        || line.equalsIgnoringCase(reason, "Connection timeout")
        || line.equalsIgnoringCase(reason, "Idle Timeout")
        || starts(line, reason, with: "Flow timed out")
    {
        return .closedIdle
    }
    if starts(line, reason, with: "Failover primary closed") { return .closedFailover }
    // An operator's `clear xlate`: the table lost the connection, nobody ended it.
    if line.equalsIgnoringCase(reason, "Xlate Clear") { return .closedFlushed }
    return isDevicesOwn(line, reason) ? .closedByDevice : .unknown
}

/// Reasons that are the device's own decision: inspection, an intrusion rule, a handshake it did
/// not accept, a route or a tunnel that went away.
private func isDevicesOwn(_ line: borrowing Line, _ reason: Field) -> Bool {
    switch line[reason.start] {
    case 0x44: return starts(line, reason, with: "Deny Termi")
    case 0x46:
        return starts(line, reason, with: "Flow closed by") || starts(line, reason, with: "Flow is")
            || starts(line, reason, with: "Flow terminated by")
            || starts(line, reason, with: "Flow reset by")
            || starts(line, reason, with: "Free the flow")
    case 0x49:
        return starts(line, reason, with: "IPS fail-close")
            || starts(line, reason, with: "Invalid SYN")
    case 0x4E: return starts(line, reason, with: "No valid adjacency")
    case 0x50: return starts(line, reason, with: "Pinhole Timeout")
    case 0x52: return starts(line, reason, with: "Route change")
    case 0x53: return starts(line, reason, with: "SYN Control")
    case 0x54:
        return starts(line, reason, with: "TCP Invalid SYN")
            || starts(line, reason, with: "TCP bad retransmission")
            || starts(line, reason, with: "TCP segment partial overlap")
            || starts(line, reason, with: "TCP unexpected window size")
            || starts(line, reason, with: "Tunnel has been torn down")
    case 0x55: return starts(line, reason, with: "Unauth Deny")
    case 0x56: return starts(line, reason, with: "VPN reclassify")
    default: return false
    }
}

private func starts(_ line: borrowing Line, _ field: Field, with text: StaticString) -> Bool {
    field.count >= text.utf8CodeUnitCount && line.has(text, at: field.start)
}
