// The random numbers of everything generated: SplitMix64 (Steele, Lea, Flood, "Fast Splittable
// Pseudorandom Number Generators", OOPSLA 2014). Ours, so that a seed keeps meaning the same bytes.

struct SplitMix64 {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// A number from 0 up to, not including, `bound`: by multiplication, without a division. The
    /// bias is below bound / 2^64.
    mutating func below(_ bound: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// A number between the two, both included.
    mutating func between(_ low: Int, _ high: Int) -> Int { low + below(high - low + 1) }

    /// True in `percent` cases of a hundred.
    mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

    mutating func pick<Element>(_ from: [Element]) -> Element { from[below(from.count)] }

    mutating func word() -> UInt32 { UInt32(truncatingIfNeeded: next() >> 32) }

    /// A port that Linux, Windows and macOS all give to a client.
    mutating func clientPort() -> UInt16 { UInt16(between(49152, 60999)) }
}
