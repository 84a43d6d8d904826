// One finding of the report for a terminal.
//
// Read first: `FindingsText`.

import Bytes
import Causes
import Evidence
import Exhibits
import Facts
import Remedies

/// Where the parts of headlines stand, so that those of all findings stand under each other.
struct HeadlineColumns {
    var number = 2
    var cause = 0
    var packets = 0
    var connections = 0
    /// Whether all of it fits on the screen.
    var fits = false
    /// Where the words begin that a wide screen has room for beside it; nil on a narrow one.
    var words: Int?

    // Limits: with less, or in the lines of a narrower screen, words are better below.
    private static let wordsMin = 60
    // `late-close (last-ack)` fits; a longer name has a line of its own.
    private static let causeMin = 21
    private static let share = 5

    init(_ findings: [Finding], _ screen: Screen) {
        for finding in findings {
            number = max(number, "\(finding.id)".count)
            cause = max(cause, HeadlineColumns.cause(finding).count)
            packets = max(packets, HeadlineColumns.packets(finding).count)
            connections = max(connections, HeadlineColumns.connections(finding).count)
        }
        let others = number + 1 + 2 + packets + 2 + connections + 1 + HeadlineColumns.share
        cause = min(cause, screen.columns - others)
        fits = cause >= HeadlineColumns.causeMin
        let width = others + cause
        if fits, width + 2 + HeadlineColumns.wordsMin <= screen.columns { words = width + 2 }
    }

    static func cause(_ finding: Finding) -> String {
        finding.cause.name + (finding.variant.map { " (\($0))" } ?? "")
    }

    static func packets(_ finding: Finding) -> String { counted(finding.count, "packet") }

    static func connections(_ finding: Finding) -> String {
        guard finding.connections > 0 else { return "" }
        guard let all = finding.ofConnections, all > finding.connections else {
            return counted(finding.connections, "connection")
        }
        return "\(grouped(finding.connections)) of \(counted(all, "connection"))"
    }
}

extension Account {
    // Limits: narrower lines of blocks say nothing, wider ones no more.
    private static let paceMin = 12
    private static let paceMax = 60

    private func putHeadline(
        _ finding: Finding, _ columns: HeadlineColumns, _ out: inout TerminalWriter
    ) {
        let share = "\(Int((finding.confidence * 100).rounded())) %"
        out.put(padded("\(finding.id)", columns.number, right: true) + " ", .dim)
        guard columns.fits else {
            out.put(HeadlineColumns.cause(finding), [.bold, style(finding)])
            out.line()
            out.paragraph(sizeText(finding) + ", \(share)", indent: 3)
            return
        }
        let cause = HeadlineColumns.cause(finding)
        out.put(cause, [.bold, style(finding)])
        if cause.count > columns.cause {
            out.line()
            out.blanks(columns.number + 1 + columns.cause)
        } else {
            out.blanks(columns.cause - cause.count)
        }
        out.put("  " + padded(HeadlineColumns.packets(finding), columns.packets, right: true))
        out.put(
            "  " + padded(HeadlineColumns.connections(finding), columns.connections, right: true))
        out.put(" " + padded(share, 5, right: true), .dim)
    }

    private func padded(_ text: String, _ width: Int, right: Bool) -> String {
        let blanks = String(repeating: " ", count: max(0, width - text.count))
        return right ? blanks + text : text + blanks
    }

    /// How many packets of how many connections.
    func sizeText(_ finding: Finding) -> String {
        let connections = HeadlineColumns.connections(finding)
        return HeadlineColumns.packets(finding) + (connections.isEmpty ? "" : ", " + connections)
    }

    func putFinding(
        _ finding: Finding, _ columns: HeadlineColumns, _ out: inout TerminalWriter
    ) {
        putHeadline(finding, columns, &out)
        if columns.fits { out.line() }
        var words = [Styled(capital(summary(finding)))]
        if finding.isAlwaysPrevented {
            words.insert(Styled("NEVER WORKED:", [.bold, .red]), at: 0)
        }
        out.fill(words, indent: 3, hanging: 3)
        putTimes(finding, &out)
        putReasons(finding, &out)
        putPaths(finding, &out)
        putExample(finding, &out)
        putLadder(finding, &out)
        for rule in rules[finding.id] ?? [] { rule.put(&out) }
        putRemedy(finding, &out)
    }

    /// What needs no hand: a line or two; on a wide screen one.
    func putBrief(
        _ finding: Finding, _ columns: HeadlineColumns, _ out: inout TerminalWriter
    ) {
        putHeadline(finding, columns, &out)
        let words = Styled(capital(summary(finding)), .dim)
        if let column = columns.words {
            out.blanks(2)
            out.fillRest([words], from: column)
        } else {
            if columns.fits { out.line() }
            out.fill([words], indent: 3, hanging: 3)
        }
        for rule in rules[finding.id] ?? [] { rule.put(&out) }
    }

    private func style(_ finding: Finding) -> Style {
        if finding.isAlwaysPrevented { return .red }
        switch finding.harm {
        case .misconfigured: return .red
        case .attack, .tune: return .yellow
        case .unknown, .blockedByPolicy: return .cyan
        case .harmless: return .green
        }
    }

