// Check Point gateways: what Log Exporter sends in each of its formats, and the texts of their tools.
//
// Read first: Check Point's "Log Exporter" guide, `Record`, and for the texts `CheckPoint+Text`. All
// shapes name their fields alike, so one table serves them. A packet of no connection is said in a
// field of its own.

import Bytes
import Facts

public struct CheckPoint: Dialect {
    public init() {}
    public let id = DialectID.checkPoint
    public let title = "Check Point gateways: Log Exporter, fw log, log exports, fw ctl zdebug drop"

    public var howToGet: [String] { CheckPoint.steps }
    public var limits: [String] { CheckPoint.bounds }
    public var samples: [Sample] { CheckPoint.lines }

    public func read(
        _ line: borrowing Line, _ envelope: Envelope, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        let body = line.skipBlanks(envelope.body)
        var record = Record()
        guard gather(line, envelope, body, &context, into: &record) else {
            if let drop = kernelDrop(line, body) {
                return readKernelDrop(line, drop, &context, into: &entry)
            }
            return .notMine
        }
        return finish(line, &record, &context, into: &entry)
    }

    /// Fills the record from whichever shape the line has; false where it has none of them.
    private func gather(
        _ line: borrowing Line, _ envelope: Envelope, _ body: Int, _ context: inout Context,
        into record: inout Record
    ) -> Bool {
        if line.equalsIgnoringCase(envelope.program, "checkpoint") {
            // The header's reader took the fields for structured data and passed over them.
            if gatherBracketed(line, envelope.program.end, &record, &context.keys) { return true }
            record = Record()
        }
        switch line[body] {
        case 0x5B: return gatherBracketed(line, body, &record, &context.keys)
        case 0x43 where line.has("CheckPoint ", at: body), 0x73 where line.has("syslog[", at: body):
            return gatherBracketed(line, body, &record, &context.keys)
        case 0x7B:
            guard line.find("\"loguid\"", from: body) != nil else { return false }
            _ = record.gatherJSON(line, from: body, CheckPoint.keys, &context.keys)
            return record.has(.own1)
        case 0x74 where line.has("time=", at: body), 0x6C where line.has("loc=", at: body),
            0x68 where line.has("hostname=", at: body):
            return gatherBars(line, body, &record, &context.keys)
        case 0x22: return gatherQuoted(line, body, &record, &context.keys)
        case 0x6E where line.has("num;date;time;", at: body):
            context.columnNames = HeaderMemory(
                dialect: .checkPoint, wide: ExportColumns(line, body))
            return true
        default: break
        }
        if isDigit(line[body]) || line[body] == 0x44 {
            if context.columnNames.dialect == .checkPoint,
                gatherExported(line, body, context.columnNames.wide, &record)
            {
                return true
            }
            if gatherText(line, body, &record, &context.keys) { return true }
        }
        return gatherCommon(line, body, &record, &context.keys, &context.product)
    }

    /// `[action:"Drop"; ifdir:"inbound"; … ]`, or as RFC 5424 has it `[log@2620 action="Drop" … ]`.
    private func gatherBracketed(
        _ line: borrowing Line, _ from: Int, _ record: inout Record, _ memory: inout KeyMemory
    ) -> Bool {
        guard let open = line.find(0x5B, from: from, before: min(line.end, from + 64)),
            let quote = line.find(0x22, from: open, before: min(line.end, open + 48))
        else { return false }
        let sign = line[quote - 1]
        guard sign == 0x3A || sign == 0x3D else { return false }
        let style = sign == 0x3A ? PairStyle(separator: 0x3B, sign: 0x3A) : PairStyle()
        record.gather(line, from: open + 1, style, CheckPoint.keys, &memory)
        return record.has(.own1) || record.has(.direction)
    }

    /// `time=1595538959|hostname=…|action=Drop|` and `loc=477|filename=fw.log|…`
    private func gatherBars(
        _ line: borrowing Line, _ body: Int, _ record: inout Record, _ memory: inout KeyMemory
    ) -> Bool {
        guard let bar = line.find(0x7C, from: body, before: min(line.end, body + 64)),
            bar < (line.find(0x20, from: body, before: bar) ?? line.end)
        else { return false }
        record.gather(line, from: body, PairStyle(separator: 0x7C), CheckPoint.keys, &memory)
        return record.has(.own1) || record.has(.direction)
    }

