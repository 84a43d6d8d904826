// What a replay came to: packets, states, and what was blocked with which words.
//
// Read first: `ReplayCounts` and `BlockedTally` in Replay; `Account` is the explanation beside it.

import Bytes
import Facts
import Policy
import Replay
import Tracking

public struct ReplayAccount: Sendable {
    /// The firewall, and the settings that were changed.
    public var title: String
    public var settings: [String]
    /// What was taken to be so, and what a what-if gives up.
    public var notes: [String]
    public var counts: ReplayCounts
    public var fragments: FragmentCollector.Counts
    public var withoutDirection: Int
    public var statesNow: Int
    public var statesPeak: Int
    public var blocked: BlockedTally
    /// By the number of the rule.
    public var ruleName: @Sendable (Int?) -> String?
    public var phaseName: @Sendable (UInt16, UInt8) -> String
    /// Packets of other protocols than IP, and those of which too little was captured.
    public var notIP: Int
    public var undecodable: Int

    public init(
        title: String, settings: [String], notes: [String], firewall: Firewall, rules: Rules,
        blocked: BlockedTally, notIP: Int, undecodable: Int
    ) {
        self.title = title
        self.settings = settings
        self.notes = notes
        counts = firewall.counts
        fragments = firewall.fragmentCounts
        withoutDirection = firewall.withoutDirection
        statesNow = firewall.states.now
        statesPeak = firewall.states.peak
        self.blocked = blocked
        ruleName = { rules.name($0) }
        phaseName = { firewall.phaseName($0, ipProtocol: $1) }
        self.notIP = notIP
        self.undecodable = undecodable
    }

    // MARK: What was said, most first

    struct Line: Sendable {
        var text: String
        var count: Int
    }

    /// What packets were blocked with.
    var saidLines: [Line] {
        var counts: [String: Int] = [:]
        for said in blocked.said { counts[text(said), default: 0] += said.packets }
        return sorted(counts)
    }

    private func text(_ said: BlockedTally.Said) -> String {
        let words = said.words.isEmpty ? said.reason.name.description : said.words
        guard let rule = ruleName(said.rule) else { return words }
        if said.kind == .invalid { return "\(words) (ct state invalid): \(rule)" }
        return said.words.isEmpty ? rule : "\(rule): \(words)"
    }

    /// What became of the states of strays.
    var lostLines: [Line] {
        var counts: [String: (count: Int, idle: ClosedRange<Int64>?)] = [:]
        for (lost, count) in blocked.lost {
            let text = text(lost)
            let known = counts[text]
            var idle = known?.idle
            if let seconds = lost.idleSeconds {
                idle =
                    min(
                        idle?.lowerBound ?? seconds, seconds)...max(
                        idle?.upperBound ?? seconds, seconds)
            }
            counts[text] = ((known?.count ?? 0) + count, idle)
        }
        var texts: [String: Int] = [:]
        for (text, row) in counts { texts[text + after(row.idle), default: 0] += row.count }
        if blocked.neverHeld > 0 {
            texts["no state of the connection was ever held"] = blocked.neverHeld
        }
        return sorted(texts)
    }

    private func after(_ idle: ClosedRange<Int64>?) -> String {
        guard let idle else { return "" }
        let first = durationText(idle.lowerBound)
        guard idle.lowerBound < idle.upperBound else {
            return ", \(first) after it was last renewed"
        }
        let last = durationText(idle.upperBound)
        let unit = first.drop { $0 != " " }
        // "91 to 99 s": the unit is said once.
        let from = last.hasSuffix(unit) ? String(first.dropLast(unit.count)) : first
        return ", \(from) to \(last) after it was last renewed"
    }

    private func text(_ lost: BlockedTally.Lost) -> String {
        let phase = phaseName(lost.phase, lost.ipProtocol)
        switch lost.why {
        case .expired: return "its state (\(phase)) expired"
        case .closed: return "its state (\(phase)) was ended by a packet"
        case .evicted: return "its state (\(phase)) made room for another"
        case .flushed: return "all states were removed (it was \(phase))"
        }
    }

    private func sorted(_ counts: [String: Int]) -> [Line] {
        counts.map { Line(text: $0, count: $1) }.sorted {
            $0.count != $1.count ? $0.count > $1.count : $0.text < $1.text
        }
    }
}

/// `90 s`, `15 min`, `2 h`, `5 d`: the largest unit that it is a whole number of.
func durationText(_ seconds: Int64) -> String {
    if seconds > 0, seconds % 86400 == 0 { return "\(seconds / 86400) d" }
    if seconds > 0, seconds % 3600 == 0 { return "\(seconds / 3600) h" }
    if seconds >= 600, seconds % 60 == 0 { return "\(seconds / 60) min" }
    return "\(seconds) s"
}

// MARK: - For a terminal

extension ReplayAccount {
    // Limit: what a screen holds of each list.
    private static let linesOnScreen = 10

