// `stray replay` and `stray tune` as people and scripts run them.

import Foundation
import TestSupport
import Testing

private let capture = Program.example("branch-office.pcap")

private func schema(_ name: String) throws -> JSONSchema {
    let path = Program.root.appending(path: "docs/schema/\(name).schema.json")
    return JSONSchema(try JSON([UInt8](try Data(contentsOf: path))))
}

@Suite struct ReplayCommandTests {
    @Test(arguments: ["netfilter", "pf", "forcepoint"])
    func theExampleIsExplained(_ model: String) throws {
        let run = Program.run(["replay", "--model", model, "--tz", "UTC", capture])
        #expect(run.status == 1 && run.error.isEmpty)
        #expect(run.text.contains("Replayed through"))
        #expect(run.text.contains("What became of the strays' states"))
        // The answers whose SYN went another way are strays for everybody.
        #expect(run.text.contains("asymmetric-routing"))
        // A day idle is too long for two of the three.
        #expect(run.text.contains("idle-timeout") == (model != "netfilter"), "\(model)")
    }

    @Test(arguments: ["netfilter", "pf", "forcepoint"])
    func everyPacketIsALineOfTheSchema(_ model: String) throws {
        let run = Program.run(["replay", "--model", model, "--format", "ndjson", capture])
        let schema = try schema("verdict")
        let records = try run.records()
        #expect(run.status == 0 && records.count > 400)
        for (place, record) in records.enumerated() {
            #expect(schema.problems(record).isEmpty, "\(record)")
            #expect(record["n"].int == place + 1)
        }
        let strays = records.filter { $0["stray"] == .bool(true) }
        #expect(strays.allSatisfy { $0["verdict"].text == "block" } && strays.count >= 24)
    }

    @Test func documentsKeepTheirSchemas() throws {
        for (name, words) in [
            ("replay", ["replay", capture]), ("tuning", ["tune", "--model", "pf", capture]),
            ("tuning", ["tune", Program.example("cisco-teardowns.log")]),
            ("tuning", ["tune", Program.example("office-day.log")]),
            (
                "comparison",
                [
                    "replay", "--model", "pf", capture, "--set", "tcp.established=20h", "--versus",
                    "tcp.established=30h",
                ]
            ),
        ] {
            let run = Program.run(words + ["--format", "json"])
            #expect(run.status < 2 && run.error.isEmpty)
            #expect(try schema(name).problems(try run.document()).isEmpty, "\(name)")
        }
    }

    @Test func theTextIsTheSameOnAnyNumberOfThreads() {
        for format in ["text", "ndjson"] {
            let one = Program.run(["replay", "--threads", "1", "--format", format, capture])
            let two = Program.run(["replay", "--threads", "2", "--format", format, capture])
            #expect(one.out == two.out && !one.out.isEmpty)
        }
    }

    @Test(arguments: [
        ("pf", "filterlog"), ("netfilter", "netfilter"), ("forcepoint", "forcepoint"),
    ])
    func theLogItWritesIsExplained(_ model: String, _ form: String) throws {
        let log = Program.run(["replay", "--model", model, "--emit", form, capture])
        #expect(log.status == 0 && log.lines.count >= 24)
        let why = Program.run(["why", "--format", "json", "-"], input: log.out)
        let document = try why.document()
        #expect(document["totals"]["strays"].int ?? 0 >= 24)
        let rejected = document["inputs"].list.first?["rejected"].int
        #expect(rejected == 0)
    }

    @Test func aLongerTimeoutIsSaidToSpareTheDatabase() throws {
        let run = Program.run([
            "replay", "--model", "pf", capture, "--set", "tcp.established=24h", "--versus",
            "tcp.established=30h", "--format", "json",
        ])
        let document = try run.document()
        #expect(document["connections"].list.count == 3)
        #expect(document["differingPackets"].int == 18)
        let tune = Program.run(["tune", "--model", "pf", "--format", "json", capture])
        let curves = try tune.document()["timeouts"].list
        let established = try #require(curves.first { $0["name"].text == "tcp.established" })
        #expect(established["advice"]["seconds"].int == 172_800)
    }

    @Test func aLogIsTunedByItsOpeningsAndEnds() throws {
        let log = Program.example("cisco-teardowns.log")
        let run = Program.run(["tune", log, "--format", "json"])
        let document = try run.document()
        #expect(run.status == 0 && document["source"].text == "log")
        #expect(document["openings"].int == 200 && document["ends"].int == 200)
        let established = try #require(document["timeouts"].list.first)
        #expect(established["now"].int == 3600 && established["advice"]["seconds"].int == 7200)
        // The four Conn-timeouts of the log, whose connections strayed.
        for point in established["curve"].list {
            let isShort = (point["seconds"].int ?? 0) <= 3600
            #expect(point["cut"].int == (isShort ? 4 : 0))
        }
        // The log may come by a pipe, and its firewall may be set otherwise.
        let piped = Program.run(["tune", "-", "--format", "json"], input: contents(log))
        #expect(try piped.document() == document)
        let set = Program.run(["tune", log, "--set", "tcp.established=2h", "--format", "json"])
        #expect(try set.document()["timeouts"].list.first?["now"].int == 7200)
        #expect(set.text.contains("7200 s old: 4"))
    }

