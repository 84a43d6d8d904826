// The curves of a firewall's timeouts: `stray tune`.
//
// Read first: `TunedCurve` and `TuningAdvice` in Replay.

import Bytes
import Facts
import Replay

public struct TuningReport: Sendable {
    /// What the timeouts were tried on.
    public enum Source: Sendable {
        case capture(packets: Int)
        case log(entries: Int, LogTuning.Counts)
    }

    public var title: String
    public var notes: [String]
    public var curves: [TunedCurve]
    public var source: Source

    public init(title: String, notes: [String], curves: [TunedCurve], source: Source) {
        self.title = title
        self.notes = notes
        self.curves = curves
        self.source = source
    }

    // MARK: For a terminal

    /// A table and a plot for each timeout; those with nothing to say are told in a line.
    public func text(_ screen: Screen) -> [UInt8] {
        var out = TerminalWriter(screen)
        out.paragraph("Timeouts of \(title), tried on \(size)", .bold)
        for note in notes { out.paragraph(note, .dim) }
        for curve in curves where curve.tells { putCurve(curve, &out) }
        let quiet = curves.filter { !$0.tells }.map(\.timeout.name)
        if !quiet.isEmpty {
            out.line()
            let names = quiet.joined(separator: ", ")
            out.paragraph("\(wordsOfNothing): \(names).", .dim)
        }
        out.line()
        for paragraph in legend { out.paragraph(paragraph, .dim) }
        return out.writer.bytes
    }

    private var size: String {
        switch source {
        case .capture(let packets): counted(packets, "packet")
        case .log(let entries, let counts):
            "\(grouped(entries)) entries: \(counted(counts.openings, "opening")), "
                + "\(counted(counts.ends, "end")), \(counted(counts.strays, "stray")) of TCP"
        }
    }

    private var wordsOfNothing: String {
        if case .log = source { return "Nothing in this log tells one value from another" }
        return "No value makes a difference"
    }

    private var legend: [String] {
        let words =
            "spared: connections that the timeout cuts now and would not cut at this value. "
            + "states: the most that are held at a time. "
        guard case .log = source else {
            return [
                words
                    + "Each row is what a replay with that value gives; docs/replay.md says where "
                    + "it may not be."
            ]
        }
        return [
            words,
            "A log tells of openings, ends and what was blocked, not of the packets that passed. "
                + "Longer values are judged by the strays. At shorter ones 3-9 means: 3 are cut "
                + "for certain, and the 6 others lasted longer than that with nothing logged in "
                + "between; 3+ means that nothing tells how many more; and states is the most it "
                + "can be. A capture of the same hours tells it exactly.",
        ]
    }

    private func putCurve(_ curve: TunedCurve, _ out: inout TerminalWriter) {
        guard let now = curve.values.firstIndex(of: curve.now), !curve.isEmpty else { return }
        out.line()
        out.line("\(curve.timeout.name) (now \(durationText(curve.now)))", .bold)
        let barMax = max(1, curve.cut.max() ?? 1)
        out.line("     value        cut     spared     states       more", .dim)
        for place in curve.values.indices {
            let cells = cells(curve, place, now: now)
            for (column, cell) in cells.enumerated() {
                let width = column == 0 ? 10 : 11
                out.put(String(repeating: " ", count: max(1, width - cell.count)) + cell)
            }
            out.put(place == now ? " <" : "  ", .bold)
            let room = max(0, min(40, out.screen.columns - 58))
            let bar = room * curve.cut[place] / barMax
            out.line(String(repeating: "#", count: bar), .yellow)
        }
        let advice = TuningAdvice(curve)
        let words =
            advice.seconds.map { "set it to \(durationText($0)): \(advice.reason)" }
            ?? "leave it: \(advice.reason)"
        out.fill([Styled(words)], first: "=> ", indent: 3, hanging: 6)
    }

    private func cells(_ curve: TunedCurve, _ place: Int, now: Int) -> [String] {
        let least = curve.cut[place]
        var cut = grouped(least)
        var spared = signed(curve.cut[now] - least)
        if let most = curve.most(place) {
            if most > least {
                cut += "-\(grouped(most))"
                spared = "-\(grouped(most - curve.cut[now])) to \(spared)"
            }
        } else {
            cut += "+"
            spared = "?"
        }
        let value = durationText(curve.values[place])
        guard !curve.peaks.isEmpty else { return [value, cut, spared, "?", "?"] }
        let more = curve.peaks[place] - curve.peaks[now]
        return [value, cut, spared, grouped(curve.peaks[place]), signed(more)]
    }

    private func signed(_ number: Int) -> String {
        number > 0 ? "+\(grouped(number))" : number == 0 ? "0" : "-\(grouped(-number))"
    }

    // MARK: As JSON

    /// One document; its schema is docs/schema/tuning.schema.json.
    public func json(version: String) -> [UInt8] {
        var out = ByteWriter()
        out.put("{\"schema\":\"stray.tuning/1\",\"version\":")
        out.putJSON(version)
        out.put(",")
        putFields(&out)
        out.put("}\n")
        return out.bytes
    }

    /// Without schema and version: for a document that holds it.
    func putJSON(_ out: inout ByteWriter) {
        out.put("{")
        putFields(&out)
        out.put("}")
    }

    private func putFields(_ out: inout ByteWriter) {
        out.put("\"model\":")
        out.putJSON(title)
        out.put(",\"notes\":[")
        out.putList(notes) { $0.putJSON($1) }
        out.put("]")
        putSource(&out)
        out.put(",\"timeouts\":[")
        out.putList(curves) { putJSON($1, &$0) }
        out.put("]")
    }

    private func putSource(_ out: inout ByteWriter) {
        switch source {
        case .capture(let packets): out.put(",\"source\":\"capture\",\"packets\":\(packets)")
        case .log(let entries, let counts):
            out.put(",\"source\":\"log\",\"packets\":0,\"entries\":\(entries)")
            out.put(",\"openings\":\(counts.openings),\"ends\":\(counts.ends)")
            out.put(",\"strays\":\(counts.strays),\"straysOfUnknown\":\(counts.ofUnknown)")
        }
    }

    private func putJSON(_ curve: TunedCurve, _ out: inout ByteWriter) {
        out.put("{\"name\":")
        out.putJSON(curve.timeout.name)
        out.put(",\"now\":\(curve.now),\"binMicroseconds\":\(curve.binMicroseconds)")
        out.put(",\"curve\":[")
        out.putList(curve.values.indices) { out, place in
            out.put("{\"seconds\":\(curve.values[place]),\"cut\":\(curve.cut[place])")
            if !curve.isExact {
                out.put(",\"cutAtMost\":\(curve.most(place).map { "\($0)" } ?? "null")")
            }
            if place < curve.peaks.count {
                out.put(",\"statesAtPeak\":\(curve.peaks[place])}")
            } else {
                out.put(",\"statesAtPeak\":\(curve.isExact ? "0" : "null")}")
            }
        }
        let advice = TuningAdvice(curve)
        out.put("],\"advice\":{\"seconds\":")
        if let seconds = advice.seconds { out.put(seconds) } else { out.put("null") }
        out.put(",\"because\":")
        out.putJSON(advice.reason)
        out.put("}}")
    }
}
