// What scripts rely on, asked of the built program: statuses, complaints, formats, inputs, filters.

import Foundation
import TestSupport
import Testing

private let office = Program.example("office-day.log")
private let cisco = Program.example("cisco-teardowns.log")

@Suite struct StatusTests {
    @Test func needsAHandIs1AndNothingNeededIs0() {
        #expect(Program.run(["why", office]).status == 1)
        let harmless = Program.run(["why", "--cause", "late-close", office])
        #expect(harmless.status == 0 && harmless.error.isEmpty && !harmless.out.isEmpty)
        #expect(Program.run(["entries", office]).status == 0)
        #expect(Program.run(["explain", filterlog()]).status == 0)
    }

    @Test(arguments: [
        ["why", "--format", "yaml", office], ["why", "--nonsense"], ["nonsense"],
        ["why", "--since", "yesterweek", office], ["why", "--port", "70000", office],
        ["why", "--src", "10.0.0.0/33", office], ["why", "--cause", "bad-luck", office],
        ["why", "--threads", "0", office], ["why", "--top", "-1", office],
        ["why", "--year", "12", office], ["why", "--tz", "Moon/Base", office],
        ["why", "--since", "2026-11-20", "--until", "2026-11-19", office],
        ["why", "-", "-"], ["why", "fw1=", office], ["why", ""],
        ["why", "--set", "tcp.closing", office],
        ["entries", "--format", "text", office], ["flags", "ZZ"], ["cause", "bad-luck"],
        ["completions", "tcsh"], ["why", "--entries", "--format", "json", office],
    ])
    func badArgumentsAre2(_ words: [String]) {
        let run = Program.run(words)
        #expect(run.status == 2 && run.out.isEmpty, "\(words) \(run.error)")
        #expect(isComplaint(run.error), "\(words): \(run.error)")
    }

    @Test(arguments: ["why", "entries"])
    func whatCannotBeReadIs3(_ command: String) {
        let folder = Folder()
        let inputs = [
            folder.path + "/missing", folder.path, "/dev/null", folder.file("empty", ""),
            folder.file("other", "hello\nworld\n"),
        ]
        for input in inputs {
            let run = Program.run([command, input])
            #expect(run.status == 3 && run.out.isEmpty, "\(input)")
            #expect(isComplaint(run.error) && run.error.contains(input), "\(run.error)")
        }
        #expect(Program.run([command, office, folder.path + "/missing"]).status == 3)
        #expect(Program.run(["explain", "hello"]).status == 3)
    }

    @Test func unreadableIs3() {
        // Root may read everything; there is nothing to test as root.
        guard getuid() != 0 else { return }
        let folder = Folder()
        let file = folder.file("log", filterlog())
        chmod(file, 0)
        let run = Program.run(["why", file])
        #expect(run.status == 3 && run.error.contains("sudo"))
    }

    @Test(arguments: [
        "$S why --format json {} | head -c 1", "$S entries {} | head -1", "$S cause scan | head -1",
        "$S why --entries --format ndjson {} | head -1", "$S dialects | head -c 1",
        "$S explain <{} | head -1",
    ])
    func aClosedPipeIsNoError(_ line: String) {
        // The status of the first command of the pipe, which `head` would hide.
        let parts = line.replacing("{}", with: "'\(office)'").split(separator: "|")
        let run = Program.shell("{ \(parts[0]); echo $? >&2; } |\(parts[1]) >/dev/null")
        #expect(["0\n", "1\n"].contains(run.error), "\(line): \(run.error)")
        let gone = Program.shell("{ sleep 0.1; \(parts[0]); echo $? >&2; } | true")
        #expect(gone.error == "0\n", "\(line): \(gone.error)")
    }

    @Test func aFullDiskIs3() {
        guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
        let run = Program.shell("$S entries '\(office)' >/dev/full")
        #expect(run.status == 3 && isComplaint(run.error))
        let toFile = Program.run(["entries", office, "-o", "/nonexistent/x"])
        #expect(toFile.status == 3 && isComplaint(toFile.error) && toFile.out.isEmpty)
    }

    /// One line or more, each `stray: PLACE: what; what to do`.
    private func isComplaint(_ text: String) -> Bool {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.count > 1 && lines.last == ""
            && lines.dropLast().allSatisfy { $0.contains(/^stray: [^:]+: .+; .+/) }
    }
}

