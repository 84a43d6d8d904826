// Logs, captures and several nodes' logs given together, to the built program.

import TestSupport
import Testing

/// One TCP packet of 192.0.2.10:41000 → 198.51.100.20:443, as a log line or a frame.
private struct Told {
    /// Milliseconds since 2026-11-19T08:00:00Z.
    var at: Int
    var id: Int
    var flags: UInt8 = 0x11
    var ttl = 64
    var reply = false
    var v6 = false

    private static let start = 1_795_075_200

    /// Linux writes the time, the host and the packet; a line without sequence numbers.
    func line(_ host: String, wholeSeconds: Bool = false, prefix: String = "DROP") -> String {
        let milliseconds = wholeSeconds ? at / 1000 * 1000 : at
        let clock = [milliseconds / 3_600_000 + 8, milliseconds / 60_000 % 60]
            .map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
        let second = milliseconds / 1000 % 60
        let part = 1000 + milliseconds % 1000
        let fraction = wholeSeconds ? "" : "." + "\(part)".dropFirst()
        let stamp = "2026-11-19T\(clock):\(second < 10 ? "0" : "")\(second)\(fraction)Z"
        let ends =
            reply
            ? "SRC=198.51.100.20 DST=192.0.2.10" : "SRC=192.0.2.10 DST=198.51.100.20"
        let ports = reply ? "SPT=443 DPT=41000" : "SPT=41000 DPT=443"
        var words = ""
        for (bit, word) in [(0x10, "ACK"), (8, "PSH"), (4, "RST"), (2, "SYN"), (1, "FIN")] {
            if Int(flags) & bit != 0 { words += word + " " }
        }
        return "\(stamp) \(host) kernel: \(prefix) IN=eth0 OUT= \(ends) LEN=40 TOS=0x00 PREC=0x00 "
            + "TTL=\(ttl) ID=\(id) DF PROTO=TCP \(ports) WINDOW=501 RES=0x00 \(words)URGP=0\n"
    }

    /// A raw IPv4 packet with its record header.
    var frame: [UInt8] {
        let near: [UInt8] = [192, 0, 2, 10]
        let far: [UInt8] = [198, 51, 100, 20]
        var bytes: [UInt8] = [0x45, 0, 0, 40, UInt8(id >> 8), UInt8(id & 255), 0x40, 0]
        bytes += [UInt8(ttl), 6, 0, 0] + (reply ? far + near : near + far)
        let ports: [UInt8] = reply ? [1, 187, 0xA0, 0x28] : [0xA0, 0x28, 1, 187]
        bytes += ports + [0, 0, UInt8(id >> 8), UInt8(id & 255), 0, 0, 0, 9]
        bytes += [0x50, flags, 1, 0xF5, 0, 0, 0, 0]
        let seconds = Told.start + at / 1000
        return little(seconds) + little(at % 1000 * 1000 + 7) + little(40) + little(40) + bytes
    }
}

private func little(_ number: Int) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
}

/// A pcap file of raw IP packets (LINKTYPE_RAW).
private func pcap(_ packets: [Told]) -> [UInt8] {
    [0xD4, 0xC3, 0xB2, 0xA1, 2, 0, 4, 0] + little(0) + little(0) + little(65535) + little(101)
        + packets.flatMap(\.frame)
}

private let opening = Told(at: 1000, id: 100, flags: 0x02)
private let answer = Told(at: 1020, id: 900, flags: 0x12, reply: true)
private let closing = Told(at: 9500, id: 101)
private let again = Told(at: 9900, id: 102)
private let all = [opening, answer, closing, again]

