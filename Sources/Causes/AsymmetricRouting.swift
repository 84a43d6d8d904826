// asymmetric-routing: the firewall sees only one direction of the connection.

import Evidence
import Facts

public struct AsymmetricRouting: Cause {
    public init() {}
    public var id: CauseID { .asymmetricRouting }

    public var usualHarm: Harm { .misconfigured }

    public func variant(_ matter: Matter) -> Variant? {
        if matter.has(.openedElsewhere) || isOtherWay(matter) { return "multi-wan" }
        if isReply(matter) { return "reply-only" }
        return isSameInterface(matter) ? "same-interface" : "open-only"
    }

    public func subject(_ matter: Matter) -> Subject { matter.networkSubject }

    public func weigh(_ matter: Matter, _ ledger: inout Ledger) {
        guard matter.key.kind == .stray, matter.classes.isDisjoint(with: .unnatural) else { return }
        if isReply(matter) {
            weighReply(matter, &ledger)
        } else {
            weighOpenOnly(matter, &ledger)
        }
        weighInterfaces(matter, &ledger)
        guard matter.key.kind == .stray else { return }
        ledger.add(
            if: matter.has(.knowsAnswered) && matter.has(.answered), -.strong,
            "the firewall saw an answer: it sees both directions")
        ledger.add(
            if: matter.has(.closedByFins) || matter.has(.closedIdle), -.strong,
            "the firewall saw the connection through to its end")
        ledger.add(
            if: matter.looksMade, -.strong, "the packets look made by a tool, not by a stack")
        ledger.add(
            if: matter.has(.goesOn), -.strong,
            "it sends new data although it is blocked: no connection with one way cut does")
        ledger.add(
            if: matter.has(.elsewhere) || matter.has(.clusterMAC), -.strong,
            "these are copies of packets that another node has")
        ledger.add(
            if: matter.strayedTogether, -.fair,
            "many unrelated connections began to stray in the same minutes")
        ledger.add(
            if: matter.has(.heldOpening), .good,
            "the state table holds it as half open: only one direction passes here")
        if matter.othersWorked > 0 {
            ledger.add(-.good, "other connections between these hosts worked")
        }
    }

    /// The answer to a SYN that had passed here moments before.
    private func isOtherWay(_ matter: Matter) -> Bool {
        matter.classes.has(.synAck) && matter.has(.opened) && !matter.has(.passedOtherNode)
            && (matter.shows(.answeredElsewhere) || matter.key.sinceOpening.isBelow(10))
    }

    /// The strays are the answers: of the serving end, to an opening that was not seen.
    private func isReply(_ matter: Matter) -> Bool {
        matter.classes.has(.synAck) || (matter.has(.senderServes) && !matter.has(.opened))
    }

    private func isSameInterface(_ matter: Matter) -> Bool {
        matter.has(.hairpin) || matter.commonRouter != nil
            || (matter.sharesInterface && matter.has(.senderInside) && matter.has(.receiverInside))
    }

    private func weighReply(_ matter: Matter, _ ledger: inout Ledger) {
        guard matter.classes.has(.synAck) else { return }
        if matter.has(.opened), matter.has(.passedOtherNode) {
            let isHeard =
                !matter.has(.repeated)
                && !matter.classes.isDisjoint(with: FlagClasses(.ack, .data, .fin))
            ledger.add(
                isHeard ? .some : .decisive,
                "the SYN it answers passed through another node: the way back leads here")
            return
        }
        if matter.has(.opened),
            matter.shows(.answeredElsewhere)
                || matter.key.sinceOpening.isBelow(10)
        {
            ledger.add(
                matter.shows(.answeredElsewhere) ? .decisive : .strong,
                matter.shows(.answeredElsewhere)
                    ? "the SYN had left by another interface than its answer came in on"
                    : "the SYN had just passed, and its answer still found no state: it came by "
                        + "another way than the SYN went")
            return
        }
        if matter.has(.opened) {
            ledger.add(
                -.decisive, "the SYN it answers had passed here: both ways lead through here")
            return
        }
        ledger.add(.some, "SYN,ACKs were blocked: the SYNs they answer went another way")
        // Behind the firewall nobody forges addresses, and own servers answer only what was asked.
        ledger.add(
            if: matter.has(.senderInside) && matter.has(.receiverInside), .good,
            "both ends are inside: nobody else provokes an answer there")
        ledger.add(
            if: matter.has(.senderInside) && !matter.has(.receiverInside), .fair,
            "one of your own servers answers a client that reached it another way")
        ledger.add(
            if: matter.has(.repeated) || matter.has(.doublingGaps), .some,
            "the SYN,ACK was repeated: the handshake never completed through here")
        ledger.add(
            if: matter.shows(.askedAgain), .strong,
            "more SYN,ACKs than the server's own repeats: its client is there, and asks again")
        let receiver = matter.receiverFacts
        ledger.add(
            if: !matter.has(.senderInside) && matter.hostsAreApart && receiver.opens > 0, .some,
            "the receiver is a client that opens connections through here")
        ledger.add(
            if: !matter.has(.senderInside) && receiver.opens == 0 && !matter.shows(.askedAgain),
            -.good,
            "a stranger's answers to a host that opens nothing here: more likely backscatter")
        ledger.add(
            if: matter.recordsOpenings, .slight,
            "openings are logged here, and this one was not seen")
        ledger.add(
            if: matter.classes.has(.data) || matter.classes.has(.fin), .some,
            "the answers go on after the handshake: it completed on another path")
    }

