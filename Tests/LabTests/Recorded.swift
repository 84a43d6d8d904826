// The laboratory's recorded runs, and which of their files one judgement reads. Read Lab/README.md
// first; Lab/score does the same in Python, for runs of every kind.

import Foundation

/// The checkout's folder.
let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// The firewalls as which a run wrote its log.
enum Product: String, CaseIterable {
    case filterlog, netfilter, asa, forcepoint
}

/// What Stray reads beside the blocked packets.
enum Evidence: String, CaseIterable {
    case logs, openings, captures, events

    /// Captures and events have netfilter's times: a stretched gap differs from product to product.
    /// Lab/score shifts captures for the others; here they go with the log whose times they have.
    var products: [Product] {
        switch self {
        case .logs, .openings: Product.allCases
        case .captures, .events: [.netfilter]
        }
    }
}

/// A line of truth.tsv: a packet that the firewall dropped, and why.
struct Truth {
    var number: Int
    var time: Double
    var node: String
    var ends: Ends
    var cause: String
    var variant: String
    var unexplainable: Bool

    /// Nil for a line that is none of truth.tsv.
    init?(_ line: Substring) {
        let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 14, let number = Int(fields[0]), let time = Double(fields[1])
        else { return nil }
        self.number = number
        self.time = time
        node = fields[2]
        ends = Ends(fields[4], Int(fields[5]), fields[6], Int(fields[7]))
        cause = fields[11]
        variant = fields[12]
        unexplainable = fields[13] == "1"
    }
}

/// The ends of a packet; a port that there is not, or that was not logged, is 0.
struct Ends: Hashable {
    var source: String
    var sourcePort: Int
    var target: String
    var targetPort: Int

    init(_ source: String, _ sourcePort: Int?, _ target: String, _ targetPort: Int?) {
        self.source = source
        self.sourcePort = sourcePort ?? 0
        self.target = target
        self.targetPort = targetPort ?? 0
    }

    var hosts: Ends { Ends(source, nil, target, nil) }
}

/// A folder that Lab/run wrote.
struct RecordedRun: Sendable {
    let name: String
    let folder: URL
    let files: [String]
    let truth: [Truth]
    /// The rows of which a product writes no line, by node and product.
    let unlogged: [String: [String: Set<Int>]]

    private struct Meta: Decodable {
        var unlogged: [String: [String: Set<Int>]]?
    }

    init(_ folder: URL) throws {
        name = folder.lastPathComponent
        self.folder = folder
        files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        let lines = try String(contentsOf: folder.appending(path: "truth.tsv"), encoding: .utf8)
            .split(separator: "\n")
        truth = lines.dropFirst().compactMap { Truth($0) }
        let meta = try Data(contentsOf: folder.appending(path: "meta.json"))
        unlogged = try JSONDecoder().decode(Meta.self, from: meta).unlogged ?? [:]
        if truth.count != lines.count - 1 { throw CocoaError(.fileReadCorruptFile) }
    }

    /// The scenario: the name without its seed.
    var scenario: String { name.split(separator: "-").dropLast().joined(separator: "-") }

    var year: Int {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar.component(.year, from: Date(timeIntervalSince1970: truth[0].time))
    }

    /// The truth of the packets that a product logs.
    func truth(of product: Product) -> [Truth] {
        truth.filter { unlogged[$0.node]?[product.rawValue]?.contains($0.number) != true }
    }

    /// Every node's log, and what stands beside it, as `stray` is given them; none where the
    /// product has logged nothing.
    func inputs(_ product: Product, _ evidence: Evidence) -> [String] {
        let suffix = evidence == .openings ? "-openings.log" : ".log"
        let logs = files.filter { $0.hasSuffix(".\(product.rawValue)\(suffix)") && !isEmpty($0) }
        guard !logs.isEmpty else { return [] }
        let beside = files.filter { file in
            switch evidence {
            case .logs, .openings: false
            case .captures:
                (file.hasSuffix(".pcap") || file.hasSuffix(".pcap.gz"))
                    && !file.contains(".drops.")
            case .events: file.hasSuffix(".conntrack")
            }
        }
        return (logs + beside).map { file in
            let node = file.prefix { $0 != "." && $0 != "-" }
            return "\(node)=\(folder.path)/\(file)"
        }
    }

    private func isEmpty(_ file: String) -> Bool {
        let path = folder.appending(path: file).path
        let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
        return size == 0
    }

    /// All of Tests/Recorded.
    static let all: [RecordedRun] = {
        let folder = root.appending(path: "Tests/Recorded")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.sorted().compactMap { try? RecordedRun(folder.appending(path: $0)) }
    }()
}

/// Where the logs of blocked packets do not tell what the truth does, in its order.
func disagreements(_ run: RecordedRun) -> [String] {
    var wrong: [String] = []
    for product in Product.allCases {
        for (node, rows) in Dictionary(grouping: run.truth(of: product), by: \.node) {
            let path = run.folder.appending(path: "\(node).\(product.rawValue).log")
            let lines =
                (try? String(contentsOf: path, encoding: .utf8))?.split(separator: "\n") ?? []
            let name = "\(run.name) \(node) \(product)"
            if lines.count != rows.count { wrong.append("\(name): \(lines.count) lines") }
            for (row, line) in zip(rows, lines) where !names(line, row) {
                wrong.append("\(name): line \(row.number) of truth.tsv: \(line)")
            }
        }
    }
    return wrong
}

/// Whether a line names both ends of a packet. Of what is no whole packet some name hosts only.
private func names(_ line: Substring, _ row: Truth) -> Bool {
    var words = [row.ends.source, row.ends.target]
    if row.cause != "packet-anomaly" {
        words += [row.ends.sourcePort, row.ends.targetPort].filter { $0 > 0 }.map(String.init)
    }
    let said = Set(line.split { !$0.isNumber && $0 != "." }.map(String.init))
    return said.isSuperset(of: words)
}
