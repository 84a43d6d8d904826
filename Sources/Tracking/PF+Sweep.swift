// When states end: the sweep that removes those whose time is over, and the timeouts that shrink
// when there are many.
//
// pf.c, `pf_purge_thread()`: ten times a second a part of the table is looked at, so that all of it
// is once in `interval` seconds; a state therefore leaves up to that much late. Which part of the
// round looks at a state follows in pf from the state's number; here from its key's hash, so that
// it does not depend on what else was captured. pf counts whole seconds; here microseconds count.
//
// Nothing walks the table: the wheel hands a state out when the sweep would look at it and its time
// may be over. Read first: PFState.swift, `StateTable`.

import Bytes
import Facts
import Policy

extension PF {
    /// Lets time pass. Times that run backwards are taken as no time passing.
    @inline(__always)
    mutating func advance(to time: Instant) {
        guard time > now else { return }
        if !now.isKnown { begin(at: time) }
        // Limit: 36,000 years; sums with timeouts stay far from the end of the numbers.
        now = Instant(microseconds: min(time.microseconds, 1 << 60))
        // Within a tick of the wheel nothing more comes due.
        let tick = now.microseconds >> TimerWheel.tickBits
        guard tick != lastTick else { return }
        lastTick = tick
        while let number = states.nextDue(by: now) { look(at: number) }
    }

    /// The first time that is known. States that were made before it begin with it.
    private mutating func begin(at time: Instant) {
        now = time
        for number in states.numbers where states.isLive(number) {
            states[number].began = time
            states[number].renewed = time
            states.setExpiry(number, visit(of: states[number], after: time), now: time)
        }
    }

    /// What the sweep does when it comes by.
    private mutating func look(at number: Int) {
        let visited = states.expiry(number)
        if expiry(number) <= visited {
            remove(number, .expired, at: visited)
        } else {
            states.setExpiry(number, visit(of: states[number], after: visited), now: now)
        }
    }

    /// When a state's time is over, with as many states as there are.
    @inline(__always)
    func expiry(_ number: Int) -> Instant { expiry(of: states[number]) }

    @inline(__always)
    func expiry(of state: PFState) -> Instant {
        let own = Int(state.terms)
        let count = terms[own].hasOwnAdaptive ? terms[own].count : states.count
        return state.renewed.plus(seconds: terms[own].seconds(state.timer, states: count))
    }

    /// A packet renews a state: its clock starts again, with this timeout.
    @inline(__always)
    mutating func renew(_ number: Int, _ timer: PFTimer) {
        states[number].renewed = now
        states[number].timer = timer
        // What ends later than the sweep looks at it anyway need not be moved.
        guard soonestEnd(of: states[number]) < states.expiry(number) else { return }
        states.setExpiry(number, visit(of: states[number], after: now), now: now)
    }

    /// The same for a state that a packet changed otherwise too; and what is said of the packet.
    @inline(__always)
    mutating func put(_ number: Int, _ state: PFState, _ says: StaticString) -> Tracked {
        states[number] = state
        let own = Int(state.terms)
        let end = expiry(of: state)
        let soonest = assumed == 0 && !terms[own].hasOwnAdaptive ? end : soonestEnd(of: state)
        if soonest < states.expiry(number) {
            states.setExpiry(number, visit(of: state, after: now), now: now)
        }
        var tracked = Tracked(.pass, .established)
        tracked.reason = .match
        tracked.says = says
        tracked.state = number
        tracked.phase = state.phase
        tracked.expiry = end
        tracked.rule = terms[own].rule
        return tracked
    }

    /// The earliest that the state's time may be over while there are no more than was assumed.
    @inline(__always)
    private func soonestEnd(of state: PFState) -> Instant {
        let own = Int(state.terms)
        let count =
            terms[own].hasOwnAdaptive
            ? max(terms[own].assumed, terms[own].count) : max(assumed, states.count)
        return state.renewed.plus(seconds: terms[own].seconds(state.timer, states: count))
    }

    /// When the sweep first comes by after a time and may find the state's time over.
    func visit(of state: PFState, after time: Instant) -> Instant {
        let round = max(1, Int64(times[.interval])) * 1_000_000
        // The part of the round that is the state's own, in tenths of a second.
        let place = Int64(state.place) * round / 65536 / 100_000 * 100_000
        let end = max(soonestEnd(of: state).microseconds, time.microseconds &+ 1)
        var wait = (place &- end) % round
        if wait < 0 { wait += round }
        return Instant(microseconds: end &+ wait)
    }
}

/// With adaptive timeouts every new state shortens the time of all others. They are listed anew
/// only when there are some more than was assumed when they were listed: a little too many are
/// assumed, so that this comes seldom, and states are looked at a little too early.
extension PF {
    mutating func noteGrowth(_ own: Int) {
        if terms[own].hasOwnAdaptive {
            let count = terms[own].count
            guard count > Int(terms[own].times[.adaptiveStart]), count > terms[own].assumed
            else { return }
            terms[own].assumed = count + terms[own].times.margin
            listAnew()
        } else {
            let count = states.count
            guard times[.adaptiveEnd] > 0, count > Int(times[.adaptiveStart]), count > assumed
            else { return }
            assumed = count + times.margin
            listAnew()
        }
    }

    mutating func noteShrinking(_ own: Int) {
        if terms[own].hasOwnAdaptive {
            let count = terms[own].count
            if terms[own].assumed > count + 2 * terms[own].times.margin { terms[own].assumed = 0 }
        } else if assumed > states.count + 2 * times.margin {
            assumed = 0
        }
    }

    /// Lists every state by its timeout as it is now.
    mutating func listAnew() {
        for number in states.numbers where states.isLive(number) {
            let visit = visit(of: states[number], after: now)
            if visit < states.expiry(number) { states.setExpiry(number, visit, now: now) }
        }
    }
}

extension Instant {
    @inline(__always)
    fileprivate func plus(seconds: Int64) -> Instant {
        Instant(microseconds: microseconds &+ seconds &* 1_000_000)
    }
}
