// What a timeout does at other values: the connections it cuts and the states it holds.
//
// Read first: `TunedCurve`. Values are halves and doubles of the present one, so that equal steps of
// the drawing are equal factors.

import Causes
import Replay

private enum CurvePlace {
    static let width = 420.0
    static let left = 14.0
    static let right = 406.0
    static let height = 96.0
    static let cut = 24.0
    static let states = 168.0
}

extension HTMLReport {
    func putCurve(_ curve: TunedCurve, _ finding: Finding, _ out: inout HTMLWriter) {
        guard let now = curve.values.firstIndex(of: curve.now) else { return }
        let advice = TuningAdvice(curve)
        let hasStates = !curve.peaks.isEmpty
        let height = (hasStates ? CurvePlace.states : CurvePlace.cut) + CurvePlace.height + 30
        var words = "At the present \(spanText(curve.now)) it cuts \(grouped(curve.cut[now])). "
        words +=
            advice.seconds.map { "At \(spanText($0)) \(advice.reason)." }
            ?? "Leave it: \(advice.reason)."
        out.markup("<figure class=\"curve\"><h4>")
        out.text("The timeout \(curve.timeout.name) at other values")
        out.markup("</h4>")
        out.startDrawing(
            "curve-\(finding.id)", class: "drawing", width: CurvePlace.width, height: height,
            title: "Connections cut and states held, by timeout", description: words)
        putMarks(curve, now, advice, height, &out)
        putCut(curve, &out)
        if hasStates { putStates(curve, &out) }
        putValues(curve, height, &out)
        out.markup("</svg>")
        putCurveTable(curve, now, &out)
        out.element("figcaption", text: words)
        out.markup("</figure>")
    }

    private func x(_ place: Int, _ curve: TunedCurve) -> Double {
        let step = (CurvePlace.right - CurvePlace.left) / Double(curve.values.count)
        return CurvePlace.left + step * (Double(place) + 0.5)
    }

    /// The present value, and the one that is advised.
    private func putMarks(
        _ curve: TunedCurve, _ now: Int, _ advice: TuningAdvice, _ height: Double,
        _ out: inout HTMLWriter
    ) {
        out.line("mark", x(now, curve), CurvePlace.cut - 6, x(now, curve), height - 26)
        out.words("small", x(now, curve), CurvePlace.cut - 11, "middle", "now")
        guard let seconds = advice.seconds, let place = curve.values.firstIndex(of: seconds) else {
            return
        }
        out.line("mark advised", x(place, curve), CurvePlace.cut - 6, x(place, curve), height - 26)
        out.words("small strong", x(place, curve), CurvePlace.cut - 11, "middle", "advised")
    }

    private func putCut(_ curve: TunedCurve, _ out: inout HTMLWriter) {
        let most = max(
            1, curve.cut.max() ?? 0, curve.values.indices.compactMap { curve.most($0) }.max() ?? 0)
        let low = CurvePlace.cut + CurvePlace.height - 16
        func y(_ value: Int) -> Double {
            low - (CurvePlace.height - 34) * Double(value) / Double(most)
        }
        if !curve.isExact {
            for place in curve.values.indices {
                guard let top = curve.most(place), top > curve.cut[place] else { continue }
                out.line("range", x(place, curve), y(curve.cut[place]), x(place, curve), y(top))
            }
        }
        putLine(curve, curve.cut, "cut", y, low, &out)
        out.words("small", 0, CurvePlace.cut - 11, "start", "cut")
    }

    private func putStates(_ curve: TunedCurve, _ out: inout HTMLWriter) {
        let most = max(1, curve.peaks.max() ?? 0)
        let low = CurvePlace.states + CurvePlace.height - 16
        func y(_ value: Int) -> Double {
            low - (CurvePlace.height - 34) * Double(value) / Double(most)
        }
        putLine(curve, curve.peaks, "states", y, low, &out)
        out.words("small", 0, CurvePlace.states - 11, "start", "states held at the peak")
    }

    /// A line through the values, with each value's number above it.
    private func putLine(
        _ curve: TunedCurve, _ values: [Int], _ style: String, _ y: (Int) -> Double,
        _ low: Double, _ out: inout HTMLWriter
    ) {
        out.line("gridline", CurvePlace.left, low, CurvePlace.right, low)
        var path = ""
        for (place, value) in values.enumerated() {
            path += "\(place == 0 ? "M" : "L")\(SVG.text(x(place, curve))) \(SVG.text(y(value)))"
        }
        out.path("curve-line \(style)", path)
        for (place, value) in values.enumerated() {
            let (x, y) = (x(place, curve), y(value))
            out.element(
                "circle", ("class", "curve-dot \(style)"), ("cx", SVG.text(x)), ("cy", SVG.text(y)),
                ("r", "3")
            ) { _ in }
            out.words("small on-paper", x, y - 7, "middle", brief(value))
        }
    }

    private func putValues(_ curve: TunedCurve, _ height: Double, _ out: inout HTMLWriter) {
        for (place, seconds) in curve.values.enumerated() {
            out.words("small", x(place, curve), height - 8, "middle", briefSpan(seconds))
        }
    }

    /// A number in at most four letters.
    func brief(_ number: Int) -> String {
        if number >= 10_000_000 { return "\(number / 1_000_000)M" }
        return number >= 10_000 ? "\(number / 1000)k" : "\(number)"
    }

    private func briefSpan(_ seconds: Int64) -> String {
        if seconds >= 86400, seconds % 8640 == 0 { return tenths(seconds, 86400, "d") }
        if seconds >= 3600 { return tenths(seconds, 3600, "h") }
        return seconds >= 60 ? tenths(seconds, 60, "m") : "\(seconds)s"
    }

    private func tenths(_ seconds: Int64, _ unit: Int64, _ name: String) -> String {
        SVG.text(Double(seconds) / Double(unit)) + name
    }

    private func putCurveTable(_ curve: TunedCurve, _ now: Int, _ out: inout HTMLWriter) {
        out.markup(
            """
            <details class="steps"><summary>The numbers</summary><table><thead><tr>\
            <th scope="col" class="num">Timeout</th><th scope="col" class="num">Cut</th>\
            <th scope="col" class="num">States</th></tr></thead><tbody>
            """)
        for (place, seconds) in curve.values.enumerated() {
            out.markup("<tr><th scope=\"row\" class=\"num\">")
            out.text(spanText(seconds) + (place == now ? ", now" : ""))
            out.markup("</th>")
            var cut = grouped(curve.cut[place])
            if let most = curve.most(place) {
                if most > curve.cut[place] { cut += " to \(grouped(most))" }
            } else {
                cut += " or more"
            }
            out.element("td", ("class", "num"), text: cut)
            out.element(
                "td", ("class", "num"),
                text: curve.peaks.indices.contains(place) ? grouped(curve.peaks[place]) : "unknown")
            out.markup("</tr>")
        }
        out.markup("</tbody></table></details>")
    }
}
