// A tracked TCP connection's way from its SYN to its end, and what strict mode asks of it.
//
// Read first: ForcepointPhase.swift, `Forcepoint.assumptions`.

import Facts
import Policy

extension Forcepoint {
    mutating func meetTCP(
        _ packet: borrowing Packet, _ number: Int, _ isFirst: Bool
    ) -> Tracked {
        let state = states[number]
        let isFromCreator = isFirst == state.creatorIsFirst
        var sender = isFromCreator ? state.creator : state.other
        var receiver = isFromCreator ? state.other : state.creator
        if state.mode == .strict, let words = fault(packet, state.phase, sender, receiver) {
            var answer = said(number, .block, words)
            answer.reason = .invalidInState
            return answer
        }
        let opens = packet.flags.opens
        if opens, isFromCreator, state.phase == .timeWait {
            remove(number, .closed, at: now)
            var tracked = Tracked(.askRules, .new)
            tracked.reason = .match
            tracked.says = "a SYN after the connection's end: the rules are asked"
            return tracked
        }
        Forcepoint.note(packet, &sender, &receiver)
        let phase = Forcepoint.phase(
            after: packet.flags, in: state.phase, isFromCreator,
            isFromCreator ? sender : receiver, isFromCreator ? receiver : sender)
        states[number].creator = isFromCreator ? sender : receiver
        states[number].other = isFromCreator ? receiver : sender
        states[number].phase = phase
        let answer = renew(number, "belongs to a tracked connection")
        if phase == .remove { remove(number, .closed, at: now) }
        if phase == .timeWait, seconds(of: states[number], Entry.tcp) == 0 {
            remove(number, .closed, at: now)
        }
        return answer
    }

    /// Where a packet leads.
    private static func phase(
        after flags: TCPFlags, in phase: ForcepointPhase, _ isFromCreator: Bool,
        _ creator: ForcepointPeer, _ other: ForcepointPeer
    ) -> ForcepointPhase {
        if flags.contains(.rst) { return .remove }
        if creator.finSent, other.finSent {
            if creator.finAcknowledged, other.finAcknowledged { return .timeWait }
            if creator.finAcknowledged || other.finAcknowledged {
                // Which FIN came first says whether this is a close in turn or at once.
                switch phase {
                case .closing, .closingAck: return .closingAck
                case .closeWait, .closeWaitAck, .lastAckWait: return .lastAckWait
                default: return .lastAck
                }
            }
            return .closing
        }
        if creator.finSent { return creator.finAcknowledged ? .finWait2 : .finWait1 }
        if other.finSent { return other.finAcknowledged ? .closeWaitAck : .closeWait }
        switch phase {
        case .synSeen:
            guard !isFromCreator, flags.contains(.syn) else { return .synSeen }
            return flags.contains(.ack) ? .synAckSeen : .synReturn
        case .synReturn:
            return flags.contains(.ack) ? .synAckSeen : .synReturn
        case .synAckSeen:
            return isFromCreator && flags.contains(.ack) && !flags.contains(.syn)
                ? .established : .synAckSeen
        default: return phase
        }
    }

    /// What a packet says of its sender, and of what the other end may send.
    static func note(
        _ packet: borrowing Packet, _ sender: inout ForcepointPeer,
        _ receiver: inout ForcepointPeer
    ) {
        let end = packet.sequenceEnd
        let isSYN = packet.flags.contains(.syn)
        if isSYN {
            sender.offersScale = packet.options.contains(.windowScale)
            sender.shift = min(packet.windowScale, 14)
        }
        if !sender.hasSpoken || PFMeasure.isAtOrAfter(end, sender.next) { sender.next = end }
        if !sender.hasSpoken, !receiver.hasSpoken { sender.acknowledged = packet.sequence }
        sender.hasSpoken = true
        if packet.flags.contains(.fin) {
            sender.finSent = true
            sender.finEnd = end
        }
        guard packet.flags.contains(.ack), !packet.flags.contains(.rst) else { return }
        let ack = packet.acknowledgement
        let isScaled = sender.offersScale && receiver.offersScale && !isSYN
        let window = UInt32(packet.window) << UInt32(isScaled ? sender.shift : 0)
        receiver.acknowledged = ack
        receiver.allowed = ack &+ window
        if receiver.finSent, PFMeasure.isAtOrAfter(ack, receiver.finEnd) {
            receiver.finAcknowledged = true
        }
    }

    /// Why strict mode refuses a packet; nil: it does not.
    private func fault(
        _ packet: borrowing Packet, _ phase: ForcepointPhase, _ sender: ForcepointPeer,
        _ receiver: ForcepointPeer
    ) -> StaticString? {
        let flags = packet.flags
        let sequence = packet.sequence
        let acknowledgement = packet.acknowledgement
        switch phase {
        case .synSeen, .synReturn:
            // The creator may only send its SYN again; the other answers it, or refuses.
            if flags.contains(.syn) {
                let isAnswer = flags.contains(.ack)
                return isAnswer && acknowledgement != receiver.next
                    ? "strict: the SYN/ACK does not acknowledge the SYN" : nil
            }
            if flags.contains(.rst) {
                return flags.contains(.ack) && acknowledgement != receiver.next
                    ? "strict: the RST does not acknowledge the SYN" : nil
            }
            return "strict: the handshake is not complete"
        case .synAckSeen:
            if flags.contains(.syn) || flags.contains(.rst) { break }
            return sequence == sender.next && acknowledgement == receiver.next
                ? nil : "strict: the handshake's last packet has other numbers"
        default: break
        }
        guard flags.contains(.fin) || flags.contains(.rst), phase != .synAckSeen else {
            return nil
        }
        let highest =
            PFMeasure.isAtOrAfter(sender.allowed, sender.next) ? sender.allowed : sender.next
        return PFMeasure.isAtOrAfter(sequence, sender.acknowledged)
            && PFMeasure.isAtOrAfter(highest, sequence)
            ? nil : "strict: a FIN or RST outside its sender's window"
    }
}
