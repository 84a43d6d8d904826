// A remedy: what to do about a cause on one platform, exact enough to type or click, with what it
// costs, how to see that it worked, and how to take it back.

import Causes

public struct Remedy: Equatable, Sendable {
    public let title: String
    /// In order. `{server}`, `{client}`, `{port}` and `{interface}` are filled in from the
    /// finding; a step that the finding cannot fill shows `<server>` and so on. Servers and clients
    /// may be networks; `{server-host}` and `{client-host}` are one address of each.
    public let steps: [String]
    /// What following it costs, where it costs anything.
    public let cost: String?
    /// How to see that it worked.
    public let check: [String]
    /// How to take it back; empty where it changes nothing.
    public let undo: [String]
    /// What of it nobody has confirmed yet, by a source, the maker's documentation or a run of
    /// it; nil where all of it is.
    public let unconfirmed: String?

    public var isConfirmed: Bool { unconfirmed == nil }

    public init(
        _ title: String, _ steps: [String], cost: String? = nil, check: [String] = [],
        undo: [String] = [], unconfirmed: String? = nil
    ) {
        self.title = title
        self.steps = steps
        self.cost = cost
        self.check = check
        self.undo = undo
        self.unconfirmed = unconfirmed
    }

    /// The same with each of its texts changed: how a finding's addresses are filled in.
    public func map(_ change: (String) -> String) -> Remedy {
        Remedy(
            change(title), steps.map(change), cost: cost.map(change), check: check.map(change),
            undo: undo.map(change), unconfirmed: unconfirmed.map(change))
    }
}

/// A firewall product that remedies can be named for.
public protocol Platform: Sendable {
    /// A short stable word: `pfsense`, `opnsense`, `linux`, `forcepoint`, `cisco-asa`.
    var id: String { get }
    /// As its maker writes it.
    var name: String { get }
    /// What to do, best first.
    func remedies(for cause: CauseID, variant: Variant?) -> [Remedy]
    /// How to collect what would decide an undecided case.
    var collect: [String] { get }
}
