// A look at the beginning of the inputs, for what must be known before they are read.

import Evidence
import Facts

// Limit: entries looked at of each input, some ten milliseconds.
private let entriesMax = 10_000
// Limit: inputs looked at; more pieces of one log tell nothing new.
private let inputsMax = 8

/// The networks behind the firewall whose addresses are not private ones, as far as the beginning
/// of the inputs tells. They must be readable again.
public func learntInside(_ inputs: [Input], _ options: ReadOptions) -> [Network] {
    var learner = InsideLearner()
    for input in inputs.prefix(inputsMax) where input.path != nil {
        var left = entriesMax
        EntryWalk(Arrangement(alone: input), options).run { walked, _ in
            learner.add(walked.entry)
            left -= 1
            return left > 0
        }
    }
    return learner.networks
}
