// Which finding each blocked entry belongs to, for those who go through the entries a second time.
// Read first: `LifeBook`.

import Evidence
import Facts

/// Tells each blocked entry's judgement, in the order of the entries:
/// `digest` is finished and has kept its book.
public struct EntryJudge {
    private let digest: Digest
    private let diagnosis: Diagnosis
    private var strays = 0
    private var known: [CaseKey: (verdict: Verdict, finding: Int)?] = [:]

    // Limit: cases whose verdict is remembered; a verdict takes some hundred bytes, and a log of
    // made-up addresses has a case for each of its lines. What is forgotten is judged again.
    private static let knownMax = 1 << 15

    public init(_ digest: Digest, _ diagnosis: Diagnosis) {
        self.digest = digest
        self.diagnosis = diagnosis
    }

    public mutating func judge(
        _ entry: Entry, explaining: Bool = false
    ) -> (verdict: Verdict, finding: Int)? {
        var key = Digest.caseOfLoose(entry, digest.settings)
        if key == nil {
            let low = ConnectionKey(entry.source, entry.destination).low == entry.source
            key = digest.book?.caseOf(stray: strays, low: low)
            strays += 1
        }
        guard let key else { return nil }
        if let found = known[key] { return found }
        let judged = diagnosis.judgement(of: key, in: digest, explaining: explaining)
            .map { ($0.0, $0.1.id) }
        if known.count >= EntryJudge.knownMax { known.removeAll(keepingCapacity: true) }
        known[key] = .some(judged)
        return judged
    }
}
