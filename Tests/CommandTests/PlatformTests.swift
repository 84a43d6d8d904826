// The platform of remedies: of the log's dialect, or of `--platform`.

import Causes
import Facts
import Foundation
import Remedies
import Reports
import TestSupport
import Testing
import stray

/// The platforms that the remedies of a run are for.
private func platforms(_ words: [String]) throws -> Set<String> {
    let run = Program.run(words)
    let text = String(decoding: run.out, as: UTF8.self)
    return Set(
        text.components(separatedBy: "{\"platform\":\"").dropFirst()
            .compactMap { $0.split(separator: "\"").first.map(String.init) })
}

@Suite struct PlatformTests {
    @Test(arguments: [
        ("office-day.log", "pfsense"), ("router-kern.log", "linux"),
        ("forcepoint-branch.log", "forcepoint"), ("cisco-teardowns.log", "cisco-asa"),
    ])
    func theDialectNamesIt(_ example: String, _ platform: String) throws {
        let words = ["why", "--format", "json", Program.example(example)]
        #expect(try platforms(words) == [platform])
        #expect(try platforms(words + ["--platform", "mikrotik"]) == ["mikrotik"])
    }

    @Test(arguments: DialectID.allCases)
    func everyDialectLeadsToOne(_ dialect: DialectID) {
        for id in Account.platformIDs(dialect) {
            #expect(platformNamed(id) != nil, "\(dialect.name)")
        }
        if dialect.isOfLines, ![.zeek, .suricata, .elasticCommon].contains(dialect) {
            #expect(!Account.platformIDs(dialect).isEmpty, "\(dialect.name)")
        }
    }

    @Test func explainTellsInItsWords() throws {
        let line =
            "Nov 19 08:15:02 fw kernel: DROP IN=eth0 OUT=eth1 SRC=192.0.2.7 DST=10.0.0.5 "
            + "LEN=52 TTL=60 ID=1 PROTO=TCP SPT=443 DPT=50000 WINDOW=100 RES=0x00 ACK FIN URGP=0"
        let plain = Program.run(["explain", line])
        let named = Program.run(["explain", "--platform", "fortigate", line])
        #expect(plain.status == 0 && named.status == 0)
        #expect(!String(decoding: plain.out, as: UTF8.self).contains("logtraffic-start"))
        #expect(String(decoding: named.out, as: UTF8.self).contains("logtraffic-start"))
    }

    @Test func explainHasRemediesWhereTheCauseIsKnown() throws {
        let line =
            "Nov 19 08:15:02 fw kernel: DROP IN=eth0 OUT=eth1 SRC=192.0.2.7 DST=10.0.0.5 "
            + "LEN=40 TTL=60 ID=1 PROTO=TCP SPT=4000 DPT=22 WINDOW=100 RES=0x00 SYN URGP=0"
        let words = ["explain", "--format", "json", line]
        #expect(try platforms(words) == ["linux"])
        #expect(try platforms(words + ["--platform", "aws"]) == ["aws"])
        let run = Program.run(words)
        #expect(try Program.schema("explain").problems(JSON(run.out)).isEmpty)
        let text = String(decoding: Program.run(["explain", line]).out, as: UTF8.self)
        #expect(text.contains("Allow it, if it is wanted (Linux)"))
    }

    @Test func thePageIsOfOnePlatform() throws {
        let words = ["cause", "idle-timeout", "--platform", "pf"]
        #expect(try platforms(words + ["--format", "json"]) == ["pf"])
        let text = String(decoding: Program.run(words).out, as: UTF8.self)
        #expect(text.contains("On pf\n") && !text.contains("On Linux\n"))
        #expect(text.contains("Undo: ") && text.contains("Check: "))
    }

    /// What is the same everywhere is told once, and products without remedies of their own not.
    @Test func thePageOfAllRepeatsNothing() throws {
        let text = String(decoding: Program.run(["cause", "idle-timeout"]).out, as: UTF8.self)
        #expect(text.contains("On every platform\n") && text.contains("On FortiGate\n"))
        #expect(text.components(separatedBy: "Keep the connection from falling idle").count == 2)
        #expect(!text.contains("On Meraki\n") && text.contains("On your firewall\n"))
        let json = try platforms(["cause", "idle-timeout", "--format", "json"])
        #expect(json == Set(allPlatforms.map(\.id)))
    }

    @Test func anUnknownOneIsToldOf() {
        let run = Program.run(["cause", "scan", "--platform", "forti"])
        #expect(run.status == 2)
        #expect(run.error.contains("did you mean fortigate?"))
    }
}
