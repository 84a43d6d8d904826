// The figures themselves, on judgements so few that they can be reckoned by hand.

import Testing

private func truth(_ cause: String, _ number: Int, unexplainable: Bool = false) throws -> Truth {
    let fields = [
        "\(number)", "1700000000.5", "fw1", "eth0", "10.0.0.5", "\(number)", "192.0.2.9", "443",
        "tcp", "FA", "1", cause, "fin", unexplainable ? "1" : "0",
    ]
    return try #require(Truth(fields.joined(separator: "\t")[...]))
}

private func told(
    _ cause: String, port: Int? = nil, confidence: Double = 0.9, finding: Int = 1
) -> JudgedEntry {
    JudgedEntry(
        node: "fw1", src: "10.0.0.5", sport: port, dst: "192.0.2.9", dport: port.map { _ in 443 },
        cause: cause, confidence: confidence, finding: finding)
}

private func isClose(_ a: Double, _ b: Double) -> Bool { abs(a - b) < 1e-9 }

@Suite struct ScoreTests {
    /// Of four late closes one is told as a scan; the one scan is told as late-close.
    @Test func figuresAreThoseReckonedByHand() throws {
        var score = Score()
        score.add([
            (try truth("late-close", 1), told("late-close")),
            (try truth("late-close", 2), told("late-close")),
            (try truth("late-close", 3), told("late-close")),
            (try truth("late-close", 4), told("scan", confidence: 0.6, finding: 2)),
            (try truth("scan", 5), told("late-close", finding: 3)),
        ])
        #expect(isClose(score.recall("late-close"), 0.75))
        #expect(isClose(score.precision("late-close"), 0.75 / 1.75))
        #expect(isClose(score.f1("late-close"), 2 * 0.75 / 2.75))
        #expect(score.f1("scan") == 0)
        #expect(isClose(score.macroF1, 0.75 / 2.75))
        #expect(isClose(score.lateCloseWrong, 1 / 1.75))
        #expect(score.reliability(from: 0.9) == 0.5)
        #expect(score.reliability(from: 0.95) == nil)
    }

    @Test func manyPacketsWeighAsMuchAsFew() throws {
        var score = Score()
        score.add(try (1...100).map { (try truth("scan", $0), told("scan")) })
        score.add([(try truth("scan", 1), told("policy"))])
        #expect(isClose(score.recall("scan"), 0.5))
    }

    @Test func leavingOpenWhatNoLogDecidesIsNotCounted() throws {
        var score = Score()
        score.add([(try truth("scan", 1, unexplainable: true), told("unexplained"))])
        #expect(score.causes.isEmpty && score.macroF1 == 0)
        // A wrong answer is counted all the same, and so is leaving open what could be known.
        score.add([(try truth("scan", 1, unexplainable: true), told("late-close"))])
        score.add([(try truth("policy", 1), told("unexplained"))])
        #expect(score.causes == ["policy", "scan"] && score.macroF1 == 0)
    }

    @Test func judgementsFindTheirPackets() throws {
        let rows = try [1, 2, 2, 3].map { try truth("scan", $0) }
        let entries = [
            told("scan", port: 2), told("policy"), told("late-close", port: 2),
            told("backscatter", port: 9),
        ]
        // Without ports the hosts must do; what has other ports is another packet.
        let causes = paired(rows, entries).map { $0.entry?.cause }
        #expect(causes == ["policy", "scan", "late-close", nil])
    }

    @Test func brokenTruthIsRefused() {
        #expect(Truth("1\t2\tfw1") == nil)
    }
}
