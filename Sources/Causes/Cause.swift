// What a cause is: a page that explains it, and a way to weigh a case for and against it.

import Evidence
import Facts

public protocol Cause: Sendable {
    var id: CauseID { get }
    var page: CausePage { get }
    /// What the cause means for people.
    var usualHarm: Harm { get }
    /// The same, in the form it took here.
    func harm(_ variant: Variant?, _ matter: Matter) -> Harm
    /// Puts what speaks for and against this cause into the ledger.
    func weigh(_ matter: Matter, _ ledger: inout Ledger)
    /// The form it took.
    func variant(_ matter: Matter) -> Variant?
    /// What the finding is about.
    func subject(_ matter: Matter) -> Subject
}

extension Cause {
    // All causes that there are weigh. One that no log can tell would keep this: it puts nothing
    // into the ledger, and its page says what to collect.
    public func weigh(_ matter: Matter, _ ledger: inout Ledger) {}
    public func harm(_ variant: Variant?, _ matter: Matter) -> Harm { usualHarm }
    public func variant(_ matter: Matter) -> Variant? { nil }
    public func subject(_ matter: Matter) -> Subject { matter.serviceSubject }
}

/// What a finding is about.
public enum Subject: Hashable, Sendable {
    case host(Address)
    case service(Address, UInt16)
    /// A service wherever it is, as it is seen on one interface.
    case port(UInt16, interface: Name, node: Name)
    /// Two networks, the sender's first.
    case networks(Address, Address, Breadth)
    case interface(Name, node: Name)
    case reason(Reason, interface: Name, node: Name)
    /// Subjects too many to tell one by one.
    case others
}

/// One line of the ledger: a fact, what it speaks for, and the entries it rests on.
public struct Statement: Equatable, Sendable {
    public var cause: CauseID
    /// In nats: 1 makes the cause e times as likely as before; negative speaks against it.
    public var weight: Double
    public var text: String
    public var entries: [Int]
}

/// The statements for and against each cause in one case.
///
/// Millions of strays make tens of thousands of cases, and only a few of those are ever shown: so
/// a ledger can be asked for the sums alone, and then no sentence is made.
public struct Ledger: Sendable {
    public private(set) var statements: [Statement] = []
    var cause = CauseID.unexplained
    private var sums: [16 of Double] = .init(repeating: 0)
    private var supported: UInt32 = 0
    private let mentions: [Int]
    private let keepsStatements: Bool

    /// A ledger of sums only.
    init() {
        mentions = []
        keepsStatements = false
    }

    /// A ledger with its statements, which rest on the entries given.
    init(mentions: [Int]) {
        self.mentions = mentions
        keepsStatements = true
    }

    /// A fact that speaks for the cause at hand, or against it when the weight is negative.
    public mutating func add(
        _ weight: Weight, _ text: @autoclosure () -> String, entries: [Int] = []
    ) {
        sums[Int(cause.rawValue)] += weight.nats
        if weight.nats > 0 { supported |= 1 << UInt32(cause.rawValue) }
        guard keepsStatements else { return }
        statements.append(
            Statement(
                cause: cause, weight: weight.nats, text: text(), entries: entries + mentions))
    }

    /// Adds a fact if it holds.
    public mutating func add(if holds: Bool, _ weight: Weight, _ text: @autoclosure () -> String) {
        if holds { add(weight, text()) }
    }

    /// The sum for one cause, and whether anything speaks for it at all.
    func score(_ cause: CauseID) -> (sum: Double, hasSupport: Bool) {
        (sums[Int(cause.rawValue)], supported & (1 << UInt32(cause.rawValue)) != 0)
    }
}
