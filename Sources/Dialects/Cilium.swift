// Cilium: Hubble's flows as JSON, and the lines of `cilium monitor`.
//
// Read first: Cilium's api/v1/flow/flow.proto (the names), bpf/lib/drop_reasons.h and
// pkg/monitor/dissect.go (the text), and `Record`.

import Bytes
import Facts

public struct Cilium: Dialect {
    public init() {}
    public let id = DialectID.cilium
    public let title = "Cilium, Hubble flows (JSON) and the text of cilium monitor"

    public var howToGet: [String] { Cilium.steps }
    public var limits: [String] { Cilium.bounds }
    public var samples: [Sample] { Cilium.lines }

    public func read(
        _ line: borrowing Line, _ envelope: Envelope, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        guard let brace = envelope.document(line) else {
            return readText(line, line.skipBlanks(envelope.body), &context, into: &entry)
        }
        guard line.find("verdict\"", from: brace) != nil else { return .notMine }
        var record = Record()
        var flags: TCPFlags?
        let isWhole = record.gatherJSON(
            line, from: brace, Cilium.keys, Cilium.flagKeys, flags: &flags, &context.keys)
        guard record.has(.action), record.has(.event) || record.has(.own3) else { return .notMine }
        guard isWhole else { return .damaged(.cutShort) }
        // Requests and answers of applications, and calls of sockets, are no packets.
        guard record.has(.source), !line.equals(record[.event], "L7"),
            !line.equals(record[.event], "SOCK"),
            let action = Cilium.verdicts.meaning(line, record[.action])
        else { return .nothing }
        entry.action = action
        readTransport(line, &record, into: &entry)
        if let damage = record.fill(line, &context, into: &entry) { return .damaged(damage) }
        if let type = line.decimal8(record[.icmpType]) { entry.noteICMP(type: type) }
        if entry.ipProtocol == Entry.tcp, let flags {
            entry.flags = flags
            entry.known.insert(.flags)
        }
        if action == .block {
            // The verdict of a policy is told beside the drop that follows from it.
            if line.equals(record[.own3], "5") { entry.action = .note }
            judge(line, record[.reason], &context.names, into: &entry)
        }
        return .entry
    }

    private static let verdicts = WordTable<Action>([
        ("FORWARDED", .pass), ("DROPPED", .block), ("AUDIT", .pass), ("REDIRECTED", .pass),
    ])

    /// The protocol is the name of the object that holds the ports.
    private func readTransport(
        _ line: borrowing Line, _ record: inout Record, into entry: inout Entry
    ) {
        if record.has(.sourcePort) {
            entry.ipProtocol = Entry.tcp
        } else if record.has(.own1) {
            entry.ipProtocol = Entry.udp
            record.set(.sourcePort, record[.own1])
            record.set(.destinationPort, record[.own4])
        } else if record.has(.icmpType) {
            entry.ipProtocol = 1
        } else if record.has(.own2) {
            entry.ipProtocol = 58
            record.set(.icmpType, record[.own2])
        } else {
            entry.ipProtocol = 255
        }
    }

    func judge(
        _ line: borrowing Line, _ words: Field, _ names: inout Names, into entry: inout Entry
    ) {
        entry.reason = Cilium.dropReasons.meaning(line, words) ?? .unknown
        entry.reasonText = names.keep(line, words)
    }
}
