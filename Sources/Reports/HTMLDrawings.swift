// Which drawings a finding has: those that its cause asks for, and a connection where one is known.

import Causes
import Exhibits
import Replay

extension HTMLReport {
    func putDrawings(_ finding: Finding, _ exhibit: Exhibit?, _ out: inout HTMLWriter) {
        if finding.paths.count == 2 { putPaths(finding, &out) }
        if let ladder = exhibit?.ladder { putLadder(ladder, finding, &out) }
        if let grid = exhibit?.grid { putGrid(grid, finding, &out) }
        if let burst = exhibit?.burst { putBurst(burst, finding, &out) }
        if let curve = curve(finding) { putCurve(curve, finding, &out) }
    }

    /// The curve of the timeout that a finding is about, where the log tells one value from another.
    private func curve(_ finding: Finding) -> TunedCurve? {
        let name: String
        switch (finding.cause, finding.variant) {
        case (.idleTimeout, "half-closed"): name = "tcp.half-closed"
        case (.idleTimeout, "opening"), (.overloadedHost, _): name = "tcp.opening"
        case (.idleTimeout, _): name = "tcp.established"
        default: return nil
        }
        guard let curve = account.tuning?.curves.first(where: { $0.timeout.name == name }),
            curve.tells, curve.values.count > 1
        else { return nil }
        return curve
    }
}