    // MARK: What was gathered in a second reading

    private func putTimes(_ finding: Finding, _ out: inout TerminalWriter) {
        guard let exhibits, let exhibit = exhibits.ofFinding[finding.id],
            exhibits.timeline.bins > 1, exhibit.counts.contains(where: { $0 > 0 })
        else { return }
        let room = min(Account.paceMax, out.screen.columns - 28)
        guard room >= Account.paceMin else { return }
        let (counts, width) = joined(exhibit.counts, most: room)
        out.blanks(3)
        out.put("when: ")
        out.put(sparkline(counts, isASCII: out.screen.isASCII), .cyan)
        let each = binText(exhibits.timeline.binSeconds * Int64(width))
        out.line(" of each \(each)", .dim)
    }

    private func putLadder(_ finding: Finding, _ out: inout TerminalWriter) {
        guard showsLedger, let ladder = exhibits?.ofFinding[finding.id]?.ladder else { return }
        LadderText(ladder, self, out.screen, indent: 3).put(&out)
    }

    // MARK: Reasons

    private func putReasons(_ finding: Finding, _ out: inout TerminalWriter) {
        let most = showsLedger ? finding.ledger.count : 2
        for (place, statement) in finding.ledger.prefix(most).enumerated() {
            let first = place == 0 ? "why:  " : "      "
            var text = statement.text
            var hanging = 9
            if showsLedger {
                text = "\(weightText(statement.weight)) \(text)"
                hanging = 15
                let entries = statement.entries.map { "\($0)" }.joined(separator: ", ")
                if !entries.isEmpty { text += " [entries \(entries)]" }
            }
            out.fill([Styled(text)], first: first, indent: 3, hanging: hanging)
        }
        if finding.cause == .unexplained, let lean = finding.alternatives.first {
            out.fill(
                [Styled("perhaps \(lean.cause.name): \(lean.because)")], first: "lean: ", indent: 3,
                hanging: 9)
        }
        guard showsLedger else { return }
        for other in finding.alternatives {
            let share = Int((other.confidence * 100).rounded())
            out.fill(
                [Styled("\(other.cause.name) \(share) %, \(other.because)")], first: "not:  ",
                indent: 3, hanging: 9)
        }
    }

    private func weightText(_ weight: Double) -> String {
        var writer = ByteWriter()
        if weight >= 0 { writer.put("+") }
        writer.putHundredths(weight)
        return writer.text
    }

    private func putPaths(_ finding: Finding, _ out: inout TerminalWriter) {
        for path in finding.paths {
            out.fill([Styled(pathText(path))], first: "way:  ", indent: 3, hanging: 9)
        }
        guard let route = routeText(finding) else { return }
        out.fill([Styled("check \(route)")], first: "      ", indent: 3, hanging: 9)
    }

    private func putExample(_ finding: Finding, _ out: inout TerminalWriter) {
        guard let example = finding.shown.first else { return }
        out.fill([Styled(exampleText(example), .dim)], first: "e.g.  ", indent: 3, hanging: 9)
    }

    /// One of its packets, and the line that tells of it.
    func exampleText(_ example: Example) -> String {
        let at = place(ofLine: example.at.line)
        var text = ""
        if example.time.isKnown { text += timeText(example.time) + "  " }
        text += endpointText(example.source.address, example.source.port) + " → "
        text += endpointText(example.destination.address, example.destination.port)
        let flags = example.flags.map { $0.text.isEmpty ? "no flags" : $0.text }
        return text + "  \(flags ?? "flags unknown")  (\(at.input):\(at.line))"
    }

    // MARK: What to do

    public func putRemedy(_ finding: Finding, _ out: inout TerminalWriter) {
        if finding.cause == .unexplained {
            guard let first = platforms(finding).first?.collect.first else { return }
            out.fill(
                out.prose(filled(first, finding)), first: "collect: ", indent: 3, hanging: 12)
            return
        }
        guard let (platform, remedy) = remedies(finding).first else { return }
        let title = "\(remedy.title) (\(platform.name))"
        out.fill([Styled(title)], first: "do:   ", indent: 3, hanging: 9)
        for step in remedy.steps.prefix(showsLedger ? remedy.steps.count : 2) {
            out.fill(out.prose(step), first: "- ", indent: 9, hanging: 11)
        }
        if let cost = remedy.cost {
            out.fill([Styled("cost: \(cost)", .dim)], indent: 9, hanging: 9)
        }
        if let unconfirmed = remedy.unconfirmed {
            out.fill([Styled("unconfirmed: \(unconfirmed)", .dim)], indent: 9, hanging: 9)
        }
        guard showsLedger else { return }
        for check in remedy.check {
            out.fill(out.prose(check), first: "check: ", indent: 9, hanging: 16)
        }
        for step in remedy.undo {
            out.fill(out.prose(step), first: "undo: ", indent: 9, hanging: 15)
        }
    }

    private func capital(_ text: String) -> String {
        text.prefix(1).uppercased() + text.dropFirst()
    }

    private func timeText(_ time: Instant) -> String {
        var writer = ByteWriter()
        writer.putTimeOfDay(local(time, zone).civil)
        return writer.text
    }
}
