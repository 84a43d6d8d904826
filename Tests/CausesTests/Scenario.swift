// A scenario: lines of real logs that tell one story, and what each blocked one must be judged.
//
// The first line is `# ` and a sentence that says the situation. Before a log line may stand what
// is expected of it, each on a line of its own:
//
//     #= CAUSE [VARIANT|-] [HARM|-] [WORD...]    it is judged so
//     #!= CAUSE                                  it is not judged so
//
// Words: `always-prevented`, `sometimes-works`, `count=N` (packets of its finding),
// `leans=CAUSE` (the first alternative), `confidence<N` (per cent).
// Every other line that starts with `#` is a comment.

import Bytes
import Causes
import Dialects
import Evidence
import Facts
import Foundation

struct Expectation {
    var mustBe: Bool
    var cause: String
    var variant: String?
    var harm: String?
    var words: [String]
    var line: Int
}

struct ScenarioEntry {
    var entry: Entry
    var line: Int
    var text: String
    var expected: [Expectation]
}

struct Scenario: CustomStringConvertible, Sendable {
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    static let folder = "Tests/Scenarios/causes"

    /// The cause it is filed under, and its file's name.
    let cause: String
    let name: String
    var description: String { "\(cause)/\(name)" }
    /// Whether the situation only looks like the cause.
    var isLookAlike: Bool { name.hasPrefix("not-") }

    static func names(in path: String) -> [String] {
        let all = try? FileManager.default.contentsOfDirectory(
            atPath: root.appending(path: path).path)
        return (all ?? []).sorted()
    }

    static let all = names(in: folder).flatMap { cause in
        names(in: "\(folder)/\(cause)").filter { $0.hasSuffix(".scenario") }
            .map { Scenario(cause: cause, name: $0) }
    }

    func lines() throws -> [String] {
        let path = Scenario.root.appending(path: "\(Scenario.folder)/\(cause)/\(name)")
        return try String(contentsOf: path, encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}

/// The clock of all scenarios: UTC, and logs written up to the end of 19 November 2026.
private let scenarioClock = Clock(
    zone: .utc, yearRule: .writtenUpTo(Instant(seconds: 1_795_132_799)))

/// A scenario or a whole log, read.
struct Story {
    var title: String?
    var entries: [ScenarioEntry] = []
    var names = Names()
    /// Lines that are neither comments nor entries, and expectations above no blocked entry.
    var faults: [String] = []

    init(_ lines: [String]) {
        title = lines.first.flatMap { $0.hasPrefix("# ") ? String($0.dropFirst(2)) : nil }
        var reader = LineReader(clock: scenarioClock)
        var pending: [Expectation] = []
        for (place, text) in lines.enumerated() where !text.isEmpty {
            if text.hasPrefix("#") {
                if let expected = Story.expectation(text, place + 1) { pending.append(expected) }
                continue
            }
            var entry = Entry()
            if PaddedText(text).withLine({ reader.read($0, into: &entry) }) {
                if !pending.isEmpty, !entry.isBlocked {
                    faults.append("line \(place + 1): not blocked, but judged")
                }
                entries.append(
                    ScenarioEntry(entry: entry, line: place + 1, text: text, expected: pending))
            } else {
                faults.append("line \(place + 1): no entry: \(text.prefix(80))")
            }
            pending = []
        }
        names = reader.context.names
    }

    private static func expectation(_ text: String, _ line: Int) -> Expectation? {
        let mustBe = text.hasPrefix("#= ")
        guard mustBe || text.hasPrefix("#!= ") else { return nil }
        var words = text.split(separator: " ").dropFirst().map(String.init)
        guard !words.isEmpty else { return nil }
        let cause = words.removeFirst()
        func isWord(_ word: String) -> Bool {
            word.contains("=") || word.contains("<") || word == "always-prevented"
                || word == "sometimes-works"
        }
        func next() -> String? {
            guard let word = words.first, !isWord(word) else { return nil }
            words.removeFirst()
            return word == "-" ? nil : word
        }
        let variant = next()
        let harm = next()
        return Expectation(
            mustBe: mustBe, cause: cause, variant: variant, harm: harm, words: words, line: line)
    }

    /// The digest of some of the entries. Lines are counted as if each entry were one.
    func digest(_ range: Range<Int>, begins: Bool, book: Bool = false) -> Digest {
        var digest = Digest(Settings(), beginsInput: begins, book: book ? LifeBook() : nil)
        for item in entries[range] {
            var entry = item.entry
            digest.lines += 1
            digest.add(&entry, line: digest.lines)
        }
        return digest
    }
}

/// The findings in a form to compare and to keep.
func findingsText(_ diagnosis: Diagnosis, _ names: Names) -> String {
    func subject(_ subject: Subject) -> String {
        func address(_ address: Address) -> String {
            var writer = ByteWriter()
            writer.put(address, names)
            return writer.text
        }
        func place(_ interface: Name, _ node: Name) -> String {
            (interface.isNone ? "-" : names.text(interface)) + "@"
                + (node.isNone ? "-" : names.text(node))
        }
        switch subject {
        case .host(let host): return address(host)
        case .service(let host, let port): return "\(address(host)):\(port)"
        case .port(let port, let interface, let node):
            return "port \(port) on \(place(interface, node))"
        case .networks(let a, let b, _): return "\(address(a))/net -> \(address(b))/net"
        case .interface(let interface, let node): return place(interface, node)
        case .reason(let reason, let interface, let node):
            return "\(reason.name) on \(place(interface, node))"
        case .others: return "others"
        }
    }
    return diagnosis.findings.map { finding in
        let prevented = finding.isAlwaysPrevented ? " always-prevented" : ""
        return "\(finding.id) \(finding.cause.name) \(finding.variant ?? "-") \(finding.harm.name)"
            + " count=\(finding.count) \(subject(finding.subject))\(prevented)\n"
    }.joined()
}
