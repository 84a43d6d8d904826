// unexplained: the evidence does not decide. What to collect is said instead of a guess.

import Evidence
import Facts

public struct Unexplained: Cause {
    public init() {}
    public var id: CauseID { .unexplained }

    public var usualHarm: Harm { .unknown }

    public func subject(_ matter: Matter) -> Subject {
        matter.isAlwaysPrevented ? matter.serviceSubject : matter.portSubject
    }

    /// What is missing, as facts of weight 0: they decide nothing and are told.
    public func weigh(_ matter: Matter, _ ledger: inout Ledger) {
        guard matter.key.kind == .stray else { return }
        ledger.add(
            if: !matter.has(.opened) && !matter.recordsOpenings, 0,
            "openings are not logged: whether these connections ever opened here is unknown")
        ledger.add(
            if: !matter.has(.opened) && matter.recordsOpenings, 0,
            "the opening of these connections is not in the log: it was before it, or elsewhere")
        ledger.add(
            if: matter.has(.opened) && !matter.has(.closed), 0,
            "the log does not tell when and why the firewall forgot these connections")
        ledger.add(
            if: matter.has(.single), 0, "one packet of each connection says little")
        ledger.add(
            if: matter.isAlwaysPrevented, 0, "no connection between these hosts ever worked")
    }
}
