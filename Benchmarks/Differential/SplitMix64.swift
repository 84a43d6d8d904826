// The random numbers of the packets: SplitMix64 (Steele, Lea, Flood, "Fast Splittable Pseudorandom
// Number Generators", OOPSLA 2014). A seed means the same packets everywhere.

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

    /// A number from 0 up to, not including, `bound`.
    mutating func below(_ bound: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    mutating func chance(_ share: Double) -> Bool { Double(next() >> 11) < share * 0x1p53 }

    mutating func pick<Element>(_ from: [Element]) -> Element { from[below(from.count)] }

    mutating func side() -> Side { next() & 1 == 0 ? .client : .server }
}
