// TCP in netfilter: nf_conntrack_proto_tcp.c nf_conntrack_tcp_packet().
//
// Read first: `NetfilterPhase` with the transition table; then `Netfilter+Reset` and
// `Netfilter+Window`, which are asked on the way.

import Facts

/// What the protocol made of a packet.
enum ProtocolJudgement: Sendable {
    /// The time of the state begins anew: `NetfilterState.timeout`.
    case renews
    /// Accepted, and nothing of the state's time changes.
    case passes(Reason, StaticString)
    case invalid(Reason, StaticString)
    /// Invalid, and the state's time is cut to its `timeout`.
    case shortens(Reason, StaticString)
    /// The state is deleted, and the packet is looked at as if it had never been.
    case startsAgain
    /// The packet passes, and the state is deleted with it.
    case ends
}

extension SegmentKind {
    @inline(__always)
    init(_ flags: TCPFlags) {
        if flags.contains(.rst) {
            self = .rst
        } else if flags.contains(.syn) {
            self = flags.contains(.ack) ? .synAck : .syn
        } else if flags.contains(.fin) {
            self = .fin
        } else {
            self = flags.contains(.ack) ? .ack : .none
        }
    }
}

extension TCPFlags {
    /// Whether netfilter takes these flags for possible; PSH, ECE and CWR may always be there.
    @inline(__always)
    var areTracked: Bool {
        switch rawValue & 0x37 {
        // S, SU, SA, R, RA, FA, FAU, A, AU (nf_conntrack_proto_tcp.c tcp_valid_flags).
        case 0x02, 0x22, 0x12, 0x04, 0x14, 0x11, 0x31, 0x10, 0x30: true
        default: false
        }
    }
}

extension NetfilterState {
    /// Sets a state up by its first packet; false where none can begin with it.
    mutating func beginTCP(
        _ packet: Packet, _ settings: NetfilterSettings
    ) -> Bool {
        switch settings.transitions.next(.none, SegmentKind(packet.flags), isReply: false) {
        case .to(.synSent): original.begin(packet, keepsLiberal: true)
        case .to(.established):
            guard settings.isLoose else { return false }
            // Picked up in the middle: nothing is known of scales, so no window holds.
            original.end = packet.sequenceEnd
            original.maxWindow = max(UInt32(packet.window), 1)
            original.maxEnd = original.end &+ original.maxWindow
            original.flags = [.sack, .liberal]
            reply.flags = [.sack, .liberal]
        default: return false
        }
        return true
    }

    /// What TCP makes of a packet whose flags are tracked.
    mutating func judgeTCP(
        _ packet: Packet, isReply: Bool, left: Int64,
        _ settings: NetfilterSettings
    ) -> ProtocolJudgement {
        let kind = SegmentKind(packet.flags)
        var old = phase
        var new: NetfilterPhase
        switch settings.transitions.next(old, kind, isReply: isReply) {
        case .invalid: return .invalid(.invalidInState, "no such packet in this state")
        case .ignore:
            guard isAnswerToIgnoredSYN(packet, kind, isReply: isReply) else {
                ignore(packet, kind, isReply: isReply)
                return .passes(.ignoredInState, "ignored in this state")
            }
            resynchronise(isReply: isReply, settings)
            (old, new) = (.synSent, .synReceived)
        case .to(let next): new = next
        }
        var needsWindow = true
        switch new {
        case .synSent where old == .timeWait || old == .close:
            if original.flags.union(reply.flags).contains(.closedFirst)
                || (lastIsReply == isReply && lastKind == .rst)
            {
                return .startsAgain
            }
            // It was closed by the other side's RST alone, which may have been a forgery.
            ignore(packet, kind, isReply: isReply)
            return .passes(.ignoredInState, "a SYN after the other side's RST")
        case .synSent2: lastFlags.insert(.simultaneous)
        case .synReceived where isReply && kind == .ack && lastFlags.contains(.simultaneous):
            new = .established
        case .timeWait where isChallenge(kind, old, isReply: isReply):
            lastFlags.remove(.challenge)
            return .passes(.ignoredInState, "a challenge ACK")
        case .close where kind == .rst:
            switch judgeReset(packet, old, isReply: isReply, settings) {
            case .believed: needsWindow = false
            case .inWindow: break
            case .onlyIfExact: new = old
            case .believedIfExact:
                new = old
                needsWindow = false
            case .invalid: return .invalid(.sequenceUnder, "a RST below what was acknowledged")
            }
        default: break
        }
        if needsWindow {
            switch judgeWindow(packet, kind, isReply: isReply, settings) {
            case .fits, .tolerated: break
            case .ignored(let reason, let says): return .passes(reason, says)
            case .invalid(let reason, let says):
                return refuse(kind, isReply: isReply, left, settings, reason, says)
            }
        }
        return accept(packet, kind, isReply: isReply, old, new, settings)
    }

    // MARK: - What is ignored

