// Stormshield Network Security (SNS): filter, connection and alarm logs.
//
// Read first: Stormshield's "Description of audit logs", and `Record`. Like SonicWall's, its lines
// begin with `id=firewall`; a time follows there, and no serial number.

import Bytes
import Facts

public struct Stormshield: Dialect {
    public init() {}
    public let id = DialectID.stormshield
    public let title = "Stormshield Network Security (SNS), filter, connection and alarm logs"

    public var howToGet: [String] { Stormshield.steps }
    public var limits: [String] { Stormshield.bounds }
    public var samples: [Sample] { Stormshield.lines }

    public func read(
        _ line: borrowing Line, _ envelope: Envelope, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        let body = line.skipBlanks(envelope.body)
        guard line.has("id=firewall time=", at: body) || line.has("time=", at: body),
            line.find(" fw=", from: body) != nil
        else { return .notMine }
        var record = Record()
        record.gather(
            line, from: body, PairStyle(holdsBlanks: true), Stormshield.keys, &context.keys)
        guard record.has(.event) else { return record.has(.own1) ? .damaged(.cutShort) : .notMine }
        guard let verdict = verdict(line, &record) else { return .nothing }
        entry.action = verdict.action
        entry.reason = verdict.reason
        prepare(line, envelope, &record)
        if let damage = record.fill(line, &context, into: &entry) { return .damaged(damage) }
        if entry.action == .block, record.has(.message) {
            entry.reasonText = context.names.keep(line, record[.message])
        }
        return .entry
    }

    private func verdict(
        _ line: borrowing Line, _ record: inout Record
    ) -> (action: Action, reason: Reason)? {
        let isRefused = line.equalsIgnoringCase(record[.action], "block")
        let event = record[.event]
        if line.equals(event, "connection") {
            return isRefused ? (.block, .match) : (.close, .unknown)
        }
        if line.equals(event, "filter") {
            if isRefused { return (.block, .match) }
            return record.has(.action) ? (.open, .match) : (.note, .unknown)
        }
        // Of the alarms those of protocols are about one packet.
        guard line.equals(event, "alarm"), isRefused, record.has(.source),
            record.has(.destination)
        else { return nil }
        return (.block, Stormshield.alarms.within(line, record[.message]) ?? .unknown)
    }

    private func prepare(_ line: borrowing Line, _ envelope: Envelope, _ record: inout Record) {
        let all = record[.date]
        if let blank = line.find(0x20, from: all.start, before: all.end) {
            record.set(.date, Field(all.start, blank))
            record.set(.time, Field(blank + 1, all.end))
        }
        // What the packet was addressed to, where a translation took it elsewhere.
        if record.has(.own2) {
            record.set(.natDestination, record[.destination])
            record.set(.destination, record[.own2])
            if record.has(.own3) {
                record.set(.natDestinationPort, record[.destinationPort])
                record.set(.destinationPort, record[.own3])
            }
        }
        if !envelope.host.isEmpty { record.clear(.host) }
    }
}

extension Stormshield {
    static let keys = KeyTable([
        ("src", .source), ("srcport", .sourcePort), ("dst", .destination),
        ("dstport", .destinationPort), ("ipproto", .ipProtocol), ("srcif", .inbound),
        ("srcifname", .inbound), ("dstif", .outbound), ("dstifname", .outbound),
        ("ruleid", .rule), ("rulename", .ruleName), ("action", .action), ("logtype", .event),
        ("slotlevel", .own1), ("modsrc", .natSource), ("modsrcport", .natSourcePort),
        ("origdst", .own2), ("origdstport", .own3), ("sent", .bytesOut), ("rcvd", .bytesIn),
        ("duration", .seconds), ("time", .date), ("tz", .zone), ("fw", .host),
        ("msg", .message), ("icmptype", .icmpType),
    ])

    static let alarms = WordTable<Reason>([
        ("spoof", .antiSpoofing), ("usurpation", .antiSpoofing),
        ("current connection state", .stateMismatch), ("de la connexion", .stateMismatch),
        ("sequence", .sequenceOver), ("fragment", .fragment), ("checksum", .badChecksum),
        ("flags", .invalidFlags), ("options", .ipOption),
    ])
}