    private func gatherCommon(
        _ line: borrowing Line, _ body: Int, _ record: inout Record, _ memory: inout KeyMemory,
        _ product: inout CommonEventMemory
    ) -> Bool {
        guard let header = CommonEventHeader.read(line, body, &product),
            line.equalsIgnoringCase(header.vendor, "check point")
                || line.equalsIgnoringCase(header.product, "check point")
        else { return false }
        record.gather(line, header, CheckPoint.keys, labels: CheckPoint.labels, &memory)
        if !record.has(.action) { record.set(.action, header.eventID) }
        if !record.has(.product) { record.set(.product, header.product) }
        return true
    }

    private func finish(
        _ line: borrowing Line, _ record: inout Record, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        guard let action = CheckPoint.actions.meaning(line, record[.action]),
            isOfPackets(line, &record)
        else { return .nothing }
        if action == .block, record.has(.own3), !record.has(.source) {
            return readSummary(line, record, &context, into: &entry)
        }
        // Tunnels, and drops that are summed up, name no protocol.
        guard record.has(.source) || record.has(.destination), record.has(.ipProtocol) else {
            return .nothing
        }
        prepare(line, &record)
        entry.action = action
        if let damage = record.fill(line, &context, into: &entry) { return .damaged(damage) }
        if record.has(.sourcePort), !record.has(.destinationPort) {
            readService(line, &record, into: &entry)
        }
        // An accounting record tells of a connection that was told of before.
        if action == .open, entry.known.contains(.bytes) || entry.known.contains(.duration) {
            entry.action = .update
        }
        judge(line, &record, &context.names, into: &entry)
        return .entry
    }

    /// Whether the record is of the firewall itself, or of the inspection of its TCP streams.
    private func isOfPackets(_ line: borrowing Line, _ record: inout Record) -> Bool {
        guard record.has(.product) else { return true }
        if CheckPoint.firewalls.within(line, record[.product]) != nil { return true }
        guard CheckPoint.inspectors.within(line, record[.product]) != nil else { return false }
        return CheckPoint.reasons.within(line, record[.note]) != nil
            || CheckPoint.reasons.within(line, record[.message]) != nil
    }

    /// Times of two parts, services by name, directions by number.
    func prepare(_ line: borrowing Line, _ record: inout Record) {
        let time = record[.epoch]
        if let blank = line.find(0x20, from: time.start, before: time.end), !record.has(.date) {
            record.set(.date, Field(time.start, blank))
            record.set(.time, Field(line.skipBlanks(blank), time.end))
            record.clear(.epoch)
        } else if record.has(.date) {
            record.set(.time, time)
            record.clear(.epoch)
        }
        if record.has(.inbound) || record.has(.outbound) {
            record.clear(.inZone)
            record.clear(.outZone)
        }
        if record.has(.own2), !record.has(.direction), line.equals(record[.own2], "1"),
            record.has(.inbound)
        {
            record.set(.outbound, record[.inbound])
            record.clear(.inbound)
        }
        let port = record[.destinationPort]
        if !port.isEmpty, !isDigit(line[port.start]) {
            record.set(.service, port)
            record.clear(.destinationPort)
        }
    }

    /// The port of a service that is given by its name, where that is a usual one.
    private func readService(
        _ line: borrowing Line, _ record: inout Record, into entry: inout Entry
    ) {
        guard let port = CheckPoint.services.meaning(line, record[.service]),
            let from = line.decimal16(record[.sourcePort]),
            entry.ipProtocol == Entry.tcp || entry.ipProtocol == Entry.udp
        else { return }
        entry.source.port = from
        entry.destination.port = port
        entry.known.insert(.ports)
        if !entry.natSource.address.isNone, entry.natSource.port == 0 {
            entry.natSource.port = from
        }
        if !entry.natDestination.address.isNone, entry.natDestination.port == 0 {
            entry.natDestination.port = port
        }
    }

    private func judge(
        _ line: borrowing Line, _ record: inout Record, _ names: inout Names,
        into entry: inout Entry
    ) {
        let words =
            record.has(.reason)
            ? record[.reason] : record.has(.message) ? record[.message] : record[.note]
        entry.reasonText = names.keep(line, words)
        if entry.action == .open { entry.reason = .match }
        guard entry.action == .block else { return }
        entry.reason = entry.rule.isNone ? .unknown : .match
        if let reason = CheckPoint.reasons.within(line, words) {
            entry.reason = reason
        } else if record.has(.reason) {
            // The field is there for packets that do not fit the state.
            entry.reason = .stateMismatch
        }
        if entry.reason == .noState { entry.known.insert(.saysNoState) }
    }
}
