// The texts of Check Point's tools: `fw log`, rows copied out of SmartConsole, `fw ctl zdebug drop`.
//
// Read first: `CheckPoint`. Their heads differ by version; what follows has the field names.

import Bytes
import Facts

extension CheckPoint {
    // Limit: so many words may stand before the action; `fw log` has at most a date, a time, a
    // number or two and flags there.
    private static let headWordsMax = 8

    /// `Date: 10Dec2019; 23:44:49 drop gw1 >eth1 src: 10.0.0.1; dst: …`, the date with or without.
    func gatherText(
        _ line: borrowing Line, _ body: Int, _ record: inout Record, _ memory: inout KeyMemory
    ) -> Bool {
        var at = body
        var words = 0
        while words < CheckPoint.headWordsMax {
            at = line.skipBlanks(at)
            guard at < line.end else { return false }
            var word = Field(at, line.endOfWord(at))
            at = word.end
            words += 1
            if line[word.end - 1] == 0x3B { word.end -= 1 }
            if Clock.timeOfDay(line, word) != nil {
                record.set(.time, word)
            } else if isDigit(line[word.start]), Clock.day(line, word) != nil {
                record.set(.date, word)
            } else if CheckPoint.actions.meaning(line, word) != nil {
                record.set(.action, word)
                break
            } else if words == 1, !line.equals(word, "Date:") {
                return false
            }
        }
        guard record.has(.action), record.has(.time), let start = readGateway(line, at, &record)
        else { return false }
        record.gather(
            line, from: start, PairStyle(separator: 0x3B, sign: 0x3A), CheckPoint.keys, &memory)
        if record.has(.date) { record.set(.epoch, record[.time]) }
        return true
    }

    /// `gw1 >eth1 `: the gateway, then the way and the interface. Gives where the fields begin.
    private func readGateway(
        _ line: borrowing Line, _ from: Int, _ record: inout Record
    ) -> Int? {
        let start = line.skipBlanks(from)
        let gateway = Field(start, line.endOfWord(start))
        let mark = line.skipBlanks(gateway.end)
        guard !gateway.isEmpty, line[mark] == 0x3E || line[mark] == 0x3C else { return nil }
        record.set(.node, gateway)
        let name = line.skipBlanks(mark + 1)
        let interface = Field(name, line.endOfWord(name))
        guard !interface.isEmpty else { return nil }
        record.set(line[mark] == 0x3E ? .inbound : .outbound, interface)
        return interface.end
    }

    /// `"21" "10Dec2019" "23:44:49" "eth1" "gw" "Log" "Drop" "https" "50211" "src" "dst" "tcp" …`
    func gatherQuoted(
        _ line: borrowing Line, _ body: Int, _ record: inout Record, _ memory: inout KeyMemory
    ) -> Bool {
        let roles: [16 of Role?] = [
            nil, .date, .epoch, .inbound, .node, nil, .action, .destinationPort, .sourcePort,
            .source, .destination, .ipProtocol, .rule, .ruleName, nil, nil,
        ]
        var at = body
        var index = 0
        while let column = quoted(line, at) {
            if index == 1, Clock.day(line, column) == nil { return false }
            if index == 2, Clock.timeOfDay(line, column) == nil { return false }
            if index < 16 {
                if let role = roles[index], !column.isEmpty { record.set(role, column) }
            } else if line.find(0x3A, from: column.start, before: column.end) != nil {
                let rest = Line(line.bytes, from: line.start, to: column.end)
                record.gather(
                    rest, from: column.start, PairStyle(separator: 0x3B, sign: 0x3A),
                    CheckPoint.keys, &memory)
            }
            index += 1
            at = line.skipBlanks(column.end + 1)
        }
        return index > 11
    }

    private func quoted(_ line: borrowing Line, _ at: Int) -> Field? {
        guard at < line.end, line[at] == 0x22, let close = line.find(0x22, from: at + 1) else {
            return nil
        }
        return Field(at + 1, close)
    }

    /// Where the packet of `…;fw_log_drop_ex: Packet proto=6 A:p -> B:q dropped by F Reason: R;`
    /// begins.
    func kernelDrop(_ line: borrowing Line, _ body: Int) -> Int? {
        let first = line[body]
        guard first == 0x3B || first == 0x40 || first == 0x66 || first == 0x5B,
            let at = line.find("fw_log_drop", from: body),
            let packet = line.find("Packet proto=", from: at)
        else { return nil }
        return packet + 13
    }

    func readKernelDrop(
        _ line: borrowing Line, _ start: Int, _ context: inout Context, into entry: inout Entry
    ) -> Reading {
        var record = Record()
        let number = Field(start, line.endOfWord(start))
        let from = line.skipBlanks(number.end)
        let source = Field(from, line.endOfWord(from))
        guard line.has(" -> ", at: source.end) else { return .damaged(.cutShort) }
        let destination = Field(source.end + 4, line.endOfWord(source.end + 4))
        record.set(.ipProtocol, number)
        split(line, source, .source, .sourcePort, &record)
        split(line, destination, .destination, .destinationPort, &record)
        entry.action = .block
        if let damage = record.fill(line, &context, into: &entry) { return .damaged(damage) }
        guard let reason = line.find("Reason: ", from: destination.end) else {
            return .damaged(.cutShort)
        }
        var words = Field(reason + 8, line.end)
        if words.count > 0, line[words.end - 1] == 0x3B { words.end -= 1 }
        entry.reasonText = context.names.keep(line, words)
        if let found = CheckPoint.reasons.within(line, words) {
            entry.reason = found
            if found == .noState { entry.known.insert(.saysNoState) }
        }
        if let rule = line.find("rule ", from: words.start), rule < words.end {
            entry.rule = context.names.keep(
                line, Field(rule + 5, min(line.endOfDigits(rule + 5), words.end)))
        }
        return .entry
    }

    /// The port stands behind the last colon, also of an IPv6 address.
    private func split(
        _ line: borrowing Line, _ field: Field, _ address: Role, _ port: Role,
        _ record: inout Record
    ) {
        var colon = field.end - 1
        while colon > field.start, line[colon] != 0x3A { colon -= 1 }
        guard colon > field.start else { return record.set(address, field) }
        record.set(address, Field(field.start, colon))
        record.set(port, Field(colon + 1, field.end))
    }
}
