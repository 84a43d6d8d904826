// What a timeout's curve recommends, and why.
//
// Read first: `TimeoutCurve`.

/// A recommendation: the value, and the reason in words.
public struct TuningAdvice: Equatable, Sendable {
    /// Seconds; nil where the present value is as good as any.
    public var seconds: Int64?
    public var reason: String

    // A longer timeout is recommended if it spares most of the connections that are cut, and a
    // shorter one if it cuts none and spares a tenth of the states: below that a change is not
    // worth its risk.
    private static let sparedShare = 0.9
    private static let savedShare = 0.1

    public init(_ curve: TunedCurve) {
        guard let now = curve.values.firstIndex(of: curve.now), !curve.isEmpty else {
            self.init(nil, "no connection was ever under this timeout")
            return
        }
        if curve.cut[now] > 0 {
            self.init(longerThan: now, curve)
        } else {
            self.init(shorterThan: now, curve)
        }
    }

    private init(_ seconds: Int64?, _ reason: String) {
        self.seconds = seconds
        self.reason = reason
    }

    private init(longerThan now: Int, _ curve: TunedCurve) {
        let cut = curve.cut[now]
        let wanted = Int((Double(cut) * (1 - TuningAdvice.sparedShare)).rounded(.down))
        let best = curve.cut.min() ?? 0
        guard best < cut else {
            self.init(
                nil, "\(cut) connections are cut, and no longer value spares any")
            return
        }
        let goal = max(wanted, best)
        let place = curve.values.indices.first { $0 > now && curve.cut[$0] <= goal } ?? now
        let spared =
            "it spares \(cut - curve.cut[place]) of the \(cut) connections that are cut now, and "
        guard !curve.peaks.isEmpty else {
            self.init(
                curve.values[place],
                spared + "what it costs is not known: the log tells no ends")
            return
        }
        let more = max(0, curve.peaks[place] - curve.peaks[now])
        self.init(
            curve.values[place], spared + "the table holds \(more) more states at its peak")
    }

    private init(shorterThan now: Int, _ curve: TunedCurve) {
        let saving = curve.values.indices.first { place in
            guard place < now, curve.most(place) == 0, !curve.peaks.isEmpty else { return false }
            return Double(curve.peaks[now] - curve.peaks[place])
                >= TuningAdvice.savedShare * Double(curve.peaks[now])
        }
        if let saving {
            self.init(
                curve.values[saving],
                "it cuts no connection of this \(curve.isExact ? "capture" : "log") either, "
                    + "and the table holds \(curve.peaks[now] - curve.peaks[saving]) fewer "
                    + "states at its peak; a day has no pauses of a week, so shorten it only "
                    + "where memory is short")
        } else if curve.isExact || (0..<now).allSatisfy({ curve.most($0) == 0 }) {
            self.init(nil, "it cuts no connection, and a shorter one would save little")
        } else {
            self.init(
                nil,
                "it cuts no connection, and nothing in the log shows that a shorter one cuts none")
        }
    }
}
