// What a life says beyond its own packets' looks: how it went on although it was blocked, who else
// knew of it, and whether it may have strayed together with others. Read first: `Life+Cases`.

import Bytes
import Facts

extension Life {
    // Limit: past this many packets of one end no stack goes on sending what is not acknowledged:
    // Linux gives up after 15 repeats, the others earlier, keepalives after 10.
    private static let stackPacketsMax: UInt32 = 24

    /// How an end's packets went on although they were blocked.
    func persistence(_ side: Side, _ other: Side) -> Traits {
        var traits: Traits = []
        if goesOn(side) { traits.insert(.goesOn) }
        if side.hearings >= 2 { traits.insert(.hearsAnswers) }
        if side.packets > Life.stackPacketsMax {
            traits.insert(.many)
            let span = side.last.time.since(side.first.time) ?? 0
            if abs(span) >= 120_000_000, UInt32(side.doublings) * 6 <= side.packets {
                traits.insert(.steady)
            }
        }
        if side.packets >= 5 {
            if side.marks.contains(.unpushed), !side.marks.contains(.pushed) {
                traits.insert(.unpushed)
            }
            let windows: Marks = [.fullWindow, .drawnWindow, .plainWindow]
            let seen = side.marks.intersection(windows)
            if seen == .fullWindow || seen == .drawnWindow { traits.insert(.tunnelWindow) }
        }
        if !other.isNone, goesOn(other) || other.packets > Life.stackPacketsMax {
            traits.insert(.otherGoesOn)
        }
        return traits
    }

    /// Whether most packets of an end brought new data. The first flight may be ten segments
    /// (RFC 6928): more than those is what no stack sends unheard.
    private func goesOn(_ side: Side) -> Bool {
        side.advances >= 12 && UInt32(side.advances) * 5 >= (side.packets - 1) * 3
    }

    /// Whether one end alone strayed, and its acknowledgements tell that it hears the other:
    /// the connection works, by a way past this firewall.
    var heardElsewhere: Bool {
        guard lowSide.isNone != highSide.isNone else { return false }
        return lowSide.isNone ? highSide.isHeard : lowSide.isHeard
    }

    /// Whether one end alone strayed, whose opening was blocked here or whose packets another node
    /// has, and which went on to data or its end without repeating itself: it works there.
    var livesOnOtherNode: Bool {
        guard lowSide.isNone != highSide.isNone else { return false }
        let side = lowSide.isNone ? highSide : lowSide
        return side.isCopy && !side.marks.contains(.repeated) && side.packets >= 3
            && !side.classes.isDisjoint(with: FlagClasses(.data, .fin, .fin))
            && side.classes.isDisjoint(with: .unnatural)
    }

    /// What passed beside the strays of one end.
    func signs(
        _ side: Side, _ other: Side, _ isLow: Bool
    ) -> Signs {
        var signs: Signs = []
        if side.marks.contains(.beginsConversation) { signs.insert(.beginsConversation) }
        let mine = isLow ? dossier.passedLow : dossier.passedHigh
        let its = isLow ? dossier.passedHigh : dossier.passedLow
        if !mine.isDisjoint(with: .vital), its == [], !dossier.answered {
            signs.insert(.onlySenderPassed)
        }
        if !mine.isDisjoint(with: .vital), !its.isDisjoint(with: .vital) {
            signs.insert(.sawPackets)
        }
        if dossier.opened, dossier.firstOpening.byLow != isLow, !side.interface.isNone,
            !dossier.openExit.isNone, dossier.openExit != side.interface,
            side.direction == .inward
        {
            signs.insert(.answeredElsewhere)
        }
        if passesOn(side) { signs.insert(.passesOn) }
        if let age = dossier.lastUpdate.since(firstStray), age >= 1000 { signs.insert(.stateLived) }
        if side.isAskedAgain { signs.insert(.askedAgain) }
        if side.isUnslowed { signs.insert(.unslowed) }
        if other.isUnslowed { signs.insert(.otherUnslowed) }
        if let sent = progress(side, isLow) {
            signs.insert(sent > 0 ? .progressed : .unprogressed)
        }
        return signs
    }

    /// How many bytes the opener had sent when an end strayed: by its own numbers, or by those the
    /// other end acknowledged. A FIN counts as one.
    func progress(_ side: Side, _ isLow: Bool) -> UInt32? {
        guard dossier.opened, dossier.firstOpening.hasSequence else { return nil }
        let start = dossier.firstOpening.sequence &+ 1
        let number: UInt32
        if dossier.firstOpening.byLow == isLow {
            let told = side.first.hasSequence ? side.first : side.firstNumbered
            guard told.hasSequence else { return nil }
            number = told.sequence
        } else {
            guard side.first.hasAcknowledgement else { return nil }
            number = side.first.acknowledgement
        }
        let sent = number &- start
        return sent < 1 << 30 ? sent : nil
    }

    /// Whether data had flowed within the time that any firewall waits for an answer: then both
    /// ways had led through here.
    var flowed: Bool {
        guard let age = firstStray.since(dossier.firstOpening.time), age < 28_000_000 else {
            return false
        }
        if !lowSide.isNone, let sent = progress(lowSide, true), sent > 1 { return true }
        if !highSide.isNone, let sent = progress(highSide, false), sent > 1 { return true }
        return false
    }

