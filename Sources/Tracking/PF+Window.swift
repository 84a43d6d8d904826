// Full tracking: does a TCP packet fit what both ends have sent and allowed?
//
// pf.c, `pf_tcp_track_full()`, after Guido van Rooij, "Real Stateful TCP Packet Filtering in IP
// Filter". The letters and numbers are those of docs/models/pf.md. Read first: PFState.swift.

import Facts
import Policy

/// What a packet's numbers are against what its sender may send.
struct PFMeasure {
    enum Finding: UInt8 {
        case fits
        // The condition that failed, the first of them.
        case beyondAllowed
        case beforeWindow
        case acknowledgesAhead
        case acknowledgesBehind
        case inexactReset
    }

    /// pf.c, MAXACKWINDOW: a whole window unscaled, and "an arbitrary fudge factor".
    static let slack: Int32 = 65535 + 1500

    var finding = Finding.fits
    /// What the packet acknowledges, or what stands in for it.
    var acknowledgement: UInt32 = 0
    /// Where it begins and ends; of a packet that holds nothing, both are the sender's own end.
    var sequence: UInt32 = 0
    var end: UInt32 = 0
    /// Where its data end, a FIN not counted.
    var dataEnd: UInt32 = 0
    /// Its window, and how that is scaled.
    var window: Int32 = 0
    var shift: UInt32 = 0

    /// Measures a packet; the first of its sender also sets what is known of the sender.
    @inline(__always)
    init(_ packet: borrowing Packet, _ sender: inout PFPeer, _ receiver: inout PFPeer) {
        let flags = packet.flags
        window = Int32(packet.window)
        var receiverShift: UInt32 = 0
        if sender.scale != 0, receiver.scale != 0, !packet.flags.contains(.syn) {
            shift = sender.shift
            receiverShift = receiver.shift
        }
        sequence = packet.sequence
        dataEnd = sequence &+ packet.length &+ (packet.flags.contains(.syn) ? 1 : 0)
        end = dataEnd &+ (packet.flags.contains(.fin) ? 1 : 0)
        if sender.sequenceLow == 0 {
            meetSender(packet, &sender, &receiver, &receiverShift)
        }
        acknowledgement = packet.acknowledgement
        if !flags.contains(.ack) || (acknowledgement == 0 && flags.contains(.rst))
            || receiver.phase < PFPhase.synSent
        {
            acknowledgement = receiver.sequenceLow
        }
        if sequence == end {
            sequence = sender.sequenceLow
            dataEnd = sequence
            end = sequence
        }
        find(packet, sender, receiver, receiverShift)
    }

    /// The first packet of an end: its scale, what it has sent, what it may send.
    private mutating func meetSender(
        _ packet: borrowing Packet, _ sender: inout PFPeer, _ receiver: inout PFPeer,
        _ receiverShift: inout UInt32
    ) {
        if packet.flags.contains(.syn), receiver.scale != 0 {
            sender.scale = PF.scale(of: packet)
            if sender.scale != 0 {
                shift = sender.shift
                window = (window + (1 << Int32(shift)) - 1) >> Int32(shift)
                receiverShift = receiver.shift
            } else {
                // The other end offered scaling, this one declined: what it announced was plain.
                let plain = UInt32(receiver.windowMax) << receiver.shift
                receiver.windowMax = UInt16(clamping: plain)
                receiver.scale = 0
            }
        }
        sender.sequenceLow = sequence
        sender.reach(PFPhase.synSent)
        let allowed = end &+ max(1, UInt32(receiver.windowMax) << receiverShift)
        if sender.sequenceHigh == 1 || PFMeasure.isAtOrAfter(allowed, sender.sequenceHigh) {
            sender.sequenceHigh = allowed
        }
        sender.windowMax = max(sender.windowMax, UInt16(clamping: window))
    }

