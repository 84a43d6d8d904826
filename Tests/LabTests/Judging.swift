// What `stray` says of the recorded runs: the built program, run as people run it. Read Recorded
// first.

import Foundation
import Synchronization

/// One finished program.
struct Finished {
    var status: Int32
    var out: Data
    var error: String
}

/// A folder that goes with its last user.
final class TemporaryFolder: Sendable {
    let path: String

    init() {
        path = FileManager.default.temporaryDirectory.path + "/stray-lab-\(UUID())"
        try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// A program that runs, with what it says going to files. Many are started at a time, and pipes
/// would be inherited by whichever child is made next.
struct Started {
    let process: pid_t
    private let folder = TemporaryFolder()

    struct NotStarted: Error {
        var program: String
        var error: Int32
    }

    init(_ program: String, _ words: [String]) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        for (descriptor, name) in [(Int32(1), "out"), (2, "error")] {
            let file = "\(folder.path)/\(name)"
            posix_spawn_file_actions_addopen(&actions, descriptor, file, O_WRONLY | O_CREAT, 0o600)
        }
        // Dispatch's threads block signals, and what they start would too: nothing could end it.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var blocked = sigset_t()
        sigemptyset(&blocked)
        posix_spawnattr_setsigmask(&attributes, &blocked)
        // What a script's background job ignores is not ignored here.
        var restored = sigset_t()
        sigemptyset(&restored)
        sigaddset(&restored, SIGINT)
        posix_spawnattr_setsigdefault(&attributes, &restored)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var arguments = ([program] + words).map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var made: pid_t = 0
        let error = posix_spawn(&made, program, &actions, &attributes, &arguments, environ)
        if error != 0 { throw NotStarted(program: program, error: error) }
        process = made
    }

    /// Waits for its end. A signal that ended it counts as 128 and its number, as in a shell.
    func finish() -> Finished {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7F
        let read = { (name: String) in
            FileManager.default.contents(atPath: "\(folder.path)/\(name)") ?? Data()
        }
        return Finished(
            status: signal == 0 ? status >> 8 & 0xFF : 128 + signal, out: read("out"),
            error: String(decoding: read("error"), as: UTF8.self))
    }
}

/// Runs a program to its end.
func run(_ program: String, _ words: [String]) throws -> Finished {
    try Started(program, words).finish()
}

/// `stray` beside the tests: both are products of the same build.
let stray: String = {
    let tests = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    let folders = [
        URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().path,
        tests.deletingLastPathComponent().path, root.path + "/.build/debug",
    ]
    let all = folders.map { $0 + "/stray" }
    return all.first { FileManager.default.isExecutableFile(atPath: $0) } ?? "stray"
}()

/// A line of `stray why --entries`.
struct JudgedEntry: Decodable {
    var node: String?
    var src: String
    var sport: Int?
    var dst: String
    var dport: Int?
    var cause: String
    var confidence: Double
    var finding: Int?

    var ends: Ends { Ends(src, sport, dst, dport) }
}

/// A line of `stray why`: of a finding, or the totals.
private struct Told: Decodable {
    var type: String
    var cause: String?
    var harm: String?
    var alwaysPrevented: Bool?
    var totals: Totals?

    struct Totals: Decodable {
        var blocked: Int
    }
}

/// What Stray says of one run in one product's log.
struct Judgement: Sendable {
    var run: RecordedRun
    var product: Product
    var pairs: [(truth: Truth, entry: JudgedEntry?)] = []
    var entries = 0
    var blocked = 0
    /// The causes of findings said to be harmless though nothing between the ends ever worked.
    var harmlessPrevented: [String] = []
    /// Why there is no judgement.
    var failure: String?

    init(_ run: RecordedRun, _ product: Product, _ evidence: Evidence) {
        self.run = run
        self.product = product
        do {
            try judge(run.inputs(product, evidence))
        } catch {
            failure = "\(run.name) \(product) \(evidence): \(error)"
        }
    }

    private struct Failed: Error, CustomStringConvertible {
        var description: String
    }

    private mutating func judge(_ inputs: [String]) throws {
        let common =
            ["why", "--format", "ndjson", "--no-progress", "--tz", "UTC"]
            + ["--year", String(run.year)]
        func lines(_ words: [String]) throws -> [Data] {
            let done = try LabTests.run(stray, common + words + inputs)
            // 3: one of several inputs held nothing, as the log of a node at rest.
            guard [0, 1, 3].contains(done.status), !done.out.isEmpty else {
                throw Failed(description: "status \(done.status), \(done.error)")
            }
            return done.out.split(separator: UInt8(ascii: "\n"))
        }
        let decoder = JSONDecoder()
        let judged = try lines(["--entries"]).map { try decoder.decode(JudgedEntry.self, from: $0) }
        entries = judged.count
        pairs = paired(run.truth(of: product), judged)
        for told in try lines([]).map({ try decoder.decode(Told.self, from: $0) }) {
            if let totals = told.totals { blocked = totals.blocked }
            if told.alwaysPrevented == true, told.harm == "harmless" {
                harmlessPrevented.append(told.cause ?? "")
            }
        }
    }
}

/// Each line of the truth with the judgement of its packet, by node, ends and order.
func paired(
    _ truth: [Truth], _ entries: [JudgedEntry]
) -> [(truth: Truth, entry: JudgedEntry?)] {
    struct Place: Hashable {
        var node: String?
        var ends: Ends
    }
    var waiting: [Place: [JudgedEntry]] = [:]
    for entry in entries.reversed() {
        waiting[Place(node: entry.node, ends: entry.ends), default: []].append(entry)
    }
    return truth.map { row in
        // A product may leave out the ports, as of a header cut short, or the node.
        for node in [row.node, nil] {
            for ends in [row.ends, row.ends.hosts] {
                if let entry = waiting[Place(node: node, ends: ends)]?.popLast() {
                    return (row, entry)
                }
            }
        }
        return (row, nil)
    }
}

/// The judgements of every recorded run, by what Stray read. Made once, on all processors.
let judgements: [Evidence: [Judgement]] = {
    var work: [(RecordedRun, Product, Evidence)] = []
    for evidence in Evidence.allCases {
        for run in RecordedRun.all {
            for product in evidence.products where !run.truth(of: product).isEmpty {
                // A firewall that logs none of it, as some do, has nothing to judge.
                if !run.inputs(product, evidence).isEmpty { work.append((run, product, evidence)) }
            }
        }
    }
    let items = work
    let made = Mutex<[(Int, Evidence, Judgement)]>([])
    DispatchQueue.concurrentPerform(iterations: items.count) { index in
        let (run, product, evidence) = items[index]
        let judgement = Judgement(run, product, evidence)
        made.withLock { $0.append((index, evidence, judgement)) }
    }
    let sorted = made.withLock { $0.sorted { $0.0 < $1.0 } }
    return Dictionary(grouping: sorted, by: \.1).mapValues { $0.map(\.2) }
}()
