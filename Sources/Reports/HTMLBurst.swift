// The minutes around a moment at which much strayed at once: what passed upwards, what strayed
// downwards, each on its own scale.
//
// Read first: `Burst`.

import Causes
import Exhibits
import Facts

extension HTMLReport {
    func putBurst(_ burst: Burst, _ finding: Finding, _ out: inout HTMLWriter) {
        let timeline = burst.timeline
        guard timeline.bins > 1, let strays = burst.strays.max(), strays > 0 else { return }
        let passed = burst.passed.max() ?? 0
        let width = Double(timeline.bins) * SVG.unit
        let half = 60.0
        let peak = timeline.time(ofBin: burst.strays.firstIndex(of: strays) ?? 0)
        var words = "A bar for each \(binText(timeline)). Below the line: strays, "
        words += "\(grouped(strays)) at most, from \(moment(peak)) on. "
        words +=
            passed > 0
            ? "Above it: what passed, \(grouped(passed)) at most, on a scale of its own."
            : "What passed is not in the log."
        out.markup("<figure class=\"burst\"><h4>The moment</h4>")
        out.startDrawing(
            "burst-\(finding.id)", class: "columns tall", width: width, height: half * 2,
            title: "What passed and what strayed around the moment", description: words,
            isStretched: true)
        let base = Array(repeating: 0, count: timeline.bins)
        if passed > 0 {
            out.path("fill passed", SVG.bars(burst.passed, on: base, top: passed, height: half))
        }
        out.start("g", ("transform", "translate(0 \(SVG.text(half * 2))) scale(1 -1)"))
        out.path(
            "fill h-\(finding.harm.name) s0",
            SVG.bars(burst.strays, on: base, top: strays, height: half))
        out.markup("</g>")
        out.line("axis", 0, half, width, half)
        out.markup("</svg><div class=\"axis-labels\">")
        for bin in [0, timeline.bins / 2, timeline.bins] {
            out.element("span", text: clock(timeline.time(ofBin: bin)))
        }
        out.markup("</div>")
        out.element("figcaption", text: words)
        out.markup("</figure>")
    }
}
