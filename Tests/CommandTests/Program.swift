// Runs the built program as people and scripts do: words, standard input, environment in; status,
// output, complaints out.

import Foundation
import TestSupport
import Testing

/// One finished run.
struct Run {
    var status: Int32
    var out: [UInt8]
    var error: String
    var seconds: Double

    var text: String { String(decoding: out, as: UTF8.self) }
    var lines: [Substring] { text.split(separator: "\n") }
    /// Each line as JSON; a line that is none makes the test fail.
    func records() throws -> [JSON] { try lines.map { try JSON(String($0)) } }
    func document() throws -> JSON { try JSON(out) }
}

enum Program {
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// `stray` beside the tests: both are products of the same build.
    static let path: String = {
        let folders = [
            URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().path,
            "/proc/self/exe".resolvedFolder, root.path + "/.build/release",
            root.path + "/.build/debug",
        ]
        let all = folders.map { $0 + "/stray" }
        return all.first { FileManager.default.isExecutableFile(atPath: $0) } ?? "stray"
    }()

    static func example(_ name: String) -> String { root.path + "/Examples/" + name }

    static let examples = [
        "cisco-teardowns.log", "conntrack-events.log", "forcepoint-branch.log", "office-day.log",
        "router-kern.log", "ufw-home-server.log",
    ]

    /// Those of the examples in which something is recognised: a dialect may not be there yet.
    static let readable = examples.filter { run(["entries", example($0)]).status == 0 }

    /// Runs `stray`. Limit: a run that takes longer than `seconds` is killed, status 9.
    static func run(
        _ words: [String], input: [UInt8]? = nil, environment: [String: String] = [:],
        seconds: Double = 60
    ) -> Run {
        execute(path, words, input: input, environment: environment, seconds: seconds)
    }

    /// Runs a line of shell in which `$S` is `stray`.
    static func shell(_ line: String, seconds: Double = 60) -> Run {
        execute("/bin/sh", ["-c", line], input: nil, environment: ["S": path], seconds: seconds)
    }

    static func execute(
        _ file: String, _ words: [String], input: [UInt8]?, environment: [String: String],
        seconds: Double
    ) -> Run {
        let folder = Folder()
        let process = Process()
        process.executableURL = URL(filePath: file)
        process.arguments = words
        process.currentDirectoryURL = root
        process.environment = ["PATH": "/usr/bin:/bin", "TZ": "UTC"].merging(environment) { $1 }
        let out = folder.file("out", [])
        let error = folder.file("error", [])
        do {
            let from = input.map { folder.file("in", $0) } ?? "/dev/null"
            process.standardInput = try FileHandle(forReadingFrom: URL(filePath: from))
            process.standardOutput = try FileHandle(forWritingTo: URL(filePath: out))
            process.standardError = try FileHandle(forWritingTo: URL(filePath: error))
            let ended = DispatchSemaphore(value: 0)
            process.terminationHandler = { _ in ended.signal() }
            let start = ContinuousClock.now
            try process.run()
            if ended.wait(timeout: .now() + seconds) == .timedOut {
                kill(process.processIdentifier, SIGKILL)
                ended.wait()
            }
            let took = ContinuousClock.now - start
            return Run(
                status: process.terminationStatus, out: folder.read(out),
                error: String(decoding: folder.read(error), as: UTF8.self),
                seconds: took / .seconds(1))
        } catch {
            Issue.record("\(file) cannot be run: \(error)")
            return Run(status: -1, out: [], error: "", seconds: 0)
        }
    }

    /// Whether a tool is there; where it is not, the test tells that it skipped.
    static func has(_ tool: String) -> Bool {
        ["/usr/bin/", "/bin/"].contains { FileManager.default.isExecutableFile(atPath: $0 + tool) }
    }

    static func schema(_ name: String) throws -> JSONSchema {
        let file = root.appending(path: "docs/schema/\(name).schema.json")
        return JSONSchema(try JSON([UInt8](Data(contentsOf: file))))
    }
}

/// A folder that goes with its last user.
final class Folder: Sendable {
    let path: String

    init() {
        path = FileManager.default.temporaryDirectory.path + "/stray-test-" + UUID().uuidString
        try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String, _ bytes: [UInt8]) -> String {
        _ = FileManager.default.createFile(atPath: "\(path)/\(name)", contents: Data(bytes))
        return "\(path)/\(name)"
    }

    func file(_ name: String, _ text: String) -> String { file(name, Array(text.utf8)) }

    func read(_ path: String) -> [UInt8] {
        FileManager.default.contents(atPath: path).map { [UInt8]($0) } ?? []
    }
}

extension String {
    fileprivate var resolvedFolder: String {
        URL(filePath: self).resolvingSymlinksInPath().deletingLastPathComponent().path
    }
}

func contents(_ path: String) -> [UInt8] {
    FileManager.default.contents(atPath: path).map { [UInt8]($0) } ?? []
}

/// A blocked FIN,ACK as pfSense writes it, with the fields that a test wants different.
func filterlog(
    host: String = "fw1", rule: String = "1000000103", interface: String = "em0",
    source: String = "10.0.0.5", port: Int = 50512, flags: String = "FA", second: Int = 1
) -> String {
    let clock = String(format: "%02d:%02d:%02d", second / 3600 % 24, second / 60 % 60, second % 60)
    return "<134>1 2026-11-19T\(clock).000000+00:00 \(host) filterlog 1 - - "
        + "4,,,\(rule),\(interface),match,block,in,4,0x0,,64,1,0,DF,6,tcp,40,\(source),"
        + "203.0.113.9,\(port),443,0,\(flags),1,2,513,,"
}
