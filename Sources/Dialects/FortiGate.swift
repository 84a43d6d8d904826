// FortiGate (FortiOS): traffic logs as `key=value`, with blanks or commas between, and as CEF.
//
// Read first: Fortinet's "FortiOS Log Message Reference", log type traffic, and `Record`. A session is
// told of once, when it is over; its duration says when it began.

import Bytes
import Facts

public struct FortiGate: Dialect {
    public init() {}
    public let id = DialectID.fortiGate
    public let title = "Fortinet FortiGate (FortiOS), traffic logs and debug flow"

    public var howToGet: [String] { FortiGate.steps }
    public var limits: [String] { FortiGate.bounds }
    public var samples: [Sample] { FortiGate.lines }

    public func read(
        _ line: borrowing Line, _ envelope: Envelope, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        var record = Record()
        let body = line.skipBlanks(envelope.body)
        if line[body] == 0x69, line.has("id=", at: body), isDigit(line[body + 3]) {
            return readFlow(line, body, &context, into: &entry)
        }
        if FortiGate.beginnings.meaning(line, name(line, body)) != nil {
            record.gather(line, from: body, style(line, body), FortiGate.keys, &context.keys)
        } else if let header = CommonEventHeader.read(line, body, &context.product),
            line.equalsIgnoringCase(header.vendor, "fortinet")
        {
            record.gather(line, header, FortiGate.keys, &context.keys)
            readEventName(line, header, &record)
        } else {
            return .notMine
        }
        // Others write a date and pairs too; only FortiOS numbers its messages so.
        guard record.has(.own1), record.has(.event) else { return .notMine }
        guard line.has("traffic", at: record[.event].start) else { return .nothing }
        // A serial number stands in for a name only where the header has none either.
        if !envelope.host.isEmpty { record.clear(.host) }
        // Without a zone the event's own time is the surer one: it is in seconds since 1970.
        if record.has(.start), !record.has(.date) || !record.has(.zone) {
            record.set(.epoch, record[.start])
        }
        return finish(line, &record, &context, into: &entry)
    }

    /// The first name of the line.
    private func name(_ line: borrowing Line, _ at: Int) -> Field {
        Field(at, line.find(0x3D, from: at, before: min(line.end, at + 12)) ?? at)
    }

    /// What a record of FortiOS may begin with; collectors cut its head off, or put theirs before it.
    private static let beginnings = WordTable<Bool>([
        ("date", true), ("time", true), ("logver", true), ("timestamp", true), ("itime", true),
        ("devname", true), ("devid", true), ("device_id", true), ("eventtime", true),
        ("logid", true), ("log_id", true), ("type", true), ("tz", true), ("vd", true),
    ])

    /// Commas, where the first value ends in one.
    private func style(_ line: borrowing Line, _ at: Int) -> PairStyle {
        let end = line.find(0x20, 0x2C, 0x20, from: at) ?? at
        return line[end] == 0x2C ? PairStyle(separator: 0x2C) : PairStyle(holdsBlanks: true)
    }

    /// CEF's name of the event is `traffic:forward close`.
    private func readEventName(
        _ line: borrowing Line, _ header: CommonEventHeader, _ record: inout Record
    ) {
        if !record.has(.own1) { record.set(.own1, header.eventID) }
        if !record.has(.event) { record.set(.event, header.name) }
        if !record.has(.action), let blank = line.find(0x20, from: header.name.start),
            blank < header.name.end
        {
            record.set(.action, Field(blank + 1, header.name.end))
        }
    }

    private func finish(
        _ line: borrowing Line, _ record: inout Record, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        guard let verdict = verdict(line, &record) else {
            return record.has(.action) || record.has(.destination)
                ? .nothing : .damaged(.cutShort)
        }
        entry.action = verdict.action
        entry.reason = verdict.reason
        // A port that is none: ICMP, or a message of no ports; an interface that is none.
        for role in [Role.sourcePort, .destinationPort, .inbound, .outbound]
        where line.equals(record[role], "N/A") {
            record.clear(role)
        }
        if !record.has(.ipProtocol) { readService(line, &record) }
        if let damage = record.fill(line, &context, into: &entry) { return .damaged(damage) }
        entry.reasonText = context.names.keep(line, record[.message])
        judge(line, &record, into: &entry)
        return .entry
    }

    /// The protocol of `tcp/20`, or in FortiOS 4 of `14672/tcp`.
    private func readService(_ line: borrowing Line, _ record: inout Record) {
        let service = record[.service]
        guard let slash = line.find(0x2F, from: service.start, before: service.end) else { return }
        let first = Field(service.start, slash)
        let second = Field(slash + 1, service.end)
        let word = isDigit(line[first.start]) ? second : first
        if ipProtocolNumber(line, word) != 255 { record.set(.ipProtocol, word) }
    }

    private func verdict(
        _ line: borrowing Line, _ record: inout Record
    ) -> (action: Action, reason: Reason)? {
        guard let found = FortiGate.actions.meaning(line, record[.action]) else { return nil }
        guard found.action == .pass else { return found }
        // The last two digits of the message's number: 13 and 14 end a session, 20 tells of one that
        // goes on, 15 of one that began.
        let id = record[.own1]
        switch line.decimal(Field(max(id.start, id.end - 2), id.end)) {
        case 13, 14: return (.close, .unknown)
        case 15: return (.open, .match)
        case 20: return (.update, .unknown)
        default: break
        }
        // Before FortiOS 5 a session was told of when it was over, by other numbers.
        let lasted = line.decimal(record[.seconds]) ?? 0
        return lasted > 0 ? (.close, .unknown) : found
    }

    private static let actions = WordTable<(action: Action, reason: Reason)>([
        ("accept", (.pass, .match)), ("start", (.open, .match)), ("close", (.close, .closedByFins)),
        ("client-rst", (.close, .closedByReset)), ("server-rst", (.close, .closedByReset)),
        ("timeout", (.close, .closedIdle)), ("ip-conn", (.close, .closedHandshake)),
        ("dns", (.close, .unknown)), ("deny", (.block, .match)), ("denied", (.block, .match)),
        ("dropped", (.block, .match)), ("block", (.block, .match)), ("blocked", (.block, .match)),
    ])

    /// What the message says of why a packet was refused.
    private func judge(_ line: borrowing Line, _ record: inout Record, into entry: inout Entry) {
        guard entry.action == .block, record.has(.message) else { return }
        if let reason = FortiGate.messages.within(line, record[.message]) {
            entry.reason = reason
            if reason == .noState { entry.known.insert(.saysNoState) }
        }
    }

    static let messages = WordTable<Reason>([
        ("no session matched", .noState), ("replay packet", .stateMismatch),
        ("reverse path check fail", .antiSpoofing), ("anti-spoof", .antiSpoofing),
        ("iprope_in_check() check failed", .match), ("denied by forward policy", .match),
    ])
}
