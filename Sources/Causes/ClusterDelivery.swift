// cluster-delivery: a copy of traffic meant for another node of a cluster.

import Evidence
import Facts

public struct ClusterDelivery: Cause {
    public init() {}
    public var id: CauseID { .clusterDelivery }

    public var usualHarm: Harm { .harmless }

    public func weigh(_ matter: Matter, _ ledger: inout Ledger) {
        guard matter.key.kind == .stray else { return }
        ledger.add(
            if: matter.has(.clusterMAC), 5.0,
            "the frames were sent to a cluster's shared address, so every node got a copy")
        ledger.add(
            if: matter.has(.clusterMAC) && matter.has(.opened), -2.0,
            "the connection had opened through this node")
    }
}
