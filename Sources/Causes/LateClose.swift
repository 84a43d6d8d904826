// late-close: the end of a connection, arriving after the firewall had forgotten it.

import Evidence
import Facts

public struct LateClose: Cause {
    public init() {}
    public var id: CauseID { .lateClose }

    public var usualHarm: Harm { .harmless }

    public func variant(_ matter: Matter) -> Variant? {
        if matter.has(.closedHalfClosed) { return "half-closed" }
        if matter.classes.has(.fin) { return "fin" }
        if matter.classes.has(.reset) || matter.classes.has(.resetAck) { return "rst" }
        return "last-ack"
    }

    public func subject(_ matter: Matter) -> Subject {
        .interface(matter.key.interface, node: matter.key.node)
    }

    public func weigh(_ matter: Matter, _ ledger: inout Ledger) {
        guard matter.key.kind == .stray else { return }
        weighPackets(matter, &ledger)
        weighHistory(matter, &ledger)
        weighSurroundings(matter, &ledger)
    }

    private func weighPackets(_ matter: Matter, _ ledger: inout Ledger) {
        let classes = matter.classes
        let carriesData = matter.wantedClasses.has(.data) || matter.has(.otherData)
        // RFC 9293 §3.10.7.1: the answer to a SYN that no socket wants has number 0.
        let isRefusal =
            classes == FlagClasses(.resetAck) && matter.has(.sequenceZero)
            && matter.has(.windowZero)
        ledger.add(
            if: isRefusal, -.decisive,
            "RST,ACKs with number 0 and window 0 refuse SYNs: there was no connection to close")
        // A FIN can only be sent on a connection that stood; a RST also answers what never did.
        ledger.add(
            if: matter.isClosingOnly && classes.has(.fin), .some,
            "only packets that end a connection were blocked, FINs among them")
        ledger.add(
            if: matter.isClosingOnly && !classes.has(.fin) && classes.has(.resetAck) && !isRefusal,
            .some,
            "only RST,ACKs were blocked: an application let go of a connection that stood")
        ledger.add(
            if: matter.isClosingOnly && classes == FlagClasses(.reset), .some,
            "only bare RSTs were blocked: a host answered for a connection it no longer had")
        ledger.add(
            if: matter.has(.farewell), .slight,
            "the data with the FIN is a few bytes: a farewell, such as TLS's")
        // The same number at doubling gaps is a stack's retransmission timer (RFC 6298 §5.5):
        // nobody forges that.
        ledger.add(
            if: matter.isClosingOnly && classes.has(.fin)
                && (matter.has(.repeated) || matter.has(.doublingGaps)), .some,
            "the same closing packet was sent again: its acknowledgement never came")
        // No stack repeats a RST of itself (RFC 9293 §3.5.2): each answers another packet.
        ledger.add(
            if: matter.isClosingOnly && !classes.has(.fin) && matter.has(.doublingGaps), -.fair,
            "RSTs at gaps that double: the other end repeats what they refuse, and is not told")
        weighSeries(matter, &ledger)
        ledger.add(
            if: matter.isClosingOnly && matter.has(.timestamps), .slight,
            "TCP timestamps: a real stack in the middle of a conversation")
        // Data says that an end was not done: then it is no leftover.
        ledger.add(
            if: carriesData, -.strong, "packets with data were blocked too: an end was not done yet"
        )
        ledger.add(if: classes.has(.synAck), -.decisive, "a SYN,ACK opens, it does not close")
        ledger.add(if: matter.has(.otherSynAck), -.decisive, "the other end was still opening")
        ledger.add(
            if: matter.looksMade, -.strong, "the packets look made by a tool, not by a stack")
        ledger.add(
            if: matter.isResetOnly && matter.cameFromElsewhere, -.strong,
            "the RSTs did not come from where the host is: \(matter.distances)")
        ledger.add(
            if: matter.has(.equalGaps), -.some, "they came at equal gaps, as probes do, not repeats"
        )
    }

    /// Nobody closes single connections to so many different services.
    private func isFannedOut(_ matter: Matter) -> Bool {
        matter.hostsAreApart && matter.has(.single) && matter.has(.receiverServes)
            && matter.senderFacts.strayPorts.estimate >= 5 && !matter.has(.opened)
    }

    /// A FIN is repeated until it is acknowledged, at gaps that double (RFC 6298 §5.5). So one that
    /// was blocked when it was new shows short gaps; and one that shows none was its sender's last
    /// try, or had been acknowledged after all.
    private func weighSeries(_ matter: Matter, _ ledger: inout Ledger) {
        guard matter.isClosingOnly, matter.classes.has(.fin), !matter.has(.opened) else { return }
        guard !isFannedOut(matter) else { return }
        ledger.add(
            if: matter.has(.freshSeries), matter.timers.established >= 86400 ? -.some : -.fair,
            "its first repeat came within a second: it was new when it was blocked, as that of "
                + "one that slept is")
        // Of connections that slept too long, some want to go on.
        ledger.add(
            if: matter.border.ending >= 10 && matter.border.ending >= 8 * matter.border.wanting,
            .fair, "of the connections that strayed by this interface nearly all only wanted to end"
        )
        ledger.add(
            if: matter.has(.lateSeries) && matter.logGoesBack, .some,
            "it was repeated at gaps that had already grown: it had been sent long before")
        ledger.add(
            if: matter.has(.single) && matter.logGoesOn && matter.has(.senderServes), .fair,
            "a single FIN of the server: a new one would have been repeated")
        ledger.add(
            if: matter.has(.single) && matter.logGoesOn && !matter.has(.senderServes), .some,
            "a single FIN: a new one would have been repeated")
    }

