// Two replays beside each other: `stray replay --set … --versus …`.
//
// Read first: `Comparison` in Replay.

import Bytes
import Facts
import Replay

public struct ComparisonReport: Sendable {
    /// One of the two runs.
    public struct Side: Sendable {
        public var name: String
        public var counts: ReplayCounts
        public var peak: Int
        public var blockedConnections: Int

        public init(name: String, firewall: Firewall, blockedConnections: Int) {
            self.name = name
            counts = firewall.counts
            peak = firewall.states.peak
            self.blockedConnections = blockedConnections
        }
    }

    public var title: String
    public var notes: [String]
    public var first: Side
    public var second: Side
    public var comparison: Comparison
    public var inputs: [String]
    public var zone: Zone
    public var top: Int?

    public init(
        title: String, notes: [String], first: Side, second: Side, comparison: Comparison,
        inputs: [String], zone: Zone, top: Int?
    ) {
        self.title = title
        self.notes = notes
        self.first = first
        self.second = second
        self.comparison = comparison
        self.inputs = inputs
        self.zone = zone
        self.top = top
    }

    private var rows: [(name: String, first: Int, second: Int)] {
        [
            ("packets blocked", first.counts.blocked, second.counts.blocked),
            ("strays", first.counts.strays, second.counts.strays),
            (
                "connections with blocked packets", first.blockedConnections,
                second.blockedConnections
            ),
            ("states opened", first.counts.opened, second.counts.opened),
            ("states held at the peak", first.peak, second.peak),
            (
                "states held on average", Int(first.counts.averageStates.rounded()),
                Int(second.counts.averageStates.rounded())
            ),
        ]
    }

    /// For a terminal: a table, and the connections that are treated differently.
    public func text(_ screen: Screen) -> [UInt8] {
        var out = TerminalWriter(screen)
        out.paragraph(
            "Replayed twice through \(title): \(first.name) against \(second.name).", .bold)
        for note in notes { out.paragraph(note, .dim) }
        out.line()
        let names = ["", first.name, second.name, "change"]
        let widths = rows.reduce(into: names.map(\.count)) { widths, row in
            let cells = cells(row)
            for place in cells.indices { widths[place] = max(widths[place], cells[place].count) }
        }
        putRow(names, widths, &out, .dim)
        for row in rows { putRow(cells(row), widths, &out) }
        putDifferences(&out)
        return out.writer.bytes
    }

    private func cells(_ row: (name: String, first: Int, second: Int)) -> [String] {
        let change = row.second - row.first
        let sign = change > 0 ? "+" : change < 0 ? "-" : ""
        return [row.name, grouped(row.first), grouped(row.second), sign + grouped(abs(change))]
    }

    private func putRow(
        _ cells: [String], _ widths: [Int], _ out: inout TerminalWriter, _ style: Style = []
    ) {
        for (place, cell) in cells.enumerated() {
            let pad = String(repeating: " ", count: widths[place] - cell.count)
            out.put(place == 0 ? cell + pad : "  " + pad + cell, style)
        }
        out.line()
    }

    // Limit: what a screen holds; `--top` asks for more.
    private static let shownOnScreen = 10

    private func putDifferences(_ out: inout TerminalWriter) {
        out.line()
        let all = comparison.differences
        guard !all.isEmpty else {
            out.paragraph("Every packet is judged alike.")
            return
        }
        let more = comparison.isFull ? "more than " : ""
        out.paragraph(
            "\(counted(comparison.differingPackets, "packet")) of \(more)"
                + "\(counted(all.count, "connection")) judged differently:", .bold)
        let shown = all.prefix(top ?? ComparisonReport.shownOnScreen)
        for one in shown {
            out.fill([Styled(text(one))], indent: 3, hanging: 5)
        }
        if shown.count < all.count {
            out.paragraph("and \(grouped(all.count - shown.count)) more (--top)", indent: 3, .dim)
        }
    }

    private func text(_ one: Comparison.Difference) -> String {
        var writer = ByteWriter()
        for (place, end) in [one.source, one.destination].enumerated() {
            if place > 0 { writer.put(" → ") }
            writer.put(end.address, Names())
            writer.put(":")
            writer.put(end.port)
        }
        var text = writer.text
        if one.onlyFirst > 0 {
            text += ": \(counted(one.onlyFirst, "packet")) blocked with \(first.name) only"
        }
        if one.onlySecond > 0 {
            text +=
                "\(one.onlyFirst > 0 ? "," : ":") "
                + "\(counted(one.onlySecond, "packet")) blocked with \(second.name) only"
        }
        text += ", from packet \(one.firstPacket) on"
        let says = one.says.description
        return says.isEmpty ? text : text + " (\(says))"
    }

    /// One document; its schema is docs/schema/comparison.schema.json.
    public func json(version: String) -> [UInt8] {
        var out = ByteWriter()
        out.put("{\"schema\":\"stray.comparison/1\",\"version\":")
        out.putJSON(version)
        out.put(",\"model\":")
        out.putJSON(title)
        out.put(",\"notes\":[")
        out.putList(notes) { $0.putJSON($1) }
        out.put("],\"runs\":[")
        out.putList([first, second]) { out, side in
            out.put("{\"settings\":")
            out.putJSON(side.name)
            out.put(",\"blocked\":\(side.counts.blocked),\"strays\":\(side.counts.strays)")
            out.put(",\"blockedConnections\":\(side.blockedConnections)")
            out.put(",\"opened\":\(side.counts.opened),\"peak\":\(side.peak),\"average\":")
            out.putHundredths(side.counts.averageStates)
            out.put("}")
        }
        out.put("],\"packets\":\(first.counts.packets)")
        out.put(",\"differingPackets\":\(comparison.differingPackets)")
        out.put(",\"isFull\":\(comparison.isFull)")
        out.put(",\"connections\":[")
        let all = comparison.differences
        out.putList(all.prefix(top ?? all.count)) { putJSON($1, &$0) }
        out.put("]}\n")
        return out.bytes
    }

    private func putJSON(_ one: Comparison.Difference, _ out: inout ByteWriter) {
        out.put("{\"src\":")
        out.putAddress(one.source.address, Names())
        out.put(",\"sport\":\(one.source.port),\"dst\":")
        out.putAddress(one.destination.address, Names())
        out.put(",\"dport\":\(one.destination.port),\"proto\":\"")
        out.put(protocolName(one.ipProtocol) ?? "\(one.ipProtocol)")
        out.put("\",\"input\":")
        out.putJSON(inputs.indices.contains(one.firstInput) ? inputs[one.firstInput] : "")
        out.put(",\"packet\":\(one.firstPacket),\"time\":")
        out.putTime(one.time, zone)
        out.put(",\"blockedInFirst\":\(one.onlyFirst),\"blockedInSecond\":\(one.onlySecond)")
        out.put(",\"says\":")
        let says = one.says.description
        if says.isEmpty { out.put("null") } else { out.putJSON(says) }
        out.put("}")
    }
}
