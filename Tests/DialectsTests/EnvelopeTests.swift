// Every kind of header there is, and the memory that must give what reading gives.

import Bytes
import Dialects
import Facts
import TestSupport
import Testing

/// An envelope with its fields as text.
struct Head: Equatable, CustomStringConvertible {
    var time: Int64?
    var host: String
    var program: String
    var body: String
    var count: UInt32 = 1

    var description: String {
        "\(time.map(String.init) ?? "-")|\(host)|\(program)|\(body)|\(count)"
    }

    static func read(
        _ text: String, _ clock: inout Clock, _ memory: inout EnvelopeMemory
    ) -> Head {
        let bytes = Array(text.utf8)
        // Something else follows the line, as in a file.
        return PaddedText(bytes + Array("\n5,,".utf8)).withBlock { block in
            let line = Line(block, from: 0, to: bytes.count)
            let envelope = Envelope.read(line, &clock, &memory)
            func part(_ field: Field) -> String {
                String(decoding: line.copy(field), as: UTF8.self)
            }
            return Head(
                time: envelope.time.isKnown ? envelope.time.microseconds : nil,
                host: part(envelope.host), program: part(envelope.program),
                body: part(Field(envelope.body, line.end)), count: envelope.count)
        }
    }

    static func fresh(_ text: String, _ clock: Clock = testClock) -> Head {
        var clock = clock
        var memory = EnvelopeMemory()
        return read(text, &clock, &memory)
    }
}

/// 19 November 2026, 08:15:02 UTC, in microseconds.
private let morning: Int64 = 1_795_076_102_000_000

@Suite struct EnvelopeTests {
    @Test(arguments: [
        ("Nov 19 08:15:02 fw1 filterlog[7]: 5,,", "fw1", "filterlog", "5,,"),
        ("Nov 19 08:15:02 fw1 filterlog: 5,,", "fw1", "filterlog", "5,,"),
        ("<134>Nov 19 08:15:02 filterlog[7]: 5,,", "", "filterlog", "5,,"),
        ("<134> Nov 19 08:15:02 fw1 kernel:  DROP IN=", "fw1", "kernel", "DROP IN="),
        ("Nov 19 2026 08:15:02 fw1 : %ASA-4-106023: Deny", "fw1", "", "%ASA-4-106023: Deny"),
        ("<166>Nov 19 08:15:02 fw1 %ASA-6-302013: Built", "fw1", "", "%ASA-6-302013: Built"),
        ("<166>Nov 19 2026 08:15:02: %ASA-6-302013: Built", "", "", "%ASA-6-302013: Built"),
        ("Nov 19 08:15:02 fw1 CEF:0|A|B", "fw1", "", "CEF:0|A|B"),
        ("Nov 19 08:15:02 fw1 LEEF:1.0|A|B", "fw1", "", "LEEF:1.0|A|B"),
        (
            "Nov 19 08:15:02 fw1 kernel: [810294.788657] DROP IN=", "fw1", "kernel",
            "[810294.788657] DROP IN="
        ),
        (
            "Nov 19 08:15:02 fw1 date=2026-11-19 id=firewall", "fw1", "",
            "date=2026-11-19 id=firewall"
        ),
        ("2026-11-19T08:15:02+00:00 fw1 kernel: IN=", "fw1", "kernel", "IN="),
        ("2026-11-19T09:15:02.000000+01:00 fw1 kernel: IN=", "fw1", "kernel", "IN="),
        ("2026-11-19 08:15:02 fw1 kernel: IN=", "fw1", "kernel", "IN="),
        (
            "<134>1 2026-11-19T08:15:02Z fw1 filterlog 7 - [meta sequenceId=\"1\"] 5,,", "fw1",
            "filterlog", "5,,"
        ),
        ("<134>1 2026-11-19T08:15:02Z fw1 app - - - \u{FEFF}5,,", "fw1", "app", "5,,"),
        ("<134>1 2026-11-19T08:15:02Z - - - - [a b=\"\\\"]\" c=\"]\"][d] 5,,", "", "", "5,,"),
        ("245 <134>1 2026-11-19T08:15:02Z fw1 app - - - 5,,", "fw1", "app", "5,,"),
        ("[192.0.2.1] <134>Nov 19 08:15:02 fw1 app: 5,,", "fw1", "app", "5,,"),
        ("\u{FEFF}Nov 19 08:15:02 fw1 app: 5,,", "fw1", "app", "5,,"),
        ("  Nov 19 08:15:02 fw1 app: 5,,", "fw1", "app", "5,,"),
        // A relay's header before the device's own: the inner time and host count.
        (
            "Nov 19 08:20:59 relay Nov 19 08:15:02 fw1 %ASA-6-302013: B", "fw1", "",
            "%ASA-6-302013: B"
        ),
        ("Nov 19 08:20:59 relay <134>Nov 19 08:15:02 fw1 app: 5,,", "fw1", "app", "5,,"),
        ("Nov 19 08:20:59 relay Nov 19 08:15:02 app: 5,,", "relay", "app", "5,,"),
    ])
    func headers(_ text: String, _ host: String, _ program: String, _ body: String) {
        let head = Head.fresh(text)
        #expect(head == Head(time: morning, host: host, program: program, body: body))
    }

    @Test(arguments: [
        "5,,,1000000103,igb0", "", " ", "IN=eth0 OUT=", "<>", "<134", "<1345>x",
        "Nov 32 08:15:02 x",
        "Nov 19 25:15:02 fw1 app: x", "Nov 19 08:15", "12", "1 ", "2026-13-01T00:00:00Z a b",
    ])
    func withoutAStampAllIsBody(_ text: String) {
        let head = Head.fresh(text)
        let body = text.drop { $0 == " " }
        #expect(head == Head(time: nil, host: "", program: "", body: String(body)))
    }

