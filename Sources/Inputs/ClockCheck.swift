// The reading before the reading: how far the clocks of several inputs are apart.

import Dialects
import Evidence
import Facts

/// Microseconds by which each input's clock is ahead of the first one's; nil where nothing tells.
// Logs first: a capture has many packets, and only those that a log tells of matter.
func measuredOffsets(
    _ inputs: [Input], captures: [Bool], _ options: ReadOptions
) -> [Int64?] {
    var prints = inputs.map { _ in ClockPrints() }
    for wantsCaptures in [false, true] {
        let logs = wantsCaptures ? prints.filter { $0.count > 0 } : []
        for place in inputs.indices where captures[place] == wantsCaptures {
            var own = ClockPrints()
            EntryWalk(Arrangement(alone: inputs[place]), options).run { walked, _ in
                own.add(walked.entry, among: logs.isEmpty ? nil : logs)
                return true
            }
            prints[place] = own
        }
    }
    return clockOffsets(prints)
}
