// The lines of `cilium monitor`: a drop, a packet on its way, the verdict of a policy.
//
// Read first: Cilium pkg/monitor/datapath_drop.go, datapath_trace.go, datapath_policy.go and
// dissect.go. All end in the packet: `10.0.0.5:443 -> 10.0.0.9:50211 tcp ACK, FIN`.

import Bytes
import Facts

extension Cilium {
    func readText(
        _ line: borrowing Line, _ start: Int, _ context: inout Context, into entry: inout Entry
    ) -> Reading {
        if line.has("xx drop (", at: start) {
            guard let close = line.find(") flow ", from: start) else { return .damaged(.cutShort) }
            entry.action = .block
            judge(line, Field(start + 9, close), &context.names, into: &entry)
        } else if line.has("Policy verdict log: flow ", at: start) {
            let isDenied = line.find("action deny", from: start) != nil
            entry.action = isDenied ? .note : .pass
            if line.find(", ingress,", from: start) != nil { entry.direction = .inward }
            if line.find(", egress,", from: start) != nil { entry.direction = .outward }
        } else if line.has("-> ", at: start) || line.has("<- ", at: start) {
            // Other programs draw arrows too.
            guard line.find(" flow 0x", from: start) != nil else { return .notMine }
            entry.action = .pass
        } else {
            return .notMine
        }
        return readPacket(line, start, &context.names, into: &entry)
    }

    private func readPacket(
        _ line: borrowing Line, _ start: Int, _ names: inout Names, into entry: inout Entry
    ) -> Reading {
        guard let arrow = lastArrow(line, start + 3) else { return .nothing }
        var left = arrow
        while left > start, line[left - 1] != 0x20 { left -= 1 }
        let right = line.endOfWord(arrow + 4)
        guard let source = endpoint(line, Field(left, arrow), &names),
            let destination = endpoint(line, Field(arrow + 4, right), &names)
        else { return .damaged(.badAddress) }
        entry.source = source
        entry.destination = destination
        let word = Field(min(right + 1, line.end), line.endOfWord(min(right + 1, line.end)))
        guard !word.isEmpty else { return .damaged(.cutShort) }
        entry.ipProtocol = ipProtocolNumber(line, word)
        switch entry.ipProtocol {
        case 6, 17, 132: entry.known.insert(.ports)
        default: return .entry
        }
        guard entry.ipProtocol == Entry.tcp else { return .entry }
        let rest = Field(min(word.end + 1, line.end), line.end)
        if let flags = TCPFlags(words: line, rest) {
            entry.flags = flags
            entry.known.insert(.flags)
        }
        return .entry
    }

    /// The arrow between the packet's ends: the last one, before it stand endpoints and identities.
    private func lastArrow(_ line: borrowing Line, _ start: Int) -> Int? {
        var at = line.end - 4
        while at > start {
            if line.has(" -> ", at: at) { return at }
            at -= 1
        }
        return nil
    }

    /// `10.0.0.5:443`, `[2001:db8::1]:443`, or an address alone.
    private func endpoint(
        _ line: borrowing Line, _ field: Field, _ names: inout Names
    ) -> Endpoint? {
        if let alone = Address(line, field) { return Endpoint(alone, 0) }
        var colon = field.end - 1
        while colon > field.start, line[colon] != 0x3A { colon -= 1 }
        guard colon > field.start, let port = line.decimal16(Field(colon + 1, field.end)),
            let address = Address(line, Field(field.start, colon), &names)
        else { return nil }
        return Endpoint(address, port)
    }
}
