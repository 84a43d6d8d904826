// Log text cannot reach a terminal or a page as it came, whichever way it takes: as an interface, a
// rule, a host, a label, a damaged line, a file's name; in every format.

import Foundation
import TestSupport
import Testing

private let poisons = [
    "\u{1B}[31mred", "\u{1B}]0;title\u{7}", "\u{9B}31m", "\u{202E}gnp.exe", "\u{2066}x\u{2069}",
    "\u{200B}\u{FEFF}", "<script>alert(1)</script>", "\"><img src=x>", "a\u{0}b\u{8}\u{7F}",
    "=cmd|'/C'!A0", "\u{85}\u{2028}\u{2029}", "\u{E0041}\u{61C}",
]

private let commands: [[String]] = [
    ["why"], ["why", "--ledger"], ["why", "--format", "json"], ["why", "--format", "ndjson"],
    ["why", "--entries", "--format", "ndjson"], ["entries"], ["entries", "--format", "csv"],
    ["why", "--color", "never", "--top", "100"], ["why", "--format", "markdown"],
    ["why", "--format", "csv"], ["why", "--entries", "--format", "csv"],
    ["why", "--format", "ecs"], ["why", "--entries", "--format", "ecs"],
    ["why", "--format", "ocsf"], ["entries", "--format", "ocsf"], ["why", "--emit", "pf"],
    ["why", "--emit", "nft"], ["why", "--emit", "iptables"], ["why", "--ascii", "--ledger"],
    ["why", "--format", "html"],
]

/// Whether the output is for people: in a document markup must not stand as it came either.
private func isForPeople(_ words: [String]) -> Bool {
    !["json", "ndjson", "ecs", "ocsf"].contains { words.contains($0) } && words != ["entries"]
}

/// Everything a terminal, a page or a spreadsheet would act on.
private func dangers(_ bytes: [UInt8], isText: Bool) -> [String] {
    var found: [String] = []
    guard let text = String(validating: bytes, as: UTF8.self) else { return ["broken UTF-8"] }
    for scalar in text.unicodeScalars {
        let value = scalar.value
        let isControl = value < 0x20 && value != 0x0A && value != 0x0D || value == 0x7F
        let isC1 = (0x80...0x9F).contains(value)
        let isMark =
            (0x200B...0x200F).contains(value) || (0x2028...0x202E).contains(value)
            || (0x2060...0x2069).contains(value) || [0xFEFF, 0x61C].contains(value)
            || (0xE0000...0xE007F).contains(value)
        if isControl || isC1 || isMark { found.append("U+" + String(value, radix: 16)) }
    }
    // A page has two scripts, its own.
    let isPage = text.hasPrefix("<!DOCTYPE html>")
    let scripts = text.components(separatedBy: "<script").count - 1
    if !isText || isPage, scripts > (isPage ? 2 : 0) || text.contains("<img") {
        found.append("markup")
    }
    return found
}

/// Lines of every dialect there is, with a poison wherever a line may carry text.
private func hostileLines(_ poison: String) -> [String] {
    [
        filterlog(), filterlog(interface: poison), filterlog(rule: poison),
        filterlog(host: poison.filter { $0 != " " }), filterlog(flags: poison),
        filterlog(source: poison),
        "<134>1 2026-11-19T00:00:01Z fw1 filterlog 1 - - 4,,,\(poison)",
        "Nov 19 2026 08:00:00 \(poison) : %ASA-6-106015: Deny TCP (no connection) from "
            + "10.0.0.1/1 to 10.0.0.2/2 flags FIN ACK  on interface \(poison)",
        "Nov 19 2026 08:00:00 asa : %ASA-6-106015: Deny TCP (no connection) from "
            + "\(poison)/1 to \(poison)/2 flags FIN ACK  on interface inside",
        "Nov 19 2026 08:00:00 asa : %ASA-4-106023: Deny tcp src outside:10.9.0.1/5 dst "
            + "inside:\(poison)/80 by access-group \"\(poison)\" [0x0, 0x0]",
        "CEF:0|FORCEPOINT|Firewall|7.1|70018|Connection_Discarded|0|deviceExternalId=\(poison) "
            + "dvchost=\(poison) act=Discard src=10.0.0.1 dst=10.0.0.2 proto=6 spt=1 dpt=2 "
            + "deviceInboundInterface=\(poison) cs1Label=RuleID cs1=\(poison) msg=\(poison)",
        "Nov 19 08:00:00 \(poison) kernel: [UFW BLOCK] IN=\(poison) OUT= SRC=10.0.0.1 "
            + "DST=10.0.0.2 LEN=40 TTL=64 ID=1 PROTO=TCP SPT=1 DPT=2 WINDOW=1 RES=0x00 ACK FIN",
        poison,
    ]
}

