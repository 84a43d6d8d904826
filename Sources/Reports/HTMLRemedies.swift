// What to do: the remedies of the platform at hand, with a button that copies each command, and
// those of the other platforms folded.

import Causes
import Facts
import Remedies

extension HTMLReport {
    /// `ofOthers`: also what would be done on other firewalls.
    func putRemedies(_ finding: Finding, ofOthers: Bool, _ out: inout HTMLWriter) {
        let own = account.platforms(finding)
        let isUndecided = finding.cause == .unexplained
        out.markup("<div class=\"remedies\"><h4>")
        out.text(isUndecided ? "What would decide it" : "What to do")
        out.markup("</h4>")
        for platform in own { putPlatform(platform, finding, isFolded: own.count > 1, &out) }
        // What is the same on these was said above; products without remedies of their own have
        // nothing else to say.
        let said = own.flatMap { $0.remedies(for: finding.cause, variant: finding.variant) }
        let others = allPlatforms.filter { other in
            !(other is Product) && !own.contains { $0.id == other.id }
        }
        if ofOthers, !others.isEmpty {
            out.markup("<details class=\"others\"><summary>On other firewalls</summary>")
            for platform in others {
                putPlatform(platform, finding, but: said, isFolded: true, &out)
            }
            out.markup("</details>")
        }
        out.markup("</div>")
    }

    private func putPlatform(
        _ platform: any Platform, _ finding: Finding, but said: [Remedy] = [], isFolded: Bool,
        _ out: inout HTMLWriter
    ) {
        let remedies = platform.remedies(for: finding.cause, variant: finding.variant)
            .filter { !said.contains($0) }
        guard !remedies.isEmpty else { return }
        if isFolded {
            out.markup("<details class=\"platform\"><summary>")
            out.text(platform.name)
            out.markup("</summary>")
        } else {
            out.element("p", ("class", "platform-name"), text: "On \(platform.name), best first:")
        }
        for (place, remedy) in remedies.enumerated() {
            // The best is open; nobody wants to read all of what a finding that needs no hand
            // could be answered with.
            let isOpen = place == 0 && (isFolded || !FindingSection(finding).isBrief)
            putRemedy(remedy, finding, isOpen: isOpen, &out)
        }
        if isFolded { out.markup("</details>") }
    }

    private func putRemedy(
        _ remedy: Remedy, _ finding: Finding, isOpen: Bool, _ out: inout HTMLWriter
    ) {
        out.markup(isOpen ? "<details class=\"remedy\" open>" : "<details class=\"remedy\">")
        out.element("summary", text: account.filled(remedy.title, finding))
        out.markup("<ol>")
        for step in remedy.steps {
            out.markup("<li>")
            putStep(account.filled(step, finding), &out)
            out.markup("</li>")
        }
        out.markup("</ol>")
        putNotes("Cost", remedy.cost.map { [$0] } ?? [], finding, &out)
        putNotes("Check", remedy.check, finding, &out)
        putNotes("Undo", remedy.undo, finding, &out)
        putNotes("Unconfirmed", remedy.unconfirmed.map { [$0] } ?? [], finding, &out)
        out.markup("</details>")
    }

    private func putNotes(
        _ word: String, _ notes: [String], _ finding: Finding, _ out: inout HTMLWriter
    ) {
        for note in notes {
            out.markup("<p class=\"cost\">")
            out.element("b", text: "\(word):")
            out.markup(" ")
            putStep(account.filled(note, finding), &out)
            out.markup("</p>")
        }
    }

    /// Words, and what stands between backquotes as what is typed.
    private func putStep(_ step: String, _ out: inout HTMLWriter) {
        let parts = step.split(separator: "`", omittingEmptySubsequences: false)
        for (place, part) in parts.enumerated() {
            if place % 2 == 0 {
                out.text(String(part), most: 1200)
            } else {
                out.element("code", ("class", "command"), text: String(part), most: 1200)
            }
        }
    }
}
