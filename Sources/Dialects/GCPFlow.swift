// Google Cloud: firewall rules logging and VPC flow logs, as Cloud Logging's JSON.
//
// Read first: Google's "Firewall Rules Logging" and "VPC Flow Logs record format", and `Record`.

import Bytes
import Facts

public struct GCPFlow: Dialect {
    public init() {}
    public let id = DialectID.gcpFlow
    public let title = "Google Cloud firewall rules logging and VPC flow logs (Cloud Logging JSON)"

    public var howToGet: [String] { GCPFlow.steps }
    public var limits: [String] { GCPFlow.bounds }
    public var samples: [Sample] { GCPFlow.lines }

    public func read(
        _ line: borrowing Line, _ envelope: Envelope, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        guard let brace = envelope.document(line),
            line.find("isposition\"", from: brace) != nil
                || line.find("reporter\"", from: brace) != nil
        else { return .notMine }
        var record = Record()
        let isWhole = record.gatherJSON(line, from: brace, GCPFlow.keys, &context.keys)
        guard record.has(.source) || record.has(.destination) else { return .notMine }
        let isFirewall = record.has(.action)
        // Others have reporters and connections too; Google's have one of these.
        guard isFirewall || record.has(.start) else { return .notMine }
        guard isWhole else { return .damaged(.cutShort) }
        return isFirewall
            ? readRule(line, &record, &context, into: &entry)
            : readFlow(line, &record, &context, into: &entry)
    }

    /// A connection that a firewall rule let in or refused.
    private func readRule(
        _ line: borrowing Line, _ record: inout Record, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        guard let action = GCPFlow.dispositions.meaning(line, record[.action]) else {
            return .damaged(.badField)
        }
        entry.action = action
        entry.reason = .match
        if let damage = record.fill(line, &context, into: &entry) { return .damaged(damage) }
        entry.known.remove([.bytes, .duration])
        return .entry
    }

    private static let dispositions = WordTable<Action>([
        ("ALLOWED", .pass), ("DENIED", .block), ("INTERCEPTED", .pass),
    ])

    /// What one end sent the other in some seconds, of the packets that were sampled.
    private func readFlow(
        _ line: borrowing Line, _ record: inout Record, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        entry.action = .update
        // The one who reports is the one whose machine it is.
        let isSource =
            line.equals(record[.own1], "SRC") || line.equals(record[.own1], "SRC_GATEWAY")
        record.clear(.node)
        let reporter = record[isSource ? .own2 : .own3]
        if !reporter.isEmpty { record.set(.node, reporter) }
        let first = context.clock.read(line, record[.start])
        let last = context.clock.read(line, record[.end])
        if let damage = record.fill(line, &context, into: &entry) { return .damaged(damage) }
        entry.direction = isSource ? .outward : .inward
        entry.known.remove(.duration)
        if let last { entry.time = last }
        if let first, let life = last?.since(first), life >= 0 {
            entry.durationMicroseconds = life
            entry.known.insert(.duration)
        }
        return .entry
    }

    static let keys = KeyTable(
        paths([
            ("connection.src_ip", .source), ("connection.dest_ip", .destination),
            ("connection.src_port", .sourcePort), ("connection.dest_port", .destinationPort),
            ("connection.protocol", .ipProtocol), ("disposition", .action),
            ("rule_details.reference", .rule), ("rule_details.direction", .direction),
            ("instance.vm_name", .node), ("reporter", .own1), ("src_instance.vm_name", .own2),
            ("dest_instance.vm_name", .own3), ("start_time", .start), ("end_time", .end),
            ("bytes_sent", .bytes),
        ]) + [("timestamp", .date), ("receiveTimestamp", .date)])

    /// The payload stands in the log's envelope, or alone where an export kept only that.
    private static func paths(_ rows: [(String, Role)]) -> [(String, Role)] {
        rows.map { ("jsonPayload." + $0.0, $0.1) } + rows
    }
}
