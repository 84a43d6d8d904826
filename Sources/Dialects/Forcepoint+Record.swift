// What Forcepoint calls its fields, what the engine did by them, and the entry made from them.
//
// Read first: `Record`. CEF, LEEF and the exports name the same things differently, and the operator
// can add fields under their export names, so one table takes all of them.

import Bytes
import Facts

extension Forcepoint {
    static let keys = KeyTable([
        ("src", .source), ("SRC", .source), ("Src Addrs", .source), ("Src Addr", .source),
        ("dst", .destination), ("DST", .destination), ("Dst Addrs", .destination),
        ("Dst Addr", .destination), ("spt", .sourcePort), ("srcPort", .sourcePort),
        ("Sport", .sourcePort), ("Src Port", .sourcePort), ("dpt", .destinationPort),
        ("dstPort", .destinationPort), ("Dport", .destinationPort),
        ("Dst Port", .destinationPort), ("proto", .ipProtocol), ("PROTOCOL", .ipProtocol),
        ("IP Protocol", .ipProtocol), ("Protocol", .ipProtocol), ("act", .action),
        ("action", .action), ("ACTION", .action), ("Action", .action), ("msg", .message),
        ("INFO_MSG", .message), ("Information Message", .message), ("SITUATION", .event),
        ("Situation", .event), ("EVENT", .event), ("Event", .event),
        ("deviceExternalId", .node), ("sender", .node), ("NODE_ID", .node), ("Sender", .node),
        ("dvchost", .host), ("dvc", .host), ("rt", .time), ("devTime", .time),
        ("TIMESTAMP", .time), ("Creation Time", .time), ("RECEPTION_TIME", .time),
        ("Reception Time", .time), ("in", .bytesIn), ("dstBytes", .bytesIn),
        ("ACC_RX_BYTES", .bytesIn), ("Bytes Rcvd", .bytesIn), ("out", .bytesOut),
        ("srcBytes", .bytesOut), ("ACC_TX_BYTES", .bytesOut), ("Bytes Sent", .bytesOut),
        ("ACC_ELAPSED", .seconds), ("Elapsed Time", .seconds),
        ("deviceInboundInterface", .inbound), ("SRC_IF", .inbound), ("Src IF", .inbound),
        ("deviceOutboundInterface", .outbound), ("DST_IF", .outbound), ("Dst IF", .outbound),
        ("sourceTranslatedAddress", .natSource), ("srcPostNAT", .natSource),
        ("NAT_SRC", .natSource), ("NAT Src", .natSource),
        ("sourceTranslatedPort", .natSourcePort), ("srcPostNATPort", .natSourcePort),
        ("NAT_SPORT", .natSourcePort), ("NAT Src Port", .natSourcePort),
        ("destinationTranslatedAddress", .natDestination), ("dstPostNAT", .natDestination),
        ("NAT_DST", .natDestination), ("NAT Dst", .natDestination),
        ("destinationTranslatedPort", .natDestinationPort),
        ("dstPostNATPort", .natDestinationPort), ("NAT_DPORT", .natDestinationPort),
        ("NAT Dst Port", .natDestinationPort), ("RULE_ID", .rule), ("RuleID", .rule),
        ("Rule Tag", .rule), ("Rule tag", .rule),
    ])

    /// What the labels of CEF's numbered fields say.
    static let labels = KeyTable([("RuleID", .rule), ("RuleId", .rule), ("RULE_ID", .rule)])

    /// What the engine did; nil for a record of no packet and no connection.
    func verdict(_ line: borrowing Line, _ record: inout Record) -> Action? {
        switch Forcepoint.events.within(line, record[.event]) {
        case .refused: return isPassive(line, &record) ? .note : .block
        case .opened: return .open
        case .closed: return .close
        case .progress: return .update
        case .segment:
            let isAllowed = Forcepoint.allowances.within(line, record[.action]) != nil
            return isAllowed || isPassive(line, &record) ? .note : .block
        case nil: break
        }
        guard Forcepoint.refusals.within(line, record[.action]) != nil, record.has(.source),
            record.has(.destination)
        else { return nil }
        return isPassive(line, &record) ? .note : .block
    }

    /// A passive action is what would have been done.
    private func isPassive(_ line: borrowing Line, _ record: inout Record) -> Bool {
        Forcepoint.passives.within(line, record[.action]) != nil
    }

    private enum Event: Sendable {
        case refused
        case opened
        case closed
        case progress
        case segment
    }

    private static let events = WordTable<Event>([
        ("discard", .refused), ("refused", .refused), ("terminate", .refused),
        ("connection_allowed", .opened), ("new-connection", .opened),
        ("related-connection", .opened), ("connection_closed", .closed),
        ("connection-closed", .closed), ("connection_progress", .progress),
        ("tcp_segment-invalid", .segment),
    ])

    private static let refusals = WordTable<Bool>([
        ("discard", true), ("refuse", true), ("terminate", true),
    ])
    private static let allowances = WordTable<Bool>([("allow", true), ("permit", true)])
    private static let passives = WordTable<Bool>([("passive", true), ("failed", true)])

    /// Fills in everything but the reason.
    func fill(
        _ line: borrowing Line, _ record: inout Record, _ context: inout Context,
        into entry: inout Entry
    ) -> Damage? {
        guard record.has(.source), record.has(.destination), record.has(.ipProtocol) else {
            return .cutShort
        }
        let number = ipProtocolNumber(line, record[.ipProtocol])
        guard number != 255 else { return .badNumber }
        let isWithPorts = number == 6 || number == 17 || number == 132
        let lacksPorts = !record.has(.sourcePort) && !record.has(.destinationPort)
        let isPacket = entry.action == .block || entry.action == .note
        // A later fragment has no ports. A line that was cut before them lacks what stands behind
        // them: what was done, and when.
        let isFragment =
            (number == 6 || number == 17) && lacksPorts && isPacket && record.has(.action)
            && record.has(.time)
        if isWithPorts, !isFragment {
            guard record.has(.sourcePort), record.has(.destinationPort) else { return .cutShort }
        }
        // The stamp of the syslog header is nearer to the truth than the Log Server's own time.
        let stamp = entry.time
        if let damage = record.fill(line, &context, into: &entry) { return damage }
        if stamp.isKnown { entry.time = stamp }
        if isFragment { entry.known.insert(.laterFragment) }
        return nil
    }
}
