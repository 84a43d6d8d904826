// Whether a segment fits into the windows: nf_conntrack_proto_tcp.c tcp_in_window().
//
// Read first: Guido van Rooij, "Real Stateful TCP Packet Filtering in IP Filter" (2001), whose four
// bounds these are. Sequence numbers wrap: `a` is before `b` if their signed difference is negative.

import Facts

@inline(__always)
func isBefore(_ a: UInt32, _ b: UInt32) -> Bool { Int32(bitPattern: a &- b) < 0 }

@inline(__always)
func isAfter(_ a: UInt32, _ b: UInt32) -> Bool { isBefore(b, a) }

/// What the windows say of a segment.
enum WindowJudgement: Sendable {
    case fits
    /// It does not fit, and is let through all the same; its numbers are not learnt.
    case tolerated
    /// As if it had not been seen, but it passes.
    case ignored(Reason, StaticString)
    case invalid(Reason, StaticString)
}

/// A segment's numbers, which the kernel smooths before it compares them.
private struct Edges {
    var sequence: UInt32
    var end: UInt32
    var ack: UInt32
    /// The highest edge that is acknowledged, selectively too.
    var sack: UInt32
}

/// However small the windows are, an acknowledgement may be this old: MAXACKWINCONST.
private let ackAgeMin: UInt32 = 66_000

extension NetfilterState {
    /// The gate. It learns of both ends even where it refuses.
    mutating func judgeWindow(
        _ packet: Packet, _ kind: SegmentKind, isReply: Bool,
        _ settings: NetfilterSettings
    ) -> WindowJudgement {
        var own = isReply ? reply : original
        var peer = isReply ? original : reply
        let judgement = Window(phase: phase, isReply: isReply)
            .judge(packet, &own, &peer, settings)
        if isReply {
            (reply, original) = (own, peer)
        } else {
            (original, reply) = (own, peer)
        }
        if kind == .ack, case .fits = judgement { noteAck(packet, isReply: isReply) }
        return judgement
    }

    /// Counts how often the same acknowledgement came without one of the other side in between.
    @inline(__always)
    private mutating func noteAck(_ packet: Packet, isReply: Bool) {
        let end = packet.sequenceEnd
        if lastIsReply == isReply && lastSequence == packet.sequence
            && lastAck == packet.acknowledgement && lastEnd == end && lastWindow == packet.window
        {
            repeats &+= 1
            return
        }
        lastIsReply = isReply
        lastSequence = packet.sequence
        lastAck = packet.acknowledgement
        lastEnd = end
        lastWindow = packet.window
        repeats = 0
    }
}

extension NetfilterHalf {
    /// A side's numbers from its SYN: nothing beyond it was allowed yet.
    mutating func begin(_ packet: Packet, keepsLiberal: Bool) {
        end = packet.sequenceEnd
        maxEnd = end
        maxWindow = max(UInt32(packet.window), 1)
        readOptions(packet, keepsLiberal: keepsLiberal)
    }

    /// tcp_options(): a header without options leaves all as it was.
    mutating func readOptions(_ packet: Packet, keepsLiberal: Bool) {
        guard packet.form.contains(.hasOptions) else { return }
        flags = keepsLiberal ? flags.intersection(.liberal) : []
        scale = 0
        if packet.options.contains(.windowScale) {
            flags.insert(.scales)
            // RFC 7323 §2.3: larger shifts are taken as 14.
            scale = min(packet.windowScale, 14)
        }
        if packet.options.contains(.sackPermitted) { flags.insert(.sack) }
    }
}

private struct Window {
    /// Before the packet.
    let phase: NetfilterPhase
    let isReply: Bool

    @inline(__always)
    func judge(
        _ packet: Packet, _ own: inout NetfilterHalf, _ peer: inout NetfilterHalf,
        _ settings: NetfilterSettings
    ) -> WindowJudgement {
        var edges = Edges(
            sequence: packet.sequence, end: packet.sequenceEnd, ack: packet.acknowledgement,
            sack: packet.acknowledgement)
        if peer.flags.contains(.sack) && !packet.form.contains(.onlyTimestamps) {
            edges.sack = packet.sackEdge
        }
        if begins(packet, edges, own, settings) {
            own.begin(packet, keepsLiberal: settings.traits.contains(.staysLiberal))
            settleScales(&own, &peer)
            // A SYN from the other side: both opened at once.
            if isReply && !packet.flags.contains(.ack) { return .tolerated }
        } else if own.maxWindow == 0 {
            joinMidstream(packet, edges, &own, &peer)
        }
        smooth(packet, &edges, own, peer)
        if let failure = failure(packet, edges, &own, peer, settings) {
            let isLiberal = settings.isLiberal || own.flags.contains(.liberal)
            return isLiberal ? .tolerated : failure
        }
        learn(packet, edges, &own, &peer)
        return .fits
    }

    /// Whether the packet is a SYN by which its side is to be set up.
    @inline(__always)
    private func begins(
        _ packet: Packet, _ edges: Edges, _ own: NetfilterHalf,
        _ settings: NetfilterSettings
    ) -> Bool {
        guard packet.flags.contains(.syn) else { return false }
        if own.maxWindow == 0 { return true }
        // Sent again with another number.
        guard isAfter(edges.end, own.end) else { return false }
        if settings.traits.contains(.learnsRepeatedSYN) {
            return phase == .synSent || phase == .synReceived
        }
        return phase == .synSent && !isReply || phase == .synReceived && isReply
    }

