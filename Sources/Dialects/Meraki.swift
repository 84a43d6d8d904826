// Cisco Meraki MX: flows, firewall verdicts, beginnings and ends of flows.
//
// Read first: Meraki's "Syslog event types and log samples". The time is in seconds since 1970 where
// syslog has its own; behind it stand the device's name and what kind of line it is.

import Bytes
import Facts

public struct Meraki: Dialect {
    public init() {}
    public let id = DialectID.meraki
    public let title = "Cisco Meraki MX, flows and firewall verdicts"

    public var howToGet: [String] { Meraki.steps }
    public var limits: [String] { Meraki.bounds }
    public var samples: [Sample] { Meraki.lines }

    public func read(
        _ line: borrowing Line, _ envelope: Envelope, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        var at = line.skipBlanks(envelope.body)
        if line.has("1 ", at: at) { at += 2 }
        let stamp = Field(at, line.endOfWord(at))
        guard let time = plainEpoch(line, stamp) ?? epoch(line, stamp) else { return .notMine }
        let name = Field(stamp.end + 1, line.endOfWord(min(stamp.end + 1, line.end)))
        let kind = Field(min(name.end + 1, line.end), line.endOfWord(min(name.end + 1, line.end)))
        guard let meaning = meaning(line, kind) else {
            return Meraki.others.meaning(line, kind) == nil ? .notMine : .nothing
        }
        entry.time = time
        let behind = line.skipBlanks(kind.end)
        switch meaning {
        case .open, .close: entry.action = meaning
        default: entry.action = verdict(line, Field(behind, line.endOfWord(behind)))
        }
        if entry.action == .block || entry.action == .open || entry.action == .pass {
            entry.reason = .match
        }
        if readPlain(line, kind.end, into: &entry) {
            if !name.isEmpty { entry.node = context.names.keep(line, name) }
            return .entry
        }
        var record = Record()
        record.set(.node, name)
        record.gather(line, from: kind.end, PairStyle(), Meraki.keys, &context.keys)
        // One port stands for whichever end was translated.
        if record.has(.own1) {
            let role: Role = record.has(.natSource) ? .natSourcePort : .natDestinationPort
            record.set(role, record[.own1])
        }
        if let damage = record.fill(line, &context, into: &entry) { return .damaged(damage) }
        return .entry
    }

    /// `1795076102.954105815`: ten digits and nine, as nearly all lines have them.
    @inline(__always)
    private func plainEpoch(_ line: borrowing Line, _ stamp: Field) -> Instant? {
        let start = stamp.start
        let zeros: UInt64 = 0x3030_3030_3030_3030
        // Digits 1 to 8, 9 and 10 with the dot, and those behind it: the last eight overlap.
        let head = line.word(start) ^ zeros
        let tail = line.word(start + 8) & 0xFF_FFFF ^ 0x2E_3030
        let fraction = line.word(start + 11) ^ zeros
        guard stamp.count == 20, areDigits(head), areDigits(tail), tail & 0xFF_0000 == 0,
            areDigits(fraction), areDigits(line.word(start + 12) ^ zeros)
        else { return nil }
        let seconds = Int64(eightDigits(head)) * 100 + Int64((tail & 0xF) * 10 + tail >> 8)
        return Instant(microseconds: seconds * 1_000_000 + Int64(eightDigits(fraction) / 100))
    }

    private func epoch(_ line: borrowing Line, _ stamp: Field) -> Instant? {
        guard isDigit(line[stamp.start]), stamp.count >= 10,
            line.endOfDigits(stamp.start) >= stamp.start + 9
        else { return nil }
        return Record.epoch(line, stamp)
    }

    /// What a line of this kind tells of. Those that are nearly all come first.
    @inline(__always)
    private func meaning(_ line: borrowing Line, _ kind: Field) -> Action? {
        if line.equals(kind, "flows") || line.equals(kind, "firewall") { return .note }
        if line.equals(kind, "ip_flow_start") { return .open }
        if line.equals(kind, "ip_flow_end") { return .close }
        return Meraki.kinds.meaning(line, kind)
    }

    /// `allow` or `deny` before the addresses, or the word or number behind `pattern:`; old
    /// versions write 0 for what was let through and 1 for what was refused.
    private func verdict(_ line: borrowing Line, _ first: Field) -> Action {
        if line.equals(first, "allow") { return .pass }
        if line.equals(first, "deny") { return .block }
        if let known = Meraki.verdicts.meaning(line, first) { return known }
        guard let pattern = line.find("pattern: ", from: first.start) else { return .note }
        let word = Field(pattern + 9, line.endOfWord(pattern + 9))
        // `Group Policy Allow`
        let words = Field(word.start, min(word.start + 20, line.end))
        return Meraki.verdicts.meaning(line, word) ?? Meraki.policies.within(line, words) ?? .note
    }
}

extension Meraki {
    static let kinds = WordTable<Action>([
        ("flows", .note), ("firewall", .note), ("vpn_firewall", .note),
        ("cellular_firewall", .note), ("bridge_anyconnect_client_vpn_firewall", .note),
        ("ip_flow_start", .open), ("ip_flow_end", .close),
    ])

    /// Lines of other kinds that these devices write.
    static let others = WordTable<Bool>([
        ("events", true), ("urls", true), ("ids-alerts", true), ("security_event", true),
        ("security_filtering_file_scanned", true),
        ("security_filtering_disposition_change", true), ("airmarshal_events", true),
        ("l7_firewall", true),
    ])

    static let verdicts = WordTable<Action>([
        ("allow", .pass), ("deny", .block), ("0", .pass), ("1", .block),
    ])

    static let policies = WordTable<Action>([
        ("group policy allow", .pass), ("group policy deny", .block),
    ])

    static let keys = KeyTable([
        ("src", .source), ("sport", .sourcePort), ("dst", .destination),
        ("dport", .destinationPort), ("protocol", .ipProtocol), ("type", .icmpType),
        ("translated_src_ip", .natSource), ("translated_dst_ip", .natDestination),
        ("translated_port", .own1),
    ])
}
