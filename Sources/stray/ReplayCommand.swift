// `stray replay`: captured packets through a firewall's model, and why it would have blocked them.
//
// Read first: `ReplaySetup`, `Replay` in Replay, `PacketFeed` in Inputs.

import Bytes
import Causes
import Dialects
import Evidence
import Facts
import Inputs
import Replay
import Reports
import Tracking

enum ReplayCommand {
    static func run(_ request: ReplayRequest) throws(Stop) -> ExitStatus {
        Machine.shareHeap()
        let setup = try ReplaySetup(request)
        guard request.versus.isEmpty else { return try CompareCommand.run(request, setup) }
        if let form = request.emit, form != .ndjson { return try emit(form, request, setup) }
        if request.format == .ndjson || request.emit == .ndjson {
            return try printVerdicts(request, setup)
        }
        return try explain(request, setup)
    }

    /// Hands every batch on together with its verdicts.
    static func judge(
        _ request: ReplayRequest, _ firewall: inout Firewall,
        _ body: (inout PacketBatch) throws(Stop) -> Void = { _ in },
        after: @escaping @Sendable (borrowing PacketBatch) -> Void = { _ in }
    ) throws(Stop) -> [InputReport] {
        let feed = feed(request)
        var stop: Stop?
        feed.run(
            { batch in
                firewall.judge(&batch.packets, count: batch.count, &batch.verdicts)
                do throws(Stop) { try body(&batch) } catch { stop = error }
                return stop == nil
            }, after: after)
        if let stop { throw stop }
        return feed.reports
    }

    static func feed(_ request: ReplayRequest) -> PacketFeed {
        feed(request, request.reading.inputs.map { Input(path: $0.path, node: $0.node) })
    }

    static func feed(_ request: ReplayRequest, _ inputs: [Input]) -> PacketFeed {
        var inputs = inputs
        // What the capture says of its interface counts less than what the user says.
        if inputs.count == 1, inputs[0].node == nil { inputs[0].node = request.interface }
        return PacketFeed(inputs, threads: ReadOptions(request.reading).threads)
    }

    // MARK: The explanation

    private static func explain(
        _ request: ReplayRequest, _ setup: ReplaySetup
    ) throws(Stop) -> ExitStatus {
        var firewall = try setup.firewall(request.settings)
        var settings = Settings()
        settings.inside = request.inside
        let model = firewall
        let gathered = ReplayEvidence(
            ReplayDigest(
                setup.kind, setup.rules, settings,
                phaseName: { model.phaseName($0, ipProtocol: $1) }))
        let reports = try judge(request, &firewall, after: { gathered.digest.add($0) })
        var evidence = gathered.digest
        let failed = complain(reports, request.manner)
        guard reports.contains(where: { $0.tally.entries > 0 }) else { return .failed }
        evidence.finish(reports)
        let diagnosis = Diagnosis(evidence.digest, timers: setup.timers(request.settings))
        try report(request, setup, firewall, evidence, reports, diagnosis)
        if failed { return .failed }
        return diagnosis.findings.contains(where: WhyCommand.needsHand) ? .needsHand : .fine
    }

    private static func report(
        _ request: ReplayRequest, _ setup: ReplaySetup, _ firewall: Firewall,
        _ evidence: ReplayDigest, _ reports: [InputReport], _ diagnosis: Diagnosis
    ) throws(Stop) {
        let account = Account(
            version: version,
            inputs: reports.map { InputAccount(name: $0.name, tally: $0.tally) },
            totals: evidence.digest.totals, diagnosis: diagnosis,
            recordsOpenings: evidence.digest.world.recordsOpenings,
            breadth: evidence.digest.cases.breadth, names: evidence.names,
            zone: request.reading.zone, top: request.top, showsLedger: request.ledger)
        let replay = ReplayAccount(
            title: setup.kind.title, settings: request.settings.map(\.text),
            notes: setup.notes + directionNotes(firewall, request), firewall: firewall,
            rules: setup.rules, blocked: evidence.blocked,
            notIP: reports.reduce(0) { $0 + $1.tally.skipped },
            undecodable: reports.reduce(0) { $0 + $1.tally.rejected })
        var output = try Output(to: request.manner.output)
        if request.format == .json {
            output.writer.put(
                replay.json(
                    version: version, zone: request.reading.zone, findings: account.json()))
        } else {
            output.writer.put(replay.text(request.manner.screen))
            if firewall.counts.blocked > 0 {
                output.writer.put(account.text(request.manner.screen))
            }
        }
        try output.finish()
    }

    static func directionNotes(_ firewall: Firewall, _ request: ReplayRequest) -> [String] {
        let count = firewall.withoutDirection
        guard count > 0 else { return [] }
        return [
            "Nothing tells which way \(count) packets went: they were taken as coming in; --inside "
                + "tells it apart."
        ]
    }

    // MARK: A line for each packet

    private static func printVerdicts(
        _ request: ReplayRequest, _ setup: ReplaySetup
    ) throws(Stop) -> ExitStatus {
        var firewall = try setup.firewall(request.settings)
        let model = firewall
        var lines = VerdictWriter(
            zone: request.reading.zone, phaseOf: { model.phaseName($0, ipProtocol: $1) })
        var output = try Output(to: request.manner.output)
        var names = Names()
        var number = 0
        let inputs = request.reading.inputs.map(\.name)
        let reports = try judge(request, &firewall) { batch throws(Stop) in
            names.merge(batch.names)
            for place in 0..<batch.count {
                number += 1
                let verdict = batch.verdicts.verdicts[place]
                lines.put(
                    batch.packets[place], verdict, gone: batch.verdicts.gone(verdict),
                    rule: setup.rules.name(verdict.rule),
                    at: Place(
                        number: number, input: inputs[Int(batch.inputs[place])],
                        line: batch.numbers[place]),
                    names: names, to: &output.writer)
            }
            try output.flushIfFull()
        }
        try output.finish()
        return complain(reports, request.manner) ? .failed : .fine
    }

    /// The log that this firewall would have written.
    private static func emit(
        _ form: LogForm, _ request: ReplayRequest, _ setup: ReplaySetup
    ) throws(Stop) -> ExitStatus {
        var firewall = try setup.firewall(request.settings)
        let lines = LogWriter(form, zone: request.reading.zone)
        var output = try Output(to: request.manner.output)
        var names = Names()
        let reports = try judge(request, &firewall) { batch throws(Stop) in
            names.merge(batch.names)
            for place in 0..<batch.count {
                lines.put(
                    batch.packets[place], batch.verdicts.verdicts[place], setup.rules, names: names,
                    to: &output.writer)
            }
            try output.flushIfFull()
        }
        try output.finish()
        return complain(reports, request.manner) ? .failed : .fine
    }
}