    /// RFC 7323 §2.2: windows are scaled only if both sides said so.
    @inline(__always)
    private func settleScales(_ own: inout NetfilterHalf, _ peer: inout NetfilterHalf) {
        guard isReply else { return }
        if !own.flags.contains(.scales) || !peer.flags.contains(.scales) {
            own.scale = 0
            peer.scale = 0
        }
    }

    /// The first packet of this side, and it is no SYN.
    private func joinMidstream(
        _ packet: Packet, _ edges: Edges, _ own: inout NetfilterHalf,
        _ peer: inout NetfilterHalf
    ) {
        own.end = edges.end
        own.maxWindow = max(UInt32(packet.window) << UInt32(own.scale), 1)
        own.maxEnd = own.end &+ own.maxWindow
        if peer.maxWindow == 0 {
            peer.end = edges.sack
            peer.maxEnd = edges.sack
        } else if edges.sack == peer.end &+ 1 {
            // Its SYN was answered, and not seen.
            peer.end &+= 1
        }
    }

    @inline(__always)
    private func smooth(
        _ packet: Packet, _ edges: inout Edges, _ own: NetfilterHalf,
        _ peer: NetfilterHalf
    ) {
        let isReset = packet.flags.contains(.rst)
        if !packet.flags.contains(.ack) || (isReset && edges.ack == 0) {
            edges.ack = peer.end
            edges.sack = peer.end
        }
        if isReset && edges.sequence == 0 && phase == .synSent {
            edges.sequence = own.end
            edges.end = own.end
        }
    }

    /// The bound that a segment fails, as the kernel looks at them; nil when it fits.
    @inline(__always)
    private func failure(
        _ packet: Packet, _ edges: Edges, _ own: inout NetfilterHalf,
        _ peer: NetfilterHalf, _ settings: NetfilterSettings
    ) -> WindowJudgement? {
        let startsInside = !isAfter(edges.sequence, own.maxEnd)
        let isRecent =
            peer.maxWindow == 0 || isAfter(edges.end, own.end &- peer.maxWindow &- 1)
        let acksWhatWasSent = !isAfter(edges.sack, peer.end)
        let ackAge = max(own.maxWindow, ackAgeMin)
        let acksRecent = isAfter(edges.sack, peer.end &- ackAge &- 1)
        if startsInside && isRecent && acksWhatWasSent && acksRecent { return nil }
        let forgives = settings.traits.contains(.forgivesWindow)
        if !startsInside {
            let overshoot = edges.end &- own.maxEnd &+ 1
            if forgives && peer.maxWindow != 0 && isRecent && acksWhatWasSent && acksRecent
                && overshoot <= peer.maxWindow
            {
                // If the peer takes it, its acknowledgement must not be refused next.
                own.end = edges.end
                own.flags.insert(.unacknowledged)
                return .ignored(.sequenceOver, "a little more data than the window allows")
            }
            return .invalid(.sequenceOver, "the data begins beyond the window of the receiver")
        }
        if !acksWhatWasSent {
            return .invalid(.acknowledgementOver, "it acknowledges what was never sent")
        }
        if !isRecent {
            return forgives
                ? .ignored(.sequenceUnder, "data that was acknowledged long ago")
                : .invalid(.sequenceUnder, "data older than the window of the receiver")
        }
        return forgives
            ? .ignored(.acknowledgementUnder, "a very old acknowledgement")
            : .invalid(.acknowledgementUnder, "an acknowledgement older than the window")
    }

    @inline(__always)
    private func learn(
        _ packet: Packet, _ edges: Edges, _ own: inout NetfilterHalf,
        _ peer: inout NetfilterHalf
    ) {
        // RFC 7323 §2.2: the window of a SYN is never scaled.
        let isScaled = !packet.flags.contains(.syn)
        let window = UInt32(packet.window) << (isScaled ? UInt32(own.scale) : 0)
        own.maxWindow = max(own.maxWindow, window &+ (edges.sack &- edges.ack))
        if isAfter(edges.end, own.end) {
            own.end = edges.end
            own.flags.insert(.unacknowledged)
        }
        if packet.flags.contains(.ack) {
            if !own.flags.contains(.hasMaxAck) {
                own.flags.insert(.hasMaxAck)
                own.maxAck = edges.ack
            } else if isAfter(edges.ack, own.maxAck) {
                own.maxAck = edges.ack
            }
        }
        if peer.maxWindow != 0 && isAfter(edges.end, own.maxEnd) {
            peer.maxWindow &+= edges.end &- own.maxEnd
        }
        if isAfter(edges.sack &+ window, peer.maxEnd &- 1) {
            // A closed window leaves room for a probe of one byte.
            peer.maxEnd = edges.sack &+ window &+ (window == 0 ? 1 : 0)
        }
        if edges.ack == peer.end { peer.flags.remove(.unacknowledged) }
    }
}
