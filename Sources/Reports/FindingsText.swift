// The report for a terminal: the answer first, worst first, on one screen.

import Bytes
import Causes
import Dialects
import Evidence
import Facts
import Remedies

extension Account {
    // Limit: what a screen holds; `--top` asks for more or less.
    public static let topOnScreen = 8

    /// The whole report.
    public func text(_ screen: Screen) -> [UInt8] {
        var out = TerminalWriter(screen)
        putAnswer(&out)
        let visible = visibleFindings
        for group in Section.allCases {
            let findings = visible.filter { Section($0) == group }
            guard !findings.isEmpty else { continue }
            out.line()
            out.line(group.heading, .bold)
            for finding in findings {
                if group.isBrief, !showsLedger {
                    putBrief(finding, &out)
                } else {
                    putFinding(finding, &out)
                }
            }
        }
        putRest(visible, &out)
        putInputs(&out)
        return out.writer.bytes
    }

    /// What is told in a line each takes less room, so more of it is shown.
    private var visibleFindings: [Finding] {
        if let top { return Array(diagnosis.findings.prefix(top)) }
        let all = diagnosis.findings
        return Array(all.filter { !Section($0).isBrief }.prefix(Account.topOnScreen))
            + all.filter { Section($0).isBrief }.prefix(Account.topOnScreen)
    }

    private enum Section: CaseIterable {
        case needsHand
        case attack
        case undecided
        case policy
        case harmless

        init(_ finding: Finding) {
            if finding.isAlwaysPrevented {
                self = .needsHand
                return
            }
            switch finding.harm {
            case .misconfigured, .tune: self = .needsHand
            case .attack: self = .attack
            case .unknown: self = .undecided
            case .blockedByPolicy: self = .policy
            case .harmless: self = .harmless
            }
        }

        var heading: String {
            switch self {
            case .needsHand: "Needs a hand"
            case .attack: "Attacks, blocked"
            case .undecided: "Undecided"
            case .policy: "Not strays: blocked by a rule"
            case .harmless: "Harmless"
            }
        }

        var isBrief: Bool { self == .policy || self == .harmless }
    }

    // MARK: The answer

    private func putAnswer(_ out: inout TerminalWriter) {
        let (from, to) = span
        let name = inputs.count == 1 ? inputs[0].name : "\(inputs.count) inputs"
        var head = "\(name): \(counted(inputs.reduce(0) { $0 + $1.tally.lines }, "line"))"
        if from.isKnown { head += ", \(spanText(from, to))" }
        out.paragraph(head, .dim)
        for line in clockLines() { out.paragraph(line, .dim) }
        if !learntInside.isEmpty {
            let names = learntInside.prefix(4).map(networkText).joined(separator: ", ")
            let rest = learntInside.count > 4 ? " and \(learntInside.count - 4) more" : ""
            out.paragraph("taken to be inside: \(names)\(rest) (--inside overrules)", .dim)
        }
        out.fill(verdictPieces())
        out.paragraph(normality())
    }

    private func networkText(_ network: Network) -> String {
        var text = ByteWriter()
        text.put(network)
        return text.text
    }

    private func verdictPieces() -> [Styled] {
        let findings = diagnosis.findings
        let hands = findings.filter { Section($0) == .needsHand }
        let never = hands.filter(\.isAlwaysPrevented)
        let attacks = findings.filter { Section($0) == .attack }
        let undecided = findings.filter { Section($0) == .undecided }
        if findings.isEmpty { return [Styled("Nothing was blocked.", [.bold, .green])] }
        var pieces: [Styled] = []
        if !hands.isEmpty {
            let verb = hands.count == 1 ? "needs" : "need"
            pieces.append(
                Styled("\(counted(hands.count, "finding")) \(verb) a hand", [.bold, .red]))
            if !never.isEmpty {
                pieces.append(Styled("(\(never.count) never worked)", [.bold, .red]))
            }
        } else if attacks.isEmpty, undecided.isEmpty {
            pieces.append(Styled("Nothing needs a hand", [.bold, .green]))
        } else {
            pieces.append(Styled("Nothing is known to be broken", .bold))
        }
        if !attacks.isEmpty {
            pieces.append(Styled("· \(counted(attacks.count, "attack")) blocked", .yellow))
        }
        if !undecided.isEmpty { pieces.append(Styled("· \(undecided.count) undecided", .cyan)) }
        let harmless = diagnosis.byHarm[.harmless] ?? 0
        if harmless > 0 {
            pieces.append(Styled("· \(counted(harmless, "packet")) harmless", .green))
        }
        return pieces
    }

