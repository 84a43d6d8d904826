// A connection as a ladder: both ends, the firewall between them, packets as arrows from top to
// bottom, the moment its state was gone, and the stray that met nothing.
//
// Read first: `Ladder`. The firewall's line is thick while it has a state, and dotted where not.

import Bytes
import Causes
import Exhibits
import Facts

/// Where things stand in a ladder: one that is narrow enough for a phone.
private enum LadderPlace {
    static let width = 420.0
    static let client = 104.0
    static let firewall = 244.0
    static let server = 384.0
    static let top = 66.0
    static let packet = 36.0
    static let event = 26.0
    static let gap = 26.0
}

/// A row of the ladder, and where it begins.
private enum LadderRow {
    case rung(Rung)
    /// Nothing passed for that many seconds.
    case gap(Int64)
    case end(StateEnd)

    var height: Double {
        switch self {
        case .rung(let rung): rung.kind == .packet ? LadderPlace.packet : LadderPlace.event
        case .gap: LadderPlace.gap
        case .end: LadderPlace.event
        }
    }
}

extension HTMLReport {
    func putLadder(_ ladder: Ladder, _ finding: Finding, _ out: inout HTMLWriter) {
        let rows = rows(of: ladder)
        let height = LadderPlace.top + rows.reduce(0) { $0 + $1.height } + 10
        out.markup("<figure class=\"ladder\"><h4>")
        out.text("One of its connections")
        out.markup("</h4>")
        out.startDrawing(
            "ladder-\(finding.id)", class: "drawing", width: LadderPlace.width, height: height,
            title: "A connection between \(endpoint(ladder.client)) and "
                + "\(endpoint(ladder.server)), packet by packet",
            description: sentences(of: ladder, finding).joined(separator: " "))
        putEnds(ladder, height, &out)
        putLines(ladder, rows, height, &out)
        var y = LadderPlace.top
        var told = Instant.unknown
        for row in rows {
            put(row, finding, y, &told, &out)
            y += row.height
        }
        out.markup("</svg>")
        putSteps(of: ladder, finding, &out)
        out.markup("</figure>")
    }

    /// The rungs with their pauses and the end of the state between them.
    private func rows(of ladder: Ladder) -> [LadderRow] {
        var rows: [LadderRow] = []
        var last = Instant.unknown
        for (place, rung) in ladder.rungs.enumerated() {
            if let gap = rung.at.since(last), gap >= 60_000_000 {
                rows.append(.gap(gap / 1_000_000))
            }
            if let end = ladder.end, end.afterRung == place { rows.append(.end(end)) }
            rows.append(.rung(rung))
            if rung.until.isKnown { last = rung.until }
        }
        if let end = ladder.end, end.afterRung >= ladder.rungs.count { rows.append(.end(end)) }
        return rows
    }

    // MARK: The ends and their lines

    private func putEnds(_ ladder: Ladder, _ height: Double, _ out: inout HTMLWriter) {
        let ends = [
            (ladder.knowsClient ? "client" : "one end", ladder.client, 0.0, "start"),
            (ladder.knowsClient ? "server" : "other end", ladder.server, LadderPlace.width, "end"),
        ]
        for (role, end, x, anchor) in ends {
            let address = SVG.short(account.text(end.address), most: 21)
            out.words("small", x, 12, anchor, role)
            out.words("strong", x, 29, anchor, address)
            out.words("small", x, 45, anchor, "port \(end.port)")
        }
        let node = account.names.text(ladder.node)
        out.words("small", LadderPlace.firewall, 12, "middle", "firewall")
        if !node.isEmpty {
            out.words("strong", LadderPlace.firewall, 29, "middle", SVG.short(node, most: 16))
        }
    }

    private func putLines(
        _ ladder: Ladder, _ rows: [LadderRow], _ height: Double, _ out: inout HTMLWriter
    ) {
        let (top, bottom) = (LadderPlace.top - 12, height - 4)
        out.line("lane", LadderPlace.client, top, LadderPlace.client, bottom)
        out.line("lane", LadderPlace.server, top, LadderPlace.server, bottom)
        let (from, to) = life(ladder, rows)
        if from > top {
            out.line("no-state", LadderPlace.firewall, top, LadderPlace.firewall, from)
        }
        if to > from {
            out.line(
                ladder.end?.kind == .half ? "state half" : "state", LadderPlace.firewall, from,
                LadderPlace.firewall, to)
        }
        if to < bottom {
            out.line("no-state", LadderPlace.firewall, to, LadderPlace.firewall, bottom)
        }
    }