    /// Whether packets of both ends passed here after the first stray. Stamps of whole seconds
    /// are early by up to one.
    private func passesOn(_ side: Side) -> Bool {
        guard side.node == dossier.passNode || side.node.isNone,
            let low = dossier.lastPassLow.since(firstStray),
            let high = dossier.lastPassHigh.since(firstStray)
        else { return false }
        let isCoarse = firstStray.microseconds % 1_000_000 == 0
        return min(low, high) >= (isCoarse ? 1_100_000 : 1000)
    }

    /// What other nodes, other lives and dumps say of it.
    func witnesses(_ side: Side) -> Traits {
        var traits: Traits = []
        if side.marks.contains(.elsewhere) { traits.insert(.elsewhere) }
        if side.marks.contains(.openingBlocked) { traits.insert(.openingBlocked) }
        if side.marks.contains(.acksAnswers) { traits.insert(.acksAnswers) }
        if !side.node.isNone, !dossier.passNode.isNone, side.node != dossier.passNode {
            traits.insert(.passedOtherNode)
        }
        if dossier.before.exists, reuseGap.map({ $0 >= 0 && $0 <= 300_000_000 }) ?? false {
            traits.insert(.reusedPorts)
            if dossier.before.ended { traits.insert(.reusedAfterEnd) }
        }
        // Pauses of less than a second are the network's, not the connection's.
        if dossier.survived > 0, let silence = firstStray.since(dossier.passBeforeStray),
            silence >= 4_000_000, silence / 4000 >= max(Int64(dossier.survived), 1000)
        {
            traits.insert(.outlasted)
        }
        if dossier.held.contains(.opening) { traits.insert(.heldOpening) }
        if dossier.held.contains(.established) { traits.insert(.heldOpen) }
        if dossier.held.contains(.closing) { traits.insert(.heldClosing) }
        return traits
    }

    /// From the last entry of the life before on these ports to the first of this one.
    private var reuseGap: Int64? {
        let start = dossier.opened ? dossier.firstOpening.time : firstStray
        return start.since(dossier.before.last)
    }

    /// The minute in which it first strayed, if it is one of those that could be straying
    /// together: a conversation whose end nobody told of. What scanners and forgers send is none,
    /// nor are answers to openings; and what is blocked of a conversation is repeated, unless
    /// something else shows that there was one.
    var strayMinute: Int32? {
        guard dossier.strayed, !dossier.closed, firstStray.isKnown else { return nil }
        let all = lowSide.classes.union(highSide.classes)
        guard all.isDisjoint(with: .unnatural), !all.has(.synAck),
            !all.isDisjoint(with: .spoken),
            !dossier.knowsAnswered || dossier.answered, !lowSide.isMade, !highSide.isMade,
            !heardElsewhere, !lowSide.isCopy, !highSide.isCopy,
            dossier.opened || dossier.lastPass.isKnown || lowSide.packets > 1
                || highSide.packets > 1
        else { return nil }
        return MomentKey.minute(of: firstStray)
    }

    /// The same for a connection that wanted to go on. Its cases are kept apart by it; those that
    /// only end are too many for that.
    var moment: Int32? { wantsOn ? strayMinute : nil }

    var wantsOn: Bool {
        !lowSide.wantedClasses.union(highSide.wantedClasses).isDisjoint(with: .vital)
    }

    /// What it adds to its minute.
    var momentFacts: MomentFacts {
        var facts = MomentFacts()
        if wantsOn { facts.connections = 1 } else { facts.endings = 1 }
        let ends = dossier.key
        facts.lowHosts.add(Bytes.hash(ends.low.address.high, ends.low.address.low))
        facts.highHosts.add(Bytes.hash(ends.high.address.high, ends.high.address.low))
        facts.services.add(Bytes.hash(UInt64(serverEnd?.port ?? 0), 2))
        if dossier.opened || dossier.lastPass.isKnown { facts.known = 1 }
        return facts
    }
}

extension Side {
    fileprivate var isHeard: Bool {
        hearings >= 2 && advances >= 2 && !marks.contains(.repeated)
    }
    /// A server repeats its SYN,ACK after 1, 3, 7, 15 s (RFC 6298 §2.1, §5.5), and sends one more
    /// for every SYN it gets again. A forged SYN comes once.
    fileprivate var isAskedAgain: Bool {
        guard classes == FlagClasses(.synAck), packets >= 5,
            let span = last.time.since(first.time), span >= 2_000_000
        else { return false }
        var own: UInt32 = 1
        var next: Int64 = 900_000
        while next <= span {
            own += 1
            next = next * 2 + 900_000
        }
        return packets >= own + 2
    }

    /// A stack that is not heard sends its first flight, ten segments at most (RFC 6928), and then
    /// waits twice as long each time: its last gap is about half of it all. More packets than
    /// those, with a last gap much shorter, are no stack's that is blocked.
    fileprivate var isUnslowed: Bool {
        guard packets >= 11, let span = last.time.since(first.time), span >= 1_000_000 else {
            return false
        }
        // A gap of a second between whole seconds may be of any length below two.
        let isCoarse =
            first.time.microseconds % 1_000_000 == 0 && last.time.microseconds % 1_000_000 == 0
        let gap = Int64(lastGap) - (isCoarse && lastGap <= 1000 ? 500 : 0)
        return gap * 1000 * 4 <= span && UInt32(doublings) * 5 <= packets
    }
    /// It never was this node's: its opening was blocked here, or another node has it.
    fileprivate var isCopy: Bool {
        !marks.isDisjoint(with: [.openingBlocked, .elsewhere, .clusterMAC])
    }
    fileprivate var isMade: Bool { marks.contains([.toolWindow, .noOptions]) }
}
