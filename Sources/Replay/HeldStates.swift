// How many states are held over time, for several values of a timeout at once.
//
// Read first: `TimeoutCurve`. Each state is an interval; what is added up are beginnings and ends in
// bins of time. Held in a bin is who was there at its end, and the peak is the fullest bin: a state
// that begins and ends within one bin is not in it.

import Facts

struct HeldStates: Sendable {
    // Limit: bins, however long the capture is: when they are full, two become one. An hour then has
    // bins of a quarter of a second, a month of three minutes.
    private static let binsMax = 1 << 14

    private var changes: [Int32]
    private let start: Instant
    private(set) var binMicroseconds: Int64 = 100_000
    /// The bin behind the last one that something falls into.
    private var used = 0

    init(start: Instant) {
        self.start = start
        changes = Array(repeating: 0, count: HeldStates.binsMax)
    }

    mutating func add(_ change: Int32, at time: Instant) {
        let since = max(0, time.since(start) ?? 0)
        while since / binMicroseconds >= Int64(HeldStates.binsMax) { halve() }
        let bin = Int(since / binMicroseconds)
        changes[bin] += change
        used = max(used, bin + 1)
    }

    private mutating func halve() {
        for bin in 0..<HeldStates.binsMax / 2 {
            changes[bin] = changes[2 * bin] + changes[2 * bin + 1]
        }
        for bin in HeldStates.binsMax / 2..<HeldStates.binsMax { changes[bin] = 0 }
        used = (used + 1) / 2
        binMicroseconds *= 2
    }

    /// The most that were held, up to a moment.
    func peak(until end: Instant) -> Int {
        let last = Int(max(0, end.since(start) ?? 0) / binMicroseconds)
        var held = 0
        var peak = 0
        for bin in 0..<min(used, last + 1) {
            held += Int(changes[bin])
            peak = max(peak, held)
        }
        return peak
    }
}
