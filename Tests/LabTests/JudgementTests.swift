// How right Stray must be about the laboratory's recorded runs. Lab/README.md tells how the figures
// are made; `Lab/score --with … Tests/Recorded/*` prints them in full.

import Causes
import Foundation
import Testing

/// What the figures must reach. They stand a little below what was measured: a run made again is a
/// little different, and a threshold is to catch a judgement that got worse, not a packet.
private struct Floor {
    var macroF1: Double
    /// Of the findings said with a confidence of 0.9 and more, the share that is right.
    var sureAndRight: Double
}

private let floors: [Evidence: Floor] = [
    // Blocked packets alone: much cannot be known, and then must not be said.
    .logs: Floor(macroF1: 0.60, sureAndRight: 0.90),
    // Openings and ends of connections too: what a good log has.
    .openings: Floor(macroF1: 0.90, sureAndRight: 0.90),
    // Captures of every interface beside the log: all there was to see.
    .captures: Floor(macroF1: 0.95, sureAndRight: 0.90),
    // Netfilter's connection events beside the log.
    .events: Floor(macroF1: 0.95, sureAndRight: 0.90),
]

/// Late-close is the cause on which nobody acts. One that is wrongly told hides a fault, which is
/// worse than any other mistake, so it has hardly any room.
private let lateCloseWrongMax = 0.01

/// Lines that are no blocked entry, by product and kind, so that there is nothing to judge.
private let unread: Set<String> = [
    // 419002: the ASA notes a second SYN, and does not say that it dropped it.
    "asa port-reuse/closing"
]

@Suite(.timeLimit(.minutes(5))) struct JudgementTests {
    @Test func everyScenarioIsRecorded() {
        let folder = root.appending(path: "Lab/lab/scenarios").path
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let names = files.filter { $0.hasSuffix(".py") && !$0.hasPrefix("_") }
            .map { String($0.dropLast(3)).replacing("_", with: "-") }
        #expect(names.count >= 15)
        #expect(Set(RecordedRun.all.map(\.scenario)) == Set(names))
    }

    @Test func logsTellOfTheTruth() {
        for recorded in RecordedRun.all {
            #expect(!recorded.truth.isEmpty, "\(recorded.name)")
            #expect(disagreements(recorded).isEmpty)
        }
    }

    @Test func truthNamesCausesThatThereAre() {
        let known = Set(CauseID.allCases.map(\.name))
        for recorded in RecordedRun.all {
            #expect(known.isSuperset(of: recorded.truth.map(\.cause)), "\(recorded.name)")
        }
    }

    @Test(arguments: Evidence.allCases)
    func judgementsAreRightOftenEnough(_ evidence: Evidence) throws {
        let score = Score(judgements[evidence] ?? [])
        let floor = try #require(floors[evidence])
        #expect(score.macroF1 >= floor.macroF1, "\(evidence):\n\(score.table)")
        let sure = try #require(score.reliability(from: 0.9))
        #expect(sure >= floor.sureAndRight, "\(evidence)")
    }

    @Test(arguments: Evidence.allCases)
    func lateCloseIsHardlyEverToldWrongly(_ evidence: Evidence) {
        let all = judgements[evidence] ?? []
        var score = Score()
        for judgement in all { score.add(judgement.pairs) }
        #expect(score.lateCloseWrong <= lateCloseWrongMax, "\(wrongLateCloses(all))")
    }

    @Test(arguments: Evidence.allCases)
    func whatNeverWorkedIsNeverHarmless(_ evidence: Evidence) {
        for judgement in judgements[evidence] ?? [] {
            #expect(
                judgement.harmlessPrevented.isEmpty,
                "\(judgement.run.name) \(judgement.product) \(evidence)")
        }
    }

    @Test(arguments: Evidence.allCases)
    func everyEntryIsJudged(_ evidence: Evidence) {
        let all = judgements[evidence] ?? []
        #expect(all.count > RecordedRun.all.count / 2)
        for judgement in all {
            let name = "\(judgement.run.name) \(judgement.product) \(evidence)"
            #expect(judgement.failure == nil)
            #expect(judgement.entries == judgement.blocked, "\(name)")
            for (truth, entry) in judgement.pairs where entry == nil {
                let kind = "\(judgement.product) \(truth.cause)/\(truth.variant)"
                #expect(unread.contains(kind), "\(name), line \(truth.number) of truth.tsv")
            }
        }
    }
}

private func wrongLateCloses(_ judgements: [Judgement]) -> [String] {
    let all = judgements.flatMap { judgement in
        judgement.pairs.filter { $0.entry?.cause == "late-close" }
            .filter { $0.truth.cause != "late-close" }
            .map { "\(judgement.run.name) \(judgement.product) \($0.truth.cause)" }
    }
    return Set(all).sorted()
}
