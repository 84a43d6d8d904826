// Words into requests: what is typed, what it means, and what is said when it is wrong.

import Causes
import Evidence
import Facts
import Inputs
import Reports
import Testing
import stray

/// A machine of which nothing depends on the real one: 19 November 2026, 08:15:02 UTC.
let quietMachine = Surroundings(
    now: Instant(seconds: 1_795_076_102),
    zone: { (name) throws(ZoneFailure) in
        guard let name else { return .utc }
        guard name == "Test/East" else { throw .unknown }
        return Zone(name: name, offset: 7200)
    })

func request(_ words: Word...) throws -> Request { try Request(Typed(words), quietMachine) }

private func why(_ words: Word...) throws -> WhyRequest {
    let made = try Request(Typed(["why"] + words), quietMachine)
    guard case .why(let why) = made else { throw Complaint("", "not a why") }
    return why
}

private func utc(_ text: String) -> Instant {
    let parts = text.split(whereSeparator: { "-T:".contains($0) }).compactMap { Int($0) }
    return Instant(
        seconds: CivilTime(
            year: parts[0], month: parts[1], day: parts[2], hour: parts[3], minute: parts[4],
            second: parts[5]
        ).secondsAsUTC)
}

@Suite struct OptionTests {
    @Test func everyOptionReachesTheRequest() throws {
        let made = try why(
            "a.log", "fw1=b.log", "-", "--format=json", "-o", "out.json", "--node", "fw1",
            "--node=fw2", "--interface", "em1", "--src", "10.0.0.0/8", "--dst", "2001:db8::1",
            "--port", "443,8000-8080", "--cause", "scan,late-close", "--top", "5", "--ledger",
            "--set", "tcp.established=24h", "--set=cisco-asa:tcp.opening=30", "--inside",
            "192.0.2.0/24", "--as", "netfilter", "--threads", "3", "--year", "2025", "--tz",
            "Test/East", "--quiet")
        var names = Names()
        #expect(made.reading.inputs.map(\.name) == ["a.log", "b.log", "-"])
        #expect(made.reading.inputs.map(\.node) == [nil, "fw1", nil])
        #expect(made.reading.inputs[2].path == nil)
        #expect(made.reading.kind == .dialect(.netfilter))
        #expect(made.reading.zone.name == "Test/East")
        #expect(made.reading.year == 2025)
        #expect(made.reading.threads == 3)
        #expect(made.selection.nodes == [names.keep("fw1"), names.keep("fw2")])
        #expect(made.selection.interfaces == [names.keep("em1")])
        #expect(made.selection.sources == [Network("10.0.0.0/8")].compactMap { $0 })
        #expect(made.selection.destinations == [Network("2001:db8::1")].compactMap { $0 })
        #expect(made.selection.ports == [443...443, 8000...8080])
        #expect(made.causes == [.scan, .lateClose])
        #expect(made.format == .json)
        #expect(made.top == 5)
        #expect(made.ledger && !made.entries)
        #expect(
            made.settings == [
                Setting(name: "tcp.established", dialect: nil, seconds: 86400),
                Setting(name: "tcp.opening", dialect: .ciscoASA, seconds: 30),
            ])
        #expect(made.inside == [Network("192.0.2.0/24")].compactMap { $0 })
        #expect(made.manner.output == Array("out.json".utf8))
        #expect(!made.manner.warns && !made.manner.progress)
    }

    @Test func withoutOptionsTheDefaultsHold() throws {
        let made = try why()
        #expect(made.reading.inputs == [InputName(node: nil, path: nil)])
        #expect(made.reading.zone == .utc)
        #expect(made.selection.isEverything)
        #expect(made.format == .text)
        #expect(made.manner.output == nil && made.manner.warns)
        guard case .entries(let entries) = try request("entries") else { throw Complaint("", "") }
        #expect(entries.format == .ndjson)
    }

    @Test(arguments: [
        ("2026-11-19", "2026-11-19T00:00:00", "2026-11-20T00:00:00"),
        ("2026-11-19T08:15", "2026-11-19T08:15:00", "2026-11-19T08:16:00"),
        ("2026-11-19 08:15:02", "2026-11-19T08:15:02", "2026-11-19T08:15:03"),
        ("2026-11-19T08:15:02Z", "2026-11-19T08:15:02", "2026-11-19T08:15:03"),
        ("2026-11-19T08:15+02:00", "2026-11-19T06:15:00", "2026-11-19T06:16:00"),
        ("2026-11-19T08:15-0530", "2026-11-19T13:45:00", "2026-11-19T13:46:00"),
        ("08:00", "2026-11-19T08:00:00", "2026-11-19T08:01:00"),
        ("24h", "2026-11-18T08:15:02", "2026-11-18T08:15:02"),
        ("1h30m", "2026-11-19T06:45:02", "2026-11-19T06:45:02"),
    ])
    func timesStandForAllTheyName(_ text: String, _ start: String, _ end: String) throws {
        let moment = try Moment(text)
        #expect(moment.start(in: .utc, now: quietMachine.now) == utc(start))
        #expect(moment.end(in: .utc, now: quietMachine.now) == utc(end))
    }

    @Test func timesAreTakenInTheZone() throws {
        let made = try why("--since", "2026-11-19", "--until", "2026-11-19", "--tz=Test/East")
        #expect(made.selection.from == utc("2026-11-18T22:00:00"))
        #expect(made.selection.before == utc("2026-11-19T22:00:00"))
    }

    @Test func aDayOnWhichClocksChangeIsNotTwentyFourHours() throws {
        let change: Int64 = 1_774_746_000  // 2026-03-29T01:00:00Z
        let zone = Zone(
            name: "test",
            rules: [Zone.Rule(start: .min, offset: 3600), Zone.Rule(start: change, offset: 7200)])
        let day = try Moment("2026-03-29")
        let length = day.end(in: zone, now: .unknown).since(day.start(in: zone, now: .unknown))
        #expect(length == Int64(23 * 3600 * 1_000_000))
    }

    @Test(arguments: [
        "2026-13-01", "2026-02-30", "2026-11-19T24:00", "26-11-19", "8:15", "08:15:", "Z",
        "yesterday", "", "2026-11-19T08:15+25:00", "2026-11-19T", "٣h", "-5m", "5y",
        "2026-11-19x08:15", "99999999999999999999s",
    ])
    func whatIsNoTimeIsRefused(_ text: String) {
        #expect(throws: BadValue.self) { try Moment(text) }
    }

    @Test(
        arguments: [
            ("30", 30), ("30s", 30), ("5m", 300), ("24h", 86400), ("2d", 172_800), ("1w", 604_800),
            ("1h30m", 5400), ("1:00:00", 3600), ("0:00:30", 30), ("0", 0),
        ] as [(String, Int64)])
    func durationsAreRead(_ text: String, _ seconds: Int64) {
        #expect(duration(text) == seconds)
    }

    @Test(arguments: [
        "", "h", "5x", "1h30", "30 s", "1:2", "1:60:00", "-1", "1.5h", "٣", "9999w99",
    ])
    func whatIsNoDurationIsRefused(_ text: String) {
        #expect(duration(text) == nil)
    }

    @Test func bytesOfFileNamesAndLinesStayAsTheyAre() throws {
        let odd = Word([0x66, 0xFF, 0x2E])
        #expect(try why(odd).reading.inputs[0].path == [0x66, 0xFF, 0x2E])
        guard case .explain(let explain) = try request("explain", odd) else {
            throw Complaint("", "not an explain")
        }
        #expect(explain.lines == [[0x66, 0xFF, 0x2E]])
    }

    @Test func afterTwoDashesNothingIsAnOption() throws {
        #expect(try why("--", "--top").reading.inputs.map(\.name) == ["--top"])
        #expect(try why("./a=b.log").reading.inputs.map(\.node) == [nil])
    }

    @Test func helpAndVersionWinOverEverything() throws {
        guard case .help(let long) = try request("why", "--top", "3", "--help") else {
            throw Complaint("", "no help")
        }
        #expect(long.command == .why && long.isLong)
        guard case .help(let short) = try request("-h") else { throw Complaint("", "no help") }
        #expect(short.command == nil && !short.isLong)
        guard case .version = try request("--version") else { throw Complaint("", "no version") }
    }

    @Test func colorFollowsTheTerminalAndTheWish() throws {
        var machine = quietMachine
        machine.outputIsTerminal = true
        machine.columns = 120
        func screen(_ words: Word...) throws -> Screen {
            guard case .flags(let flags) = try Request(Typed(["flags"] + words), machine) else {
                throw Complaint("", "no flags")
            }
            return flags.manner.screen
        }
        #expect(try screen() == Screen(columns: 120, color: true))
        #expect(try screen("--color", "never") == Screen(columns: 120, color: false))
        #expect(try screen("-o", "x") == Screen(columns: 80, color: false))
        machine.noColor = true
        #expect(try screen() == Screen(columns: 120, color: false))
        #expect(try screen("--color=always").color)
    }
}

