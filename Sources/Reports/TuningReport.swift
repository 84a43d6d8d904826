// The curves of a firewall's timeouts: `stray tune`.
//
// Read first: `TimeoutCurve` and `TuningAdvice` in Replay.

import Bytes
import Facts
import Replay

public struct TuningReport: Sendable {
    public var title: String
    public var notes: [String]
    public var curves: [TimeoutCurve]
    public var packets: Int

    public init(title: String, notes: [String], curves: [TimeoutCurve], packets: Int) {
        self.title = title
        self.notes = notes
        self.curves = curves
        self.packets = packets
    }

    // MARK: For a terminal

    /// A table and a plot for each timeout; those with nothing to say are told in a line.
    public func text(_ screen: Screen) -> [UInt8] {
        var out = TerminalWriter(screen)
        out.paragraph("Timeouts of \(title), tried on \(counted(packets, "packet"))", .bold)
        for note in notes { out.paragraph(note, .dim) }
        let telling = curves.filter(tells)
        for curve in telling { putCurve(curve, &out) }
        let quiet = curves.filter { !tells($0) }.map(\.timeout.name)
        if !quiet.isEmpty {
            out.line()
            out.paragraph("No value makes a difference: \(quiet.joined(separator: ", ")).", .dim)
        }
        out.line()
        out.paragraph(
            "spared: connections that the timeout cuts now and would not cut at this value. states: "
                + "the most that are held at a time. Each row is what a replay with that value gives; "
                + "docs/replay.md says where it may not be.", .dim)
        return out.writer.bytes
    }

    /// Whether values differ in anything.
    private func tells(_ curve: TimeoutCurve) -> Bool {
        let peaks = curve.peaks
        return Set(curve.cut).count > 1 || Set(peaks).count > 1
    }

    private func putCurve(_ curve: TimeoutCurve, _ out: inout TerminalWriter) {
        let peaks = curve.peaks
        guard let now = curve.values.firstIndex(of: curve.now), peaks.count == curve.values.count
        else { return }
        out.line()
        out.line("\(curve.timeout.name) (now \(durationText(curve.now)))", .bold)
        let barMax = max(1, curve.cut.max() ?? 1)
        out.line("     value        cut     spared     states       more", .dim)
        for place in curve.values.indices {
            let cells = [
                durationText(curve.values[place]), grouped(curve.cut[place]),
                signed(curve.cut[now] - curve.cut[place]), grouped(peaks[place]),
                signed(peaks[place] - peaks[now]),
            ]
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

    private func signed(_ number: Int) -> String {
        number > 0 ? "+\(grouped(number))" : number == 0 ? "0" : "-\(grouped(-number))"
    }

    // MARK: As JSON

    /// One document; its schema is docs/schema/tuning.schema.json.
    public func json(version: String) -> [UInt8] {
        var out = ByteWriter()
        out.put("{\"schema\":\"stray.tuning/1\",\"version\":")
        out.putJSON(version)
        out.put(",\"model\":")
        out.putJSON(title)
        out.put(",\"notes\":[")
        out.putList(notes) { $0.putJSON($1) }
        out.put("],\"packets\":\(packets),\"timeouts\":[")
        out.putList(curves) { out, curve in
            let peaks = curve.peaks
            out.put("{\"name\":")
            out.putJSON(curve.timeout.name)
            out.put(",\"now\":\(curve.now),\"binMicroseconds\":\(curve.binMicroseconds)")
            out.put(",\"curve\":[")
            out.putList(curve.values.indices) { out, place in
                out.put("{\"seconds\":\(curve.values[place]),\"cut\":\(curve.cut[place])")
                out.put(",\"statesAtPeak\":\(place < peaks.count ? peaks[place] : 0)}")
            }
            let advice = TuningAdvice(curve)
            out.put("],\"advice\":{\"seconds\":")
            if let seconds = advice.seconds { out.put(seconds) } else { out.put("null") }
            out.put(",\"because\":")
            out.putJSON(advice.reason)
            out.put("}}")
        }
        out.put("]}\n")
        return out.bytes
    }
}
