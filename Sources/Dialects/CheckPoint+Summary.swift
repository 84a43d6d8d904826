// Drops that a gateway counts before any rule is looked at, and reports several in one record.
//
// Read first: the fields `packets`, `packet_amount` and `drop_reason` of Check Point's log, and
// `TupleMemory`: each packet of the list
// becomes an entry, and nothing is collected.

import Bytes
import Facts

extension CheckPoint {
    /// `packets:" <A,p,B,q,PROTO;IF> <…>"`, with the interface or without.
    func readSummary(
        _ line: borrowing Line, _ record: Record, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        var plain = record
        prepare(line, &plain)
        context.tuples = TupleMemory()
        context.tuples.rest = record[.own3]
        context.tuples.rule = record.has(.rule) ? record[.rule] : record[.ruleName]
        context.tuples.node = record[.node]
        context.tuples.interface = record[.inbound]
        context.tuples.time = plain.time(line, &context.clock) ?? entry.time
        guard CheckPoint.readFurther(line, &context, into: &entry) else {
            return .damaged(.cutShort)
        }
        context.tuples.isOpen = true
        return .entry
    }

    public static func readFurther(
        _ line: borrowing Line, _ context: inout Context, into entry: inout Entry
    ) -> Bool {
        // One broken packet does not hide those behind it.
        while let packet = nextPacket(line, &context) {
            if fillPacket(line, packet, &context, into: &entry) { return true }
        }
        return false
    }

    /// What stands between the next angle brackets.
    private static func nextPacket(_ line: borrowing Line, _ context: inout Context) -> Field? {
        let rest = context.tuples.rest
        guard let open = line.find(0x3C, from: rest.start, before: rest.end),
            let close = line.find(0x3E, from: open, before: rest.end)
        else { return nil }
        context.tuples.rest = Field(close + 1, rest.end)
        return Field(open + 1, close)
    }

    private static func fillPacket(
        _ line: borrowing Line, _ packet: Field, _ context: inout Context,
        into entry: inout Entry
    ) -> Bool {
        let cut = Line(line.bytes, from: packet.start, to: packet.end)
        context.columns.find(0x2C, in: cut, from: packet.start)
        guard context.columns.count == 5 else { return false }
        var number = context.columns[5]
        var interface = context.tuples.interface
        if let mark = line.find(0x3B, from: number.start, before: number.end) {
            interface = Field(mark + 1, number.end)
            number.end = mark
        }
        guard let ipProtocol = line.decimal8(number),
            let from = Address(line, context.columns[1], &context.names),
            let to = Address(line, context.columns[3], &context.names)
        else { return false }
        entry.action = .block
        entry.reason = .match
        entry.direction = .inward
        entry.time = context.tuples.time
        entry.ipProtocol = ipProtocol
        entry.source.address = from
        entry.destination.address = to
        if ipProtocol == Entry.tcp || ipProtocol == Entry.udp,
            let first = line.decimal16(context.columns[2]),
            let second = line.decimal16(context.columns[4])
        {
            entry.source.port = first
            entry.destination.port = second
            entry.known.insert(.ports)
        }
        entry.interface = context.names.keep(line, interface)
        entry.rule = context.names.keep(line, context.tuples.rule)
        let node = context.tuples.node
        if !node.isEmpty { entry.node = context.names.keep(line, node) }
        return true
    }
}
