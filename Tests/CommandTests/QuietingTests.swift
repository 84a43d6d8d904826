// `stray why --emit`: the rules take the packets of harmless findings, and no others; held against
// the log they were made of by the room that reads rules, and by nft itself.

import Bytes
import Facts
import Foundation
import Glibc
import Policy
import TestSupport
import Testing

private let office = Program.example("office-day.log")

/// A blocked entry as a packet, and whether its finding is harmless.
private struct Judged {
    var packet: Packet
    var isHarmless: Bool
    var record: JSON

    init?(_ record: JSON) {
        guard record["proto"].text == "tcp", let flags = record["flags"].text,
            let source = record["src"].text.flatMap({ Network($0)?.first }),
            let destination = record["dst"].text.flatMap({ Network($0)?.first })
        else { return nil }
        packet = Packet()
        packet.ipProtocol = 6
        packet.source = Endpoint(source, UInt16(record["sport"].int ?? 0))
        packet.destination = Endpoint(destination, UInt16(record["dport"].int ?? 0))
        for byte in flags.utf8 {
            if let flag = TCPFlags(letter: byte) { packet.flags.formUnion(flag) }
        }
        var names = Names()
        packet.interface = names.keep(record["interface"].text ?? "")
        packet.direction = record["direction"].text == "out" ? .outward : .inward
        isHarmless = record["harm"].text == "harmless"
        self.record = record
    }

    static func all(_ path: String) throws -> [Judged] {
        try Program.run(["why", "--entries", path]).records().compactMap { Judged($0) }
    }
}

private let canNamespace: Bool = {
    getuid() == 0 && FileManager.default.isExecutableFile(atPath: "/usr/sbin/nft")
        && Program.execute(
            "/usr/bin/unshare", ["-n", "true"], input: nil, environment: [:], seconds: 10
        )
        .status == 0
}()

@Suite struct QuietingTests {
    @Test func pfRulesTakeTheHarmlessAndNoOthers() throws {
        let run = Program.run(["why", "--emit", "pf", office])
        #expect(run.status == 1 && run.error.isEmpty)
        let rules = PolicyRules(parsing: run.out)
        #expect(rules.notes.isEmpty && rules.rules.count > 10)
        #expect(rules.rules.allSatisfy { $0.action == .drop && $0.isQuick && !$0.isLogged })
        let judged = try Judged.all(office)
        #expect(judged.contains { $0.isHarmless } && judged.contains { !$0.isHarmless })
        for one in judged {
            let decision = rules.decide(one.packet, .new)
            #expect((decision.rule != nil) == one.isHarmless, "\(one.record)")
        }
    }

    /// A packet that differs in one thing only is not taken.
    @Test func pfRulesAreNarrow() throws {
        let rules = PolicyRules(parsing: Program.run(["why", "--emit", "pf", office]).out)
        var names = Names()
        for one in try Judged.all(office) where one.isHarmless {
            var others = Array(repeating: one.packet, count: 5)
            others[0].flags = .syn
            others[1].flags = .ack
            others[2].source.address = Address(v4: 0x0808_0808)
            others[3].interface = names.keep("em9")
            others[4].direction = .outward
            for (place, packet) in others.enumerated() {
                #expect(rules.decide(packet, .new).rule == nil, "\(place): \(one.record)")
            }
        }
    }

    @Test(arguments: ["office-day.log", "ufw-home-server.log"])
    func nftTakesItsFile(_ name: String) throws {
        let run = Program.run(["why", "--emit", "nft", Program.example(name)])
        guard canNamespace else { return }
        let folder = Folder()
        let file = folder.file("quiet.nft", run.out)
        // Twice, for it replaces itself.
        let line = "nft -c -f \(file) && nft -f \(file) && nft -f \(file) && nft -j list ruleset"
        let loaded = Program.execute(
            "/usr/bin/unshare", ["-n", "sh", "-c", line], input: nil,
            environment: ["PATH": "/usr/sbin:/usr/bin:/bin"], seconds: 30)
        #expect(loaded.status == 0, "\(loaded.text) \(loaded.error)")
        let rules = PolicyRules(parsing: loaded.out)
        #expect(rules.notes.isEmpty, "\(rules.notes)")
        var taken = 0
        for one in try Judged.all(Program.example(name)) {
            let isTaken = rules.decide(one.packet, .invalid).action == .drop
            // A pick-up is left alone: it is no invalid packet.
            if isTaken { taken += 1 }
            #expect(!isTaken || one.isHarmless, "\(one.record)")
            #expect(rules.decide(one.packet, .established).action == .pass)
            #expect(rules.decide(one.packet, .new).action == .pass)
        }
        let told = run.text.matches(of: /# Finding [^\n]*, ([0-9,]+) of [0-9,]+ lines?\n/)
            .compactMap { Int($0.1.replacing(",", with: "")) }.reduce(0, +)
        #expect(taken > 0 && told >= taken)
    }

    @Test func iptablesRulesAreOfThatForm() {
        let run = Program.run(["why", "--emit", "iptables", office])
        let rules = run.lines.filter { !$0.hasPrefix("#") }
        #expect(rules.first == "*filter" && rules.last == "COMMIT")
        for rule in rules.dropFirst(2).dropLast() {
            #expect(
                rule.wholeMatch(
                    of:
                        /-A STRAY-QUIET -[io] \w+( -[sd] [0-9.]+){1,2} -p tcp --[sd]port \d+ --tcp-flags FIN,SYN,RST,PSH,ACK,URG [A-Z,]+ -m conntrack --ctstate INVALID -m comment --comment "stray: finding \d+" -j DROP/
                ) != nil, "\(rule)")
        }
    }

    @Test(arguments: ["pf", "nft", "iptables"])
    func whatIsNotHarmlessIsLeftAlone(_ form: String) throws {
        let log = filterlog() + "\n"
        let run = Program.run(["why", "--emit", form], input: Array(log.utf8))
        #expect(run.text.contains("0 harmless findings of 0 quieted; 1 finding left alone"))
        #expect(!run.text.contains("block drop") && !run.text.contains("-A "))
        #expect(!run.text.contains("counter drop"))
    }

    /// Packets that a filter leaves out were not judged: a rule that would take them is dropped.
    @Test func aRuleThatTakesOthersIsDropped() {
        let run = Program.run(
            ["why", "--emit", "pf", "--tz", "UTC", "--since", "2026-11-19T12:00", office])
        #expect(run.text.contains("a rule would also take packets of what was not judged here"))
    }

    @Test(arguments: ["asa", "pfsense", "forcepoint", "linux"])
    func whereItCannotBeDoneItIsSaid(_ name: String) {
        let run = Program.run(["why", "--emit", name, office])
        #expect(run.status == 2 && run.out.isEmpty)
        #expect(run.error.hasPrefix("stray: --emit \(name): "))
        #expect(run.error.contains("stray cause") || run.error.contains("take --emit"))
    }

    @Test func unknownFormsAreRefused() {
        let run = Program.run(["why", "--emit", "pff", office])
        #expect(run.status == 2 && run.error.contains("did you mean pf?"))
        let both = Program.run(["why", "--emit", "pf", "--format", "json", office])
        #expect(both.status == 2 && both.error.contains("--emit"))
    }
}
