// An entry as a row of CSV (RFC 4180), for spreadsheets.

import Bytes
import Causes
import Facts

extension ByteWriter {
    /// The names of the columns.
    mutating func putEntryColumns(judged: Bool) {
        put("n,input,line,time,node,dialect,interface,direction,action,rule,reason,proto,")
        put("src,sport,dst,dport,flags,stray")
        put(judged ? ",cause,variant,harm,confidence,finding\r\n" : "\r\n")
    }

    public mutating func putEntryRow(
        _ entry: Entry, at place: Place, zone: Zone, names: Names, _ judgement: EntryJudgement?
    ) {
        put(place.number)
        put(",")
        putCell(Array(place.input.utf8))
        put(",")
        put(place.line)
        put(",")
        if entry.time.isKnown { putISO(entry.time, zone) }
        put(",")
        putCell(names.bytes(entry.node))
        put(",\(entry.dialect.name),")
        putCell(names.bytes(entry.interface))
        put(["", "in", "out"][Int(entry.direction.rawValue)].withLeadingComma)
        put(",\(entry.action.name),")
        putCell(names.bytes(entry.rule))
        put(",")
        if entry.reason != .unknown { put(entry.reason.name.description) }
        put(",")
        if entry.ipProtocol != 255 { put(protocolName(entry.ipProtocol) ?? "\(entry.ipProtocol)") }
        for end in [entry.source, entry.destination] {
            put(",")
            if !end.address.isNone { putCell(addressBytes(end.address, names)) }
            put(",")
            if entry.known.contains(.ports) { put(Int(end.port)) }
        }
        put(",")
        if entry.hasTCPFlags { put(entry.flags.text) }
        put(entry.mayBeStray ? "," : entry.isStray ? ",true" : ",false")
        if let judgement { putJudgementCells(judgement) }
        put("\r\n")
    }

    private mutating func putJudgementCells(_ judgement: EntryJudgement) {
        guard let verdict = judgement.verdict else {
            put(",,,,,")
            return
        }
        put(",\(verdict.cause.name),\(verdict.variant ?? ""),\(verdict.harm.name),")
        putHundredths(verdict.confidence)
        put(",")
        if let finding = judgement.finding { put(finding) }
    }

    private func addressBytes(_ address: Address, _ names: Names) -> [UInt8] {
        var writer = ByteWriter(capacity: 40)
        writer.put(address, names)
        return writer.bytes
    }
}

extension String {
    fileprivate var withLeadingComma: String { "," + self }
}
