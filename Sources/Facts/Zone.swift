// A time zone as a table of offsets: made at the edge, handed in as a value, so that the pure
// rooms never ask the machine.

public struct Zone: Equatable, Sendable {
    /// From `start` (UTC seconds) on, local time is UTC plus `offset` seconds.
    public struct Rule: Equatable, Sendable {
        public var start: Int64
        public var offset: Int
        public init(start: Int64, offset: Int) {
            self.start = start
            self.offset = offset
        }
    }

    public let name: String
    // Invariant: never empty, sorted by start, the first rule starts at Int64.min.
    let rules: [Rule]

    public init(name: String, rules: [Rule]) {
        precondition(!rules.isEmpty && rules[0].start == .min)
        self.name = name
        self.rules = rules
    }

    public init(name: String, offset: Int) {
        self.init(name: name, rules: [Rule(start: .min, offset: offset)])
    }

    public static let utc = Zone(name: "UTC", offset: 0)

    /// What to add to UTC at a moment.
    public func offset(atUTC seconds: Int64) -> Int {
        var low = 0
        var high = rules.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if rules[middle].start <= seconds { low = middle } else { high = middle }
        }
        return rules[low].offset
    }

    /// The UTC seconds of a local clock reading. A reading that occurs twice (clocks set back)
    /// means the first; one that never occurs (clocks set forward) is read with the old offset.
    public func utc(fromLocal seconds: Int64) -> Int64 {
        // A rule can be wrong by a day at most around its start, so two candidates decide.
        let early = seconds - Int64(offset(atUTC: seconds - 86400))
        if early + Int64(offset(atUTC: early)) == seconds { return early }
        let late = seconds - Int64(offset(atUTC: seconds + 86400))
        return late + Int64(offset(atUTC: late)) == seconds ? late : early
    }
}
