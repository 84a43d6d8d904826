// What one timeout does at each value: the outcome of a `TimeoutCurve` over a capture, and of
// `LogTuning` over a log.
//
// Read first: `TunedTimeout`.

public struct TunedCurve: Equatable, Sendable {
    public var timeout: TunedTimeout
    /// Seconds, upwards; one is the present value.
    public var values: [Int64]
    public var now: Int64
    /// Connections that the timeout cuts, at each value: all that are known to be.
    public var cut: [Int]
    /// Connections that are perhaps cut, at each value; nil where nothing tells how many. Empty
    /// where `cut` is exact.
    public var cutAtMost: [Int?] = []
    /// The most states held, at each value; empty where nothing tells.
    public var peaks: [Int]
    /// How fine the peaks are.
    public var binMicroseconds: Int64

    public init(
        _ timeout: TunedTimeout, now: Int64, values: [Int64], cut: [Int], peaks: [Int],
        binMicroseconds: Int64
    ) {
        self.timeout = timeout
        self.now = now
        self.values = values
        self.cut = cut
        self.peaks = peaks
        self.binMicroseconds = binMicroseconds
    }

    /// Whether nothing was ever under this timeout.
    public var isEmpty: Bool { isExact && peaks.isEmpty }

    public var isExact: Bool { cutAtMost.isEmpty }

    /// How many are cut at most, at the value of a place; nil where nothing tells.
    public func most(_ place: Int) -> Int? { isExact ? cut[place] : cutAtMost[place] }

    /// Whether values differ in anything.
    public var tells: Bool {
        Set(cut).count > 1 || Set(peaks).count > 1 || Set(cutAtMost.compactMap { $0 }).count > 1
    }
}
