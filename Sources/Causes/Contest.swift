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

    /// The judgement of a case. Its statements and the reasons of the losers are made only when
    /// `explaining`.
    public static func judge(_ matter: Matter, explaining: Bool = false) -> Verdict {
        var ledger =
            explaining ? Ledger(mentions: matter.facts.mentions.map(\.number)) : Ledger()
        for cause in allCauses {
            ledger.cause = cause.id
            cause.weigh(matter, &ledger)
        }
        let scores = candidates(ledger)
        let best = scores[0]
        let winner = cause(best.id)
        let variant = winner.variant(matter)
        let harm = winner.harm(variant, matter)
        let needed = harm == .harmless ? harmlessConfidenceMin : confidenceMin
        let refuted = harm == .harmless && matter.isAlwaysPrevented
        if best.id == .unexplained || best.confidence < needed || refuted {
            return unexplained(matter, scores, ledger)
        }
        return Verdict(
            cause: best.id, variant: variant, harm: harm, confidence: best.confidence,
            subject: winner.subject(matter),
            statements: ledger.statements.filter { $0.cause == best.id },
            alternatives: alternatives(scores.dropFirst(), ledger),
            isAlwaysPrevented: matter.isAlwaysPrevented && harm != .attack)
    }

    private static func unexplained(
        _ matter: Matter, _ scores: [(id: CauseID, confidence: Double)], _ ledger: Ledger
    ) -> Verdict {
        let own = cause(.unexplained)
        let confidence = scores.first { $0.id == .unexplained }?.confidence ?? 1
        return Verdict(
            cause: .unexplained, variant: nil, harm: .unknown, confidence: confidence,
            subject: own.subject(matter),
            statements: ledger.statements.filter { $0.cause == .unexplained },
            alternatives: alternatives(scores.filter { $0.id != .unexplained }[...], ledger),
            isAlwaysPrevented: matter.isAlwaysPrevented)
    }

    /// The causes something speaks for, and `unexplained`, by falling confidence.
    private static func candidates(_ ledger: Ledger) -> [(id: CauseID, confidence: Double)] {
        var all: [(id: CauseID, score: Double)] = [(.unexplained, baseline)]
        for id in CauseID.allCases where id != .unexplained {
            let (sum, hasSupport) = ledger.score(id)
            if hasSupport { all.append((id, min(sum, 12))) }
        }
        // e to the score, shared out: the softmax of log odds.
        let total = all.reduce(0.0) { $0 + exponential($1.score) }
        return all.map { ($0.id, exponential($0.score) / total) }
            .sorted { $0.1 != $1.1 ? $0.1 > $1.1 : $0.0 < $1.0 }
    }

    private static func alternatives(
        _ scores: ArraySlice<(id: CauseID, confidence: Double)>, _ ledger: Ledger
    ) -> [Alternative] {
        scores.filter { $0.id != .unexplained }.prefix(3).map { score in
            let own = ledger.statements.filter { $0.cause == score.id }
            let against = own.filter { $0.weight < 0 }.min { $0.weight < $1.weight }
            let support = own.filter { $0.weight > 0 }.max { $0.weight < $1.weight }
            let because =
                against.map { "against it: \($0.text)" }
                ?? support.map { "for it only: \($0.text)" } ?? ""
            return Alternative(cause: score.id, confidence: score.confidence, because: because)
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
