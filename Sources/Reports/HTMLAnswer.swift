// The top of the page: the answer in one sentence, the figures it rests on, and one bar of all that
// was blocked.

import Causes
import Evidence
import Facts

/// What shares a harm and a cause: one colour in the bar and in the timeline.
struct HTMLSeries {
    var harm: Harm
    var cause: CauseID
    var count: Int
    /// Its place among those of its harm, for its shade.
    var shade: Int

    /// Worst harm first, then the largest.
    static func all(of account: Account) -> [HTMLSeries] {
        var counts: [Harm: [CauseID: Int]] = [:]
        for finding in account.diagnosis.findings {
            counts[finding.harm, default: [:]][finding.cause, default: 0] += finding.count
        }
        return HTMLReport.harms.flatMap { harm in
            (counts[harm] ?? [:])
                .sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
                .enumerated().map { place, pair in
                    HTMLSeries(harm: harm, cause: pair.key, count: pair.value, shade: place % 4)
                }
        }
    }

    var style: String { "fill h-\(harm.name) s\(shade)" }
}

extension HTMLReport {
    /// Worst first.
    static let harms: [Harm] = [
        .misconfigured, .tune, .attack, .unknown, .blockedByPolicy, .harmless,
    ]

    static func label(_ harm: Harm) -> String {
        switch harm {
        case .misconfigured: "Misconfigured"
        case .tune: "Needs tuning"
        case .attack: "Attack"
        case .unknown: "Undecided"
        case .blockedByPolicy: "Blocked by policy"
        case .harmless: "Harmless"
        }
    }

    func putAnswer(_ out: inout HTMLWriter) {
        out.markup("<section class=\"answer\" aria-labelledby=\"answer\">")
        out.element("h1", ("id", "answer"), ("tabindex", "-1"), text: answer)
        out.element("p", ("class", "lede"), text: account.normality())
        if series.isEmpty {
            out.markup("</section>")
            return
        }
        putBar(&out)
        putLegend(&out)
        putNotes(&out)
        out.markup("</section>")
    }

    /// The answer in one sentence.
    var answer: String {
        let all = account.diagnosis.findings
        if all.isEmpty { return "Nothing was blocked." }
        let hands = all.filter { FindingSection($0) == .needsHand }
        let never = hands.count(where: \.isAlwaysPrevented)
        let attacks = all.count { FindingSection($0) == .attack }
        let undecided = all.count { FindingSection($0) == .undecided }
        var clauses: [String] = []
        if !hands.isEmpty {
            var clause = "\(counted(hands.count, "finding")) \(hands.count == 1 ? "needs" : "need")"
            clause += " a hand"
            if never > 0 { clause += " (\(grouped(never)) never worked)" }
            clauses.append(clause)
        } else if attacks + undecided == 0 {
            clauses.append("Nothing needs a hand")
        } else {
            clauses.append("Nothing is known to be broken")
        }
        if attacks > 0 {
            clauses.append("\(counted(attacks, "attack")) \(attacks == 1 ? "was" : "were") blocked")
        }
        if undecided > 0 {
            clauses.append(
                "\(counted(undecided, "finding")) \(undecided == 1 ? "is" : "are") undecided")
        }
        let harmless = account.diagnosis.byHarm[.harmless] ?? 0
        if harmless > 0 {
            clauses.append(
                "\(counted(harmless, "packet")) \(harmless == 1 ? "is" : "are") harmless")
        }
        guard let last = clauses.last, clauses.count > 1 else { return clauses[0] + "." }
        return clauses.dropLast().joined(separator: ", ") + " and " + last + "."
    }

    // MARK: The bar

    private static let barWidth = 1000.0

    /// Each part as wide as its share, and none too narrow to be seen.
    private func putBar(_ out: inout HTMLWriter) {
        let all = series.reduce(0) { $0 + $1.count }
        let least = 4.0
        let widths = series.map {
            max(least, HTMLReport.barWidth * Double($0.count) / Double(max(all, 1)))
        }
        let scale = HTMLReport.barWidth / widths.reduce(0, +)
        out.start(
            "svg", ("class", "bar"), ("viewBox", "0 0 1000 40"), ("preserveAspectRatio", "none"),
            ("role", "img"), ("aria-labelledby", "bar-title bar-desc"))
        out.element("title", ("id", "bar-title"), text: "All blocked packets by harm and cause")
        let words = series.map {
            "\(HTMLReport.label($0.harm)), \($0.cause.name): \(grouped($0.count))"
        }
        out.element("desc", ("id", "bar-desc"), text: words.joined(separator: "; "), most: 4000)
        var left = 0.0
        for (part, width) in zip(series, widths) {
            out.start(
                "rect", ("class", part.style), ("x", SVG.text(left)), ("y", "0"),
                ("width", SVG.text(max(1, width * scale - 2))), ("height", "40"))
            out.end("rect")
            left += width * scale
        }
        out.markup("</svg>")
    }

    private func putLegend(_ out: inout HTMLWriter) {
        let all = series.reduce(0) { $0 + $1.count }
        out.markup("<ul class=\"legend\">")
        for harm in HTMLReport.harms {
            let parts = series.filter { $0.harm == harm }
            guard !parts.isEmpty else { continue }
            let sum = parts.reduce(0) { $0 + $1.count }
            out.markup("<li><p class=\"harm\">")
            out.element("span", ("class", "chip t-\(harm.name)"), text: HTMLReport.label(harm))
            out.element("b", text: grouped(sum))
            out.element("span", ("class", "soft"), text: HTMLReport.percent(sum, of: all))
            out.markup("</p><ul>")
            for part in parts {
                out.markup("<li>")
                putSwatch(part, &out)
                out.element("a", ("href", "#cause-\(part.cause.name)"), text: part.cause.name)
                out.element("span", ("class", "num"), text: grouped(part.count))
                out.markup("</li>")
            }
            out.markup("</ul></li>")
        }
        out.markup("</ul>")
    }

    private func putSwatch(_ part: HTMLSeries, _ out: inout HTMLWriter) {
        out.start(
            "svg", ("class", "swatch"), ("viewBox", "0 0 10 10"), ("aria-hidden", "true"))
        out.start("rect", ("class", part.style), ("width", "10"), ("height", "10"), ("rx", "2"))
        out.end("rect")
        out.markup("</svg>")
    }

    /// What one must know to read the figures.
    private func putNotes(_ out: inout HTMLWriter) {
        var notes = account.clockLines()
        if !account.learntInside.isEmpty {
            let first = account.learntInside.prefix(6).map(account.networkText)
            let more = account.learntInside.count - first.count
            notes.append(
                "Taken to be inside: \(first.joined(separator: ", "))"
                    + (more > 0 ? " and \(more) more" : "") + " (--inside overrules).")
        }
        if account.breadth > .host {
            notes.append(
                "There were too many outside hosts to keep apart: they are told as networks.")
        }
        for note in notes { out.element("p", ("class", "note"), text: note) }
    }
}
