// The example logs are what the generator makes, byte for byte, and each has its story told.

import Foundation
import Testing

@Suite struct ExamplesTests {
    // Limit: the examples lie in the repository; together they stay a download of a moment.
    private static let bytesMax = 400_000

    @Test func regeneratingGivesTheSameBytes() throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "stray-examples-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try generate(["examples", folder.path])
        let made = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(made == SourceTree.names(in: "Examples").filter { $0 != "README.md" })
        #expect(made.count >= 6)
        for name in made {
            let fresh = try Data(contentsOf: folder.appending(path: name))
            let kept = try Data(contentsOf: SourceTree.root.appending(path: "Examples/\(name)"))
            #expect(fresh == kept, "\(name) differs; try make examples")
            #expect(fresh.count < Self.bytesMax, "\(name)")
        }
    }

    @Test func everyExampleHasItsStory() throws {
        let page = try SourceTree.read("Examples/README.md")
        for name in SourceTree.names(in: "Examples") {
            #expect(page.contains(name) || name == "README.md")
        }
    }

    @Test func seedDecidesTheBenchmarkLog() throws {
        let arguments = ["filterlog", "--bytes", "300000", "--seed"]
        let first = try generate(arguments + ["7"])
        #expect(first.count >= 300_000)
        #expect(try generate(arguments + ["7"]) == first)
        #expect(try generate(arguments + ["8"]) != first)
    }

    @Test func benchmarkLogIsMixedAsPromised() throws {
        let log = try generate(["filterlog", "--bytes", "16000000", "--seed", "1"])
        var counts = (syns: 0, strays: 0, passes: 0)
        var last = ""
        for line in lines(String(decoding: log, as: UTF8.self)) {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            #expect(String(line.prefix(15)) >= last)
            last = String(line.prefix(15))
            switch (fields[6], fields[23]) {
            case ("pass", "S"): counts.passes += 1
            case ("block", "S"): counts.syns += 1
            default: counts.strays += 1
            }
        }
        let all = Double(counts.syns + counts.strays + counts.passes)
        #expect(abs(Double(counts.syns) / all - 0.70) < 0.03)
        #expect(abs(Double(counts.strays) / all - 0.25) < 0.03)
        #expect(abs(Double(counts.passes) / all - 0.05) < 0.02)
    }

    /// What the generator, built beside these tests, writes to its output.
    @discardableResult
    private func generate(_ arguments: [String]) throws -> Data {
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let process = Process()
        process.executableURL = URL(filePath: tests).deletingLastPathComponent()
            .appending(path: "stray-generate")
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return output
    }
}
