// Registry, file, golden and page: what was added in one place was added in all of them.

import Causes
import Dialects
import Facts
import Foundation
import Testing

@Suite struct RegistryTests {
    @Test func everyDialectIsRegisteredOnce() {
        let registered = allDialects.map(\.id).sorted { $0.rawValue < $1.rawValue }
        #expect(registered == DialectID.allCases.filter(\.isOfLines))
    }

    @Test func everyDialectFileIsRegistered() throws {
        let types = Set(allDialects.map { String(describing: type(of: $0)) })
        for type in types {
            #expect(SourceTree.exists("Sources/Dialects/\(type).swift"), "\(type)")
        }
        for path in SourceTree.files(under: "Sources/Dialects", ".swift") {
            for match in try SourceTree.read(path).matches(of: /struct (\w+): Dialect\b/) {
                #expect(types.contains(String(match.1)), "\(path)")
            }
        }
    }

    @Test(arguments: allDialects.map(\.id.name.description))
    func everyDialectHasGoldens(_ name: String) {
        let found = SourceTree.names(in: "Tests/Golden/dialects/\(name)")
        #expect(unpaired(found).isEmpty, "Tests/Golden/dialects/\(name)")
    }

    @Test func everyGoldenHasADialect() {
        let known = allDialects.map(\.id.name.description)
        for name in SourceTree.names(in: "Tests/Golden/dialects") {
            #expect(known.contains(name), "Tests/Golden/dialects/\(name)")
        }
    }

    @Test(arguments: CauseID.allCases)
    func everyCauseHasAFileAndAPage(_ cause: CauseID) throws {
        let type = typeName(of: cause)
        let files = SourceTree.files(
            under: "Sources/Causes", "/\(type).swift", "\(type)+Page.swift")
        #expect(!files.isEmpty, "Sources/Causes/\(type).swift is missing")
        let text = try files.map(SourceTree.read).joined()
        if !files.isEmpty { #expect(missingFromPage(text).isEmpty, "\(files)") }
    }

    @Test func causeNamesAreTheirOwn() {
        #expect(Set(CauseID.allCases.map(\.name)).count == CauseID.allCases.count)
        #expect(typeName(of: .notTCP) == "NotTCP")
        #expect(typeName(of: .lateClose) == "LateClose")
    }
}

/// `LateClose` for `.lateClose`.
private func typeName(of cause: CauseID) -> String {
    let name = String(describing: cause)
    return name.prefix(1).uppercased() + name.dropFirst()
}

/// What of a golden folder's files lacks its other half.
func unpaired(_ names: [String]) -> [String] {
    let cases = names.filter { $0.hasSuffix(".log") || $0.hasSuffix(".out") }
    if cases.isEmpty { return ["no pair of .log and .out"] }
    return cases.filter { name in
        let other = name.hasSuffix(".log") ? ".out" : ".log"
        return !cases.contains(name.dropLast(4) + other)
    }
}

/// The sections of a cause's page, by the labels of `CausePage.init`.
let pageParts = [
    "summary", "whatHappened", "whyBlocked", "howItLooks", "howToConfirm", "whatToDo",
    "lookAlikes", "collect", "references",
]

/// The sections that a cause's source lacks or leaves empty.
func missingFromPage(_ text: String) -> [String] {
    guard let page = text.range(of: "CausePage(") else { return ["page"] }
    let rest = text[page.upperBound...]
    return pageParts.filter { part in
        guard let label = rest.range(of: "\(part):") else { return true }
        let value = rest[label.upperBound...].drop { $0.isWhitespace }
        let isLong = value.hasPrefix("\"\"\"")
        return value.hasPrefix("[]") || (value.hasPrefix("\"\"") && !isLong)
    }
}
