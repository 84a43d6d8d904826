// A finding as a card: what, how much, since when, what it means, whether it is much, why we think
// so, how it went, and what to do.

import Causes
import Exhibits
import Facts

extension HTMLReport {
    /// What a heading takes.
    private static let bytesOfGroup = 256

    /// The findings that have a card.
    func putCards(_ out: inout HTMLWriter, room: Int) -> Set<Int> {
        let cards = findings.prefix(HTMLReport.cardsMax)
        var written: Set<Int> = []
        var plain = 0
        for section in FindingSection.allCases {
            let members = cards.filter { FindingSection($0) == section }
            guard !members.isEmpty else { continue }
            var body = HTMLWriter()
            for finding in members {
                let left = room - out.count - body.count - HTMLReport.bytesOfGroup
                if let card = card(finding, left, &plain) {
                    body.put(card)
                    written.insert(finding.id)
                }
            }
            guard body.count > 0 else { continue }
            out.start("section", ("class", "group"), ("aria-labelledby", "group-\(section)"))
            out.element("h2", ("id", "group-\(section)"), text: section.heading)
            out.put(body)
            out.markup("</section>")
        }
        putMissing(findings.count - written.count, plain, &out)
        return written
    }

    /// The card with all its drawings, or without where there is no room for them; nil where there
    /// is no room at all.
    private func card(_ finding: Finding, _ room: Int, _ plain: inout Int) -> HTMLWriter? {
        var card = HTMLWriter()
        putCard(finding, isFull: true, &card)
        if card.count <= room { return card }
        card = HTMLWriter()
        putCard(finding, isFull: false, &card)
        guard card.count <= room else { return nil }
        plain += 1
        return card
    }

    private func putMissing(_ missing: Int, _ plain: Int, _ out: inout HTMLWriter) {
        if plain > 0 {
            out.element(
                "p", ("class", "note"),
                text: "\(counted(plain, "card")) without drawings and lines, for the page's size.")
        }
        if missing > 0 {
            let verb = missing == 1 ? "has" : "have"
            out.element(
                "p", ("class", "note"),
                text:
                    "\(counted(missing, "smaller finding")) \(verb) no card, for the page's size: "
                    + "the table tells of the largest, the report as JSON of all.")
        }
    }

    private func putCard(_ finding: Finding, isFull: Bool, _ out: inout HTMLWriter) {
        out.start(
            "article", ("class", "card b-\(finding.harm.name)"), ("id", "finding-\(finding.id)"),
            ("data-id", "\(finding.id)"), ("aria-labelledby", "title-\(finding.id)"))
        putCardHead(finding, &out)
        putFigures(finding, &out)
        let exhibit = account.exhibits?.ofFinding[finding.id]
        out.markup("<div class=\"card-body\"><div class=\"text\">")
        putIsMuch(finding, &out)
        putEvidence(finding, exhibit, isFull, &out)
        putRules(finding, &out)
        out.markup("</div>")
        if isFull {
            var drawings = HTMLWriter()
            putDrawings(finding, exhibit, &drawings)
            if drawings.count > 0 {
                out.markup("<div class=\"drawings\">")
                out.put(drawings)
                out.markup("</div>")
            }
        }
        out.markup("</div>")
        if isFull { putQuotes(exhibit?.quotes ?? [], finding, &out) }
        putRemedies(finding, ofOthers: isFull, &out)
        out.markup("</article>")
    }

    private func putCardHead(_ finding: Finding, _ out: inout HTMLWriter) {
        out.markup("<header><p class=\"tags\">")
        out.element("span", ("class", "number"), text: "\(finding.id)")
        putHarm(finding, &out)
        out.element("a", ("href", "#cause-\(finding.cause.name)"), text: name(finding))
        out.markup("</p>")
        let summary = account.summary(finding)
        out.element(
            "h3", ("id", "title-\(finding.id)"),
            text: summary.prefix(1).uppercased()
                + summary.dropFirst() + ".")
        out.markup("</header>")
    }

    // MARK: How much, and since when

    private func putFigures(_ finding: Finding, _ out: inout HTMLWriter) {
        out.markup("<dl class=\"figures\">")
        putFigure("Packets", grouped(finding.count), repeated(finding), &out)
        if finding.connections > 0 {
            let all = finding.ofConnections.flatMap { $0 >= finding.connections ? $0 : nil }
            putFigure(
                "Connections", grouped(finding.connections),
                all.map { "of \(grouped($0))" } ?? "", &out)
        }
        putWhen("First", finding.from, &out)
        putWhen("Last", finding.to, &out)
        putFigure("Sure", "\(Int((finding.confidence * 100).rounded())) %", "", &out)
        let ports = account.portsText(finding)
        if !finding.ports.isEmpty { putFigure("Ports", ports, "", &out) }
        putNames("Interface", finding.interfaces, &out)
        putNames("Firewall", finding.nodes, &out)
        out.markup("</dl>")
    }

    private func repeated(_ finding: Finding) -> String {
        finding.lines > finding.count ? "in \(grouped(finding.lines)) lines" : ""
    }

    private func putFigure(
        _ name: String, _ value: String, _ more: String, _ out: inout HTMLWriter
    ) {
        out.markup("<div>")
        out.element("dt", text: name)
        out.markup("<dd>")
        out.element("b", text: value, most: 80)
        if !more.isEmpty { out.element("span", ("class", "soft"), text: " " + more) }
        out.markup("</dd></div>")
    }

    private func putWhen(_ name: String, _ time: Instant, _ out: inout HTMLWriter) {
        guard time.isKnown else { return }
        out.markup("<div>")
        out.element("dt", text: name)
        out.markup("<dd><b>")
        putTime(time, &out)
        out.markup("</b></dd></div>")
    }

    private func putNames(_ what: String, _ all: [Name], _ out: inout HTMLWriter) {
        let known = all.filter { !$0.isNone }
        guard !known.isEmpty else { return }
        let first = known.prefix(3).map { SVG.short(account.names.text($0), most: 24) }
        let more = known.count - first.count
        putFigure(
            what, first.joined(separator: ", "), more > 0 ? "and \(grouped(more)) more" : "", &out)
    }
}