    /// Keeps what a later answer to an ignored packet is compared with.
    private mutating func ignore(
        _ packet: Packet, _ kind: SegmentKind, isReply: Bool
    ) {
        lastKind = kind
        lastIsReply = isReply
        lastSequence = packet.sequence
        lastEnd = packet.sequenceEnd
        lastWindow = packet.window
        if kind == .syn && !isReply {
            var seen = NetfilterHalf()
            seen.readOptions(packet, keepsLiberal: false)
            lastFlags = seen.flags
            lastScale = seen.scale
            // In LAST_ACK an ACK would be taken for that of the last FIN (RFC 5961 §4.2).
            if phase == .lastAck { lastFlags.insert(.challenge) }
        }
        if phase == .synSent && kind == .ack && isReply { lastAck = packet.acknowledgement }
    }

    /// A SYN/ACK that answers a SYN which was ignored: the ends know better.
    private func isAnswerToIgnoredSYN(
        _ packet: Packet, _ kind: SegmentKind, isReply: Bool
    ) -> Bool {
        kind == .synAck && lastKind == .syn && lastIsReply != isReply
            && packet.acknowledgement == lastEnd
    }

    /// Forgets both windows, and takes the sender of the ignored SYN by what it sent.
    private mutating func resynchronise(
        isReply: Bool, _ settings: NetfilterSettings
    ) {
        lastFlags.remove(.challenge)
        var opener = NetfilterHalf()
        opener.end = lastEnd
        opener.maxEnd = lastEnd
        opener.maxWindow = max(UInt32(lastWindow), 1)
        opener.scale = lastScale
        opener.flags = lastFlags
        var answerer = NetfilterHalf()
        if settings.traits.contains(.staysLiberal) {
            answerer.flags = (isReply ? reply : original).flags.intersection(.liberal)
        }
        (original, reply) = isReply ? (opener, answerer) : (answerer, opener)
    }

    /// The ACK that answers a SYN in LAST_ACK acknowledges no FIN.
    private func isChallenge(_ kind: SegmentKind, _ old: NetfilterPhase, isReply: Bool) -> Bool {
        old == .lastAck && kind == .ack && lastIsReply != isReply && lastKind == .syn
            && lastFlags.contains(.challenge)
    }

    // MARK: - The end

    /// A FIN or RST outside the window, of both sides: both seem to close, so do not wait for days.
    private mutating func refuse(
        _ kind: SegmentKind, isReply: Bool, _ left: Int64,
        _ settings: NetfilterSettings, _ reason: Reason, _ says: StaticString
    ) -> ProtocolJudgement {
        guard settings.traits.contains(.shortensInvalidClose), isAssured,
            kind == .fin || kind == .rst
        else { return .invalid(reason, says) }
        guard lastIsReply != isReply, lastKind == .fin || lastKind == .rst else {
            lastKind = kind
            lastIsReply = isReply
            return .invalid(reason, says)
        }
        let unacknowledged = settings.tcp.unacknowledged
        guard left >= 120_000_000, left > Int64(unacknowledged) * 1_000_000 else {
            return .invalid(reason, says)
        }
        timeout = unacknowledged
        return .shortens(reason, says)
    }

    private mutating func accept(
        _ packet: Packet, _ kind: SegmentKind, isReply: Bool, _ old: NetfilterPhase,
        _ new: NetfilterPhase, _ settings: NetfilterSettings
    ) -> ProtocolJudgement {
        let before = phase
        lastKind = kind
        lastIsReply = isReply
        phase = new
        if new == .finWait && before != new {
            if isReply { reply.flags.insert(.closedFirst) }
            if !isReply { original.flags.insert(.closedFirst) }
        }
        var chosen = seconds(kind, new, settings)
        if !isReplied {
            if packet.flags.contains(.rst) { return .ends }
            if kind == .syn && old == .synSent
                && settings.traits.contains(.countsFirstSYNOnly)
            {
                return .passes(.match, "a repeated SYN")
            }
            if new == .established { chosen = min(chosen, settings.tcp.unacknowledged) }
        } else if !isAssured && (old == .synReceived || old == .established)
            && new == .established
        {
            isAssured = true
        }
        timeout = chosen
        return .renews
    }

    private func seconds(
        _ kind: SegmentKind, _ new: NetfilterPhase, _ settings: NetfilterSettings
    ) -> UInt32 {
        let usual = settings.tcp[new]
        if repeats >= settings.maxRepeats && usual > settings.tcp.maxRetrans {
            return settings.tcp.maxRetrans
        }
        if kind == .rst { return settings.tcp[.close] }
        if original.flags.union(reply.flags).contains(.unacknowledged)
            && usual > settings.tcp.unacknowledged
        {
            return settings.tcp.unacknowledged
        }
        if lastWindow == 0 && usual > settings.tcp.maxRetrans { return settings.tcp.maxRetrans }
        return usual
    }
}
