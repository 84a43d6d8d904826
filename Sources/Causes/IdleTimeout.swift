// idle-timeout: the connection was silent longer than the firewall remembers, then spoke again.

import Evidence
import Facts

public struct IdleTimeout: Cause {
    public init() {}
    public var id: CauseID { .idleTimeout }

    public var usualHarm: Harm { .tune }

    public func variant(_ matter: Matter) -> Variant? {
        matter.has(.closedHalfClosed) || matter.has(.passedFin) ? "half-closed" : "established"
    }

    public func weigh(_ matter: Matter, _ ledger: inout Ledger) {
        guard matter.key.kind == .stray else { return }
        let classes = matter.classes
        let speaks = classes.has(.data) || classes.has(.ack) || matter.isClosingOnly
        guard speaks, classes.isDisjoint(with: .unnatural) else { return }
        weighEnd(matter, &ledger)
        weighSilence(matter, &ledger)
        weighPackets(matter, &ledger)
    }

    private func weighEnd(_ matter: Matter, _ ledger: inout Ledger) {
        // The device's own word, and the strongest there is.
        ledger.add(
            if: matter.has(.closedIdle) && !matter.has(.strayedBeforeClose), 5.5,
            "the firewall itself says that it ended the connection for being idle")
        ledger.add(
            if: matter.has(.closedHalfClosed) && !matter.isClosingOnly, 4.5,
            "one end had closed, the other went on after the half-closed timer")
        ledger.add(
            if: matter.has(.closedByFins) || matter.has(.closedByReset), -4.0,
            "the firewall had seen an end close the connection")
        ledger.add(
            if: matter.has(.closedHandshake), -4.0,
            "the connection never finished opening, as the firewall saw it")
        ledger.add(if: matter.has(.closedFlushed), -3.0, "the firewall's states were removed")
    }

    private func weighSilence(_ matter: Matter, _ ledger: inout Ledger) {
        guard matter.has(.opened) || matter.facts.silenceMin >= 0 else { return }
        let limit = matter.timers.established
        if matter.silentFor(limit) {
            ledger.add(
                4.5,
                "the last thing that passed was longer ago than the idle timeout "
                    + "(\(matter.spoken(limit)))")
        } else if !matter.has(.closed) {
            weighShortSilence(matter, limit, &ledger)
        }
    }

    private func weighShortSilence(_ matter: Matter, _ limit: Int64, _ ledger: inout Ledger) {
        // Linux shortens the timer to five minutes while data is unacknowledged
        // (nf_conntrack_tcp_timeout_unacknowledged, _max_retrans).
        let isLinux = matter.key.dialect == .netfilter || matter.key.dialect == .conntrack
        if isLinux, matter.silentFor(300), !matter.isClosingOnly {
            ledger.add(
                1.5, "silent for five minutes or more: Linux's timer while data is unacknowledged")
        } else if matter.heardWithin(limit) {
            ledger.add(
                -3.5,
                "it had been heard of more recently than the idle timeout "
                    + "(\(matter.spoken(limit)))")
        }
    }

    private func weighPackets(_ matter: Matter, _ ledger: inout Ledger) {
        let classes = matter.classes
        ledger.add(
            if: matter.wantedClasses.has(.data), 1.0, "a packet with data: a conversation that wants to go on")
        ledger.add(
            if: classes == FlagClasses(.ack) && matter.has(.equalGaps), 1.2,
            "ACKs without data at equal gaps: keepalives of an idle connection")
        ledger.add(
            if: classes.has(.data) && matter.has(.repeated), 0.5,
            "the same data was sent again at growing gaps until its sender gave up")
        ledger.add(if: classes.has(.synAck), -5.0, "a SYN,ACK belongs to an opening")
        ledger.add(
            if: matter.has(.otherSynAck), -4.0, "the other end was still answering an opening")
        if let pair = matter.pair {
            ledger.add(if: pair.worked > 0, 0.5, "other connections between these hosts worked")
            ledger.add(
                if: matter.isAlwaysPrevented, -2.0,
                "no connection between these hosts ever worked, idle or not")
        }
        ledger.add(if: matter.looksMade, -3.0, "the packets look made by a tool, not by a stack")
    }
}
