// What rules answer: the last match and `quick`, lists and negation, states and flags, anchors,
// tags.

import Facts
import Policy
import Testing

private typealias Case = (rules: String, packet: Packet, says: String)

private let syn = packet("10.0.0.1:50000 > 192.0.2.1:443", in: "em0")
private let ack = packet("10.0.0.1:50000 > 192.0.2.1:443", "PA", in: "em0")
private let ping = packet("10.0.0.1 > 192.0.2.1", in: "em0", proto: 1, icmp: (8, 0))
private let v6 = packet("[2001:db8::1]:50000 > [2001:db8:1::1]:443", in: "em0")
private let query = packet("10.0.0.1:50000 > 192.0.2.1:53", in: "em0", proto: 17)

private let order: [Case] = [
    ("", syn, "pass -"),
    ("block all", syn, "drop 1"),
    ("block all\npass all", syn, "pass 2"),
    ("pass all\nblock all", syn, "drop 2"),
    ("pass quick all\nblock all", syn, "pass 1"),
    ("block quick all\npass all", syn, "drop 1"),
    ("block return all", syn, "reject 1"),
    ("block return-rst in proto tcp", syn, "reject 1"),
    ("set block-policy return\nblock all", syn, "reject 2"),
    ("set block-policy return\nblock drop all", syn, "drop 2"),
    ("match in all\n", syn, "pass -"),
    ("block all\nmatch in all", syn, "drop 1"),
    ("block all\npass in on em0", syn, "pass 2"),
    ("block all\npass in on em1", syn, "drop 1"),
    ("block all\npass out", syn, "drop 1"),
    ("block all\npass on ! em1", syn, "pass 2"),
    ("block all\npass on ! em0", syn, "drop 1"),
    ("block all\npass on { em1 em0 }", syn, "pass 2"),
    ("block all\npass on { em1, ! em2 }", syn, "pass 2"),
    ("set skip on em0\nblock all", syn, "pass -"),
    ("set skip on { lo0 em1 }\nblock all", syn, "drop 2"),
]

private let flags: [Case] = [
    // A pass-all rule does not pass a lone ACK; a block rule takes everything.
    ("block all\npass all", ack, "drop 1"),
    ("block all\npass all flags any", ack, "pass 2"),
    ("block all\npass all no state", ack, "pass 2"),
    ("block all\npass all flags S/SA", ack, "drop 1"),
    ("block all\npass all flags A/A", ack, "pass 2"),
    ("block all\npass all flags /SFRA", ack, "drop 1"),
    ("block all\npass all flags P/PR", ack, "pass 2"),
    ("block all\npass all flags R/PR", ack, "drop 1"),
    ("block in proto tcp all flags A/SA", ack, "drop 1"),
    ("block in proto tcp all flags S/SA", ack, "pass -"),
    ("block all\npass all keep state (sloppy)", ack, "drop 1"),
    // Flags are no condition of other protocols.
    ("block all\npass all", ping, "pass 2"),
    ("block all\npass all flags S/SA", query, "pass 2"),
    (
        "block all\npass all",
        packet("10.0.0.1:1 > 192.0.2.1:2", "SEC", in: "em0"), "pass 2"
    ),
]

