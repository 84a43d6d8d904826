// Runs the program on a terminal of a given size: script(1) gives it one.

import Foundation
import Testing

extension Program {
    /// Whether a terminal can be had.
    static let hasTerminal = has("script") && has("stty")

    /// What a run shows on a terminal so wide and high.
    static func onTerminal(
        _ words: [String], columns: Int, rows: Int = 40, environment: [String: String] = [:]
    ) -> Run {
        let quoted = words.map { "'" + $0.replacing("'", with: "'\\''") + "'" }
        let line =
            "stty cols \(columns) rows \(rows); exec '\(path)' " + quoted.joined(separator: " ")
        var run = execute(
            "/usr/bin/script", ["-qec", line, "/dev/null"], input: nil,
            environment: ["TERM": "xterm", "SHELL": "/bin/sh"].merging(environment) { $1 },
            seconds: 60)
        // A terminal's line ends.
        run.out = Array(run.text.replacing("\r\n", with: "\n").utf8)
        return run
    }
}
