// The reading before the reading: how far the clocks of several inputs are apart.

import Dialects
import Evidence
import Facts

/// Microseconds by which each input's clock is ahead of the first one's; nil where nothing tells.
// Logs first: a capture has many packets, and only those that a log tells of matter.
func measuredOffsets(
    _ inputs: [Input], captures: [Bool], _ options: ReadOptions
) -> [Int64?] {
    let collection = Collection(inputs, options)
    collection.read(inputs.indices.filter { !captures[$0] }, among: nil)
    let logs = collection.prints.filter { $0.count > 0 }
    collection.read(inputs.indices.filter { captures[$0] }, among: logs.isEmpty ? nil : logs)
    return clockOffsets(collection.prints)
}

/// The prints of all inputs; each is read by one thread.
private final class Collection: @unchecked Sendable {
    private let inputs: [Input]
    private let options: ReadOptions
    private let gate = Lock()
    // Guarded by the gate while threads run.
    private(set) var prints: [ClockPrints]

    init(_ inputs: [Input], _ options: ReadOptions) {
        self.inputs = inputs
        self.options = options
        prints = inputs.map { _ in ClockPrints() }
    }

    func read(_ places: [Int], among others: [ClockPrints]?) {
        let threads = min(options.threads, places.count)
        guard threads > 0 else { return }
        onThreads(threads) { thread in
            for turn in stride(from: thread, to: places.count, by: threads) {
                self.read(places[turn], among: others)
            }
        }
    }

    private func read(_ place: Int, among others: [ClockPrints]?) {
        var own = ClockPrints()
        EntryWalk(Arrangement(alone: inputs[place]), options).run { walked, _ in
            own.add(walked.entry, among: others)
            return true
        }
        gate.locked { prints[place] = own }
    }
}
