// PAN-OS's rows: what stands in which column, for traffic and for threats.
//
// Read first: PAN-OS "Traffic Log Fields", "Threat Log Fields". Every version appended columns and
// moved none; old ones stop at 38 or 46.

import Bytes
import Facts

extension PaloAlto {
    /// The columns by the names of the web interface's export, in the order of syslog.
    private static let trafficTable = ColumnTable(
        separator: 0x2C,
        [
            "Domain", "", "Serial #", "Type", "Threat/Content Type", "", "Generate Time",
            "Source address", "Destination address", "NAT Source IP", "NAT Destination IP", "Rule",
            "", "", "Application", "", "Source Zone", "Destination Zone", "Inbound Interface",
            "Outbound Interface", "", "", "Session ID", "Repeat Count", "Source Port",
            "Destination Port", "NAT Source Port", "NAT Destination Port", "", "IP Protocol",
            "Action", "Bytes", "", "", "", "", "Elapsed Time (sec)", "", "", "", "", "", "", "",
            "Packets Sent", "Packets Received", "Session End Reason", "", "", "", "", "",
            "Device Name",
        ], keys)

    private static let threatTable = ColumnTable(
        separator: 0x2C,
        [
            "Domain", "", "Serial #", "Type", "Threat/Content Type", "", "Generate Time",
            "Source address", "Destination address", "NAT Source IP", "NAT Destination IP", "Rule",
            "", "", "Application", "", "Source Zone", "Destination Zone", "Inbound Interface",
            "Outbound Interface", "", "", "Session ID", "Repeat Count", "Source Port",
            "Destination Port", "NAT Source Port", "NAT Destination Port", "", "IP Protocol",
            "Action", "", "ThreatName",
        ], keys)

    /// Where the row starts: `1,2024/01/03 13:15:29,`. A header without a host takes its first words
    /// for the host.
    func rowStart(_ line: borrowing Line, _ envelope: Envelope) -> Int? {
        let body = line.skipBlanks(envelope.body)
        if isRow(line, body) { return body }
        guard !envelope.host.isEmpty, isRow(line, envelope.host.start) else { return nil }
        return envelope.host.start
    }

    private func isRow(_ line: borrowing Line, _ start: Int) -> Bool {
        var at = line[start] == 0x22 ? start + 1 : start
        guard isDigit(line[at]) || line[at] == 0x2C else { return false }
        at = line.endOfDigits(at)
        if line[at] == 0x22 { at += 1 }
        guard at - start <= 4, line[at] == 0x2C else { return false }
        at += line[at + 1] == 0x22 ? 2 : 1
        // A date of either order, with its strokes.
        let end = line.endOfDigits(at)
        return end > at && end - at <= 4 && line[end] == 0x2F && isDigit(line[end + 1])
    }

    func readRow(
        _ line: borrowing Line, _ start: Int, _ record: inout Record, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        context.columns.findQuoted(0x2C, in: line, from: start)
        let type = context.columns.text(4, of: line)
        let isTraffic = line.equals(type, "TRAFFIC")
        guard isTraffic || line.equals(type, "THREAT") else {
            return PaloAlto.otherTypes.meaning(line, type) == nil ? .notMine : .nothing
        }
        if context.columnNames.dialect == .paloAlto {
            record.gather(line, context.columns, context.columnNames.table)
        } else {
            let table = isTraffic ? PaloAlto.trafficTable : PaloAlto.threatTable
            record.gather(line, context.columns, table)
        }
        // Cut before the action of a packet, or the duration of a session.
        guard record.has(.action) else { return .damaged(.cutShort) }
        record.clear(.own2)
        if let exact = exactTime(line, context.columns) { record.set(.date, exact) }
        return finish(line, &record, &context, into: &entry)
    }

    /// PAN-OS 10 writes the time once more near the end, with a fraction and a zone.
    private func exactTime(_ line: borrowing Line, _ columns: Columns) -> Field? {
        guard columns.count > Columns.separatorsMax else { return nil }
        let rest = columns[columns.count]
        var at = rest.start
        while let stop = line.find(0x54, from: at, before: rest.end) {
            at = stop + 1
            guard stop - rest.start >= 10, line[stop - 3] == 0x2D, line[stop - 6] == 0x2D,
                line[stop + 3] == 0x3A, line[stop + 6] == 0x3A, isDigit(line[stop + 1])
            else { continue }
            return Field(stop - 10, line.find(0x2C, from: stop, before: rest.end) ?? rest.end)
        }
        return nil
    }

    /// The web interface's export begins with the names of its columns.
    func readHeader(
        _ line: borrowing Line, _ envelope: Envelope, _ context: inout Context
    ) -> Reading {
        context.columns.findQuoted(0x2C, in: line, from: envelope.body)
        let table = ColumnTable(
            separator: 0x2C, header: line, context.columns, PaloAlto.keys)
        guard table.has(.event), table.has(.source), table.has(.action) else { return .notMine }
        context.columnNames = HeaderMemory(dialect: .paloAlto, table: table)
        return .nothing
    }

    /// The kinds of records that tell of no packet.
    private static let otherTypes = WordTable<Bool>([
        ("SYSTEM", true), ("CONFIG", true), ("HIPMATCH", true), ("HIP-MATCH", true),
        ("GLOBALPROTECT", true), ("USERID", true), ("AUTHENTICATION", true), ("DECRYPTION", true),
        ("WILDFIRE", true), ("CORRELATION", true), ("IPTAG", true), ("GTP", true), ("SCTP", true),
        ("AUDIT", true), ("START", true), ("END", true), ("TUNNEL", true),
    ])
}
