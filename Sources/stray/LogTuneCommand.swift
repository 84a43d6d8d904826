// `stray tune` over a log: no model, but what the firewall itself logged of its states.
//
// Read first: `LogTuning` in Replay.

import Bytes
import Causes
import Dialects
import Facts
import Inputs
import Replay
import Reports

enum LogTuneCommand {
    static func run(_ request: ReplayRequest, _ inputs: [Input]) throws(Stop) -> ExitStatus {
        let book = TimerBook(try settings(request))
        let options = ReadOptions(request.reading)
        let arrangement = Arrangement(inputs, options)
        var gathering = LogTuneGathering(book)
        let walk = EntryWalk(arrangement, options)
        walk.run { walked, _ in
            gathering.add(walked.entry)
            return true
        }
        gathering.finish()
        let reports = walk.reports
        let failed = complain(reports, request.manner)
        let entries = reports.reduce(0) { $0 + $1.tally.entries }
        guard entries > 0 else { return .failed }
        guard let report = gathering.report(entries: entries) else {
            throw .complaint(
                Complaint(
                    inputs.count == 1 ? reports[0].name : "",
                    "the log tells neither openings nor ends of connections",
                    "have the firewall log them (stray dialects ID), or give a capture",
                    status: .failed))
        }
        var output = try Output(to: request.manner.output)
        output.writer.put(
            request.format == .json
                ? report.json(version: version) : report.text(request.manner.screen))
        try output.finish()
        return failed ? .failed : .fine
    }

    /// The timers by their common names. What is for models only is refused.
    private static func settings(_ request: ReplayRequest) throws(Stop) -> [Setting] {
        let given = [
            ("--model", request.model != nil), ("--policy", request.policy != nil),
            ("--inside", !request.inside.isEmpty), ("--interface", request.interface != nil),
        ]
        if let (name, _) = given.first(where: { $0.1 }) {
            throw .complaint(
                Complaint(
                    name, "it is for captures; a log is taken as its own firewall wrote it",
                    "leave it out"))
        }
        var all: [Setting] = []
        for raw in request.settings {
            do throws(BadValue) {
                all.append(try setting(raw.text))
            } catch {
                throw .complaint(Complaint("--set", error.what, error.advice))
            }
        }
        return all
    }
}
