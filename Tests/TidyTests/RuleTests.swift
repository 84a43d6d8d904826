// Each rule can fail: it is given a text that breaks it, and one beside it that does not.

import Testing

@Suite struct RuleTests {
    @Test func textsAndCommentsAreNoCode() {
        #expect(codeOnly("a // {\nb") == "a     \nb")
        #expect(codeOnly("x = \"{\\\"\" + y") == "x =       + y")
        #expect(codeOnly("/* { /* */ } */z").hasSuffix("z"))
        #expect(!codeOnly("#\"a \\( { \"#").contains("{"))
        #expect(!codeOnly("\"\"\"\n{ \"x\"\n\"\"\"").contains("{"))
        // An interpolation is code, and the text behind it is text again.
        #expect(codeOnly("\"{\\(f(\"}\"))}\"+g").filter { $0 != " " } == "(f())+g")
    }

    @Test func fileOf401LinesIsTooLong() {
        #expect(tooManyLines(String(repeating: "a\n", count: 400)).isEmpty)
        #expect(tooManyLines(String(repeating: "a\n", count: 401)) == ["401 lines"])
    }

    @Test func lineOf101ColumnsIsTooLong() {
        #expect(tooLongLines(String(repeating: "é", count: 100)).isEmpty)
        #expect(tooLongLines("\n" + String(repeating: "é", count: 101)) == ["line 2: 101 columns"])
    }

    @Test func functionOf61LinesIsTooLong() {
        func function(_ lines: Int) -> String {
            "struct S {\n    func f(\n        a: Int\n    ) -> Int {\n"
                + String(repeating: "        let s = \"}\" // {\n", count: lines - 4) + "    }\n}\n"
        }
        #expect(tooLongFunctions(function(60)).isEmpty)
        #expect(tooLongFunctions(function(61)) == ["line 2: a function of 61 lines"])
        #expect(tooLongFunctions("protocol P {\n func f()\n}\n").isEmpty)
    }

    @Test func importsGoDownOnly() {
        #expect(wrongImports("import Bytes\npublic import Facts\n", room: "Dialects").isEmpty)
        #expect(wrongImports("import Glibc\n", room: "Bytes").isEmpty)
        #expect(wrongImports("import Foundation\n", room: "Reports").isEmpty)
        #expect(wrongImports("public import Evidence\n", room: "Dialects").count == 1)
        #expect(wrongImports("import Causes\n", room: "Facts").count == 1)
        #expect(wrongImports("@preconcurrency import Foundation\n", room: "Causes").count == 1)
        #expect(wrongImports("import Glibc\n", room: "Facts").count == 1)
        #expect(wrongImports("", room: "Cellar") == ["Cellar has no floor"])
    }

    @Test func unsafeIsFound() {
        let text = "let a = unsafe b\n"
        #expect(wrongUnsafe(text, room: "Bytes").isEmpty)
        #expect(wrongUnsafe("// unsafe\nlet unsafeRooms = 1", room: "Facts").isEmpty)
        #expect(wrongUnsafe(text, room: "Facts") == ["line 1: unsafe in Facts"])
    }

    @Test func printingIsFound() {
        #expect(wrongPrint("print(1)", room: "stray").isEmpty)
        #expect(wrongPrint("footprint(1)", room: "Causes").isEmpty)
        #expect(wrongPrint("\nprint(1)", room: "Causes") == ["line 2: prints"])
    }

    @Test func markersAreFound() {
        #expect(leftOverMarkers("all is done\n").isEmpty)
        #expect(leftOverMarkers("a\n// TO" + "DO: more\n").count == 1)
        #expect(leftOverMarkers("# FIX" + "ME\n").count == 1)
    }

    @Test func openingIsMissed() {
        #expect(missingOpening("// What it is.\n").isEmpty)
        #expect(missingOpening("import Bytes\n").count == 1)
    }

    @Test func unpairedGoldenIsFound() {
        #expect(unpaired(["a.log", "a.out", "b.log", "b.out"]).isEmpty)
        #expect(unpaired(["a.log", "a.out", "b.log", "c.out"]) == ["b.log", "c.out"])
        #expect(unpaired([]) == ["no pair of .log and .out"])
    }

    @Test func incompletePageIsFound() {
        let whole = pageParts.map { "\($0): \"x\"" }.joined(separator: ",\n")
        #expect(missingFromPage("CausePage(\n\(whole))").isEmpty)
        let empty = whole.replacing("summary: \"x\"", with: "summary: \"\"")
        #expect(missingFromPage("CausePage(\n\(empty))") == ["summary"])
        let cut = whole.replacing("whatToDo: \"x\",\n", with: "")
        #expect(missingFromPage("CausePage(\n\(cut))") == ["whatToDo"])
        #expect(missingFromPage("struct LateClose {}") == ["page"])
    }

    @Test func unknownCommandIsFound() {
        let page = "text ./stray nothing\n```\n$ ./stray why a.log | head\nmake check\n```\n"
        #expect(commands(in: page) == [.init("stray", "why"), .init("make", "check")])
        #expect(!subcommandExists("no-such-command"))
        #expect(!makeTargetExists("no-such-target"))
    }
}
