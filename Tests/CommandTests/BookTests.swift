// The documentation tells what the program does: its pages are generated, its examples run, its
// links lead somewhere.
//
// After a wanted change: make docs, which is GOLDEN_UPDATE=1 ./stray-test --filter BookTests. It
// writes the generated pages and what stands below each `$ ./stray …`; read the difference.

import Causes
import Facts
import Foundation
import Inputs
import Testing
import stray

private let isUpdating = ProcessInfo.processInfo.environment["GOLDEN_UPDATE"] != nil

/// A machine that knows every zone and has nobody sitting before it.
private let bookMachine = Surroundings(
    now: Instant(seconds: 1_795_076_102), zone: { (_) throws(ZoneFailure) in .utc })

/// A page that a command prints.
struct GeneratedPage: Sendable, CustomTestStringConvertible {
    var path: String
    var words: [String]
    var testDescription: String { path }

    static let all: [GeneratedPage] =
        CauseID.allCases.map { cause in
            GeneratedPage(
                path: "docs/causes/\(cause.name).md",
                words: ["cause", cause.name, "--format", "markdown"])
        }
        + pageNames.map { name in
            GeneratedPage(
                path: "docs/dialects/\(name).md", words: ["dialects", name, "--format", "markdown"])
        }
        + [
            GeneratedPage(
                path: "docs/dialects/README.md", words: ["dialects", "--format", "markdown"]),
            GeneratedPage(path: "docs/man/stray.1", words: ["help", "--man"]),
        ]
        + CommandName.allCases.map { command in
            GeneratedPage(
                path: "docs/man/stray-\(command.rawValue).1",
                words: ["help", "--man", command.rawValue])
        }
}

@Suite(.serialized) struct BookTests {
    @Test(arguments: GeneratedPage.all)
    func aGeneratedPageIsCurrent(_ page: GeneratedPage) throws {
        let file = Program.root.appending(path: page.path)
        let run = Program.run(page.words)
        #expect(run.status == 0 && run.error.isEmpty && !run.out.isEmpty)
        if isUpdating {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            if contents(file.path) != run.out { try Data(run.out).write(to: file) }
            return
        }
        #expect(run.text == String(decoding: contents(file.path), as: UTF8.self), "try make docs")
    }

    @Test func noGeneratedPageIsLeftBehind() {
        let known = Set(GeneratedPage.all.map(\.path))
        #expect(known.count == GeneratedPage.all.count)
        for folder in ["causes", "dialects", "man"] {
            for page in BookPage.inDocs("") where page.path.hasPrefix("docs/\(folder)/") {
                #expect(known.contains(page.path), "nothing makes it; delete it")
            }
        }
    }

    @Test(arguments: BookPage.all)
    func whatIsShownIsWhatIsPrinted(_ page: BookPage) throws {
        let text = try page.read()
        var lines = bookLines(text)
        // From the end, so that the places before stay right while lines are replaced.
        for block in fencedBlocks(text).reversed() {
            guard let runs = block.runs else { continue }
            var fresh: [String] = []
            for shown in runs {
                let printed = try Shown.run(shown.command)
                fresh += ("$ " + shown.command).split(separator: "\n").map(String.init)
                if isUpdating, let again = reshown(shown.output, printed) {
                    fresh += again
                } else {
                    fresh += shown.output
                    let isSame = shows(shown.output, printed)
                    #expect(isSame, "\(shown.command)\n\(printed.joined(separator: "\n"))")
                }
            }
            lines.replaceSubrange(block.start..<(block.start + block.lines.count), with: fresh)
        }
        let updated = lines.joined(separator: "\n")
        if isUpdating, updated != text { try Data(updated.utf8).write(to: page.file) }
    }

    @Test(arguments: BookPage.all)
    func everyCommandThatIsShownIsUnderstood(_ page: BookPage) throws {
        let text = try page.read()
        for block in fencedBlocks(text) {
            let commands = block.runs?.map(\.command) ?? block.lines
            for call in commands.flatMap(strayCalls) { try understand(call) }
        }
        // In the running text options may lack what they need beside them.
        for span in text.matches(of: /`((?:\.\/)?stray [^`\n]+)`/) {
            for call in strayCalls(String(span.1)) { try understand(call + ["PLACEHOLDER"]) }
        }
    }

    /// That the words are a request; where one stands for something else, that they parse.
    private func understand(_ call: [String]) throws {
        guard let first = call.first, !isPlaceholder(first) else { return }
        #expect(throws: Never.self, "stray \(call.joined(separator: " "))") {
            let typed = try Typed(call.map { Word(Array($0.utf8)) })
            if !call.contains(where: isPlaceholder) { _ = try Request(typed, bookMachine) }
        }
    }

    @Test func everyExampleOfTheHelpIsUnderstood() throws {
        for command in CommandName.allCases {
            #expect(!command.examples.isEmpty)
            for example in command.examples {
                let calls = strayCalls(example.words)
                #expect(!calls.isEmpty && !example.does.isEmpty)
                for call in calls { try understand(call) }
                #expect(calls.contains { $0.first == command.rawValue })
            }
        }
        for example in programExamples {
            for call in strayCalls(example.words) { try understand(call) }
        }
    }

    @Test(arguments: BookPage.all + ["CONTRIBUTING.md", "ARCHITECTURE.md"].map(BookPage.init))
    func linksLeadSomewhere(_ page: BookPage) throws {
        for link in links(try page.read()) {
            guard let (path, anchor) = target(link, from: page.path) else { continue }
            let file = Program.root.appending(path: path)
            #expect(FileManager.default.fileExists(atPath: file.path), "\(link)")
            guard let anchor, path.hasSuffix(".md") else { continue }
            #expect(anchors(try BookPage(path: path).read()).contains(anchor), "\(link)")
        }
    }

    @Test func everyPageCanBeReached() throws {
        var reached: Set<String> = ["docs/README.md"]
        var waiting = ["docs/README.md"]
        while let path = waiting.popLast() {
            for link in links(try BookPage(path: path).read()) {
                guard let next = target(link, from: path)?.path, next.hasSuffix(".md"),
                    FileManager.default.fileExists(atPath: Program.root.appending(path: next).path),
                    reached.insert(next).inserted
                else { continue }
                waiting.append(next)
            }
        }
        // The decisions are linked as a folder.
        for page in BookPage.all where !page.path.hasPrefix("docs/decisions/") {
            #expect(reached.contains(page.path), "no link leads there")
        }
    }
}

/// Runs what a document shows, in a folder that looks like the checkout and may be written to.
enum Shown {
    static func run(_ command: String) throws -> [String] {
        let folder = Folder()
        let files = FileManager.default
        for (name, target) in [
            ("stray", Program.path), ("Examples", Program.root.path + "/Examples"),
            ("docs", Program.root.path + "/docs"),
        ] {
            try files.createSymbolicLink(
                atPath: "\(folder.path)/\(name)", withDestinationPath: target)
        }
        let run = Program.shell("cd '\(folder.path)' && exec 2>&1\n\(command)")
        // What goes wrong must be seen to go wrong, and a command that shows nothing is a mistake.
        #expect(run.status < 2 || run.text.contains("stray: "), "\(command)")
        #expect(!run.out.isEmpty, "\(command)")
        var lines = bookLines(run.text)
        if lines.last == "" { lines.removeLast() }
        return lines
    }
}
