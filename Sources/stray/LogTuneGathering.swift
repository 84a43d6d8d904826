// What a log tells of its firewall's timeouts, gathered entry by entry: for `stray tune`, and for the
// curves of `stray why`.
//
// Read first: `LogTuning` in Replay.

import Causes
import Dialects
import Facts
import Replay
import Reports

/// The entries of one firewall's kind: timeouts are those of the first that tells of a connection.
struct LogTuneGathering {
    private let book: TimerBook
    private var dialect = DialectID.unknown
    private var timers = Timers.standard(.unknown)
    private var tuning: LogTuning?
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

    mutating func finish() { tuning?.finish() }

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
    private var notes: [String] {
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

    /// The report; nil where the log tells neither openings nor ends of connections.
    func report(entries: Int) -> TuningReport? {
        guard let tuning, tuning.tellsAnything else { return nil }
        let title = allDialects.first { $0.id == dialect }?.title ?? ""
        return TuningReport(
            title: title, notes: notes, curves: tuning.curves,
            source: .log(entries: entries, tuning.counts))
    }
}