private func entries(_ words: String...) throws -> [JSON] {
    let run = Program.run(["entries"] + words)
    #expect(run.status == 0, "\(run.error)")
    let schema = try Program.schema("entry")
    let records = try run.records()
    for record in records { #expect(schema.problems(record).isEmpty) }
    return records
}

private func actions(_ records: [JSON]) -> [String] { records.compactMap { $0["action"].text } }

@Suite struct LogAndCaptureTests {
    private let folder = Folder()
    private var log: String { folder.file("fw.log", closing.line("fw1") + again.line("fw1")) }
    private var capture: String { folder.file("wire.pcap", pcap(all)) }

    @Test func eachPacketIsOneEntry() throws {
        let told = try entries(log, capture)
        #expect(actions(told) == ["seen", "seen", "block", "block"])
        #expect(told[2]["seq"].int == 101 && told[2]["input"].text == log)
        #expect(told[2]["line"].int == 1 && told[2]["node"].text == "fw1")
        #expect(told[0]["flags"].text == "S" && told[0]["dialect"].text == "capture")
    }

    @Test func wholeSecondsAreEnough() throws {
        let coarse = folder.file(
            "coarse.log",
            closing.line("fw1", wholeSeconds: true) + again.line("fw1", wholeSeconds: true))
        let told = try entries(coarse, capture)
        #expect(actions(told) == ["seen", "seen", "block", "block"])
        #expect(told[3]["seq"].int == 102)
        #expect(told[3]["time"].text == "2026-11-19T08:00:09.900Z")
    }

    @Test func anotherPacketIsAnotherEntry() throws {
        let other = folder.file("other.log", Told(at: 9500, id: 555).line("fw1"))
        #expect(try entries(other, capture).count == 5)
    }

    @Test(arguments: ["gzip", "xz", "zstd"])
    func packedCapturesAreRead(_ tool: String) throws {
        guard Program.has(tool) else { return print("skipped: \(tool) is not installed") }
        let packed = folder.file("packed", Program.shell("\(tool) -c '\(capture)'").out)
        #expect(actions(try entries(log, packed)) == ["seen", "seen", "block", "block"])
        #expect(Program.run(["why", packed]).error.contains("not which of them were blocked"))
    }

    @Test func aPipeIsReadToo() throws {
        let (log, capture) = (log, capture)
        for line in [
            "cat '\(capture)' | $S entries '\(log)' -", "cat '\(log)' | $S entries - '\(capture)'",
        ] {
            #expect(
                actions(try Program.shell(line).records()) == ["seen", "seen", "block", "block"])
        }
        let alone = Program.shell("cat '\(capture)' | $S entries")
        #expect(actions(try alone.records()) == ["seen", "seen", "seen", "seen"])
    }

    @Test func whyTakesBoth() throws {
        let schema = try Program.schema("findings")
        var seen: Set<[UInt8]> = []
        for threads in ["1", "2", "5"] {
            let run = Program.run(
                ["why", "--format", "json", "--threads", threads, capture, log])
            #expect(run.error.isEmpty, "\(run.error)")
            #expect(schema.problems(try run.document()).isEmpty)
            seen.insert(run.out)
        }
        #expect(seen.count == 1)
        let document = try JSON(seen.first ?? [])
        #expect(document["totals"]["blocked"].int == 2)
        #expect(document["inputs"].list.compactMap { $0["entries"].int }.sorted() == [2, 4])
        let judged = Program.run(["why", "--entries", capture, log])
        #expect(try judged.records().compactMap { $0["line"].int } == [1, 2])
    }

    @Test func aCaptureAloneSaysWhatIsMissing() {
        for run in [
            Program.run(["why", capture]), Program.run(["why", "-"], input: pcap(all)),
        ] {
            #expect(run.status == 3 && run.out.isEmpty)
            #expect(run.error.contains("give the firewall's log"), "\(run.error)")
            #expect(run.error.split(separator: "\n").count == 1)
        }
    }

    @Test func aCutCaptureIsReadAsFarAsItGoes() throws {
        let cut = folder.file("cut.pcap", Array(pcap(all).dropLast(10)))
        let run = Program.run(["entries", cut])
        #expect(run.status == 3 && run.error.contains("what came before is reported"))
        #expect(try run.records().count == 3)
    }

    @Test func twoSidesOfAFirewallAreAPass() throws {
        let inner = folder.file("in.pcap", pcap([opening]))
        var behind = opening
        behind.ttl = 63
        behind.at += 1
        let outer = folder.file("out.pcap", pcap([behind]))
        #expect(actions(try entries(inner, outer)) == ["pass"])
        #expect(actions(try entries("a=\(inner)", "b=\(outer)")) == ["seen", "seen"])
    }
}

@Suite struct TableTests {
    private let folder = Folder()
    private var table: String {
        folder.file(
            "table",
            "tcp      6 431998 ESTABLISHED src=192.0.2.10 dst=198.51.100.20 sport=41000 dport=443 "
                + "src=198.51.100.20 dst=192.0.2.10 sport=443 dport=41000 [ASSURED] mark=0 use=1\n")
    }

