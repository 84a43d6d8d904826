// Why a finding is what it is said to be: the statements for and against, the lines they rest on,
// and the firewall's own rules.

import Bytes
import Causes
import Exhibits
import Facts

extension HTMLReport {
    // Limit: statements of a card; those after the first few weigh little.
    private static let statementsMax = 14
    private static let lineMax = 480

    func putEvidence(
        _ finding: Finding, _ exhibit: Exhibit?, _ isFull: Bool, _ out: inout HTMLWriter
    ) {
        let quotes = isFull ? exhibit?.quotes ?? [] : []
        // The weightiest first; those of one weight as the causes told them.
        let ledger = finding.ledger.enumerated()
            .sorted { a, b in
                let (x, y) = (abs(a.element.weight), abs(b.element.weight))
                return x != y ? x > y : a.offset < b.offset
            }
            .map(\.element)
        let quoted = Set(quotes.map(\.number))
        func speaksFor(_ statement: Statement) -> Bool {
            (statement.cause == finding.cause) == (statement.weight >= 0)
        }
        let reasons = ledger.filter(speaksFor)
        let doubts = ledger.filter { !speaksFor($0) }
        if !reasons.isEmpty {
            out.markup("<h4>What speaks for it</h4>")
            putStatements(reasons, finding, quoted, &out)
        }
        if !doubts.isEmpty {
            out.markup("<h4>What speaks against it</h4>")
            putStatements(doubts, finding, quoted, &out)
        }
        putAlternatives(finding, &out)
    }

    private func putStatements(
        _ statements: [Statement], _ finding: Finding, _ quoted: Set<Int>, _ out: inout HTMLWriter
    ) {
        guard !statements.isEmpty else { return }
        out.markup("<ul class=\"ledger\">")
        for statement in statements.prefix(HTMLReport.statementsMax) {
            out.markup("<li><span class=\"weight\">")
            var weight = ByteWriter()
            weight.put(statement.weight >= 0 ? "+" : "")
            weight.putHundredths(statement.weight)
            out.text(weight.text)
            out.markup("</span><span>")
            if statement.cause != finding.cause { out.text("\(statement.cause.name): ") }
            out.text(statement.text, most: 600)
            let shown = statement.entries.filter(quoted.contains).prefix(3)
            for number in shown {
                out.markup(" ")
                out.element(
                    "a", ("class", "ref"), ("href", "#entry-\(finding.id)-\(number)"),
                    ("aria-label", "entry \(grouped(number))"), text: grouped(number))
            }
            out.markup("</span></li>")
        }
        out.markup("</ul>")
        let left = statements.count - HTMLReport.statementsMax
        if left > 0 {
            out.element(
                "p", ("class", "note"), text: "\(counted(left, "more statement")) in the JSON.")
        }
    }

    private func putAlternatives(_ finding: Finding, _ out: inout HTMLWriter) {
        guard !finding.alternatives.isEmpty else { return }
        out.markup("<h4>What else it might have been</h4><ul class=\"ledger\">")
        for other in finding.alternatives.prefix(6) {
            let share = Int((other.confidence * 100).rounded())
            out.markup("<li>")
            out.element("span", ("class", "weight"), text: "\(share) %")
            out.element("span") { out in
                out.text("\(other.cause.name): ")
                out.text(other.because, most: 600)
            }
            out.markup("</li>")
        }
        out.markup("</ul>")
    }

    // MARK: The lines

    func putQuotes(_ quotes: [Quote], _ finding: Finding, _ out: inout HTMLWriter) {
        guard !quotes.isEmpty else { return }
        let isOpen = !FindingSection(finding).isBrief
        out.markup(isOpen ? "<details class=\"lines\" open>" : "<details class=\"lines\">")
        out.markup("<summary>")
        out.text("The lines themselves (\(grouped(quotes.count)))")
        out.markup("</summary><ol>")
        for quote in quotes {
            out.start("li", ("id", "entry-\(finding.id)-\(quote.number)"))
            out.markup("<p class=\"place\">")
            let input =
                account.inputs.indices.contains(quote.input) ? account.inputs[quote.input].name : ""
            out.text("entry \(grouped(quote.number)), ")
            out.element("span", ("class", "name"), text: input, most: 80)
            out.text(":\(quote.line)")
            out.markup("</p><pre>")
            if let text = quote.text {
                out.text(text, most: HTMLReport.lineMax)
                if quote.isCut, text.count <= HTMLReport.lineMax { out.text("…") }
            } else {
                out.text(entryText(quote.entry))
            }
            out.markup("</pre></li>")
        }
        out.markup("</ol></details>")
    }

    /// An entry that has no line: a packet of a capture.
    private func entryText(_ entry: Entry) -> String {
        var text = entry.time.isKnown ? "\(day(entry.time)) \(clock(entry.time))  " : ""
        text += endpoint(entry.source) + " → " + endpoint(entry.destination)
        if entry.hasTCPFlags {
            text += "  " + (entry.flags.text.isEmpty ? "no flags" : entry.flags.text)
        }
        return text + "  \(entry.action.name)"
    }

    func endpoint(_ end: Endpoint) -> String {
        end.port == 0
            ? account.text(end.address) : account.endpointText(end.address, end.port)
    }

    // MARK: The rules

    func putRules(_ finding: Finding, _ out: inout HTMLWriter) {
        guard let rules = account.rules[finding.id], !rules.isEmpty else { return }
        out.markup("<h4>What the rules say</h4><ul class=\"rules\">")
        for rule in rules {
            out.markup("<li><p class=\"place\">")
            out.element("span", ("class", "name"), text: "\(rule.file):\(rule.line)", most: 120)
            out.markup("</p><pre>")
            out.text(rule.text)
            out.markup("</pre><p>")
            out.text("\(rule.claim.prefix(1).uppercased())\(rule.claim.dropFirst()): ")
            out.text("\(rule.because).")
            out.markup("</p></li>")
        }
        out.markup("</ul>")
    }
}
