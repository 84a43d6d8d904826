// From a life that is over to the cases it belongs to: one for each end that had packets blocked.

import Bytes
import Facts

extension Life {
    /// Whether the lower end serves, and whether that is known.
    private var server: (known: Bool, low: Bool) {
        if dossier.opened { return (true, !dossier.firstOpening.byLow) }
        // Only a server sends SYN,ACKs.
        let lowAnswers = lowSide.classes.has(.synAck)
        let highAnswers = highSide.classes.has(.synAck)
        if lowAnswers != highAnswers { return (true, lowAnswers) }
        switch servingEnd(dossier.key.low.port, dossier.key.high.port) {
        case 1: return (true, true)
        case 2: return (true, false)
        default: return (false, false)
        }
    }

    /// The serving end, when it is known.
    var serverEnd: Endpoint? {
        let (known, low) = server
        return known ? (low ? dossier.key.low : dossier.key.high) : nil
    }

    /// When the first blocked packet came, of either end.
    var firstStray: Instant {
        earlier(lowSide.first.time, highSide.first.time)
    }

    private var classes: FlagClasses {
        lowSide.wantedClasses.union(highSide.wantedClasses)
    }

    /// How the connection fared: what services and pairs of hosts sum up.
    func fortune() -> Fortune {
        var fortune = Fortune()
        fortune.lives = 1
        fortune.opened = dossier.opened ? 1 : 0
        fortune.strayed = dossier.strayed ? 1 : 0
        fortune.classes = classes
        fortune.wanting = dossier.strayed && wantsOn ? 1 : 0
        if dossier.closeReason == .closedByReset, dossier.closeBytes > 0 || dossier.closeDry {
            fortune.noteReset(bytes: dossier.closeBytes)
        }
        if worked { fortune.worked = 1 } else if prevented { fortune.prevented = 1 }
        return fortune
    }

    /// Whether packets were blocked that a connection cannot do without: a reply to its opening,
    /// or data, or an acknowledgement.
    private var prevented: Bool {
        dossier.strayed && !classes.isDisjoint(with: .vital)
            && !worked
    }

    /// Whether something shows that data could flow, or the connection opened and nothing shows
    /// that it could not. An end by the handshake's timer shows that it could not.
    private var worked: Bool {
        if dossier.closed {
            switch dossier.closeReason {
            case .closedHandshake: return false
            case .closedByFins, .closedHalfClosed, .closedIdle: return true
            case .closedByReset where dossier.closeDry: return false
            default: if dossier.closeBytes > 0 { return true }
            }
        }
        if heardElsewhere || livesOnOtherNode || flowed { return true }
        if dossier.held.contains(.established) || dossier.held.contains(.closing) { return true }
        if dossier.knowsAnswered { return dossier.answered }
        if classes.has(.synAck) { return false }
        guard dossier.opened else { return false }
        guard dossier.strayed else { return true }
        // Opened, and only its end was blocked: the middle passed. Data or an acknowledgement
        // within the handshake's timer of its opening never had a state.
        if classes.subtracting(.closing).isEmpty { return true }
        guard let age = firstStray.since(dossier.firstOpening.time) else { return false }
        return age >= 120_000_000
    }

