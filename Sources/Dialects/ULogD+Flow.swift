// ulogd's flows: conntrack's events with both directions, as text (PRINTFLOW) and as records.
//
// Read first: ulogd2 util/printflow.c, input/flow/ulogd_inpflow_NFCT.c.

import Bytes
import Facts

extension ULogD {
    /// `[NEW] ORIG: `, `[UPDATE] ORIG: `, `[DESTROY] ORIG: `.
    func flowEvent(_ line: borrowing Line, _ body: Int) -> (action: Action, end: Int)? {
        if line.has("[NEW] ORIG: ", at: body) { return (.open, body + 12) }
        if line.has("[UPDATE] ORIG: ", at: body) { return (.update, body + 15) }
        if line.has("[DESTROY] ORIG: ", at: body) { return (.close, body + 16) }
        return nil
    }

    func readFlowText(
        _ line: borrowing Line, _ start: Int, _ context: inout Context, into entry: inout Entry
    ) -> Reading {
        guard let middle = line.find(", REPLY: ", from: start) else { return .damaged(.cutShort) }
        var original = Record()
        var reply = Record()
        let keys = ULogD.flowKeys
        var pairs = NamedPairs(line, start, PairStyle(), keys, &context.keys)
        while pairs.next(line, keys, &context.keys) {
            guard let meaning = context.keys.meaning(pairs.place) else { continue }
            if pairs.value.start < middle {
                original.take(meaning, pairs.value)
            } else {
                reply.take(meaning, pairs.value)
            }
        }
        // The answer's addresses, the other way round, are the translated ones.
        original.set(.natSource, reply[.destination])
        original.set(.natSourcePort, reply[.destinationPort])
        original.set(.natDestination, reply[.source])
        original.set(.natDestinationPort, reply[.sourcePort])
        original.set(.bytesIn, reply[.bytesOut])
        if let damage = original.fill(line, &context, into: &entry) { return .damaged(damage) }
        close(line, reply[.packets], into: &entry)
        return .entry
    }

    private static let flowKeys = KeyTable([
        ("SRC", .source), ("DST", .destination), ("PROTO", .ipProtocol), ("SPT", .sourcePort),
        ("DPT", .destinationPort), ("PKTS", .packets), ("BYTES", .bytesOut),
    ])

    func finishFlow(
        _ line: borrowing Line, _ record: inout Record, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        switch line.decimal(record[.own3]) {
        case 1: entry.action = .open
        case 2: entry.action = .update
        case 4: entry.action = .close
        default: return .damaged(.badField)
        }
        let first = packetTime(line, record[.start], record[.own4])
        let last = packetTime(line, record[.end], record[.milliseconds])
        entry.known.remove(.duration)
        if let time = entry.action == .open ? first : last { entry.time = time }
        if entry.action == .close, let first, let life = last?.since(first), life >= 0 {
            entry.durationMicroseconds = life
            entry.known.insert(.duration)
        }
        close(line, record[.packetsIn], into: &entry)
        return .entry
    }

    /// What a flow's end tells: conntrack forgot it, and whether it was answered.
    private func close(_ line: borrowing Line, _ answers: Field, into entry: inout Entry) {
        guard entry.action == .close else {
            entry.known.remove(.bytes)
            return
        }
        if let answers = line.decimal64(answers) {
            entry.known.insert(.knowsAnswered)
            if answers > 0 { entry.known.insert(.answered) }
        }
    }
}
