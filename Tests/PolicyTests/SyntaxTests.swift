// Errors with their line and column and what was expected; macros, quotes, comments; hostile files.

import Facts
import Policy
import Testing

private let errors: [(text: String, place: String, found: String, expected: String)] = [
    ("pas in all", "1:1", "`pas`", "a statement of pf.conf"),
    ("pass in bogus", "1:9", "`bogus`", "an option of a rule"),
    ("pass quick in", "1:12", "`in`", "it before what stands before it"),
    ("block\npass on", "2:8", "the line ends", "an interface"),
    ("pass proto", "1:11", "the line ends", "a protocol"),
    ("pass proto 256", "1:12", "`256`", "a protocol, 0 to 255"),
    ("pass from 10.0.0.256 to any", "1:11", "`10.0.0.256`", "an address"),
    ("pass from 10.0.0.0/33", "1:20", "`33`", "a prefix length, 0 to 32"),
    ("pass from 2001:db8::/129", "1:22", "`129`", "a prefix length, 0 to 128"),
    ("pass from 10.0.0.9 - 10.0.0.1", "1:22", "`10.0.0.1`", "the last address"),
    ("pass from { 10.0.0.1", "1:21", "the line ends", "an address, or `}`"),
    ("pass from <a to any", "1:14", "`to`", "`>`"),
    ("pass proto tcp to port 70000", "1:24", "`70000`", "a port"),
    ("pass proto tcp to port 90:80", "1:24", "`90:80`", "the lower port first"),
    ("pass flags S", "1:13", "the line ends", "`/`"),
    ("pass flags X/S", "1:12", "`X`", "flags, some of"),
    ("pass flags SF/S", "1:15", "`S`", "a set that holds all flags"),
    ("pass keep", "1:10", "the line ends", "state"),
    ("pass keep state (wrong 1)", "1:18", "`wrong`", "an option of a state"),
    ("pass keep state (max x)", "1:22", "`x`", "how many states"),
    ("pass icmp-type nothing", "1:16", "`nothing`", "an ICMP type"),
    ("pass proto icmp icmp-type unreach code nothing", "1:40", "`nothing`", "an ICMP code"),
    ("pass label", "1:11", "the line ends", "a label"),
    ("pass ridentifier x", "1:18", "`x`", "the rule's identifier"),
    ("pass label \"open", "1:12", "quotes that do not end", "a label"),
    ("pass on $nothing", "1:9", "the macro $nothing is not defined", "an interface"),
    ("set", "1:4", "the line ends", "a setting"),
    ("set nothing 1", "1:5", "`nothing`", "a setting"),
    ("set timeout tcp.nothing 1", "1:13", "`tcp.nothing`", "a timeout"),
    ("set timeout tcp.first x", "1:23", "`x`", "seconds"),
    ("set limit nothing 1", "1:11", "`nothing`", "a limit"),
    ("set optimization fast", "1:18", "`fast`", "default, normal"),
    ("set skip lo0", "1:10", "`lo0`", "`on` and interfaces"),
    ("set state-policy x", "1:18", "`x`", "floating, if-bound"),
    ("table <a> { 10.0.0.300 }", "1:13", "`10.0.0.300`", "an address"),
    ("table a", "1:7", "`a`", "`<`"),
    ("table <a> nothing", "1:11", "`nothing`", "persist, const"),
    ("antispoof em0", "1:11", "`em0`", "`for` and an interface"),
    ("no pass", "1:4", "`pass`", "nat, rdr, binat or scrub"),
    ("}", "1:1", "`}`", "no `}`: no anchor is open"),
    ("pass all }", "1:10", "`}`", "no `}`: no anchor is open"),
    ("pass \\\n  in \\\n  nonsense", "3:3", "`nonsense`", "an option of a rule"),
    ("$a pass", "1:1", "the macro $a is not defined", "a statement"),
    ("= 3", "1:1", "`=`", "a statement"),
]

@Suite struct SyntaxTests {
    @Test(arguments: 0..<errors.count)
    func errorsTellWhereAndWhatWasExpected(_ index: Int) throws {
        let one = errors[index]
        let notes = PolicyRules(one.text).notes.filter { $0.kind == .error }
        let note = try #require(notes.first, "\(one.text)")
        #expect("\(note.place.line):\(note.place.column)" == one.place, "\(one.text)")
        #expect(note.what == one.found, "\(one.text)")
        #expect(note.meaning.contains(one.expected), "\(one.text): \(note.meaning)")
        #expect(note.meaning.contains("left out"))
    }

    @Test func whatIsWrongTakesNothingElseWithIt() {
        let rules = PolicyRules("block all\npass bogus\npass in on em0 # fine\nnonsense\n")
        #expect(rules.rules.map(\.place.line) == [1, 3])
        #expect(rules.notes.count == 2)
        #expect(rules.notes.map(\.place.line) == [2, 4])
    }