@Suite struct ComplaintTests {
    @Test(
        arguments: [
            (["--fromat", "json"], "--fromat: no such option; did you mean --format?"),
            (["wy"], "wy: no such command; did you mean stray why?"),
            (["a.log"], "a.log: no such command; to explain a log: stray why a.log"),
            ([], "no command; try stray why FILE, or stray help"),
            (["why", "--top"], "--top: its N is missing; write --top N"),
            (["why", "--quiet=1"], "--quiet: it takes no value; leave out what follows the ="),
            (
                ["flags", "--top", "3"],
                "--top: stray flags does not take it; it is for why, replay"
            ),
            (
                ["explain", "--format", "csv", "x"],
                "--format: stray explain does not print csv; it prints text, json"
            ),
            (
                ["why", "--color", "alway"],
                "--color: \"alway\" is none of auto, always, never; did you mean always?"
            ),
            (
                ["why", "--src", "10.0.0.0/33"],
                "--src: \"10.0.0.0/33\" is neither an address nor a network; "
                    + "write 10.0.0.0/8 or 2001:db8::1"
            ),
            (
                ["why", "--set", "tcp.closed=0"],
                "--set: \"0\" is no duration; write 30s, 5m, 24h or 2d"
            ),
            (["why", "-", "-"], "-: standard input can be read only once; name it once"),
            (
                ["why", "--since", "09:00", "--until", "08:00"],
                "--until: it is not after --since; swap them"
            ),
            (["why", "-ofile"], "-ofile: no such option; write -o and its value apart"),
            (
                ["why", "--tz", "\u{1B}]0;x"],
                "--tz: \"\\x1b]0;x\" is no time zone of this machine; "
                    + "write Europe/Berlin, UTC or +02:00"
            ),
        ] as [([String], String)])
    func wrongWordsAreToldInOneLine(_ words: [String], _ expected: String) throws {
        let complaint = #expect(throws: Complaint.self) {
            try Request(Typed(words.map { Word(Array($0.utf8)) }), quietMachine)
        }
        #expect(complaint?.line == "stray: \(expected)\n")
        #expect(complaint?.status == .badArguments)
    }

    @Test func aTerminalIsNoInput() throws {
        var machine = quietMachine
        machine.inputIsTerminal = true
        for words in [["why"], ["entries"], ["explain"]] as [[Word]] {
            #expect(throws: Complaint.self) { try Request(Typed(words), machine) }
        }
    }

    @Test(
        arguments: [
            ("fromat", "format"), ("tpo", "top"), ("ledge", "ledger"), ("form", "format"),
            ("xyzzy", nil), ("", nil), ("q", nil),
        ] as [(String, String?)])
    func theNearestNameIsSuggested(_ typed: String, _ expected: String?) {
        #expect(nearest(typed, among: ["format", "top", "ledger", "entries"]) == expected)
    }
}

