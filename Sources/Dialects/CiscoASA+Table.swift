// The connection table, as `show conn` prints it: a row for each connection.
//
// Read first: Cisco document 113602 for what the flags mean and in which order they come and go,
// and the command reference under `show conn`.

import Bytes
import Facts

extension CiscoASA {
    /// `TCP outside A:p inside B:q, idle H:MM:SS, bytes N, flags UIO`; nil for any other line.
    func readRow(
        _ line: borrowing Line, _ start: Int, _ names: inout Names, into entry: inout Entry
    ) -> Reading? {
        // Each row begins with its protocol in capitals; the sentences are told by their tag.
        switch line[start] {
        case 0x54 where line.has("TCP ", at: start): entry.ipProtocol = Entry.tcp
        case 0x55 where line.has("UDP ", at: start): entry.ipProtocol = Entry.udp
        case 0x49 where line.has("ICMP ", at: start): entry.ipProtocol = 1
        default: return nil
        }
        var at = line.endOfWord(start)
        guard var first = rowSide(line, &at, &names) else {
            return line.find(", idle ", from: start) == nil ? nil : .damaged(.badField)
        }
        guard var second = rowSide(line, &at, &names) else {
            if line.find(", idle ", from: start) != nil { return .damaged(.badField) }
            // Half of a row, unless something else than the row's end is in the way.
            return Address(line, first.address) != nil && at >= line.end
                ? .damaged(.cutShort) : nil
        }
        guard line.has(", idle ", at: at) else {
            return line.end - at < 7 ? .damaged(.cutShort) : nil
        }
        var cursor = CiscoCursor(at)
        guard cursor.skip(past: ", bytes ", line), let bytes = cursor.number(line) else {
            return .damaged(cursor.damage)
        }
        // At the row's end may stand half of the number.
        if cursor.at < line.end {
            entry.bytes = bytes
            entry.known.insert(.bytes)
        }
        entry.action = .state
        var flags = Field(0, 0)
        if cursor.skip(past: "flags ", line) { flags = cursor.word(line) }
        if entry.ipProtocol == Entry.tcp {
            guard !flags.isEmpty else { return .damaged(.cutShort) }
            // The side of the lower security level stands first. The SYN came from the other,
            // but for B.
            if !has(line, flags, 0x42) { swap(&first, &second) }
            judge(line, flags, &entry)
        }
        fill(&entry, first.side, second.side, line, &names)
        if !flags.isEmpty { entry.reasonText = names.keep(line, flags) }
        return .entry
    }

    private struct RowSide {
        var side = CiscoSide()
        var address = Field(0, 0)
    }

    /// ` IF A:p`, the interface's name as many words as it likes; stops behind the port.
    private func rowSide(
        _ line: borrowing Line, _ at: inout Int, _ names: inout Names
    ) -> RowSide? {
        let interface = line.skipBlanks(at)
        var end = interface
        // Limit: `NP Identity Ifc` is the longest name a device gives itself.
        for _ in 0..<5 {
            let word = line.skipBlanks(end)
            end = line.endOfWord(word)
            guard word < line.end else { break }
            var last = end
            if line[last - 1] == 0x2C { last -= 1 }
            var colon = last
            while colon > word, isDigit(line[colon - 1]) { colon -= 1 }
            guard colon > word + 1, line[colon - 1] == 0x3A, word > interface,
                let port = line.decimal16(Field(colon, last))
            else { continue }
            let address = Field(word, colon - 1)
            guard let host = Address(line, address, &names) else { return nil }
            var row = RowSide(side: CiscoSide(), address: address)
            row.side.end = Endpoint(host, port)
            row.side.hasPort = true
            row.side.interface = Field(interface, endBefore(line, word, interface))
            at = last
            return row
        }
        at = end
        return nil
    }

    private func endBefore(_ line: borrowing Line, _ word: Int, _ start: Int) -> Int {
        var end = word
        while end > start, line[end - 1] <= 0x20 { end -= 1 }
        return end
    }

    /// U is up; s, S, a and A wait for a SYN or its ACK, f, F, r and R tell of FINs and their ACKs.
    private func judge(_ line: borrowing Line, _ flags: Field, _ entry: inout Entry) {
        let waitsForSYN = has(line, flags, 0x73) || has(line, flags, 0x53)
        let waits = waitsForSYN || has(line, flags, 0x61) || has(line, flags, 0x41)
        let isUp = has(line, flags, 0x55)
        // Neither: a bypassed connection (b), on which the device keeps no state.
        guard waits || isUp else { return }
        entry.known.insert(.knowsAnswered)
        if isUp || !waitsForSYN { entry.known.insert(.answered) }
        if !isUp {
            entry.reason = .stateOpening
        } else if has(line, flags, 0x66) || has(line, flags, 0x46) || has(line, flags, 0x72)
            || has(line, flags, 0x52)
        {
            entry.reason = .stateClosing
        } else {
            entry.reason = .stateEstablished
        }
    }

    private func has(_ line: borrowing Line, _ flags: Field, _ letter: UInt8) -> Bool {
        line.find(letter, from: flags.start, before: flags.end) != nil
    }
}