    /// From where to where the firewall has a state, as far as the log tells.
    private func life(_ ladder: Ladder, _ rows: [LadderRow]) -> (from: Double, to: Double) {
        var (from, to) = (Double?.none, Double?.none)
        var y = LadderPlace.top
        for row in rows {
            switch row {
            case .end(let end):
                if end.kind != .kept, end.kind != .half { to = y + row.height / 2 }
            case .rung(let rung):
                if from == nil, rung.kind == .opened || (rung.kind == .packet && passes(rung)) {
                    from = y + row.height / 2
                }
            case .gap: break
            }
            y += row.height
        }
        guard let from, ladder.end?.kind != .never, ladder.end?.kind != .unseen else {
            return (y, y)
        }
        return (from, max(from, to ?? y))
    }

    private func passes(_ rung: Rung) -> Bool {
        switch rung.action {
        case .pass, .seen, .open, .update, .state: true
        case .block, .note, .close: false
        }
    }

    // MARK: The rows

    private func put(
        _ row: LadderRow, _ finding: Finding, _ y: Double, _ told: inout Instant,
        _ out: inout HTMLWriter
    ) {
        let middle = y + row.height / 2
        switch row {
        case .gap(let seconds):
            let words = "\(spanText(seconds)) later"
            out.words("small pause", LadderPlace.client - 10, middle + 4, "end", words)
        case .end(let end):
            putEnd(short(end, finding), end, middle, &out)
        case .rung(let rung):
            putClock(rung, middle, &told, &out)
            switch rung.kind {
            case .packet: putPacket(rung, y, &out)
            case .opened, .ended: putEvent(rung, middle, &out)
            case .leftOut:
                out.words(
                    "small on-paper", LadderPlace.firewall, middle + 4, "middle",
                    "⋮ \(grouped(rung.count)) more, not drawn")
            }
        }
    }

    /// The time, where it is another than that of the row before.
    private func putClock(
        _ rung: Rung, _ y: Double, _ told: inout Instant, _ out: inout HTMLWriter
    ) {
        guard rung.at.isKnown, rung.kind != .leftOut else { return }
        if told.isKnown, clock(told) == clock(rung.at) { return }
        told = rung.at
        out.words("small", LadderPlace.client - 10, y + 4, "end", clock(rung.at))
    }

    private func putPacket(_ rung: Rung, _ y: Double, _ out: inout HTMLWriter) {
        let line = y + 25
        let from = rung.isRequest ? LadderPlace.client : LadderPlace.server
        let to = rung.isRequest ? LadderPlace.server : LadderPlace.client
        let label = label(rung)
        // A little towards the end, so that long labels keep clear of the firewall.
        let near = from + (LadderPlace.firewall - from) * 0.46
        if passes(rung) {
            out.line("arrow", from, line, to, line)
            out.head("arrow-head", to, line, right: rung.isRequest)
            out.words("label", near, line - 7, "middle", label)
        } else {
            let stop = LadderPlace.firewall + (rung.isRequest ? -9.0 : 9.0)
            out.line(rung.isStray ? "arrow blocked" : "arrow refused", from, line, stop, line)
            out.cross(LadderPlace.firewall, line)
            out.words("label strong", near, line - 7, "middle", label)
            let beyond = (to + LadderPlace.firewall) / 2
            out.words("small red", beyond, line + 4, "middle", rung.isStray ? "stray" : "blocked")
        }
    }

    private func putEvent(_ rung: Rung, _ y: Double, _ out: inout HTMLWriter) {
        let style = rung.kind == .opened ? "dot opened" : "dot"
        out.element(
            "circle", ("class", style), ("cx", SVG.text(LadderPlace.firewall)), ("cy", SVG.text(y)),
            ("r", "4.5")
        ) { _ in }
        let words = rung.kind == .opened ? "opened" : "closed"
        let why = rung.reason == .unknown || rung.reason == .match ? "" : ": \(rung.reason.name)"
        out.words("small", LadderPlace.firewall + 11, y + 4, "start", words + why)
    }