    @Test func aStampThatIsADashIsNoTime() {
        let head = Head.fresh("<134>1 - fw1 app - - - 5,,")
        #expect(head == Head(time: nil, host: "fw1", program: "app", body: "5,,"))
    }

    @Test func repeatedMessagesCount() {
        let head = Head.fresh("Nov 19 08:15:02 fw1 app: message repeated 4 times: [ 5,,]")
        #expect(head == Head(time: morning, host: "fw1", program: "app", body: "5,,]", count: 4))
        #expect(Head.fresh("message repeated 99999999 times: [ x]").count == 1_000_000)
        #expect(Head.fresh("message repeated 0 times: [ x]").count == 1)
        #expect(
            Head.fresh("message repeated x times: [ x]").body == "message repeated x times: [ x]")
    }

    static let berlin = Zone(
        name: "Europe/Berlin",
        rules: [
            Zone.Rule(start: .min, offset: 3600), Zone.Rule(start: 1_774_746_000, offset: 7200),
            Zone.Rule(start: 1_792_890_000, offset: 3600),
        ])

    /// Headers of all kinds, with what may follow them, drawn so that many are nearly alike.
    private func draw(_ random: inout Seeded) -> String {
        let stamp = random.pick([
            "Nov 19 08:15:", "Nov 19 08:16:", "Nov  9 08:15:", "Nov 9 08:15:", "Oct 25 02:59:",
            "Oct 25 03:00:", "Dec 31 23:59:", "Nov 19 2026 08:15:", "2026-11-19T08:15:",
            "1 2026-11-19T08:15:", "Nov 20 12:00:", "2026-11-19 08:15:",
        ])
        let second = random.pick(["00", "07", "29", "31", "59", "60", "61", "75", "0x"])
        let zone = random.pick(["", "", "", "", ".5", ".123456", " UTC", "Z", ":", "+01:00", ",5"])
        let host = random.pick([
            " fw1", " fw2", "", " relay Nov 19 08:15:02 fw1", " fw1 :", "  fw1",
        ])
        let program = random.pick([
            " filterlog[7]:", " filterlog:", " kernel:", "", "\tkernel:", " app 7 - -",
        ])
        let body = random.pick([
            " 5,,,1", "  5,,", " \t5,,", "\t5,,", " %ASA-6-3: x",
            " message repeated 2 times: [ 5,,]", "",
            " ", " IN=eth0", " m", " %", ": 5", " CEF:0|A", " CEF", " LEEF:1|A", " [1] x", "[",
            " Deny x", " Deny", " DROP TCP", " DROPS TCP", " firewall,info x", " firewall, y",
            " Dec 19 08:15:02 x",
        ])
        let head = random.pick(["", "", "<134>", "<4>", " ", "12 <134>", "\u{FEFF}"])
        return head + stamp + second + zone + host + program + body
    }

    @Test(arguments: [
        YearRule.writtenUpTo(Instant(seconds: 1_795_132_799)),
        // The day of grace ends in the middle of a minute.
        .writtenUpTo(Instant(seconds: 1_795_176_030 - 86400)),
        .begins(year: 2026, month: 11, day: 1),
    ])
    func theMemoryGivesWhatReadingGives(_ rule: YearRule) {
        var random = Seeded()
        let start = Clock(zone: EnvelopeTests.berlin, yearRule: rule)
        var clock = start
        var memory = EnvelopeMemory()
        for _ in 0..<30_000 {
            let text = draw(&random)
            let remembered = Head.read(text, &clock, &memory)
            let fresh = Head.fresh(text, start)
            if remembered != fresh {
                Issue.record("\(text): \(remembered) and not \(fresh); \(random)")
                return
            }
        }
    }

    @Test func theMemoryHoldsSeveralHosts() {
        // The names of hosts come from the memory too.
        var reader = LineReader(clock: testClock)
        var entry = Entry()
        for turn in 0..<40 {
            let host = "fw\(turn % 11)"
            let text =
                "Nov 19 08:15:\(10 + turn) \(host) filterlog[7]: "
                + "5,,,1,igb0,match,block,in,4,0x0,,6,7,0,DF,6,tcp,40,10.0.0.1,10.0.0.2,1,2,0,R,5,,0,,"
            let read = PaddedText(text).withLine { reader.read($0, into: &entry) }
            #expect(read && reader.context.names.text(entry.node) == host)
            #expect(entry.time.microseconds == morning + Int64(8 + turn) * 1_000_000)
        }
    }

    @Test func anotherClockForgetsWhatWasRead() {
        var reader = LineReader(clock: testClock)
        let text =
            "Nov 19 08:15:02 fw1 filterlog[7]: "
            + "5,,,1,igb0,match,block,in,4,0x0,,6,7,0,DF,6,tcp,40,10.0.0.1,10.0.0.2,1,2,0,R,5,,0,,"
        func time() -> Int64 {
            var entry = Entry()
            _ = PaddedText(text).withLine { reader.read($0, into: &entry) }
            return entry.time.microseconds
        }
        #expect(time() == morning)
        let berlin = EnvelopeTests.berlin
        reader.context.use(Clock(zone: berlin, yearRule: testClock.yearRule))
        #expect(time() == morning - 3_600_000_000)
        reader.context.use(
            Clock(zone: berlin, yearRule: .begins(year: 2020, month: 1, day: 1)))
        #expect(time() == morning - 3_600_000_000 - 2191 * 86_400_000_000)
        reader.context.use(testClock)
        #expect(time() == morning)
    }
}
