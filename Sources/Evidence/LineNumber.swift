// The number of a line among all lines read, in one of two ways.
//
// Inputs read one after the other are counted through: that is what lets the digests of their
// blocks be joined by adding. Inputs read side by side cannot be, so there a number names its
// input in its upper bits.

public enum LineNumber {
    // Limit: a terabyte of shortest lines; what lies above names the input, from 1.
    private static let inputShift = 40

    /// The number of a line of an input read side by side with others.
    public static func of(_ line: Int, input: Int) -> Int { (input + 1) << inputShift | line }

    /// The input a line lies in, and its number there.
    public static func place(_ number: Int, lines: [Int]) -> (input: Int, line: Int) {
        if number >> inputShift > 0 {
            return ((number >> inputShift) - 1, number & (1 << inputShift - 1))
        }
        var rest = number
        for (input, count) in lines.enumerated() {
            if rest <= count { return (input, rest) }
            rest -= count
        }
        return (max(0, lines.count - 1), rest)
    }
}
