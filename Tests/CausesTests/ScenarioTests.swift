// Every scenario is judged as it says, and the same however the log is cut.
//
// Read first: `Scenario`. The harm of a mistake is not even: that no broken service is called
// harmless has its own scenarios, the look-alikes `not-…` of the harmless causes.

import Causes
import Dialects
import Evidence
import Facts
import Foundation
import Testing

@Suite struct ScenarioTests {
    /// The causes that a log's lines can tell; each must be proven from both sides.
    static let proven = [
        "late-close", "idle-timeout", "asymmetric-routing", "scan", "backscatter",
        "spoofed-flags", "packet-anomaly", "policy", "unexplained",
    ]

    @Test(arguments: proven)
    func everyCauseIsProvenFromBothSides(_ cause: String) throws {
        let own = Scenario.all.filter { $0.cause == cause }
        let positives = try own.filter { scenario in
            try !scenario.isLookAlike
                && Story(scenario.lines()).entries.contains { item in
                    item.expected.contains { $0.mustBe && $0.cause == cause }
                }
        }
        #expect(positives.count >= 2, "too few positives")
        #expect(own.count { $0.isLookAlike } >= 2, "too few look-alikes")
    }

    @Test func everyFolderIsACause() {
        for name in Scenario.names(in: Scenario.folder) {
            #expect(CauseID(name: name) != nil, "\(name)")
        }
        for scenario in Scenario.all where scenario.isLookAlike {
            let story = try? Story(scenario.lines())
            let said = story?.entries.flatMap(\.expected) ?? []
            #expect(said.contains { $0.mustBe != ($0.cause == scenario.cause) }, "\(scenario)")
        }
    }

    @Test(arguments: Scenario.all)
    func scenarioIsJudgedAsItSays(_ scenario: Scenario) throws {
        let story = try Story(scenario.lines())
        #expect(story.title != nil, "the first line says the situation")
        #expect(story.faults.isEmpty)
        #expect(story.entries.contains { !$0.expected.isEmpty })
        #expect(mistakes(story).isEmpty)
    }

    @Test(arguments: Scenario.all)
    func scenarioIsJudgedTheSameWhereverItIsCut(_ scenario: Scenario) throws {
        let story = try Story(scenario.lines())
        let count = story.entries.count
        var whole = story.digest(0..<count, begins: true)
        whole.finish()
        let expected = findingsText(Diagnosis(whole, timers: TimerBook()), story.names)
        #expect(!expected.isEmpty)
        for begins in [true, false] {
            for cut in 0...count {
                var parts = story.digest(0..<cut, begins: begins)
                parts.merge(story.digest(cut..<count, begins: false))
                parts.finish()
                let told = findingsText(Diagnosis(parts, timers: TimerBook()), story.names)
                #expect(told == expected, "begins \(begins), cut at \(cut)")
            }
        }
    }

    @Test func aWrongExpectationIsFound() {
        let line =
            "<134>1 2026-11-19T12:00:00Z fw1 filterlog 7 - - 4,,,1000000103,igb0,match,block,in,4,"
            + "0x0,,54,1,0,DF,6,tcp,60,203.0.113.9,198.51.100.2,40000,22,0,S,1,,64240,,mss"
        #expect(mistakes(Story(["# A SYN", "#= policy syn", line])).isEmpty)
        let wrongs = [
            "#= scan", "#!= policy", "#= policy other-protocol", "#= policy syn harmless",
            "#= policy syn - always-prevented", "#= policy count=2",
        ]
        for wrong in wrongs {
            #expect(!mistakes(Story(["# A SYN", wrong, line])).isEmpty, "\(wrong)")
        }
        #expect(!Story(["# A SYN", "no entry at all"]).faults.isEmpty)
    }
}

