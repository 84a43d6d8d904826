// `stray tune`: which timeout would have spared which strays, at what cost in held states.
//
// Read first: `TimeoutCurve` in Replay. One reading of the capture goes through a model for each
// timeout. Logs go another way: `LogTuneCommand`.

import Bytes
import Dialects
import Facts
import Inputs
import Replay
import Reports

enum TuneCommand {
    static func run(_ request: ReplayRequest) throws(Stop) -> ExitStatus {
        // Their beginnings are looked at before they are read.
        let inputs = try readAgain(
            request.reading.inputs.map { Input(path: $0.path, node: $0.node) })
        var captures = 0
        var logs = 0
        for input in inputs {
            do throws(InputError) {
                if try holdsCapture(input) { captures += 1 } else { logs += 1 }
            } catch {
                // Whoever reads it complains.
            }
        }
        if captures == 0 { return try LogTuneCommand.run(request, inputs) }
        guard logs == 0 else {
            throw .complaint(
                Complaint(
                    "tune", "captures and logs are tried in different ways",
                    "give the captures alone, or the logs alone"))
        }
        return try runCaptures(request, inputs)
    }

    private static func runCaptures(
        _ request: ReplayRequest, _ inputs: [Input]
    ) throws(Stop) -> ExitStatus {
        Machine.shareHeap()
        let setup = try ReplaySetup(request)
        var curves = setup.kind.timeouts.map { timeout in
            TimeoutCurve(timeout, now: present(timeout, setup, request))
        }
        let free = setup.kind.settingsWithoutLimits.map { RawSetting($0.name, $0.value) }
        var firewalls: [Firewall] = []
        for curve in curves {
            let long = RawSetting(curve.setting.name, curve.setting.value)
            firewalls.append(try setup.firewall(request.settings + free + [long]))
        }
        let feed = ReplayCommand.feed(request, inputs)
        var verdicts = VerdictBatch(count: PacketBatch.countMax)
        var copy: [Packet] = []
        feed.run { batch in
            for place in firewalls.indices {
                // A model puts fragments together in place: each needs packets of its own.
                copy = batch.packets
                firewalls[place].judge(&copy, count: batch.count, &verdicts)
                curves[place].add(copy, count: batch.count, verdicts)
            }
            return true
        }
        for place in curves.indices { curves[place].finish() }
        let reports = feed.reports
        let failed = complain(reports, request.manner)
        guard reports.contains(where: { $0.tally.entries > 0 }) else { return .failed }
        let report = TuningReport(
            title: setup.kind.title, notes: setup.notes, curves: curves.map(\.outcome),
            source: .capture(packets: firewalls.first?.counts.packets ?? 0))
        var output = try Output(to: request.manner.output)
        output.writer.put(
            request.format == .json
                ? report.json(version: version) : report.text(request.manner.screen))
        try output.finish()
        return failed ? .failed : .fine
    }

    /// What a timeout is set to: by `--set`, by the policy, or as the firewall comes.
    private static func present(
        _ timeout: TunedTimeout, _ setup: ReplaySetup, _ request: ReplayRequest
    ) -> Int64 {
        let all = setup.settings + request.settings
        let set = all.last { setup.kind.ownName($0.name) == timeout.name }
        return set.flatMap { duration($0.value) } ?? timeout.standard
    }
}
