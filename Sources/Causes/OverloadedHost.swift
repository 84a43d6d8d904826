// overloaded-host: a loaded host answered after its peer had given up.

import Evidence
import Facts

public struct OverloadedHost: Cause {
    public init() {}
    public var id: CauseID { .overloadedHost }

    public var usualHarm: Harm { .tune }

    public func weigh(_ matter: Matter, _ ledger: inout Ledger) {
        guard matter.key.kind == .stray, matter.has(.opened), !matter.has(.openedBySender) else {
            return
        }
        ledger.add(
            if: matter.classes.has(.synAck), 3.5,
            "the SYN it answers had passed here; the answer came when the opening was forgotten")
        ledger.add(
            if: matter.classes.has(.synAck) && matter.has(.closedHandshake), 1.0,
            "the firewall gave the opening up before the answer came")
        ledger.add(
            if: matter.classes.has(.data) && matter.has(.closedByReset), 2.5,
            "the client had given up with a RST; the server's data came after that")
    }
}
