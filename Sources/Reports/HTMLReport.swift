// The report as a page: one file that opens anywhere, without a network, and runs no script but its
// own.
//
// Read first: `HTMLWriter`, on why nothing in a log can become markup, and `Account`. The parts of
// the page are in the files HTML*.swift, from top to bottom: HTMLAnswer, HTMLTimeline, HTMLTable,
// HTMLCard and the drawings, HTMLGlossary.

import Bytes
import Causes
import Dialects
import Evidence
import Exhibits
import Facts

extension Account {
    /// The whole page.
    public func html() -> [UInt8] { HTMLReport(self).page() }
}

struct HTMLReport {
    let account: Account
    let findings: [Finding]
    let series: [HTMLSeries]

    // Limit: what every browser opens at once and every mail takes. Cards are written until it is
    // reached, the worst findings first; what is left out is said.
    static let bytesMax = 2_000_000
    /// Kept for what is said of the cards that are left out.
    static let bytesForNotes = 4096
    // Limit: cards that somebody may read, and rows that somebody may sort. With the longest names
    // rows and their counts take half of the page, and cards the other half.
    static let cardsMax = 60
    static let rowsMax = 300

    init(_ account: Account) {
        self.account = account
        findings = account.shown.findings
        series = HTMLSeries.all(of: account)
    }

    func page() -> [UInt8] {
        let style = HTMLStyle.sheet
        let script = HTMLScript.program
        var out = HTMLWriter()
        putHead(style, script, &out)
        out.element(
            "a", ("class", "skip"), ("href", findings.isEmpty ? "#answer" : "#findings-title"),
            text: "Skip to the findings")
        putMasthead(&out)
        out.markup("<main class=\"page\">")
        putAnswer(&out)
        putTimeline(&out)
        // All the rest comes first, so that the cards have the room that is left; and the table
        // again at the end, for it names those that there are.
        var table = HTMLWriter()
        putTable(&table, linking: Set(findings.map(\.id)))
        var rest = HTMLWriter()
        putGlossary(&rest)
        putInputs(&rest)
        rest.markup("</main>")
        putFooter(&rest)
        putData(&rest)
        rest.markup("<script>")
        rest.program(script)
        rest.markup("</script></body></html>\n")
        let taken = out.count + table.count + rest.count + HTMLReport.bytesForNotes
        var cards = HTMLWriter()
        let written = putCards(&cards, room: HTMLReport.bytesMax - taken)
        putTable(&out, linking: written)
        out.put(cards)
        out.put(rest)
        return out.bytes
    }

    // MARK: The frame

