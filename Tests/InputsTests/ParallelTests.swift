// Reading in parallel blocks: the same result for any number of threads. Small logs are read on one
// thread by the program, so this is asked of the library, with a log of several blocks.

import Dialects
import Evidence
import Facts
import Foundation
import Inputs
import Testing

@Suite struct ParallelTests {
    /// All examples one after the other, again and again, in a file of four blocks.
    private static let log: URL = {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let folder = root.appending(path: "Examples")
        let names =
            (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?.sorted() ?? []
        var once = Data()
        for name in names where name.hasSuffix(".log") {
            once.append((try? Data(contentsOf: folder.appending(path: name))) ?? Data())
        }
        var all = Data()
        while all.count < 13 << 20, !once.isEmpty { all.append(once) }
        let file = FileManager.default.temporaryDirectory
            .appending(path: "stray-parallel-\(ProcessInfo.processInfo.processIdentifier).log")
        try? all.write(to: file)
        return file
    }()

    private func gathered(_ threads: Int) -> Gathered {
        var options = ReadOptions()
        options.threads = threads
        options.now = Instant(seconds: 1_795_000_000)
        let inputs = [Input(path: Array(Self.log.path.utf8))]
        return gather(Arrangement(inputs, options), options)
    }

    @Test func theDigestIsTheSame() {
        let one = gathered(1)
        #expect(one.digest.totals.strayLines > 10_000)
        for threads in [2, 5] {
            let more = gathered(threads)
            #expect(more.digest == one.digest, "\(threads) threads")
            #expect(more.inputs.map(\.tally.lines) == one.inputs.map(\.tally.lines))
        }
        try? FileManager.default.removeItem(at: Self.log)
    }
}
