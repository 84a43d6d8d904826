// The verdicts of a replay as evidence, and what they were blocked with.
//
// Read first: `VerdictEntry` in Replay. Everything blocked becomes an entry, and so does every state
// that was made or ended: the strays are judged by them as those of a log are.

import Bytes
import Causes
import Dialects
import Evidence
import Facts
import Inputs
import Replay
import Tracking

/// The evidence while it is gathered: by the thread that reads, and afterwards by the one that asked.
final class ReplayEvidence: @unchecked Sendable {
    var digest: ReplayDigest

    init(_ digest: ReplayDigest) { self.digest = digest }
}

struct ReplayDigest {
    private let kind: FirewallKind
    private let rules: Rules
    private let phaseName: (UInt16, UInt8) -> String
    private(set) var digest: Digest
    private(set) var names = Names()
    private(set) var blocked = BlockedTally()
    private var endings: [UInt32: Ending] = [:]
    private var ruleNames: [Int: Name] = [:]
    private var words: [UInt64: Name] = [:]

    init(
        _ kind: FirewallKind, _ rules: Rules, _ settings: Settings,
        phaseName: @escaping (UInt16, UInt8) -> String
    ) {
        self.kind = kind
        self.rules = rules
        self.phaseName = phaseName
        digest = Digest(settings, beginsInput: true)
    }

    mutating func add(_ batch: borrowing PacketBatch) {
        names.merge(batch.names)
        var ended = 0
        for place in 0..<batch.count {
            while ended < batch.verdicts.ended.count, batch.verdicts.ended[ended].place == place {
                close(batch.verdicts.ended[ended].state, line(batch, place))
                ended += 1
            }
            let verdict = batch.verdicts.verdicts[place]
            if !verdict.passes || verdict.opened { add(batch, place) }
        }
    }

    private func line(_ batch: borrowing PacketBatch, _ place: Int) -> Int {
        LineNumber.of(batch.numbers[place], input: Int(batch.inputs[place]))
    }

    private mutating func add(_ batch: borrowing PacketBatch, _ place: Int) {
        let verdict = batch.verdicts.verdicts[place]
        blocked.add(batch.packets[place], verdict, gone: batch.verdicts.gone(verdict))
        var entry = Entry(
            batch.packets[place], verdict, kind, rule: ruleName(verdict.rule),
            words: verdict.passes ? .none : said(verdict.says))
        digest.add(&entry, line: line(batch, place))
    }

    private mutating func close(_ state: EndedState, _ line: Int) {
        guard state.ipProtocol == Entry.tcp else { return }
        let key = UInt32(state.phase) << 8 | UInt32(state.ipProtocol)
        let ending: Ending
        if let known = endings[key] {
            ending = known
        } else {
            ending = Ending(phase: phaseName(state.phase, state.ipProtocol))
            endings[key] = ending
        }
        var entry = Entry(state, kind, ending)
        digest.add(&entry, line: line)
    }

    private mutating func ruleName(_ rule: Int?) -> Name {
        guard let rule else { return .none }
        if let known = ruleNames[rule] { return known }
        let name = names.keep(rules.name(rule) ?? "")
        ruleNames[rule] = name
        return name
    }

    private mutating func said(_ text: StaticString) -> Name {
        let key = Bytes.place(of: text)
        if let known = words[key] { return known }
        let name = names.keep(text.description)
        words[key] = name
        return name
    }

    mutating func finish(_ reports: [InputReport]) {
        digest.lines = reports.reduce(0) { $0 + $1.tally.lines }
        digest.finish()
    }
}
