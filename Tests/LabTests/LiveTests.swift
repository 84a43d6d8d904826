// The laboratory itself, where this machine can run it; elsewhere these tests are skipped and say
// why. Lab/README.md tells what a run is.

import Foundation
import Testing

/// Why the laboratory cannot run here; nil where it can.
private let obstacle: String? = {
    guard let checked = try? run("/usr/bin/env", ["python3", root.path + "/Lab/run", "--check"])
    else { return "The laboratory's script cannot be started." }
    switch checked.status {
    case 0: return nil
    case 127: return "The laboratory needs python3."
    default:
        let sentence = checked.error.split(separator: "\n").last ?? "It does not say why."
        return String(sentence.trimmingPrefix("Skipped: "))
    }
}()

@Suite(.serialized, .timeLimit(.minutes(5)), .enabled(if: obstacle == nil, "\(obstacle ?? "")"))
struct LiveTests {
    private static let seed = 101

    /// One scenario of real connections and one of made packets, side by side: a quarter of a
    /// minute, most of it silences.
    @Test func runsAgreeWithTheirLogs() async throws {
        let folder = TemporaryFolder()
        let statuses = await withTaskGroup(of: (String, String?).self) { group in
            for name in ["late-close", "spoofed-flags"] {
                group.addTask { (name, failure(of: name, in: folder.path)) }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 ?? "" }
        }
        for (name, failure) in statuses {
            #expect(failure.isEmpty)
            guard failure.isEmpty else { continue }
            let made = try RecordedRun(URL(filePath: folder.path + "/" + name))
            #expect(made.truth.contains { $0.cause == name }, "\(name)")
            #expect(disagreements(made).isEmpty)
            for product in Product.allCases {
                let judgement = Judgement(made, product, .openings)
                #expect(judgement.failure == nil)
                #expect(judgement.pairs.allSatisfy { $0.entry != nil }, "\(name) \(product)")
            }
        }
    }

    /// Names of namespaces carry the process's number, so others' runs do not disturb this.
    @Test(arguments: [SIGINT, SIGTERM]) func brokenRunLeavesNothing(_ signal: Int32) throws {
        let folder = TemporaryFolder()
        let running = try Started(
            root.path + "/Lab/run", ["late-close", "--out", folder.path + "/run"])
        let tag = "st" + String(running.process, radix: 16) + "-"
        let deadline = ContinuousClock.now + .seconds(20)
        while !namespaces().contains(tag), ContinuousClock.now < deadline { usleep(20_000) }
        #expect(namespaces().contains(tag))
        kill(running.process, signal)
        #expect(running.finish().status == 128 + signal)
        #expect(!namespaces().contains(tag))
    }

    private func namespaces() -> String {
        let names = try? FileManager.default.contentsOfDirectory(atPath: "/run/netns")
        return (names ?? []).joined(separator: "\n")
    }

    /// Why a run went wrong; nil where it did not. A busy machine may spoil what a scenario times,
    /// which the run notices itself: it gets a second try.
    private func failure(of name: String, in folder: String) -> String? {
        var last = ""
        for _ in 1...2 {
            let words = [name, "--seed", "\(Self.seed)", "--out", folder + "/" + name]
            guard let done = try? run(root.path + "/Lab/run", words) else { return "no start" }
            if done.status == 0 { return nil }
            last = "\(name): status \(done.status), \(done.error)"
        }
        return last
    }
}
