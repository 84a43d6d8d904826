// Clavister cOS Core, and D-Link NetDefend, which is the same system.
//
// Read first: Clavister's "cOS Core Log Reference Guide", events of CONN, TCP_FLAG, TCP_OPT and RULE,
// and `Record`. The name of the event tells what a line is; a packet's fields stand beside those of
// its connection, flat or in brackets.

import Bytes
import Facts

public struct Clavister: Dialect {
    public init() {}
    public let id = DialectID.clavister
    public let title = "Clavister cOS Core and D-Link NetDefend"

    public var howToGet: [String] { Clavister.steps }
    public var limits: [String] { Clavister.bounds }
    public var samples: [Sample] { Clavister.lines }

    public func read(
        _ line: borrowing Line, _ envelope: Envelope, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        let body = line.skipBlanks(envelope.body)
        guard let start = beginning(line, body) else { return .notMine }
        var record = Record()
        let flags = gather(line, start, &record, &context.keys)
        guard let verdict = verdict(line, &record, &context),
            !line.equals(record[.ipProtocol], "Arp")
        else { return .nothing }
        guard record.has(.source) || record.has(.destination) else { return .nothing }
        entry.action = verdict.action
        entry.reason = verdict.reason
        readStamp(line, body, &context.clock, into: &entry)
        if let damage = record.fill(line, &context, into: &entry) { return .damaged(damage) }
        if let flags, entry.ipProtocol == Entry.tcp {
            entry.flags = flags
            entry.known.insert(.flags)
        }
        fillLength(line, &record, into: &entry)
        if verdict.reason == .noState { entry.known.insert(.saysNoState) }
        if entry.action == .block { entry.reasonText = context.names.keep(line, record[.event]) }
        return .entry
    }

    // Limit: how far the number and the event stand from the front: behind a stamp in brackets, the
    // system's and the category's name.
    private static let reach = 64

    /// Where `prio=3 id=00600012 rev=1 event=…` or `id=600012 event=…` begins.
    private func beginning(_ line: borrowing Line, _ body: Int) -> Int? {
        guard let sign = line.find(0x3D, from: body, before: min(line.end, body + Self.reach))
        else { return nil }
        let isID = sign - 2 >= body && line.has("id", at: sign - 2)
        let isPriority = sign - 4 >= body && line.has("prio", at: sign - 4)
        guard isID || isPriority, isDigit(line[sign + 1]) else { return nil }
        if isPriority, let event = plainEvent(line, sign) { return event }
        guard
            line.find(" event=", from: sign, before: min(line.end, sign + Self.reach)) != nil
        else { return nil }
        return isID ? sign - 2 : sign - 4
    }

    /// The event behind `prio=3 id=00600012 rev=1`, as nearly all lines have it: nothing is asked of
    /// these numbers.
    @inline(__always)
    private func plainEvent(_ line: borrowing Line, _ sign: Int) -> Int? {
        guard line.has(" event=", at: sign + 20), line.has(" id=", at: sign + 2),
            line.has(" rev=", at: sign + 14), isDigit(line[sign + 19]),
            areDigits(line.word(sign + 6) ^ 0x3030_3030_3030_3030)
        else { return nil }
        return sign + 21
    }

    /// `[2026-11-19 08:15:02] EFW: CONN: prio=…`
    private func readStamp(
        _ line: borrowing Line, _ body: Int, _ clock: inout Clock, into entry: inout Entry
    ) {
        guard line[body] == 0x5B, isDigit(line[body + 1]),
            let (time, _) = clock.readStamp(line, body + 1)
        else { return }
        entry.time = time
    }

    /// Gathers the pairs, and of the flags, each of which is a pair of its own, those that are set;
    /// nil where the line has none.
    private func gather(
        _ line: borrowing Line, _ start: Int, _ record: inout Record, _ memory: inout KeyMemory
    ) -> TCPFlags? {
        var pairs = NamedPairs(line, start, PairStyle(), Clavister.keys, &memory)
        var flags: TCPFlags = []
        var hasFlags = false
        let keys = Clavister.keys
        while pairs.next(line, keys, &memory) {
            var value = pairs.value
            while value.count > 0, line[value.end - 1] == 0x5D { value.end -= 1 }
            let whole = pairs.key(memory)
            var key = whole
            while key.count > 0, line[key.start] == 0x5B || line[key.start] == 0x5D {
                key.start += 1
            }
            if value.count == 1, let flag = flag(line, key) {
                hasFlags = true
                if line[value.start] == 0x31 { flags.formUnion(flag) }
                continue
            }
            let isWhole = key.count == whole.count
            let known = isWhole ? memory.meaning(pairs.place) : keys.meaning(line, key)
            guard let meaning = known else { continue }
            // The Ethernet block names what it carries like the packet's block does.
            if meaning.role == .ipProtocol, line.has("Ip", at: value.start) { continue }
            // `2.08 K`: a size that was made short for people.
            if meaning.role == .bytesOut || meaning.role == .bytesIn,
                isLetter(line[line.skipBlanks(value.end)]),
                line[line.skipBlanks(value.end) + 1] == 0x20
            {
                continue
            }
            record.take(meaning, value)
        }
        return hasFlags ? flags : nil
    }

