// MikroTik RouterOS: what firewall rules with `log=yes` or `action=log` write.
//
// Read first: MikroTik's "Log" and "Filter" manual pages. A line tells of a packet and not of what
// became of it: only the rule's log-prefix, the user's own text, may say that.

import Bytes
import Facts

public struct MikroTik: Dialect {
    public init() {}
    public let id = DialectID.mikroTik
    public let title = "MikroTik RouterOS, firewall rules that log"

    public var howToGet: [String] { MikroTik.steps }
    public var limits: [String] { MikroTik.bounds }
    public var samples: [Sample] { MikroTik.lines }

    public func read(
        _ line: borrowing Line, _ envelope: Envelope, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        // A chain looks like a program to who takes headers off.
        let start = envelope.program.isEmpty ? envelope.body : envelope.program.start
        guard let chain = chain(line, start), let out = line.find(" out:", from: chain.end + 5)
        else { return .notMine }
        guard let ipProtocol = line.find("proto ", from: out) else { return .damaged(.cutShort) }
        var record = Record()
        gatherInterfaces(line, chain.end + 5, out, &record)
        guard gatherPacket(line, ipProtocol + 6, &record) else { return .damaged(.cutShort) }
        if let damage = record.fill(line, &context, into: &entry) { return .damaged(damage) }
        judge(line, start, chain, Field(out, ipProtocol), &context, into: &entry)
        return .entry
    }

    // Limit: header, topics and a log-prefix stand before the chain.
    private static let reach = 200

    /// The chain: the word before `: in:`, with what a prefix may have glued to it.
    private func chain(_ line: borrowing Line, _ start: Int) -> Field? {
        var from = start
        while let colon = line.find(0x3A, from: from, before: min(line.end, start + Self.reach)) {
            if line.has(": in:", at: colon) {
                var first = colon
                while first > start, line[first - 1] != 0x20 { first -= 1 }
                return first < colon ? Field(first, colon) : nil
            }
            from = colon + 1
        }
        return nil
    }

    /// `ether1 out:(unknown 0)`: no interface stands in brackets.
    private func gatherInterfaces(
        _ line: borrowing Line, _ from: Int, _ out: Int, _ record: inout Record
    ) {
        let comma = line.find(0x2C, from: out) ?? line.end
        let state = line.find(" connection-", from: out, before: comma) ?? line.end
        let inbound = Field(from, out)
        let outbound = Field(out + 5, min(comma, state))
        if line[inbound.start] != 0x28, !inbound.isEmpty { record.set(.inbound, inbound) }
        if line[outbound.start] != 0x28, !outbound.isEmpty { record.set(.outbound, outbound) }
    }

    /// `TCP (ACK,FIN), A:p->B:q, NAT (A:p->C:r)->B:q, len 52`
    private func gatherPacket(_ line: borrowing Line, _ from: Int, _ record: inout Record) -> Bool {
        var at = from
        while at < line.end, line[at] != 0x2C, line[at] != 0x20 { at += 1 }
        record.set(.ipProtocol, Field(from, at))
        if line.has(" (", at: at), let close = line.find(0x29, from: at) {
            let inner = Field(at + 2, close)
            if line.has("type ", at: inner.start) {
                let number = inner.start + 5
                record.set(.icmpType, Field(number, min(line.endOfDigits(number), inner.end)))
            } else {
                record.set(.flags, inner)
            }
            at = close + 1
        }
        guard line.has(", ", at: at) else { return false }
        let start = at + 2
        let end = line.find(0x2C, from: start) ?? line.endOfWord(start)
        guard let arrow = line.find("->", from: start, before: end) else { return false }
        splitEnd(line, Field(start, arrow), .source, .sourcePort, &record)
        splitEnd(line, Field(arrow + 2, end), .destination, .destinationPort, &record)
        if line.has(", NAT ", at: end) { gatherTranslation(line, end + 6, &record) }
        return true
    }

    /// `(A:p->C:r)->B:q` of a source, `A:p->(B:q->D:s)` of a destination.
    private func gatherTranslation(_ line: borrowing Line, _ from: Int, _ record: inout Record) {
        let end = line.find(0x2C, from: from) ?? line.endOfWord(from)
        var at = from
        while at < end, let open = line.find(0x28, from: at, before: end),
            let close = line.find(0x29, from: open, before: end),
            let arrow = line.find("->", from: open, before: close)
        {
            let new = Field(arrow + 2, close)
            if open == from {
                splitEnd(line, new, .natSource, .natSourcePort, &record)
            } else {
                splitEnd(line, new, .natDestination, .natDestinationPort, &record)
            }
            at = close + 1
        }
    }

    /// `10.0.0.9:50211`, `[2001:db8::9]:443`, or an address alone.
    private func splitEnd(
        _ line: borrowing Line, _ all: Field, _ address: Role, _ port: Role,
        _ record: inout Record
    ) {
        // Nearly all are IPv4 with a port: no address has one colon and no more.
        var colon = line.find(0x3A, from: all.start, before: all.end) ?? all.start
        if line.find(0x3A, from: colon + 1, before: all.end) != nil {
            colon = all.end - 1
            while colon > all.start, line[colon] != 0x3A { colon -= 1 }
            guard Address(line, all) == nil else { return record.set(address, all) }
        }
        guard colon > all.start else { return record.set(address, all) }
        record.set(address, Field(all.start, colon))
        record.set(port, Field(colon + 1, all.end))
    }

    private func judge(
        _ line: borrowing Line, _ start: Int, _ chain: Field, _ middle: Field,
        _ context: inout Context, into entry: inout Entry
    ) {
        let prefix = prefix(line, start, chain)
        entry.rule = context.names.keep(line, prefix.isEmpty ? chain : prefix)
        let verdict = context.verdicts.within(line, prefix, MikroTik.verdicts, of: id)
        entry.action = verdict ?? .note
        if line.has("D|", at: prefix.start) { entry.action = .block }
        if line.has("A|", at: prefix.start) { entry.action = .pass }
        if entry.action != .note { entry.reason = .match }
        guard let state = line.find("connection-state:", from: middle.start, before: middle.end)
        else { return }
        if line.has("invalid", at: state + 17) {
            entry.reason = .invalid
            entry.known.insert(.saysNoState)
        } else if line.has("new", at: state + 17), entry.action == .pass {
            entry.action = .open
        }
    }

    /// The rule's log-prefix, without topics before it and the chain's name behind it.
    private func prefix(_ line: borrowing Line, _ start: Int, _ chain: Field) -> Field {
        var first = line.skipBlanks(start)
        if let topics = line.find("firewall,", from: first, before: chain.start) {
            first = line.skipBlanks(line.endOfWord(topics))
        }
        var end = chain.start
        if !isPlainChain(line, chain), let glued = MikroTik.chains.suffix(line, chain) {
            end = chain.end - glued
        }
        while end > first, line[end - 1] == 0x20 { end -= 1 }
        return first < end ? Field(first, end) : Field(0, 0)
    }

    /// A chain's name with nothing glued to it.
    private func isPlainChain(_ line: borrowing Line, _ chain: Field) -> Bool {
        line.equals(chain, "forward") || line.equals(chain, "input") || line.equals(chain, "output")
    }

    /// Chains and how long their names are.
    private static let chains = WordTable<Int>([
        ("input", 5), ("output", 6), ("forward", 7), ("prerouting", 10), ("postrouting", 11),
    ])

    private static let verdicts = WordTable<Action>([
        ("drop", .block), ("deny", .block), ("denied", .block), ("reject", .block),
        ("block", .block), ("accept", .pass), ("allow", .pass), ("pass", .pass),
    ])
}
