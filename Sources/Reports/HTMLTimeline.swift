// When it was blocked: bars stacked by cause over the whole time. The script lets a part of it be
// chosen, and shows the findings of that part only.

import Bytes
import Causes
import Exhibits
import Facts

extension HTMLReport {
    static let plotHeight = 200.0

    /// The timeline; nil where it has nothing to show: no times, or all in one moment.
    var timeline: Timeline? {
        guard let timeline = account.exhibits?.timeline, timeline.bins > 1 else { return nil }
        return timeline
    }

    /// The counts of each series in each bin.
    private var columns: [[Int]] {
        guard let exhibits = account.exhibits else { return [] }
        var places: [CauseID: [Harm: Int]] = [:]
        for (place, part) in series.enumerated() {
            places[part.cause, default: [:]][part.harm] = place
        }
        var columns = series.map { _ in Array(repeating: 0, count: exhibits.timeline.bins) }
        for finding in account.diagnosis.findings {
            guard let exhibit = exhibits.ofFinding[finding.id],
                let place = places[finding.cause]?[finding.harm]
            else { continue }
            for (bin, count) in exhibit.counts.enumerated() { columns[place][bin] += count }
        }
        return columns
    }

    func putTimeline(_ out: inout HTMLWriter) {
        guard let timeline, let exhibits = account.exhibits else { return }
        let columns = columns
        let sums = (0..<timeline.bins).map { bin in columns.reduce(0) { $0 + $1[bin] } }
        let most = sums.max() ?? 0
        guard most > 0 else { return }
        let top = SVG.rounded(up: most)
        out.markup("<section class=\"when\" aria-labelledby=\"when\">")
        out.markup("<h2 id=\"when\">When</h2><p class=\"soft\">")
        let busiest = sums.firstIndex(of: most) ?? 0
        out.text(
            "Blocked entries by cause, a bar for each \(binText(timeline)). The most were "
                + "\(grouped(most)), from \(moment(timeline.time(ofBin: busiest))) on.")
        let untimed = exhibits.ofFinding.values.reduce(0) { $0 + $1.untimed }
        if untimed > 0 { out.text(" Entries without a time: \(grouped(untimed)).") }
        out.markup("</p><div class=\"plot\" id=\"plot\">")
        out.element("span", ("class", "tick top"), text: brief(top))
        if top % 2 == 0 { out.element("span", ("class", "tick middle"), text: brief(top / 2)) }
        putColumns(columns, timeline, top, &out)
        out.markup(
            """
            <div class="shade" id="shade-left" hidden></div>\
            <div class="shade" id="shade-right" hidden></div></div>
            """)
        putAxis(timeline, &out)
        putBrush(timeline, &out)
        out.markup("</section>")
    }

    private func putColumns(
        _ columns: [[Int]], _ timeline: Timeline, _ top: Int, _ out: inout HTMLWriter
    ) {
        let width = Double(timeline.bins) * SVG.unit
        let words = zip(series, columns).map { part, counts in
            "\(part.cause.name) (\(HTMLReport.label(part.harm))): "
                + "\(grouped(counts.reduce(0, +)))"
        }
        out.startDrawing(
            "timeline", class: "columns", width: width, height: HTMLReport.plotHeight,
            title: "Blocked entries over time, by cause",
            description: words.joined(separator: "; "), isStretched: true)
        out.line("gridline", 0, 0.5, width, 0.5)
        out.line("gridline", 0, HTMLReport.plotHeight / 2, width, HTMLReport.plotHeight / 2)
        var base = Array(repeating: 0, count: timeline.bins)
        // The harmless at the bottom: what matters stands out on top of it.
        for place in series.indices.reversed() {
            let path = SVG.bars(
                columns[place], on: base, top: top, height: HTMLReport.plotHeight)
            if !path.isEmpty { out.path(series[place].style, path) }
            for bin in base.indices { base[bin] += columns[place][bin] }
        }
        out.line("axis", 0, HTMLReport.plotHeight, width, HTMLReport.plotHeight)
        out.markup("</svg>")
    }

    private func putAxis(_ timeline: Timeline, _ out: inout HTMLWriter) {
        out.markup("<div class=\"axis-labels\">")
        let shown = timeline.bins >= 5 ? [0, 1, 2, 3, 4] : [0, 2, 4]
        for quarter in shown {
            let time = timeline.time(ofBin: timeline.bins * quarter / 4)
            out.element(
                "span", ("class", quarter % 4 == 0 ? "" : "inner"), text: binMoment(time, timeline))
        }
        out.markup("</div>")
    }

    /// A time at a bin's edge: seconds only where bins are so narrow.
    func binMoment(_ time: Instant, _ timeline: Timeline) -> String {
        if timeline.binSeconds >= 86400 { return briefDay(time) }
        let clock = timeline.binSeconds >= 60 ? String(clock(time).dropLast(3)) : clock(time)
        let span = Int64(timeline.bins) * timeline.binSeconds
        return isOneDay || span < 86400 ? clock : "\(briefDay(time)) \(clock)"
    }

    func binText(_ timeline: Timeline) -> String {
        let seconds = timeline.binSeconds
        for (unit, name) in [(Int64(86400), "day"), (3600, "hour"), (60, "minute")] {
            guard seconds % unit == 0, seconds >= unit else { continue }
            return seconds == unit ? name : "\(grouped(Int(seconds / unit))) \(name)s"
        }
        return seconds == 1 ? "second" : "\(seconds) seconds"
    }

    /// For keyboards, and for those who want it exactly; shown by the script.
    private func putBrush(_ timeline: Timeline, _ out: inout HTMLWriter) {
        out.markup("<div class=\"brush\" id=\"brush\" hidden><p class=\"hint\">")
        out.text("Drag over the bars to look at a part of the time, or use the sliders.")
        out.markup("</p><div class=\"sliders\">")
        let last = "\(timeline.bins)"
        for (id, name, value) in [("from", "From", "0"), ("to", "Up to", last)] {
            out.element("div") { out in
                out.element("label", ("for", "brush-\(id)"), text: name)
                out.start(
                    "input", ("type", "range"), ("id", "brush-\(id)"), ("min", "0"), ("max", last),
                    ("value", value), ("step", "1"))
                out.element("output", ("id", "brush-\(id)-text"), ("for", "brush-\(id)"), text: "")
            }
        }
        out.markup(
            """
            </div><button type="button" id="brush-clear" disabled>Whole time</button></div>
            """)
    }

    // MARK: For the script

    /// Bins' names and findings' counts: numbers and times of our own, nothing from a log.
    func putData(_ out: inout HTMLWriter) {
        var json = ByteWriter()
        json.put("{\"bins\":[")
        if let timeline {
            json.putList(0...timeline.bins) { out, bin in
                out.putJSON(binMoment(timeline.time(ofBin: bin), timeline))
            }
        }
        json.put("],\"counts\":{")
        var isFirst = true
        for finding in findings.prefix(HTMLReport.rowsMax) where timeline != nil {
            guard let counts = account.exhibits?.ofFinding[finding.id]?.counts else { continue }
            if !isFirst { json.put(",") }
            isFirst = false
            json.put("\"\(finding.id)\":[")
            // Bins and counts in turns: most findings are in a few bins only.
            let pairs = counts.enumerated().filter { $0.element > 0 }
            json.putList(pairs.flatMap { [$0.offset, $0.element] }) { $0.put($1) }
            json.put("]")
        }
        json.put("}}")
        out.markup("<script type=\"application/json\" id=\"data\">")
        out.data(json)
        out.markup("</script>")
    }
}
