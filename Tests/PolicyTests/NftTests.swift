// What nft prints, read and asked; recorded, for machines without it.

import Facts
import Policy
import Testing

private func ruleset(_ chains: String, _ rules: [String], more: String = "") -> PolicyRules {
    let listed = rules.map {
        "{\"rule\":{\"family\":\"inet\",\"table\":\"f\",\"chain\":\"fwd\",\"handle\":7,"
            + "\"expr\":[\($0)]}}"
    }
    return PolicyRules(
        "{\"nftables\":[{\"metainfo\":{\"version\":\"1.0.6\"}},\(more)\(chains)"
            + (listed.isEmpty ? "" : ",") + listed.joined(separator: ",\n") + "]}")
}

private let forward =
    "{\"chain\":{\"family\":\"inet\",\"table\":\"f\",\"name\":\"fwd\",\"handle\":1,"
    + "\"type\":\"filter\",\"hook\":\"forward\",\"prio\":0,\"policy\":\"drop\"}}"

private let established =
    "{\"match\":{\"op\":\"in\",\"left\":{\"ct\":{\"key\":\"state\"}},"
    + "\"right\":[\"established\",\"related\"]}},{\"accept\":null}"
private let ssh =
    "{\"match\":{\"op\":\"==\",\"left\":{\"payload\":{\"protocol\":\"tcp\",\"field\":\"dport\"}},"
    + "\"right\":22}},{\"match\":{\"op\":\"in\",\"left\":{\"ct\":{\"key\":\"state\"}},"
    + "\"right\":\"new\"}},{\"accept\":null}"

@Suite struct NftTests {
    @Test func chainsAnswer() {
        let rules = ruleset(forward, [established, ssh])
        let opening = packet("10.0.0.1:50000 > 192.0.2.1:22", in: "eth0")
        #expect(rules.language == .nft)
        #expect(rules.notes.isEmpty)
        #expect(rules.decide(opening, .new) == Decision(.pass, rule: 2))
        #expect(rules.decide(opening, .invalid) == Decision(.drop, rule: 0))
        #expect(rules.decide(opening, .established) == Decision(.pass, rule: 1))
        #expect(rules.rules[2].text == "tcp dport 22 ct state new accept")
        #expect(rules.rules[2].identifier == 7)
        #expect(rules.rules[2].place.line == 2)
        #expect(rules.rules[0].kind == .chainPolicy)
    }

    @Test func whatIsNotReadIsNamedAndMayMatch() {
        let odd =
            "{\"match\":{\"op\":\"==\",\"left\":"
            + "{\"fib\":{\"result\":\"type\",\"flags\":[\"daddr\"]}},\"right\":\"local\"}},{\"accept\":null}"
        let rules = ruleset(forward, [odd])
        let decision = rules.decide(packet("10.0.0.1:5 > 192.0.2.1:22", in: "eth0"), .new)
        #expect(decision.action == .drop)
        #expect(decision.missing == .route)
        let strange = ruleset(forward, ["{\"frobnicate\":{}},{\"accept\":null}"])
        #expect(
            strange.notes.contains { $0.what == "`frobnicate`" && $0.meaning.contains("may match") }
        )
        #expect(
            !strange.decide(packet("10.0.0.1:5 > 192.0.2.1:22", in: "eth0"), .new).isCertain)
        let limited = ruleset(
            forward, ["{\"limit\":{\"rate\":5,\"per\":\"second\"}},{\"accept\":null}"])
        #expect(
            limited.decide(packet("10.0.0.1:5 > 192.0.2.1:22", in: "eth0"), .new).missing == .rate)
    }

    @Test func hooksAreChosen() {
        let input = forward.replacing("\"forward\"", with: "\"input\"")
        var rules = ruleset(input, [])
        let opening = packet("10.0.0.1:5 > 192.0.2.1:22", in: "eth0")
        #expect(rules.decide(opening, .new).action == .pass)
        rules.hook = .input
        #expect(rules.decide(opening, .new).action == .drop)
    }

    @Test(arguments: [
        ("{", "1:2", "a key in quotes"), ("{\"a\":1}", "1:1", "an object with `nftables` in it"),
        ("{\"nftables\":[\n{\"rule\":}]}", "2:9", "a value"),
        ("{\"nftables\":[]} x", "1:17", "the end of the file"),
        ("{\"nftables\":[\"\\q\"]}", "1:17", "an escape of JSON"),
    ])
    func brokenJSONIsPlaced(_ text: String, _ place: String, _ expected: String) throws {
        let rules = PolicyRules(text)
        let note = try #require(rules.notes.first)
        #expect("\(note.place.line):\(note.place.column)" == place)
        #expect(note.meaning.contains(expected), "\(note.meaning)")
        #expect(rules.rules.isEmpty)
    }

    @Test func hostileRulesetsEnd() {
        #expect(
            PolicyRules("{\"nftables\":" + String(repeating: "[", count: 100_000)).rules.isEmpty)
        // Chains that jump to each other, each rule twice as far as the one before.
        var chains = [forward]
        var rules: [String] = []
        for number in 0..<16 {
            chains.append(
                "{\"chain\":{\"family\":\"inet\",\"table\":\"f\",\"name\":\"c\(number)\"}}")
            for _ in 0..<8 {
                rules.append(
                    "{\"rule\":{\"family\":\"inet\",\"table\":\"f\",\"chain\":\"c\(number)\","
                        + "\"expr\":[{\"jump\":{\"target\":\"c\(number + 1)\"}}]}}")
            }
        }
        rules.append(
            "{\"rule\":{\"family\":\"inet\",\"table\":\"f\",\"chain\":\"fwd\","
                + "\"expr\":[{\"jump\":{\"target\":\"c0\"}}]}}")
        let tree = PolicyRules("{\"nftables\":[\((chains + rules).joined(separator: ","))]}")
        let decision = tree.decide(packet("10.0.0.1:5 > 192.0.2.1:22", in: "eth0"), .new)
        #expect(!decision.isCertain)
        let loop = ruleset(forward, ["{\"goto\":{\"target\":\"fwd\"}}"])
        #expect(loop.decide(packet("10.0.0.1:5 > 192.0.2.1:22", in: "eth0"), .new).action == .drop)
    }
}