    private func putEnd(
        _ words: String, _ end: StateEnd, _ y: Double, _ out: inout HTMLWriter
    ) {
        let width = Double(words.count) * 6.1 + 20
        out.start(
            "rect", ("class", end.kind == .kept ? "end kept" : "end"),
            ("x", SVG.text(LadderPlace.firewall - width / 2)), ("y", SVG.text(y - 10)),
            ("width", SVG.text(width)), ("height", "20"), ("rx", "10"))
        out.end("rect")
        out.words("end-words", LadderPlace.firewall, y + 4, "middle", words)
    }

    // MARK: In words

    private func label(_ rung: Rung) -> String {
        var text = flagWords(rung)
        if let length = rung.length, length > 0 { text += " \(grouped(length)) B" }
        if rung.count > 1 { text += " ×\(grouped(rung.count))" }
        return text
    }

    /// The flags by their names: people know `FIN ACK` sooner than `FA`.
    private func flagWords(_ rung: Rung) -> String {
        guard let flags = rung.flags else { return "packet" }
        if flags.isEmpty { return "no flags" }
        let names: [(TCPFlags, String)] = [
            (.syn, "SYN"), (.fin, "FIN"), (.rst, "RST"), (.psh, "PSH"), (.ack, "ACK"),
            (.urg, "URG"), (.ece, "ECE"), (.cwr, "CWR"),
        ]
        return names.filter { flags.contains($0.0) }.map(\.1).joined(separator: " ")
    }

    private func short(_ end: StateEnd, _ finding: Finding) -> String {
        switch end.kind {
        case .told: "the state is gone"
        case .timer: "timer of \(spanText(end.seconds)) runs out"
        case .lost: "the state is gone by now"
        case .unseen: "no state: opening not in the log"
        case .never: "no state: belongs to no connection"
        case .kept: "the state is there; it does not fit"
        case .half:
            finding.cause == .notTCP
                ? "no state: it keeps no connection" : "half a state: one direction only"
        }
    }

    /// Seconds as people say them, with a second unit where it matters.
    func spanText(_ seconds: Int64) -> String {
        for (unit, name, next, nextName) in [
            (Int64(86400), "d", Int64(3600), "h"), (3600, "h", 60, "min"), (60, "min", 1, "s"),
        ] where seconds >= unit {
            let rest = seconds % unit / next
            let more = rest > 0 && seconds / unit < 10 ? " \(rest) \(nextName)" : ""
            return "\(seconds / unit) \(name)\(more)"
        }
        return "\(seconds) s"
    }

    /// Each row as a sentence: for those who do not see the drawing.
    private func sentences(of ladder: Ladder, _ finding: Finding) -> [String] {
        rows(of: ladder).map { row in
            switch row {
            case .gap(let seconds): return "\(spanText(seconds)) later."
            case .end(let end):
                let words = short(end, finding)
                return words.prefix(1).uppercased() + words.dropFirst() + "."
            case .rung(let rung): return sentence(rung)
            }
        }
    }

    private func sentence(_ rung: Rung) -> String {
        let at = rung.at.isKnown ? "\(clock(rung.at)): " : ""
        switch rung.kind {
        case .opened: return at + "the firewall logs that the connection opened."
        case .ended: return at + "the firewall logs that the connection ended."
        case .leftOut: return "\(grouped(rung.count)) more, not drawn."
        case .packet:
            let way = rung.isRequest ? "to the server" : "to the client"
            let fate =
                passes(rung) ? "passes" : rung.isStray ? "is blocked, a stray" : "is blocked"
            return at + "\(label(rung)) \(way) \(fate)."
        }
    }

    private func putSteps(
        of ladder: Ladder, _ finding: Finding, _ out: inout HTMLWriter
    ) {
        out.markup("<details class=\"steps\"><summary>The same in words</summary><p>")
        out.element("span", ("class", "name"), text: endpoint(ladder.client))
        out.markup(" → ")
        out.element("span", ("class", "name"), text: endpoint(ladder.server))
        out.markup("</p><ol>")
        for sentence in sentences(of: ladder, finding) { out.element("li", text: sentence) }
        out.markup("</ol></details>")
    }
}