    private func weighHistory(_ matter: Matter, _ ledger: inout Ledger) {
        let small = matter.isClosingOnly || matter.classes == FlagClasses(.ack)
        let ended = matter.has(.closedByFins) || matter.has(.closedByReset)
        let goesOn = matter.shows(.passesOn) || matter.shows(.stateLived)
        if small, ended, !matter.has(.strayedBeforeClose), !goesOn {
            let soon = matter.key.sinceClose.isBelow(600)
            ledger.add(
                soon ? .decisive : .fair,
                "the firewall had seen the connection end\(soon ? " shortly before" : "")")
        }
        ledger.add(
            if: goesOn, -.strong, "the connection went on here after it: its state was not gone")
        weighUnnamedEnd(matter, small, &ledger)
        if matter.has(.closedHalfClosed), matter.isClosingOnly {
            ledger.add(
                .good, "one end had closed; the half-closed state ended before the other did")
        }
        if matter.has(.closedIdle) {
            ledger.add(
                -.decisive, "the firewall ended the connection for being idle, no end had closed it"
            )
        }
        weighForeignEnd(matter, &ledger)
        if matter.has(.opened), !matter.has(.closed), matter.isClosingOnly,
            !matter.strayedTogether
        {
            weighAge(matter, &ledger)
        }
    }

    /// The device told of an end that no end of the connection had made, or made in vain.
    private func weighForeignEnd(_ matter: Matter, _ ledger: inout Ledger) {
        if matter.has(.closedByDevice) {
            ledger.add(-.strong, "the firewall itself ended the connection; no end had closed it")
        }
        ledger.add(
            if: matter.has(.closedByReset) && !matter.has(.worked)
                && (matter.service?.worked ?? 1) == 0 && (matter.service?.opened ?? 0) >= 3,
            -.certain,
            "every connection of this service was reset before it carried any data")
        ledger.add(
            if: matter.has(.closedByReset) && isCutShort(matter.service), -.certain,
            "every connection of this service was reset after the same few bytes: it does not do "
                + "its work")
        if matter.has(.closedHandshake) {
            ledger.add(-.decisive, "the connection never finished opening, as the firewall saw it")
        }
        if matter.has(.closedFlushed) {
            ledger.add(-.decisive, "the firewall's states were removed; no end had closed it")
        }
    }

    /// Whether all of a service's connections were reset, after a greeting's bytes and no more. A
    /// service that works carries more in some connections than in others; a monitor that only
    /// knocks is no loss if left undecided.
    private func isCutShort(_ service: Fortune?) -> Bool {
        guard let service, service.resets >= 3, Int(service.resets) * 10 >= service.opened * 9
        else { return false }
        let (least, most) = (service.resetBytesMin, service.resetBytesMax)
        return least > 0 && most <= 4096 && most - least <= least / 8
    }

    /// The device logged the end and not its reason (Forcepoint's Connection_Closed). Before the
    /// idle timeout had run since the opening, it can only be that the ends closed it.
    private func weighUnnamedEnd(_ matter: Matter, _ small: Bool, _ ledger: inout Ledger) {
        let named: Traits = [
            .closedByFins, .closedByReset, .closedIdle, .closedHalfClosed, .closedHandshake,
            .closedFlushed, .closedByDevice,
        ]
        let limit = matter.timers.established
        ledger.add(
            if: small && matter.has(.closed) && matter.traits.isDisjoint(with: named)
                && matter.has([.opened, .worked]) && !matter.has(.strayedBeforeClose)
                && matter.key.sinceClose.isBelow(60) && matter.heardWithin(limit), .strong,
            "the firewall had logged the connection's end just before, too early for the idle "
                + "timeout (\(matter.spoken(limit)))")
    }

    /// Opened, and ended without a word of it in the log: pf logs no ends.
    private func weighAge(_ matter: Matter, _ ledger: inout Ledger) {
        let limit = matter.timers.established
        if matter.shows(.passesOn) || matter.shows(.stateLived) { return }
        if matter.shows(.sawPackets), !matter.has(.passedFin) {
            ledger.add(
                -.strong, "both ends' packets were seen to pass, and none of them closed it")
        } else if matter.has(.outlasted), !matter.has(.passedFin) {
            ledger.add(
                -.some,
                "no end had closed it before it fell silent, as far as its packets were seen")
        } else if cutsOthersOff(matter) {
            ledger.add(
                -.good,
                "other connections of this service were cut off while they had data to send: its "
                    + "states go before they close")
        } else if matter.mayHaveSlept, matter.heardWithin(limit) {
            ledger.add(
                -.good,
                "its FIN was new when it was blocked, five minutes or more after the last thing "
                    + "that was seen: its state went before it closed, as one does that slept")
        } else if matter.heardWithin(limit) {
            // Where what does not fit a living state is logged too, a RST may be such.
            let logsMisfits =
                matter.key.dialect == .netfilter && !matter.classes.has(.fin)
            ledger.add(
                logsMisfits ? .some : .good,
                "it had opened, and its state could not have timed out yet "
                    + "(\(matter.spoken(limit)) idle): it was removed because it closed")
        } else if matter.silentFor(limit) {
            ledger.add(
                -.strong,
                "it had been silent longer than the firewall's idle timeout "
                    + "(\(matter.spoken(limit)))")
        }
    }

