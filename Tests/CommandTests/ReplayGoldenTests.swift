// What `stray replay` and `stray tune` print, word for word: so that a change is seen.
//
// After a wanted change: GOLDEN_UPDATE=1 ./stray-test --filter ReplayGoldenTests

import Foundation
import Testing

struct GoldenRun: Sendable, CustomTestStringConvertible {
    var name: String
    var words: [String]
    var status: Int32 = 0
    var testDescription: String { name }
    var answer: URL { Program.root.appending(path: "Tests/Golden/replay/\(name).out") }
}

private let capture = Program.example("branch-office.pcap")

private let goldenRuns: [GoldenRun] = [
    GoldenRun(name: "branch-office-pf", words: ["replay", "--model", "pf", capture], status: 1),
    GoldenRun(
        name: "branch-office-netfilter", words: ["replay", "--model", "netfilter", capture],
        status: 1),
    GoldenRun(
        name: "branch-office-forcepoint", words: ["replay", "--model", "forcepoint", capture],
        status: 1),
    GoldenRun(name: "tune-branch-office-pf", words: ["tune", "--model", "pf", capture]),
    GoldenRun(
        name: "tune-cisco-teardowns", words: ["tune", Program.example("cisco-teardowns.log")]),
    GoldenRun(
        name: "tune-conntrack-events", words: ["tune", Program.example("conntrack-events.log")]),
]

@Suite struct ReplayGoldenTests {
    @Test(arguments: goldenRuns)
    func whatIsPrintedIsWhatWas(_ golden: GoldenRun) throws {
        let run = Program.run(golden.words + ["--tz", "UTC"])
        #expect(run.status == golden.status && run.error.isEmpty)
        // Examples are named by where they lie.
        let found = run.text.replacing(Program.root.path + "/", with: "")
        if ProcessInfo.processInfo.environment["GOLDEN_UPDATE"] != nil {
            try Data(found.utf8).write(to: golden.answer)
            return
        }
        let wanted = String(decoding: try Data(contentsOf: golden.answer), as: UTF8.self)
        #expect(found == wanted)
    }

    @Test func everyAnswerIsAsked() throws {
        let folder = Program.root.appending(path: "Tests/Golden/replay").path
        let files = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(Set(files) == Set(goldenRuns.map { $0.name + ".out" }))
    }
}