    /// The case of one end's strays.
    func caseKey(
        of side: Side, beside other: Side, low isLow: Bool,
        _ settings: Settings
    ) -> CaseKey {
        let sender = isLow ? dossier.key.low : dossier.key.high
        let receiver = isLow ? dossier.key.high : dossier.key.low
        var traits = rhythm(side).union(looks(side)).union(history(side, isLow))
            .union(companion(other))
        if settings.isInside(sender.address) { traits.insert(.senderInside) }
        if settings.isInside(receiver.address) { traits.insert(.receiverInside) }
        let (known, lowServes) = server
        if known { traits.insert(lowServes == isLow ? .senderServes : .receiverServes) }
        if sender.address.isBogus { traits.insert(.bogusSource) }
        if sender.address == receiver.address { traits.insert(.sameHost) }
        if comesFirst(side, other) { traits.insert(.countsConnection) }
        if worked { traits.insert(.worked) } else if prevented { traits.insert(.prevented) }
        traits.formUnion(persistence(side, other))
        traits.formUnion(witnesses(side))
        let port = known ? (lowServes ? dossier.key.low.port : dossier.key.high.port) : 0
        return CaseKey(
            kind: .stray, traits: traits, signs: signs(side, other, isLow), classes: side.classes,
            silence: silence(side),
            sinceOpening: Stretch(microseconds: sinceOpening(side)),
            sinceClose: Stretch(microseconds: sinceClose(side).map { max(0, $0) }),
            sender: sender.address, receiver: receiver.address, port: port,
            ipProtocol: Entry.tcp, reason: .unknown, direction: side.direction,
            dialect: side.dialect, interface: side.interface, node: side.node,
            moment: moment ?? 0)
    }

    /// Whether an end's strays came before those of the other end, if that had any.
    private func comesFirst(_ side: Side, _ other: Side) -> Bool {
        other.isNone || side.firstNumber < other.firstNumber
    }

    private func rhythm(_ side: Side) -> Traits {
        var traits: Traits = []
        if side.packets == 1 { traits.insert(.single) }
        if side.packets <= 3 { traits.insert(.few) }
        if side.marks.contains(.repeated) { traits.insert(.repeated) }
        if side.doublings >= 1 { traits.insert(.doublingGaps) }
        if side.equals >= 2 { traits.insert(.equalGaps) }
        // A SYN,ACK comes again only as a repeat, whether its number is told or not.
        let isAnswer = side.classes == FlagClasses(.synAck)
        if side.marks.contains(.repeated) || (isAnswer && side.packets > 1) {
            // Stamps of whole seconds make a second of two tenths. A SYN,ACK is repeated after a
            // second at the earliest, so of it only the same second is less.
            let isCoarse =
                !isAnswer && side.first.time.microseconds % 1_000_000 == 0
                && side.last.time.microseconds % 1_000_000 == 0
            if side.firstGap > 0, side.firstGap < (isCoarse ? 1001 : 700) {
                traits.insert(.freshSeries)
            }
            if side.firstGap >= 3000 { traits.insert(.lateSeries) }
        }
        if side.isFarewell { traits.insert(.farewell) }
        return traits
    }

    private func looks(_ side: Side) -> Traits {
        var traits: Traits = []
        let pairs: [(Marks, Traits)] = [
            (.timestamps, .timestamps), (.noOptions, .noOptions), (.toolWindow, .toolWindow),
            (.windowZero, .windowZero), (.sequenceZero, .sequenceZero), (.mssOnly, .mssOnly),
            (.clusterMAC, .clusterMAC), (.hairpin, .hairpin), (.saysNoState, .saysNoState),
            (.hadState, .hadState), (.invalidFlags, .invalidFlags),
        ]
        for (mark, trait) in pairs where side.marks.contains(mark) { traits.insert(trait) }
        return traits
    }

    private func history(_ side: Side, _ isLow: Bool) -> Traits {
        var traits: Traits = []
        if dossier.opened {
            traits.insert(.opened)
            if dossier.firstOpening.byLow == isLow {
                traits.insert(.openedBySender)
                if !side.interface.isNone, !dossier.openInterface.isNone,
                    side.interface != dossier.openInterface, side.direction == .inward
                {
                    traits.insert(.openedElsewhere)
                }
            }
        }
        if dossier.knowsAnswered {
            traits.insert(.knowsAnswered)
            if dossier.answered { traits.insert(.answered) }
        }
        let passed = dossier.passedLow.union(dossier.passedHigh)
        if passed.has(.fin) { traits.insert(.passedFin) }
        return traits.union(ending(side))
    }