    /// The flag that a pair's name stands for. XMAS and YMAS are the two bits of ECN.
    @inline(__always)
    private func flag(_ line: borrowing Line, _ key: Field) -> TCPFlags? {
        // A zero byte at the end would be taken for the end of a shorter name.
        guard key.count == 3 || key.count == 4, line[key.end &- 1] != 0 else { return nil }
        // The name as the number its bytes make, the first in the lowest bits.
        let kept: UInt64 = key.count == 3 ? 0xFF_FFFF : 0xFFFF_FFFF
        switch lowercasedBytes(line.word(key.start)) & kept {
        case 0x6E_6966: return .fin
        case 0x6E_7973: return .syn
        case 0x74_7372: return .rst
        case 0x68_7370: return .psh
        case 0x6B_6361: return .ack
        case 0x67_7275: return .urg
        case 0x7361_6D78, 0x65_6365: return .ece  // `xmas`, `ece`
        case 0x7361_6D79, 0x72_7763: return .cwr  // `ymas`, `cwr`
        default: return nil
        }
    }

    private func isLetter(_ byte: UInt8) -> Bool { lowercased(byte) &- 0x61 < 26 }

    private func verdict(
        _ line: borrowing Line, _ record: inout Record, _ context: inout Context
    ) -> (action: Action, reason: Reason)? {
        let event = record[.event]
        if line.has("conn_open", at: event.start) { return (.open, .match) }
        if line.has("conn_close", at: event.start) {
            return (.close, Clavister.ends.within(line, record[.reason]) ?? .unknown)
        }
        if line.equals(event, "connection_table_full") { return (.close, .closedByDevice) }
        switch action(line, record[.action]) {
        case .block:
            let reason = context.reasons.within(line, event, Clavister.events, of: id)
            return (.block, reason ?? .unknown)
        // Others let requests and applications pass, of connections that were told of before.
        case .pass where line.has("ruleset_", at: event.start): return (.pass, .match)
        default: return nil
        }
    }

    @inline(__always)
    private func action(_ line: borrowing Line, _ word: Field) -> Action? {
        // Nearly all that a log tells of.
        if line.equals(word, "drop") || line.equals(word, "reject") { return .block }
        return Clavister.actions.meaning(line, word)
    }

    /// Bytes of payload: the packet without its headers.
    private func fillLength(
        _ line: borrowing Line, _ record: inout Record, into entry: inout Entry
    ) {
        guard entry.ipProtocol == Entry.tcp, let header = line.decimal(record[.own3]) else {
            return
        }
        var all = line.decimal(record[.length])
        if all == nil, let whole = line.decimal(record[.own1]),
            let own = line.decimal(record[.own2]), whole >= own
        {
            all = whole - own
        }
        guard let all, all >= header else { return }
        entry.length = all - header
        entry.known.insert(.length)
    }
}

extension Clavister {
    static let keys = KeyTable([
        ("event", .event), ("action", .action), ("rule", .rule), ("reason", .reason),
        ("srcip", .source), ("connsrcip", .source), ("srcport", .sourcePort),
        ("connsrcport", .sourcePort), ("destip", .destination), ("conndestip", .destination),
        ("destport", .destinationPort), ("conndestport", .destinationPort),
        ("ipproto", .ipProtocol), ("connipproto", .ipProtocol), ("recvif", .inbound),
        ("connrecvif", .inbound), ("destif", .outbound), ("conndestif", .outbound),
        ("connrecvzone", .inZone), ("recvzone", .inZone), ("conndestzone", .outZone),
        ("newconnsrcip", .natSource), ("connnewsrcip", .natSource),
        ("newconnsrcport", .natSourcePort), ("connnewsrcport", .natSourcePort),
        ("newconndestip", .natDestination), ("connnewdestip", .natDestination),
        ("newconndestport", .natDestinationPort), ("connnewdestport", .natDestinationPort),
        ("origsent", .bytesOut), ("termsent", .bytesIn), ("ttl", .ttl), ("fragid", .ipID),
        ("seqno", .sequence), ("ackno", .acknowledgement), ("window", .window),
        ("ipdatalen", .length), ("iptotlen", .own1), ("iphdrlen", .own2), ("tcphdrlen", .own3),
        ("dataoffset", .own3),
        ("hwsender", .macSource), ("hwdest", .macDestination), ("icmptype", .icmpType),
    ])

    static let actions = WordTable<Action>([
        ("drop", .block), ("reject", .block), ("allow", .pass),
        ("fwdfast", .pass), ("access_allow", .pass),
    ])

    static let events = WordTable<Reason>([
        ("no_new_conn", .noState), ("seqno_too_low", .sequenceUnder),
        ("seqno_too_high", .sequenceOver), ("rst_out_of_bounds", .stateMismatch),
        ("unacceptable_ack", .acknowledgementOver), ("unexpected_tcp_flags", .invalidInState),
        ("mismatch", .stateMismatch), ("tcp_null_flags", .invalidFlags),
        ("tcp_flag", .invalidFlags), ("out_of_connections", .tableFull),
        ("ruleset", .match), ("unhandled_local", .match), ("spoof", .antiSpoofing),
        ("access", .antiSpoofing), ("invalid_ip_checksum", .badChecksum),
        ("checksum", .badChecksum), ("frag", .fragment), ("option", .ipOption),
        ("length", .malformed), ("block", .match),
    ])

    static let ends = WordTable<Reason>([
        ("fin", .closedByFins), ("rst", .closedByReset), ("reset", .closedByReset),
        ("timeout", .closedIdle), ("timed out", .closedIdle),
    ])
}
