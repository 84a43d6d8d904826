// not-tcp: traffic dressed as TCP that keeps no TCP connection.

import Evidence
import Facts

public struct NotTCP: Cause {
    public init() {}
    public var id: CauseID { .notTCP }

    public var usualHarm: Harm { .tune }
}
