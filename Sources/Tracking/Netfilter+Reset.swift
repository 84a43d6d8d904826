// Which RST netfilter believes: nf_conntrack_proto_tcp.c, the case TCP_CONNTRACK_CLOSE.
//
// Read first: RFC 5961 §3.2, whose exact match this enforces for the server's sake.

import Facts

enum ResetJudgement: Sendable {
    /// Whatever its numbers are.
    case believed
    /// If it lies in the window.
    case inWindow
    /// If it lies in the window; but the connection stays as it is, for the receiver may not
    /// believe it.
    case onlyIfExact
    /// The connection stays as it is, and its numbers do not matter.
    case believedIfExact
    case invalid
}

extension NetfilterState {
    /// What is to be asked of a RST that would close the connection.
    func judgeReset(
        _ packet: Packet, _ old: NetfilterPhase, isReply: Bool,
        _ settings: NetfilterSettings
    ) -> ResetJudgement {
        let traits = settings.traits
        if traits.contains(.believesClosingReset) {
            switch old {
            case .finWait, .closeWait, .lastAck, .timeWait, .close: return .believed
            default: break
            }
        }
        let sequence = packet.sequence
        let peer = isReply ? original : reply
        var staysOpen = false
        if peer.flags.contains(.hasMaxAck)
            && !(traits.contains(.knowsReuse) && lastKind == .syn)
        {
            let isEstablished = phase == .established && isAssured
            if sequence == 0 && !isEstablished && traits.contains(.knowsReuse) {
                return .inWindow
            }
            if isBefore(sequence, peer.maxAck)
                && !(settings.ignoresInvalidReset && traits.contains(.mayIgnoreInvalidReset))
            {
                return .invalid
            }
            if !isEstablished || sequence == peer.maxAck { return .inWindow }
            // It follows its own data.
            if lastKind == .ack && lastIsReply == isReply && sequence == lastEnd {
                return .inWindow
            }
            staysOpen = true
        }
        if isAnswer(packet, isReply: isReply, traits) {
            return staysOpen ? .believedIfExact : .believed
        }
        if traits.contains(.believesChallengedReset) && old == .synSent && lastKind == .ack
            && lastIsReply && sequence == lastAck
        {
            return staysOpen ? .believedIfExact : .believed
        }
        return staysOpen ? .onlyIfExact : .inWindow
    }

    /// A RST that refuses a SYN or an ACK which was let through before.
    private func isAnswer(
        _ packet: Packet, isReply: Bool, _ traits: KernelTraits
    ) -> Bool {
        guard packet.acknowledgement == lastEnd else { return false }
        if isReplied && lastKind == .syn
            && (lastIsReply != isReply || !traits.contains(.asksWhoSentTheSYN))
        {
            return true
        }
        return !isAssured && lastKind == .ack
    }
}
