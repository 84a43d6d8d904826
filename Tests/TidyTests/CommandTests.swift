// The commands that the documents show are commands that there are.

import Foundation
import Testing

@Suite struct CommandTests {
    @Test(arguments: ["README.md", "CONTRIBUTING.md", "Examples/README.md"])
    func shownCommandsExist(_ path: String) throws {
        for command in commands(in: try SourceTree.read(path)) {
            switch command.program {
            case "make": #expect(makeTargetExists(command.word), "\(path): make \(command.word)")
            default: #expect(subcommandExists(command.word), "\(path): stray \(command.word)")
            }
        }
    }

    @Test func readmeShowsTheMainCommand() throws {
        let shown = commands(in: try SourceTree.read("README.md"))
        #expect(shown.contains(ShownCommand("stray", "why")))
    }

    @Test func scriptsCanBeRun() {
        for name in ["stray", "stray-test", ".ci/run", "Lab/run", "Lab/score", "Lab/record"] {
            let path = SourceTree.root.appending(path: name).path
            #expect(FileManager.default.isExecutableFile(atPath: path), "\(name)")
        }
    }
}

struct ShownCommand: Equatable {
    var program: String
    var word: String

    init(_ program: String, _ word: String) {
        self.program = program
        self.word = word
    }
}

/// `stray WORD` and `make WORD` at the start of a line of a fenced block, or behind a pipe in it.
func commands(in page: String) -> [ShownCommand] {
    var found: [ShownCommand] = []
    var fenced = false
    for line in lines(page) {
        if line.hasPrefix("```") {
            fenced.toggle()
        } else if fenced {
            for match in line.matches(
                of: /(?:^\s*(?:\$ )?|\| *)(?:\.\/)?(stray|make) ([a-z][a-z-]*)/)
            {
                found.append(ShownCommand(String(match.1), String(match.2)))
            }
        }
    }
    return found
}

/// Whether the command's table has a row of that name.
func subcommandExists(_ word: String) -> Bool {
    let table = try? SourceTree.read("Sources/stray/CommandTable.swift")
    return table?.contains("name: .\(word), operands:") == true
}

func makeTargetExists(_ word: String) -> Bool {
    guard let makefile = try? SourceTree.read("Makefile") else { return false }
    return lines(makefile).contains { $0.hasPrefix("\(word):") }
}