    /// The firewall's timer may be shorter than its maker's. Where a service's connections stray
    /// with data as well, and not one in many, it forgets them while they stand, and a FIN that
    /// was new when it was blocked is as likely one of those.
    private func cutsOthersOff(_ matter: Matter) -> Bool {
        guard let service = matter.service, matter.has(.freshSeries) || matter.has(.doublingGaps)
        else { return false }
        return service.wanting >= 2 && service.wanting * 8 > service.strayed
    }

    /// Both ends are of one's own networks, and how the connection opened was not seen.
    private func weighInside(_ matter: Matter, _ ledger: inout Ledger) {
        // Between two networks of one's own a second path is common, and a firewall that sees
        // only the answers sees their FINs too. Without openings nothing tells the two apart, and
        // to call a broken path harmless is the worse mistake.
        ledger.add(
            if: !matter.recordsOpenings && matter.has(.senderInside)
                && matter.has(.receiverInside) && !matter.has(.closed), -.some,
            "both ends are inside and openings are not logged: a path that carries one direction "
                + "only would look the same")
        // Linux takes data without a state up again (nf_conntrack_tcp_loose): of a server whose
        // answers alone come through, nothing but FINs and RSTs strays.
        ledger.add(
            if: !matter.recordsOpenings && matter.has([.senderInside, .receiverInside])
                && matter.has(.senderServes) && matter.key.dialect == .netfilter
                && !matter.has(.closed) && matter.border.wanting == 0, -.fair,
            "both ends are inside, and Linux would have let data of a one-way path pass")
    }

    /// What else was blocked between these hosts, and whether anything worked.
    private func weighPair(_ matter: Matter, _ ledger: inout Ledger) {
        guard let pair = matter.pair else { return }
        if pair.classes.subtracting(.closing).isEmpty {
            // Of one connection it says nothing that its own packets have not said.
            ledger.add(
                if: pair.strayed > 1 || matter.othersWorked > 0,
                .some,
                "nothing but closing packets was ever blocked between these hosts")
        } else if pair.worked == 0 {
            ledger.add(
                -.good,
                "other packets of these hosts were blocked too, and no connection worked")
        } else {
            ledger.add(-.slight, "other packets of these hosts were blocked too")
        }
        ledger.add(
            if: matter.othersWorked > 0, .slight, "other connections between these hosts worked"
        )
    }

    private func weighSurroundings(_ matter: Matter, _ ledger: inout Ledger) {
        ledger.add(
            if: matter.has(.elsewhere) || matter.has(.clusterMAC), -.strong,
            "these are copies of packets that another node has")
        guard matter.isClosingOnly else { return }
        ledger.add(
            if: matter.strayedTogether && !matter.has(.closed), -.fair,
            "many unrelated connections began to stray in the same minutes")
        ledger.add(
            if: matter.endedTogether && !matter.strayedTogether && !matter.has(.closed), -.good,
            "far more connections than usual ended in the same minutes, of hosts that have nothing "
                + "to do with each other: their states may have been lost")
        ledger.add(
            if: matter.has(.heldClosing), .some, "the state table holds it as closing")
        weighInside(matter, &ledger)
        if let service = matter.service, service.strayed >= 10,
            service.classes.subtracting(.closing).isEmpty
        {
            ledger.add(.some, "of all this service's connections only the ends were ever blocked")
        }
        if matter.servicesOthersWorked > 0 {
            ledger.add(.slight, "the same service has connections that work")
        }
        weighPair(matter, &ledger)
        // Then a missing opening means that the connection was not opened through here: its ends
        // may be all that a broken service lets through.
        let looksThere =
            matter.has(.receiverServes)
            ? matter.senderFacts.opens > 0 : matter.recordsOpenings
        ledger.add(
            if: looksThere && !matter.has(.opened) && matter.service?.opened == 0, -.strong,
            "openings are logged here, and not one of this service")
        ledger.add(
            if: matter.has(.senderServes) && matter.classes.has(.fin), .slight,
            "they come from the server: the busier end closes last")
        ledger.add(
            if: matter.fansOut && matter.has(.receiverServes) && matter.has(.few)
                && !matter.has(.opened)
                && (matter.senderFacts.toolStrays > 0 || isFannedOut(matter)), -.strong,
            "the sender probes many hosts or ports")
        ledger.add(
            if: matter.isAlwaysPrevented, -.decisive,
            "no connection between these hosts ever worked")
    }
}