@Suite struct SelectionTests {
    @Test func anEntryMustFitEveryField() throws {
        var names = Names()
        var entry = Entry()
        entry.time = Instant(seconds: 100)
        entry.node = names.keep("fw1")
        entry.interface = names.keep("em1")
        entry.source = Endpoint(try #require(Network("10.0.0.5")).first, 50512)
        entry.destination = Endpoint(try #require(Network("203.0.113.9")).first, 443)
        entry.known = .ports
        #expect(Selection().admits(entry))
        var fits = Selection()
        fits.from = Instant(seconds: 100)
        fits.before = Instant(seconds: 101)
        fits.nodes = [names.keep("fw1")]
        fits.interfaces = [names.keep("em0"), names.keep("em1")]
        fits.sources = [try #require(Network("10.0.0.0/8"))]
        fits.destinations = [try #require(Network("203.0.113.0/24"))]
        fits.ports = [443...443]
        #expect(fits.admits(entry))
        var wrong = [Selection](repeating: fits, count: 7)
        wrong[0].from = Instant(seconds: 101)
        wrong[1].before = Instant(seconds: 100)
        wrong[2].nodes = [names.keep("fw2")]
        wrong[3].interfaces = [names.keep("em0")]
        wrong[4].sources = fits.destinations
        wrong[5].destinations = fits.sources
        wrong[6].ports = [444...500]
        for selection in wrong { #expect(!selection.admits(entry)) }
        entry.known = []
        #expect(!fits.admits(entry))
        entry.known = .ports
        entry.time = .unknown
        #expect(!fits.admits(entry))
    }
}