private let ends: [Case] = [
    ("block all\npass from 10.0.0.0/8 to any", syn, "pass 2"),
    ("block all\npass from 10/8", syn, "pass 2"),
    ("block all\npass from 172.16/12", syn, "drop 1"),
    ("block all\npass from ! 10.0.0.0/8", syn, "drop 1"),
    ("block all\npass from { 172.16.0.0/12, 10.0.0.1 }", syn, "pass 2"),
    // pf.conf(5), "from": in a list a negation opens the rule to nearly all.
    ("block all\npass from { 172.16.0.0/12, !192.0.2.0/24 }", syn, "pass 2"),
    ("block all\npass from 10.0.0.1 - 10.0.0.9 to 192.0.2.1", syn, "pass 2"),
    ("block all\npass from 10.0.0.2 - 10.0.0.9", syn, "drop 1"),
    ("block all\npass proto tcp to port 443", syn, "pass 2"),
    ("block all\npass proto tcp to port https", syn, "pass 2"),
    ("block all\npass proto { tcp udp } to port { 53, 80:90 }", syn, "drop 1"),
    ("block all\npass proto { tcp udp } to port { 53, 80:90 }", query, "pass 2"),
    ("block all\npass proto tcp from port > 1023 to port != 22", syn, "pass 2"),
    ("block all\npass proto tcp to port 442 >< 444", syn, "pass 2"),
    ("block all\npass proto tcp to port 443 >< 445", syn, "drop 1"),
    ("block all\npass proto tcp to port 400 <> 500", syn, "drop 1"),
    ("block all\npass proto tcp to port 1 <> 442", syn, "pass 2"),
    ("block all\npass proto tcp to port <= 443", syn, "pass 2"),
    ("block all\npass proto tcp to port < 443", syn, "drop 1"),
    ("block all\npass proto tcp to port 443:*", syn, "pass 2"),
    ("block all\npass proto udp", syn, "drop 1"),
    ("block all\npass proto 6", syn, "pass 2"),
    ("block all\npass proto { esp, 89 }", syn, "drop 1"),
    (
        "block all\npass proto { esp, 89 }",
        packet("10.0.0.1 > 224.0.0.5", in: "em0", proto: 89), "pass 2"
    ),
    ("block all\npass inet6", syn, "drop 1"), ("block all\npass inet", syn, "pass 2"),
    ("block all\npass inet6", v6, "pass 2"),
    ("block all\npass from 2001:db8::/32", v6, "pass 2"),
    ("block all\npass from ::/0", syn, "drop 1"),
    ("block all\npass from ! 10.0.0.1", v6, "drop 1"),
    ("block all\npass proto icmp icmp-type echoreq", ping, "pass 2"),
    ("block all\npass inet proto icmp icmp-type { unreach, 8 code 0 }", ping, "pass 2"),
    ("block all\npass proto icmp icmp-type unreach code needfrag", ping, "drop 1"),
]

private let tables: [Case] = [
    ("table <a> { 10.0.0.0/8, !10.0.0.0/24 }\nblock all\npass from <a>", syn, "drop 2"),
    (
        "table <a> { 10.0.0.0/8, !10.0.0.0/24, 10.0.0.1 }\nblock all\npass from <a>", syn,
        "pass 3"
    ),
    ("table <a> { 10.0.0.1 }\nblock all\npass from ! <a>", syn, "drop 2"),
    ("table <a> { }\nblock all\npass from <a>", syn, "drop 2"),
    // What is in a file beside is not known: it may be, and that changes the answer.
    ("table <a> file \"/etc/a\"\nblock all\npass from <a>", syn, "drop 2?"),
    ("table <a> file \"/etc/a\"\npass all\npass from <a>", syn, "pass 2"),
    ("pass quick all\nblock from <gone>", syn, "pass 1"),
    ("block quick from <gone>\npass quick all", syn, "pass 2?"),
    ("block from <gone>\npass all", syn, "pass 2"),
    ("block all\npass from (em0:network)", syn, "drop 1?"),
    ("block all\npass to self", syn, "drop 1?"),
    ("block all\npass from any os OpenBSD", syn, "drop 1?"),
    ("block all\npass probability 50%", syn, "drop 1?"),
    ("block all\npass from host.example", syn, "drop 1?"),
    ("block all\npass on egress", syn, "drop 1?"),
    ("block all\npass on openvpn", syn, "drop 1"),
    ("block all\npass on openvpn", packet("10.0.0.1:1 > 10.0.0.2:2", in: "ovpns2"), "pass 2"),
]

private let anchors: [Case] = [
    ("block all\nanchor \"a\" {\n pass in on em0\n}\n", syn, "pass 3"),
    ("block all\nanchor \"a\" on em1 {\n pass in\n}\n", syn, "drop 1"),
    ("anchor a {\n block quick all\n}\npass all", syn, "drop 2"),
    ("anchor a quick {\n block all\n}\npass all", syn, "drop 2"),
    ("anchor a {\n block all\n}\npass all", syn, "pass 4"),
    ("anchor a quick on em1 {\n block all\n}\npass all", syn, "pass 4"),
    ("anchor {\n anchor b {\n block quick\n}\n}\npass", syn, "drop 3"),
    ("anchor a from <gone> {\n block quick\n}\npass", syn, "pass 4?"),
    ("anchor \"x/*\"\npass", syn, "pass 2"),
    ("pass tag A\nblock tagged A", syn, "drop 2"),
    ("pass tag A\npass tag B\nblock tagged A", syn, "pass 2"),
    ("block ! tagged A", syn, "drop 1"),
    ("block tagged A", packet("10.0.0.1:1 > 10.0.0.2:2", out: "em0"), "pass -?"),
    (
        "rdr on em0 proto tcp to 192.0.2.1 port 443 -> 10.9.9.9 port 8443\nblock all\n"
            + "pass to 10.9.9.9", syn, "pass 3"
    ),
    ("rdr pass on em0 proto tcp to 192.0.2.1 -> 10.9.9.9\nblock all", syn, "pass 1"),
    ("no rdr on em0\nrdr pass on em0 to 192.0.2.1 -> 10.9.9.9\nblock all", syn, "drop 3"),
    ("binat on em0 from 10.9.9.9 to any -> 192.0.2.1\nblock all\npass to 10.9.9.9", syn, "pass 3"),
    (
        "antispoof for em1", packet("10.1.0.9:1 > 10.0.0.2:2", in: "em0"), "pass -?"
    ),
]

