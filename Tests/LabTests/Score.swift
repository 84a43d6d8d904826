// The figures: how right judgements are. Each run and log weighs 1 for each of its causes, however
// many packets it dropped; a thousand probes of one scan prove no more than ten. Read Judging first.

/// What was judged beside what it was.
struct Score {
    /// Weights by the true cause, then by the told one.
    private(set) var confusion: [String: [String: Double]] = [:]
    /// Each finding: how sure Stray was, and whether most of its packets are of that cause.
    private(set) var findings: [(confidence: Double, isRight: Bool)] = []
    /// The weight of all that was told as late-close, and of what is not.
    private(set) var lateClose = (told: 0.0, wrong: 0.0)

    init(_ judgements: [Judgement] = []) {
        for judgement in judgements { add(judgement.pairs) }
    }

    mutating func add(_ pairs: [(truth: Truth, entry: JudgedEntry?)]) {
        let sizes = Dictionary(grouping: pairs, by: \.truth.cause).mapValues(\.count)
        var counts: [Int: (all: Int, right: Int, confidence: Double)] = [:]
        for (truth, entry) in pairs {
            guard let entry else { continue }
            let weight = 1 / Double(sizes[truth.cause] ?? 1)
            let isRight = entry.cause == truth.cause
            // Where no log can decide, not to decide is right, and is not counted.
            if !(truth.unexplainable && entry.cause == "unexplained") {
                confusion[truth.cause, default: [:]][entry.cause, default: 0] += weight
            }
            if entry.cause == "late-close" {
                lateClose.told += weight
                lateClose.wrong += isRight ? 0 : weight
            }
            if entry.cause != "unexplained", let finding = entry.finding {
                var count = counts[finding] ?? (0, 0, 0)
                count.all += 1
                count.right += isRight ? 1 : 0
                count.confidence = max(count.confidence, entry.confidence)
                counts[finding] = count
            }
        }
        findings += counts.values.map { ($0.confidence, $0.right * 2 > $0.all) }
    }

    var causes: [String] { confusion.keys.sorted() }

    /// Of what was told as the cause, the share that is.
    func precision(_ cause: String) -> Double {
        let told = confusion.values.reduce(0) { $0 + ($1[cause] ?? 0) }
        return told > 0 ? hit(cause) / told : 0
    }

    /// Of what is the cause, the share that was told as such.
    func recall(_ cause: String) -> Double {
        let all = confusion[cause, default: [:]].values.reduce(0, +)
        return all > 0 ? hit(cause) / all : 0
    }

    func f1(_ cause: String) -> Double {
        let (precision, recall) = (precision(cause), recall(cause))
        return hit(cause) > 0 ? 2 * precision * recall / (precision + recall) : 0
    }

    /// The mean over the causes that there were: a rare cause counts as much as a frequent one.
    var macroF1: Double {
        confusion.isEmpty ? 0 : causes.reduce(0) { $0 + f1($1) } / Double(confusion.count)
    }

    var lateCloseWrong: Double { lateClose.told > 0 ? lateClose.wrong / lateClose.told : 0 }

    /// Of the findings at least so sure, the share that is right; nil where there are none.
    func reliability(from confidence: Double) -> Double? {
        let sure = findings.filter { $0.confidence >= confidence }
        return sure.isEmpty ? nil : Double(sure.count(where: \.isRight)) / Double(sure.count)
    }

    private func hit(_ cause: String) -> Double { confusion[cause]?[cause] ?? 0 }

    /// What a failed test shows.
    var table: String {
        causes.map { cause in
            let told = confusion[cause, default: [:]].filter { $0.key != cause && $0.value > 0.005 }
                .sorted { $0.value > $1.value }.map { "\($0.key) \(rounded($0.value))" }
            return "\(cause): precision \(rounded(precision(cause))), recall "
                + "\(rounded(recall(cause))), F1 \(rounded(f1(cause))); told as "
                + (told.isEmpty ? "nothing else" : told.joined(separator: ", "))
        }.joined(separator: "\n")
    }
}

private func rounded(_ number: Double) -> Double { (number * 1000).rounded() / 1000 }