    @inline(__always)
    private mutating func find(
        _ packet: borrowing Packet, _ sender: PFPeer, _ receiver: PFPeer, _ receiverShift: UInt32
    ) {
        let reach = UInt32(receiver.windowMax) << receiverShift
        let skew = Int32(bitPattern: receiver.sequenceLow &- acknowledgement)
        if !PFMeasure.isAtOrAfter(sender.sequenceHigh, dataEnd) {
            finding = .beyondAllowed
        } else if !PFMeasure.isAtOrAfter(sequence, sender.sequenceLow &- reach) {
            finding = .beforeWindow
        } else if skew < -PFMeasure.slack {
            finding = .acknowledgesAhead
        } else if skew > PFMeasure.slack << Int32(shift) {
            finding = .acknowledgesBehind
        } else if packet.flags.contains(.rst), packet.sequence != sender.sequenceLow,
            packet.sequence != sender.sequenceLow &+ 1,
            packet.sequence &+ 1 != sender.sequenceLow
        {
            finding = .inexactReset
        }
    }

    /// Serial numbers: whether `a` is `b` or lies within half the space after it.
    @inline(__always)
    static func isAtOrAfter(_ a: UInt32, _ b: UInt32) -> Bool { Int32(bitPattern: a &- b) >= 0 }

    /// Whether it may pass loosely: while the other end has not spoken, or a side is closed.
    func mayPassLoosely(_ sender: PFPeer, _ receiver: PFPeer) -> Bool {
        receiver.phase < PFPhase.synSent || receiver.phase >= PFPhase.finWait2
            || sender.phase >= PFPhase.finWait2
    }

    /// Both ends of what loose acceptance asks for.
    func endsNearAllowed(_ sender: PFPeer) -> Bool {
        PFMeasure.isAtOrAfter(
            sender.sequenceHigh &+ UInt32(bitPattern: PFMeasure.slack), dataEnd)
    }
    func beginsNearSent(_ sender: PFPeer) -> Bool {
        PFMeasure.isAtOrAfter(
            sequence, sender.sequenceLow &- UInt32(bitPattern: PFMeasure.slack))
    }

    /// What an accepted packet moves.
    @inline(__always)
    func advance(_ sender: inout PFPeer, _ receiver: inout PFPeer) {
        sender.windowMax = max(sender.windowMax, UInt16(clamping: window))
        if Int32(bitPattern: end &- sender.sequenceLow) > 0 { sender.sequenceLow = end }
        let scaled = UInt32(bitPattern: window << Int32(shift))
        if PFMeasure.isAtOrAfter(acknowledgement &+ scaled, receiver.sequenceHigh) {
            receiver.sequenceHigh = acknowledgement &+ max(scaled, 1)
        }
    }
}

extension PF {
    /// The scale that a packet announces, marked as known; zero where it announces none.
    @inline(__always)
    static func scale(of packet: borrowing Packet) -> UInt8 {
        guard packet.options.contains(.windowScale) else { return 0 }
        // RFC 7323 §2.3: more than 14 is taken as 14.
        return PFPeer.scaleKnown | min(packet.windowScale, 14)
    }

    /// A TCP packet whose state checks its numbers.
    @inline(__always)
    mutating func track(_ packet: borrowing Packet, _ hit: Hit) -> Tracked {
        var (sender, receiver) = peers(hit)
        let measure = PFMeasure(packet, &sender, &receiver)
        let fits = measure.finding == .fits
        if !fits {
            guard measure.mayPassLoosely(sender, receiver), measure.endsNearAllowed(sender),
                measure.beginsNearSent(sender)
            else { return refuse(packet, hit, measure, sender, receiver) }
        }
        if settings.reassemblesTCP,
            let refusal = checkTimestamps(packet, hit, sender, receiver)
        {
            keep(hit, sender, receiver)
            return refusal
        }
        measure.advance(&sender, &receiver)
        PF.move(packet.flags, &sender, &receiver, fits: fits)
        // One read and one write of the state: it is what a packet costs most.
        var state = states[hit.state]
        state.creator = hit.isFromCreator ? sender : receiver
        state.other = hit.isFromCreator ? receiver : sender
        guard fits else {
            states[hit.state] = state
            return answer(hit.state, .pass, .match, "passed loosely: its state is not renewed")
        }
        state.renewed = now
        state.timer = PF.timer(sender, receiver)
        return put(hit.state, state, "fits its state")
    }

