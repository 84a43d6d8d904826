// `stray why --emit`: the rules that quiet the harmless findings.
//
// Read first: `Reports/Quieting`.

import Bytes
import Causes
import Evidence
import Facts
import Inputs
import Reports

extension WhyCommand {
    /// Two more readings: one to make the rules, one to hold them against every blocked entry.
    static func printQuieting(
        _ form: QuietForm, _ request: WhyRequest, _ arrangement: Arrangement,
        _ options: ReadOptions, _ gathered: Gathered, _ diagnosis: Diagnosis
    ) throws(Stop) {
        var output = try Output(to: request.manner.output)
        var search = QuietSearch(diagnosis.findings, gathered.names, form)
        eachBlocked(arrangement, options, gathered, diagnosis) { search.add($0, finding: $1) }
        var check = QuietCheck(search)
        eachBlocked(arrangement, options, gathered, diagnosis) { check.add($0, finding: $1) }
        output.writer.put(
            form.file(
                diagnosis.findings, search, check, names: gathered.names, version: version))
        try output.finish()
    }

    /// Every blocked entry with its finding; entries that filters leave out have none.
    private static func eachBlocked(
        _ arrangement: Arrangement, _ options: ReadOptions, _ gathered: Gathered,
        _ diagnosis: Diagnosis, _ body: (Entry, Int?) -> Void
    ) {
        var judge = EntryJudge(gathered.digest, diagnosis)
        let everything = options.selection.isEverything
        EntryWalk(arrangement, options).run { walked, _ in
            guard walked.entry.isBlocked else { return true }
            let judged = judge.judge(walked.entry)
            let isSelected = everything || options.selection.admits(walked.entry)
            body(walked.entry, isSelected ? judged?.finding : nil)
            return true
        }
    }
}
