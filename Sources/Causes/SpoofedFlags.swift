// spoofed-flags: impossible or forged packets, alone, with no pattern of a scan.

import Evidence
import Facts

public struct SpoofedFlags: Cause {
    public init() {}
    public var id: CauseID { .spoofedFlags }

    public var usualHarm: Harm { .attack }

    public func subject(_ matter: Matter) -> Subject {
        .interface(matter.key.interface, node: matter.key.node)
    }

    public func weigh(_ matter: Matter, _ ledger: inout Ledger) {
        guard matter.key.kind == .stray else { return }
        let unnatural = !matter.classes.isDisjoint(with: .unnatural)
        ledger.add(if: unnatural, 3.0, "no TCP stack sends these flags")
        ledger.add(
            if: matter.has(.bogusSource), 3.0, "no packet on a network can come from this address")
        ledger.add(
            if: matter.has(.sameHost) && matter.key.direction == .inward, 2.5,
            "source and destination are the same: a forgery (\"land\")")
        ledger.add(
            if: matter.has(.invalidFlags), 1.0, "the firewall itself calls the flags impossible")
        guard unnatural || matter.has(.bogusSource) || matter.has(.sameHost) else { return }
        ledger.add(if: matter.has(.few), 0.3, "few packets, no conversation")
        ledger.add(
            if: matter.fansOut, -3.0, "the sender sends such packets to many: that is a scan")
        ledger.add(
            if: matter.has(.opened), -1.5,
            "the connection had opened: damage on the way is likelier than a forgery")
    }
}
