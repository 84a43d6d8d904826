// Every cause has its whole page, and stands where its id says.

import Causes
import Testing

/// The sections of a page that are told in paragraphs, by name.
private func sections(_ page: CausePage) -> [(name: String, text: String)] {
    [
        ("whatHappened", page.whatHappened), ("whyBlocked", page.whyBlocked),
        ("howItLooks", page.howItLooks), ("howToConfirm", page.howToConfirm),
        ("whatToDo", page.whatToDo),
    ]
}

private func isBlank(_ text: String) -> Bool { text.allSatisfy(\.isWhitespace) }

/// What a page lacks, or has in a form that the printers do not show well.
private func faults(_ page: CausePage, of id: CauseID) -> [String] {
    var faults: [String] = []
    if isBlank(page.summary) { faults.append("no summary") }
    if page.summary.contains(where: \.isNewline) { faults.append("summary of several lines") }
    if page.summary.count > 100 { faults.append("summary of \(page.summary.count) characters") }
    for section in sections(page) where isBlank(section.text) {
        faults.append("no \(section.name)")
    }
    if !page.lookAlikes.contains(where: { $0.cause != id }) { faults.append("no look-alike") }
    for look in page.lookAlikes {
        if look.cause == id { faults.append("mistaken for itself") }
        if isBlank(look.difference) { faults.append("nothing tells \(look.cause.name) apart") }
    }
    if Set(page.lookAlikes.map(\.cause)).count != page.lookAlikes.count {
        faults.append("a look-alike twice")
    }
    for (name, items) in [("collect", page.collect), ("references", page.references)] {
        if items.isEmpty || items.contains(where: isBlank) { faults.append("no \(name)") }
        if items.contains(where: { $0.contains(where: \.isNewline) }) {
            faults.append("an item of \(name) of several lines")
        }
    }
    return faults
}

/// Lines that are kept as they are (four blanks before them) and too wide for a terminal of 80
/// columns, where the printer sets them in by 2 more.
private func wideLines(_ page: CausePage) -> [String] {
    sections(page).flatMap { $0.text.split(whereSeparator: \.isNewline) }
        .filter { $0.hasPrefix("    ") && $0.count > limit }.map(String.init)
}

private let limit = 78

@Suite struct PageTests {
    @Test func everyCauseIsListed() {
        #expect(allCauses.count == 15)
        #expect(allCauses.map(\.id) == CauseID.allCases)
    }

    @Test(arguments: CauseID.allCases)
    func pageIsComplete(_ id: CauseID) {
        #expect(faults(cause(id).page, of: id) == [])
    }

    @Test(arguments: CauseID.allCases)
    func linesKeptAsTheyAreFitAPage(_ id: CauseID) {
        #expect(wideLines(cause(id).page) == [])
    }

    @Test(arguments: CauseID.allCases)
    func referencesAreTitlesAndNotAddresses(_ id: CauseID) {
        #expect(!cause(id).page.references.contains { $0.contains("://") })
    }

    @Test func causeStandsWhereItsIdSays() {
        for (index, cause) in allCauses.enumerated() {
            #expect(Int(cause.id.rawValue) == index)
            #expect(Causes.cause(cause.id).id == cause.id)
        }
    }

    @Test(arguments: CauseID.allCases)
    func nameRoundTrips(_ id: CauseID) {
        #expect(CauseID(name: id.name) == id)
    }

    @Test func namesDiffer() {
        #expect(Set(CauseID.allCases.map(\.name)).count == CauseID.allCases.count)
        #expect(CauseID(name: "Late-Close") == nil)
        #expect(CauseID(name: "") == nil)
    }

    // The tests of pages must be able to fail: an empty page has every fault.
    @Test func emptyPageIsFound() {
        let empty = CausePage(
            summary: "", whatHappened: "", whyBlocked: "", howItLooks: "", howToConfirm: " \n",
            whatToDo: "", lookAlikes: [(.scan, "")], collect: [], references: [""])
        let found = faults(empty, of: .scan)
        #expect(
            found == [
                "no summary", "no whatHappened", "no whyBlocked", "no howItLooks",
                "no howToConfirm", "no whatToDo", "no look-alike", "mistaken for itself",
                "nothing tells scan apart", "no collect", "no references",
            ])
    }
}
