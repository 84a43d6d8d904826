// The rules of `Rules`, held against every source.

import Testing

@Suite struct TreeTests {
    @Test func treeIsFound() {
        #expect(SourceTree.swiftFiles.count > 30)
        #expect(SourceTree.roomFiles.contains { $0.room == "Bytes" })
    }

    @Test func filesKeepTheirLimits() throws {
        for path in SourceTree.swiftFiles {
            let text = try SourceTree.read(path)
            // Samples of log lines are as long as they are, and so are all texts of tests.
            let wrong =
                tooManyLines(text) + tooLongFunctions(text)
                + (path.hasPrefix("Tests/") ? [] : tooLongLines(withoutTexts(text)))
            #expect(wrong.isEmpty, "\(path)")
        }
    }

    @Test func filesOpenWithWhatTheyAre() throws {
        for path in SourceTree.swiftFiles {
            #expect(try missingOpening(SourceTree.read(path)).isEmpty, "\(path)")
        }
    }

    @Test func roomsImportLowerFloorsOnly() throws {
        for (path, room) in SourceTree.roomFiles {
            #expect(try wrongImports(SourceTree.read(path), room: room).isEmpty, "\(path)")
        }
    }

    @Test func unsafeStaysWhereItBelongs() throws {
        for (path, room) in SourceTree.roomFiles {
            #expect(try wrongUnsafe(SourceTree.read(path), room: room).isEmpty, "\(path)")
        }
    }

    @Test func onlyTheCommandPrints() throws {
        for (path, room) in SourceTree.roomFiles {
            #expect(try wrongPrint(SourceTree.read(path), room: room).isEmpty, "\(path)")
        }
    }

    @Test func nothingIsLeftForLater() throws {
        let texts =
            SourceTree.swiftFiles + SourceTree.files(under: "docs", ".md")
            + SourceTree.files(under: "Scripts", ".sh")
            + ["README.md", "CONTRIBUTING.md", "stray", "stray-test", "Makefile"]
            .filter(SourceTree.exists)
        for path in texts {
            #expect(try leftOverMarkers(SourceTree.read(path)).isEmpty, "\(path)")
        }
    }

    /// ./stray looks three folders deep for what is newer than the program.
    @Test func launcherSeesEverySource() {
        for path in SourceTree.files(under: "Sources", ".swift", ".h", ".c", ".modulemap") {
            #expect(path.split(separator: "/").count <= 4, "\(path)")
        }
    }
}

/// The text with every line left out that is a literal and nothing else: samples are real lines.
private func withoutTexts(_ text: String) -> String {
    zip(lines(text), lines(codeOnly(text))).map { line, code in
        let rest = code.filter { !" (),[]+{}".contains($0) }
        return rest.count <= "Sample".count ? "" : String(line)
    }.joined(separator: "\n")
}
