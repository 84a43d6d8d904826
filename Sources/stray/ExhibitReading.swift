// The second reading of `stray why`, for reports that draw: what findings look like in the log.
//
// Read first: `Exhibits`.

import Causes
import Dialects
import Evidence
import Exhibits
import Facts
import Inputs
import Reports

struct ExhibitReading {
    /// What it gives.
    struct Drawn {
        var exhibits: Exhibits
        /// Nil where no finding asks for it, or the log does not tell it.
        var tuning: TuningReport?
    }

    private let request: WhyRequest
    private let arrangement: Arrangement
    private let options: ReadOptions

    // Limit: cases told apart in the second reading, some 70 megabytes; the strays of others are
    // counted as untold.
    static let casesMax = 1 << 19
    // Limit: of a line longer than this its beginning is shown.
    private static let lineBytesMax = 1200

    init(_ request: WhyRequest, _ arrangement: Arrangement, _ options: ReadOptions) {
        self.request = request
        self.arrangement = arrangement
        self.options = options
    }

    func read(_ gathered: Gathered, _ diagnosis: Diagnosis) -> Drawn {
        let timers = TimerBook(request.settings)
        let shown = Array(diagnosis.findings.prefix(request.top ?? .max))
        let span = ExhibitReading.span(gathered.inputs)
        var exhibits = ExhibitGathering(shown, timers, from: span.from, to: span.to)
        var tuning = ExhibitReading.asksForTimeouts(shown) ? LogTuneGathering(timers) : nil
        var judge = EntryJudge(gathered.digest, diagnosis)
        let admitsAll = options.selection.isEverything
        var number = 0
        EntryWalk(arrangement, options).run { walked, _ in
            number += 1
            let entry = walked.entry
            tuning?.add(entry)
            // Judged whether selected or not: a judge counts the strays it is shown.
            var finding = entry.isBlocked ? judge.judge(entry)?.finding : nil
            if !admitsAll, !options.selection.admits(entry) { finding = nil }
            exhibits.add(number, entry, finding: finding, input: walked.input, line: walked.line)
            return true
        }
        tuning?.finish()
        let entries = gathered.inputs.reduce(0) { $0 + $1.tally.entries }
        var done = exhibits.finished()
        quote(&done)
        return Drawn(exhibits: done, tuning: tuning?.report(entries: entries))
    }

    /// When the first and the last entry were written.
    private static func span(_ inputs: [InputReport]) -> (from: Instant, to: Instant) {
        let froms = inputs.map(\.tally.from).filter(\.isKnown)
        let tos = inputs.map(\.tally.to).filter(\.isKnown)
        return (froms.min() ?? .unknown, tos.max() ?? .unknown)
    }

    private static func asksForTimeouts(_ findings: [Finding]) -> Bool {
        findings.contains { $0.cause == .idleTimeout || $0.cause == .overloadedHost }
    }

    /// Fills in the lines themselves.
    private func quote(_ exhibits: inout Exhibits) {
        var wanted: [Int: Set<Int>] = [:]
        for exhibit in exhibits.ofFinding.values {
            for quote in exhibit.quotes { wanted[quote.input, default: []].insert(quote.line) }
        }
        for (input, numbers) in wanted {
            let lines = linesAgain(
                numbers, of: arrangement.inputs[input],
                bytesMax: ExhibitReading.lineBytesMax)
            for id in exhibits.ofFinding.keys {
                exhibits.ofFinding[id]?.fill(input, lines.mapValues { ($0.text, $0.isCut) })
            }
        }
    }
}
