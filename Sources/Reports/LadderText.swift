// A ladder in fixed-width characters: two ends and the firewall between them, a line for each
// packet, and where the state ended.
//
// Read first: `Exhibits/Ladder`.

import Bytes
import Exhibits
import Facts

struct LadderText {
    private let ladder: Ladder
    private let zone: Zone
    private let names: Names
    private let indent: Int
    /// Columns between an end and the firewall.
    private let half: Int

    // Limits: shorter arrows have no room for their flags, longer ones lead the eye astray.
    private static let halfMin = 9
    private static let halfMax = 24
    private static let clockWidth = 10
    private static let noteWidth = 18

    init(_ ladder: Ladder, _ account: Account, _ screen: Screen, indent: Int) {
        self.ladder = ladder
        zone = account.zone
        names = account.names
        self.indent = indent
        let room = screen.columns - indent - LadderText.clockWidth - LadderText.noteWidth - 3
        half = min(LadderText.halfMax, max(LadderText.halfMin, room / 2))
    }

    func put(_ out: inout TerminalWriter) {
        putEnds(&out)
        for (place, rung) in ladder.rungs.enumerated() {
            if let end = ladder.end, end.afterRung == place { putEnd(end, &out) }
            put(rung, after: place > 0 ? ladder.rungs[place - 1] : nil, &out)
        }
        if let end = ladder.end, end.afterRung >= ladder.rungs.count { putEnd(end, &out) }
    }

    // MARK: The lines

    private func putEnds(_ out: inout TerminalWriter) {
        let middle = ladder.node.isNone ? "firewall" : names.text(ladder.node)
        let left = endText(ladder.client)
        let right = endText(ladder.server)
        let (first, second) = ladder.knowsClient ? ("client ", "server ") : ("", "")
        out.fill(
            [Styled("\(first)\(left)  ·  firewall \(middle)  ·  \(second)\(right)", .dim)],
            indent: indent, hanging: indent)
    }

    private func endText(_ end: Endpoint) -> String {
        var text = ByteWriter(capacity: 48)
        if end.address.isV6 { text.put("[") }
        text.put(end.address, names)
        if end.address.isV6 { text.put("]") }
        text.put(":\(end.port)")
        return text.text
    }

    private func put(_ rung: Rung, after last: Rung?, _ out: inout TerminalWriter) {
        if rung.kind == .leftOut {
            // What is left out has no note: the packets around it have their times.
            let what = rung.count == 1 ? "1 entry" : "\(grouped(rung.count)) entries"
            putMiddle("… \(what) …", nil, .dim, &out)
            return
        }
        if rung.kind != .packet {
            let what = rung.kind == .opened ? "state opened" : "state ended: \(reasonText(rung))"
            putMiddle(what, rung.at, .green, &out)
            return
        }
        var label = rung.flags.map { $0.text.isEmpty ? "no flags" : $0.text } ?? "packet"
        if let length = rung.length, length > 0 { label += " \(length) B" }
        let isBlocked = rung.isBlocked
        let blank = String(repeating: " ", count: half)
        let (near, far) = rung.isRequest ? (">", "") : ("", "<")
        let sent = arrow(label, head: isBlocked ? "x" : near + far, pointsRight: rung.isRequest)
        let onward = isBlocked ? blank : arrow("", head: near + far, pointsRight: rung.isRequest)
        let (left, right) = rung.isRequest ? (sent, onward) : (onward, sent)
        putClock(rung.at, &out)
        let style: Style = rung.isStray ? [.bold, .red] : isBlocked ? .yellow : []
        put("│", left, "│", right, "│", style, &out)
        putNote(note(rung, after: last), &out)
    }

    /// An arrow of the lane's width, with a label near its tail.
    private func arrow(_ label: String, head: String, pointsRight: Bool) -> String {
        let shown = label.isEmpty ? "" : " \(label.prefix(half - 4)) "
        let line = String(repeating: "─", count: max(0, half - displayWidth(shown) - 2))
        let tip = head == "x" ? "✕" : pointsRight ? "▶" : "◀"
        return pointsRight ? "─" + shown + line + tip : tip + line + shown + "─"
    }