    @Test func statesComeBeforeAllElse() throws {
        let log = folder.file("fw.log", closing.line("fw1"))
        let capture = folder.file("wire.pcap", pcap(all))
        let told = try entries(log, capture, "fw1=\(table)")
        #expect(actions(told) == ["state", "seen", "seen", "block", "seen"])
        #expect(told[0]["node"].text == "fw1" && told[0]["time"] == .null)
    }

    @Test func aTableAloneSaysWhatIsMissing() {
        for words in [[table], [table, folder.file("wire.pcap", pcap(all))]] {
            let run = Program.run(["why"] + words)
            #expect(run.status == 3 && run.out.isEmpty)
            #expect(run.error.contains("give the firewall's log"), "\(run.error)")
        }
        let log = folder.file("fw.log", closing.line("fw1"))
        #expect(Program.run(["why", table, log]).error.isEmpty)
    }
}

@Suite struct NodeTests {
    private let folder = Folder()

    @Test func theGivenNameIsTheNodes() throws {
        let log = folder.file("fw.log", closing.line("relay"))
        let capture = folder.file("wire.pcap", pcap([opening]))
        #expect(try entries(log)[0]["node"].text == "relay")
        #expect(try entries("fw7=\(log)")[0]["node"].text == "fw7")
        let both = try entries("fw7=\(log)", "fw8=\(capture)")
        #expect(both.compactMap { $0["node"].text } == ["fw8", "fw7"])
        #expect(try entries("--node", "fw7", "fw7=\(log)", "fw8=\(capture)").count == 1)
        let why = Program.run(["why", "--format", "json", "fw7=\(log)"])
        #expect(try why.document()["findings"].list.first?["nodes"].list == [.text("fw7")])
    }

    @Test func anotherNodesPacketMarksTheBlock() throws {
        let one = folder.file("one.log", closing.line("fw1"))
        var late = closing
        late.at += 2
        let two = folder.file("two.pcap", pcap([opening, late]))
        let told = try entries("fw1=\(one)", "fw2=\(two)")
        #expect(actions(told) == ["seen", "block", "seen"])
        #expect(told[1]["elsewhere"].bool == true && told[2]["elsewhere"] == .null)
    }
}

@Suite struct ClockTests {
    private let folder = Folder()
    private let packets = (0..<5).map { Told(at: 5123 + $0 * 7001, id: 300 + $0) }

    private func offsets(ahead milliseconds: Int, _ packets: [Told]) throws -> (JSON, String) {
        let log = folder.file("fw.log", packets.map { $0.line("fw1") }.joined())
        let moved = packets.map { packet in
            var packet = packet
            packet.at += milliseconds
            return packet
        }
        let capture = folder.file("wire.pcap", pcap(moved))
        let words = ["fw1=\(log)", "tap=\(capture)"]
        #expect(Program.run(["why"] + words).error.isEmpty)
        let told = try entries(words[0], words[1])
        // Two nodes: each packet is told of twice, and known to be one where the clocks are set.
        #expect(told.count == 2 * packets.count)
        let marked = told.count { $0["elsewhere"].bool == true }
        #expect(marked == (packets.count < 3 ? 0 : packets.count))
        let run = Program.run(["why", "--format", "json"] + words)
        let document = try run.document()
        #expect(try Program.schema("findings").problems(document).isEmpty)
        let inputs = document["inputs"].list
        let capped = inputs.first { $0["name"].text == capture } ?? .null
        return (capped["clockOffset"], Program.run(["why"] + words).text)
    }

    @Test(arguments: [(3200, "+3.2 s"), (-3200, "-3.2 s"), (3_600_000, "+3600.0 s")])
    func anOffsetIsMeasuredAndTold(_ milliseconds: Int, _ text: String) throws {
        let (offset, report) = try offsets(ahead: milliseconds, packets)
        #expect(offset == .number(Double(milliseconds) / 1000))
        #expect(report.contains("tap: clock \(text) against fw1"), "\(report)")
    }

    @Test func aClockThatIsRightIsNotSpokenOf() throws {
        let (offset, report) = try offsets(ahead: 0, packets)
        #expect(offset == .number(0) && !report.contains("clock"))
    }

    @Test func twoPacketsAreNoEstimate() throws {
        let (offset, report) = try offsets(ahead: 3200, Array(packets.prefix(2)))
        #expect(offset == .null && !report.contains("clock"))
    }
}
