// Rows copied from the log pages of pfSense and OPNsense into a mail or a forum.
//
// Read first: `Filterlog`. pfSense's columns are time, interface, rule, source, destination, protocol
// with its flags; OPNsense's live view has interface, direction, time, source, destination, protocol,
// label. Tabs or blanks stand between them, and the icon of the action is mostly lost.

import Bytes
import Facts

extension Filterlog {
    /// A row of either page; nil for any other line.
    func readCopy(
        _ line: borrowing Line, _ context: inout Context, into entry: inout Entry
    ) -> Reading? {
        let last = lastWord(line, line.end)
        if line.has("TCP:", at: last.start) {
            guard let flags = TCPFlags(letters: line, Field(last.start + 4, last.end)) else {
                return nil
            }
            return readPfSense(line, last, flags, &context, into: &entry)
        }
        if Filterlog.protocols.meaning(line, last) != nil, last.start > line.start,
            line[last.start - 1] == 0x09
        {
            return readPfSense(line, last, nil, &context, into: &entry)
        }
        return readLiveView(line, &context, into: &entry)
    }

    private static let protocols = WordTable<UInt8>([
        ("TCP", 6), ("UDP", 17), ("ICMP", 1), ("ICMPv6", 58), ("IPV6-ICMP", 58), ("IGMP", 2),
        ("ESP", 50), ("GRE", 47),
    ])

    private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    /// The word that ends before an offset.
    private func lastWord(_ line: borrowing Line, _ before: Int) -> Field {
        var end = before
        while end > line.start, isBlank(line[end - 1]) { end -= 1 }
        var start = end
        // Limit: no word looked for here is longer than an IPv6 address with its port.
        while start > line.start, end - start < 56, !isBlank(line[start - 1]) { start -= 1 }
        return Field(start, end)
    }

    private func readPfSense(
        _ line: borrowing Line, _ last: Field, _ flags: TCPFlags?, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading? {
        let right = lastWord(line, last.start)
        let left = lastWord(line, right.start)
        guard let source = endpoint(line, left), let destination = endpoint(line, right),
            let close = line.find(0x29, from: max(line.start, left.start - 3)),
            close < left.start
        else { return nil }
        var open = close
        while open > line.start, line[open] != 0x28 { open -= 1 }
        let number = Field(open + 1, close)
        guard line.decimal64(number) != nil else { return nil }
        // What stands before the time is the icon's text.
        var at = line.skipBlanks(line.start)
        if let action = Filterlog.actions.meaning(line, Field(at, endOfWord(line, at))) {
            entry.action = action
            at = line.skipBlanks(endOfWord(line, at))
        }
        guard let (time, behind) = context.clock.readStamp(line, at) else { return nil }
        at = line.skipBlanks(behind)
        let interface = Field(at, endOfWord(line, at))
        guard interface.end < open else { return nil }
        entry.time = time
        entry.interface = context.names.keep(line, interface)
        entry.rule = context.names.keep(line, number)
        entry.ipProtocol = Filterlog.protocols.meaning(line, last) ?? Entry.tcp
        fill(line, source, destination, Field(interface.end, open), &context, into: &entry)
        if let flags {
            entry.flags = flags
            entry.known.insert(.flags)
        }
        return .entry
    }

    private static let actions = WordTable<Action>([
        ("block", .block), ("pass", .pass), ("reject", .block),
    ])

    private func endOfWord(_ line: borrowing Line, _ start: Int) -> Int {
        var at = start
        while at < line.end, !isBlank(line[at]) { at += 1 }
        return at
    }

    private func fill(
        _ line: borrowing Line, _ source: Endpoint, _ destination: Endpoint, _ words: Field,
        _ context: inout Context, into entry: inout Entry
    ) {
        // The interface stands where a header has its host.
        context.isNodeless = true
        entry.source = source
        entry.destination = destination
        if entry.ipProtocol == Entry.tcp || entry.ipProtocol == Entry.udp {
            entry.known.insert(.ports)
        }
        if entry.direction == .unknown { entry.direction = .inward }
        entry.reason = .match
        guard entry.action == .note else { return }
        // Without its icon only the rule's words say what it did.
        let told = PrefixWords(line, words)
        if told.blocks {
            entry.action = .block
        } else if told.passes {
            entry.action = .pass
        }
    }

    /// `192.0.2.10:443`, `[2001:db8::1]:443`, or an address alone.
    private func endpoint(_ line: borrowing Line, _ field: Field) -> Endpoint? {
        if let alone = Address(line, field) { return Endpoint(alone, 0) }
        var colon = field.end - 1
        while colon > field.start, line[colon] != 0x3A { colon -= 1 }
        guard colon > field.start, let port = line.decimal16(Field(colon + 1, field.end)),
            let address = Address(line, Field(field.start, colon))
        else { return nil }
        return Endpoint(address, port)
    }

    /// `wan → 2026-11-19T08:15:51+00:00 192.0.2.10:443 198.51.100.7:51515 tcp Default deny …`.
    private func readLiveView(
        _ line: borrowing Line, _ context: inout Context, into entry: inout Entry
    ) -> Reading? {
        let start = line.skipBlanks(line.start)
        let interface = Field(start, endOfWord(line, start))
        // Limit: the longest name of an interface.
        guard interface.count <= 32, line[interface.end] == 0x09 else { return nil }
        var at = line.skipBlanks(interface.end)
        let arrow = Field(at, endOfWord(line, at))
        guard let direction = Filterlog.arrows.meaning(line, arrow) else { return nil }
        at = line.skipBlanks(arrow.end)
        guard let (time, behind) = context.clock.readStamp(line, at) else { return nil }
        at = line.skipBlanks(behind)
        let left = Field(at, endOfWord(line, at))
        at = line.skipBlanks(left.end)
        let right = Field(at, endOfWord(line, at))
        at = line.skipBlanks(right.end)
        let word = Field(at, endOfWord(line, at))
        guard let source = endpoint(line, left), let destination = endpoint(line, right),
            let ipProtocol = Filterlog.protocols.meaning(line, word)
        else { return nil }
        let label = Field(line.skipBlanks(word.end), line.end)
        entry.time = time
        entry.direction = direction
        entry.interface = context.names.keep(line, interface)
        entry.rule = context.names.keep(line, label)
        entry.ipProtocol = ipProtocol
        fill(line, source, destination, label, &context, into: &entry)
        return .entry
    }

    private static let arrows = WordTable<Direction>([
        ("→", .inward), ("←", .outward), ("in", .inward), ("out", .outward),
    ])
}