    /// When both ends were seen to close, or one to reset, without the device's telling of it: in
    /// a capture, or where all packets are logged.
    private var farewell: (time: Instant, reset: Bool)? {
        guard !dossier.closed, dossier.lastFarewell.isKnown else { return nil }
        let low = dossier.passedLow
        let high = dossier.passedHigh
        if !low.union(high).isDisjoint(with: FlagClasses(.reset, .resetAck, .resetAck)) {
            return (dossier.lastFarewell, true)
        }
        return low.has(.fin) && high.has(.fin) ? (dossier.lastFarewell, false) : nil
    }

    private func ending(_ side: Side) -> Traits {
        guard dossier.closed else {
            guard let farewell, let gap = side.first.time.since(farewell.time), gap >= -3_000_000
            else { return [] }
            return farewell.reset ? [.closed, .closedByReset] : [.closed, .closedByFins]
        }
        var traits: Traits = .closed
        switch dossier.closeReason {
        case .closedByFins: traits.insert(.closedByFins)
        case .closedByReset: traits.insert(.closedByReset)
        case .closedIdle: traits.insert(.closedIdle)
        case .closedHalfClosed: traits.insert(.closedHalfClosed)
        case .closedHandshake: traits.insert(.closedHandshake)
        case .closedFlushed, .closedFailover: traits.insert(.closedFlushed)
        case .closedByDevice: traits.insert(.closedByDevice)
        default: break
        }
        // Linux reports an end up to seconds late, often with the very packet that missed the
        // state, so a stray just before the report came after the end itself.
        if let gap = sinceClose(side), gap < -3_000_000 { traits.insert(.strayedBeforeClose) }
        return traits
    }

    private func companion(_ other: Side) -> Traits {
        if other.isNone { return [] }
        var traits: Traits = .otherStrayed
        if other.classes.has(.synAck) { traits.insert(.otherSynAck) }
        if other.wantedClasses.has(.data) { traits.insert(.otherData) }
        if other.wantedClasses.subtracting(.closing).isEmpty { traits.insert(.otherClosing) }
        return traits
    }

    private func sinceOpening(_ side: Side) -> Int64? {
        dossier.opened ? side.first.time.since(dossier.firstOpening.time) : nil
    }

    private func sinceClose(_ side: Side) -> Int64? {
        if let farewell { return side.first.time.since(farewell.time) }
        return dossier.closed ? side.first.time.since(dossier.closeTime) : nil
    }

    private func silenceMicroseconds(_ side: Side) -> Int64? {
        side.first.time.since(dossier.passBeforeStray)
    }

    private func silence(_ side: Side) -> Stretch {
        Stretch(microseconds: silenceMicroseconds(side))
    }

    /// What it adds to its case.
    func caseFacts(
        of side: Side, beside other: Side, low isLow: Bool
    ) -> CaseFacts {
        var facts = CaseFacts()
        facts.connections = comesFirst(side, other) ? 1 : 0
        facts.packets = Int(side.packets)
        facts.lines = Int(side.lines)
        facts.counted = Int(side.counted)
        facts.events = Int(side.events)
        facts.payload = Int(side.payload)
        facts.hops.add(side.hopsMin)
        if side.hopsMin != HopSet.none { facts.hops.add(side.hopsMax) }
        facts.from = earlier(side.first.time, side.last.time)
        facts.to = later(side.first.time, side.last.time)
        if let silence = silenceMicroseconds(side), silence >= 0 {
            facts.silenceMin = silence
            facts.silenceMax = silence
        }
        if let gap = sinceClose(side) { facts.sinceCloseMax = max(0, gap) }
        facts.add(
            Example(
                at: Mention(number: side.firstNumber, line: side.firstLine), time: side.first.time,
                source: isLow ? dossier.key.low : dossier.key.high,
                destination: isLow ? dossier.key.high : dossier.key.low,
                flags: side.firstFlags, opening: dossier.opened ? dossier.openNumber : 0,
                closing: dossier.closed ? dossier.closeNumber : 0))
        return facts
    }
}
