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
        // A FIN can only be sent on a connection that stood; a RST also answers what never did.
        ledger.add(
            if: matter.isClosingOnly && classes.has(.fin), 1.2,
            "only packets that end a connection were blocked, FINs among them")
        ledger.add(
            if: matter.isClosingOnly && !classes.has(.fin) && classes.has(.resetAck), 0.9,
            "only RST,ACKs were blocked: an application let go of a connection that stood")
        ledger.add(
            if: matter.isClosingOnly && classes == FlagClasses(.reset), 0.5,
            "only bare RSTs were blocked: a host answered for a connection it no longer had")
        ledger.add(
            if: matter.has(.farewell), 0.3,
            "the data with the FIN is a few bytes: a farewell, such as TLS's")
        // The same number at doubling gaps is a stack's retransmission timer (RFC 6298 §5.5):
        // nobody forges that.
        ledger.add(
            if: matter.isClosingOnly && matter.has(.repeated), 1.0,
            "the same closing packet was sent again: its acknowledgement never came")
        ledger.add(
            if: matter.isClosingOnly && matter.has(.timestamps), 0.5,
            "TCP timestamps: a real stack in the middle of a conversation")
        // Data says that an end was not done: then it is no leftover.
        ledger.add(
            if: carriesData, -3.0, "packets with data were blocked too: an end was not done yet")
        ledger.add(if: classes.has(.synAck), -5.0, "a SYN,ACK opens, it does not close")
        ledger.add(if: matter.has(.otherSynAck), -4.0, "the other end was still opening")
        ledger.add(if: matter.looksMade, -3.0, "the packets look made by a tool, not by a stack")
        ledger.add(
            if: matter.has(.equalGaps), -1.0, "they came at equal gaps, as probes do, not repeats")
    }

    private func weighHistory(_ matter: Matter, _ ledger: inout Ledger) {
        let small = matter.isClosingOnly || matter.classes == FlagClasses(.ack)
        let ended = matter.has(.closedByFins) || matter.has(.closedByReset)
        if small, ended, !matter.has(.strayedBeforeClose) {
            let soon = matter.key.sinceClose.isBelow(600)
            ledger.add(
                soon ? 4.0 : 1.5,
                "the firewall had seen the connection end\(soon ? " shortly before" : "")")
        }
        if matter.has(.closedHalfClosed), matter.isClosingOnly {
            ledger.add(2.0, "one end had closed; the half-closed state ended before the other did")
        }
        if matter.has(.closedIdle) {
            ledger.add(
                -4.0, "the firewall ended the connection for being idle, no end had closed it")
        }
        if matter.has(.closedHandshake) {
            ledger.add(-4.0, "the connection never finished opening, as the firewall saw it")
        }
        if matter.has(.closedFlushed) {
            ledger.add(-4.0, "the firewall's states were removed; no end had closed it")
        }
        if matter.has(.opened), !matter.has(.closed), matter.isClosingOnly {
            weighAge(matter, &ledger)
        }
    }

    /// Opened, and ended without a word of it in the log: pf logs no ends.
    private func weighAge(_ matter: Matter, _ ledger: inout Ledger) {
        let limit = matter.timers.established
        if matter.heardWithin(limit) {
            ledger.add(
                2.5,
                "it had opened, and its state could not have timed out yet "
                    + "(\(matter.spoken(limit)) idle): it was removed because it closed")
        } else if matter.silentFor(limit) {
            ledger.add(
                -3.0,
                "it had been silent longer than the firewall's idle timeout "
                    + "(\(matter.spoken(limit)))")
        }
    }

    private func weighSurroundings(_ matter: Matter, _ ledger: inout Ledger) {
        guard matter.isClosingOnly else { return }
        if let service = matter.service, service.strayed >= 10,
            service.classes.subtracting(.closing).isEmpty
        {
            ledger.add(0.8, "of all this service's connections only the ends were ever blocked")
        }
        if let service = matter.service, service.worked > 0 {
            ledger.add(0.6, "the same service has connections that work")
        }
        if let pair = matter.pair {
            if pair.classes.subtracting(.closing).isEmpty {
                ledger.add(1.2, "nothing but closing packets was ever blocked between these hosts")
            } else if pair.worked == 0 {
                ledger.add(
                    -2.5, "other packets of these hosts were blocked too, and no connection worked")
            } else {
                ledger.add(-0.5, "other packets of these hosts were blocked too")
            }
            ledger.add(
                if: pair.worked > 0, 0.6, "other connections between these hosts worked")
        }
        ledger.add(
            if: matter.has(.senderServes) && matter.classes.has(.fin), 0.3,
            "they come from the server: the busier end closes last")
        ledger.add(
            if: matter.fansOut && matter.has(.receiverServes) && matter.has(.few)
                && !matter.has(.opened) && matter.senderFacts.toolStrays > 0, -3.0,
            "the sender probes many hosts or ports")
        ledger.add(
            if: matter.isAlwaysPrevented, -4.0, "no connection between these hosts ever worked")
    }
}
