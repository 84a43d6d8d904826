// Packets and rules for tests, told in few words.

import Bytes
import Facts
import Foundation
import Policy
import Testing

/// `10.0.0.1:50000 > 192.0.2.1:443`, with what else a test wants different.
func packet(
    _ ends: String, _ flags: String = "S", in interface: String = "", out: String = "",
    proto: UInt8 = 6, icmp: (UInt8, UInt8) = (0, 0), form: PacketForm = []
) -> Packet {
    var packet = Packet()
    var names = Names()
    let parts = ends.split(separator: ">").map { $0.trimmingCharacters(in: .whitespaces) }
    packet.source = endpoint(parts[0])
    packet.destination = endpoint(parts[1])
    packet.ipProtocol = proto
    for byte in flags.utf8 {
        if let flag = TCPFlags(letter: byte), proto == 6 { packet.flags.formUnion(flag) }
    }
    packet.icmpType = icmp.0
    packet.icmpCode = icmp.1
    packet.form = form
    if !interface.isEmpty {
        packet.interface = names.keep(interface)
        packet.direction = .inward
    }
    if !out.isEmpty {
        packet.interface = names.keep(out)
        packet.direction = .outward
    }
    return packet
}

private func endpoint(_ text: String) -> Endpoint {
    var address = text
    var port: UInt16 = 0
    if text.first == "[", let end = text.firstIndex(of: "]") {
        address = String(text[text.index(after: text.startIndex)..<end])
        port = UInt16(text[end...].dropFirst(2)) ?? 0
    } else if text.count(where: { $0 == ":" }) == 1, let colon = text.firstIndex(of: ":") {
        address = String(text[..<colon])
        port = UInt16(text[text.index(after: colon)...]) ?? 0
    }
    return Endpoint(Network(address)?.first ?? .none, port)
}

extension PolicyRules {
    init(_ text: String, facts: PolicyFacts = PolicyFacts()) {
        self.init(parsing: Array(text.utf8), facts: facts)
    }

    /// `pass 3`, `drop 3?` where it is not certain, `pass -` without a rule: by the rule's line.
    func says(_ packet: Packet, _ kind: StateClass = .new) -> String {
        let decision = decide(packet, kind)
        let rule = decision.rule.map { "\(rules[$0].place.line)" } ?? "-"
        return "\(decision.action) \(rule)\(decision.isCertain ? "" : "?")"
    }
}

let goldenFolder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Golden/policy")

func golden(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: goldenFolder.appending(path: name)))
}
