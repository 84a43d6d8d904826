// nftables rules beside the kernel that owns them: random rule sets are loaded in a network of
// namespaces, packets are sent through, and what comes out is compared with the answers.
//
// Where namespaces or nft are missing it is skipped; `NftTests` holds recorded answers.

import Facts
import Foundation
import Policy
import TestSupport
import Testing

private let judge = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "nft_judge.py").path

private func started(_ words: [String]) -> (Process, Pipe, Pipe) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", judge] + words
    let input = Pipe()
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    return (process, input, output)
}

/// Whether the kernel can be asked here.
private let canJudge: Bool = {
    guard getuid() == 0 else { return false }
    let (process, _, _) = started(["--check"])
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
}()

/// One packet as both are told of it.
struct Sent {
    var fromA: Bool
    var ipProtocol: UInt8
    var isV6: Bool
    var source: Int
    var target: Int
    var sourcePort: UInt16
    var targetPort: UInt16
    var flags: UInt8
    var type: UInt8

    private func address(_ net: Int, _ host: Int) -> String {
        isV6 ? "2001:db8:\(net)::\(host)" : "10.\(net).0.\(host)"
    }
    private var ends: (String, String) {
        fromA
            ? (address(1, source), address(2, target)) : (address(2, source), address(1, target))
    }

    var json: String {
        """
        {"side":"\(fromA ? "A" : "B")","proto":\(ipProtocol),"src":"\(ends.0)","dst":"\(ends.1)",\
        "sport":\(sourcePort),"dport":\(targetPort),"flags":\(flags),"type":\(type)}
        """
    }

    var packet: Packet {
        var made = Packet()
        var names = Names()
        made.source = Endpoint(Network(ends.0)?.first ?? .none, sourcePort)
        made.destination = Endpoint(Network(ends.1)?.first ?? .none, targetPort)
        made.ipProtocol = ipProtocol
        made.flags = TCPFlags(rawValue: ipProtocol == 6 ? flags : 0)
        made.icmpType = type
        made.ttl = 63
        made.direction = .inward
        made.interface = names.keep(fromA ? "in0" : "out0")
        made.otherInterface = names.keep(fromA ? "out0" : "in0")
        return made
    }

    /// What conntrack calls it where it knows nothing of its connection: Linux
    /// nf_conntrack_proto_tcp.c, tcp_new() and tcp_conntracks.
    var firstKind: StateClass {
        guard ipProtocol == 6 else { return .new }
        switch flags {
        case 0x02, 0x10, 0x18: return .new
        default: return .invalid
        }
    }
}

private struct Maker {
    var random: Seeded

    mutating func pick<Thing>(_ things: [Thing]) -> Thing {
        things[Int.random(in: 0..<things.count, using: &random)]
    }

    mutating func rules() -> String {
        var text = "table inet f {\n set hosts { type ipv4_addr; flags interval; "
        text += "elements = { 10.1.0.3-10.1.0.5, 10.2.0.0/30 }\n }\n"
        text += " set pairs { type ipv4_addr . inet_service; elements = { 10.2.0.2 . 22, "
        text += "10.2.0.3 . 80 }\n }\n"
        text += " map gates { type inet_service : verdict; elements = { 22 : accept, 80 : drop, "
        text += "443 : jump c4 }\n }\n chain c4 {\n  \(verdict([]))\n }\n"
        for (number, below) in [(3, []), (2, ["c3"]), (1, ["c2", "c3"])] {
            text += " chain c\(number) {\n\(body(below, Int.random(in: 1...4, using: &random)))}\n"
        }
        if pick([true, false]) {
            text +=
                " chain pre {\n  type filter hook prerouting priority \(pick(["raw", "filter"]));\n"
            text += body([], 1)
            text += " }\n"
        }
        if pick([true, false, false]) {
            text += " chain post {\n  type filter hook postrouting priority filter;\n"
            text += body([], 1)
            text += " }\n"
        }
        text += " chain through {\n  type filter hook forward priority 0; policy "
        text += "\(pick(["drop", "accept"]));\n  ct state vmap { established : accept }\n"
        text += body(["c1", "c2", "c3"], Int.random(in: 3...8, using: &random)) + " }\n}\n"
        return text
    }

    private mutating func body(_ below: [String], _ count: Int) -> String {
        var text = ""
        for _ in 0..<count {
            let parts = (0..<Int.random(in: 0...2, using: &random)).map { _ in match() }
            let last = Int.random(in: 0..<6, using: &random) == 0 ? map() : verdict(below)
            text += "  " + (parts + [last]).joined(separator: " ") + "\n"
        }
        return text
    }

    private mutating func verdict(_ below: [String]) -> String {
        var all = [
            "accept", "drop", "return", "counter", "counter accept", "log prefix \"x\" drop",
        ]
        for chain in below { all += ["jump \(chain)", "goto \(chain)"] }
        return pick(all)
    }

    private mutating func map() -> String {
        pick([
            "tcp dport vmap { 22 : accept, 80 : drop, 400-500 : return }",
            "ct state vmap { new : accept, invalid : drop }",
            "meta l4proto vmap { tcp : continue, udp : accept }", "th dport vmap @gates",
            "ip saddr . tcp dport vmap { 10.1.0.1 . 22 : accept, 10.1.0.2 . 80 : drop }",
            "iifname vmap { \"in0\" : accept, \"lo\" : drop }",
        ])
    }

