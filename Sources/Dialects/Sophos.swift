// Sophos Firewall (SFOS, XG and XGS): firewall logs as `key=value`, and copies out of its log viewer.
//
// Read first: Sophos' "Log ID and syslog format" of SFOS, and `Record`. The component says what
// refused a packet; Invalid Traffic is what belongs to no connection.

import Bytes
import Facts

public struct Sophos: Dialect {
    public init() {}
    public let id = DialectID.sophos
    public let title = "Sophos Firewall (SFOS, XG and XGS), firewall logs"

    public var howToGet: [String] { Sophos.steps }
    public var limits: [String] { Sophos.bounds }
    public var samples: [Sample] { Sophos.lines }

    public func read(
        _ line: borrowing Line, _ envelope: Envelope, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        let body = line.skipBlanks(envelope.body)
        let sign = line.find(0x3D, from: body, before: min(line.end, body + 24)) ?? body
        guard Sophos.beginnings.within(line, Field(body, sign)) != nil,
            line.find("log_component=", from: body) != nil
        else { return .notMine }
        var record = Record()
        record.gather(line, from: body, PairStyle(), Sophos.keys, &context.keys)
        guard line.equalsIgnoringCase(record[.product], "firewall") else { return .nothing }
        guard let verdict = verdict(line, &record) else { return .nothing }
        guard record.has(.source) || record.has(.destination) else { return .nothing }
        entry.action = verdict.action
        entry.reason = verdict.reason
        if line.equals(record[.rule], "N/A") { record.clear(.rule) }
        if !envelope.host.isEmpty { record.clear(.host) }
        if let damage = record.fill(line, &context, into: &entry) { return .damaged(damage) }
        if entry.action == .block {
            entry.reasonText = context.names.keep(line, record[.message])
            if entry.reason == .noState { entry.known.insert(.saysNoState) }
        }
        return .entry
    }

    /// What a line may begin with; the viewer's copies have the module's name glued to the first.
    private static let beginnings = WordTable<Bool>([
        ("device", true), ("timestamp", true), ("date", true), ("messageid", true),
        ("log_type", true), ("log_id", true),
    ])

    private func verdict(
        _ line: borrowing Line, _ record: inout Record
    ) -> (action: Action, reason: Reason)? {
        let component = record[.own1]
        if line.equalsIgnoringCase(component, "invalid traffic") {
            guard record.has(.message) else { return (.block, .invalid) }
            return (.block, Sophos.messages.within(line, record[.message]) ?? .invalid)
        }
        switch Sophos.verdicts.meaning(line, record[record.has(.action) ? .action : .subevent]) {
        case .block: return (.block, Sophos.components.within(line, component) ?? .match)
        case .pass where line.equalsIgnoringCase(component, "firewall rule"):
            return ending(line, &record)
        case .pass where line.equalsIgnoringCase(component, "appliance access"):
            return (.pass, .match)
        default: return nil
        }
    }

    /// Whether a connection that a rule allows begins, goes on or is over.
    private func ending(
        _ line: borrowing Line, _ record: inout Record
    ) -> (action: Action, reason: Reason) {
        let event = record[.event]
        if line.equalsIgnoringCase(event, "start") { return (.open, .match) }
        if line.equalsIgnoringCase(event, "stop") { return (.close, .unknown) }
        if line.equalsIgnoringCase(event, "interim") { return (.update, .unknown) }
        let lasted = line.decimal(record[.seconds]) ?? 0
        return lasted > 0 ? (.close, .unknown) : (.open, .match)
    }
}

extension Sophos {
    static let keys = KeyTable([
        ("src_ip", .source), ("src_port", .sourcePort), ("dst_ip", .destination),
        ("dst_port", .destinationPort), ("protocol", .ipProtocol), ("status", .action),
        ("log_type", .product), ("log_component", .own1), ("log_subtype", .subevent),
        ("connevent", .event), ("con_event", .event), ("in_interface", .inbound),
        ("out_interface", .outbound), ("src_mac", .macSource), ("dst_mac", .macDestination),
        ("fw_rule_id", .rule), ("fw_rule_name", .ruleName), ("icmp_type", .icmpType),
        ("tran_src_ip", .natSource), ("src_trans_ip", .natSource),
        ("tran_src_port", .natSourcePort), ("src_trans_port", .natSourcePort),
        ("tran_dst_ip", .natDestination), ("dst_trans_ip", .natDestination),
        ("tran_dst_port", .natDestinationPort), ("dst_trans_port", .natDestinationPort),
        ("connid", .connection), ("con_id", .connection), ("duration", .seconds),
        ("con_duration", .seconds), ("sent_bytes", .bytesOut), ("bytes_sent", .bytesOut),
        ("recv_bytes", .bytesIn), ("bytes_received", .bytesIn), ("message", .message),
        ("log_occurrence", .count), ("timestamp", .epoch), ("date", .date), ("time", .time),
        ("timezone", .zone), ("device_name", .host), ("device_serial_id", .host),
    ])

    static let verdicts = WordTable<Action>([
        ("Allow", .pass), ("Allowed", .pass), ("Deny", .block), ("Denied", .block),
        ("Drop", .block), ("Reject", .block), ("Rejected", .block),
    ])

    static let messages = WordTable<Reason>([
        ("could not associate packet", .noState), ("invalid tcp state", .invalidInState),
        ("checksum", .badChecksum), ("header", .malformed), ("length", .malformed),
        ("fragment", .fragment), ("flag", .invalidFlags),
    ])

    static let components = WordTable<Reason>([
        ("spoof", .antiSpoofing), ("dos attack", .rateLimit), ("fragment", .fragment),
        ("source routed", .ipOption),
    ])
}
