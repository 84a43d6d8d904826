// ICMP: queries, whose answers belong to a state of their own, and errors, which belong to the
// state of the packet they quote.
//
// pf.c, `pf_icmp_mapping()`, `pf_test_state_icmp()`. Read first: PF+Lookup.swift, PF+Window.swift.

import Facts
import Policy

enum PFICMP {
    /// Whether a message quotes the packet that it is about. A redirect does so in IPv4 only.
    static func isError(_ type: UInt8, _ ipProtocol: UInt8) -> Bool {
        ipProtocol == 1
            ? type == 3 || type == 4 || type == 5 || type == 11 || type == 12
            : (1...4).contains(type)
    }

    /// A query's type for both the query and its answer; whether this is the answer; and whether
    /// the identifier tells queries apart. A type that pf knows nothing of is a query alone.
    private static func pair(
        _ type: UInt8, _ ipProtocol: UInt8
    ) -> (query: UInt8, isAnswer: Bool, hasID: Bool) {
        if ipProtocol == 1 {
            switch type {
            case 8: return (8, false, true)
            case 0: return (8, true, true)
            case 13, 15, 17: return (type, false, true)
            case 14, 16, 18: return (type - 1, true, true)
            case 33, 35: return (type, false, false)
            case 34, 36: return (type - 1, true, false)
            case 10: return (10, false, false)
            case 9: return (10, true, false)
            default: return (type, false, false)
            }
        }
        switch type {
        case 128: return (128, false, true)
        case 129: return (128, true, true)
        case 130, 131: return (130, false, false)
        case 200: return (200, false, false)
        case 201: return (200, true, false)
        case 135: return (135, false, false)
        case 136: return (135, true, false)
        default: return (type, false, false)
        }
    }

    /// The ends with which a query or an answer is looked up: at the asker's the identifier stands
    /// for the port, at the other's the type.
    static func ends(
        _ source: Address, _ destination: Address, _ type: UInt8, _ id: UInt16,
        _ ipProtocol: UInt8
    ) -> (Endpoint, Endpoint) {
        let pair = pair(type, ipProtocol)
        let id = pair.hasID ? id : 0
        let query = UInt16(pair.query)
        return pair.isAnswer
            ? (Endpoint(source, query), Endpoint(destination, id))
            : (Endpoint(source, id), Endpoint(destination, query))
    }

    static func ends(_ packet: borrowing Packet) -> (Endpoint, Endpoint) {
        ends(
            packet.source.address, packet.destination.address, packet.icmpType, packet.source.port,
            packet.ipProtocol)
    }

    static func isAnswer(_ type: UInt8, _ ipProtocol: UInt8) -> Bool {
        pair(type, ipProtocol).isAnswer
    }

    /// All nodes of the link (RFC 4291 §2.7.1): who asks them is answered by each.
    static let allNodes = Address(high: 0xFF02_0000_0000_0000, low: 1)
}

extension PF {
    mutating func meetICMP(_ packet: borrowing Packet) -> Tracked {
        if PFICMP.isError(packet.icmpType, packet.ipProtocol) { return meetError(packet) }
        let ends = PFICMP.ends(packet)
        var hit = find(ends.0, ends.1, packet.ipProtocol, packet)
        if hit.state < 0, packet.ipProtocol == 58,
            PFICMP.isAnswer(packet.icmpType, packet.ipProtocol)
        {
            let asked = Endpoint(PFICMP.allNodes, ends.0.port)
            hit = find(asked, ends.1, packet.ipProtocol, packet)
        }
        guard hit.state >= 0 else {
            return leaveToRules("no state: the rules are asked")
        }
        renew(hit.state, .icmpError)
        return answer(hit.state, .pass, .match, "its state passes it")
    }

    /// An error is passed by the state of the packet it quotes, and renews nothing. It goes back to
    /// the sender of that packet; one that goes elsewhere is left to the rules.
    private func meetError(_ packet: borrowing Packet) -> Tracked {
        let quoted = packet.quoted
        guard packet.form.contains(.quotes), quoted.source.address == packet.destination.address
        else {
            return leaveToRules("an ICMP error that quotes no packet of its receiver")
        }
        var ends = (quoted.source, quoted.destination)
        if quoted.ipProtocol == 1 || quoted.ipProtocol == 58 {
            ends = PFICMP.ends(
                quoted.source.address, quoted.destination.address, quoted.icmpType, quoted.icmpID,
                quoted.ipProtocol)
        }
        let hit = find(ends.0, ends.1, quoted.ipProtocol, packet, reversed: true)
        guard hit.state >= 0 else {
            return leaveToRules("an ICMP error about a packet without a state")
        }
        if quoted.ipProtocol == Entry.tcp, !states[hit.state].flags.contains(.sloppy) {
            let (sender, receiver) = peers(hit)
            let isScaled = sender.scale != 0 && receiver.scale != 0
            let reach = UInt32(receiver.windowMax) << (isScaled ? receiver.shift : 0)
            if !PFMeasure.isAtOrAfter(sender.sequenceHigh, quoted.sequence)
                || !PFMeasure.isAtOrAfter(quoted.sequence, sender.sequenceLow &- reach)
            {
                return answer(
                    hit.state, .block, .stateMismatch,
                    "the packet it quotes lies outside what its sender may send")
            }
        }
        var tracked = answer(hit.state, .pass, .match, "an ICMP error about a packet of a state")
        tracked.kind = .related
        return tracked
    }
}