    private func weighOpenOnly(_ matter: Matter, _ ledger: inout Ledger) {
        guard matter.has(.opened), matter.has(.openedBySender) else {
            weighMiddle(matter, &ledger)
            return
        }
        let speaks = matter.classes.has(.data) || matter.classes.has(.ack)
        ledger.add(
            if: matter.shows(.onlySenderPassed) && speaks, .decisive,
            "its packets passed here one after the other, and never one of the other end")
        ledger.add(
            if: matter.shows(.unprogressed) && speaks && !matter.has(.otherStrayed), .fair,
            "by its numbers nothing had been exchanged since its SYN")
        ledger.add(
            if: matter.shows(.beginsConversation) && !matter.has(.otherStrayed), .fair,
            "what was blocked is the end of a handshake and the first data: the answer to its "
                + "SYN reached it by another way")
        weighAnswers(matter, &ledger)
        ledger.add(
            if: matter.has(.knowsAnswered) && !matter.has(.answered), .strong,
            "its SYN passed here and no answer ever did")
        ledger.add(
            if: matter.has(.closedHandshake) && speaks, .decisive,
            "the firewall gave the opening up for want of an answer, yet the client goes on "
                + "as if it had one")
        let limit = matter.timers.opening
        if speaks, !matter.has(.closed), !matter.has(.knowsAnswered) {
            weighOpeningTimer(matter, limit, &ledger)
        }
        ledger.add(
            if: speaks && !matter.has(.otherStrayed) && !matter.has([.closed, .worked]), .slight,
            "only the client's packets come through here, never the server's")
    }

    /// What is blocked is not answered, unless the answers come by another way.
    private func weighAnswers(_ matter: Matter, _ ledger: inout Ledger) {
        guard !matter.has(.otherStrayed) else { return }
        ledger.add(
            if: matter.has(.acksAnswers) && (matter.has(.repeated) || !matter.has(.goesOn)), .good,
            "between its own packets it acknowledged something: it hears the other end, by a way "
                + "that does not lead through here")
        ledger.add(
            if: matter.has(.hearsAnswers) && matter.has(.repeated), .fair,
            "its acknowledgements grow while its own data stays unheard")
    }

    /// pf forgets an unanswered opening after `tcp.opening`: strays that begin then, again and
    /// again, are its mark. Linux refuses the client's very first ACK.
    private func weighOpeningTimer(_ matter: Matter, _ limit: Int64, _ ledger: inout Ledger) {
        let age = matter.key.sinceOpening
        let justAfter = age.isAtLeast(28) && age.isBelow(60) && limit <= 45
        if justAfter {
            let many = matter.facts.connections + (matter.pair?.prevented ?? 0) >= 3
            ledger.add(
                many ? .strong : .good,
                "the client's packets were blocked from \(limit) s after its SYN on: "
                    + "that is when an unanswered opening is forgotten")
        }
        if !justAfter, age.isAtLeast(28), matter.heardWithin(matter.timers.established) {
            ledger.add(
                .fair,
                "its state was gone long before the idle timeout, as one is that never saw an "
                    + "answer")
        }
        ledger.add(
            if: matter.has(.senderInside) && matter.has(.receiverInside), .some,
            "both ends are inside, where a second router may answer directly")
        let isLinux = matter.key.dialect == .netfilter || matter.key.dialect == .conntrack
        ledger.add(
            if: isLinux && age.isBelow(10) && !matter.shows(.progressed)
                && (matter.has(.saysNoState) || matter.has(.hadState)),
            .good, "the client's packets were refused from its first ACK on, right after its SYN")
        if let pair = matter.pair, pair.worked == 0, pair.prevented >= 2 {
            ledger.add(.some, "it is the same for every connection between these hosts")
        }
    }

    /// Strays from the middle of connections whose opening was not seen here at all.
    private func weighMiddle(_ matter: Matter, _ ledger: inout Ledger) {
        if matter.has(.senderInside) || matter.has(.receiverServes) {
            ledger.add(
                if: matter.shows(.beginsConversation) && !matter.has(.otherStrayed), .good,
                "what was blocked is the end of a handshake and the first data: the answer to its "
                    + "SYN reached it by another way")
            weighAnswers(matter, &ledger)
        }
        guard matter.has(.senderInside), matter.has(.receiverInside),
            matter.classes.has(.data) || matter.classes.has(.ack)
        else { return }
        ledger.add(
            .some,
            "a conversation between two networks of your own, where a second path is common")
        ledger.add(
            if: matter.recordsOpenings && !matter.has(.opened), .some,
            "data between inside hosts whose opening was never seen here, though openings are logged"
        )
        if let pair = matter.pair, pair.worked == 0, pair.prevented >= 3 {
            ledger.add(.some, "it is the same for every connection between these hosts")
        }
    }

    private func weighInterfaces(_ matter: Matter, _ ledger: inout Ledger) {
        if matter.has(.openedElsewhere) {
            ledger.add(
                .strong, "the connection opened through one interface and went on through another")
        }
        if isSameInterface(matter), matter.classes.has(.data) || matter.classes.has(.ack) {
            ledger.add(
                .fair,
                "both ends are reached by the interface the packets came in on: "
                    + "a second router there answers directly")
        }
        weighRouters(matter, &ledger)
        ledger.add(
            if: matter.cameFromElsewhere && !matter.isResetOnly, .some,
            "they came by another way than the sender's other packets: \(matter.distances)")
    }

    /// What the frames' MAC addresses tell of the routers on the strays' interface.
    private func weighRouters(_ matter: Matter, _ ledger: inout Ledger) {
        if let router = matter.commonRouter {
            ledger.add(
                .some,
                "packets of both networks come from the same router (\(textOfMAC(router))), which "
                    + "can deliver between them past the firewall")
        }
        if let crossed = matter.crossedRouters {
            ledger.add(
                .fair,
                "packets of one of the networks come from the router \(textOfMAC(crossed.from)), "
                    + "and what goes to it leaves to \(textOfMAC(crossed.to))")
        }
    }
}
