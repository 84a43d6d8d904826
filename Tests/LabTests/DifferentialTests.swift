// Netfilter's model against the kernel of this machine, where it can be asked; elsewhere this is
// skipped and says why. docs/models/netfilter.md tells of the large run.

import Foundation
import Testing

private let script = root.path + "/Lab/differential"

/// Why the kernel cannot be asked here; nil where it can.
private let obstacle: String? = {
    guard let checked = try? run("/usr/bin/env", ["python3", script, "--check"]) else {
        return "The differential test's script cannot be started."
    }
    if checked.status == 0 { return nil }
    let sentence = checked.error.split(separator: "\n").last ?? "It needs python3."
    return String(sentence.trimmingPrefix("Skipped: "))
}()

@Suite(.timeLimit(.minutes(2)), .enabled(if: obstacle == nil, "\(obstacle ?? "")"))
struct DifferentialTests {
    /// Another seed every day, told when a difference is found.
    @Test func modelAndKernelSayTheSame() throws {
        let seed = Int(Date().timeIntervalSince1970) / 86400
        let words = ["python3", script, "--maker", stray + "-differential"]
        let size = ["--packets", "6000", "--packets-each", "2000", "--seed", "\(seed)"]
        let done = try run("/usr/bin/env", words + size)
        #expect(done.status == 0, "seed \(seed): \(done.error)")
        #expect(String(decoding: done.out, as: UTF8.self).contains(" 0 differences"))
    }
}