@Suite struct ProgramInputTests {
    @Test func standardInputIsLikeTheFile() {
        let bytes = contents(office)
        for words in [["why"], ["why", "--entries", "--format", "ndjson"], ["entries"]] {
            let file = named(Program.run(words + [office]).text, office)
            #expect(named(Program.run(words, input: bytes).text, "-") == file)
            #expect(named(Program.run(words + ["-"], input: bytes).text, "-") == file)
            let flat = words.joined(separator: " ")
            let pipe = Program.shell("cat '\(office)' | $S \(flat)")
            #expect(named(pipe.text, "-") == file)
            let folder = Folder()
            let fifo = Program.shell(
                "cd '\(folder.path)'; mkfifo p; cat '\(office)' >p & $S \(flat) p")
            #expect(named(fifo.text, "p") == file)
        }
    }

    /// The name of the input taken out, wherever it stands; the text's first word wraps by it.
    private func named(_ text: String, _ name: String) -> [Substring] {
        text.replacing("\"\(name)\"", with: "\"\"").replacing("(\(name):", with: "(:")
            .replacing("\(name): ", with: "").split(whereSeparator: \.isWhitespace)
    }

    @Test(arguments: [("gzip", "gz"), ("bzip2", "bz2"), ("xz", "xz"), ("zstd", "zst")])
    func compressedInputsEqualThePlainFile(_ tool: String, _ suffix: String) throws {
        guard Program.has(tool) else {
            print("skipped: \(tool) is not installed")
            return
        }
        let folder = Folder()
        for name in Program.readable {
            let packed = "\(folder.path)/\(name)"
            let made = Program.shell("\(tool) -c <'\(Program.example(name))' >'\(packed)'")
            #expect(made.status == 0)
            let bytes = contents(Program.example(name))
            let plain = Program.run(["entries", "--year", "2026", "-"], input: bytes)
            let unpacked = Program.run(["entries", "--year", "2026", "-"], input: contents(packed))
            #expect(!plain.out.isEmpty && plain.out == unpacked.out, "\(name)")
        }
    }

    @Test func mixedAndSeveralInputsAreAllRead() throws {
        let folder = Folder()
        let parts = Program.readable.map { contents(Program.example($0)) }
        let mixed = folder.file("mixed", parts.flatMap { $0 })
        let apart = try Program.run(
            ["why", "--format", "json"] + Program.readable.map(Program.example)
        ).document()
        let one = try Program.run(["why", "--format", "json", mixed]).document()
        #expect(apart["inputs"].list.count == parts.count && one["inputs"].list.count == 1)
        for key in ["lines", "entries", "skipped", "rejected"] {
            let sum = apart["inputs"].list.reduce(0) { $0 + ($1[key].int ?? 0) }
            #expect(one["inputs"].list.first?[key].int == sum, "\(key)")
        }
        let dialects = Set(
            try Program.run(["entries", mixed]).records().map { $0["dialect"].text })
        #expect(dialects.count >= 3)
    }

    @Test func aNodeCanBeNamed() throws {
        let entries = try Program.run(["entries", "north=\(office)"]).records()
        #expect(!entries.isEmpty && entries.allSatisfy { $0["node"].text == "north" })
        let folder = Folder()
        let odd = folder.file("a=b.log", filterlog() + "\n")
        let run = Program.shell(
            "cd '\(folder.path)' && $S entries ./a=b.log && $S entries a=\(odd)")
        #expect(run.lines.count == 2, "\(run.error)")
    }

    @Test func aLogCrossesNewYear() throws {
        let folder = Folder()
        func line(_ stamp: String) -> String {
            "\(stamp) fw1 filterlog[1]: " + filterlog().split(separator: " - - ")[1] + "\n"
        }
        let log = folder.file(
            "log", line("Dec 31 23:59:59") + line("Jan  1 00:00:01") + line("Feb  2 03:04:05"))
        func years(_ words: [String]) throws -> [String] {
            try Program.run(["entries"] + words + [log]).records()
                .compactMap { $0["time"].text.map { String($0.prefix(10)) } }
        }
        #expect(
            try years(["--year", "2020"]) == ["2020-12-31", "2021-01-01", "2021-02-02"])
        #expect(Program.shell("TZ=UTC touch -t 202403010000 '\(log)'").status == 0)
        #expect(try years([]) == ["2023-12-31", "2024-01-01", "2024-02-02"])
        let whole = try Program.run(["why", "--format", "json", log]).document()
        #expect(whole["inputs"].list.first?["from"].text == "2023-12-31T23:59:59.000Z")
        // `< FILE` has the file's time too, also where it is read twice.
        for words in ["entries", "why --entries --format ndjson"] {
            let run = Program.shell("TZ=UTC $S \(words) <'\(log)'")
            #expect(try run.records().first?["time"].text?.hasPrefix("2023-12-31") == true)
        }
    }

    @Test func outputGoesToAFileWhenItIsWhole() {
        let folder = Folder()
        let target = folder.path + "/report"
        let run = Program.run(["why", "--format", "json", office, "-o", target])
        #expect(run.status == 1 && run.out.isEmpty && run.error.isEmpty)
        #expect(contents(target) == Program.run(["why", "--format", "json", office]).out)
        let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names == ["report"])
    }
}

