// Azure: NSG flow logs (versions 1 and 2) and virtual network flow logs (version 4).
//
// Read first: Microsoft's "Flow logs for network security groups" and "Virtual network flow logs", and
// `TupleMemory`. One record tells of a minute's flows of one interface, a tuple each: it becomes as
// many entries.

import Bytes
import Facts

public struct AzureFlow: Dialect {
    public init() {}
    public let id = DialectID.azureFlow
    public let title = "Azure NSG flow logs (versions 1 and 2) and virtual network flow logs"

    public var howToGet: [String] { AzureFlow.steps }
    public var limits: [String] { AzureFlow.bounds }
    public var samples: [Sample] { AzureFlow.lines }

    /// A file of an hour may be a single line.
    public static var readsLongLines: Bool { true }

    public func read(
        _ line: borrowing Line, _ envelope: Envelope, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        var start = line.skipBlanks(envelope.body)
        // A record that was printed over many lines: a tuple stands alone on its own.
        if line[start] == 0x22, let tuple = loneTuple(line, start) {
            context.tuples = TupleMemory()
            return readTuple(line, tuple, &context, into: &entry)
        }
        // The rest of a file cut at its records: `,{"time":…}`.
        if line[start] == 0x2C { start = line.skipBlanks(start + 1) }
        guard let brace = line[start] == 0x7B ? start : envelope.document(line),
            line.find("lowTuples\"", from: brace) != nil
                || line.find("flow.0\"", from: brace) != nil
        else { return .notMine }
        context.tuples = TupleMemory()
        context.tuples.walk = JSONWalk(brace)
        let reading = AzureFlow.next(line, &context, into: &entry)
        context.tuples.isOpen = reading == .entry
        if reading == .nothing, !context.tuples.walk.isWhole { return .damaged(.cutShort) }
        return reading
    }

    public static func readFurther(
        _ line: borrowing Line, _ context: inout Context, into entry: inout Entry
    ) -> Bool {
        while true {
            switch next(line, &context, into: &entry) {
            case .entry: return true
            // One broken tuple does not hide those behind it.
            case .damaged: entry = Entry()
            case .nothing, .notMine, .continued: return false
            }
        }
    }

    /// Walks on to the next tuple.
    private static func next(
        _ line: borrowing Line, _ context: inout Context, into entry: inout Entry
    ) -> Reading {
        while context.tuples.walk.next(line, keys, &context.keys) {
            let value = context.tuples.walk.value
            guard context.tuples.walk.isText else { continue }
            if let meaning = context.keys.meaning(context.tuples.walk.place) {
                switch meaning.role {
                case .rule: context.tuples.rule = value
                case .inbound: context.tuples.interface = value
                default: break
                }
            } else if isTuple(line, value) {
                return AzureFlow().readTuple(line, value, &context, into: &entry)
            }
        }
        return .nothing
    }

    private static let keys = KeyTable(
        paths([
            ("properties.flows.rule", .rule), ("properties.flows.flows.mac", .inbound),
            ("flowRecords.flows.flowGroups.rule", .rule), ("macAddress", .inbound),
            ("rule", .rule), ("mac", .inbound),
        ]))

    /// A record alone, or the file's list of records.
    private static func paths(_ rows: [(String, Role)]) -> [(String, Role)] {
        rows + rows.map { ("records." + $0.0, $0.1) }
    }

    /// Ten or thirteen digits of time, a comma, and no quotation mark before the address.
    private static func isTuple(_ line: borrowing Line, _ value: Field) -> Bool {
        guard value.count >= 24 else { return false }
        let end = line.endOfDigits(value.start)
        return (end - value.start == 10 || end - value.start == 13) && line[end] == 0x2C
    }

    private func loneTuple(_ line: borrowing Line, _ quote: Int) -> Field? {
        guard let end = line.find(0x22, from: quote + 1) else { return nil }
        let tuple = Field(quote + 1, end)
        guard AzureFlow.isTuple(line, tuple), line.end - end <= 3 else { return nil }
        return tuple
    }

    /// `epoch,src,dst,sport,dport,protocol,I|O,…`: NSG says T or U, A or D, and in version 2 the
    /// state and four sums; a virtual network a number, the state or D, the encryption and the sums.
    private func readTuple(
        _ line: borrowing Line, _ tuple: Field, _ context: inout Context, into entry: inout Entry
    ) -> Reading {
        let cut = Line(line.bytes, from: tuple.start, to: tuple.end)
        context.columns.find(0x2C, in: cut, from: tuple.start)
        guard context.columns.count >= 8 else { return .damaged(.cutShort) }
        guard let time = Record.epoch(line, context.columns[1]) else { return .damaged(.badTime) }
        guard let source = Address(line, context.columns[2], &context.names),
            let destination = Address(line, context.columns[3], &context.names)
        else { return .damaged(.badAddress) }
        guard let from = line.decimal16(context.columns[4]),
            let to = line.decimal16(context.columns[5])
        else { return .damaged(.badNumber) }
        entry.time = time
        entry.source = Endpoint(source, from)
        entry.destination = Endpoint(destination, to)
        let word = context.columns[6]
        switch line[word.start] {
        case 0x54: entry.ipProtocol = Entry.tcp
        case 0x55: entry.ipProtocol = Entry.udp
        default: entry.ipProtocol = ipProtocolNumber(line, word)
        }
        if entry.ipProtocol == Entry.tcp || entry.ipProtocol == Entry.udp {
            entry.known.insert(.ports)
        }
        entry.direction = line[context.columns[7].start] == 0x49 ? .inward : .outward
        guard readState(line, context.columns, into: &entry) else { return .damaged(.badField) }
        entry.rule = context.names.keep(line, context.tuples.rule)
        entry.interface = context.names.keep(line, context.tuples.interface)
        return .entry
    }

    private func readState(
        _ line: borrowing Line, _ columns: Columns, into entry: inout Entry
    ) -> Bool {
        var letter = line[columns[8].start]
        guard columns[8].count == 1 else { return false }
        if letter == 0x41, columns.count > 8, columns[9].count == 1 {
            letter = line[columns[9].start]
        }
        switch letter {
        case 0x44: (entry.action, entry.reason) = (.block, .match)
        case 0x41: (entry.action, entry.reason) = (.pass, .match)
        case 0x42: (entry.action, entry.reason) = (.open, .match)
        case 0x43: entry.action = .update
        case 0x45: entry.action = .close
        default: return false
        }
        guard entry.action == .update || entry.action == .close, columns.count >= 13 else {
            return true
        }
        let sent = line.decimal64(columns[11])
        let received = line.decimal64(columns[13])
        if sent != nil || received != nil {
            entry.bytes = (sent ?? 0) &+ (received ?? 0)
            entry.known.insert(.bytes)
        }
        // The sums are those since the tuple before: none in this one says nothing of the rest.
        if let answers = line.decimal64(columns[12]), answers > 0 {
            entry.known.formUnion([.knowsAnswered, .answered])
        }
        return true
    }
}
