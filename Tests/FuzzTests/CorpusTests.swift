// The corpus of every fuzz target, replayed: what once made a target crash stays in it as a test.

import Dialects
import Facts
import Foundation
import FuzzShared
import TestSupport
import Testing

private let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fuzz")

private func seeds(_ target: String) throws -> [[UInt8]] {
    let path = folder.appending(path: "Corpus/\(target)").path
    return try FileManager.default.contentsOfDirectory(atPath: path).sorted().map {
        [UInt8](try Data(contentsOf: URL(filePath: path).appending(path: $0)))
    }
}

private func run(_ bytes: [UInt8], only: DialectID?) {
    bytes.withUnsafeBufferPointer { fuzzLines($0, only: only) }
}

@Suite struct CorpusTests {
    @Test(arguments: DialectID.allCases.filter(\.isOfLines))
    func everyDialectHasATargetAndItsCorpusPasses(_ dialect: DialectID) throws {
        let name = dialect.name.description
        #expect(FileManager.default.fileExists(atPath: folder.path + "/\(name)/Target.swift"))
        let manifest = folder.deletingLastPathComponent().appending(path: "Package.swift")
        #expect(try String(contentsOf: manifest, encoding: .utf8).contains("\"\(name)\""))
        let all = try seeds(name)
        #expect(all.count >= 5)
        for seed in all { run(seed, only: dialect) }
    }

    @Test func anyDialectReadsAnyCorpus() throws {
        for target in DialectID.allCases.filter(\.isOfLines).map(\.name.description) + ["envelope"]
        {
            for seed in try seeds(target) { run(seed, only: nil) }
        }
    }

    @Test func capturesPassToo() throws {
        let all = try seeds("capture")
        #expect(all.count >= 5)
        for seed in all { seed.withUnsafeBufferPointer(fuzzCapture) }
    }

    @Test func rulesPassToo() throws {
        let all = try seeds("policy")
        #expect(all.count >= 5)
        for seed in all {
            for length in stride(from: 0, through: seed.count, by: 409) {
                Array(seed[..<length]).withUnsafeBufferPointer(fuzzPolicy)
            }
        }
    }

    @Test func replaysPassToo() throws {
        let all = try seeds("replay")
        #expect(all.count >= 5)
        var random = Seeded()
        for seed in all {
            seed.withUnsafeBufferPointer(fuzzReplay)
            for _ in 0..<200 {
                var bytes = seed
                for _ in 0..<8 {
                    let place = Int.random(in: 0..<bytes.count, using: &random)
                    bytes[place] = UInt8.random(in: 0...255, using: &random)
                }
                bytes.withUnsafeBufferPointer(fuzzReplay)
            }
        }
    }

    @Test func manyCutsAndMutationsPass() throws {
        var random = Seeded()
        for target in DialectID.allCases.filter(\.isOfLines).map(\.name.description) + ["envelope"]
        {
            for seed in try seeds(target) {
                for length in stride(from: 0, through: seed.count, by: 31) {
                    run(Array(seed[..<length]), only: nil)
                }
                for _ in 0..<20 {
                    var bytes = seed
                    for _ in 0..<4 {
                        let place = Int.random(in: 0..<bytes.count, using: &random)
                        bytes[place] = UInt8.random(in: 0...255, using: &random)
                    }
                    run(bytes, only: nil)
                }
            }
        }
    }
}
