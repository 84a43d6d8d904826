// What a rule says of its states, worked out once: its own timeouts over the general ones.
//
// Read first: `StateOptions` in Policy, PFTimer.swift. pf.c, `pf_state_expires()`: a rule's own
// timeout counts unless it is zero.

import Policy

struct PFRuleTerms: Sendable {
    let rule: Int?
    let options: StateOptions
    var times: PFTimes
    /// How many states of it there are.
    var count = 0
    /// The adaptive values are its own, and count its own states.
    let hasOwnAdaptive: Bool
    /// As `PF.assumed`, for the states of this rule.
    var assumed = 0

    init(_ rule: Int?, _ options: StateOptions, over general: PFTimes) {
        self.rule = rule
        self.options = options
        times = general
        var hasOwnAdaptive = false
        for timeout in options.timeouts where timeout.seconds > 0 {
            guard let timer = PFTimer(name: timeout.name), timer != .interval else { continue }
            times[timer] = UInt32(clamping: timeout.seconds)
            if timer == .adaptiveStart { hasOwnAdaptive = true }
        }
        // The end that counts is then the rule's too, even where it has none.
        if hasOwnAdaptive, !options.timeouts.contains(where: { $0.name == "adaptive.end" }) {
            times[.adaptiveEnd] = 0
        }
        self.hasOwnAdaptive = hasOwnAdaptive
    }

    /// Seconds of a timer when so many states count against the adaptive values. Zero when there
    /// are so many that states end at once.
    @inline(__always)
    func seconds(_ timer: PFTimer, states: Int) -> Int64 {
        let whole = Int64(times[timer])
        let start = Int64(times[.adaptiveStart])
        let end = Int64(times[.adaptiveEnd])
        guard end > 0, states > start, start < end else { return whole }
        let states = Int64(states)
        return states < end ? whole * (end - states) / (end - start) : 0
    }
}
