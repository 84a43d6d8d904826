// `stray flags`: the TCP flags, and what a combination of them means, in every dialect's notation.

import Bytes
import Facts
import Reports
import Wire

enum FlagsCommand {
    static func run(_ request: FlagsRequest) throws(Stop) -> ExitStatus {
        guard let notation = request.notation else {
            return try print(flagTable(request), request.manner)
        }
        let page: FlagPage
        do {
            page = try FlagPage(notation)
        } catch {
            throw .complaint(Complaint("flags", error.reason(in: notation), error.advice))
        }
        let bytes = request.format == .json ? page.json : page.text(request.manner.screen)
        return try print(bytes, request.manner)
    }
}

extension FlagFailure {
    package func reason(in text: String) -> String {
        switch self {
        case .empty: return "no flags are given"
        case .unknown(let offset, let count), .tooLarge(let offset, let count):
            let part = String(decoding: Array(text.utf8)[offset..<(offset + count)], as: UTF8.self)
            if case .tooLarge = self { return "\"\(part)\" has more bits than TCP has flags" }
            return "\"\(part)\" is no TCP flag"
        case .contradiction(let number, let words):
            let said = TCPFlags(rawValue: number).words
            return "the number says \(said), the words \(TCPFlags(rawValue: words).words)"
        }
    }

    package var advice: String {
        switch self {
        case .tooLarge: "give the flags byte alone, e.g. 0x11"
        case .contradiction: "give one of them"
        case .empty, .unknown:
            "write FA, F., 'ACK FIN', FIN-ACK or 0x11; letters are F S R P A U E C"
        }
    }
}

/// What is to be said of one combination.
package struct FlagPage {
    let notation: String
    let reading: FlagReading
    var flags: TCPFlags { reading.flags }

    package init(_ notation: String) throws(FlagFailure) {
        self.notation = notation
        reading = try FlagReading(notation)
    }

    /// What a blocked packet with these flags mostly is; the flags alone do not decide.
    var whenBlocked: String {
        if flags.opens { return "Blocked, it is no stray: no rule allowed it (cause policy)." }
        guard flags.isPossible else {
            return "Blocked, it is a probe (cause scan) or forged (cause spoofed-flags)."
        }
        let causes =
            switch (flags.contains(.syn), flags.contains(.fin), flags.contains(.rst)) {
            case (true, _, _): "asymmetric-routing, overloaded-host or backscatter"
            case (_, true, _): "late-close, less often idle-timeout"
            case (_, _, true): "late-close, backscatter or idle-timeout"
            default: "idle-timeout, late-close, state-loss or asymmetric-routing"
            }
        return "Blocked, it is a stray, most often \(causes); flags alone do not decide."
    }

    package func text(_ screen: Screen) -> [UInt8] {
        var out = TerminalWriter(screen)
        out.put(flags.words, .bold)
        out.line(" (\(flags.hexadecimal), \(flags.rawValue))")
        out.paragraph(flags.meaning)
        out.line()
        let yes = (Styled("yes", .green), Styled("no", .red))
        out.table([
            [Styled("opens a connection"), flags.opens ? yes.0 : yes.1],
            [Styled("a TCP stack sends it"), flags.isPossible ? yes.0 : yes.1],
        ])
        out.line()
        out.paragraph(whenBlocked)
        for note in notes { out.paragraph("Note: " + note, .yellow) }
        out.line()
        out.line("Each flag", .bold)
        let set = TCPFlags.glossary.filter { flags.contains($0.flag) }
        out.table(set.map { [Styled($0.name, .cyan), Styled($0.meaning)] }, indent: 2)
        if set.isEmpty { out.line("  none") }
        out.line()
        out.line("In each notation", .bold)
        out.table(
            allSpellings.map { spelling in
                let limit = hides(spelling) ? "  (\(spelling.limit))" : ""
                return [Styled(spelling.title), Styled(spelling.text(flags) + limit, .cyan)]
            }, indent: 2)
        out.line()
        out.line("To catch it: tcpdump 'tcp[13] == \(flags.hexadecimal)'  (IPv4)", .dim)
        return out.writer.bytes
    }

    /// Whether a flag that is set does not show in a notation.
    private func hides(_ spelling: FlagSpelling) -> Bool {
        !spelling.limit.isEmpty && (flags.contains(.ece) || flags.contains(.cwr))
    }

    private var notes: [String] {
        var all: [String] = []
        if reading.accurateECN { all.append("the ninth flag (AE, RFC 9768) is set as well.") }
        if let other = reading.asHexadecimal {
            all.append(
                "read as a decimal number; as hexadecimal (\(other.hexadecimal)) it would be "
                    + "\(other.words).")
        }
        return all
    }

    package var json: [UInt8] {
        var out = ByteWriter()
        out.put("{\"schema\":\"stray.flags/1\",\"notation\":")
        out.putJSON(notation)
        out.put(",\"flags\":")
        out.putJSON(flags.text)
        out.put(",\"value\":")
        out.put(Int(flags.rawValue))
        out.put(",\"words\":[")
        let set = TCPFlags.glossary.filter { flags.contains($0.flag) }
        for (index, flag) in set.enumerated() {
            if index > 0 { out.put(",") }
            out.putJSON(flag.name)
        }
        out.put("],\"opens\":\(flags.opens),\"possible\":\(flags.isPossible),\"meaning\":")
        out.putJSON(flags.meaning)
        out.put(",\"accurateECN\":\(reading.accurateECN),\"asHexadecimal\":")
        if let other = reading.asHexadecimal { out.putJSON(other.text) } else { out.put("null") }
        out.put(",\"spellings\":{")
        for (index, spelling) in allSpellings.enumerated() {
            if index > 0 { out.put(",") }
            out.putJSON(spelling.id)
            out.put(":")
            out.putJSON(spelling.text(flags))
        }
        out.put("}}\n")
        return out.bytes
    }
}

