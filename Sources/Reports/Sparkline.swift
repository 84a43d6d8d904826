// When strays came, drawn in one line of text.
//
// Read first: `Exhibits/Timeline`, which chooses bins that people count in.

import Bytes
import Evidence
import Exhibits
import Facts

/// The minutes in which connections first strayed, of all nodes: what a digest keeps of time, so
/// that the plain report needs no second reading.
public struct Pace: Sendable {
    private let minutes: [(minute: Int64, connections: Int)]
    /// Whether the log was so long that only hours are known.
    private let tellsHours: Bool

    public init(_ world: World) {
        minutes = world.strayMinutes.sorted { $0.key < $1.key }.map { (Int64($0.key), $0.value) }
        tellsHours = world.moments.breadth > .host
    }

    /// So many connections in each bin of the time from `from` to `to`; nil where there is nothing
    /// to draw.
    func bins(from: Instant, to: Instant, most: Int) -> (timeline: Timeline, counts: [Int])? {
        // A minute is the least that is known: the span is widened to whole ones.
        let least: Int64 = tellsHours ? 3600 : 60
        let seconds = (to.since(from) ?? 0) / 1_000_000
        let bins = min(most, Int(clamping: seconds / least) + 1)
        let timeline = Timeline(from: from, to: to, binsMax: bins)
        guard timeline.bins > 1, minutes.count > 1 else { return nil }
        var counts = Array(repeating: 0, count: timeline.bins)
        for (minute, connections) in minutes {
            let start = max(minute * 60, timeline.start.microseconds / 1_000_000)
            if let bin = timeline.bin(Instant(seconds: start)) { counts[bin] += connections }
        }
        return (timeline, counts)
    }
}

/// A block for each count, as high as the count beside the largest; nothing for none.
func sparkline(_ counts: [Int], isASCII: Bool) -> String {
    let steps = isASCII ? Array(".:-=+*#@") : Array("▁▂▃▄▅▆▇█")
    let largest = counts.max() ?? 0
    return String(
        counts.map { count in
            guard count > 0, largest > 0 else { return isASCII ? "_" : "·" }
            return steps[(count * steps.count - 1) / largest]
        })
}

/// How wide a bin is: `30 s`, `6 min`, `2 h`.
func binText(_ seconds: Int64) -> String {
    seconds >= 60 && seconds < 3600 && seconds % 60 == 0
        ? "\(seconds / 60) min" : durationText(seconds)
}

/// Counts of neighbours summed up, so that there are at most `most`.
func joined(_ counts: [Int], most: Int) -> (counts: [Int], width: Int) {
    let width = max(1, (counts.count + most - 1) / max(1, most))
    guard width > 1 else { return (counts, 1) }
    return (
        stride(from: 0, to: counts.count, by: width).map { start in
            counts[start..<min(counts.count, start + width)].reduce(0, +)
        }, width
    )
}

extension Account {
    /// Two lines: the blocks, and the clock under them. Nothing where the time is not known.
    func putPace(_ out: inout TerminalWriter) {
        let (from, to) = span
        // The width of the blocks is what the words behind them leave, within reason.
        let room = min(out.screen.columns - 6, 120)
        guard room >= 30, let drawn = pace?.bins(from: from, to: to, most: room) else { return }
        out.put("when: ", .dim)
        out.put(sparkline(drawn.counts, isASCII: out.screen.isASCII), .cyan)
        out.line()
        out.line("      " + ruler(drawn.timeline), .dim)
        let width = binText(drawn.timeline.binSeconds)
        out.paragraph(
            "      connections that first strayed, of each \(width); "
                + "most: \(grouped(drawn.counts.max() ?? 0))", .dim)
    }

    /// Clock readings under the bins where they begin, as many as fit.
    private func ruler(_ timeline: Timeline) -> String {
        var text = ""
        let isLong = timeline.binSeconds * Int64(timeline.bins) > 2 * 86400
        for bin in 0..<timeline.bins {
            guard bin % 12 == 0, bin >= text.count, bin + 10 <= timeline.bins || bin == 0 else {
                continue
            }
            let (civil, _) = local(timeline.time(ofBin: bin), zone)
            var label = ByteWriter(capacity: 10)
            if isLong {
                label.put(civil.month, width: 2)
                label.put("-")
                label.put(civil.day, width: 2)
            } else {
                label.put(civil.hour, width: 2)
                label.put(":")
                label.put(civil.minute, width: 2)
            }
            text += String(repeating: " ", count: max(0, bin - text.count)) + label.text
        }
        return text
    }
}