    /// How much it is, and whether that is much.
    private func normality() -> String {
        var text = "\(counted(diagnosis.strays, "stray")) among \(grouped(totals.blocked)) blocked"
        if diagnosis.strayLines > diagnosis.strays {
            text +=
                " (\(counted(diagnosis.strayLines - diagnosis.strays, "line")) told of one again)"
        }
        guard recordsOpenings, totals.connections > 0 else {
            return text + "; openings are not logged here, so what worked cannot be told."
        }
        let rate = Double(diagnosis.strays) * 1000 / Double(totals.connections)
        return text + "; \(grouped(Int(rate.rounded()))) per thousand connections."
    }

    // MARK: One finding

    private func putHeadline(_ finding: Finding, _ out: inout TerminalWriter) {
        let mark = "\(finding.id)".count < 2 ? " \(finding.id) " : "\(finding.id) "
        out.put(mark, .dim)
        if finding.isAlwaysPrevented { out.put("NEVER WORKED ", [.bold, .red]) }
        out.put(finding.cause.name, [.bold, style(finding)])
        if let variant = finding.variant { out.put(" (\(variant))", style(finding)) }
        var size = "  \(counted(finding.count, "packet"))"
        if finding.connections > 0 { size += ", \(counted(finding.connections, "connection"))" }
        if let all = finding.ofConnections, all > finding.connections, finding.connections > 0 {
            size += " of \(grouped(all))"
        }
        out.put(size)
        out.line("  \(Int((finding.confidence * 100).rounded())) %", .dim)
    }

    private func putFinding(_ finding: Finding, _ out: inout TerminalWriter) {
        putHeadline(finding, &out)
        out.paragraph(capital(summary(finding)), indent: 3)
        putReasons(finding, &out)
        putPaths(finding, &out)
        putExample(finding, &out)
        for rule in rules[finding.id] ?? [] { rule.put(&out) }
        putRemedy(finding, &out)
    }

    /// What needs no hand: a line or two.
    private func putBrief(_ finding: Finding, _ out: inout TerminalWriter) {
        putHeadline(finding, &out)
        out.paragraph(capital(summary(finding)), indent: 3, .dim)
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

    private func putReasons(_ finding: Finding, _ out: inout TerminalWriter) {
        let most = showsLedger ? finding.ledger.count : 2
        for (place, statement) in finding.ledger.prefix(most).enumerated() {
            let first = place == 0 ? "why: " : "     "
            var text = statement.text
            if showsLedger {
                text = "\(weightText(statement.weight))  \(text)"
                let entries = statement.entries.map { "\($0)" }.joined(separator: ", ")
                if !entries.isEmpty { text += " [entries \(entries)]" }
            }
            out.fill([Styled(text)], first: first, indent: 3, hanging: 8)
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
                [Styled("\(other.cause.name) \(share) %, \(other.because)")], first: "not: ",
                indent: 3, hanging: 8)
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
            out.fill([Styled(pathText(path))], first: "way: ", indent: 3, hanging: 8)
        }
        guard let route = routeText(finding) else { return }
        out.fill([Styled("check \(route)")], first: "     ", indent: 3, hanging: 8)
    }