    @Test func macrosCommentsAndContinuedLines() throws {
        let text = """
            ext = "em0" # outside
            nets = "{" 10.0.0.0/8 172.16.0.0/12 "}"
            web = "{ 80, 443 }"
            gate = " route-to ( em0 192.0.2.1 ) "
            # a comment that goes on \\
            block all
            pass in on $ext $gate inet proto tcp from $nets \\
                to any port $web label "a \\"b\\" $ext" # done
            """
        let rules = PolicyRules(text)
        #expect(rules.notes.isEmpty, "\(rules.notes)")
        let rule = try #require(rules.rules.last)
        #expect(rules.rules.count == 1)
        #expect(rule.place == SourcePlace(7, 1))
        #expect(rule.interfaces == ["em0"])
        #expect(rule.labels == ["a \"b\" $ext"])
        #expect(
            rule.text
                == "pass in on $ext $gate inet proto tcp from $nets to any port $web "
                + "label \"a \\\"b\\\" $ext\"")
        #expect(rules.says(packet("10.1.1.1:5 > 192.0.2.9:80", in: "em0")) == "pass 7")
        #expect(rules.says(packet("10.1.1.1:5 > 192.0.2.9:81", in: "em0")) == "pass -")
    }

    @Test func settingsAreKept() {
        let rules = PolicyRules(
            """
            set timeout { tcp.established 3600, udp.multiple 120 }
            set timeout interval 20
            set limit { states 50000, frags 2000 }
            set optimization satellite
            set state-policy if-bound
            set skip on { lo0, wg }
            set syncookies adaptive (start 25%, end 12%)
            set reassemble yes no-df
            set state-defaults no-sync, sloppy
            set loginterface none
            pass
            """)
        #expect(rules.notes.isEmpty, "\(rules.notes)")
        let settings = rules.settings
        #expect(settings.timeouts.map(\.name) == ["tcp.established", "udp.multiple", "interval"])
        #expect(settings.limits == [.init("states", 50000), .init("frags", 2000)])
        #expect(settings.optimization == "high-latency")
        #expect(settings.statePolicy == .ifBound)
        #expect(settings.skip == ["lo0", "wg"])
        #expect(settings.synCookies == "adaptive")
        #expect(settings.reassemble == true)
        #expect(rules.options(0).kind == .sloppy)
    }

    @Test func whatHasNoPartIsNamed() {
        let rules = PolicyRules(
            """
            altq on em0 cbq bandwidth 10Mb queue { std, voip }
            queue std bandwidth 90% cbq(default)
            include "/etc/pf.more"
            load anchor a from "/etc/a"
            anchor "openvpn/*"
            ether block in on em0
            nat on em0 from 10.0.0.0/8 -> (em0)
            """)
        #expect(rules.notes.map(\.place.line) == [1, 2, 3, 4, 5, 6, 7])
        #expect(rules.notes.allSatisfy { !$0.meaning.isEmpty })
        #expect(!rules.notes.contains { $0.kind == .error })
    }

    @Test func macrosThatNameThemselvesEnd() {
        let loop = PolicyRules("a = \"$b\"\nb = \"$a\"\npass on $a")
        #expect(loop.notes.contains { $0.what.contains("names itself") })
        var text = "m0 = \"a b c d e f g h\"\n"
        for number in 1..<15 {
            let inner = String(repeating: "$m\(number - 1) ", count: 10)
            text += "m\(number) = '\(inner)'\n"
        }
        let flood = PolicyRules(text + "pass on { $m14 }\nblock all\n")
        #expect(flood.rules.contains { $0.action == .drop })
        #expect(!flood.notes.isEmpty)
    }

    @Test func hostileFilesEnd() {
        let open = String(repeating: "{", count: 100_000)
        #expect(PolicyRules("pass from \(open)").rules.isEmpty)
        #expect(!PolicyRules(String(repeating: "anchor a {\n", count: 5000)).notes.isEmpty)
        #expect(!PolicyRules("pass \(String(repeating: "x", count: 1 << 20))").notes.isEmpty)
        #expect(!PolicyRules(String(repeating: "(", count: 100_000)).notes.isEmpty)
        let many = PolicyRules(String(repeating: "pass\n", count: 70_000))
        #expect(many.rules.count == 65_536)
        #expect(!many.notes.isEmpty)
        #expect(PolicyRules(parsing: [0, 255, 10, 36, 10, 34]).rules.isEmpty)
        let wide =
            "pass from { \(String(repeating: "10.0.0.1 ", count: 5000))} "
            + "to { \(String(repeating: "10.0.0.2 ", count: 5000))}"
        #expect(PolicyRules(wide).rules.count == 1)
    }

    /// Whatever stands in it, a file that is cut anywhere is read to its end.
    @Test func everyCutIsRead() throws {
        let bytes = try golden("pfsense.rules")
        for end in stride(from: 0, to: bytes.count, by: 97) {
            let rules = PolicyRules(parsing: Array(bytes[..<end]))
            #expect(rules.rules.count <= 120)
        }
    }
}