/// The table of all flags.
package func flagTable(_ request: FlagsRequest) -> [UInt8] {
    request.format == .json ? flagTableJSON() : flagTableText(request.manner.screen)
}

private func flagTableText(_ screen: Screen) -> [UInt8] {
    var out = TerminalWriter(screen)
    let letters = ["pf-filterlog", "tcpdump"].compactMap { id in
        allSpellings.first { $0.id == id }
    }
    out.table(
        [["flag", "bit", "pf", "tcpdump", "it says"].map { Styled($0, .bold) }]
            + TCPFlags.glossary.map { flag in
                [Styled(flag.name, .cyan), Styled(flag.flag.hexadecimal)]
                    + letters.map { Styled($0.name(flag.flag) ?? "") } + [Styled(flag.meaning)]
            })
    out.line()
    out.line("The combinations that are logged most", .bold)
    let common: [TCPFlags] = [
        .syn, [.syn, .ack], .ack, [.psh, .ack], [.fin, .ack], [.fin, .psh, .ack], .rst,
        [.rst, .ack], [.syn, .ece, .cwr], [], .fin, [.fin, .psh, .urg], [.syn, .fin],
    ]
    out.table(
        common.map { flags in
            [Styled(flags.isEmpty ? "none" : flags.text, .cyan), Styled(flags.meaning)]
        }, indent: 2)
    out.line()
    out.line("FIN and ACK in each notation", .bold)
    out.table(
        allSpellings.map { [Styled($0.title), Styled($0.text([.fin, .ack]), .cyan)] }, indent: 2)
    return out.writer.bytes
}

private func flagTableJSON() -> [UInt8] {
    var out = ByteWriter()
    out.put("{\"schema\":\"stray.flags/1\",\"flags\":[")
    for (index, flag) in TCPFlags.glossary.enumerated() {
        if index > 0 { out.put(",") }
        out.put("{\"name\":")
        out.putJSON(flag.name)
        out.put(",\"letter\":")
        out.putJSON(flag.flag.text)
        out.put(",\"value\":")
        out.put(Int(flag.flag.rawValue))
        out.put(",\"meaning\":")
        out.putJSON(flag.meaning)
        out.put(",\"spellings\":{")
        for (place, spelling) in allSpellings.enumerated() {
            if place > 0 { out.put(",") }
            out.putJSON(spelling.id)
            out.put(":")
            if let name = spelling.name(flag.flag) { out.putJSON(name) } else { out.put("null") }
        }
        out.put("}}")
    }
    out.put("]}\n")
    return out.bytes
}
