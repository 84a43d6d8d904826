// An entry as a row of CSV (RFC 4180), for spreadsheets.

import Bytes
import Facts

extension ByteWriter {
    /// The names of the columns.
    public mutating func putEntryColumns() {
        put("n,input,line,time,node,dialect,interface,direction,action,rule,reason,proto,")
        put("src,sport,dst,dport,flags,stray\r\n")
    }

    public mutating func putEntryRow(_ entry: Entry, at place: Place, zone: Zone, names: Names) {
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
        put(entry.mayBeStray ? ",\r\n" : entry.isStray ? ",true\r\n" : ",false\r\n")
    }

    private func addressBytes(_ address: Address, _ names: Names) -> [UInt8] {
        var writer = ByteWriter(capacity: 40)
        writer.put(address, names)
        return writer.bytes
    }

    /// A cell, quoted where it must be. A cell that a spreadsheet would take for a formula gets a
    /// quote mark in front: log text is not to be run.
    private mutating func putCell(_ raw: [UInt8]) {
        var safe = ByteWriter(capacity: raw.count)
        safe.putSafe(raw)
        let text = safe.bytes
        let formula = text.first.map { "=+-@".utf8.contains($0) } ?? false
        guard formula || text.contains(where: { $0 == 0x2C || $0 == 0x22 }) else {
            put(text)
            return
        }
        put("\"")
        if formula { put("'") }
        for byte in text {
            if byte == 0x22 { put("\"") }
            put(byte)
        }
        put("\"")
    }
}

extension String {
    fileprivate var withLeadingComma: String { "," + self }
}