@Suite struct EscapeTests {
    @Test func theCheckSeesWhatItMust() {
        for poison in poisons where !poison.hasPrefix("=") && !poison.hasPrefix("\"") {
            #expect(!dangers(Array(poison.utf8), isText: false).isEmpty)
        }
        #expect(dangers(Array("→ é ü \n".utf8), isText: false).isEmpty)
    }

    @Test(arguments: poisons)
    func linesAreNeverShownAsTheyCame(_ poison: String) throws {
        let log = Array(hostileLines(poison).joined(separator: "\n").utf8)
        for words in commands {
            let run = Program.run(words, input: log)
            #expect([0, 1].contains(run.status), "\(words): \(run.error)")
            #expect(dangers(run.out, isText: isForPeople(words)).isEmpty, "\(words)")
            #expect(dangers(Array(run.error.utf8), isText: true).isEmpty)
        }
        for line in hostileLines(poison) where !line.contains("\0") {
            for format in ["text", "json"] {
                let run = Program.run(["explain", "--format", format, "--", line])
                #expect(dangers(run.out, isText: format == "text").isEmpty, "\(line)")
                #expect([0, 3].contains(run.status))
            }
        }
    }

    @Test(arguments: poisons.filter { !$0.contains("\0") && !$0.contains("/") })
    func namesOfFilesAndNodesAreNeverShownAsTheyAre(_ poison: String) throws {
        let folder = Folder()
        let name = poison.replacing("=", with: "")
        let file = folder.file(name, filterlog() + "\ndamaged: \(filterlog().prefix(90))\n")
        for words in commands {
            for input in [file, "\(name)=\(file)", file + ".missing"] {
                let run = Program.run(words + [input])
                #expect(dangers(run.out, isText: isForPeople(words)).isEmpty, "\(words) \(input)")
                #expect(dangers(Array(run.error.utf8), isText: true).isEmpty, "\(run.error)")
            }
        }
    }

    @Test func argumentsAreNotEchoedAsTheyCame() {
        for poison in poisons where !poison.contains("\0") {
            for words in [
                [poison], ["why", "--" + poison], ["why", "--src", poison], ["flags", poison],
            ] {
                let run = Program.run(words)
                #expect(dangers(Array(run.error.utf8), isText: true).isEmpty, "\(run.error)")
            }
        }
    }

    /// The numbers of protocols without a name went out as bytes: 27 was an escape, 34 a quote mark.
    @Test func protocolsWithoutANameAreNumbers() throws {
        let line =
            "<134>1 2026-11-19T00:00:01Z fw1 filterlog 1 - - 4,,,1,em0,match,block,in,4,0x0,,"
        let log = (0..<256).map { line + "64,1,0,DF,\($0),x,40,10.0.0.5,203.0.113.9,datalength=20" }
        let bytes = Array(log.joined(separator: "\n").utf8)
        for words in commands {
            let run = Program.run(words, input: bytes)
            #expect(dangers(run.out, isText: true).isEmpty, "\(words)")
        }
        let records = try Program.run(["entries"], input: bytes).records()
        // Those that have ports want columns that are not there.
        #expect(records.count > 250 && records.contains { $0["proto"].text == "27" })
    }

    @Test func cellsAreNoFormulas() throws {
        let log = ["=1+1", "+1", "-1", "@x", "\t=1", "a\rb"].map { filterlog(interface: $0) }
        let run = Program.run(
            ["entries", "--format", "csv"], input: Array(log.joined(separator: "\n").utf8))
        #expect(run.out.count { $0 == 0x0D } == log.count + 1)
        for cell in ["=1+1", "+1", "-1", "@x"] {
            #expect(run.text.contains(",\"'\(cell)\","), "\(cell)")
        }
    }
}
