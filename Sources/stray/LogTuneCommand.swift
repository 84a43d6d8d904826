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
        var gathering = Gathering(book)
        let walk = EntryWalk(arrangement, options)
        walk.run { walked, _ in
            gathering.add(walked.entry)
            return true
        }
        gathering.tuning?.finish()
        let reports = walk.reports
        let failed = complain(reports, request.manner)
        let entries = reports.reduce(0) { $0 + $1.tally.entries }
        guard entries > 0 else { return .failed }
        guard let tuning = gathering.tuning, tuning.tellsAnything else {
            throw .complaint(
                Complaint(
                    inputs.count == 1 ? reports[0].name : "",
                    "the log tells neither openings nor ends of connections",
                    "have the firewall log them (stray dialects ID), or give a capture",
                    status: .failed))
        }
        let title = allDialects.first { $0.id == gathering.dialect }?.title ?? ""
        let report = TuningReport(
            title: title, notes: gathering.notes, curves: tuning.curves,
            source: .log(entries: entries, tuning.counts))
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

/// The entries of one firewall's kind: timeouts are those of the first that tells of a connection.
private struct Gathering {
    private let book: TimerBook
    private(set) var dialect = DialectID.unknown
    private var timers = Timers.standard(.unknown)
    var tuning: LogTuning?
    /// Openings and ends of firewalls with other timeouts.
    private var ofOthers = 0

    init(_ book: TimerBook) { self.book = book }

    mutating func add(_ entry: Entry) {
        let tells: Bool
        switch entry.action {
        case .open, .close: tells = true
        case .pass, .update: tells = entry.ipProtocol == Entry.tcp
        case .note, .block, .seen, .state: tells = false
        }
        if tells {
            if tuning == nil {
                begin(entry.dialect)
            } else if entry.dialect != dialect, book.timers(entry.dialect) != timers {
                ofOthers += 1
                return
            }
        }
        tuning?.add(entry)
    }

    private mutating func begin(_ dialect: DialectID) {
        self.dialect = dialect
        let timers = book.timers(dialect)
        self.timers = timers
        tuning = LogTuning { timeout in
            switch timeout {
            case .established: timers.established
            case .opening: timers.opening
            case .halfClosed: timers.halfClosed
            case .closed: timers.closed
            }
        }
    }

    /// What the log could not tell, or what speaks against it.
    var notes: [String] {
        guard let counts = tuning?.counts else { return [] }
        var all: [String] = []
        if counts.tooYoung > 0 {
            all.append(
                "Connections that were ended for being idle before they were "
                    + "\(timers.established) s old: \(counts.tooYoung), the youngest after "
                    + "\(counts.youngest) s. tcp.established is shorter for them; --set tells it.")
        }
        if counts.ends == 0 {
            all.append(
                "The log tells no ends: how many states were held is not known. Connections taken "
                    + "to have been cut because a stray came later than tcp.established after the "
                    + "last that is known of them: \(counts.withoutEnd).")
        }
        if counts.ofUnknown > 0 {
            all.append(
                "Strays of connections of which the log tells neither opening nor end, which are "
                    + "not judged: \(counts.ofUnknown) of \(counts.strays).")
        }
        if counts.forgotten > 0 {
            all.append(
                "Connections judged by what was known of them after a million later ones: "
                    + "\(counts.forgotten).")
        }
        if ofOthers > 0 {
            all.append(
                "Entries of connections of firewalls with other timeouts, left out: \(ofOthers). "
                    + "Give their log alone.")
        }
        return all
    }
}
