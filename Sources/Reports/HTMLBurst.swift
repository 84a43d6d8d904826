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
        let isBoth = passed > 0
        let height = isBoth ? half * 2 : half
        var words = "A bar for each \(binText(timeline)). "
        if isBoth {
            words +=
                "Above the line what passed, \(grouped(passed)) at most; below it the strays, "
                + "\(grouped(strays)) at most, each on a scale of its own. "
        } else {
            words += "The strays, \(grouped(strays)) at most; what passed then is not in the log. "
        }
        words += "The most strayed from \(moment(peak)) on."
        out.markup("<figure class=\"burst\"><h4>The moment</h4>")
        out.startDrawing(
            "burst-\(finding.id)", class: isBoth ? "columns tall" : "columns low", width: width,
            height: height,
            title: "What passed and what strayed around the moment", description: words,
            isStretched: true)
        let base = Array(repeating: 0, count: timeline.bins)
        let bars = SVG.bars(burst.strays, on: base, top: strays, height: half)
        let style = "fill h-\(finding.harm.name) s0"
        if isBoth {
            out.path("fill passed", SVG.bars(burst.passed, on: base, top: passed, height: half))
            out.start("g", ("transform", "translate(0 \(SVG.text(half * 2))) scale(1 -1)"))
            out.path(style, bars)
            out.markup("</g>")
        } else {
            out.path(style, bars)
        }
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
