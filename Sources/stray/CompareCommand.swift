// `stray replay --set A --versus B`: the same capture through the same firewall, set in two ways.
//
// Read first: `Comparison` in Replay.

import Bytes
import Dialects
import Facts
import Inputs
import Replay
import Reports

enum CompareCommand {
    static func run(_ request: ReplayRequest, _ setup: ReplaySetup) throws(Stop) -> ExitStatus {
        var first = try setup.firewall(request.settings)
        var second = try setup.firewall(request.versus)
        var comparison = Comparison()
        let feed = ReplayCommand.feed(request)
        var verdicts = (
            VerdictBatch(count: PacketBatch.countMax), VerdictBatch(count: PacketBatch.countMax)
        )
        var copy: [Packet] = []
        feed.run { batch in
            // The models put fragments together in place: each needs packets of its own.
            copy = batch.packets
            first.judge(&batch.packets, count: batch.count, &verdicts.0)
            second.judge(&copy, count: batch.count, &verdicts.1)
            for place in 0..<batch.count {
                comparison.add(
                    batch.packets[place], verdicts.0.verdicts[place], verdicts.1.verdicts[place],
                    input: Int(batch.inputs[place]), number: batch.numbers[place])
            }
            return true
        }
        let reports = feed.reports
        let failed = complain(reports, request.manner)
        guard reports.contains(where: { $0.tally.entries > 0 }) else { return .failed }
        try report(request, setup, first, second, comparison)
        return failed ? .failed : .fine
    }

    private static func report(
        _ request: ReplayRequest, _ setup: ReplaySetup, _ first: Firewall, _ second: Firewall,
        _ comparison: Comparison
    ) throws(Stop) {
        let counts = comparison.blockedConnections
        let report = ComparisonReport(
            title: setup.kind.title, notes: setup.notes,
            first: .init(
                name: name(request.settings), firewall: first, blockedConnections: counts.first),
            second: .init(
                name: name(request.versus), firewall: second, blockedConnections: counts.second),
            comparison: comparison, inputs: request.reading.inputs.map(\.name),
            zone: request.reading.zone, top: request.top)
        var output = try Output(to: request.manner.output)
        if request.format == .json {
            output.writer.put(report.json(version: version))
        } else {
            output.writer.put(report.text(request.manner.screen))
        }
        try output.finish()
    }

    private static func name(_ settings: [RawSetting]) -> String {
        settings.isEmpty ? "the defaults" : settings.map(\.text).joined(separator: ", ")
    }
}
