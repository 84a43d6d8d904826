// state-loss: the firewall lost its states.

import Evidence
import Facts

public struct StateLoss: Cause {
    public init() {}
    public var id: CauseID { .stateLoss }

    public var usualHarm: Harm { .tune }

    public func subject(_ matter: Matter) -> Subject {
        .interface(matter.key.interface, node: matter.key.node)
    }

    public func weigh(_ matter: Matter, _ ledger: inout Ledger) {
        guard matter.key.kind == .stray else { return }
        ledger.add(
            if: matter.has(.closedFlushed) && !matter.has(.strayedBeforeClose), 5.5,
            "the firewall itself says that the state was removed, by hand or by a failover")
    }
}
