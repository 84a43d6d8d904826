// What the commands print: help, completions, flags, causes, dialects, progress, files.

import Bytes
import Causes
import Dialects
import Facts
import Glibc
import Remedies
import Reports
import Testing
import stray

private let manner = Manner(output: nil, screen: Screen(), warns: true, progress: false)

@Suite struct HelpTests {
    @Test(arguments: CommandName.allCases)
    func helpNamesEveryOptionOfItsCommand(_ command: CommandName) {
        for isLong in [false, true] {
            let text = helpText(HelpRequest(command: command, isLong: isLong, manner: manner)).text
            for option in allOptions {
                let isThere = text.contains("--\(option.name)")
                // The prose of one option may name another; only its own must be there.
                if option.commands.contains(command) { #expect(isThere, "\(option.name)") }
            }
            for line in text.split(separator: "\n") { #expect(line.utf8.count <= 80, "\(line)") }
        }
    }

    @Test func theTablesHangTogether() {
        #expect(allCommands.map(\.name) == CommandName.allCases)
        #expect(Set(allOptions.map(\.name)).count == allOptions.count)
        let shorts = allOptions.compactMap(\.short)
        #expect(Set(shorts).count == shorts.count)
        for option in allOptions { #expect(!option.commands.isEmpty && !option.help.isEmpty) }
    }

    @Test(arguments: Shell.allCases)
    func completionsNameEveryCommandAndOption(_ shell: Shell) {
        let script = completions(for: shell)
        for command in CommandName.allCases { #expect(script.contains(command.rawValue)) }
        for option in allOptions {
            let name = shell == .fish ? "-l \(option.name)" : "--\(option.name)"
            #expect(script.contains(name), "\(option.name)")
        }
        for cause in CauseID.allCases { #expect(script.contains(cause.name)) }
    }
}

@Suite struct FlagPageTests {
    private func page(_ notation: String) throws -> String {
        let reading = try FlagPage(notation)
        return String(decoding: reading.text(Screen()), as: UTF8.self)
    }

    @Test func aStrayIsToldFromAnOpening() throws {
        #expect(try page("FA").contains("it is a stray, most often late-close"))
        #expect(try page("SEW").contains("it is no stray"))
        #expect(try page("FPU").contains("it is a probe"))
        #expect(try page("0x11").hasPrefix("FIN ACK (0x11, 17)\n"))
        #expect(try page("12").contains("as hexadecimal (0x12) it would be SYN ACK"))
        #expect(try page("SEW").contains("(ECE and CWR are not written)"))
        #expect(try !page("FA").contains("are not written"))
    }

    @Test func jsonHoldsTheSame() throws {
        let json = String(decoding: try FlagPage("[F.]").json, as: UTF8.self)
        #expect(json.contains("\"flags\":\"FA\",\"value\":17,\"words\":[\"FIN\",\"ACK\"]"))
        #expect(json.contains("\"opens\":false,\"possible\":true"))
        #expect(json.contains("\"cisco-asa\":\"FIN ACK\""))
    }
}

private struct TestPlatform: Platform {
    let id = "test"
    let name = "Test Wall"
    let collect: [String] = []
    func remedies(for cause: CauseID, variant: Variant?) -> [Remedy] {
        cause == .lateClose
            ? [
                Remedy(
                    "Raise it", ["type <this>", "then that"], cost: "memory",
                    check: ["it is *up*"], undo: ["type the old one"], unconfirmed: "its name")
            ] : []
    }
}

@Suite struct CausePageTests {
    private let entries: [CauseEntry] = [
        (
            .lateClose, .harmless,
            CausePage(
                summary: "A late FIN.", whatHappened: "It came *late*.\n- one\n- two",
                whyBlocked: "No state.", howItLooks: "", howToConfirm: "Look.",
                whatToDo: "Nothing.",
                lookAlikes: [(.idleTimeout, "long silence before")], collect: ["a capture"],
                references: ["RFC 9293 §3.6"])
        ),
        (
            .scan, .attack,
            CausePage(
                summary: "A probe.", whatHappened: "", whyBlocked: "", howItLooks: "",
                howToConfirm: "", whatToDo: "", lookAlikes: [], collect: [], references: [])
        ),
    ]

    private func text(_ cause: CauseID?, _ format: Format) throws -> String {
        let request = CauseRequest(cause: cause, format: format, manner: manner)
        return String(
            decoding: try causeBytes(request, entries, [TestPlatform()]), as: UTF8.self)
    }

    @Test func theListShowsEveryCause() throws {
        #expect(
            try text(nil, .text) == """
                late-close  harmless  A late FIN.
                scan        attack    A probe.

                stray cause ID shows the page of one.

                """)
    }

    @Test func thePageShowsItsSectionsAndRemedies() throws {
        #expect(
            try text(.lateClose, .text) == """
                late-close (harmless)
                A late FIN.

                What happened
                  It came *late*.
                  - one
                  - two

                Why it was blocked
                  No state.

                How to confirm
                  Look.

                What to do
                  Nothing.

                On Test Wall
                  Raise it
                    1. type <this>
                    2. then that
                    Cost: memory
                    Check: it is *up*
                    Undo: type the old one
                    Unconfirmed: its name

                What it is mistaken for
                  idle-timeout  long silence before

                What to collect when the log does not decide
                  - a capture

                References
                  - RFC 9293 §3.6


                """)
    }

    @Test func jsonAndMarkdownHoldTheSame() throws {
        let json = try text(.lateClose, .json)
        #expect(json.contains("\"lookAlikes\":[{\"cause\":\"idle-timeout\""))
        #expect(json.contains("\"steps\":[\"type \\u003cthis\\u003e\",\"then that\"]"))
        #expect(json.contains("\"check\":[\"it is *up*\"],\"undo\":[\"type the old one\"]"))
        #expect(json.contains("\"unconfirmed\":\"its name\""))
        let markdown = try text(.lateClose, .markdown)
        #expect(markdown.hasPrefix("# late-close\n\n*harmless*: A late FIN.\n"))
        #expect(markdown.contains("It came \\*late\\*."))
        #expect(markdown.contains("1. type \\<this\\>\n"))
        #expect(markdown.contains("\nCheck: it is \\*up\\*\n\nUndo: type the old one\n"))
        #expect(try !text(nil, .json).contains("whatHappened"))
    }

    @Test func aCauseWithoutAPageIsToldOf() {
        #expect(throws: Stop.self) { try text(.policy, .text) }
    }
}

@Suite struct OutputTests {
    /// A path that no other test and no other run has.
    private func path(_ name: String) -> [UInt8] {
        Array("/tmp/stray-test-\(getpid())-\(name)".utf8)
    }

    private func content(_ path: [UInt8]) -> String? {
        let file = open(path.map { CChar(bitPattern: $0) } + [0], O_RDONLY)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var buffer = [UInt8](repeating: 0, count: 100)
        let count = read(file, &buffer, 100)
        return String(decoding: buffer[..<max(0, count)], as: UTF8.self)
    }

    @Test func aFileAppearsOnlyWhenItIsWhole() throws {
        let target = path("whole")
        defer { unlink(target.map { CChar(bitPattern: $0) } + [0]) }
        do {
            var output = try Output(to: target)
            output.writer.put("half")
            try output.flush()
            #expect(content(target) == nil)
        }
        #expect(content(target) == nil)
        #expect(content(target + Array(".stray-\(getpid())".utf8)) == nil)
        var output = try Output(to: target)
        output.writer.put("whole")
        try output.finish()
        #expect(content(target) == "whole")
    }

    @Test func whatCannotBeWrittenIsToldOf() {
        #expect(throws: Stop.self) { _ = try Output(to: Array("/nonexistent/x".utf8)).flushed() }
    }

    @Test func devicesAreWrittenToAndNotReplaced() throws {
        var output = try Output(to: Array("/dev/null".utf8))
        output.writer.put("gone")
        try output.finish()
        var status = stat()
        #expect(stat("/dev/null", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
    }
}

extension Output {
    fileprivate consuming func flushed() throws -> Bool { true }
}

@Suite struct ProgressTests {
    @Test(arguments: [
        (0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (1234, "1.2 kB"), (9_960, "10 kB"),
        (999_499, "999 kB"), (999_500, "1.0 MB"), (1_234_567_890, "1.2 GB"),
    ])
    func bytesAreShownInThreeFigures(_ bytes: Int, _ expected: String) {
        #expect(bytesText(bytes) == expected)
    }

    @Test func progressTellsShareSpeedAndRest() {
        #expect(
            progressText(done: 500_000_000, total: 2_000_000_000, elapsed: .seconds(2))
                == "stray: 25 % of 2.0 GB, 250 MB/s, 6 s left")
        #expect(
            progressText(done: 5_000_000, total: 0, elapsed: .milliseconds(500))
                == "stray: 5.0 MB read, 10 MB/s")
    }
}
