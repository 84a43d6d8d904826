// backscatter: answers to packets somebody else sent in your name.

import Evidence
import Facts

public struct Backscatter: Cause {
    public init() {}
    public var id: CauseID { .backscatter }

    public var usualHarm: Harm { .harmless }
    public func subject(_ matter: Matter) -> Subject { .host(matter.key.sender) }

    public func weigh(_ matter: Matter, _ ledger: inout Ledger) {
        guard matter.key.kind == .stray else { return }
        let answers: FlagClasses = [.init(.synAck), .init(.reset), .init(.resetAck)]
        guard matter.classes.subtracting(answers).isEmpty else { return }
        let isOpeningAnswer = matter.classes.has(.synAck)
        if matter.has(.opened) || matter.has(.closed)
            || !matter.facts.first.hasOutsideSender(matter)
        {
            ledger.add(
                -5.0,
                matter.has(.senderInside)
                    ? "it comes from inside: an answer of your own hosts"
                    : "the firewall had known this connection")
            return
        }
        weighPackets(matter, isOpeningAnswer, &ledger)
        weighEnds(matter, isOpeningAnswer, &ledger)
    }

    private func weighPackets(
        _ matter: Matter, _ isOpeningAnswer: Bool, _ ledger: inout Ledger
    ) {
        ledger.add(
            if: isOpeningAnswer && matter.has(.senderServes), 1.5,
            "SYN,ACKs from a service's port of a stranger: answers to SYNs that were not seen")
        ledger.add(
            if: !isOpeningAnswer && matter.has(.senderServes) && matter.has(.windowZero)
                && matter.has(.sequenceZero), 1.8,
            "RST,ACKs with number 0 and window 0 from a service's port: refusals of SYNs "
                + "that were not seen")
        ledger.add(
            if: !isOpeningAnswer && matter.has(.senderServes) && !matter.has(.sequenceZero), 0.6,
            "RSTs from a service's port")
        ledger.add(
            if: matter.has(.otherStrayed), -3.0, "the other end spoke too")
        ledger.add(
            if: matter.has(.timestamps) && !isOpeningAnswer, -1.0,
            "TCP timestamps: a socket that stood, not a refusal")
        ledger.add(
            if: isOpeningAnswer && (matter.has(.repeated) || matter.has(.doublingGaps)), 0.5,
            "repeated as a server repeats an answer that nobody acknowledges")
    }

    private func weighEnds(
        _ matter: Matter, _ isOpeningAnswer: Bool, _ ledger: inout Ledger
    ) {
        let receiver = matter.receiverFacts
        if matter.recordsOpenings, matter.hostsAreApart {
            if receiver.opens == 0 {
                ledger.add(
                    1.5, "the receiver opens no connections here, though openings are logged")
            } else {
                ledger.add(-2.0, "the receiver opens connections through here: it may have asked")
            }
        }
        let spread = max(
            matter.senderFacts.strayHosts.estimate, matter.senderFacts.strayPorts.estimate)
        let onlyAnswers = matter.senderFacts.strayClasses.isDisjoint(
            with: [.init(.data), .init(.ack), .init(.fin)])
        ledger.add(
            if: matter.hostsAreApart && spread >= 3 && onlyAnswers && matter.has(.senderServes),
            isOpeningAnswer ? 2.0 : 1.2,
            "the sender answers to \(spread) of your hosts or ports, with nothing but answers: "
                + "its attacker drew them at random")
        ledger.add(
            if: matter.hostsAreApart && !onlyAnswers, -2.5,
            "the sender also sent data or FINs: a real conversation")
        ledger.add(
            if: matter.pair.map { $0.worked > 0 } ?? false, -3.0,
            "these hosts have connections that work")
    }
}

extension Example? {
    /// Whether the sender may be a stranger: outside, and not the receiver itself.
    fileprivate func hasOutsideSender(_ matter: Matter) -> Bool {
        !matter.has(.senderInside) && !matter.has(.sameHost)
    }
}