    private func putExample(_ finding: Finding, _ out: inout TerminalWriter) {
        guard let example = finding.shown.first else { return }
        let at = place(ofLine: example.at.line)
        var text = ""
        if example.time.isKnown { text += timeText(example.time) + "  " }
        text += endpointText(example.source.address, example.source.port) + " → "
        text += endpointText(example.destination.address, example.destination.port)
        let flags = example.flags.map { $0.text.isEmpty ? "no flags" : $0.text }
        text += "  \(flags ?? "flags unknown")  (\(at.input):\(at.line))"
        out.fill([Styled(text, .dim)], first: "e.g. ", indent: 3, hanging: 8)
    }

    public func putRemedy(_ finding: Finding, _ out: inout TerminalWriter) {
        if finding.cause == .unexplained {
            guard let first = platforms(finding).first?.collect.first else { return }
            out.fill([Styled(filled(first, finding))], first: "collect: ", indent: 3, hanging: 12)
            return
        }
        guard let (platform, remedy) = remedies(finding).first else { return }
        let title = "\(remedy.title) (\(platform.name))"
        out.fill([Styled(title)], first: "do:  ", indent: 3, hanging: 8)
        for step in remedy.steps.prefix(showsLedger ? remedy.steps.count : 2) {
            out.fill([Styled(step, .cyan)], first: "- ", indent: 8, hanging: 10)
        }
        if let cost = remedy.cost {
            out.fill([Styled("cost: \(cost)", .dim)], indent: 8, hanging: 8)
        }
        if let unconfirmed = remedy.unconfirmed {
            out.fill([Styled("unconfirmed: \(unconfirmed)", .dim)], indent: 8, hanging: 8)
        }
        guard showsLedger else { return }
        for check in remedy.check {
            out.fill([Styled(check)], first: "check: ", indent: 8, hanging: 15)
        }
        for step in remedy.undo {
            out.fill([Styled(step)], first: "undo: ", indent: 8, hanging: 14)
        }
    }

    // MARK: The rest

    private func putRest(_ visible: [Finding], _ out: inout TerminalWriter) {
        if visible.contains(where: { $0.harm == .harmless }) {
            out.paragraph(
                "stray cause ID tells how to stop logging the harmless ones and nothing else.", .dim
            )
        }
        let left = diagnosis.findings.count - visible.count
        if left > 0 {
            out.line()
            let seen = visible.reduce(0) { $0 + $1.count }
            let packets = diagnosis.findings.reduce(0) { $0 + $1.count } - seen
            out.paragraph(
                "\(counted(left, "smaller finding")) (\(counted(packets, "packet"))): "
                    + "--top \(diagnosis.findings.count) shows all.", .dim)
        }
        if breadth > .host {
            out.paragraph(
                "There were too many outside hosts to keep apart: they are told as networks.", .dim)
        }
    }

    private func putInputs(_ out: inout TerminalWriter) {
        let skipped = inputs.reduce(0) { $0 + $1.tally.skipped }
        let rejected = inputs.reduce(0) { $0 + $1.tally.rejected }
        guard skipped + rejected > 0 else { return }
        out.line()
        out.paragraph(
            "Not read: \(counted(skipped, "line")) of other programs, "
                + "\(counted(rejected, "damaged line")).", .dim)
        for input in inputs {
            for sample in input.tally.samples.prefix(1) {
                let text = String(decoding: sample.sample.prefix(60), as: UTF8.self)
                out.fill(
                    [
                        Styled(
                            "\(input.name):\(sample.line): \(sample.damage.name): \(text)", .dim)
                    ], indent: 3, hanging: 5)
            }
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

    private func spanText(_ from: Instant, _ to: Instant) -> String {
        let first = local(from, zone).civil
        let last = local(to, zone).civil
        var writer = ByteWriter()
        writer.putDate(first)
        writer.put(" ")
        writer.putTimeOfDay(first)
        writer.put(" to ")
        if first.day != last.day || first.month != last.month || first.year != last.year {
            writer.putDate(last)
            writer.put(" ")
        }
        writer.putTimeOfDay(last)
        return writer.text
    }
}
