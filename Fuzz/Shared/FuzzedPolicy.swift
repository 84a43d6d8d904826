// Bytes as rules, asked about a few packets: what is read must be askable, and explained.

import Bytes
import Facts
import Policy

/// Reads bytes as a file of rules and asks it. Traps when an answer names a rule that is not there.
public func fuzzPolicy(_ raw: UnsafeBufferPointer<UInt8>) {
    let rules = PolicyRules(parsing: Array(raw))
    var names = Names()
    for number in 0..<6 {
        var packet = Packet()
        let isV6 = number == 4
        let near = isV6 ? Address(high: 0x2001_0DB8_0000_0000, low: 1) : Address(v4: 0x0A0A_0014)
        let far = isV6 ? Address(high: 0x2001_0DB8_0001_0000, low: 1) : Address(v4: 0xC633_6402)
        packet.source = Endpoint(near, 50123)
        packet.destination = Endpoint(far, 443)
        packet.ipProtocol = [6, 6, 17, 1, 6, 6][number]
        packet.flags = number == 1 ? [.fin, .ack] : .syn
        packet.icmpType = 8
        packet.interface = number == 5 ? .none : names.keep("igb1")
        packet.direction = number == 3 ? .outward : .inward
        if number == 2 { packet.form = [.fragment, .laterFragment] }
        for kind in [StateClass.new, .invalid] {
            let decision = rules.decide(packet, kind)
            if let rule = decision.rule { precondition(rules.rules.indices.contains(rule)) }
            _ = rules.options(decision.rule)
        }
        _ = rules.normalisation(packet)
        for answer in rules.explain(BlockedPacket(packet, interfaceName: "igb1")) {
            precondition(rules.rules.indices.contains(answer.rule))
            precondition(!answer.because.isEmpty)
        }
    }
    for note in rules.notes {
        precondition(note.place.line >= 1 && note.place.column >= 1)
        precondition(!note.meaning.isEmpty)
    }
}
