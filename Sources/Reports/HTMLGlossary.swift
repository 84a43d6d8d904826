// The foot of the page: what the causes mean, and what was read.

import Causes
import Dialects
import Facts

extension HTMLReport {
    /// Each cause that was met, in a few words.
    func putGlossary(_ out: inout HTMLWriter) {
        let met = Set(series.map(\.cause)).sorted()
        guard !met.isEmpty else { return }
        out.markup(
            """
            <section aria-labelledby="causes"><h2 id="causes">What the causes mean</h2>\
            <p class="soft">A stray is a TCP packet that opens no connection and belongs to none \
            that the firewall knows. Each cause of strays leaves its own marks.</p>\
            <div class="glossary">
            """)
        for id in met {
            guard let cause = allCauses.first(where: { $0.id == id }) else { continue }
            out.start("details", ("id", "cause-\(id.name)"))
            out.markup("<summary><b>")
            out.text(id.name)
            out.markup("</b> ")
            out.element("span", ("class", "soft"), text: cause.page.summary, most: 600)
            out.markup("</summary>")
            for (title, text) in [
                ("What happened", cause.page.whatHappened),
                ("Why it was blocked", cause.page.whyBlocked),
                ("How to confirm", cause.page.howToConfirm),
            ] {
                out.element("h3", text: title)
                putProse(text, &out)
            }
            out.markup("</details>")
        }
        out.markup("</div></section>")
    }

    /// Paragraphs, and lists of the lines that begin with a dash.
    private func putProse(_ text: String, _ out: inout HTMLWriter) {
        var isList = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: true) {
            let isItem = line.hasPrefix("- ")
            if isItem != isList { out.markup(isItem ? "<ul>" : "</ul>") }
            isList = isItem
            out.markup(isItem ? "<li>" : "<p>")
            out.text(String(isItem ? line.dropFirst(2) : line), most: 4000)
            out.markup(isItem ? "</li>" : "</p>")
        }
        if isList { out.markup("</ul>") }
    }

    // Limit: inputs told one by one.
    private static let inputsMax = 40

    func putInputs(_ out: inout HTMLWriter) {
        out.markup(
            """
            <section aria-labelledby="inputs"><h2 id="inputs">What was read</h2>\
            <div class="scroll" tabindex="0" role="region" aria-label="Inputs as a table">\
            <table class="inputs"><thead><tr><th scope="col">Input</th>\
            <th scope="col">Dialect</th><th scope="col" class="num">Lines</th>\
            <th scope="col" class="num">Entries</th><th scope="col" class="num">Of others</th>\
            <th scope="col" class="num">Damaged</th></tr></thead><tbody>
            """)
        for input in account.inputs.prefix(HTMLReport.inputsMax) {
            let tally = input.tally
            out.markup("<tr><th scope=\"row\">")
            out.element("span", ("class", "name"), text: input.name, most: 120)
            out.markup("</th><td>")
            out.text(tally.entries == 0 ? "none" : tally.mainDialect.name.description)
            out.markup("</td>")
            for number in [tally.lines, tally.entries, tally.skipped, tally.rejected] {
                out.element("td", ("class", "num"), text: grouped(number))
            }
            out.markup("</tr>")
        }
        out.markup("</tbody></table></div>")
        let left = account.inputs.count - HTMLReport.inputsMax
        if left > 0 {
            out.element("p", ("class", "note"), text: "And \(counted(left, "more input")).")
        }
        putDamaged(&out)
        out.markup("</section>")
    }

    /// The first damaged lines.
    private func putDamaged(_ out: inout HTMLWriter) {
        let samples = account.inputs.flatMap { input in
            input.tally.samples.prefix(1).map { (input.name, $0) }
        }
        guard !samples.isEmpty else { return }
        out.markup("<details><summary>Damaged lines, the first of each input</summary><ol>")
        for (name, sample) in samples.prefix(10) {
            out.markup("<li><p class=\"place\">")
            out.element("span", ("class", "name"), text: name, most: 80)
            out.text(":\(sample.line), \(sample.damage.name)")
            out.markup("</p><pre>")
            out.text(Array(sample.sample), most: 240)
            out.markup("</pre></li>")
        }
        out.markup("</ol></details>")
    }
}