    /// What is told before the explanation.
    public func text(_ screen: Screen) -> [UInt8] {
        var out = TerminalWriter(screen)
        var head = "Replayed through \(title)"
        if !settings.isEmpty { head += " with \(settings.joined(separator: ", "))" }
        out.paragraph(head + ".", .bold)
        out.paragraph(
            "\(counted(counts.packets, "packet")): \(grouped(counts.passed)) passed, "
                + "\(grouped(counts.blocked)) blocked (\(counted(counts.strays, "stray")))"
                + rest() + ".")
        out.paragraph(
            "States: \(grouped(counts.opened)) opened, \(grouped(statesPeak)) at the peak, "
                + "\(grouped(Int(counts.averageStates.rounded()))) on average, "
                + "\(grouped(statesNow)) at the end.")
        for note in notes { out.paragraph(note, .dim) }
        putList("Blocked, in the model's words", saidLines, &out)
        putList("What became of the strays' states", lostLines, &out)
        out.line()
        return out.writer.bytes
    }

    /// The packets that neither passed nor were blocked.
    private func rest() -> String {
        var parts: [String] = []
        if counts.again > 0 { parts.append("\(grouped(counts.again)) seen again on their way out") }
        if counts.held > 0 { parts.append("\(grouped(counts.held)) held as fragments") }
        if counts.neverSeen > 0 { parts.append("\(grouped(counts.neverSeen)) with a lying header") }
        if notIP > 0 { parts.append("\(grouped(notIP)) not of IP") }
        if undecodable > 0 { parts.append("\(grouped(undecodable)) cut or damaged") }
        return parts.isEmpty ? "" : "; " + parts.joined(separator: ", ")
    }

    private func putList(_ heading: String, _ lines: [Line], _ out: inout TerminalWriter) {
        guard !lines.isEmpty else { return }
        out.line()
        out.line(heading, .bold)
        for line in lines.prefix(ReplayAccount.linesOnScreen) {
            let number = grouped(line.count)
            let pad = String(repeating: " ", count: max(0, 9 - number.count))
            out.fill([Styled(line.text)], first: "\(pad)\(number)  ", indent: 0, hanging: 11)
        }
        let left = lines.dropFirst(ReplayAccount.linesOnScreen)
        guard !left.isEmpty else { return }
        let packets = left.reduce(0) { $0 + $1.count }
        out.paragraph("and \(grouped(packets)) in \(left.count) more ways", indent: 11, .dim)
    }
}

// MARK: - As JSON

extension ReplayAccount {
    /// One document; its schema is docs/schema/replay.schema.json. `findings` is the document of
    /// the explanation.
    public func json(version: String, zone: Zone, findings: [UInt8]) -> [UInt8] {
        var out = ByteWriter()
        out.put("{\"schema\":\"stray.replay/1\",\"version\":")
        out.putJSON(version)
        out.put(",\"model\":")
        out.putJSON(title)
        out.put(",\"settings\":[")
        out.putList(settings) { $0.putJSON($1) }
        out.put("],\"notes\":[")
        out.putList(notes) { $0.putJSON($1) }
        out.put("],")
        putCounts(zone, &out)
        for (key, lines) in [("said", saidLines), ("lost", lostLines)] {
            out.put(",\"\(key)\":[")
            out.putList(lines) { out, line in
                out.put("{\"text\":")
                out.putJSON(line.text)
                out.put(",\"packets\":\(line.count)}")
            }
            out.put("]")
        }
        out.put(",\"explanation\":")
        out.put(Array(findings.prefix { $0 != 0x0A }))
        out.put("}\n")
        return out.bytes
    }

    func putCounts(_ zone: Zone, _ out: inout ByteWriter) {
        let packets = [
            ("total", counts.packets), ("passed", counts.passed), ("blocked", counts.blocked),
            ("strays", counts.strays), ("again", counts.again), ("held", counts.held),
            ("neverSeen", counts.neverSeen), ("backwards", counts.backwards),
            ("withoutDirection", withoutDirection), ("cutShort", counts.cutShort),
            ("notIP", notIP), ("undecodable", undecodable),
        ]
        out.put("\"packets\":{")
        out.putList(packets) { $0.put("\"\($1.0)\":\($1.1)") }
        let datagrams = [
            ("fragments", fragments.fragments), ("wholes", fragments.wholes),
            ("dropped", fragments.dropped), ("datagramsDropped", fragments.datagramsDropped),
            ("timedOut", fragments.timedOut), ("refused", fragments.refused),
        ]
        out.put("},\"reassembly\":{")
        out.putList(datagrams) { $0.put("\"\($1.0)\":\($1.1)") }
        out.put("},\"states\":{\"opened\":\(counts.opened),\"peak\":\(statesPeak),\"average\":")
        out.putHundredths(counts.averageStates)
        out.put(",\"atEnd\":\(statesNow)},\"from\":")
        out.putTime(counts.from, zone)
        out.put(",\"to\":")
        out.putTime(counts.to, zone)
    }
}
