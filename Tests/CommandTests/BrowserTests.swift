// The report's page in a real browser, used as people use it: Tests/Browser/check_report.py, which
// tells what it does. Where there is no browser these tests are skipped and say why.

import Foundation
import Testing

private let script = Program.root.path + "/Tests/Browser/check_report.py"

/// The environment that Scripts/setup.sh makes for axe and vnu.
private let checkers = Program.root.path + "/.stray/browser"

/// Why no browser can be started here; nil where one can.
private let obstacle: String? = {
    guard Program.has("python3") else { return "The browser is driven by python3." }
    let run = Program.execute(
        "/usr/bin/python3", [script, "--check"], input: nil, environment: [:], seconds: 30)
    if run.status == 0 { return nil }
    return run.error.split(separator: "\n").last.map { String($0.trimmingPrefix("Skipped: ")) }
        ?? "It does not say why."
}()

private let hasCheckers = FileManager.default.fileExists(atPath: checkers + "/requirements.txt")

/// One run of the browser over all pages, for the tests below.
private let checked: Run = {
    let folder = Folder()
    var pages: [String] = []
    func add(_ name: String, _ words: [String], input: [UInt8]? = nil) {
        let file = "\(folder.path)/\(name).html"
        let run = Program.run(
            ["why", "--format", "html", "--tz", "UTC", "--year", "2026", "-o", file] + words,
            input: input)
        #expect([0, 1].contains(run.status), "\(name): \(run.error)")
        pages.append(file)
    }
    for example in Program.readable {
        add(example.replacing(".log", with: ""), [Program.example(example)])
    }
    // A log with the captures of the same hour beside it, and one of another firewall's.
    let lab = Program.root.path + "/Tests/Recorded/mixed-hour-100/fw1"
    add(
        "mixed-hour-captures",
        ["fw1=\(lab).netfilter-openings.log", "fw1=\(lab)-eth0.pcap.gz", "fw1=\(lab)-eth1.pcap.gz"])
    add("mixed-hour", ["\(lab).filterlog-openings.log"])
    let logs = pagePayloads.enumerated().map { hostileLog($1, number: $0) }
    add("hostile", [], input: Array(logs.joined(separator: [0x0A])))
    let long = String(repeating: "<abc>", count: 400)
    add("long-names", [], input: hostileLog(long, number: 20))
    return Program.execute(
        "/usr/bin/python3",
        [script, "--shots", folder.path + "/shots", "--checkers", checkers] + pages, input: nil,
        environment: ["HOME": folder.path, "LANG": "C.UTF-8"], seconds: 540)
}()

private func isFromChecker(_ problem: Substring) -> Bool {
    problem.contains(": axe at ") || problem.contains(": HTML at ")
}

@Suite(.serialized, .timeLimit(.minutes(10)), .enabled(if: obstacle == nil, "\(obstacle ?? "")"))
struct BrowserTests {
    @Test func everyPageWorksInABrowser() {
        #expect([0, 1].contains(checked.status), "\(checked.error)")
        for problem in checked.lines where !isFromChecker(problem) { Issue.record("\(problem)") }
    }

    @Test(
        .enabled(if: hasCheckers, "axe and vnu are not in .stray/browser: ./stray-test puts them"))
    func everyPageIsValidAndAccessible() {
        #expect(!checked.error.contains("not checked"))
        for problem in checked.lines where isFromChecker(problem) { Issue.record("\(problem)") }
    }
}
