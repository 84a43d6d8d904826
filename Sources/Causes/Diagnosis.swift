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
    private let bursts: Bursts
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

    /// A case that was judged: where it lies, and the group its verdict puts it into.
    private struct Judged {
        var isLoose: Bool
        var place: Int
        var firstNumber: Int
        var group: Int
        var confidence: Double
    }

    /// A group while its cases are counted.
    private struct Tally {
        var group: Group
        var verdict: Verdict
        var count = 0
        var first = Int.max
    }

    /// `digest` must be finished. `only` keeps the findings of some causes; empty keeps all.
    public init(_ digest: Digest, timers: TimerBook, only: [CauseID] = []) {
        // Once, and not for each case: a world is many tables.
        let world = digest.world
        self.world = world
        bursts = Bursts(world)
        self.timers = timers
        var judged: [Judged] = []
        var tallies: [Tally] = []
        var halves: Halves = [:]
        judged.reserveCapacity(digest.caseCount)
        digest.forEachCase { key, facts, isLoose, place in
            guard facts.counted > 0 else { return }
            let breadth = digest.breadth(loose: isLoose)
            let matter = Matter(key, facts, breadth: breadth, world, bursts, timers)
            let verdict = Contest.judge(matter)
            guard only.isEmpty || only.contains(verdict.cause) else { return }
            Diagnosis.note(key, verdict, &halves)
            let group = groupNumber(verdict, &tallies)
            tallies[group].count += facts.counted
            tallies[group].first = min(tallies[group].first, facts.firstNumber)
            judged.append(
                Judged(
                    isLoose: isLoose, place: place, firstNumber: facts.firstNumber, group: group,
                    confidence: verdict.confidence))
        }
        bypassed = Diagnosis.bypassed(halves)
        for place in tallies.indices where !bypassed.isEmpty {
            tallies[place].verdict = refined(tallies[place].verdict)
            tallies[place].group = group(tallies[place].verdict)
        }
        // Tables have no order; the earliest entry of each case gives one.
        judged.sort { $0.firstNumber < $1.firstNumber }
        fold(&tallies)
        gather(judged, tallies, digest)
        sortFindings()
    }

    private mutating func groupNumber(_ verdict: Verdict, _ tallies: inout [Tally]) -> Int {
        let group = group(verdict)
        if let known = groups[group] { return known }
        groups[group] = tallies.count
        tallies.append(Tally(group: group, verdict: verdict))
        return tallies.count - 1
    }

    /// Makes one group of those beyond the largest of each cause and form.
    private mutating func fold(_ tallies: inout [Tally]) {
        var perCause: [CauseID: [Int]] = [:]
        for place in tallies.indices {
            perCause[tallies[place].group.cause, default: []].append(place)
        }
        for places in perCause.values where places.count > Diagnosis.subjectsMax {
            let sorted = places.sorted { a, b in
                let x = tallies[a]
                let y = tallies[b]
                return x.count != y.count ? x.count > y.count : x.first < y.first
            }
            for rest in sorted.dropFirst(Diagnosis.subjectsMax) {
                tallies[rest].group.subject = .others
            }
        }
    }

    private mutating func gather(_ judged: [Judged], _ tallies: [Tally], _ digest: Digest) {
        groups.removeAll()
        let world = self.world
        var builders: [FindingBuilder] = []
        var builderOfGroup = [Int](repeating: -1, count: tallies.count)
        for one in judged {
            if builderOfGroup[one.group] < 0 {
                builderOfGroup[one.group] = makeBuilder(tallies[one.group], &builders)
            }
            let builder = builderOfGroup[one.group]
            let verdict = tallies[one.group].verdict
            let (key, facts) = digest.caseAt(one.place, loose: one.isLoose)
            byCause[verdict.cause, default: 0] += facts.counted
            byHarm[verdict.harm, default: 0] += facts.counted
            if key.kind == .stray {
                strays += facts.counted
                strayLines += facts.lines
            }
            builders[builder].add(key, facts, one.confidence, in: world)
            guard builders[builder].cases <= Diagnosis.explainedMax else { continue }
            let breadth = digest.breadth(loose: one.isLoose)
            let matter = Matter(key, facts, breadth: breadth, world, bursts, timers)
            builders[builder].explain(
                refined(Contest.judge(matter, explaining: true)), Double(facts.counted))
        }
        findings = builders.map { $0.build(in: world) }
    }

    private mutating func makeBuilder(_ tally: Tally, _ builders: inout [FindingBuilder]) -> Int {
        if let known = groups[tally.group] { return known }
        groups[tally.group] = builders.count
        builders.append(FindingBuilder(Finding(tally.verdict, tally.group.subject)))
        return builders.count - 1
    }

    private func group(_ verdict: Verdict) -> Group {
        Group(
            cause: verdict.cause, variant: verdict.variant, harm: verdict.harm,
            isAlwaysPrevented: verdict.isAlwaysPrevented, subject: verdict.subject)
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
        guard let (own, facts) = digest.findCase(key) else { return nil }
        let breadth = digest.breadth(loose: key.kind != .stray)
        let verdict = refined(
            Contest.judge(
                Matter(own, facts, breadth: breadth, world, bursts, timers), explaining: explaining)
        )
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
    private static func bypassed(_ halves: Halves) -> Set<Subject> {
        let both: Set<Variant> = ["reply-only", "open-only"]
        return Set(
            halves.filter { both.isSubset(of: $1.variants) && $1.interfaces.count == 1 }.keys)
    }

    private typealias Halves = [Subject: (variants: Set<Variant>, interfaces: Set<Name>)]

    /// Notes which half of a connection is missing between two inside networks.
    private static func note(_ key: CaseKey, _ verdict: Verdict, _ halves: inout Halves) {
        guard verdict.cause == .asymmetricRouting, !key.interface.isNone,
            key.traits.contains([.senderInside, .receiverInside])
        else { return }
        halves[verdict.subject, default: ([], [])].variants.insert(verdict.variant ?? "")
        halves[verdict.subject]?.interfaces.insert(key.interface)
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
