// What a dialect is: a file that turns the body of a line into an entry.
//
// Read `Envelope` first: the syslog header is taken off once, before any dialect sees the line.

import Bytes
import Facts

/// What a dialect made of a line.
public enum Reading: Equatable, Sendable {
    /// The line is not of this dialect; another may try.
    case notMine
    /// The entry was filled in.
    case entry
    /// The line is of this dialect and tells of no packet and no connection.
    case nothing
    /// The line goes on with what the entry before it tells of.
    case continued
    /// The line is of this dialect, and broken.
    case damaged(Damage)
}

/// What is wrong with a line that was recognised and could not be read.
public enum Damage: UInt8, CaseIterable, Sendable {
    case cutShort
    case badNumber
    case badAddress
    case badFlags
    case badTime
    case lineTooLong
    case badField
    case badLength

    public var name: StaticString {
        switch self {
        case .cutShort: "cut short"
        case .badNumber: "a number that is none"
        case .badAddress: "an address that is none"
        case .badFlags: "TCP flags that are none"
        case .badTime: "a time that is none"
        case .lineTooLong: "longer than 65535 bytes"
        case .badField: "a field that does not fit"
        case .badLength: "a length that cannot be"
        }
    }
}

/// What reading a line may use and change beside the entry.
public struct Context: Sendable {
    public internal(set) var names = Names()
    // What `header` remembers was read by this clock: they change together.
    public internal(set) var clock: Clock
    /// Whether fields are wanted that no judgement of a blocked opening SYN rests on. Seven of
    /// ten lines of an Internet-facing firewall are such SYNs.
    public var everyField = true
    var header = EnvelopeMemory()
    /// The columns of the line at hand, for the dialects whose lines are separated values.
    var columns = Columns()
    /// The words of the line at hand, for those that write sentences.
    var words = Words()
    /// The keys of named fields.
    var keys = KeyMemory()
    var product = CommonEventMemory()
    var prefixes = PrefixMemory()
    var rules = RuleMemory()
    /// The same for packets that tcpdump printed, whose rules are written otherwise.
    var printedRules = RuleMemory()
    var states = PfStateMemory()
    var verdicts = WordMemory<Action>()
    var reasons = WordMemory<Reason>()
    var flow = FlowMemory()
    /// Whether the line at hand has no sender, whatever its header looks like.
    var isNodeless = false
    /// A packet of pf whose addresses stand on the line behind it.
    var pflogHead: Entry?
    /// The header line that names the columns of the rows behind it.
    var columnNames = HeaderMemory()
    /// What is left of a line that tells of several packets or connections.
    var tuples = TupleMemory()

    public init(clock: Clock) { self.clock = clock }

    /// A name of the user's making, kept with those of the lines.
    public mutating func keep(_ text: String) -> Name { names.keep(text) }

    /// Reads on by another clock: another zone, another year.
    public mutating func use(_ clock: Clock) {
        guard clock.yearRule != self.clock.yearRule || clock.zone != self.clock.zone else { return }
        self.clock = clock
        header = EnvelopeMemory()
    }
}

/// A sample: a real line and what must come of it. `stray dialects` shows the first one; the
/// tests read all of them.
public struct Sample: Sendable {
    public let line: String
    /// The entry as `stray entries` prints it, from `"dialect"` on; nil for a line that the
    /// dialect must leave alone or reject.
    public let entry: String?

    public init(_ line: String, _ entry: String?) {
        self.line = line
        self.entry = entry
    }
}

/// One log dialect.
public protocol Dialect: Sendable {
    // A dialect holds nothing; what a line needs is in the context.
    init()
    var id: DialectID { get }
    /// What products write it, in a few words.
    var title: String { get }
    /// How to get this log out of the product, step by step.
    var howToGet: [String] { get }
    /// What cannot be known from this dialect.
    var limits: [String] { get }
    var samples: [Sample] { get }

    /// Reads a line whose envelope has been taken off. `entry` comes reset, with the envelope's
    /// time and node filled in.
    func read(
        _ line: borrowing Line, _ envelope: Envelope, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading

    /// `read`, asked of the type: see `LineReader`.
    static func readLine(
        _ line: borrowing Line, _ envelope: borrowing Envelope, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading

    /// Fills in the next entry of a line that tells of several; false when there is none. `read`
    /// gave the first one, and said in `context.tuples` that there is more.
    static func readFurther(
        _ line: borrowing Line, _ context: inout Context, into entry: inout Entry
    ) -> Bool

    /// Whether a line may be longer than `lineBytesMax`: for documents that hold many entries. The
    /// cost of reading one must be linear in its length.
    static var readsLongLines: Bool { get }
}

extension Dialect {
    public static func readLine(
        _ line: borrowing Line, _ envelope: borrowing Envelope, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        Self().read(line, envelope, &context, into: &entry)
    }

    public static func readFurther(
        _ line: borrowing Line, _ context: inout Context, into entry: inout Entry
    ) -> Bool {
        false
    }

    public static var readsLongLines: Bool { false }
}
