// The random numbers of property tests: another seed each run, told when a test fails, and the
// same again with `STRAY_SEED=`.

import Glibc

/// SplitMix64 (Steele, Lea, Flood 2014): small, and every seed gives a good sequence.
public struct Seeded: RandomNumberGenerator, CustomStringConvertible {
    public let seed: UInt64
    private var state: UInt64

    public init() {
        let given = getenv("STRAY_SEED").flatMap { UInt64(String(cString: $0)) }
        seed = given ?? UInt64.random(in: 0...UInt64(UInt32.max))
        state = seed
    }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }

    public var description: String { "repeat with STRAY_SEED=\(seed)" }

    /// Bytes out of an alphabet: a small one makes what is looked for turn up.
    public mutating func bytes(_ count: ClosedRange<Int>, of alphabet: String) -> [UInt8] {
        let letters = Array(alphabet.utf8)
        return (0..<Int.random(in: count, using: &self)).map { _ in
            letters[Int.random(in: 0..<letters.count, using: &self)]
        }
    }

    public mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: 0..<elements.count, using: &self)]
    }

    /// True once in so many times.
    public mutating func once(in times: Int) -> Bool {
        Int.random(in: 0..<times, using: &self) == 0
    }
}