    /// Where a packet's flags lead its ends. Only what fits is an answer to the other's SYN or FIN.
    @inline(__always)
    private static func move(
        _ flags: TCPFlags, _ sender: inout PFPeer, _ receiver: inout PFPeer, fits: Bool
    ) {
        if flags.contains(.fin) { sender.reach(PFPhase.closing) }
        if fits, flags.contains(.ack) {
            if receiver.phase == PFPhase.synSent {
                receiver.phase = PFPhase.established
            } else if receiver.phase == PFPhase.closing {
                receiver.phase = PFPhase.finWait2
            }
        }
        if flags.contains(.rst) {
            sender.phase = PFPhase.timeWait
            receiver.phase = PFPhase.timeWait
        }
    }

    /// The timeout of a pair of ends.
    @inline(__always)
    static func timer(_ a: PFPeer, _ b: PFPeer) -> PFTimer {
        let least = min(a.phase, b.phase)
        let most = max(a.phase, b.phase)
        if least >= PFPhase.finWait2 { return .tcpClosed }
        if least >= PFPhase.closing { return .tcpFinWait }
        if least < PFPhase.established { return .tcpOpening }
        return most >= PFPhase.closing ? .tcpClosing : .tcpEstablished
    }

    /// A packet that does not fit. It is dropped, and pf's log does not hear of it.
    private mutating func refuse(
        _ packet: borrowing Packet, _ hit: Hit, _ measure: PFMeasure, _ sender: PFPeer,
        _ receiver: PFPeer
    ) -> Tracked {
        var sender = sender
        let opens = sender.phase == PFPhase.synSent && receiver.phase == PFPhase.synSent
        let isReset = packet.flags.contains(.rst)
        let resets = opens && !isReset
        if opens {
            sender.sequenceLow = 0
            sender.sequenceHigh = 1
            sender.windowMax = 1
        }
        keep(hit, sender, receiver)
        let says =
            measure.mayPassLoosely(sender, receiver)
            ? PF.words(loosely: measure, sender) : PF.words(measure.finding, resets: resets)
        return answer(hit.state, .block, .stateMismatch, says)
    }

    private static func words(_ finding: PFMeasure.Finding, resets: Bool) -> StaticString {
        switch (finding, resets) {
        case (.beyondAllowed, false):
            "(a) data ends beyond what the receiver allowed"
        case (.beyondAllowed, true):
            "(a) data ends beyond what the receiver allowed; pf answers with a RST"
        case (.beforeWindow, false):
            "(b) data begins more than a window before what was sent"
        case (.beforeWindow, true):
            "(b) data begins more than a window before what was sent; pf answers with a RST"
        case (.acknowledgesAhead, false):
            "(c) acknowledges more than 67035 bytes beyond what the receiver sent"
        case (.acknowledgesAhead, true):
            "(c) acknowledges more than 67035 bytes beyond what was sent; pf answers with a RST"
        case (.acknowledgesBehind, false):
            "(d) acknowledges more than a window behind what the receiver sent"
        case (.acknowledgesBehind, true):
            "(d) acknowledges more than a window behind what was sent; pf answers with a RST"
        case (.inexactReset, _):
            "(e) a RST that is not at the next number of its sender"
        case (.fits, _):
            "fits its state"
        }
    }

    private static func words(loosely measure: PFMeasure, _ sender: PFPeer) -> StaticString {
        measure.endsNearAllowed(sender)
            ? "(8) even loosely: begins more than 67035 bytes before what was sent"
            : "(8) even loosely: ends more than 67035 bytes beyond what was allowed"
    }
}