    private mutating func match() -> String {
        pick([
            "iifname \"in0\"", "iifname != \"in0\"", "iifname { \"in0\", \"x9\" }",
            "iifname \"in*\"",
            "ip saddr 10.1.0.0/30", "ip saddr != 10.1.0.1", "ip saddr @hosts", "ip daddr != @hosts",
            "ip daddr { 10.2.0.1, 10.2.0.4-10.2.0.6 }", "ip saddr 10.1.0.2-10.1.0.4",
            "ip6 saddr 2001:db8:1::/64", "ip6 daddr != 2001:db8:2::3", "tcp dport 22",
            "tcp dport != 22", "tcp dport { 22, 80, 400-500 }", "tcp dport 80-443",
            "tcp dport > 400",
            "tcp sport < 21000", "udp dport 53", "udp dport != { 53, 123 }", "th dport 443",
            "meta l4proto { tcp, udp }", "meta l4proto != tcp", "meta nfproto ipv4",
            "ip protocol tcp",
            "ct state new", "ct state invalid", "ct state != new", "ct state { new, invalid }",
            "ct state established,related", "tcp flags syn",
            "tcp flags & (fin|syn|rst|ack) == syn", "tcp flags & (fin|rst) != 0",
            "tcp flags { syn, syn|ack }", "icmp type echo-request", "icmpv6 type echo-request",
            "ip daddr . tcp dport @pairs", "ip saddr . ip daddr { 10.1.0.1 . 10.2.0.1 }",
            "iifname . oifname { \"in0\" . \"out0\" }", "oifname \"out0\"", "ip ttl > 9",
            "tcp flags != syn", "ct direction original", "ip frag-off & 0x1fff != 0",
        ])
    }

    /// Ports no round had before: conntrack remembers connections of earlier ones.
    mutating func packets(_ count: Int, round: Int) -> [Sent] {
        (0..<count).map { number in
            let ipProtocol = pick([UInt8](arrayLiteral: 6, 6, 6, 6, 17, 17, 1))
            let isV6 = Int.random(in: 0..<4, using: &random) == 0
            return Sent(
                fromA: Int.random(in: 0..<4, using: &random) > 0,
                ipProtocol: ipProtocol == 1 && isV6 ? 58 : ipProtocol, isV6: isV6,
                source: Int.random(in: 1...6, using: &random),
                target: Int.random(in: 1...6, using: &random),
                sourcePort: UInt16(20000 + (round * count + number) % 45000),
                targetPort: pick([22, 53, 80, 123, 443, 450, 8080]),
                flags: pick([0x02, 0x02, 0x10, 0x18, 0x11, 0x04, 0x12, 0x29]),
                type: isV6 ? 128 : 8)
        }
    }
}

/// The program that keeps the network, asked one order after the other.
private final class Judge {
    private let process: Process
    private let input: Pipe
    private let output: Pipe

    init() throws {
        (process, input, output) = started([])
        try process.run()
    }

    func ask(_ rules: String, _ packets: [Sent]) throws
        -> (json: String, passed: [Bool])?
    {
        let quoted = rules.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            .replacing("\n", with: "\\n")
        let order =
            "{\"rules\":\"\(quoted)\",\"packets\":["
            + packets.map(\.json).joined(separator: ",") + "]}\n"
        input.fileHandleForWriting.write(Data(order.utf8))
        var line: [UInt8] = []
        while line.last != 0x0A {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { break }
            line += more
        }
        let answer = try JSON(line)
        // A rule can ask for IPv4 and IPv6 at once, or for TCP and UDP: nft refuses to load that.
        // So is an interface to go out by where none is chosen yet.
        let refusals = ["conflicting", "not supported"]
        if refusals.contains(where: { answer["error"].text?.contains($0) ?? false }) { return nil }
        let json = try #require(answer["json"].text, "\(answer["error"].text ?? "")\n\(rules)")
        return (json, answer["passed"].list.map { $0.bool ?? false })
    }

    func finish() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }
}

@Suite(.serialized, .enabled(if: canJudge, "It needs root, namespaces, nft and python3."))
struct KernelTests {
    /// Every packet whose answer is certain has the kernel's fate.
    @Test(.timeLimit(.minutes(3))) func answersAreTheKernels() throws {
        let rounds = Int(ProcessInfo.processInfo.environment["STRAY_ROUNDS"] ?? "") ?? 12
        var maker = Maker(random: Seeded())
        let seed = maker.random.seed
        let judge = try Judge()
        defer { judge.finish() }
        var certain = 0
        var all = 0
        var loaded = 0
        while loaded < rounds {
            let text = maker.rules()
            let packets = maker.packets(48, round: loaded)
            guard let (json, passed) = try judge.ask(text, packets) else { continue }
            loaded += 1
            #expect(passed.count == packets.count)
            let rules = PolicyRules(parsing: Array(json.utf8))
            #expect(!rules.rules.isEmpty)
            for (sent, came) in zip(packets, passed) {
                let decision = rules.decide(sent.packet, sent.firstKind)
                all += 1
                guard decision.isCertain else { continue }
                certain += 1
                let rule = decision.rule.map { rules.rules[$0].text } ?? "-"
                #expect(
                    (decision.action == .pass) == came,
                    "STRAY_SEED=\(seed): \(sent.json) \(sent.firstKind) by \(rule)\n\(text)")
            }
        }
        #expect(certain * 10 > all * 8, "\(certain) of \(all)")
    }
}