/// What was judged otherwise than expected, told so that the ledger need not be looked up.
private func mistakes(_ story: Story) -> [String] {
    var digest = story.digest(0..<story.entries.count, begins: true, book: true)
    digest.finish()
    let diagnosis = Diagnosis(digest, timers: TimerBook())
    var judge = EntryJudge(digest, diagnosis)
    var wrong: [String] = []
    for item in story.entries where item.entry.isBlocked {
        let judged = judge.judge(item.entry, explaining: true)
        for expected in item.expected {
            guard let judged else {
                wrong.append("line \(item.line): not judged")
                continue
            }
            let finding = diagnosis.findings.first { $0.id == judged.finding }
            let reasons = differences(expected, judged.verdict, count: finding?.count ?? 0)
            guard !reasons.isEmpty else { continue }
            wrong.append(
                "line \(item.line): \(reasons.joined(separator: ", "))\n\(told(judged.verdict))")
        }
    }
    return wrong
}

private func differences(_ expected: Expectation, _ verdict: Verdict, count: Int) -> [String] {
    let fits =
        expected.cause == verdict.cause.name
        && (expected.variant == nil || expected.variant == verdict.variant)
        && (expected.harm == nil || expected.harm == verdict.harm.name)
    let is_ = "\(verdict.cause.name) \(verdict.variant ?? "-") \(verdict.harm.name)"
    guard expected.mustBe else {
        return fits ? ["is \(is_), and must not be"] : []
    }
    var all = fits ? [] : ["is \(is_), not \(expected.cause) \(expected.variant ?? "")"]
    for word in expected.words {
        let parts = word.split(whereSeparator: { $0 == "=" || $0 == "<" })
        let holds: Bool
        switch parts.first {
        case "always-prevented": holds = verdict.isAlwaysPrevented
        case "sometimes-works": holds = !verdict.isAlwaysPrevented
        case "count": holds = parts.last.flatMap { Int($0) } == count
        case "leans": holds = verdict.alternatives.first?.cause.name == parts.last.map(String.init)
        case "confidence":
            holds = parts.last.flatMap { Double($0) }.map { verdict.confidence * 100 < $0 } ?? false
        default: holds = false
        }
        if !holds { all.append("not \(word) (count \(count))") }
    }
    return all
}

private func told(_ verdict: Verdict) -> String {
    let facts = verdict.statements.map { "  \($0.weight) \($0.text)" }
    let rivals = verdict.alternatives.map {
        "  ? \($0.cause.name) \(Int($0.confidence * 100)) % \($0.because)"
    }
    return (["  \(Int(verdict.confidence * 100)) %"] + facts + rivals).joined(separator: "\n")
}

// MARK: - The example logs

@Suite struct ExampleFindingTests {
    // One router's two accounts belong together: the events explain what the kernel logged.
    static let sets: [[String]] =
        Scenario.names(in: "Examples").filter { $0.hasSuffix(".log") }.map { [$0] }
        + [["conntrack-events.log", "router-kern.log"]]

    /// Rewrites what is kept when `GOLDEN_UPDATE=1`.
    @Test(arguments: sets)
    func examplesAreJudgedAsKept(_ logs: [String]) throws {
        var lines: [String] = []
        for log in logs {
            let text = try String(
                contentsOf: Scenario.root.appending(path: "Examples/\(log)"), encoding: .utf8)
            lines += text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init)
        }
        let story = Story(lines)
        var digest = story.digest(0..<story.entries.count, begins: true)
        digest.finish()
        let told = findingsText(Diagnosis(digest, timers: TimerBook()), story.names)
        let name = logs.map { $0.replacing(".log", with: "") }.joined(separator: "+")
        let golden = Scenario.root.appending(path: "Tests/Golden/findings/\(name).out")
        if ProcessInfo.processInfo.environment["GOLDEN_UPDATE"] == "1" {
            try FileManager.default.createDirectory(
                at: golden.deletingLastPathComponent(), withIntermediateDirectories: true)
            try told.write(to: golden, atomically: true, encoding: .utf8)
        }
        let kept = try String(contentsOf: golden, encoding: .utf8)
        #expect(told == kept, "see what differs; GOLDEN_UPDATE=1 keeps it as it is now")
    }
}
