// Suricata: its EVE log, of which the events of packets and flows are read.
//
// Read first: Suricata's "EVE JSON Format", and its src/util-exception-policy.c and the event names of
// src/decode-events.c. As an IPS it drops, and says why since version 7; as an IDS it only watches.

import Bytes
import Facts

public struct Suricata: Dialect {
    public init() {}
    public let id = DialectID.suricata
    public let title = "Suricata, EVE JSON (drop, flow, and stream events)"

    public var howToGet: [String] { Suricata.steps }
    public var limits: [String] { Suricata.bounds }
    public var samples: [Sample] { Suricata.lines }

    public func read(
        _ line: borrowing Line, _ envelope: Envelope, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        guard let brace = envelope.document(line),
            let key = line.find("event_type\"", from: brace)
        else { return .notMine }
        // Most events tell of no packet: their kind is seen before the rest is looked at.
        let colon = line.skipBlanks(key + 11)
        let quote = line.skipBlanks(colon + 1)
        guard line[colon] == 0x3A, line[quote] == 0x22,
            let end = line.find(0x22, from: quote + 1)
        else { return .notMine }
        guard let kind = Suricata.kinds.meaning(line, Field(quote + 1, end)) else {
            return line.find("\"flow_id\"", from: brace) != nil
                || line.equals(Field(quote + 1, end), "stats") ? .nothing : .notMine
        }
        var record = Record()
        var flags: TCPFlags?
        let isWhole = record.gatherJSON(
            line, from: brace, Suricata.keys, Suricata.flagKeys, flags: &flags, &context.keys)
        guard isWhole else { return .damaged(.cutShort) }
        guard judge(line, &record, kind, into: &entry) else { return .nothing }
        if let damage = record.fill(line, &context, into: &entry) { return .damaged(damage) }
        if let type = line.decimal8(record[.icmpType]) { entry.noteICMP(type: type) }
        if kind == .drop, entry.ipProtocol == Entry.tcp, let flags {
            entry.flags = flags
            entry.known.insert(.flags)
        }
        if kind == .flow {
            readFlow(line, &record, &context.clock, into: &entry)
        } else {
            entry.known.remove(.bytes)
        }
        if entry.reason == .noState { entry.known.insert(.saysNoState) }
        entry.reasonText = context.names.keep(line, text(&record, kind))
        return .entry
    }

    private enum Kind: Sendable {
        case drop
        case flow
        case anomaly
        case alert
    }

    private static let kinds = WordTable<Kind>([
        ("drop", .drop), ("flow", .flow), ("anomaly", .anomaly), ("alert", .alert),
    ])

    /// What was done and why; false where the event is of no interest.
    private func judge(
        _ line: borrowing Line, _ record: inout Record, _ kind: Kind, into entry: inout Entry
    ) -> Bool {
        switch kind {
        case .drop:
            entry.action = .block
            entry.reason = Suricata.dropReasons.meaning(line, record[.reason]) ?? .unknown
            if entry.reason == .unknown, line.equals(record[.action], "blocked") {
                entry.reason = .match
            }
            return true
        case .flow:
            guard record.has(.own3) else { return false }
            // A flow that was dropped never was a connection.
            entry.action = line.equals(record[.note], "drop") ? .note : .close
            return true
        case .anomaly:
            entry.action = .note
            guard line.equals(record[.own1], "stream") else { return false }
            entry.reason = Suricata.streamEvents.within(line, record[.own2]) ?? .unknown
            return true
        case .alert:
            let isBlocked = line.equals(record[.action], "blocked")
            let isStream = line.has("SURICATA STREAM", at: record[.message].start)
            guard isBlocked || isStream else { return false }
            entry.action = isBlocked ? .block : .note
            entry.reason =
                isStream
                ? Suricata.streamAlerts.within(line, record[.message]) ?? .unknown : .match
            return true
        }
    }

    private func text(_ record: inout Record, _ kind: Kind) -> Field {
        switch kind {
        case .drop: record[.reason]
        case .flow: record[.own3]
        case .anomaly: record[.own2]
        case .alert: record[.message]
        }
    }

    /// A flow is told of when Suricata forgets it: after it was closed, or after a silence.
    private func readFlow(
        _ line: borrowing Line, _ record: inout Record, _ clock: inout Clock,
        into entry: inout Entry
    ) {
        if let last = clock.read(line, record[.end]) {
            entry.time = last
            if let first = clock.read(line, record[.start]), let life = last.since(first), life >= 0
            {
                entry.durationMicroseconds = life
                entry.known.insert(.duration)
            }
        }
        if let answers = line.decimal64(record[.packetsIn]) {
            entry.known.insert(.knowsAnswered)
            if answers > 0 { entry.known.insert(.answered) }
        }
        guard entry.action == .close else { return }
        let isTimeout = line.equals(record[.subevent], "timeout")
        let seen =
            line.hexadecimal(record[.own4]).map { TCPFlags(rawValue: UInt8($0 & 0xFF)) } ?? []
        switch Suricata.flowStates.meaning(line, record[.own3]) {
        case .closed:
            entry.reason = seen.contains(.rst) ? .closedByReset : .closedByFins
        case .established where isTimeout: entry.reason = .closedIdle
        case .new where isTimeout && entry.ipProtocol == Entry.tcp && seen.contains(.syn):
            entry.reason = .closedHandshake
        case .bypassed: entry.action = .update
        default:
            // Forced out, or the program ended: the connection may live on without its state.
            if !isTimeout { entry.reason = .closedFlushed }
        }
        if entry.reason == .closedByFins, entry.ipProtocol != Entry.tcp { entry.reason = .unknown }
    }

    private enum FlowState: Sendable {
        case new
        case established
        case closed
        case bypassed
    }

    private static let flowStates = WordTable<FlowState>([
        ("new", .new), ("established", .established), ("closed", .closed),
        ("bypassed", .bypassed),
    ])
}
