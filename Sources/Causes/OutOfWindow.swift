// out-of-window: a state exists, but the packet did not fit it.

import Evidence
import Facts

public struct OutOfWindow: Cause {
    public init() {}
    public var id: CauseID { .outOfWindow }

    public var usualHarm: Harm { .harmless }

    public func weigh(_ matter: Matter, _ ledger: inout Ledger) {
        guard matter.key.kind == .stray else { return }
        ledger.add(
            if: matter.has(.hadState), 4.5,
            "the firewall says that it knew the connection and the packet did not fit it")
        ledger.add(
            if: matter.has(.hadState) && matter.has(.saysNoState), -3.0,
            "for other packets it says that it knew no connection")
        ledger.add(
            if: matter.has(.hadState) && !matter.classes.isDisjoint(with: .unnatural), -2.0,
            "no stack sends these flags")
    }
}
