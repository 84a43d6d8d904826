// What `diagnose debug flow` prints: a packet, and behind it what the FortiGate thought of it.
//
// Read first: Fortinet's "Debugging the packet flow". A trace is several lines with one number; the
// line of the packet has the flags, a later one the verdict. `FlowMemory` holds the packet until the
// verdict comes.

import Bytes
import Facts

/// The packet of the last trace line, until what became of it is known.
struct FlowMemory: Sendable {
    var trace: UInt64 = 0
    var packet: Entry?
}

extension FortiGate {
    /// `id=20085 trace_id=5 func=print_pkt_detail line=5862 msg="vd-root:0 received a packet(…)"`.
    func readFlow(
        _ line: borrowing Line, _ start: Int, _ context: inout Context, into entry: inout Entry
    ) -> Reading {
        var pairs = NamedPairs(line, start, PairStyle(), FortiGate.keys, &context.keys)
        var trace: UInt64?
        var message: Field?
        while pairs.next(line, FortiGate.keys, &context.keys) {
            let key = pairs.key(context.keys)
            if line.equals(key, "trace_id") { trace = line.decimal64(pairs.value) }
            if line.equals(key, "msg") { message = pairs.value }
        }
        guard let trace, let message else { return .notMine }
        if line.find("received a packet(", from: message.start) != nil {
            guard readPacket(line, message, &context, into: &entry) else {
                return .damaged(.badField)
            }
            context.flow = FlowMemory(trace: trace, packet: entry)
            return .nothing
        }
        guard let packet = context.flow.packet, context.flow.trace == trace,
            let verdict = FortiGate.flowVerdicts.within(line, message)
        else { return .nothing }
        context.flow.packet = nil
        let time = entry.time
        entry = packet
        if time.isKnown { entry.time = time }
        entry.action = verdict.action
        entry.reason = verdict.reason
        if verdict.reason == .noState { entry.known.insert(.saysNoState) }
        entry.reasonText = context.names.keep(line, message)
        entry.rule = context.names.keep(line, policy(line, message))
        return .entry
    }

    /// The number of `Allowed by Policy-1: SNAT` and `Denied by forward policy check (policy 0)`.
    private func policy(_ line: borrowing Line, _ message: Field) -> Field {
        guard let start = end(of: "Policy-", line, message) ?? end(of: "policy ", line, message)
        else { return Field(0, 0) }
        return Field(start, min(line.endOfDigits(start), message.end))
    }

    private func end(of word: StaticString, _ line: borrowing Line, _ message: Field) -> Int? {
        guard let at = line.find(word, from: message.start), at < message.end else { return nil }
        let end = at + word.utf8CodeUnitCount
        return isDigit(line[end]) ? end : nil
    }

    private static let flowVerdicts = WordTable<(action: Action, reason: Reason)>([
        ("no session matched", (.block, .noState)), ("replay packet", (.block, .stateMismatch)),
        ("reverse path check fail", (.block, .antiSpoofing)),
        ("check failed", (.block, .match)), ("denied by", (.block, .match)),
        ("drop", (.block, .unknown)), ("allowed by policy", (.pass, .match)),
    ])

    /// `received a packet(proto=6, A:p->B:q) tun_id=… from port1. flag [F.], seq 1, ack 2, win 3`.
    private func readPacket(
        _ line: borrowing Line, _ message: Field, _ context: inout Context,
        into entry: inout Entry
    ) -> Bool {
        guard let open = line.find("(proto=", from: message.start),
            let comma = line.find(0x2C, from: open, before: message.end),
            let number = line.decimal8(Field(open + 7, comma)),
            let arrow = line.find("->", from: comma), arrow < message.end,
            let close = line.find(0x29, from: arrow, before: message.end),
            let source = endpoint(line, Field(line.skipBlanks(comma + 1), arrow), &context.names),
            let destination = endpoint(line, Field(arrow + 2, close), &context.names)
        else { return false }
        entry.ipProtocol = number
        entry.source = source
        entry.destination = destination
        if number == Entry.tcp || number == Entry.udp { entry.known.insert(.ports) }
        if let from = line.find(" from ", from: close), from < message.end {
            let end = line.find(0x2E, from: from + 6, before: message.end) ?? message.end
            entry.interface = context.names.keep(line, Field(from + 6, end))
            entry.direction = .inward
        }
        readNumbers(line, Field(close, message.end), into: &entry)
        return true
    }

    /// The port stands behind the last colon, also of an IPv6 address.
    private func endpoint(
        _ line: borrowing Line, _ field: Field, _ names: inout Names
    ) -> Endpoint? {
        var colon = field.end - 1
        while colon > field.start, line[colon] != 0x3A { colon -= 1 }
        guard colon > field.start,
            let address = Address(line, Field(field.start, colon), &names),
            let port = line.decimal16(Field(colon + 1, field.end))
        else { return nil }
        return Endpoint(address, port)
    }

    private func readNumbers(_ line: borrowing Line, _ rest: Field, into entry: inout Entry) {
        guard entry.ipProtocol == Entry.tcp, let open = line.find("flag [", from: rest.start),
            let close = line.find(0x5D, from: open, before: rest.end),
            let flags = TCPFlags(letters: line, Field(open + 6, close))
        else { return }
        entry.flags = flags
        entry.known.insert(.flags)
        if let number = number(line, "seq ", close) {
            entry.sequence = number
            entry.known.insert(.sequence)
        }
        if let number = number(line, "ack ", close), flags.contains(.ack) {
            entry.acknowledgement = number
            entry.known.insert(.acknowledgement)
        }
        if let number = number(line, "win ", close) {
            entry.window = number
            entry.known.insert(.window)
        }
    }

    private func number(_ line: borrowing Line, _ name: StaticString, _ from: Int) -> UInt32? {
        guard let at = line.find(name, from: from) else { return nil }
        let start = at + 4
        return line.decimal(Field(start, line.endOfDigits(start)))
    }
}
