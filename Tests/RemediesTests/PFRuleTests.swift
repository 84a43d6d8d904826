// The lines that the remedies of pf tell to write are read by the same grammar as a firewall's own
// rules, and what silences late closes lets everything else through to the rule that logs.

import Bytes
import Causes
import Facts
import Policy
import Remedies
import Testing

private let filling = [
    "{server}": "10.2.2.9", "{client}": "10.1.1.5", "{port}": "443", "{interface}": "em0",
    "<gateway>": "192.0.2.1", "<protocol>": "udp",
]

/// What stands between backticks in a text, filled in.
func commands(_ text: String, _ filling: [String: String]) -> [String] {
    let parts = text.split(separator: "`", omittingEmptySubsequences: false)
    return parts.indices.filter { $0 % 2 == 1 }.map { place in
        filling.reduce(String(parts[place])) { $0.replacing($1.key, with: $1.value) }
    }
}

private let starts = ["pass ", "block ", "set ", "scrub ", "match "]

/// Every line of pf.conf in the remedies for a cause.
private func rules(_ cause: CauseID, _ variant: Variant?) -> [String] {
    PF().remedies(for: cause, variant: variant).flatMap(\.steps).flatMap { commands($0, filling) }
        .filter { command in starts.contains { command.hasPrefix($0) } }
}

private func packet(_ flags: TCPFlags, from: String, to: String, port: UInt16) -> Packet {
    var names = Names()
    var packet = Packet()
    packet.ipProtocol = 6
    packet.source = Endpoint(Network(from)?.first ?? .none, port)
    packet.destination = Endpoint(Network(to)?.first ?? .none, 443)
    packet.flags = flags
    packet.interface = names.keep("em0")
    packet.direction = .inward
    return packet
}

@Test("Every line of pf.conf in a remedy is one that pf reads")
func linesAreRead() {
    var seen = 0
    for cause in CauseID.allCases {
        for variant in variants(of: cause) {
            for rule in rules(cause, variant) {
                seen += 1
                let notes = PolicyRules(parsing: Array(rule.utf8)).notes.filter {
                    $0.kind == .error
                }
                #expect(notes.isEmpty, "\(cause.name): \(rule): \(notes)")
            }
        }
    }
    #expect(seen > 30)
}

private let quiet: [(variant: Variant?, silent: [TCPFlags], told: [TCPFlags])] = [
    (
        nil, [[.fin, .ack], [.rst], [.rst, .ack]],
        [[.syn], [.ack], [.psh, .ack], [.syn, .ack], []]
    ),
    (
        "fin", [[.fin, .ack], [.fin, .psh, .ack]], [[.syn], [.ack], [.psh, .ack], [.rst], [.fin]]
    ),
    ("rst", [[.rst], [.rst, .ack]], [[.syn], [.ack], [.fin, .ack], [.syn, .rst]]),
    ("last-ack", [[.ack], [.psh, .ack]], [[.syn], [.fin, .ack], [.rst, .ack], [.syn, .ack]]),
]

@Test("What silences late closes takes those packets, and no others", arguments: quiet.indices)
func silenceIsNarrow(_ index: Int) {
    let row = quiet[index]
    let text = (rules(.lateClose, row.variant) + ["block log all"]).joined(separator: "\n")
    let policy = PolicyRules(parsing: Array(text.utf8))
    let last = policy.rules.count - 1
    let rule = { (packet: Packet) in policy.decide(packet, .new).rule }
    for flags in row.silent {
        let late = packet(flags, from: "10.1.1.5", to: "10.2.2.9", port: 50000)
        #expect(rule(late) != last, "\(flags.text)")
        // Another pair is told of as before.
        #expect(rule(packet(flags, from: "10.1.1.6", to: "10.2.2.9", port: 50000)) == last)
    }
    for flags in row.told {
        #expect(
            rule(packet(flags, from: "10.1.1.5", to: "10.2.2.9", port: 50000)) == last,
            "\(flags.text)")
    }
}

@Test("What passes without a state passes both directions, and not another port")
func untrackedPassesBoth() {
    let text = (["block log all"] + rules(.notTCP, nil)).joined(separator: "\n")
    let policy = PolicyRules(parsing: Array(text.utf8))
    var there = packet([.psh, .ack], from: "10.1.1.5", to: "10.2.2.9", port: 50000)
    #expect(policy.decide(there, .new).rule != 0)
    let back = {
        var packet = there
        swap(&packet.source, &packet.destination)
        return packet
    }()
    #expect(policy.decide(back, .new).rule != 0)
    there.destination.port = 80
    #expect(policy.decide(there, .new).rule == 0)
}
