// The table of all findings. As it is, worst first; the script makes it sort and filter.

import Causes
import Facts

extension HTMLReport {
    private static let columns: [(name: String, isNumber: Bool)] = [
        ("No.", true), ("Finding", false), ("Harm", false), ("Packets", true),
        ("Connections", true), ("First", false), ("Last", false), ("Sure", true),
    ]

    /// `cards`: the findings that have one.
    func putTable(_ out: inout HTMLWriter, linking cards: Set<Int>) {
        guard !findings.isEmpty else { return }
        out.markup("<section aria-labelledby=\"findings-title\">")
        out.markup("<h2 id=\"findings-title\" tabindex=\"-1\">Findings</h2>")
        putFilters(&out)
        out.markup(
            """
            <div class="scroll"><table class="findings" id="findings">\
            <caption class="away">All findings, the worst first</caption><thead><tr>
            """)
        for (name, isNumber) in HTMLReport.columns {
            out.element("th", ("scope", "col"), ("class", isNumber ? "num" : ""), text: name)
        }
        out.markup("</tr></thead><tbody>")
        for finding in findings.prefix(HTMLReport.rowsMax) {
            putRow(finding, cards.contains(finding.id), &out)
        }
        out.markup("</tbody></table></div>")
        putLeftOut(&out)
        out.markup("</section>")
    }

    private func putFilters(_ out: inout HTMLWriter) {
        out.markup(
            """
            <form class="filters" id="filters" hidden role="search">\
            <label><span>Search</span><input type="search" id="filter-text" \
            autocomplete="off" spellcheck="false"></label>\
            <label><span>Harm</span><select id="filter-harm"><option value="">all</option>
            """)
        let shown = findings.prefix(HTMLReport.rowsMax)
        for harm in HTMLReport.harms where shown.contains(where: { $0.harm == harm }) {
            out.element("option", ("value", harm.name), text: HTMLReport.label(harm))
        }
        out.markup(
            """
            </select></label><label><span>Cause</span><select id="filter-cause">\
            <option value="">all</option>
            """)
        for cause in CauseID.allCases where shown.contains(where: { $0.cause == cause }) {
            out.element("option", ("value", cause.name), text: cause.name)
        }
        out.markup(
            """
            </select></label><button type="button" id="filter-clear" disabled>Show all</button>\
            </form><p class="note" id="filter-told" role="status"></p>
            """)
    }

    private func putRow(_ finding: Finding, _ hasCard: Bool, _ out: inout HTMLWriter) {
        out.start(
            "tr", ("data-id", "\(finding.id)"), ("data-harm", finding.harm.name),
            ("data-cause", finding.cause.name))
        putCell("No.", finding.id, "\(finding.id)", &out)
        out.markup("<th scope=\"row\" data-label=\"Finding\">")
        if hasCard {
            out.element("a", ("href", "#finding-\(finding.id)"), text: name(finding))
        } else {
            out.element("b", text: name(finding))
        }
        out.element("span", ("class", "name"), text: account.subjectText(finding), most: 160)
        out.markup("</th>")
        out.start("td", ("data-label", "Harm"), ("data-sort", "\(urgency(finding))"))
        putHarm(finding, &out)
        out.markup("</td>")
        putCell("Packets", finding.count, grouped(finding.count), &out)
        putCell(
            "Connections", finding.connections,
            finding.connections > 0 ? grouped(finding.connections) : "–", &out)
        for (label, time) in [("First", finding.from), ("Last", finding.to)] {
            out.start(
                "td", ("data-label", label), ("data-sort", "\(time.microseconds)"),
                ("class", "time"))
            putTime(time, &out)
            out.markup("</td>")
        }
        let sure = Int((finding.confidence * 100).rounded())
        putCell("Sure", sure, "\(sure) %", &out)
        out.markup("</tr>")
    }

    private func putCell(_ label: String, _ sort: Int, _ text: String, _ out: inout HTMLWriter) {
        out.element(
            "td", ("class", "num"), ("data-label", label), ("data-sort", "\(sort)"), text: text)
    }

    /// The harm in words and colour, and what never worked at all.
    func putHarm(_ finding: Finding, _ out: inout HTMLWriter) {
        out.element(
            "span", ("class", "chip t-\(finding.harm.name)"), text: HTMLReport.label(finding.harm))
        if finding.isAlwaysPrevented {
            out.markup(" <span class=\"chip never\">Never worked</span>")
        }
    }

    private func urgency(_ finding: Finding) -> Int {
        let place = HTMLReport.harms.firstIndex(of: finding.harm) ?? 0
        return finding.isAlwaysPrevented ? place : place + HTMLReport.harms.count
    }

    func name(_ finding: Finding) -> String {
        finding.variant.map { "\(finding.cause.name) (\($0))" } ?? finding.cause.name
    }

    private func putLeftOut(_ out: inout HTMLWriter) {
        var notes: [String] = []
        let hidden = findings.count - HTMLReport.rowsMax
        if hidden > 0 {
            notes.append(
                "\(counted(hidden, "smaller finding")) left out here; "
                    + "the report as JSON has them.")
        }
        let left = account.shown.left
        if left > 0 {
            notes.append("\(counted(left, "smaller finding")) left out by --top.")
        }
        for note in notes { out.element("p", ("class", "note"), text: note) }
    }
}
