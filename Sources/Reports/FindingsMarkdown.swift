// The report for a ticket: Markdown, the answer first, a table, then each finding by itself.
//
// Read first: `Markdown`, which says how text of a log is kept from being markup.

import Bytes
import Causes
import Dialects
import Evidence
import Facts
import Remedies

extension Account {
    // Limit: what fits into a ticket: most trackers take 65,536 characters. `--top` asks for others.
    private static let toldMax = 20
    private static let tabledMax = 60

    public func markdown() -> [UInt8] {
        var out = ByteWriter()
        out.put("# Stray: ")
        out.putMarkdown(headText)
        out.put("\n\n**")
        out.putMarkdown(answerText)
        out.put("**\n\n")
        out.putMarkdown(normality())
        out.put("\n")
        let findings = shown.findings
        putTable(findings, &out)
        for finding in findings.prefix(Account.toldMax) { putSection(finding, &out) }
        let untold = diagnosis.findings.count - min(findings.count, Account.toldMax)
        if untold > 0 {
            out.put("\n*\(counted(untold, "smaller finding")) left out here; ")
            out.put("`--format json` holds all.*\n")
        }
        putUnread(&out)
        return out.bytes
    }

    private func putTable(_ findings: [Finding], _ out: inout ByteWriter) {
        guard !findings.isEmpty else { return }
        out.put("\n| # | cause | harm | packets | connections | sure | about |\n")
        out.put("|--:|---|---|--:|--:|--:|---|\n")
        for finding in findings.prefix(Account.tabledMax) {
            out.put("| \(finding.id) | \(causeText(finding)) | \(finding.harm.name)")
            if finding.isAlwaysPrevented { out.put(", **never worked**") }
            out.put(" | \(grouped(finding.count)) | \(grouped(finding.connections)) | ")
            out.put("\(Int((finding.confidence * 100).rounded())) % | ")
            out.putMarkdown(subjectText(finding), inTable: true)
            out.put(" |\n")
        }
    }

    private func causeText(_ finding: Finding) -> String {
        finding.cause.name + (finding.variant.map { " (\($0))" } ?? "")
    }

    private func putSection(_ finding: Finding, _ out: inout ByteWriter) {
        out.put("\n## \(finding.id). \(causeText(finding)): ")
        out.putMarkdown(subjectText(finding))
        out.put("\n\n")
        putSentence(summary(finding), &out)
        out.put("**\(finding.harm.name)**, \(sizeText(finding))")
        if finding.from.isKnown {
            out.put(", ")
            out.putMarkdown(spanText(finding.from, finding.to))
        }
        out.put(".")
        if finding.isAlwaysPrevented { out.put(" **It never worked.**") }
        out.put("\n")
        putList("Evidence", finding.ledger.filter { $0.weight >= 0 }.map(\.text), &out)
        putList("Against it", finding.ledger.filter { $0.weight < 0 }.map(\.text), &out)
        putList(
            finding.cause == .unexplained ? "It may be" : "It could also be, but is not",
            finding.alternatives.map { other in
                "\(other.cause.name) \(Int((other.confidence * 100).rounded())) %: \(other.because)"
            }, &out)
        putList(
            "Ways",
            finding.paths.map(pathText) + (routeText(finding).map { ["check \($0)"] } ?? []), &out)
        putExamples(finding, &out)
        putRules(finding, &out)
        putToDo(finding, &out)
    }

    private func putSentence(_ text: String, _ out: inout ByteWriter) {
        out.putMarkdown(text.prefix(1).uppercased() + text.dropFirst())
        out.put(".\n\n")
    }

    private func putList(_ heading: String, _ items: [String], _ out: inout ByteWriter) {
        guard !items.isEmpty else { return }
        out.put("\n\(heading):\n\n")
        for item in items {
            out.put("- ")
            out.putMarkdown(item)
            out.put("\n")
        }
    }

    private func putExamples(_ finding: Finding, _ out: inout ByteWriter) {
        guard !finding.shown.isEmpty else { return }
        out.put("\nFor example:\n\n")
        for example in finding.shown {
            out.put("- ")
            out.putCode(exampleText(example))
            out.put("\n")
        }
    }

    private func putRules(_ finding: Finding, _ out: inout ByteWriter) {
        guard let rules = rules[finding.id], !rules.isEmpty else { return }
        out.put("\nIn the rules:\n\n")
        for rule in rules {
            out.put("- ")
            out.putCode("\(rule.file):\(rule.line)")
            out.put(" ")
            out.putCode(String(rule.text.prefix(240)))
            out.put(": ")
            out.putMarkdown(rule.because)
            out.put("\n")
        }
    }

    private func putToDo(_ finding: Finding, _ out: inout ByteWriter) {
        if finding.cause == .unexplained {
            let steps = platforms(finding).first?.collect ?? cause(.unexplained).page.collect
            putList("What would decide it", steps.map { filled($0, finding) }, &out)
            return
        }
        for (platform, remedy) in remedies(finding) {
            out.put("\n**What to do** (")
            out.putMarkdown(platform.name)
            out.put("): ")
            out.putMarkdown(remedy.title)
            out.put("\n\n")
            for (place, step) in remedy.steps.enumerated() {
                out.put("\(place + 1). ")
                out.putMarkdown(step)
                out.put("\n")
            }
            guard let cost = remedy.cost else { continue }
            out.put("\nCost: ")
            out.putMarkdown(cost)
            out.put("\n")
        }
    }

    private func putUnread(_ out: inout ByteWriter) {
        let skipped = inputs.reduce(0) { $0 + $1.tally.skipped }
        let rejected = inputs.reduce(0) { $0 + $1.tally.rejected }
        guard skipped + rejected > 0 else { return }
        out.put("\n---\n\nNot read: \(counted(skipped, "line")) of other programs, ")
        out.put("\(counted(rejected, "damaged line")).\n")
    }
}
