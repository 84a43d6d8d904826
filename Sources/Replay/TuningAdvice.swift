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

    public init(_ curve: TimeoutCurve) {
        let peaks = curve.peaks
        guard let now = curve.values.firstIndex(of: curve.now), peaks.count == curve.values.count
        else {
            self.init(nil, "no connection was ever under this timeout")
            return
        }
        if curve.cut[now] > 0 {
            self.init(longerThan: now, curve, peaks)
        } else {
            self.init(shorterThan: now, curve, peaks)
        }
    }

    private init(_ seconds: Int64?, _ reason: String) {
        self.seconds = seconds
        self.reason = reason
    }

    private init(longerThan now: Int, _ curve: TimeoutCurve, _ peaks: [Int]) {
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
        self.init(
            curve.values[place],
            "it spares \(cut - curve.cut[place]) of the \(cut) connections that are cut now, and "
                + "the table holds \(max(0, peaks[place] - peaks[now])) more states at its peak")
    }

    private init(shorterThan now: Int, _ curve: TimeoutCurve, _ peaks: [Int]) {
        let saving = curve.values.indices.first { place in
            place < now && curve.cut[place] == 0
                && Double(peaks[now] - peaks[place])
                    >= TuningAdvice.savedShare * Double(peaks[now])
        }
        guard let saving else {
            self.init(nil, "it cuts no connection, and a shorter one would save little")
            return
        }
        self.init(
            curve.values[saving],
            "it cuts no connection of this capture either, and the table holds "
                + "\(peaks[now] - peaks[saving]) fewer states at its peak; a capture of a day has "
                + "no pauses of a week, so shorten it only where memory is short")
    }
}