    /// What happens at the firewall itself.
    private func putMiddle(
        _ text: String, _ at: Instant?, _ style: Style, _ out: inout TerminalWriter
    ) {
        let room = 2 * half + 1
        let fitting = out.screen.isASCII ? text.inASCII : text
        let shown = " \(fitting.prefix(room - 4)) "
        let left = (room - displayWidth(shown)) / 2
        let right = room - displayWidth(shown) - left
        putClock(at ?? .unknown, &out)
        out.put("│", .dim)
        out.put(String(repeating: "╌", count: left), .dim)
        out.put(shown, style)
        out.put(String(repeating: "╌", count: right), .dim)
        out.line("│", .dim)
    }

    private func putEnd(_ end: StateEnd, _ out: inout TerminalWriter) {
        // The rung before it tells that already.
        guard end.kind != .told else { return }
        let room = 2 * half - 3
        // The first wording that fits between the ends.
        let wordings = wordings(end)
        let text = wordings.first { $0.count <= room } ?? wordings[wordings.count - 1]
        putMiddle(text, end.at, .yellow, &out)
    }

    private func wordings(_ end: StateEnd) -> [String] {
        switch end.kind {
        case .told: ["the state is gone"]
        case .timer:
            [
                "the state ends: nothing passed for \(durationText(end.seconds))",
                "state ends: idle \(durationText(end.seconds))", "state ends",
            ]
        case .lost: ["the state is gone; why, the log does not tell", "the state is gone"]
        case .unseen: ["its opening is not in the log", "opening not seen"]
        case .never: ["no state: it belongs to no connection", "no state"]
        case .kept: ["the state is there, and the packet does not fit it", "it does not fit"]
        case .half: ["the firewall saw one direction only", "half a state"]
        }
    }

    // MARK: Pieces

    private func put(
        _ a: String, _ left: String, _ b: String, _ right: String, _ c: String, _ style: Style,
        _ out: inout TerminalWriter
    ) {
        out.put(a, .dim)
        out.put(left, style)
        out.put(b, .dim)
        out.put(right, style)
        out.put(c, .dim)
    }

    private func putClock(_ at: Instant, _ out: inout TerminalWriter) {
        out.blanks(indent)
        guard at.isKnown else {
            out.blanks(LadderText.clockWidth)
            return
        }
        var text = ByteWriter(capacity: 10)
        text.putTimeOfDay(local(at, zone).civil)
        out.put(text.text, .dim)
        out.blanks(LadderText.clockWidth - 8)
    }

    private func putNote(_ text: String, _ out: inout TerminalWriter) {
        out.line(text.isEmpty ? "" : " " + text, .dim)
    }

    /// How often it came, and how long after the one before.
    private func note(_ rung: Rung, after last: Rung?) -> String {
        var parts: [String] = []
        if rung.count > 1 { parts.append("×\(grouped(rung.count))") }
        if let last, last.until.isKnown, let gap = rung.at.since(last.until), gap >= 5_000_000 {
            parts.append("\(aboutText(gap / 1_000_000)) later")
        }
        return parts.joined(separator: ", ")
    }

    private func reasonText(_ rung: Rung) -> String {
        rung.reason == .unknown ? "as logged" : rung.reason.name.description
    }
}

extension Rung {
    /// Whether the firewall refused it.
    fileprivate var isBlocked: Bool { action == .block || isStray }
}

/// A time as people say it: `40 s`, `12 min`, `23 h`, `3 d`, rounded down.
func aboutText(_ seconds: Int64) -> String {
    switch seconds {
    case ..<120: "\(seconds) s"
    case ..<7200: "\(seconds / 60) min"
    case ..<172_800: "\(seconds / 3600) h"
    default: "\(seconds / 86400) d"
    }
}
