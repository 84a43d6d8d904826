// packet-anomaly: the packet itself was refused; a state had nothing to do with it.

import Evidence
import Facts

public struct PacketAnomaly: Cause {
    public init() {}
    public var id: CauseID { .packetAnomaly }

    public func variant(_ matter: Matter) -> Variant? {
        switch matter.key.reason {
        case .ipOption: "ip-options"
        case .fragment, .badOffset: "fragment"
        case .short, .truncated: "short"
        case .badChecksum: "checksum"
        case .normalize: "normalize"
        default: "malformed"
        }
    }

    public var usualHarm: Harm { .harmless }

    /// Damaged packets of one's own hosts are a fault to mend; a stranger's are noise. IP options
    /// are refused on purpose, and IGMP carries one by design (RFC 2236 §2).
    public func harm(_ variant: Variant?, _ matter: Matter) -> Harm {
        let own = matter.has(.senderInside)
        return own && variant != "ip-options" ? .misconfigured : .harmless
    }

    public func subject(_ matter: Matter) -> Subject {
        .reason(matter.key.reason, interface: matter.key.interface, node: matter.key.node)
    }

    public func weigh(_ matter: Matter, _ ledger: inout Ledger) {
        guard matter.key.kind == .anomaly else { return }
        if matter.key.reason == .fragment {
            ledger.add(
                6.0, "they are fragments without a header of their own, or refused as fragments")
        } else {
            ledger.add(
                6.0,
                "the firewall says that the packet itself was at fault: "
                    + "\(matter.key.reason.name)")
        }
    }
}