    @Test func whatCannotBeTunedIsTold() {
        let log = Program.example("cisco-teardowns.log")
        let both = Program.run(["tune", capture, log])
        #expect(both.status == 2 && both.error.contains("the captures alone"))
        let model = Program.run(["tune", "--model", "pf", log])
        #expect(model.status == 2 && model.error.contains("--model: it is for captures"))
        let name = Program.run(["tune", "--set", "tcp.stablished=1h", log])
        #expect(name.status == 2 && name.error.contains("did you mean tcp.established?"))
        let none = Program.run(["tune", "-"], input: Array(filterlog().utf8))
        #expect(none.status == 3 && none.error.contains("neither openings nor ends"))
        #expect(Program.run(["tune", "/nowhere.log"]).status == 3)
        #expect(Program.run(["tune", "-"], input: []).status == 3)
        let missing = Program.run(["tune", capture, "/nowhere.pcap"])
        #expect(missing.status == 3 && missing.text.contains("Timeouts of"))
    }

    @Test func whatIfsSayWhatTheyGiveUp() {
        for (model, flag) in [
            ("pf", "--sloppy"), ("netfilter", "--liberal"), ("netfilter", "--loose"),
            ("pf", "--loose"), ("forcepoint", "--loose"),
        ] {
            let run = Program.run(["replay", "--model", model, flag, capture])
            #expect(run.status < 2 && run.text.contains("\(flag) gives up"), "\(model) \(flag)")
        }
        #expect(Program.run(["replay", "--model", "netfilter", "--sloppy", capture]).status == 2)
        #expect(Program.run(["replay", "--model", "pf", "--liberal", capture]).status == 2)
    }

    @Test func mistakesAreTold() throws {
        let name = Program.run(["replay", "--model", "pf", "--set", "tcp.stablished=1h", capture])
        #expect(name.status == 2 && name.error.contains("did you mean tcp.established?"))
        let log = Program.run(["replay", Program.example("office-day.log")])
        #expect(log.status == 3 && log.error.contains("is no packet capture"))
        #expect(Program.run(["replay", "/nowhere.pcap"]).status == 3)
        #expect(Program.run(["replay", "--policy", "/nowhere.conf", capture]).status == 3)
        let both = Program.run(["replay", "--emit", "filterlog", "--format", "json", capture])
        #expect(both.status == 2)
        let empty = Program.run(["replay", "-"], input: Array(try capturedBytes().prefix(24)))
        #expect(empty.status == 3 && empty.error.contains("no IP packet"))
        let cut = Program.run(["replay", "-"], input: Array(try capturedBytes().prefix(2000)))
        #expect(cut.status == 3 && cut.error.contains("ends in the middle of a packet"))
        #expect(cut.text.contains("Replayed through"))
    }

    private func capturedBytes() throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: capture)))
    }

    @Test func aPolicyDecides() throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "stray-replay-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "pf.conf").path
        try """
        block in log all
        pass quick inet proto tcp from 10.30.0.0/16 to any port 443 keep state
        """.write(toFile: path, atomically: true, encoding: .utf8)
        let run = Program.run(["replay", "--policy", path, "--format", "ndjson", capture])
        let records = try run.records()
        // The database is not allowed, pages are.
        let database = records.filter { $0["dport"].int == 5432 }
        #expect(!database.isEmpty && database.allSatisfy { $0["verdict"].text == "block" })
        #expect(database.allSatisfy { $0["rule"].text?.contains("block in log all") == true })
        let pages = records.filter { $0["dport"].int == 443 && $0["flags"].text == "S" }
        #expect(!pages.isEmpty && pages.allSatisfy { $0["verdict"].text == "pass" })
    }

    @Test func logAllWritesEveryPacketOfTheState() throws {
        let folder = Folder()
        func run(_ log: String, _ words: [String]) -> Run {
            let rules = folder.file(
                "pf.conf", "block all\npass in \(log) proto tcp to port 5432 flags S/SA\n")
            return Program.run(["replay", "--policy", rules, capture] + words)
        }
        let passed = try run("", ["--format", "ndjson"]).records().filter {
            $0["verdict"].text == "pass"
        }
        let emit = ["--emit", "filterlog"]
        let first = run("log", emit).lines
        let all = run("log (all)", emit).lines
        #expect(run("", emit).lines.isEmpty)
        // One line for each connection; one for each packet that its state passed.
        #expect(first.count == passed.count(where: { $0["opened"] == .bool(true) }))
        #expect(all.count == passed.count && all.count > 3 * first.count)
        #expect(all.allSatisfy { $0.contains(",match,pass,") && $0.contains(",5432,") })
    }

    @Test func severalInterfacesAreOneRouter() throws {
        let bytes = try capturedBytes()
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "stray-replay-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        // The same packets a moment later and a hop older, as the other interface shows them.
        var other = bytes
        var at = 24
        while at + 16 <= other.count {
            let length = Int(other[at + 8]) | Int(other[at + 9]) << 8
            other[at + 16 + 14 + 8] -= 1
            at += 16 + length
        }
        let path = folder.appending(path: "wan.pcap").path
        try Data(other).write(to: URL(filePath: path))
        let run = Program.run(["replay", "--format", "json", "lan=\(capture)", "wan=\(path)"])
        let alone = try Program.run(["replay", "--format", "json", capture]).document()
        let both = try run.document()
        #expect(both["packets"]["again"].int == alone["packets"]["total"].int)
        #expect(both["packets"]["blocked"] == alone["packets"]["blocked"])
    }
}
