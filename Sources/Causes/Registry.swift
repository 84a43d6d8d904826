// Every cause, in the order of the list. A new cause is one row here.

public let allCauses: [any Cause] = [
    LateClose(),
    IdleTimeout(),
    AsymmetricRouting(),
    ClusterDelivery(),
    NotTCP(),
    Scan(),
    OverloadedHost(),
    SpoofedFlags(),
    OutOfWindow(),
    PortReuse(),
    StateLoss(),
    Backscatter(),
    PacketAnomaly(),
    Policy(),
    Unexplained(),
]

/// The cause of an id.
public func cause(_ id: CauseID) -> any Cause { allCauses[Int(id.rawValue)] }
