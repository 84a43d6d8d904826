// SonicWall firewalls (SonicOS): enhanced syslog, and CEF.
//
// Read first: SonicWall's "SonicOS Log Events Reference Guide", `Record`, and `SonicWall+Events`. The
// number of the message (`m=`) decides what a line tells; its words may be broken.

import Bytes
import Facts

public struct SonicWall: Dialect {
    public init() {}
    public let id = DialectID.sonicWall
    public let title = "SonicWall firewalls (SonicOS), enhanced syslog and CEF"

    public var howToGet: [String] { SonicWall.steps }
    public var limits: [String] { SonicWall.bounds }
    public var samples: [Sample] { SonicWall.lines }

    public func read(
        _ line: borrowing Line, _ envelope: Envelope, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        let body = line.skipBlanks(envelope.body)
        var record = Record()
        if let start = beginning(line, body) {
            record.gather(line, from: start, PairStyle(), SonicWall.keys, &context.keys)
            guard record.has(.own1) || record.has(.message) else { return .notMine }
        } else if let header = CommonEventHeader.read(line, body, &context.product),
            line.equalsIgnoringCase(header.vendor, "sonicwall")
        {
            record.gather(line, header, SonicWall.keys, &context.keys)
            record.set(.own1, header.eventID)
            tidyCommon(line, &record)
            if !record.has(.message) { record.set(.message, header.name) }
        } else {
            return .notMine
        }
        guard let event = event(line, &record) else { return .nothing }
        if !envelope.host.isEmpty { record.clear(.host) }
        return finish(line, event, &record, &context, into: &entry)
    }

    /// Where `id=firewall sn=…` begins: at the body, or behind an address that a collector wrote.
    private func beginning(_ line: borrowing Line, _ body: Int) -> Int? {
        guard let sign = line.find(0x3D, from: body, before: min(line.end, body + 64)),
            sign - 2 >= body, line.has("id", at: sign - 2),
            sign - 2 == body || line[sign - 3] == 0x20,
            let blank = line.find(0x20, from: sign, before: min(line.end, sign + 40)),
            line.has("sn=", at: line.skipBlanks(blank)) || isNumberedLater(line, blank)
        else { return nil }
        return sign - 2
    }

    /// Some versions put categories and the like before the serial number.
    private func isNumberedLater(_ line: borrowing Line, _ from: Int) -> Bool {
        guard let number = line.find(" sn=", from: from) else { return false }
        return number < from + 160
    }

    private func finish(
        _ line: borrowing Line, _ event: Event, _ record: inout Record,
        _ context: inout Context, into entry: inout Entry
    ) -> Reading {
        splitEnd(line, .source, .sourcePort, .inbound, v6: .own2, &record)
        splitEnd(line, .destination, .destinationPort, .outbound, v6: .own3, &record)
        splitEnd(line, .natSource, .natSourcePort, nil, v6: nil, &record)
        splitEnd(line, .natDestination, .natDestinationPort, nil, v6: nil, &record)
        splitTime(line, &record)
        let ipProtocol = record[.ipProtocol]
        if let slash = line.find(0x2F, from: ipProtocol.start, before: ipProtocol.end) {
            record.set(.ipProtocol, Field(ipProtocol.start, slash))
            let service = Field(slash + 1, ipProtocol.end)
            if !record.has(.destinationPort), line.decimal16(service) != nil {
                record.set(.destinationPort, service)
            }
        } else if ipProtocol.isEmpty {
            entry.ipProtocol = SonicWall.protocols(line.decimal(record[.own1]) ?? 0)
        }
        readFlags(line, &record)
        entry.action = event.action
        entry.reason = event.reason
        if let damage = record.fill(line, &context, into: &entry) { return .damaged(damage) }
        if event.reason == .noState { entry.known.insert(.saysNoState) }
        if event.action == .block {
            entry.reasonText = context.names.keep(line, words(line, &record))
        }
        return .entry
    }

    /// In CEF the labels of two numbered fields hold the translated addresses, where they hold any,
    /// and a rule keeps its quotation marks.
    private func tidyCommon(_ line: borrowing Line, _ record: inout Record) {
        if Address(line, record[.natSource]) == nil { record.clear(.natSource) }
        if Address(line, record[.natDestination]) == nil { record.clear(.natDestination) }
        let rule = record[.rule]
        if rule.count > 2, line[rule.start] == 0x22, line[rule.end - 1] == 0x22 {
            record.set(.rule, Field(rule.start + 1, rule.end - 1))
        }
    }

    /// The message, unless it is bytes that mean nothing.
    private func words(_ line: borrowing Line, _ record: inout Record) -> Field {
        let message = record[.message]
        return !message.isEmpty && line[message.start] < 0x80 ? message : Field(0, 0)
    }

    /// `10.0.0.9:50211:X0:name`; each part may be missing, and IPv6 stands in a field of its own.
    private func splitEnd(
        _ line: borrowing Line, _ address: Role, _ port: Role, _ interface: Role?, v6: Role?,
        _ record: inout Record
    ) {
        let all = record[address]
        record.clear(address)
        if let v6, record.has(v6) { record.set(address, record[v6]) }
        guard !all.isEmpty else { return }
        // A dot before the first colon: IPv4 with a port.
        let colon = line.find(0x3A, from: all.start, before: all.end) ?? all.start
        if line.find(0x2E, from: all.start, before: colon) == nil, Address(line, all) != nil {
            return record.set(address, all)
        }
        var at = all.start
        for index in 0..<3 where at <= all.end {
            let end = line.find(0x3A, from: at, before: all.end) ?? all.end
            let part = Field(at, end)
            at = end + 1
            guard !part.isEmpty else { continue }
            switch index {
            case 0: if !record.has(address) { record.set(address, part) }
            case 1: record.set(port, part)
            default: if let interface { record.set(interface, part) }
            }
        }
    }

    /// `2024-05-16 15:22:26 UTC`, or without the zone: then by the firewall's own.
    private func splitTime(_ line: borrowing Line, _ record: inout Record) {
        let all = record[.date]
        guard let blank = line.find(0x20, from: all.start, before: all.end) else { return }
        record.set(.date, Field(all.start, blank))
        let end = line.find(0x20, from: blank + 1, before: all.end) ?? all.end
        record.set(.time, Field(blank + 1, end))
        if end < all.end { record.set(.zone, Field(end + 1, all.end)) }
    }

    /// `TCP Flag(s): ACK FIN`
    private func readFlags(_ line: borrowing Line, _ record: inout Record) {
        let note = record[.note]
        guard !note.isEmpty, let at = line.find("Flag(s): ", from: note.start), at < note.end
        else { return }
        let start = at + 9
        var end = start
        while end < note.end, line[end] == 0x20 || line[end] &- 0x41 < 26 { end += 1 }
        record.set(.flags, Field(start, end))
    }
}
