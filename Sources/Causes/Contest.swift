// The contest: every cause weighs the case; the best one wins, if it wins clearly.
//
// `unexplained` takes part with a fixed score, the weight of evidence that a cause must bring
// before it is believed. A harmless cause must bring more: to call a broken service harmless is
// the worst mistake there is.

import Evidence
import Facts

/// What was judged of a case.
public struct Verdict: Sendable {
    public var cause: CauseID
    public var variant: Variant?
    public var harm: Harm
    public var confidence: Double
    public var subject: Subject
    public var statements: [Statement]
    public var alternatives: [Alternative]
    public var isAlwaysPrevented: Bool
}

/// A cause that lost, and the strongest reason why.
public struct Alternative: Equatable, Sendable {
    public var cause: CauseID
    public var confidence: Double
    public var because: String
}

public enum Contest {
    /// What a cause must bring to be believed at all: three facts of middling weight.
    static let baseline = 2.0
    /// The least confidence at which a cause is named; harmless ones need more.
    static let confidenceMin = 0.55
    static let harmlessConfidenceMin = 0.70

    /// The judgement of a case. Its statements and the losers are told only when `explaining`;
    /// without them nothing is allocated, since a busy log makes a hundred thousand cases.
    public static func judge(_ matter: Matter, explaining: Bool = false) -> Verdict {
        var ledger =
            explaining ? Ledger(mentions: matter.facts.mentions.map(\.number)) : Ledger()
        for cause in allCauses {
            ledger.cause = cause.id
            cause.weigh(matter, &ledger)
        }
        let standings = Standings(ledger)
        let winner = cause(standings.best)
        let variant = winner.variant(matter)
        let harm = winner.harm(variant, matter)
        let needed = harm == .harmless ? harmlessConfidenceMin : confidenceMin
        let refuted = harm == .harmless && matter.isAlwaysPrevented
        let isClear = standings.confidence(standings.best) >= needed && !refuted
        let decided = isClear ? standings.best : .unexplained
        let own = cause(decided)
        var verdict = Verdict(
            cause: decided, variant: decided == .unexplained ? nil : variant,
            harm: decided == .unexplained ? .unknown : harm,
            confidence: standings.confidence(decided), subject: own.subject(matter),
            statements: [], alternatives: [],
            isAlwaysPrevented: matter.isAlwaysPrevented
                && (decided == .unexplained || harm != .attack))
        if explaining {
            verdict.statements = ledger.statements.filter { $0.cause == decided }
            verdict.alternatives = alternatives(standings, except: decided, ledger)
        }
        return verdict
    }

    /// How likely each cause is: e to its score, shared out among those that something speaks for.
    private struct Standings {
        private var shares: [16 of Double] = .init(repeating: 0)
        private var total = 0.0
        private(set) var best = CauseID.unexplained

        init(_ ledger: Ledger) {
            set(.unexplained, exponential(baseline))
            for id in CauseID.allCases where id != .unexplained {
                let (sum, hasSupport) = ledger.score(id)
                guard hasSupport else { continue }
                let share = exponential(min(sum, 12))
                set(id, share)
                if share > shares[Int(best.rawValue)] { best = id }
            }
        }

        private mutating func set(_ id: CauseID, _ share: Double) {
            shares[Int(id.rawValue)] = share
            total += share
        }

        func confidence(_ id: CauseID) -> Double { shares[Int(id.rawValue)] / total }
    }

    private static func alternatives(
        _ standings: Standings, except decided: CauseID, _ ledger: Ledger
    ) -> [Alternative] {
        let rivals = CauseID.allCases
            .filter { $0 != .unexplained && $0 != decided && standings.confidence($0) > 0 }
            .sorted { standings.confidence($0) > standings.confidence($1) }
        return rivals.prefix(3).map { id in
            let own = ledger.statements.filter { $0.cause == id }
            let against = own.filter { $0.weight < 0 }.min { $0.weight < $1.weight }
            let support = own.filter { $0.weight > 0 }.max { $0.weight < $1.weight }
            let because =
                against.map { "against it: \($0.text)" }
                ?? support.map { "for it only: \($0.text)" } ?? ""
            return Alternative(
                cause: id, confidence: standings.confidence(id), because: because)
        }
    }
}

/// e to the x by halving and squaring: the pure rooms have no C library.
func exponential(_ x: Double) -> Double {
    let small = x / 1024
    var term = 1.0
    var sum = 1.0
    for n in 1...8 {
        term *= small / Double(n)
        sum += term
    }
    var result = sum
    for _ in 0..<10 { result *= result }
    return result
}
