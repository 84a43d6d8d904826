// From a finished digest to findings: judge every case, gather what shares cause and subject.

import Evidence
import Facts

public struct Diagnosis: Sendable {
    public private(set) var findings: [Finding] = []
    /// Packets by cause and by harm, filters applied.
    public private(set) var byCause: [CauseID: Int] = [:]
    public private(set) var byHarm: [Harm: Int] = [:]
    /// Stray packets selected, each counted once.
    public private(set) var strays = 0
    public private(set) var strayLines = 0
    private var groups: [Group: Int] = [:]
    /// Pairs of networks of which neither direction's answers come through here.
    private var bypassed: Set<Subject> = []
    private let world: World
    private let timers: TimerBook

    // Limit: a cause tells this many subjects one by one; the rest becomes one finding. A report
    // of ten thousand scanning hosts helps nobody.
    public static let subjectsMax = 24
    // Limit: a finding's ledger is made from this many of its cases, the earliest. They share
    // cause, form and subject, so they say the same; sentences for all of them would take longer
    // than reading the log.
    static let explainedMax = 48

    private struct Group: Hashable {
        var cause: CauseID
        var variant: Variant?
        var harm: Harm
        var isAlwaysPrevented: Bool
        var subject: Subject
    }

    private struct Judged {
        var key: CaseKey
        var facts: CaseFacts
        var breadth: Breadth
        var verdict: Verdict
        var group: Group
    }

    /// `digest` must be finished. `only` keeps the findings of some causes; empty keeps all.
    public init(_ digest: Digest, timers: TimerBook, only: [CauseID] = []) {
        world = digest.world
        self.timers = timers
        var judged: [Judged] = []
        judged.reserveCapacity(digest.cases.count + digest.loose.count)
        for table in [digest.cases, digest.loose] {
            table.forEach { key, facts in
                guard facts.counted > 0 else { return }
                let matter = Matter(key, facts, breadth: table.breadth, digest.world, timers)
                let verdict = Contest.judge(matter)
                guard only.isEmpty || only.contains(verdict.cause) else { return }
                judged.append(
                    Judged(
                        key: key, facts: facts, breadth: table.breadth, verdict: verdict,
                        group: group(verdict)))
            }
        }
        bypassed = Diagnosis.bypassed(judged.map { ($0.key, $0.verdict) })
        for place in judged.indices where !bypassed.isEmpty {
            judged[place].verdict = refined(judged[place].verdict)
            judged[place].group = group(judged[place].verdict)
        }
        // Tables have no order; the earliest entry of each case gives one.
        let order = judged.indices.sorted {
            judged[$0].facts.firstNumber < judged[$1].facts.firstNumber
        }
        gather(judged, order)
        sortFindings()
    }

    private mutating func gather(_ judged: [Judged], _ order: [Int]) {
        let folded = crowded(judged)
        var builders: [FindingBuilder] = []
        for place in order {
            let verdict = judged[place].verdict
            let facts = judged[place].facts
            byCause[verdict.cause, default: 0] += facts.counted
            byHarm[verdict.harm, default: 0] += facts.counted
            if judged[place].key.kind == .stray {
                strays += facts.counted
                strayLines += facts.lines
            }
            var group = judged[place].group
            if folded.contains(group) { group.subject = .others }
            let builder = groups[group] ?? builders.count
            if builder == builders.count {
                groups[group] = builder
                builders.append(FindingBuilder(Finding(verdict, group.subject)))
            }
            builders[builder].add(judged[place].key, facts, verdict)
            if builders[builder].cases <= Diagnosis.explainedMax {
                let matter = Matter(
                    judged[place].key, facts, breadth: judged[place].breadth, world, timers)
                builders[builder].explain(
                    refined(Contest.judge(matter, explaining: true)), Double(facts.counted))
            }
        }
        findings = builders.map { $0.build() }
    }

    private func group(_ verdict: Verdict) -> Group {
        Group(
            cause: verdict.cause, variant: verdict.variant, harm: verdict.harm,
            isAlwaysPrevented: verdict.isAlwaysPrevented, subject: verdict.subject)
    }

