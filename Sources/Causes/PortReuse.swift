// port-reuse: an end reused its ports while the firewall still held the old state.

import Evidence
import Facts

public struct PortReuse: Cause {
    public init() {}
    public var id: CauseID { .portReuse }

    public var usualHarm: Harm { .harmless }
}