    private func putHead(
        _ style: [StaticString], _ script: [StaticString], _ out: inout HTMLWriter
    ) {
        out.markup("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">")
        out.start(
            "meta", ("http-equiv", "Content-Security-Policy"), ("content", policy(style, script)))
        out.markup(
            """
            <meta name="viewport" content="width=device-width, initial-scale=1">\
            <meta name="color-scheme" content="light dark">\
            <meta name="referrer" content="no-referrer">
            """)
        out.element("title", text: "Stray: \(inputName)")
        out.markup("<style>")
        out.program(style)
        out.markup("</style></head><body>")
    }

    /// Nothing is fetched, and the one style and the one script are named by their digests.
    private func policy(_ style: [StaticString], _ script: [StaticString]) -> String {
        func digest(_ parts: [StaticString]) -> String {
            "'sha256-\(base64(sha256(parts.flatMap(HTMLWriter.bytes))))'"
        }
        return "default-src 'none'; script-src \(digest(script)); style-src \(digest(style)); "
            + "base-uri 'none'; form-action 'none'"
    }

    var inputName: String {
        account.inputs.count == 1 ? account.inputs[0].name : "\(account.inputs.count) inputs"
    }

    private func putMasthead(_ out: inout HTMLWriter) {
        out.markup("<header class=\"masthead\"><div class=\"page\"><p class=\"brand\">Stray</p>")
        out.start("p", ("class", "source"))
        out.element("span", ("class", "name"), text: inputName, most: 120)
        out.text(" · " + counted(account.inputs.reduce(0) { $0 + $1.tally.lines }, "line"))
        let (from, to) = account.span
        if from.isKnown {
            out.markup(" · ")
            putSpan(from, to, &out)
        }
        out.markup("</p><button type=\"button\" id=\"theme\" hidden>Theme</button></div></header>")
    }

    private func putFooter(_ out: inout HTMLWriter) {
        out.markup("<footer class=\"page foot\"><p>")
        out.text("Made by Stray \(account.version). ")
        if account.span.from.isKnown {
            out.text("Times are in \(zoneText(account.span.from)). ")
        }
        out.text("Every number of this page is in the report as JSON too: ")
        out.markup("<code>stray why --format json</code>. ")
        out.text("The page fetches nothing and sends nothing.")
        out.markup("</p><p class=\"away\" id=\"told\" role=\"status\"></p></footer>")
    }

    // MARK: Times

    /// The offset of the zone at a time: `UTC`, `UTC+02:00`.
    func zoneText(_ time: Instant) -> String {
        let offset = local(time, account.zone).offset
        if offset == 0 { return "UTC" }
        var text = ByteWriter()
        text.put(offset < 0 ? "UTC-" : "UTC+")
        text.put(abs(offset) / 3600, width: 2)
        text.put(":")
        text.put(abs(offset) / 60 % 60, width: 2)
        return text.text
    }

    /// Whether all was written on one day, so that days need not be told.
    var isOneDay: Bool {
        let (from, to) = account.span
        guard from.isKnown else { return false }
        return day(from) == day(to)
    }

    func day(_ time: Instant) -> String {
        var text = ByteWriter()
        text.putDate(local(time, account.zone).civil)
        return text.text
    }

    func clock(_ time: Instant) -> String {
        var text = ByteWriter()
        text.putTimeOfDay(local(time, account.zone).civil)
        return text.text
    }

    /// A day as people say it; the year stands at the top of the page.
    func briefDay(_ time: Instant) -> String {
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        let civil = local(time, account.zone).civil
        let month = months[max(1, min(12, Int(civil.month))) - 1]
        let year = spansYears ? " \(civil.year)" : ""
        return "\(civil.day) \(month)\(year)"
    }

    private var spansYears: Bool {
        let (from, to) = account.span
        return from.isKnown && day(from).prefix(4) != day(to).prefix(4)
    }

    /// As short as it can be: a day only where there are several.
    func moment(_ time: Instant) -> String {
        guard time.isKnown else { return "unknown" }
        return isOneDay ? clock(time) : "\(briefDay(time)) \(clock(time))"
    }

    func putTime(_ time: Instant, _ out: inout HTMLWriter) {
        guard time.isKnown else {
            out.text("unknown")
            return
        }
        var iso = ByteWriter()
        iso.putISO(time, account.zone)
        out.element("time", ("datetime", iso.text), text: moment(time))
    }

    /// Both ends with their days.
    func putSpan(_ from: Instant, _ to: Instant, _ out: inout HTMLWriter) {
        out.text(day(from) + " " + clock(from) + " to ")
        out.text(day(from) == day(to) ? clock(to) : day(to) + " " + clock(to))
    }

    /// A share in percent; `<0.1` for what is there and hardly to be seen.
    static func percent(_ part: Int, of all: Int) -> String {
        guard all > 0 else { return "0\u{A0}%" }
        let tenths = Int((Double(part) * 1000 / Double(all)).rounded())
        if part > 0, tenths == 0 { return "<\u{A0}0.1\u{A0}%" }
        if part < all, tenths == 1000 { return ">\u{A0}99.9\u{A0}%" }
        return tenths % 10 == 0 || tenths >= 100
            ? "\(Int((Double(part) * 100 / Double(all)).rounded()))\u{A0}%"
            : "\(tenths / 10).\(tenths % 10)\u{A0}%"
    }
}

extension HTMLWriter {
    /// A style sheet or a script as it is: its digest is in the page's policy.
    mutating func program(_ parts: [StaticString]) {
        for part in parts { markup(part) }
    }
}