@Suite struct EvaluationTests {
    @Test(arguments: 0..<(order.count + flags.count + ends.count + tables.count + anchors.count))
    func rulesAnswer(_ index: Int) {
        let one = (order + flags + ends + tables + anchors)[index]
        let rules = PolicyRules(one.rules)
        #expect(rules.says(one.packet) == one.says, "\(one.rules)")
        #expect(!rules.notes.contains { $0.kind == .error }, "\(rules.notes)")
    }

    @Test func addressesOfInterfacesCanBeGiven() {
        var facts = PolicyFacts()
        facts.interfaces = [
            "em0": [.init(Address(v4: 0x0A00_00FE), prefixLength: 24)],
            "em1": [.init(Address(v4: 0xC000_0201), prefixLength: 24)],
        ]
        let network = PolicyRules("block all\npass from (em0:network)", facts: facts)
        #expect(network.says(syn) == "pass 2")
        let own = PolicyRules("block on em0\nblock on em1\npass to (self)", facts: facts)
        #expect(own.says(syn) == "pass 3")
        let spoof = PolicyRules("antispoof for em1\npass on em2", facts: facts)
        #expect(spoof.says(packet("192.0.2.9:1 > 10.0.0.2:2", in: "em0")) == "drop 1")
        #expect(spoof.says(packet("192.0.2.9:1 > 10.0.0.2:2", in: "em1")) == "pass -")
        facts.tables = ["a": [Network("10.0.0.0/24")].compactMap { $0 }]
        let table = PolicyRules(
            "table <a> persist file \"/x\"\nblock all\npass from <a>", facts: facts)
        #expect(table.says(syn) == "pass 3")
    }

    @Test func statesAndTheirOptionsAreTold() throws {
        let rules = PolicyRules(
            """
            pass proto tcp keep state (max 100, tcp.established 172800, if-bound, sloppy)
            pass proto udp no state
            pass modulate state allow-opts
            pass synproxy state (source-track rule, max-src-conn-rate 10/5, overload <bad> flush)
            block all
            """)
        #expect(rules.rules.map(\.options.kind) == [.sloppy, .none, .modulate, .synproxy, .none])
        let first = rules.options(0)
        #expect(first.max == 100)
        #expect(first.binding == .ifBound)
        #expect(first.timeouts == [.init("tcp.established", 172_800)])
        #expect(rules.options(2).allowsOptions)
        #expect(rules.options(3).maxSourceRate == 10)
        #expect(rules.options(nil).kind == .none)
    }

    @Test func fragmentsHaveNoPorts() {
        let later = packet(
            "10.0.0.1 > 192.0.2.1", "", in: "em0", form: [.fragment, .laterFragment])
        #expect(PolicyRules("block\npass proto tcp to port 443").says(later) == "drop 1")
        #expect(PolicyRules("block\npass proto tcp no state").says(later) == "pass 2")
        #expect(PolicyRules("pass no state\nblock fragment").says(later) == "drop 2")
        #expect(PolicyRules("pass\nblock fragment").says(syn) == "pass 1")
    }

    @Test func scrubRulesAreTheFirstThatMatches() {
        let rules = PolicyRules(
            """
            no scrub on em1
            scrub in on em0 inet all max-mss 1400 reassemble tcp
            scrub in all
            """)
        #expect(rules.normalisation(syn)?.maxSegmentSize == 1400)
        #expect(rules.normalisation(syn)?.checksTimestamps == true)
        #expect(rules.normalisation(packet("10.0.0.1:1 > 10.0.0.2:2", in: "em1")) == nil)
        #expect(rules.normalisation(v6)?.rule == 2)
        #expect(rules.normalisation(packet("10.0.0.1:1 > 10.0.0.2:2", out: "em0")) == nil)
    }

    @Test func rulesAreCountedAsPfctlCountsThem() {
        let rules = PolicyRules(
            """
            block all
            pass proto { tcp udp } from { 10.0.0.0/8 2001:db8::/32 } to { 192.0.2.1 2001:db8::1 } \\
                port { 53 853 }
            pass from em0:network
            pass all
            """)
        #expect(rules.rules.map(\.numbers) == [0..<1, 1..<9, nil, nil])
    }
}