    /// The groups beyond the largest of each cause, which become one.
    private func crowded(_ judged: [Judged]) -> Set<Group> {
        var sizes: [Group: (count: Int, first: Int)] = [:]
        for one in judged {
            let first = one.facts.firstNumber
            let known = sizes[one.group] ?? (0, first)
            sizes[one.group] = (known.count + one.facts.counted, min(known.first, first))
        }
        var folded: Set<Group> = []
        var perCause: [CauseID: [(group: Group, count: Int, first: Int)]] = [:]
        for (group, size) in sizes {
            perCause[group.cause, default: []].append((group, size.count, size.first))
        }
        for groups in perCause.values where groups.count > Diagnosis.subjectsMax {
            let sorted = groups.sorted {
                $0.count != $1.count ? $0.count > $1.count : $0.first < $1.first
            }
            for rest in sorted.dropFirst(Diagnosis.subjectsMax) { folded.insert(rest.group) }
        }
        return folded
    }

    /// Worst first; what is always prevented before all; then by size, then by the first entry.
    private mutating func sortFindings() {
        func first(_ finding: Finding) -> Int { finding.examples.first?.number ?? 0 }
        let places = findings.indices.sorted { a, b in
            let x = findings[a]
            let y = findings[b]
            if x.isAlwaysPrevented != y.isAlwaysPrevented { return x.isAlwaysPrevented }
            if x.harm != y.harm { return x.harm.urgency < y.harm.urgency }
            if x.count != y.count { return x.count > y.count }
            return first(x) < first(y)
        }
        var renumbered: [Int: Int] = [:]
        var sorted: [Finding] = []
        for (rank, place) in places.enumerated() {
            var finding = findings[place]
            finding.id = rank + 1
            renumbered[place] = rank
            sorted.append(finding)
        }
        findings = sorted
        groups = groups.compactMapValues { renumbered[$0] }
    }

    /// The judgement of one case and the finding it went into; nil when filters left it out.
    public func judgement(
        of key: CaseKey, in digest: Digest, explaining: Bool = false
    ) -> (Verdict, Finding)? {
        let table = key.kind == .stray ? digest.cases : digest.loose
        let own = key.rolled(to: table.breadth)
        guard let facts = table.find(own) else { return nil }
        let verdict = refined(
            Contest.judge(
                Matter(own, facts, breadth: table.breadth, world, timers), explaining: explaining))
        var group = group(verdict)
        if groups[group] == nil { group.subject = .others }
        guard let place = groups[group] else { return nil }
        return (verdict, findings[place])
    }
}

// MARK: - What several cases say together

extension Diagnosis {
    /// The pairs of networks of which one end's answers are blocked and its openings stay without
    /// answer, all on one interface: both ways lead past this firewall, so a second router on that
    /// interface's network delivers to it directly.
    private static func bypassed(_ judged: [(key: CaseKey, verdict: Verdict)]) -> Set<Subject> {
        var forms: [Subject: (variants: Set<Variant>, interfaces: Set<Name>)] = [:]
        for (key, verdict) in judged where verdict.cause == .asymmetricRouting {
            let traits: Traits = [.senderInside, .receiverInside]
            guard key.traits.contains(traits), !key.interface.isNone else { continue }
            forms[verdict.subject, default: ([], [])].variants.insert(verdict.variant ?? "")
            forms[verdict.subject]?.interfaces.insert(key.interface)
        }
        let both: Set<Variant> = ["reply-only", "open-only"]
        return Set(
            forms.filter { both.isSubset(of: $1.variants) && $1.interfaces.count == 1 }.keys)
    }

    private func refined(_ verdict: Verdict) -> Verdict {
        guard verdict.cause == .asymmetricRouting, bypassed.contains(verdict.subject),
            verdict.variant != "multi-wan"
        else { return verdict }
        var refined = verdict
        refined.variant = "same-interface"
        refined.statements.append(
            Statement(
                cause: .asymmetricRouting, weight: 1,
                text: "calls in both directions miss their other half here: a second router on "
                    + "this interface's network delivers past the firewall",
                entries: []))
        return refined
    }
}
