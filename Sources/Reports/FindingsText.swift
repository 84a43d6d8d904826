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
        let columns = HeadlineColumns(visible, out.screen)
        for group in FindingSection.allCases {
            let findings = visible.filter { FindingSection($0) == group }
            guard !findings.isEmpty else { continue }
            out.line()
            out.line(group.heading, .bold)
            for finding in findings {
                if group.isBrief, !showsLedger {
                    putBrief(finding, columns, &out)
                } else {
                    putFinding(finding, columns, &out)
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
        return Array(all.filter { !FindingSection($0).isBrief }.prefix(Account.topOnScreen))
            + all.filter { FindingSection($0).isBrief }.prefix(Account.topOnScreen)
    }

    // MARK: The answer

    private func putAnswer(_ out: inout TerminalWriter) {
        out.paragraph(headText, .dim)
        for line in clockLines() { out.paragraph(line, .dim) }
        if !learntInside.isEmpty {
            let names = learntInside.prefix(4).map(networkText).joined(separator: ", ")
            let rest = learntInside.count > 4 ? " and \(learntInside.count - 4) more" : ""
            out.paragraph("taken to be inside: \(names)\(rest) (--inside overrules)", .dim)
        }
        out.fill(verdictPieces())
        out.paragraph(normality())
        putPace(&out)
    }

    func networkText(_ network: Network) -> String {
        var text = ByteWriter()
        text.put(network)
        return text.text
    }

    /// What was read.
    var headText: String {
        let (from, to) = span
        let name = inputs.count == 1 ? inputs[0].name : "\(inputs.count) inputs"
        let head = "\(name): \(counted(inputs.reduce(0) { $0 + $1.tally.lines }, "line"))"
        return from.isKnown ? head + ", \(spanText(from, to))" : head
    }

    /// The answer in a line.
    var answerText: String { verdictPieces().map(\.text).joined(separator: " ") }

    private func verdictPieces() -> [Styled] {
        let findings = diagnosis.findings
        let hands = findings.filter { FindingSection($0) == .needsHand }
        let never = hands.filter(\.isAlwaysPrevented)
        let attacks = findings.filter { FindingSection($0) == .attack }
        let undecided = findings.filter { FindingSection($0) == .undecided }
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
    func normality() -> String {
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

    // MARK: The rest

    private func putRest(_ visible: [Finding], _ out: inout TerminalWriter) {
        if visible.contains(where: { $0.harm == .harmless }) {
            out.paragraph(
                "stray why --emit pf, nft or iptables makes rules that stop the logging of the harmless "
                    + "ones, and of nothing else.", .dim)
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

    func spanText(_ from: Instant, _ to: Instant) -> String {
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