@Suite struct FilterTests {
    private func entries(_ words: [String]) throws -> [JSON] {
        let run = Program.run(["entries"] + words + [office])
        #expect(run.status == 0, "\(words)")
        return try run.records()
    }

    @Test func filtersKeepWhatTheySayAndNothingElse() throws {
        let all = try entries([])
        func expect(_ words: [String], _ fits: (JSON) -> Bool) throws {
            let kept = try entries(words)
            #expect(kept == all.filter(fits), "\(words)")
            #expect(!kept.isEmpty && kept.count < all.count, "\(words)")
        }
        try expect(["--port", "443"]) { $0["sport"].int == 443 || $0["dport"].int == 443 }
        try expect(["--src", "10.10.0.0/24"]) { $0["src"].text?.hasPrefix("10.10.0.") == true }
        try expect(["--dst", "10.50.0.0/24"]) { $0["dst"].text?.hasPrefix("10.50.0.") == true }
        try expect(["--interface", "igb1"]) { $0["interface"].text == "igb1" }
        try expect(["--since", "2026-11-19T06:00:00Z"]) {
            ($0["time"].text ?? "") >= "2026-11-19T06:00:00.000Z"
        }
        try expect(["--until", "2026-11-19T06:00:00Z"]) {
            ($0["time"].text ?? "") < "2026-11-19T06:00:00.000Z"
        }
        #expect(try entries(["--node", "fw1.office.example"]) == all)
        #expect(try entries(["--node", "nobody"]).isEmpty)
    }

    @Test func causeAndTopNarrowTheFindings() throws {
        let all = try Program.run(["why", "--format", "json", office]).document()["findings"].list
        let scans = try Program.run(["why", "--format", "json", "--cause", "scan", office])
            .document()["findings"].list
        #expect(!scans.isEmpty && scans.allSatisfy { $0["cause"].text == "scan" })
        let two = try Program.run(["why", "--format", "json", "--top", "2", office])
            .document()["findings"].list
        #expect(two.count == 2 && two == Array(all.prefix(2)))
        let plain = Program.run(["why", office]).text
        let ledger = Program.run(["why", "--ledger", office]).text
        #expect(!plain.contains("[entries ") && ledger.contains("[entries "))
    }

    @Test func aStatementWithoutEntriesNamesNone() throws {
        let findings = try Program.run(["why", "--format", "json", office])
            .document()["findings"].list
        // What is known of the world rests on no entry; else this test would show nothing.
        #expect(
            findings.contains { $0["ledger"].list.contains { $0["entries"].list.isEmpty } })
        #expect(!Program.run(["why", "--ledger", office]).text.contains("[entries ]"))
    }

    @Test func eachBlockedEntryIsJudged() throws {
        let plain = try Program.run(["entries", office]).records()
        let judged = try Program.run(["why", "--entries", "--format", "ndjson", office]).records()
        let blocked = plain.filter { $0["action"].text == "block" }
        #expect(judged.map { $0["n"].int } == blocked.map { $0["n"].int })
        let onlyScans = try Program.run(
            ["why", "--entries", "--format", "ndjson", "--cause", "scan", office]
        ).records()
        #expect(!onlyScans.isEmpty && onlyScans.allSatisfy { $0["cause"].text == "scan" })
    }
}

@Suite struct SameOutputTests {
    @Test(arguments: [
        ["why"], ["why", "--ledger"], ["why", "--format", "json"], ["why", "--format", "ndjson"],
        ["why", "--entries", "--format", "ndjson"], ["entries"], ["entries", "--format", "csv"],
    ])
    func threadsChangeNothing(_ words: [String]) {
        let inputs =
            Program.examples.map { [Program.example($0)] }
            + [Program.examples.map(Program.example)]
        for input in inputs {
            let one = Program.run(words + ["--threads", "1"] + input)
            let two = Program.run(words + ["--threads", "2"] + input)
            #expect(one.out == two.out && one.status == two.status, "\(input)")
        }
    }

    @Test func threadsChangeNothingWhereThereAreMoreBlocksAndNamesThanAreKept() {
        let folder = Folder()
        let lines = (0..<150_000).map { filterlog(interface: "if\($0 % 100_000)", second: $0 / 10) }
        let log = folder.file("log", lines.joined(separator: "\n"))
        let runs = ["1", "2", "5"].map {
            Program.run(["why", "--format", "json", "--threads", $0, log]).out
        }
        #expect(!runs[0].isEmpty && runs[0] == runs[1] && runs[1] == runs[2])
    }
}
