// The checkout as the tidy tests see it.

import Foundation

enum SourceTree {
    /// The checkout's folder.
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static func read(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).path)
    }

    /// The files below a folder, by path from the checkout's root, in order; none where there is
    /// no such folder.
    static func files(under folder: String, _ suffixes: String...) -> [String] {
        let base = root.appending(path: folder).path
        let found = FileManager.default.enumerator(atPath: base)?.compactMap { $0 as? String }
        return (found ?? []).filter { name in suffixes.contains { "/\(name)".hasSuffix($0) } }
            .map { "\(folder)/\($0)" }.sorted()
    }

    /// The names of what lies in a folder, in order.
    static func names(in folder: String) -> [String] {
        let path = root.appending(path: folder).path
        return (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? []
    }

    /// Every Swift file of the project.
    static let swiftFiles =
        ["Sources", "Tests", "Benchmarks", "Fuzz"].flatMap { files(under: $0, ".swift") }
        + ["Package.swift"]

    /// Every file of `Sources` with the room it is in.
    static let roomFiles = files(under: "Sources", ".swift").map { path in
        (path: path, room: path.split(separator: "/").map(String.init)[1])
    }
}
